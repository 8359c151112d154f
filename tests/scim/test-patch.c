/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <string.h>

#include "scim/scim-error.h"
#include "scim/scim-patch.h"

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER
#define N_RANDOM   3000

static ScimResource *
make (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ScimResource *resource = scim_resource_new (bytes, &error);

  g_assert_no_error (error);
  return resource;
}

static char *
dup_raw (const ScimResource *resource)
{
  return scim_node_dup_raw (scim_resource_get_root (resource));
}

/* "op path value" lines: easier to read in a failure than JSON. */
static char *
describe (const ScimPatch *patch)
{
  static const char *const names[] = { "add", "replace", "remove" };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (patch, i);

      g_string_append_printf (text, "%s%s %s%s%s", i > 0 ? "\n" : "", names[op->kind],
                              op->path != NULL ? op->path : "-", op->value != NULL ? " " : "",
                              op->value != NULL ? op->value : "");
    }
  return g_string_free (text, FALSE);
}

/* ------------------------------------------------------------------ apply */

typedef struct
{
  const char *resource;
  ScimPatchOpKind kind;
  const char *path;
  const char *value;
  const char *expected; /* NULL: refused */
  ScimErrorCode code;
} Case;

static void
check_case (const Case *item, const ScimSchemas *schemas)
{
  g_autoptr (ScimResource) base = make (item->resource);
  g_autoptr (ScimResource) changed = NULL;
  g_autoptr (ScimPatch) patch = scim_patch_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *before = NULL;

  g_test_message ("%s %s on %s", item->path, item->value, item->resource);
  scim_patch_add (patch, item->kind, item->path, item->value);
  changed = scim_patch_apply (patch, base, schemas, &error);
  before = dup_raw (base);
  g_assert_cmpstr (before, ==, item->resource);
  if (item->expected == NULL)
    {
      g_assert_null (changed);
      g_assert_error (error, SCIM_ERROR, (int)item->code);
      return;
    }
  g_assert_no_error (error);
  raw = dup_raw (changed);
  g_assert_cmpstr (raw, ==, item->expected);
}

static const Case add_cases[] = {
  { "{}", SCIM_PATCH_ADD, "nickName", "\"K\"", "{\"nickName\":\"K\"}", 0 },
  { "{\"n\":1.10}", SCIM_PATCH_ADD, "b", "9223372036854775808",
    "{\"n\":1.10,\"b\":9223372036854775808}", 0 },
  { "{\"nickName\":\"a\"}", SCIM_PATCH_ADD, "NICKNAME", "\"b\"", "{\"nickName\":\"b\"}", 0 },
  { "{\"nickName\":\"a\"}", SCIM_PATCH_ADD, "nickName", "null", "{\"nickName\":\"a\"}", 0 },
  /* an extension is an object with a URN for its name */
  { "{\"urn\":1}", SCIM_PATCH_ADD, NULL, "{\"urn:x\":2}", "{\"urn\":1,\"urn:x\":2}", 0 },
  { "{\"u:x\":1}", SCIM_PATCH_ADD, NULL, "{\"u:x:a\":2}", "{\"u:x\":1,\"u:x:a\":2}", 0 },
  { "{}", SCIM_PATCH_ADD, "name.givenName", "\"K\"", "{\"name\":{\"givenName\":\"K\"}}", 0 },
  { "{\"name\":{\"familyName\":\"P\"}}", SCIM_PATCH_ADD, "name", "{\"givenName\":\"K\"}",
    "{\"name\":{\"familyName\":\"P\",\"givenName\":\"K\"}}", 0 },
  { "{\"emails\":[{\"value\":\"a\"}]}", SCIM_PATCH_ADD, "emails", "[{\"value\":\"b\"}]",
    "{\"emails\":[{\"value\":\"a\"},{\"value\":\"b\"}]}", 0 },
  { "{\"emails\":[{\"value\":\"a\"}]}", SCIM_PATCH_ADD, "emails", "{\"value\":\"b\"}",
    "{\"emails\":[{\"value\":\"a\"},{\"value\":\"b\"}]}", 0 },
  /* no value twice */
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"x\"}]}", SCIM_PATCH_ADD, "emails",
    "[{\"type\":\"x\",\"value\":\"a\"}]", "{\"emails\":[{\"value\":\"a\",\"type\":\"x\"}]}", 0 },
  { "{}", SCIM_PATCH_ADD, "emails", "{\"value\":\"b\"}", "{\"emails\":{\"value\":\"b\"}}", 0 },
  /* one primary */
  { "{\"emails\":[{\"value\":\"a\",\"primary\":true}]}", SCIM_PATCH_ADD, "emails",
    "[{\"value\":\"b\",\"primary\":true}]",
    "{\"emails\":[{\"value\":\"a\",\"primary\":false},{\"value\":\"b\",\"primary\":true}]}", 0 },
  { "{\"emails\":[{\"type\":\"work\",\"value\":\"a\"}]}", SCIM_PATCH_ADD,
    "emails[type eq \"work\"]", "{\"display\":\"A\"}",
    "{\"emails\":[{\"type\":\"work\",\"value\":\"a\",\"display\":\"A\"}]}", 0 },
  { "{\"emails\":[]}", SCIM_PATCH_ADD, "emails[type eq \"work\"].value", "\"a\"", NULL,
    SCIM_ERROR_NO_TARGET },
  { "{\"schemas\":[\"c\"]}", SCIM_PATCH_ADD, ENTERPRISE ":costCenter", "\"7\"",
    "{\"schemas\":[\"c\",\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"costCenter\":\"7\"}}", 0 },
  { "{\"schemas\":[]}", SCIM_PATCH_ADD, NULL, "{\"" ENTERPRISE "\":{\"costCenter\":\"7\"},\"a\":1}",
    "{\"schemas\":[\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"costCenter\":\"7\"},\"a\":1}", 0 },
  { "{\"schemas\":[]}", SCIM_PATCH_ADD, NULL, "{\"urn:new:ext:User\":{\"a\":1}}",
    "{\"schemas\":[\"urn:new:ext:User\"],\"urn:new:ext:User\":{\"a\":1}}", 0 },
  { "{}", SCIM_PATCH_ADD, NULL, "{\"" ENTERPRISE ":department\":\"x\"}",
    "{\"" ENTERPRISE "\":{\"department\":\"x\"},\"schemas\":[\"" ENTERPRISE "\"]}", 0 },
  { "{\"name\":{\"a\":1}}", SCIM_PATCH_ADD, "name.a", "null", "{\"name\":{\"a\":1}}", 0 },
  { "{\"e\":[{\"a\":1}]}", SCIM_PATCH_ADD, "e", "[null,{},{\"a\":1}]", "{\"e\":[{\"a\":1}]}", 0 },
  { "{\"" ENTERPRISE "\":{\"a\":1}}", SCIM_PATCH_ADD, ENTERPRISE, "null",
    "{\"" ENTERPRISE "\":{\"a\":1}}", 0 },
  { "{\"a:b\":1}", SCIM_PATCH_ADD, NULL, "{\"a:b\":2}", "{\"a:b\":2}", 0 },
  { "{}", SCIM_PATCH_ADD, NULL, "\"x\"", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, ENTERPRISE, "\"x\"", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, "a..b", "1", NULL, SCIM_ERROR_INVALID_PATH },
  { "{}", SCIM_PATCH_ADD, "a[type eq \"x\"", "1", NULL, SCIM_ERROR_INVALID_PATH },
  { "{}", SCIM_PATCH_ADD, "a[type qq \"x\"]", "1", NULL, SCIM_ERROR_INVALID_FILTER },
  { "{}", SCIM_PATCH_ADD, "a", "1,\"b\":2", NULL, SCIM_ERROR_INVALID_JSON },
};

static const Case replace_cases[] = {
  { "{\"a\": 1.10 , \"b\":\"x\\u0000y\"}", SCIM_PATCH_REPLACE, "a", "2",
    "{\"a\": 2 , \"b\":\"x\\u0000y\"}", 0 },
  { "{}", SCIM_PATCH_REPLACE, "a", "2", "{\"a\":2}", 0 },
  { "{\"a\":1}", SCIM_PATCH_REPLACE, "a", "null", "{}", 0 },
  { "{\"a\":[1]}", SCIM_PATCH_REPLACE, "a", "[]", "{}", 0 },
  { "{\"name\":{\"a\":1,\"b\":2}}", SCIM_PATCH_REPLACE, "name", "{\"b\":3,\"a\":null}",
    "{\"name\":{\"b\":3}}", 0 },
  { "{\"emails\":[{\"value\":\"a\"},{\"value\":\"b\"}]}", SCIM_PATCH_REPLACE, "emails",
    "{\"value\":\"c\"}", "{\"emails\":[{\"value\":\"c\"}]}", 0 },
  { "{\"emails\":[{\"type\":\"work\",\"value\":\"a\"},{\"type\":\"home\",\"value\":1.0}]}",
    SCIM_PATCH_REPLACE, "emails[type eq \"work\"].value", "\"z]\"",
    "{\"emails\":[{\"type\":\"work\",\"value\":\"z]\"},{\"type\":\"home\",\"value\":1.0}]}", 0 },
  { "{\"emails\":[{\"type\":\"work\",\"value\":\"a\"}]}", SCIM_PATCH_REPLACE,
    "emails[type eq \"work\"]", "{\"value\":\"z\"}", "{\"emails\":[{\"value\":\"z\"}]}", 0 },
  { "{\"emails\":[{\"type\":\"work\",\"value\":\"a\"}]}", SCIM_PATCH_REPLACE,
    "emails[type eq \"home\"].value", "\"z\"", NULL, SCIM_ERROR_NO_TARGET },
  { "{\"emails\":[\"a@b\",{\"type\":\"home\",\"value\":\"c\"}]}", SCIM_PATCH_REPLACE,
    "emails[value eq \"a@b\"].value", "\"z\"",
    "{\"emails\":[\"z\",{\"type\":\"home\",\"value\":\"c\"}]}", 0 },
  { "{\"emails\":[\"a@b\"]}", SCIM_PATCH_REPLACE, "emails[value eq \"a@b\"].type", "\"work\"",
    "{\"emails\":[{\"value\":\"a@b\",\"type\":\"work\"}]}", 0 },
  { "{\"emails\":[{\"value\":\"a\",\"primary\":\"true\"},{\"value\":\"b\"}]}", SCIM_PATCH_REPLACE,
    "emails[value eq \"b\"].primary", "true",
    "{\"emails\":[{\"value\":\"a\",\"primary\":false},{\"value\":\"b\",\"primary\":true}]}", 0 },
  { "{\"" ENTERPRISE "\":{\"a\":1,\"b\":2}}", SCIM_PATCH_REPLACE, ENTERPRISE, "{\"b\":3}",
    "{\"" ENTERPRISE "\":{\"a\":1,\"b\":3},\"schemas\":[\"" ENTERPRISE "\"]}", 0 },
  { "{\"e\":[\"s\",{\"value\":\"t\",\"type\":\"x\"}]}", SCIM_PATCH_REPLACE, "e.type", "null",
    "{\"e\":[\"s\",{\"value\":\"t\"}]}", 0 },
  { "{\"e\":[\"s\",\"t\"]}", SCIM_PATCH_REPLACE, "e[value eq \"s\"].value", "null",
    "{\"e\":[\"t\"]}", 0 },
  { "{\"a.b\":1}", SCIM_PATCH_REPLACE, NULL, "{\"a.b\":2}", "{\"a.b\":2}", 0 },
  { "{\"schemas\":[\"c\"]}", SCIM_PATCH_REPLACE, NULL, "{\"schemas\":[\"d\"]}",
    "{\"schemas\":[\"c\"]}", 0 },
};

static const Case remove_cases[] = {
  { "{\"a\":1,\"b\":2}", SCIM_PATCH_REMOVE, "A", NULL, "{\"b\":2}", 0 },
  { "{\"b\":2}", SCIM_PATCH_REMOVE, "a", NULL, "{\"b\":2}", 0 },
  { "{\"a\":1}", SCIM_PATCH_REMOVE, NULL, NULL, NULL, SCIM_ERROR_NO_TARGET },
  { "{\"name\":{\"a\":1},\"b\":2}", SCIM_PATCH_REMOVE, "name.a", NULL, "{\"b\":2}", 0 },
  { "{\"e\":[{\"type\":\"w\"},{\"type\":\"h\"}]}", SCIM_PATCH_REMOVE, "e[type eq \"w\"]", NULL,
    "{\"e\":[{\"type\":\"h\"}]}", 0 },
  { "{\"e\":[{\"type\":\"w\"}]}", SCIM_PATCH_REMOVE, "e[type eq \"w\"]", NULL, "{}", 0 },
  { "{\"e\":[{\"type\":\"w\"}]}", SCIM_PATCH_REMOVE, "e[type eq \"w\"].type", NULL, "{}", 0 },
  { "{\"e\":[{\"type\":\"w\",\"a\":1}]}", SCIM_PATCH_REMOVE, "e[type eq \"w\"].a", NULL,
    "{\"e\":[{\"type\":\"w\"}]}", 0 },
  { "{\"e\":[{\"type\":\"w\",\"a\":1},{\"a\":2,\"b\":3}]}", SCIM_PATCH_REMOVE, "e.a", NULL,
    "{\"e\":[{\"type\":\"w\"},{\"b\":3}]}", 0 },
  { "{\"e\":[{\"type\":\"w\"}]}", SCIM_PATCH_REMOVE, "e[type eq \"x\"]", NULL, NULL,
    SCIM_ERROR_NO_TARGET },
  { "{\"schemas\":[\"c\",\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"a\":1}}", SCIM_PATCH_REMOVE,
    ENTERPRISE ":a", NULL, "{\"schemas\":[\"c\"]}", 0 },
  { "{\"schemas\":[\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"a\":1}}", SCIM_PATCH_REMOVE,
    ENTERPRISE, NULL, "{\"schemas\":[]}", 0 },
};

static const Case schema_cases[] = {
  { "{\"id\":\"1\"}", SCIM_PATCH_REPLACE, "id", "\"2\"", NULL, SCIM_ERROR_MUTABILITY },
  { "{\"groups\":[{\"value\":\"g\"}]}", SCIM_PATCH_REMOVE, "groups", NULL, NULL,
    SCIM_ERROR_MUTABILITY },
  { "{\"groups\":[{\"value\":\"g\"}]}", SCIM_PATCH_REMOVE, "groups[value eq \"g\"]", NULL, NULL,
    SCIM_ERROR_MUTABILITY },
  { "{\"userName\":\"a\"}", SCIM_PATCH_REMOVE, "userName", NULL, NULL, SCIM_ERROR_MUTABILITY },
  { "{\"userName\":\"a\"}", SCIM_PATCH_REPLACE, "userName", "{}", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{\"userName\":\"a\"}", SCIM_PATCH_REPLACE, "userName", "[\"b\"]", NULL,
    SCIM_ERROR_INVALID_VALUE },
  { "{\"active\":true}", SCIM_PATCH_REPLACE, "active", "\"perhaps\"", NULL,
    SCIM_ERROR_INVALID_VALUE },
  { "{\"active\":true}", SCIM_PATCH_REPLACE, "active", "\"False\"", "{\"active\":\"False\"}", 0 },
  { "{\"name\":{\"givenName\":\"a\"}}", SCIM_PATCH_REPLACE, "name", "\"b\"", NULL,
    SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, "emails", "{\"value\":\"b\"}", "{\"emails\":[{\"value\":\"b\"}]}", 0 },
  { "{}", SCIM_PATCH_ADD, "emails.value", "\"b\"", NULL, SCIM_ERROR_NO_TARGET },
  { "{\"id\":\"1\"}", SCIM_PATCH_REPLACE, NULL, "{\"id\":\"1\",\"title\":\"t\"}",
    "{\"id\":\"1\",\"title\":\"t\"}", 0 },
  { "{}", SCIM_PATCH_ADD, "title", "7", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, "title", "true", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, "emails", "[[1]]", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{}", SCIM_PATCH_ADD, "emails", "[\"a@b\"]", "{\"emails\":[\"a@b\"]}", 0 },
  { "{\"emails\":[{\"value\":\"a\"}]}", SCIM_PATCH_REPLACE, "emails[value eq \"a\"]",
    "[{\"value\":\"b\"}]", NULL, SCIM_ERROR_INVALID_VALUE },
  { "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"1\",\"displayName\":\"M\"}}}",
    SCIM_PATCH_REPLACE, ENTERPRISE ":manager.displayName", "\"N\"", NULL, SCIM_ERROR_MUTABILITY },
  { "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"1\",\"displayName\":\"M\"}}}",
    SCIM_PATCH_REPLACE, ENTERPRISE ":manager", "{\"displayName\":\"N\"}", NULL,
    SCIM_ERROR_MUTABILITY },
  { "{\"schemas\":[\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"manager\":{\"value\":\"1\"}}}",
    SCIM_PATCH_REPLACE, ENTERPRISE ":manager.value", "\"2\"",
    "{\"schemas\":[\"" ENTERPRISE "\"],\"" ENTERPRISE "\":{\"manager\":{\"value\":\"2\"}}}", 0 },
};

static void
test_apply (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();

  for (guint i = 0; i < G_N_ELEMENTS (add_cases); i++)
    check_case (&add_cases[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (replace_cases); i++)
    check_case (&replace_cases[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (remove_cases); i++)
    check_case (&remove_cases[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (schema_cases); i++)
    check_case (&schema_cases[i], schemas);
}

static void
test_apply_all_or_nothing (void)
{
  g_autoptr (ScimResource) base = make ("{\"a\":1}");
  g_autoptr (ScimPatch) patch = scim_patch_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *raw = NULL;

  scim_patch_add (patch, SCIM_PATCH_REPLACE, "a", "2");
  scim_patch_add (patch, SCIM_PATCH_REMOVE, NULL, NULL);
  g_assert_null (scim_patch_apply (patch, base, NULL, &error));
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_NO_TARGET);
  raw = dup_raw (base);
  g_assert_cmpstr (raw, ==, "{\"a\":1}");
}

/* ------------------------------------------------------------------- diff */

typedef struct
{
  const char *base;
  const char *target;
  const char *ops;
} DiffCase;

static const DiffCase diff_cases[] = {
  { "{\"a\":1}", "{\"a\":1}", "" },
  { "{\"a\":1}", "{ \"A\" : 1 }", "" },
  { "{\"a\":1,\"b\":null,\"c\":[]}", "{\"a\":1}", "" },
  { "{\"nickName\":\"a\"}", "{\"nickName\":\"b\"}", "replace nickName \"b\"" },
  { "{\"NICKNAME\":\"a\"}", "{\"nickname\":\"b\"}", "replace nickName \"b\"" },
  { "{}", "{\"nickName\":\"b\"}", "add nickName \"b\"" },
  { "{\"nickName\":\"b\"}", "{}", "remove nickName" },
  { "{\"nickName\":\"b\"}", "{\"nickName\":null}", "remove nickName" },
  { "{\"nickName\":\"b\"}", "{\"nickName\":\"\"}", "replace nickName \"\"" },
  { "{\"name\":{\"givenName\":\"a\",\"familyName\":\"f\",\"x\":1}}",
    "{\"name\":{\"givenName\":\"b\",\"familyName\":\"f\",\"middleName\":\"m\"}}",
    "replace name.givenName \"b\"\nremove name.x\nadd name.middleName \"m\"" },
  { "{}", "{\"name\":{\"givenName\":\"b\"}}", "add name {\"givenName\":\"b\"}" },
  { "{\"name\":{\"givenName\":\"b\"}}", "{}", "remove name" },
  { "{}", "{\"" ENTERPRISE "\":{\"costCenter\":\"7\"}}", "add " ENTERPRISE ":costCenter \"7\"" },
  { "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"1\",\"displayName\":\"M\"}}}",
    "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"2\",\"displayName\":\"N\"}}}",
    "replace " ENTERPRISE ":manager.value \"2\"" },
  { "{}", "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"2\",\"displayName\":\"N\"}}}",
    "add " ENTERPRISE ":manager.value \"2\"" },
  { "{\"id\":\"1\",\"meta\":{\"a\":1},\"schemas\":[],\"password\":\"p\",\"groups\":[]}",
    "{\"id\":\"2\",\"schemas\":[\"x\"],\"password\":\"q\",\"groups\":[{\"value\":\"g\"}]}", "" },
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"home\"}]}",
    "{\"emails\":[{\"value\":\"c\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"home\"}]}",
    "replace emails[type eq \"work\"].value \"c\"" },
  /* each is told by its type, however many there are */
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"home\"}]}",
    "{\"emails\":[{\"value\":\"c\",\"type\":\"work\"},{\"value\":\"d\",\"type\":\"home\"}]}",
    "replace emails[type eq \"work\"].value \"c\"\nreplace emails[type eq \"home\"].value \"d\"" },
  /* the type selects two: the value does it */
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"work\"}]}",
    "{\"emails\":[{\"value\":\"a\",\"type\":\"work\",\"display\":\"A\"},"
    "{\"value\":\"b\",\"type\":\"work\"}]}",
    "add emails[value eq \"a\"].display \"A\"" },
  /* nothing selects one of two equal values */
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"a\",\"type\":\"work\"}]}",
    "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"a\",\"type\":\"home\"}]}",
    "replace emails [{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"a\",\"type\":\"home\"}]" },
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\",\"type\":\"home\"}]}",
    "{\"emails\":[{\"value\":\"b\",\"type\":\"home\"}]}", "remove emails[type eq \"work\"]" },
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"}]}",
    "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\"}]}",
    "add emails [{\"value\":\"b\"}]" },
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\"},{\"value\":\"b\"}]}",
    "{\"emails\":[{\"value\":\"b\"},{\"value\":\"a\",\"type\":\"work\"}]}", "" },
  /* a primary that moves: both sides are said, the new one last */
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"work\",\"primary\":false},"
    "{\"value\":\"b\",\"type\":\"home\",\"primary\":true}]}",
    "{\"emails\":[{\"value\":\"a\",\"type\":\"work\",\"primary\":true},"
    "{\"value\":\"b\",\"type\":\"home\",\"primary\":false}]}",
    "replace emails[type eq \"home\"].primary false\n"
    "replace emails[type eq \"work\"].primary true" },
  { "{\"emails\":[\"a@b\",{\"value\":\"b\",\"type\":\"home\"}]}",
    "{\"emails\":[\"c@d\",{\"value\":\"b\",\"type\":\"home\"}]}",
    "replace emails [\"c@d\",{\"value\":\"b\",\"type\":\"home\"}]" },
  { "{\"emails\":[{\"value\":\"a\",\"type\":\"\"}]}",
    "{\"emails\":[{\"value\":\"b\",\"type\":\"\"}]}",
    "replace emails [{\"value\":\"b\",\"type\":\"\"}]" },
  { "{\"x\":[1,2]}", "{\"x\":[2,1]}", "replace x [2,1]" },
  { "{\"odd name\":1}", "{\"odd name\":2}", "replace - {\"odd name\":2}" },
  { "{\"odd name\":1}", "{}", "replace - {\"odd name\":null}" },
  { "{\"u:x\":{\"odd name\":1}}", "{\"u:x\":{\"odd name\":2}}",
    "replace - {\"u:x\":{\"odd name\":2}}" },
  { "{\"x\":{\"odd name\":1}}", "{\"x\":{\"odd name\":2}}", "replace - {\"x\":{\"odd name\":2}}" },
  { "{\"x\":{\"odd name\":1,\"b\":2}}", "{\"x\":{\"b\":2}}",
    "replace - {\"x\":{\"odd name\":null}}" },
  /* a name no path can hold beside a read-only one, which stays unsaid */
  { "{\"" ENTERPRISE "\":{\"manager\":{\"odd name\":1}}}",
    "{\"" ENTERPRISE "\":{\"manager\":{\"value\":\"2\",\"displayName\":\"N\"}}}",
    "replace - {\"" ENTERPRISE "\":{\"manager\":{\"odd name\":null}}}\n"
    "add " ENTERPRISE ":manager.value \"2\"" },
  /* a URN that would begin a filter, and one that is another's attribute */
  { "{}", "{\"u:[x\":{\"a\":1}}", "add - {\"u:[x\":{\"a\":1}}" },
  { "{\"u:x:y\":{\"b\":1}}", "{\"u:x\":{\"y\":1},\"u:x:y\":{\"b\":1}}",
    "add - {\"u:x\":{\"y\":1}}" },
  { "{\"u:x\":{\"b\":1}}", "{\"u:x\":{\"b\":1},\"u:x:y\":{\"a\":1}}", "add u:x:y:a 1" },
  /* what no attribute is called stays as it is */
  { "{\"a\\u0000b\":1}", "{\"a\\u0000b\":2,\"\\u0000\":3}", "" },
  { "{\"x\":[1]}", "{\"x\":2}", "remove x\nadd x 2" },
};

static void
test_diff (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();

  for (guint i = 0; i < G_N_ELEMENTS (diff_cases); i++)
    {
      g_autoptr (ScimResource) base = make (diff_cases[i].base);
      g_autoptr (ScimResource) target = make (diff_cases[i].target);
      g_autoptr (ScimPatch) patch = scim_patch_diff (base, target, schemas);
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimResource) reached = scim_patch_apply (patch, base, schemas, &error);
      g_autoptr (ScimPatch) left = NULL;
      g_autofree char *ops = describe (patch);

      g_assert_cmpstr (ops, ==, diff_cases[i].ops);
      g_assert_no_error (error);
      left = scim_patch_diff (reached, target, schemas);
      g_assert_cmpuint (scim_patch_get_n (left), ==, 0);
    }
}

/* What is not touched travels as its own bytes. */
static void
test_diff_keeps_bytes (void)
{
  g_autoptr (ScimResource) base =
    make ("{\"e\":[\"a\\u0000b\", 1.10,{ \"v\" : 9223372036854775808 }]}");
  g_autoptr (ScimResource) target =
    make ("{\"e\":[\"a\\u0000b\", 1.10,{ \"v\" : 9223372036854775808 },true]}");
  g_autoptr (ScimPatch) patch = scim_patch_diff (base, target, NULL);

  g_assert_cmpuint (scim_patch_get_n (patch), ==, 1);
  g_assert_cmpstr (scim_patch_get_at (patch, 0)->value, ==,
                   "[\"a\\u0000b\", 1.10,{ \"v\" : 9223372036854775808 },true]");
}

/* ----------------------------------------------------------------- random */

static const char *
pick (GRand *rand, const char *const *choices, guint n)
{
  return choices[g_rand_int_range (rand, 0, (gint32)n)];
}

static void
append_element (GString *out, GRand *rand, gboolean odd)
{
  static const char *const types[] = { "work", "home", "other", "Work", "" };
  static const char *const values[] = { "a@x", "b@x", "c@x", "A@x", "q\\\"]\\\\", "é", "" };
  const char *comma = "";

  if (odd && g_rand_int_range (rand, 0, 20) == 0)
    {
      static const char *const strange[] = { "\"bare@x\"", "null", "{}", "7", "[1]" };

      g_string_append (out, pick (rand, strange, G_N_ELEMENTS (strange)));
      return;
    }
  g_string_append_c (out, '{');
  if (g_rand_int_range (rand, 0, 6) > 0)
    {
      g_string_append_printf (out, "\"value\":\"%s\"",
                              pick (rand, values, 6 + (g_rand_int (rand) % 20 == 0)));
      comma = ",";
    }
  if (g_rand_int_range (rand, 0, 4) > 0)
    {
      g_string_append_printf (out, "%s\"type\":\"%s\"", comma,
                              pick (rand, types, 4 + (g_rand_int (rand) % 20 == 0)));
      comma = ",";
    }
  if (g_rand_int_range (rand, 0, 3) == 0)
    {
      g_string_append_printf (out, "%s\"primary\":%s", comma,
                              g_rand_boolean (rand) ? "true" : "false");
      comma = ",";
    }
  if (g_rand_int_range (rand, 0, 5) == 0)
    g_string_append_printf (out, "%s\"display\":\"1.10\"", comma);
  g_string_append_c (out, '}');
}

static void
append_array (GString *out, GRand *rand, gboolean odd)
{
  guint n = (guint)g_rand_int_range (rand, 0, 5);

  g_string_append_c (out, '[');
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      append_element (out, rand, odd);
    }
  g_string_append_c (out, ']');
}

static void
append_members (GString *out, GRand *rand, const char *const *names, guint n, guint depth)
{
  static const char *const scalars[] = { "1.10",  "9223372036854775808",
                                         "\"x\"", "\"a\\u0000b\"",
                                         "true",  "null",
                                         "\"\"",  "\"é\"",
                                         "[]",    "[1,2]",
                                         "[2]" };
  const char *comma = "";

  g_string_append_c (out, '{');
  for (guint i = 0; i < n; i++)
    {
      if (g_rand_int_range (rand, 0, 3) == 0)
        continue;
      g_string_append_printf (out, "%s\"%s\":", comma, names[i]);
      comma = ",";
      if (g_str_has_prefix (names[i], "list") || g_str_equal (names[i], "emails"))
        append_array (out, rand, names[i][0] == 'l');
      else if (depth > 0 && (strchr (names[i], ':') != NULL || g_str_has_prefix (names[i], "obj")))
        {
          static const char *const inner[] = { "one", "two", "list", "object", "odd key", "$ref" };

          append_members (out, rand, inner, G_N_ELEMENTS (inner), depth - 1);
        }
      else if (g_str_equal (names[i], "name"))
        g_string_append_printf (out, "{\"givenName\":\"%d\"%s}", g_rand_int_range (rand, 0, 3),
                                g_rand_boolean (rand) ? ",\"familyName\":\"x\"" : "");
      else
        g_string_append (out, pick (rand, scalars, G_N_ELEMENTS (scalars)));
    }
  g_string_append_c (out, '}');
}

static char *
make_random (GRand *rand)
{
  static const char *const names[] = {
    "id",        "schemas",          "alpha",    "object",      "list",
    "listOther", "urn:a:b:2.0:User", ENTERPRISE, "strange.key", "beta"
  };
  GString *out = g_string_new (NULL);

  append_members (out, rand, names, G_N_ELEMENTS (names), 2);
  return g_string_free (out, FALSE);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* An independent, slow idea of "the same": unassigned members do not count, arrays of objects have
 * no order, and what is never written is left out. */
static char *
normalize (ScimNode node, gboolean is_root)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  ScimJsonType type = scim_node_get_type (node);
  gboolean ordered = TRUE;
  GString *out;

  if (type == SCIM_JSON_NULL)
    return NULL;
  if (type != SCIM_JSON_ARRAY && type != SCIM_JSON_OBJECT)
    return scim_node_dup_raw (node);
  for (ScimNode child = scim_node_get_first (node); scim_node_exists (child);
       child = scim_node_get_next (child))
    {
      g_autofree char *key = scim_node_dup_key (child);
      g_autofree char *part = normalize (child, FALSE);

      if (is_root && (g_str_equal (key, "id") || g_str_equal (key, "schemas")))
        continue;
      if (scim_node_get_type (child) == SCIM_JSON_OBJECT)
        ordered = FALSE;
      if (part != NULL)
        g_ptr_array_add (parts, key != NULL ? g_strdup_printf ("%s=%s", key, part)
                                            : g_steal_pointer (&part));
    }
  if (parts->len == 0)
    return NULL;
  if (type == SCIM_JSON_OBJECT || !ordered)
    g_ptr_array_sort (parts, compare_texts);
  out = g_string_new (type == SCIM_JSON_OBJECT ? "{" : "[");
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (out, "%s;", (const char *)g_ptr_array_index (parts, i));
  return g_string_free (out, FALSE);
}

static void
check_random (const char *base_text, const char *target_text, const ScimSchemas *schemas)
{
  g_autoptr (ScimResource) base = make (base_text);
  g_autoptr (ScimResource) target = make (target_text);
  g_autoptr (ScimPatch) patch = scim_patch_diff (base, target, schemas);
  g_autoptr (GBytes) body = scim_patch_to_bytes (patch);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) reached = NULL;
  g_autoptr (ScimPatch) again = NULL;
  g_autofree char *expected = normalize (scim_resource_get_root (target), TRUE);
  g_autofree char *found = NULL;
  g_autofree char *ops = describe (patch);

  reached = scim_patch_apply (patch, base, schemas, &error);
  if (reached != NULL)
    found = normalize (scim_resource_get_root (reached), TRUE);
  if (error != NULL || g_strcmp0 (found, expected) != 0)
    g_test_message ("base %s\ntarget %s\nops %s", base_text, target_text, ops);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, expected);

  if (scim_patch_get_n (patch) > 0)
    {
      g_autoptr (ScimJson) json = scim_json_new (body, NULL, &error);
      g_autoptr (ScimPatch) read = NULL;
      g_autofree char *read_ops = NULL;

      g_assert_no_error (error);
      read = scim_patch_new_from_json (json, &error);
      g_assert_no_error (error);
      read_ops = describe (read);
      g_assert_cmpstr (read_ops, ==, ops);
    }
  again = scim_patch_diff (target, target, schemas);
  g_assert_cmpuint (scim_patch_get_n (again), ==, 0);
}

static void
test_random (void)
{
  guint32 seed = g_test_rand_int_range (0, G_MAXINT32);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();

  g_test_message ("seed %u", seed);
  for (guint i = 0; i < N_RANDOM; i++)
    {
      g_autofree char *base = make_random (rand);
      g_autofree char *target = make_random (rand);

      check_random (base, target, i % 2 == 0 ? schemas : NULL);
    }
}

/* ------------------------------------------------------------------- body */

static void
test_body (void)
{
  static const char *const refused[] = {
    "[]",
    "{}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[7]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
    "\"Operations\":[{\"op\":\"move\",\"path\":\"a\"}]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
    "\"Operations\":[{\"op\":\"add\",\"path\":\"a\"}]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
    "\"Operations\":[{\"op\":\"add\",\"path\":7,\"value\":1}]}",
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
    "\"Operations\":[{\"op\":\"remove\",\"path\":\"a\",\"value\":1}]}",
    "{\"schemas\":[\"urn:x\"],\"Operations\":[{\"op\":\"remove\",\"path\":\"a\"}]}",
  };
  g_autoptr (ScimJson) json = NULL;
  g_autoptr (ScimPatch) patch = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *ops = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (ScimJson) bad = scim_json_new_from_text (refused[i], -1, NULL);

      g_assert_nonnull (bad);
      g_assert_null (scim_patch_new_from_json (bad, &error));
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE);
      g_clear_error (&error);
    }
  json = scim_json_new_from_text (
    "{\"Schemas\":[\"URN:ietf:params:scim:api:messages:2.0:PatchOp\"],\"operations\":"
    "[{\"OP\":\"Add\",\"path\":\"a\",\"value\": 1.0},{\"op\":\"REMOVE\",\"path\":\"b\"},"
    "{\"op\":\"replace\",\"path\":null,\"value\":{}}]}",
    -1, NULL);
  patch = scim_patch_new_from_json (json, &error);
  g_assert_no_error (error);
  ops = describe (patch);
  g_assert_cmpstr (ops, ==, "add a 1.0\nremove b\nreplace - {}");
}

static void
test_too_many_operations (void)
{
  g_autoptr (ScimPatch) patch = scim_patch_new ();
  g_autoptr (ScimPatch) again = scim_patch_ref (patch);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1001; i++)
    {
      g_autoptr (GBytes) body = NULL;
      g_autoptr (ScimJson) json = NULL;
      g_autoptr (ScimPatch) read = NULL;

      scim_patch_add (again, SCIM_PATCH_REMOVE, "a", NULL);
      if (i < 999)
        continue;
      body = scim_patch_to_bytes (patch);
      json = scim_json_new (body, NULL, NULL);
      read = scim_patch_new_from_json (json, &error);
      g_assert_true ((read != NULL) == (i == 999));
    }
  g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_VALUE);
}

/* A sub-attribute that the service keeps for itself neither counts nor is written. */
static void
test_read_only_sub (void)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (
    "[{\"id\":\"" SCIM_URN_CORE_USER "\",\"attributes\":[{\"name\":\"keys\","
    "\"type\":\"complex\",\"multiValued\":true,\"mutability\":\"readWrite\",\"subAttributes\":["
    "{\"name\":\"value\",\"type\":\"string\",\"mutability\":\"readWrite\"},"
    "{\"name\":\"seen\",\"type\":\"string\",\"mutability\":\"readOnly\"}]}]}]",
    -1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_from_json (json, &error);
  g_autoptr (ScimResource) base =
    make ("{\"keys\":[{\"value\":\"a\",\"seen\":\"1\"},{\"value\":\"b\",\"seen\":\"1\"}]}");
  g_autoptr (ScimResource) seen =
    make ("{\"keys\":[{\"value\":\"a\",\"seen\":\"2\"},{\"value\":\"b\"}]}");
  g_autoptr (ScimResource) changed =
    make ("{\"keys\":[{\"value\":\"a\",\"seen\":\"2\"},{\"value\":\"c\",\"seen\":\"3\"}]}");
  g_autoptr (ScimPatch) nothing = NULL;
  g_autoptr (ScimPatch) one = NULL;
  g_autofree char *nothing_ops = NULL;
  g_autofree char *one_ops = NULL;

  g_assert_no_error (error);
  nothing = scim_patch_diff (base, seen, schemas);
  nothing_ops = describe (nothing);
  g_assert_cmpstr (nothing_ops, ==, "");
  one = scim_patch_diff (base, changed, schemas);
  one_ops = describe (one);
  g_assert_cmpstr (one_ops, ==, "replace keys[value eq \"b\"].value \"c\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scim/patch/apply", test_apply);
  g_test_add_func ("/scim/patch/apply-all-or-nothing", test_apply_all_or_nothing);
  g_test_add_func ("/scim/patch/diff", test_diff);
  g_test_add_func ("/scim/patch/diff-keeps-bytes", test_diff_keeps_bytes);
  g_test_add_func ("/scim/patch/random", test_random);
  g_test_add_func ("/scim/patch/read-only-sub", test_read_only_sub);
  g_test_add_func ("/scim/patch/body", test_body);
  g_test_add_func ("/scim/patch/too-many-operations", test_too_many_operations);
  return g_test_run ();
}
