/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A state of the whole window and what follows from it, in one line. Signal "clicked": the button.
 */
#define ROSTER_TYPE_BANNER (roster_banner_get_type ())
G_DECLARE_FINAL_TYPE (RosterBanner, roster_banner, ROSTER, BANNER, AdwBin)

/* message: plain text; NULL hides the banner. button_label: nullable: no button. */
void roster_banner_set (RosterBanner *self, const char *message, const char *button_label);
const char *roster_banner_get_message (RosterBanner *self); /* NULL while hidden */

G_END_DECLS
