/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim/scim-dialect.h"
#include "scim/scim-error.h"

#include <string.h>

#define HEAD       "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":["
#define ENTERPRISE SCIM_URN_ENTERPRISE_USER

static const char target_json[] =
  "{\"userName\":\"DEFAULT/kim\",\"active\":true,"
  "\"emails\":[\"main@x.org\",{\"type\":\"work\", \"value\":\"w@x.org\",\"weight\":1.10}],"
  "\"addresses\":[{\"type\":\"home\",\"locality\":\"Jena\",\"streetAddress\":\"Markt 1\"}],"
  "\"phoneNumbers\":[],"
  "\"urn:scim:wso2:schema\":{\"mobileNumbers\":[\"1\",\"2\"],\"accountLocked\":\"false\"}}";

/* One operation of scim_patch_diff()'s form, and what WSO2 is sent for it. */
static const struct
{
  ScimPatchOpKind kind;
  const char *path;
  const char *value;
  const char *expected;
} wrap_cases[] = {
  { SCIM_PATCH_REPLACE, "nickName", "\"Kim\"",
    "{\"op\":\"replace\",\"value\":{\"nickName\":\"Kim\"}}" },
  { SCIM_PATCH_ADD, "nickName", "\"K\\u0069m\"",
    "{\"op\":\"replace\",\"value\":{\"nickName\":\"K\\u0069m\"}}" },
  { SCIM_PATCH_REPLACE, SCIM_URN_CORE_USER ":nickName", "\"Kim\"",
    "{\"op\":\"replace\",\"value\":{\"nickName\":\"Kim\"}}" },
  { SCIM_PATCH_REPLACE, "name.givenName", "\"Kim\"",
    "{\"op\":\"replace\",\"value\":{\"name\":{\"givenName\":\"Kim\"}}}" },
  { SCIM_PATCH_ADD, "name", "{\"givenName\":\"Kim\",\"familyName\":\"P\"}",
    "{\"op\":\"replace\",\"value\":{\"name\":{\"givenName\":\"Kim\"}}},"
    "{\"op\":\"replace\",\"value\":{\"name\":{\"familyName\":\"P\"}}}" },
  { SCIM_PATCH_REPLACE, "urn:scim:wso2:schema:country", "\"Sri Lanka\"",
    "{\"op\":\"replace\",\"value\":{\"urn:scim:wso2:schema\":{\"country\":\"Sri Lanka\"}}}" },
  { SCIM_PATCH_REPLACE, "urn:scim:schemas:extension:custom:User:hours", "1.10",
    "{\"op\":\"replace\",\"value\":{\"urn:scim:schemas:extension:custom:User\":{\"hours\":1.10}}"
    "}" },
  { SCIM_PATCH_REPLACE, ENTERPRISE ":manager.value", "\"7\"",
    "{\"op\":\"replace\",\"value\":{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"7\"}}}}" },
  /* Arrays whole, with the bytes of what was not touched; the bare string stays one. */
  { SCIM_PATCH_REPLACE, "emails[type eq \"work\"].value", "\"w@x.org\"",
    "{\"op\":\"replace\",\"value\":{\"emails\":[\"main@x.org\","
    "{\"type\":\"work\", \"value\":\"w@x.org\",\"weight\":1.10}]}}" },
  { SCIM_PATCH_ADD, "emails", "[{\"type\":\"work\"}]",
    "{\"op\":\"replace\",\"value\":{\"emails\":[\"main@x.org\","
    "{\"type\":\"work\", \"value\":\"w@x.org\",\"weight\":1.10}]}}" },
  { SCIM_PATCH_ADD, "urn:scim:wso2:schema:mobileNumbers", "[\"2\"]",
    "{\"op\":\"replace\",\"value\":{\"urn:scim:wso2:schema\":{\"mobileNumbers\":[\"1\",\"2\"]}}}" },
  { SCIM_PATCH_REMOVE, "phoneNumbers", NULL, "{\"op\":\"remove\",\"path\":\"phoneNumbers\"}" },
  { SCIM_PATCH_REMOVE, "ims[type eq \"xmpp\"]", NULL, "{\"op\":\"remove\",\"path\":\"ims\"}" },
  /* Parts of a typed address. */
  { SCIM_PATCH_REPLACE, "addresses[type eq \"home\"].streetAddress", "\"Markt 1\"",
    "{\"op\":\"add\",\"value\":{\"addresses\":[{\"type\":\"home\",\"streetAddress\":\"Markt "
    "1\"}]}}" },
  { SCIM_PATCH_REMOVE, "addresses[type eq \"home\"].region", NULL,
    "{\"op\":\"add\",\"value\":{\"addresses\":[{\"type\":\"home\",\"region\":\"\"}]}}" },
  { SCIM_PATCH_REPLACE, "addresses[locality eq \"Jena\"].streetAddress", "\"Markt 1\"",
    "{\"op\":\"replace\",\"value\":{\"addresses\":"
    "[{\"type\":\"home\",\"locality\":\"Jena\",\"streetAddress\":\"Markt 1\"}]}}" },
  /* Clearing. */
  { SCIM_PATCH_REMOVE, "nickName", NULL, "{\"op\":\"replace\",\"value\":{\"nickName\":\"\"}}" },
  { SCIM_PATCH_REMOVE, "name.middleName", NULL,
    "{\"op\":\"replace\",\"value\":{\"name\":{\"middleName\":\"\"}}}" },
  { SCIM_PATCH_REMOVE, "name", NULL, "{\"op\":\"remove\",\"path\":\"name\"}" },
  { SCIM_PATCH_REMOVE, "active", NULL, "{\"op\":\"remove\",\"path\":\"active\"}" },
  { SCIM_PATCH_REMOVE, ENTERPRISE ":manager", NULL,
    "{\"op\":\"remove\",\"path\":\"" ENTERPRISE ":manager\"}" },
  { SCIM_PATCH_REMOVE, "urn:x:y:colour", NULL,
    "{\"op\":\"replace\",\"value\":{\"urn:x:y\":{\"colour\":\"\"}}}" },
  { SCIM_PATCH_REMOVE, ENTERPRISE, NULL, "{\"op\":\"remove\",\"path\":\"" ENTERPRISE "\"}" },
  /* Objects of attributes. */
  { SCIM_PATCH_ADD, ENTERPRISE, "{\"department\":\"A\",\"division\":\"B\"}",
    "{\"op\":\"replace\",\"value\":{\"" ENTERPRISE "\":{\"department\":\"A\"}}},"
    "{\"op\":\"replace\",\"value\":{\"" ENTERPRISE "\":{\"division\":\"B\"}}}" },
  { SCIM_PATCH_REPLACE, NULL, "{\"title\":\"T\",\"urn:x:y\":{\"colour\":\"red\"}}",
    "{\"op\":\"replace\",\"value\":{\"title\":\"T\"}},"
    "{\"op\":\"replace\",\"value\":{\"urn:x:y\":{\"colour\":\"red\"}}}" },
  /* What only begins like an extension is written, too. */
  { SCIM_PATCH_REPLACE, NULL, "{\"urn:x:y\":7}", "{\"op\":\"replace\",\"value\":{\"urn:x:y\":7}}" },
  /* What holds no attributes stays as it is. */
  { SCIM_PATCH_ADD, NULL, "[7]", "{\"op\":\"add\",\"value\":[7]}" },
  { SCIM_PATCH_ADD, ENTERPRISE, "7", "{\"op\":\"add\",\"path\":\"" ENTERPRISE "\",\"value\":7}" },
};

static const struct
{
  const char *filter;
  const char *written; /* NULL: refused */
} filter_cases[] = {
  { "userName eq \"bob\"", "userName eq \"bob\"" },
  { "name.givenName eq \"John Smith\"", "name.givenName eq John Smith" },
  { "userName eq \"o'brien\"", "userName eq \"o'brien\"" },
  { "userName eq \"Jos\\u00e9\"", "userName eq \"José\"" },
  { "userName eq \"a(b)\"", "userName eq \"a(b)\"" },
  { "userName eq \"(x)\"", "userName eq \"(x)\"" },
  { "userName eq \"DEFAULT/kim@x.io\"", "userName eq \"DEFAULT/kim@x.io\"" },
  { "userName eq \"a\\\\b\"", "userName eq \"a\\b\"" },
  { "nickName eq \"not\"", "nickName eq \"not\"" },
  { "a eq \"x\" and b sw \"y z\" and c ge 3", "a eq \"x\" and b sw y z and c ge 3" },
  { "active eq true", "active eq true" },
  { "urn:scim:wso2:schema:accountState ne \"LOCKED\"",
    "urn:scim:wso2:schema:accountState ne \"LOCKED\"" },
  { "displayName eq \"Rock and Roll\"", NULL },
  { "displayName eq \"Rock AND Roll\"", NULL },
  { "displayName co \"x eq y\"", NULL },
  { "displayName eq \"Rock  Roll\"", NULL },
  { "displayName eq \" Rock\"", NULL },
  { "displayName eq \"(a b\"", NULL },
  { "displayName eq \"a b)\"", NULL },
  { "displayName eq \"a\\\"b\"", NULL },
  { "displayName eq \"a\\nb\"", NULL },
  { "displayName eq \"a\\u0000b\"", NULL },
  { "displayName eq \"\"", NULL },
  { "displayName eq null", NULL },
  { "a gt 1", NULL },
  { "a lt 1", NULL },
  { "a pr", NULL },
  { "a eq 1 or b eq 2", NULL },
  { "not (a eq 1)", NULL },
  { "a eq 1 and not (b eq 1)", NULL },
  { "emails[type eq \"work\"]", NULL },
};

static ScimResource *
read_resource (const char *text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  ScimResource *resource = scim_resource_new_from_json (json, NULL);

  g_assert_nonnull (resource);
  return resource;
}

static void
assert_body (GBytes *bytes, const char *expected)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (ScimJson) json = scim_json_new (bytes, NULL, NULL);

  g_assert_cmpstr (text, ==, expected);
  g_assert_nonnull (json);
}

static void
test_known (void)
{
  g_assert_true (scim_dialect_get ("rfc") == &scim_dialect_rfc);
  g_assert_true (scim_dialect_get ("wso2") == &scim_dialect_wso2);
  g_assert_null (scim_dialect_get ("other"));
}

/* SCIM-SERVICES sections 1.7 and 1.8, byte for byte. */
static void
test_bodies (void)
{
  g_autoptr (GBytes) invitation = scim_dialect_invitation_body (&scim_dialect_wso2);
  g_autoptr (GBytes) password = scim_dialect_password_body (&scim_dialect_wso2, "a\"b\\ü");
  g_autoptr (GBytes) rfc_password = scim_dialect_password_body (&scim_dialect_rfc, "x");

  assert_body (invitation, HEAD "{\"op\":\"add\",\"value\":{\"urn:scim:wso2:schema\":"
                                "{\"forcePasswordReset\":true}}}]}");
  assert_body (password, HEAD "{\"op\":\"replace\",\"value\":{\"password\":\"a\\\"b\\\\ü\"}}]}");
  assert_body (rfc_password, HEAD "{\"op\":\"replace\",\"value\":{\"password\":\"x\"}}]}");
  g_assert_null (scim_dialect_invitation_body (&scim_dialect_rfc));
}

static void
test_wrap (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  g_autoptr (ScimResource) target = read_resource (target_json);

  for (guint i = 0; i < G_N_ELEMENTS (wrap_cases); i++)
    {
      g_autoptr (ScimPatch) patch = scim_patch_new ();
      g_autofree char *expected = g_strconcat (HEAD, wrap_cases[i].expected, "]}", NULL);
      g_autoptr (GBytes) body = NULL;

      g_test_message ("%s", wrap_cases[i].path != NULL ? wrap_cases[i].path : "no path");
      scim_patch_add (patch, wrap_cases[i].kind, wrap_cases[i].path, wrap_cases[i].value);
      body = scim_dialect_wso2.wrap_operations (patch, target, schemas);
      assert_body (body, expected);
    }
}

/* Two changes in one array are one operation; an address is either whole or in parts. */
static void
test_wrap_once (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  g_autoptr (ScimResource) target = read_resource (target_json);
  g_autoptr (ScimPatch) patch = scim_patch_new ();
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) plain = NULL;

  scim_patch_add (patch, SCIM_PATCH_REPLACE, "addresses[type eq \"home\"].region", "\"x\"");
  scim_patch_add (patch, SCIM_PATCH_REPLACE, "addresses[locality eq \"x\"]", "{}");
  scim_patch_add (patch, SCIM_PATCH_REPLACE, "ADDRESSES", "[]");
  body = scim_dialect_wso2.wrap_operations (patch, target, schemas);
  assert_body (body, HEAD "{\"op\":\"replace\",\"value\":{\"addresses\":[{\"type\":\"home\","
                          "\"locality\":\"Jena\",\"streetAddress\":\"Markt 1\"}]}}]}");
  plain = scim_dialect_rfc.wrap_operations (patch, target, schemas);
  g_assert_nonnull (strstr (g_bytes_get_data (plain, NULL), "\"path\""));
}

static void
test_wrap_nothing (void)
{
  g_autoptr (ScimPatch) patch = scim_patch_new ();
  g_autoptr (ScimResource) target = read_resource ("{}");
  g_autoptr (GBytes) body = scim_dialect_wso2.wrap_operations (patch, target, NULL);

  assert_body (body, HEAD "]}");
}

static void
test_filters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (filter_cases); i++)
    {
      g_autoptr (ScimFilter) filter = scim_filter_new (filter_cases[i].filter, NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *plain = scim_dialect_rfc.write_filter (filter, NULL);
      g_autofree char *written = scim_dialect_wso2.write_filter (filter, &error);

      g_test_message ("filter %u", i);
      g_assert_nonnull (plain);
      g_assert_cmpstr (written, ==, filter_cases[i].written);
      if (filter_cases[i].written == NULL)
        g_assert_error (error, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED);
      else
        g_assert_no_error (error);
    }
}

static void
test_container (void)
{
  g_autoptr (ScimResource) system = read_resource (target_json);
  g_autoptr (ScimResource) enterprise =
    read_resource ("{\"" ENTERPRISE "\":{\"accountLocked\":true}}");
  g_autoptr (ScimJson) json =
    scim_json_new_from_text ("[{\"id\":\"" SCIM_URN_WSO2_CUSTOM "\",\"attributes\":["
                             "{\"name\":\"badge\"}]}]",
                             -1, NULL);
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_from_json (json, NULL);
  const ScimDialect *wso2 = &scim_dialect_wso2;

  g_assert_cmpstr (wso2->find_container ("accountLocked", system, NULL), ==, SCIM_URN_WSO2_SYSTEM);
  g_assert_cmpstr (wso2->find_container ("accountLocked", enterprise, schemas), ==, ENTERPRISE);
  g_assert_cmpstr (wso2->find_container ("badge", enterprise, schemas), ==, SCIM_URN_WSO2_CUSTOM);
  g_assert_cmpstr (wso2->find_container ("forcePasswordReset", NULL, NULL), ==,
                   SCIM_URN_WSO2_SYSTEM);
  g_assert_null (scim_dialect_rfc.find_container ("accountLocked", enterprise, schemas));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scim/dialect/known", test_known);
  g_test_add_func ("/scim/dialect/bodies", test_bodies);
  g_test_add_func ("/scim/dialect/wrap", test_wrap);
  g_test_add_func ("/scim/dialect/wrap-once", test_wrap_once);
  g_test_add_func ("/scim/dialect/wrap-nothing", test_wrap_nothing);
  g_test_add_func ("/scim/dialect/filters", test_filters);
  g_test_add_func ("/scim/dialect/container", test_container);
  return g_test_run ();
}
