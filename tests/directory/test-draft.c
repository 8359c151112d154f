/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-draft-private.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER

static const char user_text[] =
  "{\"schemas\":[\"" SCIM_URN_CORE_USER "\"], \"id\":\"7\", \"userName\":\"kim\",\n"
  " \"name\":{\"givenName\":\"Kim\",\"familyName\":\"P\"}, \"score\": 1.10,\n"
  " \"emails\":[\"kim@x.org\", {\"type\":\"work\",\"value\":\"w@x.org\",\"primary\":true},"
  " {\"type\":\"home\",\"value\":\"h@x.org\",\"display\":\"H\"}],\n"
  " \"" ENTERPRISE "\":{\"department\":\"Finance\"}}";

static RosterDraft *
draft_new (const char *text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimResource) user = scim_resource_new_from_json (json, NULL);
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();

  g_assert_nonnull (user);
  return roster_draft_new (user, schemas);
}

static char *
dup_target (RosterDraft *draft)
{
  return scim_node_dup_raw (scim_resource_get_root (roster_draft_get_target (draft)));
}

static void
assert_untouched (RosterDraft *draft)
{
  g_autofree char *target = dup_target (draft);
  g_autoptr (ScimPatch) patch = roster_draft_dup_patch (draft);

  g_assert_cmpstr (target, ==, user_text);
  g_assert_cmpuint (scim_patch_get_n (patch), ==, 0);
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 0);
  g_assert_true (roster_draft_get_valid (draft));
}

static void
assert_raw (RosterDraft *draft, const char *path, const char *expected)
{
  ScimNode node = scim_resource_get (roster_draft_get_target (draft), path);
  g_autofree char *raw = scim_node_exists (node) ? scim_node_dup_raw (node) : NULL;

  g_assert_cmpstr (raw, ==, expected);
}

static void
count_cb (GObject *object, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_simple (void)
{
  g_autoptr (RosterDraft) draft = draft_new (user_text);
  guint n_changed = 0;

  g_signal_connect (draft, "changed", G_CALLBACK (count_cb), &n_changed);
  assert_untouched (draft);
  roster_draft_edit (draft, "name.givenName", "Kimberly", "\"Kimberly\"", TRUE);
  roster_draft_edit (draft, ENTERPRISE ":department", "", NULL, TRUE);
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 2);
  assert_raw (draft, "name.givenName", "\"Kimberly\"");
  assert_raw (draft, "name.familyName", "\"P\"");
  assert_raw (draft, ENTERPRISE ":department", NULL);
  assert_raw (draft, "score", "1.10");
  roster_draft_put_back (draft, "NAME.givenname");
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 1);
  roster_draft_put_back (draft, ENTERPRISE ":department");
  assert_untouched (draft);
  g_assert_cmpuint (n_changed, ==, 4);
}

static void
test_invalid (void)
{
  g_autoptr (RosterDraft) draft = draft_new (user_text);

  roster_draft_edit (draft, "score", "1,5", NULL, FALSE);
  g_assert_false (roster_draft_get_valid (draft));
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 1);
  assert_raw (draft, "score", "1.10");
  g_assert_cmpstr (roster_draft_get_edit (draft, "score")->text, ==, "1,5");
  roster_draft_discard (draft);
  assert_untouched (draft);
}

static RosterValue *
value_at (RosterValues *values, guint position)
{
  return g_ptr_array_index (values->values, position);
}

static void
test_values (void)
{
  g_autoptr (RosterDraft) draft = draft_new (user_text);
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);
  RosterValue *added;
  guint id;

  g_assert_cmpuint (emails->values->len, ==, 3);
  /* A bare string stays one when only its text changes … */
  roster_draft_edit_value (draft, value_at (emails, 0), "value", "k@x.org", "\"k@x.org\"", TRUE);
  assert_raw (draft, "emails",
              "[\"k@x.org\",{\"type\":\"work\",\"value\":\"w@x.org\",\"primary\":true},"
              "{\"type\":\"home\",\"value\":\"h@x.org\",\"display\":\"H\"}]");
  /* … and becomes an object with its type. */
  roster_draft_edit_value (draft, value_at (emails, 0), "type", "other", "\"other\"", TRUE);
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 1);
  roster_draft_remove_value (draft, emails, value_at (emails, 1));
  added = roster_draft_add_value (draft, emails);
  id = added->id;
  /* A type alone is no value. */
  roster_draft_edit_value (draft, added, "type", "work", "\"work\"", TRUE);
  assert_raw (draft, "emails",
              "[{\"value\":\"k@x.org\",\"type\":\"other\"},"
              "{\"type\":\"home\",\"value\":\"h@x.org\",\"display\":\"H\"}]");
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 2);
  roster_draft_edit_value (draft, added, "value", "n@x.org", "\"n@x.org\"", TRUE);
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 3);
  assert_raw (draft, "emails",
              "[{\"value\":\"k@x.org\",\"type\":\"other\"},"
              "{\"type\":\"home\",\"value\":\"h@x.org\",\"display\":\"H\"},"
              "{\"value\":\"n@x.org\",\"type\":\"work\"}]");
  g_assert_cmpuint (roster_values_get_n_removed (emails), ==, 1);
  roster_draft_restore_values (draft, emails);
  g_assert_true (roster_values_find (emails, id) == added);
  roster_draft_remove_value (draft, emails, added);
  roster_draft_put_back_value (draft, value_at (emails, 0), "type");
  roster_draft_put_back_value (draft, value_at (emails, 0), "value");
  assert_untouched (draft);
}

static void
test_last_value (void)
{
  g_autoptr (RosterDraft) draft = draft_new ("{\"emails\":[{\"value\":\"a@b\"}]}");
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);

  /* Emptied is removed, and with the last value the attribute goes. */
  roster_draft_edit_value (draft, value_at (emails, 0), "value", "", NULL, TRUE);
  assert_raw (draft, "emails", NULL);
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 1);
}

static void
test_lone_value (void)
{
  g_autoptr (RosterDraft) draft = draft_new ("{\"emails\":\"a@b\",\"roles\":null}");
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);
  RosterValues *roles = roster_draft_get_values (draft, "roles", TRUE);

  g_assert_cmpuint (roles->values->len, ==, 0);
  g_assert_cmpuint (emails->values->len, ==, 1);
  roster_draft_edit_value (draft, value_at (emails, 0), "value", "c@d", "\"c@d\"", TRUE);
  assert_raw (draft, "emails", "[\"c@d\"]");
}

static void
test_primary (void)
{
  g_autoptr (RosterDraft) draft = draft_new (user_text);
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);
  RosterValue *work = value_at (emails, 1);
  RosterValue *home = value_at (emails, 2);

  roster_draft_set_primary (draft, emails, home);
  g_assert_true (roster_value_get_primary (home));
  g_assert_false (roster_value_get_primary (work));
  g_assert_cmpuint (roster_draft_get_n_changes (draft), ==, 1);
  assert_raw (draft, "emails",
              "[\"kim@x.org\",{\"type\":\"work\",\"value\":\"w@x.org\",\"primary\":false},"
              "{\"type\":\"home\",\"value\":\"h@x.org\",\"display\":\"H\",\"primary\":true}]");
  roster_draft_unset_primary (draft, emails, home);
  assert_untouched (draft);

  /* Another one became primary while the primary one was away. */
  roster_draft_remove_value (draft, emails, work);
  roster_draft_set_primary (draft, emails, home);
  roster_draft_restore_values (draft, emails);
  g_assert_true (roster_value_get_primary (home));
  g_assert_false (roster_value_get_primary (work));
  roster_draft_set_primary (draft, emails, work);
  assert_untouched (draft);
}

static ScimResource *
resource_new (const char *text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);

  return scim_resource_new_from_json (json, NULL);
}

static void
test_rebase (void)
{
  g_autoptr (RosterDraft) draft = draft_new (
    "{\"title\":\"A\",\"nickName\":\"B\",\"emails\":[{\"value\":\"a\"},{\"value\":\"b\"}]}");
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);
  g_autoptr (ScimResource) fresh =
    resource_new ("{\"nickName\":\"N\",\"locale\":\"de\",\"title\":\"A\","
                  "\"emails\":[{\"value\":\"new\"},{\"value\":\"b\"},{\"value\":\"a\"}]}");
  g_autoptr (RosterDraft) rebased = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  roster_draft_edit (draft, "title", "T", "\"T\"", TRUE);
  roster_draft_edit (draft, "nickName", "N", "\"N\"", TRUE);
  roster_draft_edit_value (draft, value_at (emails, 1), "value", "c", "\"c\"", TRUE);
  roster_draft_edit_value (draft, roster_draft_add_value (draft, emails), "value", "d", "\"d\"",
                           TRUE);
  rebased = roster_draft_rebase (draft, fresh, &conflicts);
  g_assert_cmpuint (conflicts->len, ==, 0);
  assert_raw (rebased, "title", "\"T\"");
  assert_raw (rebased, "locale", "\"de\"");
  /* What the service has already is no change any more. */
  g_assert_null (roster_draft_get_edit (rebased, "nickName"));
  assert_raw (rebased, "emails",
              "[{\"value\":\"new\"},{\"value\":\"c\"},{\"value\":\"a\"},{\"value\":\"d\"}]");
  g_assert_cmpuint (roster_draft_get_n_changes (rebased), ==, 3);
}

static void
test_conflicts (void)
{
  g_autoptr (RosterDraft) draft =
    draft_new ("{\"title\":\"A\",\"nickName\":\"B\",\"emails\":[\"a\",\"b\"],\"ims\":[\"x\"]}");
  RosterValues *emails = roster_draft_get_values (draft, "emails", TRUE);
  RosterValues *ims = roster_draft_get_values (draft, "ims", TRUE);
  g_autoptr (ScimResource) fresh = resource_new ("{\"title\":\"theirs\",\"emails\":[\"a\"]}");
  g_autoptr (RosterDraft) rebased = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  roster_draft_edit (draft, "title", "T", "\"T\"", TRUE);
  roster_draft_edit (draft, "nickName", "N", "\"N\"", TRUE);
  roster_draft_edit_value (draft, value_at (emails, 1), "value", "c", "\"c\"", TRUE);
  roster_draft_remove_value (draft, ims, value_at (ims, 0));
  rebased = roster_draft_rebase (draft, fresh, &conflicts);
  g_assert_cmpuint (conflicts->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (conflicts, 0), ==, "title");
  g_assert_cmpstr (g_ptr_array_index (conflicts, 1), ==, "nickName");
  g_assert_cmpstr (g_ptr_array_index (conflicts, 2), ==, "emails");
  /* What was typed is still there, over what they have. */
  assert_raw (rebased, "title", "\"T\"");
  assert_raw (rebased, "emails", "[\"a\",{\"value\":\"c\"}]");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/draft/simple", test_simple);
  g_test_add_func ("/directory/draft/invalid", test_invalid);
  g_test_add_func ("/directory/draft/values", test_values);
  g_test_add_func ("/directory/draft/last-value", test_last_value);
  g_test_add_func ("/directory/draft/lone-value", test_lone_value);
  g_test_add_func ("/directory/draft/primary", test_primary);
  g_test_add_func ("/directory/draft/rebase", test_rebase);
  g_test_add_func ("/directory/draft/conflicts", test_conflicts);
  return g_test_run ();
}
