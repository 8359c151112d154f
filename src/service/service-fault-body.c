/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the JSON in an answer: of the wrong type, not there, too deep. */
#include "service-fault-private.h"

#include "service-json.h"

#include <string.h>

ScimJson *
roster_service_fault_read_answer (const RosterServiceRequest *request)
{
  g_autoptr (GBytes) bytes = roster_service_request_dup_answer (request);

  return scim_json_new (bytes, NULL, NULL);
}

void
roster_service_fault_replace_json (const RosterServiceRequest *request, GString *text)
{
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (text);

  roster_service_request_replace_answer (request, bytes);
}

/* A number where text belongs, and the reverse. Different texts become different numbers. */
static void
append_wrong (GString *out, ScimNode node)
{
  g_autofree char *text = NULL;

  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_STRING:
      text = scim_node_dup_string (node, NULL);
      g_string_append_printf (out, "%u", g_str_hash (text));
      break;
    case SCIM_JSON_NUMBER:
      g_string_append (out, "\"many\"");
      break;
    case SCIM_JSON_BOOLEAN:
      g_string_append (out, "\"perhaps\"");
      break;
    default:
      roster_service_json_node (out, node);
      break;
    }
}

static gboolean
is_missing (const RosterServiceFaultRule *rule, const char *key)
{
  static const char *const names[] = { "id", "userName", "schemas", "Resources", NULL };

  return rule->argument != NULL ? g_str_equal (key, rule->argument) : g_strv_contains (names, key);
}

/* What the two faults below make of a node. Our own answers are never deep. */
static void
append_edited (GString *out, ScimNode node, const RosterServiceFaultRule *rule, gboolean exchange)
{
  gboolean is_object = scim_node_get_type (node) == SCIM_JSON_OBJECT;

  if (!is_object && scim_node_get_type (node) != SCIM_JSON_ARRAY)
    {
      if (exchange)
        append_wrong (out, node);
      else
        roster_service_json_node (out, node);
      return;
    }
  g_string_append_c (out, is_object ? '{' : '[');
  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);

      if (is_object && !exchange && is_missing (rule, key))
        continue;
      if (is_object)
        roster_service_json_key (out, key);
      else
        roster_service_json_comma (out);
      append_edited (out, child, rule, exchange);
    }
  g_string_append_c (out, is_object ? '}' : ']');
}

static void
handle_and_edit (const RosterServiceFaultRule *rule,
                 RosterServiceRequest *request,
                 gboolean exchange)
{
  g_autoptr (ScimJson) json = NULL;
  GString *text;

  roster_service_request_handle (request);
  json = roster_service_fault_read_answer (request);
  if (json == NULL)
    return;
  text = g_string_new (NULL);
  append_edited (text, scim_json_get_root (json), rule, exchange);
  roster_service_fault_replace_json (request, text);
}

void
roster_service_fault_wrong_types (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  handle_and_edit (rule, request, TRUE);
}

gboolean
roster_service_fault_read_missing (RosterServiceFaultRule *rule, GError **error)
{
  return rule->argument == NULL || *rule->argument != '\0' ||
         roster_service_fault_refuse (rule, error, "needs a name after the colon: missing:id");
}

void
roster_service_fault_missing (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  handle_and_edit (rule, request, FALSE);
}

GString *
roster_service_fault_open_padding (const RosterServiceRequest *request, const char **tail)
{
  g_autoptr (ScimJson) json = roster_service_fault_read_answer (request);
  ScimNode root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
  GString *head = g_string_new (NULL);
  gboolean is_array = scim_node_get_type (root) == SCIM_JSON_ARRAY;

  if (is_array || scim_node_get_type (root) == SCIM_JSON_OBJECT)
    roster_service_json_node (head, root);
  else
    g_string_append (head, "{}");
  g_string_truncate (head, head->len - 1);
  if (is_array)
    {
      roster_service_json_comma (head);
      g_string_append_c (head, '{');
    }
  roster_service_json_key (head, "padding");
  *tail = is_array ? "}]" : "}";
  /* What has no body gets one. */
  if (soup_server_message_get_status (request->message) == 204)
    soup_server_message_set_status (request->message, 200, NULL);
  return head;
}

void
roster_service_fault_deep (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  const char *tail;
  GString *text;
  gsize levels, start;

  roster_service_request_handle (request);
  text = roster_service_fault_open_padding (request, &tail);
  levels = (gsize)rule->number - strlen (tail);
  start = text->len;
  g_string_set_size (text, start + 2 * levels);
  memset (text->str + start, '[', levels);
  memset (text->str + start + levels, ']', levels);
  g_string_append (text, tail);
  roster_service_fault_replace_json (request, text);
}
