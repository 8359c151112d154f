/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-connection-private.h"

G_BEGIN_DECLS

/* From a connection to a client that is signed in and a service that is known. */
typedef struct
{
  RosterKeyring keyring; /* KEPT unless the keyring was asked and gave nothing */
  gboolean needs_secret; /* there is none: everything below is unset */
  ScimClient *client;
  ScimSchemas *schemas; /* never NULL: built-in where the service has none */
  int config_patch;     /* 1 yes, 0 no, -1 not said */
  int config_password;
} RosterOpening;

void roster_opening_free (RosterOpening *self);

/* secret: nullable: then the keyring is asked, if use_keyring. Learns the dialect of a connection
 * that does not know its own. Errors: of the address and of sign-in. */
void roster_opening_async (RosterConnection *connection,
                           const char *secret,
                           gboolean use_keyring,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
RosterOpening *roster_opening_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterOpening, roster_opening_free)

G_END_DECLS
