/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

#include <unistd.h>

/* Seconds of 10 ms: 150 ms to connect, 300 ms of silence, 600 ms for the whole. */
#define SECOND 10

/* A port on which nothing answers, not even with a refusal: its queue of connections is full. */
typedef struct
{
  GSocket *listener;
  GSocket *waiting[8];
  char *url;
} FullPort;

static void
full_port_free (FullPort *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    g_object_unref (self->waiting[i]);
  g_object_unref (self->listener);
  g_free (self->url);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FullPort, full_port_free)

static GSocket *
new_socket (void)
{
  GSocket *socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);

  g_assert_nonnull (socket);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static FullPort *
full_port_new (void)
{
  FullPort *self = g_new0 (FullPort, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;

  self->listener = new_socket ();
  g_socket_set_listen_backlog (self->listener, 0);
  g_assert_true (g_socket_bind (self->listener, any, FALSE, NULL));
  g_assert_true (g_socket_listen (self->listener, NULL));
  bound = g_socket_get_local_address (self->listener, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->waiting); i++)
    {
      self->waiting[i] = new_socket ();
      g_socket_connect (self->waiting[i], bound, NULL, NULL);
    }
  self->url = g_strdup_printf ("http://127.0.0.1:%u/scim2",
                               g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return self;
}

static ClientFixture *
fixture_new (RosterTestHandler handler, gpointer user_data)
{
  ClientFixture *fixture = client_fixture_new (handler, user_data, NULL, 0);

  scim_client_set_second (fixture->client, SECOND);
  return fixture;
}

static ClientFixture *
fixture_new_for_port (const FullPort *port, ClientHolder *unused)
{
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");
  ClientFixture *fixture = client_fixture_new (client_holder_cb, unused, NULL, 0);

  g_object_unref (fixture->client);
  fixture->client = scim_client_new (port->url, auth, &scim_dialect_rfc, 0, NULL);
  scim_client_set_second (fixture->client, SECOND);
  return fixture;
}

static void
assert_timed_out (const GError *error, ScimClientError code, guint seconds)
{
  g_assert_error (error, SCIM_CLIENT_ERROR, (int)code);
  g_assert_cmpstr (scim_client_error_get_host (error), ==, "127.0.0.1");
  g_assert_cmpuint (scim_client_error_get_seconds (error), ==, seconds);
}

static void
test_connect (void)
{
  ClientHolder unused = { 0 };
  g_autoptr (FullPort) port = full_port_new ();
  g_autoptr (ClientFixture) fixture = fixture_new_for_port (port, &unused);
  g_autoptr (GError) error = NULL;

  g_assert_false (client_fixture_delete (fixture, "u1", &error));
  assert_timed_out (error, SCIM_CLIENT_ERROR_CONNECT_TIME, 15);
  g_assert_false (scim_client_write_may_have_happened (error));
}

static void
test_no_headers (void)
{
  ClientHolder holder = { 0 };
  g_autoptr (ClientFixture) fixture = fixture_new (client_holder_cb, &holder);
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GError) read_error = NULL;

  g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &write_error));
  assert_timed_out (write_error, SCIM_CLIENT_ERROR_IDLE_TIME, 30);
  g_assert_true (scim_client_write_may_have_happened (write_error));
  g_assert_cmpuint (holder.n_held, ==, 1);
  /* After 30 of the person's 20 seconds nothing is tried again. */
  g_assert_null (client_fixture_get (fixture, "u1", &read_error));
  assert_timed_out (read_error, SCIM_CLIENT_ERROR_IDLE_TIME, 30);
  g_assert_cmpuint (holder.n_held, ==, 2);
}

/* An answer that is written by hand: its headers and then, if at all, a space at a time. */
typedef struct
{
  guint interval; /* milliseconds; 0: never */
  GIOStream *stream;
  guint timer;
} Dripper;

static gboolean
drip_cb (gpointer user_data)
{
  Dripper *dripper = user_data;

  g_output_stream_write_all (g_io_stream_get_output_stream (dripper->stream), " ", 1, NULL, NULL,
                             NULL);
  return G_SOURCE_CONTINUE;
}

static void
dripper_cb (RosterTestExchange *exchange, gpointer user_data)
{
  static const char headers[] = "HTTP/1.1 200 OK\r\nContent-Type: " SCIM_TYPE_JSON "\r\n"
                                "Content-Length: 100000\r\n\r\n{";
  Dripper *dripper = user_data;

  g_assert_null (dripper->stream);
  dripper->stream = roster_test_exchange_steal (exchange);
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (dripper->stream),
                                            headers, strlen (headers), NULL, NULL, NULL));
  if (dripper->interval > 0)
    dripper->timer = g_timeout_add (dripper->interval, drip_cb, dripper);
}

static void
dripper_clear (Dripper *dripper)
{
  g_clear_handle_id (&dripper->timer, g_source_remove);
  g_clear_object (&dripper->stream);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dripper, dripper_clear)

static void
test_silent_body (void)
{
  g_auto (Dripper) dripper = { 0 };
  g_autoptr (ClientFixture) fixture = fixture_new (dripper_cb, &dripper);
  g_autoptr (GError) error = NULL;

  g_assert_false (client_fixture_delete (fixture, "u1", &error));
  assert_timed_out (error, SCIM_CLIENT_ERROR_IDLE_TIME, 30);
  g_assert_true (scim_client_write_may_have_happened (error));
}

static void
test_trickle (void)
{
  g_auto (Dripper) dripper = { .interval = 20 };
  g_autoptr (ClientFixture) fixture = fixture_new (dripper_cb, &dripper);
  g_autoptr (GError) error = NULL;

  g_assert_false (client_fixture_delete (fixture, "u1", &error));
  assert_timed_out (error, SCIM_CLIENT_ERROR_TOTAL_TIME, 60);
  g_assert_true (scim_client_write_may_have_happened (error));
}

/* What waits for a connection is not blamed on the service's silence, and ends all the same; it is
 * known not to have left. */
static void
test_queue (void)
{
  /* A list has twice the time of a write. */
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_auto (Dripper) dripper = { .interval = 20 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (dripper_cb, &dripper, NULL, 1);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) list_error = NULL;
  g_autoptr (GError) error = NULL;

  scim_client_set_second (fixture->client, SECOND);
  scim_client_list_async (fixture->client, &query, SCIM_PRIORITY_PERSON, NULL,
                          roster_test_result_cb, &first);
  scim_client_delete_async (fixture->client, "u2", NULL, roster_test_result_cb, &second);
  g_assert_false (
    scim_client_delete_finish (fixture->client, roster_test_wait_result (&second), &error));
  assert_timed_out (error, SCIM_CLIENT_ERROR_TOTAL_TIME, 60);
  g_assert_false (scim_client_write_may_have_happened (error));
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
  g_assert_null (
    scim_client_list_finish (fixture->client, roster_test_wait_result (&first), &list_error));
  assert_timed_out (list_error, SCIM_CLIENT_ERROR_TOTAL_TIME, 120);
}

static void
drop_cb (RosterTestExchange *exchange, gpointer user_data)
{
  roster_test_exchange_drop (exchange);
}

/* When it is the token that does not come, the write is known not to have left. */
static void
test_token_address (void)
{
  ClientHolder holder = { 0 };
  g_autoptr (ClientFixture) silent = client_fixture_new_with_token (client_holder_cb, &holder);
  g_autoptr (ClientFixture) broken = client_fixture_new_with_token (drop_cb, NULL);
  g_autoptr (GError) silent_error = NULL;
  g_autoptr (GError) broken_error = NULL;

  scim_client_set_second (silent->client, SECOND);
  g_assert_false (client_fixture_delete (silent, "u1", &silent_error));
  assert_timed_out (silent_error, SCIM_CLIENT_ERROR_IDLE_TIME, 30);
  g_assert_false (scim_client_write_may_have_happened (silent_error));
  g_assert_false (client_fixture_delete (broken, "u1", &broken_error));
  assert_timed_out (broken_error, SCIM_CLIENT_ERROR_NO_TOKEN, 0);
  g_assert_nonnull (scim_client_error_get_reason (broken_error));
  g_assert_false (scim_client_write_may_have_happened (broken_error));
  g_assert_cmpuint (client_fixture_get_n_requests (broken), ==, 1);
}

/* Cancelling: the end is there without waiting for anything. */

static void
assert_get_is_cancelled (ClientFixture *fixture, GCancellable *cancellable, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  client_fixture_assert_cancelled_at_once (cancellable, result);
  g_assert_null (scim_client_get_finish (fixture->client, *result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_cancel_connecting (void)
{
  ClientHolder unused = { 0 };
  g_autoptr (FullPort) port = full_port_new ();
  g_autoptr (ClientFixture) fixture = fixture_new_for_port (port, &unused);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) reading = NULL;
  g_autoptr (GAsyncResult) writing = NULL;
  g_autoptr (GError) error = NULL;

  scim_client_set_second (fixture->client, 1000);
  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &reading);
  scim_client_delete_async (fixture->client, "u1", cancellable, roster_test_result_cb, &writing);
  assert_get_is_cancelled (fixture, cancellable, &reading);
  g_assert_nonnull (writing);
  g_assert_false (scim_client_delete_finish (fixture->client, writing, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (scim_client_write_may_have_happened (error));
}

static void
test_cancel_sign_in (void)
{
  ClientHolder holder = { 0 };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (client_holder_cb, &holder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &result);
  roster_test_wait_count (&holder.n_held, 1);
  assert_get_is_cancelled (fixture, cancellable, &result);
  roster_test_exchange_drop (holder.held[0]);
  roster_test_settle ();
}

static void
test_cancel_before_headers (void)
{
  ClientHolder holder = { 0 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (client_holder_cb, &holder, NULL, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;

  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &result);
  roster_test_wait_count (&holder.n_held, 1);
  assert_get_is_cancelled (fixture, cancellable, &result);
  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &late);
  roster_test_wait_result (&late);
  g_assert_cmpuint (holder.n_held, ==, 1);
}

static void
test_cancel_in_the_body (void)
{
  g_auto (Dripper) dripper = { .interval = 1 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (dripper_cb, &dripper, NULL, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_get_async (fixture->client, "u1", NULL, cancellable, roster_test_result_cb, &result);
  while (dripper.stream == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&dripper.timer, g_source_remove);
  assert_get_is_cancelled (fixture, cancellable, &result);
}

static void
note_200_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  gboolean *was_answered = user_data;

  *was_answered |= strstr (message, ": 200,") != NULL;
}

static void
long_page_cb (RosterTestExchange *exchange, gpointer user_data)
{
  g_autoptr (GString) page = g_string_new ("{\"Resources\":[");

  while (page->len < 16 * 1024 * 1024)
    g_string_append (page, USER_JSON ",");
  g_string_append (page, USER_JSON "]}");
  roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, page->str);
}

static void
test_cancel_scanning (void)
{
  gboolean was_answered = FALSE;
  guint handler =
    g_log_set_handler ("roster-client", G_LOG_LEVEL_DEBUG, note_200_cb, &was_answered);
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (long_page_cb, NULL, NULL, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  scim_client_list_async (fixture->client, &query, SCIM_PRIORITY_BACKGROUND, cancellable,
                          roster_test_result_cb, &result);
  roster_test_wait_flag (&was_answered);
  g_log_remove_handler ("roster-client", handler);
  client_fixture_assert_cancelled_at_once (cancellable, &result);
  g_assert_null (scim_client_list_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A write on its way may be carried out: that is not harmless. */
static void
test_cancel_write (void)
{
  ClientHolder holder = { 0 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (client_holder_cb, &holder, NULL, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  g_autoptr (GAsyncResult) patch = NULL;
  g_autoptr (GAsyncResult) deletion = NULL;
  g_autoptr (GError) patch_error = NULL;
  g_autoptr (GError) delete_error = NULL;

  scim_client_patch_async (fixture->client, "u1", body, NULL, cancellable, roster_test_result_cb,
                           &patch);
  scim_client_delete_async (fixture->client, "u1", cancellable, roster_test_result_cb, &deletion);
  roster_test_wait_count (&holder.n_held, 2);
  client_fixture_assert_cancelled_at_once (cancellable, &patch);
  g_assert_nonnull (deletion);
  g_assert_false (scim_client_patch_finish (fixture->client, patch, NULL, &patch_error));
  assert_timed_out (patch_error, SCIM_CLIENT_ERROR_CUT_SHORT, 0);
  g_assert_true (scim_client_write_may_have_happened (patch_error));
  g_assert_false (scim_client_delete_finish (fixture->client, deletion, &delete_error));
  assert_timed_out (delete_error, SCIM_CLIENT_ERROR_CUT_SHORT, 0);
}

/* An end that was told early frees its connection and its turn as well. */
static void
test_client_works_afterwards (void)
{
  ClientHolder holder = { 0 };
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (client_holder_cb, &holder, NULL, 2);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;

      scim_client_list_async (fixture->client, &query, SCIM_PRIORITY_BACKGROUND, cancellable,
                              roster_test_result_cb, &result);
      roster_test_wait_count (&holder.n_held, i + 1);
      client_fixture_assert_cancelled_at_once (cancellable, &result);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/time/connect", test_connect);
  g_test_add_func ("/client/time/no-headers", test_no_headers);
  g_test_add_func ("/client/time/silent-body", test_silent_body);
  g_test_add_func ("/client/time/trickle", test_trickle);
  g_test_add_func ("/client/time/queue", test_queue);
  g_test_add_func ("/client/time/token-address", test_token_address);
  g_test_add_func ("/client/cancel/connecting", test_cancel_connecting);
  g_test_add_func ("/client/cancel/sign-in", test_cancel_sign_in);
  g_test_add_func ("/client/cancel/before-headers", test_cancel_before_headers);
  g_test_add_func ("/client/cancel/body", test_cancel_in_the_body);
  g_test_add_func ("/client/cancel/scanning", test_cancel_scanning);
  g_test_add_func ("/client/cancel/write", test_cancel_write);
  g_test_add_func ("/client/cancel/afterwards", test_client_works_afterwards);
  return g_test_run ();
}
