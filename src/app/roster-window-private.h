/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-window.h"

#include "app/roster-banner.h"
#include "app/roster-connection-menu.h"
#include "app/roster-profile-page.h"
#include "app/roster-spinner.h"
#include "app/roster-user-table.h"
#include "directory/roster-demo.h"

G_BEGIN_DECLS

/* For the files of the window: roster-window.c shows what is open, roster-window-connection.c
 * chooses what is. */
struct _RosterWindow
{
  AdwApplicationWindow parent_instance;

  RosterConnections *connections;
  RosterDirectory *directory; /* NULL before anything was opened */
  RosterDemo *demo;           /* NULL unless the demo directory is shown */
  GSignalGroup *directory_signals;
  GSettings *settings; /* nullable */
  GCancellable *cancellable;
  GCancellable *demo_starting; /* nullable: no demo is on its way */
  GtkWindow *secret_dialog;    /* weak */
  const char *keyring_message; /* of connecting; nullable, static */
  char *given_secret;          /* until the service has accepted it; nullable */
  char *wanted_id;             /* the user to show once the profile may be left */
  int profile_width;
  guint layout_idle;
  gboolean laid_out;
  gboolean narrow;
  gboolean asking; /* whether the profile may be left */
  gboolean closing;

  AdwToastOverlay *toast_overlay;
  GtkStack *pages;
  GtkWidget *welcome_connect;
  GtkWidget *dot;
  GtkLabel *connection_label;
  RosterConnectionMenu *connection_menu;
  GtkWidget *connection_button;
  GtkSearchEntry *search_entry;
  GtkStack *refresh_stack;
  GtkWidget *refresh_button;
  RosterSpinner *refresh_spinner;
  GtkLabel *age_label;
  RosterBanner *banner;
  GtkPaned *paned;
  RosterUserTable *user_table;
  RosterProfilePage *profile_page;
};

/* The window was closed: answers that come now are for nobody. */
gboolean roster_window_is_gone (RosterWindow *self);
RosterConnection *roster_window_get_connection (RosterWindow *self); /* nullable */
/* text: plain. */
void roster_window_show_toast (RosterWindow *self, const char *text);
void roster_window_update_header (RosterWindow *self);
void roster_window_update_banner (RosterWindow *self);

/* roster-window-connection.c */
void roster_window_install_connection_actions (GtkWidgetClass *widget_class);
void roster_window_state_changed (RosterWindow *self);
/* Closes what is open; NULL shows the welcome page. */
void roster_window_set_directory (RosterWindow *self, RosterDirectory *directory);

G_END_DECLS
