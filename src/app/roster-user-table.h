/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "directory/roster-directory.h"

G_BEGIN_DECLS

/* The user list of one directory: the table, the pages that stand in its place while there is
 * nothing to list, and the count line.
 *
 * The table remembers the selected user by id; the mark follows the user through searches and
 * re-sorts. Signals: "user-chosen" (const char *id): the person selected another user; the one who
 * listens answers with roster_user_table_set_selected_id, with the new id or with the old one.
 * "user-opened": the selected row was activated. */
#define ROSTER_TYPE_USER_TABLE (roster_user_table_get_type ())
G_DECLARE_FINAL_TYPE (RosterUserTable, roster_user_table, ROSTER, USER_TABLE, AdwBin)

void roster_user_table_set_directory (RosterUserTable *self,
                                      RosterDirectory *directory);              /* nullable */
const char *roster_user_table_get_selected_id (RosterUserTable *self);          /* nullable */
void roster_user_table_set_selected_id (RosterUserTable *self, const char *id); /* nullable */
/* Only status and name, for little room. */
void roster_user_table_set_narrow (RosterUserTable *self, gboolean narrow);
/* The user was deleted: nobody is selected if it was this one, and once its row is gone the
 * keyboard goes to the one in its place. */
void roster_user_table_drop_user (RosterUserTable *self, const char *id);
/* Moves the keyboard into the table, to the first user of a search or else to the selected one, or
 * the first when there is none, and selects that one; while a search runs, once its result is
 * shown. FALSE: nobody is shown. */
gboolean roster_user_table_enter (RosterUserTable *self);

G_END_DECLS
