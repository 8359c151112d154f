/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The bar below a profile that is being edited: how many changes there are, and what to do with
 * them. Its buttons are the actions "profile.discard" and "profile.update". */
#define ROSTER_TYPE_UPDATE_BAR (roster_update_bar_get_type ())
G_DECLARE_FINAL_TYPE (RosterUpdateBar, roster_update_bar, ROSTER, UPDATE_BAR, AdwBin)

/* No changes: the bar hides. valid: all of them can be written. */
void roster_update_bar_set_changes (RosterUpdateBar *self, guint n_changes, gboolean valid);
/* They are being written. */
void roster_update_bar_set_busy (RosterUpdateBar *self, gboolean busy);

G_END_DECLS
