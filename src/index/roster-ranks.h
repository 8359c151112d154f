/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-snapshot.h"

G_BEGIN_DECLS

/* How the rows of a snapshot compare in one field: equal numbers for equal text, smaller ones for
 * text that comes first by the locale's rules. Collation keys are large (measured: 143 bytes on
 * average) and slow to make, the numbers are neither, so these are what is kept. Immutable. */
typedef struct
{
  guint64 lineage;
  guint field;
  RosterRowId end;
  guint32 *of_rows; /* by row number */
  guint32 n_ranks;
  RosterRowId *examples; /* for each rank a row that has it */
  guint32 n_known;       /* rows with a rank */
} RosterRanks;

#define ROSTER_RANK_EMPTY   G_MAXUINT32       /* the field is empty */
#define ROSTER_RANK_UNKNOWN (G_MAXUINT32 - 1) /* no living row */

/* previous: nullable: ranks of the same field in another snapshot of the same index. NULL only when
 * *stop was set. */
RosterRanks *roster_ranks_new (const RosterSnapshot *snapshot,
                               guint field,
                               const RosterRanks *previous,
                               const int *stop);
void roster_ranks_free (RosterRanks *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterRanks, roster_ranks_free)

G_END_DECLS
