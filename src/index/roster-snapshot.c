/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-snapshot.h"

#include <string.h>

RosterDead *
roster_dead_new (const RosterDead *from)
{
  RosterDead *self = from != NULL ? g_memdup2 (from, sizeof *from) : g_new0 (RosterDead, 1);

  g_atomic_ref_count_init (&self->ref_count);
  return self;
}

RosterDead *
roster_dead_ref (RosterDead *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_dead_unref (RosterDead *self)
{
  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

void
roster_entry_clear (RosterEntry *self)
{
  g_clear_pointer (&self->chunk, roster_chunk_unref);
  g_clear_pointer (&self->dead, roster_dead_unref);
}

void
roster_entry_get_living (const RosterEntry *self, guint64 *living)
{
  memset (living, 0, sizeof *living * ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS));
  roster_bits_fill (living, self->chunk->n_rows);
  if (self->dead != NULL)
    for (gsize w = 0; w < ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS); w++)
      living[w] &= ~self->dead->bits[w];
}

const RosterEntry *
roster_entries_find (const RosterEntry *entries, guint n_entries, RosterRowId row, guint *at)
{
  guint low = 0, high = n_entries; /* the first entry that starts behind the row */

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (entries[middle].first <= row)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 ||
      !roster_chunk_find_number (entries[low - 1].chunk, row - entries[low - 1].first, at))
    return NULL;
  return &entries[low - 1];
}

RosterSnapshot *
roster_snapshot_new (RosterLayout *layout,
                     guint64 lineage,
                     RosterRowId end,
                     const RosterEntry *entries,
                     guint n_entries)
{
  RosterSnapshot *self = g_malloc0 (sizeof *self + n_entries * sizeof *entries);

  g_atomic_ref_count_init (&self->ref_count);
  self->layout = roster_layout_ref (layout);
  self->lineage = lineage;
  self->end = end;
  self->n_entries = n_entries;
  for (guint i = 0; i < n_entries; i++)
    {
      self->entries[i].chunk = roster_chunk_ref (entries[i].chunk);
      self->entries[i].first = entries[i].first;
      if (entries[i].dead != NULL)
        self->entries[i].dead = roster_dead_ref (entries[i].dead);
      self->n_rows += roster_entry_get_n_living (&entries[i]);
    }
  return self;
}

RosterSnapshot *
roster_snapshot_ref (RosterSnapshot *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_snapshot_unref (RosterSnapshot *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_entries; i++)
    roster_entry_clear (&self->entries[i]);
  roster_layout_unref (self->layout);
  g_free (self);
}

guint
roster_snapshot_get_n_rows (const RosterSnapshot *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

const char *
roster_snapshot_get_text (const RosterSnapshot *self, RosterRowId row, guint field)
{
  const RosterEntry *entry;
  guint at;

  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (field < self->layout->n_fields, "");

  entry = roster_entries_find (self->entries, self->n_entries, row, &at);
  g_return_val_if_fail (entry != NULL, "");
  return roster_chunk_get_text (entry->chunk, at, field);
}

const char *
roster_snapshot_get_id (const RosterSnapshot *self, RosterRowId row)
{
  const RosterEntry *entry;
  guint at;

  g_return_val_if_fail (self != NULL, "");

  entry = roster_entries_find (self->entries, self->n_entries, row, &at);
  g_return_val_if_fail (entry != NULL, "");
  return roster_chunk_get_id (entry->chunk, at);
}

guint32
roster_snapshot_get_flags (const RosterSnapshot *self, RosterRowId row)
{
  const RosterEntry *entry;
  guint at;

  g_return_val_if_fail (self != NULL, 0);

  entry = roster_entries_find (self->entries, self->n_entries, row, &at);
  g_return_val_if_fail (entry != NULL, 0);
  return entry->chunk->flags[at];
}

gboolean
roster_snapshot_is_living (const RosterSnapshot *self, RosterRowId row)
{
  const RosterEntry *entry;
  guint at;

  g_return_val_if_fail (self != NULL, FALSE);

  entry = roster_entries_find (self->entries, self->n_entries, row, &at);
  return entry != NULL && roster_entry_is_living (entry, at);
}
