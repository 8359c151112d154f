/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fresh data is, in words: "Updated just now", "Updated 2 minutes ago", "Updated at 14:02".
 * Both in Unix seconds; NULL when updated is 0. */
char *roster_age_text (gint64 updated, gint64 now);

G_END_DECLS
