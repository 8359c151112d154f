/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-source.h"

GSource *
scim_source_attach (
  GSource *source, GMainContext *context, int priority, GSourceFunc callback, gpointer user_data)
{
  g_return_val_if_fail (source != NULL, NULL);

  g_source_set_priority (source, priority);
  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, context);
  return source;
}

GSource *
scim_source_watch_cancelled (GTask *task, GCancellableSourceFunc callback)
{
  GCancellable *cancellable;

  g_return_val_if_fail (G_IS_TASK (task), NULL);

  cancellable = g_task_get_cancellable (task);
  if (cancellable == NULL)
    return NULL;
  return scim_source_attach (g_cancellable_source_new (cancellable), g_task_get_context (task),
                             G_PRIORITY_DEFAULT, G_SOURCE_FUNC (callback), task);
}

void
scim_source_clear (GSource **source)
{
  g_return_if_fail (source != NULL);

  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}
