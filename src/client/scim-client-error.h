/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the client itself gave up on. What the service said is a SCIM_ERROR, and every other failure
 * of the transport keeps its GIO, TLS or resolver domain. */
#define SCIM_CLIENT_ERROR (scim_client_error_quark ())

typedef enum
{
  SCIM_CLIENT_ERROR_CONNECT_TIME, /* no connection within 15 s; nothing was sent */
  SCIM_CLIENT_ERROR_IDLE_TIME,    /* connected, but for 30 s nothing came */
  SCIM_CLIENT_ERROR_TOTAL_TIME,   /* the answer was not there after 120 s (a page), 60 s (else) */
  SCIM_CLIENT_ERROR_NO_TOKEN,     /* the token address broke off: the request never left */
  SCIM_CLIENT_ERROR_CUT_SHORT,    /* a write was cancelled when it may have left */
} ScimClientError;

GQuark scim_client_error_quark (void);

/* host: whose answer did not come. seconds: how long it was waited for, 0 when that is not why. */
GError *scim_client_error_new (ScimClientError code, const char *host, guint seconds);
/* Takes the error of a request that only prepared another one, and says that the other one never
 * left: what scim_client_write_may_have_happened() is FALSE for. */
GError *scim_client_error_new_unsent (GError *error, const char *host);

/* Of a SCIM_CLIENT_ERROR; of another error NULL, 0 and FALSE. */
const char *scim_client_error_get_host (const GError *error);
guint scim_client_error_get_seconds (const GError *error);
/* Words of the error that it stands for, as GIO gave them; nullable. */
const char *scim_client_error_get_reason (const GError *error);
/* Nothing of the request that was meant can have left. */
gboolean scim_client_error_is_unsent (const GError *error);
/* For scim_backoff_may_pass(): it may, and so may the error that it stands for, if there is one. */
gboolean scim_client_error_may_pass (const GError *error);

G_END_DECLS
