/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-auth-private.h"

#include <string.h>

#define MAX_TOKEN_BYTES (64 * 1024)

/* Bearer token, and user name with password: one header, always the same. */
typedef struct
{
  ScimAuth parent;
  char *header; /* nullable: what was given makes no header */
} FixedAuth;

static void
fixed_authorize_async (ScimAuth *auth,
                       ScimTransport *transport,
                       const char *refused,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  FixedAuth *self = (FixedAuth *)auth;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, fixed_authorize_async);
  if (self->header == NULL)
    g_task_return_new_error (task, SCIM_ERROR, SCIM_ERROR_SIGN_IN,
                             "The token or user name holds characters that cannot be sent");
  else
    g_task_return_pointer (task, g_strdup (self->header), (GDestroyNotify)scim_secret_free);
}

static char *
fixed_authorize_finish (ScimAuth *auth, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, fixed_authorize_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fixed_free (ScimAuth *auth)
{
  FixedAuth *self = (FixedAuth *)auth;

  scim_secret_free (self->header);
  g_free (self);
}

static const ScimAuthMethod fixed_method = {
  .authorize_async = fixed_authorize_async,
  .authorize_finish = fixed_authorize_finish,
  .free = fixed_free,
};

/* Takes the header. */
static ScimAuth *
fixed_new (char *header)
{
  FixedAuth *self = g_new0 (FixedAuth, 1);

  scim_auth_init (&self->parent, &fixed_method);
  self->header = header;
  return &self->parent;
}

ScimAuth *
scim_auth_new_bearer (const char *token)
{
  char *bare;
  char *header = NULL;

  g_return_val_if_fail (token != NULL, NULL);

  /* A pasted token often brings its line end with it. */
  bare = g_strstrip (g_strdup (token));
  if (scim_auth_token_is_usable (bare))
    header = g_strconcat ("Bearer ", bare, NULL);
  scim_secret_free (bare);
  return fixed_new (header);
}

ScimAuth *
scim_auth_new_basic (const char *user_name, const char *password)
{
  g_return_val_if_fail (user_name != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  /* The first ':' ends the user name (RFC 7617 section 2). */
  if (strchr (user_name, ':') != NULL)
    return fixed_new (NULL);
  return fixed_new (scim_auth_basic_header (user_name, password));
}

void
scim_auth_init (ScimAuth *self, const ScimAuthMethod *method)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (method != NULL);

  self->method = method;
  g_atomic_ref_count_init (&self->ref_count);
}

ScimAuth *
scim_auth_ref (ScimAuth *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
scim_auth_unref (ScimAuth *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    self->method->free (self);
}

gboolean
scim_auth_renews (ScimAuth *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->method->renews;
}

const char *
scim_auth_get_scope (ScimAuth *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method->get_scope != NULL ? self->method->get_scope (self) : NULL;
}

guint
scim_auth_get_lifetime (ScimAuth *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->method->get_lifetime != NULL ? self->method->get_lifetime (self) : 0;
}

void
scim_auth_authorize_async (ScimAuth *self,
                           ScimTransport *transport,
                           const char *refused,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (transport != NULL);

  self->method->authorize_async (self, transport, refused, cancellable, callback, user_data);
}

char *
scim_auth_authorize_finish (ScimAuth *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->method->authorize_finish (self, result, error);
}

void
scim_secret_free (char *text)
{
  if (text == NULL)
    return;
  explicit_bzero (text, strlen (text));
  g_free (text);
}

char *
scim_auth_basic_header (const char *user_name, const char *password)
{
  char *pair = g_strconcat (user_name, ":", password, NULL);
  char *encoded = g_base64_encode ((const guchar *)pair, strlen (pair));
  char *header = g_strconcat ("Basic ", encoded, NULL);

  scim_secret_free (pair);
  scim_secret_free (encoded);
  return header;
}

gboolean
scim_auth_token_is_usable (const char *token)
{
  gsize length = strlen (token);

  if (length == 0 || length > MAX_TOKEN_BYTES)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (token[i]))
      return FALSE;
  return TRUE;
}
