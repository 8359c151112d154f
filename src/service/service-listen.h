/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A port of 127.0.0.1 at which a SoupServer answers. It can be closed, so that connections are
 * refused, and opened again; it stays ours all the time. soup_server_listen_local() would do if
 * libsoup 3.2 did not lose the socket of each connection that it accepts itself. */
typedef struct _RosterServiceDoor RosterServiceDoor;

/* Open. port: 0 means any free one. Free it before the server. */
RosterServiceDoor *roster_service_door_new (SoupServer *server, guint16 port, GError **error);
void roster_service_door_free (RosterServiceDoor *self);
guint16 roster_service_door_get_port (RosterServiceDoor *self);
/* Closing ends the connections that stand, too. */
gboolean roster_service_door_set_open (RosterServiceDoor *self, gboolean open, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceDoor, roster_service_door_free)

G_END_DECLS
