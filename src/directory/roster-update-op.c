/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the draft.
 *
 * | state     | known to be true                                                          |
 * |-----------|---------------------------------------------------------------------------|
 * | READING   | nothing was sent; GET is on its way, to see whether others changed it      |
 * | SENDING   | nobody changed what is edited; `meant` is the draft over `fresh`, what the |
 * |           | service had a moment ago; PATCH is on its way                              |
 * | READING_  | PATCH ended, in `refusal` when not well; whatever it was, the service may  |
 * | BACK      | have changed something (WSO2's is not atomic); GET is on its way           |
 */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "directory/roster-comparison.h"
#include "directory/roster-directory-private.h"
#include "directory/roster-draft-private.h"
#include "directory/roster-outcome-private.h"

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
  g_free (op->id);
  g_free (op);
}

static void
return_texts (GTask *task, RosterOutcomeKind kind, const char *title, char *body, char *next_step)
{
  roster_profile_return_outcome (task,
                                 roster_outcome_new (kind, g_strdup (title), body, next_step));
}

/* Joins what there is, one a line; takes nothing. */
static char *
join_lines (const char *first, const char *second)
{
  if (first == NULL || second == NULL)
    return g_strdup (first != NULL ? first : second);
  return g_strdup_printf ("%s\n%s", first, second);
}

static void
return_conflict (GTask *task, GPtrArray *conflicts)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (GString) body =
    g_string_new (_ ("Somebody else changed this profile in the meantime. Nothing was sent."));

  for (guint i = 0; i < conflicts->len; i++)
    {
      const RosterConflict *conflict = g_ptr_array_index (conflicts, i);
      g_autofree char *label =
        roster_comparison_dup_label (roster_draft_get_schemas (op->draft), conflict->path);
      g_autofree char *theirs =
        roster_comparison_dup_value (scim_resource_get (op->fresh, conflict->path));

      g_string_append_c (body, '\n');
      if (*theirs == '\0')
        /* Translators: %s is the name of an attribute. */
        g_string_append_printf (body, _ ("%s was removed."), label);
      else
        /* Translators: the name of an attribute, then its value. */
        g_string_append_printf (body, _ ("%s is now “%s”."), label, theirs);
    }
  roster_profile_adopt (profile, op->fresh, op->meant);
  return_texts (
    task, ROSTER_OUTCOME_NOT_DONE, _ ("Somebody else changed the profile"),
    g_string_free (g_steal_pointer (&body), FALSE),
    g_strdup (_ ("Your changes are kept. Put back what should stay as theirs, or update "
                 "again to replace it.")));
}

static void
return_read_back (GTask *task, ScimResource *shown)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (RosterComparison) comparison = roster_comparison_new (op->meant, shown);
  g_autofree char *differences = roster_comparison_dup_text (comparison);
  const char *title;

  if (comparison->n_untouched == comparison->n_edited)
    {
      g_autoptr (RosterDraft) kept = roster_draft_rebase (op->meant, shown, NULL);

      roster_profile_adopt (profile, shown, kept);
      return_texts (task, ROSTER_OUTCOME_NOT_DONE,
                    _ ("The service accepted the change but did not make it"),
                    g_steal_pointer (&differences), NULL);
      return;
    }
  title = differences == NULL ? _ ("The profile was updated")
                              : _ ("The profile was updated, with differences");
  roster_profile_adopt (profile, shown, NULL);
  return_texts (task, ROSTER_OUTCOME_DONE, title, g_steal_pointer (&differences), NULL);
}

/* PATCH failed: what the service shows decides what is said. */
static void
return_refusal (GTask *task, ScimResource *shown)
{
  UpdateOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (RosterComparison) comparison = roster_comparison_new (op->meant, shown);
  g_autoptr (RosterDraft) kept = roster_draft_rebase (op->meant, shown, NULL);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal);
  g_autofree char *differences = roster_comparison_dup_text (comparison);
  g_autofree char *next_step = roster_outcome_dup_next_step (op->refusal);

  if (comparison->n_untouched == comparison->n_edited)
    {
      roster_profile_adopt (profile, shown, kept);
      return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                    join_lines (reason, _ ("Nothing was changed.")), g_steal_pointer (&next_step));
    }
  else if (comparison->n_kept == comparison->n_edited)
    {
      roster_profile_adopt (profile, shown, NULL);
      return_texts (task, ROSTER_OUTCOME_DONE, _ ("The profile was updated"),
                    join_lines (reason, _ ("The service shows all changes nevertheless.")), NULL);
    }
  else
    {
      roster_profile_adopt (profile, shown, kept);
      return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("Only a part of the changes was made"),
                    join_lines (reason, differences), g_steal_pointer (&next_step));
    }
}

static void
return_unread (GTask *task, const GError *error)
{
  UpdateOp *op = g_task_get_task_data (task);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal ? op->refusal : error);
  char *next_step = roster_outcome_dup_next_step (error);

  if (op->refusal == NULL)
    return_texts (
      task, ROSTER_OUTCOME_UNKNOWN,
      _ ("The service accepted the change, but it could not be read back"),
      join_lines (reason, _ ("It is not known what the service kept. Your changes stay here.")),
      next_step);
  else
    return_texts (task, ROSTER_OUTCOME_UNKNOWN,
                  _ ("It is not known whether the profile was updated"),
                  join_lines (reason, _ ("The service could not be asked afterwards. Your changes "
                                         "stay here.")),
                  next_step);
}

static void
read_back_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpdateOp *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) shown = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (shown == NULL)
    return_unread (task, error);
  else if (op->refusal == NULL)
    return_read_back (task, shown);
  else
    return_refusal (task, shown);
}

static void
patched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  UpdateOp *op = g_task_get_task_data (task);

  /* What the answer holds is not trusted: it may leave attributes out. */
  scim_client_patch_finish (SCIM_CLIENT (object), result, NULL, &op->refusal);
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
      return_conflict (task, conflicts);
      return;
    }
  if (scim_patch_get_n (op->patch) == 0)
    {
      roster_profile_adopt (profile, op->fresh, NULL);
      return_texts (task, ROSTER_OUTCOME_DONE, _ ("The service has these values already"), NULL,
                    NULL);
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
  g_autofree char *reason = NULL;

  op->fresh = scim_client_get_finish (SCIM_CLIENT (object), result, &error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (op->fresh != NULL)
    {
      check_fresh (g_steal_pointer (&task));
      return;
    }
  reason = roster_outcome_dup_error_text (error);
  return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                join_lines (reason, _ ("Nothing was sent. Your changes stay here.")),
                roster_outcome_dup_next_step (error));
}

static void
send_patch (GTask *task)
{
  UpdateOp *op = g_task_get_task_data (task);
  const ScimDialect *dialect = scim_client_get_dialect (op->client);
  g_autoptr (GBytes) body = dialect->wrap_operations (
    op->patch, roster_draft_get_target (op->meant), roster_draft_get_schemas (op->meant));
  g_autofree char *etag = scim_resource_dup_text (op->fresh, "meta.version");

  scim_client_patch_async (op->client, op->id, body, etag, NULL, patched_cb, task);
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
      return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The profile was not updated"),
                    g_strdup (_ ("A value is not valid. Nothing was sent.")),
                    g_strdup (_ ("Correct the marked values and update again.")));
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
