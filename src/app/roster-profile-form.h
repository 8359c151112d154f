/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* All groups of a RosterForm, one below the other. A group's widget lives as long as its group. */
#define ROSTER_TYPE_PROFILE_FORM (roster_profile_form_get_type ())
G_DECLARE_FINAL_TYPE (RosterProfileForm, roster_profile_form, ROSTER, PROFILE_FORM, GtkBox)

/* form: nullable. */
void roster_profile_form_set_form (RosterProfileForm *self, RosterForm *form);

G_END_DECLS
