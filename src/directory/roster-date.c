/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "config.h"

#include "directory/roster-date.h"
#include "directory/roster-labels.h"

#include <glib/gi18n.h>
#include <string.h>
#include <time.h>

static const char *
get_format (void)
{
  /* The form that roster_label_date_time () shows, so that what is shown can be typed. */
  return _ ("%Y-%m-%d %H:%M");
}

char *
roster_date_dup_display (const char *text)
{
  g_autofree char *normal = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  normal = roster_date_time_normalize (text);
  return normal == NULL ? NULL : roster_label_date_time (text);
}

char *
roster_date_dup_moment (gint64 milliseconds)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (milliseconds / 1000);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  if (when == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, milliseconds);
  if (g_date_time_get_year (when) == g_date_time_get_year (now) &&
      g_date_time_get_day_of_year (when) == g_date_time_get_day_of_year (now))
    /* Translators: a time of day as g_date_time_format() writes it. */
    return g_date_time_format (when, _ ("%H:%M"));
  return g_date_time_format (when, get_format ());
}

static GDateTime *
parse_with (const char *text, const char *format)
{
  struct tm tm = { 0 };
  const char *end = strptime (text, format, &tm);

  if (end == NULL || *end != '\0')
    return NULL;
  return g_date_time_new_local (tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                                0);
}

GDateTime *
roster_date_new_from_typed (const char *text, gboolean *has_time)
{
  const char *const formats[] = { get_format (), "%Y-%m-%d %H:%M", NULL };
  g_autofree char *trimmed = NULL;
  GDateTime *when;

  g_return_val_if_fail (text != NULL, NULL);

  if (has_time != NULL)
    *has_time = TRUE;
  trimmed = g_strstrip (g_strdup (text));
  for (guint i = 0; formats[i] != NULL; i++)
    {
      when = parse_with (trimmed, formats[i]);
      if (when != NULL)
        return when;
    }
  if (strchr (trimmed, 'T') != NULL)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

      return g_date_time_new_from_iso8601 (trimmed, zone);
    }

  if (has_time != NULL)
    *has_time = FALSE;
  when = parse_with (trimmed, "%Y-%m-%d");
  /* The locale's own form of a day; years of two digits are nobody's intention. */
  if (when == NULL)
    when = parse_with (trimmed, "%x");
  if (when != NULL && g_date_time_get_year (when) < 1000)
    g_clear_pointer (&when, g_date_time_unref);
  return when;
}
