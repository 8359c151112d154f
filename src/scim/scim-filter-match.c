/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-filter-private.h"

#include <string.h>

#define CORE_URN_PREFIX "urn:ietf:params:scim:schemas:core:2.0:"

static gboolean
date_looks_possible (const char *text)
{
  return g_ascii_isdigit (text[0]) && strlen (text) >= 16 && text[4] == '-' &&
         (text[10] == 'T' || text[10] == 't');
}

static int
compare_numbers (const char *a, const char *b)
{
  double x, y;

  if (strcmp (a, b) == 0)
    return 0;
  x = g_ascii_strtod (a, NULL);
  y = g_ascii_strtod (b, NULL);
  return x < y ? -1 : x > y;
}

static gboolean
is_number (const char *text)
{
  char *end;

  if (!g_ascii_isdigit (*text) && *text != '-')
    return FALSE;
  g_ascii_strtod (text, &end);
  return *end == '\0' && end != text;
}

static gboolean
order_holds (ScimCompareOp op, int order)
{
  switch (op)
    {
    case SCIM_OP_EQ:
      return order == 0;
    case SCIM_OP_NE:
      return order != 0;
    case SCIM_OP_GT:
      return order > 0;
    case SCIM_OP_GE:
      return order >= 0;
    case SCIM_OP_LT:
      return order < 0;
    case SCIM_OP_LE:
      return order <= 0;
    case SCIM_OP_CO:
    case SCIM_OP_SW:
    case SCIM_OP_EW:
    default:
      return FALSE;
    }
}

static gboolean
op_is_order (ScimCompareOp op)
{
  return op >= SCIM_OP_GT;
}

static gboolean
text_matches (const ScimFilter *self, const char *text, gsize length)
{
  g_autofree char *folded = NULL;

  if (op_is_order (self->op) && self->date != NULL)
    {
      g_autoptr (GDateTime) date = scim_filter_parse_date (text);

      if (date != NULL)
        return order_holds (self->op, g_date_time_compare (date, self->date));
    }

  folded = scim_filter_fold (text, (gssize)length);
  switch (self->op)
    {
    case SCIM_OP_CO:
      return strstr (folded, self->folded) != NULL;
    case SCIM_OP_SW:
      return g_str_has_prefix (folded, self->folded);
    case SCIM_OP_EW:
      return g_str_has_suffix (folded, self->folded);
    case SCIM_OP_EQ:
    case SCIM_OP_NE:
    case SCIM_OP_GT:
    case SCIM_OP_GE:
    case SCIM_OP_LT:
    case SCIM_OP_LE:
    default:
      return order_holds (self->op, strcmp (folded, self->folded));
    }
}

/* One simple value. Services send booleans and numbers as text, so the filter's literal decides how
 * the value is read. */
static gboolean
scalar_matches (const ScimFilter *self, ScimNode value)
{
  switch (self->value_type)
    {
    case SCIM_JSON_STRING:
      {
        gsize length = 0;
        g_autofree char *text = scim_node_dup_string (value, &length);

        if (text == NULL)
          {
            text = scim_node_dup_text (value);
            length = text != NULL ? strlen (text) : 0;
          }
        return text != NULL && text_matches (self, text, length);
      }
    case SCIM_JSON_NUMBER:
      {
        g_autofree char *text = scim_node_dup_text (value);

        return text != NULL && is_number (text) &&
               order_holds (self->op, compare_numbers (text, self->text));
      }
    case SCIM_JSON_BOOLEAN:
      {
        gboolean truth;

        return !op_is_order (self->op) && scim_node_get_boolean (value, &truth) &&
               order_holds (self->op, truth != self->truth);
      }
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
    default:
      return FALSE;
    }
}

static gboolean
is_present (ScimNode value)
{
  ScimNode child;

  switch (scim_node_get_type (value))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return FALSE;
    case SCIM_JSON_STRING:
      {
        gsize length;

        scim_node_get_raw (value, &length);
        return length > 2;
      }
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
      for (child = scim_node_get_first (value); scim_node_exists (child);
           child = scim_node_get_next (child))
        {
          if (is_present (child))
            return TRUE;
        }
      return FALSE;
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    default:
      return TRUE;
    }
}

static gboolean
value_matches (const ScimFilter *self, ScimNode value)
{
  switch (self->kind)
    {
    case SCIM_FILTER_PRESENT:
      return is_present (value);
    case SCIM_FILTER_VALUE_PATH:
      return scim_filter_matches (self->left, value);
    case SCIM_FILTER_COMPARE:
      if (scim_node_get_type (value) == SCIM_JSON_OBJECT)
        value = scim_node_get_member (value, "value");
      return scalar_matches (self, value);
    case SCIM_FILTER_AND:
    case SCIM_FILTER_OR:
    case SCIM_FILTER_NOT:
    default:
      return FALSE;
    }
}

static gboolean
any_value_matches (const ScimFilter *self, ScimNode value)
{
  if (scim_node_get_type (value) != SCIM_JSON_ARRAY)
    return scim_node_exists (value) && value_matches (self, value);

  for (ScimNode element = scim_node_get_first (value); scim_node_exists (element);
       element = scim_node_get_next (element))
    {
      if (value_matches (self, element))
        return TRUE;
    }
  return FALSE;
}

/* Sub-attributes of every value; a bare string is its own `value` (SCIM-SERVICES section 3.7). */
static gboolean
any_sub_matches (const ScimFilter *self, ScimNode value)
{
  ScimNode element = value;
  gboolean is_array = scim_node_get_type (value) == SCIM_JSON_ARRAY;

  if (is_array)
    element = scim_node_get_first (value);
  for (; scim_node_exists (element);
       element = is_array ? scim_node_get_next (element) : SCIM_NODE_NONE)
    {
      ScimNode sub = element;

      if (scim_node_get_type (element) == SCIM_JSON_OBJECT)
        sub = scim_node_get_member (element, self->sub_attribute);
      else if (g_ascii_strcasecmp (self->sub_attribute, "value") != 0)
        continue;
      if (any_value_matches (self, sub))
        return TRUE;
    }
  return FALSE;
}

/* Where the attribute of this filter lives; *whole is set when the path names all of an extension.
 */
static ScimNode
find_attribute (const ScimFilter *self, ScimNode object, gboolean *whole)
{
  ScimNode holder = object;

  *whole = FALSE;
  if (self->schema != NULL)
    {
      ScimNode extension = scim_node_get_member (object, self->path);

      if (scim_node_exists (extension))
        {
          *whole = TRUE;
          return extension;
        }
      if (g_ascii_strncasecmp (self->schema, CORE_URN_PREFIX, strlen (CORE_URN_PREFIX)) != 0)
        holder = scim_node_get_member (object, self->schema);
    }
  return scim_node_get_member (holder, self->attribute);
}

static gboolean
attribute_matches (const ScimFilter *self, ScimNode object)
{
  gboolean whole;
  ScimNode value;

  if (scim_node_get_type (object) != SCIM_JSON_OBJECT)
    {
      /* An element that is a bare string where an object belongs. */
      if (g_ascii_strcasecmp (self->path, "value") != 0)
        return FALSE;
      return any_value_matches (self, object);
    }

  value = find_attribute (self, object, &whole);
  if (self->sub_attribute != NULL && !whole)
    return any_sub_matches (self, value);
  return any_value_matches (self, value);
}

/* Null and unassigned are the same state (RFC 7643 section 2.5). */
static gboolean
null_matches (const ScimFilter *self, ScimNode object)
{
  ScimFilter present = *self;

  if (self->op != SCIM_OP_EQ && self->op != SCIM_OP_NE)
    return FALSE;
  present.kind = SCIM_FILTER_PRESENT;
  return attribute_matches (&present, object) == (self->op == SCIM_OP_NE);
}

char *
scim_filter_fold (const char *text, gssize length)
{
  g_autofree char *valid = NULL;
  g_autofree char *folded = NULL;
  gsize n = length < 0 ? strlen (text) : (gsize)length;
  gsize i;

  for (i = 0; i < n && text[i] != '\0' && (guchar)text[i] < 0x80; i++)
    ;
  if (i == n)
    return g_ascii_strdown (text, (gssize)n);

  /* g_utf8_casefold() ends at U+0000; g_utf8_make_valid() puts U+FFFD in its place. */
  valid = g_utf8_make_valid (text, (gssize)n);
  folded = g_utf8_casefold (valid, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
}

GDateTime *
scim_filter_parse_date (const char *text)
{
  g_autoptr (GTimeZone) utc = NULL;

  if (!date_looks_possible (text))
    return NULL;
  utc = g_time_zone_new_utc ();
  return g_date_time_new_from_iso8601 (text, utc);
}

gboolean
scim_filter_matches (const ScimFilter *self, ScimNode object)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (self->kind)
    {
    case SCIM_FILTER_AND:
      return scim_filter_matches (self->left, object) && scim_filter_matches (self->right, object);
    case SCIM_FILTER_OR:
      return scim_filter_matches (self->left, object) || scim_filter_matches (self->right, object);
    case SCIM_FILTER_NOT:
      return !scim_filter_matches (self->left, object);
    case SCIM_FILTER_COMPARE:
      if (self->value_type == SCIM_JSON_NULL)
        return null_matches (self, object);
      return attribute_matches (self, object);
    case SCIM_FILTER_PRESENT:
    case SCIM_FILTER_VALUE_PATH:
      return attribute_matches (self, object);
    default:
      g_assert_not_reached ();
    }
}
