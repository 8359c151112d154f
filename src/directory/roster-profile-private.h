/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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

G_END_DECLS
