/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "directory/roster-connections.h"
#include "directory/roster-demo.h"

G_BEGIN_DECLS

/* Starts GTest, GTK and libadwaita with the application's resources. FALSE: there is no display and
 * the program has said that it is skipped. */
gboolean app_fixture_init (int *argc, char ***argv);

/* The first visible widget of any window whose accessible name, title or label is this; NULL when
 * there is none. */
GtkWidget *app_find (const char *name);
GtkWidget *app_find_within (GtkWidget *root, const char *name);
/* The first of a type, hidden ones too. */
GtkWidget *app_find_type (GtkWidget *root, GType type);
/* Is this the accessible name? */
gboolean app_is_named (GtkWidget *widget, const char *name);
/* Waits until it is there, and sensitive, and clicks it. */
void app_click (const char *name);
/* Waits until app_find finds it or, with gone, does not any more. */
GtkWidget *app_wait_for (const char *name);
void app_wait_gone (const char *name);

/* Connections in a file of their own. */
RosterConnections *app_fixture_connections (void);
/* roster-service with so many users; NULL, and the test is skipped, where it cannot be started. */
RosterDemo *app_fixture_demo (guint n_users);

G_END_DECLS
