/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client-private.h"
#include "index/roster-search.h"
#include "support/roster-test-server.h"
#include "support/roster-test-wait.h"
#include "sync/roster-extractor.h"

G_BEGIN_DECLS

/* A service with odd ways, a client, an index and the sync between them. */
typedef struct
{
  RosterTestServer *server;
  ScimClient *client;
  RosterIndex *index;
  RosterSync *sync;

  guint n_users;
  guint first_user; /* number of the first one */
  guint cap;        /* rows a page at most; 0: as asked */
  gboolean says_no_total;
  gboolean omits_empty; /* no Resources when there are none */
  gboolean repeats;     /* the first page again past the end */
  gboolean overlaps;    /* a row of each page is the last of the page before */
  gboolean has_junk;    /* rows that are no users, and one without an id */
  guint fails_at;       /* start index that gets a 500; 0: none */
  guint trouble_at;     /* start index that gets trouble_status so many times; 0: none */
  guint n_troubles;
  guint trouble_status;    /* 0: the connection is closed */
  const char *retry_after; /* nullable */
  gboolean is_moody;       /* as much trouble with the next pages, up to the third */
  gboolean holds;          /* every page waits for release() */
  guint hold_from;         /* pages with this start index or more do; 0: none */
  const char *title;
  GPtrArray *held;

  guint n_merged;
  gint64 last_merged;
  gint64 least_gap; /* microseconds between two "merged" */
} SyncFixture;

/* width: pages on their way at most. */
SyncFixture *sync_fixture_new (guint n_users, guint width);
SyncFixture *sync_fixture_new_with (const ScimDialect *dialect, guint n_users, guint width);
void sync_fixture_free (SyncFixture *fixture);

/* A pass from its beginning to its end, and parts of one. */
RosterSyncState sync_fixture_run (SyncFixture *fixture);
void sync_fixture_wait_over (SyncFixture *fixture);
void sync_fixture_wait_held (SyncFixture *fixture);
/* Answers the pages that were held. */
void sync_fixture_release (SyncFixture *fixture);
/* expected: NULL when there is no such user. */
void sync_fixture_assert_title (SyncFixture *fixture, const char *id, const char *expected);
/* Makes rows as the sync of the fixture does, with these flags (borrowed). */
RosterExtractor *sync_fixture_new_extractor (const guint32 *flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SyncFixture, sync_fixture_free)

G_END_DECLS
