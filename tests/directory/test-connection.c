/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-connection-private.h"

static RosterConnection *
make (RosterPreset preset, RosterSignIn sign_in, const char *first_property, ...)
{
  RosterConnection *connection = roster_connection_new (NULL);
  va_list args;

  g_object_set (connection, "preset", preset, "sign-in", sign_in, NULL);
  va_start (args, first_property);
  g_object_set_valist (G_OBJECT (connection), first_property, args);
  va_end (args);

  return connection;
}

static void
assert_urls (RosterConnection *connection, const char *base, const char *token)
{
  g_autofree char *actual_base = roster_connection_dup_base_url (connection);
  g_autofree char *actual_token = roster_connection_dup_token_url (connection);

  g_assert_cmpstr (actual_base, ==, base);
  g_assert_cmpstr (actual_token, ==, token);
  g_assert_finalize_object (connection);
}

static void
test_addresses (void)
{
  const RosterSignIn client = ROSTER_SIGN_IN_CLIENT_CREDENTIALS;

  assert_urls (make (ROSTER_PRESET_ASGARDEO, client, "organization", NULL, NULL), NULL, NULL);
  assert_urls (make (ROSTER_PRESET_ASGARDEO, client, "organization", " acme ", NULL),
               "https://api.asgardeo.io/t/acme/scim2",
               "https://api.asgardeo.io/t/acme/oauth2/token");
  assert_urls (make (ROSTER_PRESET_ASGARDEO, client, "organization", "a/b", "region", "eu", NULL),
               "https://api.eu.asgardeo.io/t/a%2Fb/scim2",
               "https://api.eu.asgardeo.io/t/a%2Fb/oauth2/token");
  assert_urls (make (ROSTER_PRESET_WSO2_IS, client, "host", "is.example", NULL),
               "https://is.example:9443/scim2", "https://is.example:9443/oauth2/token");
  assert_urls (
    make (ROSTER_PRESET_WSO2_IS, client, "host", "is.example:444", "tenant", "carbon.super", NULL),
    "https://is.example:444/scim2", "https://is.example:444/oauth2/token");
  assert_urls (make (ROSTER_PRESET_WSO2_IS, ROSTER_SIGN_IN_BASIC, "host",
                     "https://is.example:9443/console/", "tenant", "wso2.example", NULL),
               "https://is.example:9443/t/wso2.example/scim2", NULL);
  assert_urls (make (ROSTER_PRESET_WSO2_IS, client, "host", "[::1]:9444", NULL),
               "https://[::1]:9444/scim2", "https://[::1]:9444/oauth2/token");
  assert_urls (make (ROSTER_PRESET_WSO2_IS, client, "host", "me:pw@is.example", NULL), NULL, NULL);
  assert_urls (make (ROSTER_PRESET_WSO2_IS, client, "host", "not a host", NULL), NULL, NULL);
  assert_urls (make (ROSTER_PRESET_OTHER, client, "url", " https://x.example/scim/v2// ",
                     "token-url", "https://x.example/token ", NULL),
               "https://x.example/scim/v2", "https://x.example/token");
  assert_urls (make (ROSTER_PRESET_OTHER, ROSTER_SIGN_IN_BEARER, "url", "https://x.example",
                     "token-url", "https://x.example/token", NULL),
               "https://x.example", NULL);
}

static void
assert_check (RosterConnection *connection, const char *secret, const char *property)
{
  const char *about = "unset";
  g_autofree char *problem = roster_connection_check (connection, secret, &about);

  g_assert_cmpstr (about, ==, property);
  g_assert_cmpint (problem != NULL, ==, property != NULL);
  g_assert_finalize_object (connection);
}

static void
test_check (void)
{
  const RosterPreset other = ROSTER_PRESET_OTHER;
  const RosterSignIn bearer = ROSTER_SIGN_IN_BEARER;
  const RosterSignIn basic = ROSTER_SIGN_IN_BASIC;
  const RosterSignIn client = ROSTER_SIGN_IN_CLIENT_CREDENTIALS;
  static const char *const bad_urls[] = {
    "x.example",
    "ftp://x.example",
    "https://",
    "https://me@x.example/scim2",
    "https://me:pw@x.example/scim2",
    "https://x.example/scim2?a=b",
    "https://x.example/scim2#a",
    "http://x.example/scim2",
    "http://localhost.evil.example/scim2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad_urls); i++)
    assert_check (make (other, bearer, "url", bad_urls[i], NULL), "token", "url");
  assert_check (make (other, bearer, "url", NULL, NULL), "token", "url");
  assert_check (make (other, bearer, "url", "http://localhost:8080/scim2", NULL), "token", NULL);
  assert_check (make (other, bearer, "url", "http://127.0.0.1/scim2", NULL), "token", NULL);
  assert_check (make (other, bearer, "url", "http://[::1]:80", NULL), "token", NULL);
  assert_check (make (other, bearer, "url", "https://x.example", NULL), NULL, "secret");
  assert_check (make (other, bearer, "url", "https://x.example", NULL), "a b", "secret");
  assert_check (make (other, bearer, "url", "https://x.example", NULL), "a\nb", "secret");

  assert_check (make (other, client, "url", "https://x.example", NULL), "s", "token-url");
  assert_check (
    make (other, client, "url", "https://x.example", "token-url", "http://x.example", NULL), "s",
    "token-url");
  assert_check (
    make (other, client, "url", "https://x.example", "token-url", "https://x.example", NULL), "s",
    "client-id");
  assert_check (make (other, client, "url", "https://x.example", "token-url", "https://x.example",
                      "client-id", "c", NULL),
                "", "secret");

  assert_check (make (other, basic, "url", "https://x.example", NULL), "s", "user-name");
  assert_check (make (other, basic, "url", "https://x.example", "user-name", "a:b", NULL), "s",
                "user-name");
  assert_check (make (other, basic, "url", "https://x.example", "user-name", "a", NULL), NULL,
                "secret");
  assert_check (make (other, basic, "url", "https://x.example", "user-name", "a", NULL),
                "with space: fine", NULL);

  assert_check (make (ROSTER_PRESET_ASGARDEO, client, "organization", "  ", NULL), "s",
                "organization");
  assert_check (
    make (ROSTER_PRESET_ASGARDEO, client, "organization", "acme", "client-id", "c", NULL), "s",
    NULL);
  assert_check (make (ROSTER_PRESET_WSO2_IS, basic, "host", NULL, NULL), "s", "host");
  assert_check (make (ROSTER_PRESET_WSO2_IS, basic, "host", "a b", NULL), "s", "host");
  assert_check (make (ROSTER_PRESET_WSO2_IS, basic, "host", "http://is.example", NULL), "s",
                "host");
}

static void
test_names (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new ("fixed");
  g_autoptr (RosterConnection) another = roster_connection_new (NULL);
  g_autofree char *service = NULL;
  g_autofree char *host = NULL;

  g_assert_cmpstr (roster_connection_get_id (connection), ==, "fixed");
  g_assert_cmpstr (roster_connection_get_id (another), !=, NULL);
  g_assert_cmpstr (roster_connection_get_name (connection), ==, "New Connection");
  g_object_set (connection, "organization", "acme", NULL);
  g_assert_cmpstr (roster_connection_get_name (connection), ==, "api.asgardeo.io");
  g_object_set (connection, "name", "Acme", NULL);
  g_assert_cmpstr (roster_connection_get_name (connection), ==, "Acme");
  service = roster_connection_dup_service_name (connection);
  g_assert_cmpstr (service, ==, "Asgardeo");
  g_object_set (another, "preset", ROSTER_PRESET_OTHER, "url", "https://x.example:1/y", NULL);
  host = roster_connection_dup_service_name (another);
  g_assert_cmpstr (host, ==, "x.example");

  g_assert_cmpstr (roster_environment_get_label (ROSTER_ENVIRONMENT_PRODUCTION), ==, "Production");
  g_assert_cmpstr (roster_environment_get_label (ROSTER_ENVIRONMENT_TEST), ==, "Test");
  g_assert_cmpstr (roster_environment_get_label (ROSTER_ENVIRONMENT_DEMO), ==, "Demo");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_dialect (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  g_autofree char *asgardeo = roster_connection_dup_domain (connection);
  g_autofree char *server = NULL;
  g_autofree char *other = NULL;
  g_autofree char *typed = NULL;
  guint n_notified = 0;

  g_assert_cmpstr (roster_connection_get_dialect (connection), ==, "wso2");
  g_assert_cmpstr (asgardeo, ==, "DEFAULT");
  g_object_set (connection, "preset", ROSTER_PRESET_WSO2_IS, NULL);
  server = roster_connection_dup_domain (connection);
  g_assert_cmpstr (server, ==, "PRIMARY");

  g_object_set (connection, "preset", ROSTER_PRESET_OTHER, "url", "https://x.example", NULL);
  g_assert_null (roster_connection_get_dialect (connection));
  g_assert_true (roster_connection_get_scim_dialect (connection) == &scim_dialect_rfc);
  other = roster_connection_dup_domain (connection);
  g_assert_null (other);

  g_signal_connect (connection, "notify::dialect", G_CALLBACK (count_cb), &n_notified);
  /* The default sign-in is by client credentials, whose scopes are now known. */
  g_assert_true (roster_connection_learn_dialect (connection, TRUE));
  g_assert_false (roster_connection_learn_dialect (connection, TRUE));
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (roster_connection_get_scim_dialect (connection) == &scim_dialect_wso2);
  g_object_set (connection, "domain", " STORE ", NULL);
  typed = roster_connection_dup_domain (connection);
  g_assert_cmpstr (typed, ==, "STORE");

  /* Another address is another service. */
  g_object_set (connection, "url", "https://y.example", NULL);
  g_assert_null (roster_connection_get_dialect (connection));
  g_object_set (connection, "dialect", "no-such", NULL);
  g_assert_true (roster_connection_get_scim_dialect (connection) == &scim_dialect_rfc);
}

static void
test_client (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  g_autoptr (ScimClient) none = NULL;
  g_autoptr (ScimClient) client = NULL;
  g_autoptr (GError) error = NULL;

  none = roster_connection_make_client (connection, "s", &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_clear_error (&error);

  g_object_set (connection, "organization", "acme", "client-id", "c", NULL);
  client = roster_connection_make_client (connection, "s", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (scim_client_get_base_url (client), ==, "https://api.asgardeo.io/t/acme/scim2");
  g_assert_true (scim_client_get_dialect (client) == &scim_dialect_wso2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/connection/addresses", test_addresses);
  g_test_add_func ("/directory/connection/check", test_check);
  g_test_add_func ("/directory/connection/names", test_names);
  g_test_add_func ("/directory/connection/dialect", test_dialect);
  g_test_add_func ("/directory/connection/client", test_client);

  return g_test_run ();
}
