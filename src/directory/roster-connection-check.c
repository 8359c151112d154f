/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "directory/roster-connection-private.h"

/* NULL when the address can be used, otherwise why not. */
static char *
check_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : NULL;

  if (uri == NULL || !roster_connection_is_host (g_uri_get_host (uri)) ||
      (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http")))
    return g_strdup (_ ("The address must look like https://host/scim2."));
  if (g_uri_get_userinfo (uri) != NULL)
    return g_strdup (_ ("The address must not contain a user name or a password."));
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return g_strdup (_ ("The address must end before “?” and “#”."));
  if (g_str_equal (scheme, "http") && !scim_client_host_is_loopback (g_uri_get_host (uri)))
    return g_strdup (
      _ ("The address must begin with https://. Without encryption only a service on "
         "this computer can be used."));

  return NULL;
}

static char *
check_service (RosterConnection *self, const char **property)
{
  g_autofree char *base = roster_connection_dup_base_url (self);

  switch (roster_connection_get_preset (self))
    {
    case ROSTER_PRESET_ASGARDEO:
      *property = "organization";
      if (base == NULL)
        return g_strdup (_ ("Enter the name of the organization."));
      break;

    case ROSTER_PRESET_WSO2_IS:
      {
        g_autofree char *host = roster_connection_dup_host (self);

        *property = "host";
        if (host == NULL)
          return g_strdup (_ ("Enter the host name of the server."));
        if (base == NULL)
          return g_strdup (_ ("The host must look like is.example.org or is.example.org:9443."));
        break;
      }

    case ROSTER_PRESET_OTHER:
    default:
      *property = "url";
      if (base == NULL)
        return g_strdup (_ ("Enter the SCIM address of the service."));
      break;
    }

  return check_url (base);
}

static char *
check_client (RosterConnection *self, const char **property)
{
  g_autofree char *token_url = roster_connection_dup_token_url (self);
  g_autofree char *client_id = roster_connection_dup_client_id (self);
  char *problem;

  *property = "token-url";
  if (token_url == NULL)
    return g_strdup (_ ("Enter the address at which the service gives tokens."));
  problem = check_url (token_url);
  if (problem != NULL)
    return problem;

  *property = "client-id";
  if (client_id == NULL)
    return g_strdup (_ ("Enter the client ID."));

  return NULL;
}

static char *
check_user_name (RosterConnection *self, const char **property)
{
  g_autofree char *user_name = roster_connection_dup_user_name (self);

  *property = "user-name";
  if (user_name == NULL)
    return g_strdup (_ ("Enter the user name."));
  /* RFC 7617 section 2 ends the user name at the first colon. */
  if (strchr (user_name, ':') != NULL)
    return g_strdup (_ ("A user name for signing in cannot contain a colon."));

  return NULL;
}

static char *
check_secret (RosterConnection *self, const char *secret, const char **property)
{
  gboolean empty = secret == NULL || *secret == '\0';

  *property = "secret";
  switch (roster_connection_get_sign_in (self))
    {
    case ROSTER_SIGN_IN_CLIENT_CREDENTIALS:
      return empty ? g_strdup (_ ("Enter the client secret.")) : NULL;

    case ROSTER_SIGN_IN_BASIC:
      return empty ? g_strdup (_ ("Enter the password.")) : NULL;

    case ROSTER_SIGN_IN_BEARER:
    default:
      if (empty)
        return g_strdup (_ ("Enter the token."));
      for (const char *at = secret; *at != '\0'; at++)
        if (!g_ascii_isgraph (*at))
          return g_strdup (_ ("A token has no spaces and only plain characters."));
      return NULL;
    }
}

gboolean
roster_connection_is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;

  for (const char *at = host; *at != '\0'; at++)
    if ((guchar)*at < 0x80 && !g_ascii_isalnum (*at) && strchr ("-._:", *at) == NULL)
      return FALSE;

  return TRUE;
}

char *
roster_connection_check (RosterConnection *self, const char *secret, const char **property)
{
  const char *about = NULL;
  RosterSignIn sign_in;
  char *problem;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  sign_in = roster_connection_get_sign_in (self);
  problem = check_service (self, &about);
  if (problem == NULL && sign_in == ROSTER_SIGN_IN_CLIENT_CREDENTIALS)
    problem = check_client (self, &about);
  else if (problem == NULL && sign_in == ROSTER_SIGN_IN_BASIC)
    problem = check_user_name (self, &about);
  if (problem == NULL)
    problem = check_secret (self, secret, &about);

  if (property != NULL)
    *property = problem != NULL ? about : NULL;

  return problem;
}
