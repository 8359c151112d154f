/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index/roster-index.h"
#include "index/roster-search.h"
#include "support/roster-naive-index.h"

#include <locale.h>
#include <string.h>

static void
test_fold_table (void)
{
  static const struct
  {
    const char *text;
    const char *folded;
  } cases[] = {
    { "", "" },
    { "Smith", "smith" },
    { "María", "maria" },
    { "Mari\xcc\x81"
      "a",
      "maria" },
    { "ÅNGSTRÖM", "angstrom" },
    { "Straße", "strasse" },
    { "STRA\xe1\xba\x9e"
      "E",
      "strasse" },
    { "ﬁne", "fine" },
    { "Ｆｕｌｌ", "full" },
    { "ΣΩΚΡΆΤΗΣ", "σωκρατησ" },
    { "Σωκράτης", "σωκρατησ" },
    { "Ёлкин", "елкин" },
    { "Nguyễn", "nguyen" },
    { "Łódź", "łodz" }, /* the stroke is no mark: ł is a letter to Unicode */
    { "İstanbul", "istanbul" },
    { "ısı", "ısı" },        /* dotless i stays itself */
    { "\xe2\x84\xaa", "k" }, /* Kelvin sign */
    { "מֹשֶׁה", "משה" },
    { "مُحَمَّد", "محمد" },
    { "हिन्दी", "हिन्दी" }, /* vowel signs spell the word */
    { "สุดา", "สุดา" },
    { "ガ", "カ\xe3\x82\x99" }, /* ga is not ka */
    { "a\xc2\xa0"
      "b",
      "a b" },
    { "zero\xe2\x80\x8bwidth\xc2\xad", "zerowidth" },
    { "①²", "12" },
    { "bad\xff\xfe", "bad\xef\xbf\xbd\xef\xbf\xbd" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = roster_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

/* Every character of the basic plane and some beyond, as the naive code folds it; and folding what
 * is folded changes nothing. */
static void
test_fold_every_character (void)
{
  for (gunichar c = 1; c < 0x20000; c++)
    {
      char text[8] = { 0 };
      g_autofree char *folded = NULL, *again = NULL, *expected = NULL;

      if (!g_unichar_validate (c) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0x034F)
        continue;
      g_unichar_to_utf8 (c, text);
      folded = roster_fold (text);
      again = roster_fold (folded);
      expected = roster_naive_fold (text);
      if (!g_str_equal (folded, expected))
        g_error ("U+%04X folds to “%s”, not “%s”", c, folded, expected);
      /* GLib 2.74 swaps the cases of Cherokee. */
      if (!g_str_equal (folded, again) && !(c >= 0x13A0 && c <= 0x13FF) &&
          !(c >= 0xAB70 && c <= 0xABBF))
        g_error ("U+%04X folds to “%s”, then to “%s”", c, folded, again);
    }
}

static void
assert_matches (const char *text, const char *query_text, const char *marked)
{
  g_autoptr (RosterQuery) query = roster_query_new (query_text);
  g_autoptr (GArray) pairs = roster_find_matches (text, roster_query_get_words (query));
  g_autoptr (GString) result = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < pairs->len; i += 2)
    {
      guint start = g_array_index (pairs, guint, i), end = g_array_index (pairs, guint, i + 1);

      g_assert_cmpuint (start, >=, at);
      g_assert_cmpuint (end, >, start);
      g_string_append_len (result, text + at, start - at);
      g_string_append_printf (result, "[%.*s]", (int)(end - start), text + start);
      at = end;
    }
  g_string_append (result, text + at);
  g_assert_cmpstr (result->str, ==, marked);
}

static void
test_matches (void)
{
  assert_matches ("María", "mar", "[Mar]ía");
  assert_matches ("María", "ria", "Ma[ría]");
  assert_matches ("María", "í", "Mar[í]a");
  assert_matches ("Mari\xcc\x81"
                  "a",
                  "mari", "[Mari\xcc\x81]a");
  assert_matches ("Mari\xcc\x81\xcc\xa3"
                  "a",
                  "ia",
                  "Mar[i\xcc\x81\xcc\xa3"
                  "a]");
  assert_matches ("Straße", "s", "[S]tra[ß]e");
  assert_matches ("Straße", "sse", "Stra[ße]");
  assert_matches ("ﬁona", "i", "[ﬁ]ona");
  assert_matches ("anana", "ana", "[anana]");
  assert_matches ("Ana Banana", "an b", "[An]a [Banan]a");
  assert_matches ("smith", "jones", "smith");
  assert_matches ("smith", "", "smith");
  assert_matches ("", "a", "");
  assert_matches ("田中 太郎", "中", "田[中] 太郎");
  assert_matches ("bad\xff", "bad", "bad\xff"); /* not text: nothing is marked */
}

static void
test_match_nothing (void)
{
  const char *const words[] = { "", NULL };
  g_autoptr (GArray) without = roster_find_matches ("text", NULL);
  g_autoptr (GArray) empty = roster_find_matches ("text", words);

  g_assert_cmpuint (without->len, ==, 0);
  g_assert_cmpuint (empty->len, ==, 0);
}

static void
test_query (void)
{
  g_autoptr (RosterQuery) query = roster_query_new ("  MAR\tmarch\xc2\xa0mar  ");
  g_autoptr (RosterQuery) empty = roster_query_new (" \n");
  g_autoptr (RosterQuery) marks = roster_query_new ("\xcc\x81");
  g_autoptr (RosterQuery) null = roster_query_new (NULL);
  const char *const *words = roster_query_get_words (query);

  g_assert_cmpuint (g_strv_length ((GStrv)words), ==, 2);
  g_assert_true (g_strv_contains (words, "mar"));
  g_assert_true (g_strv_contains (words, "march"));
  g_assert_false (roster_query_is_empty (query));
  g_assert_true (roster_query_is_empty (empty));
  g_assert_true (roster_query_is_empty (marks));
  g_assert_true (roster_query_is_empty (null));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/table", test_fold_table);
  g_test_add_func ("/fold/every-character", test_fold_every_character);
  g_test_add_func ("/fold/matches", test_matches);
  g_test_add_func ("/fold/match-nothing", test_match_nothing);
  g_test_add_func ("/fold/query", test_query);
  return g_test_run ();
}
