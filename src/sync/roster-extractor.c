/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-extractor.h"

struct _RosterExtractor
{
  gatomicrefcount ref_count;
  GRWLock lock; /* read: while the caller's part is in use; write: to close */
  gboolean closed;
  const RosterFieldSpec *fields; /* borrowed, as extract's data */
  guint n_fields;
  RosterExtract extract;
  gpointer data;
};

/* Task data of a page. Holds nothing that belongs to the main thread. */
typedef struct
{
  RosterExtractor *extractor;
  ScimList *list;
} Extraction;

RosterExtractor *
roster_extractor_new (const RosterFieldSpec *fields,
                      guint n_fields,
                      RosterExtract extract,
                      gpointer data)
{
  RosterExtractor *self = g_new0 (RosterExtractor, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_rw_lock_init (&self->lock);
  self->fields = fields;
  self->n_fields = n_fields;
  self->extract = extract;
  self->data = data;
  return self;
}

RosterExtractor *
roster_extractor_ref (RosterExtractor *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_extractor_unref (RosterExtractor *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_rw_lock_clear (&self->lock);
  g_free (self);
}

void
roster_extractor_close (RosterExtractor *self)
{
  g_rw_lock_writer_lock (&self->lock);
  self->closed = TRUE;
  g_rw_lock_writer_unlock (&self->lock);
}

RosterBatch *
roster_extractor_new_batch (RosterExtractor *self)
{
  g_autoptr (GRWLockReaderLocker) locker = g_rw_lock_reader_locker_new (&self->lock);

  return self->closed ? NULL : roster_batch_new (self->fields, self->n_fields);
}

char *
roster_extractor_add (RosterExtractor *self, const ScimResource *user, RosterBatch *batch)
{
  g_autoptr (GRWLockReaderLocker) locker = NULL;
  g_autofree char *id = scim_resource_dup_text (user, "id");
  g_autofree char **values = NULL;
  guint32 flags;

  if (id == NULL || *id == '\0')
    return NULL;
  locker = g_rw_lock_reader_locker_new (&self->lock);
  if (self->closed)
    return NULL;
  values = g_new0 (char *, self->n_fields + 1);
  flags = self->extract (user, values, self->data);
  roster_batch_add (batch, id, (const char *const *)values, flags);
  for (guint i = 0; i < self->n_fields; i++)
    g_free (values[i]);
  return g_steal_pointer (&id);
}

void
roster_page_free (RosterPage *self)
{
  g_clear_pointer (&self->batch, roster_batch_free);
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  g_free (self);
}

static void
extraction_free (Extraction *extraction)
{
  roster_extractor_unref (extraction->extractor);
  g_clear_pointer (&extraction->list, scim_list_free);
  g_free (extraction);
}

static void
page_new_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Extraction *extraction = task_data;
  GPtrArray *users = extraction->list->resources;
  g_autoptr (RosterPage) page = g_new0 (RosterPage, 1);

  page->batch = roster_extractor_new_batch (extraction->extractor);
  page->ids = g_ptr_array_new_full (users->len, g_free);
  page->n_rows = users->len + extraction->list->n_invalid;
  page->total = extraction->list->total_results;
  for (guint i = 0; page->batch != NULL && i < users->len; i++)
    {
      char *id;

      if (g_task_return_error_if_cancelled (task))
        return;
      id = roster_extractor_add (extraction->extractor, g_ptr_array_index (users, i), page->batch);
      if (id != NULL)
        g_ptr_array_add (page->ids, id);
    }
  /* The page's document is large: it goes here and not with the task, which ends on the main
   * thread. */
  g_clear_pointer (&extraction->list, scim_list_free);
  g_task_return_pointer (task, g_steal_pointer (&page), (GDestroyNotify)roster_page_free);
}

void
roster_page_new_async (RosterExtractor *extractor,
                       ScimList *list,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Extraction *extraction = g_new0 (Extraction, 1);

  extraction->extractor = roster_extractor_ref (extractor);
  extraction->list = list;
  g_task_set_source_tag (task, roster_page_new_async);
  g_task_set_priority (task, G_PRIORITY_DEFAULT_IDLE);
  g_task_set_task_data (task, extraction, (GDestroyNotify)extraction_free);
  g_task_run_in_thread (task, page_new_in_thread);
}

RosterPage *
roster_page_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_page_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
