/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "index/roster-index.h"

G_BEGIN_DECLS

/* Keeps an index equal to the service: reads all pages in the background (full pass) and merges
 * them. Pages by startIndex and count, 1-based, without duplicates by id, until a short page or no
 * progress; never trusts totalResults, the order, or that a page past the end is empty
 * (SCIM-SERVICES section 3.1). A completed pass removes rows that it did not see, unless some rows
 * of the list could not be read. Pages are merged as they arrive; "merged" tells of them at once
 * for the first page and at most four times a second after it. Lives on the thread of its index. */
#define ROSTER_TYPE_SYNC (roster_sync_get_type ())
G_DECLARE_FINAL_TYPE (RosterSync, roster_sync, ROSTER, SYNC, GObject)

typedef enum
{
  ROSTER_SYNC_IDLE, /* never ran, or cancelled before the first page */
  ROSTER_SYNC_RUNNING,
  ROSTER_SYNC_DONE,   /* the last pass completed: see "updated" */
  ROSTER_SYNC_FAILED, /* see get_error */
} RosterSyncState;

/* Extracts the index's fields of one user; runs on worker threads, on several at a time, and on the
 * caller's for put(). values: n_fields slots to fill with owned text or NULL. Returns the row's
 * flags. */
typedef guint32 (*RosterExtract) (const ScimResource *user, char **values, gpointer user_data);

/* index, fields and extract_data must outlive the sync and not change while a pass runs; once the
 * last reference to the sync is gone no worker uses them any more. width: requests in flight at
 * most (1 or 2 on services, 8 in the bench); the client has to have one connection more, which is
 * kept for the person. */
RosterSync *roster_sync_new (ScimClient *client,
                             RosterIndex *index,
                             const RosterFieldSpec *fields,
                             guint n_fields,
                             RosterExtract extract,
                             gpointer extract_data,
                             guint width);

/* Properties: "state" (RosterSyncState as int, notify), "n-read" (guint), "updated" (gint64, Unix
 * seconds, 0: never), "waiting" (boolean, notify on each wait: see get_wait). Signal "merged" ():
 * the index changed; at most four times a second.
 *
 * A page that fails in a way that may pass (scim_backoff_may_pass: 429, 502 to 504, connections
 * that break, silence) is asked for again after growing pauses, up to eight times in a row and 300
 * s; the state stays RUNNING meanwhile. Every other error ends the pass at once. */
void roster_sync_start (RosterSync *self); /* while running: only ends a wait */
/* Before the first page the state becomes IDLE, later FAILED with G_IO_ERROR_CANCELLED; what was
 * read stays. It is felt at once, whatever the network does. Does nothing when no pass runs. */
void roster_sync_cancel (RosterSync *self);
RosterSyncState roster_sync_get_state (RosterSync *self);
guint roster_sync_get_n_read (RosterSync *self);
gint64 roster_sync_get_updated (RosterSync *self);
/* The service's count for the pass; -1 when not said. *exact: TRUE only when the pass completed and
 * agreed. */
gint64 roster_sync_get_total (RosterSync *self, gboolean *exact);
const GError *roster_sync_get_error (RosterSync *self); /* nullable */
/* Seconds until the page that did not come is asked for again, rounded up; 0: not waiting. reason:
 * nullable out; why, NULL when not waiting. */
guint roster_sync_get_wait (RosterSync *self, const GError **reason);
void roster_sync_set_domain (RosterSync *self, const char *domain); /* nullable */
/* Puts what a write's read-back showed into the index at once, on the calling thread. Put and drop
 * hold for the rest of a pass that runs: its pages may have been read before the write. */
void roster_sync_put (RosterSync *self, const ScimResource *user);
void roster_sync_drop (RosterSync *self, const char *id);

G_END_DECLS
