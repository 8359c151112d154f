/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A flat drop-down over values that come from a service: long ones are ellipsized, and a value that
 * is not in the list is offered beside it, so that nothing is ever chosen by itself. Signal
 * "changed": the person chose something else. */
#define ROSTER_TYPE_DROP_DOWN (roster_drop_down_get_type ())
G_DECLARE_FINAL_TYPE (RosterDropDown, roster_drop_down, ROSTER, DROP_DOWN, AdwBin)

GtkWidget *roster_drop_down_new (void);
/* values, labels: NULL-terminated, as long as each other. current: NULL counts as "". */
void roster_drop_down_set (RosterDropDown *self,
                           const char *const *values,
                           const char *const *labels,
                           const char *current);
const char *roster_drop_down_get_value (RosterDropDown *self); /* never NULL, borrowed until set */
/* The accessible name, which the drop-down itself carries. */
void roster_drop_down_set_name (RosterDropDown *self, const char *name);

G_END_DECLS
