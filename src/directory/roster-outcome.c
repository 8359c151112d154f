/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-outcome.h"

G_DEFINE_BOXED_TYPE (RosterOutcome, roster_outcome, roster_outcome_copy, roster_outcome_free)

RosterOutcome *
roster_outcome_new (RosterOutcomeKind kind, char *title, char *body, char *next_step)
{
  RosterOutcome *self;

  g_return_val_if_fail (title != NULL, NULL);

  self = g_new0 (RosterOutcome, 1);
  self->kind = kind;
  self->title = title;
  self->body = body;
  self->next_step = next_step;
  return self;
}

RosterOutcome *
roster_outcome_copy (const RosterOutcome *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return roster_outcome_new (self->kind, g_strdup (self->title), g_strdup (self->body),
                             g_strdup (self->next_step));
}

void
roster_outcome_free (RosterOutcome *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->body);
  g_free (self->next_step);
  g_free (self);
}
