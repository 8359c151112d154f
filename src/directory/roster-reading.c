/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-reading.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include "directory/roster-labels.h"
#include "directory/roster-outcome-private.h"

char *
roster_reading_dup_progress (guint n_read)
{
  g_autofree char *count = NULL;

  if (n_read == 0)
    return g_strdup (_ ("Reading users…"));

  count = roster_label_count (n_read);
  /* Translators: %s is how many users were read up to now: “Reading users… 1,200” */
  return g_strdup_printf (_ ("Reading users… %s"), count);
}

char *
roster_reading_dup_wait (guint seconds)
{
  /* Translators: %u is a number of seconds; “s” is their unit: the text changes every second and is
   * short. */
  return g_strdup_printf (_ ("Waiting for the service · trying again in %u s"), seconds);
}

/* A total below what is shown is no total. */
static char *
dup_shown (guint n_shown, gint64 total)
{
  g_autofree char *shown = roster_label_count (n_shown);
  g_autofree char *of = NULL;

  if (total <= (gint64)n_shown)
    /* Translators: %s is how many users are in the list: “1,200 users are shown” */
    return g_strdup_printf (ngettext ("%s user is shown", "%s users are shown", n_shown), shown);

  of = roster_label_count ((guint64)total);
  /* Translators: how many users are in the list, and how many there are: “300 of 1,204 users are
   * shown” */
  return g_strdup_printf (_ ("%s of %s users are shown"), shown, of);
}

char *
roster_reading_dup_failure (const GError *error, gboolean was_complete, guint n_shown, gint64 total)
{
  g_autofree char *shown = dup_shown (n_shown, total);
  g_autofree char *reason = NULL;
  g_autofree char *next_step = NULL;
  g_autofree char *why = NULL;
  g_autofree char *title = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: %s is “300 of 1,204 users are shown” */
    return g_strdup_printf (_ ("Reading the users was stopped · %s"), shown);

  if (was_complete)
    /* Translators: %s is “300 of 1,204 users are shown” */
    title = g_strdup_printf (_ ("The users could not be read again · %s"), shown);
  else
    /* Translators: %s is “300 of 1,204 users are shown” */
    title = g_strdup_printf (_ ("The users could not be read to the end · %s"), shown);
  reason = roster_outcome_dup_error_text (error);
  next_step = roster_outcome_dup_next_step (error);
  why = roster_outcome_join_lines (reason, next_step);

  return roster_outcome_join_lines (title, why);
}
