/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-preset-button.h"

struct _RosterPresetButton
{
  GtkToggleButton parent_instance;

  GtkLabel *title_label;
  GtkLabel *caption_label;
};

G_DEFINE_FINAL_TYPE (RosterPresetButton, roster_preset_button, GTK_TYPE_TOGGLE_BUTTON)

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_CAPTION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
roster_preset_button_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  RosterPresetButton *self = ROSTER_PRESET_BUTTON (object);

  switch (id)
    {
    case PROP_TITLE:
      gtk_label_set_text (self->title_label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_CAPTION:
      gtk_label_set_text (self->caption_label, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
roster_preset_button_class_init (RosterPresetButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = roster_preset_button_set_property;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_CAPTION] = g_param_spec_string ("caption", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-preset-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPresetButton, title_label);
  gtk_widget_class_bind_template_child (widget_class, RosterPresetButton, caption_label);
}

static void
roster_preset_button_init (RosterPresetButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
