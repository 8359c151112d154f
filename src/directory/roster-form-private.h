/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-field-info.h"

G_BEGIN_DECLS

/* What a form binds its groups and fields to. */
typedef struct
{
  RosterDraft *draft; /* nullable */
  gboolean editable;
  const char *reason; /* nullable: why it is not */
} RosterBinding;

RosterField *roster_field_new (RosterFieldInfo *info);
/* One that shows a node of the base it will be bound to, whatever the node's name means as a path.
 */
RosterField *roster_field_new_fixed (RosterFieldInfo *info, ScimNode node);
/* value_id: of a value of a multi-valued attribute, else 0. */
void roster_field_bind (RosterField *self, const RosterBinding *binding, guint value_id);
/* Takes what the draft has now; tells only what is different. */
void roster_field_refresh (RosterField *self);
guint roster_field_get_value_id (RosterField *self);
RosterFieldInfo *roster_field_get_info (RosterField *self);

/* fields: RosterField, taken. title is taken. */
RosterFieldGroup *roster_field_group_new (RosterGroupKind kind, char *title, GPtrArray *fields);
/* infos: as roster_field_info_new_for_values (), taken. */
RosterFieldGroup *roster_field_group_new_values (const ScimAttribute *attribute, GPtrArray *infos);
void roster_field_group_bind (RosterFieldGroup *self, const RosterBinding *binding);
/* Replaces the fields of the group OTHER; fields is taken. */
void roster_field_group_set_fields (RosterFieldGroup *self, GPtrArray *fields);
void roster_field_group_refresh (RosterFieldGroup *self);
gboolean roster_field_group_is_shown (RosterFieldGroup *self);

/* All groups of the form in their order: RosterFieldGroup; the last is OTHER, without fields yet.
 */
GPtrArray *roster_form_build (ScimSchemas *schemas, RosterAttributes *attributes);
/* What no schema describes: RosterField, read-only. */
GPtrArray *roster_form_find_other (ScimSchemas *schemas, ScimResource *user);

/* Makes `now` hold what `next` does (GObjects, taken) and tells the least of it. */
void roster_list_update (GListModel *model, GPtrArray *now, GPtrArray *next);

G_END_DECLS
