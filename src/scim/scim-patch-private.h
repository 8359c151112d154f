/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-patch.h"

G_BEGIN_DECLS

/* The attribute of schema `urn` (nullable: core User). Nullable, as is schemas. */
const ScimAttribute *scim_schemas_find_in (const ScimSchemas *schemas,
                                           const char *urn,
                                           const char *name);
/* One operation; document is a resource. Returns a new document. */
ScimJson *scim_patch_op_apply (const ScimPatchOp *self,
                               ScimJson *document,
                               const ScimSchemas *schemas,
                               GError **error);

/* A member that stands in either of two objects, by its name without regard to case. */
typedef struct
{
  char *key;     /* as the first of them spells it */
  ScimNode base; /* NONE where it has none */
  ScimNode target;
} ScimPatchSlot;

/* All members of both objects (either may be NONE): those of base in their order, then the rest. */
GPtrArray *scim_patch_list_slots (ScimNode base, ScimNode target);

/* The operations that make the array `target` of the array `base`, one for each value or
 * sub-attribute that differs; NULL when that cannot be said so. name: of the attribute, also in
 * the operations' paths. */
ScimPatch *scim_patch_diff_elements (const char *name,
                                     const ScimAttribute *attribute,
                                     ScimNode base,
                                     ScimNode target);
gboolean scim_attribute_is_sub_read_only (const ScimAttribute *attribute, const char *name);

G_END_DECLS
