/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-json-private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tools that look for failures know SIGABRT, not the SIGTRAP of GLib's own fatal messages. */
static void
log_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return;
  fprintf (stderr, "%s: %s\n", domain != NULL ? domain : "-", message);
  abort ();
}

static gboolean
is_harmful (gunichar character)
{
  return character < 0x20 || (character >= 0x7f && character <= 0x9f) || character == 0xad ||
         character == 0x061c || character == 0x180e ||
         (character >= 0x200e && character <= 0x200f) || character == 0x200b ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2060 && character <= 0x206f) || character == 0xfeff;
}

static void
write_text (GString *out, const ScimJson *json, const ScimToken *token)
{
  gsize length;
  g_autofree char *text = scim_json_dup_token_text (json, token, &length);

  scim_json_append_string (out, text, (gssize)length);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static void
write_children (GString *out, ScimNode node, ScimNode skip, gboolean sorted)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      GString *part = g_string_new (NULL);

      roster_fuzz_write_key (part, child);
      roster_fuzz_write_node (part, child, skip, sorted);
      if (scim_node_exists (skip) && scim_node_is_same (child, skip))
        g_string_free (part, TRUE);
      else
        g_ptr_array_add (parts, g_string_free (part, FALSE));
    }
  if (sorted && scim_node_get_type (node) == SCIM_JSON_OBJECT)
    g_ptr_array_sort (parts, compare_texts);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "", (char *)g_ptr_array_index (parts, i));
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_default_handler (log_cb, NULL);
  return 0;
}

const ScimSchemas *
roster_fuzz_get_schemas (void)
{
  static const char text[] =
    "[{\"id\":\"urn:x:y\",\"attributes\":[{\"name\":\"keys\",\"type\":\"complex\",\"multiValued\":"
    "true,"
    "\"subAttributes\":[{\"name\":\"value\"},{\"name\":\"type\"},{\"name\":\"primary\",\"type\":"
    "\"boolean\"},"
    "{\"name\":\"seen\",\"mutability\":\"readOnly\"}]},{\"name\":\"badge\",\"mutability\":"
    "\"immutable\"},"
    "{\"name\":\"hours\",\"type\":\"decimal\"},{\"name\":\"unit\",\"required\":true},"
    "{\"name\":\"since\",\"type\":\"complex\",\"subAttributes\":[{\"name\":\"day\",\"mutability\":"
    "\"immutable\"},{\"name\":\"by\",\"mutability\":\"readOnly\"}]}]}]";
  static ScimSchemas *schemas;
  g_autoptr (ScimJson) json = NULL;

  if (schemas != NULL)
    return schemas;
  json = scim_json_new_from_text (text, -1, NULL);
  schemas = scim_schemas_new_from_json (json, NULL);
  g_assert_nonnull (schemas);
  return schemas;
}

GBytes *
roster_fuzz_take_line_bytes (RosterFuzzInput *self)
{
  const char *start = self->at;
  const char *end = self->left > 0 ? memchr (start, '\n', self->left) : NULL;
  gsize length = end != NULL ? (gsize)(end - start) : self->left;
  gsize taken = end != NULL ? length + 1 : length;

  self->at += taken;
  self->left -= taken;
  return g_bytes_new (start, length);
}

char *
roster_fuzz_take_line (RosterFuzzInput *self)
{
  g_autoptr (GBytes) line = roster_fuzz_take_line_bytes (self);
  gsize length;
  const char *text = g_bytes_get_data (line, &length);

  return length > 0 ? g_strndup (text, length) : g_strdup ("");
}

GBytes *
roster_fuzz_take_rest (RosterFuzzInput *self)
{
  GBytes *rest = g_bytes_new (self->at, self->left);

  self->at += self->left;
  self->left = 0;
  return rest;
}

void
roster_fuzz_answer_init (RosterFuzzAnswer *self, const uint8_t *data, size_t size)
{
  RosterFuzzInput input = { (const char *)data, size };
  g_autofree char *line = roster_fuzz_take_line (&input);
  char *at = line;

  self->status = (guint)g_ascii_strtoull (at, &at, 10);
  self->retry_after = (int)g_ascii_strtoll (at, &at, 10);
  self->content_type = *at == ' ' ? g_strdup (at + 1) : NULL;
  self->body = roster_fuzz_take_rest (&input);
}

void
roster_fuzz_answer_clear (RosterFuzzAnswer *self)
{
  g_free (self->content_type);
  g_bytes_unref (self->body);
}

void
roster_fuzz_assert_safe (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_assert_false (is_harmful (g_utf8_get_char (text)));
}

void
roster_fuzz_assert_told (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == SCIM_ERROR);
  g_assert_cmpint (error->code, >=, SCIM_ERROR_INVALID_JSON);
  g_assert_cmpint (error->code, <=, SCIM_ERROR_SERVER);
  roster_fuzz_assert_safe (error->message);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

void
roster_fuzz_write_key (GString *out, ScimNode node)
{
  const ScimToken *key = scim_node_get_key_token (node);

  if (key == NULL)
    return;
  write_text (out, node.json, key);
  g_string_append_c (out, ':');
}

void
roster_fuzz_write_node (GString *out, ScimNode node, ScimNode skip, gboolean sorted)
{
  ScimJsonType type = scim_node_get_type (node);
  g_autofree char *raw = NULL;

  switch (type)
    {
    case SCIM_JSON_STRING:
      write_text (out, node.json, &node.json->tokens[node.index]);
      break;
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
      g_string_append_c (out, type == SCIM_JSON_ARRAY ? '[' : '{');
      write_children (out, node, skip, sorted);
      g_string_append_c (out, type == SCIM_JSON_ARRAY ? ']' : '}');
      break;
    case SCIM_JSON_NULL:
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
      raw = scim_node_dup_raw (node);
      g_string_append (out, raw);
      break;
    case SCIM_JSON_NONE:
    default:
      g_assert_not_reached ();
    }
}

gboolean
roster_fuzz_has_odd_keys (ScimNode node)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);

      if (key != NULL &&
          (!scim_node_is_named (child) || !g_hash_table_add (seen, g_ascii_strdown (key, -1))))
        return TRUE;
      if (roster_fuzz_has_odd_keys (child))
        return TRUE;
    }
  return FALSE;
}
