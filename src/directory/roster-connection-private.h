/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "directory/roster-connections.h"

G_BEGIN_DECLS

/* For the other files of this room. */

/* The user store that list requests name: the one that was set, else the preset's. Nullable. */
char *roster_connection_dup_domain (RosterConnection *self);
char *roster_connection_dup_host (RosterConnection *self); /* as typed, without blanks around */
char *roster_connection_dup_client_id (
  RosterConnection *self); /* as typed, without blanks around */
char *roster_connection_dup_user_name (RosterConnection *self);

/* GUri takes anything for a host, blanks and all. host: nullable; IPv6 addresses come without their
 * brackets; names beyond ASCII are left to the resolver. */
gboolean roster_connection_is_host (const char *host);

/* The dialect to speak: the known one, RFC while none is known. Never NULL. */
const ScimDialect *roster_connection_get_scim_dialect (RosterConnection *self);
/* A client that signs in as the connection says. roster_connection_check must have passed.
 * Errors: as scim_client_new. */
ScimClient *roster_connection_make_client (RosterConnection *self,
                                           const char *secret,
                                           GError **error);
/* How long a second of waiting lasts for the clients that are made from now on (time-outs, pauses
 * between retries), in milliseconds: 1000, except in tests. Not kept in the file. */
void roster_connection_set_second (RosterConnection *self, guint milliseconds);
guint roster_connection_get_second (RosterConnection *self);
/* Takes what /Schemas told of the dialect into a connection that does not know its own. TRUE when
 * sign-in should be repeated: the dialect that was learned has scopes to ask for. */
gboolean roster_connection_learn_dialect (RosterConnection *self, gboolean is_wso2);

/* The secret that the keyring has for a connection; NULL when it gives none, and *keyring says why.
 * Wipe and free with roster_secret_free. */
void roster_connection_lookup_secret_async (RosterConnection *connection,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer user_data);
char *roster_connection_lookup_secret_finish (RosterConnection *connection,
                                              GAsyncResult *result,
                                              RosterKeyring *keyring);

G_END_DECLS
