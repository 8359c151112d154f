/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-auth.h"
#include "client/scim-transport.h"

G_BEGIN_DECLS

/* How to add a sign-in method: a new file with a struct that begins with ScimAuth, a constant
 * ScimAuthMethod, and a constructor in scim-auth.h that calls scim_auth_init(). Nothing else knows
 * which methods there are. */
typedef struct
{
  /* Errors of a 401 go: TRUE, once more with what authorize gives for `refused`; FALSE, to the
   * caller. */
  gboolean renews;
  /* Yields the value of the Authorization header. refused: nullable; a value that a service
   * answered with 401 and that must not be given again. */
  void (*authorize_async) (ScimAuth *self,
                           ScimTransport *transport,
                           const char *refused,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
  char *(*authorize_finish) (ScimAuth *self, GAsyncResult *result, GError **error);
  const char *(*get_scope) (ScimAuth *self); /* nullable */
  guint (*get_lifetime) (ScimAuth *self);    /* nullable */
  void (*free) (ScimAuth *self);             /* wipes its secrets, frees self */
} ScimAuthMethod;

struct _ScimAuth
{
  const ScimAuthMethod *method;
  gatomicrefcount ref_count;
};

void scim_auth_init (ScimAuth *self, const ScimAuthMethod *method);

gboolean scim_auth_renews (ScimAuth *self);
const char *scim_auth_get_scope (ScimAuth *self); /* nullable */
guint scim_auth_get_lifetime (ScimAuth *self);
void scim_auth_authorize_async (ScimAuth *self,
                                ScimTransport *transport,
                                const char *refused,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* Free with scim_secret_free(). Errors: SCIM_ERROR_SIGN_IN, SCIM_ERROR_TOO_MANY_REQUESTS,
 * SCIM_CLIENT_ERROR, and those of the transport that come before anything is sent: with none of
 * them may a write have happened. */
char *scim_auth_authorize_finish (ScimAuth *self, GAsyncResult *result, GError **error);

/* Overwrites the text before it is freed. text: nullable. */
void scim_secret_free (char *text);
/* "Basic " and the encoded pair (RFC 7617 section 2). */
char *scim_auth_basic_header (const char *user_name, const char *password);
/* RFC 6750 section 2.1, but any visible ASCII: what cannot break the header. */
gboolean scim_auth_token_is_usable (const char *token);

G_END_DECLS
