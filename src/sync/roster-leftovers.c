/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-leftovers.h"

#include "index/roster-search.h"

/* A million rows take a moment that nobody who cancels has to wait out. */
#define ROWS_BETWEEN_LOOKS 4096

typedef struct
{
  RosterSnapshot *snapshot;
  GHashTable *seen;
} Search;

static void
search_free (Search *search)
{
  roster_snapshot_unref (search->snapshot);
  g_hash_table_unref (search->seen);
  g_free (search);
}

static void
find_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RosterQuery) everybody = roster_query_new ("");
  const int never = 0;
  g_autoptr (RosterHits) hits = roster_search (search->snapshot, everybody, NULL, &never);

  for (guint i = 0; i < hits->n_rows; i++)
    {
      const char *id = roster_snapshot_get_id (search->snapshot, hits->rows[i]);

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_task_return_error_if_cancelled (task))
        return;
      if (!g_hash_table_contains (search->seen, id))
        g_ptr_array_add (ids, g_strdup (id));
    }
  g_task_return_pointer (task, g_steal_pointer (&ids), (GDestroyNotify)g_ptr_array_unref);
}

void
roster_leftovers_find_async (RosterSnapshot *snapshot,
                             GHashTable *seen,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->snapshot = roster_snapshot_ref (snapshot);
  search->seen = seen;
  g_task_set_source_tag (task, roster_leftovers_find_async);
  g_task_set_priority (task, G_PRIORITY_DEFAULT_IDLE);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  g_task_run_in_thread (task, find_in_thread);
}

GPtrArray *
roster_leftovers_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_leftovers_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
