/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "user-double.h"

#include <string.h>
#include "support/roster-test-wait.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER
#define SYSTEM     SCIM_URN_WSO2_SYSTEM

static const char rfc_user[] =
  "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Clerk\",\"nickName\":\"K\","
  "\"name\":{\"givenName\":\"Kim\",\"familyName\":\"P\",\"middleName\":\"M\"},"
  "\"emails\":[{\"value\":\"a@x.org\",\"type\":\"work\",\"primary\":true},"
  "{\"value\":\"b@x.org\",\"type\":\"home\"}],"
  "\"meta\":{\"version\":\"W/\\\"7\\\"\"},\"n\":1.10}";

static const char wso2_user[] =
  "{\"id\":\"u1\",\"userName\":\"DEFAULT/kim@x.org\",\"title\":\"Clerk\","
  "\"name\":{\"givenName\":\"Kim\",\"familyName\":\"P\"},"
  "\"emails\":[\"kim@x.org\"],"
  "\"" SYSTEM "\":{\"accountLocked\":\"false\",\"lastPasswordUpdateTime\":\"1763820900000\"}}";

#define ERROR_BODY(words) "{\"detail\":\"" words "\",\"status\":\"400\"}"

static void
type_nth (UserDouble *service, const char *path, guint n, const char *text)
{
  profile_type (service->profile, roster_directory_get_schemas (service->directory), path, n, text);
}

static void
type (UserDouble *service, const char *path, const char *text)
{
  type_nth (service, path, 0, text);
}

static guint
count_changes (UserDouble *service)
{
  return roster_draft_get_n_changes (roster_profile_get_draft (service->profile));
}

static char *
dup_text (UserDouble *service, const char *path)
{
  return scim_resource_dup_text (service->user, path);
}

static void
test_facts (void)
{
  UserDouble service;
  g_autofree char *status = NULL;

  user_double_set_up (&service, "wso2", wso2_user);
  g_assert_cmpstr (roster_profile_get_id (service.profile), ==, "u1");
  g_assert_cmpstr (roster_profile_get_title (service.profile), ==, "Kim P");
  g_assert_cmpstr (roster_profile_get_user_name (service.profile), ==, "DEFAULT/kim@x.org");
  g_assert_cmpstr (roster_profile_get_plain_user_name (service.profile), ==, "kim@x.org");
  g_assert_cmpstr (roster_profile_get_user_store (service.profile), ==, "DEFAULT");
  g_assert_cmpstr (roster_profile_get_address (service.profile), ==, "kim@x.org");
  status = roster_profile_dup_status_text (service.profile);
  g_assert_cmpstr (status, ==, "Active");
  g_assert_false (roster_profile_get_account (service.profile)->read_only);
  /* The user, and what must be asked for; the latter was refused and is not known. */
  g_assert_cmpuint (service.n_gets, ==, 2);
  user_double_tear_down (&service);
}

static void
test_read_only_store (void)
{
  UserDouble service;
  g_autoptr (RosterProfile) profile = NULL;
  g_autofree char *reason = NULL;

  user_double_set_up (&service, "wso2", wso2_user);
  service.extra = "{\"id\":\"u1\",\"" SYSTEM "\":{\"isReadOnlyUser\":\"true\"}}";
  profile = profile_load (service.directory, "u1");
  g_assert_true (roster_profile_get_account (profile)->read_only);
  g_assert_cmpstr (roster_profile_get_title (profile), ==, "Kim P");
  g_assert_false (roster_profile_allows (profile, ROSTER_VERB_UPDATE, &reason));
  g_assert_nonnull (reason);
  g_clear_object (&profile);
  user_double_tear_down (&service);
}

static void
test_confirms (void)
{
  UserDouble service;

  user_double_set_up (&service, "wso2",
                      "{\"id\":\"u1\",\"userName\":\"DEFAULT/jos\\u00e9\",\"emails\":[\"x\"]}");
  g_assert_true (roster_profile_confirms (service.profile, "DEFAULT/josé"));
  g_assert_true (roster_profile_confirms (service.profile, "DEFAULT/jose\xcc\x81"));
  g_assert_true (roster_profile_confirms (service.profile, "josé"));
  g_assert_false (roster_profile_confirms (service.profile, "José"));
  g_assert_false (roster_profile_confirms (service.profile, "default/josé"));
  g_assert_false (roster_profile_confirms (service.profile, "josé "));
  g_assert_false (roster_profile_confirms (service.profile, ""));
  g_assert_false (roster_profile_confirms (service.profile, NULL));
  g_assert_false (roster_profile_confirms (service.profile, "\xff"));
  /* No address to invite to. */
  g_assert_null (roster_profile_get_address (service.profile));
  user_double_tear_down (&service);
}

/* What the service calls a person must not turn itself around before the eye of whoever confirms.
 */
static void
test_shown (void)
{
  static const char user[] = "{\"id\":\"u1\",\"userName\":\"jo\\u202enimda\","
                             "\"emails\":[{\"value\":\"a\\u202eb@example.org\"}]}";
  UserDouble service;
  RosterProfile *profile;

  user_double_set_up (&service, "rfc", user);
  profile = service.profile;
  g_assert_cmpstr (roster_profile_get_user_name (profile), ==, "jo\xe2\x80\xaenimda");
  g_assert_cmpstr (roster_profile_get_shown_user_name (profile), ==, "jo\xef\xbf\xbdnimda");
  g_assert_cmpstr (roster_profile_get_address (profile), ==,
                   "a\xef\xbf\xbd"
                   "b@example.org");
  g_assert_true (roster_profile_confirms (profile, "jo\xe2\x80\xaenimda"));
  g_assert_false (roster_profile_confirms (profile, "jo\xef\xbf\xbdnimda"));

  /* A dialog may hold the profile longer than anybody the directory. */
  g_object_ref (profile);
  user_double_tear_down (&service);
  g_assert_true (roster_profile_confirms (profile, "jo\xe2\x80\xaenimda"));
  g_assert_finalize_object (profile);
}

static void
count_cb (RosterProfile *profile, guint *n)
{
  (*n)++;
}

static void
test_update (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  g_autofree char *title = NULL;
  g_autofree char *number = NULL;
  guint n = 0;

  user_double_set_up (&service, "rfc", rfc_user);
  g_signal_connect (service.profile, "reloaded", G_CALLBACK (count_cb), &n);
  type (&service, "title", "Boss");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_null (outcome->body);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (service.n_writes, ==, 1);
  g_assert_cmpstr (service.if_match, ==, "W/\"7\"");
  /* Only what changed travels. */
  g_assert_nonnull (strstr (service.body, "title"));
  g_assert_null (strstr (service.body, "Kim"));
  g_assert_cmpuint (count_changes (&service), ==, 0);
  title = dup_text (&service, "title");
  g_assert_cmpstr (title, ==, "Boss");
  number = dup_text (&service, "n");
  g_assert_cmpstr (number, ==, "1.10");
  user_double_tear_down (&service);
}

static gboolean
is_renamed (gpointer users)
{
  g_autoptr (RosterUserRow) row = g_list_model_get_item (users, 0);

  return g_strcmp0 (roster_user_row_get_title (row), "Kimberly P") == 0;
}

static void
test_row (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  RosterUsers *users;

  user_double_set_up (&service, "rfc",
                      "{\"id\":\"u1\",\"userName\":\"kim\",\"displayName\":\"Kim P\"}");
  users = roster_directory_get_users (service.directory);
  type (&service, "displayName", "Kimberly P");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_cmpstr (roster_profile_get_title (service.profile), ==, "Kimberly P");
  roster_test_wait (is_renamed, users);
  user_double_tear_down (&service);
}

static void
test_update_by_wso2 (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "wso2", wso2_user);
  type (&service, "emails", "new@x.org");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_nonnull (strstr (service.body, "{\"emails\":[\"new@x.org\"]}"));
  g_assert_cmpstr (roster_profile_get_address (service.profile), ==, "new@x.org");
  user_double_tear_down (&service);
}

static void
test_others_changed (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) conflict = NULL;
  g_autoptr (RosterOutcome) again = NULL;
  g_autoptr (RosterConflictItem) item = NULL;
  g_autoptr (RosterOutcome) done = NULL;
  g_autofree char *title = NULL;
  g_autofree char *nick = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  user_double_set_user (&service, "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Theirs\","
                                  "\"nickName\":\"T\"}");
  conflict = profile_update (service.profile);
  assert_outcome (conflict, ROSTER_OUTCOME_NOT_DONE, "Title is now “Theirs”");
  g_assert_cmpuint (service.n_writes, ==, 0);
  /* What was typed stays; nothing overwrites theirs before that was chosen. */
  g_assert_cmpuint (count_changes (&service), ==, 1);
  again = profile_update (service.profile);
  assert_outcome (again, ROSTER_OUTCOME_NOT_DONE, "Title is now “Theirs”");
  g_assert_cmpuint (service.n_writes, ==, 0);
  item = g_list_model_get_item (roster_profile_get_conflicts (service.profile), 0);
  roster_conflict_item_set_choice (item, ROSTER_CHOICE_MINE);
  g_assert_true (roster_profile_resolve (service.profile));
  done = profile_update (service.profile);
  assert_outcome (done, ROSTER_OUTCOME_DONE, "The profile was updated");
  title = dup_text (&service, "title");
  nick = dup_text (&service, "nickName");
  g_assert_cmpstr (title, ==, "Boss");
  g_assert_cmpstr (nick, ==, "T");
  user_double_tear_down (&service);
}

static void
test_others_changed_more (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  g_autoptr (RosterOutcome) same = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  /* Another attribute: theirs and ours both stay. */
  type (&service, "title", "Boss");
  user_double_set_user (&service, "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Clerk\","
                                  "\"nickName\":\"T\"}");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  /* Somebody else made the same change. */
  type (&service, "title", "Chief");
  user_double_set_user (&service, "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Chief\"}");
  same = profile_update (service.profile);
  assert_outcome (same, ROSTER_OUTCOME_DONE, "has these values already");
  g_assert_cmpuint (service.n_writes, ==, 1);
  g_assert_cmpuint (count_changes (&service), ==, 0);
  user_double_tear_down (&service);
}

static void
test_refused (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  g_autoptr (RosterOutcome) part = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  service.status = 400;
  service.detail = ERROR_BODY ("Titles are <b>dear</b>");
  service.ignores = TRUE;
  type (&service, "title", "Boss");
  type (&service, "nickName", "B");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "Titles are <b>dear</b>");
  g_assert_nonnull (strstr (outcome->body, "Nothing was changed."));
  g_assert_cmpuint (count_changes (&service), ==, 2);

  /* WSO2's PATCH is not atomic: a refusal that changed something. */
  service.ignores = FALSE;
  service.becomes = "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Boss\",\"nickName\":\"K\"}";
  part = profile_update (service.profile);
  assert_outcome (part, ROSTER_OUTCOME_NOT_DONE, "Only a part of the changes was made");
  g_assert_nonnull (strstr (part->body, "“K” for Nickname instead of “B”"));
  /* The part that is missing is what is left to do. */
  g_assert_cmpuint (count_changes (&service), ==, 1);
  user_double_tear_down (&service);
}

static void
test_unclear (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) done = NULL;
  g_autoptr (RosterOutcome) not_done = NULL;
  g_autoptr (RosterOutcome) unknown = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  service.drops = TRUE;
  service.ignores = TRUE;
  not_done = profile_update (service.profile);
  assert_outcome (not_done, ROSTER_OUTCOME_NOT_DONE, "Nothing was changed.");
  service.ignores = FALSE;
  done = profile_update (service.profile);
  assert_outcome (done, ROSTER_OUTCOME_DONE, "The service shows all changes nevertheless.");
  g_assert_cmpuint (count_changes (&service), ==, 0);
  user_double_tear_down (&service);

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  service.drops = TRUE;
  service.later_status = 503;
  unknown = profile_update (service.profile);
  assert_outcome (unknown, ROSTER_OUTCOME_UNKNOWN, "It is not known whether");
  g_assert_cmpuint (count_changes (&service), ==, 1);
  user_double_tear_down (&service);
}

static void
test_unread (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  service.later_status = 503;
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_UNKNOWN, "could not be read back");
  g_assert_cmpuint (count_changes (&service), ==, 1);
  user_double_tear_down (&service);
}

static void
test_not_kept (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) ignored = NULL;
  g_autoptr (RosterOutcome) differs = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "name.givenName", "Kimberly");
  service.ignores = TRUE;
  ignored = profile_update (service.profile);
  assert_outcome (ignored, ROSTER_OUTCOME_NOT_DONE, "did not make it");
  g_assert_cmpuint (count_changes (&service), ==, 1);

  /* Replaced whole: a sibling is gone; and another form of what was meant. */
  service.ignores = FALSE;
  service.becomes = "{\"id\":\"u1\",\"userName\":\"kim\",\"title\":\"Clerk\",\"nickName\":\"K\","
                    "\"name\":{\"givenName\":\"KIMBERLY\",\"familyName\":\"P\"}}";
  differs = profile_update (service.profile);
  g_assert_cmpstr (differs->title, ==, "The profile was updated, with differences");
  assert_outcome (differs, ROSTER_OUTCOME_DONE,
                  "kept “KIMBERLY” for Given Name instead of “Kimberly”");
  g_assert_nonnull (strstr (differs->body, "did not keep “M” for Middle Name"));
  g_assert_cmpuint (count_changes (&service), ==, 0);
  user_double_tear_down (&service);
}

static void
test_values_not_kept (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) pending = NULL;
  g_autoptr (RosterOutcome) lost = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type_nth (&service, "emails", 1, "new@x.org");
  service.becomes = "{\"id\":\"u1\",\"userName\":\"kim\","
                    "\"emails\":[\"a@x.org\",{\"value\":\"b@x.org\",\"type\":\"home\"}],"
                    "\"" SYSTEM "\":{\"pendingEmails\":[{\"value\":\"new@x.org\"}]}}";
  pending = profile_update (service.profile);
  assert_outcome (pending, ROSTER_OUTCOME_DONE, "“new@x.org” is waiting for confirmation");
  g_assert_null (strstr (pending->body, "did not keep"));
  g_assert_null (strstr (pending->body, "still has"));

  service.becomes = "{\"id\":\"u1\",\"userName\":\"kim\",\"emails\":[\"a@x.org\"]}";
  type_nth (&service, "emails", 1, "again@x.org");
  lost = profile_update (service.profile);
  assert_outcome (lost, ROSTER_OUTCOME_DONE, "did not keep “again@x.org” for E-mail");
  user_double_tear_down (&service);
}

static void
test_invalid (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;
  guint n_gets;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "emails", "nonsense");
  n_gets = service.n_gets;
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "Nothing was sent.");
  g_assert_cmpuint (service.n_gets, ==, n_gets);
  user_double_tear_down (&service);
}

static void
test_cancelled (void)
{
  UserDouble service;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  roster_profile_update_async (service.profile, cancellable, roster_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  outcome =
    roster_profile_update_finish (service.profile, roster_test_wait_result (&result), &error);
  g_assert_null (outcome);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.n_writes, ==, 0);
  g_assert_cmpuint (count_changes (&service), ==, 1);
  user_double_tear_down (&service);
}

static void
test_gone (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  type (&service, "title", "Boss");
  g_clear_pointer (&service.user, scim_resource_unref);
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "does not exist any more");
  user_double_tear_down (&service);
}

static void
test_closed (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) update = NULL;
  g_autoptr (RosterOutcome) delete = NULL;
  g_autoptr (RosterOutcome) password = NULL;

  user_double_set_up (&service, "rfc", rfc_user);
  roster_directory_close (service.directory);
  update = profile_update (service.profile);
  assert_outcome (update, ROSTER_OUTCOME_NOT_DONE, "Nothing was sent.");
  delete = profile_delete (service.profile, "kim");
  assert_outcome (delete, ROSTER_OUTCOME_NOT_DONE, "Nothing was sent.");
  password = profile_set_password (service.profile, "x");
  assert_outcome (password, ROSTER_OUTCOME_NOT_DONE, "Nothing was sent.");
  g_assert_cmpuint (service.n_writes, ==, 0);
  user_double_tear_down (&service);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/profile/facts", test_facts);
  g_test_add_func ("/directory/profile/read-only-store", test_read_only_store);
  g_test_add_func ("/directory/profile/confirms", test_confirms);
  g_test_add_func ("/directory/profile/shown", test_shown);
  g_test_add_func ("/directory/profile/update", test_update);
  g_test_add_func ("/directory/profile/row", test_row);
  g_test_add_func ("/directory/profile/update-by-wso2", test_update_by_wso2);
  g_test_add_func ("/directory/profile/others-changed", test_others_changed);
  g_test_add_func ("/directory/profile/others-changed-more", test_others_changed_more);
  g_test_add_func ("/directory/profile/refused", test_refused);
  g_test_add_func ("/directory/profile/unclear", test_unclear);
  g_test_add_func ("/directory/profile/unread", test_unread);
  g_test_add_func ("/directory/profile/not-kept", test_not_kept);
  g_test_add_func ("/directory/profile/values-not-kept", test_values_not_kept);
  g_test_add_func ("/directory/profile/invalid", test_invalid);
  g_test_add_func ("/directory/profile/cancelled", test_cancelled);
  g_test_add_func ("/directory/profile/gone", test_gone);
  g_test_add_func ("/directory/profile/closed", test_closed);
  return g_test_run ();
}
