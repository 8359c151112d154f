/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-exchange.h"

#include "client/scim-address.h"

#include <libsoup/soup.h>

#define HTTP_TOO_MANY_REQUESTS 429 /* RFC 6585 section 4 */
#define MAX_REDIRECTS          3
#define MAX_PAUSES             3
#define MAX_PAUSE_SECONDS      60

/* What is known in each state:
 *
 * AUTHORIZING  nothing is on the wire; the authorization is NULL, or was refused with 401 and
 *              `renewed` is TRUE
 * SENDING      one message is on the wire, to `uri` with `authorization`
 * PAUSING      the last answer was 429 to a GET; `pause` is the timer */
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
  guint n_pauses;
  guint pause_seconds;
  GSource *pause;     /* nullable */
  GSource *cancelled; /* nullable; only while pausing */
} Exchange;

static void exchange_next (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
exchange_free (Exchange *exchange)
{
  clear_source (&exchange->pause);
  clear_source (&exchange->cancelled);
  scim_transport_unref (exchange->transport);
  scim_auth_unref (exchange->auth);
  scim_request_unref (exchange->request);
  g_uri_unref (exchange->uri);
  scim_secret_free (exchange->authorization);
  g_free (exchange);
}

static gboolean
exchange_is_get (const Exchange *exchange)
{
  return g_str_equal (exchange->request->method, "GET");
}

/* Without a Retry-After the pauses grow. The page of a list can wait out the usual window of a
 * minute; a person should not sit before a spinner for that long. */
static guint
pause_seconds (const Exchange *exchange, int retry_after)
{
  static const guint person[MAX_PAUSES] = { 1, 3, 9 };
  static const guint background[MAX_PAUSES] = { 5, 15, 45 };

  if (retry_after >= 0)
    return MIN ((guint)retry_after, MAX_PAUSE_SECONDS);
  if (exchange->request->priority == SCIM_PRIORITY_BACKGROUND)
    return background[exchange->n_pauses];
  return person[exchange->n_pauses];
}

static GError *
redirect_error (const ScimAnswer *answer, GUri *target)
{
  GError *error = scim_error_new_from_response (answer->status, NULL, NULL, -1);
  const char *to = target != NULL ? g_uri_get_host (target) : NULL;

  g_free (error->message);
  if (to != NULL && *to != '\0')
    {
      g_autofree char *host = scim_text_make_safe (to, -1, 200);

      error->code = SCIM_ERROR_REDIRECTED;
      error->message = g_strdup_printf ("The service sent the request on to another address (%s), "
                                        "which is not followed",
                                        host);
    }
  else
    {
      error->code = SCIM_ERROR_PROTOCOL;
      error->message =
        g_strdup_printf ("The service answered with status %u and no new address", answer->status);
    }
  return error;
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
  can_follow = target != NULL && exchange_is_get (exchange) &&
               exchange->n_redirects < MAX_REDIRECTS && answer->status != 300 &&
               answer->status != 304 && scim_address_same_origin (exchange->uri, target) &&
               g_uri_get_userinfo (target) == NULL;
  if (!can_follow)
    {
      g_propagate_error (error, redirect_error (answer, target));
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
  else if (answer->status == HTTP_TOO_MANY_REQUESTS && exchange_is_get (exchange) &&
           exchange->n_pauses < MAX_PAUSES)
    {
      exchange->pause_seconds = pause_seconds (exchange, answer->retry_after);
      exchange->n_pauses++;
      exchange->state = PAUSING;
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
      g_task_return_error (task, answer_error (answer));
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
    g_task_return_error (task, g_steal_pointer (&error));
  else
    exchange_judge (task, answer);
}

static gboolean
exchange_pause_cb (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  clear_source (&exchange->pause);
  clear_source (&exchange->cancelled);
  exchange->state = SENDING;
  exchange_next (g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

static gboolean
exchange_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  clear_source (&exchange->pause);
  clear_source (&exchange->cancelled);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return G_SOURCE_REMOVE;
}

/* Takes the task: whichever of the two sources comes first has it. */
static void
exchange_pause (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  exchange->pause = g_timeout_source_new (exchange->pause_seconds *
                                          scim_transport_get_second (exchange->transport));
  g_source_set_callback (exchange->pause, exchange_pause_cb, task, NULL);
  g_source_attach (exchange->pause, g_task_get_context (task));
  if (cancellable != NULL)
    {
      exchange->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (exchange->cancelled, G_SOURCE_FUNC (exchange_cancelled_cb), task,
                             NULL);
      g_source_attach (exchange->cancelled, g_task_get_context (task));
    }
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
