/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-schema-private.h"

#include <string.h>

/* The attribute name that begins at `at`, and what follows its value filter and dot. */
static char *
split_path (const char *at, char **sub_name)
{
  gsize length = strcspn (at, ".[");
  const char *rest = at + length;

  if (*rest == '[')
    {
      /* A filter's text may hold brackets; the sub-attribute follows the last of them. */
      const char *end = strrchr (rest, ']');

      *sub_name = NULL;
      if (end == NULL)
        return g_strdup ("");
      rest = end + 1;
    }
  *sub_name = *rest == '.' ? g_strdup (rest + 1) : NULL;
  return g_strndup (at, length);
}

static const ScimAttribute *
find_in (GPtrArray *attributes, const char *name)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      const ScimAttribute *attribute = g_ptr_array_index (attributes, i);

      if (g_ascii_strcasecmp (attribute->name, name) == 0)
        return attribute;
    }
  return NULL;
}

static const ScimAttribute *
find_in_schema (const ScimSchema *schema, const char *name)
{
  g_autofree char *sub_name = NULL;
  g_autofree char *attribute_name = split_path (name, &sub_name);
  const ScimAttribute *attribute = find_in (schema->attributes, attribute_name);

  if (attribute == NULL || sub_name == NULL)
    return attribute;
  return find_in (attribute->sub_attributes, sub_name);
}

/* What follows "URN:" in path; NULL when it is not of this schema. */
static const char *
path_within (const char *path, const ScimSchema *schema)
{
  gsize length = strlen (schema->id);

  if (g_ascii_strncasecmp (path, schema->id, length) != 0 || path[length] != ':')
    return NULL;
  return path + length + 1;
}

static void
set_schema (ScimAttribute *self, const ScimSchema *schema)
{
  self->schema = schema;
  for (guint i = 0; i < self->sub_attributes->len; i++)
    set_schema (g_ptr_array_index (self->sub_attributes, i), schema);
}

ScimAttribute *
scim_attribute_new (const char *name)
{
  ScimAttribute *self = g_new0 (ScimAttribute, 1);

  self->name = g_strdup (name);
  self->display_order = G_MAXINT;
  self->sub_attributes = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_attribute_free);
  return self;
}

void
scim_attribute_free (ScimAttribute *self)
{
  g_free (self->name);
  g_free (self->display_name);
  g_free (self->description);
  g_strfreev (self->canonical_values);
  g_strfreev (self->canonical_labels);
  g_ptr_array_unref (self->sub_attributes);
  g_free (self->pattern);
  g_free (self->input_type);
  g_free (self);
}

ScimAttribute *
scim_attribute_copy (const ScimAttribute *self)
{
  ScimAttribute *copy = g_new0 (ScimAttribute, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->display_name = g_strdup (self->display_name);
  copy->description = g_strdup (self->description);
  copy->canonical_values = g_strdupv (self->canonical_values);
  copy->canonical_labels = g_strdupv (self->canonical_labels);
  copy->pattern = g_strdup (self->pattern);
  copy->input_type = g_strdup (self->input_type);
  copy->sub_attributes = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_attribute_free);
  copy->schema = NULL;
  copy->parent = NULL;
  for (guint i = 0; i < self->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (self->sub_attributes, i);

      scim_attribute_add_sub (copy, scim_attribute_copy (sub));
    }
  return copy;
}

void
scim_attribute_add_sub (ScimAttribute *self, ScimAttribute *sub)
{
  sub->parent = self;
  g_ptr_array_add (self->sub_attributes, sub);
}

ScimSchema *
scim_schema_new (const char *id, const char *name, const char *description)
{
  ScimSchema *self = g_new0 (ScimSchema, 1);

  self->id = g_strdup (id);
  self->name = g_strdup (name != NULL ? name : id);
  self->description = g_strdup (description);
  self->attributes = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_attribute_free);
  return self;
}

void
scim_schema_free (ScimSchema *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->description);
  g_ptr_array_unref (self->attributes);
  g_free (self);
}

void
scim_schema_add_attribute (ScimSchema *self, ScimAttribute *attribute)
{
  set_schema (attribute, self);
  g_ptr_array_add (self->attributes, attribute);
}

ScimSchemas *
scim_schemas_alloc (void)
{
  ScimSchemas *self = g_new0 (ScimSchemas, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->schemas = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_schema_free);
  return self;
}

ScimSchemas *
scim_schemas_ref (ScimSchemas *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scim_schemas_unref (ScimSchemas *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->schemas);
  g_free (self);
}

guint
scim_schemas_get_n (const ScimSchemas *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->schemas->len;
}

const ScimSchema *
scim_schemas_get_at (const ScimSchemas *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->schemas->len, NULL);

  return g_ptr_array_index (self->schemas, position);
}

const ScimSchema *
scim_schemas_get (const ScimSchemas *self, const char *urn)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (urn != NULL, NULL);

  for (guint i = 0; i < self->schemas->len; i++)
    {
      const ScimSchema *schema = g_ptr_array_index (self->schemas, i);

      if (g_ascii_strcasecmp (schema->id, urn) == 0)
        return schema;
    }
  return NULL;
}

gboolean
scim_schemas_is_wso2 (const ScimSchemas *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_wso2;
}

const ScimAttribute *
scim_schemas_find (const ScimSchemas *self, const char *path)
{
  const ScimSchema *best = NULL;
  const char *name = path;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  for (guint i = 0; i < self->schemas->len; i++)
    {
      const ScimSchema *schema = g_ptr_array_index (self->schemas, i);
      const char *within = path_within (path, schema);

      if (within != NULL && (best == NULL || strlen (schema->id) > strlen (best->id)))
        {
          best = schema;
          name = within;
        }
    }
  if (best == NULL)
    best = scim_schemas_get (self, SCIM_URN_CORE_USER);
  return best != NULL ? find_in_schema (best, name) : NULL;
}

const ScimAttribute *
scim_attribute_get_sub (const ScimAttribute *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_in (self->sub_attributes, name);
}

const ScimAttribute *
scim_schema_get_attribute (const ScimSchema *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_in (self->attributes, name);
}

gboolean
scim_schema_is_core_user (const ScimSchema *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_ascii_strcasecmp (self->id, SCIM_URN_CORE_USER) == 0;
}

char *
scim_attribute_dup_path (const ScimAttribute *self)
{
  const ScimAttribute *top;
  GString *path;

  g_return_val_if_fail (self != NULL, NULL);

  top = self->parent != NULL ? self->parent : self;
  path = g_string_new (NULL);
  if (self->schema != NULL && !scim_schema_is_core_user (self->schema))
    g_string_append_printf (path, "%s:", self->schema->id);
  g_string_append (path, top->name);
  if (self->parent != NULL)
    g_string_append_printf (path, ".%s", self->name);
  return g_string_free (path, FALSE);
}
