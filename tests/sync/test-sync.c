/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

static ScimResource *
new_user (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ScimResource *user = scim_resource_new (bytes, &error);

  g_assert_no_error (error);
  return user;
}

static void
test_full_pass (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (1234, 2);
  g_autoptr (RosterSnapshot) snapshot = NULL;
  gboolean exact;

  g_assert_cmpint (roster_sync_get_total (fixture->sync, NULL), ==, -1);
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 1234);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 1234);
  g_assert_cmpint (roster_sync_get_total (fixture->sync, &exact), ==, 1234);
  g_assert_true (exact);
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), >, 0);
  g_assert_null (roster_sync_get_error (fixture->sync));
  sync_fixture_assert_title (fixture, "u01234", "Engineer");
  snapshot = roster_index_snapshot (fixture->index);
  g_assert_cmpuint (
    roster_snapshot_get_flags (snapshot, roster_index_find (fixture->index, "u00007")), ==, 42);
}

static void
test_width (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (2000, 8);

  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  roster_test_wait_count (&fixture->held->len, 8);
  roster_test_settle ();
  g_assert_cmpuint (fixture->held->len, ==, 8);
  fixture->hold_from = 0;
  sync_fixture_release (fixture);
  sync_fixture_wait_over (fixture);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 2000);
}

static void
test_odd_ways (void)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (SyncFixture) fixture = sync_fixture_new (250, 1 + i % 3);
      gboolean exact;

      fixture->cap = i == 1 || i == 2 || i == 7 ? 30 : 0;
      fixture->says_no_total = i == 2 || i == 3;
      fixture->repeats = i == 4 || i == 7;
      fixture->overlaps = i == 5;
      fixture->omits_empty = i == 6;
      if (i == 8 || i == 6)
        fixture->n_users = 200;
      g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
      g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, fixture->n_users);
      g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, fixture->n_users);
      roster_sync_get_total (fixture->sync, &exact);
      g_assert_cmpint (exact, ==, !fixture->says_no_total);
    }
}

static void
test_nobody (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (0, 1);

  fixture->omits_empty = TRUE;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 0);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_query (void)
{
  g_autoptr (SyncFixture) wso2 = sync_fixture_new_with (&scim_dialect_wso2, 5, 1);
  g_autoptr (SyncFixture) rfc = sync_fixture_new (5, 1);
  RosterTestExchange *request;
  g_autofree char *domain = NULL;
  g_autofree char *other_domain = NULL;
  g_autofree char *excluded = NULL;
  g_autofree char *sort = NULL;

  roster_sync_set_domain (wso2->sync, "DEFAULT");
  roster_sync_set_domain (rfc->sync, "DEFAULT");
  sync_fixture_run (wso2);
  sync_fixture_run (rfc);
  request = roster_test_server_get_request (wso2->server, 0);
  domain = roster_test_exchange_dup_param (request, "domain");
  excluded = roster_test_exchange_dup_param (request, "excludedAttributes");
  sort = roster_test_exchange_dup_param (request, "sortBy");
  g_assert_cmpstr (domain, ==, "DEFAULT");
  g_assert_cmpstr (excluded, ==, scim_dialect_wso2.list_excluded);
  g_assert_null (sort);
  g_assert_cmpuint (roster_test_exchange_get_number (request, "startIndex"), ==, 1);
  g_assert_cmpuint (roster_test_exchange_get_number (request, "count"), ==,
                    scim_dialect_wso2.page_size);
  request = roster_test_server_get_request (rfc->server, 0);
  other_domain = roster_test_exchange_dup_param (request, "domain");
  g_assert_null (other_domain);
}

static void
test_gone_users_are_removed (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (5500, 2);

  sync_fixture_run (fixture);
  /* The first 5,000 have left, 100 came. */
  fixture->first_user = 5001;
  fixture->n_users = 600;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 600);
  g_assert_cmpuint (roster_index_find (fixture->index, "u05000"), ==, ROSTER_ROW_NONE);
  g_assert_cmpuint (roster_index_find (fixture->index, "u05600"), !=, ROSTER_ROW_NONE);
}

static void
test_changes_arrive (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (150, 1);

  sync_fixture_run (fixture);
  fixture->title = "Pilot";
  sync_fixture_run (fixture);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 150);
  sync_fixture_assert_title (fixture, "u00001", "Pilot");
  sync_fixture_assert_title (fixture, "u00150", "Pilot");
}

static void
test_unreadable_rows_spare_the_rest (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (10, 1);

  sync_fixture_run (fixture);
  fixture->n_users = 8;
  fixture->has_junk = TRUE;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  /* The two that are missing may be the ones that could not be read. */
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 10);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 8);
}

static void
test_start_while_running (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (10, 1);

  fixture->holds = TRUE;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_sync_start (fixture->sync);
  roster_test_settle ();
  g_assert_cmpuint (fixture->held->len, ==, 1);
  fixture->holds = FALSE;
  sync_fixture_release (fixture);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
}

/* Pages that the service made before a write arrive after it. */
static void
test_writes_survive_a_pass (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (250, 2);
  g_autoptr (ScimResource) changed =
    new_user ("{\"id\":\"u00150\",\"userName\":\"kim\",\"title\":\"Captain\"}");
  g_autoptr (ScimResource) added =
    new_user ("{\"id\":\"new\",\"userName\":\"new\",\"title\":\"Cook\"}");

  sync_fixture_run (fixture);
  fixture->title = "Pilot";
  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_sync_put (fixture->sync, changed);
  roster_sync_put (fixture->sync, added);
  roster_sync_drop (fixture->sync, "u00151");
  roster_sync_drop (fixture->sync, "u00001");
  sync_fixture_assert_title (fixture, "u00150", "Captain");
  sync_fixture_assert_title (fixture, "u00151", NULL);
  fixture->hold_from = 0;
  sync_fixture_release (fixture);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
  sync_fixture_assert_title (fixture, "u00149", "Pilot");
  sync_fixture_assert_title (fixture, "u00150", "Captain");
  sync_fixture_assert_title (fixture, "new", "Cook");
  sync_fixture_assert_title (fixture, "u00151", NULL);
  sync_fixture_assert_title (fixture, "u00001", NULL);

  /* The next pass shows what the service has. */
  sync_fixture_run (fixture);
  sync_fixture_assert_title (fixture, "u00150", "Pilot");
  sync_fixture_assert_title (fixture, "new", NULL);
}

static void
test_writes_without_a_pass (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (3, 1);
  g_autoptr (ScimResource) user =
    new_user ("{\"id\":\"u00002\",\"userName\":\"kim\",\"title\":\"Captain\"}");
  g_autoptr (ScimResource) nobody = new_user ("{\"userName\":\"kim\"}");

  sync_fixture_run (fixture);
  roster_sync_put (fixture->sync, user);
  roster_sync_put (fixture->sync, nobody);
  roster_sync_drop (fixture->sync, "u00003");
  roster_sync_drop (fixture->sync, "unknown");
  sync_fixture_assert_title (fixture, "u00002", "Captain");
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 2);
  /* They were announced, soon or at once. */
  roster_test_wait_count (&fixture->n_merged, 2);
}

static gboolean
has_rows (gpointer user_data)
{
  SyncFixture *fixture = user_data;

  return roster_index_get_n_rows (fixture->index) > 0;
}

static void
test_merged_is_rare (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (3000, 4);
  guint n_merged;

  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_rows, fixture);
  /* The first page is not kept back. */
  g_assert_cmpuint (fixture->n_merged, ==, 1);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 100);
  sync_fixture_wait_held (fixture);
  fixture->hold_from = 0;
  sync_fixture_release (fixture);
  sync_fixture_wait_over (fixture);
  n_merged = fixture->n_merged;
  g_assert_cmpuint (n_merged, >, 1);
  /* A timer counts whole milliseconds. */
  g_assert_cmpint (fixture->least_gap, >=, 249 * 1000);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 3000);
}

/* The caller's fields and function are gone with the sync, whatever a worker still has. */
static void
test_closed_extractor (void)
{
  const guint32 flags = 7;
  g_autoptr (RosterExtractor) extractor = sync_fixture_new_extractor (&flags);
  g_autoptr (RosterBatch) batch = roster_extractor_new_batch (extractor);
  g_autoptr (ScimResource) user = new_user ("{\"id\":\"u1\"}");
  g_autofree char *id = roster_extractor_add (extractor, user, batch);

  g_assert_cmpstr (id, ==, "u1");
  roster_extractor_close (extractor);
  g_assert_null (roster_extractor_add (extractor, user, batch));
  g_assert_null (roster_extractor_new_batch (extractor));
  g_assert_cmpuint (roster_batch_get_n_rows (batch), ==, 1);
}

static void
test_dispose_while_running (void)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (SyncFixture) fixture = sync_fixture_new (2000, 4);

      roster_sync_start (fixture->sync);
      for (guint k = 0; k < i * 10; k++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (g_steal_pointer (&fixture->sync));
    }
}

static void
dispose_in_merged_cb (RosterSync *sync, gpointer user_data)
{
  SyncFixture *fixture = user_data;

  g_clear_object (&fixture->sync);
}

static void
test_dispose_in_merged (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (500, 2);

  g_signal_connect (fixture->sync, "merged", G_CALLBACK (dispose_in_merged_cb), fixture);
  roster_sync_start (fixture->sync);
  while (fixture->sync != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_properties (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (5, 1);
  guint n_states = 0;
  int state;
  guint n_read;
  gint64 updated;

  g_signal_connect (fixture->sync, "notify::state", G_CALLBACK (count_notify_cb), &n_states);
  sync_fixture_run (fixture);
  g_object_get (fixture->sync, "state", &state, "n-read", &n_read, "updated", &updated, NULL);
  g_assert_cmpint (state, ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (n_read, ==, 5);
  g_assert_cmpint (updated, ==, roster_sync_get_updated (fixture->sync));
  g_assert_cmpuint (n_states, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/full-pass", test_full_pass);
  g_test_add_func ("/sync/width", test_width);
  g_test_add_func ("/sync/odd-ways", test_odd_ways);
  g_test_add_func ("/sync/nobody", test_nobody);
  g_test_add_func ("/sync/query", test_query);
  g_test_add_func ("/sync/gone-users", test_gone_users_are_removed);
  g_test_add_func ("/sync/changes", test_changes_arrive);
  g_test_add_func ("/sync/unreadable-rows", test_unreadable_rows_spare_the_rest);
  g_test_add_func ("/sync/start-while-running", test_start_while_running);
  g_test_add_func ("/sync/writes/during", test_writes_survive_a_pass);
  g_test_add_func ("/sync/writes/between", test_writes_without_a_pass);
  g_test_add_func ("/sync/merged", test_merged_is_rare);
  g_test_add_func ("/sync/dispose/extractor", test_closed_extractor);
  g_test_add_func ("/sync/dispose/running", test_dispose_while_running);
  g_test_add_func ("/sync/dispose/in-merged", test_dispose_in_merged);
  g_test_add_func ("/sync/properties", test_properties);
  return g_test_run ();
}
