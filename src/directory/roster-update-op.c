/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the draft.
 *
 * | state     | known to be true                                                          |
 * |-----------|---------------------------------------------------------------------------|
 * | READING   | nothing was changed: nothing was sent yet, or the only PATCH was answered  |
 * |           | with 412; GET is on its way, to see whether others changed what is edited  |
 * | SENDING   | nobody changed what is edited; `meant` is the draft over `fresh`, what the |
 * |           | service had a moment ago; PATCH is on its way                              |
 * | READING_  | PATCH ended, in `refusal` when not well; unless that proves that nothing   |
 * | BACK      | was done, the service may have changed something (WSO2's is not atomic);   |
 * |           | GET is on its way                                                          |
 *
 * A write never repeats by itself, with one exception, once: 412 proves that nothing was done, and
 * says that somebody else was faster, not with what. So it leads back to READING. Where they
 * changed what is edited here that ends as every conflict does; where they changed something else
 * the PATCH is sent again with the new version, for else a service that is written to all the time
 * (last sign-ins, counters) could not be written to by people at all. Where the version is the same
 * as before, the service does not compare with what it shows (RFC 9110 lets no weak version match),
 * and the comparison just made has to do in its place, as where there is no version. A second 412
 * is told.
 *
 * 404 to a GET, before or after the PATCH, means that the user is gone: what was typed stays in the
 * draft, to be copied. */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "directory/roster-comparison.h"
#include "directory/roster-directory-private.h"
#include "directory/roster-draft-private.h"
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
  RosterDirectory *directory;
  char *id;
  RosterDraft *draft; /* as it was typed */
  RosterDraft *meant; /* nullable: over `fresh` */
  ScimResource *fresh;
  ScimPatch *patch;
  char *etag;      /* nullable: of what PATCH expects */
  gboolean again;  /* 412 was the answer to the first PATCH */
  GError *refusal; /* nullable: of PATCH */
} UpdateOp;

static void next (GTask *task);

static void
update_op_free (gpointer data)
{
  UpdateOp *op = data;

  g_clear_object (&op->client);
  g_clear_object (&op->draft);
  g_clear_object (&op->meant);
  g_clear_pointer (&op->fresh, scim_resource_unref);
  g_clear_pointer (&op->patch, scim_patch_unref);
  g_clear_error (&op->refusal);
  g_clear_object (&op->directory);
  g_free (op->etag);
  g_free (op->id);
  g_free (op);
}

static void
return_conflict (GTask *task)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (GPtrArray) conflicts = roster_conflicts_find (op->draft, op->fresh);
  g_autoptr (GString) body = g_string_new (_ ("Nothing of yours was written."));

  for (guint i = 0; i < conflicts->len; i++)
    {
      RosterConflictItem *conflict = g_ptr_array_index (conflicts, i);
      const char *label = roster_conflict_item_get_label (conflict);
      const char *theirs = roster_conflict_item_get_theirs_text (conflict);

      g_string_append_c (body, '\n');
      if (*theirs == '\0')
        /* Translators: %s is the name of an attribute. */
        g_string_append_printf (body, _ ("%s was removed."), label);
      else
        /* Translators: the name of an attribute, then its value. */
        g_string_append_printf (body, _ ("%s is now “%s”."), label, theirs);
    }
  roster_profile_set_conflicts (profile, op->fresh, conflicts);
  roster_profile_return_texts (
    task, ROSTER_OUTCOME_NOT_DONE, _ ("Somebody else changed the profile"),
    g_string_free (g_steal_pointer (&body), FALSE),
    g_strdup (_ ("Your changes are kept. Choose what is to become of each of them, then update "
                 "again.")),
    ROSTER_OFFER_RESOLVE);
}

/* Takes the comparison over into the profile. */
static RosterOutcomeOffer
keep_differences (RosterProfile *profile, RosterComparison *comparison)
{
  RosterOutcomeOffer offer =
    roster_repair_is_needed (comparison) ? ROSTER_OFFER_REPAIR : ROSTER_OFFER_NONE;

  roster_profile_take_comparison (profile, comparison);
  return offer;
}

static char *
dup_repair_step (RosterOutcomeOffer offer)
{
  return offer == ROSTER_OFFER_REPAIR
           ? g_strdup (_ ("Repair the profile: what was meant is written once more, as a whole."))
           : NULL;
}

/* The draft was written. */
static void
return_done (GTask *task, ScimResource *shown, RosterComparison *comparison, const char *reason)
{
  RosterProfile *profile = g_task_get_source_object (task);
  g_autofree char *differences = roster_comparison_dup_text (comparison);
  const char *title = differences == NULL ? _ ("The profile was updated")
                                          : _ ("The profile was updated, with differences");
  RosterOutcomeOffer offer;

  roster_profile_adopt (profile, shown, NULL);
  offer = keep_differences (profile, comparison);
  roster_profile_return_texts (task, ROSTER_OUTCOME_DONE, title,
                               roster_outcome_join_lines (reason, differences),
                               dup_repair_step (offer), offer);
}

static void
return_read_back (GTask *task, ScimResource *shown)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  RosterComparison *comparison = roster_comparison_new (op->meant, shown);
  g_autoptr (RosterDraft) kept = NULL;
  g_autofree char *differences = NULL;
  RosterOutcomeOffer offer;

  if (comparison->n_untouched != comparison->n_edited)
    {
      return_done (task, shown, comparison, NULL);
      return;
    }
  kept = roster_draft_rebase (op->meant, shown, NULL);
  differences = roster_comparison_dup_text (comparison);
  roster_profile_adopt (profile, shown, kept);
  offer = keep_differences (profile, comparison);
  roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE,
                               _ ("The service accepted the change but did not make it"),
                               g_steal_pointer (&differences), dup_repair_step (offer), offer);
}

/* Not done, or not all of it: the edits stay. */
static void
return_kept (GTask *task, ScimResource *shown, RosterComparison *comparison, const char *reason)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  gboolean is_untouched = comparison->n_untouched == comparison->n_edited;
  g_autoptr (RosterDraft) kept = roster_draft_rebase (op->meant, shown, NULL);
  g_autofree char *differences = roster_comparison_dup_text (comparison);
  RosterOutcomeOffer offer;

  comparison->edits_wait = TRUE;
  roster_profile_adopt (profile, shown, kept);
  offer = keep_differences (profile, comparison);
  if (is_untouched && offer == ROSTER_OFFER_NONE)
    roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                                 roster_outcome_join_lines (reason, _ ("Nothing was changed.")),
                                 roster_outcome_dup_next_step (op->refusal),
                                 roster_outcome_offer_for_error (op->refusal));
  else
    roster_profile_return_texts (
      task, ROSTER_OUTCOME_NOT_DONE, _ ("Only a part of the changes was made"),
      roster_outcome_join_lines (reason, differences),
      offer == ROSTER_OFFER_REPAIR ? dup_repair_step (offer)
                                   : roster_outcome_dup_next_step (op->refusal),
      offer == ROSTER_OFFER_REPAIR ? offer : roster_outcome_offer_for_error (op->refusal));
}

/* PATCH failed: what the service shows decides what is said. */
static void
return_refusal (GTask *task, ScimResource *shown)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterComparison *comparison = roster_comparison_new (op->meant, shown);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal);
  g_autofree char *all = NULL;

  if (comparison->n_kept != comparison->n_edited || comparison->n_untouched == comparison->n_edited)
    {
      return_kept (task, shown, comparison, reason);
      return;
    }
  all = roster_outcome_join_lines (reason, _ ("The service shows all changes nevertheless."));
  return_done (task, shown, comparison, all);
}

static void
return_unread (GTask *task, const GError *error)
{
  UpdateOp *op = g_task_get_task_data (task);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal ? op->refusal : error);
  const char *title = op->refusal == NULL
                        ? _ ("The service accepted the change, but it could not be read back")
                        : _ ("It is not known whether the profile was updated");
  const char *known = op->refusal == NULL
                        ? _ ("It is not known what the service kept. Your changes stay here.")
                        : _ ("The service could not be asked afterwards. Your changes stay here.");
  char *next_step = roster_outcome_dup_next_step (error);

  if (next_step == NULL)
    next_step = g_strdup (_ ("Update again later: the service is read first, and only what is "
                             "missing is written."));
  roster_profile_return_texts (task, ROSTER_OUTCOME_UNKNOWN, title,
                               roster_outcome_join_lines (reason, known), next_step,
                               roster_outcome_offer_for_error (error));
}

/* Nothing was changed, for sure. */
static void
return_unsent (GTask *task, const GError *error, const char *known)
{
  g_autofree char *reason = roster_outcome_dup_error_text (error);

  roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                               roster_outcome_join_lines (reason, known),
                               roster_outcome_dup_next_step (error),
                               roster_outcome_offer_for_error (error));
}

static void
read_back_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpdateOp *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) shown = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    roster_profile_return_gone (task);
  else if (shown == NULL)
    return_unread (task, error);
  else if (op->refusal == NULL)
    return_read_back (task, shown);
  else
    return_refusal (task, shown);
}

static void
read_again (GTask *task)
{
  UpdateOp *op = g_task_get_task_data (task);

  op->again = TRUE;
  g_clear_error (&op->refusal);
  g_clear_object (&op->meant);
  g_clear_pointer (&op->fresh, scim_resource_unref);
  g_clear_pointer (&op->patch, scim_patch_unref);
  op->state = READING;
  next (task);
}

static void
patched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpdateOp *op = g_task_get_task_data (task);

  /* What the answer holds is not trusted: it may leave attributes out. */
  scim_client_patch_finish (SCIM_CLIENT (object), result, NULL, &op->refusal);
  if (op->etag != NULL && !op->again &&
      g_error_matches (op->refusal, SCIM_ERROR, SCIM_ERROR_PRECONDITION_FAILED))
    {
      read_again (g_steal_pointer (&task));
      return;
    }
  if (op->refusal != NULL && roster_profile_is_refusal (op->refusal))
    {
      return_unsent (task, op->refusal, _ ("Nothing was changed. Your changes stay here."));
      return;
    }
  op->state = READING_BACK;
  next (g_steal_pointer (&task));
}

static void
check_fresh (GTask *task)
{
  g_autoptr (GTask) taken = task;
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (GPtrArray) conflicts = NULL;

  op->meant = roster_draft_rebase (op->draft, op->fresh, &conflicts);
  op->patch = roster_draft_dup_patch (op->meant);
  if (conflicts->len > 0)
    {
      return_conflict (task);
      return;
    }
  roster_profile_set_conflicts (profile, NULL, NULL);
  if (scim_patch_get_n (op->patch) == 0)
    {
      roster_profile_adopt (profile, op->fresh, NULL);
      roster_profile_return_texts (task, ROSTER_OUTCOME_DONE,
                                   _ ("The service has these values already"), NULL, NULL,
                                   ROSTER_OFFER_NONE);
      return;
    }
  op->state = SENDING;
  next (g_steal_pointer (&taken));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpdateOp *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  op->fresh = scim_client_get_finish (SCIM_CLIENT (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (op->fresh != NULL)
    check_fresh (g_steal_pointer (&task));
  else if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    roster_profile_return_gone (task);
  else
    return_unsent (task, error,
                   op->again ? _ ("Nothing was changed. Your changes stay here.")
                             : _ ("Nothing was sent. Your changes stay here."));
}

static void
send_patch (GTask *task)
{
  UpdateOp *op = g_task_get_task_data (task);
  const ScimDialect *dialect = scim_client_get_dialect (op->client);
  g_autoptr (GBytes) body = dialect->wrap_operations (
    op->patch, roster_draft_get_target (op->meant), roster_draft_get_schemas (op->meant));
  g_autofree char *etag = scim_resource_dup_text (op->fresh, "meta.version");

  if (op->again && g_strcmp0 (etag, op->etag) == 0)
    g_clear_pointer (&etag, g_free);
  g_free (op->etag);
  op->etag = g_steal_pointer (&etag);
  scim_client_patch_async (op->client, op->id, body, op->etag, NULL, patched_cb, task);
}

static void
next (GTask *task)
{
  UpdateOp *op = g_task_get_task_data (task);

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
roster_update_op_start (GTask *task)
{
  g_autoptr (GTask) taken = task;
  RosterProfile *profile = g_task_get_source_object (task);
  ScimClient *client = roster_profile_get_client (profile);
  RosterDraft *draft = roster_profile_get_draft (profile);
  UpdateOp *op;

  if (client == NULL)
    {
      roster_profile_return_outcome (task, roster_profile_new_closed_outcome ());
      return;
    }
  if (!roster_draft_get_valid (draft))
    {
      roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                                   g_strdup (_ ("A value is not valid. Nothing was sent.")),
                                   g_strdup (_ ("Correct the marked values and update again.")),
                                   ROSTER_OFFER_NONE);
      return;
    }
  op = g_new0 (UpdateOp, 1);
  op->client = g_object_ref (client);
  op->directory = g_object_ref (roster_profile_get_directory (profile));
  op->id = g_strdup (roster_profile_get_id (profile));
  op->draft = g_object_ref (draft);
  g_task_set_task_data (task, op, update_op_free);
  next (g_steal_pointer (&taken));
}
