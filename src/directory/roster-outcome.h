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

/* What fits as the next step, for a button beside the words. */
typedef enum
{
  ROSTER_OFFER_NONE,
  ROSTER_OFFER_TRY_AGAIN,     /* the same once more: nothing is done twice by it */
  ROSTER_OFFER_SIGN_IN_AGAIN, /* the credentials are not accepted any more */
  ROSTER_OFFER_READ_AGAIN,    /* only reading tells what happened; the write is not repeated */
  ROSTER_OFFER_RESOLVE,       /* roster_profile_get_conflicts () */
  ROSTER_OFFER_REPAIR,        /* roster_profile_get_differences () */
  ROSTER_OFFER_COPY_EDITS,    /* roster_profile_dup_edits_text (): the user is gone */
} RosterOutcomeOffer;

typedef struct
{
  RosterOutcomeKind kind;
  char *title;     /* one line: "The profile was updated", "The service refused the change" */
  char *body;      /* nullable: the service's own words, differences, what is known */
  char *next_step; /* nullable */
  RosterOutcomeOffer offer;
} RosterOutcome;

#define ROSTER_TYPE_OUTCOME (roster_outcome_get_type ())
GType roster_outcome_get_type (void);
/* Texts are taken. Nothing is offered yet. */
RosterOutcome *roster_outcome_new (RosterOutcomeKind kind,
                                   char *title,
                                   char *body,
                                   char *next_step);
/* The one place where an error becomes words: title as given (copied), the service's detail or the
 * transport's error in plain words as body, the next step and what is offered by the error's
 * code. */
RosterOutcome *roster_outcome_new_from_error (RosterOutcomeKind kind,
                                              const char *title,
                                              const GError *error);
/* What an error offers when asking again does no harm. */
RosterOutcomeOffer roster_outcome_offer_for_error (const GError *error);
RosterOutcome *roster_outcome_copy (const RosterOutcome *self);
void roster_outcome_free (RosterOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterOutcome, roster_outcome_free)

G_END_DECLS
