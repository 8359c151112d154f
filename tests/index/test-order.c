/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/roster-order.h"

#include <locale.h>
#include <string.h>

static const RosterFieldSpec fields[] = {
  { "name", ROSTER_FIELD_SEARCHED },
  { "team", ROSTER_FIELD_REPEATS },
};

static void
put (RosterIndex *index, const char *id, const char *name, const char *team)
{
  RosterBatch *batch = roster_batch_new (fields, 2);

  roster_batch_add (batch, id, (const char *[]){ name, team }, 0);
  roster_index_merge (index, batch);
}

static char *
list_ids (RosterSnapshot *snapshot, const RosterOrder *order)
{
  g_autoptr (RosterQuery) query = roster_query_new ("");
  g_autoptr (RosterHits) hits = roster_search (snapshot, query, order, NULL);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < hits->n_rows; i++)
    g_string_append (ids, roster_snapshot_get_id (snapshot, hits->rows[i]));
  return g_string_free (g_steal_pointer (&ids), FALSE);
}

static void
assert_order (RosterIndex *index,
              const RosterSortKey *keys,
              guint n_keys,
              RosterOrder *previous,
              const char *ids)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);
  g_autoptr (RosterOrder) order = roster_order_new (snapshot, keys, n_keys, previous, NULL);
  g_autofree char *found = list_ids (snapshot, order);

  g_assert_cmpstr (found, ==, ids);
}

static RosterIndex *
new_index (void)
{
  RosterIndex *index = roster_index_new (fields, 2);

  put (index, "a", "Carl", "x");
  put (index, "b", "", "y");
  put (index, "c", "Ana", "x");
  put (index, "d", "Bea", NULL);
  put (index, "e", "Ana", "y");
  put (index, "f", NULL, "x");
  return index;
}

/* Equal rows stay as they came, in both directions; empty ones are last in both. */
static void
test_keys (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  const RosterSortKey up[] = { { 0, FALSE } };
  const RosterSortKey down[] = { { 0, TRUE } };
  const RosterSortKey both[] = { { 1, FALSE }, { 0, TRUE } };

  assert_order (index, NULL, 0, NULL, "abcdef");
  assert_order (index, up, 1, NULL, "cedabf");
  assert_order (index, down, 1, NULL, "adcebf");
  assert_order (index, both, 2, NULL, "acfebd");
}

/* The ranks of an older order serve a newer snapshot, an older one, and other keys. */
static void
test_previous (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  const RosterSortKey up[] = { { 0, FALSE } };
  const RosterSortKey both[] = { { 1, TRUE }, { 0, TRUE } };
  g_autoptr (RosterSnapshot) older = roster_index_snapshot (index);
  g_autoptr (RosterOrder) first = roster_order_new (older, both, 2, NULL, NULL);
  g_autoptr (RosterOrder) second = NULL, back = NULL;
  g_autoptr (RosterSnapshot) newer = NULL;
  g_autofree char *ids = NULL;

  put (index, "g", "Aaron", "z");
  put (index, "h", "Ana", "a");
  put (index, "c", "Zoe", "x");
  g_assert_true (roster_index_remove (index, "a"));
  assert_order (index, up, 1, first, "gehdcbf");
  newer = roster_index_snapshot (index);
  second = roster_order_new (newer, up, 1, first, NULL);
  g_assert_cmpuint (((RosterRanks *)g_ptr_array_index (second->ranks, 0))->n_ranks, ==, 4);

  back = roster_order_new (older, up, 1, second, NULL);
  ids = list_ids (older, back);
  g_assert_cmpstr (ids, ==, "cedabf");
}

/* Another index counts its rows from the start too: its ranks must not be believed. */
static void
test_other_index (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterIndex) other = roster_index_new (fields, 2);
  const RosterSortKey up[] = { { 0, FALSE } };
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);
  g_autoptr (RosterOrder) order = roster_order_new (snapshot, up, 1, NULL, NULL);

  put (other, "1", "Zoe", NULL);
  put (other, "2", "Ana", NULL);
  assert_order (other, up, 1, order, "21");
}

/* Growing page by page gives the order that sorting all at once gives. */
static void
test_growing (void)
{
  g_autoptr (RosterIndex) index = roster_index_new (fields, 2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  const RosterSortKey keys[] = { { 0, FALSE } };
  RosterOrder *order = NULL;

  for (guint page = 0; page < 60; page++)
    {
      RosterBatch *batch = roster_batch_new (fields, 2);
      g_autoptr (RosterSnapshot) snapshot = NULL;
      g_autoptr (RosterOrder) fresh = NULL;
      RosterOrder *next;

      for (guint i = 0; i < 50; i++)
        {
          g_autofree char *id = g_strdup_printf ("%d", g_rand_int_range (rand, 0, 2500));
          g_autofree char *name = g_strdup_printf ("n%d", g_rand_int_range (rand, 0, 900));

          roster_batch_add (batch, id, (const char *[]){ name, NULL }, 0);
        }
      roster_index_merge (index, batch);
      snapshot = roster_index_snapshot (index);
      next = roster_order_new (snapshot, keys, 1, order, NULL);
      fresh = roster_order_new (snapshot, keys, 1, NULL, NULL);
      g_assert_cmpuint (next->n_rows, ==, fresh->n_rows);
      g_assert_cmpmem (next->rows, next->n_rows * sizeof (RosterRowId), fresh->rows,
                       fresh->n_rows * sizeof (RosterRowId));
      g_clear_pointer (&order, roster_order_unref);
      order = next;
    }
  g_clear_pointer (&order, roster_order_unref);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/order/keys", test_keys);
  g_test_add_func ("/order/previous", test_previous);
  g_test_add_func ("/order/other-index", test_other_index);
  g_test_add_func ("/order/growing", test_growing);
  return g_test_run ();
}
