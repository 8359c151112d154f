/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-backoff.h"

#include "client/scim-client-error.h"

/* In seconds, but for the times. */
typedef struct
{
  guint n_times;
  double first;
  double longest;
  int longest_asked; /* Retry-After */
  guint last_begin;
} Policy;

static const Policy policies[] = {
  [SCIM_PRIORITY_PERSON] = { 3, 0.5, 2, 10, 20 },
  [SCIM_PRIORITY_BACKGROUND] = { 8, 2, 60, 120, 300 },
};

struct _ScimBackoff
{
  const Policy *policy;
  GRand *random;
  guint second;
  guint n_times;
  gint64 since; /* when the first try began */
};

static gboolean
io_error_may_pass (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PARTIAL_INPUT:
    case G_IO_ERROR_TIMED_OUT:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
status_may_pass (guint status)
{
  return status == 429 || status == 502 || status == 503 || status == 504;
}

gboolean
scim_backoff_may_pass (const GError *error)
{
  g_return_val_if_fail (error != NULL, FALSE);

  if (error->domain == SCIM_ERROR)
    return status_may_pass (scim_error_get_http_status (error));
  if (error->domain == SCIM_CLIENT_ERROR)
    return scim_client_error_may_pass (error);
  if (error->domain == G_IO_ERROR)
    return io_error_may_pass (error->code);
  return g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
}

ScimBackoff *
scim_backoff_new (ScimPriority priority, GRand *random, guint second, gint64 now)
{
  ScimBackoff *self;

  g_return_val_if_fail (priority < G_N_ELEMENTS (policies), NULL);
  g_return_val_if_fail (random != NULL, NULL);

  self = g_new0 (ScimBackoff, 1);
  self->policy = &policies[priority];
  self->random = random;
  self->second = second;
  self->since = now;
  return self;
}

void
scim_backoff_free (ScimBackoff *self)
{
  g_free (self);
}

gboolean
scim_backoff_next (ScimBackoff *self, const GError *error, gint64 now, guint *milliseconds)
{
  const Policy *policy;
  double ceiling;
  double pause;
  double passed;
  int asked;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error != NULL, FALSE);
  g_return_val_if_fail (milliseconds != NULL, FALSE);

  policy = self->policy;
  asked = scim_error_get_retry_after (error);
  if (!scim_backoff_may_pass (error) || self->n_times >= policy->n_times ||
      asked > policy->longest_asked)
    return FALSE;
  ceiling = MIN (policy->first * (double)(1u << self->n_times), policy->longest);
  pause = g_rand_double_range (self->random, 0, ceiling) + MAX (asked, 0);
  passed = (double)(now - self->since) / 1000 / self->second;
  if (passed + pause > policy->last_begin)
    return FALSE;
  self->n_times++;
  *milliseconds = (guint)(pause * self->second);
  return TRUE;
}

void
scim_backoff_reset (ScimBackoff *self, gint64 now)
{
  g_return_if_fail (self != NULL);

  self->n_times = 0;
  self->since = now;
}
