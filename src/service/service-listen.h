/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Lets `server` answer on 127.0.0.1; port: 0 means any free one. Stop and unref the result before
 * the server. *bound_port: where it is. soup_server_listen_local() would do, but libsoup 3.2 loses
 * the socket of each connection that it accepts itself. */
GSocketService *roster_service_listen (SoupServer *server,
                                       guint16 port,
                                       guint16 *bound_port,
                                       GError **error);

G_END_DECLS
