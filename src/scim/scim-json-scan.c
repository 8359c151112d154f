/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-json-private.h"

#include <string.h>

#include "scim-error.h"

/* RFC 8259, strictly and without recursion: while a container is open, its own token holds the way
 * back to its parent, so that the depth of a document costs no memory beside the tokens. */

#define NO_TOKEN G_MAXUINT32

typedef struct
{
  const guint8 *start;
  const guint8 *at;
  const guint8 *end;
  ScimToken *tokens;
  guint32 n_tokens;
  guint32 capacity;
  guint32 max_tokens;
  guint32 open; /* the innermost open container, or NO_TOKEN */
  guint depth;
  guint max_depth;
  const char *problem;
} Scanner;

typedef enum
{
  STATE_VALUE,
  STATE_FIRST_ELEMENT, /* right after [ */
  STATE_FIRST_KEY,     /* right after { */
  STATE_KEY,
  STATE_AFTER_VALUE,
  STATE_FAILED,
} State;

static const ScimJsonLimits default_limits = {
  .max_bytes = 32 * 1024 * 1024,
  .max_tokens = 4 * 1000 * 1000,
  .max_depth = 64,
};

static State
fail (Scanner *self, const char *problem)
{
  self->problem = problem;
  return STATE_FAILED;
}

static ScimToken *
append_token (Scanner *self, ScimJsonType type)
{
  ScimToken *token;

  if (self->n_tokens == self->capacity)
    {
      if (self->n_tokens >= self->max_tokens)
        {
          self->problem = "too many values";
          return NULL;
        }
      self->capacity = MIN (self->max_tokens, self->capacity * 2);
      self->tokens = g_renew (ScimToken, self->tokens, self->capacity);
    }

  token = &self->tokens[self->n_tokens++];
  token->offset = (guint32)(self->at - self->start);
  token->length = 0;
  token->end = self->n_tokens;
  token->info = type;
  return token;
}

/* Links a value that has just been appended to the container it stands in. */
static void
adopt_value (Scanner *self, guint32 index)
{
  ScimToken *parent;

  if (self->open == NO_TOKEN)
    {
      self->tokens[index].info |= SCIM_TOKEN_LAST;
      return;
    }
  parent = &self->tokens[self->open];
  parent->length = index;
  parent->info += SCIM_TOKEN_SIZE_ONE;
  if ((parent->info & SCIM_TOKEN_TYPE_MASK) == SCIM_JSON_OBJECT)
    self->tokens[index].info |= SCIM_TOKEN_HAS_KEY;
}

/* at: the opening quote. Serves values and keys. */
static gboolean
scan_string (Scanner *self, ScimToken *token)
{
  gboolean escaped = FALSE;

  self->at = scim_json_scan_string (self->at, self->end, &escaped, &self->problem);
  token->length = (guint32)(self->at - self->start) - token->offset;
  if (escaped)
    token->info |= SCIM_TOKEN_ESCAPED;
  return self->problem == NULL;
}

static gboolean
scan_digits (Scanner *self)
{
  const guint8 *from = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > from;
}

static gboolean
scan_number (Scanner *self)
{
  if (*self->at == '-')
    self->at++;
  if (self->at < self->end && *self->at == '0')
    self->at++;
  else if (!scan_digits (self))
    return FALSE;
  if (self->at < self->end && *self->at == '.')
    {
      self->at++;
      if (!scan_digits (self))
        return FALSE;
    }
  if (self->at < self->end && (*self->at | 0x20) == 'e')
    {
      self->at++;
      if (self->at < self->end && (*self->at == '+' || *self->at == '-'))
        self->at++;
      if (!scan_digits (self))
        return FALSE;
    }
  return TRUE;
}

static gboolean
scan_word (Scanner *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize)(self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

static State
open_container (Scanner *self, ScimJsonType type)
{
  ScimToken *token;

  if (self->depth == self->max_depth)
    return fail (self, "nested too deeply");
  if ((token = append_token (self, type)) == NULL)
    return STATE_FAILED;
  adopt_value (self, self->n_tokens - 1);
  token->end = self->open;
  self->open = self->n_tokens - 1;
  self->depth++;
  self->at++;
  return type == SCIM_JSON_ARRAY ? STATE_FIRST_ELEMENT : STATE_FIRST_KEY;
}

/* at: the closing bracket. */
static State
close_container (Scanner *self)
{
  ScimToken *token = &self->tokens[self->open];

  if (token->info >= SCIM_TOKEN_SIZE_ONE)
    self->tokens[token->length].info |= SCIM_TOKEN_LAST;
  self->at++;
  self->open = token->end;
  self->depth--;
  token->length = (guint32)(self->at - self->start) - token->offset;
  token->end = self->n_tokens;
  return STATE_AFTER_VALUE;
}

static State
scan_scalar (Scanner *self, ScimJsonType type, const char *word)
{
  ScimToken *token = append_token (self, type);
  gboolean valid;

  if (token == NULL)
    return STATE_FAILED;
  adopt_value (self, self->n_tokens - 1);
  valid = word != NULL ? scan_word (self, word) : scan_number (self);
  token->length = (guint32)(self->at - self->start) - token->offset;
  return valid ? STATE_AFTER_VALUE : fail (self, "an invalid value");
}

static State
scan_value (Scanner *self)
{
  ScimToken *token;

  switch (*self->at)
    {
    case '"':
      if ((token = append_token (self, SCIM_JSON_STRING)) == NULL)
        return STATE_FAILED;
      adopt_value (self, self->n_tokens - 1);
      return scan_string (self, token) ? STATE_AFTER_VALUE : STATE_FAILED;
    case '{':
      return open_container (self, SCIM_JSON_OBJECT);
    case '[':
      return open_container (self, SCIM_JSON_ARRAY);
    case 't':
      return scan_scalar (self, SCIM_JSON_BOOLEAN, "true");
    case 'f':
      return scan_scalar (self, SCIM_JSON_BOOLEAN, "false");
    case 'n':
      return scan_scalar (self, SCIM_JSON_NULL, "null");
    default:
      return scan_scalar (self, SCIM_JSON_NUMBER, NULL);
    }
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

static State
scan_key (Scanner *self)
{
  ScimToken *token;

  if (*self->at != '"')
    return fail (self, "a member without a name");
  if ((token = append_token (self, SCIM_JSON_STRING)) == NULL || !scan_string (self, token))
    return STATE_FAILED;
  skip_space (self);
  if (self->at == self->end || *self->at != ':')
    return fail (self, "a member without a value");
  self->at++;
  return STATE_VALUE;
}

static State
scan_after_value (Scanner *self)
{
  gboolean in_object = (self->tokens[self->open].info & SCIM_TOKEN_TYPE_MASK) == SCIM_JSON_OBJECT;

  if (*self->at == (in_object ? '}' : ']'))
    return close_container (self);
  if (*self->at != ',')
    return fail (self, "a comma or a closing bracket is missing");
  self->at++;
  return in_object ? STATE_KEY : STATE_VALUE;
}

static gboolean
scan_document (Scanner *self)
{
  State state = STATE_VALUE;

  while (state != STATE_FAILED)
    {
      skip_space (self);
      if (state == STATE_AFTER_VALUE && self->open == NO_TOKEN)
        {
          if (self->at == self->end)
            return TRUE;
          self->problem = "something after the end";
          return FALSE;
        }
      if (self->at == self->end)
        {
          self->problem = "the text ends too early";
          return FALSE;
        }
      if (state == STATE_VALUE)
        state = scan_value (self);
      else if (state == STATE_AFTER_VALUE)
        state = scan_after_value (self);
      else if (state == STATE_KEY)
        state = scan_key (self);
      else if (state == STATE_FIRST_KEY)
        state = *self->at == '}' ? close_container (self) : scan_key (self);
      else
        state = *self->at == ']' ? close_container (self) : scan_value (self);
    }
  return FALSE;
}

ScimToken *
scim_json_scan (
  const char *text, gsize length, const ScimJsonLimits *limits, guint32 *n_tokens, GError **error)
{
  Scanner self = { .start = (const guint8 *)text, .open = NO_TOKEN };

  if (limits == NULL)
    limits = &default_limits;
  if (length > MIN (limits->max_bytes, SCIM_JSON_MOST_BYTES))
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON,
                   "Not accepted as JSON: %" G_GSIZE_FORMAT " bytes are too many", length);
      return NULL;
    }
  self.at = self.start;
  self.end = self.start + length;
  self.max_depth = MIN (limits->max_depth, SCIM_JSON_MOST_DEPTH);
  self.max_tokens = MIN (limits->max_tokens, SCIM_JSON_MOST_TOKENS);
  self.capacity = (guint32)MIN (self.max_tokens, length / 16 + 8);
  self.tokens = g_new (ScimToken, self.capacity);

  if (!scan_document (&self))
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_JSON,
                   "Not valid JSON at byte %" G_GSIZE_FORMAT ": %s", (gsize)(self.at - self.start),
                   self.problem);
      g_free (self.tokens);
      return NULL;
    }
  *n_tokens = self.n_tokens;
  return g_renew (ScimToken, self.tokens, self.n_tokens);
}
