/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"
#include "app/roster-banner.h"
#include "app/roster-compat.h"
#include "app/roster-connection-menu.h"
#include "app/roster-connection-row.h"
#include "app/roster-marks.h"
#include "app/roster-secret-dialog.h"
#include "app/roster-spinner.h"
#include "app/roster-user-table.h"
#include "support/roster-test-wait.h"

/* ---- confirm ---- */

typedef struct
{
  GtkWidget *window;
  GtkWidget *entry;
  GAsyncResult *result;
} Question;

static void
question_ask (Question *self, gboolean locked)
{
  self->window = adw_window_new ();
  self->entry = gtk_entry_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 470, 700);
  gtk_window_present (GTK_WINDOW (self->window));
  roster_confirm_async (self->window,
                        &(RosterConfirm){
                          .heading = "Remove <b>it</b>?",
                          .body = "For good & all",
                          .confirm_label = "Confirm",
                          .destructive = TRUE,
                          .locked = locked,
                          .extra_child = self->entry,
                          .focus = self->entry,
                        },
                        roster_test_result_cb, &self->result);
  app_wait_for ("Remove <b>it</b>?");
  app_wait_for ("Confirm");
}

static gboolean
question_end (Question *self)
{
  g_autoptr (GError) error = NULL;
  gboolean confirmed = FALSE;

  roster_test_wait_result (&self->result);
  confirmed = roster_confirm_finish (self->result, &error);
  g_assert_no_error (error);
  g_clear_object (&self->result);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  roster_test_settle ();
  return confirmed;
}

static void
test_confirm (void)
{
  Question question = { NULL };

  question_ask (&question, FALSE);
  app_click ("Confirm");
  g_assert_true (question_end (&question));
}

static void
test_cancel (void)
{
  Question question = { NULL };

  question_ask (&question, FALSE);
  app_click ("Cancel");
  g_assert_false (question_end (&question));
}

static void
test_confirm_locked (void)
{
  Question question = { NULL };

  question_ask (&question, TRUE);
  g_assert_false (gtk_widget_is_sensitive (app_find ("Confirm")));
  roster_confirm_set_allowed (question.entry, TRUE);
  g_assert_true (gtk_widget_is_sensitive (app_find ("Confirm")));
  roster_confirm_set_allowed (question.entry, FALSE);
  g_assert_false (gtk_widget_is_sensitive (app_find ("Confirm")));
  /* Enter in the entry answers nothing. */
  roster_confirm_set_allowed (question.entry, TRUE);
  gtk_widget_activate (question.entry);
  roster_test_settle ();
  g_assert_null (question.result);
  app_click ("Cancel");
  g_assert_false (question_end (&question));
}

static void
test_confirm_window_goes (void)
{
  Question question = { NULL };

  question_ask (&question, FALSE);
  gtk_window_destroy (GTK_WINDOW (question.window));
  question.window = NULL;
  g_assert_false (question_end (&question));
}

/* ---- banner ---- */

static void
count_cb (guint *count)
{
  *count += 1;
}

static void
test_banner (void)
{
  g_autoptr (GtkWidget) banner = g_object_ref_sink (g_object_new (ROSTER_TYPE_BANNER, NULL));
  GtkWidget *button = app_find_type (banner, GTK_TYPE_BUTTON);
  guint clicks = 0;

  g_assert_null (roster_banner_get_message (ROSTER_BANNER (banner)));
  roster_banner_set (ROSTER_BANNER (banner), "The keyring is <locked>", NULL);
  g_assert_cmpstr (roster_banner_get_message (ROSTER_BANNER (banner)), ==,
                   "The keyring is <locked>");
  g_assert_false (gtk_widget_get_visible (button));

  roster_banner_set (ROSTER_BANNER (banner), "Not refreshed", "Try Again");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_connect_swapped (banner, "clicked", G_CALLBACK (count_cb), &clicks);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (clicks, ==, 1);

  roster_banner_set (ROSTER_BANNER (banner), NULL, NULL);
  g_assert_null (roster_banner_get_message (ROSTER_BANNER (banner)));
}

/* ---- marks ---- */

static void
test_marks (void)
{
  g_autoptr (GtkWidget) dot = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkIconTheme *icons = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (guint i = SCIM_ACCOUNT_ACTIVE; i <= SCIM_ACCOUNT_RESET_PENDING; i++)
    {
      g_assert_true (gtk_icon_theme_has_icon (icons, roster_status_get_icon_name (i)));
      g_assert_cmpstr (roster_status_get_label (i), !=, "");
      g_assert_nonnull (roster_status_get_style (i));
    }
  roster_environment_dot_set (dot, ROSTER_ENVIRONMENT_TEST);
  g_assert_true (gtk_widget_has_css_class (dot, "test"));
  roster_environment_dot_set (dot, ROSTER_ENVIRONMENT_DEMO);
  g_assert_false (gtk_widget_has_css_class (dot, "test"));
  g_assert_true (gtk_widget_has_css_class (dot, "demo"));
}

/* ---- connection row and menu ---- */

static RosterConnection *
create_connection (const char *name, RosterEnvironment environment)
{
  RosterConnection *connection = roster_connection_new (NULL);

  g_object_set (connection, "name", name, "organization", "acme", "environment", (int)environment,
                "preset", (int)ROSTER_PRESET_ASGARDEO, NULL);
  return connection;
}

static void
test_connection_title (void)
{
  g_autoptr (RosterConnection) acme = create_connection ("Acme", ROSTER_ENVIRONMENT_PRODUCTION);
  g_autoptr (RosterConnection) demo = create_connection ("Demo", ROSTER_ENVIRONMENT_DEMO);
  g_autofree char *title = roster_connection_dup_title (acme);
  g_autofree char *demo_title = roster_connection_dup_title (demo);

  g_assert_cmpstr (title, ==, "Acme · Asgardeo");
  g_assert_cmpstr (demo_title, ==, "Demo");
}

static void
test_connection_row (void)
{
  g_autoptr (RosterConnection) acme = create_connection ("A<c>me", ROSTER_ENVIRONMENT_PRODUCTION);
  g_autoptr (GtkWidget) row = g_object_ref_sink (roster_connection_row_new (acme, TRUE));

  g_assert_true (app_is_named (row, "A<c>me"));
  g_assert_true (roster_connection_row_get_connection (ROSTER_CONNECTION_ROW (row)) == acme);
}

static void
test_connection_menu (void)
{
  g_autoptr (RosterConnections) connections = app_fixture_connections ();
  g_autoptr (RosterConnection) acme = create_connection ("Acme", ROSTER_ENVIRONMENT_PRODUCTION);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *menu = g_object_new (ROSTER_TYPE_CONNECTION_MENU, NULL);

  roster_connections_add_async (connections, acme, "s3cret", NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_true (roster_connections_add_finish (connections, result, &keyring, &error));
  g_assert_no_error (error);

  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), menu);
  gtk_window_set_child (GTK_WINDOW (window), button);
  roster_connection_menu_set_connections (ROSTER_CONNECTION_MENU (menu), connections);
  gtk_window_present (GTK_WINDOW (window));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  app_wait_for ("Acme");
  /* Nothing is open in this window: there is nothing to forget. */
  g_assert_null (app_find ("Forget This Service…"));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  app_wait_gone ("Acme");

  roster_connection_menu_set_current (ROSTER_CONNECTION_MENU (menu), acme);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  app_wait_for ("Forget This Service…");
  gtk_window_destroy (GTK_WINDOW (window));
  roster_test_settle ();
}

/* ---- secret dialog ---- */

static void
take_secret_cb (RosterSecretDialog *dialog, char **secret)
{
  *secret = g_strdup (roster_secret_dialog_get_secret (dialog));
}

static void
test_secret_dialog (void)
{
  g_autoptr (RosterConnection) acme = create_connection ("Acme", ROSTER_ENVIRONMENT_PRODUCTION);
  g_autofree char *secret = NULL;
  RosterSecretDialog *dialog = roster_secret_dialog_new (acme, ROSTER_KEYRING_MISSING);
  GtkWidget *row = NULL;

  g_signal_connect (dialog, "sign-in", G_CALLBACK (take_secret_cb), &secret);
  gtk_window_present (GTK_WINDOW (dialog));
  app_wait_for ("Acme");
  row = app_find_type (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW);
  g_assert_true (
    app_is_named (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))),
                  roster_sign_in_get_secret_label (ROSTER_SIGN_IN_CLIENT_CREDENTIALS)));
  g_assert_null (secret);
  gtk_editable_set_text (GTK_EDITABLE (row), "s3cret");
  g_signal_emit_by_name (gtk_window_get_default_widget (GTK_WINDOW (dialog)), "clicked");
  g_assert_cmpstr (secret, ==, "s3cret");
  app_wait_gone ("Acme");
}

/* ---- table without a directory ---- */

static void
test_table_alone (void)
{
  GtkWidget *table = g_object_new (ROSTER_TYPE_USER_TABLE, NULL);
  GtkWidget *view = NULL;

  g_object_ref_sink (table);
  view = app_find_type (table, GTK_TYPE_COLUMN_VIEW);
  g_assert_true (app_is_named (view, "Users"));
  g_assert_null (roster_user_table_get_selected_id (ROSTER_USER_TABLE (table)));
  g_assert_false (roster_user_table_enter (ROSTER_USER_TABLE (table)));
  roster_user_table_set_selected_id (ROSTER_USER_TABLE (table), "nobody");
  g_assert_cmpstr (roster_user_table_get_selected_id (ROSTER_USER_TABLE (table)), ==, "nobody");
  g_assert_finalize_object (table);
}

/* ---- spinner ---- */

static void
test_spinner_gets_out_of_the_way (void)
{
  GtkWidget *widget = g_object_new (ROSTER_TYPE_SPINNER, NULL);
  RosterSpinner *spinner = ROSTER_SPINNER (widget);
  gint64 time = 1;

  g_object_ref_sink (widget);
  roster_spinner_set_spinning (spinner, TRUE);
  /* Frames that are slow now and then say nothing. */
  for (guint i = 0; i < 100; i++)
    roster_spinner_note_frame (spinner, time += i % 4 == 0 ? 16000 : 90000);
  g_assert_false (roster_spinner_is_still (spinner));

  for (guint i = 0; i < 6; i++)
    roster_spinner_note_frame (spinner, time += 90000);
  g_assert_true (roster_spinner_is_still (spinner));
  /* Nothing that moves is left, whatever is asked for later. */
  roster_spinner_set_spinning (spinner, TRUE);
  g_assert_false (
    gtk_spinner_get_spinning (GTK_SPINNER (app_find_type (widget, GTK_TYPE_SPINNER))));
  g_assert_finalize_object (widget);
}

int
main (int argc, char *argv[])
{
  if (!app_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/app/confirm/confirm", test_confirm);
  g_test_add_func ("/app/confirm/cancel", test_cancel);
  g_test_add_func ("/app/confirm/locked", test_confirm_locked);
  g_test_add_func ("/app/confirm/window-goes", test_confirm_window_goes);
  g_test_add_func ("/app/banner", test_banner);
  g_test_add_func ("/app/marks", test_marks);
  g_test_add_func ("/app/connection/title", test_connection_title);
  g_test_add_func ("/app/connection/row", test_connection_row);
  g_test_add_func ("/app/connection/menu", test_connection_menu);
  g_test_add_func ("/app/secret-dialog", test_secret_dialog);
  g_test_add_func ("/app/table/alone", test_table_alone);
  g_test_add_func ("/app/spinner", test_spinner_gets_out_of_the_way);
  return g_test_run ();
}
