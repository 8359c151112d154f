/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-outcome.h"

G_BEGIN_DECLS

/* AdwStatusPage reads its description as markup; what services say is none. text: plain,
 * nullable. */
void roster_status_page_set_text (AdwStatusPage *page, const char *text);
/* What failed, the service's own words, and what to do next. */
void roster_status_page_set_outcome (AdwStatusPage *page, const RosterOutcome *outcome);

G_END_DECLS
