/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-test-step-private.h"

struct _RosterTestStep
{
  GObject parent_instance;

  char *title;
  char *finding;
  char *fix;
  RosterStepState state;
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_FINDING,
  PROP_FIX,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterTestStep, roster_test_step, G_TYPE_OBJECT)

static void
roster_test_step_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterTestStep *self = ROSTER_TEST_STEP (object);

  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_FINDING:
      g_value_set_string (value, self->finding);
      break;
    case PROP_FIX:
      g_value_set_string (value, self->fix);
      break;
    case PROP_STATE:
      g_value_set_int (value, (int)self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_test_step_finalize (GObject *object)
{
  RosterTestStep *self = ROSTER_TEST_STEP (object);

  g_free (self->title);
  g_free (self->finding);
  g_free (self->fix);

  G_OBJECT_CLASS (roster_test_step_parent_class)->finalize (object);
}

static void
roster_test_step_class_init (RosterTestStepClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_test_step_get_property;
  object_class->finalize = roster_test_step_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_FINDING] = g_param_spec_string ("finding", NULL, NULL, NULL, flags);
  properties[PROP_FIX] = g_param_spec_string ("fix", NULL, NULL, NULL, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROSTER_STEP_WAITING,
                                             ROSTER_STEP_FAILED, ROSTER_STEP_WAITING, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_test_step_init (RosterTestStep *self)
{
}

RosterTestStep *
roster_test_step_new (const char *title)
{
  RosterTestStep *self = g_object_new (ROSTER_TYPE_TEST_STEP, NULL);

  self->title = g_strdup (title);

  return self;
}

void
roster_test_step_set (RosterTestStep *self, RosterStepState state, char *finding, char *fix)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->state != state)
    g_object_notify_by_pspec (object, properties[PROP_STATE]);
  if (g_strcmp0 (self->finding, finding) != 0)
    g_object_notify_by_pspec (object, properties[PROP_FINDING]);
  if (g_strcmp0 (self->fix, fix) != 0)
    g_object_notify_by_pspec (object, properties[PROP_FIX]);
  self->state = state;
  g_free (self->finding);
  self->finding = finding;
  g_free (self->fix);
  self->fix = fix;
  g_object_thaw_notify (object);
}

const char *
roster_test_step_get_title (RosterTestStep *self)
{
  g_return_val_if_fail (ROSTER_IS_TEST_STEP (self), NULL);

  return self->title;
}

const char *
roster_test_step_get_finding (RosterTestStep *self)
{
  g_return_val_if_fail (ROSTER_IS_TEST_STEP (self), NULL);

  return self->finding;
}

const char *
roster_test_step_get_fix (RosterTestStep *self)
{
  g_return_val_if_fail (ROSTER_IS_TEST_STEP (self), NULL);

  return self->fix;
}

RosterStepState
roster_test_step_get_state (RosterTestStep *self)
{
  g_return_val_if_fail (ROSTER_IS_TEST_STEP (self), ROSTER_STEP_WAITING);

  return self->state;
}
