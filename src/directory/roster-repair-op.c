/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Setting right what a write left otherwise than it was meant.
 *
 * | state    | known to be true                                                            |
 * |----------|-----------------------------------------------------------------------------|
 * | READING  | nothing was sent; `seen` is what was meant beside what the service showed,  |
 * |          | and the person has seen the differences; GET is on its way                  |
 * | SENDING  | the service still shows what was seen in all that is written; PATCH is on   |
 * |          | its way, with the version of `fresh` where there is one                     |
 * | READING_ | PATCH ended, in `refusal` when not well; unless that proves that nothing    |
 * | BACK     | was done, the service may have changed something; GET is on its way         |
 *
 * Where somebody else changed what would be written in the meantime nothing is sent: the
 * differences are made anew and shown first. The PATCH is never repeated, also not after 412: the
 * person repairs again, which reads again. The draft is never written by a repair; it goes over
 * what was read. */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "directory/roster-outcome-private.h"
#include "directory/roster-repair.h"
#include "scim/scim-error.h"

typedef enum
{
  READING,
  SENDING,
  READING_BACK,
} State;

typedef struct
{
  State state;
  ScimClient *client;
  char *id;
  RosterComparison *seen;
  ScimResource *fresh;
  GError *refusal; /* nullable: of PATCH */
} RepairOp;

static void next (GTask *task);

static void
repair_op_free (gpointer data)
{
  RepairOp *op = data;

  g_clear_object (&op->client);
  g_clear_pointer (&op->seen, roster_comparison_free);
  g_clear_pointer (&op->fresh, scim_resource_unref);
  g_clear_error (&op->refusal);
  g_free (op->id);
  g_free (op);
}

/* Takes over what the service shows now; returns what still differs, owned by the profile. */
static RosterComparison *
take_shown (GTask *task, ScimResource *shown)
{
  RepairOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  RosterComparison *comparison = roster_comparison_new (op->seen->meant, shown);

  comparison->edits_wait = op->seen->edits_wait;
  roster_profile_absorb (profile, shown);
  roster_profile_take_comparison (profile, comparison);
  return comparison;
}

static void
return_done (GTask *task, const char *title, const char *body)
{
  roster_profile_return_texts (task, ROSTER_OUTCOME_DONE, title, g_strdup (body), NULL,
                               ROSTER_OFFER_NONE);
}

/* Somebody else changed what would be written. */
static void
return_changed (GTask *task)
{
  RepairOp *op = g_task_get_task_data (task);
  RosterComparison *comparison = take_shown (task, op->fresh);
  g_autofree char *differences = roster_comparison_dup_text (comparison);

  if (!roster_repair_is_needed (comparison))
    {
      return_done (task, _ ("The service has these values already"), differences);
      return;
    }
  roster_profile_return_texts (
    task, ROSTER_OUTCOME_NOT_DONE, _ ("Somebody else changed the profile"),
    roster_outcome_join_lines (
      _ ("Somebody else changed this profile in the meantime. Nothing of yours was written."),
      differences),
    g_strdup (_ ("Look at what differs now, and repair again if it is still to be as you meant.")),
    ROSTER_OFFER_REPAIR);
}

static void
return_read_back (GTask *task, ScimResource *shown)
{
  RepairOp *op = g_task_get_task_data (task);
  RosterComparison *comparison = take_shown (task, shown);
  g_autofree char *differences = roster_comparison_dup_text (comparison);
  g_autofree char *reason =
    op->refusal == NULL ? NULL : roster_outcome_dup_error_text (op->refusal);

  if (!roster_repair_is_needed (comparison))
    {
      g_autofree char *body = roster_outcome_join_lines (reason, differences);

      return_done (task, _ ("The profile was repaired"), body);
    }
  else if (op->refusal != NULL)
    roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not repaired"),
                                 roster_outcome_join_lines (reason, differences),
                                 roster_outcome_dup_next_step (op->refusal), ROSTER_OFFER_REPAIR);
  else
    /* To send the same a third time would change nothing. */
    roster_profile_return_texts (
      task, ROSTER_OUTCOME_NOT_DONE, _ ("The service does not keep what is written"),
      g_steal_pointer (&differences),
      g_strdup (_ ("Change it with the service’s own means, or ask whoever looks after it.")),
      ROSTER_OFFER_NONE);
}

static void
return_unread (GTask *task, const GError *error)
{
  RepairOp *op = g_task_get_task_data (task);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal ? op->refusal : error);

  roster_profile_return_texts (
    task, ROSTER_OUTCOME_UNKNOWN, _ ("It is not known whether the profile was repaired"),
    roster_outcome_join_lines (reason, _ ("The service could not be asked afterwards.")),
    g_strdup (_ ("Repair again later: the service is read first.")), ROSTER_OFFER_REPAIR);
}

/* Nothing was changed, for sure. */
static void
return_unsent (GTask *task, const GError *error, const char *known)
{
  RosterOutcomeOffer offer = roster_outcome_offer_for_error (error);
  g_autofree char *reason = roster_outcome_dup_error_text (error);

  roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not repaired"),
                               roster_outcome_join_lines (reason, known),
                               roster_outcome_dup_next_step (error),
                               offer == ROSTER_OFFER_SIGN_IN_AGAIN ? offer : ROSTER_OFFER_REPAIR);
}

static void
read_back_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) shown = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (shown != NULL)
    return_read_back (task, shown);
  else if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    roster_profile_return_gone (task);
  else
    return_unread (task, error);
}

static void
patched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RepairOp *op = g_task_get_task_data (task);

  scim_client_patch_finish (SCIM_CLIENT (object), result, NULL, &op->refusal);
  if (op->refusal != NULL && roster_profile_is_refusal (op->refusal))
    {
      return_unsent (task, op->refusal, _ ("Nothing was changed."));
      return;
    }
  op->state = READING_BACK;
  next (g_steal_pointer (&task));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RepairOp *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  op->fresh = scim_client_get_finish (SCIM_CLIENT (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    roster_profile_return_gone (task);
  else if (op->fresh == NULL)
    return_unsent (task, error, _ ("Nothing was sent."));
  else if (!roster_repair_is_current (op->seen, op->fresh))
    return_changed (task);
  else
    {
      op->state = SENDING;
      next (g_steal_pointer (&task));
    }
}

static void
send_patch (GTask *task)
{
  RepairOp *op = g_task_get_task_data (task);
  const ScimDialect *dialect = scim_client_get_dialect (op->client);
  g_autoptr (ScimResource) target = NULL;
  g_autoptr (ScimPatch) patch = roster_repair_dup_patch (op->seen, &target);
  g_autoptr (GBytes) body =
    dialect->wrap_operations (patch, target, roster_draft_get_schemas (op->seen->meant));
  g_autofree char *etag = scim_resource_dup_text (op->fresh, "meta.version");

  scim_client_patch_async (op->client, op->id, body, etag, NULL, patched_cb, task);
}

static void
next (GTask *task)
{
  RepairOp *op = g_task_get_task_data (task);

  switch (op->state)
    {
    case READING:
      scim_client_get_async (op->client, op->id, NULL, g_task_get_cancellable (task), read_cb,
                             task);
      break;
    case SENDING:
      send_patch (task);
      break;
    case READING_BACK:
      scim_client_get_async (op->client, op->id, NULL, NULL, read_back_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
roster_repair_op_start (GTask *task)
{
  g_autoptr (GTask) taken = task;
  RosterProfile *profile = g_task_get_source_object (task);
  ScimClient *client = roster_profile_get_client (profile);
  RosterComparison *comparison = roster_profile_get_comparison (profile);
  RepairOp *op;

  if (client == NULL)
    {
      roster_profile_return_outcome (task, roster_profile_new_closed_outcome ());
      return;
    }
  if (comparison == NULL || !roster_repair_is_needed (comparison))
    {
      return_done (task, _ ("There is nothing to repair"), NULL);
      return;
    }
  op = g_new0 (RepairOp, 1);
  op->client = g_object_ref (client);
  op->id = g_strdup (roster_profile_get_id (profile));
  /* The profile's own may go while this is under way. */
  op->seen = roster_comparison_new (comparison->meant, comparison->shown);
  op->seen->edits_wait = comparison->edits_wait;
  g_task_set_task_data (task, op, repair_op_free);
  next (g_steal_pointer (&taken));
}
