/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"

G_BEGIN_DECLS

/* What is looked for: all words, in any order, each anywhere in any searched field. Case, accents
 * and the order of the fields do not matter. */
typedef struct _RosterQuery RosterQuery; /* immutable, refcounted */

RosterQuery *roster_query_new (const char *text);
RosterQuery *roster_query_ref (RosterQuery *self);
void roster_query_unref (RosterQuery *self);
gboolean roster_query_is_empty (const RosterQuery *self);
/* Folded, NULL-terminated, each once; not in the order they were typed. */
const char *const *roster_query_get_words (const RosterQuery *self);

/* Order of all living rows of a snapshot: by keys, the locale's rules, stable, empty values
 * last. */
typedef struct _RosterOrder RosterOrder; /* immutable, refcounted */

typedef struct
{
  guint field;
  gboolean descending;
} RosterSortKey;

/* Any thread. stop: nullable; set atomically by the caller; polled; NULL is returned when it was
 * set. previous: nullable: any order of a snapshot of the same index: its work is used again for
 * every field that is a key of both, in either direction. The locale must not change between. */
RosterOrder *roster_order_new (RosterSnapshot *snapshot,
                               const RosterSortKey *keys,
                               guint n_keys,
                               RosterOrder *previous,
                               const int *stop);
RosterOrder *roster_order_ref (RosterOrder *self);
void roster_order_unref (RosterOrder *self);

/* The rows that match, in order. */
typedef struct
{
  RosterSnapshot *snapshot;
  RosterRowId *rows;
  guint n_rows;
} RosterHits;

/* Any thread. order: nullable (order of insertion); of this index; rows of the snapshot that it
 * does not know come last. NULL only when *stop was set. */
RosterHits *roster_search (RosterSnapshot *snapshot,
                           const RosterQuery *query,
                           const RosterOrder *order,
                           const int *stop);
void roster_hits_free (RosterHits *self);
/* Does one row match? For rows that arrive while a search is shown. */
gboolean roster_search_row_matches (const RosterSnapshot *snapshot,
                                    RosterRowId row,
                                    const RosterQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterQuery, roster_query_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterOrder, roster_order_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterHits, roster_hits_free)

G_END_DECLS
