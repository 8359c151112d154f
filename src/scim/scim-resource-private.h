/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-resource.h"

G_BEGIN_DECLS

/* TRUE for ATTRNAME of RFC 7644 section 3.4.2.2 and for $ref. */
gboolean scim_path_is_name (const char *text);
/* As scim_path_new (); the URNs that are member names of `object` (may be NONE) are known, too. */
ScimPath *scim_path_new_for_object (const char *text,
                                    const ScimSchemas *schemas,
                                    ScimNode object,
                                    GError **error);

/* TRUE for NONE, null, [] and {}: what RFC 7643 section 2.5 calls unassigned. */
gboolean scim_node_is_unassigned (ScimNode node);

/* The object that holds the attributes of schema `urn` (nullable: core) in a resource; NONE when
 * the resource has none of them. */
ScimNode scim_object_get_container (ScimNode object, const char *urn);

/* The resource's document, with the resource as its root. */
ScimJson *scim_resource_dup_json (const ScimResource *self);

/* {"URN":{"attribute":{"sub-attribute":raw}}} of what is there of it (nullable but for raw). */
char *scim_value_wrap (const char *urn,
                       const char *attribute,
                       const char *sub_attribute,
                       const char *raw);

/* A new document in which one value is another; raw NULL removes it. `document` is a resource.
 * Containers, parents and `schemas` follow. attribute NULL: the whole extension. */
ScimJson *scim_document_set (ScimJson *document,
                             const char *urn,
                             const char *attribute,
                             const char *sub_attribute,
                             const char *raw,
                             GError **error);

G_END_DECLS
