/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-window-private.h"

#include <glib/gi18n.h>
#include "app/roster-compat.h"
#include "app/roster-connect-dialog.h"
#include "app/roster-secret-dialog.h"
#include "app/roster-settings.h"

/* ---- opening ---- */

static void
sign_in_cb (RosterWindow *self, RosterSecretDialog *dialog)
{
  if (self->directory == NULL)
    return;
  g_clear_pointer (&self->given_secret, roster_password_free);
  self->given_secret = g_strdup (roster_secret_dialog_get_secret (dialog));
  roster_directory_open (self->directory, self->given_secret);
}

/* The window may show another directory by the time that the secret is kept. */
typedef struct
{
  RosterWindow *window;
  RosterDirectory *directory;
} Keeping;

static void
secret_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Keeping *keeping = user_data;
  g_autoptr (RosterWindow) self = keeping->window;
  g_autoptr (RosterDirectory) directory = keeping->directory;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;

  if (!roster_connections_add_finish (ROSTER_CONNECTIONS (source), result, &keyring, &error))
    {
      g_autofree char *text =
        /* Translators: %s is the reason */
        g_strdup_printf (_ ("The connection could not be saved: %s"), error->message);

      if (!roster_window_is_gone (self))
        roster_window_show_toast (self, text);
      return;
    }
  roster_directory_set_keyring (directory, keyring);
}

/* Only a secret that the service accepts is worth keeping. */
static void
settle_given_secret (RosterWindow *self, RosterDirectoryState state)
{
  Keeping *keeping;

  if (self->given_secret == NULL || state == ROSTER_DIRECTORY_OPENING)
    return;
  if (state == ROSTER_DIRECTORY_OPEN)
    {
      keeping = g_new0 (Keeping, 1);
      keeping->window = g_object_ref (self);
      keeping->directory = g_object_ref (self->directory);
      roster_connections_add_async (self->connections, roster_window_get_connection (self),
                                    self->given_secret, self->cancellable, secret_kept_cb, keeping);
    }
  g_clear_pointer (&self->given_secret, roster_password_free);
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);
  RosterSecretDialog *dialog = NULL;

  if (self->directory == NULL)
    return;
  if (self->secret_dialog != NULL && gtk_widget_get_visible (GTK_WIDGET (self->secret_dialog)))
    {
      gtk_window_present (self->secret_dialog);
      return;
    }
  dialog = roster_secret_dialog_new (roster_window_get_connection (self),
                                     roster_directory_get_keyring (self->directory));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "sign-in", G_CALLBACK (sign_in_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->secret_dialog, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

void
roster_window_state_changed (RosterWindow *self)
{
  RosterDirectoryState state = ROSTER_DIRECTORY_CLOSED;

  roster_window_update_header (self);
  if (self->directory == NULL)
    return;
  state = roster_directory_get_state (self->directory);
  settle_given_secret (self, state);
  if (state == ROSTER_DIRECTORY_NEEDS_SECRET)
    sign_in_action (GTK_WIDGET (self), NULL, NULL);
}

/* What was chosen before this: it must not take the place of what is opened now, and a secret that
 * is typed for one service must not reach another. */
static void
drop_earlier_choice (RosterWindow *self)
{
  g_cancellable_cancel (self->demo_starting);
  g_clear_object (&self->demo_starting);
  if (self->secret_dialog != NULL)
    gtk_window_destroy (self->secret_dialog);
  g_clear_weak_pointer (&self->secret_dialog);
}

void
roster_window_set_directory (RosterWindow *self, RosterDirectory *directory)
{
  drop_earlier_choice (self);
  roster_profile_page_set_directory (self->profile_page, directory);
  roster_user_table_set_directory (self->user_table, directory);
  if (self->directory != NULL)
    roster_directory_close (self->directory);
  g_set_object (&self->directory, directory);
  g_signal_group_set_target (self->directory_signals, directory);
  self->keyring_message = NULL;
  g_clear_pointer (&self->given_secret, roster_password_free);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_stack_set_visible_child_name (self->pages, directory != NULL ? "directory" : "welcome");
  roster_window_update_header (self);
  roster_window_update_banner (self);
}

void
roster_window_open (RosterWindow *self, RosterConnection *connection, const char *secret)
{
  g_autoptr (RosterDirectory) directory = NULL;
  gboolean demo = FALSE;

  g_return_if_fail (ROSTER_IS_WINDOW (self));
  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  demo = roster_connection_get_environment (connection) == ROSTER_ENVIRONMENT_DEMO;
  directory = roster_directory_new (connection, demo ? NULL : self->connections);
  roster_window_set_directory (self, directory);
  if (!demo)
    g_clear_object (&self->demo);
  if (!demo && self->settings != NULL)
    g_settings_set_string (self->settings, ROSTER_SETTINGS_LAST_CONNECTION,
                           roster_connection_get_id (connection));
  roster_directory_open (directory, secret);
}

static void
demo_started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterDemo) demo = roster_demo_start_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || roster_window_is_gone (self))
    return;
  g_clear_object (&self->demo_starting);
  if (demo == NULL)
    {
      gtk_stack_set_visible_child_name (self->pages,
                                        self->directory != NULL ? "directory" : "welcome");
      roster_window_show_toast (self, error->message);
      return;
    }
  g_set_object (&self->demo, demo);
  roster_window_open (self, roster_demo_get_connection (demo), roster_demo_get_secret (demo));
}

void
roster_window_open_demo (RosterWindow *self, guint n_users)
{
  g_return_if_fail (ROSTER_IS_WINDOW (self));

  drop_earlier_choice (self);
  gtk_stack_set_visible_child_name (self->pages, "starting");
  self->demo_starting = g_cancellable_new ();
  roster_demo_start_async (n_users, self->demo_starting, demo_started_cb, g_object_ref (self));
}

void
roster_window_show_load_error (RosterWindow *self)
{
  const GError *error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast = NULL;

  g_return_if_fail (ROSTER_IS_WINDOW (self));

  error = roster_connections_get_load_error (self->connections);
  g_return_if_fail (error != NULL);
  /* Translators: %s is the reason */
  text = g_strdup_printf (_ ("The known services could not be read: %s"), error->message);
  /* A toast reads its title as markup. */
  escaped = g_markup_escape_text (text, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* ---- leaving one directory for another ---- */

/* What happens once the profile may be left. */
typedef struct
{
  RosterWindow *self;
  RosterConnection *connection; /* nullable: the one to open */
  gboolean demo;
} Leaving;

static void
leaving_free (Leaving *leaving)
{
  g_object_unref (leaving->self);
  g_clear_object (&leaving->connection);
  g_free (leaving);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Leaving, leaving_free)

static void
left_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;

  if (!roster_profile_page_confirm_leave_finish (ROSTER_PROFILE_PAGE (source), result, NULL) ||
      roster_window_is_gone (leaving->self))
    return;
  if (leaving->demo)
    roster_window_open_demo (leaving->self, ROSTER_DEMO_USERS);
  else
    roster_window_open (leaving->self, leaving->connection, NULL);
}

static void
leave_for (RosterWindow *self, RosterConnection *connection)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->self = g_object_ref (self);
  leaving->connection = connection != NULL ? g_object_ref (connection) : NULL;
  leaving->demo = connection == NULL;
  roster_profile_page_confirm_leave_async (self->profile_page, self->cancellable, left_cb, leaving);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);
  RosterConnection *connection =
    roster_connections_find (self->connections, g_variant_get_string (parameter, NULL));

  if (connection != NULL && connection != roster_window_get_connection (self))
    leave_for (self, connection);
}

static void
demo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  leave_for (ROSTER_WINDOW (widget), NULL);
}

static void
connected_cb (RosterWindow *self,
              RosterConnection *connection,
              int keyring,
              RosterConnectDialog *dialog)
{
  roster_window_open (self, connection, roster_connect_dialog_get_secret (dialog));
  self->keyring_message = roster_keyring_get_message (keyring);
  roster_window_update_banner (self);
}

static void
present_connect_dialog (RosterWindow *self, RosterConnection *edit)
{
  RosterConnectDialog *dialog = roster_connect_dialog_new (self->connections, edit);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "connected", G_CALLBACK (connected_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
may_connect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;

  if (roster_profile_page_confirm_leave_finish (ROSTER_PROFILE_PAGE (source), result, NULL) &&
      !roster_window_is_gone (leaving->self))
    present_connect_dialog (leaving->self, leaving->connection);
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);
  gboolean edit = g_str_equal (name, "win.edit-connection");
  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->self = g_object_ref (self);
  if (edit && self->directory != NULL)
    leaving->connection = g_object_ref (roster_window_get_connection (self));
  roster_profile_page_confirm_leave_async (self->profile_page, self->cancellable, may_connect_cb,
                                           leaving);
}

/* ---- forgetting ---- */

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  RosterWindow *self = leaving->self;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;
  gboolean forgotten =
    roster_connections_forget_finish (ROSTER_CONNECTIONS (source), result, &keyring, &error);

  if (roster_window_is_gone (self))
    return;
  if (!forgotten)
    {
      roster_window_show_toast (self, error->message);
      return;
    }
  if (leaving->connection == roster_window_get_connection (self))
    roster_window_set_directory (self, NULL);
  if (roster_keyring_get_message (keyring) != NULL)
    roster_window_show_toast (self, roster_keyring_get_message (keyring));
  else
    roster_window_show_toast (self, _ ("The service was forgotten"));
}

static void
forget_confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Leaving) leaving = user_data;
  RosterWindow *self = leaving->self;
  RosterConnection *named = leaving->connection;

  /* The one that the question named, whatever is open by now. */
  if (roster_confirm_finish (result, NULL) && !roster_window_is_gone (self))
    roster_connections_forget_async (self->connections, named, self->cancellable, forgotten_cb,
                                     g_steal_pointer (&leaving));
}

static void
forget_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);
  RosterConnection *connection = roster_window_get_connection (self);
  g_autofree char *heading = NULL;
  Leaving *leaving = NULL;

  if (connection == NULL)
    return;
  leaving = g_new0 (Leaving, 1);
  leaving->self = g_object_ref (self);
  leaving->connection = g_object_ref (connection);
  /* Translators: %s is the name of a connection */
  heading = g_strdup_printf (_ ("Forget %s?"), roster_connection_get_name (connection));
  roster_confirm_async (
    widget,
    &(RosterConfirm){
      .heading = heading,
      .body =
        _ ("The address and the way to sign in are removed from this computer, and the secret "
           "from the keyring. Nothing changes on the service."),
      .confirm_label = _ ("Forget"),
      .destructive = TRUE,
    },
    forget_confirmed_cb, leaving);
}

void
roster_window_install_connection_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", "s", open_action);
  gtk_widget_class_install_action (widget_class, "win.demo", NULL, demo_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.edit-connection", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.forget", NULL, forget_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
}
