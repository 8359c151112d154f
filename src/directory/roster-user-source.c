/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-user-source.h"

/* Of the two connections to a service one is left to the person. */
#define WIDTH 1

/* An index with its layout. The sync that fills it may outlive our interest in it: its worker
 * extracts with the layout until it notices that it was cancelled. */
typedef struct
{
  RosterUserFields *fields;
  RosterIndex *index;
} Filled;

struct _RosterUserSource
{
  GObject parent_instance;

  ScimClient *client;
  RosterUsers *users;
  char *domain;

  Filled *filled; /* borrowed from sync, which frees it at its end */
  RosterSync *sync;
  gboolean complete; /* a pass was completed */
  gint64 updated;

  RosterUserFields *wanted; /* nullable: a layout that is being prepared */
  GCancellable *converting;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RosterUserSource, roster_user_source, G_TYPE_OBJECT)

typedef struct
{
  RosterUserFields *from;
  RosterUserFields *to;
  RosterSnapshot *snapshot;
} Conversion;

static void
conversion_free (Conversion *conversion)
{
  roster_user_fields_unref (conversion->from);
  roster_user_fields_unref (conversion->to);
  roster_snapshot_unref (conversion->snapshot);
  g_free (conversion);
}

static void
filled_free (gpointer data, GObject *sync)
{
  Filled *filled = data;

  roster_index_free (filled->index);
  roster_user_fields_unref (filled->fields);
  g_free (filled);
}

static void
update_total (RosterUserSource *self)
{
  gboolean exact = FALSE;
  gint64 total = roster_sync_get_total (self->sync, &exact);

  /* While a list that was proven is read again, it stays proven: nothing says otherwise yet. */
  if (self->complete && roster_sync_get_state (self->sync) == ROSTER_SYNC_RUNNING)
    return;

  roster_users_set_total (self->users, total, exact);
}

static void
merged_cb (RosterUserSource *self)
{
  update_total (self);
  roster_users_index_changed (self->users);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
state_cb (RosterUserSource *self)
{
  if (roster_sync_get_state (self->sync) == ROSTER_SYNC_DONE)
    {
      self->complete = TRUE;
      self->updated = roster_sync_get_updated (self->sync);
    }
  update_total (self);
  roster_users_index_changed (self->users);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
waiting_cb (RosterUserSource *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
drop_sync (RosterUserSource *self)
{
  if (self->sync == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->sync, self);
  roster_sync_cancel (self->sync);
  self->filled = NULL;
  g_clear_object (&self->sync);
}

/* Shows another index from now on. rows: nullable: taken. */
static void
use_fields (RosterUserSource *self, RosterUserFields *fields, RosterBatch *rows)
{
  Filled *filled = g_new0 (Filled, 1);
  const RosterFieldSpec *specs;
  RosterSync *sync;
  guint n;

  filled->fields = roster_user_fields_ref (fields);
  specs = roster_user_fields_get_specs (fields, &n);
  filled->index = roster_index_new (specs, n);
  if (rows != NULL)
    roster_index_merge (filled->index, rows);

  sync = roster_sync_new (self->client, filled->index, specs, n, roster_user_fields_extract, fields,
                          WIDTH);
  g_object_weak_ref (G_OBJECT (sync), filled_free, filled);
  roster_sync_set_domain (sync, self->domain);
  g_signal_connect_object (sync, "merged", G_CALLBACK (merged_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::waiting", G_CALLBACK (waiting_cb), self,
                           G_CONNECT_SWAPPED);

  roster_users_set_index (self->users, filled->index, fields);
  drop_sync (self);
  self->filled = filled;
  self->sync = sync;
}

static void
convert_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Conversion *conversion = task_data;

  g_task_return_pointer (
    task, roster_user_fields_convert (conversion->to, conversion->from, conversion->snapshot),
    (GDestroyNotify)roster_batch_free);
}

static void
converted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterUserSource *self = ROSTER_USER_SOURCE (source);
  g_autoptr (RosterUserFields) fields = NULL;
  RosterBatch *rows = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: another layout took its place, or the source was closed. */
  if (rows == NULL)
    return;

  g_clear_object (&self->converting);
  fields = g_steal_pointer (&self->wanted);
  use_fields (self, fields, rows);
  roster_sync_start (self->sync);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
stop_converting (RosterUserSource *self)
{
  g_cancellable_cancel (self->converting);
  g_clear_object (&self->converting);
  g_clear_pointer (&self->wanted, roster_user_fields_unref);
}

static void
roster_user_source_dispose (GObject *object)
{
  RosterUserSource *self = ROSTER_USER_SOURCE (object);

  stop_converting (self);
  if (self->users != NULL)
    roster_users_set_index (self->users, NULL, NULL);
  drop_sync (self);
  g_clear_object (&self->users);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (roster_user_source_parent_class)->dispose (object);
}

static void
roster_user_source_finalize (GObject *object)
{
  g_free (ROSTER_USER_SOURCE (object)->domain);

  G_OBJECT_CLASS (roster_user_source_parent_class)->finalize (object);
}

static void
roster_user_source_class_init (RosterUserSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_user_source_dispose;
  object_class->finalize = roster_user_source_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_user_source_init (RosterUserSource *self)
{
}

RosterUserSource *
roster_user_source_new (ScimClient *client, RosterUsers *users, const char *domain)
{
  RosterUserSource *self;

  g_return_val_if_fail (SCIM_IS_CLIENT (client), NULL);
  g_return_val_if_fail (ROSTER_IS_USERS (users), NULL);

  self = g_object_new (ROSTER_TYPE_USER_SOURCE, NULL);
  self->client = g_object_ref (client);
  self->users = g_object_ref (users);
  self->domain = g_strdup (domain);

  return self;
}

void
roster_user_source_set_fields (RosterUserSource *self, RosterUserFields *fields)
{
  g_autoptr (GTask) task = NULL;
  Conversion *conversion;

  g_return_if_fail (ROSTER_IS_USER_SOURCE (self));
  g_return_if_fail (fields != NULL);

  if (self->sync == NULL)
    {
      use_fields (self, fields, NULL);
      return;
    }

  stop_converting (self);
  if (roster_user_fields_covers (self->filled->fields, fields))
    return;

  self->wanted = roster_user_fields_ref (fields);
  self->converting = g_cancellable_new ();
  conversion = g_new0 (Conversion, 1);
  conversion->from = roster_user_fields_ref (self->filled->fields);
  conversion->to = roster_user_fields_ref (fields);
  conversion->snapshot = roster_index_snapshot (self->filled->index);

  task = g_task_new (self, self->converting, converted_cb, NULL);
  g_task_set_source_tag (task, roster_user_source_set_fields);
  g_task_set_task_data (task, conversion, (GDestroyNotify)conversion_free);
  g_task_run_in_thread (task, convert_thread);
}

void
roster_user_source_refresh (RosterUserSource *self)
{
  g_return_if_fail (ROSTER_IS_USER_SOURCE (self));

  if (self->sync != NULL)
    roster_sync_start (self->sync);
}

void
roster_user_source_cancel (RosterUserSource *self)
{
  g_return_if_fail (ROSTER_IS_USER_SOURCE (self));

  if (self->sync != NULL)
    roster_sync_cancel (self->sync);
}

void
roster_user_source_close (RosterUserSource *self)
{
  g_return_if_fail (ROSTER_IS_USER_SOURCE (self));

  g_object_run_dispose (G_OBJECT (self));
}

RosterSync *
roster_user_source_get_sync (RosterUserSource *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_SOURCE (self), NULL);

  return self->sync;
}

gboolean
roster_user_source_get_refreshing (RosterUserSource *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_SOURCE (self), FALSE);

  return self->sync != NULL && roster_sync_get_state (self->sync) == ROSTER_SYNC_RUNNING;
}

guint
roster_user_source_get_n_rows (RosterUserSource *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_SOURCE (self), 0);

  return self->filled != NULL ? roster_index_get_n_rows (self->filled->index) : 0;
}

gint64
roster_user_source_get_updated (RosterUserSource *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_SOURCE (self), 0);

  return self->updated;
}
