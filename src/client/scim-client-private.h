/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "client/scim-transport.h"

G_BEGIN_DECLS

/* Borrowed. For the tests of this room, which shorten its seconds. */
ScimTransport *scim_client_get_transport (ScimClient *self);

G_END_DECLS
