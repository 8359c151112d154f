/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-form.h"

#include <string.h>

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER
#define SYSTEM     SCIM_URN_WSO2_SYSTEM
#define CUSTOM     SCIM_URN_WSO2_CUSTOM

/* As WSO2 answers it (SCIM-SERVICES section 3.8): a bare array, upper case, numbers as text. */
static const char wso2_schemas[] =
  "[{\"id\":\"" SCIM_URN_CORE_USER "\",\"name\":\"User\",\"attributes\":["
  "{\"name\":\"emails\",\"type\":\"COMPLEX\",\"multiValued\":true,\"mutability\":\"READ_WRITE\","
  "\"displayOrder\":\"9\",\"subAttributes\":["
  "{\"name\":\"work\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"home\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\"}]},"
  "{\"name\":\"name\",\"type\":\"COMPLEX\",\"multiValued\":false,\"mutability\":\"READ_WRITE\","
  "\"subAttributes\":["
  "{\"name\":\"familyName\",\"type\":\"STRING\",\"displayName\":\"Last Name\","
  "\"displayOrder\":\"3\",\"mutability\":\"READ_WRITE\",\"required\":true},"
  "{\"name\":\"givenName\",\"type\":\"STRING\",\"displayName\":\"First Name\","
  "\"displayOrder\":\"2\",\"mutability\":\"READ_WRITE\",\"required\":true}]},"
  "{\"name\":\"userName\",\"type\":\"STRING\",\"displayName\":\"Username\",\"displayOrder\":\"1\","
  "\"mutability\":\"READ_WRITE\",\"required\":true},"
  "{\"name\":\"active\",\"type\":\"BOOLEAN\",\"mutability\":\"READ_WRITE\"}]},"
  "{\"id\":\"" SYSTEM "\",\"name\":\"SystemUser\",\"attributes\":["
  "{\"name\":\"country\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\","
  "\"canonicalValues\":[{\"label\":\"Germany\",\"value\":\"DE\"},"
  "{\"label\":\"Sri Lanka\",\"value\":\"LK\"}]},"
  "{\"name\":\"accountLocked\",\"type\":\"BOOLEAN\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"emailAddresses\",\"type\":\"STRING\",\"multiValued\":true,"
  "\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"dateOfBirth\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\"}]},"
  "{\"id\":\"" CUSTOM "\",\"name\":\"CustomUser\",\"attributes\":["
  "{\"name\":\"badge\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\",\"displayName\":\"Badge\","
  "\"regEx\":\"^[A-Z]{2}-\\\\d+$\",\"minLength\":\"4\",\"maxLength\":\"8\"},"
  "{\"name\":\"strange\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\","
  "\"regEx\":\"([unclosed\"},"
  "{\"name\":\"slow\",\"type\":\"STRING\",\"mutability\":\"READ_WRITE\",\"regEx\":\"^(a+)+$\"},"
  "{\"name\":\"level\",\"type\":\"INTEGER\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"rate\",\"type\":\"DECIMAL\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"remote\",\"type\":\"BOOLEAN\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"since\",\"type\":\"DATETIME\",\"mutability\":\"READ_WRITE\"},"
  "{\"name\":\"source\",\"type\":\"STRING\",\"mutability\":\"READ_ONLY\"}]}]";

static const char wso2_user[] =
  "{\"schemas\":[],\"id\":\"u1\",\"userName\":\"DEFAULT/kim@x.org\",\"active\":true,"
  "\"name\":{\"givenName\":\"Kim\",\"familyName\":\"P\",\"nick\\u0000\":1},"
  "\"roles\":[{\"display\":\"everyone\"},\"bare\",[7]],"
  "\"emails\":[\"kim@x.org\",{\"type\":\"home\",\"value\":\"h@x.org\"}],"
  "\"meta\":{\"created\":\"2026-11-22T14:01:00Z\"},"
  "\"" SYSTEM "\":{\"country\":\"XX\",\"accountLocked\":\"true\","
  "\"lastLogonTime\":\"1763820900000\",\"unlockTime\":\"0\",\"forcePasswordReset\":\"false\","
  "\"verifiedEmailAddresses\":[\"h@x.org\"],\"dateOfBirth\":\"1989-04-17\"},"
  "\"" CUSTOM "\":{\"level\":7,\"rate\":1.10,\"remote\":\"true\","
  "\"since\":\"2020-01-02T03:04:05Z\",\"badge\":\"a\\u0000b\",\"strange\":{\"x\":1},"
  "\"source\":\"import\"},"
  "\"urn:x:y\":{\"deep\":[1,2]},\"x.legacy\":\"BLN\"}";

typedef struct
{
  ScimSchemas *schemas;
  RosterForm *form;
  RosterDraft *draft;
} Fixture;

static RosterDraft *
draft_new (ScimSchemas *schemas, const char *text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimResource) user = scim_resource_new_from_json (json, NULL);

  g_assert_nonnull (user);
  return roster_draft_new (user, schemas);
}

static void
set_up_wso2 (Fixture *fixture, gconstpointer user_text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (wso2_schemas, -1, NULL);
  g_autoptr (GError) error = NULL;

  fixture->schemas = scim_schemas_new_from_json (json, &error);
  g_assert_no_error (error);
  fixture->form = roster_form_new (fixture->schemas, NULL);
  fixture->draft = draft_new (fixture->schemas, user_text != NULL ? user_text : wso2_user);
  roster_form_bind (fixture->form, fixture->draft, TRUE, NULL);
}

static void
set_up_builtin (Fixture *fixture, gconstpointer user_text)
{
  fixture->schemas = scim_schemas_new_builtin ();
  fixture->form = roster_form_new (fixture->schemas, NULL);
  fixture->draft = draft_new (fixture->schemas, user_text);
  roster_form_bind (fixture->form, fixture->draft, TRUE, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_text)
{
  g_clear_object (&fixture->form);
  g_clear_object (&fixture->draft);
  scim_schemas_unref (fixture->schemas);
}

static RosterFieldGroup *
find_group (Fixture *fixture, const char *title)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->form)); i++)
    {
      g_autoptr (RosterFieldGroup) group = g_list_model_get_item (G_LIST_MODEL (fixture->form), i);

      if (g_strcmp0 (roster_field_group_get_title (group), title) == 0)
        return group;
    }
  return NULL;
}

/* The nth field of a path. */
static RosterField *
find_nth (Fixture *fixture, const char *path, guint n)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->form)); i++)
    {
      g_autoptr (GListModel) group = g_list_model_get_item (G_LIST_MODEL (fixture->form), i);

      for (guint j = 0; j < g_list_model_get_n_items (group); j++)
        {
          g_autoptr (RosterField) field = g_list_model_get_item (group, j);

          if (g_strcmp0 (roster_field_get_path (field), path) == 0 && n-- == 0)
            return field;
        }
    }
  return NULL;
}

static RosterField *
find (Fixture *fixture, const char *path)
{
  return find_nth (fixture, path, 0);
}

static void
assert_target (Fixture *fixture, const char *path, const char *expected)
{
  ScimNode node = scim_resource_get (roster_draft_get_target (fixture->draft), path);
  g_autofree char *raw = scim_node_exists (node) ? scim_node_dup_raw (node) : NULL;

  g_assert_cmpstr (raw, ==, expected);
}

static void
assert_untouched (Fixture *fixture)
{
  g_autoptr (ScimPatch) patch = roster_draft_dup_patch (fixture->draft);

  g_assert_cmpuint (scim_patch_get_n (patch), ==, 0);
  g_assert_cmpuint (roster_draft_get_n_changes (fixture->draft), ==, 0);
}

static void
test_groups (Fixture *fixture, gconstpointer user_text)
{
  g_autoptr (GString) found = g_string_new (NULL);
  RosterFieldGroup *user = find_group (fixture, "User");
  g_autoptr (RosterField) first = g_list_model_get_item (G_LIST_MODEL (user), 0);
  g_autoptr (RosterField) second = g_list_model_get_item (G_LIST_MODEL (user), 1);
  g_autoptr (RosterFieldGroup) last = NULL;
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->form));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterFieldGroup) group = g_list_model_get_item (G_LIST_MODEL (fixture->form), i);

      g_string_append_printf (found, "%s|", roster_field_group_get_title (group));
    }
  g_test_message ("%s", found->str);
  /* The service's order, flattened, and its own names. */
  g_assert_cmpstr (roster_field_get_label (first), ==, "Username");
  g_assert_cmpstr (roster_field_get_label (second), ==, "First Name");
  g_assert_true (roster_field_get_required (second));
  last = g_list_model_get_item (G_LIST_MODEL (fixture->form), n - 1);
  g_assert_cmpint (roster_field_group_get_kind (last), ==, ROSTER_GROUP_OTHER);
  g_assert_nonnull (find_group (fixture, "Account"));
  g_assert_nonnull (find_group (fixture, "Custom User"));
  /* WSO2 renames nobody, and its `active` means nothing. */
  g_assert_false (roster_field_get_editable (first));
  g_assert_cmpstr (roster_field_get_read_only_reason (first), ==, "Read-only on this service");
  g_assert_null (find (fixture, "active"));
}

static void
test_account (Fixture *fixture, gconstpointer user_text)
{
  RosterField *field = find (fixture, "id");

  g_assert_cmpstr (roster_field_get_text (field), ==, "u1");
  g_assert_false (roster_field_get_editable (field));
  g_assert_cmpstr (roster_field_get_text (find (fixture, "meta.created")), ==, "2026-11-22 14:01");
  field = find (fixture, SYSTEM ":lastLogonTime");
  g_assert_cmpstr (roster_field_get_label (field), ==, "Last Sign-in");
  g_assert_cmpstr (roster_field_get_text (field), ==, "2025-11-22 14:15");
  /* Never; and a switch that is no attribute to look at. */
  g_assert_false (roster_field_get_visible (find (fixture, SYSTEM ":unlockTime")));
  g_assert_null (find (fixture, SYSTEM ":forcePasswordReset"));
  field = find (fixture, SYSTEM ":accountLocked");
  g_assert_false (roster_field_get_editable (field));
  g_assert_cmpstr (roster_field_get_text (field), ==, "true");
  g_assert_cmpstr (roster_field_get_text (find (fixture, CUSTOM ":source")), ==, "import");
}

static void
test_other (Fixture *fixture, gconstpointer user_text)
{
  RosterFieldGroup *other = find_group (fixture, "Other Attributes");
  RosterField *field = find (fixture, "x.legacy");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (other)), ==, 3);
  g_assert_cmpstr (roster_field_get_text (field), ==, "BLN");
  field = find (fixture, "urn:x:y");
  g_assert_cmpstr (roster_field_get_text (field), ==, "{\"deep\":[1,2]}");
  g_assert_cmpint (roster_field_get_kind (field), ==, ROSTER_FIELD_KIND_JSON);
  roster_field_set_text (field, "{}");
  assert_untouched (fixture);
}

static void
test_membership (Fixture *fixture, gconstpointer user_text)
{
  RosterField *roles = find (fixture, "roles");

  g_assert_cmpstr (roster_field_get_text (roles), ==, "everyone, bare, [7]");
  g_assert_false (roster_field_get_editable (roles));
  g_assert_false (roster_field_is_value (roles));
}

static void
test_text (Fixture *fixture, gconstpointer user_text)
{
  RosterField *given = find (fixture, "name.givenName");
  g_autofree char *was = NULL;
  gboolean changed;

  g_object_set (given, "text", "Kimberly", NULL);
  g_object_get (given, "was", &was, "changed", &changed, NULL);
  g_assert_true (changed);
  g_assert_cmpstr (was, ==, "Kim");
  g_assert_cmpstr (roster_field_get_text (given), ==, "Kimberly");
  assert_target (fixture, "name.givenName", "\"Kimberly\"");
  roster_field_set_text (given, "");
  g_assert_cmpstr (roster_field_get_problem (given), ==, "First Name is required");
  g_assert_false (roster_draft_get_valid (fixture->draft));
  roster_field_set_text (given, "Kim");
  g_assert_null (roster_field_get_problem (given));
  g_assert_true (roster_draft_get_valid (fixture->draft));
  g_assert_false (roster_field_get_changed (given));
  assert_untouched (fixture);
  roster_field_set_text (given, "X");
  roster_field_put_back (given);
  g_assert_cmpstr (roster_field_get_text (given), ==, "Kim");
  assert_untouched (fixture);
}

static void
test_types (Fixture *fixture, gconstpointer user_text)
{
  roster_field_set_text (find (fixture, CUSTOM ":level"), " 8 ");
  assert_target (fixture, CUSTOM ":level", "8");
  roster_field_set_text (find (fixture, CUSTOM ":rate"), "2.50");
  assert_target (fixture, CUSTOM ":rate", "2.50");
  /* Text stays text. */
  roster_field_set_text (find (fixture, CUSTOM ":remote"), "false");
  assert_target (fixture, CUSTOM ":remote", "\"false\"");
  roster_field_set_text (find (fixture, SYSTEM ":dateOfBirth"), "1990-01-31");
  assert_target (fixture, SYSTEM ":dateOfBirth", "\"1990-01-31\"");
  g_assert_cmpstr (roster_field_get_text (find (fixture, CUSTOM ":since")), ==, "2020-01-02 03:04");
  roster_field_set_text (find (fixture, CUSTOM ":since"), "2021-02-03 04:05");
  assert_target (fixture, CUSTOM ":since", "\"2021-02-03T04:05:00Z\"");
  roster_field_set_text (find (fixture, CUSTOM ":since"), "2021-02-03");
  assert_target (fixture, CUSTOM ":since", "\"2021-02-03T00:00:00Z\"");
  g_assert_cmpuint (roster_draft_get_n_changes (fixture->draft), ==, 5);
  roster_draft_discard (fixture->draft);
  g_assert_cmpstr (roster_field_get_text (find (fixture, CUSTOM ":rate")), ==, "1.10");
  assert_untouched (fixture);
}

static void
assert_problem (RosterField *field, const char *text, const char *problem)
{
  roster_field_set_text (field, text);
  g_assert_cmpstr (roster_field_get_problem (field), ==, problem);
}

static void
test_problems (Fixture *fixture, gconstpointer user_text)
{
  g_autoptr (RosterDraft) draft =
    draft_new (fixture->schemas, "{\"" CUSTOM "\":{\"badge\":\"no pattern\"}}");
  g_autofree char *evil = g_strnfill (60, 'a');
  RosterField *badge;

  roster_form_bind (fixture->form, draft, TRUE, NULL);
  badge = find (fixture, CUSTOM ":badge");
  /* What was there before is the service's business. */
  g_assert_null (roster_field_get_problem (badge));
  assert_problem (badge, "A", "At least 4 characters are needed");
  assert_problem (badge, "AB-1234567", "At most 8 characters are possible");
  assert_problem (badge, "ab-12", "Badge does not have the form that the service asks for");
  assert_problem (badge, "AB-12", NULL);
  assert_problem (find (fixture, CUSTOM ":level"), "7.5", "Use a whole number");
  assert_problem (find (fixture, CUSTOM ":level"), "-7", NULL);
  assert_problem (find (fixture, CUSTOM ":rate"), "1,5", "Use a number such as 12.5");
  assert_problem (find (fixture, CUSTOM ":rate"), "0x10", "Use a number such as 12.5");
  assert_problem (find (fixture, CUSTOM ":rate"), "1e3", NULL);
  assert_problem (find (fixture, SYSTEM ":dateOfBirth"), "31 March", "Use the form YYYY-MM-DD");
  assert_problem (find (fixture, SYSTEM ":dateOfBirth"), "2026-02-30", "Use the form YYYY-MM-DD");
  assert_problem (find (fixture, SYSTEM ":dateOfBirth"), "2024-02-29", NULL);
  assert_problem (find (fixture, CUSTOM ":strange"), "anything", NULL);
  evil[59] = '!';
  assert_problem (find (fixture, CUSTOM ":slow"), evil, NULL);
  g_assert_true (roster_draft_get_valid (draft));
  roster_form_bind (fixture->form, NULL, FALSE, NULL);
}

static void
test_misfits (Fixture *fixture, gconstpointer user_text)
{
  RosterField *badge = find (fixture, CUSTOM ":badge");
  RosterField *strange = find (fixture, CUSTOM ":strange");

  g_assert_cmpstr (roster_field_get_text (badge), ==, "\"a\\u0000b\"");
  g_assert_false (roster_field_get_editable (badge));
  g_assert_cmpstr (roster_field_get_read_only_reason (badge), ==,
                   "Roster cannot edit this value yet");
  g_assert_cmpstr (roster_field_get_text (strange), ==, "{\"x\":1}");
  roster_field_set_text (strange, "gone");
  assert_untouched (fixture);
}

static void
test_choice (Fixture *fixture, gconstpointer user_text)
{
  RosterField *country = find (fixture, SYSTEM ":country");
  const char *const *choices = roster_field_get_choices (country);
  const char *const *labels = roster_field_get_choice_labels (country);

  g_assert_cmpint (roster_field_get_kind (country), ==, ROSTER_FIELD_KIND_CHOICE);
  /* Not set, the two of the schema, and the one it has. */
  g_assert_cmpuint (g_strv_length ((GStrv)choices), ==, 4);
  g_assert_cmpuint (g_strv_length ((GStrv)labels), ==, 4);
  g_assert_cmpstr (choices[0], ==, "");
  g_assert_cmpstr (labels[2], ==, "Sri Lanka");
  g_assert_cmpstr (choices[3], ==, "XX");
  roster_field_set_text (country, "LK");
  assert_target (fixture, SYSTEM ":country", "\"LK\"");
  roster_field_set_text (country, "");
  assert_target (fixture, SYSTEM ":country", NULL);
  roster_field_set_text (country, "XX");
  assert_untouched (fixture);
}

static void
test_bare_emails (Fixture *fixture, gconstpointer user_text)
{
  RosterField *bare = find_nth (fixture, "emails", 0);
  RosterField *home = find_nth (fixture, "emails", 1);
  RosterFieldGroup *group;
  RosterField *added;

  g_assert_cmpstr (roster_field_get_label (bare), ==, "E-mail Address");
  g_assert_null (roster_field_get_type_text (bare));
  g_assert_false (roster_field_get_verified (bare));
  g_assert_cmpstr (roster_field_get_type_text (home), ==, "home");
  g_assert_true (roster_field_get_verified (home));
  g_assert_true (roster_field_is_value (home));
  roster_field_set_text (bare, "new");
  g_assert_nonnull (roster_field_get_problem (bare));
  roster_field_set_text (bare, "new@x.org");
  assert_target (fixture, "emails", "[\"new@x.org\",{\"type\":\"home\",\"value\":\"h@x.org\"}]");
  group = find_group (fixture, "E-mail Addresses");
  if (group == NULL)
    group = find_group (fixture, "Emails");
  g_assert_nonnull (group);
  g_assert_cmpstr (roster_field_group_get_add_label (group), ==, "Add E-mail Address");
  added = roster_field_group_add (group);
  g_assert_nonnull (added);
  /* One value per type: the one that is free. */
  g_assert_cmpstr (roster_field_get_type_text (added), ==, "work");
  g_assert_false (roster_field_get_changed (added));
  roster_field_set_text (added, "w@x.org");
  g_assert_true (roster_field_get_changed (added));
  roster_field_set_type_text (bare, "other");
  assert_target (fixture, "emails",
                 "[{\"value\":\"new@x.org\",\"type\":\"other\"},"
                 "{\"type\":\"home\",\"value\":\"h@x.org\"},"
                 "{\"value\":\"w@x.org\",\"type\":\"work\"}]");
  g_assert_cmpuint (roster_draft_get_n_changes (fixture->draft), ==, 2);
  roster_field_put_back (added);
  roster_field_put_back (bare);
  assert_untouched (fixture);
}

static void
count_cb (gpointer object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  /* What says nothing is not to be said. */
  g_assert_cmpuint (removed + added, >, 0);
  *n += removed + added;
}

static void
test_remove (Fixture *fixture, gconstpointer user_text)
{
  RosterField *first = find_nth (fixture, "emails", 0);
  RosterField *second = find_nth (fixture, "emails", 1);
  RosterFieldGroup *group = NULL;
  guint n_items = 0;
  guint n_removed = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->form)); i++)
    {
      g_autoptr (RosterFieldGroup) candidate =
        g_list_model_get_item (G_LIST_MODEL (fixture->form), i);
      g_autoptr (RosterField) field = g_list_model_get_item (G_LIST_MODEL (candidate), 0);

      if (field == first)
        group = candidate;
    }
  g_assert_nonnull (group);
  g_signal_connect (group, "items-changed", G_CALLBACK (items_changed_cb), &n_items);
  g_signal_connect (group, "notify::n-removed", G_CALLBACK (count_cb), &n_removed);
  roster_field_set_text (second, "changed@x.org");
  g_assert_true (roster_field_can_remove (first));
  roster_field_remove (first);
  g_assert_cmpuint (n_items, ==, 1);
  g_assert_cmpuint (n_removed, ==, 1);
  g_assert_cmpuint (roster_field_group_get_n_removed (group), ==, 1);
  /* The other one is the same row still, with its change. */
  g_assert_true (find_nth (fixture, "emails", 0) == second);
  g_assert_cmpstr (roster_field_get_text (second), ==, "changed@x.org");
  roster_field_group_put_back (group);
  g_assert_cmpuint (roster_field_group_get_n_removed (group), ==, 0);
  g_assert_true (find_nth (fixture, "emails", 1) == second);
  roster_field_put_back (second);
  assert_untouched (fixture);
  g_signal_handlers_disconnect_by_data (group, &n_items);
  g_signal_handlers_disconnect_by_data (group, &n_removed);
}

static void
test_address (Fixture *fixture, gconstpointer user_text)
{
  RosterField *street = find (fixture, "addresses.streetAddress");
  RosterField *city = find (fixture, "addresses.locality");

  g_assert_nonnull (street);
  g_assert_true (roster_field_can_remove (street));
  g_assert_false (roster_field_can_remove (city));
  g_assert_cmpstr (roster_field_get_type_text (street), ==, "home");
  g_assert_null (roster_field_get_types (city));
  roster_field_set_text (city, "Colombo");
  g_assert_cmpuint (roster_draft_get_n_changes (fixture->draft), ==, 1);
  assert_target (fixture, "addresses",
                 "[{\"type\":\"home\",\"streetAddress\":\"A 1\",\"locality\":\"Colombo\","
                 "\"x\":[1.10]}]");
  roster_field_put_back (city);
  assert_untouched (fixture);
}

static void
test_primary (Fixture *fixture, gconstpointer user_text)
{
  RosterField *one = find_nth (fixture, "emails", 0);
  RosterField *two = find_nth (fixture, "emails", 1);
  guint n = 0;

  g_assert_true (roster_field_has_primary (one));
  g_assert_true (roster_field_get_primary (one));
  g_signal_connect (one, "notify::primary", G_CALLBACK (count_cb), &n);
  roster_field_set_primary (one, FALSE);
  g_assert_true (roster_field_get_primary (one));
  g_assert_cmpuint (n, ==, 1);
  g_object_set (two, "primary", TRUE, NULL);
  g_assert_false (roster_field_get_primary (one));
  g_assert_false (roster_field_get_changed (one));
  g_assert_true (roster_field_get_changed (two));
  roster_field_put_back (two);
  g_assert_true (roster_field_get_primary (one));
  assert_untouched (fixture);
  g_signal_handlers_disconnect_by_data (one, &n);
}

static void
test_read_only (Fixture *fixture, gconstpointer user_text)
{
  RosterField *given = find (fixture, "name.givenName");
  RosterField *nick = find (fixture, "nickName");
  RosterField *manager = find (fixture, ENTERPRISE ":manager");

  g_assert_true (roster_field_get_visible (nick));
  g_assert_cmpstr (roster_field_get_text (manager), ==, "Boss");
  g_assert_cmpint (roster_field_get_kind (manager), ==, ROSTER_FIELD_KIND_REFERENCE);
  g_assert_null (find (fixture, "password"));
  g_assert_cmpstr (roster_field_get_text (find (fixture, "groups")), ==, "Admins, Staff");
  roster_form_bind (fixture->form, fixture->draft, FALSE, "No permission");
  g_assert_false (roster_field_get_editable (given));
  g_assert_false (roster_field_get_visible (nick));
  g_assert_cmpstr (roster_field_get_read_only_reason (given), ==, "No permission");
  g_assert_null (find_group (fixture, "Phone Numbers"));
  roster_field_set_text (given, "X");
  assert_untouched (fixture);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_rebind (Fixture *fixture, gconstpointer user_text)
{
  RosterField *given = find (fixture, "name.givenName");
  RosterField *email = find_nth (fixture, "emails", 0);
  RosterField *family = find (fixture, "name.familyName");
  g_autoptr (RosterDraft) other = draft_new (
    fixture->schemas, "{\"id\":\"2\",\"name\":{\"givenName\":\"Lee\",\"familyName\":\"P\"},"
                      "\"emails\":[{\"value\":\"lee@x.org\"}]}");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) none = g_string_new (NULL);
  guint n_items = 0;

  g_signal_connect (fixture->form, "items-changed", G_CALLBACK (items_changed_cb), &n_items);
  g_signal_connect (given, "notify", G_CALLBACK (notify_cb), names);
  g_signal_connect (family, "notify", G_CALLBACK (notify_cb), none);
  roster_form_bind (fixture->form, other, TRUE, NULL);
  /* The same rows show the next person, and only what is different is told. */
  g_assert_true (find (fixture, "name.givenName") == given);
  g_assert_true (find_nth (fixture, "emails", 0) == email);
  g_assert_null (find_nth (fixture, "emails", 1));
  g_assert_cmpstr (names->str, ==, "text ");
  g_assert_cmpstr (none->str, ==, "");
  g_assert_cmpuint (n_items, ==, 0);
  g_assert_cmpstr (roster_field_get_text (email), ==, "lee@x.org");
  roster_field_set_text (given, "Leo");
  g_assert_cmpuint (roster_draft_get_n_changes (other), ==, 1);
  assert_untouched (fixture);
  roster_form_bind (fixture->form, fixture->draft, TRUE, NULL);
  g_assert_cmpstr (roster_field_get_text (given), ==, "Kim");
  roster_form_bind (fixture->form, NULL, TRUE, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->form)), ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->form, &n_items);
  g_signal_handlers_disconnect_by_data (given, names);
  g_signal_handlers_disconnect_by_data (family, none);
}

static void
test_hidden (void)
{
  const char *const hidden[] = { "name.givenName", "emails", NULL };
  g_autoptr (RosterConnection) connection = roster_connection_new (NULL);
  g_autoptr (RosterAttributes) attributes = NULL;
  Fixture fixture = { 0 };

  fixture.schemas = scim_schemas_new_builtin ();
  roster_connection_set_hidden_attributes (connection, hidden);
  attributes = roster_attributes_new (connection);
  roster_attributes_set_schemas (attributes, fixture.schemas);
  fixture.form = roster_form_new (fixture.schemas, attributes);
  fixture.draft =
    draft_new (fixture.schemas, "{\"name\":{\"givenName\":\"K\",\"familyName\":\"P\"},"
                                "\"emails\":[\"a@b\"]}");
  roster_form_bind (fixture.form, fixture.draft, TRUE, NULL);
  g_assert_null (find (&fixture, "name.givenName"));
  g_assert_null (find (&fixture, "emails"));
  roster_field_set_text (find (&fixture, "name.familyName"), "Q");
  assert_target (&fixture, "name.givenName", "\"K\"");
  assert_target (&fixture, "emails", "[\"a@b\"]");
  tear_down (&fixture, NULL);
}

static const char rfc_user[] =
  "{\"id\":\"1\",\"userName\":\"kim\",\"name\":{\"givenName\":\"Kim\",\"familyName\":\"P\"},"
  "\"emails\":[{\"value\":\"a@x.org\",\"type\":\"work\",\"primary\":true},"
  "{\"value\":\"b@x.org\",\"type\":\"home\"}],\"password\":\"secret\","
  "\"groups\":[{\"value\":\"g1\",\"display\":\"Admins\"},{\"value\":\"g2\",\"display\":\"Staff\"}],"
  "\"addresses\":[{\"type\":\"home\",\"streetAddress\":\"A 1\",\"locality\":\"Kandy\","
  "\"x\":[1.10]}],"
  "\"" ENTERPRISE "\":{\"manager\":{\"value\":\"9\",\"displayName\":\"Boss\"}}}";

#define ADD_WSO2(path, function)                                                                   \
  g_test_add ("/directory/form/" path, Fixture, NULL, set_up_wso2, function, tear_down)
#define ADD_RFC(path, function)                                                                    \
  g_test_add ("/directory/form/" path, Fixture, rfc_user, set_up_builtin, function, tear_down)

int
main (int argc, char *argv[])
{
  /* Dates are shown in local time. */
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD_WSO2 ("groups", test_groups);
  ADD_WSO2 ("account", test_account);
  ADD_WSO2 ("other", test_other);
  ADD_WSO2 ("membership", test_membership);
  ADD_WSO2 ("text", test_text);
  ADD_WSO2 ("types", test_types);
  ADD_WSO2 ("problems", test_problems);
  ADD_WSO2 ("misfits", test_misfits);
  ADD_WSO2 ("choice", test_choice);
  ADD_WSO2 ("bare-emails", test_bare_emails);
  ADD_RFC ("remove", test_remove);
  ADD_RFC ("address", test_address);
  ADD_RFC ("primary", test_primary);
  ADD_RFC ("read-only", test_read_only);
  ADD_RFC ("rebind", test_rebind);
  g_test_add_func ("/directory/form/hidden", test_hidden);
  return g_test_run ();
}
