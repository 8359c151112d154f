/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <glib-object.h>

G_BEGIN_DECLS

/* A JSON document as its original bytes plus a token tree (RFC 8259). Immutable and refcounted:
 * any thread may read it. The scanner is strict and iterative. Numbers stay text. */
typedef struct _ScimJson ScimJson;

typedef enum
{
  SCIM_JSON_NONE, /* there is no such node */
  SCIM_JSON_NULL,
  SCIM_JSON_BOOLEAN,
  SCIM_JSON_NUMBER,
  SCIM_JSON_STRING,
  SCIM_JSON_ARRAY,
  SCIM_JSON_OBJECT,
} ScimJsonType;

/* A place in a document, by value. It borrows the document: keep that alive. A node that does not
 * exist is a valid argument everywhere and yields NONE, NULL, FALSE or 0. */
typedef struct
{
  const ScimJson *json;
  guint32 index;
} ScimNode;

#define SCIM_NODE_NONE ((ScimNode){ NULL, 0 })

typedef struct
{
  gsize max_bytes;
  guint max_tokens;
  guint max_depth;
} ScimJsonLimits;

/* Errors: SCIM_ERROR_INVALID_JSON with the byte offset in the message.
 * limits: NULL means 32 MB, 4 million tokens (a member counts as two), depth 64. A leading byte
 * order mark is passed over and is no part of the document; lone surrogates, control characters and
 * a second document are refused. */
ScimJson *scim_json_new (GBytes *bytes, const ScimJsonLimits *limits, GError **error);
ScimJson *scim_json_new_from_text (const char *text, gssize length, GError **error);
ScimJson *scim_json_ref (ScimJson *self);
void scim_json_unref (ScimJson *self);
ScimNode scim_json_get_root (const ScimJson *self);
GBytes *scim_json_get_bytes (const ScimJson *self);
/* TRUE when some object repeats a key (the first of them is the one that member() finds). Looks
 * through the whole document at each call. */
gboolean scim_json_has_duplicate_keys (const ScimJson *self);

ScimJsonType scim_node_get_type (ScimNode node);
gboolean scim_node_exists (ScimNode node);
gboolean scim_node_is_same (ScimNode a, ScimNode b);
/* The original bytes of the value; not NUL-terminated; borrowed. */
const char *scim_node_get_raw (ScimNode node, gsize *length);
char *scim_node_dup_raw (ScimNode node);
/* Members of an object, elements of an array. */
guint scim_node_get_size (ScimNode node);
/* Iteration: first child, then next sibling. For objects these are the member values. */
ScimNode scim_node_get_first (ScimNode node);
ScimNode scim_node_get_next (ScimNode node);
ScimNode scim_node_get_element (ScimNode array, guint position);
/* By name, walking the members; ASCII case-insensitive as attribute names are (RFC 7643
 * section 2.1); an exact match wins over a caseless one. */
ScimNode scim_node_get_member (ScimNode object, const char *name);
/* The unescaped key of a member value; NULL for elements and the root. U+FFFD stands in it for
 * U+0000, which no attribute's name holds: member() does not find such a key. */
char *scim_node_dup_key (ScimNode node);

/* The unescaped text of a string; NULL for every other type. U+0000 is kept: length (bytes,
 * nullable) then exceeds strlen(). */
char *scim_node_dup_string (ScimNode node, gsize *length);
/* Text of a string, number or boolean; NULL otherwise, and for strings that hold U+0000. */
char *scim_node_dup_text (ScimNode node);
/* Accepts true, "true", "True" and their opposites (SCIM-SERVICES: booleans may be strings). */
gboolean scim_node_get_boolean (ScimNode node, gboolean *value);
/* Accepts integral numbers and strings that hold one, within gint64. */
gboolean scim_node_get_int64 (ScimNode node, gint64 *value);
/* JSON equality: members in any order with exact keys, strings unescaped, numbers as text. */
gboolean scim_node_equal (ScimNode a, ScimNode b);

/* Writing. text may hold any UTF-8; length in bytes or -1. */
void scim_json_append_string (GString *out, const char *text, gssize length);
char *scim_json_quote (const char *text);

/* New documents from old: everything outside the place named keeps its original bytes.
 * raw is one JSON value; errors: SCIM_ERROR_INVALID_JSON. */
ScimJson *scim_json_replace (ScimNode place, const char *raw, GError **error);
ScimJson *scim_json_remove (ScimNode place, GError **error); /* a member or an element */
ScimJson *scim_json_add_member (ScimNode object, const char *key, const char *raw, GError **error);
ScimJson *scim_json_add_element (ScimNode array, const char *raw, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimJson, scim_json_unref)

G_END_DECLS
