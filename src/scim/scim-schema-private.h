/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-schema.h"

G_BEGIN_DECLS

struct _ScimSchemas
{
  gatomicrefcount ref_count;
  GPtrArray *schemas; /* ScimSchema */
  gboolean is_wso2;
};

ScimSchemas *scim_schemas_alloc (void);
/* An attribute with the defaults of RFC 7643 section 2.2; takes no text of a server unchecked. */
ScimAttribute *scim_attribute_new (const char *name);
void scim_attribute_free (ScimAttribute *self);
/* A copy without schema and parent; its sub-attributes point to it. */
ScimAttribute *scim_attribute_copy (const ScimAttribute *self);
/* Takes `sub`. */
void scim_attribute_add_sub (ScimAttribute *self, ScimAttribute *sub);
ScimSchema *scim_schema_new (const char *id, const char *name, const char *description);
void scim_schema_free (ScimSchema *self);
/* Takes `attribute` and makes it and its sub-attributes this schema's. */
void scim_schema_add_attribute (ScimSchema *self, ScimAttribute *attribute);
/* Takes all attributes, as a service listed them, and leaves the array empty; see
 * scim-schema-normalize.c. */
void scim_schema_take_attributes (ScimSchema *self, GPtrArray *attributes);

ScimSchema *scim_schema_new_core_user (void);
ScimSchema *scim_schema_new_enterprise_user (void);

G_END_DECLS
