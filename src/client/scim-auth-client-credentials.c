/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-auth-private.h"

#include "client/scim-address.h"
#include "client/scim-client-error.h"
#include "client/scim-grant.h"
#include "client/scim-source.h"

#include <libsoup/soup.h>

#define RENEW_BEFORE_SECONDS 60

typedef struct
{
  ScimAuth parent;
  char *token_url;
  char *client_id;
  char *client_secret;
  char *scope; /* nullable */

  char *header; /* nullable: no token yet, or it was refused */
  char *granted_scope;
  guint lifetime;
  gint64 renew_at; /* monotonic; G_MAXINT64: not said */

  GQueue waiting; /* GTask: everybody who waits for the one request in flight */
  gboolean in_flight;
} ClientCredentials;

/* Task data of one who waits. */
typedef struct
{
  ClientCredentials *self;
  GSource *cancelled; /* nullable */
} Waiter;

typedef struct
{
  ClientCredentials *self;
  ScimTransport *transport;
  char *host;
} TokenRequest;

static void
waiter_free (Waiter *waiter)
{
  scim_source_clear (&waiter->cancelled);
  scim_auth_unref (&waiter->self->parent);
  g_free (waiter);
}

static void
take_grant (ClientCredentials *self, ScimGrant *grant)
{
  scim_secret_free (self->header);
  self->header = g_steal_pointer (&grant->header);
  g_free (self->granted_scope);
  self->granted_scope = g_steal_pointer (&grant->scope);
  self->lifetime = grant->lifetime;
  self->renew_at = G_MAXINT64;
  if (self->lifetime > 0)
    {
      gint64 life = (gint64)self->lifetime * G_USEC_PER_SEC;

      self->renew_at =
        g_get_monotonic_time () + life - MIN (RENEW_BEFORE_SECONDS * G_USEC_PER_SEC, life / 10);
    }
}

/* Answers everybody who waits, from the last token or with the error. */
static void
answer_waiting (ClientCredentials *self, const GError *error)
{
  GQueue waiting = self->waiting;
  GTask *next;

  g_queue_init (&self->waiting);
  while ((next = g_queue_pop_head (&waiting)) != NULL)
    {
      g_autoptr (GTask) task = next;

      scim_source_clear (&((Waiter *)g_task_get_task_data (task))->cancelled);
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, g_strdup (self->header), (GDestroyNotify)scim_secret_free);
    }
}

static void
token_request_free (TokenRequest *request)
{
  scim_transport_unref (request->transport);
  scim_auth_unref (&request->self->parent);
  g_free (request->host);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TokenRequest, token_request_free)

static void
token_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (TokenRequest) request = user_data;
  g_autoptr (ScimAnswer) answer = NULL;
  g_autoptr (ScimGrant) grant = NULL;
  g_autoptr (GError) error = NULL;

  answer = scim_transport_send_finish (request->transport, result, &error);
  if (answer != NULL)
    grant = scim_grant_new_from_answer (answer, &error);
  if (grant != NULL)
    take_grant (request->self, grant);
  else
    error = scim_client_error_new_unsent (g_steal_pointer (&error), request->host);
  request->self->in_flight = FALSE;
  answer_waiting (request->self, error);
}

static char *
client_header (const ClientCredentials *self)
{
  /* Both are form-encoded before they are joined (RFC 6749 section 2.3.1). */
  char *id = g_uri_escape_string (self->client_id, NULL, FALSE);
  char *secret = g_uri_escape_string (self->client_secret, NULL, FALSE);
  char *header = scim_auth_basic_header (id, secret);

  g_free (id);
  scim_secret_free (secret);
  return header;
}

static void
ask_for_token (ClientCredentials *self, ScimTransport *transport, GUri *uri)
{
  g_autoptr (ScimRequest) request = scim_request_new (SOUP_METHOD_POST, uri, "token address");
  TokenRequest *data = g_new0 (TokenRequest, 1);
  char *header = client_header (self);
  char *form;

  if (self->scope != NULL)
    form = soup_form_encode ("grant_type", "client_credentials", "scope", self->scope, NULL);
  else
    form = soup_form_encode ("grant_type", "client_credentials", NULL);
  request->accept = "application/json";
  request->content_type = SOUP_FORM_MIME_TYPE_URLENCODED;
  request->body = g_bytes_new_take (form, strlen (form));
  request->max_bytes = SCIM_GRANT_MAX_BYTES;
  request->secret = TRUE;
  data->self = (ClientCredentials *)scim_auth_ref (&self->parent);
  data->transport = scim_transport_ref (transport);
  data->host = g_strdup (g_uri_get_host (uri));
  self->in_flight = TRUE;
  /* Not cancelled with any one of those who wait: the others and the next need it as well. */
  scim_transport_send_async (transport, request, uri, header, NULL, token_answered_cb, data);
  scim_secret_free (header);
}

static gboolean
waiter_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Waiter *waiter = g_task_get_task_data (task);

  g_queue_remove (&waiter->self->waiting, task);
  scim_source_clear (&waiter->cancelled);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

/* Takes the task. */
static void
wait_for_token (ClientCredentials *self, GTask *task)
{
  Waiter *waiter = g_task_get_task_data (task);

  waiter->cancelled = scim_source_watch_cancelled (task, waiter_cancelled_cb);
  g_queue_push_tail (&self->waiting, task);
}

static void
client_credentials_authorize_async (ScimAuth *auth,
                                    ScimTransport *transport,
                                    const char *refused,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  ClientCredentials *self = (ClientCredentials *)auth;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GUri) uri = NULL;
  g_autoptr (GError) error = NULL;
  Waiter *waiter = g_new0 (Waiter, 1);

  waiter->self = (ClientCredentials *)scim_auth_ref (auth);
  g_task_set_task_data (task, waiter, (GDestroyNotify)waiter_free);
  g_task_set_source_tag (task, client_credentials_authorize_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* Several requests may be refused with one old token: the first of them renews it. */
  if (g_strcmp0 (self->header, refused) == 0 || g_get_monotonic_time () >= self->renew_at)
    g_clear_pointer (&self->header, scim_secret_free);
  if (self->header != NULL)
    {
      g_task_return_pointer (task, g_strdup (self->header), (GDestroyNotify)scim_secret_free);
      return;
    }
  uri = scim_address_parse (self->token_url, "token address", &error);
  if (uri == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  wait_for_token (self, g_steal_pointer (&task));
  if (!self->in_flight)
    ask_for_token (self, transport, uri);
}

static char *
client_credentials_authorize_finish (ScimAuth *auth, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, client_credentials_authorize_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const char *
client_credentials_get_scope (ScimAuth *auth)
{
  return ((ClientCredentials *)auth)->granted_scope;
}

static guint
client_credentials_get_lifetime (ScimAuth *auth)
{
  return ((ClientCredentials *)auth)->lifetime;
}

static void
client_credentials_free (ScimAuth *auth)
{
  ClientCredentials *self = (ClientCredentials *)auth;

  g_free (self->token_url);
  g_free (self->client_id);
  scim_secret_free (self->client_secret);
  g_free (self->scope);
  scim_secret_free (self->header);
  g_free (self->granted_scope);
  g_free (self);
}

static const ScimAuthMethod client_credentials_method = {
  .renews = TRUE,
  .authorize_async = client_credentials_authorize_async,
  .authorize_finish = client_credentials_authorize_finish,
  .get_scope = client_credentials_get_scope,
  .get_lifetime = client_credentials_get_lifetime,
  .free = client_credentials_free,
};

ScimAuth *
scim_auth_new_client_credentials (const char *token_url,
                                  const char *client_id,
                                  const char *client_secret,
                                  const char *scope)
{
  ClientCredentials *self;

  g_return_val_if_fail (token_url != NULL, NULL);
  g_return_val_if_fail (client_id != NULL, NULL);
  g_return_val_if_fail (client_secret != NULL, NULL);

  self = g_new0 (ClientCredentials, 1);
  scim_auth_init (&self->parent, &client_credentials_method);
  self->token_url = g_strdup (token_url);
  self->client_id = g_strdup (client_id);
  self->client_secret = g_strdup (client_secret);
  self->scope = g_strdup (scope);
  self->renew_at = G_MAXINT64;
  g_queue_init (&self->waiting);
  return &self->parent;
}
