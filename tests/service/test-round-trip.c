/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An edit, its difference, the body of the dialect and what the service makes of it: the profile
 * read back is the profile that was meant, value by value. */
#include "service-test.h"

#include "scim/scim-dialect.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER

static const struct
{
  const char *path;
  const char *raw; /* NULL: removed */
} edits[] = {
  { "title", "\"Head of \\\"Tests\\\"\"" },
  { "title", NULL },
  { "name.givenName", "\"Edgar\"" },
  { "name.middleName", "\"Q.\"" },
  { "name.middleName", NULL },
  { "emails", "[\"new@acme.example\",{\"type\":\"home\",\"value\":\"h@home.example\"}]" },
  { "emails", "[{\"type\":\"home\",\"value\":\"i@home.example\"}]" },
  { "phoneNumbers",
    "[{\"type\":\"mobile\",\"value\":\"+49 1\"},{\"type\":\"work\",\"value\":\"+49 2\"}]" },
  { "phoneNumbers",
    "[{\"type\":\"mobile\",\"value\":\"+49 3\"},{\"type\":\"work\",\"value\":\"+49 2\"}]" },
  { "phoneNumbers", "[{\"type\":\"work\",\"value\":\"+49 2\"}]" },
  { "phoneNumbers", NULL },
  { "addresses", "[{\"type\":\"home\",\"streetAddress\":\"Markt 1\",\"locality\":\"Jena\"}]" },
  { "addresses", "[{\"type\":\"home\",\"streetAddress\":\"Markt 2\",\"locality\":\"Jena\"}]" },
  { "addresses", "[{\"type\":\"home\",\"streetAddress\":\"Markt 2\"}]" },
  { "addresses", "[{\"type\":\"home\",\"streetAddress\":\"Markt 2\",\"country\":\"DE\"},"
                 "{\"type\":\"work\",\"locality\":\"Bonn\"}]" },
  { "addresses", NULL },
  { ENTERPRISE ":department", "\"R & D\"" },
  { ENTERPRISE ":department", NULL },
  { ENTERPRISE ":manager", "{\"value\":\"7\"}" },
  { ENTERPRISE ":manager.value", "\"8\"" },
  { ENTERPRISE ":manager", NULL },
};

static const struct
{
  const char *path;
  const char *raw;
} wso2_edits[] = {
  { SCIM_URN_WSO2_SYSTEM ":country", "\"Jordan\"" },
  { SCIM_URN_WSO2_SYSTEM ":country", NULL },
  { SCIM_URN_WSO2_CUSTOM ":weeklyHours", "2.50" },
  { SCIM_URN_WSO2_CUSTOM ":remoteWorker", "true" },
  { SCIM_URN_WSO2_CUSTOM ":remoteWorker", "false" },
  { SCIM_URN_WSO2_CUSTOM ":remoteWorker", NULL },
  { SCIM_URN_WSO2_CUSTOM ":parkingSpace", NULL },
  { SCIM_URN_WSO2_CUSTOM ":contractEnds", "\"2030-01-31\"" },
};

typedef struct
{
  RosterTestService *service;
  const ScimDialect *dialect;
  ScimSchemas *schemas;
  char *path;
} Fixture;

static ScimResource *
read_user (const Fixture *self)
{
  g_autofree char *text = roster_test_service_ask (self->service, "GET", self->path, NULL, NULL);
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  ScimResource *resource = scim_resource_new_from_json (json, NULL);

  g_assert_nonnull (resource);
  return resource;
}

/* Everything but what the service itself notes of the change. */
static void
assert_same (ScimResource *actual, ScimResource *meant)
{
  g_autoptr (ScimResource) a = scim_resource_set (actual, "meta", NULL, NULL);
  g_autoptr (ScimResource) b = scim_resource_set (meant, "meta", NULL, NULL);

  if (!scim_node_equal (scim_resource_get_root (a), scim_resource_get_root (b)))
    {
      g_autofree char *got = scim_node_dup_raw (scim_resource_get_root (a));
      g_autofree char *expected = scim_node_dup_raw (scim_resource_get_root (b));

      g_assert_cmpstr (got, ==, expected);
    }
}

static void
edit (const Fixture *self, const char *path, const char *raw)
{
  g_autoptr (ScimResource) base = read_user (self);
  g_autoptr (ScimResource) target = scim_resource_set (base, path, raw, NULL);
  g_autoptr (ScimPatch) patch = scim_patch_diff (base, target, self->schemas);
  g_autoptr (GBytes) body = self->dialect->wrap_operations (patch, target, self->schemas);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *text = g_strndup (data, length);
  guint status;
  g_autofree char *answer =
    roster_test_service_ask (self->service, "PATCH", self->path, text, &status);
  g_autoptr (ScimResource) after = read_user (self);

  g_test_message ("%s: %s", path, text);
  g_assert_cmpuint (status, ==, 200);
  assert_same (after, target);
}

static void
run (const char *personality)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--personality", personality, NULL);
  g_autofree char *id = service_test_find (service, "edge.case");
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  g_autofree char *text = roster_test_service_ask (service, "GET", "/Schemas", NULL, NULL);
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_from_json (json, NULL);
  const ScimDialect *dialect = scim_dialect_get (personality);
  Fixture fixture = { service, dialect, schemas, path };

  g_assert_true (scim_schemas_is_wso2 (schemas) == (dialect == &scim_dialect_wso2));
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    edit (&fixture, edits[i].path, edits[i].raw);
  for (guint i = 0; dialect == &scim_dialect_wso2 && i < G_N_ELEMENTS (wso2_edits); i++)
    edit (&fixture, wso2_edits[i].path, wso2_edits[i].raw);
}

static void
test_rfc (void)
{
  run ("rfc");
}

static void
test_wso2 (void)
{
  run ("wso2");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/round-trip/rfc", test_rfc);
  g_test_add_func ("/service/round-trip/wso2", test_wso2);
  return g_test_run ();
}
