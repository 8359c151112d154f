/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-profile-page-private.h"

#include <glib/gi18n.h>

#include "app/roster-customize-dialog.h"
#include "app/roster-delete-dialog.h"
#include "app/roster-reset-dialog.h"

static void
reload_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (source);

  if (roster_profile_page_confirm_leave_finish (self, result, NULL) && self->id != NULL)
    roster_profile_page_load (self);
}

static void
reload_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  roster_profile_page_confirm_leave_async (ROSTER_PROFILE_PAGE (widget), NULL, reload_answered_cb,
                                           NULL);
}

static void
deleted_cb (RosterProfilePage *self, const RosterOutcome *outcome, RosterDeleteDialog *dialog)
{
  roster_profile_page_tell (self, outcome->title);
  roster_profile_page_leave_user (self, roster_delete_dialog_get_profile (dialog));
}

static void
read_again_cb (RosterProfilePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "profile.reload", NULL);
}

static void
delete_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);
  RosterDeleteDialog *dialog =
    roster_delete_dialog_new (self->profile, roster_directory_get_connection (self->directory));

  g_signal_connect_object (dialog, "deleted", G_CALLBACK (deleted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "read-again", G_CALLBACK (read_again_cb), self,
                           G_CONNECT_SWAPPED);
  roster_profile_page_present_dialog (self, GTK_WINDOW (dialog));
}

static void
reset_password_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);
  RosterResetDialog *dialog =
    roster_reset_dialog_new (self->profile, roster_directory_get_connection (self->directory));

  g_signal_connect_object (dialog, "read-again", G_CALLBACK (read_again_cb), self,
                           G_CONNECT_SWAPPED);
  roster_profile_page_present_dialog (self, GTK_WINDOW (dialog));
}

static void
customize_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  roster_profile_page_present_dialog (self, GTK_WINDOW (roster_customize_dialog_new (
                                              roster_directory_get_attributes (self->directory))));
}

static void
copy (RosterProfilePage *self, const char *text, const char *message)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text != NULL ? text : "");
  roster_profile_page_tell (self, message);
}

static void
copy_user_name_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  copy (self, roster_profile_get_user_name (self->profile), _ ("User name copied"));
}

static void
copy_id_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  copy (self, roster_profile_get_id (self->profile), _ ("User ID copied"));
}

void
roster_profile_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.reload", NULL, reload_action);
  gtk_widget_class_install_action (widget_class, "profile.customize", NULL, customize_action);
  gtk_widget_class_install_action (widget_class, "profile.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "profile.reset-password", NULL,
                                   reset_password_action);
  gtk_widget_class_install_action (widget_class, "profile.copy-user-name", NULL,
                                   copy_user_name_action);
  gtk_widget_class_install_action (widget_class, "profile.copy-id", NULL, copy_id_action);
}
