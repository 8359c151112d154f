/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A colleague was faster: changed something, or deleted the user. */
#include "user-double.h"

#include <string.h>
#include "directory/roster-draft-private.h"
#include "support/roster-test-wait.h"

#define CORE "\"id\":\"u1\",\"userName\":\"kim\""

static const char user[] = "{" CORE ",\"title\":\"Clerk\",\"nickName\":\"K\",\"active\":true,"
                           "\"meta\":{\"version\":\"W/\\\"7\\\"\"},\"n\":1.10}";

static void
type (UserDouble *service, const char *path, guint n, const char *text)
{
  profile_type (service->profile, roster_directory_get_schemas (service->directory), path, n, text);
}

static RosterDraft *
get_draft (UserDouble *service)
{
  return roster_profile_get_draft (service->profile);
}

static RosterValues *
get_emails (UserDouble *service)
{
  return roster_draft_get_values (get_draft (service), "emails", TRUE);
}

static RosterValue *
get_email (UserDouble *service, guint n)
{
  return g_ptr_array_index (get_emails (service)->values, n);
}

static void
add_email (UserDouble *service, const char *address)
{
  g_autofree char *raw = g_strdup_printf ("\"%s\"", address);

  roster_draft_edit_value (get_draft (service),
                           roster_draft_add_value (get_draft (service), get_emails (service)),
                           "value", address, raw, TRUE);
}

static void
expect_conflict (UserDouble *service, guint n)
{
  guint n_writes = service->n_writes;
  g_autoptr (RosterOutcome) outcome = profile_update (service->profile);

  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "Somebody else changed");
  g_assert_cmpint (outcome->offer, ==, ROSTER_OFFER_RESOLVE);
  g_assert_cmpuint (service->n_writes, ==, n_writes);
  g_assert_cmpuint (g_list_model_get_n_items (roster_profile_get_conflicts (service->profile)), ==,
                    n);
}

static void
choose (UserDouble *service, guint n, RosterChoice choice)
{
  g_autoptr (RosterConflictItem) item =
    g_list_model_get_item (roster_profile_get_conflicts (service->profile), n);

  roster_conflict_item_set_choice (item, choice);
}

static void
assert_texts (UserDouble *service, guint n, const char *base, const char *theirs, const char *mine)
{
  g_autoptr (RosterConflictItem) item =
    g_list_model_get_item (roster_profile_get_conflicts (service->profile), n);

  g_assert_cmpstr (roster_conflict_item_get_base_text (item), ==, base);
  g_assert_cmpstr (roster_conflict_item_get_theirs_text (item), ==, theirs);
  g_assert_cmpstr (roster_conflict_item_get_mine_text (item), ==, mine);
}

static void
resolve_and_update (UserDouble *service)
{
  g_autoptr (RosterOutcome) outcome = NULL;

  g_assert_true (roster_profile_resolve (service->profile));
  g_assert_cmpuint (g_list_model_get_n_items (roster_profile_get_conflicts (service->profile)), ==,
                    0);
  if (roster_draft_get_n_changes (get_draft (service)) == 0)
    return;
  outcome = profile_update (service->profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "");
  g_assert_null (outcome->body);
}

static void
count_cb (guint *n)
{
  (*n)++;
}

static void
test_choices (void)
{
  UserDouble service;
  g_autoptr (RosterConflictItem) item = NULL;
  guint n = 0;

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  type (&service, "nickName", 0, "Mine");
  type (&service, "active", 0, "false");
  user_double_set_user (&service, "{" CORE ",\"title\":\"Theirs\",\"nickName\":\"Their \\u202e\","
                                  "\"displayName\":\"D\",\"n\":2.20}");
  expect_conflict (&service, 3);
  assert_texts (&service, 0, "Clerk", "Theirs", "Boss");
  assert_texts (&service, 1, "K", "Their \xef\xbf\xbd", "Mine");
  assert_texts (&service, 2, "Yes", "", "No");
  /* Nothing is chosen for anybody, and everything must be. */
  g_assert_false (roster_profile_resolve (service.profile));
  item = g_list_model_get_item (roster_profile_get_conflicts (service.profile), 0);
  g_assert_cmpstr (roster_conflict_item_get_label (item), ==, "Title");
  g_signal_connect_swapped (item, "notify::choice", G_CALLBACK (count_cb), &n);
  choose (&service, 0, ROSTER_CHOICE_MINE);
  choose (&service, 1, ROSTER_CHOICE_THEIRS);
  g_assert_cmpuint (n, ==, 1);
  g_assert_false (roster_profile_resolve (service.profile));
  choose (&service, 2, ROSTER_CHOICE_BASE);
  g_assert_cmpuint (roster_draft_get_n_changes (get_draft (&service)), ==, 3);
  resolve_and_update (&service);
  g_assert_cmpuint (service.n_writes, ==, 1);
  assert_at_service (&service, "title", "\"Boss\"");
  assert_at_service (&service, "nickName", "\"Their \\u202e\"");
  assert_at_service (&service, "active", "true");
  assert_at_service (&service, "displayName", "\"D\"");
  assert_at_service (&service, "n", "2.20");
  user_double_tear_down (&service);
}

/* They changed it again before the choice was written. */
static void
test_again (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  user_double_set_user (&service, "{" CORE ",\"title\":\"One\"}");
  expect_conflict (&service, 1);
  choose (&service, 0, ROSTER_CHOICE_MINE);
  g_assert_true (roster_profile_resolve (service.profile));
  user_double_set_user (&service, "{" CORE ",\"title\":\"Two\"}");
  expect_conflict (&service, 1);
  assert_texts (&service, 0, "One", "Two", "Boss");
  /* Put back in the form: then there is nothing to choose, and nothing to write. */
  roster_draft_discard (get_draft (&service));
  type (&service, "nickName", 0, "N");
  choose (&service, 0, ROSTER_CHOICE_THEIRS);
  resolve_and_update (&service);
  assert_at_service (&service, "title", "\"Two\"");
  assert_at_service (&service, "nickName", "\"N\"");
  user_double_tear_down (&service);
}

#define WORK(more)        "{\"value\":\"w@x\",\"type\":\"work\"" more "}"
#define HOME(value, more) "{\"value\":\"" value "\",\"type\":\"home\"" more "}"
#define EMAILS(list)      "{" CORE ",\"emails\":[" list "]}"

static void
test_values_merge (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  /* They added one and changed another; that is no conflict. */
  user_double_set_up (&service, "rfc", EMAILS (WORK ("") "," HOME ("h@x", "")));
  type (&service, "emails", 1, "mine@x");
  add_email (&service, "new@x");
  user_double_set_user (
    &service, EMAILS ("{\"value\":\"c@x\"}," HOME ("h@x", "") "," WORK (",\"display\":\"W\"")));
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  assert_at_service (&service, "emails[value eq \"c@x\"].value", "\"c@x\"");
  assert_at_service (&service, "emails[type eq \"home\"].value", "\"mine@x\"");
  assert_at_service (&service, "emails[type eq \"work\"].display", "\"W\"");
  assert_at_service (&service, "emails[value eq \"new@x\"].value", "\"new@x\"");
  g_assert_cmpuint (scim_node_get_size (scim_resource_get (service.user, "emails")), ==, 4);
  user_double_tear_down (&service);
}

static void
test_values_both_removed (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", EMAILS (WORK ("") "," HOME ("h@x", "")));
  roster_draft_remove_value (get_draft (&service), get_emails (&service), get_email (&service, 1));
  add_email (&service, "new@x");
  user_double_set_user (&service, EMAILS (WORK ("") ",{\"value\":\"c@x\"}"));
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "The profile was updated");
  assert_at_service (&service, "emails",
                     "[" WORK ("") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]");
  user_double_tear_down (&service);
}

typedef struct
{
  const char *theirs;
  gboolean removes; /* I remove the second value, or change it to mine@x */
  const char *mine_text;
  const char *theirs_text;
  const char *base_text;
  const char *mine;
  const char *base;
  const char *kept; /* by theirs */
} ValueCase;

/* Both sides touched the second value; "new@x" is mine and "c@x" theirs, whatever is chosen. */
static const ValueCase value_cases[] = {
  { EMAILS (WORK ("") "," HOME ("t@x", ",\"display\":\"T\"") ",{\"value\":\"c@x\"}"), FALSE,
    "w@x (Work), mine@x (Home), c@x, new@x", "w@x (Work), t@x (Home), c@x, new@x",
    "w@x (Work), h@x (Home), c@x, new@x",
    "[" WORK ("") "," HOME ("mine@x",
                            ",\"display\":\"T\"") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]",
    "[" WORK ("") "," HOME ("h@x", "") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]",
    "[" WORK ("") "," HOME ("t@x",
                            ",\"display\":\"T\"") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]" },
  { EMAILS (WORK ("") ",{\"value\":\"c@x\"}"), FALSE, "w@x (Work), c@x, new@x, mine@x",
    "w@x (Work), c@x, new@x", "w@x (Work), c@x, new@x, h@x (Home)",
    "[" WORK ("") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"},{\"value\":\"mine@x\"}]",
    "[" WORK ("") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}," HOME ("h@x", "") "]",
    "[" WORK ("") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]" },
  { EMAILS (WORK ("") ",{\"value\":\"c@x\"}," HOME ("t@x", "")), TRUE, "w@x (Work), c@x, new@x",
    "w@x (Work), c@x, t@x (Home), new@x", "w@x (Work), c@x, h@x (Home), new@x",
    "[" WORK ("") ",{\"value\":\"c@x\"},{\"value\":\"new@x\"}]",
    "[" WORK ("") ",{\"value\":\"c@x\"}," HOME ("h@x", "") ",{\"value\":\"new@x\"}]",
    "[" WORK ("") ",{\"value\":\"c@x\"}," HOME ("t@x", "") ",{\"value\":\"new@x\"}]" },
};

static void
run_value_case (const ValueCase *test, RosterChoice choice, const char *expected)
{
  UserDouble service;

  user_double_set_up (&service, "rfc", EMAILS (WORK ("") "," HOME ("h@x", "")));
  if (test->removes)
    roster_draft_remove_value (get_draft (&service), get_emails (&service),
                               get_email (&service, 1));
  else
    type (&service, "emails", 1, "mine@x");
  add_email (&service, "new@x");
  user_double_set_user (&service, test->theirs);
  expect_conflict (&service, 1);
  assert_texts (&service, 0, test->base_text, test->theirs_text, test->mine_text);
  choose (&service, 0, choice);
  resolve_and_update (&service);
  assert_at_service (&service, "emails", expected);
  user_double_tear_down (&service);
}

static void
test_values_choices (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_cases); i++)
    {
      run_value_case (&value_cases[i], ROSTER_CHOICE_MINE, value_cases[i].mine);
      run_value_case (&value_cases[i], ROSTER_CHOICE_THEIRS, value_cases[i].kept);
      run_value_case (&value_cases[i], ROSTER_CHOICE_BASE, value_cases[i].base);
    }
}

/* Both made another value the primary one: exactly one is. */
static void
test_values_primary (void)
{
  static const struct
  {
    RosterChoice choice;
    const char *primary;
  } cases[] = {
    { ROSTER_CHOICE_MINE, "\"h@x\"" },
    { ROSTER_CHOICE_THEIRS, "\"c@x\"" },
    { ROSTER_CHOICE_BASE, "\"w@x\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      UserDouble service;
      guint n = 0;

      user_double_set_up (&service, "rfc",
                          EMAILS (WORK (",\"primary\":true") "," HOME ("h@x", "")));
      roster_draft_set_primary (get_draft (&service), get_emails (&service),
                                get_email (&service, 1));
      user_double_set_user (&service, EMAILS (WORK ("") "," HOME ("h@x", "") ",{\"value\":\"c@x\","
                                                                             "\"primary\":true}"));
      expect_conflict (&service, 1);
      choose (&service, 0, cases[i].choice);
      resolve_and_update (&service);
      assert_at_service (&service, "emails[primary eq true].value", cases[i].primary);
      for (ScimNode email = scim_node_get_first (scim_resource_get (service.user, "emails"));
           scim_node_exists (email); email = scim_node_get_next (email))
        {
          gboolean on = FALSE;

          scim_node_get_boolean (scim_node_get_member (email, "primary"), &on);
          n += on ? 1 : 0;
        }
      g_assert_cmpuint (n, ==, 1);
      user_double_tear_down (&service);
    }
}

/* With my choice of another primary value goes what followed from it. */
static void
test_values_implied (void)
{
  UserDouble service;

  user_double_set_up (&service, "rfc", EMAILS (WORK (",\"primary\":true") "," HOME ("h@x", "")));
  roster_draft_set_primary (get_draft (&service), get_emails (&service), get_email (&service, 1));
  user_double_set_user (&service,
                        EMAILS (WORK (",\"primary\":true") "," HOME ("h@x", ",\"display\":\"H\"")));
  expect_conflict (&service, 1);
  choose (&service, 0, ROSTER_CHOICE_THEIRS);
  g_assert_true (roster_profile_resolve (service.profile));
  g_assert_cmpuint (roster_draft_get_n_changes (get_draft (&service)), ==, 0);
  g_assert_true (roster_value_get_primary (get_email (&service, 0)));
  user_double_tear_down (&service);
}

static void
test_version (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) merged = NULL;
  g_autoptr (RosterOutcome) same = NULL;
  g_autofree char *first = NULL;

  user_double_set_up (&service, "rfc", user);
  service.has_versions = TRUE;
  /* Something else changed between our GET and our PATCH: once more, with the new version. */
  type (&service, "title", 0, "Boss");
  service.meanwhile = "{" CORE ",\"title\":\"Clerk\",\"nickName\":\"T\"}";
  merged = profile_update (service.profile);
  assert_outcome (merged, ROSTER_OUTCOME_DONE, "The profile was updated");
  g_assert_cmpuint (service.n_writes, ==, 2);
  g_assert_cmpstr (service.if_match, !=, "W/\"7\"");
  assert_at_service (&service, "title", "\"Boss\"");
  assert_at_service (&service, "nickName", "\"T\"");

  /* They made the very same change. */
  type (&service, "title", 0, "Chief");
  service.meanwhile = "{" CORE ",\"title\":\"Chief\"}";
  same = profile_update (service.profile);
  assert_outcome (same, ROSTER_OUTCOME_DONE, "has these values already");
  g_assert_cmpuint (service.n_writes, ==, 3);

  /* What is edited here changed: a conflict as every other, and not a second PATCH. */
  type (&service, "title", 0, "Mine");
  service.meanwhile = "{" CORE ",\"title\":\"Theirs\"}";
  g_clear_pointer (&same, roster_outcome_free);
  same = profile_update (service.profile);
  assert_outcome (same, ROSTER_OUTCOME_NOT_DONE, "Title is now “Theirs”");
  g_assert_cmpint (same->offer, ==, ROSTER_OFFER_RESOLVE);
  g_assert_cmpuint (service.n_writes, ==, 4);
  assert_at_service (&service, "title", "\"Theirs\"");
  choose (&service, 0, ROSTER_CHOICE_MINE);
  resolve_and_update (&service);
  assert_at_service (&service, "title", "\"Mine\"");
  user_double_tear_down (&service);
}

static void
test_version_refused (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  /* Whatever version is sent: the second time without, and no third. */
  user_double_set_up (&service, "rfc", user);
  service.status = 412;
  service.detail = "{\"detail\":\"Not this one\"}";
  service.ignores = TRUE;
  type (&service, "title", 0, "Boss");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "Not this one");
  g_assert_nonnull (strstr (outcome->body, "Nothing was changed."));
  g_assert_cmpint (outcome->offer, ==, ROSTER_OFFER_TRY_AGAIN);
  g_assert_cmpuint (service.n_writes, ==, 2);
  g_assert_null (service.if_match);
  g_assert_cmpuint (roster_draft_get_n_changes (get_draft (&service)), ==, 1);
  user_double_tear_down (&service);
}

static void
test_races (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", user);
  service.has_versions = TRUE;
  service.races = TRUE;
  type (&service, "title", 0, "Boss");
  outcome = profile_update (service.profile);
  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "Another version");
  g_assert_cmpint (outcome->offer, ==, ROSTER_OFFER_TRY_AGAIN);
  g_assert_cmpuint (service.n_writes, ==, 2);
  g_assert_nonnull (service.if_match);
  assert_at_service (&service, "title", "\"Clerk\"");
  user_double_tear_down (&service);
}

/* Reading the account for another reason must not make theirs the base of mine. */
static void
test_reset_between (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.becomes = "{" CORE ",\"title\":\"Theirs\",\"displayName\":\"Kim\"}";
  outcome = profile_set_password (service.profile, "secret");
  assert_outcome (outcome, ROSTER_OUTCOME_DONE, "accepted the new password");
  g_assert_cmpstr (roster_profile_get_title (service.profile), ==, "Kim");
  service.becomes = NULL;
  expect_conflict (&service, 1);
  assert_texts (&service, 0, "Clerk", "Theirs", "Boss");
  choose (&service, 0, ROSTER_CHOICE_THEIRS);
  resolve_and_update (&service);
  assert_at_service (&service, "title", "\"Theirs\"");
  user_double_tear_down (&service);
}

static gboolean
is_empty (gpointer users)
{
  return roster_users_get_n_total (users) == 0;
}

static void
expect_gone (UserDouble *service, RosterOutcome *taken)
{
  g_autoptr (RosterOutcome) outcome = taken;
  g_autofree char *edits = roster_profile_dup_edits_text (service->profile);

  assert_outcome (outcome, ROSTER_OUTCOME_NOT_DONE, "does not exist any more");
  g_assert_cmpint (outcome->offer, ==, ROSTER_OFFER_COPY_EDITS);
  g_assert_true (roster_profile_get_gone (service->profile));
  g_assert_cmpstr (edits, ==, "Title: “Clerk” → “Boss”");
  roster_test_wait (is_empty, roster_directory_get_users (service->directory));
}

static void
test_deleted (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) outcome = NULL;

  /* Before the first GET, before the PATCH, after it, before a reset. */
  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  g_clear_pointer (&service.user, scim_resource_unref);
  expect_gone (&service, profile_update (service.profile));
  g_assert_cmpuint (service.n_writes, ==, 0);
  user_double_tear_down (&service);

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.meanwhile = "";
  expect_gone (&service, profile_update (service.profile));
  g_assert_cmpuint (service.n_writes, ==, 1);
  user_double_tear_down (&service);

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.later_status = 404;
  expect_gone (&service, profile_update (service.profile));
  user_double_tear_down (&service);

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.meanwhile = "";
  expect_gone (&service, profile_set_password (service.profile, "secret"));
  g_assert_cmpuint (service.n_writes, ==, 1);
  user_double_tear_down (&service);

  /* Nothing was typed: nothing to copy. */
  user_double_set_up (&service, "rfc", user);
  service.meanwhile = "";
  outcome = profile_set_password (service.profile, "secret");
  g_assert_cmpint (outcome->offer, ==, ROSTER_OFFER_NONE);
  user_double_tear_down (&service);
}

static void
test_delete (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) refused = NULL;
  g_autoptr (RosterOutcome) ignored = NULL;
  g_autoptr (RosterOutcome) gone = NULL;

  /* 404 to DELETE is not believed while GET shows the user, and neither is 204. */
  user_double_set_up (&service, "rfc", user);
  service.ignores = TRUE;
  service.status = 404;
  refused = profile_delete (service.profile, "kim");
  assert_outcome (refused, ROSTER_OUTCOME_NOT_DONE, "still has the user");
  service.status = 0;
  ignored = profile_delete (service.profile, "kim");
  assert_outcome (ignored, ROSTER_OUTCOME_NOT_DONE, "did not make it");
  g_assert_false (roster_profile_get_gone (service.profile));
  roster_test_settle ();
  g_assert_false (is_empty (roster_directory_get_users (service.directory)));
  service.meanwhile = "";
  gone = profile_delete (service.profile, "kim");
  assert_outcome (gone, ROSTER_OUTCOME_DONE, "kim was deleted already");
  roster_test_wait (is_empty, roster_directory_get_users (service.directory));
  g_assert_cmpuint (service.n_writes, ==, 3);
  user_double_tear_down (&service);
}

static void
test_lost_answers (void)
{
  UserDouble service;
  g_autoptr (RosterOutcome) unread = NULL;
  g_autoptr (RosterOutcome) reset = NULL;
  g_autoptr (RosterOutcome) expired = NULL;

  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.drops = TRUE;
  service.later_status = 503;
  unread = profile_update (service.profile);
  assert_outcome (unread, ROSTER_OUTCOME_UNKNOWN, "It is not known");
  g_assert_nonnull (unread->next_step);
  g_assert_cmpint (unread->offer, ==, ROSTER_OFFER_TRY_AGAIN);
  g_assert_cmpuint (roster_draft_get_n_changes (get_draft (&service)), ==, 1);
  /* A reset is not offered once more while it is not known. */
  reset = profile_set_password (service.profile, "secret");
  assert_outcome (reset, ROSTER_OUTCOME_UNKNOWN, "It is not known");
  g_assert_cmpint (reset->offer, ==, ROSTER_OFFER_READ_AGAIN);
  g_assert_nonnull (reset->next_step);
  user_double_tear_down (&service);

  /* The token expired between GET and PATCH. */
  user_double_set_up (&service, "rfc", user);
  type (&service, "title", 0, "Boss");
  service.status = 401;
  service.later_status = 401;
  service.ignores = TRUE;
  expired = profile_update (service.profile);
  assert_outcome (expired, ROSTER_OUTCOME_NOT_DONE, "Nothing was changed.");
  g_assert_cmpint (expired->offer, ==, ROSTER_OFFER_SIGN_IN_AGAIN);
  g_assert_cmpuint (roster_draft_get_n_changes (get_draft (&service)), ==, 1);
  user_double_tear_down (&service);
}

static void
test_edits_text (void)
{
  UserDouble service;
  RosterDraft *draft;
  g_autofree char *empty = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GString) copy = g_string_new (NULL);

  user_double_set_up (&service, "rfc",
                      "{" CORE ",\"title\":\"<b>\\u202eC\\nD\",\"emails\":[" WORK ("") "]}");
  draft = get_draft (&service);
  empty = roster_profile_dup_edits_text (service.profile);
  g_assert_cmpstr (empty, ==, "");
  type (&service, "title", 0, "Boss");
  roster_draft_edit (draft, "password", "swordfish", "\"swordfish\"", TRUE);
  roster_draft_edit (draft, "nickName", "not valid", NULL, FALSE);
  for (guint i = 0; i < 500; i++)
    g_string_append_c (copy, 'x');
  type (&service, "displayName", 0, copy->str);
  add_email (&service, "new@x");
  text = roster_profile_dup_edits_text (service.profile);
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, "Title: “<b>\xef\xbf\xbd"
                                  "C D” → “Boss”\n"));
  g_assert_null (strstr (text, "swordfish"));
  g_assert_nonnull (strstr (text, "Password: changed\n"));
  g_assert_nonnull (strstr (text, "→ “not valid”"));
  /* Nothing of what was typed is cut. */
  g_assert_nonnull (strstr (text, copy->str));
  g_assert_nonnull (strstr (text, "“w@x (Work)” → “w@x (Work), new@x”"));
  user_double_tear_down (&service);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/conflicts/choices", test_choices);
  g_test_add_func ("/directory/conflicts/again", test_again);
  g_test_add_func ("/directory/conflicts/values-merge", test_values_merge);
  g_test_add_func ("/directory/conflicts/values-both-removed", test_values_both_removed);
  g_test_add_func ("/directory/conflicts/values-choices", test_values_choices);
  g_test_add_func ("/directory/conflicts/values-primary", test_values_primary);
  g_test_add_func ("/directory/conflicts/values-implied", test_values_implied);
  g_test_add_func ("/directory/conflicts/version", test_version);
  g_test_add_func ("/directory/conflicts/version-refused", test_version_refused);
  g_test_add_func ("/directory/conflicts/races", test_races);
  g_test_add_func ("/directory/conflicts/reset-between", test_reset_between);
  g_test_add_func ("/directory/conflicts/deleted", test_deleted);
  g_test_add_func ("/directory/conflicts/delete", test_delete);
  g_test_add_func ("/directory/conflicts/lost-answers", test_lost_answers);
  g_test_add_func ("/directory/conflicts/edits-text", test_edits_text);
  return g_test_run ();
}
