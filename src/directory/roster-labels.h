/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-schema.h"

G_BEGIN_DECLS

/* Words for people that more than one part of this room shows. All owned, translated, plain text
 * (never markup), never NULL. */

/* The service's display name or the well-known name of an attribute: "Given Name". */
char *roster_label_attribute (const ScimAttribute *attribute);
/* For a column's head, where there is little room: "E-mail" for "E-mail Addresses". */
char *roster_label_column (const ScimAttribute *attribute);
/* "User", "Enterprise User", an extension by its name. */
char *roster_label_schema (const ScimSchema *schema);
/* Attributes that every resource has (RFC 7643 section 3.1) and schemas need not list: id,
 * externalId, meta.created, meta.lastModified. NULL for every other path. */
char *roster_label_common (const char *path);
/* A canonical value of `type` and its kin: "Work", "Home". Unknown ones as the service writes them.
 */
char *roster_label_type (const char *value);
/* The translation of one of the words above, or a copy of the text where it is none of them. */
char *roster_label_translate (const char *english);

/* A count with the locale's separators: "98,311". */
char *roster_label_count (guint64 count);
/* A dateTime (RFC 3339, or WSO2's milliseconds since 1970) in local time, the same width for every
 * value: "2026-11-22 14:01". What is no dateTime comes back as it is. */
char *roster_label_date_time (const char *text);
/* The dateTime as it sorts: UTC, to the second; NULL when text is no dateTime. */
char *roster_date_time_normalize (const char *text);

G_END_DECLS
