/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include <string.h>

/* Input: one document. What is accepted is text, is read back from what is written of it, and an
 * edit changes what it names and nothing else. */

#define MAX_EDITS 6

static ScimJson *
scan_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  ScimJson *json = scim_json_new_from_text (text, -1, &error);

  g_assert_no_error (error);
  return json;
}

static char *
write_json (ScimNode node, ScimNode skip)
{
  GString *out = g_string_new (NULL);

  roster_fuzz_write_node (out, node, skip, FALSE);
  return g_string_free (out, FALSE);
}

static void
check_round_trip (ScimNode root)
{
  g_autofree char *text = write_json (root, SCIM_NODE_NONE);
  g_autoptr (ScimJson) again = scan_text (text);
  g_autofree char *text_again = write_json (scim_json_get_root (again), SCIM_NODE_NONE);

  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (scim_node_equal (root, root));
  g_assert_true (scim_node_equal (root, scim_json_get_root (again)));
  g_assert_true (scim_node_equal (scim_json_get_root (again), root));
}

/* Every way to one value leads to it; every getter takes any value. */
static void
check_node (ScimNode node)
{
  g_autofree char *key = scim_node_dup_key (node);
  g_autofree char *text = scim_node_dup_text (node);
  gsize length;
  g_autofree char *string = scim_node_dup_string (node, &length);
  gboolean truth;
  gint64 number;

  g_assert_true ((string != NULL) == (scim_node_get_type (node) == SCIM_JSON_STRING));
  if (string != NULL)
    g_assert_true (text != NULL ? strlen (text) == length : strlen (string) < length);
  if (key != NULL)
    g_assert_true (g_utf8_validate (key, -1, NULL));
  if (scim_node_get_boolean (node, &truth))
    g_assert_nonnull (text);
  if (scim_node_get_int64 (node, &number))
    g_assert_nonnull (text);
}

static void
list_nodes (ScimNode node, GArray *nodes)
{
  guint n = 0;

  check_node (node);
  g_array_append_val (nodes, node);
  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);

      if (scim_node_get_type (node) == SCIM_JSON_ARRAY && n < MAX_EDITS)
        g_assert_true (scim_node_is_same (scim_node_get_element (node, n), child));
      g_assert_true ((key != NULL) == (scim_node_get_type (node) == SCIM_JSON_OBJECT));
      list_nodes (child, nodes);
      n++;
    }
  g_assert_cmpuint (n, ==, scim_node_get_size (node));
}

/* Keys are told apart as text: a NUL counts. */
static gboolean
has_repeated_key (GArray *nodes)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      ScimNode object = g_array_index (nodes, ScimNode, i);

      g_hash_table_remove_all (seen);
      if (scim_node_get_type (object) != SCIM_JSON_OBJECT)
        continue;
      for (ScimNode child = scim_node_get_first (object); scim_node_exists (child);
           child = scim_node_get_next (child))
        {
          GString *key = g_string_new (NULL);

          roster_fuzz_write_key (key, child);
          if (!g_hash_table_add (seen, g_string_free (key, FALSE)))
            return TRUE;
        }
    }
  return FALSE;
}

static void
check_replace (ScimNode node)
{
  const char *const raw = "[{\"x\":\"\\u00e9\"}]";
  gsize length, all_length, result_length;
  const char *all = g_bytes_get_data (scim_json_get_bytes (node.json), &all_length);
  const char *old = scim_node_get_raw (node, &length);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) result = scim_json_replace (node, raw, &error);
  g_autoptr (GString) expected = NULL;
  const char *bytes;

  if (result == NULL)
    {
      roster_fuzz_assert_told (error); /* nested too deeply now */
      return;
    }
  expected = g_string_new_len (all, old - all);
  g_string_append (expected, raw);
  g_string_append_len (expected, old + length, (gssize)(all_length - (gsize)(old - all) - length));
  bytes = g_bytes_get_data (scim_json_get_bytes (result), &result_length);
  g_assert_cmpmem (bytes, result_length, expected->str, expected->len);
}

static void
check_remove (ScimNode root, ScimNode node)
{
  g_autofree char *expected = write_json (root, node);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) result = scim_json_remove (node, &error);

  if (scim_node_is_same (node, root))
    {
      g_assert_null (result);
      roster_fuzz_assert_told (error);
      return;
    }
  g_assert_no_error (error);
  text = write_json (scim_json_get_root (result), SCIM_NODE_NONE);
  g_assert_cmpstr (text, ==, expected);
}

/* What was added is taken away again: the document is as it was. */
static void
check_add (ScimNode root, ScimNode node)
{
  gboolean is_array = scim_node_get_type (node) == SCIM_JSON_ARRAY;
  g_autofree char *before = write_json (root, SCIM_NODE_NONE);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) with = NULL;
  g_autoptr (ScimJson) without = NULL;
  ScimNode place;

  with = is_array ? scim_json_add_element (node, " 1.10 ", &error)
                  : scim_json_add_member (node, "k\"\n", " 1.10 ", &error);
  if (!is_array && scim_node_get_type (node) != SCIM_JSON_OBJECT)
    {
      g_assert_null (with);
      roster_fuzz_assert_told (error);
      return;
    }
  g_assert_no_error (error);
  /* Tokens in front of the new one keep their places. */
  place = (ScimNode){ with, node.index };
  g_assert_cmpuint (scim_node_get_size (place), ==, scim_node_get_size (node) + 1);
  place = scim_node_get_first (place);
  while (scim_node_exists (scim_node_get_next (place)))
    place = scim_node_get_next (place);
  g_assert_cmpint (scim_node_get_type (place), ==, SCIM_JSON_NUMBER);
  without = scim_json_remove (place, &error);
  g_assert_no_error (error);
  after = write_json (scim_json_get_root (without), SCIM_NODE_NONE);
  g_assert_cmpstr (after, ==, before);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new (bytes, NULL, &error);
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (ScimNode));
  ScimNode root;

  if (json == NULL)
    {
      roster_fuzz_assert_told (error);
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON);
      return 0;
    }
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate_len ((const char *)data, size, NULL));
  root = scim_json_get_root (json);
  check_round_trip (root);
  list_nodes (root, nodes);
  g_assert_true (scim_json_has_duplicate_keys (json) == has_repeated_key (nodes));
  for (guint i = 0; i < MIN (MAX_EDITS, nodes->len); i++)
    {
      guint place = (guint)(size * (i + 1) * 31 + i) % nodes->len;
      ScimNode node = g_array_index (nodes, ScimNode, place);

      check_replace (node);
      check_remove (root, node);
      check_add (root, node);
    }
  return 0;
}
