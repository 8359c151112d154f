/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-user-table.h"

#include "app/roster-spinner.h"
#include "app/roster-user-cell.h"

G_BEGIN_DECLS

/* For the files of the table: roster-user-table.c shows the list or what stands in its place,
 * roster-user-table-columns.c makes columns and cells and tells what they are sorted by,
 * roster-user-table-focus.c moves the keyboard. */
struct _RosterUserTable
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  RosterUsers *users; /* the directory's */
  GtkSingleSelection *selection;
  char *selected_id;
  GPtrArray *columns; /* Column, in the order in which they were made */
  char *sort_path;    /* of the first key, kept when columns are made anew */
  gboolean sort_descending;
  gboolean narrow;
  gboolean syncing;    /* the selection is being set by us, not by the person */
  gboolean rebuilding; /* the columns are */

  GSignalGroup *directory_signals;
  GSignalGroup *users_signals;
  GSignalGroup *attributes_signals;
  GBindingGroup *users_bindings;
  guint page_idle;
  char *entering;          /* the search whose result the keyboard waits for; nullable */
  char *dropped_id;        /* the user in whose place the keyboard goes on; nullable */
  guint selected_position; /* where the selected user was seen last */

  /* Asking the view's sorter which columns it sorts by: see probe_sort_keys. */
  GPtrArray *probe_asked; /* borrowed Column; NULL while not asking */
  gpointer probe_answering;
  GObject *probe_items[2];

  GtkStack *stack;
  GtkColumnView *column_view;
  GtkWidget *footer;
  GtkLabel *count_label;
  RosterSpinner *spinner;
  AdwStatusPage *loading_page;
  AdwStatusPage *failed_page;
  GtkOrientable *failed_buttons;
  GtkWidget *edit_button;
  GtkWidget *sign_in_button;
  AdwStatusPage *secret_page;
  AdwStatusPage *no_match_page;
};

/* roster-user-table-columns.c */
void roster_user_table_init_columns (RosterUserTable *self);
void roster_user_table_clear_columns (RosterUserTable *self);
/* Makes the columns that the administrator chose. */
void roster_user_table_rebuild_columns (RosterUserTable *self);
/* Gives each the width for the room that there is. */
void roster_user_table_apply_widths (RosterUserTable *self);

/* roster-user-table-focus.c */
/* What the keyboard waits for may be there now. */
void roster_user_table_settle_focus (RosterUserTable *self);

G_END_DECLS
