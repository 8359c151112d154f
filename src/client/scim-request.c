/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-request.h"

#include <libsoup/soup.h>

/* RFC 9110 section 10.2.3: seconds or a date. */
static int
parse_retry_after (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  gint64 seconds;

  if (text == NULL)
    return -1;
  if (g_ascii_isdigit (*text))
    {
      seconds = (gint64)MIN (g_ascii_strtoull (text, NULL, 10), G_MAXINT);
    }
  else
    {
      date = soup_date_time_new_from_http_string (text);
      if (date == NULL)
        return -1;
      seconds = g_date_time_to_unix (date) - g_get_real_time () / G_USEC_PER_SEC;
    }
  return (int)CLAMP (seconds, 0, G_MAXINT);
}

ScimRequest *
scim_request_new (const char *method, GUri *uri, const char *label)
{
  ScimRequest *self = g_rc_box_new0 (ScimRequest);

  self->method = method;
  self->uri = g_uri_ref (uri);
  self->label = g_strdup (label);
  self->accept = "application/scim+json";
  self->max_bytes = 4 * 1024 * 1024;
  self->seconds = 60;
  return self;
}

ScimRequest *
scim_request_ref (ScimRequest *self)
{
  return g_rc_box_acquire (self);
}

static void
request_clear (gpointer data)
{
  ScimRequest *self = data;

  g_uri_unref (self->uri);
  g_free (self->label);
  g_free (self->if_match);
  g_clear_pointer (&self->body, g_bytes_unref);
}

void
scim_request_unref (ScimRequest *self)
{
  g_rc_box_release_full (self, request_clear);
}

gboolean
scim_request_is_get (const ScimRequest *self)
{
  return g_str_equal (self->method, SOUP_METHOD_GET);
}

ScimAnswer *
scim_answer_new (SoupMessage *message, GBytes *body)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  ScimAnswer *self = g_new0 (ScimAnswer, 1);

  self->status = soup_message_get_status (message);
  self->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  self->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  self->retry_after = parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"));
  self->body = body;
  return self;
}

void
scim_answer_free (ScimAnswer *self)
{
  g_free (self->content_type);
  g_free (self->location);
  g_bytes_unref (self->body);
  g_free (self);
}
