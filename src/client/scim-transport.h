/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-request.h"

G_BEGIN_DECLS

/* One HTTP message at a time on its way: size caps, time limits, priorities, the log. It follows
 * nothing, repeats nothing and judges no status: that is scim-exchange.h. Belongs to the main
 * context it was made on. */
typedef struct _ScimTransport ScimTransport; /* refcounted */

/* direct: never through a proxy, which is right for loopback: http:// is allowed there because
 * nobody else is on the way. */
ScimTransport *scim_transport_new (guint max_connections, gboolean direct);
ScimTransport *scim_transport_ref (ScimTransport *self);
void scim_transport_unref (ScimTransport *self);

/* How long a second of waiting lasts, in milliseconds: 1000, except in tests. */
void scim_transport_set_second (ScimTransport *self, guint milliseconds);
guint scim_transport_get_second (ScimTransport *self);
/* What pauses are drawn from. Borrowed; a test sets its seed. */
GRand *scim_transport_get_random (ScimTransport *self);

/* uri: where to send it, the request's own or what a redirect said. authorization: the header's
 * value. Errors: GIO, TLS and resolver errors, SCIM_CLIENT_ERROR, SCIM_ERROR_TOO_LARGE. Time-outs
 * and cancellation are told at once, whatever libsoup still waits for; a request that was completed
 * before is reported as such. A write that is cancelled when it may have left gives
 * SCIM_CLIENT_ERROR_CUT_SHORT, everything else that is cancelled G_IO_ERROR_CANCELLED. */
void scim_transport_send_async (ScimTransport *self,
                                ScimRequest *request,
                                GUri *uri,
                                const char *authorization,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ScimAnswer *scim_transport_send_finish (ScimTransport *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimTransport, scim_transport_unref)

G_END_DECLS
