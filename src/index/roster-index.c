/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-index.h"

#include "index/roster-batch.h"
#include "index/roster-row-map.h"
#include "index/roster-snapshot.h"

struct _RosterIndex
{
  RosterLayout *layout;
  guint64 lineage;
  GArray *entries; /* of RosterEntry, by first */
  RosterRowMap rows;
  RosterRowId next; /* row numbers are never used twice */
  guint n_rows;
  RosterSnapshot *snapshot; /* of the present state; NULL after a change */
};

static const RosterEntry *
find_entry (RosterIndex *self, RosterRowId row, guint *at)
{
  return roster_entries_find ((const RosterEntry *)self->entries->data, self->entries->len, row,
                              at);
}

static const char *
get_row_user_id (gpointer owner, RosterRowId row)
{
  guint at;
  const RosterEntry *entry = find_entry (owner, row, &at);

  return roster_chunk_get_id (entry->chunk, at);
}

static guint64
new_lineage (void)
{
  static GMutex mutex;
  static guint64 last;
  guint64 lineage;

  g_mutex_lock (&mutex);
  lineage = ++last;
  g_mutex_unlock (&mutex);
  return lineage;
}

RosterIndex *
roster_index_new (const RosterFieldSpec *fields, guint n_fields)
{
  RosterIndex *self;

  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);
  g_return_val_if_fail (n_fields <= ROSTER_MAX_FIELDS, NULL);

  self = g_new0 (RosterIndex, 1);
  self->layout = roster_layout_new (fields, n_fields);
  self->lineage = new_lineage ();
  self->entries = g_array_new (FALSE, FALSE, sizeof (RosterEntry));
  g_array_set_clear_func (self->entries, (GDestroyNotify)roster_entry_clear);
  roster_row_map_init (&self->rows, get_row_user_id, self);
  return self;
}

void
roster_index_free (RosterIndex *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  roster_row_map_clear (&self->rows);
  g_array_unref (self->entries);
  roster_layout_unref (self->layout);
  g_free (self);
}

guint
roster_index_get_n_rows (RosterIndex *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

static void
bury (RosterEntry *entry, guint at)
{
  if (entry->dead == NULL)
    entry->dead = roster_dead_new (NULL);
  else if (!g_atomic_ref_count_compare (&entry->dead->ref_count, 1))
    {
      RosterDead *own = roster_dead_new (entry->dead);

      roster_dead_unref (entry->dead);
      entry->dead = own;
    }
  roster_bits_set (entry->dead->bits, at);
  entry->dead->n++;
}

/* Makes the row at `at` of the last entry the row of its id. A user who did not change keeps the
 * row there was, so that reading everything again costs nothing. */
static void
settle_row (RosterIndex *self, RosterEntry *entry, guint at)
{
  const char *id = roster_chunk_get_id (entry->chunk, at);
  RosterRowId row = roster_entry_get_row_id (entry, at);
  RosterRowId before_row = roster_row_map_set (&self->rows, id, row);
  RosterEntry *before;
  guint before_at;

  if (before_row == ROSTER_ROW_NONE)
    {
      self->n_rows++;
      return;
    }
  before = (RosterEntry *)find_entry (self, before_row, &before_at);
  if (roster_chunk_rows_equal (before->chunk, before_at, entry->chunk, at))
    {
      roster_row_map_set (&self->rows, id, before_row);
      bury (entry, at);
    }
  else
    bury (before, before_at);
}

/* Joins the entries from `start` into one chunk of their living rows, or none. */
static void
join_entries (RosterIndex *self, guint start, guint n)
{
  RosterEntry *entries = &g_array_index (self->entries, RosterEntry, start);
  RosterEntry *last = &entries[n - 1];
  RosterRowId first = entries[0].first;
  guint32 span = last->first + last->chunk->span - first;
  g_autoptr (RosterChunkBuilder) builder = roster_chunk_builder_new (self->layout);
  guint n_left = 0;

  for (guint i = 0; i < n; i++)
    roster_chunk_builder_copy (builder, entries[i].chunk,
                               entries[i].dead != NULL ? entries[i].dead->bits : NULL,
                               entries[i].first - first);
  if (roster_chunk_builder_get_n_rows (builder) > 0)
    {
      roster_entry_clear (&entries[0]);
      entries[0].chunk = roster_chunk_builder_end (g_steal_pointer (&builder), span);
      n_left = 1;
    }
  if (n > n_left)
    g_array_remove_range (self->entries, start + n_left, n - n_left);
}

/* Keeps the number of chunks small: neighbours are joined when the later ones together have at
 * least as many living rows as the one before, so that a row is copied once per doubling at most;
 * and a chunk whose rows are mostly dead is written anew. ROSTER_CHUNK_ROWS and _BYTES bound each
 * step. */
static void
tidy (RosterIndex *self)
{
  for (guint end = self->entries->len; end > 0;)
    {
      const RosterEntry *entries = (const RosterEntry *)self->entries->data;
      guint start = end - 1;
      guint n_living = roster_entry_get_n_living (&entries[start]);
      gsize n_bytes = roster_chunk_get_n_bytes (entries[start].chunk);
      gboolean is_wasteful = n_living * 2 < entries[start].chunk->n_rows;

      while (start > 0)
        {
          guint n_before = roster_entry_get_n_living (&entries[start - 1]);

          n_bytes += roster_chunk_get_n_bytes (entries[start - 1].chunk);
          if (n_before > n_living || n_before + n_living > ROSTER_CHUNK_ROWS ||
              n_bytes > ROSTER_CHUNK_BYTES)
            break;
          n_living += n_before;
          start--;
        }
      if (is_wasteful || end - start > 1)
        join_entries (self, start, end - start);
      end = start;
    }
}

void
roster_index_merge (RosterIndex *self, RosterBatch *batch)
{
  GPtrArray *chunks;

  g_return_if_fail (self != NULL);
  g_return_if_fail (batch != NULL);
  g_return_if_fail (roster_layout_equal (self->layout, roster_batch_get_layout (batch)));
  g_return_if_fail (roster_batch_get_n_rows (batch) < ROSTER_ROW_NONE - self->next);

  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  chunks = roster_batch_end (batch);
  for (guint i = 0; i < chunks->len; i++)
    {
      RosterEntry entry = { roster_chunk_ref (g_ptr_array_index (chunks, i)), self->next, NULL };

      g_array_append_val (self->entries, entry);
      self->next += entry.chunk->span;
      for (guint at = 0; at < entry.chunk->n_rows; at++)
        settle_row (self, &g_array_index (self->entries, RosterEntry, self->entries->len - 1), at);
    }
  roster_batch_free (batch);
  tidy (self);
}

gboolean
roster_index_remove (RosterIndex *self, const char *id)
{
  RosterRowId row;
  RosterEntry *entry;
  guint at;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  row = roster_row_map_remove (&self->rows, id);
  if (row == ROSTER_ROW_NONE)
    return FALSE;
  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  entry = (RosterEntry *)find_entry (self, row, &at);
  bury (entry, at);
  self->n_rows--;
  tidy (self);
  return TRUE;
}

void
roster_index_clear (RosterIndex *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  g_array_set_size (self->entries, 0);
  roster_row_map_clear (&self->rows);
  roster_row_map_init (&self->rows, get_row_user_id, self);
  self->n_rows = 0;
}

RosterSnapshot *
roster_index_snapshot (RosterIndex *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->snapshot == NULL)
    self->snapshot =
      roster_snapshot_new (self->layout, self->lineage, self->next,
                           (const RosterEntry *)self->entries->data, self->entries->len);
  return roster_snapshot_ref (self->snapshot);
}

RosterRowId
roster_index_find (RosterIndex *self, const char *id)
{
  g_return_val_if_fail (self != NULL, ROSTER_ROW_NONE);
  g_return_val_if_fail (id != NULL, ROSTER_ROW_NONE);

  return roster_row_map_find (&self->rows, id);
}
