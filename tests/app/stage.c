/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stage.h"

#include <string.h>
#include "app/roster-application.h"
#include "app/roster-compat.h"
#include "app/roster-profile-page.h"
#include "app/roster-user-table.h"
#include "paint.h"
#include "profile-fixture.h"

/* ---- services ---- */

static void
reply (RosterTestExchange *exchange, guint status, const char *body)
{
  roster_test_exchange_reply (exchange, status, "application/scim+json", body);
}

static void
empty_cb (RosterTestExchange *exchange, gpointer user_data)
{
  if (g_str_has_suffix (roster_test_exchange_get_path (exchange), "/Users"))
    reply (exchange, 200, "{\"totalResults\":0,\"Resources\":[]}");
  else
    reply (exchange, 404, "{}");
}

static void
refuses_cb (RosterTestExchange *exchange, gpointer user_data)
{
  reply (exchange, 403,
         "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"403\","
         "\"detail\":\"Operation is not permitted. You do not have permissions to make this "
         "request.\"}");
}

static void
silent_cb (RosterTestExchange *exchange, gpointer user_data)
{
}

/* ---- the stage ---- */

Stage *
stage_new (int *argc, char ***argv, const char *n_users)
{
  Stage *self = NULL;

  /* Widgets are found by their accessible names. */
  g_setenv ("GTK_A11Y", "test", TRUE);
  if (!app_fixture_init (argc, argv))
    return NULL;
  self = g_new0 (Stage, 1);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, "gtk-font-name",
                "Cantarell 11", NULL);
  self->wso2 = roster_test_service_start ("--users", n_users, "--personality", "wso2", NULL);
  self->rfc = roster_test_service_start ("--users", "30", "--personality", "rfc", NULL);
  self->empty = roster_test_server_new (empty_cb, NULL);
  self->refuses = roster_test_server_new (refuses_cb, NULL);
  self->silent = roster_test_server_new (silent_cb, NULL);
  self->connections = app_fixture_connections ();
  self->application = ADW_APPLICATION (roster_application_new ());
  g_application_set_flags (G_APPLICATION (self->application), G_APPLICATION_NON_UNIQUE);
  if (!g_application_register (G_APPLICATION (self->application), NULL, NULL))
    g_error ("The application does not start");
  return self;
}

static void
strike (Stage *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  while (g_list_model_get_n_items (windows) > 0)
    {
      g_autoptr (GtkWindow) window =
        g_list_model_get_item (windows, g_list_model_get_n_items (windows) - 1);

      gtk_window_destroy (window);
    }
  roster_test_settle ();
  self->window = NULL;
}

void
stage_free (Stage *self)
{
  strike (self);
  g_object_unref (self->application);
  g_object_unref (self->connections);
  roster_test_server_free (self->empty);
  roster_test_server_free (self->refuses);
  roster_test_server_free (self->silent);
  g_clear_pointer (&self->strict, roster_test_server_free);
  roster_test_service_stop (self->wso2);
  roster_test_service_stop (self->rfc);
  g_free (self);
}

GtkWidget *
stage_play (Stage *self, const Scene *scene)
{
  strike (self);
  roster_test_service_set_fault (self->wso2, "");
  roster_test_service_set_fault (self->rfc, "");
  paint_set_dark (FALSE);
  g_test_message ("scene %s", scene->name);
  self->window = GTK_WIDGET (roster_window_new (self->application, self->connections));
  gtk_window_present (GTK_WINDOW (self->window));
  profile_wait_mapped (self->window, TRUE);
  paint_decorate (self->window);
  paint_settle (self->window);
  return scene->play (self);
}

/* ---- for scenes ---- */

static RosterConnection *
make_connection (const char *id, const char *name, const char *url)
{
  RosterConnection *connection = roster_connection_new (id);

  g_object_set (connection, "name", name, "preset", (int)ROSTER_PRESET_OTHER, "sign-in",
                (int)ROSTER_SIGN_IN_BEARER, "environment", (int)ROSTER_ENVIRONMENT_PRODUCTION,
                "url", url, NULL);
  return connection;
}

RosterConnection *
stage_connection (const char *name, const char *url)
{
  return make_connection (NULL, name, url);
}

void
stage_open (Stage *self, RosterConnection *connection, const char *secret)
{
  roster_window_open (ROSTER_WINDOW (self->window), connection, secret);
}

static gboolean
is_read (gpointer user_data)
{
  RosterDirectory *directory = roster_window_get_directory (user_data);

  return directory != NULL && roster_directory_get_state (directory) == ROSTER_DIRECTORY_OPEN &&
         !roster_directory_get_refreshing (directory) &&
         g_list_model_get_n_items (G_LIST_MODEL (roster_directory_get_users (directory))) > 0;
}

void
stage_open_service (Stage *self, RosterConnection *connection, RosterTestService *service)
{
  stage_open (self, connection, roster_test_service_get_token (service));
  roster_test_wait (is_read, self->window);
}

RosterConnection *
stage_know (Stage *self, const char *name, const char *url)
{
  RosterConnection *connection = roster_connections_find (self->connections, name);
  g_autoptr (RosterConnection) made = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  if (connection != NULL)
    return connection;
  made = make_connection (name, name, url);
  roster_connections_add_async (self->connections, made, "secret", NULL, roster_test_result_cb,
                                &result);
  roster_test_wait_result (&result);
  if (!roster_connections_add_finish (self->connections, result, NULL, NULL))
    g_error ("“%s” cannot be kept", name);
  return roster_connections_find (self->connections, name);
}

void
stage_search (Stage *self, const char *text)
{
  GtkWidget *entry = app_find_type (self->window, GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  /* Not as if half of it would be written over next. */
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
}

static gboolean
is_searched (gpointer user_data)
{
  RosterUsers *users = roster_directory_get_users (roster_window_get_directory (user_data));

  return roster_users_get_n_matching (users) < roster_users_get_n_total (users);
}

void
stage_search_around (Stage *self, const char *text)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (app_find_type (self->window, GTK_TYPE_COLUMN_VIEW));
  GtkSingleSelection *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (view));

  stage_search (self, text);
  roster_test_wait (is_searched, self->window);
  paint_settle (self->window);
  roster_column_view_scroll_to (view, gtk_single_selection_get_selected (selection) + 8);
}

static gboolean
is_found (gpointer user_data)
{
  RosterUsers *users = roster_directory_get_users (roster_window_get_directory (user_data));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (users));

  return n > 0 && n < 30;
}

void
stage_show_user (Stage *self, const char *text)
{
  GtkWidget *view = app_find_type (self->window, GTK_TYPE_COLUMN_VIEW);

  stage_search (self, text);
  roster_test_wait (is_found, self->window);
  gtk_single_selection_set_selected (
    GTK_SINGLE_SELECTION (gtk_column_view_get_model (GTK_COLUMN_VIEW (view))), 0);
  profile_wait_mapped (profile_find (self->window, GTK_TYPE_BOX, "profile_box"), TRUE);
}

void
stage_scroll (Stage *self, double fraction)
{
  GtkWidget *page = app_find_type (self->window, ROSTER_TYPE_PROFILE_PAGE);
  GtkWidget *scrolled = profile_find (page, GTK_TYPE_SCROLLED_WINDOW, "scrolled");
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double way = 0;

  paint_settle (self->window);
  way = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
  gtk_adjustment_set_value (adjustment, way * fraction);
}

void
stage_type (GtkWidget *root, const char *name, const char *text)
{
  GtkWidget *row = profile_find (root, GTK_TYPE_WIDGET, name);
  GtkWidget *field = NULL;

  while (row != NULL && !ADW_IS_PREFERENCES_ROW (row) && !GTK_IS_EDITABLE (row))
    row = gtk_widget_get_parent (row);
  if (row != NULL)
    field = app_find_type (row, GTK_TYPE_TEXT);
  if (field == NULL)
    g_error ("There is no field “%s”", name);
  gtk_editable_set_text (GTK_EDITABLE (field), text);
}

void
stage_act (Stage *self, const char *action)
{
  GtkWidget *page = app_find_type (self->window, ROSTER_TYPE_PROFILE_PAGE);

  if (!gtk_widget_activate_action (page, action, NULL))
    g_error ("%s cannot be done", action);
}

/* Newer libadwaitas show their own dialogs inside the window. */
static gboolean
shows_dialog (GtkWidget *window)
{
  GType type = g_type_from_name ("AdwDialog");
  GtkWidget *dialog = type != G_TYPE_INVALID ? app_find_type (window, type) : NULL;

  return dialog != NULL && gtk_widget_get_mapped (dialog);
}

static GtkWidget *
find_dialog (Stage *self)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i - 1);

      if (window != self->window && gtk_widget_get_mapped (window))
        return window;
    }
  return shows_dialog (self->window) ? self->window : NULL;
}

static gboolean
has_dialog (gpointer user_data)
{
  return find_dialog (user_data) != NULL;
}

GtkWidget *
stage_wait_dialog (Stage *self)
{
  GtkWidget *dialog = NULL;

  roster_test_wait (has_dialog, self);
  dialog = find_dialog (self);
  paint_decorate (dialog);
  return dialog;
}
