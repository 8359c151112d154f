/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

/* A handler that gives every request the same answer. */
typedef struct
{
  guint status;
  const char *content_type;
  const char *body;
} Canned;

static void
canned_cb (RosterTestExchange *exchange, gpointer user_data)
{
  const Canned *canned = user_data;

  roster_test_exchange_reply (exchange, canned->status, canned->content_type, canned->body);
}

static void
test_list (void)
{
  const Canned canned = { 200, SCIM_TYPE_JSON, LIST_JSON };
  const ScimQuery query = { .filter = "userName co \"a&b=ü\"",
                            .attributes = "userName,urn:x:y",
                            .excluded = "groups,roles",
                            .domain = "DEFAULT",
                            .start_index = 101,
                            .count = 50 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimList) list = client_fixture_list (fixture, &query, &error);
  RosterTestExchange *request = client_fixture_get_request (fixture, 0);
  g_autofree char *filter = roster_test_exchange_dup_param (request, "filter");

  g_assert_no_error (error);
  g_assert_cmpuint (list->resources->len, ==, 1);
  g_assert_cmpstr (roster_test_exchange_get_method (request), ==, "GET");
  g_assert_cmpstr (roster_test_exchange_get_path (request), ==, "/scim2/Users");
  g_assert_cmpstr (filter, ==, query.filter);
  g_assert_cmpstr (roster_test_exchange_get_query (request), ==,
                   "startIndex=101&count=50&filter=userName%20co%20%22a%26b%3D%C3%BC%22"
                   "&attributes=userName,urn:x:y&excludedAttributes=groups,roles&domain=DEFAULT");
}

static void
test_headers (void)
{
  const Canned canned = { 200, SCIM_TYPE_JSON, USER_JSON };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GError) error = NULL;
  RosterTestExchange *request;

  g_assert_true (client_fixture_patch (fixture, "u1", "W/\"7\"", NULL, &error));
  g_assert_no_error (error);
  request = client_fixture_get_request (fixture, 0);
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Accept"), ==, SCIM_TYPE_JSON);
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Content-Type"), ==, SCIM_TYPE_JSON);
  g_assert_cmpstr (roster_test_exchange_get_header (request, "Authorization"), ==,
                   "Bearer secret-token");
  g_assert_cmpstr (roster_test_exchange_get_header (request, "If-Match"), ==, "W/\"7\"");
  g_assert_true (
    g_str_has_prefix (roster_test_exchange_get_header (request, "User-Agent"), "Roster/"));
  g_assert_null (roster_test_exchange_get_header (request, "Cookie"));
  g_assert_cmpstr (roster_test_exchange_get_body (request), ==, "{\"Operations\":[]}");
}

static void
test_hostile_etag_is_not_sent (void)
{
  const Canned canned = { 204, NULL, "" };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (client_fixture_patch (fixture, "u1", "x\r\nX-Evil: 1", NULL, &error));
  g_assert_null (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 0), "If-Match"));
  g_assert_null (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 0), "X-Evil"));
  g_assert_true (client_fixture_patch (fixture, "u1", "", NULL, &error));
  g_assert_null (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 1), "If-Match"));
}

static void
no_cookies_cb (RosterTestExchange *exchange, gpointer user_data)
{
  roster_test_exchange_add_header (exchange, "Set-Cookie", "session=1; Path=/");
  roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, USER_JSON);
}

static void
test_no_cookies (void)
{
  g_autoptr (ClientFixture) fixture = client_fixture_new (no_cookies_cb, NULL, NULL, 0);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

      g_assert_nonnull (user);
    }
  g_assert_null (
    roster_test_exchange_get_header (client_fixture_get_request (fixture, 1), "Cookie"));
}

/* The id of a path comes back as the id of the user. */
static void
echo_id_cb (RosterTestExchange *exchange, gpointer user_data)
{
  const char *path = roster_test_exchange_get_path (exchange);
  g_autofree char *id = g_uri_unescape_string (path + strlen ("/scim2/Users/"), NULL);
  g_autofree char *quoted = scim_json_quote (id);
  g_autofree char *body = g_strdup_printf ("{\"id\":%s}", quoted);

  roster_test_exchange_reply (exchange, 200, SCIM_TYPE_JSON, body);
}

static void
test_id_is_encoded (void)
{
  static const struct
  {
    const char *id;
    const char *path;
  } cases[] = {
    { "u1", "/scim2/Users/u1" },
    { "a/b", "/scim2/Users/a%2Fb" },
    { "a?b#c", "/scim2/Users/a%3Fb%23c" },
    { "100%", "/scim2/Users/100%25" },
    { "../Groups/1", "/scim2/Users/..%2FGroups%2F1" },
    { "é ü", "/scim2/Users/%C3%A9%20%C3%BC" },
    { "a;b&c=d+e", "/scim2/Users/a%3Bb%26c%3Dd%2Be" },
  };
  g_autoptr (ClientFixture) fixture = client_fixture_new (echo_id_cb, NULL, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) user = client_fixture_get (fixture, cases[i].id, &error);

      g_assert_no_error (error);
      g_assert_nonnull (user);
      g_assert_cmpstr (roster_test_exchange_get_path (client_fixture_get_request (fixture, i)), ==,
                       cases[i].path);
    }
}

static void
test_unusable_id_never_leaves (void)
{
  static const char *const ids[] = { "", ".", ".." };
  g_autoptr (ClientFixture) fixture = client_fixture_new (echo_id_cb, NULL, NULL, 0);

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) patch_error = NULL;
      g_autoptr (GError) get_error = NULL;

      g_assert_false (client_fixture_delete (fixture, ids[i], &error));
      client_fixture_assert_scim_error (error, SCIM_ERROR_UNSUPPORTED, NULL);
      g_assert_false (scim_client_write_may_have_happened (error));
      g_assert_false (client_fixture_patch (fixture, ids[i], NULL, NULL, &patch_error));
      g_assert_error (patch_error, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED);
      g_assert_null (client_fixture_get (fixture, ids[i], &get_error));
      g_assert_error (get_error, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED);
    }
  g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 0);
}

#define SCIM_ERROR_JSON                                                                            \
  "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\","             \
  "\"detail\":\"No such user\"}"

static void
test_get_refuses_other_things (void)
{
  static const struct
  {
    Canned canned;
    ScimErrorCode code;
    const char *words; /* of what came; nullable */
  } cases[] = {
    { { 200, "text/html", "<!DOCTYPE html><title>Sign in</title>" },
      SCIM_ERROR_PROTOCOL,
      "Sign in" },
    { { 200, SCIM_TYPE_JSON, "  <html>" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, "text/plain", "It \001works" }, SCIM_ERROR_PROTOCOL, "It �works" },
    { { 200, "image/png", "It works" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, SCIM_TYPE_JSON, "" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 204, NULL, "" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, SCIM_TYPE_JSON, "[]" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, SCIM_TYPE_JSON, "{\"id\":\"u1\"" }, SCIM_ERROR_INVALID_JSON, NULL },
    { { 200, SCIM_TYPE_JSON, "{\"userName\":\"kim\"}" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, SCIM_TYPE_JSON, "{\"id\":\"somebody-else\"}" }, SCIM_ERROR_OTHER_USER, NULL },
    { { 200, SCIM_TYPE_JSON, "{\"id\":\"u1\\u0000\"}" }, SCIM_ERROR_PROTOCOL, NULL },
    { { 200, SCIM_TYPE_JSON, SCIM_ERROR_JSON }, SCIM_ERROR_CONTRADICTION, "No such user" },
    { { 200, SCIM_TYPE_JSON, "{\"code\":1,\"description\":\"Down\"}" },
      SCIM_ERROR_CONTRADICTION,
      "Down" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ClientFixture) fixture =
        client_fixture_new (canned_cb, (gpointer)&cases[i].canned, NULL, 0);
      g_autoptr (GError) error = NULL;

      g_assert_null (client_fixture_get (fixture, "u1", &error));
      g_assert_error (error, SCIM_ERROR, (int)cases[i].code);
      g_assert_cmpstr (scim_error_get_detail (error), ==, cases[i].words);
      if (cases[i].code == SCIM_ERROR_PROTOCOL)
        g_assert_cmpstr (scim_error_get_subject (error), ==, cases[i].canned.content_type);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
    }
}

/* The type alone proves nothing: many services get it wrong. */
static void
test_type_is_not_believed (void)
{
  const Canned canned = { 200, "text/html", USER_JSON };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (ScimResource) user = client_fixture_get (fixture, "u1", NULL);

  g_assert_nonnull (user);
}

/* Success and an error at once: what the service says is told, and that it may have done it. */
static void
test_contradiction (void)
{
  const Canned canned = { 200, SCIM_TYPE_JSON, SCIM_ERROR_JSON };
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GError) patch_error = NULL;
  g_autoptr (GError) delete_error = NULL;
  g_autoptr (GError) list_error = NULL;

  g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &patch_error));
  client_fixture_assert_scim_error (patch_error, SCIM_ERROR_CONTRADICTION, "No such user");
  g_assert_true (scim_client_write_may_have_happened (patch_error));
  g_assert_false (client_fixture_delete (fixture, "u1", &delete_error));
  client_fixture_assert_scim_error (delete_error, SCIM_ERROR_CONTRADICTION, "No such user");
  g_assert_null (client_fixture_list (fixture, &query, &list_error));
  client_fixture_assert_scim_error (list_error, SCIM_ERROR_CONTRADICTION, "No such user");
}

static void
test_list_refuses_web_page (void)
{
  const Canned canned = { 200, "text/html", "<html><body>Welcome to the airport</body></html>" };
  const ScimQuery query = { .start_index = 1, .count = 10 };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (client_fixture_list (fixture, &query, &error));
  client_fixture_assert_scim_error (error, SCIM_ERROR_PROTOCOL, NULL);
  g_assert_cmpstr (scim_error_get_subject (error), ==, "text/html");
}

static void
test_patch_answers (void)
{
  static const struct
  {
    Canned canned;
    gboolean success;
    gboolean has_resource;
    ScimErrorCode code;
  } cases[] = {
    { { 200, SCIM_TYPE_JSON, USER_JSON }, TRUE, TRUE, 0 },
    { { 200, SCIM_TYPE_JSON, "" }, TRUE, FALSE, 0 },
    { { 202, NULL, "" }, TRUE, FALSE, 0 },
    { { 204, NULL, "" }, TRUE, FALSE, 0 },
    { { 200, "text/html", "<html>" }, FALSE, FALSE, SCIM_ERROR_PROTOCOL },
    { { 200, SCIM_TYPE_JSON, "{\"id\":\"u1\"" }, FALSE, FALSE, SCIM_ERROR_INVALID_JSON },
    { { 200, SCIM_TYPE_JSON, "{\"id\":\"u2\"}" }, FALSE, FALSE, SCIM_ERROR_OTHER_USER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ClientFixture) fixture =
        client_fixture_new (canned_cb, (gpointer)&cases[i].canned, NULL, 0);
      g_autoptr (ScimResource) resource = NULL;
      g_autoptr (GError) error = NULL;
      gboolean success = client_fixture_patch (fixture, "u1", NULL, &resource, &error);

      g_assert_cmpint (success, ==, cases[i].success);
      g_assert_cmpint (resource != NULL, ==, cases[i].has_resource);
      if (!success)
        {
          g_assert_error (error, SCIM_ERROR, (int)cases[i].code);
          /* Something answered: whether it passed the request on is not known. */
          g_assert_true (scim_client_write_may_have_happened (error));
        }
    }
}

static void
test_delete (void)
{
  const Canned done = { 204, NULL, "" };
  const Canned page = { 200, "text/html", "<html>portal</html>" };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&done, NULL, 0);
  g_autoptr (ClientFixture) portal = client_fixture_new (canned_cb, (gpointer)&page, NULL, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (client_fixture_delete (fixture, "u1", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (roster_test_exchange_get_method (client_fixture_get_request (fixture, 0)), ==,
                   "DELETE");
  g_assert_false (client_fixture_delete (portal, "u1", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL);
}

static void
test_error_answers (void)
{
  static const struct
  {
    Canned canned;
    ScimErrorCode code;
    const char *detail;
    gboolean may_have_happened;
  } cases[] = {
    { { 400, SCIM_TYPE_JSON, "{\"status\":\"400\",\"detail\":\"No\"}" },
      SCIM_ERROR_BAD_REQUEST,
      "No",
      FALSE },
    { { 401, "text/html", "<html>" }, SCIM_ERROR_SIGN_IN, NULL, FALSE },
    { { 403, NULL, "" }, SCIM_ERROR_FORBIDDEN, NULL, FALSE },
    { { 404, SCIM_TYPE_JSON, "{\"status\":404,\"detail\":\"Gone\"}" },
      SCIM_ERROR_NOT_FOUND,
      "Gone",
      FALSE },
    { { 405, NULL, "" }, SCIM_ERROR_NOT_IMPLEMENTED, NULL, FALSE },
    { { 408, NULL, "" }, SCIM_ERROR_BAD_REQUEST, NULL, TRUE },
    { { 409, "application/json", "{\"code\":\"1\",\"description\":\"Taken\"}" },
      SCIM_ERROR_CONFLICT,
      "Taken",
      FALSE },
    { { 412, NULL, "" }, SCIM_ERROR_PRECONDITION_FAILED, NULL, FALSE },
    { { 500, "text/plain", "Oops" }, SCIM_ERROR_SERVER, NULL, TRUE },
    { { 501, NULL, "" }, SCIM_ERROR_NOT_IMPLEMENTED, NULL, FALSE },
    { { 503, NULL, "" }, SCIM_ERROR_SERVER, NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ClientFixture) fixture =
        client_fixture_new (canned_cb, (gpointer)&cases[i].canned, NULL, 0);
      g_autoptr (GError) error = NULL;

      g_assert_false (client_fixture_patch (fixture, "u1", NULL, NULL, &error));
      client_fixture_assert_scim_error (error, cases[i].code, cases[i].detail);
      g_assert_cmpuint (scim_error_get_http_status (error), ==, cases[i].canned.status);
      g_assert_cmpint (scim_client_write_may_have_happened (error), ==, cases[i].may_have_happened);
      g_assert_cmpuint (client_fixture_get_n_requests (fixture), ==, 1);
    }
}

static void
test_schemas (void)
{
  const Canned wso2 = { 200, "application/json",
                        "[{\"id\":\"urn:scim:wso2:schema\",\"name\":\"System\","
                        "\"attributes\":[{\"name\":\"country\",\"type\":\"STRING\"}]}]" };
  const Canned nothing = { 200, "application/json", "{" };
  const Canned missing = { 501, NULL, "" };
  const Canned *answers[] = { &wso2, &nothing, &missing };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (ClientFixture) fixture =
        client_fixture_new (canned_cb, (gpointer)answers[i], NULL, 0);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimSchemas) schemas = NULL;

      scim_client_schemas_async (fixture->client, NULL, roster_test_result_cb, &result);
      schemas =
        scim_client_schemas_finish (fixture->client, roster_test_wait_result (&result), &error);
      g_assert_cmpint (schemas != NULL, ==, i == 0);
      if (i == 0)
        g_assert_true (scim_schemas_is_wso2 (schemas));
      else
        g_assert_error (error, SCIM_ERROR,
                        (int)(i == 1 ? SCIM_ERROR_INVALID_JSON : SCIM_ERROR_NOT_IMPLEMENTED));
      g_assert_cmpstr (roster_test_exchange_get_path (client_fixture_get_request (fixture, 0)), ==,
                       "/scim2/Schemas");
    }
}

static ScimServiceConfig *
ask_config (const char *body, GError **error)
{
  const Canned canned = { 200, SCIM_TYPE_JSON, body };
  g_autoptr (ClientFixture) fixture = client_fixture_new (canned_cb, (gpointer)&canned, NULL, 0);
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_config_async (fixture->client, NULL, roster_test_result_cb, &result);
  return scim_client_config_finish (fixture->client, roster_test_wait_result (&result), error);
}

static void
test_config (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree ScimServiceConfig *config = ask_config (
    "{\"patch\":{\"supported\":true},\"filter\":{\"supported\":\"true\",\"maxResults\":\"200\"},"
    "\"sort\":{\"supported\":false},\"etag\":{\"supported\":7},\"bulk\":[]}",
    &error);

  g_assert_no_error (error);
  g_assert_cmpint (config->patch, ==, 1);
  g_assert_cmpint (config->filter, ==, 1);
  g_assert_cmpint (config->sort, ==, 0);
  g_assert_cmpint (config->etag, ==, -1);
  g_assert_cmpint (config->change_password, ==, -1);
  g_assert_cmpint (config->bulk, ==, -1);
  g_assert_cmpuint (config->max_results, ==, 200);
  g_assert_null (ask_config ("[]", &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/verbs/list", test_list);
  g_test_add_func ("/client/verbs/headers", test_headers);
  g_test_add_func ("/client/verbs/hostile-etag", test_hostile_etag_is_not_sent);
  g_test_add_func ("/client/verbs/no-cookies", test_no_cookies);
  g_test_add_func ("/client/verbs/id-is-encoded", test_id_is_encoded);
  g_test_add_func ("/client/verbs/unusable-id", test_unusable_id_never_leaves);
  g_test_add_func ("/client/verbs/get-refuses-other-things", test_get_refuses_other_things);
  g_test_add_func ("/client/verbs/type", test_type_is_not_believed);
  g_test_add_func ("/client/verbs/contradiction", test_contradiction);
  g_test_add_func ("/client/verbs/list-refuses-web-page", test_list_refuses_web_page);
  g_test_add_func ("/client/verbs/patch-answers", test_patch_answers);
  g_test_add_func ("/client/verbs/delete", test_delete);
  g_test_add_func ("/client/verbs/error-answers", test_error_answers);
  g_test_add_func ("/client/verbs/schemas", test_schemas);
  g_test_add_func ("/client/verbs/config", test_config);
  return g_test_run ();
}
