/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-draft.h"

G_BEGIN_DECLS

typedef enum
{
  ROSTER_LOSS_EDIT,   /* an edited attribute is not as it was meant */
  ROSTER_LOSS_PART,   /* a part of a complex attribute was lost beside one that was edited */
  ROSTER_LOSS_MEMBER, /* so was an attribute of an extension */
} RosterLossKind;

typedef struct
{
  char *path;
  RosterLossKind kind;
} RosterLoss;

/* What a service kept of an update: what was meant, beside what it shows afterwards. Tolerant of
 * what services normalize: a bare string for an object, text for a boolean, another form of the
 * same moment, no `primary`. */
typedef struct
{
  RosterDraft *meant;
  ScimResource *shown;

  guint n_edited;         /* attributes that were edited */
  guint n_kept;           /* of these: as meant, or waiting for confirmation */
  guint n_untouched;      /* of these: still as they were */
  GPtrArray *messages;    /* sentences, translated: what differs, what waits */
  GPtrArray *differences; /* RosterDifference: what differs, a row each */
  GPtrArray *losses;      /* RosterLoss: what would have to be written again */
  gboolean edits_wait;    /* the edits are still in the form: a repair leaves them alone */
} RosterComparison;

/* meant: the draft over what the service had (its base); shown: what it has now. */
RosterComparison *roster_comparison_new (RosterDraft *meant, ScimResource *shown);
void roster_comparison_free (RosterComparison *self);
/* All messages, one a line; NULL when there are none. */
char *roster_comparison_dup_text (RosterComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterComparison, roster_comparison_free)

G_END_DECLS
