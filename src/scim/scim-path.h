/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-filter.h"
#include "scim-schema.h"

G_BEGIN_DECLS

/* An attribute path (RFC 7644 section 3.5.2, figure 7):
 * [URN ":"] attribute ["[" filter "]"] ["." sub-attribute]. */
typedef struct
{
  char *schema;        /* nullable URN */
  char *attribute;     /* nullable only when the path names a whole extension */
  ScimFilter *filter;  /* nullable value filter */
  char *sub_attribute; /* nullable */
} ScimPath;

/* schemas (nullable) and the URNs of scim-schema.h tell which text is a URN alone; in every other
 * the last ':' ends it.
 * Errors: SCIM_ERROR_INVALID_PATH, SCIM_ERROR_INVALID_FILTER. */
ScimPath *scim_path_new (const char *text, const ScimSchemas *schemas, GError **error);
ScimPath *scim_path_copy (const ScimPath *self);
void scim_path_free (ScimPath *self);
char *scim_path_to_string (const ScimPath *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimPath, scim_path_free)

G_END_DECLS
