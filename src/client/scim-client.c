/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-client-private.h"

#include "client/scim-address.h"
#include "client/scim-answer.h"
#include "client/scim-backoff.h"
#include "client/scim-exchange.h"

#include <libsoup/soup.h>

#define MAX_LIST_BYTES (32 * 1024 * 1024)
#define MAX_USER_BYTES (4 * 1024 * 1024)
#define LIST_SECONDS   120

struct _ScimClient
{
  GObject parent_instance;

  char *base_url;
  ScimAuth *auth;
  const ScimDialect *dialect;
  ScimTransport *transport;
};

G_DEFINE_FINAL_TYPE (ScimClient, scim_client, G_TYPE_OBJECT)

/* What a verb does with its answer: task data of every verb. */
typedef struct
{
  ScimAnswerReader reader;
  GDestroyNotify free_value;
  char *id; /* nullable */
  int io_priority;
} Verb;

static void
verb_free (Verb *verb)
{
  g_free (verb->id);
  g_free (verb);
}

static GTask *
verb_new (ScimClient *self,
          gpointer source_tag,
          ScimAnswerReader reader,
          GDestroyNotify free_value,
          const char *id,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Verb *verb = g_new0 (Verb, 1);

  verb->reader = reader;
  verb->free_value = free_value;
  verb->id = g_strdup (id);
  verb->io_priority = G_PRIORITY_DEFAULT;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, verb, (GDestroyNotify)verb_free);
  return task;
}

static void
verb_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Verb *verb = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer value;

  if (scim_answer_read_finish (result, &value, &error))
    g_task_return_pointer (task, value, verb->free_value);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
verb_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Verb *verb = g_task_get_task_data (task);
  g_autoptr (ScimAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  GCancellable *cancellable;

  answer = scim_exchange_finish (result, &error);
  if (answer == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  /* What was answered to a write is known: a late cancellation must not hide it. */
  cancellable = g_task_get_check_cancellable (task) ? g_task_get_cancellable (task) : NULL;
  scim_answer_read_async (g_steal_pointer (&answer), verb->reader, verb->id, verb->free_value,
                          verb->io_priority, cancellable, verb_read_cb, g_steal_pointer (&task));
}

/* Takes the task and the request. */
static void
verb_start (GTask *task, ScimRequest *request)
{
  ScimClient *self = g_task_get_source_object (task);

  scim_exchange_async (self->transport, self->auth, request, g_task_get_cancellable (task),
                       verb_answered_cb, task);
  scim_request_unref (request);
}

/* NULL with the error set for an address that cannot be built, which is the service's doing: its
 * ids are its own. */
static ScimRequest *
user_request (
  ScimClient *self, const char *method, const char *id, const char *attributes, GError **error)
{
  g_autoptr (ScimAddress) address = scim_address_new (self->base_url, "/Users");
  g_autoptr (GUri) uri = NULL;

  if (!scim_address_add_segment (address, id, error))
    return NULL;
  scim_address_add_param (address, "attributes", attributes);
  uri = g_uri_parse (address->url->str, SOUP_HTTP_URI_FLAGS, error);
  return uri != NULL ? scim_request_new (method, uri, address->label->str) : NULL;
}

/* An ETag is the service's text: it may not end the header, nor is an empty one any. */
static gboolean
etag_is_usable (const char *etag)
{
  if (*etag == '\0')
    return FALSE;
  for (; *etag != '\0'; etag++)
    if (g_ascii_iscntrl (*etag))
      return FALSE;
  return TRUE;
}

/* Starts a verb on the user that it is about. Takes the task. body, if_match: nullable. */
static void
verb_start_for_user (
  GTask *task, const char *method, const char *attributes, GBytes *body, const char *if_match)
{
  g_autoptr (GTask) owned = task;
  Verb *verb = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ScimRequest *request;

  request = user_request (g_task_get_source_object (task), method, verb->id, attributes, &error);
  if (request == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (body != NULL)
    {
      request->body = g_bytes_ref (body);
      request->content_type = "application/scim+json";
    }
  if (if_match != NULL && etag_is_usable (if_match))
    request->if_match = g_strdup (if_match);
  g_task_set_check_cancellable (task, scim_request_is_get (request));
  verb_start (g_steal_pointer (&owned), request);
}

static gpointer
verb_finish (ScimClient *self, GAsyncResult *result, gpointer source_tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, source_tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* For verbs whose success may be NULL. */
static gboolean
verb_finish_written (
  ScimClient *self, GAsyncResult *result, gpointer source_tag, gpointer *value, GError **error)
{
  GError *reason = NULL;

  *value = verb_finish (self, result, source_tag, &reason);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}

static ScimRequest *
endpoint_request (ScimClient *self, const char *endpoint)
{
  g_autofree char *url = g_strconcat (self->base_url, endpoint, NULL);
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  /* The base was parsed once, and an endpoint cannot spoil it. */
  g_assert (uri != NULL);
  return scim_request_new (SOUP_METHOD_GET, uri, endpoint);
}

static void
scim_client_finalize (GObject *object)
{
  ScimClient *self = SCIM_CLIENT (object);

  g_free (self->base_url);
  g_clear_pointer (&self->auth, scim_auth_unref);
  g_clear_pointer (&self->transport, scim_transport_unref);

  G_OBJECT_CLASS (scim_client_parent_class)->finalize (object);
}

static void
scim_client_class_init (ScimClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = scim_client_finalize;
}

static void
scim_client_init (ScimClient *self)
{
}

ScimClient *
scim_client_new (const char *base_url,
                 ScimAuth *auth,
                 const ScimDialect *dialect,
                 guint max_connections,
                 GError **error)
{
  g_autoptr (GUri) uri = NULL;
  ScimClient *self;
  gsize length;

  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (auth != NULL, NULL);
  g_return_val_if_fail (dialect != NULL, NULL);

  uri = scim_address_parse (base_url, "address of the service", error);
  if (uri == NULL)
    return NULL;
  self = g_object_new (SCIM_TYPE_CLIENT, NULL);
  self->base_url = g_uri_to_string (uri);
  length = strlen (self->base_url);
  while (length > 0 && self->base_url[length - 1] == '/')
    self->base_url[--length] = '\0';
  self->auth = scim_auth_ref (auth);
  self->dialect = dialect;
  self->transport =
    scim_transport_new (max_connections, scim_client_host_is_loopback (g_uri_get_host (uri)));
  return self;
}

const ScimDialect *
scim_client_get_dialect (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), NULL);

  return self->dialect;
}

void
scim_client_set_dialect (ScimClient *self, const ScimDialect *dialect)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));
  g_return_if_fail (dialect != NULL);

  self->dialect = dialect;
}

const char *
scim_client_get_base_url (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), NULL);

  return self->base_url;
}

const char *
scim_client_get_granted_scope (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), NULL);

  return scim_auth_get_scope (self->auth);
}

guint
scim_client_get_token_lifetime (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), 0);

  return scim_auth_get_lifetime (self->auth);
}

void
scim_client_set_second (ScimClient *self, guint milliseconds)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));

  scim_transport_set_second (self->transport, milliseconds);
}

ScimBackoff *
scim_client_new_backoff (ScimClient *self, ScimPriority priority)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), NULL);

  return scim_backoff_new (priority, scim_transport_get_random (self->transport),
                           scim_transport_get_second (self->transport), g_get_monotonic_time ());
}

guint
scim_client_get_second (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), 1000);

  return scim_transport_get_second (self->transport);
}

ScimTransport *
scim_client_get_transport (ScimClient *self)
{
  g_return_val_if_fail (SCIM_IS_CLIENT (self), NULL);

  return self->transport;
}

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ScimClient *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  char *authorization;

  authorization = scim_auth_authorize_finish (self->auth, result, &error);
  if (authorization == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  scim_secret_free (authorization);
  g_task_return_boolean (task, TRUE);
}

void
scim_client_sign_in_async (ScimClient *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;

  g_return_if_fail (SCIM_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, scim_client_sign_in_async);
  scim_auth_authorize_async (self->auth, self->transport, NULL, cancellable, sign_in_cb, task);
}

gboolean
scim_client_sign_in_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, scim_client_sign_in_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static ScimRequest *
list_request (ScimClient *self, const ScimQuery *query)
{
  g_autoptr (ScimAddress) address = scim_address_new (self->base_url, "/Users");
  g_autoptr (GUri) uri = NULL;
  ScimRequest *request;

  if (query->start_index > 0)
    scim_address_add_number (address, "startIndex", query->start_index);
  if (query->count > 0)
    scim_address_add_number (address, "count", query->count);
  scim_address_add_param (address, "filter", query->filter);
  scim_address_add_param (address, "attributes", query->attributes);
  scim_address_add_param (address, "excludedAttributes", query->excluded);
  scim_address_add_param (address, "domain", query->domain);
  uri = g_uri_parse (address->url->str, SOUP_HTTP_URI_FLAGS, NULL);
  /* The base was parsed once, and everything after it is percent-encoded. */
  g_assert (uri != NULL);
  request = scim_request_new (SOUP_METHOD_GET, uri, address->label->str);
  request->max_bytes = MAX_LIST_BYTES;
  request->seconds = LIST_SECONDS;
  return request;
}

void
scim_client_list_async (ScimClient *self,
                        const ScimQuery *query,
                        ScimPriority priority,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  ScimRequest *request;

  g_return_if_fail (SCIM_IS_CLIENT (self));
  g_return_if_fail (query != NULL);

  task = verb_new (self, scim_client_list_async, scim_answer_read_list,
                   (GDestroyNotify)scim_list_free, NULL, cancellable, callback, user_data);
  request = list_request (self, query);
  request->priority = priority;
  if (priority == SCIM_PRIORITY_BACKGROUND)
    {
      Verb *verb = g_task_get_task_data (task);

      verb->io_priority = G_PRIORITY_DEFAULT_IDLE;
      g_task_set_priority (task, G_PRIORITY_DEFAULT_IDLE);
    }
  verb_start (task, request);
}

ScimList *
scim_client_list_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  return verb_finish (self, result, scim_client_list_async, error);
}

void
scim_client_get_async (ScimClient *self,
                       const char *id,
                       const char *attributes,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));
  g_return_if_fail (id != NULL);

  verb_start_for_user (verb_new (self, scim_client_get_async, scim_answer_read_user,
                                 (GDestroyNotify)scim_resource_unref, id, cancellable, callback,
                                 user_data),
                       SOUP_METHOD_GET, attributes, NULL, NULL);
}

ScimResource *
scim_client_get_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  return verb_finish (self, result, scim_client_get_async, error);
}

void
scim_client_patch_async (ScimClient *self,
                         const char *id,
                         GBytes *body,
                         const char *if_match,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (body != NULL);

  verb_start_for_user (verb_new (self, scim_client_patch_async, scim_answer_read_written,
                                 (GDestroyNotify)scim_resource_unref, id, cancellable, callback,
                                 user_data),
                       "PATCH", NULL, body, if_match);
}

gboolean
scim_client_patch_finish (ScimClient *self,
                          GAsyncResult *result,
                          ScimResource **resource,
                          GError **error)
{
  gpointer value;
  gboolean done = verb_finish_written (self, result, scim_client_patch_async, &value, error);
  g_autoptr (ScimResource) written = value;

  if (resource != NULL)
    *resource = g_steal_pointer (&written);
  return done;
}

void
scim_client_delete_async (ScimClient *self,
                          const char *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));
  g_return_if_fail (id != NULL);

  verb_start_for_user (verb_new (self, scim_client_delete_async, scim_answer_read_nothing, NULL, id,
                                 cancellable, callback, user_data),
                       SOUP_METHOD_DELETE, NULL, NULL, NULL);
}

gboolean
scim_client_delete_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  gpointer nothing;

  return verb_finish_written (self, result, scim_client_delete_async, &nothing, error);
}

void
scim_client_schemas_async (ScimClient *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  ScimRequest *request;

  g_return_if_fail (SCIM_IS_CLIENT (self));

  request = endpoint_request (self, "/Schemas");
  request->max_bytes = MAX_LIST_BYTES;
  verb_start (verb_new (self, scim_client_schemas_async, scim_answer_read_schemas,
                        (GDestroyNotify)scim_schemas_unref, NULL, cancellable, callback, user_data),
              request);
}

ScimSchemas *
scim_client_schemas_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  return verb_finish (self, result, scim_client_schemas_async, error);
}

void
scim_client_config_async (ScimClient *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (SCIM_IS_CLIENT (self));

  verb_start (verb_new (self, scim_client_config_async, scim_answer_read_config, g_free, NULL,
                        cancellable, callback, user_data),
              endpoint_request (self, "/ServiceProviderConfig"));
}

ScimServiceConfig *
scim_client_config_finish (ScimClient *self, GAsyncResult *result, GError **error)
{
  return verb_finish (self, result, scim_client_config_async, error);
}
