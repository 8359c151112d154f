/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "client/scim-transport.h"

G_BEGIN_DECLS

/* How long a second of waiting lasts (time-outs, pauses between retries), in milliseconds: 1000,
 * except in tests. */
void scim_client_set_second (ScimClient *self, guint milliseconds);
guint scim_client_get_second (ScimClient *self);
/* Borrowed. For the tests of this room. */
ScimTransport *scim_client_get_transport (ScimClient *self);

G_END_DECLS
