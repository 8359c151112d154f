/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "directory/roster-connection.h"

G_BEGIN_DECLS

/* A known connection in the menu: dot, name, service and environment in words. */
#define ROSTER_TYPE_CONNECTION_ROW (roster_connection_row_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterConnectionRow, roster_connection_row, ROSTER, CONNECTION_ROW, GtkListBoxRow)

GtkWidget *roster_connection_row_new (RosterConnection *connection, gboolean current);
RosterConnection *roster_connection_row_get_connection (RosterConnectionRow *self);

/* "Acme · Asgardeo"; the name alone where the service adds nothing. Owned. */
char *roster_connection_dup_title (RosterConnection *connection);

G_END_DECLS
