/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What GTK and libadwaita offer differently from version to version: the only file with version
 * checks. */

/* A question with two answers. Texts are plain, never markup. Cancel is the default and the answer
 * of Escape; Enter in an entry of extra_child answers nothing. */
typedef struct
{
  const char *heading;
  const char *body;          /* nullable */
  const char *confirm_label; /* the verb */
  const char *cancel_label;  /* nullable: "Cancel" */
  gboolean destructive;
  gboolean locked;        /* the verb starts insensitive: see roster_confirm_set_allowed */
  GtkWidget *extra_child; /* nullable; taken when floating */
  GtkWidget *focus;       /* nullable: what has the focus at first, inside extra_child */
} RosterConfirm;

/* parent: a widget of the AdwWindow or AdwApplicationWindow that asks: newer libadwaitas show the
 * question inside it. Ends with FALSE, too, when that window goes. */
void roster_confirm_async (GtkWidget *parent,
                           const RosterConfirm *spec,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean roster_confirm_finish (GAsyncResult *result, GError **error);
/* Makes the verb sensitive or not; inside: the extra child or a widget within it. */
void roster_confirm_set_allowed (GtkWidget *inside, gboolean allowed);

/* For a window made like a message dialog ("messagedialog" with "message-area" and
 * "response-area"): gives it the looks that the platform's own questions have. */
void roster_message_dialog_fit_style (GtkWidget *dialog, GtkWidget *cancel, GtkWidget *confirm);

void roster_about_present (GtkWidget *parent);
/* Brings a row into sight. */
void roster_column_view_scroll_to (GtkColumnView *view, guint position);
/* And gives it the keyboard; selects nothing. */
void roster_column_view_focus (GtkColumnView *view, guint position);

G_END_DECLS
