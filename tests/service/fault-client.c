/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-client.h"

#include <stdlib.h>
#include <string.h>

/* A service that says nothing for so long, although it has seen the request, has fallen silent. */
#define SILENCE   (600 * G_TIME_SPAN_MILLISECOND)
#define READ_SIZE (1024 * 1024)

static GSocketConnection *
connect_to (GUri *uri)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, g_uri_get_host (uri),
                                                (guint16)g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
send_request (GSocketConnection *connection,
              RosterTestService *service,
              GUri *uri,
              const char *method,
              const char *path,
              const char *body)
{
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_printf (text,
                   "%s %s%s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n"
                   "Accept: application/scim+json\r\nAuthorization: Bearer %s\r\n",
                   method, g_uri_get_path (uri), path, g_uri_get_host (uri), g_uri_get_port (uri),
                   roster_test_service_get_token (service));
  if (body != NULL)
    g_string_append_printf (text,
                            "Content-Type: application/scim+json\r\n"
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s",
                            strlen (body), body);
  else
    g_string_append (text, "\r\n");
  g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* FALSE: the service has seen the request and says nothing more. */
static gboolean
wait_for_bytes (GSocket *socket, RosterTestService *service, gboolean stalls)
{
  for (guint i = 0; i < 60; i++)
    {
      if (g_socket_condition_timed_wait (socket, G_IO_IN, SILENCE, NULL, NULL))
        return TRUE;
      if (stalls && fault_service_count_requests (service) > 0)
        return FALSE;
    }
  g_error ("The service neither answered nor closed the connection");
}

/* The bytes until the connection is closed, or silent. */
static GString *
read_all (GSocketConnection *connection, RosterTestService *service, gboolean stalls)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autofree char *buffer = g_malloc (READ_SIZE);
  GString *text = g_string_new (NULL);

  while (wait_for_bytes (socket, service, stalls))
    {
      gssize n = g_socket_receive (socket, buffer, READ_SIZE, NULL, NULL);

      if (n <= 0)
        {
          g_assert_false (stalls);
          break;
        }
      g_string_append_len (text, buffer, n);
    }
  return text;
}

static FaultAnswer *
exchange (RosterTestService *service,
          const char *method,
          const char *path,
          const char *body,
          gboolean stalls)
{
  g_autoptr (GUri) uri =
    g_uri_parse (roster_test_service_get_url (service), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketConnection) connection = connect_to (uri);
  g_autoptr (GString) text = NULL;
  FaultAnswer *answer = g_new0 (FaultAnswer, 1);
  const char *end;
  gsize head;

  roster_test_service_clear_requests (service);
  send_request (connection, service, uri, method, path, body);
  text = read_all (connection, service, stalls);
  end = strstr (text->str, "\r\n\r\n");
  head = end != NULL ? (gsize)(end - text->str) + 4 : text->len;
  answer->head = g_strndup (text->str, head);
  answer->body = g_string_new_len (text->str + head, (gssize)(text->len - head));
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return answer;
}

FaultAnswer *
fault_client_send (RosterTestService *service,
                   const char *method,
                   const char *path,
                   const char *body)
{
  return exchange (service, method, path, body, FALSE);
}

FaultAnswer *
fault_client_send_stalled (RosterTestService *service,
                           const char *method,
                           const char *path,
                           const char *body)
{
  return exchange (service, method, path, body, TRUE);
}

void
fault_answer_free (FaultAnswer *self)
{
  g_free (self->head);
  g_string_free (self->body, TRUE);
  g_free (self);
}

guint
fault_answer_get_status (const FaultAnswer *self)
{
  if (!g_str_has_prefix (self->head, "HTTP/1.1 "))
    return 0;
  return (guint)strtoul (self->head + strlen ("HTTP/1.1 "), NULL, 10);
}

char *
fault_answer_dup_header (const FaultAnswer *self, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (self->head, "\r\n", -1);
  gsize length = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (lines[i], name, length) == 0 && lines[i][length] == ':')
        return g_strstrip (g_strdup (lines[i] + length + 1));
    }
  return NULL;
}

RosterTestService *
fault_service_new (const char *personality)
{
  return roster_test_service_start ("--users", "6", "--personality", personality, NULL);
}

char *
fault_service_dup_user (RosterTestService *service, guint position)
{
  g_autofree char *answer = roster_test_service_ask (service, "GET", "/Users", NULL, NULL);
  g_autofree char *place = g_strdup_printf ("Resources/%u/id", position);
  g_autofree char *id = service_test_get (answer, place);

  g_assert_nonnull (id);
  return g_strdup_printf ("/Users/%s", id);
}

char *
fault_patch_body (const char *operations)
{
  return g_strdup_printf ("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                          "\"Operations\":[%s]}",
                          operations);
}

void
fault_service_assert_stored (RosterTestService *service,
                             const char *path,
                             const char *place,
                             const char *expected)
{
  g_autofree char *answer = NULL;
  guint status;

  roster_test_service_set_fault (service, "");
  answer = roster_test_service_ask (service, "GET", path, NULL, &status);
  if (status == 404)
    g_assert_null (expected);
  else
    service_test_assert (answer, place, expected);
}

guint
fault_service_count_requests (RosterTestService *service)
{
  g_autofree char *requests = roster_test_service_dup_requests (service);
  guint n = 0;

  for (const char *p = requests; (p = strstr (p, "\"method\":")) != NULL; p++)
    n++;
  return n;
}

void
fault_service_assert_last (RosterTestService *service,
                           const char *method,
                           const char *status,
                           const char *fault)
{
  g_autofree char *requests = roster_test_service_dup_requests (service);
  guint n = fault_service_count_requests (service);
  g_autofree char *method_place = g_strdup_printf ("%u/method", n - 1);
  g_autofree char *status_place = g_strdup_printf ("%u/status", n - 1);
  g_autofree char *fault_place = g_strdup_printf ("%u/fault", n - 1);

  g_assert_cmpuint (n, >, 0);
  service_test_assert (requests, method_place, method);
  service_test_assert (requests, status_place, status);
  service_test_assert (requests, fault_place, fault != NULL ? fault : "null");
}

void
fault_test_add (const char *name, GTestDataFunc function)
{
  static const char *const personalities[] = { "rfc", "wso2" };

  for (guint i = 0; i < G_N_ELEMENTS (personalities); i++)
    {
      g_autofree char *path = g_strdup_printf ("/service/fault/%s/%s", name, personalities[i]);

      g_test_add_data_func (path, personalities[i], function);
    }
}
