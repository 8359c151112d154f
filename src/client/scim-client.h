/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-dialect.h"
#include "scim/scim-error.h"
#include "scim/scim-resource.h"
#include "client/scim-auth.h"
#include "client/scim-client-error.h"

G_BEGIN_DECLS

/* SCIM over HTTP (RFC 7644). Lives on the thread-default main context that made it; answers are
 * scanned on worker threads. Redirects: only GET, same origin, three times. Answers are capped at
 * 32 MB a page and 4 MB a resource, decoded. TLS is always verified. No cookies. http:// only for
 * loopback.
 *
 * Errors of every verb: SCIM_ERROR for what the service said, SCIM_CLIENT_ERROR for what the client
 * gave up on (no connection within 15 s, nothing for 30 s, 120 s for a page or 60 s for anything
 * else), otherwise the GIO, TLS or resolver error. Cancelling is felt at once, whatever the network
 * does; a write that was answered is reported as such even when it was cancelled meanwhile.
 *
 * What is tried again by itself: a GET of SCIM_PRIORITY_PERSON, up to three times within 20 s, when
 * scim_backoff_may_pass() its error (scim-backoff.h has the pauses); any request once after a 401,
 * with a new token, where the sign-in method has one. Nothing else: no write, no token request, and
 * no list of SCIM_PRIORITY_BACKGROUND, whose caller does it and says so. */
#define SCIM_TYPE_CLIENT (scim_client_get_type ())
G_DECLARE_FINAL_TYPE (ScimClient, scim_client, SCIM, CLIENT, GObject)

/* Whose request it is: the person's own go first, on connections kept for them. */
typedef enum
{
  SCIM_PRIORITY_PERSON,
  SCIM_PRIORITY_BACKGROUND, /* G_PRIORITY_DEFAULT_IDLE */
} ScimPriority;

typedef struct
{
  const char *filter;     /* nullable: as the dialect writes it */
  const char *attributes; /* nullable: comma-separated */
  const char *excluded;   /* nullable: comma-separated excludedAttributes */
  const char *domain;     /* nullable: WSO2 user store */
  guint start_index;      /* 1-based */
  guint count;
} ScimQuery;

/* base_url: "https://host/scim2", no trailing slash needed. max_connections: to one host, 0 means
 * 2; when it is more than 1, background requests use one less. Errors: G_IO_ERROR_INVALID_ARGUMENT
 * for an address that is no http(s) URL, has user info, or is http:// and not loopback. */
ScimClient *scim_client_new (const char *base_url,
                             ScimAuth *auth,
                             const ScimDialect *dialect,
                             guint max_connections,
                             GError **error);
const ScimDialect *scim_client_get_dialect (ScimClient *self);
void scim_client_set_dialect (ScimClient *self, const ScimDialect *dialect);
const char *scim_client_get_base_url (ScimClient *self);
/* The scopes that the last token carried, NULL when none were said. Borrowed. */
const char *scim_client_get_granted_scope (ScimClient *self);
/* Seconds that the last token lives from its issue; 0 when not said or not used. */
guint scim_client_get_token_lifetime (ScimClient *self);

/* Signs in without another request, so that a failure can be told apart. Does nothing for methods
 * that need no token. */
void scim_client_sign_in_async (ScimClient *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean scim_client_sign_in_finish (ScimClient *self, GAsyncResult *result, GError **error);

/* One page of GET /Users. SCIM_PRIORITY_BACKGROUND: asked once. */
void scim_client_list_async (ScimClient *self,
                             const ScimQuery *query,
                             ScimPriority priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
ScimList *scim_client_list_finish (ScimClient *self, GAsyncResult *result, GError **error);

/* GET /Users/{id}; id is any text, percent-encoded here. attributes: nullable. */
void scim_client_get_async (ScimClient *self,
                            const char *id,
                            const char *attributes,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
ScimResource *scim_client_get_finish (ScimClient *self, GAsyncResult *result, GError **error);

/* PATCH /Users/{id} with a body of scim-dialect.h. 200 and 204 are both success; *resource
 * (nullable out) is what a 200 held, or NULL. if_match: nullable ETag. Never repeated by itself,
 * except once after a 401 (which proves that it was refused) with a new token. */
void scim_client_patch_async (ScimClient *self,
                              const char *id,
                              GBytes *body,
                              const char *if_match,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean scim_client_patch_finish (ScimClient *self,
                                   GAsyncResult *result,
                                   ScimResource **resource,
                                   GError **error);

/* DELETE /Users/{id}. Never repeated by itself, as PATCH. */
void scim_client_delete_async (ScimClient *self,
                               const char *id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean scim_client_delete_finish (ScimClient *self, GAsyncResult *result, GError **error);

/* GET /Schemas; an answer that is none gives the error, the caller falls back. */
void scim_client_schemas_async (ScimClient *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ScimSchemas *scim_client_schemas_finish (ScimClient *self, GAsyncResult *result, GError **error);

/* GET /ServiceProviderConfig (RFC 7643 section 5). */
typedef struct
{
  int patch, filter, sort, etag, change_password, bulk; /* 1 yes, 0 no, -1 not said */
  guint max_results;                                    /* 0: not said */
} ScimServiceConfig;

void scim_client_config_async (ScimClient *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* Free with g_free. */
ScimServiceConfig *scim_client_config_finish (ScimClient *self,
                                              GAsyncResult *result,
                                              GError **error);

/* What is known of a write that ended in this error: FALSE, the service refused it or it never
 * left (G_IO_ERROR_CANCELLED means that); TRUE, it may have been carried out (time-out, lost
 * answer, cancelled on its way, 5xx) and the service must be asked. */
gboolean scim_client_write_may_have_happened (const GError *error);

/* Every loopback form: localhost, *.localhost, 127.0.0.0/8, [::1]. */
gboolean scim_client_host_is_loopback (const char *host);

G_END_DECLS
