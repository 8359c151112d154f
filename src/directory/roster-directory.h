/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-attributes.h"
#include "directory/roster-capabilities.h"
#include "directory/roster-connections.h"
#include "directory/roster-profile.h"
#include "directory/roster-users.h"
#include "scim/scim-schema.h"

G_BEGIN_DECLS

/* One open connection. It owns the parts (client, index, sync, users, attributes, capabilities) and
 * is not their drawer. */
#define ROSTER_TYPE_DIRECTORY (roster_directory_get_type ())
G_DECLARE_FINAL_TYPE (RosterDirectory, roster_directory, ROSTER, DIRECTORY, GObject)

typedef enum
{
  ROSTER_DIRECTORY_CLOSED,
  ROSTER_DIRECTORY_OPENING,
  ROSTER_DIRECTORY_NEEDS_SECRET, /* the keyring has none: ask, then open again with it */
  ROSTER_DIRECTORY_FAILED,       /* get_error: address or sign-in */
  ROSTER_DIRECTORY_OPEN,         /* schemas known, reading users */
} RosterDirectoryState;

/* connections: nullable (demo, tests): nothing is kept then. */
RosterDirectory *roster_directory_new (RosterConnection *connection,
                                       RosterConnections *connections);
/* Signs in, reads schemas and configuration, starts reading users. secret: NULL looks in the
 * keyring; one that is given is used and not kept. Progress and failure are told by the properties;
 * may be called again after FAILED and NEEDS_SECRET. Properties, all with notify: "state" (int),
 * "keyring" (int of RosterKeyring), "refreshing" (boolean), "age" (string, nullable, translated:
 * "Updated 2 minutes ago", "Reading users… 1,200", "Waiting for the service · trying again in 12
 * s"; kept fresh by itself), "warning" (string, nullable, may have several lines: words for a
 * banner: a list that could not be read to its end, with the service's own words, what is shown and
 * what to do; the keyring's state). */
void roster_directory_open (RosterDirectory *self, const char *secret);
void roster_directory_close (RosterDirectory *self); /* cancels everything; final */
/* Reads all users again; while refreshing it only ends a wait for the service. */
void roster_directory_refresh (RosterDirectory *self);
void roster_directory_cancel_refresh (RosterDirectory *self);
/* How keeping the secret fared (roster_connections_add_finish): "warning" tells it while open. */
void roster_directory_set_keyring (RosterDirectory *self, RosterKeyring keyring);

RosterDirectoryState roster_directory_get_state (RosterDirectory *self);
RosterKeyring roster_directory_get_keyring (RosterDirectory *self);
/* For status pages: what failed, the service's own words and what to do next. Nullable. */
const RosterOutcome *roster_directory_get_error (RosterDirectory *self);
gboolean roster_directory_get_refreshing (RosterDirectory *self);
/* Refreshing, and nothing happens until a moment that "age" tells: see roster_directory_refresh. */
gboolean roster_directory_get_waiting (RosterDirectory *self);
const char *roster_directory_get_age (RosterDirectory *self);
const char *roster_directory_get_warning (RosterDirectory *self);
RosterConnection *roster_directory_get_connection (RosterDirectory *self);
RosterUsers *roster_directory_get_users (RosterDirectory *self); /* never NULL, empty until open */
RosterAttributes *roster_directory_get_attributes (RosterDirectory *self);     /* never NULL */
RosterCapabilities *roster_directory_get_capabilities (RosterDirectory *self); /* never NULL */
/* Never NULL: the built-in ones until open. */
ScimSchemas *roster_directory_get_schemas (RosterDirectory *self);

/* Reads one user from the service (never from the list). */
void roster_directory_load_profile_async (RosterDirectory *self,
                                          const char *id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
RosterProfile *roster_directory_load_profile_finish (RosterDirectory *self,
                                                     GAsyncResult *result,
                                                     GError **error);

G_END_DECLS
