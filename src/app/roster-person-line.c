/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-person-line.h"

#include <glib/gi18n.h>

#include "app/roster-marks.h"
#include "app/roster-pill.h"

/* The user store's part of a name: still readable (contrast above 3), but not what is read first.
 */
#define STORE_ALPHA (G_MAXUINT16 * 52 / 100)

struct _RosterPersonLine
{
  GtkBox parent_instance;

  gboolean show_status;

  GtkWidget *avatar;
  GtkWidget *name_label;
  GtkWidget *user_name_label;
  GtkWidget *pill;
  GtkWidget *dot;
  GtkWidget *connection_label;
};

G_DEFINE_FINAL_TYPE (RosterPersonLine, roster_person_line, GTK_TYPE_BOX)

enum
{
  PROP_0,
  PROP_SHOW_STATUS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
roster_person_line_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterPersonLine *self = ROSTER_PERSON_LINE (object);

  switch (prop_id)
    {
    case PROP_SHOW_STATUS:
      g_value_set_boolean (value, self->show_status);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_person_line_set_property (GObject *object,
                                 guint prop_id,
                                 const GValue *value,
                                 GParamSpec *pspec)
{
  RosterPersonLine *self = ROSTER_PERSON_LINE (object);

  switch (prop_id)
    {
    case PROP_SHOW_STATUS:
      self->show_status = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_person_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_PERSON_LINE);

  G_OBJECT_CLASS (roster_person_line_parent_class)->dispose (object);
}

static void
roster_person_line_class_init (RosterPersonLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = roster_person_line_get_property;
  object_class->set_property = roster_person_line_set_property;
  object_class->dispose = roster_person_line_dispose;

  properties[PROP_SHOW_STATUS] = g_param_spec_boolean ("show-status", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROSTER_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-person-line.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, avatar);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, user_name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, pill);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, dot);
  gtk_widget_class_bind_template_child (widget_class, RosterPersonLine, connection_label);
}

static void
roster_person_line_init (RosterPersonLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_profile (RosterPersonLine *self, RosterProfile *profile)
{
  adw_avatar_set_text (ADW_AVATAR (self->avatar), roster_profile_get_title (profile));
  gtk_label_set_text (GTK_LABEL (self->name_label), roster_profile_get_title (profile));
  roster_label_set_user_name (GTK_LABEL (self->user_name_label), profile);
  roster_pill_set_profile (ROSTER_PILL (self->pill), profile);
}

void
roster_person_line_set (RosterPersonLine *self,
                        RosterProfile *profile,
                        RosterConnection *connection)
{
  RosterEnvironment environment = ROSTER_ENVIRONMENT_PRODUCTION;
  g_autofree char *where = NULL;

  g_return_if_fail (ROSTER_IS_PERSON_LINE (self));
  g_return_if_fail (ROSTER_IS_PROFILE (profile));
  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  /* The state is new after each write. */
  g_signal_connect_object (profile, "reloaded", G_CALLBACK (show_profile), self, G_CONNECT_SWAPPED);
  show_profile (self, profile);

  environment = roster_connection_get_environment (connection);
  roster_environment_dot_set (self->dot, environment);
  /* Translators: the name of a connection and its environment, as in "Acme · Production". */
  where = g_strdup_printf (_ ("%s · %s"), roster_connection_get_name (connection),
                           roster_environment_get_label (environment));
  gtk_label_set_text (GTK_LABEL (self->connection_label), where);
}

void
roster_label_set_user_name (GtkLabel *label, RosterProfile *profile)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const char *user_name = roster_profile_get_shown_user_name (profile);
  const char *store = roster_profile_get_user_store (profile);

  g_return_if_fail (GTK_IS_LABEL (label));

  if (user_name == NULL)
    user_name = "";
  if (store != NULL && g_str_has_prefix (user_name, store))
    {
      PangoAttribute *fainter = pango_attr_foreground_alpha_new (STORE_ALPHA);

      fainter->start_index = 0;
      fainter->end_index = MIN (strlen (store) + 1, strlen (user_name));
      pango_attr_list_insert (attributes, fainter);
    }
  gtk_label_set_text (label, user_name);
  gtk_label_set_attributes (label, attributes);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), user_name);
}
