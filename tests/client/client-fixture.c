/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client-fixture.h"

static ScimClient *
new_client (RosterTestServer *server, ScimAuth *auth, guint connections)
{
  g_autofree char *url = roster_test_server_dup_url (server, "/scim2");
  g_autoptr (GError) error = NULL;
  ScimClient *client = scim_client_new (url, auth, &scim_dialect_rfc, connections, &error);

  g_assert_no_error (error);
  return client;
}

ClientFixture *
client_fixture_new (RosterTestHandler handler,
                    gpointer user_data,
                    ScimAuth *auth,
                    guint connections)
{
  g_autoptr (ScimAuth) owned = auth != NULL ? auth : scim_auth_new_bearer ("secret-token");
  ClientFixture *self = g_new0 (ClientFixture, 1);

  self->server = roster_test_server_new (handler, user_data);
  self->client = new_client (self->server, owned, connections);
  return self;
}

ClientFixture *
client_fixture_new_with_token (RosterTestHandler handler, gpointer user_data)
{
  ClientFixture *self = g_new0 (ClientFixture, 1);
  g_autofree char *token_url = NULL;
  g_autoptr (ScimAuth) auth = NULL;

  self->server = roster_test_server_new (handler, user_data);
  token_url = roster_test_server_dup_url (self->server, "/token");
  auth = scim_auth_new_client_credentials (token_url, "id of:me", "se+cret/ü", "list view");
  self->client = new_client (self->server, auth, 0);
  return self;
}

void
client_fixture_free (ClientFixture *self)
{
  /* What was cancelled comes to its end first. */
  roster_test_settle ();
  g_assert_finalize_object (self->client);
  roster_test_server_free (self->server);
  roster_test_settle ();
  g_free (self);
}

guint
client_fixture_get_n_requests (ClientFixture *self)
{
  return roster_test_server_get_n_requests (self->server);
}

RosterTestExchange *
client_fixture_get_request (ClientFixture *self, guint position)
{
  return roster_test_server_get_request (self->server, position);
}

ScimList *
client_fixture_list (ClientFixture *self, const ScimQuery *query, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_list_async (self->client, query, SCIM_PRIORITY_BACKGROUND, NULL,
                          roster_test_result_cb, &result);
  return scim_client_list_finish (self->client, roster_test_wait_result (&result), error);
}

ScimResource *
client_fixture_get (ClientFixture *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_get_async (self->client, id, NULL, NULL, roster_test_result_cb, &result);
  return scim_client_get_finish (self->client, roster_test_wait_result (&result), error);
}

gboolean
client_fixture_patch (ClientFixture *self,
                      const char *id,
                      const char *if_match,
                      ScimResource **resource,
                      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("{\"Operations\":[]}", 17);

  scim_client_patch_async (self->client, id, body, if_match, NULL, roster_test_result_cb, &result);
  return scim_client_patch_finish (self->client, roster_test_wait_result (&result), resource,
                                   error);
}

gboolean
client_fixture_delete (ClientFixture *self, const char *id, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_delete_async (self->client, id, NULL, roster_test_result_cb, &result);
  return scim_client_delete_finish (self->client, roster_test_wait_result (&result), error);
}

gboolean
client_fixture_sign_in (ClientFixture *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  scim_client_sign_in_async (self->client, NULL, roster_test_result_cb, &result);
  return scim_client_sign_in_finish (self->client, roster_test_wait_result (&result), error);
}

void
client_fixture_assert_scim_error (const GError *error, ScimErrorCode code, const char *detail)
{
  g_assert_error (error, SCIM_ERROR, (int)code);
  if (detail != NULL)
    g_assert_cmpstr (scim_error_get_detail (error), ==, detail);
}

void
client_holder_cb (RosterTestExchange *exchange, gpointer user_data)
{
  ClientHolder *holder = user_data;

  g_assert_cmpuint (holder->n_held, <, G_N_ELEMENTS (holder->held));
  holder->held[holder->n_held++] = exchange;
}

void
client_fixture_assert_cancelled_at_once (GCancellable *cancellable, GAsyncResult **result)
{
  roster_test_settle ();
  g_assert_null (*result);
  g_cancellable_cancel (cancellable);
  roster_test_settle ();
  g_assert_nonnull (*result);
}
