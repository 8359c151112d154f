/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-listen.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

struct _RosterServiceDoor
{
  SoupServer *server;       /* borrowed */
  GSocketService *listener; /* nullable: closed */
  GSocket *keeper;          /* bound and deaf: the port is ours while nobody listens */
  GPtrArray *connections;   /* GSocketConnection, without references */
  guint16 port;
};

static void
gone_cb (gpointer user_data, GObject *connection)
{
  RosterServiceDoor *self = user_data;

  g_ptr_array_remove_fast (self->connections, connection);
}

static gboolean
incoming_cb (GSocketService *listener,
             GSocketConnection *connection,
             GObject *source,
             gpointer user_data)
{
  RosterServiceDoor *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);

  /* A client that has gone again has no address. */
  if (local == NULL || remote == NULL)
    return TRUE;
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  g_ptr_array_add (self->connections, connection);
  g_object_weak_ref (G_OBJECT (connection), gone_cb, self);
  soup_server_accept_iostream (self->server, G_IO_STREAM (connection), local, remote, NULL);
  return TRUE;
}

/* A socket of 127.0.0.1. Two that may share an address can have the same port as long as only one
 * of them listens. */
static GSocket *
bind_socket (guint16 port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, port);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error))
    return NULL;
  return g_steal_pointer (&socket);
}

static GSocket *
listen_at (guint16 port, GError **error)
{
  g_autoptr (GSocket) socket = bind_socket (port, error);

  if (socket == NULL || !g_socket_listen (socket, error))
    return NULL;
  return g_steal_pointer (&socket);
}

/* A SoupServer keeps a connection open for the next request only while it listens itself: so it
 * does, on a port that nobody is told of. On a socket of ours, since libsoup 3.2 loses the address
 * of one that it opens. */
static gboolean
listen_unheard (SoupServer *server, GError **error)
{
  g_autoptr (GSocket) socket = listen_at (0, error);

  return socket != NULL && soup_server_listen_socket (server, socket, 0, error);
}

static gboolean
open_door (RosterServiceDoor *self, GError **error)
{
  g_autoptr (GSocketService) listener = g_socket_service_new ();
  g_autoptr (GSocket) socket = listen_at (self->port, error);

  if (socket == NULL ||
      !g_socket_listener_add_socket (G_SOCKET_LISTENER (listener), socket, NULL, error))
    return FALSE;
  g_signal_connect (listener, "incoming", G_CALLBACK (incoming_cb), self);
  self->listener = g_steal_pointer (&listener);
  return TRUE;
}

static void
close_door (RosterServiceDoor *self)
{
  g_socket_service_stop (self->listener);
  g_socket_listener_close (G_SOCKET_LISTENER (self->listener));
  g_clear_object (&self->listener);
}

RosterServiceDoor *
roster_service_door_new (SoupServer *server, guint16 port, GError **error)
{
  g_autoptr (RosterServiceDoor) self = g_new0 (RosterServiceDoor, 1);
  g_autoptr (GSocketAddress) address = NULL;

  self->server = server;
  self->connections = g_ptr_array_new ();
  self->keeper = bind_socket (port, error);
  if (self->keeper == NULL)
    return NULL;
  address = g_socket_get_local_address (self->keeper, error);
  if (address == NULL)
    return NULL;
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
  if (!listen_unheard (server, error) || !open_door (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
roster_service_door_free (RosterServiceDoor *self)
{
  if (self->listener != NULL)
    close_door (self);
  for (guint i = 0; i < self->connections->len; i++)
    g_object_weak_unref (g_ptr_array_index (self->connections, i), gone_cb, self);
  g_ptr_array_unref (self->connections);
  g_clear_object (&self->keeper);
  g_free (self);
}

guint16
roster_service_door_get_port (RosterServiceDoor *self)
{
  return self->port;
}

gboolean
roster_service_door_set_open (RosterServiceDoor *self, gboolean open, GError **error)
{
  if (open == (self->listener != NULL))
    return TRUE;
  if (open)
    return open_door (self, error);
  close_door (self);
  for (guint i = 0; i < self->connections->len; i++)
    g_socket_shutdown (g_socket_connection_get_socket (g_ptr_array_index (self->connections, i)),
                       TRUE, TRUE, NULL);
  return TRUE;
}
