/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* A state in words, with an icon and a colour. Not a button. */
#define ROSTER_TYPE_PILL (roster_pill_get_type ())
G_DECLARE_FINAL_TYPE (RosterPill, roster_pill, ROSTER, PILL, GtkBox)

/* style: "success", "warning", "accent", "error" or "neutral". text: plain. */
void roster_pill_set (RosterPill *self, const char *style, const char *icon_name, const char *text);
/* The state of a profile's account. */
void roster_pill_set_profile (RosterPill *self, RosterProfile *profile);

G_END_DECLS
