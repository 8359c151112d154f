/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a field shows: the base, the edits over it, and what follows from both. */
#include "directory/roster-field-state.h"

/* Where services list the addresses and numbers that they have verified (WSO2). */
static const struct
{
  const char *name;
  const char *list;
} verified_lists[] = {
  { "emails", SCIM_URN_WSO2_SYSTEM ":verifiedEmailAddresses" },
  { "emailAddresses", SCIM_URN_WSO2_SYSTEM ":verifiedEmailAddresses" },
  { "phoneNumbers", SCIM_URN_WSO2_SYSTEM ":verifiedMobileNumbers" },
  { "mobileNumbers", SCIM_URN_WSO2_SYSTEM ":verifiedMobileNumbers" },
};

RosterValues *
roster_field_bound_get_values (RosterFieldBound *self)
{
  return roster_draft_get_values (self->draft, self->info->path, self->info->is_complex);
}

RosterValue *
roster_field_bound_get_value (RosterFieldBound *self)
{
  if (self->draft == NULL || self->info->key == NULL)
    return NULL;
  return roster_values_find (roster_field_bound_get_values (self), self->value_id);
}

static ScimNode
find_base (RosterFieldBound *self)
{
  RosterFieldInfo *info = self->info;
  ScimResource *base = roster_draft_get_base (self->draft);
  RosterValue *value = roster_field_bound_get_value (self);
  ScimNode node;

  if (scim_node_exists (self->fixed))
    return self->fixed;
  if (info->key == NULL)
    {
      node = scim_resource_get (base, info->path);
      if (!scim_node_exists (node) && info->alternative != NULL)
        node = scim_resource_get (base, info->alternative);
      return node;
    }
  if (value == NULL)
    return SCIM_NODE_NONE;
  if (scim_node_get_type (value->base) == SCIM_JSON_OBJECT)
    return scim_node_get_member (value->base, info->key);
  /* A bare value is what its `value` would be. */
  return g_ascii_strcasecmp (info->key, "value") == 0 ? value->base : SCIM_NODE_NONE;
}

static const RosterEdit *
get_edit (RosterFieldBound *self)
{
  RosterValue *value = roster_field_bound_get_value (self);

  if (self->draft == NULL)
    return NULL;
  if (self->info->key != NULL)
    return value == NULL ? NULL : roster_edits_find (value->edits, self->info->key);
  return roster_draft_get_edit (self->draft, self->info->path);
}

char *
roster_field_dup_base_type (RosterValue *value)
{
  return scim_node_dup_text (scim_node_get_member (value->base, "type"));
}

static char *
dup_type (RosterValue *value)
{
  RosterEdit *edit = roster_edits_find (value->edits, "type");

  return edit != NULL ? g_strdup (edit->text) : roster_field_dup_base_type (value);
}

static gboolean
is_verified (RosterFieldBound *self, const char *text)
{
  const char *list = NULL;
  ScimNode node;

  for (guint i = 0; i < G_N_ELEMENTS (verified_lists); i++)
    if (g_str_has_suffix (self->info->path, verified_lists[i].name))
      list = verified_lists[i].list;
  if (list == NULL || *text == '\0')
    return FALSE;
  node = scim_resource_get (roster_draft_get_base (self->draft), list);
  for (node = scim_node_get_first (node); scim_node_exists (node); node = scim_node_get_next (node))
    {
      g_autofree char *verified = scim_node_dup_text (node);

      if (g_strcmp0 (verified, text) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_edit_marked (RosterValue *value, const char *key)
{
  RosterEdit *edit = roster_edits_find (value->edits, key);

  return edit != NULL && !edit->implied;
}

static void
read_value (RosterFieldBound *self, RosterValue *value, RosterFieldState *state)
{
  gboolean added = !scim_node_exists (value->base);
  gboolean object = scim_node_get_type (value->base) == SCIM_JSON_OBJECT;

  if (added)
    state->changed = *state->text != '\0';
  if (!self->info->lead)
    return;
  if (!added && (is_edit_marked (value, "type") || is_edit_marked (value, "primary")))
    state->changed = TRUE;
  state->type_text = dup_type (value);
  state->primary = roster_value_get_primary (value);
  state->has_primary = self->info->has_primary ||
                       (object && scim_node_exists (scim_node_get_member (value->base, "primary")));
  state->verified = !state->changed && is_verified (self, state->text);
}

void
roster_field_bound_read (RosterFieldBound *self, RosterFieldState *state)
{
  RosterValue *value = roster_field_bound_get_value (self);
  const RosterEdit *edit = get_edit (self);

  if (self->draft == NULL)
    {
      state->text = g_strdup ("");
      return;
    }
  state->text = g_strdup (edit != NULL ? edit->text : self->base_text);
  state->changed = edit != NULL;
  if (value != NULL)
    read_value (self, value, state);
  if (state->changed)
    state->was = g_strdup (self->base_text);
  if (edit != NULL && (edit->valid == FALSE || self->info->required))
    state->problem = roster_field_info_check (self->info, state->text);
  state->editable = self->editable && self->info->can_edit && self->fits;
  state->visible = state->editable || *state->text != '\0';
}

void
roster_field_state_clear (RosterFieldState *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->was, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->type_text, g_free);
}

void
roster_field_bound_set (RosterFieldBound *self,
                        RosterDraft *draft,
                        guint value_id,
                        gboolean editable)
{
  g_autoptr (RosterDraft) taken = draft == NULL ? NULL : g_object_ref (draft);

  roster_field_bound_clear (self);
  self->draft = g_steal_pointer (&taken);
  self->value_id = value_id;
  self->editable = editable;
  self->fits = TRUE;
  if (self->draft == NULL)
    return;
  self->base = find_base (self);
  self->base_text = roster_field_info_dup_text (self->info, self->base, &self->fits);
}

void
roster_field_bound_clear (RosterFieldBound *self)
{
  self->base = SCIM_NODE_NONE;
  g_clear_pointer (&self->base_text, g_free);
  g_clear_object (&self->draft);
}
