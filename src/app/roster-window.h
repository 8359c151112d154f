/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "directory/roster-connections.h"
#include "directory/roster-directory.h"

G_BEGIN_DECLS

/* The number of people in the demo directory when nothing else is asked for. */
#define ROSTER_DEMO_USERS 1000

/* One window on one directory: it makes the parts meet and does nothing itself. */
#define ROSTER_TYPE_WINDOW (roster_window_get_type ())
G_DECLARE_FINAL_TYPE (RosterWindow, roster_window, ROSTER, WINDOW, AdwApplicationWindow)

RosterWindow *roster_window_new (AdwApplication *application, RosterConnections *connections);
/* Leaves what is open, without asking. secret: nullable: the keyring's. */
void roster_window_open (RosterWindow *self, RosterConnection *connection, const char *secret);
/* Starts a demo directory and opens it; it ends with the window. */
void roster_window_open_demo (RosterWindow *self, guint n_users);
/* Says that the list of connections could not be read, and why: there must be a load error. */
void roster_window_show_load_error (RosterWindow *self);
RosterDirectory *roster_window_get_directory (RosterWindow *self); /* nullable */

G_END_DECLS
