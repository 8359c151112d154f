/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
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
/* Takes over what was read: base, account and row. draft: nullable (a fresh one), over `user`. */
void roster_profile_adopt (RosterProfile *self, ScimResource *user, RosterDraft *draft);

/* Each takes the task and returns a RosterOutcome with it. */
void roster_update_op_start (GTask *task);
void roster_delete_op_start (GTask *task, const char *typed);
void roster_invite_op_start (GTask *task);
void roster_password_op_start (GTask *task, const char *password);

/* What is said when there is no service to ask. */
RosterOutcome *roster_profile_new_closed_outcome (void);
void roster_profile_return_outcome (GTask *task, RosterOutcome *outcome);

G_END_DECLS
