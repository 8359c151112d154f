/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Names an entry for assistive technologies, on the entry and on the text inside it: GTK 4.8 tells
 * them of the entry, and the text is what has the focus. name: translated. */
void roster_accessible_name_editable (GtkEditable *editable, const char *name);

/* Names a button that shows less than that. name: translated. */
void roster_accessible_name_button (GtkButton *button, const char *name);

G_END_DECLS
