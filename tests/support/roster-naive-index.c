/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/roster-naive-index.h"

#include <string.h>

typedef struct
{
  RosterPerson *person;
  char *folded[ROSTER_PERSON_N_FIELDS];
  char *keys[ROSTER_PERSON_N_FIELDS];
  guint age;
} Row;

struct _RosterNaiveIndex
{
  gboolean searched[ROSTER_PERSON_N_FIELDS];
  GPtrArray *rows; /* in the order of insertion */
  guint next_age;
};

static void
row_free (gpointer data)
{
  Row *row = data;

  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    {
      g_free (row->folded[i]);
      g_free (row->keys[i]);
    }
  roster_person_free (row->person);
  g_free (row);
}

RosterNaiveIndex *
roster_naive_index_new (const gboolean searched[ROSTER_PERSON_N_FIELDS])
{
  RosterNaiveIndex *self = g_new0 (RosterNaiveIndex, 1);

  memcpy (self->searched, searched, sizeof self->searched);
  self->rows = g_ptr_array_new_with_free_func (row_free);
  return self;
}

void
roster_naive_index_free (RosterNaiveIndex *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

/* Whole strings at a time: decompose, drop, fold. */
char *
roster_naive_fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autoptr (GString) left = g_string_new (NULL);

  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);
      int class = g_unichar_combining_class (c);
      gboolean is_letter_sign =
        class == 0 || (class >= 7 && class <= 9) || (class >= 84 && class <= 132);

      if (type == G_UNICODE_FORMAT || (type == G_UNICODE_NON_SPACING_MARK && !is_letter_sign))
        continue;
      g_string_append_unichar (left, c);
    }
  return g_utf8_casefold (left->str, left->len);
}

static Row *
find (RosterNaiveIndex *self, const char *id, guint *at)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (row->person->id, id))
        {
          *at = i;
          return row;
        }
    }
  return NULL;
}

static gboolean
is_same (const RosterPerson *a, const RosterPerson *b)
{
  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    if (strcmp (a->values[i] != NULL ? a->values[i] : "",
                b->values[i] != NULL ? b->values[i] : "") != 0)
      return FALSE;
  return a->flags == b->flags;
}

void
roster_naive_index_put (RosterNaiveIndex *self, const RosterPerson *person)
{
  guint at;
  Row *row = find (self, person->id, &at);

  if (row != NULL && is_same (row->person, person))
    return;
  if (row != NULL)
    g_ptr_array_remove_index (self->rows, at);
  row = g_new0 (Row, 1);
  row->person = roster_person_copy (person);
  row->age = self->next_age++;
  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    if (person->values[i] != NULL)
      {
        row->folded[i] = roster_naive_fold (person->values[i]);
        row->keys[i] = g_utf8_collate_key (person->values[i], -1);
      }
  g_ptr_array_add (self->rows, row);
}

gboolean
roster_naive_index_remove (RosterNaiveIndex *self, const char *id)
{
  guint at;

  if (find (self, id, &at) == NULL)
    return FALSE;
  g_ptr_array_remove_index (self->rows, at);
  return TRUE;
}

guint
roster_naive_index_get_n (RosterNaiveIndex *self)
{
  return self->rows->len;
}

const RosterPerson *
roster_naive_index_get (RosterNaiveIndex *self, guint i)
{
  return ((Row *)g_ptr_array_index (self->rows, i))->person;
}

static gboolean
has_word (RosterNaiveIndex *self, const Row *row, const char *word)
{
  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    if (self->searched[i] && row->folded[i] != NULL && strstr (row->folded[i], word) != NULL)
      return TRUE;
  return FALSE;
}

typedef struct
{
  const RosterNaiveKey *keys;
  guint n_keys;
} Sorting;

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Row *x = *(const Row *const *)a, *y = *(const Row *const *)b;
  const Sorting *sorting = user_data;

  for (guint i = 0; i < sorting->n_keys; i++)
    {
      const char *p = x->keys[sorting->keys[i].field], *q = y->keys[sorting->keys[i].field];
      int order;

      if (p == NULL || q == NULL)
        order = (p == NULL) - (q == NULL);
      else
        order = sorting->keys[i].descending ? strcmp (q, p) : strcmp (p, q);
      if (order != 0)
        return order;
    }
  return (x->age > y->age) - (x->age < y->age);
}

GPtrArray *
roster_naive_index_search (RosterNaiveIndex *self,
                           const char *text,
                           const RosterNaiveKey *keys,
                           guint n_keys)
{
  g_autofree char *folded = roster_naive_fold (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \n\t", -1);
  GPtrArray *hits = g_ptr_array_new ();
  Sorting sorting = { keys, n_keys };

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      gboolean matches = TRUE;

      for (guint w = 0; words[w] != NULL && matches; w++)
        matches = has_word (self, row, words[w]);
      if (matches)
        g_ptr_array_add (hits, row);
    }
  g_ptr_array_sort_with_data (hits, compare_rows, &sorting);
  for (guint i = 0; i < hits->len; i++)
    hits->pdata[i] = ((Row *)hits->pdata[i])->person->id;
  return hits;
}
