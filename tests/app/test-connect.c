/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"
#include "app/roster-connect-dialog.h"
#include "app/roster-step-row.h"
#include "support/roster-test-wait.h"

typedef struct
{
  RosterConnections *connections;
  RosterConnectDialog *dialog;
} Fixture;

static void
fixture_open (Fixture *self, RosterConnection *edit)
{
  self->connections = app_fixture_connections ();
  self->dialog = roster_connect_dialog_new (self->connections, edit);
  gtk_window_present (GTK_WINDOW (self->dialog));
  app_wait_for ("Connect");
}

static void
fixture_close (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->dialog));
  roster_test_settle ();
  g_assert_finalize_object (self->connections);
}

/* The row of the entry whose focusable text has this accessible name; NULL while hidden. */
static GtkWidget *
find_row (Fixture *self, const char *name)
{
  GtkWidget *text = app_find_within (GTK_WIDGET (self->dialog), name);

  while (text != NULL && !GTK_IS_EDITABLE (text))
    text = gtk_widget_get_parent (text);
  return text != NULL ? gtk_widget_get_ancestor (text, ADW_TYPE_ENTRY_ROW) : NULL;
}

static void
type_into (Fixture *self, const char *name, const char *text)
{
  GtkWidget *row = find_row (self, name);

  g_test_message ("typing into “%s”", name);
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
choose (Fixture *self, const char *name)
{
  GtkWidget *button = app_find_within (GTK_WIDGET (self->dialog), name);

  g_assert_true (GTK_IS_TOGGLE_BUTTON (button));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  roster_test_settle ();
}

static void
assert_entries (Fixture *self, const char *const *there, const char *const *not_there)
{
  for (; *there != NULL; there++)
    {
      GtkWidget *row = find_row (self, *there);

      g_test_message ("entry “%s”", *there);
      g_assert_nonnull (row);
      g_assert_true (
        app_is_named (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row))), *there));
    }
  for (; *not_there != NULL; not_there++)
    {
      g_test_message ("no entry “%s”", *not_there);
      g_assert_null (find_row (self, *not_there));
    }
}

static void
test_presets (void)
{
  Fixture fixture = { NULL };

  fixture_open (&fixture, NULL);
  assert_entries (
    &fixture, (const char *[]){ "Name", "Organization", "Client ID", "Client Secret", NULL },
    (const char *[]){ "Host", "Tenant", "Address", "Token Address", "User Name", "Token", NULL });
  choose (&fixture, "WSO2 Identity Server");
  assert_entries (
    &fixture, (const char *[]){ "Name", "Host", "Tenant", "Client ID", "Client Secret", NULL },
    (const char *[]){ "Organization", "Address", "Token Address", "User Name", NULL });
  choose (&fixture, "Other");
  assert_entries (
    &fixture,
    (const char *[]){ "Name", "Address", "Token Address", "Client ID", "Client Secret", NULL },
    (const char *[]){ "Organization", "Host", "Tenant", NULL });
  g_assert_null (app_find ("Keycloak"));
  fixture_close (&fixture);
}

static AdwComboRow *
find_combo (GtkWidget *root, const char *title)
{
  if (ADW_IS_COMBO_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return ADW_COMBO_ROW (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      AdwComboRow *found = find_combo (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_methods (void)
{
  Fixture fixture = { NULL };
  AdwComboRow *method = NULL;

  fixture_open (&fixture, NULL);
  choose (&fixture, "Other");
  method = find_combo (GTK_WIDGET (fixture.dialog), "Method");
  g_assert_nonnull (method);
  type_into (&fixture, "Client Secret", "s3cret");
  adw_combo_row_set_selected (method, 1);
  roster_test_settle ();
  assert_entries (&fixture, (const char *[]){ "Token", NULL },
                  (const char *[]){ "Client Secret", "Client ID", "Token Address", NULL });
  /* One method's secret is not another's. */
  g_assert_cmpstr (roster_connect_dialog_get_secret (fixture.dialog), ==, "");
  adw_combo_row_set_selected (method, 2);
  roster_test_settle ();
  assert_entries (&fixture, (const char *[]){ "User Name", "Password", NULL },
                  (const char *[]){ "Token", "Client ID", NULL });
  fixture_close (&fixture);
}

static gboolean
has_error (Fixture *self, const char *name)
{
  return gtk_widget_has_css_class (find_row (self, name), "error");
}

static void
test_invalid (void)
{
  Fixture fixture = { NULL };

  fixture_open (&fixture, NULL);
  choose (&fixture, "Other");
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (fixture.dialog), "Method"), 1);
  /* What is still empty is missing, not wrong. */
  g_assert_false (has_error (&fixture, "Address"));
  type_into (&fixture, "Token", "abc");
  for (const char *const *bad = (const char *[]){ "http://scim.example.org/v2", "ftp://x",
                                                  "https://u:p@h/", "<b>&", NULL };
       *bad != NULL; bad++)
    {
      type_into (&fixture, "Address", *bad);
      g_test_message ("%s", *bad);
      g_assert_true (has_error (&fixture, "Address"));
      g_assert_false (gtk_widget_is_sensitive (app_find ("Connect")));
    }
  type_into (&fixture, "Address", "https://scim.example.org/v2");
  g_assert_false (has_error (&fixture, "Address"));
  g_assert_nonnull (app_find ("https://scim.example.org/v2"));
  /* Nothing was asked yet: nothing is known. */
  g_assert_false (gtk_widget_is_sensitive (app_find ("Connect")));
  type_into (&fixture, "Token", "with space");
  g_assert_true (has_error (&fixture, "Token"));
  fixture_close (&fixture);
}

static void
test_edit (void)
{
  g_autoptr (RosterConnection) known = roster_connection_new ("abc");
  Fixture fixture = { NULL };
  const char *const columns[] = { "userName", NULL };

  g_object_set (known, "name", "Acme", "preset", (int)ROSTER_PRESET_WSO2_IS, "host",
                "is.example.org", "tenant", "acme.com", "environment", (int)ROSTER_ENVIRONMENT_TEST,
                "sign-in", (int)ROSTER_SIGN_IN_BASIC, "user-name", "admin", NULL);
  roster_connection_set_columns (known, columns);
  fixture_open (&fixture, known);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (&fixture, "Name"))), ==, "Acme");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (&fixture, "Tenant"))), ==,
                   "acme.com");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (&fixture, "User Name"))), ==,
                   "admin");
  type_into (&fixture, "Name", "Other");
  g_assert_cmpstr (roster_connection_get_name (known), ==, "Acme");
  fixture_close (&fixture);
}

/* ---- with a service ---- */

static void
connected_cb (RosterConnectDialog *dialog, RosterConnection *connection, int keyring, char **told)
{
  *told = g_strdup_printf ("%s %s", roster_connection_get_name (connection),
                           roster_connect_dialog_get_secret (dialog));
}

static void
test_connect (void)
{
  g_autoptr (RosterDemo) demo = app_fixture_demo (5);
  Fixture fixture = { NULL };
  g_autofree char *url = NULL;
  g_autofree char *told = NULL;
  g_autofree char *expected = NULL;

  if (demo == NULL)
    return;
  g_object_get (roster_demo_get_connection (demo), "url", &url, NULL);
  fixture_open (&fixture, NULL);
  g_signal_connect (fixture.dialog, "connected", G_CALLBACK (connected_cb), &told);
  choose (&fixture, "Other");
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (fixture.dialog), "Method"), 1);
  type_into (&fixture, "Name", "Here");
  type_into (&fixture, "Address", url);
  type_into (&fixture, "Token", roster_demo_get_secret (demo));
  app_click ("Connect");
  app_wait_gone ("Connect");
  expected = g_strdup_printf ("Here %s", roster_demo_get_secret (demo));
  g_assert_cmpstr (told, ==, expected);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.connections)), ==, 1);
  g_clear_object (&fixture.connections);
  roster_test_settle ();
}

static void
test_refused (void)
{
  g_autoptr (RosterDemo) demo = app_fixture_demo (5);
  Fixture fixture = { NULL };
  g_autofree char *url = NULL;

  if (demo == NULL)
    return;
  g_object_get (roster_demo_get_connection (demo), "url", &url, NULL);
  fixture_open (&fixture, NULL);
  choose (&fixture, "Other");
  adw_combo_row_set_selected (find_combo (GTK_WIDGET (fixture.dialog), "Method"), 1);
  type_into (&fixture, "Address", url);
  type_into (&fixture, "Token", "wrong");
  app_wait_for ("How to Fix");
  g_assert_false (gtk_widget_is_sensitive (app_find ("Connect")));
  fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  if (!app_fixture_init (&argc, &argv))
    return 0;

  g_test_add_func ("/connect/presets", test_presets);
  g_test_add_func ("/connect/methods", test_methods);
  g_test_add_func ("/connect/invalid", test_invalid);
  g_test_add_func ("/connect/edit", test_edit);
  g_test_add_func ("/connect/connect", test_connect);
  g_test_add_func ("/connect/refused", test_refused);
  return g_test_run ();
}
