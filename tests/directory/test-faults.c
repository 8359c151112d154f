/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every operation under every fault. Without arguments each operation runs in a process of its own,
 * several at a time because they mostly wait, and their tables together are held against FAULTS.md.
 * --update writes FAULTS.md; --operation NAME runs one here, for a debugger. */
#include "faults-operations.h"

#include <glib/gstdio.h>

#define AT_A_TIME 5

const FaultOperation *const fault_operations[] = {
  &fault_test,       &fault_open,        &fault_list,   &fault_refresh, &fault_view,
  &fault_update_rfc, &fault_update_wso2, &fault_delete, &fault_invite,  &fault_password,
};
const guint fault_operations_length = G_N_ELEMENTS (fault_operations);

/* One operation, in this process */

static gboolean
run_cell (FaultBench *bench, const Fault *fault, FaultPlace place)
{
  g_autoptr (FaultCell) cell = fault_cell_new (bench, fault, place);

  g_print ("# %s: %s, %u\n", bench->operation->name, fault->name, place);
  bench->operation->run (cell);
  for (guint i = 0; i < cell->problems->len; i++)
    g_print ("# RED %s: %s (%s %s) at %u: %s\n", bench->operation->name, fault->name, fault->kind,
             fault->rest != NULL ? fault->rest : "", place,
             (const char *)g_ptr_array_index (cell->problems, i));
  g_ptr_array_add (bench->rows, fault_report_dup_row (cell));
  return cell->problems->len == 0;
}

static const FaultOperation *
find_operation (const char *name)
{
  for (guint i = 0; i < fault_operations_length; i++)
    if (g_str_equal (fault_operations[i]->name, name))
      return fault_operations[i];
  g_error ("There is no operation “%s”", name);
}

/* The process's exit status. */
static int
run_operation (const char *name, const char *only, const char *output)
{
  g_autoptr (FaultBench) bench = fault_bench_new (find_operation (name));
  g_autofree char *section = NULL;
  g_autoptr (GError) error = NULL;
  guint n_red = 0;

  for (guint place = 0; place < FAULT_N_PLACES; place++)
    for (guint i = 0; i < fault_table_length; i++)
      if (fault_is_cell (bench->operation, &fault_table[i], place) &&
          (only == NULL || g_str_equal (only, fault_table[i].kind)))
        n_red += run_cell (bench, &fault_table[i], place) ? 0 : 1;
  section = fault_report_dup_section (bench);
  if (output == NULL)
    g_print ("%s", section);
  else if (!g_file_set_contents (output, section, -1, &error))
    g_error ("%s", error->message);
  return n_red > 0 ? 1 : 0;
}

/* All of them, each in a child */

typedef struct
{
  const FaultOperation *operation;
  char *output;
  GSubprocess *process;
  char *log; /* nullable: not ended */
  gboolean passed;
} Child;

static Child children[G_N_ELEMENTS (fault_operations)];
static guint n_begun;
static guint n_running;
static const char *program;
static gboolean updates;

static void begin_children (void);

static void
child_ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Child *child = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_utf8_finish (child->process, result, &child->log, NULL, &error);
  g_assert_no_error (error);
  child->passed = g_subprocess_get_if_exited (child->process) &&
                  g_subprocess_get_exit_status (child->process) == 0;
  n_running--;
  begin_children ();
}

static void
begin_child (Child *child, const FaultOperation *operation)
{
  g_autofree char *file = g_strdup_printf ("faults-%s.md", operation->name);
  g_autoptr (GError) error = NULL;

  child->operation = operation;
  child->output = g_test_build_filename (G_TEST_BUILT, file, NULL);
  g_unlink (child->output);
  child->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error,
                      program, "--operation", operation->name, "--output", child->output, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8_async (child->process, NULL, NULL, child_ended_cb, child);
}

static void
begin_children (void)
{
  for (; n_begun < G_N_ELEMENTS (children) && n_running < AT_A_TIME; n_begun++, n_running++)
    begin_child (&children[n_begun], fault_operations[n_begun]);
}

/* What is red; all of it when it did not come to its end. */
static void
tell (const Child *child)
{
  g_auto (GStrv) lines = g_strsplit (child->log, "\n", -1);
  gboolean ended = g_file_test (child->output, G_FILE_TEST_EXISTS);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!ended || g_str_has_prefix (lines[i], "# RED"))
      g_test_message ("%s", lines[i]);
}

static void
test_operation (gconstpointer data)
{
  const Child *child = data;

  begin_children ();
  while (child->log == NULL)
    g_main_context_iteration (NULL, TRUE);
  tell (child);
  if (!child->passed)
    g_test_fail ();
}

static char *
read_file (const char *path)
{
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : g_strdup ("");
}

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
tell_first_difference (const char *committed, const char *text)
{
  g_auto (GStrv) old_lines = g_strsplit (committed, "\n", -1);
  g_auto (GStrv) new_lines = g_strsplit (text, "\n", -1);
  guint i = 0;

  while (old_lines[i] != NULL && g_strcmp0 (old_lines[i], new_lines[i]) == 0)
    i++;
  g_test_message ("FAULTS.md, line %u, is\n%s\nand ought to be\n%s", i + 1,
                  old_lines[i] != NULL ? old_lines[i] : "",
                  new_lines[i] != NULL ? new_lines[i] : "");
}

/* What is red is not kept. */
static gboolean
all_have_passed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    if (!children[i].passed)
      return FALSE;
  return TRUE;
}

static void
test_table (void)
{
  g_autofree char *written = g_test_build_filename (G_TEST_BUILT, "FAULTS.md", NULL);
  g_autofree char *kept = g_test_build_filename (G_TEST_DIST, "directory", "FAULTS.md", NULL);
  g_autofree char *committed = read_file (kept);
  g_autofree char *head = fault_report_dup_head ();
  g_autoptr (GString) text = g_string_new (head);

  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *section = read_file (children[i].output);

      g_string_append (text, section);
      g_unlink (children[i].output);
    }
  write_file (written, text->str);
  if (updates && all_have_passed ())
    write_file (kept, text->str);
  else if (!g_str_equal (committed, text->str))
    {
      tell_first_difference (committed, text->str);
      g_test_message ("%s is what happened; test-faults --update keeps it", written);
      g_test_fail ();
    }
}

int
main (int argc, char *argv[])
{
  g_autofree char *operation = NULL;
  g_autofree char *output = NULL;
  g_autofree char *fault = NULL;
  const GOptionEntry entries[] = {
    { "operation", 0, 0, G_OPTION_ARG_STRING, &operation, "Run one operation here", "NAME" },
    { "fault", 0, 0, G_OPTION_ARG_STRING, &fault, "… and only this kind of fault", "KIND[:ARG]" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Where its table goes", "FILE" },
    { "update", 0, 0, G_OPTION_ARG_NONE, &updates, "Keep the table as FAULTS.md", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  program = argv[0];
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  g_test_init (&argc, &argv, NULL);
  /* One that fails does not hide the others. */
  g_test_set_nonfatal_assertions ();
  if (operation != NULL)
    return run_operation (operation, fault, output);
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      g_autofree char *path = g_strconcat ("/directory/faults/", fault_operations[i]->name, NULL);

      g_test_add_data_func (path, &children[i], test_operation);
    }
  g_test_add_func ("/directory/faults/table", test_table);
  return g_test_run ();
}
