/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "directory/roster-connection-private.h"
#include "directory/roster-demo.h"
#include "directory/roster-directory-private.h"
#include "scim-double.h"
#include "support/roster-test-wait.h"

typedef struct
{
  ScimDouble service;
  RosterConnection *connection;
  RosterDirectory *directory;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = NULL;
  g_autofree char *token_url = NULL;

  scim_double_set_up (&fixture->service);
  url = roster_test_server_dup_url (fixture->service.server, "/scim2");
  token_url = roster_test_server_dup_url (fixture->service.server, "/token");
  fixture->connection = roster_connection_new (NULL);
  g_object_set (fixture->connection, "preset", ROSTER_PRESET_OTHER, "sign-in",
                ROSTER_SIGN_IN_BEARER, "url", url, "token-url", token_url, "client-id", "c", NULL);
  roster_connection_set_second (fixture->connection, 100);
  fixture->directory = roster_directory_new (fixture->connection, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  roster_directory_close (fixture->directory);
  roster_test_settle ();
  g_assert_finalize_object (fixture->directory);
  g_assert_finalize_object (fixture->connection);
  scim_double_tear_down (&fixture->service);
}

static gboolean
has_settled (gpointer user_data)
{
  Fixture *fixture = user_data;
  RosterDirectoryState state = roster_directory_get_state (fixture->directory);
  RosterUsers *users = roster_directory_get_users (fixture->directory);

  if (state == ROSTER_DIRECTORY_OPENING || roster_directory_get_refreshing (fixture->directory))
    return FALSE;

  return state != ROSTER_DIRECTORY_OPEN ||
         (roster_users_get_n_matching (users) == fixture->service.n_users &&
          g_list_model_get_n_items (G_LIST_MODEL (users)) == fixture->service.n_users);
}

static void
open_and_wait (Fixture *fixture)
{
  roster_directory_open (fixture->directory, "secret");
  roster_test_wait (has_settled, fixture);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  int state = 0;
  int keyring = 9;
  gboolean refreshing = TRUE;
  g_autofree char *age = NULL;
  g_autofree char *warning = NULL;

  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_CLOSED);
  g_assert_null (roster_directory_get_client (fixture->directory));
  g_assert_null (roster_directory_get_sync (fixture->directory));
  fixture->service.n_users = 250;
  open_and_wait (fixture);

  g_object_get (fixture->directory, "state", &state, "keyring", &keyring, "refreshing", &refreshing,
                "age", &age, "warning", &warning, NULL);
  g_assert_cmpint (state, ==, ROSTER_DIRECTORY_OPEN);
  g_assert_cmpint (keyring, ==, ROSTER_KEYRING_KEPT);
  g_assert_false (refreshing);
  g_assert_cmpstr (age, ==, "Updated just now");
  g_assert_null (warning);
  g_assert_cmpstr (roster_users_get_count_text (roster_directory_get_users (fixture->directory)),
                   ==, "250 users");
  g_assert_cmpstr (roster_connection_get_dialect (fixture->connection), ==, "rfc");
  g_assert_nonnull (roster_directory_get_client (fixture->directory));
  g_assert_nonnull (roster_directory_get_schemas (fixture->directory));

  /* A keyring that does not keep the secret is told while everything works. */
  roster_directory_set_keyring (fixture->directory, ROSTER_KEYRING_LOCKED);
  g_assert_cmpstr (roster_directory_get_warning (fixture->directory), ==,
                   roster_keyring_get_message (ROSTER_KEYRING_LOCKED));
}

static void
test_needs_secret (Fixture *fixture, gconstpointer data)
{
  roster_directory_open (fixture->directory, NULL);
  roster_test_wait (has_settled, fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==,
                   ROSTER_DIRECTORY_NEEDS_SECRET);
  g_assert_cmpint (roster_directory_get_keyring (fixture->directory), ==, ROSTER_KEYRING_MISSING);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->service.server), ==, 0);

  open_and_wait (fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  g_assert_null (roster_directory_get_warning (fixture->directory));
}

static void
test_sign_in_refused (Fixture *fixture, gconstpointer data)
{
  const RosterOutcome *error;

  fixture->service.users = (ScimDoubleAnswer){ 401, "{\"detail\":\"Token expired\"}" };
  open_and_wait (fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_FAILED);
  error = roster_directory_get_error (fixture->directory);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->body, "Token expired"));

  /* The next try forgets it. */
  fixture->service.users.status = 0;
  open_and_wait (fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  g_assert_null (roster_directory_get_error (fixture->directory));
}

static void
test_no_host (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "url", "http://127.0.0.1:1/", NULL);
  open_and_wait (fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_FAILED);
  g_assert_nonnull (roster_directory_get_error (fixture->directory));
}

static gboolean
is_waiting (gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *age = roster_directory_get_age (fixture->directory);

  return age != NULL && g_str_has_prefix (age, "Waiting for the service · trying again in ");
}

static gboolean
has_held (gpointer user_data)
{
  Fixture *fixture = user_data;

  return fixture->service.held != NULL;
}

static gboolean
has_warning (gpointer user_data)
{
  Fixture *fixture = user_data;

  return roster_directory_get_warning (fixture->directory) != NULL;
}

/* The first page comes, and then the service has no time. */
static void
open_half (Fixture *fixture)
{
  fixture->service.n_users = 250;
  fixture->service.hold_users = TRUE;
  roster_directory_open (fixture->directory, "secret");
  roster_test_wait (has_held, fixture);
  scim_double_release (&fixture->service);
  fixture->service.users = (ScimDoubleAnswer){ 503, "{\"detail\":\"Closed for the night\"}" };
}

static void
test_waiting_is_said (Fixture *fixture, gconstpointer data)
{
  open_half (fixture);
  roster_test_wait (is_waiting, fixture);
  g_assert_true (roster_directory_get_refreshing (fixture->directory));
  g_assert_null (roster_directory_get_warning (fixture->directory));

  /* Who does not want to wait does not have to. */
  fixture->service.users = (ScimDoubleAnswer){ 0, NULL };
  roster_directory_refresh (fixture->directory);
  roster_test_wait (has_settled, fixture);
  g_assert_cmpstr (roster_directory_get_age (fixture->directory), ==, "Updated just now");
}

static void
test_giving_up_is_said (Fixture *fixture, gconstpointer data)
{
  roster_connection_set_second (fixture->connection, 10);
  open_half (fixture);
  roster_test_wait (has_warning, fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  g_assert_cmpstr (roster_directory_get_warning (fixture->directory), ==,
                   "The users could not be read to the end · 100 of 250 users are shown\n"
                   "The service has failed.\nThe service says: “Closed for the night”\n"
                   "Try again in a while.");

  fixture->service.users = (ScimDoubleAnswer){ 0, NULL };
  roster_directory_refresh (fixture->directory);
  roster_test_wait (has_settled, fixture);
  g_assert_null (roster_directory_get_warning (fixture->directory));
}

static void
test_refresh_fails (Fixture *fixture, gconstpointer data)
{
  const char *warning;

  open_and_wait (fixture);
  fixture->service.users = (ScimDoubleAnswer){ 403, "{\"detail\":\"Closed for the night\"}" };
  roster_directory_refresh (fixture->directory);
  g_assert_true (roster_directory_get_refreshing (fixture->directory));
  roster_test_wait (has_settled, fixture);

  /* What was read stays, and the reason is told. */
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  warning = roster_directory_get_warning (fixture->directory);
  g_assert_nonnull (warning);
  g_assert_nonnull (strstr (warning, "Closed for the night"));

  fixture->service.users.status = 0;
  fixture->service.n_users = 2;
  roster_directory_refresh (fixture->directory);
  roster_test_wait (has_settled, fixture);
  g_assert_null (roster_directory_get_warning (fixture->directory));
  g_assert_cmpuint (roster_users_get_n_total (roster_directory_get_users (fixture->directory)), ==,
                    2);
}

static gboolean
is_held (gpointer user_data)
{
  ScimDouble *service = user_data;

  return service->held != NULL;
}

static gboolean
is_not_refreshing (gpointer user_data)
{
  return !roster_directory_get_refreshing (user_data);
}

static void
test_cancel_refresh (Fixture *fixture, gconstpointer data)
{
  open_and_wait (fixture);
  fixture->service.hold_users = TRUE;
  roster_directory_refresh (fixture->directory);
  roster_test_wait (is_held, &fixture->service);
  g_assert_cmpstr (roster_directory_get_age (fixture->directory), ==, "Reading users…");
  roster_directory_cancel_refresh (fixture->directory);
  roster_test_wait (is_not_refreshing, fixture->directory);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  scim_double_release (&fixture->service);
}

/* Preset Other on a WSO2 service: the scopes are asked for once they are known. */
static void
test_learns_scopes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reason = NULL;

  g_object_set (fixture->connection, "sign-in", ROSTER_SIGN_IN_CLIENT_CREDENTIALS, NULL);
  fixture->service.token =
    (ScimDoubleAnswer){ 200,
                        "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
                        "\"scope\":\"internal_user_mgt_list\"}" };
  fixture->service.schemas = (ScimDoubleAnswer){ 200, scim_double_wso2_schemas };
  fixture->service.config = (ScimDoubleAnswer){ 200, "{\"patch\":{\"supported\":true}}" };
  open_and_wait (fixture);

  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_OPEN);
  g_assert_cmpstr (roster_connection_get_dialect (fixture->connection), ==, "wso2");
  g_assert_false (roster_capabilities_allow (roster_directory_get_capabilities (fixture->directory),
                                             ROSTER_VERB_DELETE, NULL, NULL, &reason));
  g_assert_nonnull (strstr (reason, "internal_user_mgt_delete"));
}

static gboolean
shows_nick_names (gpointer user_data)
{
  Fixture *fixture = user_data;
  GListModel *users = G_LIST_MODEL (roster_directory_get_users (fixture->directory));
  g_autoptr (RosterUserRow) row = g_list_model_get_item (users, 2);

  return row != NULL && g_str_equal (roster_user_row_get_text (row, "nickName"), "Nick 3");
}

/* Another column is read from the service while the list stays. */
static void
test_other_column (Fixture *fixture, gconstpointer data)
{
  RosterAttributes *attributes = roster_directory_get_attributes (fixture->directory);
  GListModel *users = G_LIST_MODEL (roster_directory_get_users (fixture->directory));
  guint n_requests;

  open_and_wait (fixture);
  n_requests = roster_test_server_get_n_requests (fixture->service.server);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (attributes)); i++)
    {
      g_autoptr (RosterAttributeItem) item = g_list_model_get_item (G_LIST_MODEL (attributes), i);

      if (g_str_equal (roster_attribute_item_get_path (item), "nickName"))
        roster_attribute_item_set_in_table (item, TRUE);
      g_assert_cmpuint (g_list_model_get_n_items (users), ==, 3);
    }

  roster_test_wait (shows_nick_names, fixture);
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->service.server), >, n_requests);

  /* Taking it away again asks for nothing. */
  roster_test_wait (has_settled, fixture);
  n_requests = roster_test_server_get_n_requests (fixture->service.server);
  roster_attributes_reset (attributes);
  roster_test_settle ();
  g_assert_cmpuint (roster_test_server_get_n_requests (fixture->service.server), ==, n_requests);
}

static void
test_close_while_opening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  roster_directory_open (fixture->directory, "secret");
  roster_directory_open (fixture->directory, "secret");
  roster_directory_close (fixture->directory);
  roster_test_settle ();
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_CLOSED);

  roster_directory_open (fixture->directory, "secret");
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==, ROSTER_DIRECTORY_CLOSED);
  roster_directory_refresh (fixture->directory);
  roster_directory_cancel_refresh (fixture->directory);

  roster_directory_load_profile_async (fixture->directory, "u1", NULL, roster_test_result_cb,
                                       &result);
  roster_test_wait_result (&result);
  g_assert_null (roster_directory_load_profile_finish (fixture->directory, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static void
test_close_while_reading (Fixture *fixture, gconstpointer data)
{
  RosterUsers *users = roster_directory_get_users (fixture->directory);

  fixture->service.hold_users = TRUE;
  roster_directory_open (fixture->directory, "secret");
  roster_test_wait (is_held, &fixture->service);
  roster_directory_close (fixture->directory);
  scim_double_release (&fixture->service);
  roster_test_settle ();
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (users)), ==, 0);
  g_assert_null (roster_directory_get_age (fixture->directory));
}

static gboolean
demo_is_read (gpointer user_data)
{
  RosterDirectory *directory = user_data;

  return roster_directory_get_state (directory) == ROSTER_DIRECTORY_OPEN &&
         roster_users_get_n_matching (roster_directory_get_users (directory)) == 120;
}

static void
test_demo (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RosterDemo) demo = NULL;
  g_autoptr (RosterDirectory) directory = NULL;
  g_autoptr (GError) error = NULL;

  roster_demo_start_async (120, NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  demo = roster_demo_start_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (roster_connection_get_environment (roster_demo_get_connection (demo)), ==,
                   ROSTER_ENVIRONMENT_DEMO);

  directory = roster_directory_new (roster_demo_get_connection (demo), NULL);
  roster_directory_open (directory, roster_demo_get_secret (demo));
  roster_test_wait (demo_is_read, directory);
  g_assert_cmpstr (roster_connection_get_dialect (roster_demo_get_connection (demo)), ==, "wso2");
  roster_directory_close (directory);
  roster_test_settle ();
}

static void
test_demo_fails (void)
{
  static const char *const programs[] = { "/nonexistent/roster-service", "/bin/true", "/bin/echo" };

  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (RosterDemo) demo = NULL;
      g_autoptr (GError) error = NULL;

      g_setenv ("ROSTER_SERVICE", programs[i], TRUE);
      roster_demo_start_async (1, NULL, roster_test_result_cb, &result);
      roster_test_wait_result (&result);
      demo = roster_demo_start_finish (result, &error);
      g_assert_null (demo);
      g_assert_nonnull (error);
    }
}

/* With connections the keyring is asked; here there is none, and the work goes on without it. */
static void
test_without_keyring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("roster-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "connections.ini", NULL);
  RosterConnections *connections = roster_connections_new (path);
  GListModel *attributes;
  g_autoptr (RosterAttributeItem) item = NULL;
  g_autofree char *content = NULL;

  g_object_unref (fixture->directory);
  fixture->directory = roster_directory_new (fixture->connection, connections);
  roster_connections_add_async (connections, fixture->connection, NULL, NULL, NULL, NULL);
  roster_directory_open (fixture->directory, NULL);
  roster_test_wait (has_settled, fixture);
  g_assert_cmpint (roster_directory_get_state (fixture->directory), ==,
                   ROSTER_DIRECTORY_NEEDS_SECRET);
  g_assert_cmpint (roster_directory_get_keyring (fixture->directory), ==,
                   ROSTER_KEYRING_NO_SERVICE);

  open_and_wait (fixture);
  g_assert_cmpstr (roster_directory_get_warning (fixture->directory), ==,
                   roster_keyring_get_message (ROSTER_KEYRING_NO_SERVICE));

  /* Choices are kept as they are made. */
  attributes = G_LIST_MODEL (roster_directory_get_attributes (fixture->directory));
  for (guint i = 0; i < g_list_model_get_n_items (attributes); i++)
    {
      g_clear_object (&item);
      item = g_list_model_get_item (attributes, i);
      if (g_str_equal (roster_attribute_item_get_path (item), "nickName"))
        break;
    }
  roster_attribute_item_set_in_profile (item, FALSE);
  roster_test_settle ();
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "nickName"));

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_object_unref (connections);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/directory/directory/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("open", test_open);
  ADD ("needs-secret", test_needs_secret);
  ADD ("without-keyring", test_without_keyring);
  ADD ("sign-in-refused", test_sign_in_refused);
  ADD ("no-host", test_no_host);
  ADD ("refresh-fails", test_refresh_fails);
  ADD ("waiting", test_waiting_is_said);
  ADD ("giving-up", test_giving_up_is_said);
  ADD ("cancel-refresh", test_cancel_refresh);
  ADD ("learns-scopes", test_learns_scopes);
  ADD ("other-column", test_other_column);
  ADD ("close-while-opening", test_close_while_opening);
  ADD ("close-while-reading", test_close_while_reading);
  g_test_add_func ("/directory/directory/demo", test_demo);
  g_test_add_func ("/directory/directory/demo-fails", test_demo_fails);

  return g_test_run ();
}
