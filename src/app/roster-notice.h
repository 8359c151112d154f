/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-outcome.h"

G_BEGIN_DECLS

/* A card inside a page or dialog: icon, heading, text. All texts are plain. */
#define ROSTER_TYPE_NOTICE (roster_notice_get_type ())
G_DECLARE_FINAL_TYPE (RosterNotice, roster_notice, ROSTER, NOTICE, GtkGrid)

/* body: nullable. A warning about what is going to happen. */
void roster_notice_set_warning (RosterNotice *self, const char *title, const char *body);
/* How something ended; the server's own words can be selected. */
void roster_notice_set_outcome (RosterNotice *self, const RosterOutcome *outcome);
/* Rows of RosterDifference below the text; nullable: none. What the list has now counts. */
void roster_notice_set_differences (RosterNotice *self, GListModel *differences);
/* What can be done about it: a button for an action; NULL: none. The two above begin without. */
void roster_notice_set_action (RosterNotice *self, const char *label, const char *action_name);
/* Shows a button that hides the notice. */
void roster_notice_set_dismissable (RosterNotice *self, gboolean dismissable);

G_END_DECLS
