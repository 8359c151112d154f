/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "directory/roster-demo.h"
#include "store/roster-secrets.h"

struct _RosterDemo
{
  GObject parent_instance;

  GSubprocess *process;
  RosterConnection *connection;
  char *secret;
};

G_DEFINE_FINAL_TYPE (RosterDemo, roster_demo, G_TYPE_OBJECT)

/* $ROSTER_SERVICE names the program in tests. An uninstalled build has it in src/service, next to
 * the folder of the program that runs. */
static char *
find_program (void)
{
  g_autofree char *self_path = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self_path != NULL ? g_path_get_dirname (self_path) : NULL;
  const char *given = g_getenv ("ROSTER_SERVICE");
  const char *const beside[] = { "service/roster-service", "../service/roster-service" };

  if (given != NULL && *given != '\0')
    return g_strdup (given);

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_canonicalize_filename (beside[i], folder);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }

  return g_strdup (ROSTER_SERVICE_PATH);
}

/* The service makes its token itself and says it on its output, so that it stands in no argument
 * list and no environment. With its input, which this process holds, it ends. */
static GSubprocess *
spawn (guint n_users, GError **error)
{
  g_autofree char *program = find_program ();
  g_autofree char *users = g_strdup_printf ("%u", n_users);

  return g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, error,
                           program, "--port", "0", "--users", users, "--personality", "wso2",
                           "--invitation", "lock", "--exit-with-stdin", NULL);
}

/* "URL TOKEN" */
static gboolean
take_address (RosterDemo *self, const char *line)
{
  const char *space = line != NULL ? strchr (line, ' ') : NULL;
  g_autofree char *url = NULL;
  g_autofree char *problem = NULL;

  if (space == NULL || space == line || space[1] == '\0')
    return FALSE;

  url = g_strndup (line, space - line);
  self->secret = g_strdup (space + 1);
  self->connection = roster_connection_new (NULL);
  g_object_set (self->connection, "name", _ ("Demo Directory"), "environment",
                ROSTER_ENVIRONMENT_DEMO, "preset", ROSTER_PRESET_OTHER, "sign-in",
                ROSTER_SIGN_IN_BEARER, "url", url, NULL);
  problem = roster_connection_check (self->connection, self->secret, NULL);

  return problem == NULL;
}

static void
read_line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  RosterDemo *self = g_task_get_task_data (task);

  line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!take_address (self, line))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s",
                             _ ("The demo service ended before it said where it can be reached."));
  else
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);

  if (line != NULL)
    explicit_bzero (line, strlen (line));
}

static void
roster_demo_dispose (GObject *object)
{
  RosterDemo *self = ROSTER_DEMO (object);

  if (self->process != NULL)
    g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_clear_object (&self->process);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (roster_demo_parent_class)->dispose (object);
}

static void
roster_demo_finalize (GObject *object)
{
  roster_secret_free (ROSTER_DEMO (object)->secret);

  G_OBJECT_CLASS (roster_demo_parent_class)->finalize (object);
}

static void
roster_demo_class_init (RosterDemoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_demo_dispose;
  object_class->finalize = roster_demo_finalize;
}

static void
roster_demo_init (RosterDemo *self)
{
}

void
roster_demo_start_async (guint n_users,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (RosterDemo) self = g_object_new (ROSTER_TYPE_DEMO, NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, roster_demo_start_async);

  self->process = spawn (n_users, &error);
  if (self->process == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_task_set_task_data (task, g_steal_pointer (&self), g_object_unref);
  g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, cancellable, read_line_cb,
                                       g_steal_pointer (&task));
}

RosterDemo *
roster_demo_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

RosterConnection *
roster_demo_get_connection (RosterDemo *self)
{
  g_return_val_if_fail (ROSTER_IS_DEMO (self), NULL);

  return self->connection;
}

const char *
roster_demo_get_secret (RosterDemo *self)
{
  g_return_val_if_fail (ROSTER_IS_DEMO (self), NULL);

  return self->secret;
}
