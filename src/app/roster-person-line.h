/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-connection.h"
#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* Who it is about and on which service: for the dialogs that cannot be undone. Property
 * "show-status" (boolean): the account's pill as well. */
#define ROSTER_TYPE_PERSON_LINE (roster_person_line_get_type ())
G_DECLARE_FINAL_TYPE (RosterPersonLine, roster_person_line, ROSTER, PERSON_LINE, GtkBox)

/* Once; the state of the account follows the profile. */
void roster_person_line_set (RosterPersonLine *self,
                             RosterProfile *profile,
                             RosterConnection *connection);
/* The whole user name with its user store fainter. */
void roster_label_set_user_name (GtkLabel *label, RosterProfile *profile);

G_END_DECLS
