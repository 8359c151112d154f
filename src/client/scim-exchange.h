/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-auth-private.h"
#include "client/scim-transport.h"

G_BEGIN_DECLS

/* One request until its final answer: signs in, renews a refused token once, follows the redirects
 * that may be followed, and waits when the service asks for it. Only answers of 200 to 299 succeed;
 * everything else is an error of scim-client.h. */
void scim_exchange_async (ScimTransport *transport,
                          ScimAuth *auth,
                          ScimRequest *request,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
ScimAnswer *scim_exchange_finish (GAsyncResult *result, GError **error);

G_END_DECLS
