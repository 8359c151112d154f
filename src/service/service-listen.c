/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-listen.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

static gboolean
incoming_cb (GSocketService *listener,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  /* A client that has gone again has no address. */
  if (local == NULL || remote == NULL)
    return TRUE;
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  soup_server_accept_iostream (user_data, G_IO_STREAM (connection), local, remote, NULL);
  return TRUE;
}

/* A SoupServer keeps a connection open for the next request only while it listens itself: so it
 * does, on a port that nobody is told of. On a socket of ours, since libsoup 3.2 loses the address
 * of one that it opens. */
static gboolean
listen_unheard (SoupServer *server, GInetAddress *loopback, GError **error)
{
  g_autoptr (GSocketAddress) anywhere = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  return socket != NULL && g_socket_bind (socket, anywhere, TRUE, error) &&
         g_socket_listen (socket, error) && soup_server_listen_socket (server, socket, 0, error);
}

GSocketService *
roster_service_listen (SoupServer *server, guint16 port, guint16 *bound_port, GError **error)
{
  g_autoptr (GSocketService) listener = g_socket_service_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocketAddress) bound = NULL;

  if (!listen_unheard (server, loopback, error))
    return NULL;
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (listener), wanted, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error))
    return NULL;
  *bound_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (listener, "incoming", G_CALLBACK (incoming_cb), server);
  return g_steal_pointer (&listener);
}
