/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates as people read and type them. */

/* As roster_label_date_time, but NULL when the text is no dateTime. */
char *roster_date_dup_display (const char *text);
/* "14:02" when it is today, else with the day. milliseconds: since the Unix epoch. */
char *roster_date_dup_moment (gint64 milliseconds);

/* What a person typed: an ISO date or dateTime, or the language's form. NULL when it is none.
 * *has_time (nullable out): it was more than a day. */
GDateTime *roster_date_new_from_typed (const char *text, gboolean *has_time);

G_END_DECLS
