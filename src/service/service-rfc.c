/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service that follows RFC 7643 and RFC 7644 to the letter. */
#include "service-json.h"
#include "service-person-json.h"
#include "service.h"

#include "scim/scim-error.h"

static const char *const rfc_always[] = { "schemas", "id", NULL };

static const char *const type_names[] = { "string",   "boolean",   "decimal", "integer",
                                          "dateTime", "reference", "binary",  "complex" };
static const char *const mutability_names[] = { "readWrite", "readOnly", "immutable", "writeOnly" };
static const char *const returned_names[] = { "default", "always", "never", "request" };
static const char *const uniqueness_names[] = { "none", "server", "global" };

static void
write_email (GString *out, const RosterServicePerson *person, gboolean home)
{
  g_autofree char *address = roster_service_person_dup_email (person, home);

  roster_service_json_comma (out);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "value", address);
  roster_service_json_text (out, "type", home ? "home" : "work");
  if (!home)
    roster_service_json_raw (out, "primary", "true");
  g_string_append_c (out, '}');
}

static gboolean
is_active (const RosterServicePerson *person)
{
  return person->state != ROSTER_SERVICE_STATE_DISABLED &&
         person->state != ROSTER_SERVICE_STATE_LOCKED &&
         person->state != ROSTER_SERVICE_STATE_FAILED_SIGN_INS;
}

static void
rfc_write_person (GString *out, RosterServicePeople *people, const RosterServicePerson *person)
{
  g_autofree char *locale = g_strdelimit (g_strdup (person->culture->locale), "_", '-');
  g_autofree char *external_id =
    g_strdup_printf ("hr-%u", roster_service_person_get_employee_number (person));

  g_string_append_c (out, '{');
  roster_service_json_raw (out, "schemas",
                           "[\"" SCIM_URN_CORE_USER "\",\"" SCIM_URN_ENTERPRISE_USER "\"]");
  roster_service_json_text (out, "id", person->id);
  if (person->dice % 2 == 0)
    roster_service_json_text (out, "externalId", external_id);
  roster_service_json_text (out, "userName", person->login);
  roster_service_json_key (out, "name");
  g_string_append_c (out, '{');
  roster_service_json_text (out, "formatted", person->display);
  roster_service_json_text (out, "familyName", person->family);
  roster_service_json_text (out, "givenName", person->given);
  g_string_append_c (out, '}');
  roster_service_json_text (out, "displayName", person->display);
  roster_service_json_text (out, "title", person->job->title);
  roster_service_json_text (out, "locale", locale);
  roster_service_json_text (out, "timezone", person->culture->time_zone);
  roster_service_json_raw (out, "active", is_active (person) ? "true" : "false");
  roster_service_json_key (out, "emails");
  g_string_append_c (out, '[');
  write_email (out, person, FALSE);
  if (person->dice % 4 == 1)
    write_email (out, person, TRUE);
  g_string_append_c (out, ']');
  roster_service_write_phones (out, person);
  roster_service_write_address (out, person);
  roster_service_write_work (out, people, person);
  roster_service_write_meta (out, person, "W/\"1\"");
  g_string_append_c (out, '}');
}

static void
rfc_write_edge_case (GString *out, const char *id)
{
  g_string_append_c (out, '{');
  roster_service_json_raw (out, "schemas",
                           "[\"" SCIM_URN_CORE_USER "\",\"" SCIM_URN_ENTERPRISE_USER
                           "\",\"" ROSTER_SERVICE_UNKNOWN_URN "\"]");
  roster_service_json_text (out, "id", id);
  roster_service_json_text (out, "userName", "edge.case");
  roster_service_json_raw (
    out, "name", "{\"formatted\":\"Edge Case\",\"familyName\":\"Case\",\"givenName\":\"Edge\"}");
  roster_service_json_text (out, "displayName", "Edge Case");
  roster_service_json_text (out, "title", "Tester");
  roster_service_json_raw (out, "active", "true");
  roster_service_json_raw (
    out, "emails",
    "[{\"value\":\"edge.case@acme.example\",\"type\":\"work\",\"primary\":true},"
    "{\"value\":\"edge@work.example\",\"type\":\"work\",\"weight\":1.10}]");
  roster_service_json_raw (out, SCIM_URN_ENTERPRISE_USER,
                           "{\"department\":\"Quality\",\"employeeNumber\":\"00007\"}");
  roster_service_write_unknown (out);
  roster_service_json_raw (
    out, "meta",
    "{\"resourceType\":\"User\",\"created\":\"2026-01-01T00:00:00.000Z\","
    "\"lastModified\":\"2026-01-01T00:00:00.000Z\",\"version\":\"W/\\\"1\\\"\"}");
  g_string_append_c (out, '}');
}

static void
write_attribute (GString *out, const ScimAttribute *attribute)
{
  roster_service_json_comma (out);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "name", attribute->name);
  roster_service_json_text (out, "type", type_names[attribute->type]);
  roster_service_json_raw (out, "multiValued", attribute->multi_valued ? "true" : "false");
  roster_service_json_raw (out, "required", attribute->required ? "true" : "false");
  roster_service_json_raw (out, "caseExact", attribute->case_exact ? "true" : "false");
  roster_service_json_text (out, "mutability", mutability_names[attribute->mutability]);
  roster_service_json_text (out, "returned", returned_names[attribute->returned]);
  roster_service_json_text (out, "uniqueness", uniqueness_names[attribute->uniqueness]);
  if (attribute->canonical_values != NULL)
    {
      roster_service_json_key (out, "canonicalValues");
      g_string_append_c (out, '[');
      for (guint i = 0; attribute->canonical_values[i] != NULL; i++)
        {
          roster_service_json_comma (out);
          scim_json_append_string (out, attribute->canonical_values[i], -1);
        }
      g_string_append_c (out, ']');
    }
  if (attribute->sub_attributes->len > 0)
    {
      roster_service_json_key (out, "subAttributes");
      g_string_append_c (out, '[');
      for (guint i = 0; i < attribute->sub_attributes->len; i++)
        write_attribute (out, g_ptr_array_index (attribute->sub_attributes, i));
      g_string_append_c (out, ']');
    }
  g_string_append_c (out, '}');
}

/* The common attributes are part of no schema's own list (RFC 7643 section 3.1). */
static gboolean
is_common (const ScimAttribute *attribute)
{
  static const char *const names[] = { "id", "externalId", "meta", NULL };

  return g_strv_contains (names, attribute->name);
}

static char *
rfc_write_schemas (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  GString *out = g_string_new (NULL);

  g_string_printf (out,
                   "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
                   "\"totalResults\":%u,\"startIndex\":1,\"itemsPerPage\":%u,\"Resources\":[",
                   scim_schemas_get_n (schemas), scim_schemas_get_n (schemas));
  for (guint i = 0; i < scim_schemas_get_n (schemas); i++)
    {
      const ScimSchema *schema = scim_schemas_get_at (schemas, i);

      roster_service_json_comma (out);
      g_string_append_c (out, '{');
      roster_service_json_raw (out, "schemas",
                               "[\"urn:ietf:params:scim:schemas:core:2.0:Schema\"]");
      roster_service_json_text (out, "id", schema->id);
      roster_service_json_text (out, "name", schema->name);
      roster_service_json_text (out, "description", schema->description);
      roster_service_json_key (out, "attributes");
      g_string_append_c (out, '[');
      for (guint j = 0; j < schema->attributes->len; j++)
        {
          const ScimAttribute *attribute = g_ptr_array_index (schema->attributes, j);

          if (!is_common (attribute))
            write_attribute (out, attribute);
        }
      g_string_append (out, "]}");
    }
  g_string_append (out, "]}");
  return g_string_free (out, FALSE);
}

static char *
rfc_write_config (void)
{
  return g_strdup (
    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig\"],"
    "\"patch\":{\"supported\":true},"
    "\"bulk\":{\"supported\":false,\"maxOperations\":0,\"maxPayloadSize\":0},"
    "\"filter\":{\"supported\":true,\"maxResults\":200},"
    "\"changePassword\":{\"supported\":true},\"sort\":{\"supported\":true},"
    "\"etag\":{\"supported\":true},\"authenticationSchemes\":["
    "{\"type\":\"oauthbearertoken\",\"name\":\"OAuth Bearer Token\","
    "\"description\":\"A token of the token endpoint, or the one said at the start\","
    "\"primary\":true}]}");
}

static ScimFilter *
rfc_parse_filter (const char *text, GError **error)
{
  return scim_filter_new (text, error);
}

static gboolean
check_known (RosterService *service, ScimResource *resource, const char *path, GError **error)
{
  if (scim_schemas_find (service->schemas, path) != NULL ||
      scim_schemas_get (service->schemas, path) != NULL ||
      scim_node_exists (scim_resource_get (resource, path)))
    return TRUE;
  g_propagate_error (
    error, scim_error_new (SCIM_ERROR_INVALID_PATH, "No schema has the attribute %s.", path));
  return FALSE;
}

/* Attributes of an operation that names no path. */
static gboolean
check_members (RosterService *service, ScimResource *resource, const char *raw, GError **error)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (raw, -1, error);

  if (json == NULL)
    return FALSE;
  for (ScimNode member = scim_node_get_first (scim_json_get_root (json)); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);

      if (key != NULL && !check_known (service, resource, key, error))
        return FALSE;
    }
  return TRUE;
}

static ScimPatch *
rfc_prepare_patch (RosterService *service, ScimPatch *patch, ScimResource *resource, GError **error)
{
  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (patch, i);

      if (op->path != NULL && !check_known (service, resource, op->path, error))
        return NULL;
      if (op->path == NULL && op->value != NULL &&
          !check_members (service, resource, op->value, error))
        return NULL;
    }
  return scim_patch_ref (patch);
}

static ScimResource *
rfc_finish_change (RosterService *service,
                   ScimResource *before,
                   ScimResource *after,
                   gboolean has_new_password,
                   GError **error)
{
  return scim_resource_ref (after);
}

const RosterServicePersonality roster_service_rfc = {
  .name = "rfc",
  .base_path = "/scim/v2",
  .token_path = "/oauth2/token",
  .etags = TRUE,
  .sorts = TRUE,
  .default_count = 100,
  .max_count = 200,
  .always = rfc_always,
  .write_person = rfc_write_person,
  .write_edge_case = rfc_write_edge_case,
  .write_schemas = rfc_write_schemas,
  .write_config = rfc_write_config,
  .parse_filter = rfc_parse_filter,
  .prepare_patch = rfc_prepare_patch,
  .finish_change = rfc_finish_change,
};
