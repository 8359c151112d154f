/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-auth.h"

#include <string.h>
#include <sys/random.h>

#define HASH_ROUNDS 1000

typedef struct
{
  gint64 expires; /* monotonic microseconds */
  guint scopes;
} Token;

struct _RosterServiceAuth
{
  char *token;
  char *client_id;
  char *client_secret;
  guint token_lifetime;
  gboolean limited;
  guint grantable;
  GHashTable *tokens; /* text → Token */
  gboolean expired;   /* the fixed token */
};

static const char *const scope_names[] = {
  "internal_user_mgt_list",   "internal_user_mgt_view",   "internal_user_mgt_create",
  "internal_user_mgt_update", "internal_user_mgt_delete",
};

#define ALL_SCOPES ((1u << G_N_ELEMENTS (scope_names)) - 1)

static char *
random_text (gsize n_bytes)
{
  guint8 bytes[32];
  GString *text = g_string_new (NULL);

  g_assert (n_bytes <= sizeof bytes);
  if (getrandom (bytes, n_bytes, 0) != (gssize)n_bytes)
    g_error ("The system gave no random bytes");
  for (gsize i = 0; i < n_bytes; i++)
    g_string_append_printf (text, "%02x", bytes[i]);
  return g_string_free (text, FALSE);
}

/* Takes as long for every wrong text of the right length. */
static gboolean
equal_secret (const char *a, const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    difference |= (guint8)(a[i] ^ b[i]);
  return difference == 0;
}

static guint
parse_scopes (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint scopes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (scope_names); i++)
    {
      if (g_strv_contains ((const char *const *)words, scope_names[i]))
        scopes |= 1u << i;
    }
  return scopes;
}

static char *
format_scopes (guint scopes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scope_names); i++)
    {
      if (scopes & (1u << i))
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", scope_names[i]);
    }
  return g_string_free (text, FALSE);
}

static char *
hash_with_salt (const char *salt, const char *password)
{
  char *hash = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *)salt, strlen (salt),
                                          password, -1);

  for (guint i = 1; i < HASH_ROUNDS; i++)
    {
      g_autofree char *last = hash;

      hash = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guint8 *)password,
                                        strlen (password), last, -1);
    }
  return hash;
}

RosterServiceAuth *
roster_service_auth_new (const char *scopes, guint token_lifetime)
{
  RosterServiceAuth *self = g_new0 (RosterServiceAuth, 1);

  self->token = random_text (24);
  self->client_id = random_text (8);
  self->client_secret = random_text (24);
  self->token_lifetime = token_lifetime;
  self->limited = scopes != NULL;
  self->grantable = scopes != NULL ? parse_scopes (scopes) : ALL_SCOPES;
  self->tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
roster_service_auth_free (RosterServiceAuth *self)
{
  g_free (self->token);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_hash_table_unref (self->tokens);
  g_free (self);
}

const char *
roster_service_auth_get_token (RosterServiceAuth *self)
{
  return self->token;
}

const char *
roster_service_auth_get_client_id (RosterServiceAuth *self)
{
  return self->client_id;
}

const char *
roster_service_auth_get_client_secret (RosterServiceAuth *self)
{
  return self->client_secret;
}

guint
roster_service_auth_get_token_lifetime (RosterServiceAuth *self)
{
  return self->token_lifetime;
}

gboolean
roster_service_auth_is_limited (RosterServiceAuth *self)
{
  return self->limited;
}

gboolean
roster_service_auth_is_client (RosterServiceAuth *self,
                               const char *client_id,
                               const char *client_secret)
{
  return equal_secret (client_id, self->client_id) &&
         equal_secret (client_secret, self->client_secret);
}

char *
roster_service_auth_issue (RosterServiceAuth *self, const char *requested, char **granted)
{
  Token *token = g_new0 (Token, 1);
  char *text = random_text (24);

  token->scopes = self->grantable;
  if (requested != NULL)
    token->scopes &= parse_scopes (requested);
  token->expires = g_get_monotonic_time () + (gint64)self->token_lifetime * G_TIME_SPAN_SECOND;
  *granted = format_scopes (token->scopes);
  g_hash_table_insert (self->tokens, g_strdup (text), token);
  return text;
}

/* The text of a bearer token, borrowed; NULL for any other header. */
static const char *
read_bearer (const char *header)
{
  if (header == NULL || g_ascii_strncasecmp (header, "Bearer ", strlen ("Bearer ")) != 0)
    return NULL;
  return header + strlen ("Bearer ");
}

gboolean
roster_service_auth_check (RosterServiceAuth *self, const char *header, guint *scopes)
{
  g_autofree char *user_name = NULL;
  g_autofree char *password = NULL;
  const char *bearer = read_bearer (header);
  const Token *token;

  *scopes = ALL_SCOPES;
  if (roster_service_parse_basic (header, &user_name, &password))
    return roster_service_auth_is_client (self, user_name, password);
  if (bearer == NULL)
    return FALSE;
  if (equal_secret (bearer, self->token))
    return !self->expired;
  token = g_hash_table_lookup (self->tokens, bearer);
  if (token == NULL || g_get_monotonic_time () >= token->expires)
    return FALSE;
  *scopes = token->scopes;
  return TRUE;
}

void
roster_service_auth_expire (RosterServiceAuth *self, const char *header)
{
  const char *bearer = read_bearer (header);

  if (bearer == NULL)
    return;
  if (equal_secret (bearer, self->token))
    self->expired = TRUE;
  else
    g_hash_table_remove (self->tokens, bearer);
}

void
roster_service_auth_restore (RosterServiceAuth *self)
{
  self->expired = FALSE;
}

gboolean
roster_service_parse_basic (const char *header, char **user_name, char **password)
{
  g_autofree char *encoded = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autofree char *text = NULL;
  gsize length;
  char *colon;

  if (header == NULL || g_ascii_strncasecmp (header, "Basic ", strlen ("Basic ")) != 0)
    return FALSE;
  encoded = g_strstrip (g_strdup (header + strlen ("Basic ")));
  bytes = g_base64_decode (encoded, &length);
  if (length == 0)
    return FALSE;
  text = g_strndup ((const char *)bytes, length);
  colon = strchr (text, ':');
  if (strlen (text) != length || colon == NULL || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  *user_name = g_strndup (text, colon - text);
  *password = g_strdup (colon + 1);
  return TRUE;
}

char *
roster_service_hash_password (const char *password)
{
  g_autofree char *salt = random_text (16);
  g_autofree char *hash = hash_with_salt (salt, password);

  return g_strdup_printf ("%s$%s", salt, hash);
}

gboolean
roster_service_verify_password (const char *password, const char *hash)
{
  const char *dollar = strchr (hash, '$');
  g_autofree char *salt = NULL;
  g_autofree char *actual = NULL;

  if (dollar == NULL)
    return FALSE;
  salt = g_strndup (hash, dollar - hash);
  actual = hash_with_salt (salt, password);
  return equal_secret (actual, dollar + 1);
}
