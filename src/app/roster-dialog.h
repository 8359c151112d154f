/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-notice.h"

G_BEGIN_DECLS

/* The width that our dialogs have. */
#define ROSTER_DIALOG_WIDTH 540

/* Makes what scrolls in a dialog as high as its content, and never so high that nothing of the
 * window below it is left to see. To be called before the dialog is mapped and whenever its content
 * changes. */
void roster_dialog_fit_height (GtkWindow *dialog, GtkScrolledWindow *scrolled, GtkWidget *content);

/* For the class_init of a dialog that writes: gives it a signal "read-again", without arguments. It
 * is emitted, and the dialog goes, when the person would rather see what the service shows. */
void roster_dialog_install_read_again (GtkWidgetClass *widget_class);
/* Shows how a write ended in the dialog's notice, and offers reading where only that tells what
 * happened. outcome: nullable: hides the notice. */
void roster_dialog_show_outcome (RosterNotice *notice, const RosterOutcome *outcome);

G_END_DECLS
