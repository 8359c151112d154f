/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-users-query.h"

typedef struct
{
  RosterSnapshot *snapshot;
  RosterQuery *query;
  GArray *keys; /* RosterSortKey */
  RosterOrder *order;
  gboolean order_is_current;
  int *stop;
} Run;

static void
run_free (Run *run)
{
  roster_snapshot_unref (run->snapshot);
  roster_query_unref (run->query);
  g_array_unref (run->keys);
  g_clear_pointer (&run->order, roster_order_unref);
  g_atomic_rc_box_release (run->stop);
  g_free (run);
}

static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  g_autoptr (RosterQueryResult) result = g_new0 (RosterQueryResult, 1);

  if (run->keys->len > 0 && run->order_is_current)
    result->order = roster_order_ref (run->order);
  else if (run->keys->len > 0)
    result->order = roster_order_new (run->snapshot, (const RosterSortKey *)run->keys->data,
                                      run->keys->len, run->order, run->stop);

  if (run->keys->len == 0 || result->order != NULL)
    result->hits = roster_search (run->snapshot, run->query, result->order, run->stop);

  if (result->hits == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "A newer query runs");
  else
    g_task_return_pointer (task, g_steal_pointer (&result),
                           (GDestroyNotify)roster_query_result_free);
}

void
roster_query_result_free (RosterQueryResult *self)
{
  g_clear_pointer (&self->hits, roster_hits_free);
  g_clear_pointer (&self->order, roster_order_unref);
  g_free (self);
}

void
roster_users_query_async (RosterSnapshot *snapshot,
                          RosterQuery *query,
                          const RosterSortKey *keys,
                          guint n_keys,
                          RosterOrder *order,
                          gboolean order_is_current,
                          int *stop,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (snapshot != NULL && query != NULL && stop != NULL);

  run = g_new0 (Run, 1);
  run->snapshot = roster_snapshot_ref (snapshot);
  run->query = roster_query_ref (query);
  run->keys = g_array_new (FALSE, FALSE, sizeof (RosterSortKey));
  g_array_append_vals (run->keys, keys, n_keys);
  run->order = order != NULL ? roster_order_ref (order) : NULL;
  run->order_is_current = order != NULL && order_is_current;
  run->stop = g_atomic_rc_box_acquire (stop);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, roster_users_query_async);
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  g_task_run_in_thread (task, query_thread);
}

RosterQueryResult *
roster_users_query_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
