/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deleting a user. DELETE is sent once.
 *
 * | state    | known to be true                                                           |
 * |----------|----------------------------------------------------------------------------|
 * | DELETING | the name was typed; DELETE is on its way                                   |
 * | READING  | DELETE ended, in `error` when not well, and the user may be gone; GET is   |
 * |          | on its way: 404 to it is the proof, and the user that it shows is still    |
 * |          | there, whatever the answer to DELETE was                                   |
 *
 * Not read: an answer that proves that nothing was deleted. */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include "directory/roster-outcome-private.h"
#include "scim/scim-error.h"

typedef enum
{
  DELETING,
  READING,
} State;

typedef struct
{
  State state;
  ScimClient *client;
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
  g_clear_error (&op->error);
  g_free (op->id);
  g_free (op->title);
  g_free (op);
}

static void
return_deleted (GTask *task, const char *body)
{
  DeleteOp *op = g_task_get_task_data (task);
  /* Translators: %s is a person's name. */
  g_autofree char *title = g_strdup_printf (_ ("%s was deleted"), op->title);

  roster_profile_set_gone (g_task_get_source_object (task));
  roster_profile_return_texts (task, ROSTER_OUTCOME_DONE, title, g_strdup (body), NULL,
                               ROSTER_OFFER_NONE);
}

static void
return_gone_before (GTask *task)
{
  DeleteOp *op = g_task_get_task_data (task);
  /* Translators: %s is a person's name. */
  g_autofree char *title = g_strdup_printf (_ ("%s was deleted already"), op->title);

  roster_profile_set_gone (g_task_get_source_object (task));
  roster_profile_return_texts (
    task, ROSTER_OUTCOME_DONE, title,
    g_strdup (_ ("The service did not have the user any more: somebody else deleted it before.")),
    NULL, ROSTER_OFFER_NONE);
}

static void
return_failed (
  GTask *task, RosterOutcomeKind kind, const char *title, const GError *error, const char *known)
{
  g_autofree char *text = roster_outcome_dup_error_text (error);

  roster_profile_return_texts (task, kind, title, roster_outcome_join_lines (text, known),
                               roster_outcome_dup_next_step (error),
                               roster_outcome_offer_for_error (error));
}

static void
return_still_there (GTask *task)
{
  DeleteOp *op = g_task_get_task_data (task);

  if (op->error != NULL)
    return_failed (task, ROSTER_OUTCOME_NOT_DONE, _ ("The user was not deleted"), op->error,
                   _ ("The service still has the user."));
  else
    roster_profile_return_texts (
      task, ROSTER_OUTCOME_NOT_DONE, _ ("The service accepted the deletion but did not make it"),
      g_strdup (_ ("The service still has the user.")),
      g_strdup (_ ("Look again in a while: some services take their time.")),
      ROSTER_OFFER_READ_AGAIN);
}

static void
return_unread (GTask *task, const GError *error)
{
  DeleteOp *op = g_task_get_task_data (task);

  if (op->error != NULL)
    return_failed (task, ROSTER_OUTCOME_UNKNOWN, _ ("It is not known whether the user was deleted"),
                   op->error, _ ("The service could not be asked afterwards."));
  else
    return_deleted (task, _ ("The service said so; it could not be asked afterwards."));
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DeleteOp *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) user = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (user != NULL)
    return_still_there (task);
  else if (!g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    return_unread (task, error);
  else if (op->error == NULL)
    return_deleted (task, NULL);
  else if (g_error_matches (op->error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    return_gone_before (task);
  else
    return_deleted (task, _ ("The answer was lost, but the service does not have the user any "
                             "more."));
}

static void
deleted_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DeleteOp *op = g_task_get_task_data (task);

  scim_client_delete_finish (SCIM_CLIENT (object), result, &op->error);
  if (op->error != NULL && !g_error_matches (op->error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND) &&
      !scim_client_write_may_have_happened (op->error))
    {
      return_failed (task, ROSTER_OUTCOME_NOT_DONE, _ ("The user was not deleted"), op->error,
                     _ ("Nothing was changed."));
      return;
    }
  op->state = READING;
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
    case READING:
      scim_client_get_async (op->client, op->id, NULL, NULL, read_cb, task);
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
      roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE, _ ("The user was not deleted"),
                                   g_strdup (_ ("The user name that was typed is another one. "
                                                "Nothing was sent.")),
                                   g_strdup (_ ("Type the whole user name.")), ROSTER_OFFER_NONE);
      return;
    }
  op = g_new0 (DeleteOp, 1);
  op->client = g_object_ref (client);
  op->id = g_strdup (roster_profile_get_id (profile));
  op->title = g_strdup (roster_profile_get_title (profile));
  g_task_set_task_data (task, op, delete_op_free);
  next (g_steal_pointer (&taken));
}
