/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "directory/roster-comparison.h"
#include "directory/roster-profile.h"

G_BEGIN_DECLS

/* Reads one user from the service: GET, and where the dialect has attributes that come only when
 * they are asked for (ScimDialect.get_extra) a second GET for those. A second GET that fails is no
 * error: then nothing is known of them. The directory must be open. */
void roster_profile_load_async (RosterDirectory *directory,
                                const char *id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RosterProfile *roster_profile_load_finish (RosterDirectory *directory,
                                           GAsyncResult *result,
                                           GError **error);

/* What the service says of the user's store when asked: isReadOnlyUser. */
void roster_profile_set_read_only (RosterProfile *self, gboolean read_only);

/* For the operations: */

RosterDirectory *roster_profile_get_directory (RosterProfile *self);
ScimClient *roster_profile_get_client (RosterProfile *self); /* nullable: closed */
/* Takes over what was read: base, account and row. draft: nullable (a fresh one), over `user`.
 * Conflicts and differences are none any more. */
void roster_profile_adopt (RosterProfile *self, ScimResource *user, RosterDraft *draft);
/* The same for what is no write of the draft: the edits go over it. Where they conflict with it
 * they stay on their base, so that the next update finds the conflict. */
void roster_profile_absorb (RosterProfile *self, ScimResource *user);
/* The draft's conflicts with `theirs`: RosterConflictItem. The draft stays on its base. */
void roster_profile_set_conflicts (RosterProfile *self, ScimResource *theirs, GPtrArray *conflicts);
/* What a write left otherwise than it was meant; taken, nullable. */
void roster_profile_take_comparison (RosterProfile *self, RosterComparison *comparison);
RosterComparison *roster_profile_get_comparison (RosterProfile *self); /* nullable */
/* The service does not have the user any more: its row goes. */
void roster_profile_set_gone (RosterProfile *self);

/* Each takes the task and returns a RosterOutcome with it. */
void roster_update_op_start (GTask *task);
void roster_repair_op_start (GTask *task);
void roster_delete_op_start (GTask *task, const char *typed);
void roster_invite_op_start (GTask *task);
void roster_password_op_start (GTask *task, const char *password);

/* What is said when there is no service to ask. */
RosterOutcome *roster_profile_new_closed_outcome (void);
/* Ends the task; outcome is taken. */
void roster_profile_return_outcome (GTask *task, RosterOutcome *outcome);
/* The same from texts: body and next_step are taken, nullable. */
void roster_profile_return_texts (GTask *task,
                                  RosterOutcomeKind kind,
                                  const char *title,
                                  char *body,
                                  char *next_step,
                                  RosterOutcomeOffer offer);
/* Does this error of a write prove that nothing was done? What a service refuses for other reasons
 * it may have done in part (WSO2's PATCH is not atomic). */
gboolean roster_profile_is_refusal (const GError *error);
/* Ends the task for a user that is not there any more: the row goes, the edits can be copied. */
void roster_profile_return_gone (GTask *task);

G_END_DECLS
