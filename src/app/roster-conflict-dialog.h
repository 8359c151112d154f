/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-connection.h"
#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* Somebody else changed what is being edited: one choice for each such attribute of the profile's
 * conflicts. Signal "resolved": everything is chosen and the profile shall be updated; the dialog
 * closes by itself. Cancelling changes nothing, and what was chosen so far is remembered. */
#define ROSTER_TYPE_CONFLICT_DIALOG (roster_conflict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterConflictDialog, roster_conflict_dialog, ROSTER, CONFLICT_DIALOG, AdwWindow)

RosterConflictDialog *roster_conflict_dialog_new (RosterProfile *profile,
                                                  RosterConnection *connection);

G_END_DECLS
