/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "directory/roster-directory.h"
#include "sync/roster-sync.h"

G_BEGIN_DECLS

/* For the other files of this room. Both NULL until open. */
ScimClient *roster_directory_get_client (RosterDirectory *self);
RosterSync *roster_directory_get_sync (RosterDirectory *self);

G_END_DECLS
