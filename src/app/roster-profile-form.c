/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-profile-form.h"

#include "app/roster-attribute-group.h"

#define GROUP_SPACING 16

struct _RosterProfileForm
{
  GtkBox parent_instance;

  RosterForm *form;
  GHashTable *widgets; /* RosterFieldGroup → RosterAttributeGroup, both owned */
};

G_DEFINE_FINAL_TYPE (RosterProfileForm, roster_profile_form, GTK_TYPE_BOX)

static RosterAttributeGroup *
ensure_widget (RosterProfileForm *self, RosterFieldGroup *group)
{
  RosterAttributeGroup *widget = g_hash_table_lookup (self->widgets, group);

  if (widget == NULL)
    {
      widget = ROSTER_ATTRIBUTE_GROUP (g_object_ref_sink (roster_attribute_group_new (group)));
      gtk_box_append (GTK_BOX (self), GTK_WIDGET (widget));
      g_hash_table_insert (self->widgets, g_object_ref (group), widget);
    }
  return widget;
}

/* A group without a visible field is not in the form, but is likely to come back with the next
 * person: its widget stays and hides. */
static void
items_changed_cb (RosterProfileForm *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->form));
  g_autoptr (GHashTable) shown = g_hash_table_new (NULL, NULL);
  GtkWidget *previous = NULL;
  GHashTableIter iter;
  gpointer widget = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterFieldGroup) group = g_list_model_get_item (G_LIST_MODEL (self->form), i);
      GtkWidget *now = GTK_WIDGET (ensure_widget (self, group));

      if (gtk_widget_get_prev_sibling (now) != previous)
        gtk_box_reorder_child_after (GTK_BOX (self), now, previous);
      g_hash_table_add (shown, now);
      previous = now;
    }
  g_hash_table_iter_init (&iter, self->widgets);
  while (g_hash_table_iter_next (&iter, NULL, &widget))
    gtk_widget_set_visible (widget, g_hash_table_contains (shown, widget));
}

static void
clear (RosterProfileForm *self)
{
  GHashTableIter iter;
  gpointer widget = NULL;

  if (self->form != NULL)
    g_signal_handlers_disconnect_by_data (self->form, self);
  g_clear_object (&self->form);
  g_hash_table_iter_init (&iter, self->widgets);
  while (g_hash_table_iter_next (&iter, NULL, &widget))
    gtk_box_remove (GTK_BOX (self), widget);
  g_hash_table_remove_all (self->widgets);
}

static void
roster_profile_form_dispose (GObject *object)
{
  RosterProfileForm *self = ROSTER_PROFILE_FORM (object);

  clear (self);

  G_OBJECT_CLASS (roster_profile_form_parent_class)->dispose (object);
}

static void
roster_profile_form_finalize (GObject *object)
{
  g_hash_table_unref (ROSTER_PROFILE_FORM (object)->widgets);

  G_OBJECT_CLASS (roster_profile_form_parent_class)->finalize (object);
}

static void
roster_profile_form_class_init (RosterProfileFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_profile_form_dispose;
  object_class->finalize = roster_profile_form_finalize;
}

static void
roster_profile_form_init (RosterProfileForm *self)
{
  self->widgets = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), GROUP_SPACING);
}

void
roster_profile_form_set_form (RosterProfileForm *self, RosterForm *form)
{
  g_return_if_fail (ROSTER_IS_PROFILE_FORM (self));
  g_return_if_fail (form == NULL || ROSTER_IS_FORM (form));

  if (form == self->form)
    return;
  clear (self);
  if (form == NULL)
    return;
  self->form = g_object_ref (form);
  g_signal_connect_swapped (form, "items-changed", G_CALLBACK (items_changed_cb), self);
  items_changed_cb (self);
}
