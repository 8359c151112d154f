/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"
#include "app/roster-application.h"
#include "app/roster-profile-page.h"
#include "app/roster-user-table.h"
#include "app/roster-window.h"
#include "support/roster-test-server.h"
#include "support/roster-test-wait.h"

/* One window on one demo directory for all tests of this program: what they leave behind is part of
 * what the next one finds. */
typedef struct
{
  RosterDemo *demo;
  RosterConnections *connections;
  AdwApplication *application;
  RosterWindow *window;
  RosterUserTable *table;
  GtkColumnView *view;
  RosterProfilePage *profile;
} Fixture;

static Fixture fixture;

static RosterUsers *
get_users (void)
{
  return roster_directory_get_users (roster_window_get_directory (fixture.window));
}

static GtkSingleSelection *
get_selection (void)
{
  return GTK_SINGLE_SELECTION (gtk_column_view_get_model (fixture.view));
}

static gboolean
all_read (gpointer data)
{
  RosterDirectory *directory = roster_window_get_directory (fixture.window);

  return directory != NULL && roster_directory_get_state (directory) == ROSTER_DIRECTORY_OPEN &&
         !roster_directory_get_refreshing (directory) &&
         g_list_model_get_n_items (G_LIST_MODEL (get_users ())) == 50;
}

static gboolean
result_is_shown (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_users ())) == GPOINTER_TO_UINT (data);
}

static char *
dup_title (guint position)
{
  g_autoptr (RosterUserRow) row = g_list_model_get_item (G_LIST_MODEL (get_users ()), position);

  return row != NULL ? g_strdup (roster_user_row_get_title (row)) : NULL;
}

static char *
dup_id (guint position)
{
  g_autoptr (RosterUserRow) row = g_list_model_get_item (G_LIST_MODEL (get_users ()), position);

  return row != NULL ? g_strdup (roster_user_row_get_id (row)) : NULL;
}

static void
search (const char *text)
{
  GtkWidget *entry = app_find_type (GTK_WIDGET (fixture.window), GTK_TYPE_SEARCH_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static void
test_open (void)
{
  g_assert_true (g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (fixture.window)), "Roster"));
  g_assert_nonnull (app_wait_for ("Welcome to Roster"));
  roster_window_open (fixture.window, roster_demo_get_connection (fixture.demo),
                      roster_demo_get_secret (fixture.demo));
  roster_test_wait (all_read, NULL);
  app_wait_for ("50 users");
  g_assert_nonnull (app_find ("Search users"));
  g_assert_true (app_is_named (GTK_WIDGET (fixture.view), "Users"));
  g_assert_true (
    g_str_has_prefix (gtk_window_get_title (GTK_WINDOW (fixture.window)), "Roster — "));
}

static void
test_cells (void)
{
  g_autofree char *first = dup_title (0);
  GtkWidget *inscription = app_wait_for (first);

  g_assert_true (GTK_IS_INSCRIPTION (inscription));
  /* States have names, not only colours. */
  g_assert_nonnull (app_find ("Active"));
}

static void
test_search_marks (void)
{
  g_autofree char *first = dup_title (0);
  g_autofree char *word = g_utf8_strdown (first, -1);
  GtkWidget *inscription = NULL;

  search (word);
  roster_test_wait (result_is_shown, GUINT_TO_POINTER (1));
  inscription = app_wait_for (first);
  g_assert_true (GTK_IS_INSCRIPTION (inscription));
  g_assert_nonnull (gtk_inscription_get_attributes (GTK_INSCRIPTION (inscription)));
  app_wait_for ("1 of 50 users");
  search ("");
  roster_test_wait (all_read, NULL);
  g_assert_null (gtk_inscription_get_attributes (GTK_INSCRIPTION (app_wait_for (first))));
}

static void
test_no_match (void)
{
  search ("<b>nobody & nothing");
  app_wait_for ("No User Matches “<b>nobody & nothing”");
  app_click ("Clear Search");
  roster_test_wait (all_read, NULL);
  app_wait_gone ("Clear Search");
}

static gboolean
profile_shows (gpointer id)
{
  return g_strcmp0 (roster_profile_page_get_user_id (fixture.profile), id) == 0;
}

static void
test_select (void)
{
  g_autofree char *id = dup_id (3);
  g_autofree char *title = dup_title (3);

  gtk_single_selection_set_selected (get_selection (), 3);
  roster_test_wait (profile_shows, id);
  g_assert_cmpstr (roster_user_table_get_selected_id (fixture.table), ==, id);

  /* The mark follows the user through a search and back. */
  search (title);
  roster_test_wait (result_is_shown, GUINT_TO_POINTER (1));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection ()), ==, 0);
  search ("<nobody>");
  roster_test_wait (result_is_shown, GUINT_TO_POINTER (0));
  g_assert_true (profile_shows (id));
  search ("");
  roster_test_wait (all_read, NULL);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection ()), ==, 3);
  g_assert_true (profile_shows (id));
}

static gboolean
selected_is_elsewhere (gpointer data)
{
  return gtk_single_selection_get_selected (get_selection ()) != 3;
}

static void
test_sort (void)
{
  GListModel *columns = gtk_column_view_get_columns (fixture.view);
  g_autoptr (GtkColumnViewColumn) name = g_list_model_get_item (columns, 1);
  g_autofree char *id = dup_id (3);
  g_autofree char *first = dup_id (0);
  g_autofree char *now = NULL;

  gtk_column_view_sort_by_column (fixture.view, name, GTK_SORT_DESCENDING);
  roster_test_wait (selected_is_elsewhere, NULL);
  now = dup_id (0);
  g_assert_cmpstr (now, !=, first);
  /* The same user is selected and shown, at another place. */
  g_assert_true (profile_shows (id));
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection ()), ==,
                    roster_users_find_position (get_users (), id));
  gtk_column_view_sort_by_column (fixture.view, name, GTK_SORT_ASCENDING);
  roster_test_wait (all_read, NULL);
}

static void
test_narrow (void)
{
  GListModel *columns = gtk_column_view_get_columns (fixture.view);

  roster_user_table_set_narrow (fixture.table, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      g_assert_cmpint (gtk_column_view_column_get_visible (column), ==, i < 2);
    }
  roster_user_table_set_narrow (fixture.table, FALSE);
  g_assert_nonnull (app_wait_for ("E-mail"));
}

static gboolean
is_selected (gpointer position)
{
  return gtk_single_selection_get_selected (get_selection ()) == GPOINTER_TO_UINT (position);
}

static void
test_enter (void)
{
  roster_user_table_set_selected_id (fixture.table, NULL);
  g_assert_true (roster_user_table_enter (fixture.table));
  roster_test_wait (is_selected, GUINT_TO_POINTER (0));
}

static gboolean
first_is_chosen (gpointer id)
{
  return profile_shows (id) && gtk_single_selection_get_selected (get_selection ()) == 0 &&
         gtk_widget_get_focus_child (GTK_WIDGET (fixture.view)) != NULL;
}

/* Enter right behind the last letter means the result that is still on its way. */
static void
test_enter_search (void)
{
  g_autofree char *id = dup_id (7);
  g_autofree char *title = dup_title (7);

  search (title);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.enter-table", NULL));
  roster_test_wait (first_is_chosen, id);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_users ())), ==, 1);
  search ("");
  roster_test_wait (all_read, NULL);
}

/* By Tab the list is one stop, whatever its length. */
static void
test_tab_passes (void)
{
  GtkWidget *view = GTK_WIDGET (fixture.view);

  g_assert_true (roster_user_table_enter (fixture.table));
  g_assert_true (GTK_IS_LIST_VIEW (gtk_widget_get_focus_child (view)));
  g_assert_false (gtk_widget_child_focus (GTK_WIDGET (fixture.table), GTK_DIR_TAB_FORWARD));
}

static gboolean
row_is_focused (gpointer view)
{
  return GTK_IS_LIST_VIEW (gtk_widget_get_focus_child (view));
}

/* The keyboard goes on in the place of a user who is gone, and nobody is chosen by that. */
static void
test_drop_user (void)
{
  g_autofree char *id = dup_id (4);

  gtk_single_selection_set_selected (get_selection (), 4);
  roster_test_wait (profile_shows, id);
  gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.search", NULL);
  g_assert_false (row_is_focused (fixture.view));
  search ("<nobody>");
  roster_test_wait (result_is_shown, GUINT_TO_POINTER (0));
  roster_user_table_drop_user (fixture.table, id);
  roster_test_settle ();
  search ("");
  roster_test_wait (all_read, NULL);
  g_assert_cmpuint (gtk_single_selection_get_selected (get_selection ()), ==,
                    GTK_INVALID_LIST_POSITION);
  g_assert_null (roster_user_table_get_selected_id (fixture.table));
}

static void
test_actions (void)
{
  GtkWidget *window = GTK_WIDGET (fixture.window);
  GListModel *windows = gtk_window_get_toplevels ();
  guint n = g_list_model_get_n_items (windows);

  g_assert_true (gtk_widget_activate_action (window, "win.refresh", NULL));
  roster_test_wait (all_read, NULL);
  g_assert_true (gtk_widget_activate_action (window, "win.search", NULL));
  g_assert_true (gtk_widget_activate_action (window, "win.clear-search", NULL));
  g_assert_true (gtk_widget_activate_action (window, "win.retry", NULL));
  roster_test_wait (all_read, NULL);
  g_assert_true (gtk_widget_activate_action (window, "win.about", NULL));
  gtk_widget_activate_action (app_wait_for ("The Roster Developers"), "window.close", NULL);
  app_wait_gone ("The Roster Developers");
  g_assert_true (gtk_widget_activate_action (window, "win.customize", NULL));
  roster_test_settle ();
  /* What is not among the known connections cannot be forgotten. */
  gtk_widget_activate_action (window, "win.forget", NULL);
  roster_test_settle ();
  g_assert_null (app_find ("Forget"));
  for (guint i = g_list_model_get_n_items (windows); i > n; i--)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i - 1);

      if (other != GTK_WINDOW (fixture.window))
        gtk_window_destroy (other);
    }
}

static void
test_failed (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);

  g_object_set (connection, "name", "Gone", "preset", (int)ROSTER_PRESET_OTHER, "sign-in",
                (int)ROSTER_SIGN_IN_BEARER, "url", "http://127.0.0.1:1/scim2", NULL);
  roster_window_open (fixture.window, connection, "token");
  app_wait_for ("Try Again");
  g_assert_null (roster_profile_page_get_user_id (fixture.profile));
}

static void
busy_cb (RosterTestExchange *exchange, gpointer user_data)
{
  if (g_str_has_suffix (roster_test_exchange_get_path (exchange), "/Users"))
    {
      (*(guint *)user_data)++;
      roster_test_exchange_add_header (exchange, "Retry-After", "30");
      roster_test_exchange_reply (exchange, 503, NULL, "");
    }
  else
    roster_test_exchange_reply (exchange, 404, NULL, "");
}

static gboolean
is_waited_for (gpointer data)
{
  RosterDirectory *directory = roster_window_get_directory (fixture.window);

  return roster_directory_get_waiting (directory) && app_find ("Refresh") != NULL &&
         g_strcmp0 (gtk_label_get_text (data), roster_directory_get_age (directory)) == 0;
}

/* The header counts down, and whoever does not want to wait presses the button beside it. */
static void
test_waiting (void)
{
  guint n_asked = 0;
  g_autoptr (RosterTestServer) server = roster_test_server_new (busy_cb, &n_asked);
  g_autofree char *url = roster_test_server_dup_url (server, "/scim2");
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  GtkWidget *age = NULL;
  guint before = 0;

  g_object_set (connection, "name", "Busy", "preset", (int)ROSTER_PRESET_OTHER, "sign-in",
                (int)ROSTER_SIGN_IN_BEARER, "url", url, NULL);
  roster_window_open (fixture.window, connection, "token");
  age = gtk_widget_get_prev_sibling (
    gtk_widget_get_ancestor (app_wait_for ("Refresh"), GTK_TYPE_STACK));
  roster_test_wait (is_waited_for, age);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (age)), "trying again in"));
  before = n_asked;
  app_click ("Refresh");
  roster_test_wait_count (&n_asked, before + 1);
  roster_directory_close (roster_window_get_directory (fixture.window));
}

static gboolean
all_forgotten (gpointer data)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture.connections)) == 0;
}

static void
test_known (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;

  g_object_set (connection, "name", "Known", "preset", (int)ROSTER_PRESET_OTHER, "sign-in",
                (int)ROSTER_SIGN_IN_BEARER, "url", "http://127.0.0.1:1/scim2", NULL);
  roster_connections_add_async (fixture.connections, connection, "token", NULL,
                                roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_true (roster_connections_add_finish (fixture.connections, result, &keyring, NULL));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.open", "s",
                                             roster_connection_get_id (connection)));
  app_wait_for ("Known · 127.0.0.1");
  /* A demo that still starts must not take the place of what is opened after it. */
  roster_window_open_demo (fixture.window, 5);
  roster_window_open (fixture.window, connection, NULL);
  app_wait_for ("Known · 127.0.0.1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.forget", NULL));
  /* Forgets the one that it asked about, whatever is open by then. */
  roster_window_open (fixture.window, roster_demo_get_connection (fixture.demo),
                      roster_demo_get_secret (fixture.demo));
  app_click ("Forget");
  roster_test_wait (all_forgotten, NULL);
  roster_test_settle ();
  g_assert_true (roster_directory_get_connection (roster_window_get_directory (fixture.window)) ==
                 roster_demo_get_connection (fixture.demo));
  roster_test_wait (all_read, NULL);
}

static void
test_forget_open (void)
{
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_object_set (connection, "name", "Known", "preset", (int)ROSTER_PRESET_OTHER, "sign-in",
                (int)ROSTER_SIGN_IN_BEARER, "url", "http://127.0.0.1:1/scim2", NULL);
  roster_connections_add_async (fixture.connections, connection, "token", NULL,
                                roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_true (roster_connections_add_finish (fixture.connections, result, NULL, NULL));
  roster_window_open (fixture.window, connection, NULL);
  app_wait_for ("Known · 127.0.0.1");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture.window), "win.forget", NULL));
  app_click ("Forget");
  app_wait_for ("Welcome to Roster");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.connections)), ==, 0);
}

static gboolean
start (void)
{
  fixture.demo = app_fixture_demo (50);
  if (fixture.demo == NULL)
    return FALSE;
  fixture.connections = app_fixture_connections ();
  fixture.application =
    g_object_new (ADW_TYPE_APPLICATION, "application-id", "io.github.rosterapp.Test", "flags",
                  G_APPLICATION_NON_UNIQUE, NULL);
  g_assert_true (g_application_register (G_APPLICATION (fixture.application), NULL, NULL));
  fixture.window = roster_window_new (fixture.application, fixture.connections);
  fixture.table =
    ROSTER_USER_TABLE (app_find_type (GTK_WIDGET (fixture.window), ROSTER_TYPE_USER_TABLE));
  fixture.view =
    GTK_COLUMN_VIEW (app_find_type (GTK_WIDGET (fixture.window), GTK_TYPE_COLUMN_VIEW));
  fixture.profile =
    ROSTER_PROFILE_PAGE (app_find_type (GTK_WIDGET (fixture.window), ROSTER_TYPE_PROFILE_PAGE));
  gtk_window_present (GTK_WINDOW (fixture.window));
  return TRUE;
}

static void
test_close (void)
{
  RosterDirectory *directory = roster_window_get_directory (fixture.window);
  RosterWindow *window = fixture.window;

  if (directory != NULL)
    g_object_add_weak_pointer (G_OBJECT (directory), (gpointer *)&directory);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_close (GTK_WINDOW (fixture.window));
  roster_test_settle ();
  g_assert_null (gtk_application_get_windows (GTK_APPLICATION (fixture.application)));
  g_assert_null (window);
  g_assert_null (directory);
  g_clear_object (&fixture.application);
  g_clear_object (&fixture.connections);
  g_clear_object (&fixture.demo);
}

int
main (int argc, char *argv[])
{
  if (!app_fixture_init (&argc, &argv))
    return 0;
  if (!start ())
    {
      g_print ("1..0 # SKIP roster-service cannot be started\n");
      return 0;
    }

  g_test_add_func ("/window/open", test_open);
  g_test_add_func ("/window/cells", test_cells);
  g_test_add_func ("/window/search-marks", test_search_marks);
  g_test_add_func ("/window/no-match", test_no_match);
  g_test_add_func ("/window/select", test_select);
  g_test_add_func ("/window/sort", test_sort);
  g_test_add_func ("/window/narrow", test_narrow);
  g_test_add_func ("/window/enter", test_enter);
  g_test_add_func ("/window/enter-search", test_enter_search);
  g_test_add_func ("/window/tab-passes", test_tab_passes);
  g_test_add_func ("/window/drop-user", test_drop_user);
  g_test_add_func ("/window/actions", test_actions);
  g_test_add_func ("/window/failed", test_failed);
  g_test_add_func ("/window/waiting", test_waiting);
  g_test_add_func ("/window/known", test_known);
  g_test_add_func ("/window/forget-open", test_forget_open);
  g_test_add_func ("/window/close", test_close);
  return g_test_run ();
}
