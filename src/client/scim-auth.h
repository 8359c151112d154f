/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How a client signs in: produces the Authorization header. One object per client. Secrets stay in
 * this object, are wiped when it goes, and are never logged. */
typedef struct _ScimAuth ScimAuth; /* refcounted; see scim-auth-private.h for adding a method */

ScimAuth *scim_auth_new_bearer (const char *token);
ScimAuth *scim_auth_new_basic (const char *user_name, const char *password);
/* OAuth 2.0 client credentials (RFC 6749 section 4.4): HTTP Basic with id and secret, form-encoded
 * first (section 2.3.1). scope: nullable, space-separated. The token is renewed 60 s (or a tenth of
 * its life, if that is less) before it expires, and once when a request answers 401. */
ScimAuth *scim_auth_new_client_credentials (const char *token_url,
                                            const char *client_id,
                                            const char *client_secret,
                                            const char *scope);
ScimAuth *scim_auth_ref (ScimAuth *self);
void scim_auth_unref (ScimAuth *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimAuth, scim_auth_unref)

G_END_DECLS
