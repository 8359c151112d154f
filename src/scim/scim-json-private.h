/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-json.h"

G_BEGIN_DECLS

/* One value, or the key of a member: a key's token stands right before the one of its value.
 * Offsets are bytes of the document; strings and keys include their quotes. */
typedef struct
{
  guint32 offset;
  guint32 length; /* while a container is open: its last child so far */
  guint32 end;    /* the token after this value's last; while a container is open: its parent */
  guint32 info;   /* ScimJsonType, SCIM_TOKEN_* flags, number of children */
} ScimToken;

#define SCIM_TOKEN_TYPE_MASK  0x07u
#define SCIM_TOKEN_ESCAPED    0x08u /* a string or key that holds backslashes */
#define SCIM_TOKEN_HAS_KEY    0x10u /* the value of a member */
#define SCIM_TOKEN_LAST       0x20u /* no sibling follows */
#define SCIM_TOKEN_SIZE_SHIFT 6u
#define SCIM_TOKEN_SIZE_ONE   (1u << SCIM_TOKEN_SIZE_SHIFT)

/* What the widths above allow, whatever the caller's limits say. */
#define SCIM_JSON_MOST_BYTES  ((gsize)G_MAXUINT32 - 1)
#define SCIM_JSON_MOST_TOKENS ((1u << (32u - SCIM_TOKEN_SIZE_SHIFT)) - 1)
#define SCIM_JSON_MOST_DEPTH  512u /* comparing recurses */

struct _ScimJson
{
  gatomicrefcount refs;
  GBytes *bytes;
  const char *text; /* of bytes */
  ScimToken *tokens;
  guint32 n_tokens;
};

/* Returns the tokens (owned) of the one value that text holds, or NULL with an error. */
ScimToken *scim_json_scan (
  const char *text, gsize length, const ScimJsonLimits *limits, guint32 *n_tokens, GError **error);

/* at: an opening quote. Returns the place after the closing one, or the place of the problem. */
const guint8 *scim_json_scan_string (const guint8 *at,
                                     const guint8 *end,
                                     gboolean *escaped,
                                     const char **problem);

/* Key token of a member value; NULL for elements and roots. */
const ScimToken *scim_node_get_key_token (ScimNode node);
/* FALSE for a member whose key holds U+0000, so that it can neither be asked for nor written. */
gboolean scim_node_is_named (ScimNode node);
/* Unescapes a string or key token into a new NUL-terminated text. */
char *scim_json_dup_token_text (const ScimJson *json, const ScimToken *token, gsize *length);

G_END_DECLS
