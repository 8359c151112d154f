/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which pages of a list to ask for, and when it has ended: a list whose service may give fewer rows
 * than were asked for, repeat its first page past the end, and say any total (SCIM-SERVICES section
 * 3.1). Knows no I/O. */
typedef struct _RosterPaging RosterPaging;

typedef struct
{
  guint start; /* 1-based */
  guint count;
  gboolean fills_gap; /* the rest of a page that came shorter than its neighbours */
} RosterRange;

RosterPaging *roster_paging_new (guint page_size);
void roster_paging_free (RosterPaging *self);

/* The next page to ask for; FALSE: none for now. */
gboolean roster_paging_next (RosterPaging *self, RosterRange *range);
/* What a page held: n_rows, of which n_new had ids not seen before; total: -1 when not said. */
void roster_paging_take (
  RosterPaging *self, const RosterRange *range, guint n_rows, guint n_new, gint64 total);
/* A page was refused. TRUE: it lies past the total that the service said, which counts as the end.
 */
gboolean roster_paging_take_refusal (RosterPaging *self, const RosterRange *range);
/* A page did not come and is asked for once more. */
void roster_paging_put_back (RosterPaging *self, const RosterRange *range);
/* TRUE: the list has ended and nothing is on its way. */
gboolean roster_paging_is_done (const RosterPaging *self);
guint roster_paging_get_n_in_flight (const RosterPaging *self);
gint64 roster_paging_get_total (const RosterPaging *self); /* -1: not said */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterPaging, roster_paging_free)

G_END_DECLS
