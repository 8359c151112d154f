/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The time that one message has: 15 s until there is a connection, 30 s in which nothing comes or
 * goes, and so many for the whole. libsoup's own "timeout" is one number for each read and write,
 * cannot tell these apart, and lets a trickle go on for ever. */
typedef struct _ScimLimits ScimLimits;

/* error: a SCIM_CLIENT_ERROR, taken. The last thing that is called, once; may free the limits. */
typedef void (*ScimLimitsExceeded) (GError *error, gpointer user_data);

/* Begins now. seconds: for the whole. second: in milliseconds. priority: of the message. */
ScimLimits *scim_limits_new (SoupMessage *message,
                             guint seconds,
                             guint second,
                             int priority,
                             GMainContext *context,
                             ScimLimitsExceeded exceeded,
                             gpointer user_data);
void scim_limits_free (ScimLimits *self);
/* A part of the answer was read. */
void scim_limits_progress (ScimLimits *self);
/* A connection was there: the service may have got the request, or a part of it. */
gboolean scim_limits_has_left (const ScimLimits *self);

G_END_DECLS
