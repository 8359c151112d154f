/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-attribute-row.h"
#include "app/roster-attribute-value.h"
#include "app/roster-drop-down.h"
#include "app/roster-profile-form.h"
#include "profile-fixture.h"

/* The form of the test user in a window of its own. */
typedef struct
{
  ScimSchemas *schemas;
  RosterDraft *draft;
  RosterForm *form;
  GtkWidget *window;
  GtkWidget *box;
} Form;

static RosterDraft *
make_draft (Form *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) user = scim_resource_new (bytes, &error);

  g_assert_no_error (error);
  return roster_draft_new (user, self->schemas);
}

static void
form_set_up (Form *self, gconstpointer data)
{
  g_autofree char *schemas_text = profile_fixture_load_text ("schemas.json");
  g_autofree char *user_text = profile_fixture_load_text ("user.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new_from_text (schemas_text, -1, &error);

  g_assert_no_error (error);
  self->schemas = scim_schemas_new_from_json (json, &error);
  g_assert_no_error (error);
  self->draft = make_draft (self, user_text);
  self->form = roster_form_new (self->schemas, NULL);
  roster_form_bind (self->form, self->draft, TRUE, NULL);
  self->window = gtk_window_new ();
  self->box = g_object_new (ROSTER_TYPE_PROFILE_FORM, NULL);
  gtk_window_set_child (GTK_WINDOW (self->window), self->box);
  roster_profile_form_set_form (ROSTER_PROFILE_FORM (self->box), self->form);
  gtk_window_present (GTK_WINDOW (self->window));
  profile_wait_mapped (self->box, TRUE);
}

static void
form_tear_down (Form *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  roster_test_settle ();
  g_assert_finalize_object (self->form);
  g_object_unref (self->draft);
  scim_schemas_unref (self->schemas);
}

static GtkWidget *
find_row (Form *self, const char *title)
{
  GtkWidget *row = profile_find (self->box, ROSTER_TYPE_ATTRIBUTE_ROW, title);

  g_assert_nonnull (row);
  return row;
}

static RosterField *
get_field (GtkWidget *row)
{
  return roster_attribute_row_get_field (ROSTER_ATTRIBUTE_ROW (row));
}

/* The widget of the value itself, not one of the type's drop-down. */
static GtkWidget *
find_editor (GtkWidget *row, GType type)
{
  GtkWidget *editor =
    profile_find (profile_find (row, ROSTER_TYPE_ATTRIBUTE_VALUE, NULL), type, NULL);

  g_assert_nonnull (editor);
  return editor;
}

static const char *
get_typed (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (find_editor (row, GTK_TYPE_TEXT)));
}

static void
type (GtkWidget *row, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (find_editor (row, GTK_TYPE_TEXT)), text);
}

static const char *
get_second_line (GtkWidget *row)
{
  GtkWidget *label = profile_find (row, GTK_TYPE_LABEL, "second_label");

  return gtk_widget_get_visible (label) ? gtk_label_get_text (GTK_LABEL (label)) : NULL;
}

static GtkWidget *
find_button (GtkWidget *row, const char *id)
{
  GtkWidget *button = profile_find (row, GTK_TYPE_BUTTON, id);

  g_assert_nonnull (button);
  return button;
}

static void
press (GtkWidget *row, const char *id)
{
  g_signal_emit_by_name (find_button (row, id), "clicked");
}

static gboolean
is_shown (GtkWidget *row, const char *id)
{
  return gtk_widget_get_visible (find_button (row, id));
}

static GtkWidget *
find_group (Form *self, const char *title)
{
  GtkWidget *label = profile_find (self->box, GTK_TYPE_LABEL, title);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, ADW_TYPE_PREFERENCES_GROUP);
}

static GtkWidget *
get_value_row (Form *self, const char *group, int position)
{
  GtkWidget *list = profile_find (find_group (self, group), GTK_TYPE_LIST_BOX, "list");

  return GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), position));
}

static void
test_text (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Department");

  g_assert_cmpstr (get_typed (row), ==, "Finance");
  g_assert_null (get_second_line (row));
  g_assert_false (is_shown (row, "undo_button"));

  type (row, "R&D <i>");
  g_assert_cmpstr (roster_field_get_text (get_field (row)), ==, "R&D <i>");
  g_assert_true (gtk_widget_has_css_class (row, "changed"));
  g_assert_cmpstr (get_second_line (row), ==, "was: Finance");
  g_assert_true (is_shown (row, "undo_button"));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 1);

  press (row, "undo_button");
  g_assert_cmpstr (get_typed (row), ==, "Finance");
  g_assert_false (gtk_widget_has_css_class (row, "changed"));
  g_assert_null (get_second_line (row));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 0);

  roster_field_set_text (get_field (row), "<b>Law</b>");
  g_assert_cmpstr (get_typed (row), ==, "<b>Law</b>");
  type (row, "");
  g_assert_cmpstr (get_second_line (row), ==, "was: Finance");
}

static void
test_empty (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Nickname");

  g_assert_cmpstr (get_typed (row), ==, "");
  type (row, "Mari");
  g_assert_cmpstr (get_second_line (row), ==, "was: not set");
}

static void
test_invalid (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Given Name");
  GtkWidget *editor = find_editor (row, GTK_TYPE_TEXT);

  g_assert_true (gtk_widget_get_visible (profile_find (row, GTK_TYPE_LABEL, "required_mark")));
  type (row, "");
  g_assert_true (gtk_widget_has_css_class (row, "invalid"));
  g_assert_false (gtk_widget_has_css_class (row, "changed"));
  g_assert_cmpstr (get_second_line (row), ==, "Given Name is required");
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  g_assert_false (roster_draft_get_valid (self->draft));

  type (row, "Maryam");
  g_assert_true (gtk_widget_has_css_class (row, "changed"));
  g_assert_false (gtk_widget_has_css_class (row, "invalid"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (editor), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_FALSE);
  g_assert_true (roster_draft_get_valid (self->draft));
}

static GtkCalendar *
open_calendar (GtkWidget *row)
{
  GtkWidget *button = find_editor (row, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  return GTK_CALENDAR (profile_find (
    GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_TYPE_CALENDAR, NULL));
}

static void
test_date (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Contract Ends");
  g_autoptr (GDateTime) day = g_date_time_new_local (2028, 2, 29, 0, 0, 0);
  g_autoptr (GDateTime) shown = NULL;
  GtkCalendar *calendar = open_calendar (row);

  shown = gtk_calendar_get_date (calendar);
  g_assert_cmpint (g_date_time_get_year (shown), ==, 2027);
  g_assert_cmpint (g_date_time_get_day_of_month (shown), ==, 31);
  g_assert_false (roster_field_get_changed (get_field (row)));
  gtk_calendar_select_day (calendar, day);
  g_assert_cmpstr (get_typed (row), ==, "2028-02-29");
  g_assert_cmpstr (get_second_line (row), ==, "was: 2027-03-31");

  type (row, "31 March");
  g_assert_true (gtk_widget_has_css_class (row, "invalid"));
  g_assert_nonnull (get_second_line (row));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_editor (row, GTK_TYPE_MENU_BUTTON)));
}

static void
test_date_time (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Signed Off");
  g_autofree char *before = g_strdup (get_typed (row));
  g_autoptr (GDateTime) day = g_date_time_new_local (2026, 1, 6, 0, 0, 0);
  GtkCalendar *calendar = open_calendar (row);

  gtk_calendar_select_day (calendar, day);
  g_assert_true (roster_field_get_changed (get_field (row)));
  g_assert_null (roster_field_get_problem (get_field (row)));
  /* The time of day stayed: only the day is another one. */
  g_assert_cmpstr (get_typed (row), !=, before);
  g_assert_cmpstr (strchr (get_typed (row), ' '), ==, strchr (before, ' '));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (find_editor (row, GTK_TYPE_MENU_BUTTON)));
}

static void
test_number (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Level");

  g_assert_cmpstr (get_typed (row), ==, "7");
  type (row, "eight");
  g_assert_true (gtk_widget_has_css_class (row, "invalid"));
  type (row, "9223372036854775807");
  g_assert_true (gtk_widget_has_css_class (row, "changed"));
  g_assert_cmpstr (get_second_line (row), ==, "was: 7");
}

static void
test_boolean (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Remote Worker");
  GtkSwitch *toggle = GTK_SWITCH (find_editor (row, GTK_TYPE_SWITCH));

  g_assert_true (gtk_switch_get_active (toggle));
  gtk_switch_set_active (toggle, FALSE);
  g_assert_cmpstr (roster_field_get_text (get_field (row)), ==, "false");
  g_assert_cmpstr (get_second_line (row), ==, "was: On");
  press (row, "undo_button");
  g_assert_true (gtk_switch_get_active (toggle));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 0);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Remote Worker");
}

static void
choose (GtkWidget *choice, const char *label)
{
  GtkDropDown *drop_down = GTK_DROP_DOWN (profile_find (choice, GTK_TYPE_DROP_DOWN, NULL));
  GListModel *model = gtk_drop_down_get_model (drop_down);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), label))
      {
        gtk_drop_down_set_selected (drop_down, i);
        return;
      }
  g_assert_not_reached ();
}

static void
test_choice (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Locale");
  GtkWidget *choice = find_editor (row, ROSTER_TYPE_DROP_DOWN);

  g_assert_cmpstr (roster_drop_down_get_value (ROSTER_DROP_DOWN (choice)), ==, "de_DE");
  choose (choice, "English (United States)");
  g_assert_cmpstr (roster_field_get_text (get_field (row)), ==, "en_US");
  g_assert_cmpstr (get_second_line (row), ==, "was: German (Germany)");
  choose (choice, "Not set");
  g_assert_cmpstr (roster_field_get_text (get_field (row)), ==, "");
  press (row, "undo_button");
  g_assert_cmpstr (roster_drop_down_get_value (ROSTER_DROP_DOWN (choice)), ==, "de_DE");
}

/* What is in no list is shown, and nothing is chosen by itself. */
static void
test_choice_foreign (void)
{
  const char *const values[] = { "a", "b", NULL };
  const char *const labels[] = { "A", "B", NULL };
  g_autoptr (RosterDropDown) choice =
    g_object_ref_sink (ROSTER_DROP_DOWN (roster_drop_down_new ()));
  guint n_changed = 0;

  g_signal_connect_swapped (choice, "changed", G_CALLBACK (g_atomic_int_inc), &n_changed);
  roster_drop_down_set (choice, values, labels, "<c>");
  g_assert_cmpstr (roster_drop_down_get_value (choice), ==, "<c>");
  roster_drop_down_set (choice, values, labels, "b");
  g_assert_cmpstr (roster_drop_down_get_value (choice), ==, "b");
  roster_drop_down_set (choice, NULL, NULL, NULL);
  g_assert_cmpstr (roster_drop_down_get_value (choice), ==, "");
  g_assert_cmpuint (n_changed, ==, 0);
}

static void
test_read_only (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "User Name");
  GtkWidget *label = find_editor (row, GTK_TYPE_LABEL);

  g_assert_true (gtk_widget_has_css_class (row, "readonly"));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, PROFILE_USER_NAME);
  g_assert_true (gtk_label_get_selectable (GTK_LABEL (label)));
  g_assert_false (gtk_label_get_use_markup (GTK_LABEL (label)));
  g_assert_nonnull (gtk_widget_get_tooltip_text (row));

  row = find_row (self, "User ID");
  g_assert_true (
    gtk_widget_get_visible (profile_find (row, GTK_TYPE_BUTTON, "edit-copy-symbolic")));
  row = find_row (self, "Manager");
  label = find_editor (row, GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Markus Lindqvist");

  /* The whole form without the permission to write. */
  roster_form_bind (self->form, self->draft, FALSE, "No scope");
  row = find_row (self, "Department");
  label = find_editor (row, GTK_TYPE_LABEL);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "Finance");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (row), ==, "No scope");
  g_assert_false (
    gtk_widget_is_sensitive (find_editor (find_row (self, "Remote Worker"), GTK_TYPE_SWITCH)));
  g_assert_false (gtk_widget_get_visible (
    profile_find (find_group (self, "E-mail Addresses"), GTK_TYPE_BUTTON, "add_button")));
}

static void
test_values (Form *self, gconstpointer data)
{
  GtkWidget *group = find_group (self, "E-mail Addresses");
  GtkWidget *first = get_value_row (self, "E-mail Addresses", 0);
  GtkWidget *second = get_value_row (self, "E-mail Addresses", 1);
  GtkWidget *removed = profile_find (group, ADW_TYPE_PREFERENCES_ROW, "removed_row");
  GtkWidget *added = NULL;

  g_assert_true (gtk_widget_get_visible (profile_find (first, GTK_TYPE_IMAGE, "verified_icon")));
  g_assert_false (gtk_widget_get_visible (profile_find (second, GTK_TYPE_IMAGE, "verified_icon")));
  type (second, "m.haddad@posteo.example");
  g_assert_cmpstr (get_second_line (second), ==, "was: mariam.h@posteo.example");
  g_assert_true (is_shown (second, "undo_button"));
  g_assert_false (is_shown (second, "remove_button"));
  press (second, "undo_button");
  g_assert_true (is_shown (second, "remove_button"));

  g_assert_false (gtk_widget_get_visible (removed));
  press (second, "remove_button");
  g_assert_cmpstr (get_typed (second), ==, "risk-duty@acme.example");
  g_assert_true (gtk_widget_get_visible (removed));
  g_assert_nonnull (profile_find (removed, GTK_TYPE_LABEL, "1 value removed"));
  press (removed, "restore_button");
  g_assert_false (gtk_widget_get_visible (removed));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 0);

  press (group, "add_button");
  added = get_value_row (self, "E-mail Addresses", 3);
  g_assert_true (gtk_widget_get_visible (added));
  g_assert_cmpstr (get_typed (added), ==, "");
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self->window)), added));
  type (added, "new@acme.example");
  g_assert_true (is_shown (added, "remove_button"));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), >, 0);
  press (added, "remove_button");
  g_assert_false (gtk_widget_get_visible (added));
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 0);
}

static void
test_primary (Form *self, gconstpointer data)
{
  GtkWidget *first = get_value_row (self, "E-mail Addresses", 0);
  GtkWidget *second = get_value_row (self, "E-mail Addresses", 1);
  GtkToggleButton *first_star = GTK_TOGGLE_BUTTON (find_button (first, "primary_button"));
  GtkToggleButton *second_star = GTK_TOGGLE_BUTTON (find_button (second, "primary_button"));

  g_assert_true (gtk_toggle_button_get_active (first_star));
  g_assert_false (gtk_toggle_button_get_active (second_star));
  gtk_toggle_button_set_active (second_star, TRUE);
  g_assert_true (roster_field_get_primary (get_field (second)));
  g_assert_false (gtk_toggle_button_get_active (first_star));
  g_assert_cmpstr (gtk_button_get_icon_name (GTK_BUTTON (second_star)), ==, "starred-symbolic");
  /* The value itself is what it was: there is nothing to say about it. */
  g_assert_null (get_second_line (second));

  /* One stays primary. */
  gtk_toggle_button_set_active (second_star, FALSE);
  g_assert_true (gtk_toggle_button_get_active (second_star));
}

static void
test_type (Form *self, gconstpointer data)
{
  GtkWidget *row = get_value_row (self, "E-mail Addresses", 2);
  GtkWidget *choice = profile_find (row, ROSTER_TYPE_DROP_DOWN, NULL);

  g_assert_cmpstr (roster_drop_down_get_value (ROSTER_DROP_DOWN (choice)), ==, "other");
  choose (choice, "Home");
  g_assert_cmpstr (roster_field_get_type_text (get_field (row)), ==, "home");
  g_assert_true (gtk_widget_has_css_class (row, "changed"));
  press (row, "undo_button");
  g_assert_cmpstr (roster_drop_down_get_value (ROSTER_DROP_DOWN (choice)), ==, "other");
}

static void
test_names (Form *self, gconstpointer data)
{
  GtkWidget *row = get_value_row (self, "E-mail Addresses", 1);
  GtkWidget *group = find_group (self, "E-mail Addresses");

  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (find_editor (find_row (self, "Given Name"), GTK_TYPE_TEXT)),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Given Name");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_button (row, "remove_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Remove E-mail Address mariam.h@posteo.example");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_button (row, "primary_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Primary: E-mail Address mariam.h@posteo.example");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_button (group, "add_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Add E-mail Address");
  row = find_row (self, "Department");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_button (row, "undo_button")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Put Back Department");
}

/* Somebody else in the same rows: nothing of the one before can come back. */
static void
test_rebind (Form *self, gconstpointer data)
{
  g_autoptr (RosterDraft) other =
    make_draft (self, "{\"id\":\"u2\",\"userName\":\"DEFAULT/kim\",\"name\":{\"givenName\":\"Kim\","
                      "\"familyName\":\"<b>Ng</b>\"},\"emails\":[\"kim@acme.example\"]}");
  GtkWidget *row = find_row (self, "Given Name");
  GtkWidget *editor = find_editor (row, GTK_TYPE_TEXT);

  roster_form_bind (self->form, other, TRUE, NULL);
  g_assert_true (find_row (self, "Given Name") == row);
  g_assert_cmpstr (get_typed (row), ==, "Kim");
  g_assert_cmpstr (get_typed (find_row (self, "Family Name")), ==, "<b>Ng</b>");
  gtk_widget_activate_action (editor, "text.undo", NULL);
  g_assert_cmpstr (get_typed (row), ==, "Kim");
  g_assert_cmpuint (roster_draft_get_n_changes (other), ==, 0);
  g_assert_cmpuint (roster_draft_get_n_changes (self->draft), ==, 0);
  g_assert_cmpstr (get_typed (get_value_row (self, "E-mail Addresses", 0)), ==, "kim@acme.example");
  g_assert_false (gtk_widget_get_visible (get_value_row (self, "E-mail Addresses", 1)));
  roster_form_bind (self->form, NULL, FALSE, NULL);
}

/* A text entry keeps 65,535 characters: a longer value must not be cut by being shown. */
static void
test_long (Form *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"id\":\"u2\",\"userName\":\"kim\",\"title\":\"%s\"}", name);
  g_autoptr (RosterDraft) other = make_draft (self, text);
  GtkWidget *row = NULL;

  roster_form_bind (self->form, other, TRUE, NULL);
  row = find_row (self, "Title");
  g_assert_null (
    profile_find (profile_find (row, ROSTER_TYPE_ATTRIBUTE_VALUE, NULL), GTK_TYPE_TEXT, NULL));
  g_assert_cmpuint (roster_draft_get_n_changes (other), ==, 0);
  roster_form_bind (self->form, self->draft, TRUE, NULL);
  g_assert_cmpstr (get_typed (row), ==, "Senior Risk Analyst");
}

static void
test_keyboard (Form *self, gconstpointer data)
{
  GtkWidget *row = find_row (self, "Given Name");

  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == find_editor (row, GTK_TYPE_TEXT));
  /* Tab goes from text to text, not to the rows themselves. */
  g_assert_true (gtk_widget_child_focus (self->window, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) ==
                 find_editor (find_row (self, "Family Name"), GTK_TYPE_TEXT));
  g_assert_true (gtk_widget_child_focus (self->window, GTK_DIR_TAB_BACKWARD));
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == find_editor (row, GTK_TYPE_TEXT));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Form *, gconstpointer);
  } tests[] = {
    { "text", test_text },         { "empty", test_empty },         { "invalid", test_invalid },
    { "date", test_date },         { "date-time", test_date_time }, { "number", test_number },
    { "boolean", test_boolean },   { "choice", test_choice },       { "read-only", test_read_only },
    { "values", test_values },     { "primary", test_primary },     { "type", test_type },
    { "names", test_names },       { "rebind", test_rebind },       { "long", test_long },
    { "keyboard", test_keyboard },
  };

  if (!app_fixture_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/row/", tests[i].name, NULL);

      g_test_add (path, Form, NULL, form_set_up, tests[i].test, form_tear_down);
    }
  g_test_add_func ("/app/row/choice-foreign", test_choice_foreign);
  return g_test_run ();
}
