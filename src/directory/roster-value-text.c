/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-value-text.h"

#include <glib/gi18n.h>
#include "directory/roster-date.h"
#include "directory/roster-labels.h"
#include "scim/scim-error.h"

#define MAX_VALUE 200
#define MAX_LONG  20000

gboolean
roster_value_is_nothing (ScimNode node)
{
  g_autofree char *text = NULL;

  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return TRUE;
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
      return scim_node_get_size (node) == 0;
    case SCIM_JSON_STRING:
      text = scim_node_dup_text (node);
      return text != NULL && *text == '\0';
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    default:
      return FALSE;
    }
}

char *
roster_value_dup_main_text (ScimNode node)
{
  const char *const members[] = { "value", "displayName", "display", "formatted" };
  char *text = scim_node_dup_text (node);

  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (members); i++)
    text = scim_node_dup_text (scim_node_get_member (node, members[i]));
  return text;
}

static void
append (GString *out, const char *text)
{
  if (out->len > 0)
    /* Translators: between the names of a list. */
    g_string_append (out, _ (", "));
  g_string_append (out, text);
}

static gboolean
is_mark (const char *key)
{
  return g_ascii_strcasecmp (key, "type") == 0 || g_ascii_strcasecmp (key, "primary") == 0;
}

/* An address without `formatted` by its parts. */
static char *
dup_parts (ScimNode object)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (ScimNode member = scim_node_get_first (object); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autofree char *text = scim_node_dup_text (member);

      if (key != NULL && !is_mark (key) && text != NULL && *text != '\0')
        append (out, text);
    }
  return out->len == 0 ? NULL : g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_one (ScimNode node, guint max_chars)
{
  g_autofree char *text = roster_value_dup_main_text (node);
  gsize length;
  const char *raw;

  if (text == NULL && scim_node_get_type (node) == SCIM_JSON_OBJECT)
    text = dup_parts (node);
  if (text != NULL)
    return scim_text_make_safe (text, -1, max_chars);
  raw = scim_node_get_raw (node, &length);
  return scim_text_make_safe (raw, (gssize)length, max_chars);
}

/* "kim@example.org (Work, primary)" */
static char *
dup_marked (ScimNode element, guint max_chars)
{
  g_autofree char *text = dup_one (element, max_chars);
  g_autofree char *type = scim_node_dup_text (scim_node_get_member (element, "type"));
  g_autoptr (GString) marks = g_string_new (NULL);
  gboolean primary = FALSE;

  if (type != NULL && *type != '\0')
    {
      g_autofree char *label = roster_label_type (type);
      g_autofree char *safe = scim_text_make_safe (label, -1, MAX_VALUE);

      append (marks, safe);
    }
  scim_node_get_boolean (scim_node_get_member (element, "primary"), &primary);
  if (primary)
    /* Translators: beside the one of several values, e-mail addresses for example, that comes
     * first. */
    append (marks, C_ ("value", "primary"));
  if (marks->len == 0)
    return g_steal_pointer (&text);
  /* Translators: a value, then its type and whether it is primary: “kim@example.org (Work,
   * primary)”. */
  return g_strdup_printf (C_ ("value", "%s (%s)"), text, marks->str);
}

static char *
dup_list (ScimNode array, char *(*dup_element) (ScimNode element, guint max_chars), guint max_chars)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (ScimNode element = scim_node_get_first (array); scim_node_exists (element);
       element = scim_node_get_next (element))
    {
      g_autofree char *text =
        roster_value_is_nothing (element) ? NULL : dup_element (element, max_chars);

      if (text != NULL)
        append (out, text);
    }
  return scim_text_make_safe (out->str, -1, max_chars);
}

static char *
dup_any (ScimNode node, guint max_chars)
{
  if (roster_value_is_nothing (node))
    return g_strdup ("");
  return scim_node_get_type (node) == SCIM_JSON_ARRAY ? dup_list (node, dup_one, max_chars)
                                                      : dup_one (node, max_chars);
}

static char *
dup_of_attribute (const ScimAttribute *attribute, ScimNode node, guint max_chars)
{
  g_autofree char *text = scim_node_dup_text (node);
  char *moment;
  gboolean on;

  if (scim_node_get_type (node) == SCIM_JSON_ARRAY)
    return dup_list (node, dup_marked, max_chars);
  if (attribute != NULL && attribute->type == SCIM_TYPE_BOOLEAN &&
      scim_node_get_boolean (node, &on))
    return g_strdup (on ? C_ ("value", "Yes") : C_ ("value", "No"));
  if (attribute != NULL && attribute->type == SCIM_TYPE_DATE_TIME && text != NULL)
    {
      moment = roster_date_dup_display (text);
      if (moment != NULL)
        return moment;
    }
  return dup_any (node, max_chars);
}

char *
roster_value_dup_text (ScimNode node)
{
  return dup_any (node, MAX_VALUE);
}

char *
roster_value_dup_attribute_text (const ScimSchemas *schemas, const char *path, ScimNode node)
{
  g_return_val_if_fail (path != NULL, NULL);

  return dup_of_attribute (scim_schemas_find (schemas, path), node, MAX_VALUE);
}

char *
roster_value_dup_long_text (const ScimSchemas *schemas, const char *path, ScimNode node)
{
  g_return_val_if_fail (path != NULL, NULL);

  return dup_of_attribute (scim_schemas_find (schemas, path), node, MAX_LONG);
}

char *
roster_value_dup_label (const ScimSchemas *schemas, const char *path)
{
  const ScimAttribute *attribute;

  g_return_val_if_fail (path != NULL, NULL);

  attribute = scim_schemas_find (schemas, path);
  return attribute != NULL ? roster_label_attribute (attribute)
                           : scim_text_make_safe (path, -1, MAX_VALUE);
}
