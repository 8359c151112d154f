/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-difference.h"

struct _RosterDifference
{
  GObject parent_instance;

  char *label;
  char *meant_text;
  char *shown_text;
  char *words;
};

G_DEFINE_FINAL_TYPE (RosterDifference, roster_difference, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_MEANT_TEXT,
  PROP_SHOWN_TEXT,
  PROP_WORDS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
roster_difference_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterDifference *self = ROSTER_DIFFERENCE (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_MEANT_TEXT:
      g_value_set_string (value, self->meant_text);
      break;
    case PROP_SHOWN_TEXT:
      g_value_set_string (value, self->shown_text);
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_difference_finalize (GObject *object)
{
  RosterDifference *self = ROSTER_DIFFERENCE (object);

  g_free (self->label);
  g_free (self->meant_text);
  g_free (self->shown_text);
  g_free (self->words);

  G_OBJECT_CLASS (roster_difference_parent_class)->finalize (object);
}

static void
roster_difference_class_init (RosterDifferenceClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_difference_get_property;
  object_class->finalize = roster_difference_finalize;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_MEANT_TEXT] = g_param_spec_string ("meant-text", NULL, NULL, NULL, flags);
  properties[PROP_SHOWN_TEXT] = g_param_spec_string ("shown-text", NULL, NULL, NULL, flags);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_difference_init (RosterDifference *self)
{
}

RosterDifference *
roster_difference_new (const char *label,
                       const char *meant_text,
                       const char *shown_text,
                       const char *words)
{
  RosterDifference *self;

  g_return_val_if_fail (label != NULL, NULL);
  g_return_val_if_fail (meant_text != NULL, NULL);
  g_return_val_if_fail (shown_text != NULL, NULL);
  g_return_val_if_fail (words != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_DIFFERENCE, NULL);
  self->label = g_strdup (label);
  self->meant_text = g_strdup (meant_text);
  self->shown_text = g_strdup (shown_text);
  self->words = g_strdup (words);
  return self;
}

const char *
roster_difference_get_label (RosterDifference *self)
{
  g_return_val_if_fail (ROSTER_IS_DIFFERENCE (self), NULL);

  return self->label;
}

const char *
roster_difference_get_meant_text (RosterDifference *self)
{
  g_return_val_if_fail (ROSTER_IS_DIFFERENCE (self), NULL);

  return self->meant_text;
}

const char *
roster_difference_get_shown_text (RosterDifference *self)
{
  g_return_val_if_fail (ROSTER_IS_DIFFERENCE (self), NULL);

  return self->shown_text;
}

const char *
roster_difference_get_words (RosterDifference *self)
{
  g_return_val_if_fail (ROSTER_IS_DIFFERENCE (self), NULL);

  return self->words;
}
