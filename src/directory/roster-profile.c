/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-profile-private.h"

#include <string.h>
#include "directory/roster-directory-private.h"
#include "directory/roster-draft-private.h"
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
  gboolean gone;

  GListStore *conflicts;        /* RosterConflictItem */
  ScimResource *theirs;         /* nullable: what they are conflicts with */
  RosterComparison *comparison; /* nullable: of the last write, when it left differences */
  GListStore *differences;      /* RosterDifference: its rows */

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
  g_clear_pointer (&self->theirs, scim_resource_unref);
  g_clear_pointer (&self->comparison, roster_comparison_free);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->differences);
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
  self->conflicts = g_list_store_new (ROSTER_TYPE_CONFLICT_ITEM);
  self->differences = g_list_store_new (ROSTER_TYPE_DIFFERENCE);
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

static void
fill (GListStore *store, GPtrArray *items)
{
  g_list_store_splice (store, 0, g_list_model_get_n_items (G_LIST_MODEL (store)),
                       items == NULL ? NULL : items->pdata, items == NULL ? 0 : items->len);
}

static void
put_row (RosterProfile *self, ScimResource *user)
{
  RosterSync *sync = roster_directory_get_sync (self->directory);

  if (sync != NULL)
    roster_sync_put (sync, user);
}

void
roster_profile_adopt (RosterProfile *self, ScimResource *user, RosterDraft *draft)
{
  g_autoptr (RosterDraft) fresh = NULL;
  g_autoptr (ScimResource) taken = NULL;

  g_return_if_fail (ROSTER_IS_PROFILE (self));
  g_return_if_fail (user != NULL);

  taken = scim_resource_ref (user);
  fresh = draft != NULL ? g_object_ref (draft)
                        : roster_draft_new (user, roster_directory_get_schemas (self->directory));
  g_set_object (&self->draft, fresh);
  roster_profile_set_conflicts (self, NULL, NULL);
  roster_profile_take_comparison (self, NULL);
  take_user (self, taken);
  put_row (self, taken);
  g_signal_emit (self, signals[RELOADED], 0);
}

void
roster_profile_absorb (RosterProfile *self, ScimResource *user)
{
  g_autoptr (RosterDraft) rebased = NULL;
  g_autoptr (GPtrArray) conflicts = NULL;

  g_return_if_fail (ROSTER_IS_PROFILE (self));
  g_return_if_fail (user != NULL);

  rebased = roster_draft_rebase (self->draft, user, &conflicts);
  if (conflicts->len == 0)
    {
      roster_profile_adopt (self, user, rebased);
      return;
    }
  take_user (self, user);
  put_row (self, user);
  g_signal_emit (self, signals[RELOADED], 0);
}

void
roster_profile_set_conflicts (RosterProfile *self, ScimResource *theirs, GPtrArray *conflicts)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  if (theirs != NULL)
    put_row (self, theirs);
  g_clear_pointer (&self->theirs, scim_resource_unref);
  self->theirs = theirs != NULL ? scim_resource_ref (theirs) : NULL;
  fill (self->conflicts, conflicts);
}

void
roster_profile_take_comparison (RosterProfile *self, RosterComparison *comparison)
{
  g_return_if_fail (ROSTER_IS_PROFILE (self));

  g_clear_pointer (&self->comparison, roster_comparison_free);
  self->comparison = comparison;
  fill (self->differences, comparison == NULL ? NULL : comparison->differences);
}

RosterComparison *
roster_profile_get_comparison (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return self->comparison;
}

void
roster_profile_set_gone (RosterProfile *self)
{
  RosterSync *sync;

  g_return_if_fail (ROSTER_IS_PROFILE (self));

  self->gone = TRUE;
  sync = roster_directory_get_sync (self->directory);
  if (sync != NULL)
    roster_sync_drop (sync, self->id);
}

gboolean
roster_profile_get_gone (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), FALSE);

  return self->gone;
}

char *
roster_profile_dup_edits_text (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return roster_draft_dup_text (self->draft);
}

GListModel *
roster_profile_get_conflicts (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return G_LIST_MODEL (self->conflicts);
}

gboolean
roster_profile_resolve (RosterProfile *self)
{
  g_autoptr (RosterDraft) resolved = NULL;

  g_return_val_if_fail (ROSTER_IS_PROFILE (self), FALSE);

  if (self->theirs == NULL || !roster_conflicts_are_decided (G_LIST_MODEL (self->conflicts)))
    return FALSE;
  resolved = roster_conflicts_resolve (G_LIST_MODEL (self->conflicts), self->draft, self->theirs);
  roster_profile_adopt (self, self->theirs, resolved);
  return TRUE;
}

GListModel *
roster_profile_get_differences (RosterProfile *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE (self), NULL);

  return G_LIST_MODEL (self->differences);
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
