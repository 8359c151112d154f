/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-patch-private.h"

#include <string.h>

#include "scim-json-private.h"
#include "scim-resource-private.h"

typedef struct
{
  ScimPatch *patch;
  const ScimSchemas *schemas;
  GHashTable *extensions; /* names of either resource's extensions, in small letters */
} Diff;

static void
free_slot (gpointer data)
{
  ScimPatchSlot *slot = data;

  g_free (slot->key);
  g_free (slot);
}

static void
add_slots (GPtrArray *slots, GHashTable *by_name, ScimNode object, gboolean is_target)
{
  if (scim_node_get_type (object) != SCIM_JSON_OBJECT)
    return;
  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = NULL;
      g_autofree char *name = NULL;
      ScimPatchSlot *slot;
      ScimNode *place;

      if (!scim_node_is_named (node))
        continue;
      key = scim_node_dup_key (node);
      name = g_ascii_strdown (key, -1);
      slot = g_hash_table_lookup (by_name, name);
      if (slot == NULL)
        {
          slot = g_new0 (ScimPatchSlot, 1);
          slot->key = g_steal_pointer (&key);
          g_ptr_array_add (slots, slot);
          g_hash_table_insert (by_name, g_strdup (name), slot);
        }
      place = is_target ? &slot->target : &slot->base;
      if (!scim_node_exists (*place))
        *place = node;
    }
}

/* Never written: what the service keeps itself, and the password, which travels alone. */
static gboolean
is_never_written (const char *urn, const char *name)
{
  static const char *const names[] = { "id", "meta", "schemas", "password" };

  for (guint i = 0; urn == NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (name, names[i]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_write (const ScimAttribute *attribute, ScimNode base)
{
  if (attribute == NULL)
    return TRUE;
  return attribute->mutability != SCIM_MUTABILITY_READ_ONLY &&
         (attribute->mutability != SCIM_MUTABILITY_IMMUTABLE || scim_node_is_unassigned (base));
}

static void
note_extensions (Diff *self, ScimNode resource)
{
  for (ScimNode node = scim_node_get_first (resource); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = NULL;

      if (scim_node_get_type (node) != SCIM_JSON_OBJECT)
        continue;
      key = scim_node_dup_key (node);
      if (strchr (key, ':') != NULL)
        g_hash_table_add (self->extensions, g_ascii_strdown (key, -1));
    }
}

/* Whether the path will be read as an attribute of `urn` (nullable). A URN with a bracket would
 * begin a filter, and another extension may have the path for its name. */
static gboolean
is_clear (const Diff *self, const char *path, const char *urn)
{
  g_autoptr (ScimPath) parsed = NULL;
  g_autofree char *lower = NULL;

  if (urn == NULL)
    return TRUE;
  lower = g_ascii_strdown (path, -1);
  if (g_hash_table_contains (self->extensions, lower))
    return FALSE;
  parsed = scim_path_new (path, self->schemas, NULL);
  return parsed != NULL && parsed->attribute != NULL && g_strcmp0 (parsed->schema, urn) == 0;
}

/* Adds what turns base into target when the two are taken as they are. */
static void
emit (ScimPatch *patch, const char *path, ScimNode base, ScimNode target)
{
  g_autofree char *raw = scim_node_dup_raw (target);

  if (scim_node_is_unassigned (target))
    scim_patch_add (patch, SCIM_PATCH_REMOVE, path, NULL);
  else if (scim_node_is_unassigned (base))
    scim_patch_add (patch, SCIM_PATCH_ADD, path, raw);
  else
    scim_patch_add (patch, SCIM_PATCH_REPLACE, path, raw);
}

/* replace merges objects and makes arrays of what replaces arrays (RFC 7644 section 3.5.2.3): where
 * that is not wanted, the old value goes first. */
static void
emit_instead (ScimPatch *patch, const char *path, ScimNode base, ScimNode target)
{
  scim_patch_add (patch, SCIM_PATCH_REMOVE, path, NULL);
  emit (patch, path, SCIM_NODE_NONE, target);
}

/* For names that no path can hold. */
static void
emit_member (ScimPatch *patch,
             ScimPatchOpKind kind,
             const char *urn,
             const char *key,
             const char *sub_key,
             const char *raw)
{
  g_autofree char *value = scim_value_wrap (urn, key, sub_key, raw);

  scim_patch_add (patch, kind, NULL, value);
}

/* null takes a value away. */
static void
emit_without_path (ScimPatch *patch, const char *urn, const ScimPatchSlot *slot)
{
  ScimJsonType base_type = scim_node_get_type (slot->base);
  gboolean added = scim_node_is_unassigned (slot->base);
  gboolean removed = scim_node_is_unassigned (slot->target);
  gboolean is_container = base_type == SCIM_JSON_ARRAY || base_type == SCIM_JSON_OBJECT;
  g_autofree char *raw = scim_node_dup_raw (slot->target);

  if (removed || (!added && is_container))
    emit_member (patch, SCIM_PATCH_REPLACE, urn, slot->key, NULL, "null");
  if (!removed)
    emit_member (patch, added || is_container ? SCIM_PATCH_ADD : SCIM_PATCH_REPLACE, urn, slot->key,
                 NULL, raw);
}

static void
emit_sub_without_path (ScimPatch *patch,
                       const char *urn,
                       const char *key,
                       const ScimPatchSlot *slot)
{
  gboolean removed = scim_node_is_unassigned (slot->target);
  g_autofree char *raw = removed ? g_strdup ("null") : scim_node_dup_raw (slot->target);

  emit_member (patch, SCIM_PATCH_REPLACE, urn, key, slot->key, raw);
}

static gboolean
has_read_only_member (const ScimAttribute *attribute, ScimNode object)
{
  for (ScimNode node = scim_node_get_first (object); attribute != NULL && scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);

      if (key != NULL && scim_attribute_is_sub_read_only (attribute, key))
        return TRUE;
    }
  return FALSE;
}

static void
diff_sub_attributes (Diff *self,
                     const char *urn,
                     const char *name,
                     const ScimAttribute *attribute,
                     const ScimPatchSlot *parent)
{
  g_autoptr (GPtrArray) slots = scim_patch_list_slots (parent->base, parent->target);

  for (guint i = 0; i < slots->len; i++)
    {
      const ScimPatchSlot *slot = g_ptr_array_index (slots, i);
      const ScimAttribute *sub =
        attribute != NULL ? scim_attribute_get_sub (attribute, slot->key) : NULL;
      g_autofree char *path = NULL;

      if (!may_write (sub, slot->base) || scim_node_equal (slot->base, slot->target) ||
          (scim_node_is_unassigned (slot->base) && scim_node_is_unassigned (slot->target)))
        continue;
      path =
        g_strconcat (urn != NULL ? urn : "", urn != NULL ? ":" : "", name, ".", slot->key, NULL);
      if (scim_path_is_name (slot->key) && is_clear (self, path, urn))
        emit (self->patch, path, slot->base, slot->target);
      else
        emit_sub_without_path (self->patch, urn, name, slot);
    }
}

/* Both are arrays. FALSE when the attribute must be replaced as a whole. */
static gboolean
diff_arrays (Diff *self,
             const char *urn,
             const char *name,
             const ScimAttribute *attribute,
             const ScimPatchSlot *slot)
{
  g_autoptr (ScimPatch) ops = scim_patch_diff_elements (name, attribute, slot->base, slot->target);

  for (guint i = 0; ops != NULL && i < scim_patch_get_n (ops); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (ops, i);
      g_autofree char *path =
        g_strconcat (urn != NULL ? urn : "", urn != NULL ? ":" : "", op->path, NULL);

      scim_patch_add (self->patch, op->kind, path, op->value);
    }
  return ops != NULL;
}

static void
diff_attribute (Diff *self, const char *urn, const ScimPatchSlot *slot)
{
  const ScimAttribute *attribute = scim_schemas_find_in (self->schemas, urn, slot->key);
  const char *name = attribute != NULL ? attribute->name : slot->key;
  ScimJsonType base_type = scim_node_get_type (slot->base);
  ScimJsonType target_type = scim_node_get_type (slot->target);
  gboolean added = scim_node_is_unassigned (slot->base);
  gboolean removed = scim_node_is_unassigned (slot->target);
  g_autofree char *path = NULL;

  if (is_never_written (urn, slot->key) || !may_write (attribute, slot->base) ||
      (added && removed) || scim_node_equal (slot->base, slot->target))
    return;
  path = urn != NULL ? g_strdup_printf ("%s:%s", urn, name) : g_strdup (name);
  if (!scim_path_is_name (name) || !is_clear (self, path, urn))
    {
      emit_without_path (self->patch, urn, slot);
      return;
    }

  if (removed || (added && !has_read_only_member (attribute, slot->target)))
    emit (self->patch, path, slot->base, slot->target);
  else if (target_type == SCIM_JSON_OBJECT && (added || base_type == SCIM_JSON_OBJECT))
    diff_sub_attributes (self, urn, name, attribute, slot);
  else if (base_type == SCIM_JSON_ARRAY && target_type != SCIM_JSON_ARRAY)
    emit_instead (self->patch, path, slot->base, slot->target);
  else if (base_type != SCIM_JSON_ARRAY || !diff_arrays (self, urn, name, attribute, slot))
    emit (self->patch, path, slot->base, slot->target);
}

static gboolean
is_extension (const ScimPatchSlot *slot)
{
  return strchr (slot->key, ':') != NULL && (scim_node_get_type (slot->base) == SCIM_JSON_OBJECT ||
                                             scim_node_get_type (slot->target) == SCIM_JSON_OBJECT);
}

static void
diff_members (Diff *self, const char *urn, ScimNode base, ScimNode target)
{
  g_autoptr (GPtrArray) slots = scim_patch_list_slots (base, target);

  for (guint i = 0; i < slots->len; i++)
    {
      const ScimPatchSlot *slot = g_ptr_array_index (slots, i);

      if (urn == NULL && is_extension (slot))
        diff_members (self, slot->key, slot->base, slot->target);
      else
        diff_attribute (self, urn, slot);
    }
}

const ScimAttribute *
scim_schemas_find_in (const ScimSchemas *schemas, const char *urn, const char *name)
{
  const ScimSchema *schema =
    schemas != NULL ? scim_schemas_get (schemas, urn != NULL ? urn : SCIM_URN_CORE_USER) : NULL;

  return schema != NULL ? scim_schema_get_attribute (schema, name) : NULL;
}

gboolean
scim_attribute_is_sub_read_only (const ScimAttribute *attribute, const char *name)
{
  const ScimAttribute *sub = attribute != NULL ? scim_attribute_get_sub (attribute, name) : NULL;

  return sub != NULL && sub->mutability == SCIM_MUTABILITY_READ_ONLY;
}

GPtrArray *
scim_patch_list_slots (ScimNode base, ScimNode target)
{
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *slots = g_ptr_array_new_with_free_func (free_slot);

  add_slots (slots, by_name, base, FALSE);
  add_slots (slots, by_name, target, TRUE);
  return slots;
}

ScimPatch *
scim_patch_diff (const ScimResource *base, const ScimResource *target, const ScimSchemas *schemas)
{
  Diff self = { .schemas = schemas };

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (target != NULL, NULL);

  self.patch = scim_patch_new ();
  self.extensions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  note_extensions (&self, scim_resource_get_root (base));
  note_extensions (&self, scim_resource_get_root (target));
  diff_members (&self, NULL, scim_resource_get_root (base), scim_resource_get_root (target));
  g_hash_table_unref (self.extensions);
  return self.patch;
}
