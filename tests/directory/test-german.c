/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words at run time in a language with a catalogue: the one of the build folder, found as an
 * installed one is. */
#include "config.h"

#include "directory/roster-age.h"
#include "directory/roster-labels.h"
#include "directory/roster-users-sort.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <unistd.h>

/* What every system with glibc has, as a folder. */
#define C_LOCALE "/usr/lib/locale/C.utf8"

static void
assert_taken (char *actual, const char *expected)
{
  g_autofree char *text = actual;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_words (void)
{
  const gint64 noon = 1795348800; /* 2026-11-22 12:00 */

  g_assert_cmpstr (_ ("Delete User"), ==, "Benutzer löschen");
  g_assert_cmpstr (_ ("Customize Attributes"), ==, "Attribute anpassen");
  assert_taken (roster_label_common ("id"), "Benutzer-ID");
  assert_taken (roster_label_translate ("Family Name"), "Nachname");
  assert_taken (roster_age_text (noon - 86400, noon), "Am 21.11.2026 um 12:00 aktualisiert");
}

static void
test_contexts (void)
{
  g_assert_cmpstr (C_ ("choice", "Not set"), ==, "Nicht angegeben");
  g_assert_cmpstr (C_ ("shortcuts", "Search"), ==, "Suchen");
}

static void
test_plurals (void)
{
  const gint64 now = 1795348800;

  assert_taken (roster_users_make_count_text (1, 1, FALSE, TRUE), "1 Benutzer");
  assert_taken (roster_users_make_count_text (2, 2, FALSE, TRUE), "2 Benutzer");
  assert_taken (roster_users_make_count_text (1, 1, TRUE, TRUE), "1 von 1 Benutzer");
  assert_taken (roster_users_make_count_text (1, 2, TRUE, TRUE), "1 von 2 Benutzern");
  assert_taken (roster_age_text (now - 60, now), "Vor 1 Minute aktualisiert");
  assert_taken (roster_age_text (now - 120, now), "Vor 2 Minuten aktualisiert");
}

/* What the service names and no catalogue knows stays as it is. */
static void
test_others (void)
{
  assert_taken (roster_label_translate ("Zzz"), "Zzz");
  assert_taken (roster_label_translate (""), "");
}

/* The C locale under a German name: German ones are rarely installed, and from 2.39 on glibc
 * translates nothing in a locale that is called C, C.UTF-8 neither. */
static gboolean
speak_german (void)
{
  g_autofree char *folder = g_dir_make_tmp ("roster-german-XXXXXX", NULL);
  g_autofree char *german = g_build_filename (folder, "de_DE.utf8", NULL);
  gboolean found = FALSE;

  g_assert_no_errno (symlink (C_LOCALE, german));
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LANGUAGE", "de", TRUE);
  found = setlocale (LC_ALL, "de_DE.UTF-8") != NULL;
  g_assert_no_errno (g_unlink (german));
  g_assert_no_errno (g_rmdir (folder));
  return found;
}

int
main (int argc, char *argv[])
{
  g_autofree char *catalogues = NULL;

  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  if (!speak_german ())
    {
      g_print ("1..0 # SKIP no C.utf8 locale in /usr/lib/locale\n");
      return 0;
    }

  catalogues = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  g_test_add_func ("/directory/german/words", test_words);
  g_test_add_func ("/directory/german/contexts", test_contexts);
  g_test_add_func ("/directory/german/plurals", test_plurals);
  g_test_add_func ("/directory/german/others", test_others);

  return g_test_run ();
}
