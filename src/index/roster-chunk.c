/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-chunk.h"

#include <string.h>

RosterLayout *
roster_layout_new (const RosterFieldSpec *fields, guint n_fields)
{
  RosterLayout *self = g_new0 (RosterLayout, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->n_fields = n_fields;
  self->n_kept = 1;
  for (guint i = 0; i < n_fields; i++)
    {
      gboolean is_searched = (fields[i].flags & ROSTER_FIELD_SEARCHED) != 0;

      if (fields[i].flags & ROSTER_FIELD_REPEATS)
        {
          self->coded_is_searched[self->n_coded] = is_searched;
          self->places[i].kind = ROSTER_PLACE_CODED;
          self->places[i].slot = self->n_coded++;
        }
      else
        {
          self->places[i].kind = is_searched ? ROSTER_PLACE_SEARCHED : ROSTER_PLACE_KEPT;
          self->places[i].slot = is_searched ? self->n_searched++ : self->n_kept++;
        }
    }
  return self;
}

RosterLayout *
roster_layout_ref (RosterLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_layout_unref (RosterLayout *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

gboolean
roster_layout_equal (const RosterLayout *a, const RosterLayout *b)
{
  if (a->n_fields != b->n_fields)
    return FALSE;
  for (guint i = 0; i < a->n_fields; i++)
    if (a->places[i].kind != b->places[i].kind)
      return FALSE;
  for (guint i = 0; i < a->n_coded; i++)
    if (a->coded_is_searched[i] != b->coded_is_searched[i])
      return FALSE;
  return TRUE;
}

RosterChunk *
roster_chunk_ref (RosterChunk *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_chunk_unref (RosterChunk *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->layout->n_coded; i++)
    {
      roster_text_clear (&self->dictionaries[i].values);
      roster_text_clear (&self->dictionaries[i].folded);
    }
  g_free (self->dictionaries);
  g_free (self->codes);
  g_free (self->flags);
  g_free (self->numbers);
  g_free (self->twin_rows);
  roster_text_clear (&self->twins);
  roster_text_clear (&self->kept);
  roster_text_clear (&self->searched);
  roster_layout_unref (self->layout);
  g_free (self);
}

gsize
roster_chunk_get_n_bytes (const RosterChunk *self)
{
  gsize n_bytes = self->searched.n_bytes + self->kept.n_bytes + self->twins.n_bytes;

  for (guint i = 0; i < self->layout->n_coded; i++)
    n_bytes += self->dictionaries[i].values.n_bytes + self->dictionaries[i].folded.n_bytes;
  return n_bytes;
}

guint16
roster_chunk_get_code (const RosterChunk *self, guint row, guint slot)
{
  return self->codes[(gsize)row * self->layout->n_coded + slot];
}

const char *
roster_chunk_get_text (const RosterChunk *self, guint row, guint field)
{
  guint slot = self->layout->places[field].slot;

  switch (self->layout->places[field].kind)
    {
    case ROSTER_PLACE_SEARCHED:
      return roster_text_get_string (&self->searched, row, slot);
    case ROSTER_PLACE_KEPT:
      return roster_text_get_string (&self->kept, row, slot);
    case ROSTER_PLACE_CODED:
      return roster_text_get_record (&self->dictionaries[slot].values,
                                     roster_chunk_get_code (self, row, slot));
    default:
      g_assert_not_reached ();
    }
}

const char *
roster_chunk_get_id (const RosterChunk *self, guint row)
{
  return roster_text_get_record (&self->kept, row);
}

static gboolean
records_equal (const RosterText *a, guint i, const RosterText *b, guint j)
{
  const char *x = roster_text_get_record (a, i), *y = roster_text_get_record (b, j);
  gsize length = roster_text_get_record_end (a, i) - x;

  return roster_text_get_record_end (b, j) - y == (gssize)length && memcmp (x, y, length) == 0;
}

gboolean
roster_chunk_rows_equal (const RosterChunk *a, guint i, const RosterChunk *b, guint j)
{
  if (a->flags[i] != b->flags[j] || !records_equal (&a->searched, i, &b->searched, j) ||
      !records_equal (&a->kept, i, &b->kept, j))
    return FALSE;
  for (guint slot = 0; slot < a->layout->n_coded; slot++)
    if (!records_equal (&a->dictionaries[slot].values, roster_chunk_get_code (a, i, slot),
                        &b->dictionaries[slot].values, roster_chunk_get_code (b, j, slot)))
      return FALSE;
  return TRUE;
}

gboolean
roster_chunk_find_number (const RosterChunk *self, guint32 number, guint *row)
{
  guint low = 0, high = self->n_rows;

  if (self->numbers == NULL)
    {
      *row = number;
      return number < self->n_rows;
    }
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->numbers[middle] < number)
        low = middle + 1;
      else
        high = middle;
    }
  *row = low;
  return low < self->n_rows && self->numbers[low] == number;
}
