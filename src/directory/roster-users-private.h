/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-user-fields.h"
#include "directory/roster-users.h"
#include "index/roster-search.h"

G_BEGIN_DECLS

/* For the other files of this room. */

RosterUsers *roster_users_new (void);
/* The index to show and its layout; both NULL shows nobody. index is borrowed until the next call.
 */
void roster_users_set_index (RosterUsers *self, RosterIndex *index, RosterUserFields *fields);
/* The index changed: the query runs again, at most four times a second. */
void roster_users_index_changed (RosterUsers *self);
/* total: the service's count, -1 when not said. exact: it is proven. */
void roster_users_set_total (RosterUsers *self, gint64 total, gboolean exact);
/* How many users of the index have this user name, not counting the user store before it. Exact,
 * NFC, case-sensitive. */
guint roster_users_count_plain_user_name (RosterUsers *self, const char *plain);

/* A row object of one position; owner is told when it goes. */
RosterUserRow *roster_user_row_new (RosterUsers *owner, guint position);
guint roster_user_row_get_position (RosterUserRow *self);
/* Takes the row of a snapshot; TRUE when that is another row than before, or force. */
gboolean roster_user_row_fill (RosterUserRow *self,
                               RosterSnapshot *snapshot,
                               RosterRowId row,
                               RosterUserFields *fields,
                               gboolean force);
void roster_user_row_emit_changed (RosterUserRow *self);
/* The row leaves the model and keeps what it shows. */
void roster_user_row_detach (RosterUserRow *self);
/* From the row's disposal. */
void roster_users_row_gone (RosterUsers *self, guint position);

G_END_DECLS
