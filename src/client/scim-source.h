/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Attaches a source (taken) and returns it, owned. context: nullable. user_data is borrowed: it has
 * to live until the source is cleared. */
GSource *scim_source_attach (
  GSource *source, GMainContext *context, int priority, GSourceFunc callback, gpointer user_data);
/* Calls `callback` with the task, on its context, once it is cancelled. NULL when it never can be.
 * A source and no handler of "cancelled": what ends there may free what a handler would run on, and
 * disconnecting inside the emission blocks for ever. */
GSource *scim_source_watch_cancelled (GTask *task, GCancellableSourceFunc callback);
/* Destroys and forgets it; *source may be NULL. */
void scim_source_clear (GSource **source);

G_END_DECLS
