/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/roster-connection-file.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _RosterConnectionFile
{
  char *path;
  GKeyFile *keys;
  gboolean is_unread; /* there is a file whose content is not in keys: it must not be replaced */
};

/* Moves a file that makes no sense out of the way, so that saving cannot destroy what a person may
 * still mend by hand. An older one is never replaced. */
static gboolean
keep_damaged (RosterConnectionFile *self, GError **error)
{
  g_autofree char *beside = g_strconcat (self->path, ".damaged", NULL);
  int reason;

  for (guint i = 2; g_file_test (beside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (beside);
      beside = g_strdup_printf ("%s.%u.damaged", self->path, i);
    }
  if (g_rename (self->path, beside) == 0)
    return TRUE;
  reason = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason),
               "The damaged file %s could not be moved aside: %s", self->path, g_strerror (reason));
  return FALSE;
}

static gboolean
load (RosterConnectionFile *self, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &data, &length, NULL, &local_error))
    {
      if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      self->is_unread = TRUE;
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (length == 0 ||
      g_key_file_load_from_data (self->keys, data, length, G_KEY_FILE_KEEP_COMMENTS, &local_error))
    return TRUE;

  g_key_file_unref (self->keys);
  self->keys = g_key_file_new ();
  self->is_unread = !keep_damaged (self, error);
  if (!self->is_unread)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

RosterConnectionFile *
roster_connection_file_new (const char *path, GError **error)
{
  RosterConnectionFile *self = g_new0 (RosterConnectionFile, 1);

  self->path = path != NULL
                 ? g_strdup (path)
                 : g_build_filename (g_get_user_config_dir (), "roster", "connections.ini", NULL);
  self->keys = g_key_file_new ();
  load (self, error);
  return self;
}

void
roster_connection_file_free (RosterConnectionFile *self)
{
  if (self == NULL)
    return;
  g_key_file_unref (self->keys);
  g_free (self->path);
  g_free (self);
}

GStrv
roster_connection_file_dup_ids (RosterConnectionFile *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_key_file_get_groups (self->keys, NULL);
}

char *
roster_connection_file_dup (RosterConnectionFile *self, const char *id, const char *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_key_file_get_string (self->keys, id, key, NULL);
}

void
roster_connection_file_set (RosterConnectionFile *self,
                            const char *id,
                            const char *key,
                            const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);
  g_return_if_fail (key != NULL);

  if (value != NULL)
    g_key_file_set_string (self->keys, id, key, value);
  else
    g_key_file_remove_key (self->keys, id, key, NULL);
}

void
roster_connection_file_remove (RosterConnectionFile *self, const char *id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);

  g_key_file_remove_group (self->keys, id, NULL);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int reason;

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  reason = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (reason),
               "The folder %s could not be made: %s", folder, g_strerror (reason));
  return FALSE;
}

gboolean
roster_connection_file_save (RosterConnectionFile *self, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *data = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->is_unread)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   "%s could not be read, and what it holds would be lost", self->path);
      return FALSE;
    }
  data = g_key_file_to_data (self->keys, &length, NULL);
  if (!make_folder (self->path, error))
    return FALSE;
  /* Newer GLibs keep the mode of a file that is there already. */
  if (g_chmod (self->path, 0600) != 0 && errno != ENOENT)
    g_debug ("The mode of %s could not be set: %s", self->path, g_strerror (errno));
  if (g_file_set_contents_full (self->path, data, length,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_file_error (local_error->code),
                       local_error->message);
  return FALSE;
}
