/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-age.h"

#define MINUTE 60
#define HOUR   (60 * MINUTE)

char *
roster_age_text (gint64 updated, gint64 now)
{
  g_autoptr (GDateTime) then = NULL;
  g_autoptr (GDateTime) today = NULL;
  gint64 age = now - updated;

  if (updated <= 0)
    return NULL;
  if (age < MINUTE)
    return g_strdup (_ ("Updated just now"));
  if (age < HOUR)
    return g_strdup_printf (
      ngettext ("Updated %d minute ago", "Updated %d minutes ago", (gulong)(age / MINUTE)),
      (int)(age / MINUTE));

  then = g_date_time_new_from_unix_local (updated);
  today = g_date_time_new_from_unix_local (now);
  if (then == NULL || today == NULL)
    return NULL;

  if (g_date_time_get_year (then) == g_date_time_get_year (today) &&
      g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (today))
    /* Translators: a time of today, as g_date_time_format() writes it */
    return g_date_time_format (then, _ ("Updated at %H:%M"));

  /* Translators: a date with its time, as g_date_time_format() writes it */
  return g_date_time_format (then, _ ("Updated on %Y-%m-%d %H:%M"));
}
