/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <sys/resource.h>
#include "app/roster-application.h"

/* A core file would hold passwords and tokens. The limit is 1, not 0: too small for any file, and
 * it also stops a core_pattern that is a pipe, which 0 does not (core(5)). The process stays
 * "dumpable": otherwise desktop portals could not look at it and would refuse to serve it, and
 * programs of the same user are no boundary anyway. */
static void
forbid_core_dumps (void)
{
  const struct rlimit limit = { .rlim_cur = 1, .rlim_max = 1 };

  if (setrlimit (RLIMIT_CORE, &limit) != 0)
    g_warning ("Core dumps could not be switched off");
}

int
main (int argc, char *argv[])
{
  g_autoptr (RosterApplication) application = NULL;

  forbid_core_dumps ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = roster_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
