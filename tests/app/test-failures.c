/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said and offered when a write does not end well. In each of them what was typed is still
 * in the form afterwards. */
#include "config.h"

#include "app/roster-conflict-dialog.h"
#include "app/roster-conflict-group.h"
#include "app/roster-difference-row.h"
#include "app/roster-notice.h"
#include "page-fixture.h"

static void
type (Page *self, const char *title, const char *text)
{
  gtk_editable_set_text (page_find_text (self, title), text);
}

static void
assert_typed (Page *self, const char *title, const char *text)
{
  g_assert_cmpstr (gtk_editable_get_text (page_find_text (self, title)), ==, text);
}

/* The person reads it: it is in sight. */
static GtkWidget *
wait_notice (Page *self)
{
  GtkWidget *notice = page_find (self, ROSTER_TYPE_NOTICE, "notice");
  GtkWidget *scrolled = page_find (self, GTK_TYPE_SCROLLED_WINDOW, "scrolled");

  profile_wait_mapped (notice, TRUE);
  g_assert_cmpfloat (
    gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))),
    <, 1);
  return notice;
}

/* Presses Update and waits for what is said. */
static GtkWidget *
update (Page *self)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.update", NULL));
  g_assert_false (page_is_sensitive (self, "Update"));
  g_assert_false (page_is_sensitive (self, "Discard"));
  return wait_notice (self);
}

/* What the notice offers: "" for nothing. */
static const char *
get_offer (GtkWidget *notice)
{
  GtkWidget *button = profile_find (notice, GTK_TYPE_BUTTON, "action_button");

  return gtk_widget_get_visible (button) ? gtk_button_get_label (GTK_BUTTON (button)) : "";
}

static void
press_offer (GtkWidget *notice)
{
  GtkWidget *button = profile_find (notice, GTK_TYPE_BUTTON, "action_button");

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
says (GtkWidget *notice, const char *id, const char *words)
{
  return strstr (gtk_label_get_text (GTK_LABEL (profile_find (notice, GTK_TYPE_LABEL, id))),
                 words) != NULL;
}

/* Somebody else changes a part of the user. */
static void
change_user (Page *self, const char *part, const char *by)
{
  char *changed = profile_fixture_dup_replaced (self->service, part, by);

  g_free (self->service->user);
  self->service->user = changed;
}

/* ---- refused ---- */

static void
test_try_again (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  self->service->patch_status = 503;
  self->service->patch_answer = g_strdup ("{\"status\":\"503\",\"detail\":\"Busy today\"}");
  notice = update (self);
  g_assert_true (says (notice, "body_label", "Busy today"));
  assert_typed (self, "Department", "Law");
  g_assert_true (page_is_sensitive (self, "Update"));
  g_assert_true (page_is_sensitive (self, "Discard"));
  g_assert_cmpstr (get_offer (notice), ==, "Try Again");

  self->service->patch_status = 200;
  self->service->user_patched = profile_fixture_dup_replaced (self->service, "Finance", "Law");
  press_offer (notice);
  page_wait_message (self);
  g_assert_false (gtk_widget_get_visible (notice));
  assert_typed (self, "Department", "Law");
  g_assert_false (roster_profile_page_has_changes (self->page));
}

static void
test_sign_in_again (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  self->service->patch_status = 401;
  self->service->patch_answer = g_strdup ("{\"status\":\"401\",\"detail\":\"Token expired\"}");
  notice = update (self);
  g_assert_true (says (notice, "body_label", "Token expired"));
  g_assert_cmpstr (get_offer (notice), ==, "Sign In Again…");
  assert_typed (self, "Department", "Law");
  g_assert_true (page_is_sensitive (self, "Update"));
}

static void
test_discarded (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  self->service->patch_status = 503;
  notice = update (self);
  /* What it told of is no more. */
  gtk_widget_activate_action (GTK_WIDGET (self->page), "profile.discard", NULL);
  g_assert_false (gtk_widget_get_visible (notice));
}

/* ---- the keyboard ---- */

static void
test_focus (Page *self, gconstpointer data)
{
  GtkWidget *text = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  text = GTK_WIDGET (page_find_text (self, "Department"));
  gtk_widget_grab_focus (text);
  self->service->patch_status = 503;
  update (self);
  /* Back where it was, and yet the notice is in sight. */
  g_assert_true (gtk_root_get_focus (GTK_ROOT (self->window)) == text);
}

/* A button that went with its notice leaves the keyboard on what came in its place. */
static void
test_focus_of_offer (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;
  GtkWidget *button = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  self->service->patch_status = 503;
  notice = update (self);
  button = profile_find (notice, GTK_TYPE_BUTTON, "action_button");
  gtk_widget_grab_focus (button);
  press_offer (notice);
  profile_wait_mapped (notice, FALSE);
  profile_wait_mapped (notice, TRUE);
  g_assert_true (
    gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (self->window)), GTK_WIDGET (notice)));
}

/* ---- changed by somebody else ---- */

static GtkWidget *
open_conflict (Page *self, GtkWidget *notice)
{
  g_assert_cmpstr (get_offer (notice), ==, "Review Conflict…");
  press_offer (notice);
  return GTK_WIDGET (gtk_widget_get_root (app_wait_for ("Somebody else changed this profile")));
}

static GtkWidget *
make_conflict (Page *self)
{
  page_show_user (self);
  type (self, "Department", "Law");
  type (self, "Title", "Counsel");
  change_user (self, "Finance", "Risk");
  change_user (self, "Senior Risk Analyst", "Analyst");
  return update (self);
}

static void
choose (GtkWidget *dialog, const char *name)
{
  GtkWidget *check = app_find_within (dialog, name);

  g_test_message ("choosing “%s”", name);
  g_assert_true (GTK_IS_CHECK_BUTTON (check));
  gtk_widget_activate (check);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
}

static void
test_conflict (Page *self, gconstpointer data)
{
  GtkWidget *notice = make_conflict (self);
  GtkWidget *dialog = NULL;
  GtkWidget *button = NULL;

  g_assert_null (self->service->patch_body);
  assert_typed (self, "Department", "Law");
  dialog = open_conflict (self, notice);
  button = profile_find (dialog, GTK_TYPE_BUTTON, "Update");
  g_assert_nonnull (app_find_within (dialog, "Department, As it was: Finance"));
  g_assert_nonnull (app_find_within (dialog, "Department, Theirs: Risk"));
  g_assert_false (gtk_widget_is_sensitive (button));
  choose (dialog, "Department, Mine: Law");
  g_assert_false (gtk_widget_is_sensitive (button));
  choose (dialog, "Title, Theirs: Analyst");
  g_assert_true (gtk_widget_is_sensitive (button));

  self->service->user_patched = profile_fixture_dup_replaced (self->service, "Risk", "Law");
  g_signal_emit_by_name (button, "clicked");
  page_wait_message (self);
  app_wait_gone ("Somebody else changed this profile");
  g_assert_nonnull (strstr (self->service->patch_body, "Law"));
  g_assert_null (strstr (self->service->patch_body, "nalyst"));
  assert_typed (self, "Department", "Law");
  assert_typed (self, "Title", "Analyst");
  g_assert_false (gtk_widget_get_visible (notice));
}

/* Nothing is lost by looking: neither what was typed nor what was chosen so far. */
static void
test_conflict_cancelled (Page *self, gconstpointer data)
{
  GtkWidget *notice = make_conflict (self);
  GtkWidget *dialog = open_conflict (self, notice);

  choose (dialog, "Title, Theirs: Analyst");
  app_click ("Cancel");
  app_wait_gone ("Somebody else changed this profile");
  assert_typed (self, "Department", "Law");
  assert_typed (self, "Title", "Counsel");
  g_assert_null (self->service->patch_body);
  g_assert_true (gtk_widget_get_visible (notice));
  g_assert_true (page_is_sensitive (self, "Update"));
  dialog = open_conflict (self, notice);
  g_assert_true (gtk_check_button_get_active (
    GTK_CHECK_BUTTON (app_find_within (dialog, "Title, Theirs: Analyst"))));
  app_click ("Cancel");
  app_wait_gone ("Somebody else changed this profile");
}

static void
test_conflict_theirs (Page *self, gconstpointer data)
{
  GtkWidget *notice = make_conflict (self);
  GtkWidget *dialog = open_conflict (self, notice);

  choose (dialog, "Title, Theirs: Analyst");
  choose (dialog, "Department, Theirs: Risk");
  g_signal_emit_by_name (profile_find (dialog, GTK_TYPE_BUTTON, "Update"), "clicked");
  page_wait_message (self);
  g_assert_null (self->service->patch_body);
  g_assert_false (roster_profile_page_has_changes (self->page));
  assert_typed (self, "Department", "Risk");
}

/* Arrows choose within an attribute, Tab goes to the next one. */
static void
test_conflict_keyboard (Page *self, gconstpointer data)
{
  GtkWidget *dialog = open_conflict (self, make_conflict (self));
  GtkWidget *group = app_find_type (dialog, ROSTER_TYPE_CONFLICT_GROUP);
  GtkWidget *first = profile_find (group, GTK_TYPE_CHECK_BUTTON, "base_check");
  GtkWidget *second = profile_find (group, GTK_TYPE_CHECK_BUTTON, "theirs_check");
  GtkWidget *focus = NULL;

  /* The way of the arrows is where the buttons are. */
  gtk_test_widget_wait_for_draw (dialog);
  gtk_widget_grab_focus (first);
  gtk_widget_child_focus (dialog, GTK_DIR_DOWN);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (dialog)) == second);
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (second)));
  gtk_widget_child_focus (dialog, GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (GTK_ROOT (dialog));
  g_assert_true (gtk_widget_is_ancestor (focus, gtk_widget_get_next_sibling (group)));
  gtk_window_close (GTK_WINDOW (dialog));
}

/* ---- deleted by somebody else ---- */

static void
test_gone (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  g_clear_pointer (&self->service->user, g_free);
  notice = update (self);
  g_assert_cmpstr (get_offer (notice), ==, "Copy My Changes");
  assert_typed (self, "Department", "Law");
  press_offer (notice);
  g_assert_cmpstr (self->message, ==, "Your changes were copied");
  /* They are still there to be copied again. */
  assert_typed (self, "Department", "Law");
  g_assert_true (roster_profile_page_has_changes (self->page));
}

/* ---- stored otherwise ---- */

static void
test_repair (Page *self, gconstpointer data)
{
  GtkWidget *notice = NULL;
  GtkWidget *row = NULL;

  page_show_user (self);
  type (self, "Department", "Law");
  /* Done, and the department's neighbour is lost. */
  self->service->user_patched = profile_fixture_dup_replaced (
    self->service, "\"department\": \"Finance\",\n  \"employeeNumber\": \"40718\",",
    "\"department\": \"Law\",");
  notice = update (self);
  g_assert_cmpstr (get_offer (notice), ==, "Repair");
  row = app_find_type (notice, ROSTER_TYPE_DIFFERENCE_ROW);
  g_assert_nonnull (row);
  g_assert_nonnull (profile_find (row, GTK_TYPE_LABEL, "40718"));
  /* Not in words as well. */
  g_assert_false (says (notice, "body_label", "40718"));

  g_free (self->service->user_patched);
  self->service->user_patched = profile_fixture_load_text ("user.json");
  g_clear_pointer (&self->message, g_free);
  press_offer (notice);
  profile_wait_mapped (notice, FALSE);
  roster_test_settle ();
  g_assert_nonnull (strstr (self->service->patch_body, "40718"));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Page *, gconstpointer);
  } tests[] = {
    { "try-again", test_try_again },
    { "sign-in-again", test_sign_in_again },
    { "discarded", test_discarded },
    { "focus", test_focus },
    { "focus-of-offer", test_focus_of_offer },
    { "conflict", test_conflict },
    { "conflict-cancelled", test_conflict_cancelled },
    { "conflict-theirs", test_conflict_theirs },
    { "conflict-keyboard", test_conflict_keyboard },
    { "gone", test_gone },
    { "repair", test_repair },
  };

  if (!app_fixture_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/failures/", tests[i].name, NULL);

      g_test_add (path, Page, NULL, page_set_up, tests[i].test, page_tear_down);
    }
  return g_test_run ();
}
