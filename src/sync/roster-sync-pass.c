/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-sync-pass.h"

#include "client/scim-backoff.h"
#include "client/scim-source.h"
#include "sync/roster-leftovers.h"
#include "sync/roster-paging.h"

#define DEFAULT_PAGE_SIZE 100
/* Far above what an index holds well: a list that goes on is not a list of people. */
#define MAX_USERS 4000000

/* What is known in each state:
 *
 * READING    pages are on their way; or `retry` is set, and none is asked for until it fires; or
 *            `error` is set and those on their way are being cancelled
 * COMPARING  the list was read to its end; a worker reads `seen`
 * ENDED      the owner was told */
typedef enum
{
  READING,
  COMPARING,
  ENDED,
} PassState;

struct _RosterSyncPass
{
  PassState state;
  ScimClient *client;
  RosterExtractor *extractor;
  const RosterSyncPassFuncs *funcs; /* NULL: detached */
  gpointer user_data;
  GCancellable *cancellable;
  RosterPaging *paging;
  char *domain; /* nullable */
  guint width;
  GHashTable *seen; /* ids, owned by seen_text */
  GStringChunk *seen_text;
  guint n_seen;
  guint n_unusable; /* rows without an id, or that were no objects */
  GError *error;    /* the first one that lasts */
  ScimBackoff *backoff;
  GSource *retry; /* nullable */
};

/* One page on its way; user data of its steps. */
typedef struct
{
  RosterSyncPass *pass;
  RosterRange range;
} PageRequest;

static void pass_next (RosterSyncPass *self);

static void
pass_clear (gpointer data)
{
  RosterSyncPass *self = data;

  g_clear_object (&self->client);
  g_clear_pointer (&self->extractor, roster_extractor_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->paging, roster_paging_free);
  g_free (self->domain);
  g_clear_pointer (&self->seen, g_hash_table_unref);
  g_clear_pointer (&self->seen_text, g_string_chunk_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->backoff, scim_backoff_free);
  scim_source_clear (&self->retry);
}

static RosterSyncPass *
pass_ref (RosterSyncPass *self)
{
  return g_rc_box_acquire (self);
}

static void
pass_unref (RosterSyncPass *self)
{
  g_rc_box_release_full (self, pass_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSyncPass, pass_unref)

static void
page_request_free (PageRequest *request)
{
  pass_unref (request->pass);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PageRequest, page_request_free)

static void
pass_tell_wait (RosterSyncPass *self, gint64 retry_at, const GError *error)
{
  if (self->funcs != NULL)
    self->funcs->waiting (retry_at, error, self->user_data);
}

/* Takes the error. One is enough: what else is on its way is called back. */
static void
pass_fail (RosterSyncPass *self, GError *error)
{
  if (self->retry != NULL)
    {
      scim_source_clear (&self->retry);
      pass_tell_wait (self, 0, NULL);
    }
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  g_cancellable_cancel (self->cancellable);
}

static void
pass_end (RosterSyncPass *self, GPtrArray *leftovers)
{
  self->state = ENDED;
  if (self->funcs != NULL)
    self->funcs->ended (leftovers, self->error, self->user_data);
}

static guint
pass_count_new (RosterSyncPass *self, const RosterPage *page)
{
  guint n_new = 0;

  for (guint i = 0; i < page->ids->len; i++)
    {
      const char *id = g_ptr_array_index (page->ids, i);

      if (g_hash_table_contains (self->seen, id))
        continue;
      g_hash_table_add (self->seen, g_string_chunk_insert (self->seen_text, id));
      n_new++;
    }
  self->n_seen += n_new;
  self->n_unusable += page->n_rows - page->ids->len;
  return n_new;
}

/* The service says that there are users, and gives none that could be shown: an empty list would be
 * a lie. */
static gboolean
is_contradiction (const RosterRange *range, const RosterPage *page)
{
  return range->start == 1 && page->ids->len == 0 && (page->n_rows > 0 || page->total > 0);
}

static void
pass_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageRequest) request = user_data;
  RosterSyncPass *self = request->pass;
  g_autoptr (RosterPage) page = NULL;
  GError *error = NULL;
  guint n_new = 0;

  page = roster_page_new_finish (result, &error);
  if (page != NULL)
    n_new = pass_count_new (self, page);
  else
    pass_fail (self, error);
  roster_paging_take (self->paging, &request->range, page != NULL ? page->n_rows : 0, n_new,
                      page != NULL ? page->total : -1);
  if (page != NULL && is_contradiction (&request->range, page))
    pass_fail (
      self, scim_error_new (SCIM_ERROR_PROTOCOL, "The service has users and gives none of them"));
  if (self->n_seen > MAX_USERS)
    pass_fail (self, scim_error_new (SCIM_ERROR_ENDLESS,
                                     "The service's list does not end after %d users", MAX_USERS));
  if (page != NULL && self->funcs != NULL)
    self->funcs->page (page, self->user_data);
  pass_next (self);
}

static gboolean
pass_retry_cb (gpointer user_data)
{
  RosterSyncPass *self = user_data;
  g_autoptr (RosterSyncPass) alive = pass_ref (self);
  GError *error = NULL;

  scim_source_clear (&self->retry);
  pass_tell_wait (self, 0, NULL);
  if (g_cancellable_set_error_if_cancelled (self->cancellable, &error))
    pass_fail (self, error);
  pass_next (self);
  return G_SOURCE_REMOVE;
}

/* TRUE: the page is asked for again later. One wait is enough for all pages that fail meanwhile. */
static gboolean
pass_wait (RosterSyncPass *self, const RosterRange *range, const GError *error)
{
  gint64 now = g_get_monotonic_time ();
  guint milliseconds;

  if (self->error != NULL || !scim_backoff_may_pass (error))
    return FALSE;
  if (self->retry == NULL)
    {
      if (!scim_backoff_next (self->backoff, error, now, &milliseconds))
        return FALSE;
      self->retry = scim_source_attach (g_timeout_source_new (milliseconds),
                                        g_main_context_get_thread_default (),
                                        G_PRIORITY_DEFAULT_IDLE, pass_retry_cb, self);
      pass_tell_wait (self, now + (gint64)milliseconds * 1000, error);
    }
  roster_paging_put_back (self->paging, range);
  return TRUE;
}

/* Asked for a page past the end, some services refuse instead of giving an empty one. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, SCIM_ERROR, SCIM_ERROR_BAD_REQUEST) ||
         g_error_matches (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE) ||
         g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND);
}

static void
pass_list_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (PageRequest) request = user_data;
  RosterSyncPass *self = request->pass;
  g_autoptr (GError) error = NULL;
  ScimList *list;

  list = scim_client_list_finish (SCIM_CLIENT (source), result, &error);
  if (list != NULL)
    {
      scim_backoff_reset (self->backoff, g_get_monotonic_time ());
      roster_page_new_async (self->extractor, list, self->cancellable, pass_page_cb,
                             g_steal_pointer (&request));
      return;
    }
  if (!pass_wait (self, &request->range, error) &&
      (!roster_paging_take_refusal (self->paging, &request->range) || !is_refusal (error)))
    pass_fail (self, g_steal_pointer (&error));
  pass_next (self);
}

static void
pass_compared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterSyncPass) self = user_data;
  g_autoptr (GPtrArray) leftovers = NULL;
  GError *error = NULL;

  leftovers = roster_leftovers_find_finish (result, &error);
  if (leftovers == NULL)
    pass_fail (self, error);
  pass_end (self, leftovers);
}

/* A worker reads the set from here on, and nobody changes it; the pass keeps the text of its keys
 * until the worker is done. */
static void
pass_compare (RosterSyncPass *self)
{
  g_autoptr (RosterSnapshot) snapshot = NULL;

  self->state = COMPARING;
  if (self->funcs == NULL || self->n_unusable > 0)
    {
      pass_end (self, NULL);
      return;
    }
  snapshot = self->funcs->dup_snapshot (self->user_data);
  roster_leftovers_find_async (snapshot, g_hash_table_ref (self->seen), self->cancellable,
                               pass_compared_cb, pass_ref (self));
}

static void
pass_ask (RosterSyncPass *self, const RosterRange *range)
{
  const ScimDialect *dialect = scim_client_get_dialect (self->client);
  PageRequest *request = g_new0 (PageRequest, 1);
  ScimQuery query = {
    .excluded = dialect->list_excluded,
    .domain = dialect->names_user_store ? self->domain : NULL,
    .start_index = range->start,
    .count = range->count,
  };

  request->pass = pass_ref (self);
  request->range = *range;
  scim_client_list_async (self->client, &query, SCIM_PRIORITY_BACKGROUND, self->cancellable,
                          pass_list_cb, request);
}

static void
pass_next (RosterSyncPass *self)
{
  RosterRange range;

  if (self->state != READING)
    return;
  while (self->error == NULL && self->retry == NULL &&
         roster_paging_get_n_in_flight (self->paging) < self->width &&
         roster_paging_next (self->paging, &range))
    pass_ask (self, &range);
  if (self->error != NULL && roster_paging_get_n_in_flight (self->paging) == 0)
    pass_end (self, NULL);
  else if (self->error == NULL && self->retry == NULL && roster_paging_is_done (self->paging))
    pass_compare (self);
}

RosterSyncPass *
roster_sync_pass_start (ScimClient *client,
                        RosterExtractor *extractor,
                        const char *domain,
                        guint width,
                        const RosterSyncPassFuncs *funcs,
                        gpointer user_data)
{
  RosterSyncPass *self = g_rc_box_new0 (RosterSyncPass);
  guint page_size = scim_client_get_dialect (client)->page_size;

  self->state = READING;
  self->client = g_object_ref (client);
  self->extractor = roster_extractor_ref (extractor);
  self->funcs = funcs;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->paging = roster_paging_new (page_size > 0 ? page_size : DEFAULT_PAGE_SIZE);
  self->backoff = scim_client_new_backoff (client, SCIM_PRIORITY_BACKGROUND);
  self->domain = g_strdup (domain);
  self->width = MAX (width, 1);
  self->seen = g_hash_table_new (g_str_hash, g_str_equal);
  self->seen_text = g_string_chunk_new (64 * 1024);
  pass_next (self);
  return self;
}

void
roster_sync_pass_cancel (RosterSyncPass *self)
{
  g_cancellable_cancel (self->cancellable);
  roster_sync_pass_hurry (self);
}

void
roster_sync_pass_hurry (RosterSyncPass *self)
{
  if (self->retry != NULL)
    g_source_set_ready_time (self->retry, 0);
}

void
roster_sync_pass_detach (RosterSyncPass *self)
{
  self->funcs = NULL;
  scim_source_clear (&self->retry);
  g_cancellable_cancel (self->cancellable);
  pass_unref (self);
}

guint
roster_sync_pass_get_n_seen (const RosterSyncPass *self)
{
  return self->n_seen;
}

gint64
roster_sync_pass_get_total (const RosterSyncPass *self)
{
  return roster_paging_get_total (self->paging);
}
