/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Secrets in the Secret Service, under the opaque id of a connection (attribute "connection" of the
 * schema io.github.rosterapp.Roster). A locked keyring answers a look-up with NULL and no error
 * (measured, libsecret 0.20.5): this searches first, unlocks in a step of its own, and calls a
 * secret missing only while the keyring is open. Each verb may ask the person to unlock, once. */
typedef enum
{
  ROSTER_SECRETS_FOUND,      /* or stored, or cleared */
  ROSTER_SECRETS_MISSING,    /* the keyring is open and has no such secret */
  ROSTER_SECRETS_LOCKED,     /* the keyring stays locked */
  ROSTER_SECRETS_REFUSED,    /* the person dismissed the prompt */
  ROSTER_SECRETS_NO_SERVICE, /* there is no Secret Service on this session's bus */
  ROSTER_SECRETS_FAILED,     /* anything else: see the error */
} RosterSecretsState;

/* label: shown by keyring managers. Free the secret with roster_secret_free, which wipes it. */
void roster_secrets_lookup_async (const char *id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Returns the secret with FOUND, NULL otherwise. error is set with FAILED and on cancellation only.
 */
char *roster_secrets_lookup_finish (GAsyncResult *result,
                                    RosterSecretsState *state,
                                    GError **error);

void roster_secrets_store_async (const char *id,
                                 const char *label,
                                 const char *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RosterSecretsState roster_secrets_store_finish (GAsyncResult *result, GError **error);

void roster_secrets_clear_async (const char *id,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RosterSecretsState roster_secrets_clear_finish (GAsyncResult *result, GError **error);

void roster_secret_free (char *secret); /* wipes; NULL is fine */

G_END_DECLS
