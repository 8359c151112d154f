/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-dialect.h"

G_BEGIN_DECLS

/* A PatchOp body, one operation after the other. */
GString *scim_dialect_body_begin (void);
/* path, raw_value: nullable. */
void scim_dialect_body_add (GString *body, const char *op, const char *path, const char *raw_value);
/* Takes `body`. */
GBytes *scim_dialect_body_end (GString *body);

/* scim-dialect-wso2-patch.c */
GBytes *scim_wso2_wrap_operations (const ScimPatch *patch,
                                   const ScimResource *target,
                                   const ScimSchemas *schemas);

G_END_DECLS
