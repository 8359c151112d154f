/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

/* What the service does before it gives the user. */
typedef struct
{
  guint n_failures;
  guint status;            /* 0: the connection is closed without an answer */
  const char *retry_after; /* nullable */
} Trouble;

static void
trouble_cb (RosterTestExchange *exchange, gpointer user_data)
{
  Trouble *trouble = user_data;

  if (trouble->n_failures == 0)
    {
      roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
      return;
    }
  trouble->n_failures--;
  if (trouble->retry_after != NULL)
    roster_test_exchange_add_header (exchange, "Retry-After", trouble->retry_after);
  if (trouble->status == 0)
    roster_test_exchange_drop (exchange);
  else
    roster_test_exchange_reply (exchange, trouble->status, NULL, "");
}

static ClientFixture *
fixture_new (Trouble *trouble, guint second)
{
  ClientFixture *fixture = client_fixture_new (trouble_cb, trouble, NULL, 0);

  scim_client_set_second (fixture->client, second);
  return fixture;
}

static void
test_get_recovers (void)
{
  static const Trouble troubles[] = {
    { 3, 429, "0" },       { 3, 429, NULL },
    { 3, 429, "garbage" }, { 3, 429, "Fri, 01 Jan 1999 00:00:00 GMT" },
    { 3, 502, NULL },      { 3, 503, "1" },
    { 3, 504, NULL },      { 3, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    {
      Trouble trouble = troubles[i];
      g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", &error);

      g_assert_no_error (error);
      g_assert_nonnull (user);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 4);
    }
}

static void
test_get_gives_up (void)
{
  Trouble trouble = { 9, 429, "3" };
  g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 50);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_get (fixture, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (scim_error_get_retry_after (error), ==, 3);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 4);
}

static void
test_retry_after_is_waited_for (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 10);
  g_autofree char *date = g_date_time_format (later, "%a, %d %b %Y %H:%M:%S GMT");
  /* Real seconds pass until a busy computer sends the date. */
  const struct
  {
    const char *form;
    guint least;
  } waits[] = { { "6", 6 }, { date, 4 } };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      Trouble trouble = { 1, 503, waits[i].form };
      g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
      gint64 begun = g_get_monotonic_time ();
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

      g_assert_nonnull (user);
      g_assert_cmpint (g_get_monotonic_time () - begun, >=, waits[i].least * 20 * 1000);
    }
}

/* To ask sooner would be of no use, and nobody sits before a spinner for a minute. */
static void
test_long_retry_after (void)
{
  static const char *const waits[] = { "60", "999999999999999999999" };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      Trouble trouble = { 1, 429, waits[i] };
      g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
      g_autoptr (GError) error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS);
      g_assert_cmpint (scim_error_get_retry_after (error), >=, 60);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
    }
}

static void
test_get_is_asked_once (void)
{
  static const guint statuses[] = { 400, 401, 403, 404, 409, 410, 413, 422, 500, 501, 505 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Trouble trouble = { 1, statuses[i], "0" };
      g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
      g_autoptr (GError) error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_cmpuint (scim_error_get_http_status (error), ==, statuses[i]);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
    }
}

static void
test_write_is_sent_once (void)
{
  static const struct
  {
    guint status;
    gboolean may_have_happened;
  } cases[] = { { 429, FALSE }, { 502, TRUE }, { 503, TRUE }, { 504, TRUE }, { 0, TRUE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Trouble trouble = { 2, cases[i].status, "0" };
      g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
      g_autoptr (GError) patch_error = NULL;
      g_autoptr (GError) delete_error = NULL;

      g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &patch_error));
      g_assert_false (client_fixture_delete (fixture, "u1", &delete_error));
      g_assert_cmpint (scim_client_write_may_have_happened (patch_error), ==,
                       cases[i].may_have_happened);
      g_assert_cmpint (scim_client_write_may_have_happened (delete_error), ==,
                       cases[i].may_have_happened);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
    }
}

static void
test_write_tells_the_wait (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 100);
  g_autofree char *date = g_date_time_format (later, "%a, %d %b %Y %H:%M:%S GMT");
  Trouble trouble = { 1, 429, date };
  g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 1000);
  g_autoptr (GError) error = NULL;

  g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpint (scim_error_get_retry_after (error), >, 80);
  g_assert_cmpint (scim_error_get_retry_after (error), <=, 100);
}

/* Who reads in the background says that it waits; the client does not hide it. */
static void
test_background_is_asked_once (void)
{
  Trouble trouble = { 1, 429, "0" };
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 20);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_list (fixture, &query, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_MANY_REQUESTS);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
}

static void
note_429_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  gboolean *was_refused = user_data;

  *was_refused |= strstr (message, ": 429,") != NULL;
}

static void
test_pause_is_cancelled (void)
{
  gboolean was_refused = FALSE;
  guint handler = g_log_set_handler ("roster-client", G_LOG_LEVEL_DEBUG, note_429_cb, &was_refused);
  Trouble trouble = { 1, 429, "9" };
  g_autoptr (ClientFixture) fixture = fixture_new (&trouble, 1000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &result);
  roster_test_wait_flag (&was_refused);
  g_log_remove_handler ("roster-client", handler);
  client_fixture_assert_cancelled_at_once (cancellable, &result);
  g_assert_null (scim_client_get_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
}

/* Connections that were kept, and closed by the service meanwhile */

typedef struct
{
  GIOStream *kept; /* nullable: of the first request, written to by hand */
  char buffer[4096];
  gboolean was_used_again;
} Keeper;

static void
used_again_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Keeper *keeper = user_data;
  gssize n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  keeper->was_used_again = n_read > 0;
  g_io_stream_close (keeper->kept, NULL, NULL);
  g_clear_object (&keeper->kept);
}

/* Answers the first request and keeps the connection; what comes on it then closes it. */
static void
keeper_cb (RosterTestExchange *exchange, gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Type: " SCIM_TYPE_JSON "\r\n"
                               "Content-Length: 28\r\n\r\n" USER_JSON;
  Keeper *keeper = user_data;

  G_STATIC_ASSERT (sizeof USER_JSON - 1 == 28);
  if (keeper->kept != NULL || keeper->was_used_again)
    {
      roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
      return;
    }
  keeper->kept = roster_test_exchange_steal (exchange);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (keeper->kept), answer,
                                            strlen (answer), NULL, NULL, NULL));
  g_input_stream_read_async (g_io_stream_get_input_stream (keeper->kept), keeper->buffer,
                             sizeof keeper->buffer, G_PRIORITY_DEFAULT, NULL, used_again_cb,
                             keeper);
}

static void
test_dead_connection (void)
{
  Keeper keeper = { NULL };
  g_autoptr (ClientFixture) fixture = client_fixture_new (keeper_cb, &keeper, NULL, 0);
  g_autoptr (ScimResource) first = client_fixture_get (fixture, "u1", NULL);
  g_autoptr (ScimResource) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (first);
  /* Nothing goes out on a connection that may be dead. */
  second = client_fixture_get (fixture, "u1", &error);
  g_assert_no_error (error);
  g_assert_nonnull (second);
  g_assert_false (keeper.was_used_again);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
}

static void
test_write_avoids_dead_connection (void)
{
  for (guint i = 0; i < 2; i++)
    {
      Keeper keeper = { NULL };
      g_autoptr (ClientFixture) fixture = client_fixture_new (keeper_cb, &keeper, NULL, 0);
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_true (client_fixture_patch (fixture, "u1", NULL, NULL, &error));
      else
        g_assert_true (client_fixture_delete (fixture, "u1", &error));
      g_assert_no_error (error);
      g_assert_false (keeper.was_used_again);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
      g_io_stream_close (keeper.kept, NULL, NULL);
      roster_test_settle ();
      g_assert_null (keeper.kept);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/retry/get-recovers", test_get_recovers);
  g_test_add_func ("/client/retry/get-gives-up", test_get_gives_up);
  g_test_add_func ("/client/retry/retry-after", test_retry_after_is_waited_for);
  g_test_add_func ("/client/retry/long-retry-after", test_long_retry_after);
  g_test_add_func ("/client/retry/get-once", test_get_is_asked_once);
  g_test_add_func ("/client/retry/write-once", test_write_is_sent_once);
  g_test_add_func ("/client/retry/write-wait", test_write_tells_the_wait);
  g_test_add_func ("/client/retry/background", test_background_is_asked_once);
  g_test_add_func ("/client/retry/cancelled", test_pause_is_cancelled);
  g_test_add_func ("/client/retry/dead-connection", test_dead_connection);
  g_test_add_func ("/client/retry/write-dead-connection", test_write_avoids_dead_connection);
  return g_test_run ();
}
