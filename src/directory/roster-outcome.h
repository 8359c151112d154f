/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* How something ended, in words for people: what failed, the service's own words, what is known to
 * have changed, and what to do next. Texts are plain (never markup), translated, safe to
 * display. */
typedef enum
{
  ROSTER_OUTCOME_DONE,
  ROSTER_OUTCOME_NOT_DONE,
  ROSTER_OUTCOME_UNKNOWN, /* the service could not be asked afterwards, or does not show it */
} RosterOutcomeKind;

typedef struct
{
  RosterOutcomeKind kind;
  char *title;     /* one line: "The profile was updated", "The service refused the change" */
  char *body;      /* nullable: the service's own words, differences, what is known */
  char *next_step; /* nullable */
} RosterOutcome;

#define ROSTER_TYPE_OUTCOME (roster_outcome_get_type ())
GType roster_outcome_get_type (void);
/* Texts are taken. */
RosterOutcome *roster_outcome_new (RosterOutcomeKind kind,
                                   char *title,
                                   char *body,
                                   char *next_step);
/* The one place where an error becomes words: title as given (copied), the service's detail or the
 * transport's error in plain words as body, the next step by the error's code. */
RosterOutcome *roster_outcome_new_from_error (RosterOutcomeKind kind,
                                              const char *title,
                                              const GError *error);
RosterOutcome *roster_outcome_copy (const RosterOutcome *self);
void roster_outcome_free (RosterOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterOutcome, roster_outcome_free)

G_END_DECLS
