/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-json.h"

G_BEGIN_DECLS

/* A SCIM filter (RFC 7644 section 3.4.2.2) as a tree. Refcounted, immutable. */
typedef struct _ScimFilter ScimFilter;

typedef enum
{
  SCIM_FILTER_AND,
  SCIM_FILTER_OR,
  SCIM_FILTER_NOT,
  SCIM_FILTER_PRESENT,
  SCIM_FILTER_COMPARE,
  SCIM_FILTER_VALUE_PATH, /* emails[type eq "work"] */
} ScimFilterKind;

typedef enum
{
  SCIM_OP_EQ,
  SCIM_OP_NE,
  SCIM_OP_CO,
  SCIM_OP_SW,
  SCIM_OP_EW,
  SCIM_OP_GT,
  SCIM_OP_GE,
  SCIM_OP_LT,
  SCIM_OP_LE,
} ScimCompareOp;

/* Errors: SCIM_ERROR_INVALID_FILTER with the position in characters in the message. Nesting ≤ 32,
 * at most 1,000 comparisons. */
ScimFilter *scim_filter_new (const char *text, GError **error);
/* raw_value: one JSON literal (string, number, boolean, null); NULL is returned for anything else.
 */
ScimFilter *scim_filter_new_compare (const char *path, ScimCompareOp op, const char *raw_value);
ScimFilter *scim_filter_new_compare_text (const char *path, ScimCompareOp op, const char *text);
ScimFilter *scim_filter_new_and (ScimFilter *left,
                                 ScimFilter *right); /* takes references of its own */
ScimFilter *scim_filter_ref (ScimFilter *self);
void scim_filter_unref (ScimFilter *self);

ScimFilterKind scim_filter_get_kind (const ScimFilter *self);
ScimCompareOp scim_filter_get_op (const ScimFilter *self);
const char *scim_filter_get_path (const ScimFilter *self);       /* nullable for and, or, not */
const char *scim_filter_get_raw_value (const ScimFilter *self);  /* nullable unless compare */
const ScimFilter *scim_filter_get_left (const ScimFilter *self); /* also of not and value path */
const ScimFilter *scim_filter_get_right (const ScimFilter *self);

/* "eq" and its like, in any case; length in bytes. FALSE when it names no operator. */
gboolean scim_compare_op_from_name (const char *name, gsize length, ScimCompareOp *op);
const char *scim_compare_op_get_name (ScimCompareOp op);

/* The RFC's own form: values quoted and JSON-escaped. Dialects write theirs (scim-dialect.h). */
char *scim_filter_to_string (const ScimFilter *self);

/* Evaluates against a resource's object, or against one element of a multi-valued attribute.
 * Multi-valued attributes match when any of their values does; a complex attribute named alone
 * means its `value` (RFC 7644 section 3.4.2.2), and a bare string is its own `value`. Strings
 * compare caselessly and normalised (no schema is known here), gt, ge, lt and le by time when both
 * sides are dateTimes. Absent attributes match nothing but `eq null` and `not`. */
gboolean scim_filter_matches (const ScimFilter *self, ScimNode object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimFilter, scim_filter_unref)

G_END_DECLS
