/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-patch-private.h"

#include "scim-error.h"
#include "scim-resource-private.h"

/* What an operation may do to an attribute: mutability and type (RFC 7643 section 2.2 and 2.3). */

static gboolean
is_common_read_only (const ScimPatchTarget *self)
{
  static const char *const names[] = { "id", "meta", "schemas" };

  for (guint i = 0; self->urn == NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (self->name, names[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_change (ScimMutability mutability, ScimNode existing, ScimNode value)
{
  if (mutability == SCIM_MUTABILITY_READ_ONLY)
    return scim_node_exists (value) && scim_node_equal (existing, value);
  if (mutability == SCIM_MUTABILITY_IMMUTABLE)
    return scim_node_is_unassigned (existing) || scim_node_equal (existing, value);
  return TRUE;
}

static gboolean
refuse (GError **error, const char *name)
{
  return scim_patch_fail (error, SCIM_ERROR_MUTABILITY, name, "it cannot be modified");
}

/* The sub-attributes of a complex value. */
static gboolean
check_members (const ScimPatchTarget *self, ScimNode existing, GError **error)
{
  for (ScimNode node = scim_node_get_first (self->value); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);

      if (key != NULL && scim_attribute_is_sub_read_only (self->attribute, key) &&
          !scim_node_equal (scim_node_get_member (existing, key), node))
        return refuse (error, key);
    }
  return TRUE;
}

/* Saying again what a read-only attribute holds already changes nothing and is let pass. */
static gboolean
check_mutability (const ScimPatchTarget *self, ScimNode existing, GError **error)
{
  const ScimAttribute *attribute = self->attribute;
  gboolean whole = self->filter == NULL && self->sub_name == NULL;
  ScimMutability mutability = SCIM_MUTABILITY_READ_WRITE;

  if (self->schemas == NULL)
    return TRUE;
  if (is_common_read_only (self))
    mutability = SCIM_MUTABILITY_READ_ONLY;
  else if (attribute != NULL)
    mutability = attribute->mutability;
  if (whole ? !may_change (mutability, existing, self->value)
            : mutability == SCIM_MUTABILITY_READ_ONLY)
    return refuse (error, self->name);
  if (attribute == NULL)
    return TRUE;

  if (self->sub_name != NULL)
    {
      const ScimAttribute *sub = scim_attribute_get_sub (attribute, self->sub_name);

      return sub == NULL ||
             may_change (sub->mutability, scim_node_get_member (existing, self->sub_name),
                         self->value) ||
             refuse (error, self->sub_name);
    }
  if (whole && attribute->required && self->kind != SCIM_PATCH_ADD &&
      scim_patch_takes_away (self->value))
    return scim_patch_fail (error, SCIM_ERROR_MUTABILITY, self->name, "it is required");
  return attribute->multi_valued || check_members (self, existing, error);
}

/* Text is let pass where services shorten or write text (SCIM-SERVICES section 3.7). */
static gboolean
fits (const ScimAttribute *attribute, ScimNode value)
{
  gboolean truth;

  switch (scim_node_get_type (value))
    {
    case SCIM_JSON_OBJECT:
      return attribute->type == SCIM_TYPE_COMPLEX;
    case SCIM_JSON_ARRAY:
      return FALSE;
    case SCIM_JSON_STRING:
      if (attribute->type == SCIM_TYPE_BOOLEAN)
        return scim_node_get_boolean (value, &truth);
      return attribute->type != SCIM_TYPE_COMPLEX || attribute->multi_valued;
    case SCIM_JSON_BOOLEAN:
      return attribute->type == SCIM_TYPE_BOOLEAN;
    case SCIM_JSON_NUMBER:
      return attribute->type == SCIM_TYPE_INTEGER || attribute->type == SCIM_TYPE_DECIMAL;
    case SCIM_JSON_NULL:
    case SCIM_JSON_NONE:
    default:
      return TRUE;
    }
}

static gboolean
check_type (const ScimPatchTarget *self, GError **error)
{
  const ScimAttribute *attribute = self->attribute;
  gboolean valid = TRUE;

  if (attribute != NULL && self->sub_name != NULL)
    attribute = scim_attribute_get_sub (attribute, self->sub_name);
  if (attribute == NULL || scim_patch_takes_away (self->value))
    return TRUE;
  if (scim_node_get_type (self->value) != SCIM_JSON_ARRAY)
    valid = fits (attribute, self->value);
  else
    {
      valid = attribute->multi_valued && self->filter == NULL;
      for (ScimNode node = scim_node_get_first (self->value); valid && scim_node_exists (node);
           node = scim_node_get_next (node))
        valid = fits (attribute, node);
    }
  return valid || scim_patch_fail (error, SCIM_ERROR_INVALID_VALUE, attribute->name,
                                   "the value does not fit");
}

gboolean
scim_patch_fail (GError **error, ScimErrorCode code, const char *name, const char *problem)
{
  g_autofree char *shown = scim_text_make_safe (name, -1, 200);

  g_set_error (error, SCIM_ERROR, (int)code, "%s: %s", shown, problem);
  return FALSE;
}

gboolean
scim_patch_takes_away (ScimNode value)
{
  ScimJsonType type = scim_node_get_type (value);

  return type == SCIM_JSON_NONE || type == SCIM_JSON_NULL ||
         (type == SCIM_JSON_ARRAY && scim_node_get_size (value) == 0);
}

gboolean
scim_patch_target_check (const ScimPatchTarget *self, ScimNode existing, GError **error)
{
  return check_mutability (self, existing, error) && check_type (self, error);
}
