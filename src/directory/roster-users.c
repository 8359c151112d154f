/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-users-private.h"
#include "directory/roster-users-query.h"
#include "directory/roster-users-sort.h"

/* Growing from fewer rows than a view keeps bound (206 on GTK 4.8) to many makes it build all of
 * them before the next frame: 150 ms. So it grows by a screenful at a time, each of which is
 * painted before the next one. */
#define SCREENFUL     48
#define BOUND_BY_VIEW 206
#define STEP_MS       40
/* Merges run the query at most four times a second. */
#define MERGE_INTERVAL_MS 250

struct _RosterUsers
{
  GObject parent_instance;

  RosterIndex *index; /* borrowed; nullable */
  RosterUserFields *fields;
  RosterSnapshot *snapshot; /* of the index as the last started run saw it */

  /* What is wanted */
  char *search;
  RosterQuery *query;
  GArray *sort; /* RosterUsersSort with owned paths */

  int *stop;            /* of the run under way; NULL: none */
  gboolean dirty;       /* the index changed since the snapshot */
  gboolean other_index; /* row numbers of before mean nothing now */
  gboolean searching;

  /* What is shown */
  RosterHits *hits; /* nullable: nothing yet */
  RosterQuery *shown_query;
  RosterUserFields *shown_fields;
  RosterOrder *order;
  RosterSnapshot *order_snapshot;
  guint n_items;
  GHashTable *rows; /* position → RosterUserRow, borrowed: those that somebody holds */
  guint next_step;

  guint merge_timer;
  gint64 merged_at; /* monotonic */

  gint64 total;
  gboolean total_exact;
  guint n_matching;
  guint n_total;
  char *count_text;
};

enum
{
  PROP_0,
  PROP_N_MATCHING,
  PROP_N_TOTAL,
  PROP_COUNT_TEXT,
  PROP_SEARCHING,
  N_PROPS
};

enum
{
  SIGNAL_REFILLED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Who waits for a run. users is borrowed: it may be gone once *stop is set. */
typedef struct
{
  RosterUsers *users;
  int *stop;
} Waiting;

static void list_model_iface_init (GListModelInterface *iface);
static void start_run (RosterUsers *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterUsers,
                               roster_users,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What the service says counts while it may be more than was read; a proven total is what was read.
 */
static void
update_counts (RosterUsers *self)
{
  GObject *object = G_OBJECT (self);
  guint known = self->index != NULL ? roster_index_get_n_rows (self->index) : 0;
  guint n_total = known;
  guint n_matching = self->hits != NULL ? self->hits->n_rows : 0;
  g_autofree char *count_text = NULL;

  if (!self->total_exact && self->total > known)
    n_total = (guint)MIN (self->total, G_MAXUINT);

  g_object_freeze_notify (object);
  if (self->n_total != n_total)
    {
      self->n_total = n_total;
      g_object_notify_by_pspec (object, properties[PROP_N_TOTAL]);
    }
  if (self->n_matching != n_matching)
    {
      self->n_matching = n_matching;
      g_object_notify_by_pspec (object, properties[PROP_N_MATCHING]);
    }
  count_text = roster_users_make_count_text (
    n_matching, n_total, !roster_query_is_empty (self->shown_query), self->total_exact);
  if (g_strcmp0 (self->count_text, count_text) != 0)
    {
      g_free (self->count_text);
      self->count_text = g_steal_pointer (&count_text);
      g_object_notify_by_pspec (object, properties[PROP_COUNT_TEXT]);
    }
  g_object_thaw_notify (object);
}

static void
set_searching (RosterUsers *self, gboolean searching)
{
  if (self->searching == searching)
    return;

  self->searching = searching;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCHING]);
}

/* Somebody may drop a row from its own "changed" handler: work on references. */
static GPtrArray *
dup_rows (RosterUsers *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));

  return rows;
}

static void
detach_from (RosterUsers *self, guint first)
{
  GHashTableIter iter;
  gpointer position;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &position, &row))
    if (GPOINTER_TO_UINT (position) >= first)
      {
        roster_user_row_detach (row);
        g_hash_table_iter_remove (&iter);
      }
}

/* The only place where the length changes, always at the end. */
static void
resize (RosterUsers *self, guint n_items)
{
  guint before = self->n_items;

  if (n_items == before)
    return;

  if (n_items < before)
    detach_from (self, n_items);
  self->n_items = n_items;
  g_list_model_items_changed (G_LIST_MODEL (self), MIN (before, n_items),
                              before > n_items ? before - n_items : 0,
                              n_items > before ? n_items - before : 0);
}

/* The length that a view can take at once on the way to n_items. */
static guint
get_next_length (RosterUsers *self, guint n_items)
{
  if (self->n_items < BOUND_BY_VIEW && n_items > self->n_items + SCREENFUL)
    return self->n_items + SCREENFUL;

  return n_items;
}

static gboolean
next_step_cb (gpointer user_data)
{
  RosterUsers *self = user_data;
  guint n = self->hits->n_rows;

  resize (self, get_next_length (self, n));
  if (self->n_items < n)
    return G_SOURCE_CONTINUE;

  self->next_step = 0;
  g_signal_emit (self, signals[SIGNAL_REFILLED], 0);

  return G_SOURCE_REMOVE;
}

/* Re-fills the rows that stay and then changes the length. redraw: every row must be drawn again,
 * because other words are marked in the texts or the row numbers are another index's. */
static void
show_hits (RosterUsers *self, gboolean redraw)
{
  g_autoptr (GPtrArray) rows = NULL;
  guint n = self->hits != NULL ? self->hits->n_rows : 0;

  g_clear_handle_id (&self->next_step, g_source_remove);
  detach_from (self, n);
  rows = dup_rows (self);
  for (guint i = 0; i < rows->len; i++)
    {
      RosterUserRow *row = rows->pdata[i];
      guint position = roster_user_row_get_position (row);
      gboolean other = roster_user_row_fill (row, self->hits->snapshot, self->hits->rows[position],
                                             self->shown_fields, redraw);

      if (other)
        roster_user_row_emit_changed (row);
    }

  resize (self, get_next_length (self, n));
  if (self->n_items < n)
    self->next_step = g_timeout_add (STEP_MS, next_step_cb, self);

  update_counts (self);
  g_signal_emit (self, signals[SIGNAL_REFILLED], 0);
}

static void
take_result (RosterUsers *self, RosterQueryResult *found)
{
  gboolean redraw = self->shown_query != self->query || self->other_index;

  g_clear_pointer (&self->shown_query, roster_query_unref);
  self->shown_query = roster_query_ref (self->query);
  g_clear_pointer (&self->shown_fields, roster_user_fields_unref);
  self->shown_fields = roster_user_fields_ref (self->fields);
  g_clear_pointer (&self->hits, roster_hits_free);
  self->hits = g_steal_pointer (&found->hits);
  g_clear_pointer (&self->order, roster_order_unref);
  self->order = g_steal_pointer (&found->order);
  g_clear_pointer (&self->order_snapshot, roster_snapshot_unref);
  self->order_snapshot = roster_snapshot_ref (self->snapshot);
  self->other_index = FALSE;

  set_searching (self, FALSE);
  show_hits (self, redraw);
}

static void
query_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Waiting *waiting = user_data;
  g_autoptr (RosterQueryResult) found = roster_users_query_finish (result, NULL);
  gboolean stopped = g_atomic_int_get (waiting->stop) != 0;
  RosterUsers *self = waiting->users;

  g_atomic_rc_box_release (g_steal_pointer (&waiting->stop));
  if (stopped || found == NULL)
    return;

  g_object_ref (self);
  g_clear_pointer (&self->stop, g_atomic_rc_box_release);
  take_result (self, found);
  if (self->dirty && self->stop == NULL)
    roster_users_index_changed (self);
  g_object_unref (self);
}

static void
stop_run (RosterUsers *self)
{
  if (self->stop == NULL)
    return;

  g_atomic_int_set (self->stop, 1);
  g_clear_pointer (&self->stop, g_atomic_rc_box_release);
}

/* Takes the place of a run under way: the newest wins. */
static void
start_run (RosterUsers *self)
{
  g_autoptr (GArray) keys = NULL;
  Waiting *waiting;

  stop_run (self);
  g_clear_handle_id (&self->merge_timer, g_source_remove);
  if (self->index == NULL)
    {
      g_clear_pointer (&self->hits, roster_hits_free);
      set_searching (self, FALSE);
      show_hits (self, TRUE);
      return;
    }

  if (self->dirty || self->snapshot == NULL)
    {
      g_clear_pointer (&self->snapshot, roster_snapshot_unref);
      self->snapshot = roster_index_snapshot (self->index);
      self->dirty = FALSE;
      self->merged_at = g_get_monotonic_time ();
    }

  keys = roster_sort_keys_resolve (self->sort, self->fields);
  self->stop = g_atomic_rc_box_new0 (int);
  waiting = g_new (Waiting, 1);
  waiting->users = self;
  waiting->stop = g_atomic_rc_box_acquire (self->stop);
  roster_users_query_async (self->snapshot, self->query, (const RosterSortKey *)keys->data,
                            keys->len, self->order, self->order_snapshot == self->snapshot,
                            self->stop, query_cb, waiting);
}

static gboolean
merge_timer_cb (gpointer user_data)
{
  RosterUsers *self = user_data;

  self->merge_timer = 0;
  /* A run that takes longer than the merges come would never end if each of them stopped it. */
  if (self->stop == NULL)
    start_run (self);

  return G_SOURCE_REMOVE;
}

static GType
roster_users_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_USER_ROW;
}

static guint
roster_users_get_n_items (GListModel *model)
{
  return ROSTER_USERS (model)->n_items;
}

static gpointer
roster_users_get_item (GListModel *model, guint position)
{
  RosterUsers *self = ROSTER_USERS (model);
  RosterUserRow *row;

  if (position >= self->n_items)
    return NULL;

  row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);

  row = roster_user_row_new (self, position);
  roster_user_row_fill (row, self->hits->snapshot, self->hits->rows[position], self->shown_fields,
                        TRUE);
  g_hash_table_insert (self->rows, GUINT_TO_POINTER (position), row);

  return row;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = roster_users_get_item_type;
  iface->get_n_items = roster_users_get_n_items;
  iface->get_item = roster_users_get_item;
}

static void
roster_users_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterUsers *self = ROSTER_USERS (object);

  switch (prop_id)
    {
    case PROP_N_MATCHING:
      g_value_set_uint (value, self->n_matching);
      break;
    case PROP_N_TOTAL:
      g_value_set_uint (value, self->n_total);
      break;
    case PROP_COUNT_TEXT:
      g_value_set_string (value, self->count_text);
      break;
    case PROP_SEARCHING:
      g_value_set_boolean (value, self->searching);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_users_dispose (GObject *object)
{
  RosterUsers *self = ROSTER_USERS (object);

  stop_run (self);
  g_clear_handle_id (&self->next_step, g_source_remove);
  g_clear_handle_id (&self->merge_timer, g_source_remove);
  detach_from (self, 0);

  G_OBJECT_CLASS (roster_users_parent_class)->dispose (object);
}

static void
roster_users_finalize (GObject *object)
{
  RosterUsers *self = ROSTER_USERS (object);

  g_clear_pointer (&self->fields, roster_user_fields_unref);
  g_clear_pointer (&self->shown_fields, roster_user_fields_unref);
  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  g_clear_pointer (&self->order_snapshot, roster_snapshot_unref);
  g_clear_pointer (&self->query, roster_query_unref);
  g_clear_pointer (&self->shown_query, roster_query_unref);
  g_clear_pointer (&self->hits, roster_hits_free);
  g_clear_pointer (&self->order, roster_order_unref);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->sort, g_array_unref);
  g_free (self->search);
  g_free (self->count_text);

  G_OBJECT_CLASS (roster_users_parent_class)->finalize (object);
}

static void
roster_users_class_init (RosterUsersClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_users_get_property;
  object_class->dispose = roster_users_dispose;
  object_class->finalize = roster_users_finalize;

  properties[PROP_N_MATCHING] =
    g_param_spec_uint ("n-matching", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_TOTAL] = g_param_spec_uint ("n-total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_COUNT_TEXT] = g_param_spec_string ("count-text", NULL, NULL, NULL, flags);
  properties[PROP_SEARCHING] = g_param_spec_boolean ("searching", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_REFILLED] = g_signal_new ("refilled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_users_init (RosterUsers *self)
{
  self->search = g_strdup ("");
  self->query = roster_query_new ("");
  self->shown_query = roster_query_ref (self->query);
  self->sort = roster_sort_keys_new ();
  self->rows = g_hash_table_new (NULL, NULL);
  self->total = -1;
  self->count_text = roster_users_make_count_text (0, 0, FALSE, FALSE);
}

RosterUsers *
roster_users_new (void)
{
  return g_object_new (ROSTER_TYPE_USERS, NULL);
}

void
roster_users_row_gone (RosterUsers *self, guint position)
{
  g_hash_table_remove (self->rows, GUINT_TO_POINTER (position));
}

void
roster_users_set_index (RosterUsers *self, RosterIndex *index, RosterUserFields *fields)
{
  g_return_if_fail (ROSTER_IS_USERS (self));
  g_return_if_fail ((index == NULL) == (fields == NULL));

  stop_run (self);
  self->index = index;
  g_clear_pointer (&self->fields, roster_user_fields_unref);
  self->fields = fields != NULL ? roster_user_fields_ref (fields) : NULL;
  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  g_clear_pointer (&self->order, roster_order_unref);
  g_clear_pointer (&self->order_snapshot, roster_snapshot_unref);
  self->dirty = TRUE;
  self->other_index = TRUE;
  start_run (self);
}

void
roster_users_index_changed (RosterUsers *self)
{
  gint64 wait;

  g_return_if_fail (ROSTER_IS_USERS (self));

  self->dirty = TRUE;
  if (self->stop != NULL || self->merge_timer != 0)
    return;

  wait = MERGE_INTERVAL_MS - (g_get_monotonic_time () - self->merged_at) / 1000;
  if (wait <= 0)
    start_run (self);
  else
    self->merge_timer = g_timeout_add ((guint)wait, merge_timer_cb, self);
}

void
roster_users_set_total (RosterUsers *self, gint64 total, gboolean exact)
{
  g_return_if_fail (ROSTER_IS_USERS (self));

  self->total = total;
  self->total_exact = exact;
  update_counts (self);
}

/* Everybody of the index as it is now, not as it was when the shown query ran. */
guint
roster_users_count_plain_user_name (RosterUsers *self, const char *plain)
{
  g_autoptr (RosterSnapshot) snapshot = NULL;
  g_autoptr (RosterQuery) everybody = NULL;
  g_autoptr (RosterHits) all = NULL;
  g_autofree char *wanted = NULL;
  guint field;
  guint n = 0;

  g_return_val_if_fail (ROSTER_IS_USERS (self), 0);
  g_return_val_if_fail (plain != NULL, 0);

  if (self->index == NULL)
    return 0;

  snapshot = roster_index_snapshot (self->index);
  everybody = roster_query_new ("");
  all = roster_search (snapshot, everybody, NULL, NULL);
  field = roster_user_fields_find (self->fields, "userName");
  wanted = g_utf8_normalize (plain, -1, G_NORMALIZE_NFC);

  for (guint i = 0; i < all->n_rows; i++)
    {
      const char *text = roster_snapshot_get_text (snapshot, all->rows[i], field);
      g_autofree char *name =
        g_str_is_ascii (text) ? NULL : g_utf8_normalize (text, -1, G_NORMALIZE_NFC);

      if (g_strcmp0 (name != NULL ? name : text, wanted) == 0)
        n++;
    }

  return n;
}

const char *
roster_users_get_count_text (RosterUsers *self)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), NULL);

  return self->count_text;
}

guint
roster_users_get_n_matching (RosterUsers *self)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), 0);

  return self->n_matching;
}

guint
roster_users_get_n_total (RosterUsers *self)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), 0);

  return self->n_total;
}

void
roster_users_set_search (RosterUsers *self, const char *text)
{
  g_return_if_fail (ROSTER_IS_USERS (self));

  if (text == NULL)
    text = "";
  if (g_str_equal (self->search, text))
    return;

  g_free (self->search);
  self->search = g_strdup (text);
  g_clear_pointer (&self->query, roster_query_unref);
  self->query = roster_query_new (text);
  if (self->index != NULL)
    set_searching (self, TRUE);
  start_run (self);
}

const char *
roster_users_get_search (RosterUsers *self)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), "");

  return self->search;
}

const char *const *
roster_users_get_words (RosterUsers *self)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), NULL);

  return roster_query_get_words (self->shown_query);
}

GArray *
roster_users_find_matches (RosterUsers *self, const char *text)
{
  g_return_val_if_fail (ROSTER_IS_USERS (self), NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return roster_find_matches (text, roster_query_get_words (self->shown_query));
}

void
roster_users_set_sort (RosterUsers *self, const RosterUsersSort *keys, guint n)
{
  RosterSortChange change;

  g_return_if_fail (ROSTER_IS_USERS (self));
  g_return_if_fail (keys != NULL || n == 0);

  change = roster_sort_keys_set (self->sort, keys, n);
  if (change == ROSTER_SORT_SAME)
    return;
  if (change == ROSTER_SORT_OTHER)
    g_clear_pointer (&self->order, roster_order_unref);
  g_clear_pointer (&self->order_snapshot, roster_snapshot_unref);

  if (self->index != NULL)
    set_searching (self, TRUE);
  start_run (self);
}

guint
roster_users_find_position (RosterUsers *self, const char *id)
{
  RosterRowId row = ROSTER_ROW_NONE;

  g_return_val_if_fail (ROSTER_IS_USERS (self), G_MAXUINT);
  g_return_val_if_fail (id != NULL, G_MAXUINT);

  if (self->hits == NULL)
    return G_MAXUINT;

  /* Comparing numbers is quick; they mean the shown rows only while the index is as it was. */
  if (self->index != NULL && !self->dirty && !self->other_index)
    {
      row = roster_index_find (self->index, id);
      if (row == ROSTER_ROW_NONE)
        return G_MAXUINT;
    }

  for (guint i = 0; i < self->n_items; i++)
    if (row != ROSTER_ROW_NONE
          ? self->hits->rows[i] == row
          : g_str_equal (roster_snapshot_get_id (self->hits->snapshot, self->hits->rows[i]), id))
      return i;

  return G_MAXUINT;
}
