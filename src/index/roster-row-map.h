/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"

G_BEGIN_DECLS

/* User id → row, holding only row numbers: the ids themselves are in the chunks, and are asked for
 * through the owner. Half the memory of a GHashTable, and joining chunks does not touch it. */
typedef const char *(*RosterRowIdFunc) (gpointer owner, RosterRowId row);

typedef struct
{
  struct
  {
    guint32 hash;
    RosterRowId row; /* ROSTER_ROW_NONE: free */
  } * slots;
  guint32 n_slots; /* a power of two */
  guint32 n_rows;
  RosterRowIdFunc get_id;
  gpointer owner;
} RosterRowMap;

void roster_row_map_init (RosterRowMap *self, RosterRowIdFunc get_id, gpointer owner);
void roster_row_map_clear (RosterRowMap *self);
RosterRowId roster_row_map_find (const RosterRowMap *self, const char *id);
/* Returns the row that the id had before, or ROSTER_ROW_NONE. */
RosterRowId roster_row_map_set (RosterRowMap *self, const char *id, RosterRowId row);
RosterRowId roster_row_map_remove (RosterRowMap *self, const char *id);

G_END_DECLS
