/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-resource-private.h"

#include <string.h>

#include "scim-error.h"

static const char *const known_urns[] = {
  SCIM_URN_CORE_USER,
  SCIM_URN_ENTERPRISE_USER,
  SCIM_URN_WSO2_SYSTEM,
  SCIM_URN_WSO2_CUSTOM,
};

static ScimPath *
fail (const char *text, const char *problem, GError **error)
{
  g_autofree char *shown = scim_text_make_safe (text, -1, 200);

  g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_PATH, "Invalid path “%s”: %s", shown, problem);
  return NULL;
}

static gboolean
is_name (const char *text, gsize length)
{
  if (length == 0 || !(g_ascii_isalpha (*text) || *text == '$' || *text == '_'))
    return FALSE;
  for (gsize i = 1; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && strchr ("-_$", text[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_known_urn (const char *text, const ScimSchemas *schemas, ScimNode object)
{
  if (schemas != NULL && scim_schemas_get (schemas, text) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (known_urns); i++)
    {
      if (g_ascii_strcasecmp (known_urns[i], text) == 0)
        return TRUE;
    }
  return strchr (text, ':') != NULL &&
         scim_node_get_type (scim_node_get_member (object, text)) == SCIM_JSON_OBJECT;
}

/* How much of text is a URN. No name holds a colon (RFC 7643 section 2.1), so that the last one
 * ends it, unless all of it is a URN: those hold colons and dots themselves, and must be known. */
static gsize
measure_urn (const char *text, const ScimSchemas *schemas, ScimNode object)
{
  const char *bracket = strchr (text, '[');
  const char *colon;

  if (is_known_urn (text, schemas, object))
    return strlen (text);
  colon = g_strrstr_len (text, bracket != NULL ? bracket - text : -1, ":");
  return colon != NULL ? (gsize)(colon - text) : 0;
}

/* at: behind the opening bracket. Brackets in the filter's strings do not count. */
static const char *
find_closing_bracket (const char *at)
{
  gboolean in_string = FALSE;

  for (; *at != '\0'; at++)
    {
      if (in_string && *at == '\\' && at[1] != '\0')
        at++;
      else if (*at == '"')
        in_string = !in_string;
      else if (*at == ']' && !in_string)
        return at;
    }
  return NULL;
}

static ScimPath *
parse (const char *text, gsize urn_length, GError **error)
{
  g_autoptr (ScimPath) self = g_new0 (ScimPath, 1);
  const char *at = text, *end;

  if (urn_length > 0)
    {
      self->schema = g_strndup (text, urn_length);
      if (strchr (self->schema, ':') == NULL)
        return fail (text, "a schema’s URN is expected before the colon", error);
      at += urn_length;
      if (*at == '\0')
        return g_steal_pointer (&self);
      at++;
    }

  end = at + strcspn (at, "[.");
  if (!is_name (at, (gsize)(end - at)))
    return fail (text, "an attribute name is expected", error);
  self->attribute = g_strndup (at, (gsize)(end - at));
  if (*end == '[')
    {
      g_autofree char *filter = NULL;
      const char *closing = find_closing_bracket (end + 1);

      if (closing == NULL)
        return fail (text, "the filter has no closing bracket", error);
      filter = g_strndup (end + 1, (gsize)(closing - end - 1));
      self->filter = scim_filter_new (filter, error);
      if (self->filter == NULL)
        return NULL;
      end = closing + 1;
    }
  if (*end == '\0')
    return g_steal_pointer (&self);
  if (*end != '.' || !is_name (end + 1, strlen (end + 1)))
    return fail (text, "a sub-attribute name is expected", error);
  self->sub_attribute = g_strdup (end + 1);
  return g_steal_pointer (&self);
}

gboolean
scim_path_is_name (const char *text)
{
  return is_name (text, strlen (text));
}

ScimPath *
scim_path_new_for_object (const char *text,
                          const ScimSchemas *schemas,
                          ScimNode object,
                          GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  return parse (text, measure_urn (text, schemas, object), error);
}

ScimPath *
scim_path_new (const char *text, const ScimSchemas *schemas, GError **error)
{
  return scim_path_new_for_object (text, schemas, SCIM_NODE_NONE, error);
}

ScimPath *
scim_path_copy (const ScimPath *self)
{
  ScimPath *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (ScimPath, 1);
  copy->schema = g_strdup (self->schema);
  copy->attribute = g_strdup (self->attribute);
  copy->filter = self->filter != NULL ? scim_filter_ref (self->filter) : NULL;
  copy->sub_attribute = g_strdup (self->sub_attribute);
  return copy;
}

void
scim_path_free (ScimPath *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->schema);
  g_free (self->attribute);
  g_clear_pointer (&self->filter, scim_filter_unref);
  g_free (self->sub_attribute);
  g_free (self);
}

char *
scim_path_to_string (const ScimPath *self)
{
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_new (self->schema);
  if (self->attribute != NULL)
    {
      if (self->schema != NULL)
        g_string_append_c (text, ':');
      g_string_append (text, self->attribute);
    }
  if (self->filter != NULL)
    {
      g_autofree char *filter = scim_filter_to_string (self->filter);

      g_string_append_printf (text, "[%s]", filter);
    }
  if (self->sub_attribute != NULL)
    g_string_append_printf (text, ".%s", self->sub_attribute);
  return g_string_free (text, FALSE);
}
