/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/roster-connection-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("roster-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "inner", "connections.ini", NULL);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 0777;
}

static RosterConnectionFile *
open_file (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RosterConnectionFile *file = roster_connection_file_new (fixture->path, &error);

  g_assert_no_error (error);
  return file;
}

static void
save (RosterConnectionFile *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (roster_connection_file_save (file, &error));
  g_assert_no_error (error);
}

static void
write_file (Fixture *fixture, const char *content, gssize length)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (fixture->path, content, length, &error);
  g_assert_no_error (error);
}

static void
assert_value (RosterConnectionFile *file, const char *id, const char *key, const char *expected)
{
  g_autofree char *value = roster_connection_file_dup (file, id, key);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  static const char odd[] = "line one\nline two\t ; # = [x] ünï  \\ end ";
  g_autoptr (RosterConnectionFile) file = open_file (fixture);
  g_autoptr (RosterConnectionFile) again = NULL;
  g_auto (GStrv) ids = NULL;

  assert_value (file, "one", "name", NULL);
  roster_connection_file_set (file, "two", "name", "Second");
  roster_connection_file_set (file, "one", "name", odd);
  roster_connection_file_set (file, "one", "gone", "x");
  roster_connection_file_set (file, "one", "gone", NULL);
  roster_connection_file_set (file, "one", "never", NULL);
  roster_connection_file_set (file, "three", "name", "");
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  save (file);

  again = open_file (fixture);
  ids = roster_connection_file_dup_ids (again);
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  g_assert_cmpstr (ids[0], ==, "two");
  g_assert_cmpstr (ids[1], ==, "one");
  assert_value (again, "one", "name", odd);
  assert_value (again, "one", "gone", NULL);
  assert_value (again, "three", "name", "");
  roster_connection_file_remove (again, "two");
  roster_connection_file_remove (again, "unknown");
  assert_value (again, "two", "name", NULL);
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnectionFile) file = open_file (fixture);
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  mode_t mask = umask (0);

  roster_connection_file_set (file, "one", "name", "x");
  save (file);
  umask (mask);
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpuint (get_mode (folder), ==, 0700);

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  save (file);
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RosterConnectionFile) file = NULL;
  g_auto (GStrv) ids = NULL;

  write_file (fixture, "", 0);
  file = open_file (fixture);
  ids = roster_connection_file_dup_ids (file);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
}

static void
assert_damaged (Fixture *fixture, const char *content, gssize length, const char *suffix)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterConnectionFile) file = NULL;
  g_autofree char *beside = g_strconcat (fixture->path, suffix, NULL);
  g_autofree char *kept = NULL;
  g_auto (GStrv) ids = NULL;
  gsize kept_length;

  write_file (fixture, content, length);
  file = roster_connection_file_new (fixture->path, &error);
  g_assert_nonnull (file);
  g_assert_true (error->domain == G_KEY_FILE_ERROR);
  ids = roster_connection_file_dup_ids (file);
  g_assert_cmpuint (g_strv_length (ids), ==, 0);
  g_assert_true (g_file_get_contents (beside, &kept, &kept_length, NULL));
  g_assert_cmpmem (kept, kept_length, content, length);

  roster_connection_file_set (file, "new", "name", "x");
  save (file);
  g_assert_true (g_file_test (beside, G_FILE_TEST_EXISTS));
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  assert_damaged (fixture, "no group\n", 9, ".damaged");
  assert_damaged (fixture, "[one]\nname=x\n\xff\xfe\0\0", 17, ".2.damaged");
  assert_damaged (fixture, "[one\nname=x", 11, ".3.damaged");
}

/* A file that is there and cannot be read is not replaced by an empty one. */
static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) save_error = NULL;
  g_autoptr (RosterConnectionFile) file = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0700), ==, 0); /* a folder in its place */
  file = roster_connection_file_new (fixture->path, &error);
  g_assert_true (error->domain == G_IO_ERROR);
  roster_connection_file_set (file, "one", "name", "x");
  assert_value (file, "one", "name", "x");
  g_assert_false (roster_connection_file_save (file, &save_error));
  g_assert_error (save_error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

static void
test_cannot_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) folder_error = NULL;
  g_autoptr (GError) file_error = NULL;
  g_autoptr (RosterConnectionFile) file = NULL;
  g_autofree char *inside = NULL;
  g_autoptr (RosterConnectionFile) below = NULL;

  file = open_file (fixture);
  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0700), ==, 0);
  g_assert_false (roster_connection_file_save (file, &file_error));
  g_assert_true (file_error->domain == G_IO_ERROR);

  g_rmdir (fixture->path);
  write_file (fixture, "[one]\n", -1);
  inside = g_build_filename (fixture->path, "more", "connections.ini", NULL);
  below = roster_connection_file_new (inside, NULL);
  g_assert_false (roster_connection_file_save (below, &folder_error));
  g_assert_true (folder_error->domain == G_IO_ERROR);
}

static void
test_default_path (void)
{
  g_autoptr (RosterConnectionFile) file = roster_connection_file_new (NULL, NULL);
  g_autofree char *path =
    g_build_filename (g_get_user_config_dir (), "roster", "connections.ini", NULL);

  roster_connection_file_set (file, "one", "name", "x");
  save (file);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_true (g_str_has_prefix (path, g_getenv ("XDG_CONFIG_HOME")));
}

int
main (int argc, char *argv[])
{
  g_autofree char *config = g_dir_make_tmp ("roster-XXXXXX", NULL);
  int status;

  setlocale (LC_ALL, "");
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/connection-file/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("modes", test_modes);
  ADD ("empty", test_empty);
  ADD ("damaged", test_damaged);
  ADD ("unreadable", test_unreadable);
  ADD ("cannot-save", test_cannot_save);
#undef ADD
  g_test_add_func ("/connection-file/default-path", test_default_path);
  status = g_test_run ();
  remove_tree (config);
  return status;
}
