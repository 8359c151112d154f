/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-fold.h"

#include <string.h>

/* Folding works character by character, so that a place in folded text can be traced back to the
 * character it came from. Compared with NFKD of the whole string only the canonical order of marks
 * is missing, and those it would reorder are removed anyway. */

#define COMBINING_GRAPHEME_JOINER 0x034F
#define MAX_DECOMPOSITION         G_UNICHAR_MAX_DECOMPOSITION_LENGTH

/* Accents of alphabets and the points of Hebrew and Arabic are left out in everyday typing, so they
 * are removed. The signs that spell vowels, tones and other letters in Indic scripts, Thai, Lao,
 * Tibetan and kana are marks to Unicode too, but a name without them is another name: these have
 * combining class 0, 7 … 9 or 84 … 132. */
static gboolean
is_accent (gunichar c)
{
  int class;

  if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK)
    return FALSE;
  class = g_unichar_combining_class (c);
  return class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

/* Invisible characters come along when names are copied from web pages and documents. */
static gboolean
is_ignorable (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_FORMAT || c == COMBINING_GRAPHEME_JOINER ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

static void
append_folded_char (GString *folded, gunichar c)
{
  gunichar parts[MAX_DECOMPOSITION];
  gsize n_parts = g_unichar_fully_decompose (c, TRUE, parts, G_N_ELEMENTS (parts));

  for (gsize i = 0; i < n_parts; i++)
    {
      char utf8[6];
      int length;
      g_autofree char *lower = NULL;

      if (is_accent (parts[i]) || is_ignorable (parts[i]))
        continue;
      length = g_unichar_to_utf8 (parts[i], utf8);
      lower = g_utf8_casefold (utf8, length);
      g_string_append (folded, lower);
    }
}

gboolean
roster_text_is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return FALSE;
  return TRUE;
}

static const char *
append_folded_next (GString *folded, const char *text)
{
  if ((guchar)*text < 0x80)
    {
      g_string_append_c (folded, g_ascii_tolower (*text));
      return text + 1;
    }
  append_folded_char (folded, g_utf8_get_char (text));
  return g_utf8_next_char (text);
}

void
roster_fold_append (GString *folded, const char *text)
{
  while (*text != '\0')
    text = append_folded_next (folded, text);
}

char *
roster_fold (const char *text)
{
  g_autofree char *valid = NULL;
  GString *folded;

  g_return_val_if_fail (text != NULL, NULL);

  if (roster_text_is_ascii (text))
    return g_ascii_strdown (text, -1);
  valid = g_utf8_make_valid (text, -1);
  folded = g_string_sized_new (strlen (valid));
  roster_fold_append (folded, valid);
  return g_string_free (folded, FALSE);
}

typedef struct
{
  guint start;
  guint end;
} Span;

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const Span *x = a, *y = b;

  return (x->start > y->start) - (x->start < y->start);
}

/* Sorted, without overlaps; spans that touch become one. */
static GArray *
join_spans (GArray *spans)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      const Span *span = &g_array_index (spans, Span, i);
      guint *last = pairs->len > 0 ? &g_array_index (pairs, guint, pairs->len - 1) : NULL;

      if (last != NULL && span->start <= *last)
        *last = MAX (*last, span->end);
      else
        g_array_append_vals (pairs, span, 2);
    }
  return pairs;
}

GArray *
roster_find_matches (const char *text, const char *const *words)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_autoptr (GArray) origins = g_array_new (FALSE, FALSE, sizeof (Span)); /* per folded byte */
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (Span));

  g_return_val_if_fail (text != NULL, NULL);

  if (words == NULL || words[0] == NULL || !g_utf8_validate (text, -1, NULL))
    return g_array_new (FALSE, FALSE, sizeof (guint));

  for (const char *p = text, *next; *p != '\0'; p = next)
    {
      gsize before = folded->len;

      next = append_folded_next (folded, p);
      /* An accent belongs to the letter before it. */
      if (folded->len == before && origins->len > 0)
        for (guint i = origins->len, start = g_array_index (origins, Span, i - 1).start;
             i > 0 && g_array_index (origins, Span, i - 1).start == start; i--)
          g_array_index (origins, Span, i - 1).end = next - text;
      for (gsize i = before; i < folded->len; i++)
        g_array_append_val (origins, ((Span){ p - text, next - text }));
    }

  for (guint w = 0; words[w] != NULL; w++)
    {
      gsize length = strlen (words[w]);

      if (length == 0)
        continue;
      for (const char *hit = folded->str; (hit = strstr (hit, words[w])) != NULL; hit++)
        {
          gsize at = hit - folded->str;
          Span span = { g_array_index (origins, Span, at).start,
                        g_array_index (origins, Span, at + length - 1).end };

          g_array_append_val (spans, span);
        }
    }
  return join_spans (spans);
}
