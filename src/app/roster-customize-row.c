/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-customize-row.h"

#include <glib/gi18n.h>

struct _RosterCustomizeRow
{
  AdwPreferencesRow parent_instance;

  RosterAttributeItem *item;

  GtkWidget *name_label;
  GtkWidget *required_badge;
  GtkWidget *read_only_badge;
  GtkWidget *path_label;
  GtkWidget *profile_check;
  GtkWidget *table_check;
};

G_DEFINE_FINAL_TYPE (RosterCustomizeRow, roster_customize_row, ADW_TYPE_PREFERENCES_ROW)

/* The Tab key goes from tick to tick. */
static gboolean
roster_customize_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
roster_customize_row_grab_focus (GtkWidget *widget)
{
  RosterCustomizeRow *self = ROSTER_CUSTOMIZE_ROW (widget);

  return gtk_widget_grab_focus (self->profile_check) || gtk_widget_grab_focus (self->table_check);
}

static void
roster_customize_row_dispose (GObject *object)
{
  RosterCustomizeRow *self = ROSTER_CUSTOMIZE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_CUSTOMIZE_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (roster_customize_row_parent_class)->dispose (object);
}

static void
roster_customize_row_class_init (RosterCustomizeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_customize_row_dispose;
  widget_class->focus = roster_customize_row_focus;
  widget_class->grab_focus = roster_customize_row_grab_focus;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-customize-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, required_badge);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, read_only_badge);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, path_label);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, profile_check);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeRow, table_check);
}

static void
roster_customize_row_init (RosterCustomizeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The schema's name stands above; the whole path is in the tooltip. */
static const char *
strip_urn (const char *path)
{
  const char *colon = strrchr (path, ':');

  return colon != NULL && colon[1] != '\0' ? colon + 1 : path;
}

static void
bind_check (RosterCustomizeRow *self, GtkWidget *check, const char *property, const char *name)
{
  g_object_bind_property (self->item, property, check, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (check, name);
}

GtkWidget *
roster_customize_row_new (RosterAttributeItem *item)
{
  RosterCustomizeRow *self = NULL;
  const char *label = NULL;
  const char *path = NULL;
  g_autofree char *in_profile = NULL;
  g_autofree char *in_table = NULL;

  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (item), NULL);

  self = g_object_new (ROSTER_TYPE_CUSTOMIZE_ROW, NULL);
  self->item = g_object_ref (item);
  label = roster_attribute_item_get_label (item);
  path = roster_attribute_item_get_path (item);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_label_set_text (GTK_LABEL (self->name_label), label);
  gtk_widget_set_tooltip_text (self->name_label, label);
  gtk_label_set_text (GTK_LABEL (self->path_label), strip_urn (path));
  gtk_widget_set_tooltip_text (self->path_label, path);
  gtk_widget_set_visible (self->required_badge, roster_attribute_item_get_required (item));
  gtk_widget_set_visible (self->read_only_badge, roster_attribute_item_get_read_only (item));

  /* Translators: whether the profile shows an attribute, such as "Nickname". */
  in_profile = g_strdup_printf (_ ("%s in the Profile"), label);
  /* Translators: whether the table of users has a column for an attribute, such as "Nickname". */
  in_table = g_strdup_printf (_ ("%s in the Table"), label);
  bind_check (self, self->profile_check, "in-profile", in_profile);
  bind_check (self, self->table_check, "in-table", in_table);
  /* What the service requires has to be seen to be filled in. */
  gtk_widget_set_sensitive (self->profile_check, !roster_attribute_item_get_required (item));
  gtk_widget_set_sensitive (self->table_check, !roster_attribute_item_get_table_fixed (item));
  return GTK_WIDGET (self);
}

RosterAttributeItem *
roster_customize_row_get_item (RosterCustomizeRow *self)
{
  g_return_val_if_fail (ROSTER_IS_CUSTOMIZE_ROW (self), NULL);

  return self->item;
}
