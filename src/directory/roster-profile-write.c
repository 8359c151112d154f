/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile asks of the service, and how that ends. Each operation has a file of its own. */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "scim/scim-error.h"

RosterOutcome *
roster_profile_new_closed_outcome (void)
{
  return roster_outcome_new (ROSTER_OUTCOME_NOT_DONE, g_strdup (_ ("The service is not connected")),
                             g_strdup (_ ("Nothing was sent.")),
                             g_strdup (_ ("Connect to the service and try again.")));
}

void
roster_profile_return_outcome (GTask *task, RosterOutcome *outcome)
{
  g_task_return_pointer (task, outcome, (GDestroyNotify)roster_outcome_free);
}

void
roster_profile_return_texts (GTask *task,
                             RosterOutcomeKind kind,
                             const char *title,
                             char *body,
                             char *next_step,
                             RosterOutcomeOffer offer)
{
  RosterOutcome *outcome = roster_outcome_new (kind, g_strdup (title), body, next_step);

  outcome->offer = offer;
  roster_profile_return_outcome (task, outcome);
}

gboolean
roster_profile_is_refusal (const GError *error)
{
  if (error->domain != SCIM_ERROR)
    return !scim_client_write_may_have_happened (error);
  switch (error->code)
    {
    case SCIM_ERROR_SIGN_IN:
    case SCIM_ERROR_PRECONDITION_FAILED:
    case SCIM_ERROR_TOO_MANY_REQUESTS:
      return TRUE;
    default:
      return FALSE;
    }
}

void
roster_profile_return_gone (GTask *task)
{
  RosterProfile *self = g_task_get_source_object (task);
  gboolean has_edits = roster_draft_get_n_changes (roster_profile_get_draft (self)) > 0;

  roster_profile_set_gone (self);
  roster_profile_return_texts (
    task, ROSTER_OUTCOME_NOT_DONE, _ ("The user does not exist any more"),
    g_strdup (_ ("Somebody deleted the user in the meantime.")),
    has_edits ? g_strdup (_ ("Copy your changes if they are still of use.")) : NULL,
    has_edits ? ROSTER_OFFER_COPY_EDITS : ROSTER_OFFER_NONE);
}

static GTask *
task_new (RosterProfile *self,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data,
          gpointer tag)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* A write that was sent has an outcome, whatever is cancelled in the meantime. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static RosterOutcome *
finish (RosterProfile *self, GAsyncResult *result, gpointer tag, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
roster_profile_update_async (RosterProfile *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  roster_update_op_start (
    task_new (self, cancellable, callback, user_data, roster_profile_update_async));
}

RosterOutcome *
roster_profile_update_finish (RosterProfile *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, roster_profile_update_async, error);
}

void
roster_profile_repair_async (RosterProfile *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  roster_repair_op_start (
    task_new (self, cancellable, callback, user_data, roster_profile_repair_async));
}

RosterOutcome *
roster_profile_repair_finish (RosterProfile *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, roster_profile_repair_async, error);
}

void
roster_profile_delete_async (RosterProfile *self,
                             const char *typed,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  roster_delete_op_start (
    task_new (self, cancellable, callback, user_data, roster_profile_delete_async), typed);
}

RosterOutcome *
roster_profile_delete_finish (RosterProfile *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, roster_profile_delete_async, error);
}

void
roster_profile_invite_async (RosterProfile *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  roster_invite_op_start (
    task_new (self, cancellable, callback, user_data, roster_profile_invite_async));
}

RosterOutcome *
roster_profile_invite_finish (RosterProfile *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, roster_profile_invite_async, error);
}

void
roster_profile_set_password_async (RosterProfile *self,
                                   const char *password,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));
  g_return_if_fail (password != NULL);

  roster_password_op_start (
    task_new (self, cancellable, callback, user_data, roster_profile_set_password_async), password);
}

RosterOutcome *
roster_profile_set_password_finish (RosterProfile *self, GAsyncResult *result, GError **error)
{
  return finish (self, result, roster_profile_set_password_async, error);
}
