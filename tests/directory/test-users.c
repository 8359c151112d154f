/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-users-private.h"
#include "support/roster-test-wait.h"

typedef struct
{
  ScimSchemas *schemas;
  RosterUserFields *fields;
  RosterIndex *index;
  RosterUsers *users;
  GArray *changes; /* guint: position, removed, added of every items-changed */
  guint n_refilled;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Fixture *fixture = user_data;
  guint change[3] = { position, removed, added };

  g_array_append_vals (fixture->changes, change, 3);
}

static void
refilled_cb (RosterUsers *users, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_refilled++;
}

static gboolean
is_idle (gpointer user_data)
{
  Fixture *fixture = user_data;

  return g_list_model_get_n_items (G_LIST_MODEL (fixture->users)) ==
           roster_users_get_n_matching (fixture->users) &&
         fixture->n_refilled > 0;
}

/* Waits for a result that was asked for since n_refilled was last set to 0. */
static void
wait_for_result (Fixture *fixture)
{
  roster_test_wait (is_idle, fixture);
}

static void
add_user (Fixture *fixture, RosterBatch *batch, const char *json)
{
  g_autoptr (ScimJson) document = NULL;
  g_autoptr (ScimResource) user = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  char *values[64] = { NULL };
  guint32 flags;

  document = scim_json_new_from_text (json, -1, &error);
  g_assert_no_error (error);
  user = scim_resource_new_from_json (document, &error);
  g_assert_no_error (error);

  flags = roster_user_fields_extract (user, values, fixture->fields);
  id = scim_resource_dup_text (user, "id");
  roster_batch_add (batch, id, (const char *const *)values, flags);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_free (values[i]);
}

static RosterBatch *
new_batch (Fixture *fixture)
{
  const RosterFieldSpec *specs;
  guint n;

  specs = roster_user_fields_get_specs (fixture->fields, &n);
  return roster_batch_new (specs, n);
}

static void
add_numbered (Fixture *fixture, guint first, guint n)
{
  RosterBatch *batch = new_batch (fixture);

  for (guint i = first; i < first + n; i++)
    {
      g_autofree char *json = g_strdup_printf (
        "{\"id\":\"u%u\",\"userName\":\"DEFAULT/%s%05u\",\"displayName\":\"Person %05u\"}", i,
        i % 2 == 0 ? "even" : "odd", i, i);

      add_user (fixture, batch, json);
    }
  roster_index_merge (fixture->index, batch);
}

static void
make_index (Fixture *fixture, const char *const *columns)
{
  const RosterFieldSpec *specs;
  guint n;

  fixture->fields = roster_user_fields_new (fixture->schemas, columns);
  specs = roster_user_fields_get_specs (fixture->fields, &n);
  fixture->index = roster_index_new (specs, n);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const columns[] = { "userName", "meta.lastModified", "active",
                                  "groups",   "addresses",         NULL };

  fixture->schemas = scim_schemas_new_builtin ();
  make_index (fixture, columns);
  fixture->changes = g_array_new (FALSE, FALSE, sizeof (guint));
  fixture->users = roster_users_new ();
  g_signal_connect (fixture->users, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_signal_connect (fixture->users, "refilled", G_CALLBACK (refilled_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->users);
  roster_test_settle ();
  roster_index_free (fixture->index);
  roster_user_fields_unref (fixture->fields);
  scim_schemas_unref (fixture->schemas);
  g_array_unref (fixture->changes);
}

static void
show (Fixture *fixture)
{
  fixture->n_refilled = 0;
  roster_users_set_index (fixture->users, fixture->index, fixture->fields);
  wait_for_result (fixture);
}

static void
search (Fixture *fixture, const char *text)
{
  fixture->n_refilled = 0;
  roster_users_set_search (fixture->users, text);
  wait_for_result (fixture);
}

static RosterUserRow *
get_row (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->users), position);
}

static void
assert_changes (Fixture *fixture, const guint *expected, guint n)
{
  g_assert_cmpmem (fixture->changes->data, fixture->changes->len * sizeof (guint), expected,
                   n * sizeof (guint));
  g_array_set_size (fixture->changes, 0);
}

static void
count_cb (gpointer instance, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_texts (Fixture *fixture, gconstpointer data)
{
  RosterBatch *batch = new_batch (fixture);
  g_autoptr (RosterUserRow) row = NULL;

  add_user (fixture, batch,
            "{\"id\":\"a\",\"userName\":\"DEFAULT/kim@x.example\",\"displayName\":\"Kim Perera\","
            "\"emails\":[{\"value\":\"second@x.example\"},"
            "{\"value\":\"first@x.example\",\"primary\":true}],"
            "\"active\":\"True\",\"meta\":{\"lastModified\":\"2026-11-22T14:01:09.123Z\"},"
            "\"groups\":[{\"value\":\"77\",\"display\":\"Auditors\",\"$ref\":\"../Groups/77\"}],"
            "\"addresses\":[{\"type\":\"work\",\"streetAddress\":\"1 Main Rd\","
            "\"locality\":\"Kandy\"}],"
            "\"title\":\"Head\\u202e\\u0007of IT\"}");
  roster_index_merge (fixture->index, batch);
  show (fixture);

  row = get_row (fixture, 0);
  g_assert_cmpstr (roster_user_row_get_id (row), ==, "a");
  g_assert_cmpstr (roster_user_row_get_title (row), ==, "Kim Perera");
  g_assert_cmpstr (roster_user_row_get_text (row, ""), ==, "Kim Perera");
  g_assert_cmpstr (roster_user_row_get_text (row, "userName"), ==, "kim@x.example");
  g_assert_cmpstr (roster_user_row_get_text (row, "emails"), ==, "first@x.example");
  g_assert_cmpstr (roster_user_row_get_text (row, "active"), ==, "Yes");
  g_assert_cmpstr (roster_user_row_get_text (row, "groups"), ==, "Auditors");
  g_assert_cmpstr (roster_user_row_get_text (row, "addresses"), ==, "1 Main Rd, Kandy");
  g_assert_cmpstr (roster_user_row_get_text (row, "meta.lastModified"), ==, "2026-11-22 14:01");
  g_assert_cmpstr (roster_user_row_get_text (row, "externalId"), ==, "");
  g_assert_cmpstr (roster_user_row_get_text (row, "no.such.column"), ==, "");
  g_assert_null (strstr (roster_user_row_get_text (row, "title"), "\u202e"));
  g_assert_cmpint (roster_user_row_get_status (row), ==, SCIM_ACCOUNT_ACTIVE);
}

/* A service may send anything for any attribute: what is no text is no column. */
static void
test_hostile_values (Fixture *fixture, gconstpointer data)
{
  RosterBatch *batch = new_batch (fixture);
  g_autofree char *longest = g_strnfill (100000, 'x');
  g_autofree char *json = g_strdup_printf (
    "{\"id\":\"c\",\"userName\":\"%s\",\"emails\":[\"a\\u00e9\",\"%s\"]}", longest, longest);
  g_autoptr (RosterUserRow) row = NULL;

  add_user (
    fixture, batch,
    "{\"id\":\"a\",\"userName\":{\"x\":[1]},\"displayName\":[],\"emails\":\"bare@x.example\","
    "\"phoneNumbers\":[null,7,{},[],{\"value\":{}}],\"name\":\"text\","
    "\"meta\":{\"lastModified\":\"soon\"},\"active\":\"perhaps\",\"groups\":{\"value\":7}}");
  add_user (fixture, batch, "{\"id\":\"b\"}");
  add_user (fixture, batch, json);
  roster_index_merge (fixture->index, batch);
  show (fixture);

  row = get_row (fixture, 0);
  g_assert_cmpstr (roster_user_row_get_text (row, "userName"), ==, "");
  g_assert_cmpstr (roster_user_row_get_title (row), ==, "a");
  g_assert_cmpstr (roster_user_row_get_text (row, "emails"), ==, "bare@x.example");
  g_assert_cmpstr (roster_user_row_get_text (row, "phoneNumbers"), ==, "7");
  g_assert_cmpstr (roster_user_row_get_text (row, "meta.lastModified"), ==, "soon");
  g_assert_cmpstr (roster_user_row_get_text (row, "active"), ==, "perhaps");
  g_assert_cmpstr (roster_user_row_get_text (row, "groups"), ==, "7");
  g_clear_object (&row);

  row = get_row (fixture, 2);
  g_assert_cmpstr (roster_user_row_get_text (row, "emails"), ==, "a\u00e9");
}

static void
test_grows_in_steps (Fixture *fixture, gconstpointer data)
{
  static const guint expected[] = {
    0, 0, 48, 48, 0, 48, 96, 0, 48, 144, 0, 48, 192, 0, 48, 240, 0, 760,
  };

  add_numbered (fixture, 0, 1000);
  show (fixture);
  assert_changes (fixture, expected, G_N_ELEMENTS (expected));
  g_assert_cmpuint (roster_users_get_n_matching (fixture->users), ==, 1000);
}

static void
test_changes_only_the_difference (Fixture *fixture, gconstpointer data)
{
  static const guint shorter[] = { 500, 500, 0 };
  static const guint longer[] = { 500, 0, 500 };
  g_autoptr (RosterUserRow) first = NULL;
  g_autoptr (RosterUserRow) last = NULL;
  g_autoptr (RosterUserRow) again = NULL;
  guint n_changed = 0;

  add_numbered (fixture, 0, 1000);
  show (fixture);
  g_array_set_size (fixture->changes, 0);
  first = get_row (fixture, 0);
  last = get_row (fixture, 999);
  g_signal_connect (first, "changed", G_CALLBACK (count_cb), &n_changed);

  search (fixture, "odd");
  assert_changes (fixture, shorter, 3);
  g_assert_cmpuint (n_changed, ==, 1);
  again = get_row (fixture, 0);
  g_assert_true (again == first);
  g_assert_cmpstr (roster_user_row_get_id (first), ==, "u1");
  /* A row that left the model keeps what it showed. */
  g_assert_cmpstr (roster_user_row_get_id (last), ==, "u999");

  search (fixture, "");
  assert_changes (fixture, longer, 3);
  g_assert_cmpstr (roster_user_row_get_id (first), ==, "u0");
}

/* What is not on screen has no object. */
static void
test_no_object_without_view (Fixture *fixture, gconstpointer data)
{
  RosterUserRow *row;
  gpointer weak;

  add_numbered (fixture, 0, 300);
  show (fixture);
  row = get_row (fixture, 7);
  weak = row;
  g_object_add_weak_pointer (G_OBJECT (row), &weak);
  g_object_unref (row);
  g_assert_null (weak);

  row = get_row (fixture, 7);
  g_assert_cmpstr (roster_user_row_get_id (row), ==, "u7");
  g_object_unref (row);
  g_assert_null (get_row (fixture, 300));
}

static void
test_search_and_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) matches = NULL;

  g_assert_cmpstr (roster_users_get_count_text (fixture->users), ==, "About 0 users");
  add_numbered (fixture, 0, 1204);
  roster_users_set_total (fixture->users, 98311, FALSE);
  show (fixture);
  g_assert_cmpstr (roster_users_get_count_text (fixture->users), ==, "1,204 of about 98,311 users");
  g_assert_cmpuint (roster_users_get_n_total (fixture->users), ==, 98311);

  roster_users_set_total (fixture->users, 1204, TRUE);
  g_assert_cmpstr (roster_users_get_count_text (fixture->users), ==, "1,204 users");
  search (fixture, "person 0000");
  g_assert_cmpstr (roster_users_get_count_text (fixture->users), ==, "10 of 1,204 users");
  g_assert_cmpstr (roster_users_get_words (fixture->users)[0], ==, "person");
  matches = roster_users_find_matches (fixture->users, "A Person");
  g_assert_cmpuint (matches->len, ==, 2);
  g_assert_cmpuint (g_array_index (matches, guint, 0), ==, 2);

  /* What a service says is nothing to rely on: fewer than were read. */
  roster_users_set_total (fixture->users, 10, FALSE);
  search (fixture, "");
  g_assert_cmpstr (roster_users_get_count_text (fixture->users), ==, "About 1,204 users");

  search (fixture, "nobody");
  g_assert_cmpuint (roster_users_get_n_matching (fixture->users), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->users)), ==, 0);
}

static void
test_newest_wins (Fixture *fixture, gconstpointer data)
{
  gboolean searching = FALSE;

  add_numbered (fixture, 0, 2000);
  show (fixture);

  fixture->n_refilled = 0;
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("person %05u", i);

      roster_users_set_search (fixture->users, text);
    }
  g_object_get (fixture->users, "searching", &searching, NULL);
  g_assert_true (searching);
  g_assert_cmpstr (roster_users_get_search (fixture->users), ==, "person 00049");
  wait_for_result (fixture);

  g_assert_cmpuint (fixture->n_refilled, ==, 1);
  g_assert_cmpuint (roster_users_get_n_matching (fixture->users), ==, 1);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "u49"), ==, 0);
  g_object_get (fixture->users, "searching", &searching, NULL);
  g_assert_false (searching);
}

static void
sort_by (Fixture *fixture, const RosterUsersSort *keys, guint n)
{
  fixture->n_refilled = 0;
  roster_users_set_sort (fixture->users, keys, n);
  wait_for_result (fixture);
}

static void
test_sort (Fixture *fixture, gconstpointer data)
{
  static const RosterUsersSort down[] = { { "userName", TRUE } };
  static const RosterUsersSort up[] = { { "userName", FALSE } };
  static const RosterUsersSort by_status[] = { { "status", FALSE }, { "userName", FALSE } };
  static const RosterUsersSort unknown[] = { { "no.such", FALSE } };
  RosterBatch *batch = new_batch (fixture);

  add_user (fixture, batch, "{\"id\":\"b\",\"userName\":\"X/berta\",\"active\":true}");
  add_user (fixture, batch, "{\"id\":\"c\",\"userName\":\"A/carla\",\"active\":false}");
  add_user (fixture, batch, "{\"id\":\"a\",\"userName\":\"Z/anna\",\"active\":true}");
  roster_index_merge (fixture->index, batch);
  show (fixture);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "b"), ==, 0);

  sort_by (fixture, up, 1);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "a"), ==, 0);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "c"), ==, 2);
  sort_by (fixture, down, 1);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "a"), ==, 2);
  sort_by (fixture, by_status, 2);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "c"), ==, 0);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "a"), ==, 1);
  sort_by (fixture, unknown, 1);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "b"), ==, 0);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "nobody"), ==, G_MAXUINT);
}

static void
test_merges (Fixture *fixture, gconstpointer data)
{
  guint n_changed = 0;
  g_autoptr (RosterUserRow) row = NULL;
  RosterBatch *batch;

  add_numbered (fixture, 0, 300);
  show (fixture);
  row = get_row (fixture, 3);
  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &n_changed);

  /* Others arriving leave a row alone. */
  fixture->n_refilled = 0;
  for (guint i = 0; i < 10; i++)
    {
      add_numbered (fixture, 300 + i * 10, 10);
      roster_users_index_changed (fixture->users);
    }
  wait_for_result (fixture);
  g_assert_cmpuint (fixture->n_refilled, <=, 2);
  g_assert_cmpuint (n_changed, ==, 0);
  g_assert_cmpuint (roster_users_get_n_matching (fixture->users), ==, 400);

  /* A change of its own shows; its place among rows in order of arrival may change. */
  fixture->n_refilled = 0;
  batch = new_batch (fixture);
  add_user (fixture, batch, "{\"id\":\"u3\",\"userName\":\"new\",\"displayName\":\"New\"}");
  roster_index_merge (fixture->index, batch);
  roster_users_index_changed (fixture->users);
  wait_for_result (fixture);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "u3"), !=, G_MAXUINT);

  fixture->n_refilled = 0;
  roster_index_remove (fixture->index, "u3");
  roster_users_index_changed (fixture->users);
  wait_for_result (fixture);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "u3"), ==, G_MAXUINT);
}

/* The same row under another search is drawn again: other parts of it are marked. */
static void
test_words_redraw (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterUserRow) row = NULL;
  guint n_changed = 0;

  add_numbered (fixture, 0, 3);
  show (fixture);
  row = get_row (fixture, 0);
  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &n_changed);
  search (fixture, "person");
  g_assert_cmpuint (n_changed, ==, 1);
}

static gboolean
has_five (gpointer user_data)
{
  return roster_users_get_n_matching (user_data) == 5;
}

/* What arrives while a search runs is not lost. */
static void
test_merge_while_searching (Fixture *fixture, gconstpointer data)
{
  add_numbered (fixture, 0, 3);
  show (fixture);
  roster_users_set_search (fixture->users, "person");
  add_numbered (fixture, 3, 2);
  roster_users_index_changed (fixture->users);
  roster_test_wait (has_five, fixture->users);
}

static void
test_plain_user_names (Fixture *fixture, gconstpointer data)
{
  RosterBatch *batch = new_batch (fixture);

  g_assert_cmpuint (roster_users_count_plain_user_name (fixture->users, "kim"), ==, 0);
  add_user (fixture, batch, "{\"id\":\"a\",\"userName\":\"DEFAULT/kim\"}");
  add_user (fixture, batch, "{\"id\":\"b\",\"userName\":\"OTHER/kim\"}");
  add_user (fixture, batch, "{\"id\":\"c\",\"userName\":\"Kim\"}");
  add_user (fixture, batch, "{\"id\":\"d\",\"userName\":\"jose\u0301\"}");
  roster_index_merge (fixture->index, batch);
  show (fixture);

  g_assert_cmpuint (roster_users_count_plain_user_name (fixture->users, "kim"), ==, 2);
  g_assert_cmpuint (roster_users_count_plain_user_name (fixture->users, "Kim"), ==, 1);
  g_assert_cmpuint (roster_users_count_plain_user_name (fixture->users, "jos\u00e9"), ==, 1);
}

/* Another layout takes the rows over, and the object on screen shows the new column. */
static void
test_other_layout (Fixture *fixture, gconstpointer data)
{
  const char *const columns[] = { "nickName", NULL };
  RosterUserFields *old_fields = fixture->fields;
  RosterIndex *old_index = fixture->index;
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autoptr (RosterUserRow) row = NULL;
  guint n_changed = 0;

  add_numbered (fixture, 0, 5);
  show (fixture);
  row = get_row (fixture, 0);
  g_signal_connect (row, "changed", G_CALLBACK (count_cb), &n_changed);

  snapshot = roster_index_snapshot (old_index);
  make_index (fixture, columns);
  g_assert_false (roster_user_fields_covers (old_fields, fixture->fields));
  g_assert_true (roster_user_fields_covers (fixture->fields, fixture->fields));
  roster_index_merge (fixture->index,
                      roster_user_fields_convert (fixture->fields, old_fields, snapshot));
  show (fixture);

  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpstr (roster_user_row_get_text (row, "userName"), ==, "even00000");
  g_assert_cmpstr (roster_user_row_get_text (row, "nickName"), ==, "");
  g_assert_cmpuint (roster_user_fields_find (fixture->fields, "active"), ==, G_MAXUINT);
  g_clear_object (&row);

  roster_users_set_index (fixture->users, NULL, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->users)), ==, 0);
  g_assert_cmpuint (roster_users_find_position (fixture->users, "u0"), ==, G_MAXUINT);
  roster_index_free (old_index);
  roster_user_fields_unref (old_fields);
}

/* Nothing is delivered to a model that went while a worker was busy for it. */
static void
test_dispose_while_searching (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  Fixture fixture = { 0 };

  fixture.schemas = schemas;
  make_index (&fixture, NULL);
  add_numbered (&fixture, 0, 5000);
  fixture.users = roster_users_new ();
  roster_users_set_index (fixture.users, fixture.index, fixture.fields);
  roster_users_set_search (fixture.users, "person");
  g_assert_finalize_object (fixture.users);
  roster_test_settle ();
  roster_index_free (fixture.index);
  roster_user_fields_unref (fixture.fields);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/directory/users/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  ADD ("texts", test_texts);
  ADD ("hostile-values", test_hostile_values);
  ADD ("grows-in-steps", test_grows_in_steps);
  ADD ("difference", test_changes_only_the_difference);
  ADD ("no-object", test_no_object_without_view);
  ADD ("search", test_search_and_counts);
  ADD ("newest-wins", test_newest_wins);
  ADD ("sort", test_sort);
  ADD ("merges", test_merges);
  ADD ("words-redraw", test_words_redraw);
  ADD ("merge-while-searching", test_merge_while_searching);
  ADD ("plain-user-names", test_plain_user_names);
  ADD ("other-layout", test_other_layout);
  g_test_add_func ("/directory/users/dispose", test_dispose_while_searching);

  return g_test_run ();
}
