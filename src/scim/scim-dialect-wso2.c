/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WSO2 Identity Server and Asgardeo: SCIM-SERVICES sections 1 to 3. */
#include "scim-dialect-private.h"

#include "scim-error.h"

#include <string.h>

static char *
refuse (const char *what, GError **error)
{
  g_propagate_error (error, scim_error_new (SCIM_ERROR_UNSUPPORTED,
                                            "WSO2 Identity Server cannot search with %s", what));
  return NULL;
}

/* Words that its tokenizer takes for its own wherever they stand, quoted or not. */
static gboolean
is_reserved_word (const char *word)
{
  ScimCompareOp op;

  return g_ascii_strcasecmp (word, "and") == 0 || g_ascii_strcasecmp (word, "or") == 0 ||
         g_ascii_strcasecmp (word, "not") == 0 || g_ascii_strcasecmp (word, "pr") == 0 ||
         scim_compare_op_from_name (word, strlen (word), &op);
}

/* The value as its parser understands it: the text is split at spaces and joined again with single
 * ones, quotes survive in values of several words, and nothing is unescaped (section 3.3). */
static char *
write_text (ScimNode literal, GError **error)
{
  gsize length;
  g_autofree char *text = scim_node_dup_string (literal, &length);
  g_auto (GStrv) words = NULL;

  if (length == 0 || strlen (text) != length)
    return refuse ("this text", error);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (g_ascii_iscntrl (*at) || *at == '"')
        return refuse ("quotation marks or control characters", error);
    }

  words = g_strsplit (text, " ", -1);
  if (words[1] == NULL)
    return g_strdup_printf ("\"%s\"", text);
  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] == '\0')
        return refuse ("several spaces in a row, or at an end", error);
      if (is_reserved_word (words[i]))
        return refuse ("a text that holds its own words, such as “and”", error);
    }
  /* Brackets around several words would have to be quoted, and the quotes would stay. */
  if (text[0] == '(' || text[length - 1] == ')')
    return refuse ("brackets around several words", error);
  return g_steal_pointer (&text);
}

static char *
write_compare (const ScimFilter *filter, GError **error)
{
  ScimCompareOp op = scim_filter_get_op (filter);
  g_autoptr (ScimJson) json = NULL;
  g_autofree char *value = NULL;
  ScimNode literal;

  if (op == SCIM_OP_GT || op == SCIM_OP_LT)
    return refuse ("“greater than” or “less than”", error);
  json = scim_json_new_from_text (scim_filter_get_raw_value (filter), -1, error);
  if (json == NULL)
    return NULL;
  literal = scim_json_get_root (json);
  if (scim_node_get_type (literal) == SCIM_JSON_NULL)
    return refuse ("“null”", error);
  if (scim_node_get_type (literal) == SCIM_JSON_STRING)
    value = write_text (literal, error);
  else
    value = scim_node_dup_text (literal);
  if (value == NULL)
    return NULL;
  return g_strdup_printf ("%s %s %s", scim_filter_get_path (filter), scim_compare_op_get_name (op),
                          value);
}

static char *
wso2_write_filter (const ScimFilter *filter, GError **error)
{
  switch (scim_filter_get_kind (filter))
    {
    case SCIM_FILTER_AND:
      {
        g_autofree char *left = wso2_write_filter (scim_filter_get_left (filter), error);
        g_autofree char *right = NULL;

        if (left == NULL)
          return NULL;
        right = wso2_write_filter (scim_filter_get_right (filter), error);
        return right != NULL ? g_strconcat (left, " and ", right, NULL) : NULL;
      }
    case SCIM_FILTER_COMPARE:
      return write_compare (filter, error);
    case SCIM_FILTER_OR:
      return refuse ("“or”", error);
    case SCIM_FILTER_NOT:
      return refuse ("“not”", error);
    case SCIM_FILTER_PRESENT:
      return refuse ("“is present”", error);
    case SCIM_FILTER_VALUE_PATH:
      return refuse ("a filter inside a value", error);
    default:
      g_assert_not_reached ();
    }
}

/* The place moved between versions (section 1.10), so what this service shows decides. */
static const char *
wso2_find_container (const char *attribute, const ScimResource *user, const ScimSchemas *schemas)
{
  static const char *const urns[] = { SCIM_URN_WSO2_SYSTEM, SCIM_URN_ENTERPRISE_USER,
                                      SCIM_URN_WSO2_CUSTOM };

  g_return_val_if_fail (attribute != NULL, NULL);

  for (guint i = 0; user != NULL && i < G_N_ELEMENTS (urns); i++)
    {
      ScimNode extension = scim_node_get_member (scim_resource_get_root (user), urns[i]);

      if (scim_node_exists (scim_node_get_member (extension, attribute)))
        return urns[i];
    }
  for (guint i = 0; schemas != NULL && i < G_N_ELEMENTS (urns); i++)
    {
      const ScimSchema *schema = scim_schemas_get (schemas, urns[i]);

      if (schema != NULL && scim_schema_get_attribute (schema, attribute) != NULL)
        return urns[i];
    }
  return SCIM_URN_WSO2_SYSTEM;
}

const ScimDialect scim_dialect_wso2 = {
  .id = "wso2",
  .name = "WSO2 Identity Server",
  .names_user_store = TRUE,
  .has_invitation = TRUE,
  .list_excluded = "groups,roles",
  .get_extra = SCIM_URN_WSO2_SYSTEM ":isReadOnlyUser",
  .page_size = 100,
  .scope_list = "internal_user_mgt_list",
  .scope_view = "internal_user_mgt_view",
  .scope_update = "internal_user_mgt_update",
  .scope_delete = "internal_user_mgt_delete",
  .write_filter = wso2_write_filter,
  .find_container = wso2_find_container,
  .wrap_operations = scim_wso2_wrap_operations,
};
