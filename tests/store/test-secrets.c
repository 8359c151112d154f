/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/roster-secrets.h"
#include "support/roster-mock-secrets.h"
#include "support/roster-test-wait.h"

#include <libsecret/secret.h>
#include <locale.h>

static GTestDBus *bus;
static RosterMockSecrets *mock; /* NULL without dbus-daemon */

static gboolean
need_mock (void)
{
  if (mock == NULL)
    {
      g_test_skip ("dbus-daemon is not installed");
      return FALSE;
    }
  roster_mock_secrets_reset (mock);
  return TRUE;
}

static void
assert_lookup (const char *id, RosterSecretsState expected, const char *expected_secret)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state;
  char *secret;

  roster_secrets_lookup_async (id, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  secret = roster_secrets_lookup_finish (result, &state, &error);
  g_assert_cmpint (state, ==, expected);
  g_assert_cmpstr (secret, ==, expected_secret);
  g_assert_cmpint (error != NULL, ==, expected == ROSTER_SECRETS_FAILED);
  roster_secret_free (secret);
}

static void
assert_store (const char *id, const char *secret, RosterSecretsState expected)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  roster_secrets_store_async (id, "Roster: Test", secret, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  g_assert_cmpint (roster_secrets_store_finish (result, &error), ==, expected);
  g_assert_cmpint (error != NULL, ==, expected == ROSTER_SECRETS_FAILED);
}

static void
assert_clear (const char *id, RosterSecretsState expected)
{
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  roster_secrets_clear_async (id, NULL, roster_test_result_cb, &waiting);
  result = roster_test_wait_result (&waiting);
  g_assert_cmpint (roster_secrets_clear_finish (result, &error), ==, expected);
  g_assert_cmpint (error != NULL, ==, expected == ROSTER_SECRETS_FAILED);
}

/* Runs first, while the session has no bus. */
static void
test_no_bus (void)
{
  assert_lookup ("a", ROSTER_SECRETS_NO_SERVICE, NULL);
  assert_store ("a", "secret", ROSTER_SECRETS_NO_SERVICE);
  assert_clear ("a", ROSTER_SECRETS_NO_SERVICE);
}

static void
test_round_trip (void)
{
  if (!need_mock ())
    return;
  assert_lookup ("a", ROSTER_SECRETS_MISSING, NULL);
  assert_store ("a", "p\xc3\xa4ss", ROSTER_SECRETS_FOUND);
  g_assert_cmpstr (roster_mock_secrets_get_secret (mock), ==, "p\xc3\xa4ss");
  g_assert_cmpstr (roster_mock_secrets_get_label (mock), ==, "Roster: Test");
  assert_lookup ("a", ROSTER_SECRETS_FOUND, "p\xc3\xa4ss");
  assert_lookup ("b", ROSTER_SECRETS_MISSING, NULL);
  assert_clear ("b", ROSTER_SECRETS_MISSING);
  assert_clear ("a", ROSTER_SECRETS_FOUND);
  assert_lookup ("a", ROSTER_SECRETS_MISSING, NULL);
  assert_store ("a", "", ROSTER_SECRETS_FOUND);
  assert_lookup ("a", ROSTER_SECRETS_FOUND, "");
  g_assert_cmpuint (roster_mock_secrets_get_n_prompts (mock), ==, 0);
}

static void
test_unlocked_on_request (void)
{
  if (!need_mock ())
    return;
  roster_mock_secrets_put (mock, "a", "secret");
  roster_mock_secrets_set_locked (mock, TRUE);
  assert_lookup ("a", ROSTER_SECRETS_FOUND, "secret");
  g_assert_cmpuint (roster_mock_secrets_get_n_prompts (mock), ==, 1);

  roster_mock_secrets_set_locked (mock, TRUE);
  assert_clear ("a", ROSTER_SECRETS_FOUND);
  g_assert_null (roster_mock_secrets_get_secret (mock));
  roster_mock_secrets_set_locked (mock, TRUE);
  assert_store ("a", "other", ROSTER_SECRETS_FOUND);
  g_assert_cmpstr (roster_mock_secrets_get_secret (mock), ==, "other");
  g_assert_cmpuint (roster_mock_secrets_get_n_prompts (mock), ==, 3);
}

/* What is missing in a locked keyring is not known to be missing until it is open. */
static void
test_hidden_while_locked (void)
{
  if (!need_mock ())
    return;
  roster_mock_secrets_put (mock, "a", "secret");
  roster_mock_secrets_set_locked (mock, TRUE);
  roster_mock_secrets_set_hides_locked (mock, TRUE);
  assert_lookup ("a", ROSTER_SECRETS_FOUND, "secret");
  roster_mock_secrets_set_locked (mock, TRUE);
  assert_lookup ("b", ROSTER_SECRETS_MISSING, NULL);
  roster_mock_secrets_set_locked (mock, TRUE);
  roster_mock_secrets_set_prompt (mock, ROSTER_MOCK_PROMPT_DISMISS);
  assert_lookup ("a", ROSTER_SECRETS_REFUSED, NULL);
}

static void
assert_stays_locked (RosterMockPrompt prompt, RosterSecretsState expected)
{
  roster_mock_secrets_put (mock, "a", "secret");
  roster_mock_secrets_set_locked (mock, TRUE);
  roster_mock_secrets_set_prompt (mock, prompt);
  assert_lookup ("a", expected, NULL);
  assert_store ("a", "other", expected);
  assert_clear ("a", expected);
  g_assert_cmpstr (roster_mock_secrets_get_secret (mock), ==, "secret");
}

static void
test_refused (void)
{
  if (!need_mock ())
    return;
  assert_stays_locked (ROSTER_MOCK_PROMPT_DISMISS, ROSTER_SECRETS_REFUSED);
  g_assert_cmpuint (roster_mock_secrets_get_n_prompts (mock), ==, 3);
}

static void
test_locked (void)
{
  if (!need_mock ())
    return;
  assert_stays_locked (ROSTER_MOCK_PROMPT_IN_VAIN, ROSTER_SECRETS_LOCKED);
  assert_stays_locked (ROSTER_MOCK_PROMPT_NONE, ROSTER_SECRETS_LOCKED);
}

static void
test_errors (void)
{
  if (!need_mock ())
    return;
  roster_mock_secrets_put (mock, "a", "not \xff text");
  assert_lookup ("a", ROSTER_SECRETS_FAILED, NULL);
  roster_mock_secrets_set_error (mock, "org.freedesktop.DBus.Error.AccessDenied");
  assert_lookup ("a", ROSTER_SECRETS_FAILED, NULL);
  assert_store ("a", "secret", ROSTER_SECRETS_FAILED);
  assert_clear ("a", ROSTER_SECRETS_FAILED);
  roster_mock_secrets_set_error (mock, "org.freedesktop.DBus.Error.Spawn.ChildExited");
  assert_lookup ("a", ROSTER_SECRETS_NO_SERVICE, NULL);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *waiting = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state;

  if (!need_mock ())
    return;
  roster_mock_secrets_put (mock, "a", "secret");
  roster_secrets_lookup_async ("a", cancellable, roster_test_result_cb, &waiting);
  g_cancellable_cancel (cancellable);
  result = roster_test_wait_result (&waiting);
  g_assert_null (roster_secrets_lookup_finish (result, &state, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (state, ==, ROSTER_SECRETS_FAILED);
}

/* Runs last: the service leaves, the bus stays. */
static void
test_no_service (void)
{
  if (!need_mock ())
    return;
  g_clear_pointer (&mock, roster_mock_secrets_free);
  assert_lookup ("a", ROSTER_SECRETS_NO_SERVICE, NULL);
  assert_store ("a", "secret", ROSTER_SECRETS_NO_SERVICE);
  assert_clear ("a", ROSTER_SECRETS_NO_SERVICE);
}

static void
test_free (void)
{
  roster_secret_free (NULL);
  roster_secret_free (g_strdup ("secret"));
}

static void
test_start_bus (void)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");

  if (daemon == NULL)
    {
      g_test_skip ("dbus-daemon is not installed");
      return;
    }
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  mock = roster_mock_secrets_new (g_test_dbus_get_bus_address (bus));
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  /* No test may ever reach the keyring of the person who runs it. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secrets/no-bus", test_no_bus);
  g_test_add_func ("/secrets/free", test_free);
  g_test_add_func ("/secrets/start-bus", test_start_bus);
  g_test_add_func ("/secrets/round-trip", test_round_trip);
  g_test_add_func ("/secrets/unlocked-on-request", test_unlocked_on_request);
  g_test_add_func ("/secrets/hidden-while-locked", test_hidden_while_locked);
  g_test_add_func ("/secrets/refused", test_refused);
  g_test_add_func ("/secrets/locked", test_locked);
  g_test_add_func ("/secrets/errors", test_errors);
  g_test_add_func ("/secrets/cancelled", test_cancelled);
  g_test_add_func ("/secrets/no-service", test_no_service);
  status = g_test_run ();
  if (bus != NULL)
    {
      g_test_dbus_stop (bus);
      g_object_unref (bus);
    }
  return status;
}
