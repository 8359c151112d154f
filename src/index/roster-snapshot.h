/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-bits.h"
#include "index/roster-chunk.h"

G_BEGIN_DECLS

/* Which rows of a chunk were replaced or removed. Written by the index only while it holds the one
 * reference; a snapshot's copy never changes. */
typedef struct
{
  gatomicrefcount ref_count;
  guint n;
  guint64 bits[ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS)];
} RosterDead;

RosterDead *roster_dead_new (const RosterDead *from); /* from: nullable */
RosterDead *roster_dead_ref (RosterDead *self);
void roster_dead_unref (RosterDead *self);

/* A chunk in its place: row numbers first … first + chunk->span - 1. */
typedef struct
{
  RosterChunk *chunk;
  RosterRowId first;
  RosterDead *dead; /* nullable */
} RosterEntry;

void roster_entry_clear (RosterEntry *self);

static inline guint
roster_entry_get_n_living (const RosterEntry *self)
{
  return self->chunk->n_rows - (self->dead != NULL ? self->dead->n : 0);
}

static inline gboolean
roster_entry_is_living (const RosterEntry *self, guint row)
{
  return self->dead == NULL || !roster_bits_get (self->dead->bits, row);
}

static inline RosterRowId
roster_entry_get_row_id (const RosterEntry *self, guint row)
{
  return self->first + roster_chunk_get_number (self->chunk, row);
}

/* The living rows of the chunk. living: ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS) words. */
void roster_entry_get_living (const RosterEntry *self, guint64 *living);

/* The entry that holds the row, and where in its chunk; NULL when there is none. */
const RosterEntry *roster_entries_find (const RosterEntry *entries,
                                        guint n_entries,
                                        RosterRowId row,
                                        guint *at);

struct _RosterSnapshot
{
  gatomicrefcount ref_count;
  RosterLayout *layout;
  guint64 lineage; /* the index it came from */
  guint n_rows;
  RosterRowId end; /* above every row number */
  guint n_entries;
  RosterEntry entries[];
};

RosterSnapshot *roster_snapshot_new (RosterLayout *layout,
                                     guint64 lineage,
                                     RosterRowId end,
                                     const RosterEntry *entries,
                                     guint n_entries);

/* For worker functions: was the caller's flag raised? stop: nullable. */
static inline gboolean
roster_is_stopped (const int *stop)
{
  return stop != NULL && g_atomic_int_get ((int *)stop) != 0;
}

G_END_DECLS
