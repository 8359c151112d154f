/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-attributes-private.h"

typedef struct
{
  RosterConnection *connection;
  RosterAttributes *attributes;
  guint n_changed;
} Fixture;

static void
changed_cb (RosterAttributes *attributes, gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->connection = roster_connection_new (NULL);
  fixture->attributes = roster_attributes_new (fixture->connection);
  g_signal_connect (fixture->attributes, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->attributes);
  g_assert_finalize_object (fixture->connection);
}

static void
set_schemas (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, &error);
  g_autoptr (ScimSchemas) schemas = NULL;

  g_assert_no_error (error);
  schemas = scim_schemas_new_from_json (json, &error);
  g_assert_no_error (error);
  roster_attributes_set_schemas (fixture->attributes, schemas);
}

static RosterAttributeItem *
find (Fixture *fixture, const char *path, guint *position)
{
  GListModel *model = G_LIST_MODEL (fixture->attributes);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (RosterAttributeItem) item = g_list_model_get_item (model, i);

      if (g_str_equal (roster_attribute_item_get_path (item), path))
        {
          if (position != NULL)
            *position = i;
          return item;
        }
    }

  return NULL;
}

static char *
join_columns (Fixture *fixture)
{
  GPtrArray *columns = roster_attributes_get_columns (fixture->attributes);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    {
      const RosterColumn *column = columns->pdata[i];

      g_string_append_printf (text, "%s%s%s", i > 0 ? "|" : "", column->path,
                              column->expand ? "*" : "");
    }

  return g_string_free (text, FALSE);
}

static void
assert_columns (Fixture *fixture, const char *expected)
{
  g_autofree char *columns = join_columns (fixture);

  g_assert_cmpstr (columns, ==, expected);
}

static void
test_builtin (Fixture *fixture, gconstpointer data)
{
  RosterAttributeItem *item;
  const RosterColumn *column;

  assert_columns (fixture, "|userName|emails*|meta.lastModified");
  column = roster_attributes_get_columns (fixture->attributes)->pdata[2];
  g_assert_cmpstr (column->title, ==, "E-mail");
  column = roster_attributes_get_columns (fixture->attributes)->pdata[3];
  g_assert_true (column->date);
  g_assert_cmpstr (column->title, ==, "Last Modified");

  item = find (fixture, "name.givenName", NULL);
  g_assert_cmpstr (roster_attribute_item_get_label (item), ==, "Given Name");
  g_assert_cmpstr (roster_attribute_item_get_group (item), ==, "User");
  g_assert_true (roster_attribute_item_get_in_profile (item));
  g_assert_false (roster_attribute_item_get_in_table (item));
  item = find (fixture, SCIM_URN_ENTERPRISE_USER ":department", NULL);
  g_assert_cmpstr (roster_attribute_item_get_group (item), ==, "Enterprise User");
  /* Shown as one: the one referred to. */
  g_assert_nonnull (find (fixture, SCIM_URN_ENTERPRISE_USER ":manager", NULL));
  g_assert_null (find (fixture, SCIM_URN_ENTERPRISE_USER ":manager.value", NULL));
  g_assert_null (find (fixture, "emails.value", NULL));
  g_assert_null (find (fixture, "password", NULL));
  item = find (fixture, "meta.created", NULL);
  g_assert_true (roster_attribute_item_get_read_only (item));
  g_assert_false (roster_attribute_item_get_in_profile (find (fixture, "profileUrl", NULL)));
  g_assert_true (roster_attribute_item_get_in_profile (find (fixture, "groups", NULL)));
  g_assert_true (roster_attribute_item_get_in_profile (find (fixture, "active", NULL)));
}

static void
test_fixed (Fixture *fixture, gconstpointer data)
{
  RosterAttributeItem *user_name = find (fixture, "userName", NULL);
  RosterAttributeItem *display_name = find (fixture, "displayName", NULL);

  g_assert_true (roster_attribute_item_get_required (user_name));
  roster_attribute_item_set_in_profile (user_name, FALSE);
  g_assert_true (roster_attribute_item_get_in_profile (user_name));
  g_assert_true (roster_attribute_item_get_table_fixed (display_name));
  g_object_set (display_name, "in-table", FALSE, NULL);
  g_assert_true (roster_attribute_item_get_in_table (display_name));
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_choices (Fixture *fixture, gconstpointer data)
{
  const char *const *hidden;
  gboolean on = TRUE;

  g_object_set (find (fixture, "title", NULL), "in-profile", FALSE, "in-table", TRUE, NULL);
  g_object_set (find (fixture, "emails", NULL), "in-table", FALSE, NULL);
  g_assert_cmpuint (fixture->n_changed, ==, 3);
  assert_columns (fixture, "|userName|meta.lastModified|title*");
  g_assert_true (roster_attributes_is_hidden (fixture->attributes, "title"));
  hidden = roster_connection_get_hidden_attributes (fixture->connection);
  g_assert_true (g_strv_contains (hidden, "title"));
  g_assert_true (g_strv_contains (hidden, "profileUrl"));
  g_object_get (find (fixture, "title", NULL), "in-profile", &on, NULL);
  g_assert_false (on);

  /* The same service, the next time. */
  {
    g_autoptr (RosterAttributes) again = roster_attributes_new (fixture->connection);

    g_assert_true (roster_attributes_is_hidden (again, "title"));
    g_assert_cmpuint (roster_attributes_get_columns (again)->len, ==, 4);
  }

  roster_attributes_reset (fixture->attributes);
  g_assert_null (roster_connection_get_hidden_attributes (fixture->connection));
  g_assert_null (roster_connection_get_columns (fixture->connection));
  assert_columns (fixture, "|userName|emails*|meta.lastModified");
  g_assert_false (roster_attributes_is_hidden (fixture->attributes, "title"));
}

static void
test_no_column (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { NULL };

  roster_connection_set_columns (fixture->connection, none);
  set_schemas (fixture, "[{\"id\":\"urn:ietf:params:scim:schemas:core:2.0:User\",\"name\":\"User\","
                        "\"attributes\":[]}]");
  assert_columns (fixture, "*");
}

static void
test_parts (Fixture *fixture, gconstpointer data)
{
  g_assert_false (roster_attributes_is_hidden (fixture->attributes, "name"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (fixture->attributes)); i++)
    {
      g_autoptr (RosterAttributeItem) item =
        g_list_model_get_item (G_LIST_MODEL (fixture->attributes), i);

      if (g_str_has_prefix (roster_attribute_item_get_path (item), "name."))
        roster_attribute_item_set_in_profile (item, FALSE);
    }
  g_assert_true (roster_attributes_is_hidden (fixture->attributes, "name"));

  g_object_set (find (fixture, "emails", NULL), "in-profile", FALSE, NULL);
  g_assert_true (roster_attributes_is_hidden (fixture->attributes, "emails.value"));
  g_assert_false (roster_attributes_is_hidden (fixture->attributes, "phoneNumbers.value"));
  g_assert_false (roster_attributes_is_hidden (fixture->attributes, "nobody.knows"));
}

static void
test_wso2 (Fixture *fixture, gconstpointer data)
{
  guint first = 0;
  guint second = 0;
  guint custom = 0;
  g_autofree char *markup = NULL;

  set_schemas (
    fixture,
    "[{\"id\":\"urn:ietf:params:scim:schemas:core:2.0:User\",\"name\":\"User\",\"attributes\":["
    "{\"name\":\"userName\",\"type\":\"STRING\",\"displayName\":\"Username\",\"required\":true,"
    "\"displayOrder\":\"9\"},"
    "{\"name\":\"active\",\"type\":\"BOOLEAN\"},"
    "{\"name\":\"name\",\"type\":\"COMPLEX\",\"displayOrder\":\"1\",\"subAttributes\":["
    "{\"name\":\"givenName\",\"type\":\"STRING\",\"displayName\":\"First Name\","
    "\"required\":true}]}]},"
    "{\"id\":\"urn:scim:wso2:schema\",\"name\":\"SystemUser\",\"attributes\":["
    "{\"name\":\"accountLocked\",\"type\":\"BOOLEAN\"},"
    "{\"name\":\"lastLogonTime\",\"type\":\"DATETIME\",\"mutability\":\"READ_ONLY\"}]},"
    "{\"id\":\"urn:scim:wso2:agent:schema\",\"name\":\"Agent\",\"attributes\":["
    "{\"name\":\"model\",\"type\":\"STRING\"}]},"
    "{\"id\":\"urn:x:<b>Shop</b>\",\"name\":\"<b>Shop</b>\",\"attributes\":["
    "{\"name\":\"badge\",\"type\":\"STRING\",\"displayName\":\"\"}]}]");

  g_assert_nonnull (find (fixture, "name.givenName", &first));
  g_assert_nonnull (find (fixture, "userName", &second));
  g_assert_cmpuint (first, <, second);
  g_assert_cmpstr (roster_attribute_item_get_label (find (fixture, "name.givenName", NULL)), ==,
                   "First Name");
  g_assert_false (roster_attribute_item_get_in_profile (find (fixture, "active", NULL)));
  g_assert_false (roster_attribute_item_get_in_profile (
    find (fixture, "urn:scim:wso2:schema:accountLocked", NULL)));
  g_assert_null (find (fixture, "urn:scim:wso2:agent:schema:model", NULL));
  g_assert_nonnull (find (fixture, "urn:x:<b>Shop</b>:badge", &custom));
  g_assert_cmpuint (custom, >, second);
  g_assert_cmpstr (
    roster_attribute_item_get_label (find (fixture, "urn:x:<b>Shop</b>:badge", NULL)), !=, "");

  g_object_set (find (fixture, "urn:scim:wso2:schema:lastLogonTime", NULL), "in-table", TRUE, NULL);
  assert_columns (fixture, "|userName*|meta.lastModified|urn:scim:wso2:schema:lastLogonTime");
}

#define ADD(path, function)                                                                        \
  g_test_add ("/directory/attributes/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("builtin", test_builtin);
  ADD ("fixed", test_fixed);
  ADD ("choices", test_choices);
  ADD ("no-column", test_no_column);
  ADD ("parts", test_parts);
  ADD ("wso2", test_wso2);

  return g_test_run ();
}
