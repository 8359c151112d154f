/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "stage.h"

#include "app/roster-connect-dialog.h"
#include "app/roster-secret-dialog.h"
#include "app/roster-settings.h"
#include "profile-fixture.h"

#define PERSON "mariam.haddad"

static void
open_acme (Stage *self)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Acme", roster_test_service_get_url (self->wso2));

  stage_open_service (self, connection, self->wso2);
}

/* ---- the window ---- */

static GtkWidget *
play_welcome (Stage *self)
{
  return self->window;
}

static GtkWidget *
play_none_selected (Stage *self)
{
  open_acme (self);
  return self->window;
}

static GtkWidget *
play_main (Stage *self)
{
  open_acme (self);
  stage_show_user (self, PERSON);
  stage_search (self, "");
  return self->window;
}

static GtkWidget *
play_search (Stage *self)
{
  play_main (self);
  stage_search_around (self, "mar");
  return self->window;
}

static GtkWidget *
play_demo (Stage *self)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Demo", roster_test_service_get_url (self->wso2));

  g_object_set (connection, "environment", (int)ROSTER_ENVIRONMENT_DEMO, NULL);
  stage_open_service (self, connection, self->wso2);
  stage_show_user (self, PERSON);
  stage_search_around (self, "mar");
  return self->window;
}

static GtkWidget *
play_profile_middle (Stage *self)
{
  play_main (self);
  stage_scroll (self, 0.5);
  return self->window;
}

static GtkWidget *
play_danger_zone (Stage *self)
{
  play_main (self);
  stage_scroll (self, 1);
  return self->window;
}

static GtkWidget *
play_edge_case (Stage *self)
{
  open_acme (self);
  stage_show_user (self, "edge.case");
  return self->window;
}

static GtkWidget *
play_edge_case_middle (Stage *self)
{
  play_edge_case (self);
  stage_scroll (self, 0.4);
  return self->window;
}

static GtkWidget *
play_edge_case_end (Stage *self)
{
  play_edge_case (self);
  stage_scroll (self, 1);
  return self->window;
}

static GtkWidget *
play_read_only (Stage *self)
{
  open_acme (self);
  stage_show_user (self, "naoki.suzuki");
  return self->window;
}

static GtkWidget *
play_locked (Stage *self)
{
  open_acme (self);
  stage_show_user (self, "umar.bello");
  return self->window;
}

static GtkWidget *
play_invited (Stage *self)
{
  open_acme (self);
  stage_show_user (self, "ananya.kumar");
  return self->window;
}

static GtkWidget *
play_disabled (Stage *self)
{
  open_acme (self);
  stage_show_user (self, "annemarie.dubois");
  return self->window;
}

static GtkWidget *
play_read_only_danger_zone (Stage *self)
{
  play_read_only (self);
  stage_scroll (self, 1);
  return self->window;
}

static GtkWidget *
play_editing (Stage *self)
{
  play_main (self);
  stage_type (self->window, "First Name", "Mariam Zoë");
  stage_type (self->window, "Department", "Design");
  return self->window;
}

static GtkWidget *
play_editing_invalid (Stage *self)
{
  play_editing (self);
  stage_type (self->window, "Last Name", "");
  return self->window;
}

static GtkWidget *
play_connection_menu (Stage *self)
{
  g_object_set (stage_know (self, "Acme Staging", "https://scim.staging.acme.example/v2"),
                "environment", (int)ROSTER_ENVIRONMENT_TEST, NULL);
  stage_open_service (self, stage_know (self, "Acme", roster_test_service_get_url (self->wso2)),
                      self->wso2);
  gtk_menu_button_popup (
    GTK_MENU_BUTTON (profile_find (self->window, GTK_TYPE_MENU_BUTTON, "connection_button")));
  return self->window;
}

static GtkWidget *
find_menu (GtkWidget *widget)
{
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_primary (GTK_MENU_BUTTON (widget)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? find_menu (child) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWidget *
play_main_menu (Stage *self)
{
  play_main (self);
  gtk_menu_button_popup (GTK_MENU_BUTTON (find_menu (self->window)));
  return self->window;
}

static GtkWidget *
play_keyring_banner (Stage *self)
{
  play_main (self);
  roster_directory_set_keyring (roster_window_get_directory (ROSTER_WINDOW (self->window)),
                                ROSTER_KEYRING_LOCKED);
  return self->window;
}

/* ---- states ---- */

static void
open_server (Stage *self, RosterTestServer *server)
{
  g_autofree char *url = roster_test_server_dup_url (server, "/scim2");
  g_autoptr (RosterConnection) connection = stage_connection ("Acme", url);

  stage_open (self, connection, "token");
}

static GtkWidget *
play_empty (Stage *self)
{
  open_server (self, self->empty);
  app_wait_for ("0 users");
  return self->window;
}

static GtkWidget *
play_loading (Stage *self)
{
  open_server (self, self->silent);
  return self->window;
}

static GtkWidget *
play_failed (Stage *self)
{
  open_server (self, self->refuses);
  app_wait_for ("Try Again");
  return self->window;
}

static GtkWidget *
play_no_match (Stage *self)
{
  open_acme (self);
  stage_search (self, "nobody of this name");
  app_wait_for ("Clear Search");
  return self->window;
}

static GtkWidget *
play_needs_secret (Stage *self)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Acme", roster_test_service_get_url (self->wso2));

  stage_open (self, connection, NULL);
  gtk_window_destroy (GTK_WINDOW (stage_wait_dialog (self)));
  return self->window;
}

/* ---- dialogs ---- */

static GtkWidget *
open_connect (Stage *self, const char *preset)
{
  GtkWidget *dialog = GTK_WIDGET (roster_connect_dialog_new (self->connections, NULL));

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (dialog));
  profile_wait_mapped (dialog, TRUE);
  stage_wait_dialog (self);
  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (profile_find (dialog, GTK_TYPE_TOGGLE_BUTTON, preset)), TRUE);
  return dialog;
}

static GtkWidget *
play_connect_asgardeo (Stage *self)
{
  return open_connect (self, "asgardeo_button");
}

static GtkWidget *
play_connect_wso2 (Stage *self)
{
  return open_connect (self, "wso2_button");
}

static GtkWidget *
play_connect_other (Stage *self)
{
  return open_connect (self, "other_button");
}

static GtkWidget *
open_connect_to (Stage *self, const char *url)
{
  GtkWidget *dialog = open_connect (self, "other_button");

  adw_combo_row_set_selected (
    ADW_COMBO_ROW (profile_find (dialog, ADW_TYPE_COMBO_ROW, "method_row")), 1);
  stage_type (dialog, "name_row", "Acme");
  stage_type (dialog, "url_row", url);
  stage_type (dialog, "secret_row", "a-token-of-a-service");
  return dialog;
}

static GtkWidget *
play_connect_testing (Stage *self)
{
  g_autofree char *url = roster_test_server_dup_url (self->silent, "/scim2");
  GtkWidget *dialog = open_connect_to (self, url);
  guint n = roster_test_server_get_n_requests (self->silent);

  while (roster_test_server_get_n_requests (self->silent) == n)
    g_main_context_iteration (NULL, TRUE);
  return dialog;
}

static GtkWidget *
play_connect_failed (Stage *self)
{
  GtkWidget *dialog = open_connect_to (self, roster_test_service_get_url (self->wso2));

  app_wait_for ("How to Fix");
  return dialog;
}

static gboolean
is_sensitive (gpointer widget)
{
  return gtk_widget_is_sensitive (widget);
}

static GtkWidget *
play_connect_ok (Stage *self)
{
  GtkWidget *dialog = open_connect_to (self, roster_test_service_get_url (self->wso2));

  stage_type (dialog, "secret_row", roster_test_service_get_token (self->wso2));
  roster_test_wait (is_sensitive, profile_find (dialog, GTK_TYPE_BUTTON, "connect_button"));
  return dialog;
}

static GtkWidget *
play_delete (Stage *self)
{
  play_main (self);
  stage_act (self, "profile.delete");
  return stage_wait_dialog (self);
}

static GtkWidget *
play_delete_allowed (Stage *self)
{
  GtkWidget *dialog = play_delete (self);

  stage_type (dialog, "entry", PERSON);
  return dialog;
}

static GtkWidget *
play_reset (Stage *self)
{
  play_main (self);
  stage_act (self, "profile.reset-password");
  return stage_wait_dialog (self);
}

static GtkWidget *
play_reset_temporary (Stage *self)
{
  GtkWidget *dialog = play_reset (self);

  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (profile_find (dialog, GTK_TYPE_CHECK_BUTTON, "temporary_check")), TRUE);
  roster_test_settle ();
  g_signal_emit_by_name (profile_find (dialog, GTK_TYPE_BUTTON, "generate_button"), "clicked");
  return dialog;
}

static GtkWidget *
play_reset_typed (Stage *self)
{
  GtkWidget *dialog = play_reset (self);

  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (profile_find (dialog, GTK_TYPE_CHECK_BUTTON, "temporary_check")), TRUE);
  roster_test_settle ();
  stage_type (dialog, "password_row", "Kestrel-4719-amber");
  return dialog;
}

static GtkWidget *
play_reset_result (Stage *self)
{
  GtkWidget *dialog = NULL;

  open_acme (self);
  stage_show_user (self, "tamar.gelashvili");
  stage_act (self, "profile.reset-password");
  dialog = stage_wait_dialog (self);
  g_signal_emit_by_name (profile_find (dialog, GTK_TYPE_BUTTON, "reset_button"), "clicked");
  profile_wait_mapped (profile_find (dialog, GTK_TYPE_WIDGET, "outcome_notice"), TRUE);
  return dialog;
}

static GtkWidget *
play_reset_unavailable (Stage *self)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Lab", roster_test_service_get_url (self->rfc));

  stage_open_service (self, connection, self->rfc);
  stage_show_user (self, "edge.case");
  stage_act (self, "profile.reset-password");
  return stage_wait_dialog (self);
}

static GtkWidget *
play_customize (Stage *self)
{
  play_main (self);
  gtk_widget_activate_action (self->window, "win.customize", NULL);
  return stage_wait_dialog (self);
}

static GtkWidget *
play_leave (Stage *self)
{
  play_editing (self);
  gtk_window_close (GTK_WINDOW (self->window));
  return stage_wait_dialog (self);
}

static GtkWidget *
play_secret (Stage *self)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Acme", roster_test_service_get_url (self->wso2));

  stage_open (self, connection, NULL);
  return stage_wait_dialog (self);
}

static GtkWidget *
play_shortcuts (Stage *self)
{
  play_main (self);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "shortcuts", NULL);
  return stage_wait_dialog (self);
}

static GtkWidget *
play_about (Stage *self)
{
  play_main (self);
  gtk_widget_activate_action (self->window, "win.about", NULL);
  return stage_wait_dialog (self);
}

const Scene stage_scenes[] = {
  { "welcome", play_welcome },
  { "main", play_main },
  { "search", play_search },
  { "demo", play_demo },
  { "none-selected", play_none_selected },
  { "profile-middle", play_profile_middle },
  { "profile-danger-zone", play_danger_zone },
  { "every-kind", play_edge_case },
  { "every-kind-middle", play_edge_case_middle },
  { "every-kind-end", play_edge_case_end },
  { "locked", play_locked },
  { "invited", play_invited },
  { "disabled", play_disabled },
  { "read-only", play_read_only },
  { "read-only-danger-zone", play_read_only_danger_zone },
  { "editing", play_editing },
  { "editing-invalid", play_editing_invalid },
  { "connection-menu", play_connection_menu },
  { "main-menu", play_main_menu },
  { "keyring-banner", play_keyring_banner },
  { "empty", play_empty },
  { "loading", play_loading },
  { "failed", play_failed },
  { "no-match", play_no_match },
  { "needs-secret", play_needs_secret },
  { "connect-asgardeo", play_connect_asgardeo },
  { "connect-wso2", play_connect_wso2 },
  { "connect-other", play_connect_other },
  { "connect-testing", play_connect_testing },
  { "connect-failed", play_connect_failed },
  { "connect-ok", play_connect_ok },
  { "delete", play_delete },
  { "delete-allowed", play_delete_allowed },
  { "reset", play_reset },
  { "reset-temporary", play_reset_temporary },
  { "reset-typed", play_reset_typed },
  { "reset-result", play_reset_result },
  { "reset-unavailable", play_reset_unavailable },
  { "customize", play_customize },
  { "leave", play_leave },
  { "secret", play_secret },
  { "shortcuts", play_shortcuts },
  { "about", play_about },
  { NULL },
};
