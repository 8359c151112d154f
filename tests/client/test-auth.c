/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

/* A service with a token endpoint: what it says and what it takes. */
typedef struct
{
  const char *token_answer; /* nullable: a new token every time, "token-1", … */
  guint token_status;       /* 0: 200 */
  const char *expires_in;   /* JSON; nullable */
  guint n_tokens;
  gboolean takes_last_token_only;
  gboolean takes_nothing;
  RosterTestExchange *held; /* the last token request, when holds_tokens */
  gboolean holds_tokens;
  gboolean holds_next; /* the next request that is none for a token is kept in `late` */
  RosterTestExchange *late;
} Service;

static void
give_token (Service *service, RosterTestExchange *exchange)
{
  g_autofree char *made = NULL;

  service->n_tokens++;
  if (service->token_answer == NULL)
    made = g_strdup_printf (
      "{\"access_token\":\"token-%u\",\"token_type\":\"Bearer\",\"expires_in\":%s,"
      "\"scope\":\"list\"}",
      service->n_tokens, service->expires_in != NULL ? service->expires_in : "3600");
  roster_test_exchange_reply (exchange, service->token_status != 0 ? service->token_status : 200,
                              "application/json", made != NULL ? made : service->token_answer);
}

static gboolean
is_accepted (const Service *service, RosterTestExchange *exchange)
{
  g_autofree char *last = g_strdup_printf ("Bearer token-%u", service->n_tokens);

  if (service->takes_nothing)
    return FALSE;
  return !service->takes_last_token_only ||
         g_strcmp0 (roster_test_exchange_get_header (exchange, "Authorization"), last) == 0;
}

static void
service_cb (RosterTestExchange *exchange, gpointer user_data)
{
  Service *service = user_data;

  if (g_str_equal (roster_test_exchange_get_path (exchange), "/token"))
    {
      if (service->holds_tokens)
        service->held = exchange;
      else
        give_token (service, exchange);
    }
  else if (service->holds_next)
    {
      service->late = exchange;
      service->holds_next = FALSE;
    }
  else if (is_accepted (service, exchange))
    roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
  else
    roster_test_exchange_reply (exchange, 401, NULL, "");
}

static void
test_basic (void)
{
  Service service = { 0 };
  g_autoptr (ClientFixture) fixture =
    client_fixture_new (service_cb, &service, scim_auth_new_basic ("kim", "pass:wörd"), 0);
  g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

  g_assert_nonnull (user);
  g_assert_cmpstr (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 0), "Authorization"), ==,
    "Basic a2ltOnBhc3M6d8O2cmQ=");
  g_assert_null (scim_client_get_granted_scope (fixture->client));
  g_assert_cmpuint (scim_client_get_token_lifetime (fixture->client), ==, 0);
  g_assert_true (client_fixture_sign_in (fixture, NULL));
}

static void
test_pasted_token (void)
{
  Service service = { 0 };
  g_autoptr (ClientFixture) fixture =
    client_fixture_new (service_cb, &service, scim_auth_new_bearer (" abc\n"), 0);
  g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

  g_assert_nonnull (user);
  g_assert_cmpstr (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 0), "Authorization"), ==,
    "Bearer abc");
}

static void
test_unusable_credentials (void)
{
  ScimAuth *auths[] = { scim_auth_new_bearer (""), scim_auth_new_bearer ("a\r\nX-Evil: b"),
                        scim_auth_new_bearer ("tökén"), scim_auth_new_basic ("a:b", "c") };
  Service service = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    {
      g_autoptr (ClientFixture) fixture = client_fixture_new (service_cb, &service, auths[i], 0);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) sign_in_error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN);
      g_assert_false (client_fixture_sign_in (fixture, &sign_in_error));
      g_assert_error (sign_in_error, SCIM_ERROR, SCIM_ERROR_SIGN_IN);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 0);
    }
}

static void
test_refused_bearer_is_not_repeated (void)
{
  Service service = { .takes_nothing = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new (service_cb, &service, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_get (fixture, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN);
  g_assert_cmpuint (scim_error_get_http_status (error), ==, 401);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
}

static void
test_token_request (void)
{
  Service service = { 0 };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  g_autoptr (GError) error = NULL;
  RosterTestExchange *request;

  g_assert_true (client_fixture_sign_in (fixture, &error));
  g_assert_no_error (error);
  request = client_fixture_get_request (fixture, 0);
  g_assert_cmpstr (roster_test_exchange_get_method (request), ==, "POST");
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Accept"), ==, "application/json");
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Content-Type"), ==,
                   "application/x-www-form-urlencoded");
  /* "id%20of%3Ame:se%2Bcret%2F%C3%BC" */
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Authorization"), ==,
                   "Basic aWQlMjBvZiUzQW1lOnNlJTJCY3JldCUyRiVDMyVCQw==");
  g_assert_cmpstr (roster_test_exchange_get_body (request), ==,
                   "grant_type=client_credentials&scope=list+view");
  g_assert_cmpstr (scim_client_get_granted_scope (fixture->client), ==, "list");
  g_assert_cmpuint (scim_client_get_token_lifetime (fixture->client), ==, 3600);
}

static void
test_token_is_kept (void)
{
  Service service = { .expires_in = "\"3600\"", .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

      g_assert_nonnull (user);
    }
  g_assert_cmpuint (service.n_tokens, ==, 1);
  g_assert_cmpuint (scim_client_get_token_lifetime (fixture->client), ==, 3600);
}

static gboolean
is_past (gpointer user_data)
{
  return g_get_monotonic_time () >= *(gint64 *)user_data;
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_token_is_renewed_before_it_expires (void)
{
  Service service = { .expires_in = "1", .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  guint wake = g_timeout_add (20, wake_cb, NULL);
  gint64 renewal;

  g_assert_true (client_fixture_sign_in (fixture, NULL));
  g_assert_cmpuint (service.n_tokens, ==, 1);
  /* A tenth of its life before the end. */
  renewal = g_get_monotonic_time () + 900 * 1000;
  roster_test_wait (is_past, &renewal);
  g_source_remove (wake);
  g_assert_true (client_fixture_sign_in (fixture, NULL));
  g_assert_cmpuint (service.n_tokens, ==, 2);
}

static void
test_odd_lifetimes (void)
{
  static const char *const odd[] = {
    "null", "-5", "0", "\"soon\"", "1e99", "99999999999999999999"
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      Service service = { .expires_in = odd[i] };
      g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);

      g_assert_true (client_fixture_sign_in (fixture, NULL));
      g_assert_true (client_fixture_sign_in (fixture, NULL));
      g_assert_cmpuint (service.n_tokens, ==, 1);
      g_assert_cmpuint (scim_client_get_token_lifetime (fixture->client), ==, 0);
    }
}

static void
test_one_request_for_all (void)
{
  Service service = { .holds_tokens = TRUE, .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[3] = { NULL, NULL, NULL };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++)
    scim_client_get_async (fixture->client, "u1", NULL, i == 1 ? cancellable : NULL,
                           roster_test_result_cb, &results[i]);
  roster_test_wait_flag ((gboolean *)&service.held);
  /* One who gives up does not take the token from the others. */
  g_cancellable_cancel (cancellable);
  g_assert_null (
    scim_client_get_finish (fixture->client, roster_test_wait_result (&results[1]), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (results[0]);
  give_token (&service, service.held);
  for (guint i = 0; i < 3; i += 2)
    {
      g_autoptr (ScimResource) user =
        scim_client_get_finish (fixture->client, roster_test_wait_result (&results[i]), NULL);

      g_assert_nonnull (user);
    }
  g_assert_cmpuint (service.n_tokens, ==, 1);
  for (guint i = 0; i < 3; i++)
    g_object_unref (results[i]);
}

static void
test_refused_token_is_renewed_once (void)
{
  Service service = { .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  g_autoptr (GError) error = NULL;

  g_assert_true (client_fixture_sign_in (fixture, NULL));
  /* Revoked: only the next one counts. A write was refused as well, so that it may go again. */
  service.n_tokens = 7;
  g_assert_true (client_fixture_patch (fixture, "u1", NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (service.n_tokens, ==, 8);

  service.takes_nothing = TRUE;
  g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN);
  g_assert_cmpuint (service.n_tokens, ==, 9);
  g_assert_false (scim_client_write_may_have_happened (error));
}

static void
test_two_refusals_renew_once (void)
{
  Service service = { .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  GAsyncResult *results[2] = { NULL, NULL };

  g_assert_true (client_fixture_sign_in (fixture, NULL));
  service.n_tokens = 7;
  for (guint i = 0; i < 2; i++)
    scim_client_get_async (fixture->client, "u1", NULL, NULL, roster_test_result_cb, &results[i]);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ScimResource) user =
        scim_client_get_finish (fixture->client, roster_test_wait_result (&results[i]), NULL);

      g_assert_nonnull (user);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (service.n_tokens, ==, 8);
}

static gboolean
has_late (gpointer user_data)
{
  return ((const Service *)user_data)->late != NULL;
}

/* Who is refused with an old token when there is a new one already needs no other. */
static void
test_late_refusal_takes_the_new_token (void)
{
  Service service = { .takes_last_token_only = TRUE };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ScimResource) quick = NULL;
  g_autoptr (ScimResource) late = NULL;

  g_assert_true (client_fixture_sign_in (fixture, NULL));
  service.holds_next = TRUE;
  scim_client_get_async (fixture->client, "u1", NULL, NULL, roster_test_result_cb, &result);
  roster_test_wait (has_late, &service);
  service.n_tokens = 7;
  quick = client_fixture_get (fixture, "u1", NULL);
  g_assert_nonnull (quick);
  g_assert_cmpuint (service.n_tokens, ==, 8);
  roster_test_exchange_reply (service.late, 401, NULL, "");
  late = scim_client_get_finish (fixture->client, roster_test_wait_result (&result), NULL);
  g_assert_nonnull (late);
  g_assert_cmpuint (service.n_tokens, ==, 8);
}

static void
test_token_refusals (void)
{
  static const struct
  {
    guint status;
    const char *answer;
    ScimErrorCode code;
    const char *detail;
  } cases[] = {
    { 401, "{\"error\":\"invalid_client\",\"error_description\":\"Wrong secret\"}",
      SCIM_ERROR_SIGN_IN, "Wrong secret" },
    { 400, "{\"error\":\"invalid_scope\"}", SCIM_ERROR_SIGN_IN, "invalid_scope" },
    { 500, "<html>", SCIM_ERROR_SIGN_IN, NULL },
    { 302, "", SCIM_ERROR_SIGN_IN, NULL },
    { 429, "", SCIM_ERROR_TOO_MANY_REQUESTS, NULL },
    { 200, "{}", SCIM_ERROR_SIGN_IN, NULL },
    { 200, "{\"access_token\":\"\"}", SCIM_ERROR_SIGN_IN, NULL },
    { 200, "{\"access_token\":[1]}", SCIM_ERROR_SIGN_IN, NULL },
    { 200, "{\"access_token\":\"a\\r\\nX-Evil: 1\"}", SCIM_ERROR_SIGN_IN, NULL },
    { 200, "{\"access_token\":\"a\",\"token_type\":\"MAC\"}", SCIM_ERROR_SIGN_IN, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Service service = { .token_answer = cases[i].answer, .token_status = cases[i].status };
      g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
      g_autoptr (GError) error = NULL;

      g_assert_false (client_fixture_delete (fixture, "u1", &error));
      client_fixture_assert_scim_error (error, cases[i].code, cases[i].detail);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
      g_assert_false (scim_client_write_may_have_happened (error));
    }
}

/* What is no answer of a token address at all says nothing about the credentials. */
static void
test_token_answer_is_none (void)
{
  static const char *const answers[] = {
    "<html>",
    "[]",
    "{\"access_token\":",
    "{\"a\":[[[[[[[[[[1]]]]]]]]]],\"access_token\":\"a\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      Service service = { .token_answer = answers[i], .token_status = 200 };
      g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
      g_autoptr (GError) error = NULL;

      g_assert_false (client_fixture_delete (fixture, "u1", &error));
      g_assert_error (error, SCIM_CLIENT_ERROR, SCIM_CLIENT_ERROR_NO_TOKEN);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
      g_assert_false (scim_client_write_may_have_happened (error));
    }
}

static void
test_token_address_must_be_safe (void)
{
  static const char *const addresses[] = { "http://example.com/token", "ftp://localhost/", "x", "",
                                           "https://user:pw@example.com/token" };
  Service service = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      ScimAuth *auth = scim_auth_new_client_credentials (addresses[i], "id", "secret", NULL);
      g_autoptr (ClientFixture) fixture = client_fixture_new (service_cb, &service, auth, 0);
      g_autoptr (GError) error = NULL;

      g_assert_false (client_fixture_sign_in (fixture, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_cancelled_before (void)
{
  Service service = { 0 };
  g_autoptr (ClientFixture) fixture = client_fixture_new_with_token (service_cb, &service);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  scim_client_sign_in_async (fixture->client, cancellable, roster_test_result_cb, &result);
  g_assert_false (
    scim_client_sign_in_finish (fixture->client, roster_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/auth/basic", test_basic);
  g_test_add_func ("/client/auth/pasted-token", test_pasted_token);
  g_test_add_func ("/client/auth/unusable-credentials", test_unusable_credentials);
  g_test_add_func ("/client/auth/refused-bearer", test_refused_bearer_is_not_repeated);
  g_test_add_func ("/client/auth/token-request", test_token_request);
  g_test_add_func ("/client/auth/token-is-kept", test_token_is_kept);
  g_test_add_func ("/client/auth/renewed-before-expiry", test_token_is_renewed_before_it_expires);
  g_test_add_func ("/client/auth/odd-lifetimes", test_odd_lifetimes);
  g_test_add_func ("/client/auth/one-request-for-all", test_one_request_for_all);
  g_test_add_func ("/client/auth/renewed-once", test_refused_token_is_renewed_once);
  g_test_add_func ("/client/auth/two-refusals", test_two_refusals_renew_once);
  g_test_add_func ("/client/auth/late-refusal", test_late_refusal_takes_the_new_token);
  g_test_add_func ("/client/auth/token-refusals", test_token_refusals);
  g_test_add_func ("/client/auth/token-answer-is-none", test_token_answer_is_none);
  g_test_add_func ("/client/auth/token-address", test_token_address_must_be_safe);
  g_test_add_func ("/client/auth/cancelled-before", test_cancelled_before);
  return g_test_run ();
}
