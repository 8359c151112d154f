/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a target without libFuzzer, as an ordinary test:
 *   fuzz-NAME [--runs=N] [--seed=N] [--dictionary=FILE] FILE-OR-DIRECTORY…
 * tries every file and then N inputs made of them, always the same for one seed. The input that
 * ends the program is left in ./crash-NAME. */
#include "roster-fuzz.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_BYTES 4096

static int n_runs = 2000;
static int seed = 1;
static char *dictionary;
static char *crash_path;
static const GByteArray *current; /* what is being tried */

static const GOptionEntry entries[] = {
  { "runs", 0, 0, G_OPTION_ARG_INT, &n_runs, "Inputs to make of the files", "N" },
  { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "What they are drawn from", "N" },
  { "dictionary", 0, 0, G_OPTION_ARG_FILENAME, &dictionary, "Words to put in", "FILE" },
  { NULL },
};

/* Only what is safe in a signal handler. */
static void
crash_cb (int signal_number)
{
  int fd = open (crash_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

  if (fd >= 0 && current != NULL && write (fd, current->data, current->len) >= 0)
    {
      (void)!write (STDERR_FILENO, "The input is in ", 16);
      (void)!write (STDERR_FILENO, crash_path, strlen (crash_path));
      (void)!write (STDERR_FILENO, "\n", 1);
    }
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

static void
try (const GByteArray *input)
{
  current = input;
  LLVMFuzzerTestOneInput (input->len > 0 ? input->data : (const guint8 *)"", input->len);
  current = NULL;
}

static void
free_bytes (gpointer data)
{
  g_byte_array_unref (data);
}

static void
add_file (GPtrArray *inputs, const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &error))
    g_error ("%s", error->message);
  g_ptr_array_add (inputs, g_byte_array_new_take ((guint8 *)contents, length));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
add_path (GPtrArray *inputs, const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (directory == NULL)
    {
      add_file (inputs, path);
      return;
    }
  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    add_file (inputs, g_ptr_array_index (names, i));
}

/* The words of a dictionary in libFuzzer's form: name="text", with \xNN, \" and \\ in it. */
static void
read_dictionary (GPtrArray *words, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &contents, NULL, &error))
    g_error ("%s", error->message);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *at = strchr (lines[i], '"');
      const char *end = strrchr (lines[i], '"');
      GByteArray *word;

      if (lines[i][0] == '#' || at == NULL || at == end)
        continue;
      word = g_byte_array_new ();
      while (++at < end)
        {
          guint8 byte = (guint8)*at;

          if (byte == '\\' && at[1] == 'x')
            {
              byte = (guint8)(g_ascii_xdigit_value (at[2]) * 16 + g_ascii_xdigit_value (at[3]));
              at += 3;
            }
          else if (byte == '\\')
            byte = (guint8) * (++at);
          g_byte_array_append (word, &byte, 1);
        }
      g_ptr_array_add (words, word);
    }
}

static void
insert (GByteArray *input, guint place, const guint8 *data, guint length)
{
  guint old_length = input->len;

  length = MIN (length, MAX_BYTES - MIN (MAX_BYTES, old_length));
  if (length == 0)
    return;
  g_byte_array_set_size (input, old_length + length);
  memmove (input->data + place + length, input->data + place, old_length - place);
  memcpy (input->data + place, data, length);
}

/* A piece of another input, or of the same. */
static void
insert_piece (GRand *random, GByteArray *input, const GByteArray *other)
{
  guint start, length;
  g_autofree guint8 *piece = NULL;

  if (other->len == 0)
    return;
  start = (guint)g_rand_int_range (random, 0, (int)other->len);
  length = (guint)g_rand_int_range (random, 1, (int)(other->len - start) + 1);
  piece = g_memdup2 (other->data + start, length);
  insert (input, (guint)g_rand_int_range (random, 0, (int)input->len + 1), piece, length);
}

static void
mutate (GRand *random, GByteArray *input, GPtrArray *inputs, GPtrArray *words)
{
  guint place = (guint)g_rand_int_range (random, 0, (int)input->len + 1);
  const GByteArray *word;
  guint8 byte = (guint8)g_rand_int_range (random, 0, 256);

  switch (g_rand_int_range (random, 0, 7))
    {
    case 0:
      if (place < input->len)
        input->data[place] = byte;
      break;
    case 1:
      if (place < input->len)
        input->data[place] ^= (guint8)(1 << (byte % 8));
      break;
    case 2:
      insert (input, place, &byte, 1);
      break;
    case 3:
      if (place < input->len)
        g_byte_array_remove_range (input, place, MIN (1 + byte % 8u, input->len - place));
      break;
    case 4:
      if (byte < 32)
        g_byte_array_set_size (input, place);
      break;
    case 5:
      insert_piece (random, input,
                    g_ptr_array_index (inputs, g_rand_int_range (random, 0, (int)inputs->len)));
      break;
    default:
      if (words->len == 0)
        break;
      word = g_ptr_array_index (words, g_rand_int_range (random, 0, (int)words->len));
      insert (input, place, word->data, word->len);
    }
}

static void
try_made (GRand *random, GPtrArray *inputs, GPtrArray *words)
{
  const GByteArray *origin =
    g_ptr_array_index (inputs, g_rand_int_range (random, 0, (int)inputs->len));
  g_autoptr (GByteArray) input = g_byte_array_new ();
  int n = g_rand_int_range (random, 1, 6);

  g_byte_array_append (input, origin->data, MIN (origin->len, MAX_BYTES));
  while (n-- > 0)
    mutate (random, input, inputs, words);
  try (input);
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("FILE-OR-DIRECTORY…");
  g_autoptr (GPtrArray) inputs = g_ptr_array_new_with_free_func (free_bytes);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (free_bytes);
  g_autoptr (GRand) random = NULL;
  g_autofree char *name = g_path_get_basename (argv[0]);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  LLVMFuzzerInitialize (&argc, &argv);
  crash_path = g_strdup_printf ("./crash-%s", name);
  signal (SIGABRT, crash_cb);
  signal (SIGSEGV, crash_cb);

  for (int i = 1; i < argc; i++)
    add_path (inputs, argv[i]);
  if (inputs->len == 0)
    g_error ("There are no inputs");
  if (dictionary != NULL)
    read_dictionary (words, dictionary);
  printf ("1..2\n# seed %d, %d inputs made of %u files with %u words\n", seed, n_runs, inputs->len,
          words->len);
  fflush (stdout);

  for (guint i = 0; i < inputs->len; i++)
    try (g_ptr_array_index (inputs, i));
  printf ("ok 1 /fuzz/%s/corpus\n", name);
  random = g_rand_new_with_seed ((guint32)seed);
  for (int i = 0; i < n_runs; i++)
    try_made (random, inputs, words);
  printf ("ok 2 /fuzz/%s/made\n", name);

  g_free (dictionary);
  g_free (crash_path);
  return 0;
}
