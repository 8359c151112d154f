/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-exchange.h"

#include "client/scim-address.h"
#include "client/scim-backoff.h"
#include "client/scim-source.h"

#include <libsoup/soup.h>

#define MAX_REDIRECTS 3

/* What is known in each state:
 *
 * AUTHORIZING  nothing is on the wire; the authorization is NULL, or was refused with 401 and
 *              `renewed` is TRUE
 * SENDING      one message is on the wire, to `uri` with `authorization`
 * PAUSING      a person's GET failed in a way that may pass; `pause` is the timer */
typedef enum
{
  AUTHORIZING,
  SENDING,
  PAUSING,
} ExchangeState;

typedef struct
{
  ExchangeState state;
  ScimTransport *transport;
  ScimAuth *auth;
  ScimRequest *request;
  GUri *uri;
  char *authorization; /* nullable */
  gboolean renewed;
  guint n_redirects;
  ScimBackoff *backoff;
  guint pause_ms;
  GSource *pause;     /* nullable */
  GSource *cancelled; /* nullable; only while pausing */
} Exchange;

static void exchange_next (GTask *task);

static void
exchange_free (Exchange *exchange)
{
  scim_source_clear (&exchange->pause);
  scim_source_clear (&exchange->cancelled);
  scim_backoff_free (exchange->backoff);
  scim_transport_unref (exchange->transport);
  scim_auth_unref (exchange->auth);
  scim_request_unref (exchange->request);
  g_uri_unref (exchange->uri);
  scim_secret_free (exchange->authorization);
  g_free (exchange);
}

/* Takes the error. A person's GET is tried once more when that may help; what reads in the
 * background sees to it itself, so that it can say so. */
static void
exchange_fail (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;

  if (!scim_request_is_get (exchange->request) ||
      exchange->request->priority != SCIM_PRIORITY_PERSON ||
      !scim_backoff_next (exchange->backoff, owned, g_get_monotonic_time (), &exchange->pause_ms))
    {
      g_task_return_error (task, g_steal_pointer (&owned));
      return;
    }
  exchange->state = PAUSING;
  exchange_next (g_object_ref (task));
}

static GError *
redirect_error (const Exchange *exchange, const ScimAnswer *answer, GUri *target)
{
  const char *host = target != NULL ? g_uri_get_host (target) : NULL;

  if (host == NULL || *host == '\0')
    return scim_error_new_about (SCIM_ERROR_PROTOCOL, answer->status, NULL,
                                 "The service sent the request on, but to no usable address");
  if (exchange->n_redirects == MAX_REDIRECTS)
    return scim_error_new_about (SCIM_ERROR_REDIRECT_LOOP, answer->status, host,
                                 "The service sent the request on again and again");
  /* The host says where; the rest may hold what is nobody's business. */
  return scim_error_new_about (
    SCIM_ERROR_REDIRECTED, answer->status, host,
    "The service sent the request on to an address that is not followed");
}

/* FALSE with the error set when the redirect is not to be followed: RFC 9110 section 15.4 lets a
 * client follow GET by itself; another origin must not learn the token. */
static gboolean
exchange_follow (Exchange *exchange, const ScimAnswer *answer, GError **error)
{
  g_autoptr (GUri) target = NULL;
  gboolean can_follow;

  if (answer->location != NULL)
    target = g_uri_parse_relative (exchange->uri, answer->location, SOUP_HTTP_URI_FLAGS, NULL);
  can_follow = target != NULL && scim_request_is_get (exchange->request) &&
               exchange->n_redirects < MAX_REDIRECTS && answer->status != 300 &&
               answer->status != 304 && scim_address_same_origin (exchange->uri, target) &&
               g_uri_get_userinfo (target) == NULL;
  if (!can_follow)
    {
      g_propagate_error (error, redirect_error (exchange, answer, target));
      return FALSE;
    }
  exchange->n_redirects++;
  g_uri_unref (exchange->uri);
  exchange->uri = g_steal_pointer (&target);
  return TRUE;
}

static GError *
answer_error (const ScimAnswer *answer)
{
  GError *error = scim_error_new_from_response (answer->status, answer->content_type, answer->body,
                                                answer->retry_after);

  if (answer->status == SOUP_STATUS_UNAUTHORIZED)
    error->code = SCIM_ERROR_SIGN_IN;
  return error;
}

/* Takes the answer. Ends the exchange or says in which state it goes on. */
static void
exchange_judge (GTask *task, ScimAnswer *owned)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (ScimAnswer) answer = owned;
  GError *error = NULL;

  if (answer->status >= 200 && answer->status < 300)
    {
      g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify)scim_answer_free);
      return;
    }
  if (answer->status == SOUP_STATUS_UNAUTHORIZED && scim_auth_renews (exchange->auth) &&
      !exchange->renewed)
    {
      exchange->renewed = TRUE;
      exchange->state = AUTHORIZING;
    }
  else if (answer->status >= 300 && answer->status < 400)
    {
      if (!exchange_follow (exchange, answer, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  else
    {
      exchange_fail (task, answer_error (answer));
      return;
    }
  exchange_next (g_object_ref (task));
}

static void
exchange_authorized_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  scim_secret_free (exchange->authorization);
  exchange->authorization = scim_auth_authorize_finish (exchange->auth, result, &error);
  if (exchange->authorization == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  exchange->state = SENDING;
  exchange_next (g_steal_pointer (&task));
}

static void
exchange_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ScimAnswer *answer;

  answer = scim_transport_send_finish (exchange->transport, result, &error);
  if (answer == NULL)
    exchange_fail (task, g_steal_pointer (&error));
  else
    exchange_judge (task, answer);
}

static gboolean
exchange_pause_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  scim_source_clear (&exchange->pause);
  scim_source_clear (&exchange->cancelled);
  exchange->state = SENDING;
  exchange_next (g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

static gboolean
exchange_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  scim_source_clear (&exchange->pause);
  scim_source_clear (&exchange->cancelled);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

/* Takes the task: whichever of the two sources comes first has it. */
static void
exchange_pause (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  exchange->pause =
    scim_source_attach (g_timeout_source_new (exchange->pause_ms), g_task_get_context (task),
                        G_PRIORITY_DEFAULT, exchange_pause_cb, task);
  exchange->cancelled = scim_source_watch_cancelled (task, exchange_cancelled_cb);
}

/* Takes the task. */
static void
exchange_next (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  switch (exchange->state)
    {
    case AUTHORIZING:
      scim_auth_authorize_async (exchange->auth, exchange->transport, exchange->authorization,
                                 g_task_get_cancellable (task), exchange_authorized_cb, task);
      break;

    case SENDING:
      scim_transport_send_async (exchange->transport, exchange->request, exchange->uri,
                                 exchange->authorization, g_task_get_cancellable (task),
                                 exchange_sent_cb, task);
      break;

    case PAUSING:
      exchange_pause (task);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
scim_exchange_async (ScimTransport *transport,
                     ScimAuth *auth,
                     ScimRequest *request,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;
  Exchange *exchange;

  g_return_if_fail (transport != NULL);
  g_return_if_fail (auth != NULL);
  g_return_if_fail (request != NULL);

  exchange = g_new0 (Exchange, 1);
  exchange->state = AUTHORIZING;
  exchange->transport = scim_transport_ref (transport);
  exchange->auth = scim_auth_ref (auth);
  exchange->request = scim_request_ref (request);
  exchange->uri = g_uri_ref (request->uri);
  exchange->backoff =
    scim_backoff_new (SCIM_PRIORITY_PERSON, scim_transport_get_random (transport),
                      scim_transport_get_second (transport), g_get_monotonic_time ());
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, scim_exchange_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);
  exchange_next (task);
}

ScimAnswer *
scim_exchange_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, scim_exchange_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
