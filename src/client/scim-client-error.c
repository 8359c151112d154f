/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-client-error.h"

#include "client/scim-backoff.h"
#include "client/scim-client.h"

typedef struct
{
  char *host;
  char *reason; /* nullable */
  guint seconds;
  gboolean is_unsent;
  gboolean may_pass;
} ScimClientErrorPrivate;

static void
scim_client_error_private_init (ScimClientErrorPrivate *priv)
{
}

static void
scim_client_error_private_copy (const ScimClientErrorPrivate *source,
                                ScimClientErrorPrivate *target)
{
  *target = *source;
  target->host = g_strdup (source->host);
  target->reason = g_strdup (source->reason);
}

static void
scim_client_error_private_clear (ScimClientErrorPrivate *priv)
{
  g_free (priv->host);
  g_free (priv->reason);
}

G_DEFINE_EXTENDED_ERROR (ScimClientError, scim_client_error)

static const ScimClientErrorPrivate *
peek_private (const GError *error)
{
  return error != NULL && error->domain == SCIM_CLIENT_ERROR ? scim_client_error_get_private (error)
                                                             : NULL;
}

/* For developers; people read roster-outcome's words. */
static char *
dup_message (ScimClientError code, const char *host, guint seconds)
{
  switch (code)
    {
    case SCIM_CLIENT_ERROR_CONNECT_TIME:
      return g_strdup_printf ("No connection to %s within %u seconds", host, seconds);
    case SCIM_CLIENT_ERROR_IDLE_TIME:
      return g_strdup_printf ("Nothing came from %s for %u seconds", host, seconds);
    case SCIM_CLIENT_ERROR_TOTAL_TIME:
      return g_strdup_printf ("%s did not answer in full within %u seconds", host, seconds);
    case SCIM_CLIENT_ERROR_NO_TOKEN:
      return g_strdup_printf ("%s gave no token", host);
    case SCIM_CLIENT_ERROR_CUT_SHORT:
    default:
      return g_strdup_printf ("Cancelled when the request to %s may have left", host);
    }
}

GError *
scim_client_error_new (ScimClientError code, const char *host, guint seconds)
{
  g_autofree char *message = NULL;
  ScimClientErrorPrivate *priv;
  GError *error;

  g_return_val_if_fail (host != NULL, NULL);

  message = dup_message (code, host, seconds);
  error = g_error_new_literal (SCIM_CLIENT_ERROR, (int)code, message);
  priv = scim_client_error_get_private (error);
  priv->host = g_strdup (host);
  priv->seconds = seconds;
  priv->is_unsent = code == SCIM_CLIENT_ERROR_CONNECT_TIME || code == SCIM_CLIENT_ERROR_NO_TOKEN;
  priv->may_pass = code != SCIM_CLIENT_ERROR_CUT_SHORT;
  return error;
}

GError *
scim_client_error_new_unsent (GError *error, const char *host)
{
  ScimClientErrorPrivate *priv;
  GError *unsent;

  g_return_val_if_fail (error != NULL, NULL);

  if (!scim_client_write_may_have_happened (error))
    return error;
  if (error->domain == SCIM_CLIENT_ERROR)
    {
      priv = scim_client_error_get_private (error);
      priv->is_unsent = TRUE;
      return error;
    }
  unsent = scim_client_error_new (SCIM_CLIENT_ERROR_NO_TOKEN, host, 0);
  priv = scim_client_error_get_private (unsent);
  priv->reason = g_strdup (error->message);
  priv->may_pass = scim_backoff_may_pass (error);
  g_error_free (error);
  return unsent;
}

const char *
scim_client_error_get_host (const GError *error)
{
  const ScimClientErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->host : NULL;
}

guint
scim_client_error_get_seconds (const GError *error)
{
  const ScimClientErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->seconds : 0;
}

const char *
scim_client_error_get_reason (const GError *error)
{
  const ScimClientErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->reason : NULL;
}

gboolean
scim_client_error_is_unsent (const GError *error)
{
  const ScimClientErrorPrivate *priv = peek_private (error);

  return priv != NULL && priv->is_unsent;
}

gboolean
scim_client_error_may_pass (const GError *error)
{
  const ScimClientErrorPrivate *priv = peek_private (error);

  return priv != NULL && priv->may_pass;
}

static gboolean
refusal_may_have_happened (const GError *error)
{
  guint status = scim_error_get_http_status (error);

  switch (error->code)
    {
    case SCIM_ERROR_SERVER:
    case SCIM_ERROR_PROTOCOL: /* an answer that cannot be read */
    case SCIM_ERROR_OTHER_USER:
    case SCIM_ERROR_CONTRADICTION:
    case SCIM_ERROR_TOO_LARGE:
    case SCIM_ERROR_INVALID_JSON:
      return TRUE;

    default:
      /* 303 may mean "done, see there" (RFC 9110 section 15.4.4); 408 that the rest was lost. */
      return status == 303 || status == 408;
    }
}

/* TRUE: no connection was made, so that nothing can have left. Nor has a cancelled write: one that
 * may have is SCIM_CLIENT_ERROR_CUT_SHORT. */
static gboolean
io_error_is_before_sending (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_INVALID_ARGUMENT:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_PROXY_NOT_ALLOWED:
      return TRUE;

    default:
      return FALSE;
    }
}

gboolean
scim_client_write_may_have_happened (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == SCIM_ERROR)
    return refusal_may_have_happened (error);
  if (error->domain == SCIM_CLIENT_ERROR)
    return !scim_client_error_is_unsent (error);
  if (error->domain == G_IO_ERROR)
    return !io_error_is_before_sending (error->code);
  /* A certificate is judged before anything is sent; a connection may break afterwards. */
  if (error->domain == G_TLS_ERROR)
    return error->code == G_TLS_ERROR_EOF || error->code == G_TLS_ERROR_MISC;
  return error->domain != G_RESOLVER_ERROR;
}
