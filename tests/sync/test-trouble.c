/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages that do not come: what is tried again, what is said, how it ends. */
#include "sync-fixture.h"

static void
test_failure_keeps_what_was_read (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (500, 2);

  sync_fixture_run (fixture);
  fixture->first_user = 101;
  fixture->title = "Pilot";
  fixture->fails_at = 201;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), SCIM_ERROR, SCIM_ERROR_SERVER);
  g_assert_cmpstr (scim_error_get_detail (roster_sync_get_error (fixture->sync)), ==,
                   "The store is down");
  /* Nothing is taken away by a list that was not read to its end. */
  sync_fixture_assert_title (fixture, "u00001", "Engineer");
  sync_fixture_assert_title (fixture, "u00101", "Pilot");
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), >, 0);

  fixture->fails_at = 0;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_null (roster_sync_get_error (fixture->sync));
  sync_fixture_assert_title (fixture, "u00001", NULL);
}

static void
test_failure_of_the_first_page (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (5, 2);

  fixture->fails_at = 1;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_FAILED);
  g_assert_cmpuint (fixture->n_merged, ==, 0);
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), ==, 0);
}

/* Asked for a page past the end some services refuse; one that breaks there has not ended the
 * list. */
static void
test_refusal_past_the_end (void)
{
  g_autoptr (SyncFixture) refusing = sync_fixture_new (200, 1);
  g_autoptr (SyncFixture) broken = sync_fixture_new (200, 1);

  refusing->trouble_at = 201;
  refusing->trouble_status = 400;
  refusing->n_troubles = 1;
  g_assert_cmpint (sync_fixture_run (refusing), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (refusing->n_troubles, ==, 0);
  g_assert_cmpuint (roster_index_get_n_rows (refusing->index), ==, 200);
  broken->fails_at = 201;
  g_assert_cmpint (sync_fixture_run (broken), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (broken->sync), SCIM_ERROR, SCIM_ERROR_SERVER);
}

static void
test_cancel_before_the_first_page (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (10, 1);

  roster_sync_cancel (fixture->sync);
  fixture->holds = TRUE;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_sync_cancel (fixture->sync);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_IDLE);
  g_assert_null (roster_sync_get_error (fixture->sync));
}

static void
test_cancel_later (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (500, 1);

  fixture->hold_from = 201;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_sync_cancel (fixture->sync);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 200);

  g_ptr_array_set_size (fixture->held, 0);
  fixture->hold_from = 0;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 500);
}

static void
test_trouble_passes (void)
{
  static const struct
  {
    guint at;
    guint status;
    const char *retry_after;
  } cases[] = {
    { 1, 429, "1" },   { 1, 503, NULL }, { 201, 502, NULL },
    { 201, 504, "0" }, { 201, 0, NULL }, { 401, 429, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      g_autoptr (SyncFixture) fixture = sync_fixture_new (450, 1 + i % 2);
      guint n_requests;

      scim_client_set_second (fixture->client, 10);
      fixture->trouble_at = cases[i / 2].at;
      fixture->trouble_status = cases[i / 2].status;
      fixture->retry_after = cases[i / 2].retry_after;
      fixture->n_troubles = 4;
      g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
      g_assert_cmpuint (fixture->n_troubles, ==, 0);
      g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 450);
      g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 450);
      g_assert_null (roster_sync_get_error (fixture->sync));
      g_assert_cmpuint (roster_sync_get_wait (fixture->sync, NULL), ==, 0);
      n_requests = roster_test_server_get_n_requests (fixture->server);
      g_assert_cmpuint (n_requests, ==, 5 + 4);
    }
}

/* Each page that comes begins the count of tries anew. */
static void
test_trouble_comes_again (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (300, 1);

  scim_client_set_second (fixture->client, 10);
  fixture->is_moody = TRUE;
  fixture->trouble_at = 1;
  fixture->trouble_status = 503;
  fixture->retry_after = "0";
  fixture->n_troubles = 5;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->server), ==, 4 + 3 * 5);
}

static void
test_trouble_stays (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (450, 1);

  scim_client_set_second (fixture->client, 10);
  fixture->trouble_at = 201;
  fixture->trouble_status = 503;
  fixture->n_troubles = 1000;
  g_assert_cmpint (sync_fixture_run (fixture), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), SCIM_ERROR, SCIM_ERROR_SERVER);
  g_assert_cmpstr (scim_error_get_detail (roster_sync_get_error (fixture->sync)), ==, "Too busy");
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 200);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 200);
  g_assert_cmpint (roster_sync_get_total (fixture->sync, NULL), ==, 450);
  g_assert_cmpuint (roster_sync_get_wait (fixture->sync, NULL), ==, 0);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->server), ==, 2 + 9);
}

static gboolean
is_waiting (gpointer user_data)
{
  SyncFixture *fixture = user_data;

  return roster_sync_get_wait (fixture->sync, NULL) > 0;
}

static SyncFixture *
new_waiting_fixture (void)
{
  SyncFixture *fixture = sync_fixture_new (450, 1);

  fixture->trouble_at = 201;
  fixture->trouble_status = 429;
  fixture->retry_after = "100";
  fixture->n_troubles = 1;
  roster_sync_start (fixture->sync);
  roster_test_wait (is_waiting, fixture);
  return fixture;
}

static void
test_wait_is_told (void)
{
  g_autoptr (SyncFixture) fixture = new_waiting_fixture ();
  const GError *reason = NULL;
  guint seconds = roster_sync_get_wait (fixture->sync, &reason);
  gboolean waiting;

  g_assert_cmpuint (seconds, >, 60);
  g_assert_cmpuint (seconds, <=, 102);
  g_assert_error (reason, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS);
  g_object_get (fixture->sync, "waiting", &waiting, NULL);
  g_assert_true (waiting);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_RUNNING);
}

/* A page that fails for good ends the wait for another one. */
static void
test_wait_ends_with_the_pass (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (450, 2);
  gboolean waiting;

  fixture->trouble_at = 101;
  fixture->trouble_status = 429;
  fixture->retry_after = "100";
  fixture->n_troubles = 1;
  fixture->fails_at = 201;
  fixture->hold_from = 201;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_test_wait (is_waiting, fixture);
  sync_fixture_release (fixture);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), SCIM_ERROR, SCIM_ERROR_SERVER);
  g_assert_cmpuint (roster_sync_get_wait (fixture->sync, NULL), ==, 0);
  g_object_get (fixture->sync, "waiting", &waiting, NULL);
  g_assert_false (waiting);
}

static void
test_person_does_not_wait (void)
{
  g_autoptr (SyncFixture) fixture = new_waiting_fixture ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ScimResource) user = NULL;

  scim_client_get_async (fixture->client, "one", NULL, NULL, roster_test_result_cb, &result);
  user = scim_client_get_finish (fixture->client, roster_test_wait_result (&result), NULL);
  g_assert_nonnull (user);
  g_assert_true (is_waiting (fixture));
}

static void
test_wait_is_ended_by_hand (void)
{
  g_autoptr (SyncFixture) fixture = new_waiting_fixture ();

  roster_sync_start (fixture->sync);
  sync_fixture_wait_over (fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 450);
}

/* The end is there without waiting for anything. */
static void
test_wait_is_cancelled (void)
{
  g_autoptr (SyncFixture) fixture = new_waiting_fixture ();

  roster_sync_cancel (fixture->sync);
  roster_test_settle ();
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (roster_sync_get_wait (fixture->sync, NULL), ==, 0);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 200);
}

static void
test_cancel_is_felt_at_once (void)
{
  g_autoptr (SyncFixture) fixture = sync_fixture_new (450, 1);

  fixture->hold_from = 201;
  roster_sync_start (fixture->sync);
  sync_fixture_wait_held (fixture);
  roster_sync_cancel (fixture->sync);
  roster_test_settle ();
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
}

static void
test_dispose_while_waiting (void)
{
  g_autoptr (SyncFixture) fixture = new_waiting_fixture ();

  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/failure", test_failure_keeps_what_was_read);
  g_test_add_func ("/sync/failure-of-the-first-page", test_failure_of_the_first_page);
  g_test_add_func ("/sync/failure/past-the-end", test_refusal_past_the_end);
  g_test_add_func ("/sync/cancel/before", test_cancel_before_the_first_page);
  g_test_add_func ("/sync/cancel/later", test_cancel_later);
  g_test_add_func ("/sync/trouble/passes", test_trouble_passes);
  g_test_add_func ("/sync/trouble/again", test_trouble_comes_again);
  g_test_add_func ("/sync/trouble/stays", test_trouble_stays);
  g_test_add_func ("/sync/wait/told", test_wait_is_told);
  g_test_add_func ("/sync/wait/ends", test_wait_ends_with_the_pass);
  g_test_add_func ("/sync/wait/person", test_person_does_not_wait);
  g_test_add_func ("/sync/wait/ended", test_wait_is_ended_by_hand);
  g_test_add_func ("/sync/wait/cancelled", test_wait_is_cancelled);
  g_test_add_func ("/sync/wait/dispose", test_dispose_while_waiting);
  g_test_add_func ("/sync/cancel/at-once", test_cancel_is_felt_at_once);
  return g_test_run ();
}
