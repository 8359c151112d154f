/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/roster-test-server.h"

#include <libsoup/soup.h>

struct _RosterTestServer
{
  SoupServer *server;
  GSocketService *listener;
  RosterTestHandler handler;
  gpointer user_data;
  char *root; /* "http://127.0.0.1:PORT" */
  GPtrArray *exchanges;
};

struct _RosterTestExchange
{
  SoupServerMessage *message;
  char *method;
  char *path;
  char *query;
  char *body;
  guint port;
  GHashTable *params;
  GHashTable *headers; /* lower-case name → value; the message's own are gone with its end */
  gboolean is_over;
};

static void
exchange_free (gpointer data)
{
  RosterTestExchange *self = data;

  g_object_unref (self->message);
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_free (self->body);
  g_clear_pointer (&self->params, g_hash_table_unref);
  g_hash_table_unref (self->headers);
  g_free (self);
}

static void
keep_header (const char *name, const char *value, gpointer user_data)
{
  g_hash_table_replace (user_data, g_ascii_strdown (name, -1), g_strdup (value));
}

static void
message_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  RosterTestExchange *exchange = user_data;

  exchange->is_over = TRUE;
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  RosterTestServer *self = user_data;
  RosterTestExchange *exchange = g_new0 (RosterTestExchange, 1);
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  GUri *uri = soup_server_message_get_uri (message);

  exchange->message = g_object_ref (message);
  exchange->method = g_strdup (soup_server_message_get_method (message));
  exchange->path = g_strdup (g_uri_get_path (uri));
  exchange->query = g_strdup (g_uri_get_query (uri));
  exchange->body = g_strndup (body->data != NULL ? body->data : "", body->length);
  exchange->port = g_inet_socket_address_get_port (
    G_INET_SOCKET_ADDRESS (soup_server_message_get_remote_address (message)));
  exchange->params = query != NULL ? g_hash_table_ref (query) : NULL;
  exchange->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (soup_server_message_get_request_headers (message), keep_header,
                                exchange->headers);
  g_signal_connect (message, "finished", G_CALLBACK (message_finished_cb), exchange);
  g_ptr_array_add (self->exchanges, exchange);
  soup_server_message_pause (message);
  self->handler (exchange, self->user_data);
}

/* There in a build with the leak sanitizer. */
void __lsan_disable (void) __attribute__ ((weak));
void __lsan_enable (void) __attribute__ ((weak));

/* libsoup's listener (3.2.3) leaks an address, and a socket with every connection, which would hide
 * what the code under test leaks. So the connections come from a listener of our own; but a server
 * that has none of libsoup's keeps no connection alive. */
static void
listen_for_nobody (SoupServer *server)
{
  g_autoptr (GError) error = NULL;

  if (__lsan_disable != NULL)
    __lsan_disable ();
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  if (__lsan_enable != NULL)
    __lsan_enable ();
  g_assert_no_error (error);
}

static gboolean
incoming_cb (GSocketService *listener,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  RosterTestServer *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, &error);
  g_assert_no_error (error);
  return TRUE;
}

static guint
listen (RosterTestServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  listen_for_nobody (self->server);
  self->listener = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->listener), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  g_signal_connect (self->listener, "incoming", G_CALLBACK (incoming_cb), self);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

RosterTestServer *
roster_test_server_new (RosterTestHandler handler, gpointer user_data)
{
  RosterTestServer *self = g_new0 (RosterTestServer, 1);

  self->handler = handler;
  self->user_data = user_data;
  self->exchanges = g_ptr_array_new_with_free_func (exchange_free);
  /* Else "%2F" arrives as "/". */
  self->server = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_handler (self->server, NULL, request_cb, self, NULL);
  self->root = g_strdup_printf ("http://127.0.0.1:%u", listen (self));
  return self;
}

void
roster_test_server_free (RosterTestServer *self)
{
  for (guint i = 0; i < self->exchanges->len; i++)
    {
      RosterTestExchange *exchange = g_ptr_array_index (self->exchanges, i);

      g_signal_handlers_disconnect_by_data (exchange->message, exchange);
    }
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  g_object_unref (self->listener);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->exchanges);
  g_free (self->root);
  g_free (self);
}

char *
roster_test_server_dup_url (RosterTestServer *self, const char *path)
{
  return g_strconcat (self->root, path, NULL);
}

guint
roster_test_server_get_n_requests (RosterTestServer *self)
{
  return self->exchanges->len;
}

RosterTestExchange *
roster_test_server_get_request (RosterTestServer *self, guint position)
{
  g_assert_cmpuint (position, <, self->exchanges->len);

  return g_ptr_array_index (self->exchanges, position);
}

const char *
roster_test_exchange_get_method (RosterTestExchange *self)
{
  return self->method;
}

const char *
roster_test_exchange_get_path (RosterTestExchange *self)
{
  return self->path;
}

const char *
roster_test_exchange_get_query (RosterTestExchange *self)
{
  return self->query;
}

char *
roster_test_exchange_dup_param (RosterTestExchange *self, const char *name)
{
  return self->params != NULL ? g_strdup (g_hash_table_lookup (self->params, name)) : NULL;
}

guint
roster_test_exchange_get_number (RosterTestExchange *self, const char *name)
{
  g_autofree char *text = roster_test_exchange_dup_param (self, name);

  return text != NULL ? (guint)g_ascii_strtoull (text, NULL, 10) : 0;
}

const char *
roster_test_exchange_get_header (RosterTestExchange *self, const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->headers, key);
}

const char *
roster_test_exchange_get_body (RosterTestExchange *self)
{
  return self->body;
}

guint
roster_test_exchange_get_port (RosterTestExchange *self)
{
  return self->port;
}

void
roster_test_exchange_add_header (RosterTestExchange *self, const char *name, const char *value)
{
  soup_message_headers_append (soup_server_message_get_response_headers (self->message), name,
                               value);
}

void
roster_test_exchange_reply_bytes (RosterTestExchange *self,
                                  guint status,
                                  const char *content_type,
                                  GBytes *body)
{
  SoupMessageHeaders *headers;

  /* The client may have hung up. */
  if (self->is_over)
    return;
  headers = soup_server_message_get_response_headers (self->message);
  soup_server_message_set_status (self->message, status, NULL);
  if (content_type != NULL)
    soup_message_headers_replace (headers, "Content-Type", content_type);
  if (g_bytes_get_size (body) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), body);
  soup_server_message_unpause (self->message);
}

void
roster_test_exchange_reply (RosterTestExchange *self,
                            guint status,
                            const char *content_type,
                            const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  roster_test_exchange_reply_bytes (self, status, content_type, bytes);
}

GIOStream *
roster_test_exchange_steal (RosterTestExchange *self)
{
  g_assert_false (self->is_over);

  self->is_over = TRUE;
  return soup_server_message_steal_connection (self->message);
}

void
roster_test_exchange_drop (RosterTestExchange *self)
{
  g_autoptr (GIOStream) connection = NULL;

  if (self->is_over)
    return;
  connection = roster_test_exchange_steal (self);
  g_io_stream_close (connection, NULL, NULL);
}
