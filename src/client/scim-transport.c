/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "roster-client"

#include "config.h"

#include "client/scim-transport.h"

#include "client/scim-client-error.h"
#include "client/scim-limits.h"
#include "client/scim-source.h"

#include <libsoup/soup.h>
#include <string.h>

#define DEFAULT_CONNECTIONS 2
#define CHUNK_BYTES         (64 * 1024)
#define MAX_ERROR_BYTES     (1024 * 1024)

struct _ScimTransport
{
  SoupSession *session;
  guint max_background; /* background messages on the wire at most */
  guint n_background;
  GQueue waiting; /* GTask, background messages that wait for their turn */
  guint second;
  GRand *random;
};

/* One message on its way: task data of scim_transport_send_async(). */
typedef struct
{
  ScimTransport *transport;
  ScimRequest *request;
  SoupMessage *message;
  GCancellable *inner; /* of what libsoup does */
  GSource *cancelled;  /* nullable */
  ScimLimits *limits;  /* nullable: not begun, or over */
  gboolean holds_turn;
  gboolean is_over; /* the caller knows the end; libsoup has still to let go of it */
  gint64 begun;
  GInputStream *stream;
  GByteArray *body;
  gsize max_bytes;
} Send;

static void send_begin (GTask *task);
static void send_read_more (GTask *task);

/* Turns: of the connections to a host one is kept for the person, so that a click never waits for a
 * page of the list. */

static void
give_turns (ScimTransport *self)
{
  while (self->n_background < self->max_background && !g_queue_is_empty (&self->waiting))
    {
      GTask *task = g_queue_pop_head (&self->waiting);
      Send *send = g_task_get_task_data (task);

      send->holds_turn = TRUE;
      self->n_background++;
      send_begin (task);
    }
}

/* Send */

static void
send_free (Send *send)
{
  scim_source_clear (&send->cancelled);
  g_clear_pointer (&send->limits, scim_limits_free);
  g_clear_object (&send->message);
  g_clear_object (&send->stream);
  g_clear_object (&send->inner);
  if (send->body != NULL && send->body->len > 0 && send->request->secret)
    explicit_bzero (send->body->data, send->body->len);
  g_clear_pointer (&send->body, g_byte_array_unref);
  scim_request_unref (send->request);
  scim_transport_unref (send->transport);
  g_free (send);
}

static int
send_priority (const Send *send)
{
  return send->request->priority == SCIM_PRIORITY_BACKGROUND ? G_PRIORITY_DEFAULT_IDLE
                                                             : G_PRIORITY_DEFAULT;
}

static gint64
send_milliseconds (const Send *send)
{
  return send->begun == 0 ? 0 : (g_get_monotonic_time () - send->begun) / 1000;
}

static void
send_stop_watching (Send *send)
{
  scim_source_clear (&send->cancelled);
  g_clear_pointer (&send->limits, scim_limits_free);
}

/* libsoup is done with it: the connection and the turn are free again. */
static void
send_let_go (Send *send)
{
  send_stop_watching (send);
  g_clear_object (&send->stream);
  if (send->holds_turn)
    {
      send->holds_turn = FALSE;
      send->transport->n_background--;
      give_turns (send->transport);
    }
}

static void
send_log_failure (const Send *send, const GError *error)
{
  g_debug ("%s %s: failed (%s %d), %" G_GINT64_FORMAT " ms", send->request->method,
           send->request->label, g_quark_to_string (error->domain), error->code,
           send_milliseconds (send));
}

/* libsoup has come to its end with an error, taken. */
static void
send_fail (GTask *task, GError *error)
{
  Send *send = g_task_get_task_data (task);

  /* What came is no HTTP, or only its beginning: nobody above knows libsoup's errors. */
  if (error->domain == SOUP_SESSION_ERROR)
    {
      error->domain = G_IO_ERROR;
      error->code = G_IO_ERROR_INVALID_DATA;
    }
  send_log_failure (send, error);
  send_let_go (send);
  g_task_return_error (task, error);
}

/* The caller hears of the end at once, whatever libsoup still waits for. Takes the error. */
static void
send_abandon (GTask *task, GError *error)
{
  Send *send = g_task_get_task_data (task);
  g_autoptr (GTask) alive = g_object_ref (task);

  send->is_over = TRUE;
  send_log_failure (send, error);
  send_stop_watching (send);
  /* libsoup may call back before this returns. */
  g_cancellable_cancel (send->inner);
  g_task_return_error (task, error);
}

static void
wipe_byte_array (gpointer data)
{
  GByteArray *array = data;

  explicit_bzero (array->data, array->len);
  g_byte_array_unref (array);
}

static GBytes *
send_steal_body (Send *send)
{
  GByteArray *array;

  if (!send->request->secret)
    return g_byte_array_free_to_bytes (g_steal_pointer (&send->body));
  array = g_steal_pointer (&send->body);
  return g_bytes_new_with_free_func (array->data, array->len, wipe_byte_array, array);
}

static void
send_succeed (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  ScimAnswer *answer = scim_answer_new (send->message, send_steal_body (send));

  g_debug ("%s %s: %u, %" G_GINT64_FORMAT " ms, %" G_GSIZE_FORMAT " bytes", send->request->method,
           send->request->label, answer->status, send_milliseconds (send),
           g_bytes_get_size (answer->body));
  send_let_go (send);
  g_task_return_pointer (task, answer, (GDestroyNotify)scim_answer_free);
}

static void
send_too_large (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  /* The rest is not read: the connection goes with it. */
  g_cancellable_cancel (send->inner);
  if (soup_message_get_status (send->message) >= 400)
    {
      g_byte_array_set_size (send->body, 0);
      send_succeed (task);
      return;
    }
  send_fail (task, g_error_new (SCIM_ERROR, SCIM_ERROR_TOO_LARGE,
                                "The service's answer is larger than %" G_GSIZE_FORMAT " MB",
                                send->max_bytes / (1024 * 1024)));
}

static void
send_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize n_read;

  n_read = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  g_byte_array_set_size (send->body, send->body->len - CHUNK_BYTES + (guint)MAX (n_read, 0));
  if (send->is_over)
    send_let_go (send);
  else if (n_read < 0)
    send_fail (task, g_steal_pointer (&error));
  else if (send->body->len > send->max_bytes)
    send_too_large (task);
  else if (n_read == 0)
    send_succeed (task);
  else
    {
      scim_limits_progress (send->limits);
      send_read_more (g_steal_pointer (&task));
    }
}

/* Takes the task. Reads straight into the body: no second copy of a page on the main thread. */
static void
send_read_more (GTask *task)
{
  Send *send = g_task_get_task_data (task);
  guint length = send->body->len;

  g_byte_array_set_size (send->body, length + CHUNK_BYTES);
  g_input_stream_read_async (send->stream, send->body->data + length, CHUNK_BYTES,
                             send_priority (send), send->inner, send_read_cb, task);
}

static void
send_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Send *send = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  send->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (send->is_over)
    {
      send_let_go (send);
      return;
    }
  if (send->stream == NULL)
    {
      send_fail (task, g_steal_pointer (&error));
      return;
    }
  if (soup_message_get_status (send->message) >= 400)
    send->max_bytes = MIN (send->max_bytes, MAX_ERROR_BYTES);
  send_read_more (g_steal_pointer (&task));
}

static void
send_exceeded (GError *error, gpointer user_data)
{
  send_abandon (user_data, error);
}

/* libsoup repeats idempotent requests, DELETE among them, when a connection that it had kept turns
 * out to be dead. What a person decided once happens once. */
static void
write_restarted_cb (SoupMessage *message, gpointer user_data)
{
  GTask *task = user_data;
  Send *send = g_task_get_task_data (task);

  if (!send->is_over)
    send_abandon (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                             "The connection was closed before an answer came"));
}

/* Takes the task. */
static void
send_begin (GTask *task)
{
  Send *send = g_task_get_task_data (task);

  send->begun = g_get_monotonic_time ();
  send->limits =
    scim_limits_new (send->message, send->request->seconds, send->transport->second,
                     send_priority (send), g_task_get_context (task), send_exceeded, task);
  if (!scim_request_is_get (send->request))
    g_signal_connect_object (send->message, "restarted", G_CALLBACK (write_restarted_cb), task, 0);
  soup_session_send_async (send->transport->session, send->message, send_priority (send),
                           send->inner, send_sent_cb, task);
}

static GError *
cancelled_error (const Send *send)
{
  const char *host = g_uri_get_host (soup_message_get_uri (send->message));

  if (!scim_request_is_get (send->request) && send->limits != NULL &&
      scim_limits_has_left (send->limits))
    return scim_client_error_new (SCIM_CLIENT_ERROR_CUT_SHORT, host, 0);
  return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static gboolean
send_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  GTask *task = user_data;
  Send *send = g_task_get_task_data (task);
  gboolean was_waiting = g_queue_remove (&send->transport->waiting, task);

  send_abandon (task, cancelled_error (send));
  if (was_waiting)
    g_object_unref (task);
  return G_SOURCE_REMOVE;
}

static SoupMessage *
new_message (const ScimRequest *request, GUri *uri, const char *authorization)
{
  SoupMessage *message = soup_message_new_from_uri (request->method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  /* NO_REDIRECT: libsoup would turn a redirected PATCH into a GET that "succeeds". Each request has
   * a connection of its own: one that was kept may be dead already. Then nobody would know whether
   * a write happened; and libsoup 3.2 sends reading again by itself, and while it does so it may
   * call back twice or crash. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (request->priority == SCIM_PRIORITY_PERSON)
    soup_message_set_priority (message, SOUP_MESSAGE_PRIORITY_HIGH);
  soup_message_headers_replace (headers, "Accept", request->accept);
  soup_message_headers_replace (headers, "Authorization", authorization);
  if (request->if_match != NULL)
    soup_message_headers_replace (headers, "If-Match", request->if_match);
  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
  return message;
}

/* Public API */

ScimTransport *
scim_transport_new (guint max_connections, gboolean direct)
{
  ScimTransport *self = g_rc_box_new0 (ScimTransport);

  if (max_connections == 0)
    max_connections = DEFAULT_CONNECTIONS;
  self->session = soup_session_new_with_options ("max-conns-per-host", max_connections, "max-conns",
                                                 MAX (max_connections, 10), "timeout", 0,
                                                 "user-agent", "Roster/" PACKAGE_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_COOKIE_JAR);
  if (direct)
    soup_session_set_proxy_resolver (self->session, NULL);
  self->max_background = MAX (max_connections - 1, 1);
  self->second = 1000;
  self->random = g_rand_new ();
  g_queue_init (&self->waiting);
  return self;
}

ScimTransport *
scim_transport_ref (ScimTransport *self)
{
  return g_rc_box_acquire (self);
}

static void
transport_clear (gpointer data)
{
  ScimTransport *self = data;

  /* Every waiting task keeps a reference, so that there is none any more. */
  g_assert (g_queue_is_empty (&self->waiting));
  g_clear_object (&self->session);
  g_rand_free (self->random);
}

void
scim_transport_unref (ScimTransport *self)
{
  g_rc_box_release_full (self, transport_clear);
}

void
scim_transport_set_second (ScimTransport *self, guint milliseconds)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (milliseconds > 0);

  self->second = milliseconds;
}

guint
scim_transport_get_second (ScimTransport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->second;
}

GRand *
scim_transport_get_random (ScimTransport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->random;
}

void
scim_transport_send_async (ScimTransport *self,
                           ScimRequest *request,
                           GUri *uri,
                           const char *authorization,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Send *send;

  g_return_if_fail (self != NULL);
  g_return_if_fail (request != NULL);
  g_return_if_fail (authorization != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, scim_transport_send_async);
  /* An answer that arrived tells what happened: a late cancellation must not hide it. */
  g_task_set_check_cancellable (task, FALSE);
  send = g_new0 (Send, 1);
  send->transport = scim_transport_ref (self);
  send->request = scim_request_ref (request);
  send->message = new_message (request, uri, authorization);
  send->inner = g_cancellable_new ();
  send->body = g_byte_array_new ();
  send->max_bytes = request->max_bytes;
  g_task_set_task_data (task, send, (GDestroyNotify)send_free);
  g_task_set_priority (task, send_priority (send));

  if (g_cancellable_is_cancelled (cancellable))
    {
      send_fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
      return;
    }
  send->cancelled = scim_source_watch_cancelled (task, send_cancelled_cb);
  if (request->priority == SCIM_PRIORITY_BACKGROUND)
    {
      g_queue_push_tail (&self->waiting, g_steal_pointer (&task));
      give_turns (self);
    }
  else
    {
      send_begin (g_steal_pointer (&task));
    }
}

ScimAnswer *
scim_transport_send_finish (ScimTransport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, scim_transport_send_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
