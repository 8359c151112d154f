/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner for test_json_python.py. Standard input: documents, each after its length as four
 * bytes, the highest first. Standard output, a line for each: "-" when it is refused, else "+" and
 * the document, with strings as the hexadecimal digits of their UTF-8. "*" stands for "+" where an
 * object repeats a key. */
#include "scim/scim-json-private.h"

#include <stdio.h>
#include <stdlib.h>

static void
write_text (GString *out, const ScimJson *json, const ScimToken *token)
{
  static const char digits[] = "0123456789abcdef";
  gsize length;
  g_autofree char *text = scim_json_dup_token_text (json, token, &length);

  g_string_append_c (out, '"');
  for (gsize i = 0; i < length; i++)
    {
      g_string_append_c (out, digits[(guint8)text[i] >> 4]);
      g_string_append_c (out, digits[(guint8)text[i] & 15]);
    }
  g_string_append_c (out, '"');
}

static void
write_node (GString *out, ScimNode node)
{
  ScimJsonType type = scim_node_get_type (node);
  g_autofree char *raw = NULL;

  if (type == SCIM_JSON_STRING)
    {
      write_text (out, node.json, &node.json->tokens[node.index]);
      return;
    }
  if (type != SCIM_JSON_ARRAY && type != SCIM_JSON_OBJECT)
    {
      raw = scim_node_dup_raw (node);
      g_string_append (out, raw);
      return;
    }
  g_string_append_c (out, type == SCIM_JSON_ARRAY ? '[' : '{');
  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      const ScimToken *key = scim_node_get_key_token (child);

      if (key != NULL)
        {
          write_text (out, child.json, key);
          g_string_append_c (out, ':');
        }
      write_node (out, child);
      g_string_append_c (out, ',');
    }
  g_string_append_c (out, type == SCIM_JSON_ARRAY ? ']' : '}');
}

static void
dump (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  guint32 n_tokens;
  /* The scanner itself: scim_json_new () passes over a byte order mark. */
  g_autofree ScimToken *tokens =
    scim_json_scan (length > 0 ? text : "", length, NULL, &n_tokens, NULL);
  g_autoptr (ScimJson) json = tokens != NULL ? scim_json_new (bytes, NULL, NULL) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  g_assert_true ((json == NULL) == (tokens == NULL));
  if (json == NULL)
    g_string_append_c (line, '-');
  else
    {
      g_string_append_c (line, scim_json_has_duplicate_keys (json) ? '*' : '+');
      write_node (line, scim_json_get_root (json));
    }
  puts (line->str);
}

int
main (void)
{
  guint8 header[4];

  while (fread (header, 1, sizeof header, stdin) == sizeof header)
    {
      gsize length =
        (gsize)header[0] << 24 | (gsize)header[1] << 16 | (gsize)header[2] << 8 | (gsize)header[3];
      char *text = g_malloc (length + 1);
      g_autoptr (GBytes) bytes = NULL;

      if (fread (text, 1, length, stdin) != length)
        return EXIT_FAILURE;
      bytes = g_bytes_new_take (text, length);
      dump (bytes);
    }
  return EXIT_SUCCESS;
}
