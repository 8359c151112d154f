/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "directory/roster-difference.h"

G_BEGIN_DECLS

/* One attribute that the service shows otherwise than it was meant: its name, and what was meant
 * beside what is shown. */
#define ROSTER_TYPE_DIFFERENCE_ROW (roster_difference_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterDifferenceRow, roster_difference_row, ROSTER, DIFFERENCE_ROW, GtkBox)

GtkWidget *roster_difference_row_new (RosterDifference *difference);

G_END_DECLS
