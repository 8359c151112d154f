/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"

G_BEGIN_DECLS

/* One HTTP message at a time on its way: size caps, time limits, priorities, the log. It follows
 * nothing, repeats nothing and judges no status: that is scim-exchange.h. Belongs to the main
 * context it was made on. */
typedef struct _ScimTransport ScimTransport; /* refcounted */

/* What is sent. Immutable and refcounted once it is handed over. */
typedef struct
{
  const char *method; /* static */
  GUri *uri;
  char *label;              /* for the log: neither ids nor values */
  const char *accept;       /* static */
  const char *content_type; /* static; nullable without body */
  GBytes *body;             /* nullable */
  char *if_match;           /* nullable */
  ScimPriority priority;
  gsize max_bytes; /* of a successful answer, decoded */
  guint seconds;   /* for the whole message */
  gboolean secret; /* the answer is wiped when it is freed */
} ScimRequest;

typedef struct
{
  guint status;
  char *content_type; /* nullable; without parameters */
  char *location;     /* nullable */
  int retry_after;    /* seconds; -1: not said */
  GBytes *body;       /* never NULL; empty for an error answer above 1 MB */
} ScimAnswer;

ScimRequest *scim_request_new (const char *method, GUri *uri, const char *label);
ScimRequest *scim_request_ref (ScimRequest *self);
void scim_request_unref (ScimRequest *self);

void scim_answer_free (ScimAnswer *self);

/* direct: never through a proxy, which is right for loopback: http:// is allowed there because
 * nobody else is on the way. */
ScimTransport *scim_transport_new (guint max_connections, gboolean direct);
ScimTransport *scim_transport_ref (ScimTransport *self);
void scim_transport_unref (ScimTransport *self);

/* How long a second of waiting lasts, in milliseconds: 1000, except in tests. */
void scim_transport_set_second (ScimTransport *self, guint milliseconds);
guint scim_transport_get_second (ScimTransport *self);

/* uri: where to send it, the request's own or what a redirect said. authorization: the header's
 * value. Errors: GIO, TLS and resolver errors, G_IO_ERROR_TIMED_OUT, SCIM_ERROR_TOO_LARGE.
 * A request that was completed is reported as such even when it was cancelled meanwhile. */
void scim_transport_send_async (ScimTransport *self,
                                ScimRequest *request,
                                GUri *uri,
                                const char *authorization,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
ScimAnswer *scim_transport_send_finish (ScimTransport *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimTransport, scim_transport_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimRequest, scim_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimAnswer, scim_answer_free)

G_END_DECLS
