/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The known connections on disk: one key file, a group per connection id, mode 0600, replaced
 * atomically. It never holds a secret. What the keys mean is the directory room's business. Loading
 * and saving are small and synchronous; a damaged file is kept beside as "….damaged", and one that
 * cannot be read is never replaced: then saving fails. ids and keys: as GKeyFile wants them. */
typedef struct _RosterConnectionFile RosterConnectionFile;

/* path: nullable: $XDG_CONFIG_HOME/roster/connections.ini. A missing file is an empty one.
 * Errors: G_IO_ERROR or G_KEY_FILE_ERROR; the object is usable (empty) even then. */
RosterConnectionFile *roster_connection_file_new (const char *path, GError **error);
void roster_connection_file_free (RosterConnectionFile *self);
GStrv roster_connection_file_dup_ids (RosterConnectionFile *self); /* in the file's order */
/* NULL when unset. */
char *roster_connection_file_dup (RosterConnectionFile *self, const char *id, const char *key);
/* value: NULL removes. Kept in memory until save. */
void roster_connection_file_set (RosterConnectionFile *self,
                                 const char *id,
                                 const char *key,
                                 const char *value);
void roster_connection_file_remove (RosterConnectionFile *self, const char *id);
gboolean roster_connection_file_save (RosterConnectionFile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterConnectionFile, roster_connection_file_free)

G_END_DECLS
