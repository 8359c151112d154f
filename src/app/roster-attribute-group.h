/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* One RosterFieldGroup: title, add button, a row per visible field, and one more row that puts back
 * the values that were removed. */
#define ROSTER_TYPE_ATTRIBUTE_GROUP (roster_attribute_group_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterAttributeGroup, roster_attribute_group, ROSTER, ATTRIBUTE_GROUP, AdwPreferencesGroup)

GtkWidget *roster_attribute_group_new (RosterFieldGroup *group);

G_END_DECLS
