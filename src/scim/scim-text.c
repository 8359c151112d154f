/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-error.h"

#include <string.h>

#define REPLACEMENT 0xfffdu
#define ELLIPSIS    0x2026u

/* Letters and marks that are drawn as nothing at all, and what Unicode has set aside for more of
 * their kind (Default_Ignorable_Code_Point). The variation selectors stay: they choose a form. */
static gboolean
is_blank (gunichar character)
{
  return character == 0x034f || character == 0x115f || character == 0x1160 || character == 0x17b4 ||
         character == 0x17b5 || character == 0x2065 || character == 0x3164 || character == 0xffa0 ||
         (character >= 0xfff0 && character <= 0xfff8) ||
         (character >= 0xe0000 && character <= 0xe0fff &&
          !(character >= 0xe0100 && character <= 0xe01ef));
}

/* Format characters that belong to a script and are drawn: Arabic, Syriac and Kaithi number signs.
 */
static gboolean
is_visible_format (gunichar character)
{
  return (character >= 0x0600 && character <= 0x0605) || character == 0x06dd ||
         character == 0x070f || character == 0x0890 || character == 0x0891 || character == 0x08e2 ||
         character == 0x110bd || character == 0x110cd;
}

/* Persian, the Indic scripts and emoji need the zero-width joiner and non-joiner; between Latin,
 * Greek or Cyrillic letters they only hide a difference. */
static gboolean
may_be_joined (gunichar previous)
{
  return previous >= 0x0590 && (previous < 0x1e00 || previous > 0x218f);
}

static gunichar
make_character_safe (gunichar character, gunichar previous)
{
  switch (g_unichar_type (character))
    {
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return ' ';
    case G_UNICODE_CONTROL:
      return character == '\n' || character == '\r' || character == '\t' ? ' ' : REPLACEMENT;
    case G_UNICODE_SURROGATE:
      return REPLACEMENT;
    case G_UNICODE_FORMAT:
      if (is_visible_format (character))
        return character;
      if ((character == 0x200c || character == 0x200d) && may_be_joined (previous))
        return character;
      return REPLACEMENT;
    default:
      return is_blank (character) ? REPLACEMENT : character;
    }
}

char *
scim_text_make_safe (const char *text, gssize length, guint max_chars)
{
  const char *end;
  GString *out;
  gunichar previous = 0;
  guint n_chars = 0;
  gsize last_start = 0;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  out = g_string_new (NULL);
  end = text + (length < 0 ? strlen (text) : (gsize)length);
  while (text < end)
    {
      gunichar character = *text == '\0' ? 0 : g_utf8_get_char_validated (text, end - text);
      gboolean valid = character != (gunichar)-1 && character != (gunichar)-2;

      if (n_chars == max_chars)
        {
          g_string_truncate (out, last_start);
          if (max_chars > 0)
            g_string_append_unichar (out, ELLIPSIS);
          break;
        }
      last_start = out->len;
      character = valid ? make_character_safe (character, previous) : REPLACEMENT;
      g_string_append_unichar (out, character);
      previous = character;
      text = valid && *text != '\0' ? g_utf8_next_char (text) : text + 1;
      n_chars++;
    }
  return g_string_free (out, FALSE);
}
