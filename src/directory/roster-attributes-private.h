/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-attributes.h"

G_BEGIN_DECLS

/* For the other files of this room. */

/* What does not change about an attribute that can be chosen. Texts are owned by whoever holds it.
 */
typedef struct
{
  char *path;
  char *label;
  char *column_title;
  char *group;
  gboolean required;
  gboolean read_only;
  gboolean table_fixed;
  gboolean date;
  gboolean boolean;
  gboolean hidden; /* unless somebody chose otherwise */
} RosterAttributeInfo;

/* Takes the texts of info. */
RosterAttributeItem *roster_attribute_item_new (RosterAttributeInfo info);
const RosterAttributeInfo *roster_attribute_item_get_info (RosterAttributeItem *self);

/* All attributes that can be chosen, in order: an array of RosterAttributeItem. */
GPtrArray *roster_attribute_items_make (ScimSchemas *schemas);

/* The paths of the columns, without the name's: what the index must hold. */
GStrv roster_attributes_dup_column_paths (RosterAttributes *self);

G_END_DECLS
