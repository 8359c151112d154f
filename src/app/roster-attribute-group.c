/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-attribute-group.h"

#include <glib/gi18n.h>

#include "app/roster-attribute-row.h"

struct _RosterAttributeGroup
{
  AdwPreferencesGroup parent_instance;

  RosterFieldGroup *group;
  GPtrArray *rows; /* borrowed from the list; those behind the last field wait for more fields */

  GtkWidget *add_button;
  GtkListBox *list;
  GtkWidget *removed_row;
  GtkWidget *removed_label;
  GtkWidget *restore_button;
};

G_DEFINE_FINAL_TYPE (RosterAttributeGroup, roster_attribute_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWidget *
ensure_row (RosterAttributeGroup *self, guint position)
{
  if (position == self->rows->len)
    {
      GtkWidget *row = roster_attribute_row_new ();

      gtk_list_box_insert (self->list, row, (int)position);
      g_ptr_array_add (self->rows, row);
    }
  return g_ptr_array_index (self->rows, position);
}

/* A list without rows would still cast its shadow. */
static void
update_list (RosterAttributeGroup *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->list),
                          g_list_model_get_n_items (G_LIST_MODEL (self->group)) > 0 ||
                            roster_field_group_get_n_removed (self->group) > 0);
}

static void
items_changed_cb (RosterAttributeGroup *self)
{
  GListModel *fields = G_LIST_MODEL (self->group);
  guint n = g_list_model_get_n_items (fields);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterField) field = g_list_model_get_item (fields, i);

      roster_attribute_row_bind (ROSTER_ATTRIBUTE_ROW (ensure_row (self, i)), field);
    }
  for (guint i = n; i < self->rows->len; i++)
    roster_attribute_row_bind (g_ptr_array_index (self->rows, i), NULL);
  update_list (self);
}

static void
removed_cb (RosterAttributeGroup *self)
{
  guint n = roster_field_group_get_n_removed (self->group);
  gboolean had_focus = gtk_widget_is_focus (self->restore_button);
  g_autofree char *text =
    /* Translators: values such as e-mail addresses that go with the next update. */
    g_strdup_printf (ngettext ("%u value removed", "%u values removed", n), n);
  g_autofree char *name =
    /* Translators: brings back the removed values of an attribute, such as "E-mail Addresses". */
    g_strdup_printf (_ ("Put Back Removed %s"), roster_field_group_get_title (self->group));

  gtk_label_set_text (GTK_LABEL (self->removed_label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->restore_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->removed_row, n > 0);
  update_list (self);
  if (had_focus && n == 0 && self->rows->len > 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
}

static void
can_add_cb (RosterAttributeGroup *self)
{
  gtk_widget_set_visible (self->add_button, roster_field_group_can_add (self->group));
}

static void
add_cb (RosterAttributeGroup *self)
{
  RosterField *field = roster_field_group_add (self->group);

  for (guint i = 0; field != NULL && i < self->rows->len; i++)
    {
      RosterAttributeRow *row = g_ptr_array_index (self->rows, i);

      if (roster_attribute_row_get_field (row) == field)
        gtk_widget_grab_focus (GTK_WIDGET (row));
    }
}

static void
restore_cb (RosterAttributeGroup *self)
{
  roster_field_group_put_back (self->group);
}

static void
roster_attribute_group_dispose (GObject *object)
{
  RosterAttributeGroup *self = ROSTER_ATTRIBUTE_GROUP (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  if (self->group != NULL)
    g_signal_handlers_disconnect_by_data (self->group, self);
  g_clear_object (&self->group);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_ATTRIBUTE_GROUP);

  G_OBJECT_CLASS (roster_attribute_group_parent_class)->dispose (object);
}

static void
roster_attribute_group_class_init (RosterAttributeGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_attribute_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-attribute-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeGroup, add_button);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeGroup, list);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeGroup, removed_row);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeGroup, removed_label);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeGroup, restore_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
roster_attribute_group_init (RosterAttributeGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}

static void
set_header (RosterAttributeGroup *self)
{
  const char *add = roster_field_group_get_add_label (self->group);
  /* The title of a preferences group is always markup, and this one can come from a schema. */
  g_autofree char *title = g_markup_escape_text (roster_field_group_get_title (self->group), -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  if (roster_field_group_get_kind (self->group) == ROSTER_GROUP_OTHER)
    adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (self),
      _ ("Not described by the service. Roster keeps them as they are."));
  if (add != NULL)
    {
      gtk_widget_set_tooltip_text (self->add_button, add);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, add, -1);
    }
}

GtkWidget *
roster_attribute_group_new (RosterFieldGroup *group)
{
  RosterAttributeGroup *self = NULL;

  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (group), NULL);

  self = g_object_new (ROSTER_TYPE_ATTRIBUTE_GROUP, NULL);
  self->group = g_object_ref (group);
  g_signal_connect_swapped (group, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (group, "notify::can-add", G_CALLBACK (can_add_cb), self);
  g_signal_connect_swapped (group, "notify::n-removed", G_CALLBACK (removed_cb), self);
  set_header (self);
  items_changed_cb (self);
  removed_cb (self);
  can_add_cb (self);
  return GTK_WIDGET (self);
}
