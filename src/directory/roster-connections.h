/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-connection.h"

G_BEGIN_DECLS

/* The known connections: a GListModel of RosterConnection, kept in the connection file. */
#define ROSTER_TYPE_CONNECTIONS (roster_connections_get_type ())
G_DECLARE_FINAL_TYPE (RosterConnections, roster_connections, ROSTER, CONNECTIONS, GObject)

/* path: nullable: the user's own file. What could not be read is told by get_load_error. */
RosterConnections *roster_connections_new (const char *path);
const GError *roster_connections_get_load_error (RosterConnections *self);           /* nullable */
RosterConnection *roster_connections_find (RosterConnections *self, const char *id); /* borrowed */

/* How the secret fares; every value but KEPT comes with words for a banner. */
typedef enum
{
  ROSTER_KEYRING_KEPT,
  ROSTER_KEYRING_MISSING,
  ROSTER_KEYRING_LOCKED,
  ROSTER_KEYRING_REFUSED,
  ROSTER_KEYRING_NO_SERVICE,
  ROSTER_KEYRING_FAILED,
} RosterKeyring;

/* Translated: what it is and what follows; NULL for KEPT. */
const char *roster_keyring_get_message (RosterKeyring keyring);

/* Adds (or replaces the one of the same id), saves the file and stores the secret. The connection
 * can be used whatever the keyring says; error only when the file could not be written. */
void roster_connections_add_async (RosterConnections *self,
                                   RosterConnection *connection,
                                   const char *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean roster_connections_add_finish (RosterConnections *self,
                                        GAsyncResult *result,
                                        RosterKeyring *keyring,
                                        GError **error);
/* Saves changes to the connections' properties and choices. */
gboolean roster_connections_save (RosterConnections *self, GError **error);
/* Forget this service: removes it from the file and its secret from the keyring. */
void roster_connections_forget_async (RosterConnections *self,
                                      RosterConnection *connection,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean roster_connections_forget_finish (RosterConnections *self,
                                           GAsyncResult *result,
                                           RosterKeyring *keyring,
                                           GError **error);

G_END_DECLS
