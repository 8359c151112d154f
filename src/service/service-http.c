/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-http.h"

#include "service-fault.h"
#include "service-json.h"

#include "scim/scim-error.h"

#include <string.h>

#define SCIM_MEDIA_TYPE "application/scim+json"
#define MAX_BODY        (1024 * 1024)

typedef struct
{
  ScimErrorCode code;
  guint status;
  const char *scim_type; /* nullable */
} ErrorAnswer;

/* RFC 7644 section 3.12, tables 8 and 9. */
static const ErrorAnswer error_answers[] = {
  { SCIM_ERROR_INVALID_JSON, 400, "invalidSyntax" },
  { SCIM_ERROR_PROTOCOL, 400, "invalidSyntax" },
  { SCIM_ERROR_INVALID_PATH, 400, "invalidPath" },
  { SCIM_ERROR_INVALID_FILTER, 400, "invalidFilter" },
  { SCIM_ERROR_INVALID_VALUE, 400, "invalidValue" },
  { SCIM_ERROR_NO_TARGET, 400, "noTarget" },
  { SCIM_ERROR_MUTABILITY, 400, "mutability" },
  { SCIM_ERROR_FORBIDDEN, 403, NULL },
  { SCIM_ERROR_NOT_FOUND, 404, NULL },
  { SCIM_ERROR_CONFLICT, 409, "uniqueness" },
  { SCIM_ERROR_PRECONDITION_FAILED, 412, NULL },
  { SCIM_ERROR_TOO_LARGE, 413, NULL },
  { SCIM_ERROR_NOT_IMPLEMENTED, 501, NULL },
  { SCIM_ERROR_UNSUPPORTED, 501, NULL },
};

static gboolean
accept_is_known (const char *accept)
{
  static const char *const known[] = { "*/*", "application/json", SCIM_MEDIA_TYPE, "application/*",
                                       NULL };

  return accept == NULL || g_strv_contains (known, accept);
}

/* The media type alone, or with charset=utf-8. */
static gboolean
content_type_is_json (const char *content_type)
{
  g_auto (GStrv) parts = NULL;

  if (content_type == NULL)
    return FALSE;
  parts = g_strsplit (content_type, ";", 2);
  g_strstrip (parts[0]);
  if (g_ascii_strcasecmp (parts[0], SCIM_MEDIA_TYPE) != 0 &&
      g_ascii_strcasecmp (parts[0], "application/json") != 0)
    return FALSE;
  return parts[1] == NULL || g_ascii_strcasecmp (g_strstrip (parts[1]), "charset=utf-8") == 0;
}

/* FALSE, with the answer given, when the headers are not to the service's liking. */
static gboolean
check_headers (const RosterServiceRequest *self)
{
  gboolean strict = self->service->personality->strict_headers;
  gboolean has_body = g_str_equal (self->method, "PATCH") || g_str_equal (self->method, "PUT") ||
                      g_str_equal (self->method, "POST");

  if (strict && !accept_is_known (roster_service_request_get_header (self, "Accept")))
    {
      roster_service_respond_failure (self, 406, NULL, "The Accept header is not supported.");
      return FALSE;
    }
  if (has_body && !content_type_is_json (roster_service_request_get_header (self, "Content-Type")))
    {
      roster_service_respond_failure (self, strict ? 406 : 415, NULL,
                                      "The Content-Type must be " SCIM_MEDIA_TYPE ".");
      return FALSE;
    }
  if (soup_server_message_get_request_body (self->message)->length > MAX_BODY)
    {
      roster_service_respond_failure (self, 413, NULL, "The request is too large.");
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_sign_in (const RosterServiceRequest *self)
{
  guint scopes;

  if (roster_service_auth_check (
        self->service->auth, roster_service_request_get_header (self, "Authorization"), &scopes))
    return TRUE;
  roster_service_request_set_header (self, "WWW-Authenticate", "Bearer realm=\"roster-service\"");
  /* WSO2's gateway answers before anything that speaks SCIM does (SCIM-SERVICES section 3.5). */
  if (self->service->personality->strict_headers)
    soup_server_message_set_status (self->message, 401, NULL);
  else
    roster_service_respond_failure (self, 401, NULL, "Authorization is missing or not valid.");
  return FALSE;
}

/* The id in /Users/{id}: owned; NULL for what is none. */
static char *
dup_user_id (const RosterServiceRequest *self)
{
  const char *id = self->path + strlen ("/Users/");

  if (!g_str_has_prefix (self->path, "/Users/") || strchr (id, '/') != NULL)
    return NULL;
  return g_uri_unescape_string (id, NULL);
}

static void
handle_one (const RosterServiceRequest *self)
{
  g_autofree char *id = dup_user_id (self);

  if (id != NULL)
    roster_service_handle_user (self, id);
  else
    roster_service_respond_failure (self, 404, NULL, "There is no such endpoint.");
}

static void
route (const RosterServiceRequest *self)
{
  g_autofree char *path = g_uri_unescape_string (self->path, NULL);

  if (path == NULL)
    {
      roster_service_respond_failure (self, 404, NULL, "There is no such endpoint.");
      return;
    }
  if (g_str_equal (path, "/Me"))
    {
      roster_service_handle_me (self);
      return;
    }
  if (!check_sign_in (self) || !check_headers (self))
    return;
  if (g_str_equal (path, "/Users") || g_str_equal (path, "/Users/"))
    roster_service_handle_list (self);
  else if (g_str_has_prefix (path, "/Users/"))
    handle_one (self);
  else if (!roster_service_handle_discovery (self, path))
    roster_service_respond_failure (self, 404, NULL, "There is no such endpoint.");
}

static char *
dup_base_url (SoupServerMessage *message, const char *base_path)
{
  GUri *uri = soup_server_message_get_uri (message);

  return g_strdup_printf ("http://127.0.0.1:%d%s", g_uri_get_port (uri), base_path);
}

static char *
dup_path (const RosterServicePersonality *personality, const char *path)
{
  gsize length = strlen (personality->base_path);

  if (g_str_equal (path, personality->token_path))
    return g_strdup ("token");
  if (strncmp (path, personality->base_path, length) == 0 && path[length] == '/')
    return g_strdup (path + length);
  return NULL;
}

static void
request_clear (RosterServiceRequest *self)
{
  g_free (self->base_url);
  g_free (self->path);
  g_clear_pointer (&self->body, g_bytes_unref);
  roster_service_entry_unref (self->entry);
}

static void
request_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  RosterService *service = user_data;
  RosterServiceRequest request = { .service = service, .message = message, .query = query };
  const RosterServiceFaultRule *fault;

  request.method = soup_server_message_get_method (message);
  request.base_url = dup_base_url (message, service->personality->base_path);
  request.path = dup_path (service->personality, path);
  fault = roster_service_faults_pick (service->faults, &request);
  request.entry = roster_service_record_add (
    service->record, message, fault != NULL ? roster_service_fault_rule_get_name (fault) : NULL);
  if (fault != NULL)
    roster_service_fault_rule_run (fault, &request);
  else
    roster_service_request_handle (&request);
  request_clear (&request);
}

void
roster_service_http_attach (RosterService *self, SoupServer *server)
{
  soup_server_add_handler (server, NULL, request_cb, self, NULL);
}

void
roster_service_request_handle (const RosterServiceRequest *self)
{
  if (self->path == NULL)
    roster_service_respond_failure (self, 404, NULL, "There is no such endpoint.");
  else if (g_str_equal (self->path, "token"))
    roster_service_handle_token (self);
  else
    route (self);
}

const char *
roster_service_request_get_query (const RosterServiceRequest *self, const char *name)
{
  return self->query != NULL ? g_hash_table_lookup (self->query, name) : NULL;
}

const char *
roster_service_request_get_header (const RosterServiceRequest *self, const char *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (self->message),
                                       name);
}

void
roster_service_request_set_header (const RosterServiceRequest *self,
                                   const char *name,
                                   const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                value);
}

gboolean
roster_service_request_allows (const RosterServiceRequest *self, guint scope)
{
  guint scopes;
  GString *body;

  if (!self->service->personality->needs_scopes &&
      !roster_service_auth_is_limited (self->service->auth))
    return TRUE;
  roster_service_auth_check (self->service->auth,
                             roster_service_request_get_header (self, "Authorization"), &scopes);
  if (scopes & scope)
    return TRUE;

  if (!self->service->personality->strict_headers)
    {
      roster_service_respond_failure (self, 403, NULL, "The token lacks the scope for this.");
      return FALSE;
    }
  /* What WSO2's gateway says, which is not SCIM. */
  body = g_string_new ("{\"code\":\"403\",\"message\":\"Forbidden\",\"description\":\"Operation is "
                       "not permitted. You do not have permissions to make this request.\","
                       "\"traceId\":\"roster-service\"}");
  roster_service_respond (self, 403, body);
  return FALSE;
}

RosterServiceUser *
roster_service_request_find_user (const RosterServiceRequest *self)
{
  g_autofree char *id = dup_user_id (self);

  return id != NULL ? roster_service_users_find (self->service->users, id) : NULL;
}

GBytes *
roster_service_request_dup_body (const RosterServiceRequest *self)
{
  if (self->body != NULL)
    return g_bytes_ref (self->body);
  return soup_message_body_flatten (soup_server_message_get_request_body (self->message));
}

ScimResource *
roster_service_request_read (const RosterServiceRequest *self)
{
  g_autoptr (GBytes) bytes = roster_service_request_dup_body (self);
  g_autoptr (GError) error = NULL;
  ScimResource *resource = scim_resource_new (bytes, &error);

  if (resource == NULL)
    roster_service_respond_error (self, error);
  return resource;
}

void
roster_service_respond_bytes (const RosterServiceRequest *self, guint status, GBytes *bytes)
{
  roster_service_request_set_header (self, "Content-Type", SCIM_MEDIA_TYPE);
  roster_service_request_replace_answer (self, bytes);
  soup_server_message_set_status (self->message, status, NULL);
}

void
roster_service_respond_nothing (const RosterServiceRequest *self, guint status)
{
  soup_message_body_truncate (soup_server_message_get_response_body (self->message));
  soup_server_message_set_status (self->message, status, NULL);
}

void
roster_service_respond (const RosterServiceRequest *self, guint status, GString *text)
{
  g_autoptr (GBytes) bytes = g_string_free_to_bytes (text);

  roster_service_respond_bytes (self, status, bytes);
}

void
roster_service_respond_failure (const RosterServiceRequest *self,
                                guint status,
                                const char *scim_type,
                                const char *detail)
{
  GString *body = g_string_new ("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"]");
  g_autofree char *status_text = g_strdup_printf ("%u", status);

  if (scim_type != NULL)
    roster_service_json_text (body, "scimType", scim_type);
  roster_service_json_text (body, "detail", detail);
  roster_service_json_text (body, "status", status_text);
  g_string_append_c (body, '}');
  roster_service_respond (self, status, body);
}

void
roster_service_respond_error (const RosterServiceRequest *self, const GError *error)
{
  for (guint i = 0; i < G_N_ELEMENTS (error_answers); i++)
    {
      const char *scim_type = error_answers[i].scim_type;

      if (!g_error_matches (error, SCIM_ERROR, error_answers[i].code))
        continue;
      if (self->service->personality->strict_headers &&
          error_answers[i].code == SCIM_ERROR_INVALID_FILTER)
        scim_type = "InvalidFilter"; /* sic */
      roster_service_respond_failure (self, error_answers[i].status, scim_type, error->message);
      return;
    }
  roster_service_respond_failure (self, 500, NULL, error->message);
}

GBytes *
roster_service_request_dup_answer (const RosterServiceRequest *self)
{
  return soup_message_body_flatten (soup_server_message_get_response_body (self->message));
}

void
roster_service_request_replace_answer (const RosterServiceRequest *self, GBytes *bytes)
{
  SoupMessageBody *body = soup_server_message_get_response_body (self->message);

  soup_message_body_truncate (body);
  if (g_bytes_get_size (bytes) > 0)
    soup_message_body_append_bytes (body, bytes);
}
