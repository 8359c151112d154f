/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-schema.h"

#include <string.h>

/* Input: an answer of /Schemas. What is read of it is within its caps, can be shown, and every
 * attribute is found under the path that it says it has. */

#define MOST_SCHEMAS    (100 + 2)    /* core User and enterprise are added */
#define MOST_ATTRIBUTES (2000 + 300) /* those of the built-in schemas come on top */

static void
check_optional (const char *text)
{
  if (text != NULL)
    roster_fuzz_assert_safe (text);
}

static void
check_canonical (const ScimAttribute *attribute)
{
  if (attribute->canonical_labels != NULL)
    {
      g_assert_nonnull (attribute->canonical_values);
      g_assert_cmpuint (g_strv_length (attribute->canonical_labels), ==,
                        g_strv_length (attribute->canonical_values));
      for (guint i = 0; attribute->canonical_labels[i] != NULL; i++)
        roster_fuzz_assert_safe (attribute->canonical_labels[i]);
    }
  for (guint i = 0; attribute->canonical_values != NULL && attribute->canonical_values[i] != NULL;
       i++)
    {
      g_assert_true (g_utf8_validate (attribute->canonical_values[i], -1, NULL));
      if (attribute->canonical_labels == NULL)
        roster_fuzz_assert_safe (attribute->canonical_values[i]);
    }
}

static void
check_path (const ScimSchemas *schemas, const ScimAttribute *attribute)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  const ScimAttribute *found = scim_schemas_find (schemas, path);
  g_autofree char *found_path = NULL;

  g_assert_nonnull (found);
  found_path = scim_attribute_dup_path (found);
  g_assert_cmpint (g_ascii_strcasecmp (found_path, path), ==, 0);
  g_assert_true (found->schema == attribute->schema);
}

static void
check_attribute (const ScimSchemas *schemas,
                 const ScimSchema *schema,
                 const ScimAttribute *parent,
                 const ScimAttribute *attribute,
                 guint *n)
{
  g_autofree char *label = scim_attribute_dup_label (attribute);

  (*n)++;
  roster_fuzz_assert_safe (attribute->name);
  g_assert_cmpuint (strlen (attribute->name), >, 0);
  roster_fuzz_assert_safe (label);
  g_assert_cmpuint (strlen (label), >, 0);
  check_optional (attribute->display_name);
  check_optional (attribute->description);
  check_optional (attribute->pattern);
  check_optional (attribute->input_type);
  g_assert_true (attribute->schema == schema);
  g_assert_true (attribute->parent == parent);
  g_assert_cmpint (attribute->type, <=, SCIM_TYPE_COMPLEX);
  g_assert_cmpint (attribute->mutability, <=, SCIM_MUTABILITY_WRITE_ONLY);
  g_assert_cmpint (attribute->returned, <=, SCIM_RETURNED_REQUEST);
  g_assert_cmpint (attribute->uniqueness, <=, SCIM_UNIQUENESS_GLOBAL);
  g_assert_cmpint (attribute->min_length, >=, 0);
  g_assert_cmpint (attribute->max_length, >=, 0);
  check_canonical (attribute);
  check_path (schemas, attribute);
  for (guint i = 0; i < attribute->sub_attributes->len; i++)
    {
      g_assert_null (parent);
      check_attribute (schemas, schema, attribute, g_ptr_array_index (attribute->sub_attributes, i),
                       n);
    }
}

static void
check_schemas (const ScimSchemas *schemas)
{
  guint n_attributes = 0;

  g_assert_cmpuint (scim_schemas_get_n (schemas), >=, 2);
  g_assert_cmpuint (scim_schemas_get_n (schemas), <=, MOST_SCHEMAS);
  g_assert_true (scim_schema_is_core_user (scim_schemas_get_at (schemas, 0)));
  g_assert_nonnull (scim_schemas_get (schemas, SCIM_URN_ENTERPRISE_USER));
  g_assert_nonnull (scim_schemas_find (schemas, "id"));
  for (guint i = 0; i < scim_schemas_get_n (schemas); i++)
    {
      const ScimSchema *schema = scim_schemas_get_at (schemas, i);

      roster_fuzz_assert_safe (schema->id);
      roster_fuzz_assert_safe (schema->name);
      check_optional (schema->description);
      g_assert_true (scim_schemas_get (schemas, schema->id) == schema);
      for (guint j = 0; j < schema->attributes->len; j++)
        check_attribute (schemas, schema, NULL, g_ptr_array_index (schema->attributes, j),
                         &n_attributes);
    }
  g_assert_cmpuint (n_attributes, <=, MOST_ATTRIBUTES);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (ScimJson) json = scim_json_new (bytes, NULL, NULL);
  g_autoptr (ScimSchemas) schemas = NULL;
  g_autoptr (GError) error = NULL;

  if (json == NULL)
    return 0; /* fuzz-json.c has it */
  schemas = scim_schemas_new_from_json (json, &error);
  if (schemas == NULL)
    {
      roster_fuzz_assert_told (error);
      return 0;
    }
  g_assert_no_error (error);
  check_schemas (schemas);
  return 0;
}
