/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-attributes.h"

G_BEGIN_DECLS

/* One attribute with its two ticks. */
#define ROSTER_TYPE_CUSTOMIZE_ROW (roster_customize_row_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterCustomizeRow, roster_customize_row, ROSTER, CUSTOMIZE_ROW, AdwPreferencesRow)

GtkWidget *roster_customize_row_new (RosterAttributeItem *item);
RosterAttributeItem *roster_customize_row_get_item (RosterCustomizeRow *self);

G_END_DECLS
