/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-users-private.h"

G_BEGIN_DECLS

/* The keys that the table is sorted by, as columns; an array of RosterUsersSort that owns its
 * paths. */
GArray *roster_sort_keys_new (void);

typedef enum
{
  ROSTER_SORT_SAME,
  ROSTER_SORT_REVERSED, /* the same keys, all of them: the work of an order can be used again */
  ROSTER_SORT_OTHER,
} RosterSortChange;

/* paths are copied. */
RosterSortChange roster_sort_keys_set (GArray *self, const RosterUsersSort *keys, guint n);
/* The same as fields: an array of RosterSortKey. A column that the layout does not hold yet sorts
 * nothing. */
GArray *roster_sort_keys_resolve (GArray *self, RosterUserFields *fields);

/* "1,204 of 98,311 users". narrowed: a search is shown. exact: the total is proven. Owned. */
char *roster_users_make_count_text (guint n_matching,
                                    guint n_total,
                                    gboolean narrowed,
                                    gboolean exact);

G_END_DECLS
