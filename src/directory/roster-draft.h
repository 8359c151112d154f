/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "scim/scim-patch.h"

G_BEGIN_DECLS

/* A profile being edited: the base as the service has it and the working copy. Properties, notify:
 * "n-changes" (guint: attributes changed, as the update bar counts them), "valid" (boolean). Signal
 * "changed". Values of a multi-valued attribute keep their identity while others come and go. */
#define ROSTER_TYPE_DRAFT (roster_draft_get_type ())
G_DECLARE_FINAL_TYPE (RosterDraft, roster_draft, ROSTER, DRAFT, GObject)

RosterDraft *roster_draft_new (ScimResource *base, ScimSchemas *schemas);
ScimResource *roster_draft_get_base (RosterDraft *self);
ScimResource *roster_draft_get_target (RosterDraft *self); /* the working copy */
ScimSchemas *roster_draft_get_schemas (RosterDraft *self);
guint roster_draft_get_n_changes (RosterDraft *self);
gboolean roster_draft_get_valid (RosterDraft *self);
ScimPatch *roster_draft_dup_patch (RosterDraft *self);
/* The changes as plain text, one attribute a line: “Title: “Clerk” → “Boss””. Safe to display,
 * translated; of secrets only that they were changed. "" when there are none. */
char *roster_draft_dup_text (RosterDraft *self);
void roster_draft_discard (RosterDraft *self);

G_END_DECLS
