/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "directory/roster-users.h"

G_BEGIN_DECLS

typedef enum
{
  ROSTER_USER_CELL_STATUS,
  ROSTER_USER_CELL_NAME, /* avatar and name */
  ROSTER_USER_CELL_TEXT,
  ROSTER_USER_CELL_DATE, /* tabular figures */
} RosterUserCellKind;

/* One cell of the user table. It follows its row, which the model re-fills in place. */
#define ROSTER_TYPE_USER_CELL (roster_user_cell_get_type ())
G_DECLARE_FINAL_TYPE (RosterUserCell, roster_user_cell, ROSTER, USER_CELL, GtkWidget)

/* path: the column's (RosterColumn); not used by STATUS and NAME. */
GtkWidget *roster_user_cell_new (RosterUserCellKind kind, const char *path);
/* users: finds the parts that the search matched. Both NULL when the cell leaves the screen. */
void roster_user_cell_set_row (RosterUserCell *self, RosterUsers *users, RosterUserRow *row);

G_END_DECLS
