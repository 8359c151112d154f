/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "index/roster-search.h"

G_BEGIN_DECLS

/* One run of search and order over a snapshot, on a worker thread. */
typedef struct
{
  RosterHits *hits;
  RosterOrder *order; /* nullable: order of arrival; to be given to the next run */
} RosterQueryResult;

void roster_query_result_free (RosterQueryResult *self);

/* order: nullable: of an earlier run with the same keys. order_is_current: it belongs to this very
 * snapshot, so that nothing needs sorting. *stop: polled; when it is set the run ends with
 * G_IO_ERROR_CANCELLED. stop is a reference-counted box of g_atomic_rc_box_new (int). */
void roster_users_query_async (RosterSnapshot *snapshot,
                               RosterQuery *query,
                               const RosterSortKey *keys,
                               guint n_keys,
                               RosterOrder *order,
                               gboolean order_is_current,
                               int *stop,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RosterQueryResult *roster_users_query_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterQueryResult, roster_query_result_free)

G_END_DECLS
