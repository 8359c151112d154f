/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The width that our dialogs have. */
#define ROSTER_DIALOG_WIDTH 540

/* Makes what scrolls in a dialog as high as its content, and never so high that nothing of the
 * window below it is left to see. To be called before the dialog is mapped and whenever its content
 * changes. */
void roster_dialog_fit_height (GtkWindow *dialog, GtkScrolledWindow *scrolled, GtkWidget *content);

G_END_DECLS
