/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-paging.h"

/* Rows that a simulated service has, and its ways. */
typedef struct
{
  guint n_users;
  guint cap;         /* rows it gives at most; 0: as asked */
  gint64 total;      /* that it says; -1: none, -2: the page's length */
  gboolean repeats;  /* the first page again past the end */
  gboolean refuses;  /* an error past the end */
  guint hides_every; /* leaves out every n-th row of its count; 0: none */
  guint *n_asked;    /* nullable: counts the requests */
} Ways;

static guint
give (const Ways *ways, const RosterRange *range, GHashTable *seen, guint *n_rows)
{
  guint count = ways->cap > 0 ? MIN (ways->cap, range->count) : range->count;
  guint start = range->start;
  guint n_new = 0;

  if (start > ways->n_users && ways->repeats)
    start = 1;
  *n_rows = 0;
  for (guint i = start; i < start + count && i <= ways->n_users; i++)
    {
      if (ways->hides_every > 0 && i % ways->hides_every == 0)
        continue;
      (*n_rows)++;
      n_new += g_hash_table_add (seen, GUINT_TO_POINTER (i)) ? 1 : 0;
    }
  return n_new;
}

/* Runs a list to its end with `width` requests in flight, answered in the order of `seed`. */
static guint
read_all (const Ways *ways, guint page_size, guint width, guint seed)
{
  g_autoptr (RosterPaging) paging = roster_paging_new (page_size);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) flying = g_array_new (FALSE, FALSE, sizeof (RosterRange));
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint n_asked = 0;

  while (!roster_paging_is_done (paging))
    {
      RosterRange range;
      guint chosen, n_rows, n_new;

      while (flying->len < width && roster_paging_next (paging, &range))
        {
          g_array_append_val (flying, range);
          n_asked++;
        }
      g_assert_cmpuint (flying->len, >, 0);
      g_assert_cmpuint (flying->len, ==, roster_paging_get_n_in_flight (paging));
      g_assert_cmpuint (n_asked, <, 10000);
      chosen = (guint)g_rand_int_range (rand, 0, (gint32)flying->len);
      range = g_array_index (flying, RosterRange, chosen);
      g_array_remove_index (flying, chosen);
      if (range.start > ways->n_users && ways->refuses)
        {
          g_assert_true (roster_paging_take_refusal (paging, &range));
          continue;
        }
      n_new = give (ways, &range, seen, &n_rows);
      roster_paging_take (paging, &range, n_rows, n_new, ways->total == -2 ? n_rows : ways->total);
    }
  if (ways->n_asked != NULL)
    *ways->n_asked = n_asked;
  return g_hash_table_size (seen);
}

static void
test_every_user_is_read (void)
{
  static const Ways ways[] = {
    { .n_users = 0, .total = 0 },
    { .n_users = 0, .total = -1 },
    { .n_users = 0, .total = 50 },
    { .n_users = 1, .total = 1 },
    { .n_users = 7, .total = 7 },
    { .n_users = 10, .total = 10 },
    { .n_users = 95, .total = 95 },
    { .n_users = 100, .total = 100 },
    { .n_users = 100, .total = -1 },
    { .n_users = 95, .total = -1 },
    { .n_users = 95, .total = -2 },
    { .n_users = 100, .total = -2 },
    { .n_users = 95, .total = 1000 },
    { .n_users = 95, .total = 3 },
    { .n_users = 95, .total = 95, .repeats = TRUE },
    { .n_users = 100, .total = 100, .repeats = TRUE },
    { .n_users = 100, .total = -2, .repeats = TRUE },
    { .n_users = 95, .total = 95, .cap = 4 },
    { .n_users = 96, .total = 96, .cap = 4 },
    { .n_users = 95, .total = -1, .cap = 4 },
    { .n_users = 95, .total = -2, .cap = 4 },
    { .n_users = 95, .total = -2, .cap = 4, .repeats = TRUE },
    { .n_users = 95, .total = 95, .cap = 1 },
    { .n_users = 95, .total = 95, .refuses = TRUE },
    { .n_users = 100, .total = 100, .refuses = TRUE },
    { .n_users = 3, .total = 3, .refuses = TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    for (guint width = 1; width <= 8; width++)
      for (guint seed = 0; seed < 5; seed++)
        {
          g_test_message ("ways %u, width %u, seed %u", i, width, seed);
          g_assert_cmpuint (read_all (&ways[i], 10, width, seed), ==, ways[i].n_users);
        }
}

/* Some services filter a page after they cut it: pages in the middle are short. */
static void
test_short_pages_in_the_middle (void)
{
  const Ways ways = { .n_users = 200, .total = 200, .hides_every = 7 };

  for (guint width = 1; width <= 4; width++)
    for (guint seed = 0; seed < 5; seed++)
      g_assert_cmpuint (read_all (&ways, 10, width, seed), ==, 200 - 200 / 7);
}

static void
test_few_requests_too_many (void)
{
  guint n_asked = 0;
  Ways ways = { .n_users = 95, .total = 95, .n_asked = &n_asked };

  read_all (&ways, 10, 1, 0);
  g_assert_cmpuint (n_asked, ==, 10);
  read_all (&ways, 10, 4, 0);
  g_assert_cmpuint (n_asked, ==, 10);
  /* Only the next page shows that a list ended on a page's end. */
  ways.n_users = ways.total = 100;
  read_all (&ways, 10, 4, 0);
  g_assert_cmpuint (n_asked, ==, 11);
}

static void
test_second_page_waits_for_the_first (void)
{
  g_autoptr (RosterPaging) paging = roster_paging_new (100);
  RosterRange first, second, third;

  g_assert_true (roster_paging_next (paging, &first));
  g_assert_false (roster_paging_next (paging, &second));
  roster_paging_take (paging, &first, 20, 20, 500);
  g_assert_true (roster_paging_next (paging, &second));
  g_assert_true (roster_paging_next (paging, &third));
  g_assert_cmpuint (second.start, ==, 21);
  g_assert_cmpuint (third.start, ==, 41);
  g_assert_cmpint (roster_paging_get_total (paging), ==, 500);
}

static void
test_refusal_inside_the_list (void)
{
  g_autoptr (RosterPaging) paging = roster_paging_new (10);
  RosterRange range;

  g_assert_true (roster_paging_next (paging, &range));
  g_assert_false (roster_paging_take_refusal (paging, &range));
  g_assert_true (roster_paging_next (paging, &range));
  roster_paging_take (paging, &range, 10, 10, 30);
  g_assert_true (roster_paging_next (paging, &range));
  g_assert_false (roster_paging_take_refusal (paging, &range));
}

static void
test_put_back (void)
{
  g_autoptr (RosterPaging) paging = roster_paging_new (10);
  RosterRange first, second, third, again;

  g_assert_true (roster_paging_next (paging, &first));
  roster_paging_put_back (paging, &first);
  g_assert_cmpuint (roster_paging_get_n_in_flight (paging), ==, 0);
  g_assert_false (roster_paging_is_done (paging));
  g_assert_true (roster_paging_next (paging, &again));
  g_assert_cmpuint (again.start, ==, 1);
  roster_paging_take (paging, &again, 10, 10, -1);

  g_assert_true (roster_paging_next (paging, &second));
  g_assert_true (roster_paging_next (paging, &third));
  roster_paging_put_back (paging, &second);
  /* The list ends with the third: the second is still asked for, and nothing after it. */
  roster_paging_take (paging, &third, 4, 4, -1);
  g_assert_false (roster_paging_is_done (paging));
  g_assert_true (roster_paging_next (paging, &again));
  g_assert_cmpuint (again.start, ==, 11);
  roster_paging_take (paging, &again, 10, 10, -1);
  g_assert_true (roster_paging_is_done (paging));

  /* Nor is what lies past an end that was found meanwhile. */
  roster_paging_free (g_steal_pointer (&paging));
  paging = roster_paging_new (10);
  g_assert_true (roster_paging_next (paging, &first));
  roster_paging_take (paging, &first, 10, 10, -1);
  g_assert_true (roster_paging_next (paging, &second));
  g_assert_true (roster_paging_next (paging, &third));
  roster_paging_take (paging, &second, 0, 0, -1);
  roster_paging_put_back (paging, &third);
  g_assert_true (roster_paging_is_done (paging));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/paging/every-user", test_every_user_is_read);
  g_test_add_func ("/sync/paging/short-pages", test_short_pages_in_the_middle);
  g_test_add_func ("/sync/paging/few-requests", test_few_requests_too_many);
  g_test_add_func ("/sync/paging/second-waits", test_second_page_waits_for_the_first);
  g_test_add_func ("/sync/paging/refusal", test_refusal_inside_the_list);
  g_test_add_func ("/sync/paging/put-back", test_put_back);
  return g_test_run ();
}
