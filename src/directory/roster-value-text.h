/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-schema.h"

G_BEGIN_DECLS

/* Values of a resource in few words for people. All owned, translated, safe to display, never
 * NULL. */

/* Is there no value: absent, null, "" or empty? */
gboolean roster_value_is_nothing (ScimNode node);
/* The text that stands for one value: a scalar's own, an object's `value`, `displayName` or
 * `formatted`; NULL when it has none of them. As the service wrote it: not safe to display. */
char *roster_value_dup_main_text (ScimNode node);
/* One value, or several one after the other; "" for nothing. */
char *roster_value_dup_text (ScimNode node);
/* The value of the attribute at a path as its field shows it: dates, yes and no; of several values
 * also their types and which is primary. */
char *roster_value_dup_attribute_text (const ScimSchemas *schemas, const char *path, ScimNode node);
/* The same, cut only where nobody would read it any more. */
char *roster_value_dup_long_text (const ScimSchemas *schemas, const char *path, ScimNode node);
/* The name of the attribute at a path. */
char *roster_value_dup_label (const ScimSchemas *schemas, const char *path);

G_END_DECLS
