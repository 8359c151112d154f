/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the answer as a whole: another status, body, type or address than the right one. */
#include "service-fault-private.h"

#include "service-json.h"

#include <string.h>

/* Marks the request that follows a redirect, which is answered as it should be. */
#define REDIRECTED "redirected"

#define MAX_SECONDS (24 * 60 * 60)

typedef enum
{
  BODY_SCIM,
  BODY_EMPTY,
  BODY_HTML,
  BODY_TEXT,
  BODY_WSO2,
} Body;

static const char *const body_names[] = { "scim", "empty", "html", "text", "wso2" };

static gboolean
read_body (RosterServiceFaultStatus *status, const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (body_names); i++)
    {
      if (g_str_equal (word, body_names[i]))
        {
          status->body = (int)i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_seconds (RosterServiceFaultStatus *status, const char *word)
{
  const char *equals = strchr (word, '=');
  guint64 seconds;

  if (equals == NULL ||
      !g_ascii_string_to_unsigned (equals + 1, 10, 0, MAX_SECONDS, &seconds, NULL))
    return FALSE;
  status->has_after = g_str_has_prefix (word, "after=");
  status->has_date = g_str_has_prefix (word, "date=");
  status->retry_after = (guint)seconds;
  return status->has_after || status->has_date;
}

gboolean
roster_service_fault_read_status (RosterServiceFaultRule *rule, GError **error)
{
  g_auto (GStrv) words = g_strsplit (rule->argument != NULL ? rule->argument : "", ",", -1);
  guint64 code = 0;

  if (words[0] == NULL || !g_ascii_string_to_unsigned (words[0], 10, 200, 599, &code, NULL))
    return roster_service_fault_refuse (rule, error, "needs a code between 200 and 599: status%s",
                                        rule->kind->argument);
  rule->status.code = (guint)code;
  for (guint i = 1; words[i] != NULL; i++)
    {
      if (!read_body (&rule->status, words[i]) && !read_seconds (&rule->status, words[i]))
        return roster_service_fault_refuse (rule, error, "cannot use “%s”: status%s", words[i],
                                            rule->kind->argument);
    }
  return TRUE;
}

static void
respond_text (const RosterServiceRequest *request, guint status, const char *type, GString *text)
{
  roster_service_respond (request, status, text);
  roster_service_request_set_header (request, "Content-Type", type);
}

static void
respond_wso2 (const RosterServiceRequest *request, guint status, const char *detail)
{
  g_autofree char *code = g_strdup_printf ("%u", status);
  GString *body = g_string_new ("{");

  roster_service_json_text (body, "code", code);
  roster_service_json_text (body, "message", soup_status_get_phrase (status));
  roster_service_json_text (body, "description", detail);
  g_string_append_c (body, '}');
  respond_text (request, status, "application/json", body);
}

static void
respond_proper (const RosterServiceRequest *request, guint status, const char *detail)
{
  if (g_str_equal (request->path, "token"))
    roster_service_respond_token_error (
      request, status, status == 401 ? "invalid_client" : "invalid_request", detail);
  else
    roster_service_respond_failure (request, status, NULL, detail);
}

static void
respond_html (const RosterServiceRequest *request, guint status, const char *detail)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text,
                   "<!DOCTYPE html>\n<html><head><title>%u %s</title></head>\n"
                   "<body><h1>%s</h1><p>%s</p></body></html>\n",
                   status, soup_status_get_phrase (status), soup_status_get_phrase (status),
                   detail);
  respond_text (request, status, "text/html; charset=utf-8", text);
}

static void
set_retry_after (const RosterServiceRequest *request, const RosterServiceFaultStatus *status)
{
  g_autofree char *value = NULL;

  if (status->has_date)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) then = g_date_time_add_seconds (now, status->retry_after);

      value = soup_date_time_to_string (then, SOUP_DATE_HTTP);
    }
  else
    {
      value = g_strdup_printf ("%u", status->retry_after);
    }
  roster_service_request_set_header (request, "Retry-After", value);
}

void
roster_service_fault_status (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  const RosterServiceFaultStatus *status = &rule->status;
  g_autofree char *detail = g_strdup_printf ("Fault %u", status->code);

  switch ((Body)status->body)
    {
    case BODY_SCIM:
      respond_proper (request, status->code, detail);
      break;
    case BODY_EMPTY:
      soup_server_message_set_status (request->message, status->code, NULL);
      break;
    case BODY_HTML:
      respond_html (request, status->code, detail);
      break;
    case BODY_TEXT:
      respond_text (request, status->code, "text/plain; charset=utf-8", g_string_new (detail));
      break;
    case BODY_WSO2:
      respond_wso2 (request, status->code, detail);
      break;
    default:
      g_assert_not_reached ();
    }
  if (status->has_after || status->has_date)
    set_retry_after (request, status);
}

void
roster_service_fault_error_200 (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  respond_proper (request, 500, "Fault error-200");
  soup_server_message_set_status (request->message, 200, NULL);
}

gboolean
roster_service_fault_read_type (RosterServiceFaultRule *rule, GError **error)
{
  if (rule->argument != NULL && *rule->argument != '\0')
    return TRUE;
  return roster_service_fault_refuse (rule, error, "needs a media type: type:text/html");
}

void
roster_service_fault_type (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_request_handle (request);
  roster_service_request_set_header (request, "Content-Type", rule->argument);
}

gboolean
roster_service_fault_read_redirect (RosterServiceFaultRule *rule, GError **error)
{
  static const char *const targets[] = { "same", "cross", "loop", NULL };

  if (rule->argument != NULL && g_strv_contains (targets, rule->argument))
    return TRUE;
  return roster_service_fault_refuse (rule, error, "needs a target: redirect%s",
                                      rule->kind->argument);
}

gboolean
roster_service_fault_spares_redirected (const RosterServiceFaultRule *rule,
                                        const RosterServiceRequest *request)
{
  return !g_str_equal (rule->argument, "loop") &&
         roster_service_request_get_query (request, REDIRECTED) != NULL;
}

/* Another origin is the same service by its other name. */
void
roster_service_fault_redirect (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  GUri *uri = soup_server_message_get_uri (request->message);
  const char *query = g_uri_get_query (uri);
  const char *host = g_str_equal (rule->argument, "cross") ? "localhost" : "127.0.0.1";
  g_autoptr (GString) location = g_string_new (NULL);

  g_string_printf (location, "http://%s:%d%s", host, g_uri_get_port (uri), g_uri_get_path (uri));
  if (query != NULL)
    g_string_append_printf (location, "?%s", query);
  if (!g_str_equal (rule->argument, "loop"))
    g_string_append_printf (location, "%s" REDIRECTED "=1", query != NULL ? "&" : "?");
  soup_server_message_set_status (request->message, 302, NULL);
  roster_service_request_set_header (request, "Location", location->str);
}

void
roster_service_fault_truncated (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) half = NULL;

  roster_service_request_handle (request);
  whole = roster_service_request_dup_answer (request);
  half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  roster_service_request_replace_answer (request, half);
}
