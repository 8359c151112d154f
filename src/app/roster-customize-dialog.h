/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-attributes.h"

G_BEGIN_DECLS

/* "Customize Attributes": which attributes the profile and the table show. A tick counts at once;
 * Cancel puts everything back to what it was when the dialog opened. */
#define ROSTER_TYPE_CUSTOMIZE_DIALOG (roster_customize_dialog_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterCustomizeDialog, roster_customize_dialog, ROSTER, CUSTOMIZE_DIALOG, AdwWindow)

RosterCustomizeDialog *roster_customize_dialog_new (RosterAttributes *attributes);
void roster_customize_dialog_present (GtkWindow *parent, RosterAttributes *attributes);

G_END_DECLS
