/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync/roster-sync.h"

G_BEGIN_DECLS

/* The caller's RosterExtract together with what it borrows, for worker threads that may outlast the
 * caller: after close() it is never called again. Atomically refcounted. */
typedef struct _RosterExtractor RosterExtractor;

RosterExtractor *roster_extractor_new (const RosterFieldSpec *fields,
                                       guint n_fields,
                                       RosterExtract extract,
                                       gpointer data);
RosterExtractor *roster_extractor_ref (RosterExtractor *self);
void roster_extractor_unref (RosterExtractor *self);
/* Waits for the users that are being extracted right now: one per worker. */
void roster_extractor_close (RosterExtractor *self);

/* Any thread. NULL when it is closed. */
RosterBatch *roster_extractor_new_batch (RosterExtractor *self);
/* Any thread. The user's id, which is then in the batch; NULL when the user has none or the
 * extractor is closed. */
char *roster_extractor_add (RosterExtractor *self, const ScimResource *user, RosterBatch *batch);

/* One page, ready for the index. */
typedef struct
{
  RosterBatch *batch; /* nullable: taken */
  GPtrArray *ids;     /* char *: of the rows of the batch, in the page's order */
  guint n_rows;       /* that the service gave, usable or not */
  gint64 total;       /* -1: not said */
} RosterPage;

void roster_page_free (RosterPage *self);

/* Extracts on a worker thread. Takes the list. Errors: G_IO_ERROR_CANCELLED. */
void roster_page_new_async (RosterExtractor *extractor,
                            ScimList *list,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
RosterPage *roster_page_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterExtractor, roster_extractor_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterPage, roster_page_free)

G_END_DECLS
