/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a service lost or did not keep is shown, and set right in one step. */
#include "user-double.h"

#include <string.h>
#include "directory/roster-draft-private.h"
#include "support/roster-test-wait.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER
#define CORE       "\"id\":\"u1\",\"userName\":\"kim\""

static const char user[] =
  "{" CORE ",\"title\":\"Clerk\",\"name\":{\"formatted\":\"Kim M P\",\"givenName\":\"Kim\","
  "\"familyName\":\"P\",\"middleName\":\"M\"},\"n\":1.10}";

static void
type (UserDouble *service, const char *path, guint n, const char *text)
{
  profile_type (service->profile, roster_directory_get_schemas (service->directory), path, n, text);
}

static guint
count_changes (UserDouble *service)
{
  return roster_draft_get_n_changes (roster_profile_get_draft (service->profile));
}

static guint
count_differences (UserDouble *service)
{
  return g_list_model_get_n_items (roster_profile_get_differences (service->profile));
}

static void
assert_difference (
  UserDouble *service, guint n, const char *label, const char *meant, const char *shown)
{
  g_autoptr (RosterDifference) row =
    g_list_model_get_item (roster_profile_get_differences (service->profile), n);

  g_assert_nonnull (row);
  g_test_message ("%s", roster_difference_get_words (row));
  g_assert_cmpstr (roster_difference_get_label (row), ==, label);
  g_assert_cmpstr (roster_difference_get_meant_text (row), ==, meant);
  g_assert_cmpstr (roster_difference_get_shown_text (row), ==, shown);
}

static void
update (UserDouble *service, RosterOutcomeKind kind, RosterOutcomeOffer offer)
{
  g_autoptr (RosterOutcome) outcome = profile_update (service->profile);

  assert_outcome (outcome, kind, "");
  g_assert_cmpint (outcome->offer, ==, offer);
  g_assert_true (offer != ROSTER_OFFER_REPAIR || outcome->next_step != NULL);
}

static void
repair (UserDouble *service, RosterOutcomeKind kind, RosterOutcomeOffer offer, const char *words)
{
  g_autoptr (RosterOutcome) outcome = profile_repair (service->profile);

  assert_outcome (outcome, kind, words);
  g_assert_cmpint (outcome->offer, ==, offer);
}

static void
set_up_wiped (UserDouble *service, const char *dialect)
{
  user_double_set_up (service, dialect, user);
  service->wipes = TRUE;
  type (service, "name.givenName", 0, "Kimberly");
  update (service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_REPAIR);
  assert_at_service (service, "name", "{\"givenName\":\"Kimberly\"}");
  g_assert_cmpuint (count_differences (service), ==, 2);
  assert_difference (service, 0, "Family Name", "P", "");
  assert_difference (service, 1, "Middle Name", "M", "");
}

/* The service still loses what it is not sent, while it is repaired. */
static void
test_wiped (gconstpointer dialect)
{
  UserDouble service;

  set_up_wiped (&service, dialect);
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  g_assert_cmpuint (service.n_writes, ==, 2);
  g_assert_cmpuint (count_differences (&service), ==, 0);
  assert_at_service (&service, "name",
                     "{\"formatted\":\"Kim M P\",\"givenName\":\"Kimberly\",\"familyName\":\"P\","
                     "\"middleName\":\"M\"}");
  assert_at_service (&service, "title", "\"Clerk\"");
  assert_at_service (&service, "n", "1.10");
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "nothing to repair");
  g_assert_cmpuint (service.n_writes, ==, 2);
  user_double_tear_down (&service);
}

static void
test_ignored (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc", user);
  service.ignores = TRUE;
  type (&service, "title", 0, "Boss");
  type (&service, "name.middleName", 0, "");
  update (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR);
  assert_difference (&service, 0, "Title", "Boss", "Clerk");
  assert_difference (&service, 1, "Middle Name", "", "M");
  /* To no avail: what was typed is still there, and a third time is not offered. */
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_NONE, "does not keep what is written");
  g_assert_cmpuint (count_differences (&service), ==, 2);
  g_assert_cmpuint (count_changes (&service), ==, 2);
  service.ignores = FALSE;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  g_assert_cmpuint (count_changes (&service), ==, 0);
  g_assert_cmpuint (service.n_writes, ==, 3);
  assert_at_service (&service, "title", "\"Boss\"");
  assert_at_service (&service, "name.middleName", NULL);
  assert_at_service (&service, "name.familyName", "\"P\"");
  user_double_tear_down (&service);
}

static void
test_others_changed (void)
{
  UserDouble service;

  set_up_wiped (&service, "rfc");
  user_double_set_user (&service, "{" CORE ",\"title\":\"Theirs\",\"name\":{\"givenName\":"
                                  "\"Kimberly\",\"familyName\":\"Q\"}}");
  /* Theirs is shown before anything is written over it. */
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR, "Nothing of yours was written.");
  g_assert_cmpuint (service.n_writes, ==, 1);
  assert_difference (&service, 0, "Family Name", "P", "Q");
  assert_difference (&service, 1, "Middle Name", "M", "");
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, "name.familyName", "\"P\"");
  assert_at_service (&service, "title", "\"Theirs\"");
  user_double_tear_down (&service);

  /* They repaired it themselves. */
  set_up_wiped (&service, "rfc");
  user_double_set_user (&service, "{" CORE ",\"name\":{\"givenName\":\"Kimberly\","
                                  "\"familyName\":\"P\",\"middleName\":\"M\"}}");
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "has these values already");
  g_assert_cmpuint (service.n_writes, ==, 1);
  user_double_tear_down (&service);
}

/* Between our GET and our PATCH: the version tells, and nothing is repeated by itself. */
static void
test_version (void)
{
  UserDouble service;

  set_up_wiped (&service, "rfc");
  service.has_versions = TRUE;
  service.wipes = FALSE;
  user_double_set_user (&service, "{" CORE ",\"name\":{\"givenName\":\"Kimberly\"},"
                                  "\"meta\":{\"version\":\"7\"}}");
  service.meanwhile = "{" CORE ",\"name\":{\"givenName\":\"Theirs\"}}";
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR, "Nothing was changed.");
  g_assert_cmpuint (service.n_writes, ==, 2);
  assert_at_service (&service, "name", "{\"givenName\":\"Theirs\"}");
  g_assert_cmpuint (count_differences (&service), ==, 2);
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR, "Nothing of yours was written.");
  assert_difference (&service, 0, "Given Name", "Kimberly", "Theirs");
  user_double_tear_down (&service);
}

/* What is being edited is neither written nor lost by a repair. */
static void
test_edits_stay (void)
{
  UserDouble service;

  set_up_wiped (&service, "rfc");
  service.wipes = FALSE;
  type (&service, "title", 0, "Boss");
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, "title", "\"Clerk\"");
  g_assert_cmpuint (count_changes (&service), ==, 1);
  update (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE);
  assert_at_service (&service, "title", "\"Boss\"");
  assert_at_service (&service, "name.familyName", "\"P\"");
  user_double_tear_down (&service);
}

/* Refused in part: the edits wait in the form, and only what was lost beside them is repaired. */
static void
test_part (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc", user);
  type (&service, "name.givenName", 0, "Kimberly");
  type (&service, "title", 0, "Boss");
  service.status = 400;
  service.detail = "{\"detail\":\"No such title\"}";
  service.becomes = "{" CORE ",\"title\":\"Clerk\",\"name\":{\"givenName\":\"Kimberly\","
                    "\"formatted\":\"Kimberly P\"}}";
  update (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR);
  g_assert_cmpuint (count_changes (&service), ==, 1);
  service.status = 0;
  service.becomes = NULL;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, "title", "\"Clerk\"");
  assert_at_service (&service, "name.middleName", "\"M\"");
  /* The service makes it: ours would be out of date. */
  g_assert_null (strstr (service.body, "formatted"));
  g_assert_cmpuint (count_changes (&service), ==, 1);
  user_double_tear_down (&service);
}

static void
test_fails (void)
{
  UserDouble service;

  set_up_wiped (&service, "rfc");
  service.wipes = FALSE;
  service.status = 500;
  service.detail = "{\"detail\":\"Out of order\"}";
  service.ignores = TRUE;
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR, "Out of order");
  g_assert_cmpuint (count_differences (&service), ==, 2);
  service.ignores = FALSE;
  service.later_status = 503;
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_REPAIR, "Nothing was sent.");
  g_assert_cmpuint (service.n_writes, ==, 2);
  service.later_status = 0;
  service.drops = TRUE;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, "name.middleName", "\"M\"");
  user_double_tear_down (&service);

  set_up_wiped (&service, "rfc");
  g_clear_pointer (&service.user, scim_resource_unref);
  repair (&service, ROSTER_OUTCOME_NOT_DONE, ROSTER_OFFER_NONE, "does not exist any more");
  g_assert_true (roster_profile_get_gone (service.profile));
  user_double_tear_down (&service);
}

/* An extension is an object too. */
static void
test_extension (gconstpointer dialect)
{
  UserDouble service;

  user_double_set_up (&service, dialect,
                      "{" CORE ",\"" ENTERPRISE "\":{\"department\":\"D\",\"costCenter\":\"C\","
                      "\"employeeNumber\":\"7\",\"manager\":{\"value\":\"m\"}}}");
  type (&service, ENTERPRISE ":department", 0, "E");
  service.becomes = "{" CORE ",\"" ENTERPRISE "\":{\"department\":\"E\"}}";
  update (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_REPAIR);
  g_assert_cmpuint (count_differences (&service), ==, 3);
  service.becomes = NULL;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  /* All of it in one operation: the next would lose the one before. */
  g_assert_null (strstr (strstr (service.body, "\"op\"") + 1, "\"op\""));
  assert_at_service (&service, ENTERPRISE ":department", "\"E\"");
  assert_at_service (&service, ENTERPRISE ":costCenter", "\"C\"");
  assert_at_service (&service, ENTERPRISE ":employeeNumber", "\"7\"");
  assert_at_service (&service, ENTERPRISE ":manager.value", "\"m\"");
  user_double_tear_down (&service);
}

/* What only the service writes is neither missed nor sent. */
static void
test_read_only (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc",
                      "{" CORE ",\"" ENTERPRISE "\":{\"manager\":{\"value\":\"m\","
                      "\"$ref\":\"/m\",\"displayName\":\"Mo\"}}}");
  roster_draft_edit (roster_profile_get_draft (service.profile), ENTERPRISE ":manager.value", "n",
                     "\"n\"", TRUE);
  service.becomes = "{" CORE ",\"" ENTERPRISE "\":{\"manager\":{\"displayName\":\"Nobody\"}}}";
  update (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_REPAIR);
  g_assert_cmpuint (count_differences (&service), ==, 1);
  service.becomes = NULL;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, ENTERPRISE ":manager.value", "\"n\"");
  g_assert_null (strstr (service.body, "Nobody"));
  user_double_tear_down (&service);
}

static void
test_values (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc",
                      "{" CORE ",\"emails\":[{\"value\":\"a@x\",\"type\":\"work\","
                      "\"display\":\"A\"},{\"value\":\"b@x\",\"type\":\"home\"}]}");
  type (&service, "emails", 0, "new@x");
  service.becomes =
    "{" CORE ",\"emails\":[{\"value\":\"new@x\"},{\"value\":\"b@x\",\"type\":\"home\"}]}";
  update (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_REPAIR);
  g_assert_cmpuint (count_differences (&service), ==, 2);
  assert_difference (&service, 0, "E-mail Addresses", "work", "");
  assert_difference (&service, 1, "E-mail Addresses", "A", "");
  service.becomes = NULL;
  repair (&service, ROSTER_OUTCOME_DONE, ROSTER_OFFER_NONE, "The profile was repaired");
  assert_at_service (&service, "emails",
                     "[{\"value\":\"new@x\",\"type\":\"work\",\"display\":\"A\"},"
                     "{\"value\":\"b@x\",\"type\":\"home\"}]");
  user_double_tear_down (&service);
}

static void
test_cancelled (void)
{
  UserDouble service;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_up_wiped (&service, "rfc");
  roster_profile_repair_async (service.profile, cancellable, roster_test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (
    roster_profile_repair_finish (service.profile, roster_test_wait_result (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service.n_writes, ==, 1);
  g_assert_cmpuint (count_differences (&service), ==, 2);
  user_double_tear_down (&service);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/directory/repair/wiped/rfc", "rfc", test_wiped);
  g_test_add_data_func ("/directory/repair/wiped/wso2", "wso2", test_wiped);
  g_test_add_func ("/directory/repair/ignored", test_ignored);
  g_test_add_func ("/directory/repair/others-changed", test_others_changed);
  g_test_add_func ("/directory/repair/version", test_version);
  g_test_add_func ("/directory/repair/edits-stay", test_edits_stay);
  g_test_add_func ("/directory/repair/part", test_part);
  g_test_add_func ("/directory/repair/fails", test_fails);
  g_test_add_data_func ("/directory/repair/extension/rfc", "rfc", test_extension);
  g_test_add_data_func ("/directory/repair/extension/wso2", "wso2", test_extension);
  g_test_add_func ("/directory/repair/read-only", test_read_only);
  g_test_add_func ("/directory/repair/values", test_values);
  g_test_add_func ("/directory/repair/cancelled", test_cancelled);
  return g_test_run ();
}
