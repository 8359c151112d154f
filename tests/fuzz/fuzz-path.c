/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-resource.h"

#include <string.h>

/* Input: a path. What is accepted is read back from what is written of it, leads to what was put
 * there, and to nothing once that was taken away. */

static const char user[] =
  "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"u1\",\"userName\":"
  "\"kim\",\"active\":true,\"name\":{\"givenName\":\"Kim\"},\"emails\":[{\"value\":"
  "\"kim@example.com\",\"type\":\"work\",\"primary\":true},\"k@example.org\"],\"meta\":{},"
  "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{\"manager\":{\"value\":\"u2\"}},"
  "\"urn:x:2.0\":{\"a.b\":1},\"urn:x:2.0:y\":{\"a\":1}}";

static void
assert_same (const ScimPath *a, const ScimPath *b)
{
  g_autofree char *left = a->filter != NULL ? scim_filter_to_string (a->filter) : NULL;
  g_autofree char *right = b->filter != NULL ? scim_filter_to_string (b->filter) : NULL;

  g_assert_cmpstr (a->schema, ==, b->schema);
  g_assert_cmpstr (a->attribute, ==, b->attribute);
  g_assert_cmpstr (left, ==, right);
  g_assert_cmpstr (a->sub_attribute, ==, b->sub_attribute);
}

static void
check_path (const ScimPath *path, const ScimSchemas *schemas)
{
  g_autofree char *text = scim_path_to_string (path);
  g_autofree char *text_again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimPath) again = scim_path_new (text, schemas, &error);
  g_autoptr (ScimPath) copy = scim_path_copy (path);

  g_assert_no_error (error);
  g_assert_true (path->attribute != NULL || (path->filter == NULL && path->sub_attribute == NULL));
  g_assert_true (path->attribute != NULL || path->schema != NULL);
  assert_same (path, again);
  assert_same (path, copy);
  text_again = scim_path_to_string (again);
  g_assert_cmpstr (text_again, ==, text);
}

static void
check_parse (const char *text, const ScimSchemas *schemas)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimPath) path = scim_path_new (text, schemas, &error);

  if (path != NULL)
    check_path (path, schemas);
  else
    roster_fuzz_assert_told (error);
  g_assert_true ((path == NULL) == (error != NULL));
  if (schemas != NULL)
    scim_schemas_find (schemas, text);
}

static void
check_resource (const char *text, const char *raw)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (user, strlen (user));
  g_autoptr (ScimResource) resource = scim_resource_new (bytes, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) with = scim_resource_set (resource, text, raw, &error);
  g_autoptr (ScimResource) without = NULL;
  g_autofree char *main_value = scim_resource_dup_main_value (resource, text);
  g_autofree char *found = NULL;

  if (main_value != NULL)
    g_assert_true (g_utf8_validate (main_value, -1, NULL));
  if (with == NULL)
    {
      roster_fuzz_assert_told (error);
      return;
    }
  found = scim_node_dup_raw (scim_resource_get (with, text));
  g_assert_cmpstr (found, ==, raw);
  without = scim_resource_set (with, text, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (scim_node_exists (scim_resource_get (without, text)));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *)data, size) : g_strdup ("");
  const ScimSchemas *schemas = roster_fuzz_get_schemas ();

  check_parse (text, NULL);
  check_parse (text, schemas);
  /* The paths of a document are text of a document. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  check_resource (text, "\"set\"");
  check_resource (text, "{\"value\":[1.10]}");
  return 0;
}
