/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench.h"
#include "bench/bench-people.h"

#include "index/roster-search.h"

#include <malloc.h>

#define N_ROUNDS 5

/* What people type; the last finds nothing. */
static const char *const typed[] = {
  "maria", "smith 4711", "user12345@example", "engineer oslo", "müller", "+94 77", "田中", "qqqq",
};

/* What one query takes: the best of a few rounds, since what else the machine does is not the
 * search's. On the clock, because a large search uses a second thread. */
static double
measure_query (RosterSnapshot *snapshot, const RosterOrder *order, const char *text)
{
  double best = G_MAXDOUBLE;

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      double start = roster_bench_now (), time;
      g_autoptr (RosterQuery) query = roster_query_new (text);
      g_autoptr (RosterHits) hits = roster_search (snapshot, query, order, NULL);

      time = roster_bench_now () - start;
      best = MIN (best, time);
    }
  return best;
}

static void
search_typed (RosterSnapshot *snapshot, const RosterOrder *order, const char *text, GArray *series)
{
  for (const char *end = text; *end != '\0';)
    {
      g_autofree char *prefix = NULL;

      end = g_utf8_next_char (end);
      prefix = g_strndup (text, end - text);
      roster_bench_series_add (series, measure_query (snapshot, order, prefix));
    }
}

static void
measure_search (RosterBench *bench, RosterIndex *index, const char *size, double target)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);
  const RosterSortKey key = { ROSTER_PERSON_DISPLAY_NAME, FALSE };
  g_autoptr (RosterOrder) order = roster_order_new (snapshot, &key, 1, NULL, NULL);
  g_autoptr (GArray) series = roster_bench_series_new ();
  g_autofree char *median_name = g_strdup_printf ("search, %s users, median", size);
  g_autofree char *p99_name = g_strdup_printf ("search, %s users, p99", size);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    search_typed (snapshot, order, typed[i], series);
  roster_bench_add (bench, median_name, roster_bench_series_get (series, 0.5), "ms",
                    ROSTER_BENCH_AT_MOST, target);
  roster_bench_add (bench, p99_name, roster_bench_series_get (series, 0.99), "ms",
                    ROSTER_BENCH_AT_MOST, target);
}

/* Pages arrive on the main thread while the window is drawn. */
static void
measure_merge (RosterBench *bench, RosterIndex *index)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (GArray) series = roster_bench_series_new ();

  for (guint page = 0; page < 1000; page++)
    {
      RosterBatch *batch = roster_bench_make_page (rand, 2000000 + page * 100, 100);
      double start = roster_bench_thread_cpu ();

      roster_index_merge (index, batch);
      roster_bench_series_add (series, roster_bench_thread_cpu () - start);
    }
  roster_bench_add (bench, "merge of a page of 100, p99", roster_bench_series_get (series, 0.99),
                    "ms", ROSTER_BENCH_AT_MOST, 4);
}

static double
get_allocated (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return ((double)info.uordblks + info.hblkhd) / 1e6;
}

void
roster_bench_search (RosterBench *bench)
{
  g_autoptr (RosterIndex) small = roster_bench_make_index (100000);
  g_autoptr (RosterIndex) large = NULL;
  double before;

  measure_search (bench, small, "100,000", 8);
  measure_merge (bench, small);
  roster_bench_say (bench, "Inventing a million users…");
  before = get_allocated ();
  large = roster_bench_make_index (1000000);
  roster_bench_add (bench, "memory of 1,000,000 users", get_allocated () - before, "MB",
                    ROSTER_BENCH_AT_MOST, 400);
  measure_search (bench, large, "1,000,000", 50);
}
