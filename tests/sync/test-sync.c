/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-client-private.h"
#include "index/roster-search.h"
#include "support/roster-test-server.h"
#include "support/roster-test-wait.h"
#include "sync/roster-extractor.h"

static const RosterFieldSpec fields[] = {
  { "userName", ROSTER_FIELD_SEARCHED },
  { "title", ROSTER_FIELD_REPEATS },
};

/* A service with odd ways, a client, an index and the sync between them. */
typedef struct
{
  RosterTestServer *server;
  ScimClient *client;
  RosterIndex *index;
  RosterSync *sync;

  guint n_users;
  guint first_user; /* number of the first one */
  guint cap;        /* rows a page at most; 0: as asked */
  gboolean says_no_total;
  gboolean omits_empty; /* no Resources when there are none */
  gboolean repeats;     /* the first page again past the end */
  gboolean overlaps;    /* a row of each page is the last of the page before */
  gboolean has_junk;    /* rows that are no users, and one without an id */
  guint fails_at;       /* start index that gets a 500; 0: none */
  guint trouble_at;     /* start index that gets trouble_status so many times; 0: none */
  guint n_troubles;
  guint trouble_status;    /* 0: the connection is closed */
  const char *retry_after; /* nullable */
  gboolean is_moody;       /* as much trouble with the next pages, up to the third */
  gboolean holds;          /* every page waits for release() */
  guint hold_from;         /* pages with this start index or more do; 0: none */
  const char *title;
  GPtrArray *held;

  guint n_merged;
  gint64 last_merged;
  gint64 least_gap; /* microseconds between two "merged" */
} Fixture;

static void
append_user (GString *out, const Fixture *fixture, guint number)
{
  if (out->len > 0)
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"id\":\"u%05u\",\"userName\":\"name%05u\",\"title\":\"%s\"}",
                          number, number, fixture->title);
}

static void
make_trouble (Fixture *fixture, RosterTestExchange *exchange)
{
  if (fixture->retry_after != NULL)
    roster_test_exchange_add_header (exchange, "Retry-After", fixture->retry_after);
  if (fixture->trouble_status == 0)
    roster_test_exchange_drop (exchange);
  else
    roster_test_exchange_reply (exchange, fixture->trouble_status, NULL,
                                "{\"detail\":\"Too busy\"}");
}

static void
reply_page (Fixture *fixture, RosterTestExchange *exchange)
{
  guint start = roster_test_exchange_get_number (exchange, "startIndex");
  guint count = roster_test_exchange_get_number (exchange, "count");
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new ("{");

  if (start == fixture->fails_at)
    {
      roster_test_exchange_reply (exchange, 500, NULL, "{\"detail\":\"The store is down\"}");
      return;
    }
  if (start == fixture->trouble_at && fixture->n_troubles > 0)
    {
      fixture->n_troubles--;
      make_trouble (fixture, exchange);
      if (fixture->n_troubles == 0 && fixture->is_moody && start < 201)
        {
          fixture->trouble_at += 100;
          fixture->n_troubles = 5;
        }
      return;
    }
  if (start > fixture->n_users && fixture->repeats)
    start = 1;
  if (fixture->cap > 0)
    count = MIN (count, fixture->cap);
  if (fixture->overlaps && start > 1)
    start--, count++;
  for (guint i = start; i < start + count && i <= fixture->n_users; i++)
    append_user (rows, fixture, fixture->first_user + i - 1);
  if (fixture->has_junk && start == 1)
    g_string_append (rows, ",7,null,{\"userName\":\"nobody\"},{\"id\":\"\"}");
  if (!fixture->says_no_total)
    g_string_append_printf (body, "\"totalResults\":%u,", fixture->n_users);
  if (rows->len > 0 || !fixture->omits_empty)
    g_string_append_printf (body, "\"Resources\":[%s],", rows->str);
  g_string_append (body, "\"startIndex\":1}");
  roster_test_exchange_reply (exchange, 200, "application/scim+json", body->str);
}

static void
page_cb (RosterTestExchange *exchange, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint start = roster_test_exchange_get_number (exchange, "startIndex");

  if (start == 0)
    {
      roster_test_exchange_reply (exchange, 200, "application/scim+json", "{\"id\":\"one\"}");
      return;
    }
  if (fixture->holds || (fixture->hold_from > 0 && start >= fixture->hold_from))
    g_ptr_array_add (fixture->held, exchange);
  else
    reply_page (fixture, exchange);
}

static void
release (Fixture *fixture)
{
  for (guint i = 0; i < fixture->held->len; i++)
    reply_page (fixture, g_ptr_array_index (fixture->held, i));
  g_ptr_array_set_size (fixture->held, 0);
}

/* The title says with the data pointer which sync extracted it. */
static guint32
extract (const ScimResource *user, char **values, gpointer user_data)
{
  values[0] = scim_resource_dup_text (user, "userName");
  values[1] = scim_resource_dup_text (user, "title");
  return *(const guint32 *)user_data;
}

static void
merged_cb (RosterSync *sync, gpointer user_data)
{
  Fixture *fixture = user_data;
  gint64 now = g_get_monotonic_time ();

  if (fixture->n_merged++ > 0)
    fixture->least_gap = MIN (fixture->least_gap, now - fixture->last_merged);
  fixture->last_merged = now;
}

static Fixture *
fixture_new_with (const ScimDialect *dialect, guint n_users, guint width)
{
  static const guint32 flags = 42;
  Fixture *fixture = g_new0 (Fixture, 1);
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");
  g_autofree char *url = NULL;

  fixture->n_users = n_users;
  fixture->first_user = 1;
  fixture->title = "Engineer";
  fixture->least_gap = G_MAXINT64;
  fixture->held = g_ptr_array_new ();
  fixture->server = roster_test_server_new (page_cb, fixture);
  url = roster_test_server_dup_url (fixture->server, "/scim2");
  fixture->client = scim_client_new (url, auth, dialect, width + 1, NULL);
  fixture->index = roster_index_new (fields, G_N_ELEMENTS (fields));
  fixture->sync = roster_sync_new (fixture->client, fixture->index, fields, G_N_ELEMENTS (fields),
                                   extract, (gpointer)&flags, width);
  g_signal_connect (fixture->sync, "merged", G_CALLBACK (merged_cb), fixture);
  return fixture;
}

static Fixture *
fixture_new (guint n_users, guint width)
{
  return fixture_new_with (&scim_dialect_rfc, n_users, width);
}

static void
fixture_free (Fixture *fixture)
{
  if (fixture->sync != NULL)
    g_assert_finalize_object (fixture->sync);
  roster_test_settle ();
  /* Pages may still be with a worker: they let go of the client when they come back. */
  while (G_OBJECT (fixture->client)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->client);
  roster_index_free (fixture->index);
  roster_test_server_free (fixture->server);
  roster_test_settle ();
  g_ptr_array_unref (fixture->held);
  g_free (fixture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Fixture, fixture_free)

static gboolean
is_over (gpointer user_data)
{
  Fixture *fixture = user_data;

  return roster_sync_get_state (fixture->sync) != ROSTER_SYNC_RUNNING;
}

static RosterSyncState
run (Fixture *fixture)
{
  roster_sync_start (fixture->sync);
  roster_test_wait (is_over, fixture);
  return roster_sync_get_state (fixture->sync);
}

static gboolean
has_held (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->held->len > 0;
}

static gboolean
has_rows (gpointer user_data)
{
  Fixture *fixture = user_data;

  return roster_index_get_n_rows (fixture->index) > 0;
}

static char *
dup_title (Fixture *fixture, const char *id)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (fixture->index);
  RosterRowId row = roster_index_find (fixture->index, id);

  return row != ROSTER_ROW_NONE ? g_strdup (roster_snapshot_get_text (snapshot, row, 1)) : NULL;
}

static void
assert_title (Fixture *fixture, const char *id, const char *expected)
{
  g_autofree char *title = dup_title (fixture, id);

  g_assert_cmpstr (title, ==, expected);
}

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
  g_autoptr (Fixture) fixture = fixture_new (1234, 2);
  g_autoptr (RosterSnapshot) snapshot = NULL;
  gboolean exact;

  g_assert_cmpint (roster_sync_get_total (fixture->sync, NULL), ==, -1);
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 1234);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 1234);
  g_assert_cmpint (roster_sync_get_total (fixture->sync, &exact), ==, 1234);
  g_assert_true (exact);
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), >, 0);
  g_assert_null (roster_sync_get_error (fixture->sync));
  assert_title (fixture, "u01234", "Engineer");
  snapshot = roster_index_snapshot (fixture->index);
  g_assert_cmpuint (
    roster_snapshot_get_flags (snapshot, roster_index_find (fixture->index, "u00007")), ==, 42);
}

static void
test_width (void)
{
  g_autoptr (Fixture) fixture = fixture_new (2000, 8);

  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  roster_test_wait_count (&fixture->held->len, 8);
  roster_test_settle ();
  g_assert_cmpuint (fixture->held->len, ==, 8);
  fixture->hold_from = 0;
  release (fixture);
  roster_test_wait (is_over, fixture);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 2000);
}

static void
test_odd_ways (void)
{
  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (Fixture) fixture = fixture_new (250, 1 + i % 3);
      gboolean exact;

      fixture->cap = i == 1 || i == 2 || i == 7 ? 30 : 0;
      fixture->says_no_total = i == 2 || i == 3;
      fixture->repeats = i == 4 || i == 7;
      fixture->overlaps = i == 5;
      fixture->omits_empty = i == 6;
      if (i == 8 || i == 6)
        fixture->n_users = 200;
      g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
      g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, fixture->n_users);
      g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, fixture->n_users);
      roster_sync_get_total (fixture->sync, &exact);
      g_assert_cmpint (exact, ==, !fixture->says_no_total);
    }
}

static void
test_nobody (void)
{
  g_autoptr (Fixture) fixture = fixture_new (0, 1);

  fixture->omits_empty = TRUE;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 0);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->server), ==, 1);
}

static void
test_query (void)
{
  g_autoptr (Fixture) wso2 = fixture_new_with (&scim_dialect_wso2, 5, 1);
  g_autoptr (Fixture) rfc = fixture_new (5, 1);
  RosterTestExchange *request;
  g_autofree char *domain = NULL;
  g_autofree char *other_domain = NULL;
  g_autofree char *excluded = NULL;
  g_autofree char *sort = NULL;

  roster_sync_set_domain (wso2->sync, "DEFAULT");
  roster_sync_set_domain (rfc->sync, "DEFAULT");
  run (wso2);
  run (rfc);
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
  g_autoptr (Fixture) fixture = fixture_new (5500, 2);

  run (fixture);
  /* The first 5,000 have left, 100 came. */
  fixture->first_user = 5001;
  fixture->n_users = 600;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 600);
  g_assert_cmpuint (roster_index_find (fixture->index, "u05000"), ==, ROSTER_ROW_NONE);
  g_assert_cmpuint (roster_index_find (fixture->index, "u05600"), !=, ROSTER_ROW_NONE);
}

static void
test_changes_arrive (void)
{
  g_autoptr (Fixture) fixture = fixture_new (150, 1);

  run (fixture);
  fixture->title = "Pilot";
  run (fixture);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 150);
  assert_title (fixture, "u00001", "Pilot");
  assert_title (fixture, "u00150", "Pilot");
}

static void
test_failure_keeps_what_was_read (void)
{
  g_autoptr (Fixture) fixture = fixture_new (500, 2);

  run (fixture);
  fixture->first_user = 101;
  fixture->title = "Pilot";
  fixture->fails_at = 201;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), SCIM_ERROR, SCIM_ERROR_SERVER);
  g_assert_cmpstr (scim_error_get_detail (roster_sync_get_error (fixture->sync)), ==,
                   "The store is down");
  /* Nothing is taken away by a list that was not read to its end. */
  assert_title (fixture, "u00001", "Engineer");
  assert_title (fixture, "u00101", "Pilot");
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), >, 0);

  fixture->fails_at = 0;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_null (roster_sync_get_error (fixture->sync));
  assert_title (fixture, "u00001", NULL);
}

static void
test_failure_of_the_first_page (void)
{
  g_autoptr (Fixture) fixture = fixture_new (5, 2);

  fixture->fails_at = 1;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_FAILED);
  g_assert_cmpuint (fixture->n_merged, ==, 0);
  g_assert_cmpint (roster_sync_get_updated (fixture->sync), ==, 0);
}

static void
test_unreadable_rows_spare_the_rest (void)
{
  g_autoptr (Fixture) fixture = fixture_new (10, 1);

  run (fixture);
  fixture->n_users = 8;
  fixture->has_junk = TRUE;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  /* The two that are missing may be the ones that could not be read. */
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 10);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 8);
}

static void
test_cancel_before_the_first_page (void)
{
  g_autoptr (Fixture) fixture = fixture_new (10, 1);

  roster_sync_cancel (fixture->sync);
  fixture->holds = TRUE;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_held, fixture);
  roster_sync_cancel (fixture->sync);
  roster_test_wait (is_over, fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_IDLE);
  g_assert_null (roster_sync_get_error (fixture->sync));
}

static void
test_cancel_later (void)
{
  g_autoptr (Fixture) fixture = fixture_new (500, 1);

  fixture->hold_from = 201;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_held, fixture);
  roster_sync_cancel (fixture->sync);
  roster_test_wait (is_over, fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
  g_assert_error (roster_sync_get_error (fixture->sync), G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 200);

  g_ptr_array_set_size (fixture->held, 0);
  fixture->hold_from = 0;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 500);
}

static void
test_start_while_running (void)
{
  g_autoptr (Fixture) fixture = fixture_new (10, 1);

  fixture->holds = TRUE;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_held, fixture);
  roster_sync_start (fixture->sync);
  roster_test_settle ();
  g_assert_cmpuint (fixture->held->len, ==, 1);
  fixture->holds = FALSE;
  release (fixture);
  roster_test_wait (is_over, fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
}

/* Pages that the service made before a write arrive after it. */
static void
test_writes_survive_a_pass (void)
{
  g_autoptr (Fixture) fixture = fixture_new (250, 2);
  g_autoptr (ScimResource) changed =
    new_user ("{\"id\":\"u00150\",\"userName\":\"kim\",\"title\":\"Captain\"}");
  g_autoptr (ScimResource) added =
    new_user ("{\"id\":\"new\",\"userName\":\"new\",\"title\":\"Cook\"}");

  run (fixture);
  fixture->title = "Pilot";
  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_held, fixture);
  roster_sync_put (fixture->sync, changed);
  roster_sync_put (fixture->sync, added);
  roster_sync_drop (fixture->sync, "u00151");
  roster_sync_drop (fixture->sync, "u00001");
  assert_title (fixture, "u00150", "Captain");
  assert_title (fixture, "u00151", NULL);
  fixture->hold_from = 0;
  release (fixture);
  roster_test_wait (is_over, fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
  assert_title (fixture, "u00149", "Pilot");
  assert_title (fixture, "u00150", "Captain");
  assert_title (fixture, "new", "Cook");
  assert_title (fixture, "u00151", NULL);
  assert_title (fixture, "u00001", NULL);

  /* The next pass shows what the service has. */
  run (fixture);
  assert_title (fixture, "u00150", "Pilot");
  assert_title (fixture, "new", NULL);
}

static void
test_writes_without_a_pass (void)
{
  g_autoptr (Fixture) fixture = fixture_new (3, 1);
  g_autoptr (ScimResource) user =
    new_user ("{\"id\":\"u00002\",\"userName\":\"kim\",\"title\":\"Captain\"}");
  g_autoptr (ScimResource) nobody = new_user ("{\"userName\":\"kim\"}");

  run (fixture);
  roster_sync_put (fixture->sync, user);
  roster_sync_put (fixture->sync, nobody);
  roster_sync_drop (fixture->sync, "u00003");
  roster_sync_drop (fixture->sync, "unknown");
  assert_title (fixture, "u00002", "Captain");
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 2);
  /* They were announced, soon or at once. */
  roster_test_wait_count (&fixture->n_merged, 2);
}

static void
test_merged_is_rare (void)
{
  g_autoptr (Fixture) fixture = fixture_new (3000, 4);
  guint n_merged;

  fixture->hold_from = 101;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_rows, fixture);
  /* The first page is not kept back. */
  g_assert_cmpuint (fixture->n_merged, ==, 1);
  g_assert_cmpuint (roster_sync_get_n_read (fixture->sync), ==, 100);
  roster_test_wait (has_held, fixture);
  fixture->hold_from = 0;
  release (fixture);
  roster_test_wait (is_over, fixture);
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
  g_autoptr (RosterExtractor) extractor =
    roster_extractor_new (fields, G_N_ELEMENTS (fields), extract, (gpointer)&flags);
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
      g_autoptr (Fixture) fixture = fixture_new (2000, 4);

      roster_sync_start (fixture->sync);
      for (guint k = 0; k < i * 10; k++)
        g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (g_steal_pointer (&fixture->sync));
    }
}

static void
dispose_in_merged_cb (RosterSync *sync, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_clear_object (&fixture->sync);
}

static void
test_dispose_in_merged (void)
{
  g_autoptr (Fixture) fixture = fixture_new (500, 2);

  g_signal_connect (fixture->sync, "merged", G_CALLBACK (dispose_in_merged_cb), fixture);
  roster_sync_start (fixture->sync);
  while (fixture->sync != NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Trouble that passes */

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
      g_autoptr (Fixture) fixture = fixture_new (450, 1 + i % 2);
      guint n_requests;

      scim_client_set_second (fixture->client, 10);
      fixture->trouble_at = cases[i / 2].at;
      fixture->trouble_status = cases[i / 2].status;
      fixture->retry_after = cases[i / 2].retry_after;
      fixture->n_troubles = 4;
      g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
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
  g_autoptr (Fixture) fixture = fixture_new (300, 1);

  scim_client_set_second (fixture->client, 10);
  fixture->is_moody = TRUE;
  fixture->trouble_at = 1;
  fixture->trouble_status = 503;
  fixture->retry_after = "0";
  fixture->n_troubles = 5;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->server), ==, 4 + 3 * 5);
}

static void
test_trouble_stays (void)
{
  g_autoptr (Fixture) fixture = fixture_new (450, 1);

  scim_client_set_second (fixture->client, 10);
  fixture->trouble_at = 201;
  fixture->trouble_status = 503;
  fixture->n_troubles = 1000;
  g_assert_cmpint (run (fixture), ==, ROSTER_SYNC_FAILED);
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
  Fixture *fixture = user_data;

  return roster_sync_get_wait (fixture->sync, NULL) > 0;
}

static Fixture *
new_waiting_fixture (void)
{
  Fixture *fixture = fixture_new (450, 1);

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
  g_autoptr (Fixture) fixture = new_waiting_fixture ();
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

static void
test_person_does_not_wait (void)
{
  g_autoptr (Fixture) fixture = new_waiting_fixture ();
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
  g_autoptr (Fixture) fixture = new_waiting_fixture ();

  roster_sync_start (fixture->sync);
  roster_test_wait (is_over, fixture);
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_DONE);
  g_assert_cmpuint (roster_index_get_n_rows (fixture->index), ==, 450);
}

/* The end is there without waiting for anything. */
static void
test_wait_is_cancelled (void)
{
  g_autoptr (Fixture) fixture = new_waiting_fixture ();

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
  g_autoptr (Fixture) fixture = fixture_new (450, 1);

  fixture->hold_from = 201;
  roster_sync_start (fixture->sync);
  roster_test_wait (has_held, fixture);
  roster_sync_cancel (fixture->sync);
  roster_test_settle ();
  g_assert_cmpint (roster_sync_get_state (fixture->sync), ==, ROSTER_SYNC_FAILED);
}

static void
test_dispose_while_waiting (void)
{
  g_autoptr (Fixture) fixture = new_waiting_fixture ();

  g_assert_finalize_object (g_steal_pointer (&fixture->sync));
}

static void
count_notify_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_properties (void)
{
  g_autoptr (Fixture) fixture = fixture_new (5, 1);
  guint n_states = 0;
  int state;
  guint n_read;
  gint64 updated;

  g_signal_connect (fixture->sync, "notify::state", G_CALLBACK (count_notify_cb), &n_states);
  run (fixture);
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
  g_test_add_func ("/sync/failure", test_failure_keeps_what_was_read);
  g_test_add_func ("/sync/failure-of-the-first-page", test_failure_of_the_first_page);
  g_test_add_func ("/sync/unreadable-rows", test_unreadable_rows_spare_the_rest);
  g_test_add_func ("/sync/cancel/before", test_cancel_before_the_first_page);
  g_test_add_func ("/sync/cancel/later", test_cancel_later);
  g_test_add_func ("/sync/start-while-running", test_start_while_running);
  g_test_add_func ("/sync/writes/during", test_writes_survive_a_pass);
  g_test_add_func ("/sync/writes/between", test_writes_without_a_pass);
  g_test_add_func ("/sync/merged", test_merged_is_rare);
  g_test_add_func ("/sync/dispose/extractor", test_closed_extractor);
  g_test_add_func ("/sync/dispose/running", test_dispose_while_running);
  g_test_add_func ("/sync/dispose/in-merged", test_dispose_in_merged);
  g_test_add_func ("/sync/trouble/passes", test_trouble_passes);
  g_test_add_func ("/sync/trouble/again", test_trouble_comes_again);
  g_test_add_func ("/sync/trouble/stays", test_trouble_stays);
  g_test_add_func ("/sync/wait/told", test_wait_is_told);
  g_test_add_func ("/sync/wait/person", test_person_does_not_wait);
  g_test_add_func ("/sync/wait/ended", test_wait_is_ended_by_hand);
  g_test_add_func ("/sync/wait/cancelled", test_wait_is_cancelled);
  g_test_add_func ("/sync/wait/dispose", test_dispose_while_waiting);
  g_test_add_func ("/sync/cancel/at-once", test_cancel_is_felt_at_once);
  g_test_add_func ("/sync/properties", test_properties);
  return g_test_run ();
}
