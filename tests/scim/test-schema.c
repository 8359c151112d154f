/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim/scim-error.h"
#include "scim/scim-schema.h"

#include <string.h>

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER

static ScimSchemas *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, &error);
  ScimSchemas *schemas;

  g_assert_no_error (error);
  schemas = scim_schemas_new_from_json (json, &error);
  g_assert_no_error (error);
  return schemas;
}

static void
assert_label (const ScimSchemas *schemas, const char *path, const char *label)
{
  const ScimAttribute *attribute = scim_schemas_find (schemas, path);
  g_autofree char *actual = NULL;

  g_test_message ("%s", path);
  g_assert_nonnull (attribute);
  actual = scim_attribute_dup_label (attribute);
  g_assert_cmpstr (actual, ==, label);
}

static void
test_builtin (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  const ScimAttribute *attribute;

  g_assert_cmpuint (scim_schemas_get_n (schemas), ==, 2);
  g_assert_true (scim_schema_is_core_user (scim_schemas_get_at (schemas, 0)));
  g_assert_false (scim_schema_is_core_user (scim_schemas_get_at (schemas, 1)));
  g_assert_false (scim_schemas_is_wso2 (schemas));
  g_assert_nonnull (scim_schemas_get (schemas, "URN:ietf:params:scim:schemas:core:2.0:user"));
  g_assert_null (scim_schemas_get (schemas, "urn:x"));

  attribute = scim_schemas_find (schemas, "userName");
  g_assert_true (attribute->required);
  g_assert_cmpint (attribute->uniqueness, ==, SCIM_UNIQUENESS_SERVER);
  attribute = scim_schemas_find (schemas, "password");
  g_assert_cmpint (attribute->mutability, ==, SCIM_MUTABILITY_WRITE_ONLY);
  g_assert_cmpint (attribute->returned, ==, SCIM_RETURNED_NEVER);
  attribute = scim_schemas_find (schemas, "phoneNumbers.type");
  g_assert_true (g_strv_contains ((const char *const *)attribute->canonical_values, "pager"));
  g_assert_cmpint (scim_schemas_find (schemas, "groups")->mutability, ==,
                   SCIM_MUTABILITY_READ_ONLY);
  g_assert_cmpint (scim_schemas_find (schemas, "meta.created")->type, ==, SCIM_TYPE_DATE_TIME);
  g_assert_cmpint (scim_schemas_find (schemas, "x509Certificates.value")->type, ==,
                   SCIM_TYPE_BINARY);
}

static void
test_find (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  const ScimAttribute *manager = scim_schemas_find (schemas, ENTERPRISE ":manager");
  const ScimAttribute *value = scim_schemas_find (schemas, ENTERPRISE ":MANAGER.VALUE");
  g_autofree char *path = NULL;
  g_autofree char *name_path = NULL;

  g_assert_nonnull (manager);
  g_assert_true (value->parent == manager);
  g_assert_true (scim_attribute_get_sub (manager, "value") == value);
  path = scim_attribute_dup_path (value);
  g_assert_cmpstr (path, ==, ENTERPRISE ":manager.value");
  name_path = scim_attribute_dup_path (scim_schemas_find (schemas, "NAME.givenname"));
  g_assert_cmpstr (name_path, ==, "name.givenName");
  g_assert_true (scim_schemas_find (schemas, SCIM_URN_CORE_USER ":userName") ==
                 scim_schemas_find (schemas, "username"));
  g_assert_true (scim_schemas_find (schemas, "emails[type eq \"a].b\"].value") ==
                 scim_schemas_find (schemas, "emails.value"));
  g_assert_null (scim_schemas_find (schemas, "department"));
  g_assert_null (scim_schemas_find (schemas, ENTERPRISE));
  g_assert_null (scim_schemas_find (schemas, ""));
  g_assert_null (scim_schemas_find (schemas, "emails["));
  g_assert_null (scim_schemas_find (schemas, "name.nothing"));
}

static void
test_labels (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  g_autoptr (ScimSchemas) others =
    parse ("[{\"id\":\"urn:x\",\"attributes\":[{\"name\":\"badge_no\"},{\"name\":\"HTTPProxy\"},"
           "{\"name\":\"taxId\"},{\"name\":\"urlOfUser\"},{\"name\":\"$\"},{\"name\":\"a1B\"},"
           "{\"name\":\"dateOfBirth\"},{\"name\":\"x\",\"displayName\":\"The <b>X</b>\"}]}]");

  assert_label (schemas, "userName", "User Name");
  assert_label (schemas, "name.givenName", "Given Name");
  assert_label (schemas, "emails", "E-mail Addresses");
  assert_label (schemas, "phoneNumbers", "Phone Numbers");
  assert_label (schemas, ENTERPRISE ":costCenter", "Cost Center");
  assert_label (schemas, ENTERPRISE ":employeeNumber", "Employee Number");
  assert_label (schemas, ENTERPRISE ":manager.displayName", "Manager");
  assert_label (schemas, ENTERPRISE ":manager.$ref", "Reference");
  assert_label (schemas, "displayName", "Display Name");
  assert_label (schemas, "id", "User ID");
  assert_label (others, "urn:x:badge_no", "Badge No");
  assert_label (others, "urn:x:HTTPProxy", "HTTP Proxy");
  assert_label (others, "urn:x:taxId", "Tax ID");
  assert_label (others, "urn:x:urlOfUser", "URL Of User");
  assert_label (others, "urn:x:$", "$");
  assert_label (others, "urn:x:dateOfBirth", "Date of Birth");
  assert_label (others, "urn:x:x", "The <b>X</b>");
}

static const char wso2_json[] =
  "[{\"id\":\"urn:ietf:params:scim:schemas:core:2.0\",\"name\":\"Core\",\"attributes\":["
  "{\"name\":\"id\",\"displayName\":\"User "
  "ID\",\"type\":\"STRING\",\"mutability\":\"READ_ONLY\"}]},"
  "{\"id\":\"urn:ietf:params:scim:schemas:core:2.0:User\",\"name\":\"User\",\"attributes\":["
  "{\"name\":\"userName\",\"type\":\"STRING\",\"required\":\"true\",\"displayOrder\":\"1\","
  "\"displayName\":\"Username\",\"maxLength\":\"30\",\"minLength\":3,\"regEx\":\"^[a-z]+$\"},"
  "{\"name\":\"name\",\"type\":\"COMPLEX\",\"subAttributes\":["
  "{\"name\":\"givenName\",\"displayName\":\"First Name\",\"type\":\"STRING\"},"
  "{\"name\":\"name.familyName\",\"displayName\":\"Last Name\",\"type\":\"STRING\"}]},"
  "{\"name\":\"emails\",\"type\":\"STRING\",\"multiValued\":\"true\",\"displayName\":\"Email\","
  "\"mutability\":\"READ_WRITE\",\"subAttributes\":[{\"name\":\"emails.work\"},"
  "{\"name\":\"home\"},{\"name\":\"value\",\"mutability\":\"READ_ONLY\"}]},"
  "{\"name\":\"phoneNumbers.mobile\",\"displayName\":\"Mobile\",\"displayOrder\":\"7\"},"
  "{\"name\":\"phoneNumbers.other\",\"displayName\":\"Other\"},"
  "{\"name\":\"addresses\",\"type\":\"COMPLEX\",\"multiValued\":true,\"subAttributes\":["
  "{\"name\":\"home\"},{\"name\":\"addresses#home.streetAddress\"},"
  "{\"name\":\"addresses#work.locality\"}]}]},"
  "{\"id\":\"urn:ietf:params:scim:schemas:core:2.0:Group\",\"attributes\":[{\"name\":\"m\"}]},"
  "{\"id\":\"urn:scim:wso2:agent:schema\",\"attributes\":[{\"name\":\"m\"}]},"
  "{\"id\":\"urn:scim:wso2:schema\",\"name\":\"SystemUser\",\"attributes\":["
  "{\"name\":\"country\",\"inputFormat\":{\"inputType\":\"dropdown\"},\"canonicalValues\":["
  "{\"label\":\"Germany\",\"value\":\"DE\"},{\"value\":\"FR\"},\"IT\",{},7,null]},"
  "{\"name\":\"created\",\"type\":\"DATE_TIME\",\"returned\":\"REQUEST\",\"uniqueness\":\"GLOBAL\","
  "\"profiles\":{\"console\":{\"supportedByDefault\":false,\"required\":true,"
  "\"mutability\":\"READ_ONLY\"}}},"
  "{\"name\":\"other\",\"supportedByDefault\":\"false\"},"
  "{\"name\":\"shown\",\"supportedByDefault\":\"false\","
  "\"profiles\":{\"console\":{\"supportedByDefault\":true}}}]}]";

static void
test_wso2 (void)
{
  g_autoptr (ScimSchemas) schemas = parse (wso2_json);
  const ScimAttribute *attribute;

  g_assert_true (scim_schemas_is_wso2 (schemas));
  g_assert_cmpuint (scim_schemas_get_n (schemas), ==, 3);
  g_assert_true (scim_schema_is_core_user (scim_schemas_get_at (schemas, 0)));
  g_assert_cmpstr (scim_schemas_get_at (schemas, 1)->id, ==, ENTERPRISE);
  g_assert_cmpstr (scim_schemas_get_at (schemas, 2)->name, ==, "SystemUser");

  attribute = scim_schemas_find (schemas, "userName");
  g_assert_true (attribute->required);
  g_assert_cmpint (attribute->display_order, ==, 1);
  g_assert_cmpint (attribute->max_length, ==, 30);
  g_assert_cmpint (attribute->min_length, ==, 3);
  g_assert_cmpstr (attribute->pattern, ==, "^[a-z]+$");
  assert_label (schemas, "name.givenName", "First Name");
  assert_label (schemas, "name.familyName", "Last Name");
  g_assert_cmpint (scim_schemas_find (schemas, "id")->mutability, ==, SCIM_MUTABILITY_READ_ONLY);
  g_assert_cmpstr (scim_schemas_find (schemas, "id")->display_name, ==, "User ID");
  g_assert_nonnull (scim_schemas_find (schemas, "meta.lastModified"));
  g_assert_null (scim_schemas_find (schemas, "nickName"));

  attribute = scim_schemas_find (schemas, SCIM_URN_WSO2_SYSTEM ":country");
  g_assert_cmpstr (attribute->input_type, ==, "dropdown");
  g_assert_cmpuint (g_strv_length (attribute->canonical_values), ==, 4);
  g_assert_cmpstr (attribute->canonical_values[3], ==, "7");
  g_assert_cmpstr (attribute->canonical_labels[0], ==, "Germany");
  g_assert_cmpstr (attribute->canonical_labels[1], ==, "FR");
  attribute = scim_schemas_find (schemas, SCIM_URN_WSO2_SYSTEM ":created");
  g_assert_cmpint (attribute->type, ==, SCIM_TYPE_DATE_TIME);
  g_assert_cmpint (attribute->returned, ==, SCIM_RETURNED_REQUEST);
  g_assert_cmpint (attribute->uniqueness, ==, SCIM_UNIQUENESS_GLOBAL);
  g_assert_cmpint (attribute->mutability, ==, SCIM_MUTABILITY_READ_ONLY);
  g_assert_true (attribute->required);
  g_assert_true (attribute->hidden);
  g_assert_true (scim_schemas_find (schemas, SCIM_URN_WSO2_SYSTEM ":other")->hidden);
  g_assert_false (scim_schemas_find (schemas, SCIM_URN_WSO2_SYSTEM ":shown")->hidden);
}

static void
test_typed_names (void)
{
  g_autoptr (ScimSchemas) schemas = parse (wso2_json);
  const ScimAttribute *emails = scim_schemas_find (schemas, "emails");
  const ScimAttribute *phones = scim_schemas_find (schemas, "phoneNumbers");
  const ScimAttribute *addresses = scim_schemas_find (schemas, "addresses");
  const ScimAttribute *type;
  g_autofree char *types = NULL;

  g_assert_cmpint (emails->type, ==, SCIM_TYPE_COMPLEX);
  g_assert_true (emails->multi_valued);
  g_assert_cmpuint (emails->sub_attributes->len, ==, 4);
  type = scim_attribute_get_sub (emails, "type");
  types = g_strjoinv (",", type->canonical_values);
  g_assert_cmpstr (types, ==, "work,home");
  g_assert_null (type->canonical_labels);
  g_assert_cmpint (scim_attribute_get_sub (emails, "value")->mutability, ==,
                   SCIM_MUTABILITY_READ_ONLY);
  g_assert_true (type->schema == emails->schema && type->parent == emails);

  g_assert_true (phones->multi_valued);
  g_assert_cmpint (phones->display_order, ==, 7);
  type = scim_attribute_get_sub (phones, "type");
  g_assert_cmpstr (type->canonical_values[0], ==, "mobile");
  g_assert_cmpstr (type->canonical_labels[1], ==, "Other");
  type = scim_attribute_get_sub (addresses, "type");
  g_free (types);
  types = g_strjoinv (",", type->canonical_values);
  g_assert_cmpstr (types, ==, "home,work");
  g_assert_nonnull (scim_attribute_get_sub (addresses, "streetAddress"));
  g_assert_null (scim_attribute_get_sub (addresses, "home"));
}

static void
test_shapes (void)
{
  static const char schema[] =
    "{\"id\":\"urn:x\",\"attributes\":[{\"name\":\"a\",\"type\":\"binary\"}]}";
  g_autofree char *list =
    g_strdup_printf ("{\"totalResults\":1,\"Resources\":[%s,7,%s]}", schema, schema);
  g_autoptr (ScimSchemas) from_list = parse (list);
  g_autoptr (ScimSchemas) from_one = parse (schema);

  g_assert_cmpuint (scim_schemas_get_n (from_list), ==, 3);
  g_assert_cmpuint (scim_schemas_get_n (from_one), ==, 3);
  g_assert_cmpstr (scim_schemas_get_at (from_one, 2)->name, ==, "urn:x");
  g_assert_cmpint (scim_schemas_find (from_one, "urn:x:a")->type, ==, SCIM_TYPE_BINARY);
}

static void
test_hostile (void)
{
  static const char *const answers[] = {
    "[]",
    "{}",
    "null",
    "\"x\"",
    "{\"Resources\":[]}",
    "[{\"id\":\"urn:x\"}]",
    "[{\"id\":\"urn x\",\"attributes\":[]}]",
    "[{\"id\":7,\"attributes\":{}}]",
    "[{\"id\":\"\",\"attributes\":[]}]",
    "[{\"id\":\"x\",\"attributes\":[]}]", /* no URI */
  };
  g_autoptr (ScimSchemas) schemas = NULL;
  g_autoptr (GString) many = g_string_new ("[{\"id\":\"urn:x\",\"attributes\":[");

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimJson) json = scim_json_new_from_text (answers[i], -1, NULL);

      g_test_message ("%s", answers[i]);
      g_assert_null (scim_schemas_new_from_json (json, &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL);
    }

  schemas = parse ("[{\"id\":\"urn:x\",\"attributes\":[7,{},{\"name\":\"\"},{\"name\":\"a b\"},"
                   "{\"name\":\"a[\"},{\"name\":\"ok\",\"type\":{},\"multiValued\":7,"
                   "\"displayName\":\"a\\u202eb\",\"displayOrder\":-4,\"maxLength\":\"1e9\","
                   "\"subAttributes\":{},\"canonicalValues\":7,\"profiles\":[]},"
                   "{\"name\":\"OK\"},{\"name\":\".a\"},{\"name\":\"#a\"},{\"name\":\"a:b\"},{"
                   "\"name\":\"p.q.r\"}]}]");
  g_assert_cmpuint (scim_schemas_get (schemas, "urn:x")->attributes->len, ==, 2);
  g_assert_cmpint (scim_schemas_find (schemas, "urn:x:ok")->type, ==, SCIM_TYPE_STRING);
  g_assert_cmpint (scim_schemas_find (schemas, "urn:x:ok")->max_length, ==, 0);
  g_assert_null (strstr (scim_schemas_find (schemas, "urn:x:ok")->display_name, "\u202e"));
  g_clear_pointer (&schemas, scim_schemas_unref);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (many, "%s{\"name\":\"a%u\"}", i > 0 ? "," : "", i);
  g_string_append (many, "]}]");
  schemas = parse (many->str);
  g_assert_cmpuint (scim_schemas_get (schemas, "urn:x")->attributes->len, ==, 2000);
}

/* What is sent is what was listed; what is shown is harmless. */
static void
test_unsafe_canonical (void)
{
  g_autoptr (ScimSchemas) schemas =
    parse ("[{\"id\":\"urn:x\",\"attributes\":[{\"name\":\"a\",\"canonicalValues\":"
           "[\"x\",\"a\\u202eb\"]}]}]");
  const ScimAttribute *attribute = scim_schemas_find (schemas, "urn:x:a");

  g_assert_cmpstr (attribute->canonical_values[1], ==, "a\u202eb");
  g_assert_nonnull (attribute->canonical_labels);
  g_assert_cmpstr (attribute->canonical_labels[0], ==, "x");
  g_assert_cmpstr (attribute->canonical_labels[1], ==, "a\ufffdb");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scim/schema/builtin", test_builtin);
  g_test_add_func ("/scim/schema/find", test_find);
  g_test_add_func ("/scim/schema/labels", test_labels);
  g_test_add_func ("/scim/schema/wso2", test_wso2);
  g_test_add_func ("/scim/schema/typed-names", test_typed_names);
  g_test_add_func ("/scim/schema/shapes", test_shapes);
  g_test_add_func ("/scim/schema/hostile", test_hostile);
  g_test_add_func ("/scim/schema/unsafe-canonical", test_unsafe_canonical);
  return g_test_run ();
}
