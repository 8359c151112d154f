/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "scim/scim-account.h"

G_BEGIN_DECLS

/* A row that is on screen. It is re-filled in place when the result changes: signal "changed". */
#define ROSTER_TYPE_USER_ROW (roster_user_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterUserRow, roster_user_row, ROSTER, USER_ROW, GObject)

const char *roster_user_row_get_id (RosterUserRow *self);
/* The text of a column by its path (RosterColumn); "" when unset. Dates come formatted. Borrowed
 * until the row changes. */
const char *roster_user_row_get_text (RosterUserRow *self, const char *path);
ScimAccountStatus roster_user_row_get_status (RosterUserRow *self);
/* For the name column and the avatar. */
const char *roster_user_row_get_title (RosterUserRow *self);

/* The user table's model: a GListModel of RosterUserRow over the index, in the order and with the
 * search of the person. A new result re-fills the rows that exist ("changed" on each, then signal
 * "refilled") and emits items-changed only for the difference in length; growing from a short list
 * happens in steps. Never items_changed (0, N, N). */
#define ROSTER_TYPE_USERS (roster_users_get_type ())
G_DECLARE_FINAL_TYPE (RosterUsers, roster_users, ROSTER, USERS, GObject)

/* Properties, all with notify: "n-matching", "n-total" (guint), "count-text" (string, translated:
 * "1,204 of 98,311 users"; "about" whenever the service's total is not proven), "searching"
 * (boolean). */
const char *roster_users_get_count_text (RosterUsers *self);
guint roster_users_get_n_matching (RosterUsers *self);
guint roster_users_get_n_total (RosterUsers *self);
/* As typed; the newest wins. The result comes later, from a worker. */
void roster_users_set_search (RosterUsers *self, const char *text);
const char *roster_users_get_search (RosterUsers *self); /* never NULL */
/* Folded words of the search that is shown, for marking; NULL-terminated, never NULL. */
const char *const *roster_users_get_words (RosterUsers *self);
/* The parts of `text` that the shown search found: array of guint pairs (start, end) in bytes. */
GArray *roster_users_find_matches (RosterUsers *self, const char *text);

typedef struct
{
  const char *path; /* of a RosterColumn; "status" for the status column */
  gboolean descending;
} RosterUsersSort;

/* First key first; n may be 0 (order of arrival). */
void roster_users_set_sort (RosterUsers *self, const RosterUsersSort *keys, guint n);
/* Where a user is now; G_MAXUINT when not among the matches. */
guint roster_users_find_position (RosterUsers *self, const char *id);

G_END_DECLS
