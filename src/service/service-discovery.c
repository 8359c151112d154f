/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RFC 7644 section 4. */
#include "service-http.h"

#include "service-json.h"

#include <string.h>

static void
handle_config (const RosterServiceRequest *self)
{
  g_autofree char *config = self->service->personality->write_config ();

  roster_service_respond (self, 200, g_string_new (config));
}

/* WSO2's item has a string where a list belongs (SCIM-SERVICES section 3.8). */
static void
handle_resource_types (const RosterServiceRequest *self, const char *id)
{
  gboolean wso2 = self->service->personality->strict_headers;
  GString *body;
  g_autoptr (GString) item = g_string_new ("{");

  if (id != NULL && !g_str_equal (id, "User"))
    {
      roster_service_respond_failure (self, 404, NULL, "There is no such resource type.");
      return;
    }
  roster_service_json_raw (item, "schemas",
                           wso2 ? "\"urn:ietf:params:scim:schemas:core:2.0:ResourceType\""
                                : "[\"urn:ietf:params:scim:schemas:core:2.0:ResourceType\"]");
  roster_service_json_text (item, "id", "User");
  roster_service_json_text (item, "name", "User");
  roster_service_json_text (item, "endpoint", "/Users");
  roster_service_json_text (item, "description", "User Account");
  roster_service_json_text (item, "schema", SCIM_URN_CORE_USER);
  roster_service_json_key (item, "schemaExtensions");
  g_string_append_c (item, '[');
  for (guint i = 0; i < scim_schemas_get_n (self->service->schemas); i++)
    {
      const ScimSchema *schema = scim_schemas_get_at (self->service->schemas, i);

      if (scim_schema_is_core_user (schema))
        continue;
      roster_service_json_comma (item);
      g_string_append_c (item, '{');
      roster_service_json_text (item, "schema", schema->id);
      roster_service_json_raw (item, "required", "false");
      g_string_append_c (item, '}');
    }
  g_string_append (item, "]}");

  body = g_string_new (NULL);
  if (id != NULL)
    g_string_append (body, item->str);
  else
    g_string_printf (body,
                     "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
                     "\"totalResults\":1,\"startIndex\":1,\"itemsPerPage\":1,\"Resources\":[%s]}",
                     item->str);
  roster_service_respond (self, 200, body);
}

static void
handle_schema (const RosterServiceRequest *self, const char *id)
{
  gboolean wso2 = self->service->personality->strict_headers;
  g_autoptr (ScimJson) json = scim_json_new_from_text (self->service->schemas_document, -1, NULL);
  ScimNode root = scim_json_get_root (json);
  ScimNode list = wso2 ? root : scim_node_get_member (root, "Resources");

  for (ScimNode node = scim_node_get_first (list); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *urn = scim_node_dup_text (scim_node_get_member (node, "id"));
      g_autofree char *raw = NULL;
      GString *body;

      if (urn == NULL || g_ascii_strcasecmp (urn, id) != 0)
        continue;
      raw = scim_node_dup_raw (node);
      body = g_string_new (NULL);
      g_string_printf (body, wso2 ? "[%s]" : "%s", raw);
      roster_service_respond (self, 200, body);
      return;
    }
  roster_service_respond_failure (self, wso2 ? 501 : 404, NULL, "There is no such schema.");
}

gboolean
roster_service_handle_discovery (const RosterServiceRequest *self, const char *path)
{
  gboolean is_config = g_str_equal (path, "/ServiceProviderConfig");
  gboolean is_schemas = g_str_equal (path, "/Schemas");
  gboolean is_types = g_str_equal (path, "/ResourceTypes");
  gboolean is_schema = g_str_has_prefix (path, "/Schemas/");
  gboolean is_type = g_str_has_prefix (path, "/ResourceTypes/");

  if (!is_config && !is_schemas && !is_types && !is_schema && !is_type)
    return FALSE;
  if (!g_str_equal (self->method, "GET"))
    roster_service_respond_failure (self, 405, NULL, "Only GET is allowed here.");
  else if (is_config)
    handle_config (self);
  else if (is_schemas)
    roster_service_respond (self, 200, g_string_new (self->service->schemas_document));
  else if (is_schema)
    handle_schema (self, path + strlen ("/Schemas/"));
  else
    handle_resource_types (self, is_type ? path + strlen ("/ResourceTypes/") : NULL);
  return TRUE;
}
