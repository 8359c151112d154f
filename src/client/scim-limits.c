/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-limits.h"

#include "client/scim-client-error.h"
#include "client/scim-source.h"

#define CONNECT_SECONDS 15
#define IDLE_SECONDS    30

/* What is known in each phase:
 *
 * QUEUED      libsoup has no connection to spare yet; only the whole time counts
 * CONNECTING  a name is looked up, or a connection is being made; nothing has left
 * TALKING     a connection is there */
typedef enum
{
  QUEUED,
  CONNECTING,
  TALKING,
} Phase;

struct _ScimLimits
{
  SoupMessage *message;
  guint seconds;
  guint second;
  Phase phase;
  gboolean has_left;
  GSource *whole;
  GSource *step; /* of the phase; nullable: QUEUED */
  GMainContext *context;
  int priority;
  ScimLimitsExceeded exceeded;
  gpointer user_data;
};

static void
limits_exceed (ScimLimits *self, ScimClientError code, guint seconds)
{
  const char *host = g_uri_get_host (soup_message_get_uri (self->message));
  GError *error = scim_client_error_new (code, host, seconds);

  /* What never had a connection cannot have been carried out, however long it waited for one. */
  if (!self->has_left)
    error = scim_client_error_new_unsent (error, host);
  self->exceeded (error, self->user_data);
}

static gboolean
whole_cb (gpointer user_data)
{
  ScimLimits *self = user_data;

  limits_exceed (self, SCIM_CLIENT_ERROR_TOTAL_TIME, self->seconds);
  return G_SOURCE_REMOVE;
}

static gboolean
step_cb (gpointer user_data)
{
  ScimLimits *self = user_data;

  if (self->phase == CONNECTING)
    limits_exceed (self, SCIM_CLIENT_ERROR_CONNECT_TIME, CONNECT_SECONDS);
  else
    limits_exceed (self, SCIM_CLIENT_ERROR_IDLE_TIME, IDLE_SECONDS);
  return G_SOURCE_REMOVE;
}

/* After what arrived at the same time: a program that was busy must not blame the service. */
static GSource *
limits_start (ScimLimits *self, guint seconds, GSourceFunc callback)
{
  return scim_source_attach (g_timeout_source_new (seconds * self->second), self->context,
                             self->priority + 1, callback, self);
}

static void
limits_enter (ScimLimits *self, Phase phase, guint seconds)
{
  scim_source_clear (&self->step);
  self->phase = phase;
  self->step = limits_start (self, seconds, step_cb);
}

/* libsoup connects once more when a connection that it had kept turns out to be dead. */
static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  ScimLimits *self = user_data;

  if (self->phase != CONNECTING && event < G_SOCKET_CLIENT_COMPLETE)
    limits_enter (self, CONNECTING, CONNECT_SECONDS);
}

static void
starting_cb (SoupMessage *message, gpointer user_data)
{
  ScimLimits *self = user_data;

  self->has_left = TRUE;
  limits_enter (self, TALKING, IDLE_SECONDS);
}

ScimLimits *
scim_limits_new (SoupMessage *message,
                 guint seconds,
                 guint second,
                 int priority,
                 GMainContext *context,
                 ScimLimitsExceeded exceeded,
                 gpointer user_data)
{
  ScimLimits *self;

  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (exceeded != NULL, NULL);

  self = g_new0 (ScimLimits, 1);
  self->message = g_object_ref (message);
  self->seconds = seconds;
  self->second = second;
  self->priority = priority;
  self->context = g_main_context_ref (context);
  self->exceeded = exceeded;
  self->user_data = user_data;
  self->whole = limits_start (self, seconds, whole_cb);
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  g_signal_connect_swapped (message, "wrote-body-data", G_CALLBACK (scim_limits_progress), self);
  g_signal_connect_swapped (message, "got-headers", G_CALLBACK (scim_limits_progress), self);
  return self;
}

void
scim_limits_free (ScimLimits *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  scim_source_clear (&self->whole);
  scim_source_clear (&self->step);
  g_main_context_unref (self->context);
  g_object_unref (self->message);
  g_free (self);
}

void
scim_limits_progress (ScimLimits *self)
{
  g_return_if_fail (self != NULL);

  if (self->phase == TALKING)
    g_source_set_ready_time (self->step,
                             g_get_monotonic_time () + (gint64)IDLE_SECONDS * self->second * 1000);
}

gboolean
scim_limits_has_left (const ScimLimits *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->has_left;
}
