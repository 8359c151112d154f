/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-application.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include "app/roster-settings.h"
#include "app/roster-window.h"

struct _RosterApplication
{
  AdwApplication parent_instance;

  RosterConnections *connections; /* read when the first window needs them */
  guint terminate_id;
  guint interrupt_id;
};

G_DEFINE_FINAL_TYPE (RosterApplication, roster_application, ADW_TYPE_APPLICATION)

#define MAX_DEMO_USERS 1000000

/* From ui/roster.gresource.xml. */
GResource *roster_get_resource (void);

static RosterWindow *
create_window (RosterApplication *self)
{
  RosterWindow *window = NULL;

  gboolean first = self->connections == NULL;

  if (first)
    self->connections = roster_connections_new (NULL);
  window = roster_window_new (ADW_APPLICATION (self), self->connections);
  if (first && roster_connections_get_load_error (self->connections) != NULL)
    roster_window_show_load_error (window);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The one that was used last; NULL when none is known. */
static RosterConnection *
find_first_connection (RosterApplication *self)
{
  g_autoptr (GSettings) settings = roster_settings_new ();
  g_autofree char *id = NULL;
  RosterConnection *connection = NULL;
  g_autoptr (RosterConnection) first = NULL;

  if (settings != NULL)
    id = g_settings_get_string (settings, ROSTER_SETTINGS_LAST_CONNECTION);
  if (id != NULL)
    connection = roster_connections_find (self->connections, id);
  if (connection != NULL)
    return g_object_ref (connection);
  first = g_list_model_get_item (G_LIST_MODEL (self->connections), 0);
  return g_steal_pointer (&first);
}

static void
open_window (RosterApplication *self)
{
  RosterWindow *window = create_window (self);
  g_autoptr (RosterConnection) connection = find_first_connection (self);

  if (connection != NULL)
    roster_window_open (window, connection, NULL);
}

static void
new_window_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_window (ROSTER_APPLICATION (user_data));
}

/* Each window may ask about unsaved changes; the application ends with the last of them. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *at = windows; at != NULL; at = at->next)
    if (ROSTER_IS_WINDOW (at->data))
      gtk_window_close (at->data);
}

/* Made when it is asked for: GTK 4.8 crashes when an assistive technology asks for a window that
 * went while another one waits hidden, as a gtk/help-overlay.ui would. */
static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/rosterapp/Roster/roster-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts_window"));

  gtk_window_set_transient_for (window, gtk_application_get_active_window (user_data));
  gtk_window_present (window);
}

/* SIGTERM and SIGINT: whoever sends them waits for no answer, so nothing is asked; what runs is
 * cancelled and let go of, and the demo's service ended. */
static gboolean
terminate_cb (gpointer user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *at = windows; at != NULL; at = at->next)
    gtk_window_destroy (at->data);
  g_application_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static const GActionEntry actions[] = {
  { "new-window", new_window_action },
  { "shortcuts", shortcuts_action },
  { "quit", quit_action },
};

static const struct
{
  const char *action;
  const char *accels[3];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },          { "app.new-window", { "<Control><Shift>n" } },
  { "window.close", { "<Control>w" } },      { "win.search", { "<Control>f" } },
  { "win.refresh", { "F5", "<Control>r" } }, { "app.shortcuts", { "<Control>question" } },
};

static void
roster_application_startup (GApplication *application)
{
  RosterApplication *self = ROSTER_APPLICATION (application);

  G_APPLICATION_CLASS (roster_application_parent_class)->startup (application);

  self->terminate_id = g_unix_signal_add (SIGTERM, terminate_cb, self);
  self->interrupt_id = g_unix_signal_add (SIGINT, terminate_cb, self);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].accels);
}

static void
roster_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_window (ROSTER_APPLICATION (application));
}

/* GOption knows no option with an optional number: `--demo` alone means the usual one. */
static gboolean
roster_application_local_command_line (GApplication *application, char ***arguments, int *status)
{
  for (char **argument = *arguments; *argument != NULL; argument++)
    if (g_str_equal (*argument, "--demo"))
      {
        g_free (*argument);
        *argument = g_strdup_printf ("--demo=%d", ROSTER_DEMO_USERS);
      }

  return G_APPLICATION_CLASS (roster_application_parent_class)
    ->local_command_line (application, arguments, status);
}

static int
roster_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  int n_users = 0;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("roster %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "demo", "i", &n_users) &&
      (n_users < 0 || n_users > MAX_DEMO_USERS))
    {
      /* Translators: %d is the largest number allowed */
      g_printerr (_ ("The number of demo users must be from 0 to %d.\n"), MAX_DEMO_USERS);
      return 2;
    }
  return -1;
}

static int
roster_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  int n_users = 0;

  if (g_variant_dict_lookup (options, "demo", "i", &n_users))
    roster_window_open_demo (create_window (ROSTER_APPLICATION (application)), n_users);
  else
    g_application_activate (application);
  return 0;
}

static void
roster_application_dispose (GObject *object)
{
  RosterApplication *self = ROSTER_APPLICATION (object);

  g_clear_handle_id (&self->terminate_id, g_source_remove);
  g_clear_handle_id (&self->interrupt_id, g_source_remove);
  g_clear_object (&self->connections);

  G_OBJECT_CLASS (roster_application_parent_class)->dispose (object);
}

static void
roster_application_class_init (RosterApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->dispose = roster_application_dispose;
  application_class->startup = roster_application_startup;
  application_class->activate = roster_application_activate;
  application_class->local_command_line = roster_application_local_command_line;
  application_class->handle_local_options = roster_application_handle_local_options;
  application_class->command_line = roster_application_command_line;
}

static void
roster_application_init (RosterApplication *self)
{
  const GOptionEntry entries[] = {
    { "demo", 0, 0, G_OPTION_ARG_INT, NULL,
      N_ ("Open a demo directory with N invented users (1000 when N is left out)"), N_ ("N") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version and exit"), NULL },
    { NULL },
  };

  /* Named, so that a static library brings them along. */
  g_resources_register (roster_get_resource ());
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _ ("Look after the users of a SCIM 2.0 service"));
}

RosterApplication *
roster_application_new (void)
{
  return g_object_new (ROSTER_TYPE_APPLICATION, "application-id", APP_ID, "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path",
                       "/io/github/rosterapp/Roster", NULL);
}
