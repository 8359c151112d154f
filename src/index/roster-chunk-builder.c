/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-chunk.h"

#include "index/roster-bits.h"
#include "index/roster-fold.h"

#include <string.h>

struct _RosterChunkBuilder
{
  RosterLayout *layout;
  RosterText searched;
  RosterText kept;
  RosterText twins;
  GArray *twin_rows;
  GArray *numbers;
  GArray *flags;
  GArray *codes;
  RosterDictionary *dictionaries;
  GHashTable **codes_of; /* for each dictionary: value → code */
  gsize n_dictionary_bytes;
  GString *scratch;
};

static guint16
encode (RosterChunkBuilder *self, guint slot, const char *value)
{
  RosterDictionary *dictionary = &self->dictionaries[slot];
  gpointer known;
  guint code;

  if (g_hash_table_lookup_extended (self->codes_of[slot], value, NULL, &known))
    return GPOINTER_TO_UINT (known);

  code = dictionary->values.n_records;
  roster_text_append (&dictionary->values, value);
  roster_text_end_record (&dictionary->values);
  g_string_truncate (self->scratch, 0);
  roster_fold_append (self->scratch, value);
  roster_text_append (&dictionary->folded, self->scratch->str);
  roster_text_end_record (&dictionary->folded);
  self->n_dictionary_bytes += strlen (value) + self->scratch->len;
  g_hash_table_insert (self->codes_of[slot], g_strdup (value), GUINT_TO_POINTER (code));
  return code;
}

RosterChunkBuilder *
roster_chunk_builder_new (RosterLayout *layout)
{
  RosterChunkBuilder *self = g_new0 (RosterChunkBuilder, 1);

  self->layout = roster_layout_ref (layout);
  self->twin_rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->flags = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->codes = g_array_new (FALSE, FALSE, sizeof (guint16));
  self->scratch = g_string_new (NULL);
  self->dictionaries = g_new0 (RosterDictionary, layout->n_coded);
  self->codes_of = g_new0 (GHashTable *, layout->n_coded);
  for (guint slot = 0; slot < layout->n_coded; slot++)
    {
      self->codes_of[slot] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      encode (self, slot, "");
    }
  return self;
}

void
roster_chunk_builder_free (RosterChunkBuilder *self)
{
  if (self != NULL)
    roster_chunk_unref (roster_chunk_builder_end (self, 0));
}

guint
roster_chunk_builder_get_n_rows (RosterChunkBuilder *self)
{
  return self->flags->len;
}

gboolean
roster_chunk_builder_is_full (RosterChunkBuilder *self)
{
  return self->flags->len >= ROSTER_CHUNK_ROWS || self->searched.n_bytes + self->kept.n_bytes +
                                                      self->twins.n_bytes +
                                                      self->n_dictionary_bytes >=
                                                    ROSTER_CHUNK_BYTES;
}

/* The folded searched text of a row, unless scanning the text itself finds the same. */
static void
add_twin (RosterChunkBuilder *self, const char *const *values, guint32 row)
{
  gboolean is_ascii = TRUE;

  for (guint i = 0; i < self->layout->n_fields && is_ascii; i++)
    if (self->layout->places[i].kind == ROSTER_PLACE_SEARCHED)
      is_ascii = roster_text_is_ascii (values[i]);
  if (is_ascii)
    return;

  for (guint i = 0; i < self->layout->n_fields; i++)
    if (self->layout->places[i].kind == ROSTER_PLACE_SEARCHED)
      {
        g_string_truncate (self->scratch, 0);
        roster_fold_append (self->scratch, values[i]);
        roster_text_append (&self->twins, self->scratch->str);
      }
  roster_text_end_record (&self->twins);
  g_array_append_val (self->twin_rows, row);
}

static void
add_valid (RosterChunkBuilder *self, const char *id, const char *const *values, guint32 flags)
{
  guint32 row = self->flags->len;

  roster_text_append (&self->kept, id);
  for (guint i = 0; i < self->layout->n_fields; i++)
    switch (self->layout->places[i].kind)
      {
      case ROSTER_PLACE_SEARCHED:
        roster_text_append (&self->searched, values[i]);
        break;
      case ROSTER_PLACE_KEPT:
        roster_text_append (&self->kept, values[i]);
        break;
      case ROSTER_PLACE_CODED:
        {
          guint16 code = encode (self, self->layout->places[i].slot, values[i]);

          g_array_append_val (self->codes, code);
        }
        break;
      default:
        g_assert_not_reached ();
      }
  roster_text_end_record (&self->kept);
  roster_text_end_record (&self->searched);
  add_twin (self, values, row);
  g_array_append_val (self->flags, flags);
  g_array_append_val (self->numbers, row);
}

void
roster_chunk_builder_add (RosterChunkBuilder *self,
                          const char *id,
                          const char *const *values,
                          guint32 flags)
{
  const char *valid[ROSTER_MAX_FIELDS];
  char *mended[ROSTER_MAX_FIELDS] = { NULL };

  for (guint i = 0; i < self->layout->n_fields; i++)
    {
      valid[i] = values[i] != NULL ? values[i] : "";
      if (!g_utf8_validate (valid[i], -1, NULL))
        valid[i] = mended[i] = g_utf8_make_valid (valid[i], -1);
    }
  add_valid (self, id, valid, flags);
  for (guint i = 0; i < self->layout->n_fields; i++)
    g_free (mended[i]);
}

static void
copy_record (RosterText *to, const RosterText *from, guint row)
{
  const char *record = roster_text_get_record (from, row);

  roster_text_append_bytes (to, record, roster_text_get_record_end (from, row) - record);
  roster_text_end_record (to);
}

/* Codes of the chunk's dictionary → codes of the one being built, made as they are met. */
static void
copy_codes (RosterChunkBuilder *self, const RosterChunk *chunk, guint row, guint32 **known)
{
  for (guint slot = 0; slot < self->layout->n_coded; slot++)
    {
      guint16 old = roster_chunk_get_code (chunk, row, slot);
      guint16 code;

      if (known[slot][old] == 0)
        known[slot][old] =
          1 + encode (self, slot, roster_text_get_record (&chunk->dictionaries[slot].values, old));
      code = known[slot][old] - 1;
      g_array_append_val (self->codes, code);
    }
}

void
roster_chunk_builder_copy (RosterChunkBuilder *self,
                           const RosterChunk *chunk,
                           const guint64 *dead,
                           guint32 offset)
{
  guint32 *known[ROSTER_MAX_FIELDS];
  guint twin = 0;

  for (guint slot = 0; slot < self->layout->n_coded; slot++)
    known[slot] = g_new0 (guint32, chunk->dictionaries[slot].values.n_records);

  for (guint row = 0; row < chunk->n_rows; row++)
    {
      gboolean has_twin = twin < chunk->twins.n_records && chunk->twin_rows[twin] == row;
      guint32 number = offset + roster_chunk_get_number (chunk, row);
      guint32 copied = self->flags->len;

      if (dead == NULL || !roster_bits_get (dead, row))
        {
          copy_record (&self->searched, &chunk->searched, row);
          copy_record (&self->kept, &chunk->kept, row);
          copy_codes (self, chunk, row, known);
          if (has_twin)
            {
              copy_record (&self->twins, &chunk->twins, twin);
              g_array_append_val (self->twin_rows, copied);
            }
          g_array_append_val (self->flags, chunk->flags[row]);
          g_array_append_val (self->numbers, number);
        }
      if (has_twin)
        twin++;
    }

  for (guint slot = 0; slot < self->layout->n_coded; slot++)
    g_free (known[slot]);
}

/* A block of exactly the array's size. */
static gpointer
seal_array (GArray *array)
{
  gsize size = (gsize)array->len * g_array_get_element_size (array);
  gpointer exact = size > 0 ? g_memdup2 (array->data, size) : NULL;

  g_array_unref (array);
  return exact;
}

RosterChunk *
roster_chunk_builder_end (RosterChunkBuilder *self, guint32 span)
{
  RosterChunk *chunk = g_new0 (RosterChunk, 1);

  g_atomic_ref_count_init (&chunk->ref_count);
  chunk->layout = self->layout;
  chunk->n_rows = self->flags->len;
  chunk->span = MAX (span, chunk->n_rows);
  chunk->searched = self->searched;
  chunk->kept = self->kept;
  chunk->twins = self->twins;
  chunk->dictionaries = self->dictionaries;
  roster_text_seal (&chunk->searched);
  roster_text_seal (&chunk->kept);
  roster_text_seal (&chunk->twins);
  chunk->flags = seal_array (self->flags);
  chunk->codes = seal_array (self->codes);
  chunk->twin_rows = seal_array (self->twin_rows);
  chunk->numbers = seal_array (self->numbers);
  if (chunk->span == chunk->n_rows)
    g_clear_pointer (&chunk->numbers, g_free);
  for (guint slot = 0; slot < self->layout->n_coded; slot++)
    {
      roster_text_seal (&chunk->dictionaries[slot].values);
      roster_text_seal (&chunk->dictionaries[slot].folded);
      g_hash_table_unref (self->codes_of[slot]);
    }
  g_free (self->codes_of);
  g_string_free (self->scratch, TRUE);
  g_free (self);
  return chunk;
}
