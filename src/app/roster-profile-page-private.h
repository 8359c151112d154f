/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-profile-page.h"

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* For the files of the page: roster-profile-page.c shows a profile, roster-profile-page-update.c
 * writes it, says how that ended and offers what fits, roster-profile-page-actions.c does the
 * rest. */
struct _RosterProfilePage
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  GSignalGroup *directory_signals;
  GSignalGroup *attributes_signals;
  GSignalGroup *capabilities_signals;
  char *id;               /* shown or being read */
  RosterProfile *profile; /* shown, also while the next one is being read */
  GSignalGroup *profile_signals;
  GSignalGroup *draft_signals;
  RosterForm *form; /* for the schemas and choices now; NULL: to be built */
  GCancellable *load_cancellable;
  GCancellable *write_cancellable;
  guint loading_timeout;
  guint rebuild_idle;
  gboolean loading;
  gboolean writing;
  GtkWidget *focus_before;  /* weak: had the focus before the write */
  RosterOutcomeOffer offer; /* of the notice */
  GQueue leaving;           /* GTask: confirm_leave that waits for the end of a write */

  GtkWidget *stack;
  GtkWidget *loading_spinner;
  GtkWidget *failed_page;
  GtkWidget *failed_button;
  GtkWidget *profile_box;
  GtkWidget *header;
  GtkWidget *scrolled;
  GtkWidget *notice;
  GtkWidget *form_box;
  GtkWidget *danger_zone;
  GtkWidget *update_bar;
};

/* roster-profile-page.c */
/* Says something for a toast. */
void roster_profile_page_tell (RosterProfilePage *self, const char *message);
guint roster_profile_page_count_changes (RosterProfilePage *self);
void roster_profile_page_update_actions (RosterProfilePage *self);
/* Reads the user who is shown once more; what was not updated is lost. */
void roster_profile_page_load (RosterProfilePage *self);
/* The user of that id is gone. */
void roster_profile_page_leave_user (RosterProfilePage *self, RosterProfile *profile);
void roster_profile_page_present_dialog (RosterProfilePage *self, GtkWindow *dialog);

/* roster-profile-page-update.c */
void roster_profile_page_install_update_actions (GtkWidgetClass *widget_class);
void roster_profile_page_enable_update_actions (RosterProfilePage *self);
/* A write ended while somebody waits to leave: asks now. */
void roster_profile_page_ask_leave (RosterProfilePage *self, GTask *task);

/* roster-profile-page-actions.c */
void roster_profile_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
