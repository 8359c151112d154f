/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates as services write them and as people read them. */

/* An ISO 8601 dateTime, or epoch milliseconds as text (WSO2, SCIM-SERVICES section 3.7). NULL for
 * everything else, a date without time included. */
GDateTime *roster_date_new_from_service (const char *text);
/* Local time, padded to one width in every row: "2026-11-22 14:01" or the language's form. */
char *roster_date_format (GDateTime *when);
/* Both at once; NULL when the text is no dateTime. */
char *roster_date_dup_display (const char *text);
/* "14:02" when it is today, else as roster_date_format. milliseconds: since the Unix epoch. */
char *roster_date_dup_moment (gint64 milliseconds);

/* "2026-11-22". */
gboolean roster_date_is_day (const char *text);
/* What a person typed: an ISO date or dateTime, or the language's form. NULL when it is none.
 * *has_time (nullable out): it was more than a day. */
GDateTime *roster_date_new_from_typed (const char *text, gboolean *has_time);

G_END_DECLS
