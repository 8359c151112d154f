/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-filter.h"

G_BEGIN_DECLS

/* Comparisons in one filter. Chains of and/or lean to the left, and both releasing and matching
 * recurse along them. */
#define SCIM_FILTER_MAX_TERMS 1000
#define SCIM_FILTER_MAX_DEPTH 32

struct _ScimFilter
{
  gatomicrefcount ref_count;
  ScimFilterKind kind;
  ScimFilter *left;
  ScimFilter *right;

  /* Compare, present and value path. The parts of `path`, split where a URN ends (nullable). */
  char *path;
  char *schema;
  char *attribute;
  char *sub_attribute;

  /* Compare alone. */
  ScimCompareOp op;
  char *raw_value;
  ScimJsonType value_type;
  char *folded;    /* of a string: as matching compares it */
  char *text;      /* of a number: as written */
  gboolean truth;  /* of a boolean */
  GDateTime *date; /* nullable: the string read as a dateTime */
};

ScimFilter *scim_filter_new_logical (ScimFilterKind kind, ScimFilter *left, ScimFilter *right);
ScimFilter *scim_filter_new_present (const char *path);
ScimFilter *scim_filter_new_value_path (const char *path, ScimFilter *inner);

/* The caseless form in which strings are compared. length: bytes, or -1; U+0000 is kept apart from
 * the end of the text. */
char *scim_filter_fold (const char *text, gssize length);
/* NULL when the text is no dateTime (RFC 7643 section 2.3.5). */
GDateTime *scim_filter_parse_date (const char *text);

G_END_DECLS
