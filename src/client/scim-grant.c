/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-grant.h"

#include "client/scim-auth-private.h"
#include "scim/scim-json.h"

#define MAX_LIFETIME_SECONDS (10 * 365 * 24 * 3600)

/* Whatever went wrong at the token address, the request that needed the token never left. */
static GError *
make_refusal (const ScimAnswer *answer)
{
  GError *refusal = scim_error_new_from_response (answer->status, answer->content_type,
                                                  answer->body, answer->retry_after);

  if (refusal->code != SCIM_ERROR_TOO_MANY_REQUESTS)
    refusal->code = SCIM_ERROR_SIGN_IN;
  return refusal;
}

static gboolean
check_type (ScimNode answer, GError **error)
{
  g_autofree char *type = scim_node_dup_text (scim_node_get_member (answer, "token_type"));
  g_autofree char *safe = NULL;

  if (type == NULL || g_ascii_strcasecmp (type, "bearer") == 0)
    return TRUE;
  safe = scim_text_make_safe (type, -1, 40);
  g_set_error (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN,
               "The token address gave a token of an unknown kind (“%s”)", safe);
  return FALSE;
}

static ScimGrant *
read_grant (ScimNode answer, GError **error)
{
  char *token = scim_node_dup_text (scim_node_get_member (answer, "access_token"));
  ScimGrant *self = NULL;
  gint64 seconds = 0;

  if (token == NULL || !scim_auth_token_is_usable (token))
    g_set_error (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN,
                 "The token address answered without a usable token");
  else if (check_type (answer, error))
    {
      self = g_new0 (ScimGrant, 1);
      self->header = g_strconcat ("Bearer ", token, NULL);
      self->scope = scim_node_dup_text (scim_node_get_member (answer, "scope"));
      scim_node_get_int64 (scim_node_get_member (answer, "expires_in"), &seconds);
      self->lifetime = (guint)CLAMP (seconds, 0, MAX_LIFETIME_SECONDS);
    }
  scim_secret_free (token);
  return self;
}

ScimGrant *
scim_grant_new_from_answer (const ScimAnswer *answer, GError **error)
{
  const ScimJsonLimits limits = { SCIM_GRANT_MAX_BYTES, 4096, 8 };
  g_autoptr (ScimJson) json = NULL;

  g_return_val_if_fail (answer != NULL, NULL);

  if (answer->status < 200 || answer->status > 299)
    {
      g_propagate_error (error, make_refusal (answer));
      return NULL;
    }
  json = scim_json_new (answer->body, &limits, NULL);
  if (json == NULL || scim_node_get_type (scim_json_get_root (json)) != SCIM_JSON_OBJECT)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                   "The token address answered with something that is no token");
      return NULL;
    }
  return read_grant (scim_json_get_root (json), error);
}

void
scim_grant_free (ScimGrant *self)
{
  g_return_if_fail (self != NULL);

  scim_secret_free (self->header);
  g_free (self->scope);
  g_free (self);
}
