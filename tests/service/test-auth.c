/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-test.h"

#include <string.h>

static guint
status_of (RosterTestService *service,
           const char *method,
           const char *path,
           const char *authorization)
{
  g_autofree char *url = g_strconcat (roster_test_service_get_url (service), path, NULL);
  guint status;
  g_autofree char *answer = roster_test_request (
    method, url, authorization, g_str_equal (method, "PATCH") ? "{}" : NULL, &status);

  return status;
}

static void
test_bearer (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "2", NULL);
  g_autofree char *right = roster_test_bearer (roster_test_service_get_token (service));
  g_autofree char *wrong = g_strconcat (right, "x", NULL);
  g_autofree char *basic = service_test_dup_basic (service);

  g_assert_cmpuint (status_of (service, "GET", "/Users", right), ==, 200);
  g_assert_cmpuint (status_of (service, "GET", "/Users", basic), ==, 200);
  g_assert_cmpuint (status_of (service, "GET", "/Users", wrong), ==, 401);
  g_assert_cmpuint (status_of (service, "GET", "/Users", NULL), ==, 401);
  g_assert_cmpuint (status_of (service, "GET", "/Users", "Bearer "), ==, 401);
  g_assert_cmpuint (status_of (service, "GET", "/Users", "Basic "), ==, 401);
  g_assert_cmpuint (status_of (service, "GET", "/Users", "Basic AAAA"), ==, 401);
  g_assert_cmpuint (status_of (service, "GET", "/Users", "Digest x"), ==, 401);
}

static void
test_client (void)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--personality", "wso2", NULL);
  g_autofree char *basic = service_test_dup_basic (service);
  g_autofree char *wrong = roster_test_basic (roster_test_service_get_client_id (service), "wrong");
  g_autofree char *form = g_strdup_printf ("grant_type=client_credentials&client_id=%s"
                                           "&client_secret=%s&scope=internal_user_mgt_list",
                                           roster_test_service_get_client_id (service),
                                           roster_test_service_get_client_secret (service));
  guint status;
  g_autofree char *refused =
    service_test_ask_token (service, wrong, "grant_type=client_credentials", &status);
  g_autofree char *other = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *get = NULL;

  g_assert_cmpuint (status, ==, 401);
  service_test_assert (refused, "error", "invalid_client");
  other = service_test_ask_token (service, basic, "grant_type=password", &status);
  g_assert_cmpuint (status, ==, 400);
  service_test_assert (other, "error", "unsupported_grant_type");
  answer = service_test_ask_token (service, NULL, form, &status);
  g_assert_cmpuint (status, ==, 200);
  service_test_assert (answer, "expires_in", "3600");
  get =
    roster_test_request ("GET", roster_test_service_get_token_url (service), basic, NULL, &status);
  g_assert_cmpuint (status, ==, 405);
}

/* The scopes of a token decide what it may do. */
static void
test_scopes (void)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--personality", "wso2", NULL);
  static const char *const verbs[] = { "GET", "GET", "PATCH", "DELETE" };
  static const char *const scopes[] = { "internal_user_mgt_list", "internal_user_mgt_view",
                                        "internal_user_mgt_update", "internal_user_mgt_delete" };
  g_autofree char *id = service_test_find (service, "edge.case");
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  g_autofree char *none = service_test_fetch_bearer (service, "internal_login", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autofree char *bearer = service_test_fetch_bearer (service, scopes[i], scopes[i]);

      for (guint j = 0; j < G_N_ELEMENTS (verbs); j++)
        {
          guint status = status_of (service, verbs[j], j == 0 ? "/Users" : path, bearer);

          if (i == j)
            g_assert_cmpuint (status, !=, 403);
          else
            g_assert_cmpuint (status, ==, i == 3 && j != 0 ? (j < 3 ? 403 : 404) : 403);
        }
    }
  g_assert_cmpuint (status_of (service, "GET", "/Users", none), ==, 403);
}

static void
test_limited (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start (
    "--users", "2", "--scopes", "internal_user_mgt_list internal_user_mgt_view", NULL);
  g_autofree char *bearer = service_test_fetch_bearer (
    rfc, "internal_user_mgt_list+internal_user_mgt_delete", "internal_user_mgt_list");
  g_autofree char *basic = service_test_dup_basic (rfc);
  guint status;
  g_autofree char *unasked =
    service_test_ask_token (rfc, basic, "grant_type=client_credentials", &status);

  service_test_assert (unasked, "scope", "internal_user_mgt_list internal_user_mgt_view");
  g_assert_cmpuint (status_of (rfc, "GET", "/Users", bearer), ==, 200);
  g_assert_cmpuint (status_of (rfc, "DELETE", "/Users/x", bearer), ==, 404);
}

static void
test_expiry (void)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--token-lifetime", "0", NULL);
  g_autofree char *bearer =
    service_test_fetch_bearer (service, "internal_user_mgt_list", "internal_user_mgt_list");

  g_assert_cmpuint (status_of (service, "GET", "/Users", bearer), ==, 401);
}

/* Two starts share no secret. */
static void
test_secrets (void)
{
  g_autoptr (RosterTestService) one = roster_test_service_start ("--users", "0", NULL);
  g_autoptr (RosterTestService) two = roster_test_service_start ("--users", "0", NULL);

  g_assert_cmpstr (roster_test_service_get_token (one), !=, roster_test_service_get_token (two));
  g_assert_cmpstr (roster_test_service_get_client_secret (one), !=,
                   roster_test_service_get_client_secret (two));
  g_assert_cmpuint (strlen (roster_test_service_get_token (one)), >=, 32);
}

static gboolean
run (const char *argument, const char *value, gboolean exits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE |
                        (exits ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0),
                      &error, g_getenv ("ROSTER_SERVICE"), argument, value, NULL);

  g_assert_no_error (error);
  if (exits)
    g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, NULL);
  g_subprocess_wait (process, NULL, NULL);
  return g_subprocess_get_successful (process);
}

static void
test_options (void)
{
  g_assert_false (run ("--personality", "other", FALSE));
  g_assert_false (run ("--invitation", "mail", FALSE));
  g_assert_false (run ("--users", "-1", FALSE));
  g_assert_false (run ("--users", "99999999", FALSE));
  g_assert_false (run ("--port", "70000", FALSE));
  g_assert_false (run ("--token-lifetime", "-1", FALSE));
  g_assert_false (run ("--unknown", NULL, FALSE));
  g_assert_true (run ("--exit-with-stdin", NULL, TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/auth/bearer", test_bearer);
  g_test_add_func ("/service/auth/client", test_client);
  g_test_add_func ("/service/auth/scopes", test_scopes);
  g_test_add_func ("/service/auth/limited", test_limited);
  g_test_add_func ("/service/auth/expiry", test_expiry);
  g_test_add_func ("/service/auth/secrets", test_secrets);
  g_test_add_func ("/service/auth/options", test_options);
  return g_test_run ();
}
