/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-repair.h"

#include "directory/roster-value-text.h"

static gboolean
is_written (RosterComparison *comparison, const RosterLoss *loss)
{
  return loss->kind != ROSTER_LOSS_EDIT || !comparison->edits_wait;
}

/* The URN of the extension that the path is in, when the service lost members of it. */
static const char *
find_lost_extension (RosterComparison *comparison, const ScimAttribute *attribute)
{
  ScimSchemas *schemas = roster_draft_get_schemas (comparison->meant);

  for (guint i = 0; attribute != NULL && i < comparison->losses->len; i++)
    {
      const RosterLoss *loss = g_ptr_array_index (comparison->losses, i);
      const ScimAttribute *other = scim_schemas_find (schemas, loss->path);

      if (loss->kind == ROSTER_LOSS_MEMBER && other != NULL && other->schema == attribute->schema)
        return attribute->schema->id;
    }
  return NULL;
}

static char *
dup_container (RosterComparison *comparison, const char *path)
{
  const ScimAttribute *attribute =
    scim_schemas_find (roster_draft_get_schemas (comparison->meant), path);
  const char *extension = find_lost_extension (comparison, attribute);

  if (extension != NULL)
    return g_strdup (extension);
  if (attribute != NULL && attribute->parent != NULL)
    return scim_attribute_dup_path (attribute->parent);
  return g_strdup (path);
}

/* Paths of what is written, each once. */
static GPtrArray *
list_containers (RosterComparison *comparison)
{
  GPtrArray *containers = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < comparison->losses->len; i++)
    {
      const RosterLoss *loss = g_ptr_array_index (comparison->losses, i);
      g_autofree char *container = dup_container (comparison, loss->path);

      if (is_written (comparison, loss) &&
          !g_ptr_array_find_with_equal_func (containers, container, g_str_equal, NULL))
        g_ptr_array_add (containers, g_steal_pointer (&container));
    }
  return containers;
}

static ScimNode
get_node (const ScimResource *user, const ScimSchemas *schemas, const char *container)
{
  return scim_schemas_get (schemas, container) != NULL
           ? scim_node_get_member (scim_resource_get_root (user), container)
           : scim_resource_get (user, container);
}

static gboolean
is_same (ScimNode a, ScimNode b)
{
  if (roster_value_is_nothing (a) || roster_value_is_nothing (b))
    return roster_value_is_nothing (a) && roster_value_is_nothing (b);
  return scim_node_equal (a, b);
}

/* Takes user. A path that does not fit came from no schema; it then stays as it is shown. */
static ScimResource *
set_raw (ScimResource *user, const char *path, ScimNode node)
{
  g_autoptr (ScimResource) before = user;
  g_autofree char *raw = scim_node_exists (node) ? scim_node_dup_raw (node) : NULL;
  ScimResource *changed = scim_resource_set (user, path, raw, NULL);

  return changed != NULL ? changed : g_steal_pointer (&before);
}

/* `formatted` that went with the parts it is made of; where it is shown the service makes it. */
static ScimResource *
restore_formatted (RosterComparison *comparison, ScimResource *target, const char *container)
{
  g_autofree char *path = g_strdup_printf ("%s.formatted", container);
  ScimNode before = scim_resource_get (roster_draft_get_base (comparison->meant), path);

  if (scim_schemas_find (roster_draft_get_schemas (comparison->meant), path) == NULL ||
      roster_value_is_nothing (before) ||
      !roster_value_is_nothing (scim_resource_get (comparison->shown, path)))
    return target;
  return set_raw (target, path, before);
}

static ScimResource *
make_target (RosterComparison *comparison, GPtrArray *containers)
{
  ScimResource *target = scim_resource_ref (comparison->shown);
  ScimResource *meant = roster_draft_get_target (comparison->meant);

  for (guint i = 0; i < comparison->losses->len; i++)
    {
      const RosterLoss *loss = g_ptr_array_index (comparison->losses, i);

      if (is_written (comparison, loss))
        target = set_raw (target, loss->path, scim_resource_get (meant, loss->path));
    }
  for (guint i = 0; i < containers->len; i++)
    target = restore_formatted (comparison, target, g_ptr_array_index (containers, i));
  return target;
}

static gboolean
is_writable (const ScimSchemas *schemas, const char *container, const char *key)
{
  const ScimSchema *schema = scim_schemas_get (schemas, container);
  const ScimAttribute *parent = schema != NULL ? NULL : scim_schemas_find (schemas, container);
  const ScimAttribute *attribute = NULL;

  if (schema != NULL)
    attribute = scim_schema_get_attribute (schema, key);
  else if (parent != NULL)
    attribute = scim_attribute_get_sub (parent, key);
  return attribute == NULL || attribute->mutability != SCIM_MUTABILITY_READ_ONLY;
}

/* The members that may be written; `formatted` only where it would be lost. NULL: none. */
static char *
dup_object (RosterComparison *comparison, const char *container, ScimNode object)
{
  const ScimSchemas *schemas = roster_draft_get_schemas (comparison->meant);
  g_autoptr (GString) out = g_string_new ("{");
  ScimNode shown = get_node (comparison->shown, schemas, container);

  for (ScimNode member = scim_node_get_first (object); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autofree char *raw = scim_node_dup_raw (member);

      if (key == NULL || !is_writable (schemas, container, key) ||
          (g_ascii_strcasecmp (key, "formatted") == 0 &&
           !roster_value_is_nothing (scim_node_get_member (shown, key))))
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      scim_json_append_string (out, key, -1);
      g_string_append_printf (out, ":%s", raw);
    }
  g_string_append_c (out, '}');
  return out->len == 2 ? NULL : g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
roster_repair_is_needed (RosterComparison *comparison)
{
  g_autoptr (GPtrArray) containers = list_containers (comparison);

  return containers->len > 0;
}

gboolean
roster_repair_is_current (RosterComparison *comparison, ScimResource *fresh)
{
  const ScimSchemas *schemas = roster_draft_get_schemas (comparison->meant);
  g_autoptr (GPtrArray) containers = list_containers (comparison);

  for (guint i = 0; i < containers->len; i++)
    {
      const char *container = g_ptr_array_index (containers, i);

      if (!is_same (get_node (comparison->shown, schemas, container),
                    get_node (fresh, schemas, container)))
        return FALSE;
    }
  return TRUE;
}

/* Replacing a complex attribute takes no part away (RFC 7644 section 3.5.2.3): those go first. */
static void
remove_parts (RosterComparison *comparison, ScimPatch *patch, ScimResource *target)
{
  for (guint i = 0; i < comparison->losses->len; i++)
    {
      const RosterLoss *loss = g_ptr_array_index (comparison->losses, i);
      g_autofree char *container = dup_container (comparison, loss->path);

      if (is_written (comparison, loss) && !g_str_equal (container, loss->path) &&
          roster_value_is_nothing (scim_resource_get (target, loss->path)))
        scim_patch_add (patch, SCIM_PATCH_REMOVE, loss->path, NULL);
    }
}

static gboolean
is_lost_whole (RosterComparison *comparison, const char *container)
{
  for (guint i = 0; i < comparison->losses->len; i++)
    if (g_str_equal (((RosterLoss *)g_ptr_array_index (comparison->losses, i))->path, container))
      return TRUE;
  return FALSE;
}

ScimPatch *
roster_repair_dup_patch (RosterComparison *comparison, ScimResource **target)
{
  const ScimSchemas *schemas = roster_draft_get_schemas (comparison->meant);
  g_autoptr (GPtrArray) containers = list_containers (comparison);
  g_autoptr (ScimResource) wanted = make_target (comparison, containers);
  ScimPatch *patch = scim_patch_new ();

  remove_parts (comparison, patch, wanted);
  for (guint i = 0; i < containers->len; i++)
    {
      const char *container = g_ptr_array_index (containers, i);
      ScimNode node = get_node (wanted, schemas, container);
      g_autofree char *raw = NULL;

      if (scim_node_get_type (node) == SCIM_JSON_OBJECT)
        raw = dup_object (comparison, container, node);
      else if (!roster_value_is_nothing (node))
        raw = scim_node_dup_raw (node);
      if (raw != NULL)
        scim_patch_add (patch, SCIM_PATCH_REPLACE, container, raw);
      else if (is_lost_whole (comparison, container))
        scim_patch_add (patch, SCIM_PATCH_REMOVE, container, NULL);
    }
  *target = g_steal_pointer (&wanted);
  return patch;
}
