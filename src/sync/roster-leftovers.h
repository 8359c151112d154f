/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "index/roster-index.h"

G_BEGIN_DECLS

/* Finds, on a worker thread, the rows of a snapshot whose ids are not in `seen`. Takes the set: an
 * id-to-itself GHashTable that nobody changes any more. Errors: G_IO_ERROR_CANCELLED. */
void roster_leftovers_find_async (RosterSnapshot *snapshot,
                                  GHashTable *seen,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* char * elements; never NULL without an error. */
GPtrArray *roster_leftovers_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
