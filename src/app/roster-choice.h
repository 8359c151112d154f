/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A flat drop-down over values that come from a service: long ones are ellipsized, and a value that
 * is not in the list is offered beside it, so that nothing is ever chosen by itself. Signal
 * "changed": the person chose something else. */
#define ROSTER_TYPE_CHOICE (roster_choice_get_type ())
G_DECLARE_FINAL_TYPE (RosterChoice, roster_choice, ROSTER, CHOICE, AdwBin)

GtkWidget *roster_choice_new (void);
/* values, labels: NULL-terminated, as long as each other. current: NULL counts as "". */
void roster_choice_set (RosterChoice *self,
                        const char *const *values,
                        const char *const *labels,
                        const char *current);
const char *roster_choice_get_value (RosterChoice *self); /* never NULL, borrowed until set */
/* The accessible name, which the drop-down itself carries. */
void roster_choice_set_name (RosterChoice *self, const char *name);

G_END_DECLS
