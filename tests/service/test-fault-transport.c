/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each fault of the connection and of the answer as a whole looks like on the wire. */
#include "fault-client.h"

#include <string.h>

#define PATCH_TITLE "{\"op\":\"replace\",\"value\":{\"title\":\"Captain\"}}"

static gsize
content_length (const FaultAnswer *answer)
{
  g_autofree char *text = fault_answer_dup_header (answer, "Content-Length");

  g_assert_nonnull (text);
  return (gsize)g_ascii_strtoull (text, NULL, 10);
}

/* Sends a PATCH of the title under this plan. */
static FaultAnswer *
patch_title (RosterTestService *service, const char *plan, const char *user)
{
  g_autofree char *body = fault_patch_body (PATCH_TITLE);

  roster_test_service_set_fault (service, plan);
  return g_str_has_prefix (plan, "stall") ? fault_client_send_stalled (service, "PATCH", user, body)
                                          : fault_client_send (service, "PATCH", user, body);
}

/* What a PATCH comes to under a fault of its connection. */
static void
test_connection (gconstpointer personality)
{
  static const struct
  {
    const char *plan;
    guint status;       /* 0: not a byte came */
    guint body_part;    /* 2: all of it, 1: half; 0: not even all headers came */
    const char *fault;  /* in the record; nullable */
    const char *record; /* the status there */
    gboolean done;
  } cases[] = {
    { "", 200, 2, NULL, "200", TRUE },
    { "delay:150", 200, 2, "delay", "200", TRUE },
    { "stall", 0, 0, "stall", "0", FALSE },
    { "stall-body", 200, 1, "stall-body", "200", TRUE },
    { "drop", 0, 0, "drop", "0", FALSE },
    { "drop-headers", 200, 0, "drop-headers", "0", TRUE },
    { "drop-body", 200, 1, "drop-body", "200", TRUE },
    { "lose-answer", 0, 0, "lose-answer", "0", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RosterTestService) service = fault_service_new (personality);
      g_autofree char *user = fault_service_dup_user (service, 0);
      g_autofree char *before = service_test_read (service, user + strlen ("/Users/"));
      g_autofree char *title = service_test_get (before, "title");
      g_autoptr (FaultAnswer) answer = patch_title (service, cases[i].plan, user);

      g_test_message ("“%s”", cases[i].plan);
      g_assert_cmpuint (fault_answer_get_status (answer), ==, cases[i].status);
      if (cases[i].body_part > 0)
        g_assert_cmpuint (answer->body->len, ==, content_length (answer) * cases[i].body_part / 2);
      else
        g_assert_null (strstr (answer->head, "\r\n\r\n"));
      if (cases[i].status == 0)
        g_assert_cmpstr (answer->head, ==, "");
      fault_service_assert_last (service, "PATCH", cases[i].record, cases[i].fault);
      fault_service_assert_stored (service, user, "title", cases[i].done ? "Captain" : title);
    }
}

static gboolean
can_connect (RosterTestService *service)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_uri (client, roster_test_service_get_url (service), 80,
                                               NULL, &error);
  if (connection == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  return connection != NULL;
}

static void
test_refuse (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_clear_requests (service);
  for (guint i = 0; i < 3; i++)
    {
      roster_test_service_set_fault (service, "refuse");
      g_assert_false (can_connect (service));
      g_assert_cmpuint (fault_service_count_requests (service), ==, 0);
      roster_test_service_set_fault (service, "");
      g_assert_true (can_connect (service));
    }
  answer = fault_client_send (service, "GET", user, NULL);
  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
}

/* A connection that stands is closed when connections are refused. */
static void
test_refuse_standing (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  char buffer[16];

  g_socket_client_set_enable_proxy (client, FALSE);
  connection =
    g_socket_client_connect_to_uri (client, roster_test_service_get_url (service), 80, NULL, NULL);
  g_assert_nonnull (connection);
  /* It is accepted once the service answers on a later one. */
  g_assert_true (can_connect (service));
  g_free (roster_test_service_ask (service, "GET", "/Users", NULL, NULL));
  roster_test_service_set_fault (service, "refuse");
  g_assert_cmpint (g_socket_receive (g_socket_connection_get_socket (connection), buffer,
                                     sizeof buffer, NULL, NULL),
                   <=, 0);
}

static void
test_delay (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_set_fault (service, "delay:250");
  answer = fault_client_send (service, "GET", "/Users", NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 250 * G_TIME_SPAN_MILLISECOND);
  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
}

/* The client has gone when the time is over; connections were refused meanwhile. */
static void
test_delay_gone (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (FaultAnswer) gone = NULL;
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_set_fault (service, "delay:1500 /Schemas");
  gone = fault_client_send_stalled (service, "GET", "/Schemas", NULL);
  g_assert_cmpstr (gone->head, ==, "");
  roster_test_service_set_fault (service, "refuse");
  roster_test_service_set_fault (service, "delay:1500 /Users");
  answer = fault_client_send (service, "GET", "/Users", NULL);
  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
}

static void
test_truncated (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) whole = fault_client_send (service, "GET", user, NULL);
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_set_fault (service, "truncated");
  answer = fault_client_send (service, "GET", user, NULL);
  g_assert_cmpuint (fault_answer_get_status (answer), ==, 200);
  g_assert_cmpuint (answer->body->len, ==, whole->body->len / 2);
  g_assert_cmpuint (answer->body->len, ==, content_length (answer));
  g_assert_true (g_str_has_prefix (whole->body->str, answer->body->str));
}

static void
test_long_body (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autoptr (FaultAnswer) whole = fault_client_send (service, "GET", user, NULL);
  g_autoptr (FaultAnswer) answer = NULL;

  roster_test_service_set_fault (service, "long-body");
  answer = fault_client_send (service, "GET", user, NULL);
  g_assert_cmpuint (content_length (answer), ==, whole->body->len);
  g_assert_cmpuint (answer->body->len, >, whole->body->len);
  g_assert_true (g_str_has_prefix (answer->body->str, whole->body->str));
}

static void
test_lose_answer (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autofree char *other = fault_service_dup_user (service, 1);
  g_autoptr (FaultAnswer) patched = patch_title (service, "lose-answer", user);
  g_autoptr (FaultAnswer) deleted = fault_client_send (service, "DELETE", other, NULL);
  g_autoptr (FaultAnswer) read = fault_client_send (service, "GET", user, NULL);

  g_assert_cmpstr (patched->head, ==, "");
  g_assert_cmpstr (deleted->head, ==, "");
  g_assert_cmpuint (fault_answer_get_status (read), ==, 200);
  fault_service_assert_stored (service, user, "title", "Captain");
  fault_service_assert_stored (service, other, "id", NULL);
}

/* A service that ends while connections hang ends well. */
static void
test_end_while_stalled (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autoptr (FaultAnswer) stalled = NULL;
  g_autoptr (FaultAnswer) late = NULL;

  roster_test_service_set_fault (service, "stall /Users; delay:600000 /Schemas");
  stalled = fault_client_send_stalled (service, "GET", "/Users", NULL);
  late = fault_client_send_stalled (service, "GET", "/Schemas", NULL);
  g_assert_cmpstr (stalled->head, ==, "");
  g_assert_cmpstr (late->head, ==, "");
  fault_service_assert_last (service, "GET", "0", "delay");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_test_add ("connection", test_connection);
  fault_test_add ("refuse", test_refuse);
  fault_test_add ("refuse/standing", test_refuse_standing);
  fault_test_add ("delay", test_delay);
  fault_test_add ("delay/gone", test_delay_gone);
  fault_test_add ("truncated", test_truncated);
  fault_test_add ("long-body", test_long_body);
  fault_test_add ("lose-answer", test_lose_answer);
  fault_test_add ("end-while-stalled", test_end_while_stalled);
  return g_test_run ();
}
