/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-secret-dialog.h"

#include <glib/gi18n.h>
#include "app/roster-marks.h"

struct _RosterSecretDialog
{
  AdwWindow parent_instance;

  GtkWidget *sign_in_button;
  GtkWidget *dot;
  GtkLabel *name_label;
  GtkLabel *reason_label;
  GtkEditable *secret_row;
};

G_DEFINE_FINAL_TYPE (RosterSecretDialog, roster_secret_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGN_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (RosterSecretDialog *self)
{
  gtk_widget_set_sensitive (self->sign_in_button,
                            gtk_editable_get_text (self->secret_row)[0] != '\0');
}

static void
sign_in_cb (RosterSecretDialog *self)
{
  g_signal_emit (self, signals[SIGN_IN], 0);
  gtk_editable_set_text (self->secret_row, "");
  gtk_window_close (GTK_WINDOW (self));
}

static void
roster_secret_dialog_class_init (RosterSecretDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGN_IN] = g_signal_new ("sign-in", ROSTER_TYPE_SECRET_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-secret-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterSecretDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RosterSecretDialog, dot);
  gtk_widget_class_bind_template_child (widget_class, RosterSecretDialog, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterSecretDialog, reason_label);
  gtk_widget_class_bind_template_child (widget_class, RosterSecretDialog, secret_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_cb);
}

static void
roster_secret_dialog_init (RosterSecretDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RosterSecretDialog *
roster_secret_dialog_new (RosterConnection *connection, RosterKeyring keyring)
{
  RosterSecretDialog *self = NULL;
  const char *label = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_SECRET_DIALOG, NULL);
  label = roster_sign_in_get_secret_label (roster_connection_get_sign_in (connection));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (self->secret_row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  roster_environment_dot_set (self->dot, roster_connection_get_environment (connection));
  gtk_label_set_text (self->name_label, roster_connection_get_name (connection));
  gtk_label_set_text (self->reason_label, roster_keyring_get_message (keyring));
  gtk_widget_set_visible (GTK_WIDGET (self->reason_label),
                          roster_keyring_get_message (keyring) != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->secret_row));
  return self;
}

const char *
roster_secret_dialog_get_secret (RosterSecretDialog *self)
{
  g_return_val_if_fail (ROSTER_IS_SECRET_DIALOG (self), NULL);

  return gtk_editable_get_text (self->secret_row);
}

const char *
roster_sign_in_get_secret_label (RosterSignIn sign_in)
{
  switch (sign_in)
    {
    case ROSTER_SIGN_IN_CLIENT_CREDENTIALS:
      return _ ("Client Secret");
    case ROSTER_SIGN_IN_BASIC:
      return _ ("Password");
    case ROSTER_SIGN_IN_BEARER:
    default:
      return _ ("Token");
    }
}
