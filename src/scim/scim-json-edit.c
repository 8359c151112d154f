/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-json-private.h"

#include <string.h>

#include "scim-error.h"

/* Every edit splices text into the bytes of a document and scans the result: what comes out is
 * known to be JSON, and what was not named keeps its bytes. */

/* The place behind the last byte before `at` that is no white space. */
static gsize
skip_space_back (const ScimJson *json, gsize at)
{
  while (strchr (" \n\r\t", json->text[at - 1]) != NULL)
    at--;
  return at;
}

static ScimJson *
splice (const ScimJson *json, gsize from, gsize to, const char *text, GError **error)
{
  gsize length = g_bytes_get_size (json->bytes);
  GString *out = g_string_sized_new (length - (to - from) + strlen (text));
  g_autoptr (GBytes) bytes = NULL;

  g_string_append_len (out, json->text, (gssize)from);
  g_string_append (out, text);
  g_string_append_len (out, json->text + to, (gssize)(length - to));
  bytes = g_string_free_to_bytes (out);
  return scim_json_new (bytes, NULL, error);
}

/* Text that is more than one value would change the document around it. */
static gboolean
check_value (const char *raw, GError **error)
{
  g_autoptr (ScimJson) value = scim_json_new_from_text (raw, -1, error);

  return value != NULL;
}

static ScimJson *
fail_at_place (const char *wanted, GError **error)
{
  g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON, "There is no %s at this place", wanted);
  return NULL;
}

static gsize
get_offset (ScimNode node)
{
  return node.json->tokens[node.index].offset;
}

static gsize
get_end (ScimNode node)
{
  return get_offset (node) + node.json->tokens[node.index].length;
}

/* Where a member or an element starts: at its key if it has one. */
static gsize
get_start (ScimNode node)
{
  const ScimToken *key = scim_node_get_key_token (node);

  return key != NULL ? key->offset : get_offset (node);
}

/* Puts text in front of the closing bracket, behind the last child. */
static ScimJson *
append_child (ScimNode container, const char *text, GError **error)
{
  g_autofree char *separated = NULL;
  gsize at = get_end (container) - 1;

  if (scim_node_get_size (container) > 0)
    text = separated = g_strconcat (",", text, NULL);
  at = skip_space_back (container.json, at);
  return splice (container.json, at, at, text, error);
}

ScimJson *
scim_json_replace (ScimNode place, const char *raw, GError **error)
{
  g_return_val_if_fail (raw != NULL, NULL);

  if (!scim_node_exists (place))
    return fail_at_place ("value", error);
  if (!check_value (raw, error))
    return NULL;
  return splice (place.json, get_offset (place), get_end (place), raw, error);
}

ScimJson *
scim_json_remove (ScimNode place, GError **error)
{
  ScimNode next = scim_node_get_next (place);
  gsize from, to;

  if (!scim_node_exists (place) || place.index == 0)
    return fail_at_place ("member or element", error);
  from = get_start (place);
  if (scim_node_exists (next))
    return splice (place.json, from, get_start (next), "", error);

  to = get_end (place);
  from = skip_space_back (place.json, from);
  if (place.json->text[from - 1] == ',')
    from = skip_space_back (place.json, from - 1);
  return splice (place.json, from, to, "", error);
}

ScimJson *
scim_json_add_member (ScimNode object, const char *key, const char *raw, GError **error)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (raw != NULL, NULL);

  if (scim_node_get_type (object) != SCIM_JSON_OBJECT)
    return fail_at_place ("object", error);
  if (!check_value (raw, error))
    return NULL;
  text = g_string_new (NULL);
  scim_json_append_string (text, key, -1);
  g_string_append_c (text, ':');
  g_string_append (text, raw);
  return append_child (object, text->str, error);
}

ScimJson *
scim_json_add_element (ScimNode array, const char *raw, GError **error)
{
  g_return_val_if_fail (raw != NULL, NULL);

  if (scim_node_get_type (array) != SCIM_JSON_ARRAY)
    return fail_at_place ("array", error);
  if (!check_value (raw, error))
    return NULL;
  return append_child (array, raw, error);
}
