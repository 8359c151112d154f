/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/roster-secrets.h"
#include "support/roster-test-wait.h"

#include <glib/gstdio.h>
#include <locale.h>

/* A real gnome-keyring-daemon on a bus and in folders of its own. What it does when nobody can
 * answer its prompt is what a person's session does. */
typedef struct
{
  GTestDBus *bus;
  GSubprocess *daemon;
  gboolean is_up;
} Fixture;

static void
name_appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

static GSubprocess *
start_daemon (void)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  GSubprocess *daemon;

  g_mkdir_with_parents (g_get_user_runtime_dir (), 0700);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_subprocess_launcher_setenv (launcher, "HOME", g_get_home_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CONFIG_HOME", g_get_user_config_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", g_get_user_cache_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", g_get_user_runtime_dir (), TRUE);
  g_subprocess_launcher_unsetenv (launcher, "GNOME_KEYRING_CONTROL");
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG"); /* its warnings are not ours */
  daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                        "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (daemon), "pw", 2, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (g_subprocess_get_stdin_pipe (daemon), NULL, NULL);
  return daemon;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *keyring = g_find_program_in_path ("gnome-keyring-daemon");
  g_autofree char *dbus = g_find_program_in_path ("dbus-daemon");
  guint watch;

  if (keyring == NULL || dbus == NULL)
    return;
  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->daemon = start_daemon ();
  watch =
    g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_WATCHER_FLAGS_NONE,
                      name_appeared_cb, NULL, &fixture->is_up, NULL);
  roster_test_wait_flag (&fixture->is_up);
  g_bus_unwatch_name (watch);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->daemon == NULL)
    return;
  g_subprocess_force_exit (fixture->daemon);
  g_subprocess_wait (fixture->daemon, NULL, NULL);
  g_object_unref (fixture->daemon);
  g_test_dbus_stop (fixture->bus);
  g_object_unref (fixture->bus);
}

static RosterSecretsState
lookup (const char *id, char **secret)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state;

  roster_secrets_lookup_async (id, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  *secret = roster_secrets_lookup_finish (result, &state, &error);
  g_assert_no_error (error);
  return state;
}

static RosterSecretsState
store (const char *id, const char *secret)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state;

  roster_secrets_store_async (id, "Roster: Test", secret, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  state = roster_secrets_store_finish (result, &error);
  g_assert_no_error (error);
  return state;
}

static RosterSecretsState
clear (const char *id)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state;

  roster_secrets_clear_async (id, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  state = roster_secrets_clear_finish (result, &error);
  g_assert_no_error (error);
  return state;
}

static void
lock_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  const char *paths[] = { "/org/freedesktop/secrets/aliases/default", NULL };
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
    bus, "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service",
    "Lock", g_variant_new ("(^ao)", paths), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
}

static void
test_keyring (Fixture *fixture, gconstpointer data)
{
  char *secret = NULL;
  RosterSecretsState state;

  if (fixture->daemon == NULL)
    {
      g_test_skip ("gnome-keyring-daemon or dbus-daemon is not installed");
      return;
    }
  g_assert_cmpint (lookup ("a", &secret), ==, ROSTER_SECRETS_MISSING);
  g_assert_cmpint (store ("a", "sésame"), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpint (store ("b", "other"), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpint (store ("b", "replaced"), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpint (lookup ("a", &secret), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpstr (secret, ==, "sésame");
  roster_secret_free (secret);
  g_assert_cmpint (lookup ("b", &secret), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpstr (secret, ==, "replaced");
  roster_secret_free (secret);
  g_assert_cmpint (clear ("b"), ==, ROSTER_SECRETS_FOUND);
  g_assert_cmpint (lookup ("b", &secret), ==, ROSTER_SECRETS_MISSING);
  g_assert_cmpint (lookup ("a", &secret), ==, ROSTER_SECRETS_FOUND);
  roster_secret_free (secret);

  /* No prompter is there to ask: the keyring gives up, as it does when a person says no. */
  lock_keyring ();
  state = lookup ("a", &secret);
  g_assert_true (state == ROSTER_SECRETS_REFUSED || state == ROSTER_SECRETS_LOCKED);
  g_assert_null (secret);
  state = lookup ("never-stored", &secret);
  g_assert_true (state == ROSTER_SECRETS_REFUSED || state == ROSTER_SECRETS_LOCKED);
  state = store ("c", "secret");
  g_assert_true (state == ROSTER_SECRETS_REFUSED || state == ROSTER_SECRETS_LOCKED);
  state = clear ("a");
  g_assert_true (state == ROSTER_SECRETS_REFUSED || state == ROSTER_SECRETS_LOCKED);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/keyring/gnome", Fixture, NULL, set_up, test_keyring, tear_down);
  return g_test_run ();
}
