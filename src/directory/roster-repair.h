/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-comparison.h"

G_BEGIN_DECLS

/* What it takes to lead from what a service shows to what was meant. Everything is written in whole
 * containers (a complex attribute, a multi-valued one, an extension that lost members), so that a
 * service that replaces such a container when a part of it is written cannot lose another part. */

/* Is there anything that a repair would write? */
gboolean roster_repair_is_needed (RosterComparison *comparison);
/* Does the service still show what the comparison saw, in all that would be written? */
gboolean roster_repair_is_current (RosterComparison *comparison, ScimResource *fresh);
/* *target (out): the resource that it leads to. */
ScimPatch *roster_repair_dup_patch (RosterComparison *comparison, ScimResource **target);

G_END_DECLS
