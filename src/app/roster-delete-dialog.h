/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-connection.h"
#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* Asks for the user name, then deletes. Neither Escape nor Enter in the entry ever deletes. It
 * stays open, with the words, when the user was not deleted. Signal "deleted" (RosterOutcome *). */
#define ROSTER_TYPE_DELETE_DIALOG (roster_delete_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterDeleteDialog, roster_delete_dialog, ROSTER, DELETE_DIALOG, AdwWindow)

RosterDeleteDialog *roster_delete_dialog_new (RosterProfile *profile, RosterConnection *connection);
RosterProfile *roster_delete_dialog_get_profile (RosterDeleteDialog *self); /* borrowed */

G_END_DECLS
