/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-patch-private.h"

#include "scim-error.h"

#define PATCH_URN      "urn:ietf:params:scim:api:messages:2.0:PatchOp"
#define MAX_OPERATIONS 1000

struct _ScimPatch
{
  gatomicrefcount refs;
  GPtrArray *ops; /* ScimPatchOp */
};

static const char *const op_names[] = { "add", "replace", "remove" };

static void
free_op (gpointer data)
{
  ScimPatchOp *op = data;

  g_free (op->path);
  g_free (op->value);
  g_free (op);
}

static gboolean
fail (GError **error, const char *problem)
{
  g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE, "Not a patch: %s", problem);
  return FALSE;
}

static gboolean
read_kind (ScimNode node, ScimPatchOpKind *kind)
{
  g_autofree char *name = scim_node_dup_string (node, NULL);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (op_names); i++)
    {
      if (g_ascii_strcasecmp (name, op_names[i]) == 0)
        {
          *kind = (ScimPatchOpKind)i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_op (ScimPatch *self, ScimNode node, GError **error)
{
  ScimNode path_node = scim_node_get_member (node, "path");
  ScimNode value_node = scim_node_get_member (node, "value");
  g_autofree char *path = scim_node_dup_text (path_node);
  g_autofree char *value = scim_node_dup_raw (value_node);
  ScimPatchOpKind kind;

  if (!read_kind (scim_node_get_member (node, "op"), &kind))
    return fail (error, "“op” must be add, replace or remove");
  if (scim_node_exists (path_node) && scim_node_get_type (path_node) != SCIM_JSON_NULL &&
      (scim_node_get_type (path_node) != SCIM_JSON_STRING || path == NULL))
    return fail (error, "“path” must be text");
  if (kind != SCIM_PATCH_REMOVE && value == NULL)
    return fail (error, "“value” is missing");
  /* Ignoring it could remove more than was meant. */
  if (kind == SCIM_PATCH_REMOVE && value != NULL)
    return fail (error, "“remove” takes no value");

  scim_patch_add (self, kind, path, value);
  return TRUE;
}

static gboolean
names_patch_schema (ScimNode schemas)
{
  for (ScimNode node = scim_node_get_first (schemas); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *text = scim_node_dup_text (node);

      if (text != NULL && g_ascii_strcasecmp (text, PATCH_URN) == 0)
        return TRUE;
    }
  return FALSE;
}

ScimPatch *
scim_patch_new (void)
{
  ScimPatch *self = g_new0 (ScimPatch, 1);

  g_atomic_ref_count_init (&self->refs);
  self->ops = g_ptr_array_new_with_free_func (free_op);
  return self;
}

ScimPatch *
scim_patch_ref (ScimPatch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
scim_patch_unref (ScimPatch *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->ops);
  g_free (self);
}

void
scim_patch_add (ScimPatch *self, ScimPatchOpKind kind, const char *path, const char *raw_value)
{
  ScimPatchOp *op;

  g_return_if_fail (self != NULL);
  g_return_if_fail (kind == SCIM_PATCH_REMOVE || raw_value != NULL);

  op = g_new0 (ScimPatchOp, 1);
  op->kind = kind;
  op->path = g_strdup (path);
  op->value = kind != SCIM_PATCH_REMOVE ? g_strdup (raw_value) : NULL;
  g_ptr_array_add (self->ops, op);
}

guint
scim_patch_get_n (const ScimPatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->ops->len;
}

const ScimPatchOp *
scim_patch_get_at (const ScimPatch *self, guint position)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (position < self->ops->len, NULL);

  return g_ptr_array_index (self->ops, position);
}

ScimPatch *
scim_patch_new_from_json (const ScimJson *json, GError **error)
{
  g_autoptr (ScimPatch) self = scim_patch_new ();
  ScimNode root, operations;

  g_return_val_if_fail (json != NULL, NULL);

  root = scim_json_get_root (json);
  operations = scim_node_get_member (root, "Operations");
  if (!names_patch_schema (scim_node_get_member (root, "schemas")))
    fail (error, "“schemas” does not name PatchOp");
  else if (scim_node_get_type (operations) != SCIM_JSON_ARRAY ||
           scim_node_get_size (operations) == 0)
    fail (error, "there are no operations");
  else if (scim_node_get_size (operations) > MAX_OPERATIONS)
    fail (error, "there are too many operations");
  else
    {
      ScimNode node = scim_node_get_first (operations);

      while (scim_node_exists (node) && read_op (self, node, error))
        node = scim_node_get_next (node);
      if (!scim_node_exists (node))
        return g_steal_pointer (&self);
    }
  return NULL;
}

GBytes *
scim_patch_to_bytes (const ScimPatch *self)
{
  GString *body;

  g_return_val_if_fail (self != NULL, NULL);

  body = g_string_new ("{\"schemas\":[\"" PATCH_URN "\"],\"Operations\":[");
  for (guint i = 0; i < self->ops->len; i++)
    {
      const ScimPatchOp *op = g_ptr_array_index (self->ops, i);

      g_string_append_printf (body, "%s{\"op\":\"%s\"", i > 0 ? "," : "", op_names[op->kind]);
      if (op->path != NULL)
        {
          g_string_append (body, ",\"path\":");
          scim_json_append_string (body, op->path, -1);
        }
      if (op->value != NULL)
        {
          g_string_append (body, ",\"value\":");
          g_string_append (body, op->value);
        }
      g_string_append_c (body, '}');
    }
  g_string_append (body, "]}");
  return g_string_free_to_bytes (body);
}
