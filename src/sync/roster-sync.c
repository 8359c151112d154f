/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-sync.h"

#include "client/scim-client-private.h"
#include "client/scim-source.h"
#include "sync/roster-sync-pass.h"

#define SIGNAL_INTERVAL_USEC (G_USEC_PER_SEC / 4)
#define REMOVALS_PER_SLICE   2000

struct _RosterSync
{
  GObject parent_instance;

  ScimClient *client;
  RosterIndex *index; /* borrowed */
  RosterExtractor *extractor;
  guint width;
  char *domain; /* nullable */

  RosterSyncState state;
  guint n_read;
  gint64 updated;
  gint64 total;
  gboolean exact;
  GError *error;

  RosterSyncPass *pass;  /* nullable: none runs */
  guint n_pages;         /* of this pass */
  GHashTable *touched;   /* id → ScimResource, or NULL when dropped: since this pass began */
  GPtrArray *leftovers;  /* nullable: ids still to be removed */
  gboolean is_settling;  /* everything was read; the end is told after the last "merged" */
  gboolean is_announced; /* the index is as it was at the last "merged" */
  gint64 announced_at;   /* monotonic */
  GSource *announcement; /* nullable */
  GSource *removal;      /* nullable */

  gint64 retry_at;     /* monotonic; 0: not waiting */
  GError *wait_reason; /* nullable */
};

G_DEFINE_FINAL_TYPE (RosterSync, roster_sync, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_N_READ,
  PROP_UPDATED,
  PROP_WAITING,
  N_PROPS,
};

enum
{
  MERGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static GSource *
attach_source (RosterSync *self, GSource *source, GSourceFunc callback)
{
  return scim_source_attach (source, g_main_context_get_thread_default (), G_PRIORITY_DEFAULT_IDLE,
                             callback, self);
}

static void
set_state (RosterSync *self, RosterSyncState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
update_n_read (RosterSync *self)
{
  if (self->pass == NULL || self->n_read == roster_sync_pass_get_n_seen (self->pass))
    return;
  self->n_read = roster_sync_pass_get_n_seen (self->pass);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_READ]);
}

static void
settle (RosterSync *self)
{
  g_autoptr (RosterSync) alive = g_object_ref (self);

  self->is_settling = FALSE;
  update_n_read (self);
  g_clear_pointer (&self->pass, roster_sync_pass_detach);
  if (self->error == NULL)
    {
      self->updated = g_get_real_time () / G_USEC_PER_SEC;
      self->exact = self->total == (gint64)self->n_read;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UPDATED]);
      set_state (self, ROSTER_SYNC_DONE);
    }
  else if (self->n_pages == 0 && g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->error);
      set_state (self, ROSTER_SYNC_IDLE);
    }
  else
    {
      set_state (self, ROSTER_SYNC_FAILED);
    }
}

static gboolean
announce_cb (gpointer user_data)
{
  RosterSync *self = user_data;
  g_autoptr (RosterSync) alive = g_object_ref (self);

  scim_source_clear (&self->announcement);
  self->is_announced = TRUE;
  self->announced_at = g_get_monotonic_time ();
  update_n_read (self);
  g_signal_emit (self, signals[MERGED], 0);
  if (self->is_settling && self->is_announced)
    settle (self);
  return G_SOURCE_REMOVE;
}

/* The index changed: says so now, or as soon as a quarter of a second has passed. */
static void
index_changed (RosterSync *self)
{
  gint64 wait = self->announced_at + SIGNAL_INTERVAL_USEC - g_get_monotonic_time ();

  self->is_announced = FALSE;
  if (self->announcement != NULL)
    return;
  if (wait <= 0)
    announce_cb (self);
  else
    self->announcement =
      attach_source (self, g_timeout_source_new ((guint)((wait + 999) / 1000)), announce_cb);
}

/* A page may have been read before a write of the person's: what the write's read-back showed
 * stays. */
static void
keep_touched (RosterSync *self, const GPtrArray *ids)
{
  for (guint i = 0; i < ids->len && g_hash_table_size (self->touched) > 0; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      gpointer user;

      if (!g_hash_table_lookup_extended (self->touched, id, NULL, &user))
        continue;
      if (user != NULL)
        {
          RosterBatch *batch = roster_extractor_new_batch (self->extractor);

          g_free (roster_extractor_add (self->extractor, user, batch));
          roster_index_merge (self->index, batch);
        }
      else
        {
          roster_index_remove (self->index, id);
        }
    }
}

static void
pass_page (RosterPage *page, gpointer user_data)
{
  RosterSync *self = user_data;

  self->n_pages++;
  self->total = roster_sync_pass_get_total (self->pass);
  if (page->batch == NULL)
    return;
  roster_index_merge (self->index, g_steal_pointer (&page->batch));
  keep_touched (self, page->ids);
  index_changed (self);
}

static void
pass_waiting (gint64 retry_at, const GError *error, gpointer user_data)
{
  RosterSync *self = user_data;

  self->retry_at = retry_at;
  g_clear_error (&self->wait_reason);
  self->wait_reason = error != NULL ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static RosterSnapshot *
pass_dup_snapshot (gpointer user_data)
{
  RosterSync *self = user_data;

  return roster_index_snapshot (self->index);
}

static gboolean
remove_slice_cb (gpointer user_data)
{
  RosterSync *self = user_data;

  for (guint i = 0; i < REMOVALS_PER_SLICE && self->leftovers->len > 0; i++)
    {
      g_autofree char *id =
        g_ptr_array_steal_index_fast (self->leftovers, self->leftovers->len - 1);

      /* Put meanwhile: it is not left over. */
      if (!g_hash_table_contains (self->touched, id))
        roster_index_remove (self->index, id);
    }
  if (self->leftovers->len > 0)
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  scim_source_clear (&self->removal);
  self->is_settling = TRUE;
  index_changed (self);
  return G_SOURCE_REMOVE;
}

static void
pass_ended (GPtrArray *leftovers, const GError *error, gpointer user_data)
{
  RosterSync *self = user_data;

  self->error = error != NULL ? g_error_copy (error) : NULL;
  self->total = roster_sync_pass_get_total (self->pass);
  if (leftovers != NULL && leftovers->len > 0)
    {
      self->leftovers = g_ptr_array_ref (leftovers);
      self->removal = attach_source (self, g_idle_source_new (), remove_slice_cb);
      return;
    }
  self->is_settling = TRUE;
  /* When nothing is left to say the end needs no "merged" before it; nor does one that went wrong,
   * which is told at once. */
  if (self->error != NULL ||
      (self->is_announced && self->n_read == roster_sync_pass_get_n_seen (self->pass)))
    settle (self);
  else
    index_changed (self);
}

static const RosterSyncPassFuncs pass_funcs = {
  .page = pass_page,
  .waiting = pass_waiting,
  .dup_snapshot = pass_dup_snapshot,
  .ended = pass_ended,
};

static void
unref_user (gpointer user)
{
  if (user != NULL)
    scim_resource_unref (user);
}

static void
roster_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterSync *self = ROSTER_SYNC (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_N_READ:
      g_value_set_uint (value, self->n_read);
      break;
    case PROP_UPDATED:
      g_value_set_int64 (value, self->updated);
      break;
    case PROP_WAITING:
      g_value_set_boolean (value, self->retry_at != 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_sync_dispose (GObject *object)
{
  RosterSync *self = ROSTER_SYNC (object);

  scim_source_clear (&self->announcement);
  scim_source_clear (&self->removal);
  g_clear_pointer (&self->pass, roster_sync_pass_detach);
  if (self->extractor != NULL)
    roster_extractor_close (self->extractor);
  g_clear_pointer (&self->extractor, roster_extractor_unref);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (roster_sync_parent_class)->dispose (object);
}

static void
roster_sync_finalize (GObject *object)
{
  RosterSync *self = ROSTER_SYNC (object);

  g_free (self->domain);
  g_clear_error (&self->error);
  g_clear_error (&self->wait_reason);
  g_clear_pointer (&self->touched, g_hash_table_unref);
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);

  G_OBJECT_CLASS (roster_sync_parent_class)->finalize (object);
}

static void
roster_sync_class_init (RosterSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = roster_sync_get_property;
  object_class->dispose = roster_sync_dispose;
  object_class->finalize = roster_sync_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROSTER_SYNC_IDLE,
                                             ROSTER_SYNC_FAILED, ROSTER_SYNC_IDLE, flags);
  properties[PROP_N_READ] = g_param_spec_uint ("n-read", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_UPDATED] = g_param_spec_int64 ("updated", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[MERGED] = g_signal_new ("merged", ROSTER_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
}

static void
roster_sync_init (RosterSync *self)
{
  self->total = -1;
  self->is_announced = TRUE;
  self->announced_at = -SIGNAL_INTERVAL_USEC;
  self->touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_user);
}

RosterSync *
roster_sync_new (ScimClient *client,
                 RosterIndex *index,
                 const RosterFieldSpec *fields,
                 guint n_fields,
                 RosterExtract extract,
                 gpointer extract_data,
                 guint width)
{
  RosterSync *self;

  g_return_val_if_fail (SCIM_IS_CLIENT (client), NULL);
  g_return_val_if_fail (index != NULL, NULL);
  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);
  g_return_val_if_fail (extract != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_SYNC, NULL);
  self->client = g_object_ref (client);
  self->index = index;
  self->extractor = roster_extractor_new (fields, n_fields, extract, extract_data);
  self->width = MAX (width, 1);
  return self;
}

void
roster_sync_start (RosterSync *self)
{
  g_return_if_fail (ROSTER_IS_SYNC (self));

  if (self->state == ROSTER_SYNC_RUNNING)
    {
      if (self->pass != NULL)
        roster_sync_pass_hurry (self->pass);
      return;
    }
  g_clear_error (&self->error);
  g_hash_table_remove_all (self->touched);
  self->n_pages = 0;
  self->n_read = 0;
  self->total = -1;
  self->exact = FALSE;
  self->pass = roster_sync_pass_start (self->client, self->extractor, self->domain, self->width,
                                       &pass_funcs, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_READ]);
  set_state (self, ROSTER_SYNC_RUNNING);
}

void
roster_sync_cancel (RosterSync *self)
{
  g_return_if_fail (ROSTER_IS_SYNC (self));

  if (self->pass != NULL)
    roster_sync_pass_cancel (self->pass);
}

RosterSyncState
roster_sync_get_state (RosterSync *self)
{
  g_return_val_if_fail (ROSTER_IS_SYNC (self), ROSTER_SYNC_IDLE);

  return self->state;
}

guint
roster_sync_get_n_read (RosterSync *self)
{
  g_return_val_if_fail (ROSTER_IS_SYNC (self), 0);

  return self->n_read;
}

gint64
roster_sync_get_updated (RosterSync *self)
{
  g_return_val_if_fail (ROSTER_IS_SYNC (self), 0);

  return self->updated;
}

gint64
roster_sync_get_total (RosterSync *self, gboolean *exact)
{
  g_return_val_if_fail (ROSTER_IS_SYNC (self), -1);

  if (exact != NULL)
    *exact = self->exact;
  return self->total;
}

const GError *
roster_sync_get_error (RosterSync *self)
{
  g_return_val_if_fail (ROSTER_IS_SYNC (self), NULL);

  return self->error;
}

guint
roster_sync_get_wait (RosterSync *self, const GError **reason)
{
  gint64 left;
  gint64 second;

  g_return_val_if_fail (ROSTER_IS_SYNC (self), 0);

  if (reason != NULL)
    *reason = self->wait_reason;
  if (self->retry_at == 0 || self->client == NULL)
    return 0;
  left = self->retry_at - g_get_monotonic_time ();
  second = (gint64)scim_client_get_second (self->client) * 1000;
  return (guint)MAX ((left + second - 1) / second, 1);
}

void
roster_sync_set_domain (RosterSync *self, const char *domain)
{
  g_return_if_fail (ROSTER_IS_SYNC (self));

  if (g_strcmp0 (self->domain, domain) == 0)
    return;
  g_free (self->domain);
  self->domain = g_strdup (domain);
}

void
roster_sync_put (RosterSync *self, const ScimResource *user)
{
  RosterBatch *batch;
  char *id;

  g_return_if_fail (ROSTER_IS_SYNC (self));
  g_return_if_fail (user != NULL);

  batch = roster_extractor_new_batch (self->extractor);
  id = roster_extractor_add (self->extractor, user, batch);
  roster_index_merge (self->index, batch);
  if (id == NULL)
    return;
  if (self->pass != NULL)
    g_hash_table_replace (self->touched, g_steal_pointer (&id),
                          scim_resource_ref ((ScimResource *)user));
  g_free (id);
  index_changed (self);
}

void
roster_sync_drop (RosterSync *self, const char *id)
{
  g_return_if_fail (ROSTER_IS_SYNC (self));
  g_return_if_fail (id != NULL);

  if (self->pass != NULL)
    g_hash_table_replace (self->touched, g_strdup (id), NULL);
  if (roster_index_remove (self->index, id))
    index_changed (self);
}
