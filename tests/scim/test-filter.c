/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim/scim-error.h"
#include "scim/scim-filter.h"

#include <string.h>

static const char user_json[] =
  "{\"id\":\"1\",\"userName\":\"bjensen\",\"title\":\"\",\"active\":true,\"count\":1.10,"
  "\"big\":9223372036854775808,\"nothing\":null,\"zero\":\"a\\u0000b\","
  "\"name\":{\"familyName\":\"Ångström\",\"givenName\":\"José\"},"
  "\"emails\":[{\"type\":\"work\",\"value\":\"b@acme.example\",\"primary\":\"true\"},"
  "{\"type\":\"home\",\"value\":\"b@home.example\"},\"bare@acme.example\"],"
  "\"meta\":{\"lastModified\":\"2026-11-22T14:01:00+02:00\"},"
  "\"empty\":[],\"hollow\":{\"a\":\"\"},"
  "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{"
  "\"department\":\"Finance\",\"manager\":{\"value\":\"42\",\"displayName\":\"Kim\"}},"
  "\"urn:scim:wso2:schema\":{\"accountLocked\":\"true\",\"logins\":\"12\"}}";

static const struct
{
  const char *text;
  gboolean matches;
} match_cases[] = {
  { "userName eq \"BJensen\"", TRUE },
  { "USERNAME EQ \"bjensen\"", TRUE },
  { "userName ne \"bjensen\"", FALSE },
  { "userName co \"jen\"", TRUE },
  { "userName sw \"BJ\"", TRUE },
  { "userName ew \"sen\"", TRUE },
  { "userName ew \"sens\"", FALSE },
  { "userName gt \"bjensem\"", TRUE },
  { "userName lt \"bjensem\"", FALSE },
  { "userName ge \"bjensen\"", TRUE },
  { "userName le \"bjensen\"", TRUE },
  { "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"bjensen\"", TRUE },
  /* Composed and decomposed, capital and small. */
  { "name.familyName eq \"A\\u030ANGSTRO\\u0308M\"", TRUE },
  { "name.givenName eq \"jos\\u00e9\"", TRUE },
  { "name.givenName eq \"jose\"", FALSE },
  { "title pr", FALSE },
  { "userName pr", TRUE },
  { "nothing pr", FALSE },
  { "absent pr", FALSE },
  { "empty pr", FALSE },
  { "hollow pr", FALSE },
  { "name pr", TRUE },
  { "emails pr", TRUE },
  { "absent eq \"x\"", FALSE },
  { "absent ne \"x\"", FALSE },
  { "not (absent eq \"x\")", TRUE },
  { "absent eq null", TRUE },
  { "userName eq null", FALSE },
  { "userName ne null", TRUE },
  { "active eq true", TRUE },
  { "active eq false", FALSE },
  { "active eq \"TRUE\"", TRUE },
  { "active gt false", FALSE },
  { "count eq 1.1", TRUE },
  { "count gt 1", TRUE },
  { "count le 1", FALSE },
  { "big eq 9223372036854775808", TRUE },
  { "userName gt 1", FALSE },
  { "zero eq \"a\\u0000b\"", TRUE },
  { "zero eq \"a\"", FALSE },
  { "emails eq \"b@home.example\"", TRUE },
  { "emails eq \"bare@acme.example\"", TRUE },
  { "emails.value eq \"bare@acme.example\"", TRUE },
  { "emails.type eq \"home\"", TRUE },
  { "emails.type eq \"other\"", FALSE },
  { "emails[type eq \"work\" and value co \"acme\"]", TRUE },
  { "emails[type eq \"home\" and value co \"acme\"]", FALSE },
  { "emails[primary eq true]", TRUE },
  { "emails[value eq \"bare@acme.example\"]", TRUE },
  { "emails[type eq \"home\"] and userName eq \"bjensen\"", TRUE },
  { "meta.lastModified eq \"2026-11-22T14:01:00+02:00\"", TRUE },
  { "meta.lastModified lt \"2026-11-22T13:00:00Z\"", TRUE },
  { "meta.lastModified gt \"2026-11-22T12:00:59Z\"", TRUE },
  { "meta.lastModified gt \"2026-11-22T12:01:00Z\"", FALSE },
  { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department sw \"fin\"", TRUE },
  { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName eq \"kim\"",
    TRUE },
  { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager eq \"42\"", TRUE },
  { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User pr", TRUE },
  { "urn:scim:wso2:schema:accountLocked eq true", TRUE },
  { "urn:scim:wso2:schema:logins ge 12", TRUE },
  { "userName eq \"x\" or userName eq \"bjensen\" and active eq true", TRUE },
  { "(userName eq \"bjensen\" or active eq true) and title pr", FALSE },
  { "userName eq \"bjensen\" or active eq true and title pr", TRUE },
  { "not (userName eq \"x\") and not(title pr)", TRUE },
};

static const char *const invalid_filters[] = {
  "",
  " ",
  "userName",
  "userName eq",
  "userName eq bjensen",
  "userName eq 'x'",
  "userName eq \"x",
  "userName eq \"\\x\"",
  "userName eq 0x10",
  "userName eq 01",
  "userName eq TRUE",
  "userName eq {}",
  "userName eq []",
  "userName zz \"x\"",
  "userName eq \"x\" and",
  "userName eq \"x\" or ",
  "and userName eq \"x\"",
  "userName eq \"x\" userName eq \"y\"",
  "userName eq \"x\"and userName pr",
  "(userName pr",
  "userName pr)",
  "not userName pr",
  "not",
  "()",
  "emails[]",
  "emails[type eq \"work\"",
  "emails[type eq \"work\")",
  "emails[a[b pr]]",
  "emails[type eq \"work\"].value eq \"x\"",
  ".userName pr",
  "userName. pr",
  "a..b pr",
  "1a pr",
  "x:y pr",
  "\xff pr",
  "userName eq \"\xc3\x28\"",
};

/* What is written is read as the same again; NULL: the text itself. */
static const struct
{
  const char *text;
  const char *written;
} written_cases[] = {
  { "userName eq \"a\\\"b\"", NULL },
  { "USERNAME  EQ   true", "USERNAME eq true" },
  { "a pr and b pr and c pr", NULL },
  { "a pr and (b pr and c pr)", NULL },
  { "a pr or b pr and c pr", NULL },
  { "(a pr or b pr) and c pr", NULL },
  { "a pr and (b pr or c pr)", NULL },
  { "((a pr))", "a pr" },
  { "not(a pr)", "not (a pr)" },
  { "emails[type eq \"work\" and not (primary eq true)]", NULL },
};

static void
test_match (void)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (user_json, -1, NULL);

  g_assert_nonnull (json);
  for (guint i = 0; i < G_N_ELEMENTS (match_cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimFilter) filter = scim_filter_new (match_cases[i].text, &error);

      g_test_message ("%s", match_cases[i].text);
      g_assert_no_error (error);
      g_assert_true (scim_filter_matches (filter, scim_json_get_root (json)) ==
                     match_cases[i].matches);
    }
}

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid_filters); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimFilter) filter = scim_filter_new (invalid_filters[i], &error);

      g_test_message ("invalid filter %u", i);
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_FILTER);
      g_assert_null (filter);
    }
}

static void
test_position (void)
{
  g_autoptr (GError) error = NULL;

  /* Characters, not bytes. */
  g_assert_null (scim_filter_new ("a eq \"éé\" x", &error));
  g_assert_nonnull (strstr (error->message, "character 11"));
}

static char *
nested (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '(');
  g_string_append (text, "a pr");
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *deep = nested (31);
  g_autofree char *too_deep = nested (32);
  g_autofree char *abyss = nested (100000);
  g_autoptr (ScimFilter) filter = scim_filter_new (deep, NULL);
  g_autoptr (GString) chain = g_string_new ("a pr");

  g_assert_nonnull (filter);
  g_assert_null (scim_filter_new (too_deep, NULL));
  g_assert_null (scim_filter_new (abyss, NULL));
  for (guint i = 0; i < 1000; i++)
    g_string_append (chain, " and a pr");
  g_assert_null (scim_filter_new (chain->str, NULL));
  g_string_truncate (chain, chain->len - strlen (" and a pr"));
  scim_filter_unref (filter);
  filter = scim_filter_new (chain->str, NULL);
  g_assert_nonnull (filter);
}

static void
test_to_string (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (written_cases); i++)
    {
      const char *expected =
        written_cases[i].written != NULL ? written_cases[i].written : written_cases[i].text;
      g_autoptr (ScimFilter) filter = scim_filter_new (written_cases[i].text, NULL);
      g_autofree char *text = scim_filter_to_string (filter);

      g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_build (void)
{
  g_autoptr (ScimFilter) left =
    scim_filter_new_compare_text ("displayName", SCIM_OP_CO, "Rock \"and\" Roll");
  g_autoptr (ScimFilter) right = scim_filter_new_compare ("active", SCIM_OP_EQ, "true");
  g_autoptr (ScimFilter) both = scim_filter_new_and (left, right);
  g_autofree char *text = scim_filter_to_string (both);

  g_assert_cmpstr (text, ==, "displayName co \"Rock \\\"and\\\" Roll\" and active eq true");
  g_assert_cmpint (scim_filter_get_kind (both), ==, SCIM_FILTER_AND);
  g_assert_true (scim_filter_get_left (both) == left);
  g_assert_true (scim_filter_get_right (both) == right);
  g_assert_null (scim_filter_get_path (both));
  g_assert_cmpstr (scim_filter_get_path (left), ==, "displayName");
  g_assert_cmpint (scim_filter_get_op (left), ==, SCIM_OP_CO);
  g_assert_cmpstr (scim_filter_get_raw_value (right), ==, "true");
  g_assert_null (scim_filter_new_compare ("a", SCIM_OP_EQ, "[1]"));
  g_assert_null (scim_filter_new_compare ("a", SCIM_OP_EQ, "1 2"));
}

/* Any bytes give a filter or an error, and a filter can be written, read and matched. */
static void
test_random (void)
{
  static const char *const pieces[] = { "a",    " ",     "eq", "and", "or", "not", "(",    ")",
                                        "[",    "]",     "\"", "\\",  "pr", "1",   "true", ".",
                                        "urn:", "\"x\"", "é",  "-",   "e",  "null" };
  g_autoptr (ScimJson) json = scim_json_new_from_text (user_json, -1, NULL);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (ScimFilter) filter = NULL;
      guint n = (guint)g_test_rand_int_range (0, 14);

      for (guint j = 0; j < n; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      filter = scim_filter_new (text->str, NULL);
      if (filter != NULL)
        {
          g_autofree char *written = scim_filter_to_string (filter);
          g_autoptr (ScimFilter) again = scim_filter_new (written, NULL);
          g_autofree char *rewritten = scim_filter_to_string (again);

          g_assert_cmpstr (written, ==, rewritten);
          g_assert_true (scim_filter_matches (filter, scim_json_get_root (json)) ==
                         scim_filter_matches (again, scim_json_get_root (json)));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scim/filter/match", test_match);
  g_test_add_func ("/scim/filter/invalid", test_invalid);
  g_test_add_func ("/scim/filter/position", test_position);
  g_test_add_func ("/scim/filter/limits", test_limits);
  g_test_add_func ("/scim/filter/to-string", test_to_string);
  g_test_add_func ("/scim/filter/build", test_build);
  g_test_add_func ("/scim/filter/random", test_random);
  return g_test_run ();
}
