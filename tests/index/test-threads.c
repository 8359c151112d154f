/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/roster-index.h"
#include "index/roster-search.h"

#include <locale.h>
#include <string.h>

/* Readers work on their snapshots while the index changes under them. Every row says its own
 * number in three ways, so that a torn one shows; a sanitizer for threads sees the rest. */
#define N_READERS 4
#define N_ROUNDS  300
#define N_IDS     4000

static const RosterFieldSpec fields[] = {
  { "name", ROSTER_FIELD_SEARCHED },
  { "team", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
};

typedef struct
{
  GMutex mutex;
  RosterSnapshot *latest;
  int stop;
} Shared;

static RosterSnapshot *
take_latest (Shared *shared)
{
  RosterSnapshot *snapshot;

  g_mutex_lock (&shared->mutex);
  snapshot = roster_snapshot_ref (shared->latest);
  g_mutex_unlock (&shared->mutex);
  return snapshot;
}

static void
check_hits (const RosterHits *hits)
{
  for (guint i = 0; i < hits->n_rows; i++)
    {
      const char *name = roster_snapshot_get_text (hits->snapshot, hits->rows[i], 0);
      guint32 flags = roster_snapshot_get_flags (hits->snapshot, hits->rows[i]);
      g_autofree char *expected =
        g_strdup_printf ("%s-É%u", roster_snapshot_get_id (hits->snapshot, hits->rows[i]), flags);

      g_assert_cmpstr (name, ==, expected);
      g_assert_true (roster_snapshot_is_living (hits->snapshot, hits->rows[i]));
    }
}

static gpointer
read_cb (gpointer data)
{
  Shared *shared = data;
  g_autoptr (RosterQuery) one = roster_query_new ("é1 team3");
  g_autoptr (RosterQuery) all = roster_query_new ("");
  const RosterSortKey keys[] = { { 1, TRUE }, { 0, FALSE } };
  RosterOrder *order = NULL;
  gsize n_checked = 0;

  while (!g_atomic_int_get (&shared->stop))
    {
      g_autoptr (RosterSnapshot) snapshot = take_latest (shared);
      RosterOrder *next = roster_order_new (snapshot, keys, 2, order, &shared->stop);
      g_autoptr (RosterHits) some = NULL;
      g_autoptr (RosterHits) every = NULL;

      if (next == NULL)
        break;
      g_clear_pointer (&order, roster_order_unref);
      order = next;
      some = roster_search (snapshot, one, order, NULL);
      every = roster_search (snapshot, all, order, NULL);
      check_hits (some);
      check_hits (every);
      g_assert_cmpuint (every->n_rows, ==, roster_snapshot_get_n_rows (snapshot));
      n_checked += every->n_rows;
    }
  g_clear_pointer (&order, roster_order_unref);
  return GSIZE_TO_POINTER (n_checked);
}

static void
change (RosterIndex *index, GRand *rand, guint round)
{
  RosterBatch *batch = roster_batch_new (fields, 2);

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *id = g_strdup_printf ("id%d", g_rand_int_range (rand, 0, N_IDS));
      g_autofree char *name = g_strdup_printf ("%s-É%u", id, round);
      g_autofree char *team = g_strdup_printf ("team%u", i % 7);

      roster_batch_add (batch, id, (const char *[]){ name, team }, round);
    }
  roster_index_merge (index, batch);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *id = g_strdup_printf ("id%d", g_rand_int_range (rand, 0, N_IDS));

      roster_index_remove (index, id);
    }
}

static void
publish (Shared *shared, RosterSnapshot *snapshot)
{
  g_mutex_lock (&shared->mutex);
  g_clear_pointer (&shared->latest, roster_snapshot_unref);
  shared->latest = snapshot;
  g_mutex_unlock (&shared->mutex);
}

static void
test_readers (void)
{
  g_autoptr (RosterIndex) index = roster_index_new (fields, 2);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  Shared shared = { 0 };
  GThread *readers[N_READERS];
  gsize n_checked = 0;

  g_mutex_init (&shared.mutex);
  publish (&shared, roster_index_snapshot (index));
  for (guint i = 0; i < N_READERS; i++)
    readers[i] = g_thread_new ("reader", read_cb, &shared);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      change (index, rand, round);
      publish (&shared, roster_index_snapshot (index));
      g_thread_yield ();
    }
  g_atomic_int_set (&shared.stop, 1);
  for (guint i = 0; i < N_READERS; i++)
    n_checked += GPOINTER_TO_SIZE (g_thread_join (readers[i]));
  g_test_message ("%" G_GSIZE_FORMAT " rows checked", n_checked);
  publish (&shared, NULL);
  g_mutex_clear (&shared.mutex);
}

/* Batches are built on workers and merged here. */
static gpointer
build_cb (gpointer data)
{
  RosterBatch *batch = roster_batch_new (fields, 2);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u-%u", GPOINTER_TO_UINT (data), i);

      roster_batch_add (batch, id, (const char *[]){ "Ünal", "Team" }, i);
    }
  return batch;
}

static void
test_batches (void)
{
  g_autoptr (RosterIndex) index = roster_index_new (fields, 2);
  GThread *builders[N_READERS];

  for (guint i = 0; i < N_READERS; i++)
    builders[i] = g_thread_new ("builder", build_cb, GUINT_TO_POINTER (i));
  for (guint i = 0; i < N_READERS; i++)
    roster_index_merge (index, g_thread_join (builders[i]));
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, N_READERS * 1000);
}

/* So many users that the search itself takes a second thread. */
static void
test_large_search (void)
{
  enum
  {
    N = 100000
  };
  g_autoptr (RosterIndex) index = roster_index_new (fields, 2);
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autoptr (RosterQuery) query = roster_query_new ("team3 7");
  RosterBatch *batch = roster_batch_new (fields, 2);
  guint expected = 0;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *team = g_strdup_printf ("Team%u", i % 5);

      roster_batch_add (batch, name, (const char *[]){ name, team }, 0);
      expected += i % 5 == 3 && strchr (name, '7') != NULL;
    }
  roster_index_merge (index, batch);
  snapshot = roster_index_snapshot (index);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (RosterHits) hits = roster_search (snapshot, query, NULL, NULL);

      g_assert_cmpuint (hits->n_rows, ==, expected);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/readers", test_readers);
  g_test_add_func ("/threads/batches", test_batches);
  g_test_add_func ("/threads/large-search", test_large_search);
  return g_test_run ();
}
