/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The grammar of RFC 7644 section 3.4.2.2, figure 1, by recursive descent:
 *   or    = and *("or" and)
 *   and   = term *("and" term)
 *   term  = ["not"] "(" or ")" / path "[" or "]" / path "pr" / path op literal
 */
#include "scim-filter-private.h"

#include "scim-error.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *at;
  guint depth;
  guint n_terms;
  gboolean in_value_path;
} Parser;

static ScimFilter *parse_or (Parser *self, GError **error);

static ScimFilter *
fail (const Parser *self, const char *where, const char *what, GError **error)
{
  glong position = g_utf8_pointer_to_offset (self->text, where) + 1;

  g_propagate_error (error, scim_error_new (SCIM_ERROR_INVALID_FILTER,
                                            "Invalid filter at character %ld: %s", position, what));
  return NULL;
}

static void
skip_space (Parser *self)
{
  while (*self->at == ' ')
    self->at++;
}

static gboolean
is_path_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~:#$/%+@", c) != NULL);
}

static gsize
word_length (const char *at)
{
  gsize length = 0;

  while (is_path_char (at[length]))
    length++;
  return length;
}

/* Takes the keyword when it stands alone at this place. */
static gboolean
take_keyword (Parser *self, const char *keyword)
{
  gsize length = word_length (self->at);

  if (length != strlen (keyword) || g_ascii_strncasecmp (self->at, keyword, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static gboolean
path_is_valid (const char *path)
{
  const char *colon = strrchr (path, ':');
  const char *name = colon != NULL ? colon + 1 : path;
  gsize length = strlen (name);

  if (colon != NULL && g_ascii_strncasecmp (path, "urn:", 4) != 0 && strstr (path, "://") == NULL)
    return FALSE;
  return length > 0 && (g_ascii_isalpha (*name) || *name == '_' || *name == '$') &&
         name[length - 1] != '.' && strstr (name, "..") == NULL;
}

static char *
parse_path (Parser *self, GError **error)
{
  gsize length = word_length (self->at);
  g_autofree char *path = g_strndup (self->at, length);

  if (length == 0 || !path_is_valid (path))
    {
      fail (self, self->at, "an attribute name is expected", error);
      return NULL;
    }
  self->at += length;
  return g_steal_pointer (&path);
}

/* Bytes of the JSON literal that begins here; 0 when none does. */
static gsize
literal_length (const char *at)
{
  gsize length = 0;

  if (*at != '"')
    {
      while (at[length] != '\0' && strchr (" ()[]\"", at[length]) == NULL)
        length++;
      return length;
    }
  for (length = 1; at[length] != '\0'; length++)
    {
      if (at[length] == '"')
        return length + 1;
      if (at[length] == '\\' && at[length + 1] != '\0')
        length++;
    }
  return 0;
}

static ScimFilter *
parse_compare (Parser *self, const char *path, ScimCompareOp op, GError **error)
{
  ScimFilter *filter;
  gsize length;
  g_autofree char *raw = NULL;

  if (*self->at != ' ')
    return fail (self, self->at, "a space is expected", error);
  skip_space (self);
  length = literal_length (self->at);
  raw = g_strndup (self->at, length);
  filter = length > 0 ? scim_filter_new_compare (path, op, raw) : NULL;
  if (filter == NULL)
    return fail (self, self->at, "a quoted text, number, true, false or null is expected", error);
  self->at += length;
  return filter;
}

static ScimFilter *
parse_attribute (Parser *self, GError **error)
{
  g_autofree char *path = parse_path (self, error);
  gsize length;
  ScimCompareOp op;

  if (path == NULL)
    return NULL;
  if (++self->n_terms > SCIM_FILTER_MAX_TERMS)
    return fail (self, self->at, "too many comparisons", error);

  if (*self->at == '[')
    {
      g_autoptr (ScimFilter) inner = NULL;

      if (self->in_value_path)
        return fail (self, self->at, "a value filter inside a value filter", error);
      self->at++;
      self->in_value_path = TRUE;
      inner = parse_or (self, error);
      self->in_value_path = FALSE;
      if (inner == NULL)
        return NULL;
      if (*self->at != ']')
        return fail (self, self->at, "“]” is expected", error);
      self->at++;
      return scim_filter_new_value_path (path, inner);
    }

  if (*self->at != ' ')
    return fail (self, self->at, "an operator is expected", error);
  skip_space (self);
  if (take_keyword (self, "pr"))
    return scim_filter_new_present (path);
  length = word_length (self->at);
  if (!scim_compare_op_from_name (self->at, length, &op))
    return fail (self, self->at, "an operator is expected", error);
  self->at += length;
  return parse_compare (self, path, op, error);
}

static ScimFilter *
parse_group (Parser *self, GError **error)
{
  g_autoptr (ScimFilter) inner = NULL;

  self->at++;
  inner = parse_or (self, error);
  if (inner == NULL)
    return NULL;
  if (*self->at != ')')
    return fail (self, self->at, "“)” is expected", error);
  self->at++;
  return g_steal_pointer (&inner);
}

static ScimFilter *
parse_term (Parser *self, GError **error)
{
  const char *start;

  skip_space (self);
  start = self->at;
  if (*self->at == '(')
    return parse_group (self, error);
  if (take_keyword (self, "not"))
    {
      g_autoptr (ScimFilter) inner = NULL;

      skip_space (self);
      if (*self->at != '(')
        return fail (self, start, "“not” needs parentheses", error);
      inner = parse_group (self, error);
      return inner != NULL ? scim_filter_new_logical (SCIM_FILTER_NOT, inner, NULL) : NULL;
    }
  return parse_attribute (self, error);
}

/* "or" joins what "and" joins: `and` binds tighter (RFC 7644 section 3.4.2.2, table 5). */
static ScimFilter *
parse_joined (Parser *self, ScimFilterKind kind, GError **error)
{
  gboolean is_and = kind == SCIM_FILTER_AND;
  g_autoptr (ScimFilter) left = NULL;

  left = is_and ? parse_term (self, error) : parse_joined (self, SCIM_FILTER_AND, error);
  if (left == NULL)
    return NULL;

  for (;;)
    {
      const char *end = self->at;
      g_autoptr (ScimFilter) right = NULL;
      ScimFilter *joined;

      skip_space (self);
      if (self->at == end && *end != '\0' && *end != ')' && *end != ']')
        return fail (self, end, "a space is expected", error);
      if (!take_keyword (self, is_and ? "and" : "or"))
        {
          self->at = is_and ? end : self->at; /* `or` looks for its own space */
          return g_steal_pointer (&left);
        }
      right = is_and ? parse_term (self, error) : parse_joined (self, SCIM_FILTER_AND, error);
      if (right == NULL)
        return NULL;
      joined = scim_filter_new_logical (kind, left, right);
      scim_filter_unref (left);
      left = joined;
    }
}

static ScimFilter *
parse_or (Parser *self, GError **error)
{
  ScimFilter *filter;

  if (++self->depth > SCIM_FILTER_MAX_DEPTH)
    return fail (self, self->at, "nested too deeply", error);
  filter = parse_joined (self, SCIM_FILTER_OR, error);
  self->depth--;
  return filter;
}

ScimFilter *
scim_filter_new (const char *text, GError **error)
{
  Parser parser = { text, text, 0, 0, FALSE };
  g_autoptr (ScimFilter) filter = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_propagate_error (
        error, scim_error_new (SCIM_ERROR_INVALID_FILTER, "The filter is not valid UTF-8"));
      return NULL;
    }
  filter = parse_or (&parser, error);
  if (filter == NULL)
    return NULL;
  if (*parser.at != '\0')
    return fail (&parser, parser.at, "“and” or “or” is expected", error);
  return g_steal_pointer (&filter);
}
