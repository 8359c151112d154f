/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-resource.h"

#include "scim-error.h"

static gint64
get_count (ScimNode root, const char *name)
{
  gint64 value;

  return scim_node_get_int64 (scim_node_get_member (root, name), &value) && value >= 0 ? value : -1;
}

/* A user asked for by id where a list is expected would pass for an empty page. */
static gboolean
looks_like_list (ScimNode root)
{
  static const char *const names[] = { "Resources", "totalResults", "itemsPerPage", "startIndex" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (scim_node_exists (scim_node_get_member (root, names[i])))
        return TRUE;
    }
  return FALSE;
}

static gboolean
find_entries (ScimNode root, ScimNode *entries)
{
  *entries = root;
  if (scim_node_get_type (root) == SCIM_JSON_ARRAY)
    return TRUE;
  if (scim_node_get_type (root) != SCIM_JSON_OBJECT || !looks_like_list (root))
    return FALSE;

  *entries = scim_node_get_member (root, "Resources");
  switch (scim_node_get_type (*entries))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
    case SCIM_JSON_ARRAY:
      return TRUE;
    default:
      return FALSE;
    }
}

ScimList *
scim_list_new (GBytes *bytes, GError **error)
{
  g_autoptr (ScimJson) json = NULL;
  ScimNode root, entries;
  ScimList *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  json = scim_json_new (bytes, NULL, error);
  if (json == NULL)
    return NULL;
  root = scim_json_get_root (json);
  if (!find_entries (root, &entries))
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                   "The service’s answer is no list of resources");
      return NULL;
    }

  self = g_new0 (ScimList, 1);
  self->resources =
    g_ptr_array_new_full (scim_node_get_size (entries), (GDestroyNotify)scim_resource_unref);
  self->total_results = get_count (root, "totalResults");
  self->items_per_page = get_count (root, "itemsPerPage");
  self->start_index = get_count (root, "startIndex");
  for (ScimNode node = scim_node_get_first (entries); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      if (scim_node_get_type (node) == SCIM_JSON_OBJECT)
        g_ptr_array_add (self->resources, scim_resource_new_from_node (node));
      else
        self->n_invalid++;
    }
  return self;
}

void
scim_list_free (ScimList *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->resources);
  g_free (self);
}
