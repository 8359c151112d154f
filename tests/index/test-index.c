/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/roster-snapshot.h"
#include "index/roster-search.h"
#include "support/roster-people.h"

#include <locale.h>
#include <string.h>

static const RosterFieldSpec fields[] = {
  { "userName", ROSTER_FIELD_SEARCHED },
  { "title", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  { "city", ROSTER_FIELD_REPEATS },
  { "note", 0 },
};
#define N_FIELDS G_N_ELEMENTS (fields)

static RosterIndex *
new_index (void)
{
  return roster_index_new (fields, N_FIELDS);
}

static void
put (RosterIndex *index, const char *id, const char *name, const char *title, guint32 flags)
{
  RosterBatch *batch = roster_batch_new (fields, N_FIELDS);
  const char *values[] = { name, title, "Oslo", NULL };

  roster_batch_add (batch, id, values, flags);
  roster_index_merge (index, batch);
}

static guint
count (RosterSnapshot *snapshot, const char *text)
{
  g_autoptr (RosterQuery) query = roster_query_new (text);
  g_autoptr (RosterHits) hits = roster_search (snapshot, query, NULL, NULL);

  return hits->n_rows;
}

static guint
count_now (RosterIndex *index, const char *text)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);

  return count (snapshot, text);
}

static void
test_empty (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);

  roster_index_merge (index, roster_batch_new (fields, N_FIELDS));
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 0);
  g_assert_cmpuint (roster_snapshot_get_n_rows (snapshot), ==, 0);
  g_assert_cmpuint (count (snapshot, ""), ==, 0);
  g_assert_cmpuint (count (snapshot, "a"), ==, 0);
  g_assert_cmpuint (roster_index_find (index, "x"), ==, ROSTER_ROW_NONE);
  g_assert_false (roster_index_remove (index, "x"));
  g_assert_false (roster_snapshot_is_living (snapshot, 0));
}

static void
test_texts (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) snapshot = NULL;
  RosterBatch *batch = roster_batch_new (fields, N_FIELDS);
  RosterRowId row;

  roster_batch_add (batch, "1", (const char *[]){ "Ana", "Boss", NULL, "private" }, 7);
  roster_batch_add (batch, "2", (const char *[]){ NULL, NULL, NULL, NULL }, 0);
  roster_batch_add (batch, "3",
                    (const char *[]){ "b\xff"
                                      "d",
                                      "", "\xfe", "n" },
                    0);
  g_assert_cmpuint (roster_batch_get_n_rows (batch), ==, 3);
  roster_index_merge (index, batch);
  snapshot = roster_index_snapshot (index);

  row = roster_index_find (index, "1");
  g_assert_cmpstr (roster_snapshot_get_id (snapshot, row), ==, "1");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 0), ==, "Ana");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 1), ==, "Boss");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 2), ==, "");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 3), ==, "private");
  g_assert_cmpuint (roster_snapshot_get_flags (snapshot, row), ==, 7);
  row = roster_index_find (index, "2");
  for (guint i = 0; i < N_FIELDS; i++)
    g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, i), ==, "");
  row = roster_index_find (index, "3");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 0), ==,
                   "b\xef\xbf\xbd"
                   "d");
  g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 2), ==, "\xef\xbf\xbd");

  g_assert_cmpuint (count (snapshot, "boss"), ==, 1);
  g_assert_cmpuint (count (snapshot, "private"), ==, 0);
}

/* A word must not be found across the border of two fields, two users, or two values. */
static void
test_borders (void)
{
  static const RosterFieldSpec two[] = { { "a", ROSTER_FIELD_SEARCHED },
                                         { "b", ROSTER_FIELD_SEARCHED } };
  g_autoptr (RosterIndex) index = roster_index_new (two, 2);
  RosterBatch *batch = roster_batch_new (two, 2);

  roster_batch_add (batch, "1", (const char *[]){ "ab", "cd" }, 0);
  roster_batch_add (batch, "2", (const char *[]){ "ef", "gh\nij" }, 0);
  roster_batch_add (batch, "3", (const char *[]){ "Áb", "çd" }, 0);
  roster_batch_add (batch, "4", (const char *[]){ "éf", "gh" }, 0);
  roster_index_merge (index, batch);

  g_assert_cmpuint (count_now (index, "ab"), ==, 2);
  g_assert_cmpuint (count_now (index, "çd"), ==, 2);
  g_assert_cmpuint (count_now (index, "bc"), ==, 0);
  g_assert_cmpuint (count_now (index, "de"), ==, 0);
  g_assert_cmpuint (count_now (index, "dé"), ==, 0);
  g_assert_cmpuint (count_now (index, "hi"), ==, 0);
  g_assert_cmpuint (count_now (index, "gh ij"), ==, 1);
  g_assert_cmpuint (count_now (index, "f gh"), ==, 2);
}

static void
test_replace (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) before = NULL, after = NULL;
  RosterRowId row;

  put (index, "1", "old", "Boss", 0);
  put (index, "2", "other", "Boss", 0);
  before = roster_index_snapshot (index);
  row = roster_index_find (index, "1");
  put (index, "1", "new", "Boss", 0);
  after = roster_index_snapshot (index);

  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 2);
  g_assert_cmpuint (count (before, "old"), ==, 1);
  g_assert_cmpuint (count (before, "new"), ==, 0);
  g_assert_true (roster_snapshot_is_living (before, row));
  g_assert_cmpuint (count (after, "old"), ==, 0);
  g_assert_cmpuint (count (after, "new"), ==, 1);
  g_assert_false (roster_snapshot_is_living (after, row));
  g_assert_cmpuint (roster_index_find (index, "1"), !=, row);

  g_assert_true (roster_index_remove (index, "2"));
  g_assert_false (roster_index_remove (index, "2"));
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 1);
  g_assert_cmpuint (count (after, "other"), ==, 1);
  g_assert_cmpuint (count_now (index, "other"), ==, 0);
}

/* What did not change keeps its row, in its place. */
static void
test_same_again (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  RosterRowId row;

  put (index, "1", "same", "Boss", 1);
  row = roster_index_find (index, "1");
  put (index, "1", "same", "Boss", 1);
  g_assert_cmpuint (roster_index_find (index, "1"), ==, row);
  put (index, "1", "same", "Boss", 2);
  g_assert_cmpuint (roster_index_find (index, "1"), !=, row);
  row = roster_index_find (index, "1");
  put (index, "1", "same", "Bosses", 2);
  g_assert_cmpuint (roster_index_find (index, "1"), !=, row);
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 1);
  g_assert_cmpuint (count_now (index, "same"), ==, 1);
}

static void
test_twice_in_batch (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  RosterBatch *batch = roster_batch_new (fields, N_FIELDS);

  roster_batch_add (batch, "1", (const char *[]){ "first", NULL, NULL, NULL }, 0);
  roster_batch_add (batch, "1", (const char *[]){ "second", NULL, NULL, NULL }, 0);
  roster_index_merge (index, batch);
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 1);
  g_assert_cmpuint (count_now (index, "first"), ==, 0);
  g_assert_cmpuint (count_now (index, "second"), ==, 1);
}

static void
test_clear (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) before = NULL;
  RosterRowId row;

  put (index, "1", "Ana", "Boss", 0);
  before = roster_index_snapshot (index);
  row = roster_index_find (index, "1");
  roster_index_clear (index);
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 0);
  g_assert_cmpuint (count_now (index, ""), ==, 0);
  g_assert_cmpuint (count (before, "ana"), ==, 1);
  put (index, "1", "Ana", "Boss", 0);
  g_assert_cmpuint (roster_index_find (index, "1"), !=, row);
  g_assert_cmpuint (count_now (index, "ana"), ==, 1);
}

static void
assert_rows (RosterIndex *index, guint first, guint n, guint step)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (index);

  for (guint i = first; i < n; i += step)
    {
      g_autofree char *id = g_strdup_printf ("id%u", i);
      g_autofree char *name = g_strdup_printf ("user%u", i);
      RosterRowId row = roster_index_find (index, id);

      g_assert_true (roster_snapshot_is_living (snapshot, row));
      g_assert_cmpstr (roster_snapshot_get_id (snapshot, row), ==, id);
      g_assert_cmpstr (roster_snapshot_get_text (snapshot, row, 0), ==, name);
      g_assert_cmpuint (roster_snapshot_get_flags (snapshot, row), ==, i);
    }
}

/* Many small pages become few chunks, and rows keep their numbers. */
static void
test_consolidation (void)
{
  enum
  {
    N = 20000
  };
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) full = NULL, half = NULL;
  g_autofree RosterRowId *rows = g_new (RosterRowId, N);

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *id = g_strdup_printf ("id%u", i);
      g_autofree char *name = g_strdup_printf ("user%u", i);

      put (index, id, name, i % 2 ? "Engineer" : "Ärztin", i);
      rows[i] = roster_index_find (index, id);
    }
  full = roster_index_snapshot (index);
  g_assert_cmpuint (full->n_entries, <=, 2 * N / ROSTER_CHUNK_ROWS + 14);
  assert_rows (index, 0, N, 1);
  g_assert_cmpuint (count (full, "arztin"), ==, N / 2);

  for (guint i = 0; i < N; i++)
    if (i % 4 != 0)
      {
        g_autofree char *id = g_strdup_printf ("id%u", i);

        g_assert_true (roster_index_remove (index, id));
      }
  half = roster_index_snapshot (index);
  g_assert_cmpuint (roster_snapshot_get_n_rows (half), ==, N / 4);
  g_assert_cmpuint (half->n_entries, <=, 14);
  for (guint i = 0; i < half->n_entries; i++)
    g_assert_cmpuint (half->entries[i].chunk->n_rows, <=, ROSTER_CHUNK_ROWS);
  assert_rows (index, 0, N, 4);
  g_assert_cmpuint (count (half, "arztin"), ==, N / 4);
  g_assert_cmpuint (count (half, "engineer"), ==, 0);
  g_assert_cmpuint (count (full, "engineer"), ==, N / 2);
  for (guint i = 0; i < N; i++)
    {
      g_assert_cmpuint (roster_snapshot_is_living (half, rows[i]), ==, i % 4 == 0);
      g_assert_true (roster_snapshot_is_living (full, rows[i]));
    }

  for (guint i = 0; i < N; i += 4)
    {
      g_autofree char *id = g_strdup_printf ("id%u", i);

      g_assert_true (roster_index_remove (index, id));
    }
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, 0);
  g_assert_cmpuint (count_now (index, ""), ==, 0);
}

/* More rows than a chunk takes, every value of a dictionary field different. */
static void
test_large_batch (void)
{
  enum
  {
    N = 3 * ROSTER_CHUNK_ROWS + 5
  };
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) snapshot = NULL;
  RosterBatch *batch = roster_batch_new (fields, N_FIELDS);

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *id = g_strdup_printf ("id%u", i);
      g_autofree char *name = g_strdup_printf ("user%u", i);
      g_autofree char *title = g_strdup_printf ("title-%u-", i);

      roster_batch_add (batch, id, (const char *[]){ name, title, NULL, NULL }, i);
    }
  roster_index_merge (index, batch);
  snapshot = roster_index_snapshot (index);
  g_assert_cmpuint (snapshot->n_entries, ==, 4);
  assert_rows (index, 0, N, 1);
  g_assert_cmpuint (count (snapshot, "title-8191-"), ==, 1);
  g_assert_cmpuint (count (snapshot, "title-8192-"), ==, 1);
  g_assert_cmpuint (count (snapshot, "title-24580-"), ==, 1);
  g_assert_cmpuint (count (snapshot, "title-"), ==, N);
}

/* Hostile sizes: a chunk is closed by its text, and such chunks are not joined. */
static void
test_large_text (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autofree char *large = g_strnfill (ROSTER_CHUNK_BYTES / 2, 'x');
  g_autofree char *other = g_strnfill (ROSTER_CHUNK_BYTES, 'y');

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      put (index, id, i % 2 ? large : "small", i % 2 ? "t" : other, 0);
    }
  snapshot = roster_index_snapshot (index);
  for (guint i = 0; i < snapshot->n_entries; i++)
    g_assert_cmpuint (roster_chunk_get_n_bytes (snapshot->entries[i].chunk), <=,
                      3 * ROSTER_CHUNK_BYTES);
  g_assert_cmpuint (count (snapshot, "xxx"), ==, 2);
  g_assert_cmpuint (count (snapshot, "yyy small"), ==, 2);
}

/* Rows of the same hash, removed from the middle of their run. */
static void
test_ids (void)
{
  g_autoptr (RosterIndex) index = new_index ();

  for (guint round = 0; round < 3; round++)
    {
      for (guint i = 0; i < 600; i++)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          put (index, id, id, NULL, round);
        }
      for (guint i = round; i < 600; i += 3)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          g_assert_true (roster_index_remove (index, id));
        }
      for (guint i = 0; i < 600; i++)
        {
          g_autofree char *id = g_strdup_printf ("%u", i);

          g_assert_cmpuint (roster_index_find (index, id) == ROSTER_ROW_NONE, ==, i % 3 == round);
        }
    }
  put (index, "", "no id", NULL, 0);
  put (index, "ünïcode\nid", "odd id", NULL, 0);
  g_assert_cmpuint (roster_index_find (index, ""), !=, ROSTER_ROW_NONE);
  g_assert_cmpuint (roster_index_find (index, "ünïcode\nid"), !=, ROSTER_ROW_NONE);
}

static void
test_snapshot_is_shared (void)
{
  g_autoptr (RosterIndex) index = new_index ();
  g_autoptr (RosterSnapshot) first = NULL, second = NULL, third = NULL;

  put (index, "1", "a", NULL, 0);
  first = roster_index_snapshot (index);
  second = roster_index_snapshot (index);
  g_assert_true (first == second);
  put (index, "2", "b", NULL, 0);
  third = roster_index_snapshot (index);
  g_assert_true (first != third);
}

/* Snapshots outlive the index; batches can be dropped. */
static void
test_lifetimes (void)
{
  RosterIndex *index = new_index ();
  RosterBatch *batch = roster_batch_new (fields, N_FIELDS);
  g_autoptr (RosterSnapshot) snapshot = NULL;

  roster_batch_add (batch, "1", (const char *[]){ "a", "b", "c", "d" }, 0);
  roster_batch_free (batch);
  put (index, "1", "Ana", NULL, 0);
  snapshot = roster_index_snapshot (index);
  roster_index_free (index);
  g_assert_cmpuint (count (snapshot, "ana"), ==, 1);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/index/empty", test_empty);
  g_test_add_func ("/index/texts", test_texts);
  g_test_add_func ("/index/borders", test_borders);
  g_test_add_func ("/index/replace", test_replace);
  g_test_add_func ("/index/same-again", test_same_again);
  g_test_add_func ("/index/twice-in-batch", test_twice_in_batch);
  g_test_add_func ("/index/clear", test_clear);
  g_test_add_func ("/index/consolidation", test_consolidation);
  g_test_add_func ("/index/large-batch", test_large_batch);
  g_test_add_func ("/index/large-text", test_large_text);
  g_test_add_func ("/index/ids", test_ids);
  g_test_add_func ("/index/snapshot-is-shared", test_snapshot_is_shared);
  g_test_add_func ("/index/lifetimes", test_lifetimes);
  return g_test_run ();
}
