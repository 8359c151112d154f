/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-resource-private.h"

#include <string.h>

#include "scim-error.h"

struct _ScimResource
{
  gatomicrefcount refs;
  ScimJson *json;
  ScimNode root;
};

#define MAX_TITLE_CHARS 300

static ScimResource *
take_node (ScimJson *json, ScimNode root)
{
  ScimResource *self = g_new0 (ScimResource, 1);

  g_atomic_ref_count_init (&self->refs);
  self->json = json;
  self->root = root;
  return self;
}

static ScimNode
get_sub_value (ScimNode value, const char *sub_attribute)
{
  if (scim_node_get_type (value) == SCIM_JSON_OBJECT)
    return scim_node_get_member (value, sub_attribute);
  /* Services shorten {"value":"a@b"} to "a@b" (SCIM-SERVICES section 3.7). */
  return g_ascii_strcasecmp (sub_attribute, "value") == 0 ? value : SCIM_NODE_NONE;
}

/* The first element that the filter selects and that has the sub-attribute; both are nullable. */
static ScimNode
get_first_match (ScimNode array, const ScimPath *path)
{
  for (ScimNode node = scim_node_get_first (array); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      ScimNode value;

      if (path->filter != NULL && !scim_filter_matches (path->filter, node))
        continue;
      value = path->sub_attribute != NULL ? get_sub_value (node, path->sub_attribute) : node;
      if (scim_node_exists (value))
        return value;
    }
  return SCIM_NODE_NONE;
}

static gboolean
is_primary (ScimNode element)
{
  gboolean primary;

  return scim_node_get_boolean (scim_node_get_member (element, "primary"), &primary) && primary;
}

static char *
dup_value_text (ScimNode value)
{
  static const char *const names[] = { "value", "formatted", "display" };

  if (scim_node_get_type (value) != SCIM_JSON_OBJECT)
    return scim_node_dup_text (value);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *text = scim_node_dup_text (scim_node_get_member (value, names[i]));

      if (text != NULL)
        return text;
    }
  return NULL;
}

/* Harmless text of a member for a title; NULL when there is nothing to see in it. */
static char *
dup_title_part (ScimNode object, const char *name)
{
  g_autofree char *text = scim_node_dup_text (scim_node_get_member (object, name));
  g_autofree char *safe = NULL;

  if (text == NULL)
    return NULL;
  safe = scim_text_make_safe (text, -1, MAX_TITLE_CHARS);
  g_strstrip (safe);
  return *safe != '\0' ? g_steal_pointer (&safe) : NULL;
}

ScimResource *
scim_resource_new (GBytes *bytes, GError **error)
{
  g_autoptr (ScimJson) json = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  json = scim_json_new (bytes, NULL, error);
  return json != NULL ? scim_resource_new_from_json (json, error) : NULL;
}

ScimResource *
scim_resource_new_from_node (ScimNode object)
{
  g_return_val_if_fail (scim_node_get_type (object) == SCIM_JSON_OBJECT, NULL);

  return take_node (scim_json_ref ((ScimJson *)object.json), object);
}

ScimResource *
scim_resource_new_from_json (ScimJson *json, GError **error)
{
  ScimNode root;

  g_return_val_if_fail (json != NULL, NULL);

  root = scim_json_get_root (json);
  if (scim_node_get_type (root) != SCIM_JSON_OBJECT)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                   "A resource is expected, but this is no JSON object");
      return NULL;
    }
  return take_node (scim_json_ref (json), root);
}

ScimResource *
scim_resource_ref (ScimResource *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
scim_resource_unref (ScimResource *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  scim_json_unref (self->json);
  g_free (self);
}

ScimNode
scim_resource_get_root (const ScimResource *self)
{
  g_return_val_if_fail (self != NULL, SCIM_NODE_NONE);

  return self->root;
}

GBytes *
scim_resource_dup_bytes (const ScimResource *self)
{
  GBytes *all;
  const char *raw;
  gsize length;

  g_return_val_if_fail (self != NULL, NULL);

  all = scim_json_get_bytes (self->json);
  raw = scim_node_get_raw (self->root, &length);
  return g_bytes_new_from_bytes (all, (gsize)(raw - (const char *)g_bytes_get_data (all, NULL)),
                                 length);
}

ScimJson *
scim_resource_dup_json (const ScimResource *self)
{
  g_autoptr (GBytes) bytes = NULL;

  if (scim_node_is_same (self->root, scim_json_get_root (self->json)))
    return scim_json_ref (self->json);
  bytes = scim_resource_dup_bytes (self);
  /* A part of a document that was scanned within the same limits. */
  return scim_json_new (bytes, NULL, NULL);
}

ScimNode
scim_resource_get_path (const ScimResource *self, const ScimPath *path)
{
  ScimNode value;

  g_return_val_if_fail (self != NULL, SCIM_NODE_NONE);
  g_return_val_if_fail (path != NULL, SCIM_NODE_NONE);

  value = scim_object_get_container (self->root, path->schema);
  if (path->attribute != NULL)
    value = scim_node_get_member (value, path->attribute);
  if (path->filter == NULL && path->sub_attribute == NULL)
    return value;
  if (scim_node_get_type (value) == SCIM_JSON_ARRAY)
    return get_first_match (value, path);
  if (path->filter != NULL && !scim_filter_matches (path->filter, value))
    return SCIM_NODE_NONE;
  return path->sub_attribute != NULL ? get_sub_value (value, path->sub_attribute) : value;
}

ScimNode
scim_resource_get (const ScimResource *self, const char *path)
{
  g_autoptr (ScimPath) parsed = NULL;

  g_return_val_if_fail (self != NULL, SCIM_NODE_NONE);
  g_return_val_if_fail (path != NULL, SCIM_NODE_NONE);

  parsed = scim_path_new_for_object (path, NULL, self->root, NULL);
  return parsed != NULL ? scim_resource_get_path (self, parsed) : SCIM_NODE_NONE;
}

char *
scim_resource_dup_text (const ScimResource *self, const char *path)
{
  return scim_node_dup_text (scim_resource_get (self, path));
}

gboolean
scim_resource_get_boolean (const ScimResource *self, const char *path, gboolean *value)
{
  return scim_node_get_boolean (scim_resource_get (self, path), value);
}

char *
scim_resource_dup_main_value (const ScimResource *self, const char *path)
{
  ScimNode value = scim_resource_get (self, path);
  char *first = NULL;

  if (scim_node_get_type (value) != SCIM_JSON_ARRAY)
    return dup_value_text (value);
  for (ScimNode node = scim_node_get_first (value); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      char *text;

      if (first != NULL && !is_primary (node))
        continue;
      text = dup_value_text (node);
      if (text == NULL)
        continue;
      g_free (first);
      first = text;
      if (is_primary (node))
        break;
    }
  return first;
}

char *
scim_resource_dup_title (const ScimResource *self)
{
  static const char *const fallbacks[] = { "userName", "id" };
  g_autofree char *given = NULL;
  g_autofree char *family = NULL;
  ScimNode name;
  char *title;

  g_return_val_if_fail (self != NULL, NULL);

  name = scim_node_get_member (self->root, "name");
  if ((title = dup_title_part (self->root, "displayName")) != NULL ||
      (title = dup_title_part (name, "formatted")) != NULL)
    return title;
  given = dup_title_part (name, "givenName");
  family = dup_title_part (name, "familyName");
  if (given != NULL && family != NULL)
    return g_strdup_printf ("%s %s", given, family);
  if (given != NULL)
    return g_steal_pointer (&given);
  if (family != NULL)
    return g_steal_pointer (&family);

  for (guint i = 0; i < G_N_ELEMENTS (fallbacks); i++)
    {
      g_autofree char *text = dup_title_part (self->root, fallbacks[i]);

      if (text != NULL)
        return g_strdup (i == 0 ? scim_user_name_split (text, NULL) : text);
    }
  return g_strdup ("");
}

ScimResource *
scim_resource_set (const ScimResource *self, const char *path, const char *raw, GError **error)
{
  g_autoptr (ScimPath) parsed = NULL;
  g_autoptr (ScimJson) document = NULL;
  g_autoptr (ScimJson) changed = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  parsed = scim_path_new_for_object (path, NULL, self->root, error);
  if (parsed == NULL)
    return NULL;
  if (parsed->filter != NULL)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_PATH,
                   "One of several values cannot be set alone");
      return NULL;
    }
  document = scim_resource_dup_json (self);
  changed = scim_document_set (document, parsed->schema, parsed->attribute, parsed->sub_attribute,
                               raw, error);
  return changed != NULL ? scim_resource_new_from_json (changed, error) : NULL;
}

const char *
scim_user_name_split (const char *user_name, char **store)
{
  const char *slash;

  g_return_val_if_fail (user_name != NULL, NULL);

  slash = strchr (user_name, '/');
  if (slash == user_name || (slash != NULL && slash[1] == '\0'))
    slash = NULL;
  if (store != NULL)
    *store = slash != NULL ? g_strndup (user_name, (gsize)(slash - user_name)) : NULL;
  return slash != NULL ? slash + 1 : user_name;
}
