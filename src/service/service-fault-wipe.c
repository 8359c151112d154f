/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wipe-siblings: a service that takes what it is sent of a complex attribute for all of it. */
#include "service-fault-private.h"

#include <string.h>

/* A complex attribute that a patch touches. */
typedef struct
{
  char *path;       /* of the attribute: a URN's may come first, a value filter last */
  GHashTable *sent; /* lower-case names of the sub-attributes that were sent */
} Touched;

static void
touched_free (Touched *self)
{
  g_free (self->path);
  g_hash_table_unref (self->sent);
  g_free (self);
}

/* Takes `path`. */
static Touched *
touch (GPtrArray *all, char *path)
{
  Touched *self;

  for (guint i = 0; i < all->len; i++)
    {
      self = g_ptr_array_index (all, i);
      if (g_ascii_strcasecmp (self->path, path) == 0)
        {
          g_free (path);
          return self;
        }
    }
  self = g_new0 (Touched, 1);
  self->path = path;
  self->sent = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (all, self);
  return self;
}

/* The members of a value that stands for a complex attribute. */
static void
collect_value (GPtrArray *all, const char *path, ScimNode value)
{
  Touched *touched;

  if (scim_node_get_type (value) != SCIM_JSON_OBJECT)
    return;
  touched = touch (all, g_strdup (path));
  for (ScimNode member = scim_node_get_first (value); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);

      g_hash_table_add (touched->sent, g_ascii_strdown (key, -1));
    }
}

/* The attributes of an operation without path; those of an extension are below its URN. */
static void
collect_members (GPtrArray *all, const char *urn, ScimNode object)
{
  for (ScimNode member = scim_node_get_first (object); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autofree char *path = urn != NULL ? g_strdup_printf ("%s:%s", urn, key) : g_strdup (key);

      if (urn == NULL && g_ascii_strncasecmp (key, "urn:", 4) == 0)
        collect_members (all, key, member);
      else
        collect_value (all, path, member);
    }
}

static void
collect_operation (GPtrArray *all, const ScimPatchOp *op, const ScimSchemas *schemas)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (op->value, -1, NULL);
  g_autoptr (ScimPath) path = op->path != NULL ? scim_path_new (op->path, schemas, NULL) : NULL;
  g_autofree char *sub_attribute = NULL;

  if (json == NULL || (op->path != NULL && path == NULL))
    return;
  if (path == NULL || path->attribute == NULL)
    {
      collect_members (all, path != NULL ? path->schema : NULL, scim_json_get_root (json));
      return;
    }
  sub_attribute = g_steal_pointer (&path->sub_attribute);
  if (sub_attribute == NULL)
    collect_value (all, op->path, scim_json_get_root (json));
  else
    g_hash_table_add (touch (all, scim_path_to_string (path))->sent,
                      g_ascii_strdown (sub_attribute, -1));
}

/* The complex attributes that the body writes to. */
static GPtrArray *
collect (const RosterServiceRequest *request)
{
  g_autoptr (GBytes) body = roster_service_request_dup_body (request);
  g_autoptr (ScimJson) json = scim_json_new (body, NULL, NULL);
  g_autoptr (ScimPatch) patch = json != NULL ? scim_patch_new_from_json (json, NULL) : NULL;
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify)touched_free);

  for (guint i = 0; patch != NULL && i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (patch, i);

      if (op->kind != SCIM_PATCH_REMOVE)
        collect_operation (all, op, request->service->schemas);
    }
  return all;
}

/* What a value filter compares stays, or the patch would find nothing to write to. */
static gboolean
is_kept (const Touched *touched, const char *key)
{
  g_autofree char *name = g_ascii_strdown (key, -1);
  g_autofree char *path = g_ascii_strdown (touched->path, -1);
  const char *filter = strchr (path, '[');

  return g_hash_table_contains (touched->sent, name) ||
         (filter != NULL && strstr (filter, name) != NULL);
}

/* Takes the sub-attributes away that were not sent; the resource is taken. */
static ScimResource *
wipe (ScimResource *resource, const Touched *touched)
{
  ScimNode node = scim_resource_get (resource, touched->path);
  ScimNode member = scim_node_get_first (node);

  if (scim_node_get_type (node) != SCIM_JSON_OBJECT)
    return resource;
  while (scim_node_exists (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autoptr (ScimJson) less = NULL;

      if (is_kept (touched, key))
        {
          member = scim_node_get_next (member);
          continue;
        }
      less = scim_json_remove (member, NULL);
      g_assert (less != NULL);
      scim_resource_unref (resource);
      resource = scim_resource_new_from_json (less, NULL);
      member = scim_node_get_first (scim_resource_get (resource, touched->path));
    }
  return resource;
}

/* Wiped first and patched then: what was sent is there at the end, its siblings are not. A patch
 * that is refused leaves the user as it was. */
void
roster_service_fault_wipe_siblings (const RosterServiceFaultRule *rule,
                                    RosterServiceRequest *request)
{
  RosterServiceUser *user = roster_service_request_find_user (request);
  g_autoptr (GPtrArray) touched = collect (request);
  g_autoptr (GBytes) before = user != NULL ? g_bytes_ref (user->bytes) : NULL;

  if (user != NULL)
    {
      ScimResource *resource = roster_service_user_dup_resource (user);

      for (guint i = 0; i < touched->len; i++)
        resource = wipe (resource, g_ptr_array_index (touched, i));
      g_bytes_unref (user->bytes);
      user->bytes = scim_resource_dup_bytes (resource);
      scim_resource_unref (resource);
    }
  roster_service_request_handle (request);
  if (user != NULL && soup_server_message_get_status (request->message) != 200)
    {
      g_bytes_unref (user->bytes);
      user->bytes = g_steal_pointer (&before);
    }
}
