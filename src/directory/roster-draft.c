/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-draft-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (RosterDraft, roster_draft, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_N_CHANGES,
  PROP_VALID,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
edit_free (gpointer data)
{
  RosterEdit *edit = data;

  g_free (edit->key);
  g_free (edit->text);
  g_free (edit->raw);
  g_free (edit);
}

static guint
count_changes (RosterDraft *self)
{
  guint n = self->edits->len;

  for (guint i = 0; i < self->values->len; i++)
    n += roster_values_count (g_ptr_array_index (self->values, i));
  return n;
}

static gboolean
is_valid (RosterDraft *self)
{
  for (guint i = 0; i < self->edits->len; i++)
    if (!((RosterEdit *)g_ptr_array_index (self->edits, i))->valid)
      return FALSE;
  for (guint i = 0; i < self->values->len; i++)
    if (!roster_values_is_valid (g_ptr_array_index (self->values, i)))
      return FALSE;
  return TRUE;
}

/* Takes target. A path that the resource refuses cannot come from a schema; the edit then stays
 * unwritten rather than spoiling the others. */
static ScimResource *
set_raw (ScimResource *target, const char *path, const char *raw)
{
  g_autoptr (GError) error = NULL;
  ScimResource *changed = scim_resource_set (target, path, raw, &error);

  if (changed == NULL)
    {
      g_debug ("An edit does not fit its resource (%d)", error->code);
      return target;
    }
  scim_resource_unref (target);
  return changed;
}

static ScimResource *
make_target (RosterDraft *self)
{
  ScimResource *target = scim_resource_ref (self->base);

  for (guint i = 0; i < self->edits->len; i++)
    {
      RosterEdit *edit = g_ptr_array_index (self->edits, i);

      if (edit->valid)
        target = set_raw (target, edit->key, edit->raw);
    }
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValues *values = g_ptr_array_index (self->values, i);

      if (roster_values_is_edited (values))
        {
          g_autofree char *raw = roster_values_dup_raw (values);

          target = set_raw (target, values->path, raw);
        }
    }
  return target;
}

static void
roster_draft_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterDraft *self = ROSTER_DRAFT (object);

  switch (prop_id)
    {
    case PROP_N_CHANGES:
      g_value_set_uint (value, self->n_changes);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_draft_finalize (GObject *object)
{
  RosterDraft *self = ROSTER_DRAFT (object);

  /* The values borrow the base's document. */
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_clear_pointer (&self->edits, g_ptr_array_unref);
  g_clear_pointer (&self->target, scim_resource_unref);
  g_clear_pointer (&self->base, scim_resource_unref);
  g_clear_pointer (&self->schemas, scim_schemas_unref);

  G_OBJECT_CLASS (roster_draft_parent_class)->finalize (object);
}

static void
roster_draft_class_init (RosterDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_draft_get_property;
  object_class->finalize = roster_draft_finalize;

  properties[PROP_N_CHANGES] =
    g_param_spec_uint ("n-changes", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VALID] = g_param_spec_boolean (
    "valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_draft_init (RosterDraft *self)
{
  self->edits = roster_edits_new ();
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify)roster_values_free);
  self->valid = TRUE;
}

GPtrArray *
roster_edits_new (void)
{
  return g_ptr_array_new_with_free_func (edit_free);
}

RosterEdit *
roster_edits_find (GPtrArray *edits, const char *key)
{
  for (guint i = 0; i < edits->len; i++)
    {
      RosterEdit *edit = g_ptr_array_index (edits, i);

      if (g_ascii_strcasecmp (edit->key, key) == 0)
        return edit;
    }
  return NULL;
}

RosterEdit *
roster_edits_put (GPtrArray *edits, const char *key, const char *text, const char *raw, gboolean ok)
{
  RosterEdit *edit = roster_edits_find (edits, key);
  g_autofree char *new_text = g_strdup (text);
  g_autofree char *new_raw = g_strdup (raw);

  if (edit == NULL)
    {
      edit = g_new0 (RosterEdit, 1);
      edit->key = g_strdup (key);
      g_ptr_array_add (edits, edit);
    }
  g_free (edit->text);
  g_free (edit->raw);
  edit->text = g_steal_pointer (&new_text);
  edit->raw = g_steal_pointer (&new_raw);
  edit->valid = ok;
  edit->implied = FALSE;
  return edit;
}

gboolean
roster_edits_drop (GPtrArray *edits, const char *key)
{
  RosterEdit *edit = roster_edits_find (edits, key);

  return edit != NULL && g_ptr_array_remove (edits, edit);
}

RosterDraft *
roster_draft_new (ScimResource *base, ScimSchemas *schemas)
{
  RosterDraft *self;

  g_return_val_if_fail (base != NULL, NULL);
  g_return_val_if_fail (schemas != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_DRAFT, NULL);
  self->base = scim_resource_ref (base);
  self->schemas = scim_schemas_ref (schemas);
  return self;
}

ScimResource *
roster_draft_get_base (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);

  return self->base;
}

ScimResource *
roster_draft_get_target (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);

  if (self->target == NULL)
    self->target = make_target (self);
  return self->target;
}

ScimSchemas *
roster_draft_get_schemas (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);

  return self->schemas;
}

guint
roster_draft_get_n_changes (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), 0);

  return self->n_changes;
}

gboolean
roster_draft_get_valid (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), FALSE);

  return self->valid;
}

ScimPatch *
roster_draft_dup_patch (RosterDraft *self)
{
  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);

  return scim_patch_diff (self->base, roster_draft_get_target (self), self->schemas);
}

void
roster_draft_discard (RosterDraft *self)
{
  g_return_if_fail (ROSTER_IS_DRAFT (self));

  g_ptr_array_set_size (self->edits, 0);
  g_ptr_array_set_size (self->values, 0);
  roster_draft_touch (self);
}

void
roster_draft_touch (RosterDraft *self)
{
  guint n_changes = count_changes (self);
  gboolean valid = is_valid (self);

  g_clear_pointer (&self->target, scim_resource_unref);
  if (n_changes != self->n_changes)
    {
      self->n_changes = n_changes;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_CHANGES]);
    }
  if (valid != self->valid)
    {
      self->valid = valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

const RosterEdit *
roster_draft_get_edit (RosterDraft *self, const char *path)
{
  return roster_edits_find (self->edits, path);
}

void
roster_draft_edit (
  RosterDraft *self, const char *path, const char *text, const char *raw, gboolean valid)
{
  roster_edits_put (self->edits, path, text, raw, valid);
  roster_draft_touch (self);
}

void
roster_draft_put_back (RosterDraft *self, const char *path)
{
  if (roster_edits_drop (self->edits, path))
    roster_draft_touch (self);
}

GPtrArray *
roster_draft_dup_edited_paths (RosterDraft *self)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->edits->len; i++)
    {
      RosterEdit *edit = g_ptr_array_index (self->edits, i);

      g_ptr_array_add (paths, g_strdup (edit->key));
    }
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValues *values = g_ptr_array_index (self->values, i);

      if (roster_values_is_edited (values))
        g_ptr_array_add (paths, g_strdup (values->path));
    }
  return paths;
}
