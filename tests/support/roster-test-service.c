/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/roster-test-service.h"

#include <libsoup/soup.h>
#include <string.h>

struct _RosterTestService
{
  GSubprocess *process;
  GDataInputStream *lines; /* its standard output */
  char *url;
  char *token;
  char *token_url;
  char *client_id;
  char *client_secret;
};

static GStrv
read_words (GDataInputStream *lines, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  GStrv words;

  g_assert_no_error (error);
  if (line == NULL)
    g_error ("roster-service ended before it said where it is");
  words = g_strsplit (line, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, n);
  return words;
}

static GSubprocess *
spawn (const char *argument, va_list more)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("ROSTER_SERVICE");
  GSubprocess *process;

  if (program == NULL)
    g_error ("ROSTER_SERVICE does not say where roster-service is");
  g_ptr_array_add (arguments, (char *)program);
  g_ptr_array_add (arguments, (char *)"--port");
  g_ptr_array_add (arguments, (char *)"0");
  g_ptr_array_add (arguments, (char *)"--control");
  for (; argument != NULL; argument = va_arg (more, const char *))
    g_ptr_array_add (arguments, (char *)argument);
  g_ptr_array_add (arguments, NULL);
  process =
    g_subprocess_newv ((const char *const *)arguments->pdata,
                       G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  return process;
}

RosterTestService *
roster_test_service_start (const char *argument, ...)
{
  RosterTestService *self = g_new0 (RosterTestService, 1);
  g_auto (GStrv) address = NULL;
  g_auto (GStrv) client = NULL;
  va_list more;

  va_start (more, argument);
  self->process = spawn (argument, more);
  va_end (more);

  self->lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  address = read_words (self->lines, 2);
  client = read_words (self->lines, 3);
  self->url = g_strdup (address[0]);
  self->token = g_strdup (address[1]);
  self->token_url = g_strdup (client[0]);
  self->client_id = g_strdup (client[1]);
  self->client_secret = g_strdup (client[2]);
  return self;
}

void
roster_test_service_stop (RosterTestService *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->lines);
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self->token);
  g_free (self->token_url);
  g_free (self->client_id);
  g_free (self->client_secret);
  g_free (self);
}

const char *
roster_test_service_get_url (RosterTestService *self)
{
  return self->url;
}

const char *
roster_test_service_get_token (RosterTestService *self)
{
  return self->token;
}

const char *
roster_test_service_get_token_url (RosterTestService *self)
{
  return self->token_url;
}

const char *
roster_test_service_get_client_id (RosterTestService *self)
{
  return self->client_id;
}

const char *
roster_test_service_get_client_secret (RosterTestService *self)
{
  return self->client_secret;
}

char *
roster_test_service_command (RosterTestService *self, const char *command)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (self->process);
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autoptr (GError) error = NULL;
  char *answer;

  g_output_stream_write_all (input, line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  answer = g_data_input_stream_read_line_utf8 (self->lines, NULL, NULL, &error);
  g_assert_no_error (error);
  if (answer == NULL)
    g_error ("roster-service ended instead of obeying “%s”", command);
  return answer;
}

void
roster_test_service_set_fault (RosterTestService *self, const char *plan)
{
  g_autofree char *command = g_strconcat ("fault ", plan, NULL);
  g_autofree char *answer = roster_test_service_command (self, command);

  g_assert_cmpstr (answer, ==, "ok");
}

char *
roster_test_service_dup_requests (RosterTestService *self)
{
  return roster_test_service_command (self, "requests");
}

void
roster_test_service_clear_requests (RosterTestService *self)
{
  g_autofree char *answer = roster_test_service_command (self, "clear");

  g_assert_cmpstr (answer, ==, "ok");
}

static SoupMessage *
make_message (const char *method,
              const char *url,
              const char *authorization,
              const char *const *headers,
              const char *body)
{
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *request_headers;

  g_assert_nonnull (message);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/scim+json", bytes);
    }
  request_headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (request_headers, "Accept", "application/scim+json");
  if (authorization != NULL)
    soup_message_headers_replace (request_headers, "Authorization", authorization);
  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_replace (request_headers, headers[i], headers[i + 1]);
  return message;
}

char *
roster_test_request_with (const char *method,
                          const char *url,
                          const char *authorization,
                          const char *const *headers,
                          const char *body,
                          guint *status)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;
  const char *data;
  char *text;

  g_main_context_push_thread_default (context);
  session = soup_session_new_with_options ("timeout", 30, "proxy-resolver", NULL, NULL);
  message = make_message (method, url, authorization, headers, body);
  bytes = soup_session_send_and_read (session, message, NULL, NULL);
  if (status != NULL)
    *status = bytes != NULL ? soup_message_get_status (message) : 0;
  data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  text = g_strndup (data != NULL ? data : "", length);
  soup_session_abort (session);
  g_clear_object (&message);
  g_clear_object (&session);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return text;
}

char *
roster_test_request (
  const char *method, const char *url, const char *authorization, const char *body, guint *status)
{
  return roster_test_request_with (method, url, authorization, NULL, body, status);
}

char *
roster_test_service_ask (
  RosterTestService *self, const char *method, const char *path, const char *body, guint *status)
{
  g_autofree char *url = g_strconcat (self->url, path, NULL);
  g_autofree char *authorization = roster_test_bearer (self->token);

  return roster_test_request (method, url, authorization, body, status);
}

char *
roster_test_bearer (const char *token)
{
  return g_strdup_printf ("Bearer %s", token);
}

char *
roster_test_basic (const char *user_name, const char *password)
{
  g_autofree char *text = g_strdup_printf ("%s:%s", user_name, password);
  g_autofree char *encoded = g_base64_encode ((const guchar *)text, strlen (text));

  return g_strdup_printf ("Basic %s", encoded);
}
