/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the connection: answers that come late, in part, or never. What libsoup would not send
 * is written to the connection itself, which is taken from it. */
#include "service-fault-private.h"

#include <string.h>

/* What goes out on a connection that libsoup has given up, and what follows it. */
typedef struct
{
  SoupServerMessage *message;
  RosterServiceEntry *entry;
  GBytes *bytes;       /* nullable: nothing goes out */
  gboolean has_status; /* the headers are whole */
  gboolean stays_open; /* until the client closes it */
  GIOStream *connection;
} Outgoing;

static void
outgoing_free (Outgoing *self)
{
  g_object_unref (self->message);
  roster_service_entry_unref (self->entry);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  if (self->connection != NULL)
    g_io_stream_close (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Outgoing, outgoing_free)

/* The client has closed the connection, or speaks on one that will not answer. */
static gboolean
gone_cb (GObject *stream, gpointer user_data)
{
  outgoing_free (user_data);
  return G_SOURCE_REMOVE;
}

static void
finish (Outgoing *self)
{
  g_autoptr (GSource) source = NULL;

  if (!self->stays_open)
    {
      outgoing_free (self);
      return;
    }
  source = g_pollable_input_stream_create_source (
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->connection)), NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (gone_cb), self, NULL);
  g_source_attach (source, NULL);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Outgoing *self = user_data;

  /* A client that has gone before the end is as good as one that is dropped. */
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    self->stays_open = FALSE;
  finish (self);
}

/* libsoup is not done with a message while its handler runs, so the connection is taken later. */
static gboolean
take_connection_cb (gpointer user_data)
{
  g_autoptr (Outgoing) self = user_data;
  GOutputStream *stream;
  gconstpointer data;
  gsize length;

  self->connection = soup_server_message_steal_connection (self->message);
  if (self->connection == NULL)
    return G_SOURCE_REMOVE;
  if (self->has_status)
    roster_service_entry_set_status (self->entry, soup_server_message_get_status (self->message));
  if (self->bytes == NULL)
    {
      finish (g_steal_pointer (&self));
      return G_SOURCE_REMOVE;
    }
  stream = g_io_stream_get_output_stream (self->connection);
  data = g_bytes_get_data (self->bytes, &length);
  g_output_stream_write_all_async (stream, data, length, G_PRIORITY_DEFAULT, NULL, written_cb,
                                   g_steal_pointer (&self));
  return G_SOURCE_REMOVE;
}

/* Takes the connection from libsoup and sends these bytes (taken, nullable) on it. */
static void
send_instead (RosterServiceRequest *request,
              GBytes *bytes,
              gboolean has_status,
              gboolean stays_open)
{
  Outgoing *self = g_new0 (Outgoing, 1);

  self->message = g_object_ref (request->message);
  self->entry = roster_service_entry_ref (request->entry);
  self->bytes = bytes;
  self->has_status = has_status;
  self->stays_open = stays_open;
  soup_server_message_pause (request->message);
  g_idle_add_full (G_PRIORITY_DEFAULT, take_connection_cb, self, NULL);
}

/* The answer as it would go out. head: the length of its headers. */
static GString *
render (RosterServiceRequest *request, gsize *head)
{
  SoupServerMessage *message = request->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) body = roster_service_request_dup_answer (request);
  GString *text = g_string_new (NULL);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", soup_server_message_get_status (message),
                          soup_server_message_get_reason_phrase (message));
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (text, "%s: %s\r\n", name, value);
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          g_bytes_get_size (body));
  *head = text->len;
  g_string_append_len (text, g_bytes_get_data (body, NULL), (gssize)g_bytes_get_size (body));
  return text;
}

/* Handles the request and sends the headers and half of the body. */
static void
send_half (RosterServiceRequest *request, gboolean stays_open)
{
  GString *text;
  gsize head;

  roster_service_request_handle (request);
  text = render (request, &head);
  g_string_truncate (text, head + (text->len - head) / 2);
  send_instead (request, g_string_free_to_bytes (text), TRUE, stays_open);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);
  return G_SOURCE_REMOVE;
}

void
roster_service_fault_delay (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_request_handle (request);
  soup_server_message_pause (request->message);
  g_timeout_add_full (G_PRIORITY_DEFAULT, (guint)rule->number, delay_over_cb,
                      g_object_ref (request->message), g_object_unref);
}

void
roster_service_fault_stall (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  send_instead (request, NULL, FALSE, TRUE);
}

void
roster_service_fault_stall_body (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  send_half (request, TRUE);
}

void
roster_service_fault_drop (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  send_instead (request, NULL, FALSE, FALSE);
}

void
roster_service_fault_drop_headers (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request)
{
  GString *text;
  gsize head;

  roster_service_request_handle (request);
  text = render (request, &head);
  g_string_truncate (text, head / 2);
  send_instead (request, g_string_free_to_bytes (text), FALSE, FALSE);
}

void
roster_service_fault_drop_body (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  send_half (request, FALSE);
}

void
roster_service_fault_long_body (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  GString *text;
  gsize head;

  roster_service_request_handle (request);
  text = render (request, &head);
  g_string_append (text, "{\"more\":\"than Content-Length says\"}");
  send_instead (request, g_string_free_to_bytes (text), TRUE, FALSE);
}

void
roster_service_fault_lose_answer (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_request_handle (request);
  send_instead (request, NULL, FALSE, FALSE);
}
