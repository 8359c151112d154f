/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "scim/scim-error.h"
#include "scim/scim-path.h"

static void
test_accepted (void)
{
  static const struct
  {
    const char *text;
    const char *schema;
    const char *attribute;
    gboolean has_filter;
    const char *sub_attribute;
  } cases[] = {
    { "userName", NULL, "userName", FALSE, NULL },
    { "name.givenName", NULL, "name", FALSE, "givenName" },
    { "members.$ref", NULL, "members", FALSE, "$ref" },
    { "a-b_c9", NULL, "a-b_c9", FALSE, NULL },
    { "emails[type eq \"work\"]", NULL, "emails", TRUE, NULL },
    { "emails[type eq \"work\"].value", NULL, "emails", TRUE, "value" },
    { "emails[value eq \"a]\\\".b[\"].value", NULL, "emails", TRUE, "value" },
    { "emails[value eq \"urn:x:y\"]", NULL, "emails", TRUE, NULL },
    { SCIM_URN_ENTERPRISE_USER, SCIM_URN_ENTERPRISE_USER, NULL, FALSE, NULL },
    { SCIM_URN_ENTERPRISE_USER ":manager.value", SCIM_URN_ENTERPRISE_USER, "manager", FALSE,
      "value" },
    { SCIM_URN_CORE_USER ":userName", SCIM_URN_CORE_USER, "userName", FALSE, NULL },
    { SCIM_URN_CORE_USER ":emails[type eq \"a:b\"].value", SCIM_URN_CORE_USER, "emails", TRUE,
      "value" },
    { SCIM_URN_WSO2_SYSTEM ":accountLocked", SCIM_URN_WSO2_SYSTEM, "accountLocked", FALSE, NULL },
    /* unknown: the last colon */
    { "urn:some:thing:2.0:User:badge.number", "urn:some:thing:2.0:User", "badge", FALSE, "number" },
  };
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();

  for (guint i = 0; i < G_N_ELEMENTS (cases) * 2; i++)
    {
      guint n = i / 2;
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimPath) path = scim_path_new (cases[n].text, i % 2 ? schemas : NULL, &error);
      g_autoptr (ScimPath) copy = NULL;
      g_autofree char *text = NULL;

      g_test_message ("%s", cases[n].text);
      g_assert_no_error (error);
      copy = scim_path_copy (path);
      g_assert_cmpstr (copy->schema, ==, cases[n].schema);
      g_assert_cmpstr (copy->attribute, ==, cases[n].attribute);
      g_assert_true ((copy->filter != NULL) == cases[n].has_filter);
      g_assert_cmpstr (copy->sub_attribute, ==, cases[n].sub_attribute);
      text = scim_path_to_string (copy);
      g_assert_cmpstr (text, ==, cases[n].text);
    }
}

/* A service's own schema tells where its URN ends, whatever the case. */
static void
test_schemas (void)
{
  g_autoptr (ScimJson) json =
    scim_json_new_from_text ("[{\"id\":\"urn:x:Short\",\"name\":\"s\",\"attributes\":[]},"
                             "{\"id\":\"urn:x:Short:Long\",\"name\":\"l\",\"attributes\":[]}]",
                             -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_from_json (json, &error);
  g_autoptr (ScimPath) whole = NULL;
  g_autoptr (ScimPath) inner = NULL;

  g_assert_no_error (error);
  whole = scim_path_new ("URN:X:short:long", schemas, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (whole->schema, ==, "URN:X:short:long");
  g_assert_null (whole->attribute);
  inner = scim_path_new ("urn:x:Short:badge", schemas, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (inner->schema, ==, "urn:x:Short");
  g_assert_cmpstr (inner->attribute, ==, "badge");
}

/* One URN may begin with another that is known: what follows it holds the next colon. */
static void
test_longer_urn (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimPath) path =
    scim_path_new (SCIM_URN_ENTERPRISE_USER ":more:badge", schemas, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (path->schema, ==, SCIM_URN_ENTERPRISE_USER ":more");
  g_assert_cmpstr (path->attribute, ==, "badge");
}

static void
test_refused (void)
{
  static const char *const paths[] = {
    "",
    ".",
    "a.",
    ".a",
    "a..b",
    "a.b.c",
    "a b",
    "a[",
    "a]",
    "a[]]",
    "1a",
    "a.1",
    "é",
    "a\n",
    "urn:x:",
    "userName:x",
    ":x",
    "urn:x:a b",
    "a[type eq \"x\"]b",
    "a[type eq \"x\"].",
    "a[type eq \"x\"].b.c",
    "a[type eq \"x\"][b pr]",
    "[type eq \"x\"]",
    "a[type eq \"]",
    "\"a\"",
    "a/b",
    "urn:x:2.0",
  };
  static const char *const filters[] = { "a[]", "a[type]", "a[type eq x y]", "a[type zz \"x\"]" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      ScimPath *path = scim_path_new (paths[i], NULL, &error);

      g_test_message ("%u", i);
      g_assert_null (path);
      g_assert_true (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_INVALID_PATH) ||
                     g_error_matches (error, SCIM_ERROR, SCIM_ERROR_INVALID_FILTER));
    }
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (scim_path_new (filters[i], NULL, &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_FILTER);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scim/path/accepted", test_accepted);
  g_test_add_func ("/scim/path/schemas", test_schemas);
  g_test_add_func ("/scim/path/longer-urn", test_longer_urn);
  g_test_add_func ("/scim/path/refused", test_refused);
  return g_test_run ();
}
