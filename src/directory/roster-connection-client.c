/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-connection-private.h"

#include "client/scim-client-private.h"

/* Services are asked with at most two connections: one is kept for the person (DESIGN section 3).
 */
#define MAX_CONNECTIONS 2

/* The scopes that Roster's functions need; NULL where the dialect has none. */
static char *
dup_needed_scope (const ScimDialect *dialect)
{
  if (dialect->scope_list == NULL)
    return NULL;

  return g_strjoin (" ", dialect->scope_list, dialect->scope_view, dialect->scope_update,
                    dialect->scope_delete, NULL);
}

static ScimAuth *
make_auth (RosterConnection *self, const char *secret)
{
  switch (roster_connection_get_sign_in (self))
    {
    case ROSTER_SIGN_IN_CLIENT_CREDENTIALS:
      {
        g_autofree char *token_url = roster_connection_dup_token_url (self);
        g_autofree char *client_id = roster_connection_dup_client_id (self);
        g_autofree char *scope = dup_needed_scope (roster_connection_get_scim_dialect (self));

        return scim_auth_new_client_credentials (token_url, client_id, secret, scope);
      }

    case ROSTER_SIGN_IN_BASIC:
      {
        g_autofree char *user_name = roster_connection_dup_user_name (self);

        return scim_auth_new_basic (user_name, secret);
      }

    case ROSTER_SIGN_IN_BEARER:
    default:
      return scim_auth_new_bearer (secret);
    }
}

const ScimDialect *
roster_connection_get_scim_dialect (RosterConnection *self)
{
  const char *id = roster_connection_get_dialect (self);
  const ScimDialect *dialect = id != NULL ? scim_dialect_get (id) : NULL;

  return dialect != NULL ? dialect : &scim_dialect_rfc;
}

ScimClient *
roster_connection_make_client (RosterConnection *self, const char *secret, GError **error)
{
  g_autofree char *base_url = NULL;
  g_autofree char *problem = NULL;
  g_autoptr (ScimAuth) auth = NULL;
  ScimClient *client;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  problem = roster_connection_check (self, secret, NULL);
  if (problem != NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem);
      return NULL;
    }

  base_url = roster_connection_dup_base_url (self);
  auth = make_auth (self, secret);

  client = scim_client_new (base_url, auth, roster_connection_get_scim_dialect (self),
                            MAX_CONNECTIONS, error);
  if (client != NULL)
    scim_client_set_second (client, roster_connection_get_second (self));

  return client;
}

gboolean
roster_connection_learn_dialect (RosterConnection *self, gboolean is_wso2)
{
  const ScimDialect *learned = is_wso2 ? &scim_dialect_wso2 : &scim_dialect_rfc;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), FALSE);

  if (roster_connection_get_dialect (self) != NULL)
    return FALSE;

  g_object_set (self, "dialect", learned->id, NULL);

  return learned->scope_list != NULL &&
         roster_connection_get_sign_in (self) == ROSTER_SIGN_IN_CLIENT_CREDENTIALS;
}
