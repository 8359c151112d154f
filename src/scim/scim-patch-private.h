/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-error.h"
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

/* Where one operation works: what its path says, or one member of a value without path. */
typedef struct
{
  ScimPatchOpKind kind;
  const char *urn;          /* nullable: core */
  const char *name;         /* nullable: the whole extension */
  const ScimFilter *filter; /* nullable */
  const char *sub_name;     /* nullable */
  ScimNode value;           /* NONE for remove */
  const ScimSchemas *schemas;
  const ScimAttribute *attribute; /* nullable: no schema knows it */
} ScimPatchTarget;

/* Errors: SCIM_ERROR_MUTABILITY, SCIM_ERROR_INVALID_VALUE. existing: the attribute's value now. */
gboolean scim_patch_target_check (const ScimPatchTarget *self, ScimNode existing, GError **error);
/* null and [] take a value away (RFC 7643 section 2.5), as does none at all. */
gboolean scim_patch_takes_away (ScimNode value);
/* Sets "name: problem" and returns FALSE. */
gboolean scim_patch_fail (GError **error,
                          ScimErrorCode code,
                          const char *name,
                          const char *problem);

/* A member that stands in either of two objects, by its name without regard to case. */
typedef struct
{
  char *key;     /* as the first of them spells it */
  ScimNode base; /* NONE where it has none */
  ScimNode target;
} ScimPatchSlot;

/* All members of both objects (either may be NONE): those of base in their order, then the rest.
 * Members whose key holds U+0000 are no attributes and left out. */
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
