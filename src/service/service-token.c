/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The token endpoint of OAuth 2.0's client credentials (RFC 6749 sections 4.4 and 5). */
#include "service-http.h"

#include "service-json.h"

#include <string.h>

static void
respond_json (const RosterServiceRequest *self, guint status, GString *body)
{
  roster_service_respond (self, status, body);
  roster_service_request_set_header (self, "Content-Type", "application/json");
  roster_service_request_set_header (self, "Cache-Control", "no-store");
}

void
roster_service_respond_token_error (const RosterServiceRequest *self,
                                    guint status,
                                    const char *code,
                                    const char *description)
{
  GString *body = g_string_new ("{");

  roster_service_json_text (body, "error", code);
  roster_service_json_text (body, "error_description", description);
  g_string_append_c (body, '}');
  if (status == 401)
    roster_service_request_set_header (self, "WWW-Authenticate", "Basic realm=\"roster-service\"");
  respond_json (self, status, body);
}

/* Section 2.3.1: both are form-encoded before they are put together. */
static gboolean
read_client (const RosterServiceRequest *self, GHashTable *form, char **id, char **secret)
{
  const char *header = roster_service_request_get_header (self, "Authorization");
  g_autofree char *raw_id = NULL;
  g_autofree char *raw_secret = NULL;

  if (header == NULL)
    {
      *id = g_strdup (g_hash_table_lookup (form, "client_id"));
      *secret = g_strdup (g_hash_table_lookup (form, "client_secret"));
      return *id != NULL && *secret != NULL;
    }
  if (!roster_service_parse_basic (header, &raw_id, &raw_secret))
    return FALSE;
  *id = g_uri_unescape_string (raw_id, NULL);
  *secret = g_uri_unescape_string (raw_secret, NULL);
  return *id != NULL && *secret != NULL;
}

static void
grant (const RosterServiceRequest *self, GHashTable *form)
{
  RosterServiceAuth *auth = self->service->auth;
  const char *requested = g_hash_table_lookup (form, "scope");
  g_autofree char *granted = NULL;
  g_autofree char *token = NULL;
  g_autofree char *lifetime = g_strdup_printf ("%u", roster_service_auth_get_token_lifetime (auth));
  GString *body = g_string_new ("{");

  /* WSO2 gives a token that was asked for without scopes none. */
  if (requested == NULL && self->service->personality->needs_scopes)
    requested = "";
  token = roster_service_auth_issue (auth, requested, &granted);
  roster_service_json_text (body, "access_token", token);
  if (*granted != '\0')
    roster_service_json_text (body, "scope", granted);
  roster_service_json_text (body, "token_type", "Bearer");
  roster_service_json_raw (body, "expires_in", lifetime);
  g_string_append_c (body, '}');
  respond_json (self, 200, body);
}

void
roster_service_handle_token (const RosterServiceRequest *self)
{
  SoupMessageBody *request_body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GHashTable) form = NULL;
  g_autofree char *text = NULL;
  g_autofree char *id = NULL;
  g_autofree char *secret = NULL;
  gsize length;
  const char *data;

  if (!g_str_equal (self->method, "POST"))
    {
      roster_service_respond_token_error (self, 405, "invalid_request", "Only POST is allowed.");
      return;
    }
  bytes = soup_message_body_flatten (request_body);
  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data != NULL ? data : "", length);
  form = soup_form_decode (text);
  if (!read_client (self, form, &id, &secret) ||
      !roster_service_auth_is_client (self->service->auth, id, secret))
    roster_service_respond_token_error (self, 401, "invalid_client",
                                        "Client Authentication failed.");
  else if (g_strcmp0 (g_hash_table_lookup (form, "grant_type"), "client_credentials") != 0)
    roster_service_respond_token_error (self, 400, "unsupported_grant_type",
                                        "Only client_credentials is supported.");
  else
    grant (self, form);
}
