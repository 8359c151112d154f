/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* A small button with a calendar that writes a day into a RosterField of the kind DATE. */
#define ROSTER_TYPE_DATE_BUTTON (roster_date_button_get_type ())
G_DECLARE_FINAL_TYPE (RosterDateButton, roster_date_button, ROSTER, DATE_BUTTON, AdwBin)

GtkWidget *roster_date_button_new (void);
/* field: nullable. */
void roster_date_button_bind (RosterDateButton *self, RosterField *field);

G_END_DECLS
