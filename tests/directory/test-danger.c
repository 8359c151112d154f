/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting a user and resetting a password. */
#include "user-double.h"

#include <string.h>
#include "support/roster-test-wait.h"

#define SYSTEM   SCIM_URN_WSO2_SYSTEM
#define PATCH_OP "\"urn:ietf:params:scim:api:messages:2.0:PatchOp\""

#define WSO2_USER(members)                                                                         \
  "{\"id\":\"u1\",\"userName\":\"DEFAULT/kim\",\"displayName\":\"Kim\",\"emails\":[\"k@x.org\"],"  \
  "\"" SYSTEM "\":{" members "}}"

static const char active[] = WSO2_USER ("\"lastPasswordUpdateTime\":\"1763820900000\"");
static const char pending[] =
  WSO2_USER ("\"accountLocked\":true,\"accountState\":\"PENDING_FUPR\","
             "\"lockedReason\":\"PENDING_ADMIN_FORCED_USER_PASSWORD_RESET\"");

/* Two documents that mean the same. */
static void
assert_json (const char *text, const char *expected)
{
  g_autoptr (ScimJson) one = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimJson) other = scim_json_new_from_text (expected, -1, NULL);

  g_test_message ("%s", text);
  g_assert_nonnull (one);
  g_assert_true (scim_node_equal (scim_json_get_root (one), scim_json_get_root (other)));
}

static gboolean
is_empty (gpointer user_data)
{
  return roster_users_get_n_total (user_data) == 0;
}

static void
test_deleted (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) wrong = NULL;
  g_autoptr (RosterOutcome) done = NULL;

  user_double_set_up (&service, "wso2", active);
  wrong = profile_delete (service.profile, "KIM");
  assert_outcome (wrong, ROSTER_OUTCOME_NOT_DONE, "Nothing was sent.");
  g_assert_cmpuint (service.n_writes, ==, 0);
  done = profile_delete (service.profile, "DEFAULT/kim");
  assert_outcome (done, ROSTER_OUTCOME_DONE, "Kim was deleted");
  g_assert_null (service.user);
  roster_test_wait (is_empty, roster_directory_get_users (service.directory));
  user_double_tear_down (&service);
}

static void
test_deleted_before (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "wso2", active);
  service.status = 404;
  outcome = profile_delete (service.profile, "kim");
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "somebody else deleted it before");
  user_double_tear_down (&service);
}

static void
test_delete_refused (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  /* WSO2's super administrator: 403 without a word. */
  user_double_set_up (&service, "wso2", active);
  service.status = 403;
  service.ignores = TRUE;
  outcome = profile_delete (service.profile, "kim");
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "gave no reason");
  g_assert_nonnull (strstr (outcome->body, "Nothing was changed."));
  roster_test_settle ();
  g_assert_false (is_empty (roster_directory_get_users (service.directory)));
  user_double_tear_down (&service);
}

static void
test_delete_unclear (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) still = NULL;
  g_autoptr (RosterOutcome) unknown = NULL;
  g_autoptr (RosterOutcome) gone = NULL;

  user_double_set_up (&service, "wso2", active);
  service.drops = TRUE;
  service.ignores = TRUE;
  still = profile_delete (service.profile, "kim");
  assert_outcome (still, ROSTER_OUTCOME_NOT_DONE, "still has the user");
  service.later_status = 503;
  unknown = profile_delete (service.profile, "kim");
  assert_outcome (unknown, ROSTER_OUTCOME_UNKNOWN, "could not be asked");
  roster_test_settle ();
  g_assert_false (is_empty (roster_directory_get_users (service.directory)));
  service.later_status = 0;
  service.ignores = FALSE;
  gone = profile_delete (service.profile, "kim");
  assert_outcome (gone, ROSTER_OUTCOME_DONE, "The answer was lost");
  user_double_tear_down (&service);
}

static void
test_invited (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "wso2", active);
  service.becomes = pending;
  outcome = profile_invite (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "locked until the person sets a new password");
  g_assert_null (strstr (outcome->title, "sent"));
  assert_json (service.body, "{\"schemas\":[" PATCH_OP "],\"Operations\":[{\"op\":\"add\","
                             "\"value\":{\"" SYSTEM "\":{\"forcePasswordReset\":true}}}]}");
  g_assert_cmpint (roster_profile_get_account (service.profile)->status, ==,
                   SCIM_ACCOUNT_RESET_PENDING);
  g_assert_cmpuint (service.n_writes, ==, 1);
  user_double_tear_down (&service);
}

static void
test_invitation_ignored (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "wso2", active);
  service.ignores = TRUE;
  outcome = profile_invite (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_UNKNOWN, "shows no pending reset");
  user_double_tear_down (&service);
}

static void
test_invitation_fails (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) refused = NULL;
  g_autoptr (RosterOutcome) unclear = NULL;
  g_autoptr (RosterOutcome) unknown = NULL;
  g_autoptr (RosterOutcome) done = NULL;

  user_double_set_up (&service, "wso2", active);
  service.ignores = TRUE;
  service.status = 400;
  service.detail = "{\"detail\":\"No such claim\"}";
  refused = profile_invite (service.profile);
  assert_outcome (refused, ROSTER_OUTCOME_NOT_DONE, "No such claim");
  service.status = 500;
  unclear = profile_invite (service.profile);
  assert_outcome (unclear, ROSTER_OUTCOME_UNKNOWN, "The account shows: Active.");
  service.later_status = 503;
  unknown = profile_invite (service.profile);
  assert_outcome (unknown, ROSTER_OUTCOME_UNKNOWN, "its state is not known");
  service.later_status = 0;
  service.ignores = FALSE;
  service.becomes = pending;
  done = profile_invite (service.profile);
  assert_outcome (done, ROSTER_OUTCOME_DONE, "The answer was lost");
  /* Each was sent once. */
  g_assert_cmpuint (service.n_writes, ==, 4);
  user_double_tear_down (&service);
}

static void
test_no_invitation (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", active);
  outcome = profile_invite (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "cannot invite");
  g_assert_cmpuint (service.n_writes, ==, 0);
  user_double_tear_down (&service);
}

static void
test_password (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "wso2", active);
  service.becomes = active;
  outcome = profile_set_password (service.profile, "Tmp-\"1234\"\\");
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The account shows: Active.");
  assert_json (service.body, "{\"schemas\":[" PATCH_OP "],\"Operations\":[{\"op\":\"replace\","
                             "\"value\":{\"password\":\"Tmp-\\\"1234\\\"\\\\\"}}]}");
  g_assert_null (strstr (outcome->body, "Tmp"));
  user_double_tear_down (&service);
}

static void
test_password_fails (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) refused = NULL;
  g_autoptr (RosterOutcome) unclear = NULL;
  g_autoptr (RosterOutcome) done = NULL;
  g_autoptr (RosterOutcome) unread = NULL;
  g_autoptr (RosterOutcome) unknown = NULL;

  user_double_set_up (&service, "wso2", active);
  service.ignores = TRUE;
  service.status = 400;
  service.detail = "{\"detail\":\"20035 - too short\",\"scimType\":\"invalidValue\"}";
  refused = profile_set_password (service.profile, "x");
  assert_outcome (refused, ROSTER_OUTCOME_NOT_DONE, "20035 - too short");
  service.status = 500;
  unclear = profile_set_password (service.profile, "x");
  assert_outcome (unclear, ROSTER_OUTCOME_UNKNOWN, "It is not known whether");
  /* The time of the last change tells. */
  service.ignores = FALSE;
  service.becomes = WSO2_USER ("\"lastPasswordUpdateTime\":\"1763820999000\"");
  done = profile_set_password (service.profile, "x");
  assert_outcome (done, ROSTER_OUTCOME_DONE, "The password was changed");
  service.later_status = 503;
  unknown = profile_set_password (service.profile, "x");
  assert_outcome (unknown, ROSTER_OUTCOME_UNKNOWN, "its state is not known");
  service.status = 0;
  unread = profile_set_password (service.profile, "x");
  assert_outcome (unread, ROSTER_OUTCOME_DONE, "its state is not known");
  user_double_tear_down (&service);
}

static void
test_typed_is_kept (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  guint n_gets;

  /* A reset reads the account again; that discards nothing and asks no more than it must. */
  user_double_set_up (&service, "wso2", active);
  n_gets = service.n_gets;
  service.becomes = pending;
  outcome = profile_invite (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "pending");
  g_assert_cmpuint (service.n_gets, ==, n_gets + 1);
  user_double_tear_down (&service);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/danger/deleted", test_deleted);
  g_test_add_func ("/directory/danger/deleted-before", test_deleted_before);
  g_test_add_func ("/directory/danger/delete-refused", test_delete_refused);
  g_test_add_func ("/directory/danger/delete-unclear", test_delete_unclear);
  g_test_add_func ("/directory/danger/invited", test_invited);
  g_test_add_func ("/directory/danger/invitation-ignored", test_invitation_ignored);
  g_test_add_func ("/directory/danger/invitation-fails", test_invitation_fails);
  g_test_add_func ("/directory/danger/no-invitation", test_no_invitation);
  g_test_add_func ("/directory/danger/password", test_password);
  g_test_add_func ("/directory/danger/password-fails", test_password_fails);
  g_test_add_func ("/directory/danger/typed-is-kept", test_typed_is_kept);
  return g_test_run ();
}
