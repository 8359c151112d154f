/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How WSO2's console writes a profile (SCIM-SERVICES section 1.5): operations without path, one for
 * each leaf, arrays whole, "" to clear. */
#include "scim-dialect-private.h"

#include "scim-resource-private.h"

typedef struct
{
  GString *body;
  const ScimResource *target;
  const ScimSchemas *schemas;
  GHashTable *arrays; /* paths of multi-valued attributes that are written already */
  gboolean whole_addresses;
} Writer;

static const char *const op_names[] = { "add", "replace", "remove" };

static void
write_leaf (Writer *self,
            const char *op,
            const char *urn,
            const char *attribute,
            const char *sub_attribute,
            const char *raw)
{
  g_autofree char *value = scim_value_wrap (urn, attribute, sub_attribute, raw);

  scim_dialect_body_add (self->body, op, NULL, value);
}

/* Core attributes stand bare, also where the path names their URN. */
static const char *
wrapping_urn (const ScimPath *path)
{
  if (path->schema == NULL || g_ascii_strcasecmp (path->schema, SCIM_URN_CORE_USER) == 0)
    return NULL;
  return path->schema;
}

static char *
attribute_path (const ScimPath *path)
{
  const char *urn = wrapping_urn (path);

  return urn != NULL ? g_strdup_printf ("%s:%s", urn, path->attribute) : g_strdup (path->attribute);
}

static const ScimAttribute *
find_attribute (const Writer *self, const ScimPath *path, gboolean with_sub)
{
  g_autofree char *name = attribute_path (path);
  const ScimAttribute *attribute =
    self->schemas != NULL ? scim_schemas_find (self->schemas, name) : NULL;

  if (attribute != NULL && with_sub && path->sub_attribute != NULL)
    return scim_attribute_get_sub (attribute, path->sub_attribute);
  return attribute;
}

static gboolean
is_multi_valued (const Writer *self, const ScimPath *path)
{
  const ScimAttribute *attribute = find_attribute (self, path, FALSE);
  g_autofree char *name = attribute_path (path);

  return path->filter != NULL || (attribute != NULL && attribute->multi_valued) ||
         scim_node_get_type (scim_resource_get (self->target, name)) == SCIM_JSON_ARRAY;
}

/* The type in addresses[type eq "home"]; NULL for every other filter. */
static const char *
type_of_filter (const ScimFilter *filter)
{
  if (filter == NULL || scim_filter_get_kind (filter) != SCIM_FILTER_COMPARE ||
      scim_filter_get_op (filter) != SCIM_OP_EQ ||
      g_ascii_strcasecmp (scim_filter_get_path (filter), "type") != 0)
    return NULL;
  return scim_filter_get_raw_value (filter);
}

/* addresses[type eq "home"].streetAddress */
static gboolean
is_address_part (const ScimPath *path)
{
  return path->attribute != NULL && wrapping_urn (path) == NULL &&
         g_ascii_strcasecmp (path->attribute, "addresses") == 0 && path->sub_attribute != NULL &&
         g_ascii_strcasecmp (path->sub_attribute, "type") != 0 &&
         type_of_filter (path->filter) != NULL;
}

/* Whether the addresses have to be written whole anyway. */
static gboolean
changes_whole_addresses (const ScimPatch *patch, const ScimSchemas *schemas)
{
  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (patch, i);
      g_autoptr (ScimPath) path = op->path != NULL ? scim_path_new (op->path, schemas, NULL) : NULL;

      if (path != NULL && path->attribute != NULL && wrapping_urn (path) == NULL &&
          g_ascii_strcasecmp (path->attribute, "addresses") == 0 && !is_address_part (path))
        return TRUE;
    }
  return FALSE;
}

/* One part of a typed address is added; replace does nothing at that level. */
static void
write_address_part (Writer *self, const ScimPath *path, const char *raw)
{
  g_autoptr (GString) value = g_string_new ("[{\"type\":");

  g_string_append_printf (value, "%s,", type_of_filter (path->filter));
  scim_json_append_string (value, path->sub_attribute, -1);
  g_string_append_printf (value, ":%s}]", raw != NULL ? raw : "\"\"");
  write_leaf (self, "add", NULL, path->attribute, NULL, value->str);
}

/* The whole array as it shall be, each untouched value with its own bytes: a main e-mail address
 * that is a bare string stays one. */
static void
write_array (Writer *self, const ScimPath *path)
{
  g_autofree char *name = attribute_path (path);
  ScimNode array;

  if (!g_hash_table_add (self->arrays, g_ascii_strdown (name, -1)))
    return;
  array = scim_resource_get (self->target, name);
  if (scim_node_get_size (array) == 0)
    {
      scim_dialect_body_add (self->body, "remove", name, NULL);
    }
  else
    {
      g_autofree char *raw = scim_node_dup_raw (array);

      write_leaf (self, "replace", wrapping_urn (path), path->attribute, NULL, raw);
    }
}

/* Texts are cleared with "", which is no boolean, number or complex value: those are removed. */
static void
write_removal (Writer *self, const ScimPath *path)
{
  const ScimAttribute *attribute = find_attribute (self, path, TRUE);
  ScimType type = attribute != NULL ? attribute->type : SCIM_TYPE_STRING;

  if (type == SCIM_TYPE_COMPLEX || type == SCIM_TYPE_BOOLEAN || type == SCIM_TYPE_INTEGER ||
      type == SCIM_TYPE_DECIMAL)
    {
      g_autofree char *name = scim_path_to_string (path);

      scim_dialect_body_add (self->body, "remove", name, NULL);
      return;
    }
  write_leaf (self, "replace", wrapping_urn (path), path->attribute, path->sub_attribute, "\"\"");
}

/* What replaces a complex value goes as a whole: part by part a service that keeps only the parts
 * that it was sent would lose all but the last. */
static void
write_value (Writer *self, ScimPatchOpKind kind, const ScimPath *path, ScimNode value)
{
  g_autofree char *raw = NULL;

  if (scim_node_get_type (value) == SCIM_JSON_OBJECT && path->sub_attribute == NULL &&
      kind != SCIM_PATCH_REPLACE)
    {
      for (ScimNode member = scim_node_get_first (value); scim_node_exists (member);
           member = scim_node_get_next (member))
        {
          g_autofree char *key = scim_node_dup_key (member);
          g_autofree char *sub_raw = scim_node_dup_raw (member);

          write_leaf (self, "replace", wrapping_urn (path), path->attribute, key, sub_raw);
        }
      return;
    }
  raw = scim_node_dup_raw (value);
  write_leaf (self, "replace", wrapping_urn (path), path->attribute, path->sub_attribute, raw);
}

static void
write_attribute (Writer *self, ScimPatchOpKind kind, const ScimPath *path, ScimNode value)
{
  if (is_multi_valued (self, path))
    {
      g_autofree char *raw = scim_node_dup_raw (value);

      if (is_address_part (path) && !self->whole_addresses)
        write_address_part (self, path, raw);
      else
        write_array (self, path);
    }
  else if (kind == SCIM_PATCH_REMOVE)
    {
      write_removal (self, path);
    }
  else
    {
      write_value (self, kind, path, value);
    }
}

static gboolean
is_extension (const Writer *self, const char *key)
{
  if (self->schemas != NULL && scim_schemas_get (self->schemas, key) != NULL)
    return TRUE;
  return g_ascii_strncasecmp (key, "urn:", 4) == 0;
}

/* An object of attributes: what a path-less operation and one on a whole extension hold. */
static void
write_members (Writer *self, ScimPatchOpKind kind, const char *urn, ScimNode object)
{
  for (ScimNode member = scim_node_get_first (object); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      ScimPath path = { .schema = (char *)urn, .attribute = key };

      if (urn == NULL && scim_node_get_type (member) == SCIM_JSON_OBJECT &&
          is_extension (self, key))
        write_members (self, kind, key, member);
      else
        write_attribute (self, kind, &path, member);
    }
}

static void
write_op (Writer *self, const ScimPatchOp *op)
{
  g_autoptr (ScimJson) json = NULL;
  g_autoptr (ScimPath) path = NULL;
  ScimNode value = SCIM_NODE_NONE;

  if (op->value != NULL)
    {
      json = scim_json_new_from_text (op->value, -1, NULL);
      value = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
    }
  if (op->path != NULL)
    path = scim_path_new (op->path, self->schemas, NULL);
  if (path != NULL && path->attribute != NULL)
    write_attribute (self, op->kind, path, value);
  else if (path != NULL && op->kind == SCIM_PATCH_REPLACE &&
           scim_node_get_type (value) == SCIM_JSON_OBJECT)
    write_leaf (self, "replace", path->schema, NULL, NULL, op->value);
  else if (scim_node_get_type (value) == SCIM_JSON_OBJECT && (op->path == NULL || path != NULL))
    write_members (self, op->kind, path != NULL ? path->schema : NULL, value);
  else
    scim_dialect_body_add (self->body, op_names[op->kind], op->path, op->value);
}

GBytes *
scim_wso2_wrap_operations (const ScimPatch *patch,
                           const ScimResource *target,
                           const ScimSchemas *schemas)
{
  Writer writer = { NULL, target, schemas, NULL, FALSE };
  GBytes *body;

  g_return_val_if_fail (patch != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);

  writer.body = scim_dialect_body_begin ();
  writer.whole_addresses = changes_whole_addresses (patch, schemas);
  writer.arrays = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    write_op (&writer, scim_patch_get_at (patch, i));
  body = scim_dialect_body_end (writer.body);
  g_hash_table_unref (writer.arrays);
  return body;
}
