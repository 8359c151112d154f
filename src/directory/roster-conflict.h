/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "directory/roster-draft.h"

G_BEGIN_DECLS

/* What is to become of an attribute that somebody else changed while it was edited here. Nothing is
 * chosen to begin with: whichever it were, somebody's work would be lost by pressing Enter. */
typedef enum
{
  ROSTER_CHOICE_NONE,
  ROSTER_CHOICE_MINE,
  ROSTER_CHOICE_THEIRS,
  ROSTER_CHOICE_BASE, /* as it was before either changed it */
} RosterChoice;

/* One such attribute. Texts are plain (never markup), safe to display, never NULL; "" is nothing.
 * Each is what the attribute becomes by that choice: of a multi-valued one, values that only one
 * side touched are in all three. Properties: "label", "base-text", "theirs-text", "mine-text"
 * (strings), "choice" (int, a RosterChoice, read and write, notify). */
#define ROSTER_TYPE_CONFLICT_ITEM (roster_conflict_item_get_type ())
G_DECLARE_FINAL_TYPE (RosterConflictItem, roster_conflict_item, ROSTER, CONFLICT_ITEM, GObject)

const char *roster_conflict_item_get_label (RosterConflictItem *self); /* translated */
const char *roster_conflict_item_get_base_text (RosterConflictItem *self);
const char *roster_conflict_item_get_theirs_text (RosterConflictItem *self);
const char *roster_conflict_item_get_mine_text (RosterConflictItem *self);
RosterChoice roster_conflict_item_get_choice (RosterConflictItem *self);
void roster_conflict_item_set_choice (RosterConflictItem *self, RosterChoice choice);

/* Is something chosen for each of these RosterConflictItem? TRUE for none. */
gboolean roster_conflicts_are_decided (GListModel *conflicts);

/* For the profile: */

/* The conflicts of the draft with what the service has now: RosterConflictItem, owned. */
GPtrArray *roster_conflicts_find (RosterDraft *draft, ScimResource *fresh);
/* The draft over `fresh` with the choices applied; what is undecided stays mine. */
RosterDraft *roster_conflicts_resolve (GListModel *conflicts,
                                       RosterDraft *draft,
                                       ScimResource *fresh);

G_END_DECLS
