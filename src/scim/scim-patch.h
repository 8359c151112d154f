/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-resource.h"

G_BEGIN_DECLS

typedef enum
{
  SCIM_PATCH_ADD,
  SCIM_PATCH_REPLACE,
  SCIM_PATCH_REMOVE,
} ScimPatchOpKind;

/* One operation of RFC 7644 section 3.5.2. */
typedef struct
{
  ScimPatchOpKind kind;
  char *path;  /* nullable: the value is then an object of attributes */
  char *value; /* raw JSON; NULL for remove */
} ScimPatchOp;

typedef struct _ScimPatch ScimPatch; /* refcounted list of operations */

ScimPatch *scim_patch_new (void);
ScimPatch *scim_patch_ref (ScimPatch *self);
void scim_patch_unref (ScimPatch *self);
void scim_patch_add (ScimPatch *self,
                     ScimPatchOpKind kind,
                     const char *path,
                     const char *raw_value);
guint scim_patch_get_n (const ScimPatch *self);
const ScimPatchOp *scim_patch_get_at (const ScimPatch *self, guint position);

/* The least operations that make `target` of `base`. Read-only attributes and sub-attributes,
 * immutable ones that have a value, `id`, `meta`, `schemas` and `password` are never written.
 * - Simple attributes, and each sub-attribute of a complex one: add, replace or remove by path;
 * null,
 *   [] and absence are the same.
 * - A value of a multi-valued complex attribute is addressed alone (emails[type eq "work"].value,
 *   else by its `value`) where that filter selects exactly it at that point of the patch; otherwise
 *   the whole attribute is replaced, with the untouched values' original bytes. Their order does
 * not count. Where `primary` moves, the old one is written first.
 * - An attribute whose name no path can hold is written without path.
 * schemas: nullable (nothing is then read-only). Never fails; equal resources give an empty patch.
 */
ScimPatch *scim_patch_diff (const ScimResource *base,
                            const ScimResource *target,
                            const ScimSchemas *schemas);

/* Applies as RFC 7644 section 3.5.2 says, all or nothing. schemas: nullable (neither mutability
 * nor types are checked then). A value filter that selects nothing is SCIM_ERROR_NO_TARGET.
 * Errors: SCIM_ERROR_INVALID_PATH, _INVALID_FILTER, _INVALID_VALUE, _NO_TARGET, _MUTABILITY. */
ScimResource *scim_patch_apply (const ScimPatch *self,
                                const ScimResource *resource,
                                const ScimSchemas *schemas,
                                GError **error);

/* A PatchOp body: Operations in any case, op names in any case. */
ScimPatch *scim_patch_new_from_json (const ScimJson *json, GError **error);
/* The plain body with paths; dialects wrap theirs (scim-dialect.h). */
GBytes *scim_patch_to_bytes (const ScimPatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimPatch, scim_patch_unref)

G_END_DECLS
