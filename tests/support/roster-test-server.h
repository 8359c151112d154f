/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* An HTTP server on a free loopback port, on the caller's main context, which does what the test's
 * handler says and remembers every request. */
typedef struct _RosterTestServer RosterTestServer;
typedef struct _RosterTestExchange RosterTestExchange;

/* Called for every request. It may reply at once, or keep the exchange (which lives as long as the
 * server) and reply later. */
typedef void (*RosterTestHandler) (RosterTestExchange *exchange, gpointer user_data);

RosterTestServer *roster_test_server_new (RosterTestHandler handler, gpointer user_data);
void roster_test_server_free (RosterTestServer *self);
/* "http://127.0.0.1:PORT" and the path. */
char *roster_test_server_dup_url (RosterTestServer *self, const char *path);
guint roster_test_server_get_n_requests (RosterTestServer *self);
RosterTestExchange *roster_test_server_get_request (RosterTestServer *self, guint position);

const char *roster_test_exchange_get_method (RosterTestExchange *self);
/* As sent, percent-encoded. */
const char *roster_test_exchange_get_path (RosterTestExchange *self);
const char *roster_test_exchange_get_query (RosterTestExchange *self); /* nullable */
/* Decoded; nullable. */
char *roster_test_exchange_dup_param (RosterTestExchange *self, const char *name);
/* 0 when there is none. */
guint roster_test_exchange_get_number (RosterTestExchange *self, const char *name);
const char *roster_test_exchange_get_header (RosterTestExchange *self, const char *name);
const char *roster_test_exchange_get_body (RosterTestExchange *self); /* never NULL */
/* The client's: tells connections apart. */
guint roster_test_exchange_get_port (RosterTestExchange *self);

void roster_test_exchange_add_header (RosterTestExchange *self,
                                      const char *name,
                                      const char *value);
/* content_type: nullable. */
void roster_test_exchange_reply (RosterTestExchange *self,
                                 guint status,
                                 const char *content_type,
                                 const char *body);
void roster_test_exchange_reply_bytes (RosterTestExchange *self,
                                       guint status,
                                       const char *content_type,
                                       GBytes *body);
/* The connection, for an answer that no server gives: written by hand, in parts, or never. Owned.
 */
GIOStream *roster_test_exchange_steal (RosterTestExchange *self);
/* Closes the connection without an answer. */
void roster_test_exchange_drop (RosterTestExchange *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTestServer, roster_test_server_free)

G_END_DECLS
