/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-ranks.h"

#include <string.h>

#define STOP_INTERVAL 1024 /* keys made between two looks at the stop flag: about 2 ms */

/* A text that the previous ranks do not know. */
typedef struct
{
  char *key;       /* collation key */
  RosterRowId row; /* one that holds it */
  guint32 number;  /* in the order of collecting */
} Fresh;

typedef struct
{
  const RosterSnapshot *snapshot;
  guint field;
  const RosterRanks *previous; /* nullable */
  const int *stop;
  RosterRanks *ranks;
  guint32 n_old;         /* previous->n_ranks */
  RosterRowId *examples; /* for each old rank a living row, or ROSTER_ROW_NONE */
  GArray *fresh;         /* of Fresh */
} Ranking;

static void
clear_fresh (gpointer data)
{
  Fresh *fresh = data;

  g_free (fresh->key);
}

static guint32
get_old_rank (const Ranking *self, RosterRowId row)
{
  return self->previous != NULL && row < self->previous->end ? self->previous->of_rows[row]
                                                             : ROSTER_RANK_UNKNOWN;
}

/* Until the ranks are final of_rows holds old ranks, and n_old + number for what is fresh. */
static guint32
add_fresh (Ranking *self, const char *text, RosterRowId row)
{
  Fresh fresh = { g_utf8_collate_key (text, -1), row, self->fresh->len };

  g_array_append_val (self->fresh, fresh);
  return self->n_old + fresh.number;
}

/* codes: for a dictionary field, what was given to each of its values. */
static guint32
collect_row (Ranking *self, const RosterEntry *entry, guint at, guint32 *codes)
{
  RosterRowId row = roster_entry_get_row_id (entry, at);
  guint32 rank = get_old_rank (self, row);
  guint slot = self->snapshot->layout->places[self->field].slot;
  const char *text;

  if (rank < self->n_old)
    self->examples[rank] = row;
  if (rank != ROSTER_RANK_UNKNOWN)
    return rank;
  if (codes != NULL && codes[roster_chunk_get_code (entry->chunk, at, slot)] != ROSTER_RANK_UNKNOWN)
    return codes[roster_chunk_get_code (entry->chunk, at, slot)];

  text = roster_chunk_get_text (entry->chunk, at, self->field);
  rank = *text == '\0' ? ROSTER_RANK_EMPTY : add_fresh (self, text, row);
  if (codes != NULL)
    codes[roster_chunk_get_code (entry->chunk, at, slot)] = rank;
  return rank;
}

static gboolean
collect_entry (Ranking *self, const RosterEntry *entry)
{
  const RosterLayout *layout = self->snapshot->layout;
  g_autofree guint32 *codes = NULL;

  if (layout->places[self->field].kind == ROSTER_PLACE_CODED)
    {
      guint slot = layout->places[self->field].slot;
      guint n_codes = entry->chunk->dictionaries[slot].values.n_records;

      codes = g_new (guint32, n_codes);
      for (guint i = 0; i < n_codes; i++)
        codes[i] = ROSTER_RANK_UNKNOWN;
    }

  for (guint at = 0; at < entry->chunk->n_rows; at++)
    {
      if (at % STOP_INTERVAL == 0 && roster_is_stopped (self->stop))
        return FALSE;
      if (roster_entry_is_living (entry, at))
        self->ranks->of_rows[roster_entry_get_row_id (entry, at)] =
          collect_row (self, entry, at, codes);
    }
  return TRUE;
}

/* A sort cannot be left half-way, but it is over soon when everything is equal. */
static int
compare_fresh (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Fresh *x = a, *y = b;

  return roster_is_stopped (user_data) ? 0 : strcmp (x->key, y->key);
}

/* Where among the old ranks, not before `from`, the key belongs. Steps grow, since fresh texts come
 * in order. The text of an old rank has no key any more, so that each look costs one. */
static guint32
find_place (
  Ranking *self, const guint32 *old, guint32 n_old, guint32 from, const char *key, gboolean *equal)
{
  guint32 low = from, high = n_old, step = 1;
  gboolean is_leaping = TRUE;

  *equal = FALSE;
  while (low < high)
    {
      guint32 middle = is_leaping ? MIN (low + step - 1, high - 1) : low + (high - low) / 2;
      const char *text =
        roster_snapshot_get_text (self->snapshot, self->examples[old[middle]], self->field);
      g_autofree char *old_key = g_utf8_collate_key (text, -1);
      int order = strcmp (old_key, key);

      if (order == 0)
        *equal = TRUE;
      if (order < 0)
        low = middle + 1;
      else
        high = middle;
      if (order < 0)
        step *= 2;
      else
        is_leaping = FALSE;
    }
  return low;
}

static void
add_rank (RosterRanks *ranks, guint32 *final, RosterRowId example)
{
  *final = ranks->n_ranks;
  ranks->examples[ranks->n_ranks++] = example;
}

/* Weaves the sorted fresh texts into the old ranks that are still in use. final: for each old rank
 * and each fresh number the rank it gets. */
static gboolean
weave (Ranking *self, guint32 *final)
{
  RosterRanks *ranks = self->ranks;
  g_autofree guint32 *old = g_new (guint32, self->n_old);
  guint32 n_old = 0, next = 0;

  for (guint32 i = 0; i < self->n_old; i++)
    if (self->examples[i] != ROSTER_ROW_NONE)
      old[n_old++] = i;
  ranks->examples = g_new (RosterRowId, (gsize)n_old + self->fresh->len);

  for (guint i = 0; i < self->fresh->len; i++)
    {
      const Fresh *fresh = &g_array_index (self->fresh, Fresh, i);
      const Fresh *before = i > 0 ? &g_array_index (self->fresh, Fresh, i - 1) : NULL;
      gboolean equal;
      guint32 place;

      if (i % STOP_INTERVAL == 0 && roster_is_stopped (self->stop))
        return FALSE;
      if (before != NULL && strcmp (before->key, fresh->key) == 0)
        {
          final[self->n_old + fresh->number] = final[self->n_old + before->number];
          continue;
        }
      place = find_place (self, old, n_old, next, fresh->key, &equal);
      for (; next < place; next++)
        add_rank (ranks, &final[old[next]], self->examples[old[next]]);
      add_rank (ranks, &final[self->n_old + fresh->number], fresh->row);
      if (equal)
        final[old[next++]] = ranks->n_ranks - 1;
    }
  for (; next < n_old; next++)
    add_rank (ranks, &final[old[next]], self->examples[old[next]]);
  return TRUE;
}

static gboolean
rank (Ranking *self)
{
  g_autofree guint32 *final = NULL;
  RosterRanks *ranks = self->ranks;

  for (guint i = 0; i < self->snapshot->n_entries; i++)
    if (!collect_entry (self, &self->snapshot->entries[i]))
      return FALSE;
  g_array_sort_with_data (self->fresh, compare_fresh, (gpointer)self->stop);
  if (roster_is_stopped (self->stop))
    return FALSE;

  final = g_new (guint32, (gsize)self->n_old + self->fresh->len);
  if (!weave (self, final))
    return FALSE;
  for (RosterRowId row = 0; row < ranks->end; row++)
    if (ranks->of_rows[row] < ROSTER_RANK_UNKNOWN)
      {
        ranks->of_rows[row] = final[ranks->of_rows[row]];
        ranks->n_known++;
      }
  return TRUE;
}

static RosterRanks *
ranks_alloc (const RosterSnapshot *snapshot, guint field)
{
  RosterRanks *self = g_new0 (RosterRanks, 1);

  self->lineage = snapshot->lineage;
  self->field = field;
  self->end = snapshot->end;
  self->of_rows = g_new (guint32, snapshot->end);
  for (RosterRowId row = 0; row < snapshot->end; row++)
    self->of_rows[row] = ROSTER_RANK_UNKNOWN;
  return self;
}

RosterRanks *
roster_ranks_new (const RosterSnapshot *snapshot,
                  guint field,
                  const RosterRanks *previous,
                  const int *stop)
{
  g_autoptr (RosterRanks) ranks = ranks_alloc (snapshot, field);
  g_autoptr (GArray) fresh = g_array_new (FALSE, FALSE, sizeof (Fresh));
  g_autofree RosterRowId *examples = NULL;
  Ranking ranking = { snapshot, field, previous, stop, ranks, 0, NULL, fresh };

  g_array_set_clear_func (fresh, clear_fresh);
  /* Looking up old places costs more than ranking afresh when most rows are new. */
  if (previous != NULL && snapshot->n_rows / 2 > previous->n_known)
    ranking.previous = NULL;
  if (ranking.previous != NULL)
    {
      ranking.n_old = previous->n_ranks;
      ranking.examples = examples = g_new (RosterRowId, previous->n_ranks);
      for (guint32 i = 0; i < previous->n_ranks; i++)
        examples[i] = ROSTER_ROW_NONE;
    }
  return rank (&ranking) ? g_steal_pointer (&ranks) : NULL;
}

void
roster_ranks_free (RosterRanks *self)
{
  g_free (self->of_rows);
  g_free (self->examples);
  g_free (self);
}
