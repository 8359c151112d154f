/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A spinner that gets out of the way. Where drawing is slow (no graphics card, a virtual machine)
 * an endless animation has the next frame always due, and painting comes before the background
 * reads that it stands for: they would never end. After some slow frames in a row it stands still,
 * for good. */
#define ROSTER_TYPE_SPINNER (roster_spinner_get_type ())
G_DECLARE_FINAL_TYPE (RosterSpinner, roster_spinner, ROSTER, SPINNER, GtkWidget)

void roster_spinner_set_spinning (RosterSpinner *self, gboolean spinning);
/* For tests: the time of a frame, as the frame clock tells it, in microseconds. */
void roster_spinner_note_frame (RosterSpinner *self, gint64 time);
gboolean roster_spinner_is_still (RosterSpinner *self); /* it was found to be too slow */

G_END_DECLS
