/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-dialect.h"
#include "scim/scim-patch.h"

#include <string.h>

/* Input: two resources, a line each, and a body of PATCH. The difference of the two makes the
 * second of the first; the body is refused, or applied to the first without touching what nobody
 * may write. */

#define CORE_PREFIX "urn:ietf:params:scim:schemas:core:"

static char *normal_form (ScimNode node, gboolean is_resource);

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static char *
join_sorted (GPtrArray *parts, char open, char close)
{
  GString *out = g_string_new (NULL);

  g_ptr_array_sort (parts, compare_texts);
  g_string_append_c (out, open);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (out, "%s,", (char *)g_ptr_array_index (parts, i));
  g_string_append_c (out, close);
  return g_string_free (out, FALSE);
}

static gboolean
is_kept_by_service (const char *key)
{
  return g_ascii_strcasecmp (key, "id") == 0 || g_ascii_strcasecmp (key, "meta") == 0 ||
         g_ascii_strcasecmp (key, "schemas") == 0 || g_ascii_strcasecmp (key, "password") == 0;
}

static char *
normal_form_of_object (ScimNode node, gboolean is_resource)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);
      g_autofree char *lower = g_ascii_strdown (key, -1);
      g_autofree char *value = normal_form (child, FALSE);

      if (value != NULL && !(is_resource && is_kept_by_service (key)))
        g_ptr_array_add (parts, g_strdup_printf ("%s=%s", lower, value));
    }
  return parts->len > 0 || is_resource ? join_sorted (parts, '{', '}') : NULL;
}

/* null, [], {} and absence are one, letters' case and order in objects and arrays do not count.
 * NULL: there is nothing. */
static char *
normal_form (ScimNode node, gboolean is_resource)
{
  g_autoptr (GPtrArray) parts = NULL;
  GString *text;

  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return NULL;
    case SCIM_JSON_OBJECT:
      return normal_form_of_object (node, is_resource);
    case SCIM_JSON_ARRAY:
      parts = g_ptr_array_new_with_free_func (g_free);
      for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
           child = scim_node_get_next (child))
        {
          char *value = normal_form (child, FALSE);

          g_ptr_array_add (parts, value != NULL ? value : g_strdup ("null"));
        }
      return parts->len > 0 ? join_sorted (parts, '[', ']') : NULL;
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    case SCIM_JSON_STRING:
    default:
      text = g_string_new (NULL);
      roster_fuzz_write_node (text, node, SCIM_NODE_NONE, FALSE);
      return g_string_free (text, FALSE);
    }
}

/* Names that stand twice or cannot be asked for have no one meaning, nor has a core attribute under
 * its URN, nor a name with a colon that is no extension. */
static gboolean
is_plain_resource (const ScimResource *resource)
{
  ScimNode root = scim_resource_get_root (resource);

  for (ScimNode child = scim_node_get_first (root); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);

      if (g_ascii_strncasecmp (key, CORE_PREFIX, strlen (CORE_PREFIX)) == 0 ||
          (strchr (key, ':') != NULL && scim_node_get_type (child) != SCIM_JSON_OBJECT))
        return FALSE;
    }
  return !roster_fuzz_has_odd_keys (root);
}

static void
check_body (const ScimPatch *patch)
{
  g_autoptr (GBytes) bytes = scim_patch_to_bytes (patch);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new (bytes, NULL, &error);
  g_autoptr (ScimPatch) again = NULL;

  g_assert_no_error (error);
  if (scim_patch_get_n (patch) == 0 || scim_patch_get_n (patch) > 1000)
    return;
  again = scim_patch_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (scim_patch_get_n (again), ==, scim_patch_get_n (patch));
  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *one = scim_patch_get_at (patch, i);
      const ScimPatchOp *other = scim_patch_get_at (again, i);

      g_assert_cmpint (one->kind, ==, other->kind);
      g_assert_cmpstr (one->path, ==, other->path);
      g_assert_cmpstr (one->value, ==, other->value);
    }
}

static void
check_dialects (const ScimPatch *patch, const ScimResource *target, const ScimSchemas *schemas)
{
  const ScimDialect *const dialects[] = { &scim_dialect_rfc, &scim_dialect_wso2 };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      g_autoptr (GBytes) body = dialects[i]->wrap_operations (patch, target, schemas);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimJson) json = scim_json_new (body, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (json);
    }
}

static void
assert_no_difference (const ScimResource *a, const ScimResource *b, const ScimSchemas *schemas)
{
  g_autoptr (ScimPatch) patch = scim_patch_diff (a, b, schemas);

  g_assert_cmpuint (scim_patch_get_n (patch), ==, 0);
}

/* Some services send one value where several belong. A service that knows the schema makes a list
 * of it when it is added, which is as good but not the same. */
static gboolean
has_bare_values (const ScimResource *resource, const ScimSchemas *schemas)
{
  for (guint i = 0; i < scim_schemas_get_n (schemas); i++)
    {
      const ScimSchema *schema = scim_schemas_get_at (schemas, i);

      for (guint j = 0; j < schema->attributes->len; j++)
        {
          const ScimAttribute *attribute = g_ptr_array_index (schema->attributes, j);
          g_autofree char *path = scim_attribute_dup_path (attribute);
          ScimNode node = scim_resource_get (resource, path);

          if (attribute->multi_valued && scim_node_exists (node) &&
              scim_node_get_type (node) != SCIM_JSON_ARRAY)
            return TRUE;
        }
    }
  return FALSE;
}

/* With schemas what is read-only stays, so that only what may be written is compared. */
static void
check_difference (const ScimResource *base, const ScimResource *target, const ScimSchemas *schemas)
{
  g_autoptr (ScimPatch) patch = scim_patch_diff (base, target, schemas);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) result = NULL;
  g_autoptr (ScimResource) checked = NULL;
  g_autofree char *wanted = NULL;
  g_autofree char *reached = NULL;

  assert_no_difference (base, base, schemas);
  check_body (patch);
  check_dialects (patch, target, schemas);
  if (!is_plain_resource (base) || !is_plain_resource (target))
    return;
  result = scim_patch_apply (patch, base, NULL, &error);
  g_assert_no_error (error);
  assert_no_difference (result, target, schemas);
  if (schemas == NULL)
    {
      wanted = normal_form (scim_resource_get_root (target), TRUE);
      reached = normal_form (scim_resource_get_root (result), TRUE);
      g_assert_cmpstr (reached, ==, wanted);
      return;
    }
  /* The service refuses what does not fit, but nothing else. */
  checked = scim_patch_apply (patch, base, schemas, &error);
  if (checked != NULL && !has_bare_values (target, schemas))
    assert_no_difference (checked, result, NULL);
  if (checked == NULL)
    {
      roster_fuzz_assert_told (error);
      g_assert_true (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE) ||
                     strstr (error->message, "required") != NULL);
    }
}

static void
assert_same_member (const ScimResource *a, const ScimResource *b, const char *name)
{
  ScimNode left = scim_node_get_member (scim_resource_get_root (a), name);
  ScimNode right = scim_node_get_member (scim_resource_get_root (b), name);

  g_assert_true (scim_node_exists (left) == scim_node_exists (right));
  if (scim_node_exists (left))
    g_assert_true (scim_node_equal (left, right));
}

static void
check_apply (const ScimPatch *patch, const ScimResource *base, const ScimSchemas *schemas)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) result = scim_patch_apply (patch, base, schemas, &error);

  if (result == NULL)
    {
      roster_fuzz_assert_told (error);
      return;
    }
  g_assert_no_error (error);
  if (schemas != NULL)
    {
      assert_same_member (base, result, "id");
      assert_same_member (base, result, "meta");
    }
  check_difference (base, result, NULL);
}

static void
check_patch_body (GBytes *body, const ScimResource *base, const ScimSchemas *schemas)
{
  g_autoptr (ScimJson) json = scim_json_new (body, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimPatch) patch = json != NULL ? scim_patch_new_from_json (json, &error) : NULL;

  if (json == NULL)
    return;
  if (patch == NULL)
    {
      roster_fuzz_assert_told (error);
      return;
    }
  g_assert_no_error (error);
  check_body (patch);
  check_dialects (patch, base, schemas);
  check_apply (patch, base, schemas);
  check_apply (patch, base, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RosterFuzzInput input = { (const char *)data, size };
  g_autoptr (GBytes) first = roster_fuzz_take_line_bytes (&input);
  g_autoptr (GBytes) second = roster_fuzz_take_line_bytes (&input);
  g_autoptr (GBytes) body = roster_fuzz_take_rest (&input);
  g_autoptr (ScimResource) base = scim_resource_new (first, NULL);
  g_autoptr (ScimResource) target = scim_resource_new (second, NULL);
  const ScimSchemas *schemas = roster_fuzz_get_schemas ();

  if (base == NULL)
    return 0; /* fuzz-json.c has it */
  if (target != NULL)
    {
      check_difference (base, target, NULL);
      check_difference (base, target, schemas);
      check_difference (target, base, schemas);
    }
  check_patch_body (body, base, schemas);
  return 0;
}
