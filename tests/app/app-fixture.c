/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"

#include "support/roster-test-wait.h"
#include "ui/roster-resources.h"

gboolean
app_fixture_init (int *argc, char ***argv)
{
  /* Not with isolated folders: icons and GTK's own settings are found through them. */
  g_test_init (argc, argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return FALSE;
    }
  g_resources_register (roster_get_resource ());
  adw_init ();
  return TRUE;
}

gboolean
app_is_named (GtkWidget *widget, const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                               GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

static gboolean
shows_text (GtkWidget *widget, const char *name)
{
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0;
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), name) == 0;
  if (GTK_IS_INSCRIPTION (widget))
    return g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), name) == 0;
  return FALSE;
}

GtkWidget *
app_find_within (GtkWidget *root, const char *name)
{
  if (!gtk_widget_get_mapped (root))
    return NULL;
  if (shows_text (root, name) || app_is_named (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = app_find_within (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
app_find (const char *name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *found = app_find_within (window, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
app_find_type (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = app_find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_there (gpointer name)
{
  return app_find (name) != NULL;
}

static gboolean
is_gone (gpointer name)
{
  return app_find (name) == NULL;
}

static gboolean
is_sensitive (gpointer name)
{
  GtkWidget *widget = app_find (name);

  return widget != NULL && gtk_widget_is_sensitive (widget);
}

GtkWidget *
app_wait_for (const char *name)
{
  g_test_message ("waiting for “%s”", name);
  roster_test_wait (is_there, (gpointer)name);
  return app_find (name);
}

void
app_wait_gone (const char *name)
{
  g_test_message ("waiting until “%s” is gone", name);
  roster_test_wait (is_gone, (gpointer)name);
}

void
app_click (const char *name)
{
  GtkWidget *widget = NULL;

  g_test_message ("clicking “%s”", name);
  roster_test_wait (is_sensitive, (gpointer)name);
  widget = app_find (name);
  /* A label inside a button has its name, too. */
  if (!GTK_IS_BUTTON (widget))
    widget = gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON);
  g_assert_true (GTK_IS_BUTTON (widget));
  g_assert_true (gtk_widget_is_sensitive (widget));
  g_signal_emit_by_name (widget, "clicked");
}

RosterConnections *
app_fixture_connections (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("roster-app-XXXXXX", &error);
  g_autofree char *path = NULL;

  g_assert_no_error (error);
  path = g_build_filename (folder, "connections.ini", NULL);
  return roster_connections_new (path);
}

RosterDemo *
app_fixture_demo (guint n_users)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterDemo *demo = NULL;

  roster_demo_start_async (n_users, NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  demo = roster_demo_start_finish (result, &error);
  if (demo == NULL)
    g_test_skip (error->message);
  return demo;
}
