/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-profile-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-directory-private.h"
#include "directory/roster-status.h"
#include "directory/roster-users-private.h"

#define MAX_SHOWN 1000

struct _RosterProfile
{
  GObject parent_instance;

  RosterDirectory *directory;
  RosterDraft *draft;
  ScimAccount *account;
  gboolean read_only; /* as the service said when it was asked for */

  char *id;
  char *title;
  char *user_name;
  char *shown_user_name;
  const char *plain_user_name; /* in user_name */
  char *user_store;            /* nullable */
  char *address;               /* nullable */
};

G_DEFINE_FINAL_TYPE (RosterProfile, roster_profile, G_TYPE_OBJECT)

enum
{
  RELOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clear_texts (RosterProfile *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->user_name, g_free);
  g_clear_pointer (&self->shown_user_name, g_free);
  g_clear_pointer (&self->user_store, g_free);
  g_clear_pointer (&self->address, g_free);
  self->plain_user_name = NULL;
}

static char *
dup_text (ScimResource *user, const char *path)
{
  char *text = scim_resource_dup_text (user, path);

  return text != NULL ? text : g_strdup ("");
}

static void
take_user (RosterProfile *self, ScimResource *user)
{
  g_autofree char *address = NULL;

  clear_texts (self);
  self->id = dup_text (user, "id");
  self->title = scim_resource_dup_title (user);
  self->user_name = dup_text (user, "userName");
  self->plain_user_name = scim_user_name_split (self->user_name, &self->user_store);
  self->shown_user_name = scim_text_make_safe (self->user_name, -1, MAX_SHOWN);
  address = scim_resource_dup_main_value (user, "emails");
  if (address != NULL && strchr (address, '@') != NULL)
    self->address = scim_text_make_safe (address, -1, MAX_SHOWN);

  g_clear_pointer (&self->account, scim_account_free);
  self->account = scim_account_new (user);
  /* An ordinary answer does not say it, so what is known stays. */
  self->account->read_only = self->account->read_only || self->read_only;
}

static void
roster_profile_finalize (GObject *object)
{
  RosterProfile *self = ROSTER_PROFILE (object);

  clear_texts (self);
  g_clear_pointer (&self->account, scim_account_free);
  g_clear_object (&self->draft);
  g_clear_object (&self->directory);

  G_OBJECT_CLASS (roster_profile_parent_class)->finalize (object);
}

static void
roster_profile_class_init (RosterProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = roster_profile_finalize;

  signals[RELOADED] = g_signal_new ("reloaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_profile_init (RosterProfile *self)
{
}

RosterProfile *
roster_profile_new (RosterDirectory *directory, ScimResource *user)
{
  RosterProfile *self;

  g_return_val_if_fail (directory != NULL, NULL);
  g_return_val_if_fail (user != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_PROFILE, NULL);
  self->directory = g_object_ref (directory);
  self->draft = roster_draft_new (user, roster_directory_get_schemas (directory));
  take_user (self, user);
  return self;
}

void
roster_profile_set_read_only (RosterProfile *self, gboolean read_only)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  self->read_only = read_only;
  self->account->read_only = read_only;
}

RosterDirectory *
roster_profile_get_directory (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->directory;
}

ScimClient *
roster_profile_get_client (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return roster_directory_get_client (self->directory);
}

void
roster_profile_adopt (RosterProfile *self, ScimResource *user, RosterDraft *draft)
{
  g_autoptr (RosterDraft) fresh = NULL;
  RosterSync *sync;

  g_return_if_fail (ROSTER_IS_PROFILE (self));
  g_return_if_fail (user != NULL);

  fresh = draft != NULL ? g_object_ref (draft)
                        : roster_draft_new (user, roster_directory_get_schemas (self->directory));
  g_set_object (&self->draft, fresh);
  take_user (self, user);
  sync = roster_directory_get_sync (self->directory);
  if (sync != NULL)
    roster_sync_put (sync, user);
  g_signal_emit (self, signals[RELOADED], 0);
}

const char *
roster_profile_get_id (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->id;
}

const char *
roster_profile_get_title (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->title;
}

const char *
roster_profile_get_user_name (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->user_name;
}

const char *
roster_profile_get_shown_user_name (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->shown_user_name;
}

const char *
roster_profile_get_plain_user_name (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->plain_user_name;
}

const char *
roster_profile_get_user_store (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->user_store;
}

const ScimAccount *
roster_profile_get_account (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->account;
}

char *
roster_profile_dup_status_text (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return roster_status_dup_text (self->account);
}

const char *
roster_profile_get_address (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->address;
}

RosterDraft *
roster_profile_get_draft (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->draft;
}

gboolean
roster_profile_confirms (RosterProfile *self, const char *typed)
{
  g_autofree char *composed = NULL;
  g_autofree char *whole = NULL;
  g_autofree char *plain = NULL;

  g_return_val_if_fail (ROSTER_IS_PROFILE (self), FALSE);

  if (typed == NULL || *typed == '\0' || *self->user_name == '\0')
    return FALSE;
  composed = g_utf8_normalize (typed, -1, G_NORMALIZE_NFC);
  whole = g_utf8_normalize (self->user_name, -1, G_NORMALIZE_NFC);
  if (composed == NULL || whole == NULL)
    return FALSE;
  if (strcmp (composed, whole) == 0)
    return TRUE;
  if (self->user_store == NULL)
    return FALSE;
  plain = g_utf8_normalize (self->plain_user_name, -1, G_NORMALIZE_NFC);
  /* The list may not hold everybody yet; the one that is open is counted at least once. */
  return plain != NULL && *plain != '\0' && strcmp (composed, plain) == 0 &&
         roster_users_count_plain_user_name (roster_directory_get_users (self->directory),
                                             self->plain_user_name) <= 1;
}

gboolean
roster_profile_allows (RosterProfile *self, int verb, char **reason)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), FALSE);

  return roster_capabilities_allow (roster_directory_get_capabilities (self->directory),
                                    (RosterVerb)verb, self->account, self->address, reason);
}

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
