/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench-window.h"

#include "support/roster-test-wait.h"
#include "ui/roster-resources.h"

static RosterDemo *
start_demo (guint n_users)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterDemo *demo;

  g_setenv ("ROSTER_SERVICE", BUILT_SERVICE, FALSE);
  roster_demo_start_async (n_users, NULL, roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  demo = roster_demo_start_finish (result, &error);
  g_assert_no_error (error);
  return demo;
}

/* One for all benchmarks: the session bus has room for one of its name in a process. */
static AdwApplication *
dup_application (void)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return g_object_ref (ADW_APPLICATION (application));
  application = g_object_new (ADW_TYPE_APPLICATION, "application-id", "io.github.rosterapp.Bench",
                              "resource-base-path", "/io/github/rosterapp/Roster", "flags",
                              G_APPLICATION_NON_UNIQUE, NULL);
  g_application_register (application, NULL, &error);
  g_assert_no_error (error);
  return ADW_APPLICATION (application);
}

static gboolean
shows_all (gpointer user_data)
{
  RosterBenchWindow *self = user_data;
  GListModel *users = G_LIST_MODEL (roster_directory_get_users (self->directory));
  guint n_total = roster_users_get_n_total (ROSTER_USERS (users));

  return roster_directory_get_state (self->directory) == ROSTER_DIRECTORY_OPEN &&
         !roster_directory_get_refreshing (self->directory) && n_total > 0 &&
         g_list_model_get_n_items (users) == n_total;
}

void
roster_bench_window_open (RosterBenchWindow *self, guint n_users)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "roster-bench.ini", NULL);

  if (!gtk_init_check ())
    g_error ("This benchmark needs a display: run it with ./dev bench");
  g_resources_register (roster_get_resource ());
  self->demo = start_demo (n_users);
  self->connections = roster_connections_new (path);
  self->application = dup_application ();
  self->window = roster_window_new (self->application, self->connections);
  gtk_window_present (GTK_WINDOW (self->window));
  roster_window_open (self->window, roster_demo_get_connection (self->demo),
                      roster_demo_get_secret (self->demo));
  self->directory = roster_window_get_directory (self->window);
  roster_test_wait (shows_all, self);
}

void
roster_bench_window_close (RosterBenchWindow *self)
{
  gtk_window_close (GTK_WINDOW (self->window));
  roster_test_settle ();
  g_clear_object (&self->application);
  g_clear_object (&self->connections);
  g_clear_object (&self->demo);
}

GtkWidget *
roster_bench_window_find (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = roster_bench_window_find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}
