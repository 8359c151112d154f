/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-attribute-row.h"
#include "app/roster-notice.h"
#include "app/roster-pill.h"
#include "page-fixture.h"

static void
test_shows (Page *self, gconstpointer data)
{
  page_show_user (self);
  g_assert_cmpstr (roster_profile_page_get_user_id (self->page), ==, PROFILE_USER_ID);
  g_assert_false (roster_profile_page_has_changes (self->page));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (page_find (self, GTK_TYPE_LABEL, "name_label"))),
                   ==, "Mariam Haddad");
  g_assert_cmpstr (
    gtk_label_get_text (GTK_LABEL (page_find (self, GTK_TYPE_LABEL, "user_name_label"))), ==,
    PROFILE_USER_NAME);
  g_assert_nonnull (
    profile_find (page_find (self, ROSTER_TYPE_PILL, "status_pill"), GTK_TYPE_LABEL, "Active"));
  g_assert_false (gtk_widget_get_visible (page_find (self, ROSTER_TYPE_PILL, "read_only_pill")));
  g_assert_false (gtk_widget_get_mapped (page_find (self, GTK_TYPE_BUTTON, "Update")));
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (page_find (self, GTK_TYPE_BUTTON, "reset_button")),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Reset Password");
  gtk_test_accessible_assert_property (
    GTK_ACCESSIBLE (page_find (self, GTK_TYPE_BUTTON, "delete_button")),
    GTK_ACCESSIBLE_PROPERTY_LABEL, "Delete User");
  g_assert_true (page_is_sensitive (self, "reset_button"));
  g_assert_true (page_is_sensitive (self, "delete_button"));

  roster_profile_page_show_user (self->page, NULL);
  app_wait_for ("No User Selected");
  g_assert_null (roster_profile_page_get_user_id (self->page));
}

static void
test_update (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  g_assert_true (roster_profile_page_has_changes (self->page));
  profile_wait_mapped (page_find (self, GTK_TYPE_BUTTON, "Update"), TRUE);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (page_find (self, GTK_TYPE_LABEL, "count_label"))),
                   ==, "1");
  g_assert_nonnull (profile_find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "change"));
  gtk_editable_set_text (page_find_text (self, "Title"), "Counsel");
  g_assert_nonnull (profile_find (GTK_WIDGET (self->page), GTK_TYPE_LABEL, "changes"));
  gtk_editable_set_text (page_find_text (self, "Title"), "Senior Risk Analyst");

  self->service->user_patched = profile_fixture_dup_replaced (self->service, "Finance", "Law");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.update", NULL));
  /* While it is being written nothing can be typed and nothing pressed again. */
  g_assert_false (page_is_sensitive (self, "Update"));
  g_assert_false (page_is_sensitive (self, "Discard"));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (page_find_text (self, "Title"))));
  page_wait_message (self);
  profile_wait_mapped (page_find (self, GTK_TYPE_BUTTON, "Update"), FALSE);
  g_assert_nonnull (strstr (self->service->patch_body, "Law"));
  g_assert_null (strstr (self->service->patch_body, "Counsel"));
  g_assert_null (strstr (self->service->patch_body, "Mariam"));
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Department")), ==, "Law");
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (page_find_text (self, "Title"))));
}

static void
test_refused (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  page_show_user (self);
  notice = page_find (self, ROSTER_TYPE_NOTICE, "notice");
  self->service->patch_status = 400;
  self->service->patch_answer =
    g_strdup ("{\"status\":\"400\",\"detail\":\"No <b>Law</b> & order\"}");
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.update", NULL);
  profile_wait_mapped (notice, TRUE);
  g_assert_nonnull (
    strstr (gtk_label_get_text (GTK_LABEL (profile_find (notice, GTK_TYPE_LABEL, "body_label"))),
            "No <b>Law</b> & order"));
  g_assert_null (self->message);
  /* What was typed is still there, and can be sent again. */
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Department")), ==, "Law");
  g_assert_true (page_is_sensitive (self, "Update"));
  g_signal_emit_by_name (profile_find (notice, GTK_TYPE_BUTTON, "dismiss_button"), "clicked");
  g_assert_false (gtk_widget_get_visible (notice));
}

/* The service says yes and keeps the old value: that must not pass as done. */
static void
test_difference (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.update", NULL);
  profile_wait_mapped (page_find (self, ROSTER_TYPE_NOTICE, "notice"), TRUE);
  g_assert_null (self->message);
}

static void
test_invalid (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Family Name"), "");
  profile_wait_mapped (page_find (self, GTK_TYPE_BUTTON, "Update"), TRUE);
  g_assert_false (page_is_sensitive (self, "Update"));
  g_assert_nonnull (gtk_widget_get_tooltip_text (page_find (self, GTK_TYPE_BUTTON, "Update")));
  g_assert_true (page_is_sensitive (self, "Discard"));
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.discard", NULL);
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Family Name")), ==, "Haddad");
  profile_wait_mapped (page_find (self, GTK_TYPE_BUTTON, "Update"), FALSE);
}

static void
test_failed (Page *self, gconstpointer data)
{
  AdwStatusPage *failed = NULL;
  char *user = g_steal_pointer (&self->service->user);

  roster_profile_page_show_user (self->page, PROFILE_USER_ID);
  failed = ADW_STATUS_PAGE (page_find (self, ADW_TYPE_STATUS_PAGE, "failed_page"));
  profile_wait_mapped (GTK_WIDGET (failed), TRUE);
  /* The service's own words, as text. */
  g_assert_nonnull (strstr (adw_status_page_get_description (failed), "&lt;b&gt;user&lt;/b&gt;"));
  self->service->user = user;
  app_click ("Try Again");
  profile_wait_mapped (page_find (self, GTK_TYPE_BOX, "profile_box"), TRUE);
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Department")), ==, "Finance");
}

static void
test_slow (Page *self, gconstpointer data)
{
  self->service->silent = TRUE;
  roster_profile_page_show_user (self->page, PROFILE_USER_ID);
  app_wait_for ("Reading the profile…");
  /* Nobody waits for somebody who is not asked for any more. */
  roster_profile_page_show_user (self->page, NULL);
  app_wait_for ("No User Selected");
}

static gboolean
leave (Page *self, const char *answer)
{
  g_autoptr (GAsyncResult) result = NULL;

  roster_profile_page_confirm_leave_async (self->page, NULL, roster_test_result_cb, &result);
  if (answer != NULL)
    app_click (answer);
  roster_test_wait_result (&result);
  return roster_profile_page_confirm_leave_finish (self->page, result, NULL);
}

static void
test_leave (Page *self, gconstpointer data)
{
  g_assert_true (leave (self, NULL));
  page_show_user (self);
  g_assert_true (leave (self, NULL));
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  g_assert_false (leave (self, "Keep Editing"));
  app_wait_gone ("Keep Editing");
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Department")), ==, "Law");
}

/* Leaving during a write waits for its end: then there is nothing left to lose. */
static void
test_leave_writing (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  self->service->user_patched = profile_fixture_dup_replaced (self->service, "Finance", "Law");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.update", NULL);
  g_assert_true (leave (self, NULL));
  g_assert_nonnull (self->message);
}

static gboolean
row_is_gone (gpointer data)
{
  Page *self = data;

  return profile_find (GTK_WIDGET (self->page), ROSTER_TYPE_ATTRIBUTE_ROW, "Nickname") == NULL;
}

static void
test_choice (Page *self, gconstpointer data)
{
  GListModel *attributes =
    G_LIST_MODEL (roster_directory_get_attributes (self->service->directory));

  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  for (guint i = 0; i < g_list_model_get_n_items (attributes); i++)
    {
      g_autoptr (RosterAttributeItem) item = g_list_model_get_item (attributes, i);

      if (g_str_equal (roster_attribute_item_get_path (item), "nickName"))
        roster_attribute_item_set_in_profile (item, FALSE);
    }
  roster_test_wait (row_is_gone, self);
  /* What was being edited is still being edited. */
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, "Department")), ==, "Law");
}

static gboolean
is_deleted (gpointer data)
{
  return ((Page *)data)->deleted != NULL;
}

/* The entry, not the label with the same words. */
static GtkEditable *
wait_for_entry (void)
{
  GtkWidget *heading = app_wait_for ("Delete Mariam Haddad?");
  GtkWidget *dialog = GTK_WIDGET (gtk_widget_get_root (heading));

  return GTK_EDITABLE (profile_find (dialog, GTK_TYPE_ENTRY, "entry"));
}

static void
test_deleted (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.delete", NULL);
  gtk_editable_set_text (wait_for_entry (), PROFILE_USER_NAME);
  app_click ("Confirm");
  roster_test_wait (is_deleted, self);
  g_assert_cmpstr (self->deleted, ==, PROFILE_USER_ID);
  g_assert_nonnull (self->message);
  app_wait_for ("No User Selected");
  g_assert_cmpuint (self->service->n_deleted, ==, 1);
}

static void
test_copy (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.copy-id", NULL);
  g_assert_cmpstr (self->message, ==, "User ID copied");
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.copy-user-name", NULL);
  g_assert_cmpstr (self->message, ==, "User name copied");
}

static void
test_no_directory (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  roster_profile_page_set_directory (self->page, NULL);
  app_wait_for ("No User Selected");
  g_assert_false (roster_profile_page_has_changes (self->page));
  g_assert_true (leave (self, NULL));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Page *, gconstpointer);
  } tests[] = {
    { "shows", test_shows },
    { "update", test_update },
    { "refused", test_refused },
    { "difference", test_difference },
    { "invalid", test_invalid },
    { "failed", test_failed },
    { "slow", test_slow },
    { "leave", test_leave },
    { "leave-writing", test_leave_writing },
    { "choice", test_choice },
    { "deleted", test_deleted },
    { "copy", test_copy },
    { "no-directory", test_no_directory },
  };

  if (!app_fixture_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/profile/", tests[i].name, NULL);

      g_test_add (path, Page, NULL, page_set_up, tests[i].test, page_tear_down);
    }
  return g_test_run ();
}
