/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-profile.h"

#include <string.h>

static gboolean
has_any (const char *text, const char *set)
{
  return strpbrk (text, set) != NULL;
}

static void
test_shape (void)
{
  for (guint i = 0; i < 500; i++)
    {
      char *password = roster_password_generate ();
      gsize length = strlen (password);

      g_assert_cmpuint (length, >=, 16);
      g_assert_cmpuint (length, <=, 20);
      g_assert_true (has_any (password, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
      g_assert_true (has_any (password, "abcdefghijklmnopqrstuvwxyz"));
      g_assert_true (has_any (password, "0123456789"));
      g_assert_true (has_any (password, "-"));
      /* What is taken for each other when it is read out. */
      g_assert_false (has_any (password, "IlO01oi"));
      roster_password_free (password);
    }
}

static void
test_spread (void)
{
  guint counts[256] = { 0 };
  guint n_seen = 0;
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 2000; i++)
    {
      char *password = roster_password_generate ();

      for (const char *at = password; *at != '\0'; at++)
        counts[(guchar)*at]++;
      g_assert_true (g_hash_table_add (all, g_strdup (password)));
      roster_password_free (password);
    }
  /* 49 characters of about 650 each: none is missing, none is twice as frequent. Digits are seen
   * more often, because one is always there. */
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      if (counts[i] == 0 || i == '-')
        continue;
      n_seen++;
      g_assert_cmpuint (counts[i], >, 400);
      g_assert_cmpuint (counts[i], <, 1300);
    }
  g_assert_cmpuint (n_seen, ==, 49);
  roster_password_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/password/shape", test_shape);
  g_test_add_func ("/directory/password/spread", test_spread);
  return g_test_run ();
}
