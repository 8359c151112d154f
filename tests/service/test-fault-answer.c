/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults that give another answer, and those that change the JSON of the right one. */
#include "fault-client.h"

#include <gio/gio.h>
#include <string.h>

static void
assert_header (const FaultAnswer *answer, const char *name, const char *expected)
{
  g_autofree char *value = fault_answer_dup_header (answer, name);

  g_assert_cmpstr (value, ==, expected);
}

/* One GET under this plan. */
static FaultAnswer *
get_under (RosterTestService *service, const char *plan, const char *path)
{
  roster_test_service_set_fault (service, plan);
  return fault_client_send (service, "GET", path, NULL);
}

static void
test_status_bodies (gconstpointer personality)
{
  static const struct
  {
    const char *plan;
    guint status;
    const char *type;
    const char *place; /* NULL: no JSON */
    const char *text;  /* at that place, or in the body */
  } cases[] = {
    { "status:403", 403, "application/scim+json", "detail", "Fault 403" },
    { "status:404,scim", 404, "application/scim+json", "status", "404" },
    { "status:412,empty", 412, NULL, NULL, "" },
    { "status:502,html", 502, "text/html; charset=utf-8", NULL, "<h1>Bad Gateway</h1>" },
    { "status:500,text", 500, "text/plain; charset=utf-8", NULL, "Fault 500" },
    { "status:400,wso2", 400, "application/json", "description", "Fault 400" },
  };
  g_autoptr (RosterTestService) service = fault_service_new (personality);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FaultAnswer) answer = get_under (service, cases[i].plan, "/Users");

      g_assert_cmpuint (fault_answer_get_status (answer), ==, cases[i].status);
      assert_header (answer, "Content-Type", cases[i].type);
      assert_header (answer, "Retry-After", NULL);
      if (cases[i].place != NULL)
        service_test_assert (answer->body->str, cases[i].place, cases[i].text);
      else if (*cases[i].text != '\0')
        g_assert_nonnull (strstr (answer->body->str, cases[i].text));
      else
        g_assert_cmpuint (answer->body->len, ==, 0);
    }
}

static void
test_retry_after (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (FaultAnswer) seconds = get_under (service, "status:429,after=2", "/Users");
  g_autoptr (FaultAnswer) date = get_under (service, "status:429,empty,date=3600", "/Users");
  g_autofree char *text = fault_answer_dup_header (date, "Retry-After");
  g_autofree char *expected = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, 60);

  g_assert_cmpuint (fault_answer_get_status (seconds), ==, 429);
  assert_header (seconds, "Retry-After", "2");
  service_test_assert (seconds->body->str, "detail", "Fault 429");
  g_assert_cmpuint (fault_answer_get_status (date), ==, 429);
  /* As far as the hour: the minute may have passed. */
  expected = g_date_time_format (then, "%Y %H:");
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, expected));
  g_assert_true (g_str_has_suffix (text, " GMT"));
}

/* Nothing is done where the answer is another one. */
static void
test_nothing_done (gconstpointer personality)
{
  static const char *const plans[] = { "status:204,empty", "error-200", "redirect:same",
                                       "redirect:cross", "redirect:loop" };
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (FaultAnswer) answer = NULL;

      roster_test_service_set_fault (service, plans[i]);
      answer = fault_client_send (service, "DELETE", user, NULL);
      g_assert_cmpuint (fault_answer_get_status (answer), <, 400);
      fault_service_assert_stored (service, user, "id", user + strlen ("/Users/"));
    }
}

static void
test_error_200 (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (FaultAnswer) answer = get_under (service, "error-200", "/Users");

  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
  service_test_assert (answer->body->str, "schemas/0",
                       "urn:ietf:params:scim:api:messages:2.0:Error");
  service_test_assert (answer->body->str, "detail", "Fault error-200");
}

static void
test_type (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (FaultAnswer) answer =
    get_under (service, "\"type:text/html; charset=latin1\"", "/Users");

  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
  assert_header (answer, "Content-Type", "text/html; charset=latin1");
  service_test_assert (answer->body->str, "totalResults", "6");
}

/* Follows one redirect by hand. */
static guint
follow (RosterTestService *service, const char *location)
{
  g_autofree char *bearer = roster_test_bearer (roster_test_service_get_token (service));
  guint status;

  g_free (roster_test_request ("GET", location, bearer, NULL, &status));
  return status;
}

static void
test_redirect (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  const char *url = roster_test_service_get_url (service);
  g_autoptr (FaultAnswer) same = get_under (service, "redirect:same", "/Users?count=1");
  g_autofree char *to_same = fault_answer_dup_header (same, "Location");
  guint same_status = follow (service, to_same);
  g_autoptr (FaultAnswer) cross = get_under (service, "redirect:cross", "/Users");
  g_autofree char *to_cross = fault_answer_dup_header (cross, "Location");
  g_autoptr (FaultAnswer) loop = get_under (service, "redirect:loop", "/Users");
  g_autofree char *to_loop = fault_answer_dup_header (loop, "Location");
  g_autofree char *same_place = g_strconcat (url, "/Users?count=1&redirected=1", NULL);
  g_autofree char *loop_place = g_strconcat (url, "/Users", NULL);

  g_assert_cmpuint (fault_answer_get_status (same), ==, 302);
  g_assert_cmpstr (to_same, ==, same_place);
  g_assert_cmpuint (same_status, ==, 200);
  g_assert_cmpuint (fault_answer_get_status (cross), ==, 302);
  g_assert_true (g_str_has_prefix (to_cross, "http://localhost:"));
  g_assert_true (g_str_has_suffix (to_cross, "/Users?redirected=1"));
  g_assert_cmpstr (to_loop, ==, loop_place);
  g_assert_cmpuint (follow (service, to_loop), ==, 302);
  fault_service_assert_last (service, "GET", "302", "redirect");
}

static void
test_wrong_types (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) list = get_under (service, "wrong-types", "/Users");
  g_autoptr (FaultAnswer) one = fault_client_send (service, "GET", user, NULL);
  g_autoptr (FaultAnswer) schemas = fault_client_send (service, "GET", "/Schemas", NULL);
  g_autofree char *id = service_test_get (one->body->str, "id");
  g_autofree char *first = service_test_get (list->body->str, "Resources/0/id");
  g_autofree char *second = service_test_get (list->body->str, "Resources/1/id");

  service_test_assert (list->body->str, "totalResults", "many");
  g_assert_nonnull (strstr (one->body->str, "\"userName\":"));
  g_assert_null (strstr (one->body->str, "\"userName\":\""));
  g_assert_null (strstr (one->body->str, "\"schemas\":[\""));
  g_assert_cmpstr (id, ==, first);
  g_assert_cmpstr (first, !=, second);
  g_assert_nonnull (strstr (schemas->body->str, "\"multiValued\":\"perhaps\""));
}

static void
test_missing (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) list = get_under (service, "missing", "/Users");
  g_autoptr (FaultAnswer) one = fault_client_send (service, "GET", user, NULL);
  g_autoptr (FaultAnswer) without_id = get_under (service, "missing:id", "/Users");
  g_autoptr (FaultAnswer) schemas = fault_client_send (service, "GET", "/Schemas", NULL);

  service_test_assert (list->body->str, "totalResults", "6");
  service_test_assert (list->body->str, "Resources", NULL);
  service_test_assert (list->body->str, "schemas", NULL);
  service_test_assert (one->body->str, "id", NULL);
  service_test_assert (one->body->str, "userName", NULL);
  service_test_assert (one->body->str, "schemas", NULL);
  service_test_assert (one->body->str, "meta/resourceType", "User");
  service_test_assert (without_id->body->str, "Resources", "[6]");
  service_test_assert (without_id->body->str, "Resources/5/id", NULL);
  g_assert_nonnull (strstr (without_id->body->str, "\"userName\":"));
  g_assert_null (strstr (schemas->body->str, "\"id\":\"urn:"));
}

/* How deep arrays and objects are nested; texts in our answers hold no brackets. */
static guint
measure_depth (const char *json)
{
  guint depth = 0, deepest = 0;

  for (const char *p = json; *p != '\0'; p++)
    {
      if (*p == '[' || *p == '{')
        depth++;
      else if (*p == ']' || *p == '}')
        depth--;
      deepest = MAX (deepest, depth);
    }
  g_assert_cmpuint (depth, ==, 0);
  return deepest;
}

static void
test_deep (gconstpointer personality)
{
  static const guint levels[] = { 64, 65, 100000 };
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);

  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      g_autofree char *plan = g_strdup_printf ("deep:%u", levels[i]);
      g_autoptr (FaultAnswer) one = get_under (service, plan, user);
      g_autoptr (FaultAnswer) list = fault_client_send (service, "GET", "/Users", NULL);
      g_autoptr (FaultAnswer) schemas = fault_client_send (service, "GET", "/Schemas", NULL);

      g_assert_cmpuint (measure_depth (one->body->str), ==, levels[i]);
      g_assert_cmpuint (measure_depth (list->body->str), ==, levels[i]);
      g_assert_cmpuint (measure_depth (schemas->body->str), ==, levels[i]);
    }
}

/* The size of a gzipped body once it is decoded. */
static guint64
measure_decoded (const FaultAnswer *answer)
{
  g_autoptr (GConverter) decoder =
    G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autofree char *buffer = g_malloc (1024 * 1024);
  const char *data = answer->body->str;
  gsize left = answer->body->len;
  guint64 size = 0;
  GConverterResult result;

  do
    {
      g_autoptr (GError) error = NULL;
      gsize n_read, n_written;

      result = g_converter_convert (decoder, data, left, buffer, 1024 * 1024, G_CONVERTER_NO_FLAGS,
                                    &n_read, &n_written, &error);
      g_assert_no_error (error);
      data += n_read;
      left -= n_read;
      size += n_written;
    }
  while (result != G_CONVERTER_FINISHED);
  return size;
}

/* Undoes the chunks of HTTP/1.1. */
static void
join_chunks (FaultAnswer *answer)
{
  GString *whole = g_string_new (NULL);
  char *at = answer->body->str;
  gsize size;

  while ((size = (gsize)g_ascii_strtoull (at, &at, 16)) > 0)
    {
      at += strlen ("\r\n");
      g_string_append_len (whole, at, (gssize)size);
      at += size + strlen ("\r\n");
    }
  g_string_free (answer->body, TRUE);
  answer->body = whole;
}

static void
test_bomb (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) answer = get_under (service, "bomb", user);

  assert_header (answer, "Content-Encoding", "gzip");
  assert_header (answer, "Transfer-Encoding", "chunked");
  join_chunks (answer);
  g_assert_cmpuint (answer->body->len, <, 8 * 1024 * 1024);
  g_assert_cmpuint (measure_decoded (answer), >, 1024u * 1024 * 1024);
}

static void
test_huge (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) answer = get_under (service, "huge", user);
  const char *end;

  assert_header (answer, "Content-Encoding", NULL);
  assert_header (answer, "Content-Type", "application/scim+json");
  join_chunks (answer);
  g_assert_cmpuint (answer->body->len, >, 200 * 1024 * 1024);
  g_assert_true (g_str_has_prefix (answer->body->str, "{\"schemas\":["));
  end = answer->body->str + answer->body->len - strlen ("xx\"}");
  g_assert_cmpstr (end, ==, "xx\"}");
  fault_service_assert_last (service, "GET", "200", "huge");
}

/* What has no body gets one. */
static void
test_padded_nothing (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_set_fault (service, "deep:70");
  answer = fault_client_send (service, "DELETE", user, NULL);
  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
  g_assert_cmpuint (measure_depth (answer->body->str), ==, 70);
  fault_service_assert_stored (service, user, "id", NULL);
}

/* Other documents than JSON ones are left as they are. */
static void
test_no_json (gconstpointer personality)
{
  static const char *const plans[] = { "wrong-types", "missing", "odd-ids", "truncated",
                                       "drop-body" };
  g_autoptr (RosterTestService) service = fault_service_new (personality);

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autofree char *user = NULL;
      g_autofree char *plan = g_strdup_printf ("%s DELETE", plans[i]);
      g_autoptr (FaultAnswer) answer = NULL;

      roster_test_service_set_fault (service, "");
      user = fault_service_dup_user (service, 0);
      roster_test_service_set_fault (service, plan);
      answer = fault_client_send (service, "DELETE", user, NULL);
      g_assert_cmpuint (fault_answer_get_status (answer), ==,
                        g_str_equal (plans[i], "odd-ids") ? 404 : 204);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_test_add ("status", test_status_bodies);
  fault_test_add ("retry-after", test_retry_after);
  fault_test_add ("nothing-done", test_nothing_done);
  fault_test_add ("error-200", test_error_200);
  fault_test_add ("type", test_type);
  fault_test_add ("redirect", test_redirect);
  fault_test_add ("wrong-types", test_wrong_types);
  fault_test_add ("missing", test_missing);
  fault_test_add ("deep", test_deep);
  fault_test_add ("padded-nothing", test_padded_nothing);
  fault_test_add ("no-json", test_no_json);
  g_test_add_data_func ("/service/fault/bomb", "rfc", test_bomb);
  g_test_add_data_func ("/service/fault/huge", "wso2", test_huge);
  return g_test_run ();
}
