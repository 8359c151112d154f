/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "scim/scim-error.h"

static GError *
make (guint status, const char *content_type, const char *body)
{
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  return scim_error_new_from_response (status, content_type, bytes, -1);
}

static void
test_codes (void)
{
  static const struct
  {
    guint status;
    ScimErrorCode code;
    const char *message;
  } cases[] = {
    { 302, SCIM_ERROR_REDIRECTED, "Found" },
    { 400, SCIM_ERROR_BAD_REQUEST, "Bad Request" },
    { 401, SCIM_ERROR_SIGN_IN, "Unauthorized" },
    { 403, SCIM_ERROR_FORBIDDEN, "Forbidden" },
    { 404, SCIM_ERROR_NOT_FOUND, "Not Found" },
    { 405, SCIM_ERROR_NOT_IMPLEMENTED, "Method Not Allowed" },
    { 409, SCIM_ERROR_CONFLICT, "Conflict" },
    { 412, SCIM_ERROR_PRECONDITION_FAILED, "Precondition Failed" },
    { 413, SCIM_ERROR_BAD_REQUEST, "Content Too Large" },
    { 429, SCIM_ERROR_TOO_MANY_REQUESTS, "Too Many Requests" },
    { 499, SCIM_ERROR_BAD_REQUEST, "HTTP status 499" },
    { 500, SCIM_ERROR_SERVER, "Internal Server Error" },
    { 501, SCIM_ERROR_NOT_IMPLEMENTED, "Not Implemented" },
    { 503, SCIM_ERROR_SERVER, "Service Unavailable" },
    { 204, SCIM_ERROR_PROTOCOL, "HTTP status 204" },
    { 700, SCIM_ERROR_PROTOCOL, "HTTP status 700" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = make (cases[i].status, NULL, NULL);

      g_assert_error (error, SCIM_ERROR, (int)cases[i].code);
      g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_cmpuint (scim_error_get_http_status (error), ==, cases[i].status);
      g_assert_null (scim_error_get_detail (error));
      g_assert_null (scim_error_get_scim_type (error));
      g_assert_cmpint (scim_error_get_retry_after (error), ==, -1);
    }
}

static void
test_bodies (void)
{
  static const struct
  {
    const char *type;
    const char *body;
    const char *detail; /* NULL: nothing of use */
    const char *scim_type;
  } cases[] = {
    { "application/scim+json",
      "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"scimType\":"
      "\"invalidValue\","
      "\"detail\":\"No good\",\"status\":\"400\"}",
      "No good", "invalidValue" },
    { NULL, "{\"schemas\":\"x\",\"Detail\":\"No good\",\"status\":400}", "No good", NULL },
    { "application/json",
      "{\"code\":\"X\",\"message\":\"short\",\"description\":\"long\",\"traceId\":\"t\"}", "long",
      NULL },
    { NULL, "{\"message\":\"short\",\"description\":\"\"}", "short", NULL },
    { NULL, "{\"error\":\"invalid_client\",\"error_description\":\"Who?\"}", "Who?", NULL },
    { NULL, "{\"error\":\"invalid_client\"}", "invalid_client", NULL },
    { NULL, "{\"error\":{\"code\":7,\"message\":\"inner\"}}", "inner", NULL },
    { NULL, "{\"Errors\":[{\"description\":\"old\",\"code\":\"404\"}]}", "old", NULL },
    { NULL, "[{\"message\":\"listed\"}]", "listed", NULL },
    { NULL, "{\"detail\":42}", "42", NULL },
    { NULL, "\"Forbidden here\"", "Forbidden here", NULL },
    { NULL, "{\"detail\":null,\"scimType\":{}}", NULL, NULL },
    { NULL, "{\"detail\":\"  \"}", NULL, NULL },
    { NULL, "{\"detail\":\"a\\u202eb\\nc\\u0000d\"}",
      "a\xef\xbf\xbd"
      "b c\xef\xbf\xbd"
      "d",
      NULL },
    { NULL, "{}", NULL, NULL },
    { NULL, "[]", NULL, NULL },
    { NULL, "", NULL, NULL },
    { "application/json", "{\"detail\":\"broken", NULL, NULL },
    { "text/plain; charset=utf-8", " Access denied\r\n", "Access denied", NULL },
    { "application/json", "Access denied", "Access denied", NULL },
    { "text/html",
      "<!DOCTYPE html><html><head><TITLE lang=en>502 <b>Bad</b> Gateway &amp; more</TITLE></head>"
      "<body>x</body>",
      "502 Bad Gateway & more", NULL },
    { "text/html", "<html><body>No title here</body></html>", NULL, NULL },
    { "text/html", "<html><title>open", NULL, NULL },
    { "text/html", "<html><title", NULL, NULL },
    { "text/plain", "<script>alert(1)</script>", NULL, NULL },
    { "image/png", "PNG", NULL, NULL },
    { "text/plain", "\xff\xfe\x01", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = make (403, cases[i].type, cases[i].body);

      g_test_message ("%u", i);
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_FORBIDDEN);
      g_assert_cmpstr (scim_error_get_detail (error), ==, cases[i].detail);
      g_assert_cmpstr (error->message, ==, cases[i].detail != NULL ? cases[i].detail : "Forbidden");
      g_assert_cmpstr (scim_error_get_scim_type (error), ==, cases[i].scim_type);
    }
}

static void
test_long_bodies (void)
{
  g_autofree char *filler = g_strnfill (100 * 1024, 'x');
  g_autofree char *json = g_strdup_printf ("{\"detail\":\"%s\"}", filler);
  g_autofree char *medium = g_strdup_printf ("{\"detail\":\"%.5000s\"}", filler);
  g_autoptr (GError) too_long = make (500, NULL, json);
  g_autoptr (GError) cut = make (500, NULL, medium);
  g_autoptr (GError) text = make (500, "text/plain", filler);

  g_assert_null (scim_error_get_detail (too_long));
  g_assert_cmpint (g_utf8_strlen (scim_error_get_detail (cut), -1), ==, 2000);
  g_assert_true (g_str_has_suffix (cut->message, "x…"));
  g_assert_cmpint (g_utf8_strlen (text->message, -1), ==, 2000);
}

static void
test_private (void)
{
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"detail\":\"d\",\"scimType\":\"t\"}", 29);
  g_autoptr (GError) error = scim_error_new_from_response (429, NULL, body, 12);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) ours = scim_error_new (SCIM_ERROR_UNSUPPORTED, "no %s", "way");
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "late");

  g_clear_error (&error);
  g_prefix_error (&copy, "Listing: ");
  g_assert_cmpstr (copy->message, ==, "Listing: d");
  g_assert_cmpuint (scim_error_get_http_status (copy), ==, 429);
  g_assert_cmpstr (scim_error_get_detail (copy), ==, "d");
  g_assert_cmpstr (scim_error_get_scim_type (copy), ==, "t");
  g_assert_cmpint (scim_error_get_retry_after (copy), ==, 12);

  g_assert_error (ours, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED);
  g_assert_cmpstr (ours->message, ==, "no way");
  g_assert_cmpuint (scim_error_get_http_status (ours), ==, 0);
  g_assert_cmpint (scim_error_get_retry_after (ours), ==, -1);

  g_assert_cmpuint (scim_error_get_http_status (foreign), ==, 0);
  g_assert_null (scim_error_get_detail (foreign));
  g_assert_null (scim_error_get_scim_type (foreign));
  g_assert_cmpint (scim_error_get_retry_after (foreign), ==, -1);
}

#define SHOWN "\xef\xbf\xbd"

static void
test_safe_text (void)
{
  static const struct
  {
    const char *text;
    guint max_chars;
    const char *expected;
  } cases[] = {
    { "", 10, "" },
    { "plain é 😀", 20, "plain é 😀" },
    { "a\nb\tc\rd", 20, "a b c d" },
    { "a\x1b[31mb\x7f", 20, "a" SHOWN "[31mb" SHOWN },
    { "\xc2\x85", 20, SHOWN },                /* C1 */
    { "\xe2\x80\xa8\xe2\x80\xa9", 20, "  " }, /* line separators */
    { "\xe2\x80\xaa\xe2\x80\xae\xe2\x81\xa6\xe2\x81\xa9", 20, SHOWN SHOWN SHOWN SHOWN },
    { "\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c", 20, SHOWN SHOWN SHOWN }, /* marks */
    { "\xe2\x80\x8b\xef\xbb\xbf\xc2\xad\xe2\x81\xa0", 20, SHOWN SHOWN SHOWN SHOWN },
    { "a\xe2\x80\x8d"
      "b",
      20, "a" SHOWN "b" },                                /* joiner between Latin */
    { "می\xe2\x80\x8cخواهم", 20, "می\xe2\x80\x8cخواهم" }, /* and in Persian */
    { "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 20,
      "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb" },                /* and in an emoji */
    { "\xe3\x85\xa4", 20, SHOWN },                                     /* Hangul filler */
    { "\xe2\x81\xa5\xcd\x8f\xf3\xa0\xbf\xbf", 20, SHOWN SHOWN SHOWN }, /* drawn as nothing, too */
    { "\xe2\x9d\xa4\xef\xb8\x8f", 20, "\xe2\x9d\xa4\xef\xb8\x8f" },    /* a form is chosen */
    { "\xf3\xa0\x81\x81", 20, SHOWN },                                 /* tag */
    { "a\xff"
      "b\xe2\x82",
      20, "a" SHOWN "b" SHOWN SHOWN },
    { "<b>&", 20, "<b>&" },
    { "abcdef", 6, "abcdef" },
    { "abcdef", 5, "abcd…" },
    { "ééé", 2, "é…" },
    { "ab", 1, "…" },
    { "ab", 0, "" },
  };
  g_autofree char *with_nul = scim_text_make_safe ("a\0b", 3, 10);
  g_autofree char *nothing = scim_text_make_safe (NULL, 0, 10);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = scim_text_make_safe (cases[i].text, -1, cases[i].max_chars);

      g_test_message ("%u", i);
      g_assert_cmpstr (safe, ==, cases[i].expected);
    }
  g_assert_cmpstr (with_nul, ==, "a" SHOWN "b");
  g_assert_cmpstr (nothing, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scim/error/codes", test_codes);
  g_test_add_func ("/scim/error/bodies", test_bodies);
  g_test_add_func ("/scim/error/long-bodies", test_long_bodies);
  g_test_add_func ("/scim/error/private", test_private);
  g_test_add_func ("/scim/error/safe-text", test_safe_text);
  return g_test_run ();
}
