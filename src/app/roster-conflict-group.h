/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-conflict.h"

G_BEGIN_DECLS

/* One attribute that two people changed: what it was, theirs and mine, one of which is to be
 * chosen. What is chosen is written to the item at once. */
#define ROSTER_TYPE_CONFLICT_GROUP (roster_conflict_group_get_type ())
G_DECLARE_FINAL_TYPE (RosterConflictGroup, roster_conflict_group, ROSTER, CONFLICT_GROUP, GtkBox)

GtkWidget *roster_conflict_group_new (RosterConflictItem *item);

G_END_DECLS
