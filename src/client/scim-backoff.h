/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"

G_BEGIN_DECLS

/* Whether reading is tried again after an error, and when: exponential pauses with full jitter (a
 * random part of a ceiling that doubles), so that many clients of a service that recovers do not
 * come all at once. A Retry-After is waited for in full, with the jitter on top; one that is longer
 * than the limit ends it at once, because asking earlier is of no use.
 *
 *                 times  first ceiling  longest ceiling  longest Retry-After  begins no try after
 *   person          3        0.5 s           2 s                10 s                20 s
 *   background      8        2 s            60 s               120 s               300 s
 *
 * For reading only: a write is never repeated by itself. */
typedef struct _ScimBackoff ScimBackoff;

/* random: borrowed, for as long as it lives. second: in milliseconds. now: monotonic, in
 * microseconds, when the first try begins. */
ScimBackoff *scim_backoff_new (ScimPriority priority, GRand *random, guint second, gint64 now);
/* For who repeats reading with a client by himself, and does not outlive it. */
ScimBackoff *scim_client_new_backoff (ScimClient *self, ScimPriority priority);
void scim_backoff_free (ScimBackoff *self);

/* TRUE: the same again after so many milliseconds. */
gboolean scim_backoff_next (ScimBackoff *self,
                            const GError *error,
                            gint64 now,
                            guint *milliseconds);
/* Something went well. */
void scim_backoff_reset (ScimBackoff *self, gint64 now);

/* An error that may pass by itself: 429, 502, 503, 504, a name server that is out of order, no
 * connection, one that broke, and one on which nothing came; a token that did not come for one of
 * these reasons. Not: every other status, a name that does not exist, a certificate, an answer that
 * cannot be read. */
gboolean scim_backoff_may_pass (const GError *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimBackoff, scim_backoff_free)

G_END_DECLS
