/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "scim/scim-error.h"
#include "scim/scim-resource.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER
#define ODD_URN    "urn:a:b.c:2.0:User"

static ScimResource *
make (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ScimResource *resource = scim_resource_new (bytes, &error);

  g_assert_no_error (error);
  return resource;
}

static void
test_new (void)
{
  g_autoptr (GBytes) array = g_bytes_new_static ("[]", 2);
  g_autoptr (GBytes) broken = g_bytes_new_static ("{", 1);
  g_autoptr (ScimJson) page = scim_json_new_from_text ("[ {\"id\" : \"1\" } ]", -1, NULL);
  g_autoptr (ScimResource) inner =
    scim_resource_new_from_node (scim_node_get_element (scim_json_get_root (page), 0));
  g_autoptr (ScimResource) again = scim_resource_ref (inner);
  g_autoptr (ScimResource) changed = NULL;
  g_autoptr (GBytes) bytes = scim_resource_dup_bytes (inner);
  g_autoptr (GBytes) changed_bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (scim_resource_new (array, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_null (scim_resource_new (broken, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
  g_clear_error (&error);

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "{\"id\" : \"1\" }",
                   13);
  changed = scim_resource_set (inner, "a", "2", &error);
  g_assert_no_error (error);
  changed_bytes = scim_resource_dup_bytes (changed);
  g_assert_cmpmem (g_bytes_get_data (changed_bytes, NULL), g_bytes_get_size (changed_bytes),
                   "{\"id\" : \"1\",\"a\":2 }", 19);
}

static void
test_get (void)
{
  static const struct
  {
    const char *path;
    const char *text;
  } cases[] = {
    { "userName", "DEFAULT/kim" },
    { "USERNAME", "DEFAULT/kim" },
    { SCIM_URN_CORE_USER ":userName", "DEFAULT/kim" },
    { "name.givenName", "Kim" },
    { SCIM_URN_CORE_USER ":name.givenName", "Kim" },
    { ENTERPRISE ":manager.value", "m1" },
    { "URN:ietf:params:scim:schemas:extension:enterprise:2.0:user:Manager.Value", "m1" },
    { ODD_URN ":badge", "7" },
    { "emails[type eq \"home\"].value", "h@x" },
    { "emails[value eq \"bare@x\"].value", "bare@x" },
    { "emails.value", "bare@x" },
    { "emails.type", "home" },
    { "nickName", NULL },
    { "name", NULL },
    { "name.nope", NULL },
    { "name[givenName eq \"Kim\"].givenName", "Kim" },
    { "name[givenName eq \"Tim\"].givenName", NULL },
    { "emails[type eq \"x\"].value", NULL },
    { "userName.value", "DEFAULT/kim" },
    { "userName.x", NULL },
    { "urn:not:there:User:badge", NULL },
    { "a..b", NULL },
  };
  g_autoptr (ScimResource) resource =
    make ("{\"userName\":\"DEFAULT/kim\",\"name\":{\"givenName\":\"Kim\"},\"flag\":\"True\","
          "\"emails\":[\"bare@x\",{\"type\":\"home\",\"value\":\"h@x\"}],"
          "\"" ENTERPRISE "\":{\"manager\":{\"value\":\"m1\"}},\"" ODD_URN "\":{\"badge\":7}}");
  gboolean flag = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = scim_resource_dup_text (resource, cases[i].path);

      g_test_message ("%s", cases[i].path);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_true (scim_resource_get_boolean (resource, "flag", &flag));
  g_assert_true (flag);
  g_assert_false (scim_resource_get_boolean (resource, "userName", &flag));
  g_assert_cmpuint (scim_node_get_size (scim_resource_get (resource, ENTERPRISE)), ==, 1);
  g_assert_cmpuint (scim_node_get_size (scim_resource_get (resource, ODD_URN)), ==, 1);
}

static void
test_main_value (void)
{
  static const struct
  {
    const char *resource;
    const char *expected;
  } cases[] = {
    { "{\"e\":[{\"value\":\"a\"},{\"value\":\"b\",\"primary\":true}]}", "b" },
    { "{\"e\":[{\"value\":\"a\"},{\"value\":\"b\",\"primary\":\"true\"}]}", "b" },
    { "{\"e\":[{\"value\":\"a\"},{\"value\":\"b\"}]}", "a" },
    { "{\"e\":[{\"type\":\"x\"},{\"value\":\"b\"}]}", "b" },
    { "{\"e\":[{\"value\":\"a\",\"primary\":true},{\"value\":\"b\",\"primary\":true}]}", "a" },
    { "{\"e\":[\"a\",{\"value\":\"b\"}]}", "a" },
    { "{\"e\":[null,7]}", "7" },
    { "{\"e\":[{\"formatted\":\"Street\"}]}", "Street" },
    { "{\"e\":[{\"display\":\"Shown\"}]}", "Shown" },
    { "{\"e\":\"a\"}", "a" },
    { "{\"e\":{\"value\":\"a\"}}", "a" },
    { "{\"e\":[]}", NULL },
    { "{\"e\":[[]]}", NULL },
    { "{}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimResource) resource = make (cases[i].resource);
      g_autofree char *text = scim_resource_dup_main_value (resource, "e");

      g_test_message ("%s", cases[i].resource);
      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_title (void)
{
  static const struct
  {
    const char *resource;
    const char *expected;
  } cases[] = {
    { "{\"displayName\":\"D\",\"name\":{\"formatted\":\"F\"}}", "D" },
    { "{\"displayName\":\" \",\"name\":{\"formatted\":\"F\"}}", "F" },
    { "{\"name\":{\"givenName\":\"G\",\"familyName\":\"H\"}}", "G H" },
    { "{\"name\":{\"givenName\":\"G\"},\"userName\":\"u\"}", "G" },
    { "{\"name\":{\"familyName\":\"H\"},\"userName\":\"u\"}", "H" },
    { "{\"name\":\"odd\",\"userName\":\"S/u\",\"id\":\"1\"}", "u" },
    { "{\"id\":\"1\"}", "1" },
    { "{\"displayName\":\"a\\u202eb\"}", "a\xef\xbf\xbd"
                                         "b" },
    { "{}", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimResource) resource = make (cases[i].resource);
      g_autofree char *title = scim_resource_dup_title (resource);

      g_assert_cmpstr (title, ==, cases[i].expected);
    }
}

static void
test_set (void)
{
  static const struct
  {
    const char *resource;
    const char *path;
    const char *raw;
    const char *expected; /* NULL: refused */
  } cases[] = {
    { "{ \"n\" : 1.10,\"a\":9223372036854775808 }", "b", "\"x\"",
      "{ \"n\" : 1.10,\"a\":9223372036854775808,\"b\":\"x\" }" },
    { "{\"NickName\" : 1, \"z\":\"a\\u0000b\"}", "nickname", "2",
      "{\"NickName\" : 2, \"z\":\"a\\u0000b\"}" },
    { "{\"a\":1}", "a", NULL, "{}" },
    { "{\"a\":1}", "b", NULL, "{\"a\":1}" },
    { "{\"a\":1,\"A\":2,\"b\":3}", "a", NULL, "{\"b\":3}" },
    { "{}", "name.givenName", "\"K\"", "{\"name\":{\"givenName\":\"K\"}}" },
    { "{\"name\":null}", "name.givenName", "\"K\"", "{\"name\":{\"givenName\":\"K\"}}" },
    { "{\"name\":{\"a\":1}}", "Name.A", NULL, "{}" },
    { "{\"name\":{\"a\":1,\"b\":2}}", "name.a", NULL, "{\"name\":{\"b\":2}}" },
    { "{\"emails\":[]}", "emails.value", "1", NULL },
    { "{\"emails\":[]}", "emails[type eq \"x\"].value", "1", NULL },
    { "{}", "a b", "1", NULL },
    { "{}", "a", "1,\"b\":2", NULL },
    { "{}", SCIM_URN_CORE_USER, "{}", NULL },
    { "{\"a\":1}", SCIM_URN_CORE_USER ":a", "2", "{\"a\":2}" },
    { "{\"schemas\":[\"c\"]}", ENTERPRISE ":manager.value", "\"1\"",
      "{\"schemas\":[\"c\",\"" ENTERPRISE "\"],\"" ENTERPRISE
      "\":{\"manager\":{\"value\":\"1\"}}}" },
    { "{\"schemas\":\"c\"}", ENTERPRISE ":a", "1",
      "{\"schemas\":[\"c\",\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"a\":1}}" },
    { "{\"schemas\":null}", ENTERPRISE ":a", "1",
      "{\"schemas\":[\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"a\":1}}" },
    { "{}", ODD_URN ":a", "1", "{\"" ODD_URN "\":{\"a\":1},\"schemas\":[\"" ODD_URN "\"]}" },
    { "{\"schemas\":[\"c\",\"" ODD_URN "\"],\"" ODD_URN "\":{\"a\":1}}", ODD_URN ":a", NULL,
      "{\"schemas\":[\"c\"]}" },
    { "{\"schemas\":[\"c\",\"" ODD_URN "\"],\"" ODD_URN "\":{\"m\":{\"a\":1}}}", ODD_URN ":m.a",
      NULL, "{\"schemas\":[\"c\"]}" },
    { "{\"schemas\":[\"c\",\"" ODD_URN "\"],\"" ODD_URN "\":{\"a\":1}}", ODD_URN, NULL,
      "{\"schemas\":[\"c\"]}" },
    { "{\"schemas\":[\"" ODD_URN "\"],\"" ODD_URN "\":{\"a\":1}}", ODD_URN, "{\"b\":2}",
      "{\"schemas\":[\"" ODD_URN "\"],\"" ODD_URN "\":{\"b\":2}}" },
    { "{\"a\":1}", ENTERPRISE, NULL, "{\"a\":1}" },
    { "{}", ENTERPRISE, "7", NULL },
    { "{\"schemas\":[]}", "schemas:core", "7", NULL },
    { "{\"" ENTERPRISE "\":{\"a\":1}}", ENTERPRISE, "[]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimResource) resource = make (cases[i].resource);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) changed =
        scim_resource_set (resource, cases[i].path, cases[i].raw, &error);
      g_autofree char *raw = NULL;

      g_test_message ("%s in %s", cases[i].path, cases[i].resource);
      if (cases[i].expected == NULL)
        {
          g_assert_null (changed);
          g_assert_nonnull (error);
          continue;
        }
      g_assert_no_error (error);
      raw = scim_node_dup_raw (scim_resource_get_root (changed));
      g_assert_cmpstr (raw, ==, cases[i].expected);
    }
}

static void
test_user_name (void)
{
  static const struct
  {
    const char *text, *store, *name;
  } cases[] = {
    { "DEFAULT/kim@x.org", "DEFAULT", "kim@x.org" },
    { "A/b/c", "A", "b/c" },
    { "kim", NULL, "kim" },
    { "/kim", NULL, "/kim" },
    { "kim/", NULL, "kim/" },
    { "", NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *store = NULL;

      g_assert_cmpstr (scim_user_name_split (cases[i].text, &store), ==, cases[i].name);
      g_assert_cmpstr (store, ==, cases[i].store);
      g_assert_cmpstr (scim_user_name_split (cases[i].text, NULL), ==, cases[i].name);
    }
}

static void
test_list (void)
{
  static const struct
  {
    const char *text;
    int n; /* -1: refused */
    guint n_invalid;
    gint64 total, per_page, start;
  } cases[] = {
    { "{\"totalResults\":2,\"itemsPerPage\":2,\"startIndex\":1,\"Resources\":[{\"id\":\"1\"},{}]}",
      2, 0, 2, 2, 1 },
    { "{\"totalResults\":\"7\",\"resources\":[{}]}", 1, 0, 7, -1, -1 },
    { "{\"totalResults\":0}", 0, 0, 0, -1, -1 },
    { "{\"totalResults\":0,\"Resources\":null}", 0, 0, 0, -1, -1 },
    { "{\"Resources\":[{},\"x\",null,[],{}]}", 2, 3, -1, -1, -1 },
    { "[{},{}]", 2, 0, -1, -1, -1 },
    { "[]", 0, 0, -1, -1, -1 },
    { "{\"totalResults\":-5,\"startIndex\":1.5,\"itemsPerPage\":1e400}", 0, 0, -1, -1, -1 },
    { "{\"Resources\":{}}", -1, 0, 0, 0, 0 },
    { "{\"Resources\":\"x\"}", -1, 0, 0, 0, 0 },
    { "{\"id\":\"1\",\"userName\":\"kim\"}", -1, 0, 0, 0, 0 },
    { "{}", -1, 0, 0, 0, 0 },
    { "null", -1, 0, 0, 0, 0 },
    { "<html>", -1, 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (cases[i].text, strlen (cases[i].text));
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimList) list = scim_list_new (bytes, &error);

      g_test_message ("%s", cases[i].text);
      if (cases[i].n < 0)
        {
          g_assert_null (list);
          g_assert_nonnull (error);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint ((int)list->resources->len, ==, cases[i].n);
      g_assert_cmpuint (list->n_invalid, ==, cases[i].n_invalid);
      g_assert_cmpint (list->total_results, ==, cases[i].total);
      g_assert_cmpint (list->items_per_page, ==, cases[i].per_page);
      g_assert_cmpint (list->start_index, ==, cases[i].start);
    }
}

/* Resources outlive the page they came in. */
static void
test_list_ownership (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new ("[{\"id\":\"1\"}]", 12);
  ScimList *list = scim_list_new (bytes, NULL);
  g_autoptr (ScimResource) resource = scim_resource_ref (g_ptr_array_index (list->resources, 0));
  g_autofree char *id = NULL;

  scim_list_free (list);
  id = scim_resource_dup_text (resource, "id");
  g_assert_cmpstr (id, ==, "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scim/resource/new", test_new);
  g_test_add_func ("/scim/resource/get", test_get);
  g_test_add_func ("/scim/resource/main-value", test_main_value);
  g_test_add_func ("/scim/resource/title", test_title);
  g_test_add_func ("/scim/resource/set", test_set);
  g_test_add_func ("/scim/resource/user-name", test_user_name);
  g_test_add_func ("/scim/resource/list", test_list);
  g_test_add_func ("/scim/resource/list-ownership", test_list_ownership);
  return g_test_run ();
}
