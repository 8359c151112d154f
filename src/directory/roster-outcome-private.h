/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-outcome.h"

G_BEGIN_DECLS

/* The parts of roster_outcome_new_from_error, for outcomes that say more than the error.
 * Translated and safe for display. */
char *roster_outcome_dup_error_text (const GError *error);
char *roster_outcome_dup_next_step (const GError *error); /* nullable */
/* What there is of both, one a line; takes nothing. */
char *roster_outcome_join_lines (const char *first, const char *second);

G_END_DECLS
