/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-conflict-group.h"

#include <glib/gi18n.h>

#define N_SIDES 3

struct _RosterConflictGroup
{
  GtkBox parent_instance;

  RosterConflictItem *item;
  gboolean updating; /* from the item to the buttons */

  GtkWidget *heading_label;
  GtkWidget *checks[N_SIDES];
  GtkWidget *values[N_SIDES];
};

G_DEFINE_FINAL_TYPE (RosterConflictGroup, roster_conflict_group, GTK_TYPE_BOX)

/* In the order in which they stand. */
typedef struct
{
  RosterChoice choice;
  const char *(*get_text) (RosterConflictItem *item);
  const char *label;
} Side;

static const Side sides[N_SIDES] = {
  { ROSTER_CHOICE_BASE, roster_conflict_item_get_base_text, N_ ("As it was") },
  { ROSTER_CHOICE_THEIRS, roster_conflict_item_get_theirs_text, N_ ("Theirs") },
  { ROSTER_CHOICE_MINE, roster_conflict_item_get_mine_text, N_ ("Mine") },
};

static void
toggled_cb (RosterConflictGroup *self)
{
  if (self->updating || self->item == NULL)
    return;
  for (guint i = 0; i < N_SIDES; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->checks[i])))
      roster_conflict_item_set_choice (self->item, sides[i].choice);
}

static void
choice_cb (RosterConflictGroup *self)
{
  self->updating = TRUE;
  for (guint i = 0; i < N_SIDES; i++)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->checks[i]),
                                 roster_conflict_item_get_choice (self->item) == sides[i].choice);
  self->updating = FALSE;
}

static void
roster_conflict_group_dispose (GObject *object)
{
  g_clear_object (&ROSTER_CONFLICT_GROUP (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_CONFLICT_GROUP);

  G_OBJECT_CLASS (roster_conflict_group_parent_class)->dispose (object);
}

static void
bind_side (GtkWidgetClass *widget_class, const char *id, const char *value_id, guint i)
{
  gtk_widget_class_bind_template_child_full (widget_class, id, FALSE,
                                             G_STRUCT_OFFSET (RosterConflictGroup, checks) +
                                               (gssize)(i * sizeof (GtkWidget *)));
  gtk_widget_class_bind_template_child_full (widget_class, value_id, FALSE,
                                             G_STRUCT_OFFSET (RosterConflictGroup, values) +
                                               (gssize)(i * sizeof (GtkWidget *)));
}

static void
roster_conflict_group_class_init (RosterConflictGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_conflict_group_dispose;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_RADIO_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-conflict-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterConflictGroup, heading_label);
  bind_side (widget_class, "base_check", "base_value", 0);
  bind_side (widget_class, "theirs_check", "theirs_value", 1);
  bind_side (widget_class, "mine_check", "mine_value", 2);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
roster_conflict_group_init (RosterConflictGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_side (RosterConflictGroup *self, guint i)
{
  const char *text = sides[i].get_text (self->item);
  const char *shown = *text != '\0' ? text : _ ("Not set");
  g_autofree char *name =
    /* Translators: an attribute that two people changed, whose value it is, and the value, as in
     * "Department, theirs: Finance". */
    g_strdup_printf (_ ("%s, %s: %s"), roster_conflict_item_get_label (self->item),
                     _ (sides[i].label), shown);

  gtk_label_set_text (GTK_LABEL (self->values[i]), shown);
  gtk_widget_set_tooltip_text (self->values[i], *text != '\0' ? text : NULL);
  if (*text == '\0')
    gtk_widget_add_css_class (self->values[i], "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->checks[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}

GtkWidget *
roster_conflict_group_new (RosterConflictItem *item)
{
  RosterConflictGroup *self = NULL;
  const char *label = NULL;

  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (item), NULL);

  self = g_object_new (ROSTER_TYPE_CONFLICT_GROUP, NULL);
  self->item = g_object_ref (item);
  label = roster_conflict_item_get_label (item);
  gtk_label_set_text (GTK_LABEL (self->heading_label), label);
  gtk_widget_set_tooltip_text (self->heading_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  for (guint i = 0; i < N_SIDES; i++)
    show_side (self, i);
  g_signal_connect_object (item, "notify::choice", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  choice_cb (self);
  return GTK_WIDGET (self);
}
