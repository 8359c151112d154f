/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-outcome-private.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include "client/scim-client-error.h"
#include "scim/scim-error.h"

#define MAX_WORDS 2000

typedef struct
{
  int code;
  const char *what; /* nullable */
  const char *next; /* nullable */
} Words;

static const Words scim_words[] = {
  { SCIM_ERROR_INVALID_JSON, N_ ("The service’s answer is damaged or incomplete."),
    N_ ("Try again. If it stays so, tell whoever looks after the service.") },
  { SCIM_ERROR_INVALID_VALUE, N_ ("A value does not fit its attribute."),
    N_ ("Correct the value and try again.") },
  { SCIM_ERROR_NO_TARGET, N_ ("The value to change is not there any more."),
    N_ ("Open the profile again and repeat the change.") },
  { SCIM_ERROR_MUTABILITY, N_ ("The attribute cannot be changed on this service."),
    N_ ("Put that change back and update again.") },
  { SCIM_ERROR_UNSUPPORTED, N_ ("This service cannot do that."), NULL },
  { SCIM_ERROR_PROTOCOL, N_ ("The service answered something that is not SCIM."),
    N_ ("Check that the address is that of a SCIM 2.0 service.") },
  { SCIM_ERROR_OTHER_USER, N_ ("The service answered with another user than was asked for."),
    N_ ("Tell whoever looks after the service.") },
  { SCIM_ERROR_CONTRADICTION, N_ ("The service reported success and an error at once."),
    N_ ("Try again. If it stays so, tell whoever looks after the service.") },
  { SCIM_ERROR_TOO_LARGE, N_ ("The service’s answer is too large: it was not read to its end."),
    N_ ("Tell whoever looks after the service.") },
  { SCIM_ERROR_ENDLESS, N_ ("The service’s list of users does not come to an end."),
    N_ ("Tell whoever looks after the service.") },
  { SCIM_ERROR_REDIRECTED, N_ ("The service points to another address, which was not followed."),
    N_ ("Use the address it points to if you trust it.") },
  { SCIM_ERROR_REDIRECT_LOOP,
    N_ ("The service sends the request on from one address to the next, without an end."),
    N_ ("Tell whoever looks after the service.") },
  { SCIM_ERROR_SIGN_IN, N_ ("Signing in was refused."),
    N_ ("Check the credentials of the connection and whether they have expired.") },
  { SCIM_ERROR_FORBIDDEN, N_ ("The service does not allow this."),
    N_ ("Ask whoever looks after the service for the permission.") },
  { SCIM_ERROR_NOT_FOUND, N_ ("The service does not have it, or not any more."),
    N_ ("Refresh the list of users.") },
  { SCIM_ERROR_CONFLICT, N_ ("A value is already used by somebody else."),
    N_ ("Choose another value and try again.") },
  { SCIM_ERROR_PRECONDITION_FAILED, N_ ("Somebody else changed the profile at the same time."),
    N_ ("Look at the profile as it is now and try again.") },
  { SCIM_ERROR_TOO_MANY_REQUESTS, N_ ("The service asks for fewer requests."),
    N_ ("Wait a minute and try again.") },
  { SCIM_ERROR_BAD_REQUEST, N_ ("The service refused the request."),
    N_ ("Correct what the service names. If there is nothing to correct, tell whoever looks after "
        "the service.") },
  { SCIM_ERROR_NOT_IMPLEMENTED, N_ ("This service cannot do that."),
    N_ ("Tell whoever looks after the service.") },
  { SCIM_ERROR_SERVER, N_ ("The service has failed."), N_ ("Try again in a while.") },
};

static const Words io_words[] = {
  { G_IO_ERROR_HOST_NOT_FOUND, N_ ("There is no service of that name."),
    N_ ("Check the address and the network connection.") },
  { G_IO_ERROR_CONNECTION_REFUSED, N_ ("Nothing answers at the service’s address."),
    N_ ("Check the address, and whether the service is running.") },
  { G_IO_ERROR_TIMED_OUT, N_ ("The service did not answer in time."),
    N_ ("Check the network connection and try again.") },
  { G_IO_ERROR_NETWORK_UNREACHABLE, N_ ("The network cannot be reached."),
    N_ ("Check the network connection and try again.") },
  { G_IO_ERROR_HOST_UNREACHABLE, N_ ("The service cannot be reached."),
    N_ ("Check the network connection and try again.") },
  { G_IO_ERROR_PROXY_FAILED, N_ ("The proxy server did not pass the request on."),
    N_ ("Check the proxy in the network settings.") },
  { G_IO_ERROR_CONNECTION_CLOSED, N_ ("The service ended the connection before it answered."),
    N_ ("Try again in a while.") },
  { G_IO_ERROR_PARTIAL_INPUT, N_ ("The service ended the connection before it answered."),
    N_ ("Try again in a while.") },
  { G_IO_ERROR_INVALID_DATA, N_ ("The service’s answer is damaged or incomplete."),
    N_ ("Try again. If it stays so, tell whoever looks after the service.") },
  { G_IO_ERROR_CANCELLED, N_ ("It was cancelled."), NULL },
};

static const Words tls_words = { 0, N_ ("The service’s identity could not be verified."),
                                 N_ ("Nothing was sent. Check the address; a service with a "
                                     "certificate of its own needs it installed on this "
                                     "computer.") };
static const Words resolver_words = { 0, N_ ("There is no service of that name."),
                                      N_ ("Check the address and the network connection.") };

/* What happened names the host: see dup_client_text. */
static const Words client_words[] = {
  { SCIM_CLIENT_ERROR_CONNECT_TIME, NULL,
    N_ ("Check the address and the network connection, then try again.") },
  { SCIM_CLIENT_ERROR_IDLE_TIME, NULL,
    N_ ("Try again in a while. If it stays silent, tell whoever looks after the service.") },
  { SCIM_CLIENT_ERROR_TOTAL_TIME, NULL,
    N_ ("Try again in a while: the service or the network is very slow.") },
  { SCIM_CLIENT_ERROR_NO_TOKEN, NULL,
    N_ ("Check the token address and the network connection, then try again.") },
  { SCIM_CLIENT_ERROR_CUT_SHORT, NULL, N_ ("Read the profile again to see what was done.") },
};

static const Words *
find_code (const Words *words, guint n_words, int code)
{
  for (guint i = 0; i < n_words; i++)
    if (words[i].code == code)
      return &words[i];
  return NULL;
}

/* The scimType (RFC 7644 section 3.12) says more than the status: what there is to do about it. */
static int
get_scim_code (const GError *error)
{
  static const struct
  {
    const char *type;
    int code;
  } types[] = {
    { "invalidValue", SCIM_ERROR_INVALID_VALUE },
    { "uniqueness", SCIM_ERROR_CONFLICT },
    { "mutability", SCIM_ERROR_MUTABILITY },
    { "noTarget", SCIM_ERROR_NO_TARGET },
  };
  const char *type = scim_error_get_scim_type (error);

  for (gsize i = 0; error->code == SCIM_ERROR_BAD_REQUEST && i < G_N_ELEMENTS (types); i++)
    if (g_strcmp0 (type, types[i].type) == 0)
      return types[i].code;
  return error->code;
}

static const Words *
find_words (const GError *error)
{
  if (error->domain == SCIM_ERROR)
    return find_code (scim_words, G_N_ELEMENTS (scim_words), get_scim_code (error));
  if (error->domain == SCIM_CLIENT_ERROR)
    return find_code (client_words, G_N_ELEMENTS (client_words), error->code);
  if (error->domain == G_TLS_ERROR)
    return &tls_words;
  if (error->domain == G_RESOLVER_ERROR)
    return &resolver_words;
  if (error->domain == G_IO_ERROR)
    return find_code (io_words, G_N_ELEMENTS (io_words), error->code);
  return NULL;
}

/* What came in the place of SCIM. */
static char *
dup_what_came (const GError *error)
{
  const char *type = scim_error_get_subject (error);
  const char *words = scim_error_get_detail (error);

  if (type != NULL && words != NULL)
    /* Translators: the type of an answer, such as text/html, and its first words */
    return g_strdup_printf (_ ("It sent %s: “%s”"), type, words);
  if (type != NULL)
    /* Translators: %s is the type of an answer, such as text/html */
    return g_strdup_printf (_ ("It sent %s."), type);
  if (words != NULL)
    /* Translators: %s are the first words of an answer */
    return g_strdup_printf (_ ("It sent: “%s”"), words);
  return NULL;
}

/* The service's own words; a bare status phrase says nothing that ours do not. */
static char *
dup_quote (const GError *error)
{
  const char *detail = scim_error_get_detail (error);
  const char *subject = scim_error_get_subject (error);
  guint status = scim_error_get_http_status (error);
  const char *const phrases[] = { "Forbidden",   "Unauthorized",          "Not Found",
                                  "Bad Request", "Internal Server Error", "Conflict",
                                  NULL };

  if (error->code == SCIM_ERROR_PROTOCOL)
    return dup_what_came (error);
  if (error->code == SCIM_ERROR_INVALID_JSON)
    return scim_text_make_safe (error->message, -1, MAX_WORDS);
  if (error->code == SCIM_ERROR_REDIRECTED && subject != NULL)
    /* Translators: %s is a host name */
    return g_strdup_printf (_ ("It points to %s."), subject);
  if (detail != NULL && *detail != '\0' && !g_strv_contains (phrases, detail))
    /* Translators: %s are the service's own words. */
    return g_strdup_printf (_ ("The service says: “%s”"), detail);
  return status < 400
           ? NULL
           /* Translators: %u is an HTTP status such as 403. */
           : g_strdup_printf (_ ("The service gave no reason (HTTP status %u)."), status);
}

/* Which host it was, and how long it was waited for. */
static char *
dup_client_text (const GError *error)
{
  const char *reason = scim_client_error_get_reason (error);
  guint seconds = scim_client_error_get_seconds (error);
  g_autofree char *host = scim_text_make_safe (scim_client_error_get_host (error), -1, MAX_WORDS);
  g_autofree char *quote = NULL;
  g_autofree char *what = NULL;

  switch (error->code)
    {
    case SCIM_CLIENT_ERROR_CONNECT_TIME:
      /* Translators: %s is a host name, %u a number of seconds */
      return g_strdup_printf (_ ("No connection to %s came about within %u seconds."), host,
                              seconds);
    case SCIM_CLIENT_ERROR_IDLE_TIME:
      /* Translators: %s is a host name, %u a number of seconds */
      return g_strdup_printf (_ ("There is a connection to %s, but nothing came for %u seconds."),
                              host, seconds);
    case SCIM_CLIENT_ERROR_TOTAL_TIME:
      /* Translators: %s is a host name, %u a number of seconds */
      return g_strdup_printf (_ ("The answer of %s was not complete after %u seconds."), host,
                              seconds);
    case SCIM_CLIENT_ERROR_NO_TOKEN:
      /* Translators: %s is a host name */
      what =
        g_strdup_printf (_ ("%s, where this connection signs in, did not give a token."), host);
      quote = reason != NULL ? scim_text_make_safe (reason, -1, MAX_WORDS) : NULL;
      return roster_outcome_join_lines (what, quote);
    case SCIM_CLIENT_ERROR_CUT_SHORT:
    default:
      /* Translators: %s is a host name */
      return g_strdup_printf (_ ("It was cancelled when the request to %s had already left."),
                              host);
    }
}

char *
roster_outcome_dup_error_text (const GError *error)
{
  const Words *words;
  g_autofree char *quote = NULL;
  const char *what = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == SCIM_CLIENT_ERROR)
    return dup_client_text (error);
  words = find_words (error);
  if (words != NULL)
    what = _ (words->what);
  if (error->domain == SCIM_ERROR)
    quote = dup_quote (error);
  else if (words == NULL || words == &tls_words)
    quote = scim_text_make_safe (error->message, -1, MAX_WORDS);
  if (what == NULL && quote == NULL)
    return scim_text_make_safe (error->message, -1, MAX_WORDS);
  return roster_outcome_join_lines (what, quote);
}

/* A wait of a year is no wait. */
static char *
dup_wait (int seconds)
{
  int minutes = seconds / 60 + (seconds % 60 > 0 ? 1 : 0);

  if (seconds <= 120)
    /* Translators: %d is a number of seconds that the service asked to wait. */
    return g_strdup_printf (
      ngettext ("Try again in %d second.", "Try again in %d seconds.", (gulong)seconds), seconds);
  if (minutes <= 120)
    /* Translators: %d is a number of minutes that the service asked to wait. */
    return g_strdup_printf (
      ngettext ("Try again in %d minute.", "Try again in %d minutes.", (gulong)minutes), minutes);
  return g_strdup (_ ("The service asks to wait for hours: try again later."));
}

char *
roster_outcome_dup_next_step (const GError *error)
{
  const Words *words;
  int wait;

  g_return_val_if_fail (error != NULL, NULL);

  wait = error->domain == SCIM_ERROR ? scim_error_get_retry_after (error) : -1;
  if (wait > 0)
    return dup_wait (wait);
  words = find_words (error);
  return words == NULL || words->next == NULL ? NULL : g_strdup (_ (words->next));
}

RosterOutcome *
roster_outcome_new_from_error (RosterOutcomeKind kind, const char *title, const GError *error)
{
  RosterOutcome *outcome;

  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (error != NULL, NULL);

  outcome = roster_outcome_new (kind, g_strdup (title), roster_outcome_dup_error_text (error),
                                roster_outcome_dup_next_step (error));
  outcome->offer = roster_outcome_offer_for_error (error);
  return outcome;
}
