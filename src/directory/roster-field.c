/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-form-private.h"

#include <glib/gi18n.h>
#include "directory/roster-field-state.h"
#include "directory/roster-labels.h"

struct _RosterField
{
  GObject parent_instance;

  RosterFieldBound bound;
  char *form_reason;
  GStrv choices; /* the info's, and a value that is none of them; nullable */
  GStrv choice_labels;
  GStrv types;
  GStrv type_labels;

  RosterFieldState state;
};

G_DEFINE_FINAL_TYPE (RosterField, roster_field, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TEXT,
  PROP_CHANGED,
  PROP_WAS,
  PROP_PROBLEM,
  PROP_EDITABLE,
  PROP_VISIBLE,
  PROP_TYPE_TEXT,
  PROP_PRIMARY,
  PROP_HAS_PRIMARY,
  PROP_VERIFIED,
  PROP_CHOICES,
  PROP_TYPES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
tell_if (RosterField *self, gboolean different, int property)
{
  if (different)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
tell_differences (RosterField *self, const RosterFieldState *old, const RosterFieldState *new)
{
  g_object_freeze_notify (G_OBJECT (self));
  tell_if (self, old->editable != new->editable, PROP_EDITABLE);
  tell_if (self, g_strcmp0 (old->text, new->text) != 0, PROP_TEXT);
  tell_if (self, old->changed != new->changed, PROP_CHANGED);
  tell_if (self, g_strcmp0 (old->was, new->was) != 0, PROP_WAS);
  tell_if (self, g_strcmp0 (old->problem, new->problem) != 0, PROP_PROBLEM);
  tell_if (self, old->visible != new->visible, PROP_VISIBLE);
  tell_if (self, g_strcmp0 (old->type_text, new->type_text) != 0, PROP_TYPE_TEXT);
  tell_if (self, old->primary != new->primary, PROP_PRIMARY);
  tell_if (self, old->has_primary != new->has_primary, PROP_HAS_PRIMARY);
  tell_if (self, old->verified != new->verified, PROP_VERIFIED);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The info's list, and a last one for a value that it does not have. */
static GStrv
extend (GStrv list, const char *extra)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (list != NULL)
    g_strv_builder_addv (builder, (const char **)list);
  g_strv_builder_add (builder, extra);
  return g_strv_builder_end (builder);
}

static void
set_list (RosterField *self, GStrv *slot, GStrv *labels, const char *extra, int property)
{
  gboolean is_choice = property == PROP_CHOICES;
  GStrv list = is_choice ? self->bound.info->choices : self->bound.info->types;
  GStrv list_labels = is_choice ? self->bound.info->choice_labels : self->bound.info->type_labels;
  gboolean foreign = extra != NULL && *extra != '\0' &&
                     (list == NULL || !g_strv_contains ((const char *const *)list, extra));
  gboolean had = *slot != NULL;

  g_clear_pointer (slot, g_strfreev);
  g_clear_pointer (labels, g_strfreev);
  if (foreign)
    {
      g_autofree char *label = roster_label_type (extra);

      *slot = extend (list, extra);
      *labels = extend (list_labels, label);
    }
  tell_if (self, foreign || had, property);
}

static void
set_lists (RosterField *self)
{
  RosterValue *value = roster_field_bound_get_value (&self->bound);
  g_autofree char *type = value == NULL ? NULL : roster_field_dup_base_type (value);

  if (self->bound.info->kind == ROSTER_FIELD_KIND_CHOICE)
    set_list (self, &self->choices, &self->choice_labels,
              self->bound.fits ? self->bound.base_text : NULL, PROP_CHOICES);
  if (self->bound.info->lead)
    set_list (self, &self->types, &self->type_labels, type, PROP_TYPES);
}

static void
roster_field_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterField *self = ROSTER_FIELD (object);

  switch (prop_id)
    {
    case PROP_TEXT:
      g_value_set_string (value, self->state.text);
      break;
    case PROP_CHANGED:
      g_value_set_boolean (value, self->state.changed);
      break;
    case PROP_WAS:
      g_value_set_string (value, self->state.was);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->state.problem);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->state.editable);
      break;
    case PROP_VISIBLE:
      g_value_set_boolean (value, self->state.visible);
      break;
    case PROP_TYPE_TEXT:
      g_value_set_string (value, self->state.type_text);
      break;
    case PROP_PRIMARY:
      g_value_set_boolean (value, self->state.primary);
      break;
    case PROP_HAS_PRIMARY:
      g_value_set_boolean (value, self->state.has_primary);
      break;
    case PROP_VERIFIED:
      g_value_set_boolean (value, self->state.verified);
      break;
    case PROP_CHOICES:
      g_value_set_boxed (value, roster_field_get_choices (self));
      break;
    case PROP_TYPES:
      g_value_set_boxed (value, roster_field_get_types (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_field_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RosterField *self = ROSTER_FIELD (object);
  const char *text;

  switch (prop_id)
    {
    case PROP_TEXT:
      text = g_value_get_string (value);
      roster_field_set_text (self, text != NULL ? text : "");
      break;
    case PROP_TYPE_TEXT:
      roster_field_set_type_text (self, g_value_get_string (value));
      break;
    case PROP_PRIMARY:
      roster_field_set_primary (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_field_finalize (GObject *object)
{
  RosterField *self = ROSTER_FIELD (object);

  roster_field_bound_clear (&self->bound);
  roster_field_state_clear (&self->state);
  g_free (self->form_reason);
  g_clear_pointer (&self->choices, g_strfreev);
  g_clear_pointer (&self->choice_labels, g_strfreev);
  g_clear_pointer (&self->types, g_strfreev);
  g_clear_pointer (&self->type_labels, g_strfreev);
  g_clear_pointer (&self->bound.info, roster_field_info_unref);

  G_OBJECT_CLASS (roster_field_parent_class)->finalize (object);
}

static void
roster_field_class_init (RosterFieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;

  object_class->get_property = roster_field_get_property;
  object_class->set_property = roster_field_set_property;
  object_class->finalize = roster_field_finalize;

  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", writable);
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, readable);
  properties[PROP_WAS] = g_param_spec_string ("was", NULL, NULL, NULL, readable);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, readable);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, readable);
  properties[PROP_VISIBLE] = g_param_spec_boolean ("visible", NULL, NULL, FALSE, readable);
  properties[PROP_TYPE_TEXT] = g_param_spec_string ("type-text", NULL, NULL, NULL, writable);
  properties[PROP_PRIMARY] = g_param_spec_boolean ("primary", NULL, NULL, FALSE, writable);
  properties[PROP_HAS_PRIMARY] = g_param_spec_boolean ("has-primary", NULL, NULL, FALSE, readable);
  properties[PROP_VERIFIED] = g_param_spec_boolean ("verified", NULL, NULL, FALSE, readable);
  properties[PROP_CHOICES] = g_param_spec_boxed ("choices", NULL, NULL, G_TYPE_STRV, readable);
  properties[PROP_TYPES] = g_param_spec_boxed ("types", NULL, NULL, G_TYPE_STRV, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_field_init (RosterField *self)
{
  self->bound.fits = TRUE;
  self->state.text = g_strdup ("");
}

RosterField *
roster_field_new (RosterFieldInfo *info)
{
  RosterField *self = g_object_new (ROSTER_TYPE_FIELD, NULL);

  self->bound.info = roster_field_info_ref (info);
  return self;
}

RosterField *
roster_field_new_fixed (RosterFieldInfo *info, ScimNode node)
{
  RosterField *self = roster_field_new (info);

  self->bound.fixed = node;
  return self;
}

void
roster_field_bind (RosterField *self, const RosterBinding *binding, guint value_id)
{
  roster_field_bound_set (&self->bound, binding->draft, value_id, binding->editable);
  g_free (self->form_reason);
  self->form_reason = g_strdup (binding->reason);
  /* The lists first: what is chosen must be among them. */
  if (self->bound.draft != NULL)
    set_lists (self);
  roster_field_refresh (self);
}

void
roster_field_refresh (RosterField *self)
{
  RosterFieldState old = self->state;
  RosterFieldState new = { 0 };

  roster_field_bound_read (&self->bound, &new);
  self->state = new;
  tell_differences (self, &old, &self->state);
  roster_field_state_clear (&old);
}

guint
roster_field_get_value_id (RosterField *self)
{
  return self->bound.value_id;
}

RosterFieldInfo *
roster_field_get_info (RosterField *self)
{
  return self->bound.info;
}

const char *
roster_field_get_label (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->bound.info->label;
}

const char *
roster_field_get_path (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->bound.info->own_path;
}

RosterFieldKind
roster_field_get_kind (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), ROSTER_FIELD_KIND_TEXT);

  return self->bound.info->kind;
}

gboolean
roster_field_get_required (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->bound.info->required;
}

gboolean
roster_field_get_editable (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.editable;
}

const char *
roster_field_get_read_only_reason (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  if (self->bound.draft == NULL || self->state.editable)
    return NULL;
  if (!self->bound.fits ||
      (self->bound.info->kind == ROSTER_FIELD_KIND_JSON && self->bound.info->attribute != NULL &&
       self->bound.info->attribute->mutability == SCIM_MUTABILITY_READ_WRITE))
    return _ ("Roster cannot edit this value yet");
  if (self->bound.info->kind == ROSTER_FIELD_KIND_REFERENCE)
    return _ ("Roster cannot edit this value yet");
  if (!self->bound.info->can_edit || self->form_reason == NULL)
    return _ ("Read-only on this service");
  return self->form_reason;
}

const char *
roster_field_get_text (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->state.text;
}

void
roster_field_set_text (RosterField *self, const char *text)
{
  RosterValue *value;
  g_autofree char *problem = NULL;
  g_autofree char *raw = NULL;

  g_return_if_fail (ROSTER_IS_FIELD (self));
  g_return_if_fail (text != NULL);

  if (!self->state.editable || g_strcmp0 (text, self->state.text) == 0)
    return;
  value = roster_field_bound_get_value (&self->bound);
  if (self->bound.info->key != NULL && value == NULL)
    return;
  if (g_strcmp0 (text, self->bound.base_text) == 0)
    {
      if (value != NULL)
        roster_draft_put_back_value (self->bound.draft, value, self->bound.info->key);
      else
        roster_draft_put_back (self->bound.draft, self->bound.info->path);
    }
  else
    {
      problem = roster_field_info_check (self->bound.info, text);
      if (problem == NULL)
        raw = roster_field_info_dup_raw (self->bound.info, self->bound.base, text);
      if (value != NULL)
        roster_draft_edit_value (self->bound.draft, value, self->bound.info->key, text, raw,
                                 problem == NULL);
      else
        roster_draft_edit (self->bound.draft, self->bound.info->path, text, raw, problem == NULL);
    }
  roster_field_refresh (self);
}

gboolean
roster_field_get_changed (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.changed;
}

const char *
roster_field_get_was (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->state.was;
}

const char *
roster_field_get_problem (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->state.problem;
}

gboolean
roster_field_get_visible (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.visible;
}

void
roster_field_put_back (RosterField *self)
{
  /* The field of an added value goes with it. */
  g_autoptr (RosterField) kept = NULL;
  RosterValue *value;

  g_return_if_fail (ROSTER_IS_FIELD (self));

  kept = g_object_ref (self);
  if (self->bound.draft == NULL)
    return;
  value = roster_field_bound_get_value (&self->bound);
  if (self->bound.info->key == NULL)
    roster_draft_put_back (self->bound.draft, self->bound.info->path);
  else if (value != NULL && !scim_node_exists (value->base))
    roster_draft_remove_value (self->bound.draft, roster_field_bound_get_values (&self->bound),
                               value);
  else if (value != NULL)
    {
      roster_draft_put_back_value (self->bound.draft, value, self->bound.info->key);
      if (self->bound.info->lead)
        {
          roster_draft_put_back_value (self->bound.draft, value, "type");
          roster_draft_unset_primary (self->bound.draft,
                                      roster_field_bound_get_values (&self->bound), value);
        }
    }
  roster_field_refresh (self);
}

const char *const *
roster_field_get_choices (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return (const char *const *)(self->choices != NULL ? self->choices : self->bound.info->choices);
}

const char *const *
roster_field_get_choice_labels (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return (const char *const *)(self->choice_labels != NULL ? self->choice_labels
                                                           : self->bound.info->choice_labels);
}

gboolean
roster_field_is_value (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->bound.info->key != NULL;
}

const char *
roster_field_get_type_text (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return self->state.type_text;
}

void
roster_field_set_type_text (RosterField *self, const char *type)
{
  RosterValue *value;
  g_autofree char *base = NULL;

  g_return_if_fail (ROSTER_IS_FIELD (self));

  value = roster_field_bound_get_value (&self->bound);
  if (value == NULL || !self->state.editable || !self->bound.info->lead ||
      g_strcmp0 (type, self->state.type_text) == 0)
    return;
  base = roster_field_dup_base_type (value);
  if (g_strcmp0 (type, base) == 0)
    roster_draft_put_back_value (self->bound.draft, value, "type");
  else
    {
      g_autofree char *raw = type == NULL || *type == '\0' ? NULL : scim_json_quote (type);

      roster_draft_edit_value (self->bound.draft, value, "type", type != NULL ? type : "", raw,
                               TRUE);
    }
  roster_field_refresh (self);
}

const char *const *
roster_field_get_types (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return (const char *const *)(self->types != NULL ? self->types : self->bound.info->types);
}

const char *const *
roster_field_get_type_labels (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), NULL);

  return (const char *const *)(self->type_labels != NULL ? self->type_labels
                                                         : self->bound.info->type_labels);
}

gboolean
roster_field_has_primary (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.has_primary;
}

gboolean
roster_field_get_primary (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.primary;
}

void
roster_field_set_primary (RosterField *self, gboolean primary)
{
  RosterValue *value;

  g_return_if_fail (ROSTER_IS_FIELD (self));

  value = roster_field_bound_get_value (&self->bound);
  if (value == NULL || !self->state.editable || !self->state.has_primary ||
      primary == self->state.primary)
    return;
  if (primary)
    roster_draft_set_primary (self->bound.draft, roster_field_bound_get_values (&self->bound),
                              value);
  else
    /* One stays primary: the mark moves, it is not taken off. A toggle that was is put right. */
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRIMARY]);
  roster_field_refresh (self);
}

gboolean
roster_field_get_verified (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->state.verified;
}

void
roster_field_remove (RosterField *self)
{
  /* The field of an added value goes with it. */
  g_autoptr (RosterField) kept = NULL;

  g_return_if_fail (ROSTER_IS_FIELD (self));

  kept = g_object_ref (self);
  if (roster_field_can_remove (self))
    roster_draft_remove_value (self->bound.draft, roster_field_bound_get_values (&self->bound),
                               roster_field_bound_get_value (&self->bound));
}

gboolean
roster_field_can_remove (RosterField *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD (self), FALSE);

  return self->bound.info->lead && self->state.editable &&
         roster_field_bound_get_value (&self->bound) != NULL;
}
