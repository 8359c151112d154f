/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-query.h"

#include <string.h>

static int
compare_length (gconstpointer a, gconstpointer b)
{
  gsize x = strlen (*(const char *const *)a), y = strlen (*(const char *const *)b);

  return (x < y) - (x > y);
}

/* Splits at white space of any script; the same word twice asks for nothing more. */
static GStrv
split_words (const char *folded)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (const char *p = folded; *p != '\0';)
    {
      const char *start;
      g_autofree char *word = NULL;

      while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      start = p;
      while (*p != '\0' && !g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      word = g_strndup (start, p - start);
      if (p > start && !g_ptr_array_find_with_equal_func (words, word, g_str_equal, NULL))
        g_ptr_array_add (words, g_steal_pointer (&word));
    }
  g_ptr_array_sort (words, compare_length);
  g_ptr_array_add (words, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}

RosterQuery *
roster_query_new (const char *text)
{
  RosterQuery *self = g_new0 (RosterQuery, 1);
  g_autofree char *folded = roster_fold (text != NULL ? text : "");

  g_atomic_ref_count_init (&self->ref_count);
  self->words = split_words (folded);
  self->n_words = g_strv_length (self->words);
  self->needles = g_new0 (RosterNeedle, self->n_words);
  for (guint i = 0; i < self->n_words; i++)
    roster_needle_init (&self->needles[i], self->words[i]);
  return self;
}

RosterQuery *
roster_query_ref (RosterQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_query_unref (RosterQuery *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_words; i++)
    roster_needle_clear (&self->needles[i]);
  g_free (self->needles);
  g_strfreev (self->words);
  g_free (self);
}

gboolean
roster_query_is_empty (const RosterQuery *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_words == 0;
}

const char *const *
roster_query_get_words (const RosterQuery *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->words;
}
