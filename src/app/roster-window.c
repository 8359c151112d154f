/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-window-private.h"

#include <glib/gi18n.h>
#include "app/roster-compat.h"
#include "app/roster-connection-row.h"
#include "app/roster-customize-dialog.h"
#include "app/roster-marks.h"
#include "app/roster-settings.h"

/* Below it the header shows less and the table only status and name. */
#define NARROW_WIDTH 900

#define CONNECTION_WHOLE_CHARS 24

G_DEFINE_FINAL_TYPE (RosterWindow, roster_window, ADW_TYPE_APPLICATION_WINDOW)

void
roster_window_show_toast (RosterWindow *self, const char *text)
{
  /* A toast reads its title as markup. */
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
}

/* Answers may come when the window is closed already. */
gboolean
roster_window_is_gone (RosterWindow *self)
{
  return self->connections == NULL;
}

RosterConnection *
roster_window_get_connection (RosterWindow *self)
{
  return self->directory != NULL ? roster_directory_get_connection (self->directory) : NULL;
}

/* ---- what the header shows ---- */

static void
update_connection (RosterWindow *self)
{
  RosterConnection *connection = roster_window_get_connection (self);
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  const char *shown = NULL;
  RosterEnvironment environment = ROSTER_ENVIRONMENT_PRODUCTION;

  if (connection == NULL)
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Roster"));
      return;
    }
  name = roster_connection_dup_title (connection);
  environment = roster_connection_get_environment (connection);
  /* Translators: %s is the name of a connection. The title begins with the application's name. */
  title = g_strdup_printf (_ ("Roster — %s"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  shown = self->narrow ? roster_connection_get_name (connection) : name;
  gtk_label_set_text (self->connection_label, shown);
  /* Only a long name is cut; otherwise it is the search that gives way. */
  gtk_label_set_ellipsize (self->connection_label,
                           g_utf8_strlen (shown, -1) > CONNECTION_WHOLE_CHARS
                             ? PANGO_ELLIPSIZE_END
                             : PANGO_ELLIPSIZE_NONE);
  roster_environment_dot_set (self->dot, environment);
  gtk_widget_set_tooltip_text (self->connection_button, roster_environment_get_label (environment));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (self->connection_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, roster_environment_get_label (environment), -1);
  roster_connection_menu_set_current (self->connection_menu, connection);
}

static void
update_age (RosterWindow *self)
{
  const char *age = self->directory != NULL ? roster_directory_get_age (self->directory) : NULL;
  /* Who sees that the service is waited for may not want to wait. */
  gboolean busy = self->directory != NULL && roster_directory_get_refreshing (self->directory) &&
                  !roster_directory_get_waiting (self->directory);

  gtk_label_set_text (self->age_label, age);
  gtk_widget_set_visible (GTK_WIDGET (self->age_label), age != NULL && !self->narrow);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->refresh_stack),
                               self->narrow && age != NULL ? age : _ ("Refresh"));
  roster_spinner_set_spinning (self->refresh_spinner, busy);
  gtk_stack_set_visible_child (self->refresh_stack,
                               busy ? GTK_WIDGET (self->refresh_spinner) : self->refresh_button);
}

void
roster_window_update_banner (RosterWindow *self)
{
  const char *warning = NULL;

  if (self->directory != NULL)
    warning = roster_directory_get_warning (self->directory);
  if (warning == NULL)
    roster_banner_set (self->banner, self->keyring_message, NULL);
  else if (roster_directory_get_keyring (self->directory) != ROSTER_KEYRING_KEPT)
    roster_banner_set (self->banner, warning, NULL);
  else
    roster_banner_set (self->banner, warning, _ ("Try Again"));
}

static void
update_actions (RosterWindow *self)
{
  RosterDirectoryState state = self->directory != NULL
                                 ? roster_directory_get_state (self->directory)
                                 : ROSTER_DIRECTORY_CLOSED;
  RosterConnection *connection = roster_window_get_connection (self);
  gboolean kept =
    connection != NULL &&
    roster_connections_find (self->connections, roster_connection_get_id (connection)) != NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.customize", state == ROSTER_DIRECTORY_OPEN);
  gtk_widget_action_set_enabled (widget, "win.refresh", state == ROSTER_DIRECTORY_OPEN);
  gtk_widget_action_set_enabled (widget, "win.edit-connection", kept);
  gtk_widget_action_set_enabled (widget, "win.forget", kept);
  gtk_widget_action_set_enabled (widget, "win.search", self->directory != NULL);
}

void
roster_window_update_header (RosterWindow *self)
{
  update_connection (self);
  update_age (self);
  update_actions (self);
}

/* ---- users ---- */

static void
may_leave_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterWindow) self = user_data;
  g_autofree char *id = g_steal_pointer (&self->wanted_id);

  self->asking = FALSE;
  if (roster_window_is_gone (self))
    return;
  if (roster_profile_page_confirm_leave_finish (ROSTER_PROFILE_PAGE (source), result, NULL))
    roster_profile_page_show_user (self->profile_page, id);
  roster_user_table_set_selected_id (self->user_table,
                                     roster_profile_page_get_user_id (self->profile_page));
}

static void
user_chosen_cb (RosterWindow *self, const char *id)
{
  g_free (self->wanted_id);
  self->wanted_id = g_strdup (id);
  if (self->asking)
    return;
  self->asking = TRUE;
  roster_profile_page_confirm_leave_async (self->profile_page, self->cancellable, may_leave_cb,
                                           g_object_ref (self));
}

static void
user_opened_cb (RosterWindow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->profile_page), GTK_DIR_TAB_FORWARD);
}

static void
user_deleted_cb (RosterWindow *self, const char *id)
{
  roster_user_table_drop_user (self->user_table, id);
}

static void
message_cb (RosterWindow *self, const char *text)
{
  roster_window_show_toast (self, text);
}

static void
search_changed_cb (RosterWindow *self, GtkEditable *entry)
{
  if (self->directory != NULL)
    roster_users_set_search (roster_directory_get_users (self->directory),
                             gtk_editable_get_text (entry));
}

static void
stop_search_cb (RosterWindow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  roster_user_table_enter (self->user_table);
}

static void
search_activate_cb (RosterWindow *self)
{
  roster_user_table_enter (self->user_table);
}

/* ---- other actions ---- */

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  if (self->directory != NULL)
    roster_directory_refresh (self->directory);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  if (self->directory == NULL)
    return;
  if (roster_directory_get_state (self->directory) == ROSTER_DIRECTORY_OPEN)
    roster_directory_refresh (self->directory);
  else
    roster_directory_open (self->directory,
                           self->demo != NULL ? roster_demo_get_secret (self->demo) : NULL);
}

static void
banner_clicked_cb (RosterWindow *self)
{
  retry_action (GTK_WIDGET (self), NULL, NULL);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (ROSTER_WINDOW (widget)->search_entry));
}

static void
enter_table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_user_table_enter (ROSTER_WINDOW (widget)->user_table);
}

static void
clear_search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
customize_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  if (self->directory != NULL)
    roster_customize_dialog_present (GTK_WINDOW (self),
                                     roster_directory_get_attributes (self->directory));
}

static void
about_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  roster_about_present (widget);
}

/* ---- size ---- */

static gboolean
layout_cb (gpointer data)
{
  RosterWindow *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  self->layout_idle = 0;
  if (!self->laid_out)
    gtk_paned_set_position (self->paned, width - self->profile_width);
  self->laid_out = TRUE;
  self->narrow = width < NARROW_WIDTH;
  roster_user_table_set_narrow (self->user_table, self->narrow);
  update_connection (self);
  update_age (self);
  return G_SOURCE_REMOVE;
}

/* What depends on the width changes in idle: never while sizes are being handed out. */
static void
roster_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RosterWindow *self = ROSTER_WINDOW (widget);

  GTK_WIDGET_CLASS (roster_window_parent_class)->size_allocate (widget, width, height, baseline);
  if ((!self->laid_out || self->narrow != (width < NARROW_WIDTH)) && self->layout_idle == 0)
    self->layout_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, layout_cb, self, NULL);
}

static void
save_size (RosterWindow *self)
{
  RosterWindowSize size = { .profile_width = self->profile_width };

  gtk_window_get_default_size (GTK_WINDOW (self), &size.width, &size.height);
  size.maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  if (self->laid_out && gtk_widget_get_mapped (GTK_WIDGET (self->paned)))
    size.profile_width =
      gtk_widget_get_width (GTK_WIDGET (self->paned)) - gtk_paned_get_position (self->paned);
  roster_settings_save_size (self->settings, &size);
}

static void
load_size (RosterWindow *self)
{
  RosterWindowSize size = { .width = 1200, .height = 760, .profile_width = 470 };

  roster_settings_load_size (self->settings, &size);
  self->profile_width = size.profile_width;
  gtk_window_set_default_size (GTK_WINDOW (self), size.width, size.height);
  gtk_paned_set_position (self->paned, size.width - size.profile_width);
  if (size.maximized)
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
may_close_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterWindow) self = user_data;

  if (!roster_profile_page_confirm_leave_finish (ROSTER_PROFILE_PAGE (source), result, NULL))
    return;
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
roster_window_close_request (GtkWindow *window)
{
  RosterWindow *self = ROSTER_WINDOW (window);

  if (!self->closing && roster_profile_page_has_changes (self->profile_page))
    {
      roster_profile_page_confirm_leave_async (self->profile_page, NULL, may_close_cb,
                                               g_object_ref (self));
      return TRUE;
    }
  save_size (self);
  return GTK_WINDOW_CLASS (roster_window_parent_class)->close_request (window);
}

/* ---- class ---- */

static void
roster_window_dispose (GObject *object)
{
  RosterWindow *self = ROSTER_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->demo_starting);
  g_clear_object (&self->demo_starting);
  g_clear_weak_pointer (&self->secret_dialog);
  g_clear_handle_id (&self->layout_idle, g_source_remove);
  if (!roster_window_is_gone (self))
    {
      roster_profile_page_set_directory (self->profile_page, NULL);
      roster_user_table_set_directory (self->user_table, NULL);
    }
  if (self->directory != NULL)
    roster_directory_close (self->directory);
  g_clear_object (&self->directory_signals);
  g_clear_object (&self->directory);
  g_clear_object (&self->demo);
  g_clear_object (&self->connections);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (roster_window_parent_class)->dispose (object);
}

static void
roster_window_finalize (GObject *object)
{
  RosterWindow *self = ROSTER_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->given_secret, roster_password_free);
  g_free (self->wanted_id);

  G_OBJECT_CLASS (roster_window_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  roster_window_install_connection_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "win.refresh", NULL, refresh_action);
  gtk_widget_class_install_action (widget_class, "win.retry", NULL, retry_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.enter-table", NULL, enter_table_action);
  gtk_widget_class_install_action (widget_class, "win.clear-search", NULL, clear_search_action);
  gtk_widget_class_install_action (widget_class, "win.customize", NULL, customize_action);
  gtk_widget_class_install_action (widget_class, "win.about", NULL, about_action);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, welcome_connect);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, dot);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, connection_label);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, connection_menu);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, connection_button);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, refresh_button);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, refresh_spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, age_label);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, user_table);
  gtk_widget_class_bind_template_child (widget_class, RosterWindow, profile_page);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, user_deleted_cb);
  gtk_widget_class_bind_template_callback (widget_class, message_cb);
}

static void
roster_window_class_init (RosterWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = roster_window_dispose;
  object_class->finalize = roster_window_finalize;
  widget_class->size_allocate = roster_window_size_allocate;
  window_class->close_request = roster_window_close_request;

  g_type_ensure (ROSTER_TYPE_BANNER);
  g_type_ensure (ROSTER_TYPE_CONNECTION_MENU);
  g_type_ensure (ROSTER_TYPE_SPINNER);
  g_type_ensure (ROSTER_TYPE_USER_TABLE);
  g_type_ensure (ROSTER_TYPE_PROFILE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-window.ui");
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
roster_window_init (RosterWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->settings = roster_settings_new ();
  load_size (self);
  /* Just type: the table hands letters on to the search. */
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->user_table));
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::state",
                                  G_CALLBACK (roster_window_state_changed), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::age", G_CALLBACK (update_age),
                                  self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::refreshing",
                                  G_CALLBACK (update_age), self);
  g_signal_group_connect_swapped (self->directory_signals, "notify::warning",
                                  G_CALLBACK (roster_window_update_banner), self);
}

RosterWindow *
roster_window_new (AdwApplication *application, RosterConnections *connections)
{
  RosterWindow *self = NULL;

  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (ROSTER_IS_CONNECTIONS (connections), NULL);

  self = g_object_new (ROSTER_TYPE_WINDOW, "application", application, NULL);
  self->connections = g_object_ref (connections);
  roster_connection_menu_set_connections (self->connection_menu, connections);
  gtk_widget_grab_focus (self->welcome_connect);
  update_actions (self);
  return self;
}

RosterDirectory *
roster_window_get_directory (RosterWindow *self)
{
  g_return_val_if_fail (ROSTER_IS_WINDOW (self), NULL);

  return self->directory;
}
