/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench.h"
#include "bench/bench-people.h"

#include "index/roster-search.h"

#define N_ROUNDS 5

static RosterOrder *
measure (RosterIndex *index, gboolean descending, RosterOrder *previous, GArray *series)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);
  const RosterSortKey key = { ROSTER_PERSON_DISPLAY_NAME, descending };
  double start = roster_bench_thread_cpu ();
  RosterOrder *order = roster_order_new (snapshot, &key, 1, previous, NULL);

  roster_bench_series_add (series, roster_bench_thread_cpu () - start);
  return order;
}

static void
add (RosterBench *bench, const char *name, GArray *series, double target)
{
  roster_bench_add (bench, name, roster_bench_series_get (series, 0.5), "ms", ROSTER_BENCH_AT_MOST,
                    target);
}

void
roster_bench_sort (RosterBench *bench)
{
  g_autoptr (RosterIndex) index = roster_bench_make_index (100000);
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (GArray) first = roster_bench_series_new ();
  g_autoptr (GArray) reversed = roster_bench_series_new ();
  g_autoptr (GArray) more = roster_bench_series_new ();

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (RosterOrder) order = measure (index, FALSE, NULL, first);
      g_autoptr (RosterOrder) back = measure (index, TRUE, order, reversed);
      g_autoptr (RosterOrder) grown = NULL;

      roster_index_merge (index, roster_bench_make_page (rand, 200000 + round * 1000, 1000));
      grown = measure (index, FALSE, back, more);
    }
  add (bench, "sort of 100,000 users, first time", first, 300);
  add (bench, "sort of 100,000 users, reversed", reversed, 50);
  add (bench, "sort of 100,000 users, 1,000 more", more, 50);
}
