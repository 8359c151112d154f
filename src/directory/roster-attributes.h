/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-connection.h"
#include "scim/scim-schema.h"

G_BEGIN_DECLS

/* One attribute to choose in "Customize Attributes": properties "in-profile" and "in-table"
 * (boolean, read-write, notify). */
#define ROSTER_TYPE_ATTRIBUTE_ITEM (roster_attribute_item_get_type ())
G_DECLARE_FINAL_TYPE (RosterAttributeItem, roster_attribute_item, ROSTER, ATTRIBUTE_ITEM, GObject)

const char *roster_attribute_item_get_label (RosterAttributeItem *self); /* translated */
const char *roster_attribute_item_get_path (RosterAttributeItem *self);
/* The schema's title, translated. */
const char *roster_attribute_item_get_group (RosterAttributeItem *self);
gboolean roster_attribute_item_get_required (RosterAttributeItem *self);
gboolean roster_attribute_item_get_read_only (RosterAttributeItem *self);
gboolean roster_attribute_item_get_in_profile (RosterAttributeItem *self);
gboolean roster_attribute_item_get_in_table (RosterAttributeItem *self);
void roster_attribute_item_set_in_profile (RosterAttributeItem *self, gboolean on);
void roster_attribute_item_set_in_table (RosterAttributeItem *self, gboolean on);
/* FALSE for what is always shown (the name column). */
gboolean roster_attribute_item_get_table_fixed (RosterAttributeItem *self);

/* All attributes of the schemas, flattened (name.givenName, emails, …), in the service's order: a
 * GListModel of RosterAttributeItem. Signal "changed": a choice changed (form and table rebuild).
 */
#define ROSTER_TYPE_ATTRIBUTES (roster_attributes_get_type ())
G_DECLARE_FINAL_TYPE (RosterAttributes, roster_attributes, ROSTER, ATTRIBUTES, GObject)

/* Choices are read from the connection and written back to it on each change. */
RosterAttributes *roster_attributes_new (RosterConnection *connection);
void roster_attributes_set_schemas (RosterAttributes *self, ScimSchemas *schemas);
gboolean roster_attributes_is_hidden (RosterAttributes *self, const char *path);
/* Back to the service's own choice. */
void roster_attributes_reset (RosterAttributes *self);

/* A column of the user table. The status column (icon) is not in the list: it is always first. */
typedef struct
{
  char *path;    /* "" for the name column (display name with avatar), else the attribute's path */
  char *title;   /* translated */
  gboolean date; /* tabular figures, one width */
  gboolean expand; /* takes the space that is left */
  int width;       /* pixels */
} RosterColumn;

/* The columns now: RosterColumn, name first. Owned by self until "changed". */
GPtrArray *roster_attributes_get_columns (RosterAttributes *self);

G_END_DECLS
