/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-json-private.h"

#include <string.h>

/* JSON strings (RFC 8259 section 7): scanned, read and written. */

#define ONES  G_GUINT64_CONSTANT (0x0101010101010101)
#define HIGHS G_GUINT64_CONSTANT (0x8080808080808080)

/* The length of the well-formed UTF-8 sequence (RFC 3629) at a byte ≥ 0x80; 0 when it is none. */
static guint
measure_utf8 (const guint8 *at, const guint8 *end)
{
  guint8 low = 0x80, high = 0xbf;
  guint length;

  if (at[0] >= 0xc2 && at[0] <= 0xdf)
    length = 2;
  else if ((at[0] & 0xf0) == 0xe0)
    length = 3;
  else if (at[0] >= 0xf0 && at[0] <= 0xf4)
    length = 4;
  else
    return 0;
  if ((gsize)(end - at) < length)
    return 0;

  if (at[0] == 0xe0)
    low = 0xa0; /* overlong */
  else if (at[0] == 0xed)
    high = 0x9f; /* surrogates */
  else if (at[0] == 0xf0)
    low = 0x90; /* overlong */
  else if (at[0] == 0xf4)
    high = 0x8f; /* past U+10FFFF */
  if (at[1] < low || at[1] > high)
    return 0;
  for (guint i = 2; i < length; i++)
    {
      if ((at[i] & 0xc0) != 0x80)
        return 0;
    }
  return length;
}

/* The value of four hexadecimal digits; -1 when they are not there. */
static int
read_hex4 (const guint8 *at, const guint8 *end)
{
  int value = 0;

  if (end - at < 4)
    return -1;
  for (guint i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value ((char)at[i]);

      if (digit < 0)
        return -1;
      value = value * 16 + digit;
    }
  return value;
}

/* at: a backslash. Returns the escape's length and its character, or 0. Surrogates come in pairs
 * only. */
static guint
read_escape (const guint8 *at, const guint8 *end, gunichar *character)
{
  static const char escapes[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";
  int first, second;

  if (end - at < 2)
    return 0;
  if (at[1] != 'u')
    {
      const char *found = at[1] != 0 ? strchr (escapes, at[1]) : NULL;

      *character = found != NULL ? (gunichar)values[found - escapes] : 0;
      return found != NULL ? 2 : 0;
    }
  first = read_hex4 (at + 2, end);
  if (first < 0 || (first >= 0xdc00 && first <= 0xdfff))
    return 0;
  *character = (gunichar)first;
  if (first < 0xd800 || first > 0xdbff)
    return 6;
  if (end - at < 12 || at[6] != '\\' || at[7] != 'u')
    return 0;
  second = read_hex4 (at + 8, end);
  if (second < 0xdc00 || second > 0xdfff)
    return 0;
  *character = 0x10000 + (((gunichar)first - 0xd800) << 10) + ((gunichar)second - 0xdc00);
  return 12;
}

/* The first byte that is a quote, a backslash, a control character or beyond ASCII, eight bytes at
 * a time: each of them sets the high bit of its byte in `found`. A borrow may set bits of the bytes
 * behind it, too, but never before it, so that the lowest one is always right. */
static const guint8 *
skip_plain (const guint8 *at, const guint8 *end)
{
  while (end - at >= 8)
    {
      guint64 word, quote, backslash, found;

      memcpy (&word, at, sizeof word);
      word = GUINT64_FROM_LE (word);
      quote = word ^ (ONES * '"');
      backslash = word ^ (ONES * '\\');
      found = (word | (word - ONES * 0x20) | (quote - ONES) | (backslash - ONES)) & HIGHS;
      if (found != 0)
        return at + __builtin_ctzll (found) / 8;
      at += 8;
    }
  while (at < end && *at >= 0x20 && *at < 0x80 && *at != '"' && *at != '\\')
    at++;
  return at;
}

const guint8 *
scim_json_scan_string (const guint8 *at, const guint8 *end, gboolean *escaped, const char **problem)
{
  at++;
  for (;;)
    {
      gunichar character;
      guint length;

      at = skip_plain (at, end);
      if (at == end)
        {
          *problem = "a string that does not end";
          return at;
        }
      if (*at == '"')
        return at + 1;
      if (*at == '\\')
        {
          *escaped = TRUE;
          length = read_escape (at, end, &character);
          *problem = length == 0 ? "an invalid escape sequence" : NULL;
        }
      else if (*at < 0x20)
        {
          length = 0;
          *problem = "a control character";
        }
      else
        {
          length = measure_utf8 (at, end);
          *problem = length == 0 ? "invalid UTF-8" : NULL;
        }
      if (length == 0)
        return at;
      at += length;
    }
}

char *
scim_json_dup_token_text (const ScimJson *json, const ScimToken *token, gsize *length)
{
  const guint8 *at = (const guint8 *)json->text + token->offset + 1;
  const guint8 *end = at + token->length - 2;
  char *text, *out;

  /* No escape is shorter than what it stands for. */
  text = out = g_malloc ((gsize)(end - at) + 1);
  if ((token->info & SCIM_TOKEN_ESCAPED) == 0)
    {
      memcpy (out, at, (gsize)(end - at));
      out += end - at;
    }
  else
    {
      while (at < end)
        {
          gunichar character;

          if (*at != '\\')
            {
              *out++ = (char)*at++;
              continue;
            }
          at += read_escape (at, end, &character);
          /* g_unichar_to_utf8 () writes U+0000 as one NUL byte. */
          out += g_unichar_to_utf8 (character, out);
        }
    }
  *out = '\0';
  if (length != NULL)
    *length = (gsize)(out - text);
  return text;
}

/* Invalid UTF-8 in text becomes U+FFFD, so that what is written is always JSON. */
void
scim_json_append_string (GString *out, const char *text, gssize length)
{
  const guint8 *at = (const guint8 *)text;
  const guint8 *end;

  g_return_if_fail (out != NULL);
  g_return_if_fail (text != NULL || length == 0);

  end = at + (length < 0 ? strlen (text) : (gsize)length);
  g_string_append_c (out, '"');
  while (at < end)
    {
      const guint8 *plain = skip_plain (at, end);
      guint n;

      g_string_append_len (out, (const char *)at, plain - at);
      at = plain;
      if (at == end)
        break;
      if (*at == '"' || *at == '\\')
        g_string_append_printf (out, "\\%c", *at++);
      else if (*at == '\n')
        g_string_append (out, "\\n"), at++;
      else if (*at == '\t')
        g_string_append (out, "\\t"), at++;
      else if (*at < 0x20)
        g_string_append_printf (out, "\\u%04x", *at++);
      else if ((n = measure_utf8 (at, end)) > 0)
        g_string_append_len (out, (const char *)at, n), at += n;
      else
        g_string_append (out, "\xef\xbf\xbd"), at++;
    }
  g_string_append_c (out, '"');
}

char *
scim_json_quote (const char *text)
{
  GString *out;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 2);
  scim_json_append_string (out, text, -1);
  return g_string_free (out, FALSE);
}
