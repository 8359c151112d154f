/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-patch-private.h"

#include <string.h>

#include "scim-error.h"
#include "scim-resource-private.h"

/* RFC 7644 sections 3.5.2.1 to 3.5.2.3. Each operation makes a new document of the one before, so
 * that a failure leaves the resource as it was. */

/* One value of a multi-valued attribute while it is worked on. */
typedef struct
{
  char *raw;
  gboolean touched;
} Element;

static ScimJson *apply_target (const ScimPatchTarget *self, ScimJson *document, GError **error);

static void
clear_element (gpointer data)
{
  g_free (((Element *)data)->raw);
}

static ScimNode
get_existing (const ScimPatchTarget *self, ScimJson *document)
{
  ScimNode container = scim_object_get_container (scim_json_get_root (document), self->urn);

  return scim_node_get_member (container, self->name);
}

static GArray *
list_elements (ScimNode value)
{
  GArray *elements = g_array_new (FALSE, FALSE, sizeof (Element));
  gboolean is_array = scim_node_get_type (value) == SCIM_JSON_ARRAY;
  ScimNode node = is_array ? scim_node_get_first (value) : value;

  g_array_set_clear_func (elements, clear_element);
  while (scim_node_exists (node))
    {
      Element element = { scim_node_dup_raw (node), FALSE };

      g_array_append_val (elements, element);
      node = is_array ? scim_node_get_next (node) : SCIM_NODE_NONE;
    }
  return elements;
}

static gboolean
is_primary (const char *raw)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (raw, -1, NULL);
  gboolean primary;

  return json != NULL &&
         scim_node_get_boolean (scim_node_get_member (scim_json_get_root (json), "primary"),
                                &primary) &&
         primary;
}

/* The element with one member set, or without it. raw: nullable. */
static char *
set_in_element (const char *element, const char *name, const char *raw, GError **error)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (element, -1, error);
  g_autoptr (ScimJson) changed = NULL;

  if (json != NULL)
    changed = scim_document_set (json, NULL, name, NULL, raw, error);
  return changed != NULL ? scim_node_dup_raw (scim_json_get_root (changed)) : NULL;
}

/* RFC 7644 section 3.5.2: a value that becomes primary makes every other one not primary. */
static gboolean
clear_other_primaries (GArray *elements, GError **error)
{
  gboolean any = FALSE;

  for (guint i = 0; i < elements->len && !any; i++)
    {
      const Element *element = &g_array_index (elements, Element, i);

      any = element->touched && is_primary (element->raw);
    }
  for (guint i = 0; i < elements->len && any; i++)
    {
      Element *element = &g_array_index (elements, Element, i);
      char *cleared;

      if (element->touched || !is_primary (element->raw))
        continue;
      cleared = set_in_element (element->raw, "primary", "false", error);
      if (cleared == NULL)
        return FALSE;
      g_free (element->raw);
      element->raw = cleared;
    }
  return TRUE;
}

static ScimJson *
write_elements (const ScimPatchTarget *self, ScimJson *document, GArray *elements, GError **error)
{
  g_autoptr (GString) raw = g_string_new ("[");

  if (!clear_other_primaries (elements, error))
    return NULL;
  for (guint i = 0; i < elements->len; i++)
    {
      if (i > 0)
        g_string_append_c (raw, ',');
      g_string_append (raw, g_array_index (elements, Element, i).raw);
    }
  g_string_append_c (raw, ']');
  return scim_document_set (document, self->urn, self->name, NULL,
                            elements->len > 0 ? raw->str : NULL, error);
}

static gboolean
contains_equal (ScimNode array, ScimNode value)
{
  if (scim_node_get_type (array) != SCIM_JSON_ARRAY)
    return scim_node_equal (array, value);
  for (ScimNode node = scim_node_get_first (array); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      if (scim_node_equal (node, value))
        return TRUE;
    }
  return FALSE;
}

/* Adding a value that is there already changes nothing (RFC 7644 section 3.5.2.1). */
static ScimJson *
add_elements (const ScimPatchTarget *self, ScimJson *document, ScimNode existing, GError **error)
{
  g_autoptr (GArray) elements = list_elements (existing);
  gboolean is_array = scim_node_get_type (self->value) == SCIM_JSON_ARRAY;
  ScimNode node = is_array ? scim_node_get_first (self->value) : self->value;
  guint n_before = elements->len;

  while (scim_node_exists (node))
    {
      Element element = { NULL, TRUE };

      if (!scim_node_is_unassigned (node) && !contains_equal (existing, node))
        {
          element.raw = scim_node_dup_raw (node);
          g_array_append_val (elements, element);
        }
      node = is_array ? scim_node_get_next (node) : SCIM_NODE_NONE;
    }
  if (elements->len == n_before)
    return scim_json_ref (document);
  return write_elements (self, document, elements, error);
}

/* What becomes of a selected value as a whole: NULL when it goes. */
static gboolean
change_whole_element (const ScimPatchTarget *self, ScimNode node, char **raw, GError **error)
{
  g_autofree char *result = NULL;

  *raw = NULL;
  if (scim_patch_takes_away (self->value))
    return TRUE;
  if (self->kind == SCIM_PATCH_REPLACE || scim_node_get_type (node) != SCIM_JSON_OBJECT ||
      scim_node_get_type (self->value) != SCIM_JSON_OBJECT)
    {
      *raw = scim_node_dup_raw (self->value);
      return TRUE;
    }

  result = scim_node_dup_raw (node);
  for (ScimNode member = scim_node_get_first (self->value); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autofree char *value = scim_node_dup_raw (member);
      char *next =
        set_in_element (result, key, scim_patch_takes_away (member) ? NULL : value, error);

      if (next == NULL)
        return FALSE;
      g_free (result);
      result = next;
    }
  *raw = g_steal_pointer (&result);
  return TRUE;
}

/* What becomes of a selected value when one of its sub-attributes is set or removed. A bare string
 * is its own `value`. */
static gboolean
change_sub_attribute (const ScimPatchTarget *self, ScimNode node, char **raw, GError **error)
{
  gboolean removes = scim_patch_takes_away (self->value);
  g_autofree char *value = scim_node_dup_raw (self->value);
  g_autofree char *element = scim_node_dup_raw (node);

  *raw = NULL;
  if (scim_node_get_type (node) != SCIM_JSON_OBJECT)
    {
      if (g_ascii_strcasecmp (self->sub_name, "value") == 0)
        *raw = removes ? NULL : g_steal_pointer (&value);
      else if (removes)
        *raw = g_steal_pointer (&element);
      else
        {
          g_autofree char *object = g_strdup_printf ("{\"value\":%s}", element);

          *raw = set_in_element (object, self->sub_name, value, error);
          return *raw != NULL;
        }
      return TRUE;
    }

  if (removes && scim_node_get_size (node) == 1 &&
      scim_node_exists (scim_node_get_member (node, self->sub_name)))
    return TRUE;
  *raw = set_in_element (element, self->sub_name, removes ? NULL : value, error);
  return *raw != NULL;
}

/* Works on the values that the filter selects, on all of them without one. */
static ScimJson *
change_elements (const ScimPatchTarget *self, ScimJson *document, ScimNode existing, GError **error)
{
  g_autoptr (GArray) elements = g_array_new (FALSE, FALSE, sizeof (Element));
  gboolean is_array = scim_node_get_type (existing) == SCIM_JSON_ARRAY;
  ScimNode node = is_array ? scim_node_get_first (existing) : existing;
  guint n_selected = 0;

  g_array_set_clear_func (elements, clear_element);
  for (; scim_node_exists (node); node = is_array ? scim_node_get_next (node) : SCIM_NODE_NONE)
    {
      Element element = { NULL, FALSE };
      gboolean done = TRUE;

      if (self->filter != NULL && !scim_filter_matches (self->filter, node))
        element.raw = scim_node_dup_raw (node);
      else
        {
          n_selected++;
          element.touched = TRUE;
          done = self->sub_name != NULL ? change_sub_attribute (self, node, &element.raw, error)
                                        : change_whole_element (self, node, &element.raw, error);
        }
      if (!done)
        return NULL;
      if (element.raw != NULL)
        g_array_append_val (elements, element);
    }
  if (n_selected == 0)
    {
      scim_patch_fail (error, SCIM_ERROR_NO_TARGET, self->name, "no value is selected");
      return NULL;
    }
  return write_elements (self, document, elements, error);
}

/* Sub-attributes that are not named stay (RFC 7644 section 3.5.2.3). */
static ScimJson *
merge_object (const ScimPatchTarget *self, ScimJson *document, GError **error)
{
  g_autoptr (ScimJson) result = scim_json_ref (document);

  for (ScimNode node = scim_node_get_first (self->value); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      g_autofree char *raw = scim_node_dup_raw (node);
      ScimJson *next = scim_document_set (result, self->urn, self->name, key,
                                          scim_patch_takes_away (node) ? NULL : raw, error);

      if (next == NULL)
        return NULL;
      scim_json_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static ScimJson *
change_attribute (const ScimPatchTarget *self,
                  ScimJson *document,
                  ScimNode existing,
                  GError **error)
{
  ScimJsonType type = scim_node_get_type (self->value);
  gboolean had_values =
    scim_node_get_type (existing) == SCIM_JSON_ARRAY && !scim_node_is_unassigned (existing);
  gboolean multi_valued = had_values || type == SCIM_JSON_ARRAY ||
                          (self->attribute != NULL && self->attribute->multi_valued);
  g_autofree char *raw = NULL;

  if (self->kind == SCIM_PATCH_ADD && scim_patch_takes_away (self->value))
    return scim_json_ref (document);
  if (scim_patch_takes_away (self->value))
    return scim_document_set (document, self->urn, self->name, NULL, NULL, error);
  if (multi_valued && self->kind == SCIM_PATCH_ADD && !scim_node_is_unassigned (existing))
    return add_elements (self, document, existing, error);
  if (!multi_valued && type == SCIM_JSON_OBJECT &&
      scim_node_get_type (existing) == SCIM_JSON_OBJECT)
    return merge_object (self, document, error);

  raw = scim_node_dup_raw (self->value);
  if (multi_valued && type != SCIM_JSON_ARRAY)
    {
      g_autofree char *array = g_strdup_printf ("[%s]", raw);

      return scim_document_set (document, self->urn, self->name, NULL, array, error);
    }
  return scim_document_set (document, self->urn, self->name, NULL, raw, error);
}

static ScimJson *
change_single_sub_attribute (const ScimPatchTarget *self, ScimJson *document, GError **error)
{
  g_autofree char *raw =
    scim_patch_takes_away (self->value) ? NULL : scim_node_dup_raw (self->value);

  if (raw == NULL && self->kind == SCIM_PATCH_ADD)
    return scim_json_ref (document);
  if (raw != NULL && self->attribute != NULL && self->attribute->multi_valued)
    {
      scim_patch_fail (error, SCIM_ERROR_NO_TARGET, self->name, "there is no value to change");
      return NULL;
    }
  return scim_document_set (document, self->urn, self->name, self->sub_name, raw, error);
}

/* A whole extension: each of its attributes by itself. */
static ScimJson *
change_extension (const ScimPatchTarget *self, ScimJson *document, GError **error)
{
  g_autoptr (ScimJson) result = scim_json_ref (document);

  if (scim_patch_takes_away (self->value))
    return self->kind == SCIM_PATCH_ADD
             ? g_steal_pointer (&result)
             : scim_document_set (document, self->urn, NULL, NULL, NULL, error);
  if (scim_node_get_type (self->value) != SCIM_JSON_OBJECT)
    {
      scim_patch_fail (error, SCIM_ERROR_INVALID_VALUE, self->urn, "an object is expected");
      return NULL;
    }
  for (ScimNode node = scim_node_get_first (self->value); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      ScimPatchTarget inner = *self;
      ScimJson *next;

      inner.name = key;
      inner.value = node;
      next = apply_target (&inner, result, error);
      if (next == NULL)
        return NULL;
      scim_json_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static ScimJson *
apply_target (const ScimPatchTarget *target, ScimJson *document, GError **error)
{
  ScimPatchTarget self = *target;
  ScimNode existing;

  if (self.name == NULL)
    return change_extension (&self, document, error);

  existing = get_existing (&self, document);
  self.attribute = scim_schemas_find_in (self.schemas, self.urn, self.name);
  if (!scim_patch_target_check (&self, existing, error))
    return NULL;
  if (self.filter != NULL)
    return change_elements (&self, document, existing, error);
  if (self.sub_name == NULL)
    return change_attribute (&self, document, existing, error);
  if (scim_node_get_type (existing) == SCIM_JSON_ARRAY)
    return change_elements (&self, document, existing, error);
  return change_single_sub_attribute (&self, document, error);
}

static gboolean
is_known_urn (const char *urn, ScimJson *document, const ScimSchemas *schemas)
{
  ScimNode container = scim_object_get_container (scim_json_get_root (document), urn);

  return (strchr (urn, ':') != NULL && scim_node_get_type (container) == SCIM_JSON_OBJECT) ||
         (schemas != NULL && scim_schemas_get (schemas, urn) != NULL) ||
         g_ascii_strcasecmp (urn, SCIM_URN_ENTERPRISE_USER) == 0;
}

/* One member of a value without path: an attribute, an extension, or a URN-prefixed attribute. */
static ScimJson *
apply_member (const ScimPatchTarget *self, ScimJson *document, GError **error)
{
  g_autofree char *key = scim_node_dup_key (self->value);
  g_autoptr (ScimPath) path = NULL;
  ScimPatchTarget member = *self;

  if (g_ascii_strcasecmp (key, "schemas") == 0)
    return scim_json_ref (document); /* follows from the extensions that are there */
  member.name = key;
  if (strchr (key, ':') != NULL)
    {
      path = scim_path_new_for_object (key, self->schemas, scim_json_get_root (document), NULL);
      if (path != NULL && path->filter == NULL &&
          is_known_urn (path->schema, document, self->schemas))
        {
          member.urn = path->schema;
          member.name = path->attribute;
          member.sub_name = path->sub_attribute;
        }
      else if (scim_node_get_type (self->value) == SCIM_JSON_OBJECT)
        {
          member.urn = key;
          member.name = NULL;
        }
    }
  return apply_target (&member, document, error);
}

static ScimJson *
apply_without_path (const ScimPatchTarget *self, ScimJson *document, GError **error)
{
  g_autoptr (ScimJson) result = scim_json_ref (document);

  if (self->kind == SCIM_PATCH_REMOVE)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_NO_TARGET, "What to remove is not said");
      return NULL;
    }
  if (scim_node_get_type (self->value) != SCIM_JSON_OBJECT)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE,
                   "Without a path the value must be an object");
      return NULL;
    }
  for (ScimNode node = scim_node_get_first (self->value); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      ScimPatchTarget member = *self;
      ScimJson *next;

      member.value = node;
      next = apply_member (&member, result, error);
      if (next == NULL)
        return NULL;
      scim_json_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

ScimJson *
scim_patch_op_apply (const ScimPatchOp *self,
                     ScimJson *document,
                     const ScimSchemas *schemas,
                     GError **error)
{
  ScimPatchTarget target = { .kind = self->kind, .schemas = schemas };
  g_autoptr (ScimJson) value = NULL;
  g_autoptr (ScimPath) path = NULL;

  if (self->value != NULL)
    {
      value = scim_json_new_from_text (self->value, -1, error);
      if (value == NULL)
        return NULL;
      target.value = scim_json_get_root (value);
    }
  if (self->path == NULL)
    return apply_without_path (&target, document, error);

  path = scim_path_new_for_object (self->path, schemas, scim_json_get_root (document), error);
  if (path == NULL)
    return NULL;
  target.urn = path->schema;
  target.name = path->attribute;
  target.filter = path->filter;
  target.sub_name = path->sub_attribute;
  return apply_target (&target, document, error);
}

ScimResource *
scim_patch_apply (const ScimPatch *self,
                  const ScimResource *resource,
                  const ScimSchemas *schemas,
                  GError **error)
{
  g_autoptr (ScimJson) document = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (resource != NULL, NULL);

  document = scim_resource_dup_json (resource);
  for (guint i = 0; i < scim_patch_get_n (self); i++)
    {
      ScimJson *next = scim_patch_op_apply (scim_patch_get_at (self, i), document, schemas, error);

      if (next == NULL)
        return NULL;
      scim_json_unref (document);
      document = next;
    }
  return scim_resource_new_from_json (document, error);
}
