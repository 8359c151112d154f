/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is said of reading all users, for the header and the banner. Translated, plain text. */

/* "Reading users… 1,200" */
char *roster_reading_dup_progress (guint n_read);
/* "Waiting for the service · trying again in 12 s" */
char *roster_reading_dup_wait (guint seconds);
/* Why it ended early, what is shown nevertheless, and what to do; several lines. was_complete:
 * there was a whole list before. n_shown: users in the list now. total: the service's, -1 when not
 * said. */
char *roster_reading_dup_failure (const GError *error,
                                  gboolean was_complete,
                                  guint n_shown,
                                  gint64 total);

G_END_DECLS
