/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-difference-row.h"

#include <glib/gi18n.h>

struct _RosterDifferenceRow
{
  GtkBox parent_instance;

  GtkWidget *name_label;
  GtkWidget *meant_label;
  GtkWidget *shown_label;
};

G_DEFINE_FINAL_TYPE (RosterDifferenceRow, roster_difference_row, GTK_TYPE_BOX)

static void
roster_difference_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_DIFFERENCE_ROW);

  G_OBJECT_CLASS (roster_difference_row_parent_class)->dispose (object);
}

static void
roster_difference_row_class_init (RosterDifferenceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_difference_row_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-difference-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDifferenceRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterDifferenceRow, meant_label);
  gtk_widget_class_bind_template_child (widget_class, RosterDifferenceRow, shown_label);
}

static void
roster_difference_row_init (RosterDifferenceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), *text != '\0' ? text : _ ("Not set"));
  gtk_widget_set_tooltip_text (label, *text != '\0' ? text : NULL);
}

GtkWidget *
roster_difference_row_new (RosterDifference *difference)
{
  RosterDifferenceRow *self = NULL;

  g_return_val_if_fail (ROSTER_IS_DIFFERENCE (difference), NULL);

  self = g_object_new (ROSTER_TYPE_DIFFERENCE_ROW, NULL);
  show_text (self->name_label, roster_difference_get_label (difference));
  show_text (self->meant_label, roster_difference_get_meant_text (difference));
  show_text (self->shown_label, roster_difference_get_shown_text (difference));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  roster_difference_get_words (difference), -1);
  return GTK_WIDGET (self);
}
