/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-users-private.h"
#include "sync/roster-sync.h"

G_BEGIN_DECLS

/* Where the table's users come from: the index, its layout and the sync that fills it. When other
 * columns are chosen, the index is made anew from the old one and then read again, while the table
 * goes on. Signal "changed": what the sync is doing. */
#define ROSTER_TYPE_USER_SOURCE (roster_user_source_get_type ())
G_DECLARE_FINAL_TYPE (RosterUserSource, roster_user_source, ROSTER, USER_SOURCE, GObject)

/* domain: nullable. */
RosterUserSource *roster_user_source_new (ScimClient *client,
                                          RosterUsers *users,
                                          const char *domain);
/* Takes effect at once when it is the first; nothing happens when the layout that is used covers
 * it. */
void roster_user_source_set_fields (RosterUserSource *self, RosterUserFields *fields);
void roster_user_source_refresh (RosterUserSource *self);
void roster_user_source_cancel (RosterUserSource *self);
/* Cancels and leaves the model empty; final. */
void roster_user_source_close (RosterUserSource *self);

RosterSync *roster_user_source_get_sync (RosterUserSource *self); /* NULL before the first layout */
gboolean roster_user_source_get_refreshing (RosterUserSource *self);
guint roster_user_source_get_n_rows (RosterUserSource *self);
gint64 roster_user_source_get_updated (RosterUserSource *self); /* Unix seconds; 0: never */

G_END_DECLS
