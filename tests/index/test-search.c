/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/roster-index.h"
#include "index/roster-search.h"
#include "support/roster-naive-index.h"

#include <locale.h>
#include <string.h>

#define N_QUERIES 10000

static const RosterFieldSpec fields[ROSTER_PERSON_N_FIELDS] = {
  [ROSTER_PERSON_USER_NAME] = { "userName", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_DISPLAY_NAME] = { "displayName", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_EMAILS] = { "emails", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_PHONE] = { "phone", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_TITLE] = { "title", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_DEPARTMENT] = { "department", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_EMPLOYEE_NUMBER] = { "employeeNumber", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_EXTERNAL_ID] = { "externalId", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_CITY] = { "city", ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_NOTE] = { "note", 0 },
};

typedef struct
{
  GRand *rand;
  RosterIndex *index;
  RosterNaiveIndex *naive;
  RosterOrder *order; /* of some earlier state */
  guint next;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean searched[ROSTER_PERSON_N_FIELDS];

  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    searched[i] = (fields[i].flags & ROSTER_FIELD_SEARCHED) != 0;
  fixture->rand = g_rand_new_with_seed (20260811);
  fixture->index = roster_index_new (fields, ROSTER_PERSON_N_FIELDS);
  fixture->naive = roster_naive_index_new (searched);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->order, roster_order_unref);
  roster_naive_index_free (fixture->naive);
  roster_index_free (fixture->index);
  g_rand_free (fixture->rand);
}

static const RosterPerson *
pick_person (Fixture *fixture)
{
  return roster_naive_index_get (
    fixture->naive, g_rand_int_range (fixture->rand, 0, roster_naive_index_get_n (fixture->naive)));
}

static void
add_people (Fixture *fixture, guint n)
{
  RosterBatch *batch = roster_batch_new (fields, ROSTER_PERSON_N_FIELDS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterPerson) person = roster_person_new (fixture->rand, fixture->next++);

      /* Some are known already: changed, or just the same. */
      if (roster_naive_index_get_n (fixture->naive) > 0 &&
          g_rand_int_range (fixture->rand, 0, 3) == 0)
        {
          const RosterPerson *known = pick_person (fixture);

          if (g_rand_boolean (fixture->rand))
            {
              g_free (person->id);
              person->id = g_strdup (known->id);
            }
          else
            {
              roster_person_free (person);
              person = roster_person_copy (known);
            }
        }
      roster_batch_add (batch, person->id, (const char *const *)person->values, person->flags);
      roster_naive_index_put (fixture->naive, person);
    }
  roster_index_merge (fixture->index, batch);
}

static void
remove_people (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup (pick_person (fixture)->id);

      g_assert_true (roster_index_remove (fixture->index, id));
      g_assert_true (roster_naive_index_remove (fixture->naive, id));
    }
}

/* A few letters from somebody's data, in some case and form. */
static char *
make_word (Fixture *fixture)
{
  const RosterPerson *person = pick_person (fixture);
  const char *value = person->values[g_rand_int_range (fixture->rand, 0, ROSTER_PERSON_N_FIELDS)];
  g_autofree char *part = NULL;
  glong length, start, end;

  if (value == NULL || *value == '\0')
    return g_strdup_printf ("%c", g_rand_int_range (fixture->rand, 'a', 'z' + 1));
  length = g_utf8_strlen (value, -1);
  start = g_rand_int_range (fixture->rand, 0, length);
  end = start + g_rand_int_range (fixture->rand, 1, 8);
  part = g_utf8_substring (value, start, MIN (end, length));
  switch (g_rand_int_range (fixture->rand, 0, 5))
    {
    case 0:
      return g_utf8_strup (part, -1);
    case 1:
      return g_utf8_strdown (part, -1);
    case 2:
      return g_utf8_normalize (part, -1, G_NORMALIZE_NFD);
    case 3:
      return roster_naive_fold (part);
    default:
      return g_steal_pointer (&part);
    }
}

static char *
make_query (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = g_rand_int_range (fixture->rand, 0, 4);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *word = make_word (fixture);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", word);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static guint
make_keys (Fixture *fixture, RosterSortKey keys[3])
{
  guint n = g_rand_int_range (fixture->rand, 0, 4);

  for (guint i = 0; i < n; i++)
    {
      keys[i].field = g_rand_int_range (fixture->rand, 0, ROSTER_PERSON_N_FIELDS);
      keys[i].descending = g_rand_boolean (fixture->rand);
    }
  return n;
}

static void
compare_query (Fixture *fixture, RosterSnapshot *snapshot)
{
  g_autofree char *text = make_query (fixture);
  g_autoptr (RosterQuery) query = roster_query_new (text);
  RosterSortKey keys[3];
  RosterNaiveKey naive_keys[3];
  guint n_keys = make_keys (fixture, keys);
  RosterOrder *order = NULL;
  g_autoptr (RosterHits) hits = NULL;
  g_autoptr (GPtrArray) expected = NULL;

  for (guint i = 0; i < n_keys; i++)
    {
      naive_keys[i].field = keys[i].field;
      naive_keys[i].descending = keys[i].descending;
    }
  if (n_keys > 0)
    order = roster_order_new (snapshot, keys, n_keys, fixture->order, NULL);
  hits = roster_search (snapshot, query, order, NULL);
  expected = roster_naive_index_search (fixture->naive, text, naive_keys, n_keys);

  if (hits->n_rows != expected->len)
    g_error ("“%s” finds %u users, not %u", text, hits->n_rows, expected->len);
  for (guint i = 0; i < hits->n_rows; i++)
    {
      g_assert_cmpstr (roster_snapshot_get_id (snapshot, hits->rows[i]), ==,
                       g_ptr_array_index (expected, i));
      g_assert_true (roster_search_row_matches (snapshot, hits->rows[i], query));
    }
  if (order != NULL)
    {
      g_clear_pointer (&fixture->order, roster_order_unref);
      fixture->order = order;
    }
}

/* Whether a row matches by itself is the same question as whether the search lists it. */
static void
compare_row (Fixture *fixture, RosterSnapshot *snapshot)
{
  g_autofree char *text = make_word (fixture);
  g_autoptr (RosterQuery) query = roster_query_new (text);
  g_autoptr (RosterHits) hits = roster_search (snapshot, query, NULL, NULL);
  RosterRowId row = roster_index_find (fixture->index, pick_person (fixture)->id);
  gboolean is_hit = FALSE;

  for (guint i = 0; i < hits->n_rows && !is_hit; i++)
    is_hit = hits->rows[i] == row;
  g_assert_cmpint (roster_search_row_matches (snapshot, row, query), ==, is_hit);
}

static void
test_against_naive (Fixture *fixture, gconstpointer data)
{
  add_people (fixture, 300);
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (RosterSnapshot) snapshot = NULL;

      if (i % 50 == 0)
        add_people (fixture, g_rand_int_range (fixture->rand, 1, 20));
      if (i % 70 == 0)
        remove_people (fixture, g_rand_int_range (fixture->rand, 1, 10));
      snapshot = roster_index_snapshot (fixture->index);
      g_assert_cmpuint (roster_snapshot_get_n_rows (snapshot), ==,
                        roster_naive_index_get_n (fixture->naive));
      compare_query (fixture, snapshot);
      if (i % 10 == 0)
        compare_row (fixture, snapshot);
    }
  g_test_message ("%u users at the end", roster_naive_index_get_n (fixture->naive));
}

/* Every length of word at every distance from the borders of a vector. */
static void
test_alignment (void)
{
  static const RosterFieldSpec one[] = { { "a", ROSTER_FIELD_SEARCHED } };

  for (guint length = 1; length < 40; length++)
    for (guint offset = 0; offset < 40; offset++)
      {
        g_autoptr (RosterIndex) index = roster_index_new (one, 1);
        g_autoptr (RosterSnapshot) snapshot = NULL;
        RosterBatch *batch = roster_batch_new (one, 1);
        g_autofree char *filling = g_strnfill (offset, '-');
        g_autofree char *word = g_strnfill (length, 'q');
        g_autofree char *value = NULL;
        g_autoptr (RosterQuery) query = NULL;
        g_autoptr (RosterHits) hits = NULL;

        word[length - 1] = 'z';
        value = g_strconcat (filling, word, NULL);
        roster_batch_add (batch, "hit", (const char *[]){ value }, 0);
        value[offset + length - 1] = '\0';
        roster_batch_add (batch, "miss", (const char *[]){ value }, 0);
        roster_index_merge (index, batch);
        snapshot = roster_index_snapshot (index);
        word[0] = g_ascii_toupper (word[0]);
        query = roster_query_new (word);
        hits = roster_search (snapshot, query, NULL, NULL);
        g_assert_cmpuint (hits->n_rows, ==, 1);
        g_assert_cmpstr (roster_snapshot_get_id (snapshot, hits->rows[0]), ==, "hit");
      }
}

/* Only letters have two cases: '@' and '`', '[' and '{' differ in the same bit. */
static void
test_case_of_signs (void)
{
  static const RosterFieldSpec one[] = { { "a", ROSTER_FIELD_SEARCHED } };
  g_autoptr (RosterIndex) index = roster_index_new (one, 1);
  g_autoptr (RosterSnapshot) snapshot = NULL;
  RosterBatch *batch = roster_batch_new (one, 1);
  static const char *const words[] = { "@", "`", "[", "{", "A@B", "a`b" };
  static const guint expected[] = { 1, 1, 1, 1, 1, 1 };

  roster_batch_add (batch, "1", (const char *[]){ "a@b" }, 0);
  roster_batch_add (batch, "2", (const char *[]){ "A`B" }, 0);
  roster_batch_add (batch, "3", (const char *[]){ "[" }, 0);
  roster_batch_add (batch, "4", (const char *[]){ "{" }, 0);
  roster_index_merge (index, batch);
  snapshot = roster_index_snapshot (index);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (RosterQuery) query = roster_query_new (words[i]);
      g_autoptr (RosterHits) hits = roster_search (snapshot, query, NULL, NULL);

      g_assert_cmpuint (hits->n_rows, ==, expected[i]);
    }
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autoptr (RosterQuery) query = roster_query_new ("a");
  RosterSortKey key = { ROSTER_PERSON_DISPLAY_NAME, FALSE };
  int stop = 1;

  add_people (fixture, 100);
  snapshot = roster_index_snapshot (fixture->index);
  g_assert_null (roster_search (snapshot, query, NULL, &stop));
  g_assert_null (roster_order_new (snapshot, &key, 1, NULL, &stop));
  stop = 0;
  fixture->order = roster_order_new (snapshot, &key, 1, NULL, &stop);
  g_assert_nonnull (fixture->order);
}

/* Rows that came after the order was made are listed behind the others. */
static void
test_older_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autoptr (RosterQuery) query = roster_query_new ("");
  g_autoptr (RosterHits) hits = NULL;
  RosterSortKey key = { ROSTER_PERSON_DISPLAY_NAME, FALSE };
  RosterRowId last;

  add_people (fixture, 100);
  snapshot = roster_index_snapshot (fixture->index);
  fixture->order = roster_order_new (snapshot, &key, 1, NULL, NULL);
  add_people (fixture, 50);
  remove_people (fixture, 30);
  roster_snapshot_unref (snapshot);
  snapshot = roster_index_snapshot (fixture->index);
  hits = roster_search (snapshot, query, fixture->order, NULL);
  g_assert_cmpuint (hits->n_rows, ==, roster_snapshot_get_n_rows (snapshot));
  last = hits->rows[hits->n_rows - 1];
  for (guint i = 0; i < hits->n_rows; i++)
    g_assert_cmpuint (hits->rows[i], <=, last);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/search/against-naive", Fixture, NULL, set_up, test_against_naive, tear_down);
  g_test_add_func ("/search/alignment", test_alignment);
  g_test_add_func ("/search/case-of-signs", test_case_of_signs);
  g_test_add ("/search/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/search/older-order", Fixture, NULL, set_up, test_older_order, tear_down);
  return g_test_run ();
}
