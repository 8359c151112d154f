/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* Who is shown: avatar, name, user name, state. It does not scroll, so that nobody edits the wrong
 * person. */
#define ROSTER_TYPE_PROFILE_HEADER (roster_profile_header_get_type ())
G_DECLARE_FINAL_TYPE (RosterProfileHeader, roster_profile_header, ROSTER, PROFILE_HEADER, GtkBox)

void roster_profile_header_set_profile (RosterProfileHeader *self, RosterProfile *profile);

G_END_DECLS
