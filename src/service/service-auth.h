/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who may do what: one fixed bearer token that may do everything, one client whose tokens carry
 * scopes and end, all made by chance at each start. */
typedef struct _RosterServiceAuth RosterServiceAuth;

typedef enum
{
  ROSTER_SERVICE_SCOPE_LIST = 1 << 0,
  ROSTER_SERVICE_SCOPE_VIEW = 1 << 1,
  ROSTER_SERVICE_SCOPE_CREATE = 1 << 2,
  ROSTER_SERVICE_SCOPE_UPDATE = 1 << 3,
  ROSTER_SERVICE_SCOPE_DELETE = 1 << 4,
} RosterServiceScopes;

/* scopes: nullable, space-separated: what the token endpoint grants at most. */
RosterServiceAuth *roster_service_auth_new (const char *scopes, guint token_lifetime);
void roster_service_auth_free (RosterServiceAuth *self);
const char *roster_service_auth_get_token (RosterServiceAuth *self);
const char *roster_service_auth_get_client_id (RosterServiceAuth *self);
const char *roster_service_auth_get_client_secret (RosterServiceAuth *self);
guint roster_service_auth_get_token_lifetime (RosterServiceAuth *self);
/* TRUE when --scopes was given. */
gboolean roster_service_auth_is_limited (RosterServiceAuth *self);

gboolean roster_service_auth_is_client (RosterServiceAuth *self,
                                        const char *client_id,
                                        const char *client_secret);
/* A new token with those of the requested scopes (NULL: all) that can be granted. granted: owned,
 * space-separated. */
char *roster_service_auth_issue (RosterServiceAuth *self, const char *requested, char **granted);
/* Whether an Authorization header (nullable) lets in: the fixed token, a token that lives, or the
 * client's id and secret by HTTP Basic. scopes (out): what it may do. */
gboolean roster_service_auth_check (RosterServiceAuth *self, const char *header, guint *scopes);

/* Ends the token of this header (nullable) before its time; the fixed one comes back by restore().
 * The client's id and secret cannot be ended. */
void roster_service_auth_expire (RosterServiceAuth *self, const char *header);
void roster_service_auth_restore (RosterServiceAuth *self);

/* The two halves of HTTP Basic (RFC 7617); FALSE for any other header. */
gboolean roster_service_parse_basic (const char *header, char **user_name, char **password);

/* "salt$hash" of a password, and the proof. */
char *roster_service_hash_password (const char *password);
gboolean roster_service_verify_password (const char *password, const char *hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceAuth, roster_service_auth_free)

G_END_DECLS
