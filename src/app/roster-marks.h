/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "directory/roster-connection.h"
#include "scim/scim-account.h"

G_BEGIN_DECLS

/* The marks that table, profile and dialogs share: one icon, one word and one colour for each state
 * of an account, one dot for each environment. */

const char *roster_status_get_icon_name (ScimAccountStatus status);
/* Translated: "Active", "Invitation pending", … */
const char *roster_status_get_label (ScimAccountStatus status);
/* The style class of its colour: "success", "warning", "accent" or "neutral". */
const char *roster_status_get_style (ScimAccountStatus status);

/* dot: a widget with the style class "env-dot". Sets colour and tooltip. */
void roster_environment_dot_set (GtkWidget *dot, RosterEnvironment environment);

G_END_DECLS
