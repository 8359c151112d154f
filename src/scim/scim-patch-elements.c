/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-patch-private.h"

#include "scim-resource-private.h"

/* The difference of two multi-valued complex attributes, value by value. Every operation is applied
 * to a copy at once, so that a filter is judged by what it will meet; when the copy does not become
 * the target, the caller replaces the whole. */

#define MAX_ELEMENTS 200 /* matching compares all pairs */
#define NO_MATCH     (-1)

typedef struct
{
  const char *name;
  const ScimAttribute *attribute; /* nullable */
  gboolean has_read_only;         /* some of its sub-attributes */
  GArray *base;                   /* ScimNode */
  GArray *target;
  int *target_of; /* by position in base */
  int *base_of;   /* by position in target */
  GArray *order;  /* int: which base values the copy still holds, in its order */
  ScimJson *copy; /* an object whose one member is the attribute */
  ScimPatch *ops;
} Elements;

typedef gboolean (*Alike) (const Elements *self, ScimNode base, ScimNode target);

static ScimNode
get_node (GArray *nodes, guint position)
{
  return g_array_index (nodes, ScimNode, position);
}

static GArray *
list_nodes (ScimNode array)
{
  GArray *nodes = g_array_sized_new (FALSE, FALSE, sizeof (ScimNode), scim_node_get_size (array));

  for (ScimNode node = scim_node_get_first (array); scim_node_exists (node);
       node = scim_node_get_next (node))
    g_array_append_val (nodes, node);
  return nodes;
}

/* An object all of whose members have a value and a name that a path can hold. */
static gboolean
is_plain (ScimNode element)
{
  if (scim_node_get_type (element) != SCIM_JSON_OBJECT || scim_node_get_size (element) == 0)
    return FALSE;
  for (ScimNode node = scim_node_get_first (element); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      gsize length;

      scim_node_get_raw (node, &length);
      if (scim_node_is_unassigned (node) || !scim_path_is_name (key) ||
          (scim_node_get_type (node) == SCIM_JSON_STRING && length == 2))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_all_plain (GArray *nodes)
{
  for (guint i = 0; i < nodes->len; i++)
    {
      if (!is_plain (get_node (nodes, i)))
        return FALSE;
    }
  return nodes->len > 0 && nodes->len <= MAX_ELEMENTS;
}

static gboolean
is_same_member (ScimNode a, ScimNode b, const char *name)
{
  ScimNode left = scim_node_get_member (a, name);

  return scim_node_exists (left) && scim_node_equal (left, scim_node_get_member (b, name));
}

/* Equal but for what cannot be written. */
static gboolean
are_equal (const Elements *self, ScimNode base, ScimNode target)
{
  g_autoptr (GPtrArray) slots = NULL;

  if (!self->has_read_only)
    return scim_node_equal (base, target);
  slots = scim_patch_list_slots (base, target);
  for (guint i = 0; i < slots->len; i++)
    {
      const ScimPatchSlot *slot = g_ptr_array_index (slots, i);

      if (!scim_attribute_is_sub_read_only (self->attribute, slot->key) &&
          !scim_node_equal (slot->base, slot->target))
        return FALSE;
    }
  return TRUE;
}

static gboolean
have_same_type_and_value (const Elements *self, ScimNode base, ScimNode target)
{
  return is_same_member (base, target, "type") && is_same_member (base, target, "value");
}

static gboolean
have_same_value (const Elements *self, ScimNode base, ScimNode target)
{
  return is_same_member (base, target, "value");
}

/* The type tells two values apart only where nothing else that is still free has it. */
static gboolean
have_same_single_type (const Elements *self, ScimNode base, ScimNode target)
{
  guint n = 0;

  if (!is_same_member (base, target, "type"))
    return FALSE;
  for (guint i = 0; i < self->base->len; i++)
    n += self->target_of[i] == NO_MATCH && is_same_member (base, get_node (self->base, i), "type");
  for (guint i = 0; i < self->target->len; i++)
    n += self->base_of[i] == NO_MATCH && is_same_member (base, get_node (self->target, i), "type");
  return n == 2;
}

static void
pair (Elements *self, guint base, guint target)
{
  self->target_of[base] = (int)target;
  self->base_of[target] = (int)base;
}

static void
match (Elements *self, Alike alike)
{
  for (guint i = 0; i < self->target->len; i++)
    {
      for (guint j = 0; j < self->base->len && self->base_of[i] == NO_MATCH; j++)
        {
          if (self->target_of[j] == NO_MATCH &&
              alike (self, get_node (self->base, j), get_node (self->target, i)))
            pair (self, j, i);
        }
    }
}

static void
match_all (Elements *self)
{
  match (self, are_equal);
  match (self, have_same_type_and_value);
  match (self, have_same_single_type);
  match (self, have_same_value);
  for (guint i = 0; i < MIN (self->base->len, self->target->len); i++)
    {
      if (self->target_of[i] == NO_MATCH && self->base_of[i] == NO_MATCH)
        pair (self, i, i);
    }
}

static ScimNode
get_copy (const Elements *self)
{
  return scim_node_get_member (scim_json_get_root (self->copy), self->name);
}

/* Whether the filter selects the value at this place of the copy and no other. */
static gboolean
selects_only (const Elements *self, const ScimFilter *filter, guint position)
{
  ScimNode node = scim_node_get_first (get_copy (self));

  for (guint i = 0; scim_node_exists (node); i++, node = scim_node_get_next (node))
    {
      if (scim_filter_matches (filter, node) != (i == position))
        return FALSE;
    }
  return TRUE;
}

/* The path of a value as the copy stands; NULL when no filter selects it alone. */
static char *
dup_path (const Elements *self, guint position, const char *sub_name)
{
  static const char *const keys[] = { "type", "value" };
  ScimNode element = scim_node_get_element (get_copy (self), position);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      ScimNode member = scim_node_get_member (element, keys[i]);
      g_autofree char *text = NULL;
      g_autoptr (ScimFilter) filter = NULL;
      ScimPath path = { .attribute = (char *)self->name, .sub_attribute = (char *)sub_name };

      if (scim_node_get_type (member) != SCIM_JSON_STRING ||
          (text = scim_node_dup_text (member)) == NULL)
        continue;
      filter = scim_filter_new_compare_text (keys[i], SCIM_OP_EQ, text);
      if (filter == NULL || !selects_only (self, filter, position))
        continue;
      path.filter = filter;
      return scim_path_to_string (&path);
    }
  return NULL;
}

/* Notes one operation and applies it to the copy. path: NULL fails. */
static gboolean
add_op (Elements *self, ScimPatchOpKind kind, const char *path, const char *raw)
{
  ScimJson *changed;

  if (path == NULL)
    return FALSE;
  scim_patch_add (self->ops, kind, path, raw);
  changed = scim_patch_op_apply (scim_patch_get_at (self->ops, scim_patch_get_n (self->ops) - 1),
                                 self->copy, NULL, NULL);
  if (changed == NULL)
    return FALSE;
  scim_json_unref (self->copy);
  self->copy = changed;
  return TRUE;
}

static gboolean
remove_unmatched (Elements *self)
{
  guint i = 0;

  while (i < self->order->len)
    {
      g_autofree char *path = NULL;

      if (self->target_of[g_array_index (self->order, int, i)] != NO_MATCH)
        {
          i++;
          continue;
        }
      path = dup_path (self, i, NULL);
      if (!add_op (self, SCIM_PATCH_REMOVE, path, NULL))
        return FALSE;
      g_array_remove_index (self->order, i);
    }
  return TRUE;
}

static gboolean
makes_primary (const ScimPatchSlot *slot)
{
  gboolean primary;

  return g_ascii_strcasecmp (slot->key, "primary") == 0 &&
         scim_node_get_boolean (slot->target, &primary) && primary;
}

static gboolean
change_element (Elements *self, guint position, gboolean to_primary)
{
  guint index = (guint)g_array_index (self->order, int, position);
  ScimNode target = get_node (self->target, (guint)self->target_of[index]);
  g_autoptr (GPtrArray) slots = scim_patch_list_slots (get_node (self->base, index), target);

  for (guint i = 0; i < slots->len; i++)
    {
      const ScimPatchSlot *slot = g_ptr_array_index (slots, i);
      g_autofree char *raw = scim_node_dup_raw (slot->target);
      g_autofree char *path = NULL;
      ScimPatchOpKind kind = SCIM_PATCH_REPLACE;

      if (scim_attribute_is_sub_read_only (self->attribute, slot->key) ||
          makes_primary (slot) != to_primary || scim_node_equal (slot->base, slot->target))
        continue;
      if (!scim_node_exists (slot->target))
        kind = SCIM_PATCH_REMOVE;
      else if (!scim_node_exists (slot->base))
        kind = SCIM_PATCH_ADD;
      path = dup_path (self, position, slot->key);
      if (!add_op (self, kind, path, raw))
        return FALSE;
    }
  return TRUE;
}

/* What becomes primary comes last: a service may then take it from the others by itself. */
static gboolean
change_matched (Elements *self)
{
  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < self->order->len; i++)
        {
          if (!change_element (self, i, pass == 1))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
add_unmatched (Elements *self)
{
  for (guint i = 0; i < self->target->len; i++)
    {
      g_autofree char *raw = NULL;
      g_autofree char *array = NULL;

      if (self->base_of[i] != NO_MATCH)
        continue;
      raw = scim_node_dup_raw (get_node (self->target, i));
      array = g_strdup_printf ("[%s]", raw);
      if (!add_op (self, SCIM_PATCH_ADD, self->name, array))
        return FALSE;
    }
  return TRUE;
}

/* Whether the copy holds the target's values, in any order. */
static gboolean
is_reached (const Elements *self)
{
  g_autoptr (GArray) reached = list_nodes (get_copy (self));

  if (reached->len != self->target->len)
    return FALSE;
  for (guint i = 0; i < self->target->len; i++)
    {
      guint j = 0;

      while (j < reached->len &&
             !are_equal (self, get_node (reached, j), get_node (self->target, i)))
        j++;
      if (j == reached->len)
        return FALSE;
      g_array_remove_index_fast (reached, j);
    }
  return TRUE;
}

static gboolean
has_read_only_sub (const ScimAttribute *attribute)
{
  for (guint i = 0; attribute != NULL && i < attribute->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (attribute->sub_attributes, i);

      if (sub->mutability == SCIM_MUTABILITY_READ_ONLY)
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_any_match (const Elements *self)
{
  for (guint i = 0; i < self->base->len; i++)
    {
      if (self->target_of[i] != NO_MATCH)
        return TRUE;
    }
  return FALSE;
}

static void
init (Elements *self, ScimNode base)
{
  g_autoptr (GString) text = g_string_new ("{");
  g_autofree char *raw = scim_node_dup_raw (base);

  scim_json_append_string (text, self->name, -1);
  g_string_append_printf (text, ":%s}", raw);
  self->copy = scim_json_new_from_text (text->str, (gssize)text->len, NULL);
  self->ops = scim_patch_new ();
  self->has_read_only = has_read_only_sub (self->attribute);
  self->target_of = g_new (int, self->base->len);
  self->base_of = g_new (int, self->target->len);
  self->order = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < self->base->len; i++)
    {
      int index = (int)i;

      self->target_of[i] = NO_MATCH;
      g_array_append_val (self->order, index);
    }
  for (guint i = 0; i < self->target->len; i++)
    self->base_of[i] = NO_MATCH;
}

static void
clear (Elements *self)
{
  g_array_unref (self->base);
  g_array_unref (self->target);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->copy, scim_json_unref);
  g_clear_pointer (&self->ops, scim_patch_unref);
  g_free (self->target_of);
  g_free (self->base_of);
}

ScimPatch *
scim_patch_diff_elements (const char *name,
                          const ScimAttribute *attribute,
                          ScimNode base,
                          ScimNode target)
{
  Elements self = { .name = name, .attribute = attribute };
  ScimPatch *ops = NULL;

  self.base = list_nodes (base);
  self.target = list_nodes (target);
  if (are_all_plain (self.base) && are_all_plain (self.target))
    {
      init (&self, base);
      match_all (&self);
      if (self.copy != NULL && has_any_match (&self) && remove_unmatched (&self) &&
          change_matched (&self) && add_unmatched (&self) && is_reached (&self))
        ops = g_steal_pointer (&self.ops);
    }
  clear (&self);
  return ops;
}
