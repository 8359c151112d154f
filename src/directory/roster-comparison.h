/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-draft.h"

G_BEGIN_DECLS

/* What a service kept of an update: what was meant, beside what it shows afterwards. Tolerant of
 * what services normalize: a bare string for an object, text for a boolean, another form of the
 * same moment, no `primary`. */
typedef struct
{
  guint n_edited;    /* attributes that were edited */
  guint n_kept;      /* of these: as meant, or waiting for confirmation */
  guint n_untouched; /* of these: still as they were */
  GPtrArray
    *messages; /* sentences, translated: what differs, what waits, what was lost beside it */
} RosterComparison;

/* meant: the draft over what the service had (its base); shown: what it has now. */
RosterComparison *roster_comparison_new (RosterDraft *meant, ScimResource *shown);
void roster_comparison_free (RosterComparison *self);
/* All messages, one a line; NULL when there are none. */
char *roster_comparison_dup_text (RosterComparison *self);

/* Raw JSON of an attribute in few words for people; "" for nothing. */
char *roster_comparison_dup_value (ScimNode node);
/* The name of the attribute at a path. */
char *roster_comparison_dup_label (ScimSchemas *schemas, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterComparison, roster_comparison_free)

G_END_DECLS
