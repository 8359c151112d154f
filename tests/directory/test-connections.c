/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "directory/roster-connection-private.h"
#include "support/roster-test-wait.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("roster-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "connections.ini", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static RosterConnection *
make_connection (void)
{
  const char *const hidden[] = { "title", "urn:a b:x;y%z\n", NULL };
  const char *const columns[] = { "userName", NULL };
  RosterConnection *connection = roster_connection_new ("one");

  g_object_set (connection, "name", "Acme = [1]", "preset", ROSTER_PRESET_OTHER, "environment",
                ROSTER_ENVIRONMENT_TEST, "sign-in", ROSTER_SIGN_IN_BASIC, "url",
                "https://x.example/scim", "user-name", "kim", "dialect", "wso2", "domain", "S",
                NULL);
  roster_connection_set_hidden_attributes (connection, hidden);
  roster_connection_set_columns (connection, columns);

  return connection;
}

static RosterKeyring
add (RosterConnections *connections, RosterConnection *connection, const char *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;

  roster_connections_add_async (connections, connection, secret, NULL, roster_test_result_cb,
                                &result);
  roster_test_wait_result (&result);
  g_assert_true (roster_connections_add_finish (connections, result, &keyring, &error));
  g_assert_no_error (error);

  return keyring;
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnections) connections = roster_connections_new (fixture->path);
  g_autoptr (RosterConnections) again = NULL;
  g_autoptr (RosterConnection) connection = make_connection ();
  g_autofree char *content = NULL;
  RosterConnection *loaded;
  int environment = 0;
  g_autofree char *domain = NULL;

  g_assert_null (roster_connections_get_load_error (connections));
  /* There is no Secret Service here: the connection is usable all the same. */
  g_assert_cmpint (add (connections, connection, "the-secret"), ==, ROSTER_KEYRING_NO_SERVICE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 1);

  g_assert_true (g_file_get_contents (fixture->path, &content, NULL, NULL));
  g_assert_null (strstr (content, "the-secret"));

  again = roster_connections_new (fixture->path);
  loaded = roster_connections_find (again, "one");
  g_assert_nonnull (loaded);
  g_assert_null (roster_connections_find (again, "two"));
  g_assert_cmpstr (roster_connection_get_name (loaded), ==, "Acme = [1]");
  g_assert_cmpint (roster_connection_get_preset (loaded), ==, ROSTER_PRESET_OTHER);
  g_assert_cmpint (roster_connection_get_sign_in (loaded), ==, ROSTER_SIGN_IN_BASIC);
  g_assert_cmpint (roster_connection_get_environment (loaded), ==, ROSTER_ENVIRONMENT_TEST);
  g_assert_cmpstr (roster_connection_get_dialect (loaded), ==, "wso2");
  g_object_get (loaded, "environment", &environment, "domain", &domain, NULL);
  g_assert_cmpint (environment, ==, ROSTER_ENVIRONMENT_TEST);
  g_assert_cmpstr (domain, ==, "S");
  g_assert_true (g_strv_equal (roster_connection_get_hidden_attributes (loaded),
                               roster_connection_get_hidden_attributes (connection)));
  g_assert_true (g_strv_equal (roster_connection_get_columns (loaded),
                               roster_connection_get_columns (connection)));
}

static void
changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  guint *change = user_data;

  change[0] = position;
  change[1] = removed;
  change[2] = added;
}

static void
test_replaced_and_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnections) connections = roster_connections_new (fixture->path);
  g_autoptr (RosterConnections) again = NULL;
  g_autoptr (RosterConnection) connection = make_connection ();
  g_autoptr (RosterConnection) changed = make_connection ();
  g_autoptr (RosterConnection) item = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;
  guint change[3] = { 9, 9, 9 };

  g_assert_cmpint (add (connections, connection, NULL), ==, ROSTER_KEYRING_MISSING);
  g_signal_connect (connections, "items-changed", G_CALLBACK (changed_cb), change);
  g_object_set (changed, "name", "", NULL);
  roster_connection_set_columns (changed, NULL);
  add (connections, changed, "");
  g_assert_cmpuint (change[0] * 100 + change[1] * 10 + change[2], ==, 11);
  item = g_list_model_get_item (G_LIST_MODEL (connections), 0);
  g_assert_true (item == changed);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (connections)) == ROSTER_TYPE_CONNECTION);

  g_object_set (changed, "name", "Later", NULL);
  g_assert_true (roster_connections_save (connections, &error));
  again = roster_connections_new (fixture->path);
  g_assert_cmpstr (roster_connection_get_name (roster_connections_find (again, "one")), ==,
                   "Later");
  g_assert_null (roster_connection_get_columns (roster_connections_find (again, "one")));
  g_clear_object (&again);

  roster_connections_forget_async (connections, changed, NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_true (roster_connections_forget_finish (connections, result, &keyring, &error));
  g_assert_cmpint (keyring, ==, ROSTER_KEYRING_NO_SERVICE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 0);
  again = roster_connections_new (fixture->path);
  g_assert_null (roster_connections_find (again, "one"));
}

/* A file written by hand, or by a later version. */
static void
test_odd_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnections) connections = NULL;
  RosterConnection *connection;
  g_autofree char *base = NULL;

  g_assert_true (g_file_set_contents (fixture->path,
                                      "[x]\nname=X\npreset=keycloak\nsign-in=\nenvironment=Test\n"
                                      "columns=  a   %zz %00 \nfuture=1\norganization=o\n",
                                      -1, NULL));
  connections = roster_connections_new (fixture->path);
  connection = roster_connections_find (connections, "x");
  g_assert_nonnull (connection);
  g_assert_cmpint (roster_connection_get_preset (connection), ==, ROSTER_PRESET_ASGARDEO);
  g_assert_cmpint (roster_connection_get_environment (connection), ==,
                   ROSTER_ENVIRONMENT_PRODUCTION);
  base = roster_connection_dup_base_url (connection);
  g_assert_cmpstr (base, ==, "https://api.asgardeo.io/t/o/scim2");
  g_assert_cmpstr (roster_connection_get_columns (connection)[0], ==, "a");
  g_assert_null (roster_connection_get_columns (connection)[1]);
}

static void
test_damaged_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnections) connections = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "no key file", -1, NULL));
  connections = roster_connections_new (fixture->path);
  g_assert_nonnull (roster_connections_get_load_error (connections));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 0);
}

static void
test_cannot_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "file", "connections.ini", NULL);
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autoptr (RosterConnections) connections = NULL;
  g_autoptr (RosterConnection) connection = make_connection ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) forgotten = NULL;
  g_autoptr (GError) error = NULL;

  /* A file stands where the folder should be. */
  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  connections = roster_connections_new (path);
  roster_connections_add_async (connections, connection, "s", NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_false (roster_connections_add_finish (connections, result, NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  /* It is in the list for as long as the window is open. */
  g_assert_true (roster_connections_find (connections, "one") == connection);

  roster_connections_forget_async (connections, connection, NULL, roster_test_result_cb,
                                   &forgotten);
  roster_test_wait_result (&forgotten);
  g_assert_false (roster_connections_forget_finish (connections, forgotten, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_no_keyring (void)
{
  g_autoptr (RosterConnection) connection = make_connection ();
  g_autoptr (GAsyncResult) result = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;

  roster_connection_lookup_secret_async (connection, NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  g_assert_null (roster_connection_lookup_secret_finish (connection, result, &keyring));
  g_assert_cmpint (keyring, ==, ROSTER_KEYRING_NO_SERVICE);

  g_assert_null (roster_keyring_get_message (ROSTER_KEYRING_KEPT));
  for (int i = ROSTER_KEYRING_MISSING; i <= ROSTER_KEYRING_FAILED; i++)
    g_assert_nonnull (roster_keyring_get_message ((RosterKeyring)i));
}

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/directory/connections/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/directory/connections/forgotten", Fixture, NULL, set_up,
              test_replaced_and_forgotten, tear_down);
  g_test_add ("/directory/connections/odd", Fixture, NULL, set_up, test_odd_file, tear_down);
  g_test_add ("/directory/connections/damaged", Fixture, NULL, set_up, test_damaged_file,
              tear_down);
  g_test_add ("/directory/connections/cannot-save", Fixture, NULL, set_up, test_cannot_save,
              tear_down);
  g_test_add_func ("/directory/connections/no-keyring", test_no_keyring);

  return g_test_run ();
}
