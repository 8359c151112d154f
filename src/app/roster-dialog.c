/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-dialog.h"

#include <glib/gi18n.h>

/* A dialog leaves so much of its parent's height to see. */
#define PARENT_MARGIN  100
#define LOWEST_CONTENT 240

/* A scrolled window asks for the height that its content has at its natural width, where every
 * text is one line; what is needed is the height at the width of the dialog. */
void
roster_dialog_fit_height (GtkWindow *dialog, GtkScrolledWindow *scrolled, GtkWidget *content)
{
  GtkWindow *parent = NULL;
  int highest = G_MAXINT;
  int height = 0;

  g_return_if_fail (GTK_IS_WINDOW (dialog));
  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));
  g_return_if_fail (GTK_IS_WIDGET (content));

  parent = gtk_window_get_transient_for (dialog);
  if (parent != NULL)
    highest = MAX (LOWEST_CONTENT, gtk_widget_get_height (GTK_WIDGET (parent)) - PARENT_MARGIN);
  gtk_widget_measure (content, GTK_ORIENTATION_VERTICAL, ROSTER_DIALOG_WIDTH, &height, NULL, NULL,
                      NULL);
  gtk_scrolled_window_set_min_content_height (scrolled, MIN (height, highest));
}

static void
read_again_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit_by_name (widget, "read-again");
  gtk_window_destroy (GTK_WINDOW (widget));
}

void
roster_dialog_install_read_again (GtkWidgetClass *widget_class)
{
  g_signal_new ("read-again", G_TYPE_FROM_CLASS (widget_class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "dialog.read-again", NULL, read_again_action);
}

void
roster_dialog_show_outcome (RosterNotice *notice, const RosterOutcome *outcome)
{
  g_return_if_fail (ROSTER_IS_NOTICE (notice));

  if (outcome != NULL)
    {
      roster_notice_set_outcome (notice, outcome);
      if (outcome->offer == ROSTER_OFFER_READ_AGAIN)
        roster_notice_set_action (notice, _ ("Read Again"), "dialog.read-again");
    }
  gtk_widget_set_visible (GTK_WIDGET (notice), outcome != NULL);
}
