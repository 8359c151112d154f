/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* The value of a RosterField in the widget of its kind (text, date with calendar, choice, switch,
 * or a label where it cannot be edited), with the second line: what it was, or why it is invalid.
 */
#define ROSTER_TYPE_ATTRIBUTE_VALUE (roster_attribute_value_get_type ())
G_DECLARE_FINAL_TYPE (RosterAttributeValue, roster_attribute_value, ROSTER, ATTRIBUTE_VALUE, GtkBox)

/* field: nullable. */
void roster_attribute_value_bind (RosterAttributeValue *self, RosterField *field);
/* What the focusable widget says when the value is empty; nullable. */
void roster_attribute_value_set_placeholder (RosterAttributeValue *self, const char *placeholder);

G_END_DECLS
