/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-ranks.h"
#include "index/roster-search.h"

G_BEGIN_DECLS

struct _RosterOrder
{
  gatomicrefcount ref_count;
  guint64 lineage;
  RosterRowId end;   /* of the snapshot */
  RosterRowId *rows; /* in order */
  guint32 n_rows;
  guint32 *positions; /* by row number: place in rows, ROSTER_ROW_NONE when dead */
  GPtrArray *ranks;   /* of RosterRanks, one per key */
};

G_END_DECLS
