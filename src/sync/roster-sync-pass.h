/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/roster-extractor.h"

G_BEGIN_DECLS

/* One reading of the whole list: asks, extracts, counts, and finds what is left over in the index.
 * It changes nothing itself; its owner is told on the main context. A page that fails in a way that
 * may pass is asked for again with the pauses of scim-backoff.h, while the person's own requests go
 * on; each page that comes begins their count anew. */
typedef struct _RosterSyncPass RosterSyncPass; /* refcounted */

typedef struct
{
  /* A page was read. May take the page's batch. */
  void (*page) (RosterPage *page, gpointer user_data);
  /* A page did not come, for a reason that may pass: it is asked for again at `retry_at`
   * (monotonic, in microseconds), or now: 0 and NULL. */
  void (*waiting) (gint64 retry_at, const GError *error, gpointer user_data);
  /* The list has ended: a snapshot of the index with every page in it. */
  RosterSnapshot *(*dup_snapshot) (gpointer user_data);
  /* Once, last. leftovers: ids (char *) of rows that the list no longer holds; NULL with an error,
   * or when some rows of the list could not be read. */
  void (*ended) (GPtrArray *leftovers, const GError *error, gpointer user_data);
} RosterSyncPassFuncs;

RosterSyncPass *roster_sync_pass_start (ScimClient *client,
                                        RosterExtractor *extractor,
                                        const char *domain,
                                        guint width,
                                        const RosterSyncPassFuncs *funcs,
                                        gpointer user_data);
/* `ended` follows with G_IO_ERROR_CANCELLED. */
void roster_sync_pass_cancel (RosterSyncPass *self);
/* Ends the wait, if there is one. */
void roster_sync_pass_hurry (RosterSyncPass *self);
/* Cancels and lets go of it: no function is called any more. */
void roster_sync_pass_detach (RosterSyncPass *self);

guint roster_sync_pass_get_n_seen (const RosterSyncPass *self); /* different users */
gint64 roster_sync_pass_get_total (const RosterSyncPass *self); /* -1: not said */

G_END_DECLS
