/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "directory/roster-connections.h"

G_BEGIN_DECLS

/* The menu of the connection button: the known services, and what can be done with this one. It
 * activates win.open (s: the connection's id), win.connect, win.edit-connection and win.forget. */
#define ROSTER_TYPE_CONNECTION_MENU (roster_connection_menu_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterConnectionMenu, roster_connection_menu, ROSTER, CONNECTION_MENU, GtkPopover)

void roster_connection_menu_set_connections (RosterConnectionMenu *self,
                                             RosterConnections *connections);
/* The one that the window shows; nullable. */
void roster_connection_menu_set_current (RosterConnectionMenu *self, RosterConnection *current);

G_END_DECLS
