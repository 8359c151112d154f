/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* One RosterField as a compact row: name or type, value, second line, buttons. A row can be bound
 * to one field after another; it makes the widgets of a kind when it first meets it. */
#define ROSTER_TYPE_ATTRIBUTE_ROW (roster_attribute_row_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterAttributeRow, roster_attribute_row, ROSTER, ATTRIBUTE_ROW, AdwPreferencesRow)

GtkWidget *roster_attribute_row_new (void);
/* field: nullable. */
void roster_attribute_row_bind (RosterAttributeRow *self, RosterField *field);
RosterField *roster_attribute_row_get_field (RosterAttributeRow *self); /* nullable */

G_END_DECLS
