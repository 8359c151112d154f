/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-dialog.h"

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
