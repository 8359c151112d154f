/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-update-bar.h"

#include <glib/gi18n.h>

struct _RosterUpdateBar
{
  AdwBin parent_instance;

  GtkWidget *revealer;
  GtkWidget *count_label;
  GtkWidget *changes_label;
  GtkWidget *spinner;
  GtkWidget *update_button;
};

G_DEFINE_FINAL_TYPE (RosterUpdateBar, roster_update_bar, ADW_TYPE_BIN)

static void
roster_update_bar_class_init (RosterUpdateBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-update-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterUpdateBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterUpdateBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, RosterUpdateBar, changes_label);
  gtk_widget_class_bind_template_child (widget_class, RosterUpdateBar, spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterUpdateBar, update_button);
}

static void
roster_update_bar_init (RosterUpdateBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_update_bar_set_changes (RosterUpdateBar *self, guint n_changes, gboolean valid)
{
  g_autofree char *count = NULL;

  g_return_if_fail (ROSTER_IS_UPDATE_BAR (self));

  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n_changes > 0);
  gtk_widget_set_tooltip_text (self->update_button, n_changes == 0 || valid
                                                      ? NULL
                                                      : _ ("Correct the marked attributes first"));
  /* The last words stay while the bar slides away. */
  if (n_changes == 0)
    return;
  count = g_strdup_printf ("%u", n_changes);
  gtk_label_set_text (GTK_LABEL (self->count_label), count);
  /* Translators: stands behind the number of changes, which is a label of its own. */
  gtk_label_set_text (GTK_LABEL (self->changes_label), ngettext ("change", "changes", n_changes));
}

void
roster_update_bar_set_busy (RosterUpdateBar *self, gboolean busy)
{
  g_return_if_fail (ROSTER_IS_UPDATE_BAR (self));

  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}
