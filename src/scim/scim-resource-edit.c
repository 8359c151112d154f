/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-resource-private.h"

#include <string.h>

#include "scim-error.h"

#define CORE_URN_PREFIX "urn:ietf:params:scim:schemas:core:"

static gboolean
is_core_urn (const char *urn)
{
  return urn == NULL || g_ascii_strncasecmp (urn, CORE_URN_PREFIX, strlen (CORE_URN_PREFIX)) == 0;
}

/* The element of `schemas` that names the URN. Some services write one string instead of an array
 * (SCIM-SERVICES section 3.5). */
static ScimNode
find_schema_entry (ScimNode schemas, const char *urn)
{
  ScimNode node =
    scim_node_get_type (schemas) == SCIM_JSON_ARRAY ? scim_node_get_first (schemas) : schemas;

  for (; scim_node_exists (node); node = scim_node_get_next (node))
    {
      g_autofree char *text = scim_node_dup_text (node);

      if (text != NULL && g_ascii_strcasecmp (text, urn) == 0)
        return node;
      if (scim_node_is_same (node, schemas))
        break;
    }
  return SCIM_NODE_NONE;
}

static ScimJson *
add_schema (ScimJson *document, const char *urn, GError **error)
{
  ScimNode root = scim_json_get_root (document);
  ScimNode schemas = scim_node_get_member (root, "schemas");
  g_autofree char *quoted = scim_json_quote (urn);
  g_autofree char *array = NULL;

  if (scim_node_exists (find_schema_entry (schemas, urn)))
    return scim_json_ref (document);
  if (scim_node_get_type (schemas) == SCIM_JSON_ARRAY)
    return scim_json_add_element (schemas, quoted, error);
  if (scim_node_get_type (schemas) == SCIM_JSON_STRING)
    {
      g_autofree char *first = scim_node_dup_raw (schemas);

      array = g_strdup_printf ("[%s,%s]", first, quoted);
      return scim_json_replace (schemas, array, error);
    }
  array = g_strdup_printf ("[%s]", quoted);
  if (scim_node_exists (schemas))
    return scim_json_replace (schemas, array, error);
  return scim_json_add_member (root, "schemas", array, error);
}

static ScimJson *
remove_schema (ScimJson *document, const char *urn, GError **error)
{
  ScimNode schemas = scim_node_get_member (scim_json_get_root (document), "schemas");
  ScimNode entry = find_schema_entry (schemas, urn);

  if (!scim_node_exists (entry) || scim_node_get_type (schemas) != SCIM_JSON_ARRAY)
    return scim_json_ref (document);
  return scim_json_remove (entry, error);
}

/* Removes the container of an extension and the mention of it. */
static ScimJson *
remove_extension (ScimJson *document, ScimNode container, const char *urn, GError **error)
{
  g_autoptr (ScimJson) without = scim_json_remove (container, error);

  return without != NULL ? remove_schema (without, urn, error) : NULL;
}

/* Puts raw where the member is, or behind the last one. */
static ScimJson *
put_member (ScimNode object, const char *key, const char *raw, GError **error)
{
  ScimNode member = scim_node_get_member (object, key);

  if (scim_node_exists (member))
    return scim_json_replace (member, raw, error);
  return scim_json_add_member (object, key, raw, error);
}

static ScimJson *
put_extension (ScimJson *document, const char *urn, const char *raw, GError **error)
{
  g_autoptr (ScimJson) with = put_member (scim_json_get_root (document), urn, raw, error);

  return with != NULL ? add_schema (with, urn, error) : NULL;
}

/* An extension that is no object could not be found again. */
static ScimJson *
set_extension (ScimJson *document, const char *urn, const char *raw, GError **error)
{
  g_autoptr (ScimJson) value = scim_json_new_from_text (raw, -1, error);

  if (value == NULL)
    return NULL;
  if (scim_node_get_type (scim_json_get_root (value)) != SCIM_JSON_OBJECT)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE, "An extension must be an object");
      return NULL;
    }
  return put_extension (document, urn, raw, error);
}

static ScimJson *
set_value (ScimJson *document,
           const char *urn,
           const char *attribute,
           const char *sub_attribute,
           const char *raw,
           GError **error)
{
  ScimNode container = scim_object_get_container (scim_json_get_root (document), urn);
  g_autofree char *wrapped = NULL;

  if (sub_attribute != NULL)
    {
      ScimNode parent = scim_node_get_member (container, attribute);

      if (scim_node_get_type (parent) == SCIM_JSON_OBJECT)
        return put_member (parent, sub_attribute, raw, error);
      if (scim_node_get_type (parent) == SCIM_JSON_ARRAY)
        {
          g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_PATH,
                       "%s has several values: a filter must say which is meant", attribute);
          return NULL;
        }
      raw = wrapped = scim_value_wrap (NULL, NULL, sub_attribute, raw);
    }
  if (scim_node_get_type (container) == SCIM_JSON_OBJECT)
    {
      g_autoptr (ScimJson) with = put_member (container, attribute, raw, error);

      if (with == NULL || is_core_urn (urn))
        return g_steal_pointer (&with);
      return add_schema (with, urn, error);
    }
  else
    {
      g_autofree char *extension = scim_value_wrap (NULL, attribute, NULL, raw);

      return put_extension (document, urn, extension, error);
    }
}

/* A repeated key would come to light when the first of its members goes: all of them go. */
static ScimJson *
remove_member (ScimJson *document,
               const char *urn,
               const char *attribute,
               const char *sub_attribute,
               GError **error)
{
  g_autoptr (ScimJson) result = scim_json_ref (document);

  for (;;)
    {
      ScimNode container = scim_object_get_container (scim_json_get_root (result), urn);
      ScimNode member = scim_node_get_member (container, attribute);
      ScimJson *without;

      if (sub_attribute != NULL)
        {
          ScimNode parent = member;

          member = scim_node_get_member (parent, sub_attribute);
          if (scim_node_exists (member) && scim_node_get_size (parent) == 1)
            return remove_member (result, urn, attribute, NULL, error);
        }
      if (!scim_node_exists (member))
        return g_steal_pointer (&result);
      if (!is_core_urn (urn) && scim_node_get_size (container) == 1 && sub_attribute == NULL)
        without = remove_extension (result, container, urn, error);
      else
        without = scim_json_remove (member, error);
      if (without == NULL)
        return NULL;
      scim_json_unref (result);
      result = without;
    }
}

gboolean
scim_node_is_unassigned (ScimNode node)
{
  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return TRUE;
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
      return scim_node_get_size (node) == 0;
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    case SCIM_JSON_STRING:
    default:
      return FALSE;
    }
}

ScimNode
scim_object_get_container (ScimNode object, const char *urn)
{
  ScimNode container;

  if (urn == NULL)
    return object;
  container = scim_node_get_member (object, urn);
  if (scim_node_exists (container))
    return container;
  return is_core_urn (urn) ? object : SCIM_NODE_NONE;
}

char *
scim_value_wrap (const char *urn, const char *attribute, const char *sub_attribute, const char *raw)
{
  const char *const keys[] = { urn, attribute, sub_attribute };
  GString *text = g_string_new (NULL);
  guint depth = 0;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (keys[i] == NULL)
        continue;
      g_string_append_c (text, '{');
      scim_json_append_string (text, keys[i], -1);
      g_string_append_c (text, ':');
      depth++;
    }
  g_string_append (text, raw);
  while (depth-- > 0)
    g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

ScimJson *
scim_document_set (ScimJson *document,
                   const char *urn,
                   const char *attribute,
                   const char *sub_attribute,
                   const char *raw,
                   GError **error)
{
  if (attribute != NULL)
    return raw != NULL ? set_value (document, urn, attribute, sub_attribute, raw, error)
                       : remove_member (document, urn, attribute, sub_attribute, error);

  if (is_core_urn (urn))
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_PATH, "The path names no attribute");
      return NULL;
    }
  if (raw != NULL)
    return set_extension (document, urn, raw, error);
  else
    {
      ScimNode container = scim_node_get_member (scim_json_get_root (document), urn);

      return scim_node_exists (container) ? remove_extension (document, container, urn, error)
                                          : scim_json_ref (document);
    }
}
