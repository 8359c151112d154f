/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-connection.h"

G_BEGIN_DECLS

/* The demo directory: roster-service as a child on a free loopback port. The child ends when this
 * object goes, or with this process. */
#define ROSTER_TYPE_DEMO (roster_demo_get_type ())
G_DECLARE_FINAL_TYPE (RosterDemo, roster_demo, ROSTER, DEMO, GObject)

/* Starts it (personality wso2, invitation lock) and waits for its address. The program is looked
 * for beside this executable (service/roster-service, for uninstalled builds), then in libexecdir;
 * $ROSTER_SERVICE names another. */
void roster_demo_start_async (guint n_users,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
RosterDemo *roster_demo_start_finish (GAsyncResult *result, GError **error);
RosterConnection *roster_demo_get_connection (RosterDemo *self); /* environment DEMO, bearer */
const char *roster_demo_get_secret (RosterDemo *self);

G_END_DECLS
