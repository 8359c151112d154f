/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting a user.
 *
 * | state     | known to be true                                                          |
 * |-----------|---------------------------------------------------------------------------|
 * | DELETING  | the name was typed; DELETE is on its way                                  |
 * | RESOLVING | DELETE ended without a clear answer; it may have been carried out; GET    |
 * |           | is on its way                                                             |
 */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "directory/roster-directory-private.h"
#include "directory/roster-outcome-private.h"

typedef enum
{
  DELETING,
  RESOLVING,
} State;

typedef struct
{
  State state;
  ScimClient *client;
  RosterDirectory *directory;
  char *id;
  char *title;
  GError *error; /* of DELETE */
} DeleteOp;

static void next (GTask *task);

static void
delete_op_free (gpointer data)
{
  DeleteOp *op = data;

  g_clear_object (&op->client);
  g_clear_object (&op->directory);
  g_clear_error (&op->error);
  g_free (op->id);
  g_free (op->title);
  g_free (op);
}

static void
return_deleted (GTask *task, const char *body)
{
  DeleteOp *op = g_task_get_task_data (task);
  RosterSync *sync = roster_directory_get_sync (op->directory);

  if (sync != NULL)
    roster_sync_drop (sync, op->id);
  roster_profile_return_outcome (
    task,
    roster_outcome_new (ROSTER_OUTCOME_DONE,
                        /* Translators: %s is a person's name. */
                        g_strdup_printf (_ ("%s was deleted"), op->title), g_strdup (body), NULL));
}

static void
return_failed (GTask *task, RosterOutcomeKind kind, const char *title, const char *known)
{
  DeleteOp *op = g_task_get_task_data (task);
  g_autofree char *text = roster_outcome_dup_error_text (op->error);
  char *next_step = roster_outcome_dup_next_step (op->error);

  roster_profile_return_outcome (task, roster_outcome_new (kind, g_strdup (title),
                                                           g_strdup_printf ("%s\n%s", text, known),
                                                           next_step));
}

static void
resolved_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) user = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (user != NULL)
    return_failed (task, ROSTER_OUTCOME_NOT_DONE, _ ("The user was not deleted"),
                   _ ("The service still has the user."));
  else if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    return_deleted (task, _ ("The answer was lost, but the service does not have the user any "
                             "more."));
  else
    return_failed (task, ROSTER_OUTCOME_UNKNOWN, _ ("It is not known whether the user was deleted"),
                   _ ("The service could not be asked afterwards."));
}

static void
deleted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DeleteOp *op = g_task_get_task_data (task);

  if (scim_client_delete_finish (SCIM_CLIENT (object), result, &op->error))
    {
      return_deleted (task, NULL);
      return;
    }
  if (g_error_matches (op->error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    {
      return_deleted (task, _ ("The service did not have the user any more: somebody else deleted "
                               "it before."));
      return;
    }
  if (!scim_client_write_may_have_happened (op->error))
    {
      return_failed (task, ROSTER_OUTCOME_NOT_DONE, _ ("The user was not deleted"),
                     _ ("Nothing was changed."));
      return;
    }
  op->state = RESOLVING;
  next (g_steal_pointer (&task));
}

static void
next (GTask *task)
{
  DeleteOp *op = g_task_get_task_data (task);

  switch (op->state)
    {
    case DELETING:
      scim_client_delete_async (op->client, op->id, NULL, deleted_cb, task);
      break;
    case RESOLVING:
      scim_client_get_async (op->client, op->id, NULL, NULL, resolved_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
roster_delete_op_start (GTask *task, const char *typed)
{
  g_autoptr (GTask) taken = task;
  RosterProfile *profile = g_task_get_source_object (task);
  ScimClient *client = roster_profile_get_client (profile);
  DeleteOp *op;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (client == NULL)
    {
      roster_profile_return_outcome (task, roster_profile_new_closed_outcome ());
      return;
    }
  if (!roster_profile_confirms (profile, typed))
    {
      roster_profile_return_outcome (
        task,
        roster_outcome_new (ROSTER_OUTCOME_NOT_DONE, g_strdup (_ ("The user was not deleted")),
                            g_strdup (_ ("The user name that was typed is another one. "
                                         "Nothing was sent.")),
                            g_strdup (_ ("Type the whole user name."))));
      return;
    }
  op = g_new0 (DeleteOp, 1);
  op->client = g_object_ref (client);
  op->directory = g_object_ref (roster_profile_get_directory (profile));
  op->id = g_strdup (roster_profile_get_id (profile));
  op->title = g_strdup (roster_profile_get_title (profile));
  g_task_set_task_data (task, op, delete_op_free);
  next (g_steal_pointer (&taken));
}
