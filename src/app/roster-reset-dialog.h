/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-connection.h"
#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* "Reset Password": an invitation or a temporary password. It says beforehand what becomes of the
 * account and afterwards what the service shows. */
#define ROSTER_TYPE_RESET_DIALOG (roster_reset_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterResetDialog, roster_reset_dialog, ROSTER, RESET_DIALOG, AdwWindow)

RosterResetDialog *roster_reset_dialog_new (RosterProfile *profile, RosterConnection *connection);

G_END_DECLS
