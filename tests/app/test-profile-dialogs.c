/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-customize-dialog.h"
#include "app/roster-customize-row.h"
#include "app/roster-delete-dialog.h"
#include "app/roster-notice.h"
#include "app/roster-reset-dialog.h"
#include "profile-fixture.h"

typedef struct
{
  ProfileFixture *service;
  RosterProfile *profile;
  GtkWidget *dialog;
  char *deleted; /* the title of the outcome */
} Dialog;

static void
dialog_set_up (Dialog *self, gconstpointer data)
{
  self->service = profile_fixture_new ();
  self->profile = profile_fixture_load (self->service);
}

static void
dialog_tear_down (Dialog *self, gconstpointer data)
{
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  roster_test_settle ();
  g_assert_finalize_object (self->profile);
  profile_fixture_free (self->service);
  g_free (self->deleted);
}

static void
present (Dialog *self, gpointer dialog)
{
  g_set_weak_pointer (&self->dialog, GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  profile_wait_mapped (self->dialog, TRUE);
}

static GtkWidget *
find (Dialog *self, GType type, const char *name)
{
  GtkWidget *widget = profile_find (self->dialog, type, name);

  g_assert_nonnull (widget);
  return widget;
}

static GtkEditable *
find_editable (Dialog *self, const char *name)
{
  return GTK_EDITABLE (find (self, GTK_TYPE_WIDGET, name));
}

static gboolean
is_sensitive (Dialog *self, const char *name)
{
  return gtk_widget_is_sensitive (find (self, GTK_TYPE_WIDGET, name));
}

static gboolean
is_visible (Dialog *self, const char *name)
{
  return gtk_widget_get_visible (find (self, GTK_TYPE_WIDGET, name));
}

static void
press (Dialog *self, const char *name)
{
  GtkWidget *button = find (self, GTK_TYPE_BUTTON, name);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_gone (gpointer data)
{
  return ((Dialog *)data)->dialog == NULL;
}

/* ---- deleting ---- */

static void
deleted_cb (Dialog *self, const RosterOutcome *outcome)
{
  g_free (self->deleted);
  self->deleted = g_strdup (outcome->title);
}

static void
open_delete (Dialog *self)
{
  present (self, roster_delete_dialog_new (self->profile, self->service->connection));
  g_signal_connect_swapped (self->dialog, "deleted", G_CALLBACK (deleted_cb), self);
}

static void
test_delete_confirm (Dialog *self, gconstpointer data)
{
  static const char *const wrong[] = {
    "", "mariam", "Mariam.Haddad", "mariam.haddad ", "default/mariam.haddad", "DEFAULT/", NULL
  };
  static const char *const right[] = { "mariam.haddad", PROFILE_USER_NAME, NULL };
  GtkEditable *entry = NULL;

  open_delete (self);
  entry = find_editable (self, "entry");
  g_assert_true (
    gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self->dialog)), GTK_WIDGET (entry)));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (entry)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Type the user name to confirm");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (find (self, GTK_TYPE_BUTTON, "confirm_button")), GTK_ACCESSIBLE_PROPERTY_LABEL,
    "Confirm");
  for (guint i = 0; right[i] != NULL; i++)
    for (guint j = 0; wrong[j] != NULL; j++)
      {
        gtk_editable_set_text (entry, right[i]);
        g_assert_true (is_sensitive (self, "confirm_button"));
        gtk_editable_set_text (entry, wrong[j]);
        g_assert_false (is_sensitive (self, "confirm_button"));
      }
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (find (self, GTK_TYPE_LABEL, "hint_label"))), ==,
                   "With or without “DEFAULT/”");
  g_assert_nonnull (profile_find (self->dialog, GTK_TYPE_LABEL, "Acme · Production"));
  g_assert_true (
    gtk_label_get_selectable (GTK_LABEL (find (self, GTK_TYPE_LABEL, "user_name_label"))));
}

static void
test_delete_enter (Dialog *self, gconstpointer data)
{
  GtkEditable *entry = NULL;

  open_delete (self);
  entry = find_editable (self, "entry");
  gtk_editable_set_text (entry, PROFILE_USER_NAME);
  g_signal_emit_by_name (gtk_editable_get_delegate (entry), "activate");
  roster_test_settle ();
  g_assert_cmpuint (self->service->n_deleted, ==, 0);
  /* What Enter does elsewhere in the dialog. */
  g_assert_true (gtk_window_get_default_widget (GTK_WINDOW (self->dialog)) ==
                 find (self, GTK_TYPE_BUTTON, "cancel_button"));
  g_assert_nonnull (self->dialog);
}

static void
test_delete_escape (Dialog *self, gconstpointer data)
{
  open_delete (self);
  gtk_editable_set_text (find_editable (self, "entry"), PROFILE_USER_NAME);
  gtk_window_close (GTK_WINDOW (self->dialog));
  roster_test_wait (is_gone, self);
  g_assert_cmpuint (self->service->n_deleted, ==, 0);
  g_assert_null (self->deleted);
}

static void
test_delete_done (Dialog *self, gconstpointer data)
{
  open_delete (self);
  gtk_editable_set_text (find_editable (self, "entry"), "mariam.haddad");
  press (self, "confirm_button");
  /* It cannot be taken back, so it cannot be walked away from. */
  g_assert_false (is_sensitive (self, "cancel_button"));
  g_assert_false (is_sensitive (self, "confirm_button"));
  g_assert_false (is_sensitive (self, "entry"));
  gtk_window_close (GTK_WINDOW (self->dialog));
  g_assert_nonnull (self->dialog);
  roster_test_wait (is_gone, self);
  g_assert_nonnull (self->deleted);
  g_assert_cmpuint (self->service->n_deleted, ==, 1);
}

static void
test_delete_refused (Dialog *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  open_delete (self);
  self->service->delete_status = 403;
  notice = find (self, ROSTER_TYPE_NOTICE, "notice");
  g_assert_false (gtk_widget_get_visible (notice));
  gtk_editable_set_text (find_editable (self, "entry"), PROFILE_USER_NAME);
  press (self, "confirm_button");
  profile_wait_mapped (notice, TRUE);
  g_assert_null (self->deleted);
  g_assert_true (is_sensitive (self, "cancel_button"));
  g_assert_true (is_sensitive (self, "confirm_button"));
}

/* ---- resetting ---- */

static void
open_reset (Dialog *self)
{
  present (self, roster_reset_dialog_new (self->profile, self->service->connection));
}

static void
choose_temporary (Dialog *self)
{
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "temporary_check")), TRUE);
}

static GtkText *
get_password_text (Dialog *self)
{
  return GTK_TEXT (gtk_editable_get_delegate (find_editable (self, "password_row")));
}

static void
assert_named_by_row (Dialog *self, const char *check, const char *row, const char *title)
{
  GtkAccessible *named = GTK_ACCESSIBLE (find (self, GTK_TYPE_CHECK_BUTTON, check));
  GtkWidget *named_by = find (self, ADW_TYPE_ACTION_ROW, row);

  /* By the row's title alone: GTK 4.8 would put a label of its own behind it. */
  g_assert_true (gtk_test_accessible_has_relation (named, GTK_ACCESSIBLE_RELATION_LABELLED_BY));
  g_assert_false (gtk_test_accessible_has_property (named, GTK_ACCESSIBLE_PROPERTY_LABEL));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (named_by)), ==, title);
}

static void
test_reset_names (Dialog *self, gconstpointer data)
{
  open_reset (self);
  assert_named_by_row (self, "invite_check", "invite_row", "Invite user to set their own password");
  assert_named_by_row (self, "temporary_check", "temporary_row",
                       "Set a temporary password for the user");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_password_text (self)),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Temporary Password");
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (find (self, GTK_TYPE_BUTTON, "reset_button"))),
                   ==, "Reset Password");
  g_assert_nonnull (profile_find (self->dialog, GTK_TYPE_LABEL, "Acme · Production"));
}

static void
test_reset_methods (Dialog *self, gconstpointer data)
{
  GtkWidget *address = NULL;

  open_reset (self);
  /* The invitation, as this service can do it. */
  g_assert_true (is_sensitive (self, "reset_button"));
  g_assert_true (is_visible (self, "address_list"));
  g_assert_false (is_visible (self, "password_list"));
  address = find (self, GTK_TYPE_LABEL, "address_label");
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (address)), ==, "mariam.haddad@acme.example");
  choose_temporary (self);
  g_assert_false (is_sensitive (self, "reset_button"));
  g_assert_false (is_visible (self, "address_list"));
  g_assert_true (is_visible (self, "password_list"));
}

static void
test_reset_repeat (Dialog *self, gconstpointer data)
{
  GtkEditable *repeat = NULL;

  open_reset (self);
  choose_temporary (self);
  repeat = find_editable (self, "repeat_row");
  g_assert_false (is_visible (self, "repeat_row"));
  gtk_editable_set_text (find_editable (self, "password_row"), "kestrel");
  g_assert_true (is_visible (self, "repeat_row"));
  g_assert_false (is_sensitive (self, "reset_button"));
  gtk_editable_set_text (repeat, "kes");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (repeat), "error"));
  gtk_editable_set_text (repeat, "kez");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (repeat), "error"));
  g_assert_false (is_sensitive (self, "reset_button"));
  gtk_editable_set_text (repeat, "kestrel");
  g_assert_true (is_sensitive (self, "reset_button"));

  /* What was seen need not be repeated. */
  gtk_editable_set_text (repeat, "");
  g_assert_false (is_sensitive (self, "reset_button"));
  gtk_text_set_visibility (get_password_text (self), TRUE);
  g_assert_false (is_visible (self, "repeat_row"));
  g_assert_true (is_sensitive (self, "reset_button"));
  gtk_text_set_visibility (get_password_text (self), FALSE);
  g_assert_false (is_visible (self, "repeat_row"));
  gtk_editable_set_text (find_editable (self, "password_row"), "kestrel2");
  g_assert_true (is_visible (self, "repeat_row"));
}

static void
test_reset_generate (Dialog *self, gconstpointer data)
{
  g_autofree char *first = NULL;

  open_reset (self);
  choose_temporary (self);
  g_assert_false (is_sensitive (self, "copy_button"));
  press (self, "generate_button");
  first = g_strdup (gtk_editable_get_text (find_editable (self, "password_row")));
  g_assert_cmpuint (strlen (first), >=, 12);
  g_assert_true (gtk_text_get_visibility (get_password_text (self)));
  g_assert_false (is_visible (self, "repeat_row"));
  g_assert_true (is_sensitive (self, "reset_button"));
  press (self, "generate_button");
  g_assert_cmpstr (gtk_editable_get_text (find_editable (self, "password_row")), !=, first);
  press (self, "copy_button");
  /* What is copied tells clipboard managers that it is a secret. */
  g_assert_true (gdk_content_formats_contain_mime_type (
    gdk_clipboard_get_formats (gtk_widget_get_clipboard (self->dialog)),
    "x-kde-passwordManagerHint"));
}

static void
test_reset_done (Dialog *self, gconstpointer data)
{
  g_autofree char *password = NULL;

  open_reset (self);
  choose_temporary (self);
  press (self, "generate_button");
  password = g_strdup (gtk_editable_get_text (find_editable (self, "password_row")));
  press (self, "reset_button");
  g_assert_false (is_sensitive (self, "cancel_button"));
  gtk_window_close (GTK_WINDOW (self->dialog));
  g_assert_nonnull (self->dialog);
  profile_wait_mapped (find (self, GTK_TYPE_WIDGET, "outcome_notice"), TRUE);
  g_assert_nonnull (strstr (self->service->patch_body, password));
  g_assert_true (is_visible (self, "close_button"));
  g_assert_false (is_visible (self, "reset_button"));
  g_assert_false (is_visible (self, "question"));
  g_assert_cmpstr (gtk_editable_get_text (find_editable (self, "password_row")), ==, "");
  press (self, "close_button");
  roster_test_wait (is_gone, self);
}

static void
test_reset_refused (Dialog *self, gconstpointer data)
{
  open_reset (self);
  self->service->patch_status = 400;
  self->service->patch_answer = g_strdup ("{\"status\":\"400\",\"detail\":\"Too short\"}");
  choose_temporary (self);
  gtk_text_set_visibility (get_password_text (self), TRUE);
  gtk_editable_set_text (find_editable (self, "password_row"), "kes");
  press (self, "reset_button");
  profile_wait_mapped (find (self, GTK_TYPE_WIDGET, "outcome_notice"), TRUE);
  /* Another password can be tried. */
  g_assert_true (is_visible (self, "question"));
  g_assert_true (is_sensitive (self, "reset_button"));
  g_assert_cmpstr (gtk_editable_get_text (find_editable (self, "password_row")), ==, "kes");
}

static void
test_reset_invite (Dialog *self, gconstpointer data)
{
  static const char *const labels[] = { "title_label", "body_label", "next_label" };
  GtkWidget *notice = NULL;

  open_reset (self);
  press (self, "reset_button");
  notice = find (self, ROSTER_TYPE_NOTICE, "outcome_notice");
  profile_wait_mapped (notice, TRUE);
  g_assert_nonnull (strstr (self->service->patch_body, "forcePasswordReset"));
  g_assert_true (is_visible (self, "close_button"));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkLabel *label = GTK_LABEL (profile_find (notice, GTK_TYPE_LABEL, labels[i]));

      g_assert_null (strstr (gtk_label_get_text (label), " sent"));
    }
}

/* Without an address there is nobody to invite; the reason is said, and the other method is there.
 */
static void
test_reset_no_address (Dialog *self, gconstpointer data)
{
  g_clear_object (&self->profile);
  g_free (self->service->user);
  self->service->user =
    g_strdup ("{\"id\":\"" PROFILE_USER_ID "\",\"userName\":\"" PROFILE_USER_NAME "\"}");
  self->profile = profile_fixture_load (self->service);
  open_reset (self);
  g_assert_false (is_sensitive (self, "invite_row"));
  g_assert_false (is_sensitive (self, "invite_check"));
  g_assert_cmpuint (strlen (adw_action_row_get_subtitle (
                      ADW_ACTION_ROW (find (self, ADW_TYPE_ACTION_ROW, "invite_row")))),
                    >, 0);
  g_assert_true (gtk_check_button_get_active (
    GTK_CHECK_BUTTON (find (self, GTK_TYPE_CHECK_BUTTON, "temporary_check"))));
  g_assert_true (is_visible (self, "password_list"));
}

/* ---- choosing attributes ---- */

static RosterAttributes *
get_attributes (Dialog *self)
{
  return roster_directory_get_attributes (self->service->directory);
}

static void
open_customize (Dialog *self)
{
  present (self, roster_customize_dialog_new (get_attributes (self)));
}

static GtkCheckButton *
find_check (Dialog *self, const char *title, const char *id)
{
  GtkWidget *row = find (self, ROSTER_TYPE_CUSTOMIZE_ROW, title);

  return GTK_CHECK_BUTTON (profile_find (row, GTK_TYPE_CHECK_BUTTON, id));
}

static void
test_customize (Dialog *self, gconstpointer data)
{
  GtkCheckButton *nickname = NULL;

  open_customize (self);
  nickname = find_check (self, "Nickname", "profile_check");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (nickname), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Nickname in the Profile");
  g_assert_true (gtk_check_button_get_active (nickname));
  g_assert_false (
    gtk_widget_is_sensitive (GTK_WIDGET (find_check (self, "Given Name", "profile_check"))));

  gtk_check_button_set_active (nickname, FALSE);
  g_assert_true (roster_attributes_is_hidden (get_attributes (self), "nickName"));
  gtk_check_button_set_active (find_check (self, "Title", "table_check"), TRUE);
  press (self, "Restore Defaults");
  g_assert_true (gtk_check_button_get_active (nickname));
  g_assert_false (gtk_check_button_get_active (find_check (self, "Title", "table_check")));
  gtk_check_button_set_active (nickname, FALSE);
  press (self, "Done");
  roster_test_wait (is_gone, self);
  g_assert_true (roster_attributes_is_hidden (get_attributes (self), "nickName"));
}

static void
test_customize_cancel (Dialog *self, gconstpointer data)
{
  guint n_columns = roster_attributes_get_columns (get_attributes (self))->len;

  open_customize (self);
  gtk_check_button_set_active (find_check (self, "Nickname", "profile_check"), FALSE);
  gtk_check_button_set_active (find_check (self, "Title", "table_check"), TRUE);
  g_assert_cmpuint (roster_attributes_get_columns (get_attributes (self))->len, ==, n_columns + 1);
  press (self, "Cancel");
  roster_test_wait (is_gone, self);
  g_assert_false (roster_attributes_is_hidden (get_attributes (self), "nickName"));
  g_assert_cmpuint (roster_attributes_get_columns (get_attributes (self))->len, ==, n_columns);
}

static gboolean
nickname_is_hidden (gpointer data)
{
  return !gtk_widget_get_visible (find (data, ROSTER_TYPE_CUSTOMIZE_ROW, "Nickname"));
}

static gboolean
shows_no_match (gpointer data)
{
  return g_strcmp0 (
           gtk_stack_get_visible_child_name (GTK_STACK (find (data, GTK_TYPE_STACK, "stack"))),
           "no-match") == 0;
}

static void
test_customize_search (Dialog *self, gconstpointer data)
{
  GtkEditable *search = NULL;

  open_customize (self);
  search = find_editable (self, "search_entry");
  gtk_editable_set_text (search, "DEPART");
  roster_test_wait (nickname_is_hidden, self);
  g_assert_true (gtk_widget_get_visible (find (self, ROSTER_TYPE_CUSTOMIZE_ROW, "Department")));
  gtk_editable_set_text (search, "nothing like it");
  roster_test_wait (shows_no_match, self);
  g_signal_emit_by_name (search, "stop-search");
  g_assert_cmpstr (gtk_editable_get_text (search), ==, "");
  g_signal_emit_by_name (search, "stop-search");
  roster_test_wait (is_gone, self);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Dialog *, gconstpointer);
  } tests[] = {
    { "delete/confirm", test_delete_confirm },     { "delete/enter", test_delete_enter },
    { "delete/escape", test_delete_escape },       { "delete/done", test_delete_done },
    { "delete/refused", test_delete_refused },     { "reset/names", test_reset_names },
    { "reset/methods", test_reset_methods },       { "reset/repeat", test_reset_repeat },
    { "reset/generate", test_reset_generate },     { "reset/done", test_reset_done },
    { "reset/refused", test_reset_refused },       { "reset/invite", test_reset_invite },
    { "reset/no-address", test_reset_no_address }, { "customize/choice", test_customize },
    { "customize/cancel", test_customize_cancel }, { "customize/search", test_customize_search },
  };

  if (!app_fixture_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/dialogs/", tests[i].name, NULL);

      g_test_add (path, Dialog, NULL, dialog_set_up, tests[i].test, dialog_tear_down);
    }
  return g_test_run ();
}
