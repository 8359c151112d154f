/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "scim/scim-error.h"
#include "scim/scim-json.h"

static ScimJson *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  ScimJson *json = scim_json_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (json);
  return json;
}

static ScimNode
get (const ScimJson *json, const char *name)
{
  return scim_node_get_member (scim_json_get_root (json), name);
}

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, (gssize)length, &error);

  if (json != NULL)
    g_test_message ("accepted, though it is no JSON");
  g_assert_null (json);
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
}

static void
assert_raw (ScimNode node, const char *expected)
{
  g_autofree char *raw = scim_node_dup_raw (node);

  g_assert_cmpstr (raw, ==, expected);
}

static void
test_accepted (void)
{
  static const char *const documents[] = {
    "0",
    "-0",
    "1.10",
    "-1e5",
    "1E+05",
    "0.0e-0",
    "123456789012345678901234567890",
    "true",
    "false",
    "null",
    "\"\"",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"",
    "\"\\ud83d\\ude00\"",
    "\"\\u0000\"",
    "\"\x7f\"",
    "\"\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf\"",
    "\"\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\"",
    " \t\r\n[ ] ",
    "{ }",
    "[[],{},[{}]]",
    "{\"a\":1,\"a\":2}",
    "{\"\":0}",
    "[\"12345678901234567890\",1 , 2\n,\t3]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (ScimJson) json = parse (documents[i]);
      gsize length;
      const char *raw = g_bytes_get_data (scim_json_get_bytes (json), &length);

      g_assert_cmpmem (raw, length, documents[i], strlen (documents[i]));
      g_assert_true (scim_node_exists (scim_json_get_root (json)));
    }
}

/* Passed over, but never sent (RFC 8259 section 8.1). */
static void
test_byte_order_mark (void)
{
  g_autoptr (ScimJson) json = parse ("\xef\xbb\xbf {\"a\":1}");
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) changed = scim_json_replace (get (json, "a"), "2", &error);
  g_autoptr (GBytes) expected = g_bytes_new_static (" {\"a\":2}", 8);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (scim_json_get_bytes (changed), expected));
}

static void
test_refused (void)
{
  static const char *const documents[] = {
    "",
    " ",
    "\xef\xbb\xbf",
    "nul",
    "nulll",
    "True",
    "NaN",
    "Infinity",
    "-Infinity",
    "-",
    "+1",
    "01",
    "-01",
    "1.",
    ".5",
    "1.e5",
    "1e",
    "1e+",
    "0x10",
    "1_000",
    "1 2",
    "\"",
    "\"a",
    "'a'",
    "\"\\x\"",
    "\"\\",
    "\"\\u12",
    "\"\\u12g4\"",
    "\"\\u\"",
    "\"\n\"",
    "\"\t\"",
    "\"\x1f\"",
    "\"\x80\"",
    "\"\xc0\x80\"",
    "\"\xc3\"",
    "\"\xc3(\"",
    "\"\xe0\x80\x80\"",
    "\"\xed\xa0\x80\"",
    "\"\xf0\x80\x80\x80\"",
    "\"\xf4\x90\x80\x80\"",
    "\"\xf5\x80\x80\x80\"",
    "\"\xe2\x82\"",
    "\"\xff\"",
    "\"\\ud800\"",
    "\"\\udc00\"",
    "\"\\ud800\\ud800\"",
    "\"\\ud800x\"",
    "\"\\ud800\\n\"",
    "[",
    "]",
    "[1",
    "[1,",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1}",
    "{",
    "}",
    "{\"a\"",
    "{\"a\":",
    "{\"a\":1",
    "{\"a\":1,",
    "{\"a\":1,}",
    "{,}",
    "{a:1}",
    "{1:1}",
    "{\"a\" 1}",
    "{\"a\":1]",
    "{\"a\":}",
    "{\"a\":1 \"b\":2}",
    "[]]",
    "{}{}",
    "[] x",
    "// c\n1",
    "/* c */1",
    "[1,/**/2]",
    "\v1",
    "\f1",
    "\xc2\xa0"
    "1",
    "u",
    "\x01",
    "\xef\xbb\xbf\xef\xbb\xbf{}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (documents); i++)
    assert_refused (documents[i], strlen (documents[i]));
  assert_refused ("\"a\0b\"", 5);
  assert_refused ("[1]\0", 4);
  assert_refused ("\0", 1);
  assert_refused ("\"\\\0\"", 4);
}

/* Strings are scanned eight bytes at a time: every byte value counts at every place of a word. */
static void
test_every_byte (void)
{
  for (guint position = 1; position < 20; position++)
    {
      for (guint byte = 0; byte < 256; byte++)
        {
          char text[] = "\"abcdefghijklmnopqrs\"";
          gboolean plain = byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\';
          g_autoptr (ScimJson) json = NULL;

          text[position] = (char)byte;
          /* A backslash makes an escape of some of the letters that follow. */
          if (byte == '\\' && strchr ("bfnrt\"", text[position + 1]) != NULL)
            continue;
          json = scim_json_new_from_text (text, sizeof text - 1, NULL);
          g_assert_true ((json != NULL) == plain);
          if (json != NULL)
            assert_raw (scim_json_get_root (json), text);
        }
    }
}

/* The error says where. */
static void
test_error_offset (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (scim_json_new_from_text ("{\"a\": tru}", -1, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
  g_assert_nonnull (strstr (error->message, "byte 6"));
}

/* Nothing reads past the end: each beginning of a document is copied to where ASan would see. */
static void
test_truncated (void)
{
  static const char sample[] =
    "{\"schemas\":[\"urn:x\"],\"id\":\"2819\\u00e9\\ud83d\\ude00\",\"n\":-1.5e+3,\"ok\":true,"
    "\"no\":false,\"nil\":null,\"name\":{\"g\":\"B\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\"},"
    "\"list\":[1,{\"a\":[]},\"a long plain text without anything in it\"]}";

  for (gsize length = 0; length < sizeof sample - 1; length++)
    {
      g_autofree char *copy = g_memdup2 (sample, MAX (length, 1));
      g_autoptr (GBytes) bytes = g_bytes_new_take (g_steal_pointer (&copy), length);
      g_autoptr (ScimJson) json = scim_json_new (bytes, NULL, NULL);

      g_assert_null (json);
    }
  scim_json_unref (parse (sample));
}

static char *
nest (guint depth, const char *open, const char *inner, const char *close)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append (text, open);
  g_string_append (text, inner);
  for (guint i = 0; i < depth; i++)
    g_string_append (text, close);
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  const ScimJsonLimits narrow = { .max_bytes = 20, .max_tokens = 4, .max_depth = 2 };
  const ScimJsonLimits wide = { .max_bytes = G_MAXSIZE, .max_tokens = G_MAXUINT, .max_depth = 100 };
  const ScimJsonLimits none = { 0 };
  static const struct
  {
    const char *text;
    gboolean accepted;
  } cases[] = {
    { "[1,2,3]", TRUE },
    { "[1,2,3,4]", FALSE },
    { "{\"a\":1}", TRUE },
    { "{\"a\":1,\"b\":2}", FALSE },
    { "[[1]]", TRUE },
    { "[[[]]]", FALSE },
    { "\"123456789012345678\"", TRUE },
    { "\"1234567890123456789\"", FALSE },
  };
  g_autofree char *deep64 = nest (64, "[", "1", "]");
  g_autofree char *deep65 = nest (65, "{\"a\":", "1", "}");
  g_autofree char *deep100k = nest (100000, "[", "", "]");
  g_autofree char *open100k = nest (100000, "[", "", "");
  g_autoptr (ScimJson) json = parse (deep64);
  g_autoptr (GBytes) bytes = g_bytes_new_static (deep65, strlen (deep65));
  g_autoptr (GBytes) empty = g_bytes_new_static (NULL, 0);
  g_autoptr (ScimJson) deep = scim_json_new (bytes, &wide, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) text = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
      g_autoptr (ScimJson) limited = scim_json_new (text, &narrow, NULL);

      g_test_message ("%s", cases[i].text);
      g_assert_true ((limited != NULL) == cases[i].accepted);
    }
  g_assert_nonnull (deep);
  g_assert_null (scim_json_new (bytes, &none, NULL));
  g_assert_null (scim_json_new (empty, NULL, NULL));
  assert_refused (deep65, strlen (deep65));
  assert_refused (deep100k, strlen (deep100k));
  assert_refused (open100k, strlen (open100k));
}

static void
test_huge_tokens (void)
{
  g_autofree char *filler = g_strnfill (3 * 1024 * 1024, 'x');
  g_autofree char *digits = g_strnfill (1024 * 1024, '9');
  g_autofree char *text = g_strdup_printf ("{\"%s\":\"%s\",\"n\":%s}", filler, filler, digits);
  g_autoptr (ScimJson) json = parse (text);
  g_autofree char *value = scim_node_dup_text (get (json, filler));
  gint64 number;

  g_assert_cmpstr (value, ==, filler);
  assert_raw (get (json, "n"), digits);
  g_assert_false (scim_node_get_int64 (get (json, "n"), &number));
}

static void
test_walk (void)
{
  g_autoptr (ScimJson) json =
    parse ("{ \"a\" : [ 1 , {\"x\":[]}, \"s\" ] , \"B\":{}, \"b\":null,\"\\u0063\":true}");
  ScimNode root = scim_json_get_root (json);
  ScimNode list = get (json, "a");
  ScimNode node;
  g_autofree char *key = NULL;

  g_assert_cmpint (scim_node_get_type (root), ==, SCIM_JSON_OBJECT);
  g_assert_cmpuint (scim_node_get_size (root), ==, 4);
  g_assert_true (scim_node_is_same (scim_node_get_first (root), list));
  g_assert_cmpuint (scim_node_get_size (list), ==, 3);
  assert_raw (scim_node_get_element (list, 0), "1");
  assert_raw (scim_node_get_element (list, 1), "{\"x\":[]}");
  assert_raw (scim_node_get_element (list, 2), "\"s\"");
  g_assert_false (scim_node_exists (scim_node_get_element (list, 3)));
  g_assert_false (scim_node_exists (scim_node_get_element (root, 0)));
  node = scim_node_get_next (list);
  assert_raw (node, "{}");
  g_assert_false (scim_node_exists (scim_node_get_first (node)));
  node = scim_node_get_next (scim_node_get_next (node));
  key = scim_node_dup_key (node);
  g_assert_cmpstr (key, ==, "c");
  g_assert_false (scim_node_exists (scim_node_get_next (node)));
  g_assert_null (scim_node_dup_key (scim_node_get_element (list, 0)));
  g_assert_false (scim_node_exists (scim_node_get_next (root)));
}

static void
test_member (void)
{
  g_autoptr (ScimJson) json =
    parse ("{\"username\":1,\"userName\":2,\"NAME\":3,\"\\u0065mails\":4,\"d\":5,\"d\":6}");

  assert_raw (get (json, "userName"), "2");
  assert_raw (get (json, "username"), "1");
  assert_raw (get (json, "USERNAME"), "1");
  assert_raw (get (json, "name"), "3");
  assert_raw (get (json, "Emails"), "4");
  assert_raw (get (json, "d"), "5");
  g_assert_false (scim_node_exists (get (json, "user")));
  g_assert_false (scim_node_exists (get (json, "")));
  g_assert_false (scim_node_exists (scim_node_get_member (get (json, "d"), "d")));
}

static void
test_nothing (void)
{
  ScimNode none = SCIM_NODE_NONE;
  gboolean truth;
  gint64 number;
  gsize length = 7;

  g_assert_cmpint (scim_node_get_type (none), ==, SCIM_JSON_NONE);
  g_assert_false (scim_node_exists (none));
  g_assert_null (scim_node_get_raw (none, &length));
  g_assert_cmpuint (length, ==, 0);
  g_assert_null (scim_node_dup_raw (none));
  g_assert_null (scim_node_dup_key (none));
  g_assert_null (scim_node_dup_text (none));
  g_assert_null (scim_node_dup_string (none, &length));
  g_assert_cmpuint (scim_node_get_size (none), ==, 0);
  g_assert_false (scim_node_exists (scim_node_get_first (none)));
  g_assert_false (scim_node_exists (scim_node_get_next (none)));
  g_assert_false (scim_node_exists (scim_node_get_member (none, "a")));
  g_assert_false (scim_node_get_boolean (none, &truth));
  g_assert_false (scim_node_get_int64 (none, &number));
  g_assert_true (scim_node_equal (none, none));
  g_assert_null (scim_json_replace (none, "1", NULL));
  g_assert_null (scim_json_remove (none, NULL));
  g_assert_null (scim_json_add_member (none, "a", "1", NULL));
  g_assert_null (scim_json_add_element (none, "1", NULL));
}

static void
test_strings (void)
{
  static const char expected[] = "a\"\\/\b\f\n\r\t\xc3\xa9\xf0\x9f\x98\x80\0z";
  g_autoptr (ScimJson) json = parse (
    "[\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\uD83D\\uDE00\\u0000z\",\"plain\",1.10,true,null,[]]");
  ScimNode root = scim_json_get_root (json);
  gsize length;
  g_autofree char *text = scim_node_dup_string (scim_node_get_element (root, 0), &length);
  g_autofree char *plain = scim_node_dup_text (scim_node_get_element (root, 1));
  g_autofree char *number = scim_node_dup_text (scim_node_get_element (root, 2));
  g_autofree char *truth = scim_node_dup_text (scim_node_get_element (root, 3));

  g_assert_cmpmem (text, length, expected, sizeof expected - 1);
  g_assert_null (scim_node_dup_text (scim_node_get_element (root, 0)));
  g_assert_cmpstr (plain, ==, "plain");
  g_assert_cmpstr (number, ==, "1.10");
  g_assert_cmpstr (truth, ==, "true");
  g_assert_null (scim_node_dup_text (scim_node_get_element (root, 4)));
  g_assert_null (scim_node_dup_text (scim_node_get_element (root, 5)));
  g_assert_null (scim_node_dup_string (scim_node_get_element (root, 2), NULL));
}

static void
test_scalars (void)
{
  static const struct
  {
    const char *text;
    int truth; /* -1: none */
    gboolean is_number;
    gint64 number;
  } cases[] = {
    { "true", 1, FALSE, 0 },
    { "\"True\"", 1, FALSE, 0 },
    { "\"FALSE\"", 0, FALSE, 0 },
    { "\"yes\"", -1, FALSE, 0 },
    { "1", -1, TRUE, 1 },
    { "\"-12\"", -1, TRUE, -12 },
    { "9223372036854775807", -1, TRUE, G_MAXINT64 },
    { "-9223372036854775808", -1, TRUE, G_MININT64 },
    { "9223372036854775808", -1, FALSE, 0 },
    { "1.5", -1, FALSE, 0 },
    { "1e3", -1, FALSE, 0 },
    { "\"\"", -1, FALSE, 0 },
    { "\" 1\"", -1, FALSE, 0 },
    { "\"1\\u0000\"", -1, FALSE, 0 },
    { "[1]", -1, FALSE, 0 },
    { "null", -1, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimJson) json = parse (cases[i].text);
      ScimNode root = scim_json_get_root (json);
      gboolean truth = FALSE;
      gint64 number = 0;

      g_test_message ("%s", cases[i].text);
      g_assert_true (scim_node_get_boolean (root, &truth) == (cases[i].truth >= 0));
      g_assert_true (truth == (cases[i].truth == 1));
      g_assert_true (scim_node_get_int64 (root, &number) == cases[i].is_number);
      g_assert_cmpint (number, ==, cases[i].number);
    }
}

static void
test_equal (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean equal;
  } cases[] = {
    { "{\"a\":1,\"b\":[2]}", "{ \"b\" : [ 2 ], \"a\" : 1 }", TRUE },
    { "{\"a\":1}", "{\"A\":1}", FALSE },
    { "{\"a\":1}", "{\"\\u0061\":1}", TRUE },
    { "{\"a\":1,\"a\":1}", "{\"a\":1,\"b\":1}", FALSE },
    { "{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", FALSE },
    { "{\"a\":1}", "{\"a\":1,\"b\":2}", FALSE },
    { "{\"a\":{\"x\":1,\"y\":2}}", "{\"a\":{\"y\":2,\"x\":1}}", TRUE },
    { "{\"b\":1,\"a\":{\"y\":2}}", "{\"a\":{\"y\":3},\"b\":1}", FALSE },
    { "[1,2]", "[2,1]", FALSE },
    { "[1,2]", "[1,2,3]", FALSE },
    { "1.0", "1", FALSE },
    { "1", "\"1\"", FALSE },
    { "\"\\u00e9\"", "\"\xc3\xa9\"", TRUE },
    { "\"a\\u0000b\"", "\"a\\u0000c\"", FALSE },
    { "null", "false", FALSE },
    { "[]", "{}", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimJson) a = parse (cases[i].a);
      g_autoptr (ScimJson) b = parse (cases[i].b);

      g_test_message ("%s %s", cases[i].a, cases[i].b);
      g_assert_true (scim_node_equal (scim_json_get_root (a), scim_json_get_root (b)) ==
                     cases[i].equal);
      g_assert_true (scim_node_equal (scim_json_get_root (b), scim_json_get_root (a)) ==
                     cases[i].equal);
    }
}

/* Comparing every level twice would never end here, and neither would comparing all pairs. */
static void
test_equal_hostile (void)
{
  g_autofree char *one = nest (60, "{\"a\":", "1,\"b\":2", "}");
  g_autofree char *other = nest (60, "{\"a\":", "2,\"b\":2", "}");
  g_autoptr (GString) forward = g_string_new ("{\"k\":0");
  g_autoptr (GString) backward = g_string_new ("{");
  g_autoptr (ScimJson) a = parse (one);
  g_autoptr (ScimJson) b = parse (other);
  g_autoptr (ScimJson) c = NULL;
  g_autoptr (ScimJson) d = NULL;

  g_assert_false (scim_node_equal (scim_json_get_root (a), scim_json_get_root (b)));
  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (forward, ",\"k%u\":%u", i, i);
      g_string_append_printf (backward, "\"k%u\":%u,", 99999 - i, 99999 - i);
    }
  g_string_append_c (forward, '}');
  g_string_append (backward, "\"k\":0}");
  c = parse (forward->str);
  d = parse (backward->str);
  g_assert_false (scim_json_has_duplicate_keys (c));
  g_assert_true (scim_node_equal (scim_json_get_root (c), scim_json_get_root (d)));
}

/* A name with U+0000 must not pass for another one. */
static void
test_key_with_nul (void)
{
  g_autoptr (ScimJson) json = parse ("{\"id\\u0000x\":1,\"id\":2}");
  ScimNode odd = scim_node_get_first (scim_json_get_root (json));
  g_autofree char *key = scim_node_dup_key (odd);
  g_autofree char *id = scim_node_dup_key (scim_node_get_next (odd));

  g_assert_cmpstr (key, ==, "id\xef\xbf\xbdx");
  g_assert_cmpstr (id, ==, "id");
  g_assert_false (scim_node_exists (get (json, key)));
  assert_raw (get (json, "id"), "2");
}

static void
test_duplicates (void)
{
  static const struct
  {
    const char *text;
    gboolean duplicates;
  } cases[] = {
    { "{\"a\":1,\"b\":2}", FALSE },
    { "{\"a\":1,\"A\":2}", FALSE },
    { "{\"a\":1,\"a\":2}", TRUE },
    { "{\"a\":1,\"\\u0061\":2}", TRUE },
    { "{\"a\" :1,\"a\":2}", TRUE }, /* what follows a key is no part of it */
    { "{\"a\\u0000b\":1,\"a\\u0000c\":2}", FALSE },
    { "[{\"a\":1},{\"a\":1}]", FALSE },
    { "[{\"a\":{\"x\":[{\"q\":1,\"q\":1}]}}]", TRUE },
    { "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,"
      "\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1,\"a\":1}",
      TRUE },
    { "7", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimJson) json = parse (cases[i].text);

      g_assert_true (scim_json_has_duplicate_keys (json) == cases[i].duplicates);
    }
}

static void
test_quote (void)
{
  static const char text[] = "a\"\\\n\t\x01\x7f\xc3\xa9\xf0\x9f\x98\x80\0z";
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *quoted = scim_json_quote ("12345678\xff-\xed\xa0\x80");
  g_autoptr (ScimJson) json = NULL;
  g_autofree char *back = NULL;
  gsize length;

  scim_json_append_string (out, text, sizeof text - 1);
  g_assert_cmpstr (out->str, ==, "\"a\\\"\\\\\\n\\t\\u0001\x7f\xc3\xa9\xf0\x9f\x98\x80\\u0000z\"");
  json = parse (out->str);
  back = scim_node_dup_string (scim_json_get_root (json), &length);
  g_assert_cmpmem (back, length, text, sizeof text - 1);
  g_assert_cmpstr (quoted, ==, "\"12345678\xef\xbf\xbd-\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void
assert_edited (ScimJson *taken, const char *expected)
{
  g_autoptr (ScimJson) json = taken;

  g_assert_nonnull (json);
  assert_raw (scim_json_get_root (json), expected);
}

static void
test_edit (void)
{
  g_autoptr (ScimJson) json =
    parse ("{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] , \"o\":{ } }");
  ScimNode root = scim_json_get_root (json);
  ScimNode list = get (json, "l");
  g_autoptr (ScimJson) single = parse ("[ [ 1 ] ]");
  ScimNode inner = scim_node_get_element (scim_json_get_root (single), 0);

  assert_edited (scim_json_replace (get (json, "n"), "{}", NULL),
                 "{ \"n\" : {} , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] , \"o\":{ } }");
  assert_edited (scim_json_remove (get (json, "n"), NULL),
                 "{ \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] , \"o\":{ } }");
  assert_edited (scim_json_remove (get (json, "o"), NULL),
                 "{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] }");
  assert_edited (scim_json_remove (scim_node_get_element (list, 2), NULL),
                 "{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ] , \"o\":{ } }");
  assert_edited (scim_json_remove (scim_node_get_element (inner, 0), NULL), "[ [ ] ]");
  assert_edited (scim_json_add_member (get (json, "o"), "k\n", "[]", NULL),
                 "{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] , "
                 "\"o\":{\"k\\n\":[] } }");
  assert_edited (scim_json_add_member (root, "k", "0", NULL),
                 "{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3 ] , "
                 "\"o\":{ },\"k\":0 }");
  assert_edited (scim_json_add_element (list, "4", NULL),
                 "{ \"n\" : 1.10 , \"z\":\"a\\u0000b\", \"l\" : [ 1, 2 ,3,4 ] , \"o\":{ } }");
}

/* What is put in cannot change the document around it. */
static void
test_edit_refused (void)
{
  static const char *const values[] = { "", "1,2", "1,\"x\":2", "1}", "]", "\"", "nope", "1 1" };
  g_autoptr (ScimJson) json = parse ("{\"a\":[1]}");
  ScimNode root = scim_json_get_root (json);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_assert_null (scim_json_replace (get (json, "a"), values[i], &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
      g_clear_error (&error);
      g_assert_null (scim_json_add_member (root, "b", values[i], NULL));
      g_assert_null (scim_json_add_element (get (json, "a"), values[i], NULL));
    }
  g_assert_null (scim_json_remove (root, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
  g_assert_null (scim_json_add_member (get (json, "a"), "b", "1", NULL));
  g_assert_null (scim_json_add_element (root, "1", NULL));
}

/* Random bytes, mostly of JSON's alphabet: they are refused or they come back. */
static void
test_random (void)
{
  static const char alphabet[] = "{}[]:,\"\\u0dD8e+-.1tfn \xc3\xa9";

  for (guint i = 0; i < 200000; i++)
    {
      char text[24];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof text);
      g_autoptr (ScimJson) json = NULL;

      for (gsize j = 0; j < length; j++)
        text[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      json = scim_json_new_from_text (text, (gssize)length, NULL);
      if (json != NULL)
        {
          g_autofree char *raw = scim_node_dup_raw (scim_json_get_root (json));
          g_autoptr (ScimJson) again = parse (raw);

          g_assert_true (g_utf8_validate (raw, -1, NULL));
          g_assert_true (scim_node_equal (scim_json_get_root (json), scim_json_get_root (again)));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scim/json/accepted", test_accepted);
  g_test_add_func ("/scim/json/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/scim/json/refused", test_refused);
  g_test_add_func ("/scim/json/every-byte", test_every_byte);
  g_test_add_func ("/scim/json/error-offset", test_error_offset);
  g_test_add_func ("/scim/json/truncated", test_truncated);
  g_test_add_func ("/scim/json/limits", test_limits);
  g_test_add_func ("/scim/json/huge-tokens", test_huge_tokens);
  g_test_add_func ("/scim/json/walk", test_walk);
  g_test_add_func ("/scim/json/member", test_member);
  g_test_add_func ("/scim/json/nothing", test_nothing);
  g_test_add_func ("/scim/json/strings", test_strings);
  g_test_add_func ("/scim/json/scalars", test_scalars);
  g_test_add_func ("/scim/json/equal", test_equal);
  g_test_add_func ("/scim/json/equal-hostile", test_equal_hostile);
  g_test_add_func ("/scim/json/key-with-nul", test_key_with_nul);
  g_test_add_func ("/scim/json/duplicates", test_duplicates);
  g_test_add_func ("/scim/json/quote", test_quote);
  g_test_add_func ("/scim/json/edit", test_edit);
  g_test_add_func ("/scim/json/edit-refused", test_edit_refused);
  g_test_add_func ("/scim/json/random", test_random);
  return g_test_run ();
}
