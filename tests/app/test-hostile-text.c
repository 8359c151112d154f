/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever a service sends: no text that is shown, spoken or shown on hovering holds a control or
 * override character, none is taken for markup, and none is longer than what can be laid out. */
#include "config.h"

#include <string.h>
#include "app/roster-conflict-dialog.h"
#include "app/roster-delete-dialog.h"
#include "app/roster-notice.h"
#include "app/roster-reset-dialog.h"
#include "app/roster-user-table.h"
#include "page-fixture.h"

/* In JSON: markup, an entity, a line break, a control character and one that turns text round. */
#define HOSTILE "<b>bold</b> &amp; \\n\\u0007\\u202Egnp.exe"
#define BOLD    "bold</b>"
/* Bytes of a text in a widget at most; one that is shown whole, as JSON is, may be longer. */
#define LONGEST       4096
#define LONGEST_WHOLE (20001 * 4)

typedef struct
{
  const char *where;
  guint n_hostile; /* texts of the service that were seen */
} Walk;

static void
check_text (Walk *walk, GtkWidget *widget, const char *what, const char *text, gsize longest)
{
  if (text == NULL)
    return;
  if (strlen (text) > longest)
    g_error ("%s: the %s of a %s has %zu bytes", walk->where, what, G_OBJECT_TYPE_NAME (widget),
             strlen (text));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      gboolean control = g_unichar_iscntrl (letter) && letter != '\n';

      if (control || g_unichar_type (letter) == G_UNICODE_FORMAT)
        g_error ("%s: the %s of a %s holds U+%04X: %s", walk->where, what,
                 G_OBJECT_TYPE_NAME (widget), letter, text);
    }
  if (strstr (text, "bold") == NULL)
    return;
  walk->n_hostile++;
  if (strstr (text, BOLD) == NULL && strstr (text, "…") == NULL)
    g_error ("%s: the %s of a %s was taken for markup: %s", walk->where, what,
             G_OBJECT_TYPE_NAME (widget), text);
  if (strstr (text, "&lt;") != NULL || strstr (text, "&amp;amp;") != NULL)
    g_error ("%s: the %s of a %s shows how it was escaped: %s", walk->where, what,
             G_OBJECT_TYPE_NAME (widget), text);
}

/* What the widget is called and described as by those who read it out. */
static void
check_accessible (Walk *walk, GtkWidget *widget)
{
  static const GtkAccessibleProperty properties[] = { GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION };

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    {
      /* It tells the value that is not the expected one. */
      g_autofree char *text =
        gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), properties[i], "\x7f");

      check_text (walk, widget, "accessible text", text, LONGEST);
    }
}

static void
check_widget (Walk *walk, GtkWidget *widget)
{
  check_text (walk, widget, "tooltip", gtk_widget_get_tooltip_text (widget), LONGEST);
  check_accessible (walk, widget);
  if (GTK_IS_LABEL (widget))
    check_text (walk, widget, "text", gtk_label_get_text (GTK_LABEL (widget)),
                gtk_widget_has_css_class (widget, "whole") ? LONGEST_WHOLE : LONGEST);
  else if (GTK_IS_INSCRIPTION (widget))
    check_text (walk, widget, "text", gtk_inscription_get_text (GTK_INSCRIPTION (widget)), LONGEST);
  else if (GTK_IS_TEXT (widget))
    check_text (walk, widget, "text", gtk_editable_get_text (GTK_EDITABLE (widget)), LONGEST_WHOLE);
  else if (GTK_IS_WINDOW (widget))
    check_text (walk, widget, "title", gtk_window_get_title (GTK_WINDOW (widget)), LONGEST);
  else if (ADW_IS_AVATAR (widget))
    check_text (walk, widget, "text", adw_avatar_get_text (ADW_AVATAR (widget)), LONGEST);
}

static void
walk_tree (Walk *walk, GtkWidget *widget)
{
  check_widget (walk, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    walk_tree (walk, child);
}

/* Every window that is open. at_least: so many hostile texts, or the test looks at nothing. */
static void
check_windows (const char *where, guint at_least)
{
  GListModel *windows = gtk_window_get_toplevels ();
  Walk walk = { where, 0 };

  roster_test_settle ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      walk_tree (&walk, window);
    }
  g_test_message ("%s: %u hostile texts", where, walk.n_hostile);
  g_assert_cmpuint (walk.n_hostile, >=, at_least);
}

/* ---- the service ---- */

static void
replace_user (Page *self, const char *part, const char *by)
{
  char *user = profile_fixture_dup_replaced (self->service, part, by);

  g_free (self->service->user);
  self->service->user = user;
}

/* Everything that people see of a user. */
static void
make_hostile (Page *self)
{
  static const char *const parts[] = {
    "DEFAULT/mariam.haddad\"",
    "Mariam\"",
    "Haddad\"",
    "Mariam Haddad\"",
    "Senior Risk Analyst\"",
    "Finance\"",
    "40718\"",
    "de_DE\"",
    "Germany\"",
    "Amber\"",
    "+49 151 5550 0129\"",
    "mobile\"",
    "Berlin\"",
    "Markus Lindqvist\"",
    "mariam.h@posteo.example\"",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *start = g_strndup (parts[i], strlen (parts[i]) - 1);
      g_autofree char *by = g_strconcat (start, HOSTILE, "\"", NULL);
      g_autofree char *quoted = g_strconcat ("\"", parts[i], NULL);
      g_autofree char *quoted_by = g_strconcat ("\"", by, NULL);

      replace_user (self, quoted, quoted_by);
    }
}

static void
hostile_set_up (Page *self, gconstpointer data)
{
  page_set_up (self, data);
  make_hostile (self);
}

static void
activate (Page *self, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), action, NULL));
}

static GtkWidget *
wait_notice (Page *self)
{
  GtkWidget *notice = page_find (self, ROSTER_TYPE_NOTICE, "notice");

  profile_wait_mapped (notice, TRUE);
  return notice;
}

static GtkWidget *
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (window, type))
        return window;
    }
  g_assert_not_reached ();
}

/* ---- tests ---- */

static void
test_profile (Page *self, gconstpointer data)
{
  page_show_user (self);
  check_windows ("profile", 20);
}

/* A value that nobody edits stays the service's own, whatever is seen of it. */
static void
test_editing (Page *self, gconstpointer data)
{
  GtkEditable *department = NULL;

  page_show_user (self);
  g_assert_false (roster_profile_page_has_changes (self->page));
  department = page_find_text (self, "Department");
  gtk_editable_set_text (department, "Law");
  gtk_editable_set_text (page_find_text (self, "Title"), "Counsel");
  check_windows ("editing", 20);
  activate (self, "profile.discard");
  g_assert_false (roster_profile_page_has_changes (self->page));
  g_assert_nonnull (strstr (gtk_editable_get_text (department), BOLD));
}

static void
test_refusal (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  self->service->patch_status = 400;
  self->service->patch_answer =
    g_strdup ("{\"status\":\"400\",\"scimType\":\"" HOSTILE "\",\"detail\":\"" HOSTILE "\"}");
  activate (self, "profile.update");
  wait_notice (self);
  check_windows ("refusal", 20);
}

static void
test_unreadable (Page *self, gconstpointer data)
{
  g_clear_pointer (&self->service->user, g_free);
  roster_profile_page_show_user (self->page, PROFILE_USER_ID);
  profile_wait_mapped (page_find (self, ADW_TYPE_STATUS_PAGE, "failed_page"), TRUE);
  check_windows ("failed page", 0);
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (
                              page_find (self, ADW_TYPE_STATUS_PAGE, "failed_page"))),
                            "&lt;b&gt;user&lt;/b&gt;"));
}

static void
test_conflict (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  replace_user (self, "\"Finance", "\"Risk");
  activate (self, "profile.update");
  wait_notice (self);
  check_windows ("conflict", 20);
  activate (self, "profile.resolve");
  profile_wait_mapped (find_window (ROSTER_TYPE_CONFLICT_DIALOG), TRUE);
  check_windows ("conflict dialog", 24);
  gtk_window_close (GTK_WINDOW (find_window (ROSTER_TYPE_CONFLICT_DIALOG)));
}

static void
test_differences (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  self->service->user_patched =
    profile_fixture_dup_replaced (self->service, "\"department\": \"Finance", "\"d\": \"Finance");
  activate (self, "profile.update");
  wait_notice (self);
  check_windows ("differences", 20);
}

static void
test_gone (Page *self, gconstpointer data)
{
  page_show_user (self);
  gtk_editable_set_text (page_find_text (self, "Department"), "Law");
  g_clear_pointer (&self->service->user, g_free);
  activate (self, "profile.update");
  wait_notice (self);
  check_windows ("gone", 10);
}

static void
read_text_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  *(char **)user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_read (gpointer user_data)
{
  return *(char **)user_data != NULL;
}

static char *
read_clipboard (GtkWidget *widget)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, read_text_cb, &text);
  roster_test_wait (is_read, &text);
  return text;
}

/* The user name is seen with marks in the place of what deceives; what has to be typed is the true
 * one, which can be copied. */
static void
test_delete (Page *self, gconstpointer data)
{
  GtkWidget *dialog = NULL;
  GtkWidget *confirm = NULL;
  GtkWidget *entry = NULL;
  GtkWidget *label = NULL;
  g_autofree char *copied = NULL;

  page_show_user (self);
  activate (self, "profile.delete");
  dialog = find_window (ROSTER_TYPE_DELETE_DIALOG);
  profile_wait_mapped (dialog, TRUE);
  check_windows ("delete dialog", 24);

  label = profile_find (dialog, GTK_TYPE_LABEL, "user_name_label");
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (label)), "\xef\xbf\xbdgnp.exe"));
  entry = profile_find (dialog, GTK_TYPE_ENTRY, "entry");
  confirm = profile_find (dialog, GTK_TYPE_BUTTON, "confirm_button");
  gtk_editable_set_text (GTK_EDITABLE (entry), gtk_label_get_text (GTK_LABEL (label)));
  g_assert_false (gtk_widget_get_sensitive (confirm));
  g_signal_emit_by_name (profile_find (dialog, GTK_TYPE_BUTTON, "copy_button"), "clicked");
  copied = read_clipboard (dialog);
  g_assert_nonnull (strstr (copied, "\xe2\x80\xaegnp.exe"));
  gtk_editable_set_text (GTK_EDITABLE (entry), copied);
  g_assert_true (gtk_widget_get_sensitive (confirm));
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_reset (Page *self, gconstpointer data)
{
  page_show_user (self);
  activate (self, "profile.reset-password");
  profile_wait_mapped (find_window (ROSTER_TYPE_RESET_DIALOG), TRUE);
  check_windows ("reset dialog", 24);
  gtk_window_close (GTK_WINDOW (find_window (ROSTER_TYPE_RESET_DIALOG)));
}

static gboolean
has_rows (gpointer table)
{
  return gtk_widget_get_mapped (app_find_type (table, GTK_TYPE_COLUMN_VIEW));
}

static gboolean
is_read_again (gpointer directory)
{
  return !roster_directory_get_refreshing (directory);
}

static GtkWidget *
open_table (Page *self)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *table = g_object_new (ROSTER_TYPE_USER_TABLE, NULL);

  roster_directory_refresh (self->service->directory);
  roster_test_wait (is_read_again, self->service->directory);
  gtk_window_set_default_size (GTK_WINDOW (window), 700, 400);
  gtk_window_set_child (GTK_WINDOW (window), table);
  roster_user_table_set_directory (ROSTER_USER_TABLE (table), self->service->directory);
  gtk_window_present (GTK_WINDOW (window));
  roster_test_wait (has_rows, table);
  return window;
}

static void
test_table (Page *self, gconstpointer data)
{
  GtkWidget *window = open_table (self);

  check_windows ("table", 2);
  roster_users_set_search (roster_directory_get_users (self->service->directory),
                           "<b>bold</b>\x01\xe2\x80\xae nobody");
  app_wait_for ("Clear Search");
  check_windows ("no match", 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A megabyte for a name: the length of what widgets are given is what Pango's work grows with. */
static void
test_long (Page *self, gconstpointer data)
{
  static const char *const parts[] = { "Mariam Haddad\"", "Senior Risk Analyst\"", "Finance\"" };
  g_autofree char *huge = g_strnfill (1024 * 1024, 'x');
  GtkWidget *window = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *by = g_strconcat ("bold</b> ", huge, "\"", NULL);

      replace_user (self, parts[i], by);
    }
  window = open_table (self);
  page_show_user (self);
  check_windows ("long", 4);
  activate (self, "profile.delete");
  profile_wait_mapped (find_window (ROSTER_TYPE_DELETE_DIALOG), TRUE);
  check_windows ("long, deleting", 4);
  gtk_window_close (GTK_WINDOW (find_window (ROSTER_TYPE_DELETE_DIALOG)));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Page *, gconstpointer);
    void (*set_up) (Page *, gconstpointer);
  } tests[] = {
    { "profile", test_profile, hostile_set_up },
    { "editing", test_editing, hostile_set_up },
    { "refusal", test_refusal, hostile_set_up },
    { "unreadable", test_unreadable, hostile_set_up },
    { "conflict", test_conflict, hostile_set_up },
    { "differences", test_differences, hostile_set_up },
    { "gone", test_gone, hostile_set_up },
    { "delete", test_delete, hostile_set_up },
    { "reset", test_reset, hostile_set_up },
    { "table", test_table, hostile_set_up },
    { "long", test_long, page_set_up },
  };

  if (!app_fixture_init (&argc, &argv))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/app/hostile-text/", tests[i].name, NULL);

      g_test_add (path, Page, NULL, tests[i].set_up, tests[i].test, page_tear_down);
    }
  return g_test_run ();
}
