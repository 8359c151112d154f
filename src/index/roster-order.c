/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-order.h"

/* Ranks are small numbers, so rows are sorted by counting: key after key, the first key last, each
 * pass leaving equal rows as they were. */
static void
sort_by_ranks (RosterRowId **rows,
               RosterRowId **other,
               guint32 n_rows,
               const RosterRanks *ranks,
               gboolean descending)
{
  g_autofree guint32 *starts = g_new0 (guint32, (gsize)ranks->n_ranks + 2);
  guint32 n = ranks->n_ranks;
  RosterRowId *sorted = *other;

#define BUCKET(row)                                                                                \
  (ranks->of_rows[row] == ROSTER_RANK_EMPTY ? n                                                    \
   : descending                             ? n - 1 - ranks->of_rows[row]                          \
                                            : ranks->of_rows[row])
  for (guint32 i = 0; i < n_rows; i++)
    starts[BUCKET ((*rows)[i]) + 1]++;
  for (guint32 i = 1; i <= n; i++)
    starts[i] += starts[i - 1];
  for (guint32 i = 0; i < n_rows; i++)
    sorted[starts[BUCKET ((*rows)[i])]++] = (*rows)[i];
#undef BUCKET

  *other = *rows;
  *rows = sorted;
}

static RosterRanks *
get_ranks (RosterOrder *previous, const RosterSnapshot *snapshot, guint field)
{
  if (previous == NULL || previous->lineage != snapshot->lineage)
    return NULL;
  for (guint i = 0; i < previous->ranks->len; i++)
    {
      RosterRanks *ranks = g_ptr_array_index (previous->ranks, i);

      if (ranks->field == field)
        return ranks;
    }
  return NULL;
}

static RosterRowId *
list_living (const RosterSnapshot *snapshot)
{
  RosterRowId *rows = g_new (RosterRowId, snapshot->n_rows);
  guint n = 0;

  for (guint i = 0; i < snapshot->n_entries; i++)
    {
      const RosterEntry *entry = &snapshot->entries[i];

      for (guint at = 0; at < entry->chunk->n_rows; at++)
        if (roster_entry_is_living (entry, at))
          rows[n++] = roster_entry_get_row_id (entry, at);
    }
  return rows;
}

static void
sort_rows (RosterOrder *self, const RosterSnapshot *snapshot, const RosterSortKey *keys)
{
  g_autofree RosterRowId *other = g_new (RosterRowId, snapshot->n_rows);

  self->n_rows = snapshot->n_rows;
  self->rows = list_living (snapshot);
  for (guint i = self->ranks->len; i > 0; i--)
    sort_by_ranks (&self->rows, &other, self->n_rows, g_ptr_array_index (self->ranks, i - 1),
                   keys[i - 1].descending);

  self->positions = g_new (guint32, self->end);
  for (RosterRowId row = 0; row < self->end; row++)
    self->positions[row] = ROSTER_ROW_NONE;
  for (guint32 i = 0; i < self->n_rows; i++)
    self->positions[self->rows[i]] = i;
}

RosterOrder *
roster_order_new (RosterSnapshot *snapshot,
                  const RosterSortKey *keys,
                  guint n_keys,
                  RosterOrder *previous,
                  const int *stop)
{
  g_autoptr (RosterOrder) self = NULL;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (keys != NULL || n_keys == 0, NULL);

  self = g_new0 (RosterOrder, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->lineage = snapshot->lineage;
  self->end = snapshot->end;
  self->ranks = g_ptr_array_new_with_free_func ((GDestroyNotify)roster_ranks_free);
  for (guint i = 0; i < n_keys; i++)
    {
      RosterRanks *ranks;

      g_return_val_if_fail (keys[i].field < snapshot->layout->n_fields, NULL);
      ranks = roster_ranks_new (snapshot, keys[i].field,
                                get_ranks (previous, snapshot, keys[i].field), stop);
      if (ranks == NULL)
        return NULL;
      g_ptr_array_add (self->ranks, ranks);
    }
  sort_rows (self, snapshot, keys);
  return g_steal_pointer (&self);
}

RosterOrder *
roster_order_ref (RosterOrder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_order_unref (RosterOrder *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->ranks);
  g_free (self->rows);
  g_free (self->positions);
  g_free (self);
}
