/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-draft-private.h"

#include <string.h>

/* Ids of added values follow those of the base's, which are its positions. */
#define FIRST_ADDED_ID (G_MAXUINT / 2)

static void
value_free (gpointer data)
{
  RosterValue *value = data;

  g_ptr_array_unref (value->edits);
  g_free (value);
}

static RosterValue *
value_new (guint id, ScimNode base)
{
  RosterValue *value = g_new0 (RosterValue, 1);

  value->id = id;
  value->base = base;
  value->edits = roster_edits_new ();
  return value;
}

static RosterValues *
values_new (ScimResource *base, const char *path, gboolean is_complex)
{
  RosterValues *self = g_new0 (RosterValues, 1);
  ScimNode node = scim_resource_get (base, path);
  guint id = 0;

  self->path = g_strdup (path);
  self->is_complex = is_complex;
  self->values = g_ptr_array_new_with_free_func (value_free);
  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      break;
    case SCIM_JSON_ARRAY:
      for (ScimNode element = scim_node_get_first (node); scim_node_exists (element);
           element = scim_node_get_next (element))
        g_ptr_array_add (self->values, value_new (id++, element));
      break;
    /* Services give one value where an array belongs; written back it is an array. */
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    case SCIM_JSON_STRING:
    case SCIM_JSON_OBJECT:
    default:
      g_ptr_array_add (self->values, value_new (id, node));
    }
  return self;
}

static gboolean
is_about_the_value (const RosterEdit *edit)
{
  return g_ascii_strcasecmp (edit->key, "type") != 0 &&
         g_ascii_strcasecmp (edit->key, "primary") != 0;
}

/* An added value of which nothing but its type was chosen is none. */
static gboolean
is_empty_addition (const RosterValue *value)
{
  if (scim_node_exists (value->base))
    return FALSE;
  for (guint i = 0; i < value->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (value->edits, i);

      if (is_about_the_value (edit) && *edit->text != '\0')
        return FALSE;
    }
  return TRUE;
}

/* Takes json; on failure (never with JSON of our own) gives it back unchanged. */
static ScimJson *
apply_edit (ScimJson *json, const char *key, const char *raw)
{
  ScimNode root = scim_json_get_root (json);
  ScimNode member = scim_node_get_member (root, key);
  g_autoptr (GError) error = NULL;
  ScimJson *changed;

  if (raw == NULL && !scim_node_exists (member))
    return json;
  if (raw == NULL)
    changed = scim_json_remove (member, &error);
  else if (scim_node_exists (member))
    changed = scim_json_replace (member, raw, &error);
  else
    changed = scim_json_add_member (root, key, raw, &error);

  if (changed == NULL)
    {
      g_debug ("An edit does not fit its value (%d)", error->code);
      return json;
    }
  scim_json_unref (json);
  return changed;
}

/* The object that the edits are put on: the value's own, or one made of a bare value. */
static char *
dup_object (const RosterValue *value)
{
  g_autofree char *raw = NULL;

  if (!scim_node_exists (value->base))
    return g_strdup ("{}");
  raw = scim_node_dup_raw (value->base);
  if (scim_node_get_type (value->base) == SCIM_JSON_OBJECT)
    return g_steal_pointer (&raw);
  return g_strdup_printf ("{\"value\":%s}", raw);
}

static gboolean
only_value_is_edited (const RosterValue *value)
{
  for (guint i = 0; i < value->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (value->edits, i);

      if (g_ascii_strcasecmp (edit->key, "value") != 0 && edit->valid && edit->raw != NULL)
        return FALSE;
    }
  return TRUE;
}

static char *
dup_edited_object (const RosterValue *value)
{
  g_autofree char *object = dup_object (value);
  g_autoptr (ScimJson) json = scim_json_new_from_text (object, -1, NULL);
  RosterEdit *first = roster_edits_find (value->edits, "value");

  if (json == NULL)
    return g_steal_pointer (&object);
  if (first != NULL && first->valid)
    json = apply_edit (g_steal_pointer (&json), "value", first->raw);
  for (guint i = 0; i < value->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (value->edits, i);

      if (edit != first && edit->valid)
        json = apply_edit (g_steal_pointer (&json), edit->key, edit->raw);
    }
  return scim_node_dup_raw (scim_json_get_root (json));
}

/* NULL: nothing is left of it. */
static char *
value_dup_raw (const RosterValue *value, gboolean is_complex)
{
  gboolean added = !scim_node_exists (value->base);
  gboolean bare = !added && scim_node_get_type (value->base) != SCIM_JSON_OBJECT;
  RosterEdit *edit = roster_edits_find (value->edits, "value");

  if (value->removed || is_empty_addition (value))
    return NULL;
  if (value->edits->len == 0)
    return scim_node_dup_raw (value->base);
  if (!is_complex || (bare && only_value_is_edited (value)))
    {
      if (edit == NULL || !edit->valid)
        return added ? NULL : scim_node_dup_raw (value->base);
      return g_strdup (edit->raw);
    }
  /* An emptied value goes with its type. */
  if (edit != NULL && edit->valid && edit->raw == NULL)
    return NULL;
  return dup_edited_object (value);
}

static gboolean
value_is_edited (const RosterValue *value)
{
  if (!scim_node_exists (value->base))
    return !is_empty_addition (value);
  return value->removed || value->edits->len > 0;
}

/* The value, its type and its mark are one row of the form; every other sub-attribute has its own.
 */
static guint
value_count (const RosterValue *value)
{
  gboolean row = FALSE;
  guint n = 0;

  if (!scim_node_exists (value->base) || value->removed)
    return value_is_edited (value) ? 1 : 0;
  for (guint i = 0; i < value->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (value->edits, i);

      if (edit->implied)
        continue;
      if (!is_about_the_value (edit) || g_ascii_strcasecmp (edit->key, "value") == 0)
        row = TRUE;
      else
        n++;
    }
  return n + (row ? 1 : 0);
}

static void
set_boolean_edit (RosterValue *value, const char *key, gboolean on, gboolean implied)
{
  ScimNode member = scim_node_get_member (value->base, key);
  gboolean as_text = scim_node_get_type (member) == SCIM_JSON_STRING;
  const char *text = on ? "true" : "false";
  const char *raw = as_text ? (on ? "\"true\"" : "\"false\"") : text;
  gboolean was = FALSE;

  scim_node_get_boolean (member, &was);
  if (was == on)
    roster_edits_drop (value->edits, key);
  else
    roster_edits_put (value->edits, key, text, raw, TRUE)->implied = implied;
}

void
roster_values_free (RosterValues *self)
{
  g_free (self->path);
  g_ptr_array_unref (self->values);
  g_free (self);
}

gboolean
roster_values_is_edited (RosterValues *self)
{
  for (guint i = 0; i < self->values->len; i++)
    if (value_is_edited (g_ptr_array_index (self->values, i)))
      return TRUE;
  return FALSE;
}

guint
roster_values_count (RosterValues *self)
{
  guint n = 0;

  for (guint i = 0; i < self->values->len; i++)
    n += value_count (g_ptr_array_index (self->values, i));
  return n;
}

gboolean
roster_values_is_valid (RosterValues *self)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (self->values, i);

      if (value->removed || is_empty_addition (value))
        continue;
      for (guint j = 0; j < value->edits->len; j++)
        if (!((RosterEdit *)g_ptr_array_index (value->edits, j))->valid)
          return FALSE;
    }
  return TRUE;
}

char *
roster_values_dup_raw (RosterValues *self)
{
  g_autoptr (GString) out = g_string_new ("[");

  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *raw = value_dup_raw (g_ptr_array_index (self->values, i), self->is_complex);

      if (raw == NULL)
        continue;
      if (out->len > 1)
        g_string_append_c (out, ',');
      g_string_append (out, raw);
    }
  if (out->len == 1)
    return NULL;
  g_string_append_c (out, ']');
  return g_string_free (g_steal_pointer (&out), FALSE);
}

RosterValues *
roster_draft_get_values (RosterDraft *self, const char *path, gboolean is_complex)
{
  RosterValues *values;

  for (guint i = 0; i < self->values->len; i++)
    {
      values = g_ptr_array_index (self->values, i);
      if (g_ascii_strcasecmp (values->path, path) == 0)
        return values;
    }
  values = values_new (self->base, path, is_complex);
  g_ptr_array_add (self->values, values);
  return values;
}

RosterValue *
roster_values_find (RosterValues *self, guint id)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (self->values, i);

      if (value->id == id)
        return value;
    }
  return NULL;
}

RosterValue *
roster_draft_add_value (RosterDraft *self, RosterValues *values)
{
  RosterValue *value = value_new (FIRST_ADDED_ID + self->next_id++, SCIM_NODE_NONE);

  g_ptr_array_add (values->values, value);
  roster_draft_touch (self);
  return value;
}

void
roster_draft_edit_value (RosterDraft *self,
                         RosterValue *value,
                         const char *key,
                         const char *text,
                         const char *raw,
                         gboolean valid)
{
  roster_edits_put (value->edits, key, text, raw, valid);
  roster_draft_touch (self);
}

void
roster_draft_put_back_value (RosterDraft *self, RosterValue *value, const char *key)
{
  if (roster_edits_drop (value->edits, key))
    roster_draft_touch (self);
}

void
roster_draft_remove_value (RosterDraft *self, RosterValues *values, RosterValue *value)
{
  if (scim_node_exists (value->base))
    value->removed = TRUE;
  else
    g_ptr_array_remove (values->values, value);
  roster_draft_touch (self);
}

guint
roster_values_get_n_removed (RosterValues *self)
{
  guint n = 0;

  for (guint i = 0; i < self->values->len; i++)
    if (((RosterValue *)g_ptr_array_index (self->values, i))->removed)
      n++;
  return n;
}

static RosterValue *
find_primary (RosterValues *values)
{
  for (guint i = 0; i < values->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (values->values, i);

      if (!value->removed && roster_value_get_primary (value))
        return value;
    }
  return NULL;
}

void
roster_draft_restore_values (RosterDraft *self, RosterValues *values)
{
  RosterValue *primary = find_primary (values);

  for (guint i = 0; i < values->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (values->values, i);

      if (!value->removed)
        continue;
      value->removed = FALSE;
      /* Another one was made primary in the meantime. */
      if (primary != NULL && roster_value_get_primary (value))
        set_boolean_edit (value, "primary", FALSE, TRUE);
    }
  roster_draft_touch (self);
}

gboolean
roster_value_get_primary (RosterValue *self)
{
  RosterEdit *edit = roster_edits_find (self->edits, "primary");
  gboolean primary = FALSE;

  if (edit != NULL)
    return g_strcmp0 (edit->text, "true") == 0;
  scim_node_get_boolean (scim_node_get_member (self->base, "primary"), &primary);
  return primary;
}

void
roster_draft_set_primary (RosterDraft *self, RosterValues *values, RosterValue *value)
{
  for (guint i = 0; i < values->values->len; i++)
    {
      RosterValue *other = g_ptr_array_index (values->values, i);

      if (other != value && roster_value_get_primary (other))
        set_boolean_edit (other, "primary", FALSE, TRUE);
    }
  set_boolean_edit (value, "primary", TRUE, FALSE);
  roster_draft_touch (self);
}

void
roster_draft_unset_primary (RosterDraft *self, RosterValues *values, RosterValue *value)
{
  RosterEdit *edit = roster_edits_find (value->edits, "primary");
  gboolean was_chosen = edit != NULL && !edit->implied;

  roster_edits_drop (value->edits, "primary");
  for (guint i = 0; was_chosen && i < values->values->len; i++)
    {
      RosterValue *other = g_ptr_array_index (values->values, i);

      edit = roster_edits_find (other->edits, "primary");
      if (edit != NULL && edit->implied)
        roster_edits_drop (other->edits, "primary");
    }
  roster_draft_touch (self);
}
