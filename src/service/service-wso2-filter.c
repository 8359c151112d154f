/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WSO2's own reading of filters: the text is cut at spaces, quotes or not (SCIM-SERVICES section
 * 3.3). What it makes of it is said again as a filter of RFC 7644. */
#include "service-wso2.h"

#include "scim/scim-error.h"

#include <string.h>

/* In the order in which its parser looks for them. */
static const char *const operators[] = { "eq", "ne", "co", "sw", "ew", "ge", "le", "gt", "lt" };

static char *
refuse (ScimErrorCode code, const char *detail, GError **error)
{
  g_propagate_error (error, scim_error_new (code, "%s", detail));
  return NULL;
}

/* Quotes go from single words and stay around several. */
static char *
unquote (const char *value)
{
  gsize length = strlen (value);

  if (length >= 2 && value[0] == '"' && value[length - 1] == '"' && strchr (value, ' ') == NULL)
    return g_strndup (value + 1, length - 2);
  return g_strdup (value);
}

/* A user name is also found without its store in front. */
static char *
write_compare (const char *path, const char *op, const char *value)
{
  g_autofree char *raw = scim_json_quote (value);
  g_autofree char *with_default = g_strdup_printf ("DEFAULT/%s", value);
  g_autofree char *with_secondary = g_strdup_printf ("SECONDARY/%s", value);
  g_autofree char *raw_default = scim_json_quote (with_default);
  g_autofree char *raw_secondary = scim_json_quote (with_secondary);
  gboolean from_start = g_str_equal (op, "eq") || g_str_equal (op, "sw");

  if (g_ascii_strcasecmp (path, "userName") != 0 || !from_start || strchr (value, '/') != NULL)
    return g_strdup_printf ("%s %s %s", path, op, raw);
  return g_strdup_printf ("(userName %s %s or userName %s %s)", op, raw_default, op, raw_secondary);
}

static char *
read_expression (const char *text, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      g_autofree char *needle = g_strdup_printf (" %s ", operators[i]);
      const char *found = strstr (text, needle);
      g_autofree char *path = NULL;
      g_autofree char *value = NULL;

      if (found == NULL)
        continue;
      if (i >= 7)
        break;
      path = g_strndup (text, found - text);
      value = unquote (found + strlen (needle));
      if (found[strlen (needle)] == '(' || g_str_has_suffix (found, ")"))
        break;
      return write_compare (path, operators[i], value);
    }
  return refuse (SCIM_ERROR_INVALID_FILTER, "Given filter operator is not supported.", error);
}

ScimFilter *
roster_service_wso2_parse_filter (const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) expression = g_string_new (NULL);
  g_autoptr (GString) rfc = g_string_new (NULL);

  if (strchr (text, '[') != NULL)
    {
      refuse (SCIM_ERROR_NOT_IMPLEMENTED, "Complex filters are not supported.", error);
      return NULL;
    }
  for (guint i = 0;; i++)
    {
      gboolean at_end = words[i] == NULL;
      g_autofree char *part = NULL;

      if (!at_end && *words[i] == '\0')
        continue;
      if (!at_end &&
          (g_ascii_strcasecmp (words[i], "or") == 0 || g_ascii_strcasecmp (words[i], "not") == 0))
        {
          refuse (SCIM_ERROR_SERVER, "Unsupported Operation", error);
          return NULL;
        }
      if (!at_end && g_ascii_strcasecmp (words[i], "and") != 0)
        {
          g_string_append_printf (expression, "%s%s", expression->len > 0 ? " " : "", words[i]);
          continue;
        }
      part = read_expression (expression->str, error);
      if (part == NULL)
        return NULL;
      g_string_append_printf (rfc, "%s%s", rfc->len > 0 ? " and " : "", part);
      g_string_truncate (expression, 0);
      if (at_end)
        return scim_filter_new (rfc->str, error);
    }
}
