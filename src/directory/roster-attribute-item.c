/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-attributes-private.h"

struct _RosterAttributeItem
{
  GObject parent_instance;

  RosterAttributeInfo info;
  gboolean in_profile;
  gboolean in_table;
};

G_DEFINE_FINAL_TYPE (RosterAttributeItem, roster_attribute_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_IN_PROFILE,
  PROP_IN_TABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
roster_attribute_item_get_property (GObject *object,
                                    guint prop_id,
                                    GValue *value,
                                    GParamSpec *pspec)
{
  RosterAttributeItem *self = ROSTER_ATTRIBUTE_ITEM (object);

  switch (prop_id)
    {
    case PROP_IN_PROFILE:
      g_value_set_boolean (value, self->in_profile);
      break;
    case PROP_IN_TABLE:
      g_value_set_boolean (value, self->in_table);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_attribute_item_set_property (GObject *object,
                                    guint prop_id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  RosterAttributeItem *self = ROSTER_ATTRIBUTE_ITEM (object);

  switch (prop_id)
    {
    case PROP_IN_PROFILE:
      roster_attribute_item_set_in_profile (self, g_value_get_boolean (value));
      break;
    case PROP_IN_TABLE:
      roster_attribute_item_set_in_table (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_attribute_item_finalize (GObject *object)
{
  RosterAttributeItem *self = ROSTER_ATTRIBUTE_ITEM (object);

  g_free (self->info.path);
  g_free (self->info.label);
  g_free (self->info.column_title);
  g_free (self->info.group);

  G_OBJECT_CLASS (roster_attribute_item_parent_class)->finalize (object);
}

static void
roster_attribute_item_class_init (RosterAttributeItemClass *klass)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_attribute_item_get_property;
  object_class->set_property = roster_attribute_item_set_property;
  object_class->finalize = roster_attribute_item_finalize;

  properties[PROP_IN_PROFILE] = g_param_spec_boolean ("in-profile", NULL, NULL, FALSE, flags);
  properties[PROP_IN_TABLE] = g_param_spec_boolean ("in-table", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_attribute_item_init (RosterAttributeItem *self)
{
}

RosterAttributeItem *
roster_attribute_item_new (RosterAttributeInfo info)
{
  RosterAttributeItem *self = g_object_new (ROSTER_TYPE_ATTRIBUTE_ITEM, NULL);

  self->info = info;
  self->in_profile = info.required;
  self->in_table = info.table_fixed;

  return self;
}

const RosterAttributeInfo *
roster_attribute_item_get_info (RosterAttributeItem *self)
{
  return &self->info;
}

const char *
roster_attribute_item_get_label (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), NULL);

  return self->info.label;
}

const char *
roster_attribute_item_get_path (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), NULL);

  return self->info.path;
}

const char *
roster_attribute_item_get_group (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), NULL);

  return self->info.group;
}

gboolean
roster_attribute_item_get_required (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), FALSE);

  return self->info.required;
}

gboolean
roster_attribute_item_get_read_only (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), FALSE);

  return self->info.read_only;
}

gboolean
roster_attribute_item_get_table_fixed (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), FALSE);

  return self->info.table_fixed;
}

gboolean
roster_attribute_item_get_in_profile (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), FALSE);

  return self->in_profile;
}

gboolean
roster_attribute_item_get_in_table (RosterAttributeItem *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self), FALSE);

  return self->in_table;
}

void
roster_attribute_item_set_in_profile (RosterAttributeItem *self, gboolean on)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self));

  /* A required attribute that nobody sees could not be mended. */
  on = on || self->info.required;
  if (self->in_profile == on)
    return;

  self->in_profile = on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_PROFILE]);
}

void
roster_attribute_item_set_in_table (RosterAttributeItem *self, gboolean on)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTE_ITEM (self));

  on = on || self->info.table_fixed;
  if (self->in_table == on)
    return;

  self->in_table = on;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_TABLE]);
}
