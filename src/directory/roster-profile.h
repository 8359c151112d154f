/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "directory/roster-conflict.h"
#include "directory/roster-difference.h"
#include "directory/roster-draft.h"
#include "directory/roster-outcome.h"
#include "scim/scim-account.h"

G_BEGIN_DECLS

typedef struct _RosterDirectory RosterDirectory;

/* One user read from the service, with the draft of its changes and what can be done with it.
 * Signal "reloaded": base, account and draft are new (after a write's read-back). */
#define ROSTER_TYPE_PROFILE (roster_profile_get_type ())
G_DECLARE_FINAL_TYPE (RosterProfile, roster_profile, ROSTER, PROFILE, GObject)

/* For roster-directory.c. A dialog may hold the profile longer than the window
 * holds the directory; what is asked of it then ends as "not connected". */
RosterProfile *roster_profile_new (RosterDirectory *directory, ScimResource *user);
const char *roster_profile_get_id (RosterProfile *self);
const char *roster_profile_get_title (RosterProfile *self);
/* The whole user name as the service has it; its part after the user store; the store or NULL. */
const char *roster_profile_get_user_name (RosterProfile *self);
/* The same for the eye: what would deceive it, as turned text does, is replaced. */
const char *roster_profile_get_shown_user_name (RosterProfile *self);
const char *roster_profile_get_plain_user_name (RosterProfile *self);
const char *roster_profile_get_user_store (RosterProfile *self);
const ScimAccount *roster_profile_get_account (RosterProfile *self);
/* Translated: "Active", "Locked · too many failed sign-ins", "Locked until 14:02 · …". */
char *roster_profile_dup_status_text (RosterProfile *self);
/* The address that an invitation goes to, for the eye; NULL when there is none. */
const char *roster_profile_get_address (RosterProfile *self);
RosterDraft *roster_profile_get_draft (RosterProfile *self);
/* Has the service been seen to have the user no more? */
gboolean roster_profile_get_gone (RosterProfile *self);
/* The draft's changes as plain text, to be kept elsewhere: roster_draft_dup_text (). */
char *roster_profile_dup_edits_text (RosterProfile *self);
/* RosterConflictItem: edited attributes that somebody else changed meanwhile, found by an update
 * that ended with ROSTER_OFFER_RESOLVE; empty otherwise. The same list as long as the profile
 * lives. */
GListModel *roster_profile_get_conflicts (RosterProfile *self);
/* Applies the choices to the draft, over what the service was seen to have (signal "reloaded"); the
 * usual update writes it. FALSE: something is not decided yet, nothing happens. */
gboolean roster_profile_resolve (RosterProfile *self);
/* RosterDifference: what the last write left otherwise than it was meant; empty after every other
 * outcome. The same list as long as the profile lives. */
GListModel *roster_profile_get_differences (RosterProfile *self);
/* Is this what must be typed to delete the user: the user name (NFC, case-sensitive), or its part
 * after the user store where no other user in the list has that name. */
gboolean roster_profile_confirms (RosterProfile *self, const char *typed);
/* As roster_capabilities_allow for this user; verb is a RosterVerb. */
gboolean roster_profile_allows (RosterProfile *self, int verb, char **reason);

/* Writes the draft: reads the service again and stops if somebody else changed an edited attribute
 * (NOT_DONE, ROSTER_OFFER_RESOLVE, every time until it is resolved), sends the least PATCH, reads
 * back, compares with what was meant. Always yields an outcome unless cancelled before anything was
 * sent (then error is G_IO_ERROR_CANCELLED). On DONE the draft is empty; otherwise what was typed
 * is kept. */
void roster_profile_update_async (RosterProfile *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterOutcome *roster_profile_update_finish (RosterProfile *self,
                                             GAsyncResult *result,
                                             GError **error);

/* Sets the differences right in one step (ROSTER_OFFER_REPAIR): reads the service again and stops
 * if somebody else changed what would be written (NOT_DONE; the differences are then those with
 * what they made of it), writes what was meant, complex attributes whole, reads back and compares.
 * What is being edited is neither written nor lost. Cancelling as for an update. */
void roster_profile_repair_async (RosterProfile *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterOutcome *roster_profile_repair_finish (RosterProfile *self,
                                             GAsyncResult *result,
                                             GError **error);

/* typed: what was typed to confirm; checked again here. */
void roster_profile_delete_async (RosterProfile *self,
                                  const char *typed,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterOutcome *roster_profile_delete_finish (RosterProfile *self,
                                             GAsyncResult *result,
                                             GError **error);

/* The invitation of SCIM-SERVICES section 1.7, then the account's state is read and told: "locked
 * until …" or "accepted, but the service shows no pending reset". Never repeated by itself. */
void roster_profile_invite_async (RosterProfile *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
RosterOutcome *roster_profile_invite_finish (RosterProfile *self,
                                             GAsyncResult *result,
                                             GError **error);

/* The temporary password of section 1.8, alone; password is copied and wiped. */
void roster_profile_set_password_async (RosterProfile *self,
                                        const char *password,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
RosterOutcome *roster_profile_set_password_finish (RosterProfile *self,
                                                   GAsyncResult *result,
                                                   GError **error);

/* A random password that people can read out: 16 to 20 characters with upper and lower case, digit
 * and special character, from the kernel's randomness. Wipe and free with roster_password_free. */
char *roster_password_generate (void);
void roster_password_free (char *password);

G_END_DECLS
