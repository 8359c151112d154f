/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-json.h"

void
roster_service_json_comma (GString *out)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '\0';

  if (last != '\0' && last != '{' && last != '[' && last != ':' && last != ',')
    g_string_append_c (out, ',');
}

void
roster_service_json_key (GString *out, const char *key)
{
  roster_service_json_comma (out);
  scim_json_append_string (out, key, -1);
  g_string_append_c (out, ':');
}

void
roster_service_json_text (GString *out, const char *key, const char *text)
{
  roster_service_json_key (out, key);
  scim_json_append_string (out, text, -1);
}

void
roster_service_json_raw (GString *out, const char *key, const char *raw)
{
  roster_service_json_key (out, key);
  g_string_append (out, raw);
}

void
roster_service_json_node (GString *out, ScimNode node)
{
  gsize length;
  const char *raw = scim_node_get_raw (node, &length);

  g_string_append_len (out, raw, (gssize)length);
}
