/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-outcome-private.h"

#include <gio/gio.h>
#include "client/scim-client-error.h"
#include "scim/scim-error.h"

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
  RosterOutcome *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = roster_outcome_new (self->kind, g_strdup (self->title), g_strdup (self->body),
                             g_strdup (self->next_step));
  copy->offer = self->offer;
  return copy;
}

static RosterOutcomeOffer
offer_for_scim_error (int code)
{
  switch (code)
    {
    case SCIM_ERROR_SIGN_IN:
      return ROSTER_OFFER_SIGN_IN_AGAIN;
    case SCIM_ERROR_CONTRADICTION:
    case SCIM_ERROR_INVALID_JSON:
    case SCIM_ERROR_PRECONDITION_FAILED:
    case SCIM_ERROR_TOO_MANY_REQUESTS:
    case SCIM_ERROR_SERVER:
      return ROSTER_OFFER_TRY_AGAIN;
    default:
      return ROSTER_OFFER_NONE;
    }
}

RosterOutcomeOffer
roster_outcome_offer_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, ROSTER_OFFER_NONE);

  if (error->domain == SCIM_ERROR)
    return offer_for_scim_error (error->code);
  if (g_error_matches (error, SCIM_CLIENT_ERROR, SCIM_CLIENT_ERROR_CUT_SHORT))
    return ROSTER_OFFER_READ_AGAIN;
  /* What the network does may pass; a certificate does not become another one. */
  return error->domain == SCIM_CLIENT_ERROR || error->domain == G_IO_ERROR ||
             error->domain == G_RESOLVER_ERROR
           ? ROSTER_OFFER_TRY_AGAIN
           : ROSTER_OFFER_NONE;
}

char *
roster_outcome_join_lines (const char *first, const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);
  return g_strdup_printf ("%s\n%s", first, second);
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
