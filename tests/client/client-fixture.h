/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client-private.h"
#include "support/roster-test-server.h"
#include "support/roster-test-wait.h"

G_BEGIN_DECLS

#define USER_JSON      "{\"id\":\"u1\",\"userName\":\"kim\"}"
#define LIST_JSON      "{\"totalResults\":1,\"Resources\":[" USER_JSON "]}"
#define SCIM_TYPE_JSON "application/scim+json"

/* A double and a client for it. */
typedef struct
{
  RosterTestServer *server;
  ScimClient *client;
} ClientFixture;

/* Keeps every request without an answer: handler with a ClientHolder. */
typedef struct
{
  guint n_held;
  RosterTestExchange *held[16];
} ClientHolder;

void client_holder_cb (RosterTestExchange *exchange, gpointer user_data);

/* auth: taken; NULL means the bearer token "secret-token". connections: as scim_client_new. */
ClientFixture *client_fixture_new (RosterTestHandler handler,
                                   gpointer user_data,
                                   ScimAuth *auth,
                                   guint connections);
/* Client credentials against /token of a server that is made with it: `handler` sees both. */
ClientFixture *client_fixture_new_with_token (RosterTestHandler handler, gpointer user_data);
void client_fixture_free (ClientFixture *self);
guint client_fixture_get_n_requests (ClientFixture *self);
RosterTestExchange *client_fixture_get_request (ClientFixture *self, guint position);

/* Verbs that wait for their end. */
ScimList *client_fixture_list (ClientFixture *self, const ScimQuery *query, GError **error);
ScimResource *client_fixture_get (ClientFixture *self, const char *id, GError **error);
gboolean client_fixture_patch (ClientFixture *self,
                               const char *id,
                               const char *if_match,
                               ScimResource **resource,
                               GError **error);
gboolean client_fixture_delete (ClientFixture *self, const char *id, GError **error);
gboolean client_fixture_sign_in (ClientFixture *self, GError **error);

/* Error and the server's own words in it. */
void client_fixture_assert_scim_error (const GError *error, ScimErrorCode code, const char *detail);

/* Cancels, and the end is there without waiting for anything. */
void client_fixture_assert_cancelled_at_once (GCancellable *cancellable, GAsyncResult **result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClientFixture, client_fixture_free)

G_END_DECLS
