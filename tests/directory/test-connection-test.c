/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-connection-test.h"
#include "scim-double.h"
#include "support/roster-test-wait.h"

typedef struct
{
  ScimDouble service;
  RosterConnection *connection;
  RosterConnectionTest *test;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autofree char *token_url = NULL;

  scim_double_set_up (&fixture->service);
  url = roster_test_server_dup_url (fixture->service.server, "/scim2");
  token_url = roster_test_server_dup_url (fixture->service.server, "/token");
  fixture->connection = roster_connection_new (NULL);
  g_object_set (fixture->connection, "preset", ROSTER_PRESET_OTHER, "sign-in",
                ROSTER_SIGN_IN_BEARER, "url", url, "token-url", token_url, "client-id", "client",
                "user-name", "kim", NULL);
  fixture->test = roster_connection_test_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  roster_connection_test_reset (fixture->test);
  roster_test_settle ();
  g_assert_finalize_object (fixture->test);
  g_assert_finalize_object (fixture->connection);
  scim_double_tear_down (&fixture->service);
}

static gboolean
is_over (gpointer user_data)
{
  return !roster_connection_test_get_running (user_data);
}

static void
run (Fixture *fixture)
{
  roster_connection_test_start (fixture->test, fixture->connection, "secret");
  g_assert_true (roster_connection_test_get_running (fixture->test));
  roster_test_wait (is_over, fixture->test);
}

/* state, and what the finding contains (nullable); every failure and warning must have a fix. */
static void
assert_step (Fixture *fixture, guint position, RosterStepState state, const char *part)
{
  g_autoptr (RosterTestStep) step = g_list_model_get_item (G_LIST_MODEL (fixture->test), position);
  const char *finding = roster_test_step_get_finding (step);

  g_test_message ("%s: %s", roster_test_step_get_title (step), finding);
  g_assert_cmpint (roster_test_step_get_state (step), ==, state);
  if (part == NULL)
    g_assert_null (finding);
  else
    {
      g_assert_nonnull (finding);
      g_assert_nonnull (strstr (finding, part));
    }
  g_assert_cmpint (roster_test_step_get_fix (step) != NULL, ==,
                   state == ROSTER_STEP_FAILED || state == ROSTER_STEP_WARNING);
}

static void
test_bearer (Fixture *fixture, gconstpointer data)
{
  fixture->service.config =
    (ScimDoubleAnswer){ 200, "{\"patch\":{\"supported\":true},\"changePassword\":"
                             "{\"supported\":false}}" };
  fixture->service.n_users = 98311;
  run (fixture);

  assert_step (fixture, 0, ROSTER_STEP_OK, "127.0.0.1 answered in");
  assert_step (fixture, 1, ROSTER_STEP_OK, "Token accepted");
  assert_step (fixture, 2, ROSTER_STEP_OK, "does not say");
  assert_step (fixture, 3, ROSTER_STEP_OK, "98,311 users");
  assert_step (fixture, 4, ROSTER_STEP_WARNING, "Nothing here");
  assert_step (fixture, 5, ROSTER_STEP_WARNING, "changing passwords");
  g_assert_true (roster_connection_test_get_can_connect (fixture->test));
  g_assert_cmpstr (roster_connection_get_dialect (fixture->connection), ==, "rfc");

  roster_connection_test_reset (fixture->test);
  g_assert_false (roster_connection_test_get_can_connect (fixture->test));
  assert_step (fixture, 0, ROSTER_STEP_WAITING, NULL);
}

/* The dialect is learned, and with it the scopes to ask for: it signs in once more. */
static void
test_learns_wso2 (Fixture *fixture, gconstpointer data)
{
  RosterTestExchange *last = NULL;
  guint n_tokens = 0;

  g_object_set (fixture->connection, "sign-in", ROSTER_SIGN_IN_CLIENT_CREDENTIALS, NULL);
  fixture->service.token = (ScimDoubleAnswer){
    200, "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
         "\"scope\":\"internal_user_mgt_list internal_user_mgt_view internal_user_mgt_update\"}"
  };
  fixture->service.schemas = (ScimDoubleAnswer){ 200, scim_double_wso2_schemas };
  run (fixture);

  for (guint i = 0; i < roster_test_server_get_n_requests (fixture->service.server); i++)
    {
      RosterTestExchange *request = roster_test_server_get_request (fixture->service.server, i);

      if (g_str_has_suffix (roster_test_exchange_get_path (request), "/token"))
        {
          n_tokens++;
          last = request;
        }
    }
  g_assert_cmpuint (n_tokens, ==, 2);
  g_assert_nonnull (strstr (roster_test_exchange_get_body (last), "internal_user_mgt_delete"));
  g_assert_cmpstr (roster_connection_get_dialect (fixture->connection), ==, "wso2");
  assert_step (fixture, 1, ROSTER_STEP_OK, "valid for 60 minutes");
  assert_step (fixture, 2, ROSTER_STEP_WARNING, "internal_user_mgt_delete missing: no deleting");
  assert_step (fixture, 4, ROSTER_STEP_OK, "3 schemas");
  assert_step (fixture, 5, ROSTER_STEP_OK, "invitations");
  g_assert_true (roster_connection_test_get_can_connect (fixture->test));
}

static void
test_password_refused (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "sign-in", ROSTER_SIGN_IN_BASIC, NULL);
  fixture->service.users = (ScimDoubleAnswer){ 401, "{\"detail\":\"Wrong password, Kim\"}" };
  run (fixture);

  assert_step (fixture, 0, ROSTER_STEP_OK, "answered");
  assert_step (fixture, 1, ROSTER_STEP_FAILED, "Wrong password, Kim");
  /* What was asked with it does not seem to go on. */
  for (guint i = 2; i < 6; i++)
    assert_step (fixture, i, ROSTER_STEP_WAITING, NULL);
  g_assert_false (roster_connection_test_get_can_connect (fixture->test));

  fixture->service.users.status = 0;
  run (fixture);
  assert_step (fixture, 1, ROSTER_STEP_OK, "Password accepted");
  g_assert_true (roster_connection_test_get_can_connect (fixture->test));
}

static void
test_token_refused (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "sign-in", ROSTER_SIGN_IN_CLIENT_CREDENTIALS, NULL);
  fixture->service.token =
    (ScimDoubleAnswer){ 401,
                        "{\"error\":\"invalid_client\",\"error_description\":\"No such client\"}" };
  run (fixture);

  assert_step (fixture, 1, ROSTER_STEP_FAILED, "No such client");
  g_assert_false (roster_connection_test_get_can_connect (fixture->test));
}

static void
test_no_token_server (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "sign-in", ROSTER_SIGN_IN_CLIENT_CREDENTIALS, "token-url",
                "http://127.0.0.1:1/token", NULL);
  run (fixture);

  assert_step (fixture, 1, ROSTER_STEP_FAILED, "");
}

static void
test_users_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *finding;
  } cases[] = {
    { 403, "{\"detail\":\"Not for you\"}", "403: Not for you" },
    { 404, "{\"detail\":\"No users\"}", "404: No users" },
    { 500, "", "500" },
    { 200, "<html>A portal</html>", "" },
    { 200, "[]", "First page read" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean fine = g_str_equal (cases[i].body, "[]");

      fixture->service.users = (ScimDoubleAnswer){ cases[i].status, cases[i].body };
      run (fixture);
      assert_step (fixture, 1, ROSTER_STEP_OK, "Token accepted");
      assert_step (fixture, 3, fine ? ROSTER_STEP_OK : ROSTER_STEP_FAILED, cases[i].finding);
      /* What can still be found out is told. */
      assert_step (fixture, 5, ROSTER_STEP_OK, "Temporary passwords");
      g_assert_cmpint (roster_connection_test_get_can_connect (fixture->test), ==, fine);
    }
}

static void
test_no_host (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "url", "http://127.0.0.1:1/scim2", NULL);
  run (fixture);
  assert_step (fixture, 0, ROSTER_STEP_FAILED, "127.0.0.1 refuses the connection");
  assert_step (fixture, 1, ROSTER_STEP_WAITING, NULL);
  g_assert_false (roster_connection_test_get_can_connect (fixture->test));
}

static gboolean
incoming_cb (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (out, answer, sizeof answer - 1, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);

  return TRUE;
}

/* https:// on the port of a server that speaks no TLS. */
static void
test_no_tls (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  guint16 port;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("There is no TLS here");
      return;
    }

  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), NULL);
  url = g_strdup_printf ("https://127.0.0.1:%u/scim2", port);
  g_object_set (fixture->connection, "url", url, NULL);
  run (fixture);

  assert_step (fixture, 0, ROSTER_STEP_FAILED, "");
  assert_step (fixture, 1, ROSTER_STEP_WAITING, NULL);
}

static void
test_incomplete (Fixture *fixture, gconstpointer data)
{
  roster_connection_test_start (fixture->test, fixture->connection, NULL);
  g_assert_false (roster_connection_test_get_running (fixture->test));
  assert_step (fixture, 0, ROSTER_STEP_WAITING, "Enter the token.");
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->service.server), ==, 0);
}

static gboolean
is_held (gpointer user_data)
{
  ScimDouble *service = user_data;

  return service->held != NULL;
}

/* An answer to a run that was started before another one changes nothing. */
static void
test_restarted (Fixture *fixture, gconstpointer data)
{
  gboolean running = FALSE;
  gboolean can_connect = TRUE;

  fixture->service.hold_users = TRUE;
  roster_connection_test_start (fixture->test, fixture->connection, "secret");
  roster_test_wait (is_held, &fixture->service);
  assert_step (fixture, 3, ROSTER_STEP_RUNNING, NULL);
  g_object_get (fixture->test, "running", &running, "can-connect", &can_connect, NULL);
  g_assert_true (running);
  g_assert_false (can_connect);

  roster_connection_test_start (fixture->test, fixture->connection, "other");
  scim_double_release (&fixture->service);
  roster_test_wait (is_over, fixture->test);
  assert_step (fixture, 3, ROSTER_STEP_OK, "3 users");

  fixture->service.hold_users = TRUE;
  roster_connection_test_start (fixture->test, fixture->connection, "secret");
  roster_test_wait (is_held, &fixture->service);
  roster_connection_test_reset (fixture->test);
  scim_double_release (&fixture->service);
  roster_test_settle ();
  assert_step (fixture, 3, ROSTER_STEP_WAITING, NULL);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/directory/connection-test/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("bearer", test_bearer);
  ADD ("learns-wso2", test_learns_wso2);
  ADD ("password-refused", test_password_refused);
  ADD ("token-refused", test_token_refused);
  ADD ("no-token-server", test_no_token_server);
  ADD ("users-refused", test_users_refused);
  ADD ("no-host", test_no_host);
  ADD ("no-tls", test_no_tls);
  ADD ("incomplete", test_incomplete);
  ADD ("restarted", test_restarted);

  return g_test_run ();
}
