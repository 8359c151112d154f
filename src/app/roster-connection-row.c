/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-connection-row.h"

#include "app/roster-marks.h"

struct _RosterConnectionRow
{
  GtkListBoxRow parent_instance;

  RosterConnection *connection;

  GtkWidget *dot;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkWidget *current_image;
};

G_DEFINE_FINAL_TYPE (RosterConnectionRow, roster_connection_row, GTK_TYPE_LIST_BOX_ROW)

static void
roster_connection_row_dispose (GObject *object)
{
  RosterConnectionRow *self = ROSTER_CONNECTION_ROW (object);

  g_clear_object (&self->connection);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROSTER_TYPE_CONNECTION_ROW);

  G_OBJECT_CLASS (roster_connection_row_parent_class)->dispose (object);
}

static void
roster_connection_row_class_init (RosterConnectionRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_connection_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-connection-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionRow, dot);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectionRow, current_image);
}

static void
roster_connection_row_init (RosterConnectionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_connection_row_new (RosterConnection *connection, gboolean current)
{
  RosterConnectionRow *self = NULL;
  RosterEnvironment environment = ROSTER_ENVIRONMENT_PRODUCTION;
  g_autofree char *service = NULL;
  g_autofree char *detail = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_CONNECTION_ROW, NULL);
  self->connection = g_object_ref (connection);
  environment = roster_connection_get_environment (connection);
  service = roster_connection_dup_service_name (connection);
  detail = g_strdup_printf ("%s · %s", service, roster_environment_get_label (environment));
  roster_environment_dot_set (self->dot, environment);
  gtk_label_set_text (self->name_label, roster_connection_get_name (connection));
  gtk_label_set_text (self->detail_label, detail);
  gtk_widget_set_visible (self->current_image, current);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  roster_connection_get_name (connection), -1);
  return GTK_WIDGET (self);
}

RosterConnection *
roster_connection_row_get_connection (RosterConnectionRow *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION_ROW (self), NULL);

  return self->connection;
}

char *
roster_connection_dup_title (RosterConnection *connection)
{
  const char *name = NULL;
  g_autofree char *service = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  name = roster_connection_get_name (connection);
  service = roster_connection_dup_service_name (connection);
  if (roster_connection_get_environment (connection) == ROSTER_ENVIRONMENT_DEMO ||
      service == NULL || g_str_equal (name, service))
    return g_strdup (name);
  return g_strdup_printf ("%s · %s", name, service);
}
