/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

#define MEGABYTE (1024 * 1024)

static gboolean
path_is (RosterTestExchange *exchange, const char *path)
{
  return g_str_equal (roster_test_exchange_get_path (exchange), path);
}

/* Redirects */

typedef struct
{
  guint status;
  const char *location; /* nullable */
} Redirect;

/* /scim2/Users/u1 is redirected, everything else is the user. */
static void
redirect_cb (RosterTestExchange *exchange, gpointer user_data)
{
  const Redirect *redirect = user_data;

  if (!path_is (exchange, "/scim2/Users/u1"))
    {
      roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
      return;
    }
  if (redirect->location != NULL)
    roster_test_exchange_add_header (exchange, "Location", redirect->location);
  roster_test_exchange_reply (exchange, redirect->status, NULL, "");
}

static void
test_same_origin_is_followed (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Redirect redirect = { statuses[i], "/elsewhere?x=1" };
      g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", &error);

      g_assert_no_error (error);
      g_assert_nonnull (user);
      g_assert_true (path_is (client_fixture_get_request (fixture, 1), "/elsewhere"));
      g_assert_cmpstr (
        roster_test_exchange_get_header (client_fixture_get_request (fixture, 1), "Authorization"),
        ==, "Bearer secret-token");
    }
}

static void
test_other_origins_are_not_followed (void)
{
  static const struct
  {
    const char *location;
    ScimErrorCode code;
  } cases[] = {
    { "https://login.example.com/x", SCIM_ERROR_REDIRECTED },
    { "//127.0.0.1:1/x", SCIM_ERROR_REDIRECTED },
    { "http://localhost/x", SCIM_ERROR_REDIRECTED },
    { "https://127.0.0.1/x", SCIM_ERROR_REDIRECTED },
    { "file:///etc/passwd", SCIM_ERROR_PROTOCOL },
    { "http://[", SCIM_ERROR_PROTOCOL },
    { NULL, SCIM_ERROR_PROTOCOL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Redirect redirect = { 302, cases[i].location };
      g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_error (error, SCIM_ERROR, (int)cases[i].code);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
      if (i == 0)
        {
          /* The host says where; the rest may hold what is nobody's business. */
          g_assert_cmpstr (scim_error_get_subject (error), ==, "login.example.com");
          g_assert_null (strstr (error->message, "/x"));
        }
    }
}

/* The same origin, but with a name and a password that are not the person's. */
static void
test_user_info_is_not_followed (void)
{
  Redirect redirect = { 302, NULL };
  g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
  g_autofree char *url = roster_test_server_dup_url (fixture->server, "/elsewhere");
  g_autofree char *location = g_strdup_printf ("http://kim:secret@%s", url + strlen ("http://"));
  g_autoptr (GError) error = NULL;

  redirect.location = location;
  g_assert_null (client_fixture_get (fixture, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_REDIRECTED);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
}

/* RFC 9110 sections 15.4.1 and 15.4.5: neither says where the user is. */
static void
test_not_every_3xx_is_a_redirect (void)
{
  static const guint statuses[] = { 300, 304 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Redirect redirect = { statuses[i], "/elsewhere" };
      g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_REDIRECTED);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
    }
}

static void
test_redirects_end (void)
{
  Redirect redirect = { 302, "/scim2/Users/u1" };
  g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_get (fixture, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_REDIRECT_LOOP);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 4);
}

static void
test_writes_are_not_redirected (void)
{
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      Redirect redirect = { statuses[i], "/elsewhere" };
      g_autoptr (ClientFixture) fixture = client_fixture_new (redirect_cb, &redirect, NULL, 0);
      g_autoptr (GError) patch_error = NULL;
      g_autoptr (GError) delete_error = NULL;

      g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &patch_error));
      g_assert_error (patch_error, SCIM_ERROR, SCIM_ERROR_REDIRECTED);
      g_assert_cmpint (scim_client_write_may_have_happened (patch_error), ==, statuses[i] == 303);
      g_assert_false (client_fixture_delete (fixture, "u1", &delete_error));
      g_assert_error (delete_error, SCIM_ERROR, SCIM_ERROR_REDIRECTED);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
    }
}

/* Size caps */

typedef struct
{
  guint status;
  gsize size;    /* of an "x…" body, decoded */
  gboolean gzip; /* sent compressed */
} Bulk;

static GBytes *
compress (GBytes *plain)
{
  g_autoptr (GConverter) gzip =
    G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autoptr (GError) error = NULL;
  gsize size;
  const void *data = g_bytes_get_data (plain, &size);
  guint8 *out = g_malloc (size);
  gsize n_read, n_written;

  g_assert_cmpint (g_converter_convert (gzip, data, size, out, size, G_CONVERTER_INPUT_AT_END,
                                        &n_read, &n_written, &error),
                   ==, G_CONVERTER_FINISHED);
  g_assert_no_error (error);
  return g_bytes_new_take (out, n_written);
}

/* The user with so much white space before it that the whole is as long as wanted. */
static void
bulk_cb (RosterTestExchange *exchange, gpointer user_data)
{
  const Bulk *bulk = user_data;
  char *text = g_malloc (bulk->size);
  g_autoptr (GBytes) plain = NULL;
  g_autoptr (GBytes) packed = NULL;

  memset (text, ' ', bulk->size);
  memcpy (text + bulk->size - strlen (USER_JSON), USER_JSON, strlen (USER_JSON));
  plain = g_bytes_new_take (text, bulk->size);
  if (bulk->gzip)
    {
      packed = compress (plain);
      roster_test_exchange_add_header (exchange, "Content-Encoding", "gzip");
    }
  roster_test_exchange_reply_bytes (exchange, bulk->status, SCIM_TYPE_JSON,
                                    bulk->gzip ? packed : plain);
}

static void
test_resource_cap (void)
{
  static const struct
  {
    Bulk bulk;
    gboolean fits;
  } cases[] = {
    { { 200, 4 * MEGABYTE, FALSE }, TRUE },
    { { 200, 4 * MEGABYTE + 1, FALSE }, FALSE },
    { { 200, 4 * MEGABYTE, TRUE }, TRUE },
    { { 200, 40 * MEGABYTE, TRUE }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ClientFixture) fixture =
        client_fixture_new (bulk_cb, (gpointer)&cases[i].bulk, NULL, 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", &error);

      g_assert_cmpint (user != NULL, ==, cases[i].fits);
      if (!cases[i].fits)
        {
          g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_LARGE);
          g_assert_true (scim_client_write_may_have_happened (error));
        }
    }
}

static void
test_list_cap (void)
{
  const Bulk bulk = { 200, 33 * MEGABYTE, TRUE };
  const ScimQuery query = { .start_index = 1, .count = 100 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (bulk_cb, (gpointer)&bulk, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_list (fixture, &query, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_TOO_LARGE);
}

static void
test_large_error_is_still_that_error (void)
{
  const Bulk bulk = { 404, 3 * MEGABYTE, FALSE };
  g_autoptr (ClientFixture) fixture = client_fixture_new (bulk_cb, (gpointer)&bulk, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_get (fixture, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND);
}

static void
test_client_works_after_a_cap (void)
{
  Bulk bulk = { 200, 8 * MEGABYTE, FALSE };
  g_autoptr (ClientFixture) fixture = client_fixture_new (bulk_cb, &bulk, NULL, 1);
  g_autoptr (ScimResource) user = NULL;

  for (guint i = 0; i < 3; i++)
    g_assert_null (client_fixture_get (fixture, "u1", NULL));
  bulk.size = 100;
  user = client_fixture_get (fixture, "u1", NULL);
  g_assert_nonnull (user);
}

/* Lost connections */

static void
drop_cb (RosterTestExchange *exchange, gpointer user_data)
{
  roster_test_exchange_drop (exchange);
}

static void
test_lost_connection (void)
{
  g_autoptr (ClientFixture) fixture = client_fixture_new (drop_cb, NULL, NULL, 0);
  g_autoptr (GError) patch_error = NULL;
  g_autoptr (GError) delete_error = NULL;

  g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &patch_error));
  g_assert_true (scim_client_write_may_have_happened (patch_error));
  g_assert_false (client_fixture_delete (fixture, "u1", &delete_error));
  g_assert_true (scim_client_write_may_have_happened (delete_error));
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
}

static void
babble_cb (RosterTestExchange *exchange, gpointer user_data)
{
  static const char words[] = "220 mail.example.com ESMTP\r\n\r\n";
  g_autoptr (GIOStream) stream = roster_test_exchange_steal (exchange);

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), words, strlen (words), NULL,
                             NULL, NULL);
  g_io_stream_close (stream, NULL, NULL);
}

/* Nobody above knows libsoup's errors, and what answered may have done anything. */
static void
test_no_http (void)
{
  g_autoptr (ClientFixture) fixture = client_fixture_new (babble_cb, NULL, NULL, 0);
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) delete_error = NULL;

  g_assert_null (client_fixture_get (fixture, "u1", &read_error));
  g_assert_error (read_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_false (client_fixture_delete (fixture, "u1", &delete_error));
  g_assert_error (delete_error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_true (scim_client_write_may_have_happened (delete_error));
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 2);
}

static void
user_cb (RosterTestExchange *exchange, gpointer user_data)
{
  roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
}

/* On a connection that was used before libsoup repeats by itself what may be repeated, and it may
 * crash. */
static void
test_each_has_its_own_connection (void)
{
  g_autoptr (ClientFixture) fixture = client_fixture_new (user_cb, NULL, NULL, 0);
  g_autoptr (ScimResource) first = client_fixture_get (fixture, "u1", NULL);
  g_autoptr (ScimResource) second = client_fixture_get (fixture, "u1", NULL);
  guint port = roster_test_exchange_get_port (client_fixture_get_request (fixture, 0));

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_true (client_fixture_delete (fixture, "u1", NULL));
  g_assert_true (client_fixture_patch (fixture, "u1", NULL, NULL, NULL));
  g_assert_cmpuint (roster_test_exchange_get_port (client_fixture_get_request (fixture, 1)), !=,
                    port);
  g_assert_cmpuint (roster_test_exchange_get_port (client_fixture_get_request (fixture, 2)), !=,
                    port);
  g_assert_cmpuint (roster_test_exchange_get_port (client_fixture_get_request (fixture, 3)), !=,
                    port);
}

static void
test_nobody_listens (void)
{
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");
  g_autoptr (ClientFixture) gone = client_fixture_new (drop_cb, NULL, NULL, 0);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;

  /* Bound and not listening: a port that nobody else can take. */
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u/scim2",
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_object_unref (gone->client);
  gone->client = scim_client_new (url, auth, &scim_dialect_rfc, 0, NULL);
  g_assert_false (client_fixture_delete (gone, "u1", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  g_assert_false (scim_client_write_may_have_happened (error));
}

/* Priorities */

static void
test_person_goes_first (void)
{
  ClientHolder holder = { 0 };
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (client_holder_cb, &holder, NULL, 3);
  GAsyncResult *pages[4] = { NULL, NULL, NULL, NULL };
  g_autoptr (GAsyncResult) person = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ScimResource) user = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    scim_client_list_async (fixture->client, &query, SCIM_PRIORITY_BACKGROUND,
                            i == 2 ? cancellable : NULL, roster_test_result_cb, &pages[i]);
  roster_test_wait_count (&holder.n_held, 2);
  roster_test_settle ();
  g_assert_cmpuint (holder.n_held, ==, 2);
  /* A connection was kept for the person. */
  scim_client_get_async (fixture->client, "u1", NULL, NULL, roster_test_result_cb, &person);
  roster_test_wait_count (&holder.n_held, 3);
  g_assert_true (path_is (holder.held[2], "/scim2/Users/u1"));
  for (guint i = 0; i < 3; i++)
    if (path_is (holder.held[i], "/scim2/Users/u1"))
      roster_test_exchange_reply (holder.held[i], 200, SCIM_TYPE_JSON, USER_JSON);
    else
      roster_test_exchange_reply (holder.held[i], 200, SCIM_TYPE_JSON, LIST_JSON);
  /* One that waits for its turn can be called back; the next takes it. */
  g_cancellable_cancel (cancellable);
  user = scim_client_get_finish (fixture->client, roster_test_wait_result (&person), NULL);
  g_assert_nonnull (user);
  g_assert_null (
    scim_client_list_finish (fixture->client, roster_test_wait_result (&pages[2]), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  roster_test_wait_count (&holder.n_held, 4);
  roster_test_exchange_reply (holder.held[3], 200, SCIM_TYPE_JSON, LIST_JSON);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (ScimList) list =
        i == 2
          ? NULL
          : scim_client_list_finish (fixture->client, roster_test_wait_result (&pages[i]), NULL);

      g_assert_cmpint (list != NULL, ==, i != 2);
      g_object_unref (pages[i]);
    }
}

/* The log */

static void
collect_log (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  g_string_append_printf (user_data, "%s\n", message);
}

static void
log_cb (RosterTestExchange *exchange, gpointer user_data)
{
  if (path_is (exchange, "/token"))
    roster_test_exchange_reply (exchange, 200, NULL,
                                "{\"access_token\":\"SECRET-token\",\"scope\":\"SECRET\"}");
  else if (g_str_equal (roster_test_exchange_get_method (exchange), "DELETE"))
    roster_test_exchange_drop (exchange);
  else
    roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON,
                                "{\"id\":\"SECRET/id\",\"x\":\"SECRET\"}");
}

static void
test_log_holds_no_secret (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  guint handler =
    g_log_set_handler ("roster-client", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL, collect_log, log);
  const ScimQuery query = { .filter = "userName eq SECRET", .domain = "SECRET", .count = 1 };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (log_cb, NULL);
  g_autoptr (ScimList) list = client_fixture_list (fixture, &query, NULL);
  g_autoptr (ScimResource) user = client_fixture_get (fixture, "SECRET/id", NULL);

  g_assert_nonnull (user);
  g_assert_true (client_fixture_patch (fixture, "SECRET/id", "SECRET", NULL, NULL));
  g_assert_false (client_fixture_delete (fixture, "SECRET/id", NULL));
  g_log_remove_handler ("roster-client", handler);
  g_assert_nonnull (strstr (log->str, "POST token address: 200"));
  g_assert_nonnull (strstr (log->str, "GET /Users?count,filter,domain: 200"));
  g_assert_nonnull (strstr (log->str, "PATCH /Users/…: 200"));
  g_assert_nonnull (strstr (log->str, "DELETE /Users/…: failed"));
  g_assert_null (strstr (log->str, "SECRET"));
  g_assert_null (strstr (log->str, "cret"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/redirect/same-origin", test_same_origin_is_followed);
  g_test_add_func ("/client/redirect/other-origins", test_other_origins_are_not_followed);
  g_test_add_func ("/client/redirect/user-info", test_user_info_is_not_followed);
  g_test_add_func ("/client/redirect/no-redirect", test_not_every_3xx_is_a_redirect);
  g_test_add_func ("/client/redirect/end", test_redirects_end);
  g_test_add_func ("/client/redirect/writes", test_writes_are_not_redirected);
  g_test_add_func ("/client/cap/resource", test_resource_cap);
  g_test_add_func ("/client/cap/list", test_list_cap);
  g_test_add_func ("/client/cap/large-error", test_large_error_is_still_that_error);
  g_test_add_func ("/client/cap/afterwards", test_client_works_after_a_cap);
  g_test_add_func ("/client/lost-connection", test_lost_connection);
  g_test_add_func ("/client/no-http", test_no_http);
  g_test_add_func ("/client/own-connection", test_each_has_its_own_connection);
  g_test_add_func ("/client/nobody-listens", test_nobody_listens);
  g_test_add_func ("/client/person-goes-first", test_person_goes_first);
  g_test_add_func ("/client/log", test_log_holds_no_secret);
  return g_test_run ();
}
