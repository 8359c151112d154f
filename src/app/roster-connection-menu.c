/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-connection-menu.h"

#include "app/roster-connection-row.h"

struct _RosterConnectionMenu
{
  GtkPopover parent_instance;

  RosterConnections *connections;
  RosterConnection *current;

  GtkWidget *known;
  GtkListBox *list;
  GtkWidget *separator;
  GtkWidget *edit_button;
  GtkWidget *forget_button;
};

G_DEFINE_FINAL_TYPE (RosterConnectionMenu, roster_connection_menu, GTK_TYPE_POPOVER)

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  RosterConnectionMenu *self = user_data;

  return roster_connection_row_new (item, item == self->current);
}

static void
update (RosterConnectionMenu *self)
{
  gboolean any =
    self->connections != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->connections)) > 0;
  gboolean kept =
    self->connections != NULL && self->current != NULL &&
    roster_connections_find (self->connections, roster_connection_get_id (self->current)) != NULL;

  gtk_widget_set_visible (self->known, any);
  gtk_widget_set_visible (self->separator, any);
  gtk_widget_set_visible (self->edit_button, kept);
  gtk_widget_set_visible (self->forget_button, kept);
}

/* Names and marks may have changed since: the few rows are made anew for each opening. */
static void
roster_connection_menu_map (GtkWidget *widget)
{
  RosterConnectionMenu *self = ROSTER_CONNECTION_MENU (widget);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->connections), create_row, self, NULL);
  update (self);

  GTK_WIDGET_CLASS (roster_connection_menu_parent_class)->map (widget);
}

static void
row_activated_cb (RosterConnectionMenu *self, GtkListBoxRow *row)
{
  RosterConnection *connection = roster_connection_row_get_connection (ROSTER_CONNECTION_ROW (row));

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "s",
                              roster_connection_get_id (connection));
}

static void
roster_connection_menu_dispose (GObject *object)
{
  RosterConnectionMenu *self = ROSTER_CONNECTION_MENU (object);

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->connections);
  g_clear_object (&self->current);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROSTER_TYPE_CONNECTION_MENU);

  G_OBJECT_CLASS (roster_connection_menu_parent_class)->dispose (object);
}

static void
roster_connection_menu_class_init (RosterConnectionMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_connection_menu_dispose;
  widget_class->map = roster_connection_menu_map;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-connection-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionMenu, known);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionMenu, list);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionMenu, separator);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionMenu, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionMenu, forget_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, gtk_popover_popdown);
}

static void
roster_connection_menu_init (RosterConnectionMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_connection_menu_set_connections (RosterConnectionMenu *self, RosterConnections *connections)
{
  g_return_if_fail (ROSTER_IS_CONNECTION_MENU (self));
  g_return_if_fail (connections == NULL || ROSTER_IS_CONNECTIONS (connections));

  g_set_object (&self->connections, connections);
}

void
roster_connection_menu_set_current (RosterConnectionMenu *self, RosterConnection *current)
{
  g_return_if_fail (ROSTER_IS_CONNECTION_MENU (self));
  g_return_if_fail (current == NULL || ROSTER_IS_CONNECTION (current));

  g_set_object (&self->current, current);
}
