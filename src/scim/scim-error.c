/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-error.h"

#include <string.h>

#include "scim-json.h"

typedef struct
{
  guint http_status;
  char *scim_type;
  char *detail;
  char *subject;
  int retry_after;
} ScimErrorPrivate;

#define MAX_BODY_BYTES   (64 * 1024)
#define MAX_WORDS_CHARS  2000
#define MAX_SYMBOL_CHARS 100

static void
scim_error_private_init (ScimErrorPrivate *priv)
{
  priv->retry_after = -1;
}

static void
scim_error_private_copy (const ScimErrorPrivate *source, ScimErrorPrivate *target)
{
  target->http_status = source->http_status;
  target->scim_type = g_strdup (source->scim_type);
  target->detail = g_strdup (source->detail);
  target->subject = g_strdup (source->subject);
  target->retry_after = source->retry_after;
}

static void
scim_error_private_clear (ScimErrorPrivate *priv)
{
  g_free (priv->scim_type);
  g_free (priv->detail);
  g_free (priv->subject);
}

G_DEFINE_EXTENDED_ERROR (ScimError, scim_error)

static const ScimJsonLimits body_limits = { .max_bytes = MAX_BODY_BYTES,
                                            .max_tokens = 4096,
                                            .max_depth = 64 };

static const struct
{
  guint status;
  const char *phrase;
} phrases[] = {
  { 300, "Multiple Choices" },
  { 301, "Moved Permanently" },
  { 302, "Found" },
  { 303, "See Other" },
  { 307, "Temporary Redirect" },
  { 308, "Permanent Redirect" },
  { 400, "Bad Request" },
  { 401, "Unauthorized" },
  { 402, "Payment Required" },
  { 403, "Forbidden" },
  { 404, "Not Found" },
  { 405, "Method Not Allowed" },
  { 406, "Not Acceptable" },
  { 407, "Proxy Authentication Required" },
  { 408, "Request Timeout" },
  { 409, "Conflict" },
  { 410, "Gone" },
  { 411, "Length Required" },
  { 412, "Precondition Failed" },
  { 413, "Content Too Large" },
  { 414, "URI Too Long" },
  { 415, "Unsupported Media Type" },
  { 421, "Misdirected Request" },
  { 422, "Unprocessable Content" },
  { 423, "Locked" },
  { 428, "Precondition Required" },
  { 429, "Too Many Requests" },
  { 431, "Request Header Fields Too Large" },
  { 500, "Internal Server Error" },
  { 501, "Not Implemented" },
  { 502, "Bad Gateway" },
  { 503, "Service Unavailable" },
  { 504, "Gateway Timeout" },
};

/* The getters serve errors of every domain: only ours have a private part. */
static const ScimErrorPrivate *
peek_private (const GError *error)
{
  return error != NULL && error->domain == SCIM_ERROR ? scim_error_get_private (error) : NULL;
}

static ScimErrorCode
get_code_for_status (guint status)
{
  switch (status)
    {
    case 401:
      return SCIM_ERROR_SIGN_IN;
    case 403:
      return SCIM_ERROR_FORBIDDEN;
    case 404:
      return SCIM_ERROR_NOT_FOUND;
    case 405:
    case 501:
      return SCIM_ERROR_NOT_IMPLEMENTED;
    case 409:
      return SCIM_ERROR_CONFLICT;
    case 412:
      return SCIM_ERROR_PRECONDITION_FAILED;
    case 429:
      return SCIM_ERROR_TOO_MANY_REQUESTS;
    default:
      if (status >= 300 && status <= 399)
        return SCIM_ERROR_REDIRECTED;
      if (status >= 400 && status <= 499)
        return SCIM_ERROR_BAD_REQUEST;
      return status >= 500 && status <= 599 ? SCIM_ERROR_SERVER : SCIM_ERROR_PROTOCOL;
    }
}

static char *
dup_phrase (guint status)
{
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      if (phrases[i].status == status)
        return g_strdup (phrases[i].phrase);
    }
  return g_strdup_printf ("HTTP status %u", status);
}

/* Harmless text, or NULL when nothing can be seen in it. */
static char *
dup_words (const char *text, gssize length, guint max_chars)
{
  g_autofree char *words = scim_text_make_safe (text, length, max_chars);

  g_strstrip (words);
  return *words != '\0' ? g_steal_pointer (&words) : NULL;
}

static char *
dup_words_from_node (ScimNode node, guint max_chars)
{
  g_autofree char *text = NULL;
  gsize length;

  if (scim_node_get_type (node) == SCIM_JSON_STRING)
    {
      text = scim_node_dup_string (node, &length);
      return dup_words (text, (gssize)length, max_chars);
    }
  if (scim_node_get_type (node) == SCIM_JSON_NUMBER)
    {
      text = scim_node_dup_raw (node);
      return dup_words (text, -1, max_chars);
    }
  return NULL;
}

static char *
dup_words_from_member (ScimNode object, const char *const *names)
{
  for (; *names != NULL; names++)
    {
      char *words = dup_words_from_node (scim_node_get_member (object, *names), MAX_WORDS_CHARS);

      if (words != NULL)
        return words;
    }
  return NULL;
}

static char *
dup_words_from_json (ScimNode root)
{
  static const char *const names[] = { "detail", "description", "message", "error_description",
                                       "error",  NULL };
  static const char *const wrappers[] = { "error", "errors", NULL };
  char *words;

  if (scim_node_get_type (root) == SCIM_JSON_ARRAY)
    root = scim_node_get_first (root);
  if ((words = dup_words_from_node (root, MAX_WORDS_CHARS)) != NULL ||
      (words = dup_words_from_member (root, names)) != NULL)
    return words;

  /* SCIM 1.1's {"Errors":[{"description"}]} and the {"error":{"message"}} of some gateways. */
  for (guint i = 0; wrappers[i] != NULL; i++)
    {
      ScimNode inner = scim_node_get_member (root, wrappers[i]);

      if (scim_node_get_type (inner) == SCIM_JSON_ARRAY)
        inner = scim_node_get_first (inner);
      if ((words = dup_words_from_member (inner, names)) != NULL)
        return words;
    }
  return NULL;
}

static const char *
find_caseless (const char *text, const char *end, const char *wanted)
{
  gsize length = strlen (wanted);

  for (; (gsize)(end - text) >= length; text++)
    {
      if (g_ascii_strncasecmp (text, wanted, length) == 0)
        return text;
    }
  return NULL;
}

/* The words between a page's title tags, without any tag or entity that may stand there. */
static char *
dup_html_title (const char *text, const char *end)
{
  static const struct
  {
    const char *entity;
    char character;
  } entities[] = { { "&lt;", '<' },   { "&gt;", '>' },   { "&quot;", '"' },
                   { "&#39;", '\'' }, { "&nbsp;", ' ' }, { "&amp;", '&' } };
  g_autoptr (GString) title = g_string_new (NULL);
  gboolean in_tag = FALSE;

  text = find_caseless (text, end, "<title");
  if (text == NULL || (text = memchr (text, '>', (gsize)(end - text))) == NULL ||
      (end = find_caseless (++text, end, "</title")) == NULL)
    return NULL;
  for (; text < end; text++)
    {
      if (*text == '<' || *text == '>')
        in_tag = *text == '<';
      else if (!in_tag)
        g_string_append_c (title, *text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (title, entities[i].entity, (char[]){ entities[i].character, '\0' }, 0);
  return dup_words (title->str, (gssize)title->len, MAX_WORDS_CHARS);
}

static gboolean
is_text_type (const char *content_type)
{
  return content_type == NULL || g_ascii_strncasecmp (content_type, "text/", 5) == 0 ||
         g_ascii_strncasecmp (content_type, "application/", 12) == 0;
}

/* The service's words in an answer that is no JSON. */
static char *
dup_words_from_text (const char *content_type, const char *text, gsize length)
{
  const char *end = text + length;

  while (text < end && g_ascii_isspace (*text))
    text++;
  if (text == end || !is_text_type (content_type))
    return NULL;
  if (*text == '<')
    return dup_html_title (text, end);
  /* JSON that does not scan, or bytes that are no text, say nothing to a person. */
  if (*text == '{' || *text == '[' || !g_utf8_validate_len (text, (gsize)(end - text), NULL))
    return NULL;
  return dup_words (text, end - text, MAX_WORDS_CHARS);
}

guint
scim_error_get_http_status (const GError *error)
{
  const ScimErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->http_status : 0;
}

const char *
scim_error_get_scim_type (const GError *error)
{
  const ScimErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->scim_type : NULL;
}

const char *
scim_error_get_detail (const GError *error)
{
  const ScimErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->detail : NULL;
}

const char *
scim_error_get_subject (const GError *error)
{
  const ScimErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->subject : NULL;
}

int
scim_error_get_retry_after (const GError *error)
{
  const ScimErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->retry_after : -1;
}

GError *
scim_error_new (ScimErrorCode code, const char *format, ...)
{
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (SCIM_ERROR, (int)code, format, args);
  va_end (args);
  return error;
}

GError *
scim_error_new_about (ScimErrorCode code,
                      guint http_status,
                      const char *subject,
                      const char *message)
{
  GError *error;
  ScimErrorPrivate *priv;

  g_return_val_if_fail (message != NULL, NULL);

  error = g_error_new_literal (SCIM_ERROR, (int)code, message);
  priv = scim_error_get_private (error);
  priv->http_status = http_status;
  priv->subject = subject != NULL ? dup_words (subject, -1, MAX_SYMBOL_CHARS) : NULL;
  return error;
}

GError *
scim_error_new_not_scim (guint http_status, const char *content_type, GBytes *body)
{
  GError *error;
  ScimErrorPrivate *priv;
  const char *text;
  gsize length;

  g_return_val_if_fail (body != NULL, NULL);

  error = scim_error_new_about (SCIM_ERROR_PROTOCOL, http_status, content_type,
                                "The service answered with something that is not SCIM");
  priv = scim_error_get_private (error);
  text = g_bytes_get_data (body, &length);
  if (length > 0)
    priv->detail = dup_words_from_text (content_type, text, MIN (length, MAX_BODY_BYTES));
  return error;
}

static gboolean
is_error_message (ScimNode root)
{
  static const char *const names[] = { "detail", "description", "error", "errors", NULL };
  ScimNode schemas = scim_node_get_member (root, "schemas");

  for (ScimNode node = scim_node_get_first (schemas); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *schema = scim_node_dup_text (node);

      if (g_strcmp0 (schema, "urn:ietf:params:scim:api:messages:2.0:Error") == 0)
        return TRUE;
    }
  if (scim_node_exists (schemas) || scim_node_exists (scim_node_get_member (root, "id")) ||
      scim_node_exists (scim_node_get_member (root, "Resources")))
    return FALSE;
  for (guint i = 0; names[i] != NULL; i++)
    if (scim_node_exists (scim_node_get_member (root, names[i])))
      return TRUE;
  return FALSE;
}

gboolean
scim_error_is_body (GBytes *body)
{
  g_autoptr (ScimJson) json = NULL;

  g_return_val_if_fail (body != NULL, FALSE);

  if (g_bytes_get_size (body) == 0 || g_bytes_get_size (body) > MAX_BODY_BYTES)
    return FALSE;
  json = scim_json_new (body, &body_limits, NULL);
  return json != NULL && scim_node_get_type (scim_json_get_root (json)) == SCIM_JSON_OBJECT &&
         is_error_message (scim_json_get_root (json));
}

GError *
scim_error_new_from_response (guint http_status,
                              const char *content_type,
                              GBytes *body,
                              int retry_after)
{
  g_autoptr (ScimJson) json = NULL;
  g_autofree char *scim_type = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *message = NULL;
  ScimErrorPrivate *priv;
  GError *error;

  if (body != NULL && (json = scim_json_new (body, &body_limits, NULL)) != NULL)
    {
      ScimNode root = scim_json_get_root (json);

      detail = dup_words_from_json (root);
      scim_type = dup_words_from_node (scim_node_get_member (root, "scimType"), MAX_SYMBOL_CHARS);
    }
  else if (body != NULL && g_bytes_get_size (body) > 0)
    {
      gsize length;
      const char *text = g_bytes_get_data (body, &length);

      detail = dup_words_from_text (content_type, text, MIN (length, MAX_BODY_BYTES));
    }

  message = detail != NULL ? g_strdup (detail) : dup_phrase (http_status);
  error = g_error_new_literal (SCIM_ERROR, (int)get_code_for_status (http_status), message);
  priv = scim_error_get_private (error);
  priv->http_status = http_status;
  priv->scim_type = g_steal_pointer (&scim_type);
  priv->detail = g_steal_pointer (&detail);
  priv->retry_after = MAX (retry_after, -1);
  return error;
}
