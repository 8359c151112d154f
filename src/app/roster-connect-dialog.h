/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "directory/roster-connections.h"

G_BEGIN_DECLS

/* "Connect to a Service": what must be known of it, and the test that runs by itself as soon as
 * everything is there. Signal "connected" (RosterConnection *, int RosterKeyring): the connection
 * is among the known ones; get_secret has the secret until the dialog closes, which it does right
 * after. */
#define ROSTER_TYPE_CONNECT_DIALOG (roster_connect_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterConnectDialog, roster_connect_dialog, ROSTER, CONNECT_DIALOG, AdwWindow)

/* edit: nullable: the connection to change; it is replaced, never changed in place. */
RosterConnectDialog *roster_connect_dialog_new (RosterConnections *connections,
                                                RosterConnection *edit);
const char *roster_connect_dialog_get_secret (RosterConnectDialog *self); /* borrowed */

G_END_DECLS
