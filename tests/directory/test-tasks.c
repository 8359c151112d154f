/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The four tasks on roster-service in both personalities, checked by asking the service. */
#include "user-double.h"

#include <string.h>
#include "support/roster-test-service.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER

typedef struct
{
  RosterTestService *service;
  RosterConnection *connection;
  RosterDirectory *directory;
  ScimSchemas *schemas; /* borrowed */
  char *id;             /* of the seeded user that holds everything odd */
} Fixture;

static char *
ask (Fixture *fixture, const char *method, guint *status)
{
  g_autofree char *path = g_strconcat ("/Users/", fixture->id, NULL);

  return roster_test_service_ask (fixture->service, method, path, NULL, status);
}

static char *
find_edge_case (Fixture *fixture)
{
  g_autofree char *answer =
    roster_test_service_ask (fixture->service, "GET", "/Users?count=50", NULL, NULL);
  g_autoptr (ScimJson) json = scim_json_new_from_text (answer, -1, NULL);
  ScimNode node = scim_node_get_member (scim_json_get_root (json), "Resources");

  for (node = scim_node_get_first (node); scim_node_exists (node); node = scim_node_get_next (node))
    {
      g_autofree char *name = scim_node_dup_text (scim_node_get_member (node, "userName"));

      if (g_str_has_suffix (name, "edge.case"))
        return scim_node_dup_text (scim_node_get_member (node, "id"));
    }
  g_assert_not_reached ();
}

static void
set_up (Fixture *fixture, const char *personality, const char *invitation)
{
  fixture->service = roster_test_service_start ("--users", "20", "--personality", personality,
                                                "--invitation", invitation, NULL);
  fixture->connection =
    connection_new (roster_test_service_get_url (fixture->service), personality);
  fixture->directory =
    directory_open (fixture->connection, roster_test_service_get_token (fixture->service));
  fixture->schemas = roster_directory_get_schemas (fixture->directory);
  fixture->id = find_edge_case (fixture);
}

static void
set_up_rfc (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, "rfc", "lock");
}

static void
set_up_wso2 (Fixture *fixture, gconstpointer data)
{
  set_up (fixture, "wso2", data != NULL ? data : "lock");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  roster_directory_close (fixture->directory);
  g_clear_object (&fixture->directory);
  g_clear_object (&fixture->connection);
  g_clear_pointer (&fixture->service, roster_test_service_stop);
  g_clear_pointer (&fixture->id, g_free);
}

/* Every attribute but those is as it was, to the byte. */
static void
assert_rest_is_same (const char *before, const char *after, const char *const *changed)
{
  g_autoptr (ScimJson) one = scim_json_new_from_text (before, -1, NULL);
  g_autoptr (ScimJson) other = scim_json_new_from_text (after, -1, NULL);

  for (ScimNode node = scim_node_get_first (scim_json_get_root (one)); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      g_autofree char *raw = scim_node_dup_raw (node);
      ScimNode twin = scim_node_get_member (scim_json_get_root (other), key);
      g_autofree char *now = scim_node_exists (twin) ? scim_node_dup_raw (twin) : NULL;

      if (!g_strv_contains (changed, key))
        g_assert_cmpstr (now, ==, raw);
    }
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  const char *const changed[] = { "meta", "title", "name", ENTERPRISE, NULL };
  g_autofree char *before = ask (fixture, "GET", NULL);
  g_autofree char *after = NULL;
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  g_autoptr (RosterOutcome) outcome = NULL;

  profile_type (profile, fixture->schemas, "title", 0, "Lead \"Tester\"");
  profile_type (profile, fixture->schemas, "name.givenName", 0, "Edgar");
  profile_type (profile, fixture->schemas, ENTERPRISE ":department", 0, "");
  g_assert_cmpuint (roster_draft_get_n_changes (roster_profile_get_draft (profile)), ==, 3);
  outcome = profile_update (profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_null (outcome->body);
  after = ask (fixture, "GET", NULL);
  assert_rest_is_same (before, after, changed);
  g_assert_nonnull (strstr (after, "\"Lead \\\"Tester\\\"\""));
  g_assert_nonnull (strstr (after, "\"Edgar\""));
  g_assert_nonnull (strstr (after, "\"Case\""));
  g_assert_null (strstr (after, "\"Quality\""));
  g_assert_nonnull (strstr (after, "\"00007\""));
  g_assert_nonnull (strstr (after, "9223372036854775808"));
}

static void
test_email (Fixture *fixture, gconstpointer data)
{
  const char *const changed[] = { "meta", "emails", NULL };
  g_autofree char *before = ask (fixture, "GET", NULL);
  g_autofree char *after = NULL;
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  g_autoptr (RosterOutcome) outcome = NULL;

  /* Two of one type, one of them with an attribute that nobody knows. */
  profile_type (profile, fixture->schemas, "emails", 0, "new@acme.example");
  outcome = profile_update (profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_null (outcome->body);
  after = ask (fixture, "GET", NULL);
  assert_rest_is_same (before, after, changed);
  g_assert_nonnull (strstr (after, "\"new@acme.example\""));
  g_assert_nonnull (strstr (after, "\"weight\":1.10"));
  g_assert_cmpstr (roster_profile_get_address (profile), ==, "new@acme.example");
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  g_autoptr (RosterOutcome) outcome = profile_delete (profile, "edge.case");
  g_autofree char *answer = NULL;
  guint status;

  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "Edge Case was deleted");
  answer = ask (fixture, "GET", &status);
  g_assert_cmpuint (status, ==, 404);
}

static void
test_password (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  char *password = roster_password_generate ();
  g_autoptr (RosterOutcome) outcome = profile_set_password (profile, password);
  g_autofree char *basic = roster_test_basic (roster_profile_get_user_name (profile), password);
  g_autofree char *url = g_strconcat (roster_test_service_get_url (fixture->service), "/Me", NULL);
  g_autofree char *answer = NULL;
  guint status;

  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "accepted the new password");
  answer = roster_test_request ("GET", url, basic, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  roster_password_free (password);
}

static void
test_invitation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  g_autoptr (RosterOutcome) outcome = profile_invite (profile);
  g_autofree char *answer = ask (fixture, "GET", NULL);

  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "locked until the person sets a new password");
  g_assert_nonnull (strstr (answer, "PENDING_FUPR"));
}

static void
test_ignored_invitation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterProfile) profile = profile_load (fixture->directory, fixture->id);
  g_autoptr (RosterOutcome) outcome = profile_invite (profile);

  assert_outcome (outcome, ROSTER_OUTCOME_UNKNOWN, "shows no pending reset");
}

#define ADD(path, set_up_function, data, function)                                                 \
  g_test_add ("/directory/tasks/" path, Fixture, data, set_up_function, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rfc/update", set_up_rfc, NULL, test_update);
  ADD ("rfc/email", set_up_rfc, NULL, test_email);
  ADD ("rfc/delete", set_up_rfc, NULL, test_delete);
  ADD ("rfc/password", set_up_rfc, NULL, test_password);
  ADD ("wso2/update", set_up_wso2, NULL, test_update);
  ADD ("wso2/email", set_up_wso2, NULL, test_email);
  ADD ("wso2/delete", set_up_wso2, NULL, test_delete);
  ADD ("wso2/password", set_up_wso2, NULL, test_password);
  ADD ("wso2/invitation", set_up_wso2, NULL, test_invitation);
  ADD ("wso2/ignored-invitation", set_up_wso2, "ignore", test_ignored_invitation);
  return g_test_run ();
}
