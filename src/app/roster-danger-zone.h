/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* The last group of a profile: what cannot be taken back. Its buttons are the actions
 * "profile.reset-password" and "profile.delete" of the page that it stands in. */
#define ROSTER_TYPE_DANGER_ZONE (roster_danger_zone_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterDangerZone, roster_danger_zone, ROSTER, DANGER_ZONE, AdwPreferencesGroup)

/* Asks the profile what is possible and shows the reason of what is not; to be called again when
 * that may have changed. profile: nullable: nothing is. */
void roster_danger_zone_update (RosterDangerZone *self, RosterProfile *profile);
/* As it was at the last update. */
gboolean roster_danger_zone_get_can_delete (RosterDangerZone *self);
gboolean roster_danger_zone_get_can_reset (RosterDangerZone *self);

G_END_DECLS
