/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-http.h"

#include "service-json.h"

#include <string.h>

/* The paths of a comma-separated list; those that cannot be read are left out. */
static GPtrArray *
parse_paths (const char *text, const ScimSchemas *schemas)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_path_free);
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      ScimPath *path = scim_path_new (g_strstrip (names[i]), schemas, NULL);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

/* A member is wanted whole, in parts (*subs, owned and ended by NULL), or not at all. */
static gboolean
is_wanted (GPtrArray *paths, const char *schema, const char *key, GPtrArray *subs)
{
  for (guint i = 0; i < paths->len; i++)
    {
      const ScimPath *path = g_ptr_array_index (paths, i);
      const char *path_schema = path->schema;

      if (g_strcmp0 (path_schema, SCIM_URN_CORE_USER) == 0)
        path_schema = NULL;
      if ((schema == NULL) != (path_schema == NULL) ||
          (schema != NULL && g_ascii_strcasecmp (schema, path_schema) != 0))
        continue;
      if (path->attribute == NULL)
        return TRUE;
      if (g_ascii_strcasecmp (path->attribute, key) != 0)
        continue;
      if (path->sub_attribute == NULL)
        return TRUE;
      g_ptr_array_add (subs, path->sub_attribute);
    }
  return FALSE;
}

static void
append_parts (GString *out, ScimNode node, GPtrArray *subs)
{
  if (scim_node_get_type (node) == SCIM_JSON_ARRAY)
    {
      g_string_append_c (out, '[');
      for (ScimNode element = scim_node_get_first (node); scim_node_exists (element);
           element = scim_node_get_next (element))
        {
          roster_service_json_comma (out);
          append_parts (out, element, subs);
        }
      g_string_append_c (out, ']');
      return;
    }
  if (scim_node_get_type (node) != SCIM_JSON_OBJECT)
    {
      roster_service_json_node (out, node);
      return;
    }
  g_string_append_c (out, '{');
  for (guint i = 0; i < subs->len; i++)
    {
      const char *name = g_ptr_array_index (subs, i);
      ScimNode member = scim_node_get_member (node, name);

      if (scim_node_exists (member))
        {
          g_autofree char *key = scim_node_dup_key (member);

          roster_service_json_key (out, key);
          roster_service_json_node (out, member);
        }
    }
  g_string_append_c (out, '}');
}

static void
append_members (GString *out, ScimNode object, GPtrArray *paths, const char *schema)
{
  for (ScimNode member = scim_node_get_first (object); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autoptr (GPtrArray) subs = g_ptr_array_new ();

      if (is_wanted (paths, schema, key, subs))
        {
          roster_service_json_key (out, key);
          roster_service_json_node (out, member);
        }
      else if (subs->len > 0)
        {
          roster_service_json_key (out, key);
          append_parts (out, member, subs);
        }
      else if (schema == NULL && g_ascii_strncasecmp (key, "urn:", 4) == 0)
        {
          gsize before = out->len;
          gsize start;

          roster_service_json_key (out, key);
          g_string_append_c (out, '{');
          start = out->len;
          append_members (out, member, paths, key);
          if (out->len == start)
            g_string_truncate (out, before);
          else
            g_string_append_c (out, '}');
        }
    }
}

/* isReadOnlyUser is told only to those who ask for it (SCIM-SERVICES section 3.8). */
static ScimResource *
add_on_request (ScimResource *resource, const RosterServiceUser *user, const char *attributes)
{
  ScimResource *with;

  if (strstr (attributes, SCIM_URN_WSO2_SYSTEM ":isReadOnlyUser") == NULL)
    return scim_resource_ref (resource);
  with = scim_resource_set (resource, SCIM_URN_WSO2_SYSTEM ":isReadOnlyUser",
                            user->read_only ? "\"true\"" : "\"false\"", NULL);
  return with != NULL ? with : scim_resource_ref (resource);
}

static GBytes *
only (const RosterServiceRequest *self, const RosterServiceUser *user, const char *attributes)
{
  const RosterServicePersonality *personality = self->service->personality;
  g_autoptr (GPtrArray) paths = parse_paths (attributes, self->service->schemas);
  g_autoptr (ScimResource) stored = roster_service_user_dup_resource (user);
  g_autoptr (ScimResource) resource = NULL;
  GString *out = g_string_new ("{");

  resource = personality->strict_headers ? add_on_request (stored, user, attributes)
                                         : scim_resource_ref (stored);
  for (guint i = 0; personality->always[i] != NULL; i++)
    g_ptr_array_add (paths, scim_path_new (personality->always[i], NULL, NULL));
  append_members (out, scim_resource_get_root (resource), paths, NULL);
  g_string_append_c (out, '}');
  return g_string_free_to_bytes (out);
}

/* TRUE when these bytes cannot hold the attribute: spares most lists the scanning. */
static gboolean
surely_lacks (GBytes *bytes, const char *path)
{
  const char *colon = strrchr (path, ':');
  const char *name = colon != NULL ? colon + 1 : path;
  g_autofree char *quoted = g_strdup_printf ("\"%.*s\"", (int)strcspn (name, "."), name);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strstr_len (data, (gssize)length, quoted) == NULL;
}

static GBytes *
without (const RosterServiceRequest *self, const RosterServiceUser *user, const char *excluded)
{
  g_auto (GStrv) names = g_strsplit (excluded, ",", -1);
  g_autoptr (ScimResource) resource = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      ScimResource *less;

      g_strstrip (names[i]);
      if (*names[i] == '\0' || surely_lacks (user->bytes, names[i]) ||
          g_strv_contains (self->service->personality->always, names[i]))
        continue;
      if (resource == NULL)
        resource = roster_service_user_dup_resource (user);
      less = scim_resource_set (resource, names[i], NULL, NULL);
      if (less == NULL)
        continue;
      scim_resource_unref (resource);
      resource = less;
    }
  return resource != NULL ? scim_resource_dup_bytes (resource) : g_bytes_ref (user->bytes);
}

GBytes *
roster_service_project (const RosterServiceRequest *self, const RosterServiceUser *user)
{
  const char *attributes = roster_service_request_get_query (self, "attributes");
  const char *excluded = roster_service_request_get_query (self, "excludedAttributes");

  if (attributes != NULL && *attributes != '\0')
    return only (self, user, attributes);
  if (excluded != NULL && *excluded != '\0')
    return without (self, user, excluded);
  return g_bytes_ref (user->bytes);
}
