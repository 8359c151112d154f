/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Resetting a password: the invitation, or a temporary password. Sent once, never again by itself;
 * what is being edited meanwhile stays.
 *
 * | state   | known to be true                                                             |
 * |---------|------------------------------------------------------------------------------|
 * | SENDING | `before` is the account as it was last read; PATCH is on its way              |
 * | READING | PATCH ended, in `refusal` when not well; the password is wiped; GET is on its |
 * |         | way, because only the account itself tells what the service did; 404 to it:   |
 * |         | the user is gone                                                              |
 */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-date.h"
#include "directory/roster-directory-private.h"
#include "directory/roster-draft-private.h"
#include "directory/roster-outcome-private.h"
#include "directory/roster-status.h"
#include "scim/scim-error.h"

typedef enum
{
  SENDING,
  READING,
} State;

typedef struct
{
  State state;
  gboolean is_invitation;
  ScimClient *client;
  RosterDirectory *directory;
  char *id;
  GBytes *body;         /* wiped when it goes */
  ScimResource *before; /* as it was last read */
  ScimAccountStatus status_before;
  GError *refusal; /* nullable: of PATCH */
} ResetOp;

static const char *const changed_paths[] = {
  SCIM_URN_WSO2_SYSTEM ":lastPasswordUpdateTime",
  SCIM_URN_ENTERPRISE_USER ":lastPasswordUpdateTime",
};

/* Memory that held a password. */
typedef struct
{
  gpointer data;
  gsize size;
} Secret;

static void next (GTask *task);

static void
wipe (gpointer data)
{
  Secret *secret = data;

  explicit_bzero (secret->data, secret->size);
  g_free (secret->data);
  g_free (secret);
}

/* Takes bytes: the same memory, wiped when the last user lets go of it. */
static GBytes *
wiped_bytes (GBytes *bytes)
{
  Secret *secret = g_new0 (Secret, 1);

  secret->data = g_bytes_unref_to_data (bytes, &secret->size);
  return g_bytes_new_with_free_func (secret->data, secret->size, wipe, secret);
}

static void
reset_op_free (gpointer data)
{
  ResetOp *op = data;

  g_clear_pointer (&op->body, g_bytes_unref);
  g_clear_pointer (&op->before, scim_resource_unref);
  g_clear_object (&op->client);
  g_clear_object (&op->directory);
  g_clear_error (&op->refusal);
  g_free (op->id);
  g_free (op);
}

/* What the account shows, as a sentence. */
static char *
dup_state (RosterProfile *profile)
{
  const ScimAccount *account = roster_profile_get_account (profile);
  g_autofree char *until = NULL;
  g_autofree char *status = NULL;

  if (account->status == SCIM_ACCOUNT_RESET_PENDING && account->locked)
    {
      if (account->unlock_time <= g_get_real_time () / 1000)
        return g_strdup (_ ("The account is locked until the person sets a new password."));
      until = roster_date_dup_moment (account->unlock_time);
      /* Translators: %s is a time or a date and time. */
      return g_strdup_printf (_ ("The account is locked until %s, or until the person sets a new "
                                 "password."),
                              until);
    }
  status = roster_status_dup_text (account);
  /* Translators: %s is the state of an account: “Active”, “Locked · password reset pending”. */
  return g_strdup_printf (_ ("The account shows: %s."), status);
}

/* Nothing was done; state: nullable. */
static void
return_refused (GTask *task, const char *state)
{
  ResetOp *op = g_task_get_task_data (task);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal);

  roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE,
                               op->is_invitation ? _ ("The service refused the invitation")
                                                 : _ ("The password was not changed"),
                               roster_outcome_join_lines (reason, state),
                               roster_outcome_dup_next_step (op->refusal),
                               roster_outcome_offer_for_error (op->refusal));
}

static void
return_done (GTask *task, const char *title, const char *state)
{
  roster_profile_return_texts (task, ROSTER_OUTCOME_DONE, title, g_strdup (state), NULL,
                               ROSTER_OFFER_NONE);
}

/* Body and next_step are taken. Whoever repeats this must have looked at the account before. */
static void
return_unknown (GTask *task, const char *title, char *body, char *next_step)
{
  roster_profile_return_texts (task, ROSTER_OUTCOME_UNKNOWN, title, body, next_step,
                               ROSTER_OFFER_READ_AGAIN);
}

static void
return_invitation (GTask *task, const ScimAccount *account, const char *state)
{
  ResetOp *op = g_task_get_task_data (task);
  gboolean pending = account->status == SCIM_ACCOUNT_RESET_PENDING;
  g_autofree char *reason = NULL;

  if (op->refusal == NULL && pending)
    {
      return_done (task, _ ("The service accepted the invitation, and a password reset is pending"),
                   state);
      return;
    }
  if (op->refusal == NULL)
    {
      return_unknown (task, _ ("The service accepted the invitation, but shows no pending reset"),
                      g_strdup (state),
                      g_strdup (_ ("Invitations may be switched off on the service. Check its "
                                   "settings, or set a temporary password.")));
      return;
    }
  reason = roster_outcome_dup_error_text (op->refusal);
  if (pending && op->status_before != SCIM_ACCOUNT_RESET_PENDING)
    return_done (task,
                 scim_client_write_may_have_happened (op->refusal)
                   ? _ ("The answer was lost, but a password reset is pending")
                   : _ ("The service refused the invitation, but a password reset is pending"),
                 state);
  else
    return_unknown (task, _ ("It is not known whether the service took the invitation"),
                    roster_outcome_join_lines (reason, state),
                    g_strdup (_ ("Read the account again before you repeat it.")));
}

/* A password cannot be read back; the time of its last change can, where the service keeps it. */
static gboolean
is_change_shown (ResetOp *op, ScimResource *shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (changed_paths); i++)
    {
      g_autofree char *before = scim_resource_dup_text (op->before, changed_paths[i]);
      g_autofree char *now = scim_resource_dup_text (shown, changed_paths[i]);

      if (now != NULL && g_strcmp0 (before, now) != 0)
        return TRUE;
    }
  return FALSE;
}

static void
return_password (GTask *task, ScimResource *shown, const char *state)
{
  ResetOp *op = g_task_get_task_data (task);
  g_autofree char *reason = NULL;

  if (is_change_shown (op, shown))
    {
      return_done (task, _ ("The password was changed"), state);
      return;
    }
  /* Nothing shows that it did what it said. */
  if (op->refusal == NULL)
    {
      return_done (task, _ ("The service accepted the new password"), state);
      return;
    }
  reason = roster_outcome_dup_error_text (op->refusal);
  return_unknown (task, _ ("It is not known whether the password was changed"),
                  roster_outcome_join_lines (reason, state),
                  g_strdup (_ ("Try to sign in with the new password, or set another one.")));
}

static void
return_unread (GTask *task, const GError *error)
{
  ResetOp *op = g_task_get_task_data (task);
  g_autofree char *reason = roster_outcome_dup_error_text (op->refusal ? op->refusal : error);
  g_autofree char *text = roster_outcome_join_lines (
    reason, _ ("The account could not be read afterwards, so its state is not known."));

  if (op->refusal == NULL && !op->is_invitation)
    return_done (task, _ ("The service accepted the new password"), text);
  else if (op->refusal == NULL)
    return_unknown (task, _ ("The service accepted the invitation; what it did is not known"),
                    g_steal_pointer (&text), roster_outcome_dup_next_step (error));
  else
    return_unknown (
      task,
      op->is_invitation ? _ ("It is not known whether the service took the invitation")
                        : _ ("It is not known whether the password was changed"),
      g_steal_pointer (&text), g_strdup (_ ("Read the account again before you repeat it.")));
}

/* Refused, and yet the account shows what was asked for: WSO2's writes are not atomic. */
static gboolean
is_done_nevertheless (const ResetOp *op, RosterProfile *profile)
{
  return op->is_invitation && op->status_before != SCIM_ACCOUNT_RESET_PENDING &&
         roster_profile_get_account (profile)->status == SCIM_ACCOUNT_RESET_PENDING;
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ResetOp *op = g_task_get_task_data (task);
  RosterProfile *profile = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) shown = scim_client_get_finish (SCIM_CLIENT (object), result, &error);
  gboolean refused = op->refusal != NULL && !scim_client_write_may_have_happened (op->refusal);
  g_autofree char *state = NULL;

  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_NOT_FOUND))
    {
      roster_profile_return_gone (task);
      return;
    }
  if (shown != NULL)
    {
      roster_profile_absorb (profile, shown);
      state = dup_state (profile);
    }
  if (refused && !is_done_nevertheless (op, profile))
    return_refused (task, state);
  else if (shown == NULL)
    return_unread (task, error);
  else if (op->is_invitation)
    return_invitation (task, roster_profile_get_account (profile), state);
  else
    return_password (task, shown, state);
}

static void
patched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ResetOp *op = g_task_get_task_data (task);

  scim_client_patch_finish (SCIM_CLIENT (object), result, NULL, &op->refusal);
  g_clear_pointer (&op->body, g_bytes_unref);
  op->state = READING;
  next (g_steal_pointer (&task));
}

static void
next (GTask *task)
{
  ResetOp *op = g_task_get_task_data (task);

  switch (op->state)
    {
    case SENDING:
      scim_client_patch_async (op->client, op->id, op->body, NULL, NULL, patched_cb, task);
      break;
    case READING:
      scim_client_get_async (op->client, op->id, NULL, NULL, read_cb, task);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Takes task and body. */
static void
start (GTask *task, GBytes *body, gboolean is_invitation)
{
  RosterProfile *profile = g_task_get_source_object (task);
  ResetOp *op = g_new0 (ResetOp, 1);

  op->is_invitation = is_invitation;
  op->client = g_object_ref (roster_profile_get_client (profile));
  op->directory = g_object_ref (roster_profile_get_directory (profile));
  op->id = g_strdup (roster_profile_get_id (profile));
  op->body = body;
  op->before = scim_resource_ref (roster_draft_get_base (roster_profile_get_draft (profile)));
  op->status_before = roster_profile_get_account (profile)->status;
  g_task_set_task_data (task, op, reset_op_free);
  next (task);
}

/* TRUE: the task is at its end. */
static gboolean
cannot_start (GTask *task)
{
  RosterProfile *profile = g_task_get_source_object (task);

  if (g_task_return_error_if_cancelled (task))
    return TRUE;
  if (roster_profile_get_client (profile) != NULL)
    return FALSE;
  roster_profile_return_outcome (task, roster_profile_new_closed_outcome ());
  return TRUE;
}

void
roster_invite_op_start (GTask *task)
{
  g_autoptr (GTask) taken = task;
  RosterProfile *profile = g_task_get_source_object (task);
  GBytes *body;

  if (cannot_start (task))
    return;
  body =
    scim_dialect_invitation_body (scim_client_get_dialect (roster_profile_get_client (profile)));
  if (body == NULL)
    roster_profile_return_texts (task, ROSTER_OUTCOME_NOT_DONE,
                                 _ ("This service cannot invite people"),
                                 g_strdup (_ ("Nothing was sent.")),
                                 g_strdup (_ ("Set a temporary password.")), ROSTER_OFFER_NONE);
  else
    start (g_steal_pointer (&taken), body, TRUE);
}

void
roster_password_op_start (GTask *task, const char *password)
{
  g_autoptr (GTask) taken = task;
  RosterProfile *profile = g_task_get_source_object (task);
  const ScimDialect *dialect;

  if (cannot_start (task))
    return;
  dialect = scim_client_get_dialect (roster_profile_get_client (profile));
  start (g_steal_pointer (&taken), wiped_bytes (scim_dialect_password_body (dialect, password)),
         FALSE);
}
