/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>
#include "directory/roster-connection-test.h"

G_BEGIN_DECLS

/* One step of the test of a connection: mark, title, finding, how to fix it. */
#define ROSTER_TYPE_STEP_ROW (roster_step_row_get_type ())
G_DECLARE_FINAL_TYPE (RosterStepRow, roster_step_row, ROSTER, STEP_ROW, GtkListBoxRow)

GtkWidget *roster_step_row_new (RosterTestStep *step);

G_END_DECLS
