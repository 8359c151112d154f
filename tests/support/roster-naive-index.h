/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/roster-people.h"

G_BEGIN_DECLS

/* Finding and sorting people in the plainest way there is, to compare the index with. Shares no
 * code with it. */
typedef struct _RosterNaiveIndex RosterNaiveIndex;

typedef struct
{
  guint field;
  gboolean descending;
} RosterNaiveKey;

RosterNaiveIndex *roster_naive_index_new (const gboolean searched[ROSTER_PERSON_N_FIELDS]);
void roster_naive_index_free (RosterNaiveIndex *self);
void roster_naive_index_put (RosterNaiveIndex *self, const RosterPerson *person);
gboolean roster_naive_index_remove (RosterNaiveIndex *self, const char *id);
guint roster_naive_index_get_n (RosterNaiveIndex *self);
const RosterPerson *roster_naive_index_get (RosterNaiveIndex *self, guint i);
char *roster_naive_fold (const char *text);
/* Ids, borrowed. */
GPtrArray *roster_naive_index_search (RosterNaiveIndex *self,
                                      const char *text,
                                      const RosterNaiveKey *keys,
                                      guint n_keys);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterNaiveIndex, roster_naive_index_free)

G_END_DECLS
