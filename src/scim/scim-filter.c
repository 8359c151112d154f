/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-filter-private.h"

#include <string.h>

static const char *const op_names[] = { "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le" };

G_STATIC_ASSERT (G_N_ELEMENTS (op_names) == SCIM_OP_LE + 1);

static ScimFilter *
filter_alloc (ScimFilterKind kind)
{
  ScimFilter *self = g_new0 (ScimFilter, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  return self;
}

/* A URN ends at its last colon: no attribute name holds one (RFC 7643 section 2.1). */
static void
filter_set_path (ScimFilter *self, const char *path)
{
  const char *name = path;
  const char *colon = strrchr (path, ':');
  const char *dot;

  self->path = g_strdup (path);
  if (colon != NULL)
    {
      self->schema = g_strndup (path, colon - path);
      name = colon + 1;
    }
  dot = strchr (name, '.');
  if (dot != NULL)
    {
      self->attribute = g_strndup (name, dot - name);
      self->sub_attribute = g_strdup (dot + 1);
    }
  else
    {
      self->attribute = g_strdup (name);
    }
}

static gboolean
filter_set_value (ScimFilter *self, const char *raw_value)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (raw_value, -1, NULL);
  ScimNode node;
  gsize length;

  if (json == NULL)
    return FALSE;

  node = scim_json_get_root (json);
  self->value_type = scim_node_get_type (node);
  self->raw_value = scim_node_dup_raw (node);
  switch (self->value_type)
    {
    case SCIM_JSON_STRING:
      {
        g_autofree char *text = scim_node_dup_string (node, &length);

        self->folded = scim_filter_fold (text, (gssize)length);
        self->date = scim_filter_parse_date (text);
        return TRUE;
      }
    case SCIM_JSON_NUMBER:
      self->text = scim_node_dup_text (node);
      return TRUE;
    case SCIM_JSON_BOOLEAN:
      return scim_node_get_boolean (node, &self->truth);
    case SCIM_JSON_NULL:
      return TRUE;
    case SCIM_JSON_NONE:
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
    default:
      return FALSE;
    }
}

static void
append_filter (GString *out, const ScimFilter *self)
{
  switch (self->kind)
    {
    case SCIM_FILTER_AND:
    case SCIM_FILTER_OR:
      {
        gboolean is_and = self->kind == SCIM_FILTER_AND;
        gboolean wrap_left = is_and && self->left->kind == SCIM_FILTER_OR;
        gboolean wrap_right =
          self->right->kind == self->kind || (is_and && self->right->kind == SCIM_FILTER_OR);

        g_string_append (out, wrap_left ? "(" : "");
        append_filter (out, self->left);
        g_string_append (out, wrap_left ? ")" : "");
        g_string_append (out, is_and ? " and " : " or ");
        g_string_append (out, wrap_right ? "(" : "");
        append_filter (out, self->right);
        g_string_append (out, wrap_right ? ")" : "");
        break;
      }
    case SCIM_FILTER_NOT:
      g_string_append (out, "not (");
      append_filter (out, self->left);
      g_string_append_c (out, ')');
      break;
    case SCIM_FILTER_PRESENT:
      g_string_append_printf (out, "%s pr", self->path);
      break;
    case SCIM_FILTER_COMPARE:
      g_string_append_printf (out, "%s %s %s", self->path, op_names[self->op], self->raw_value);
      break;
    case SCIM_FILTER_VALUE_PATH:
      g_string_append_printf (out, "%s[", self->path);
      append_filter (out, self->left);
      g_string_append_c (out, ']');
      break;
    default:
      g_assert_not_reached ();
    }
}

ScimFilter *
scim_filter_new_logical (ScimFilterKind kind, ScimFilter *left, ScimFilter *right)
{
  ScimFilter *self = filter_alloc (kind);

  self->left = scim_filter_ref (left);
  self->right = right != NULL ? scim_filter_ref (right) : NULL;
  return self;
}

ScimFilter *
scim_filter_new_present (const char *path)
{
  ScimFilter *self = filter_alloc (SCIM_FILTER_PRESENT);

  filter_set_path (self, path);
  return self;
}

ScimFilter *
scim_filter_new_value_path (const char *path, ScimFilter *inner)
{
  ScimFilter *self = filter_alloc (SCIM_FILTER_VALUE_PATH);

  filter_set_path (self, path);
  self->left = scim_filter_ref (inner);
  return self;
}

ScimFilter *
scim_filter_new_compare (const char *path, ScimCompareOp op, const char *raw_value)
{
  g_autoptr (ScimFilter) self = NULL;

  g_return_val_if_fail (path != NULL && *path != '\0', NULL);
  g_return_val_if_fail (op <= SCIM_OP_LE, NULL);
  g_return_val_if_fail (raw_value != NULL, NULL);

  self = filter_alloc (SCIM_FILTER_COMPARE);
  self->op = op;
  filter_set_path (self, path);
  if (!filter_set_value (self, raw_value))
    return NULL;
  return g_steal_pointer (&self);
}

ScimFilter *
scim_filter_new_compare_text (const char *path, ScimCompareOp op, const char *text)
{
  g_autofree char *raw = NULL;

  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);

  raw = scim_json_quote (text);
  return scim_filter_new_compare (path, op, raw);
}

ScimFilter *
scim_filter_new_and (ScimFilter *left, ScimFilter *right)
{
  g_return_val_if_fail (left != NULL && right != NULL, NULL);

  return scim_filter_new_logical (SCIM_FILTER_AND, left, right);
}

ScimFilter *
scim_filter_ref (ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scim_filter_unref (ScimFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->left, scim_filter_unref);
  g_clear_pointer (&self->right, scim_filter_unref);
  g_clear_pointer (&self->date, g_date_time_unref);
  g_free (self->path);
  g_free (self->schema);
  g_free (self->attribute);
  g_free (self->sub_attribute);
  g_free (self->raw_value);
  g_free (self->folded);
  g_free (self->text);
  g_free (self);
}

ScimFilterKind
scim_filter_get_kind (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, SCIM_FILTER_COMPARE);

  return self->kind;
}

ScimCompareOp
scim_filter_get_op (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, SCIM_OP_EQ);

  return self->op;
}

const char *
scim_filter_get_path (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

const char *
scim_filter_get_raw_value (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->raw_value;
}

const ScimFilter *
scim_filter_get_left (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->left;
}

const ScimFilter *
scim_filter_get_right (const ScimFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->right;
}

gboolean
scim_compare_op_from_name (const char *name, gsize length, ScimCompareOp *op)
{
  g_return_val_if_fail (name != NULL && op != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (op_names); i++)
    {
      if (strlen (op_names[i]) == length && g_ascii_strncasecmp (op_names[i], name, length) == 0)
        {
          *op = (ScimCompareOp)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
scim_compare_op_get_name (ScimCompareOp op)
{
  g_return_val_if_fail (op <= SCIM_OP_LE, NULL);

  return op_names[op];
}

char *
scim_filter_to_string (const ScimFilter *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  append_filter (out, self);
  return g_string_free (out, FALSE);
}
