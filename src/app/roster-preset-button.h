/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One kind of service to choose. Properties "title" and "caption" (string); the title is the
 * accessible name. */
#define ROSTER_TYPE_PRESET_BUTTON (roster_preset_button_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterPresetButton, roster_preset_button, ROSTER, PRESET_BUTTON, GtkToggleButton)

G_END_DECLS
