/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-test.h"

#include <string.h>

static char *
get (RosterTestService *service, const char *path, guint expected)
{
  guint status;
  char *answer = roster_test_service_ask (service, "GET", path, NULL, &status);

  g_test_message ("GET %s: %u", path, status);
  g_assert_cmpuint (status, ==, expected);
  return answer;
}

static void
assert_get (RosterTestService *service, const char *path, const char *place, const char *expected)
{
  g_autofree char *answer = get (service, path, 200);

  service_test_assert (answer, place, expected);
}

static void
assert_fails (RosterTestService *service, const char *path, guint status, const char *scim_type)
{
  g_autofree char *answer = get (service, path, status);
  g_autofree char *status_text = g_strdup_printf ("%u", status);

  service_test_assert (answer, "status", status_text);
  service_test_assert (answer, "scimType", scim_type);
}

static void
test_discovery (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "0", NULL);
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "0", "--personality", "wso2", NULL);

  assert_get (rfc, "/ServiceProviderConfig", "etag/supported", "true");
  assert_get (rfc, "/ResourceTypes", "Resources/0/schemas", "[1]");
  assert_get (rfc, "/ResourceTypes/User", "endpoint", "/Users");
  assert_get (rfc, "/Schemas", "Resources", "[2]");
  assert_get (rfc, "/Schemas", "Resources/0/attributes/0/mutability", "readWrite");
  assert_get (rfc, "/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "name",
              "EnterpriseUser");
  assert_fails (rfc, "/Schemas/urn:x", 404, NULL);
  assert_fails (rfc, "/ResourceTypes/Group", 404, NULL);
  assert_fails (rfc, "/Groups", 404, NULL);

  assert_get (wso2, "/ServiceProviderConfig", "sort/supported", "false");
  assert_get (wso2, "/Schemas", "1/attributes/0/mutability", "READ_WRITE");
  assert_get (wso2, "/Schemas", "1/attributes/0/displayOrder", "2");
  assert_get (wso2, "/Schemas", "1/attributes/1/subAttributes/0/displayName", "First Name");
  assert_get (wso2, "/Schemas/urn:scim:wso2:schema", "0/name", "SystemUser");
  assert_get (wso2, "/ResourceTypes", "Resources/0/schemas",
              "urn:ietf:params:scim:schemas:core:2.0:ResourceType");
  assert_fails (wso2, "/Schemas/urn:x", 501, NULL);

  assert_get (rfc, "/Users", "Resources", "[0]");
  assert_get (wso2, "/Users", "Resources", NULL);
}

static void
test_paging (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "250", NULL);
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "250", "--personality", "wso2", NULL);

  assert_get (rfc, "/Users", "Resources", "[100]");
  assert_get (rfc, "/Users?count=1000", "itemsPerPage", "200");
  assert_get (rfc, "/Users?startIndex=201&count=100", "Resources", "[50]");
  assert_get (rfc, "/Users?startIndex=0&count=3", "startIndex", "1");
  assert_get (rfc, "/Users?startIndex=-5&count=-1", "Resources", "[0]");
  assert_get (rfc, "/Users?count=0", "totalResults", "250");
  assert_get (rfc, "/Users?startIndex=251", "itemsPerPage", "0");
  assert_get (rfc, "/Users?startIndex=250", "Resources/0/userName", "edge.case");
  assert_fails (rfc, "/Users?count=many", 400, "invalidValue");

  assert_get (wso2, "/Users?count=1000", "Resources", "[250]");
  assert_get (wso2, "/Users?count=0", "totalResults", "0");
  assert_get (wso2, "/Users?domain=DEFAULT&count=1", "totalResults", "246");
  assert_get (wso2, "/Users?domain=SECONDARY&count=1", "totalResults", "4");
  assert_fails (wso2, "/Users?domain=NOWHERE", 400, "invalidValue");
}

static void
test_sorting (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "30", NULL);
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "3", "--personality", "wso2", NULL);
  g_autofree char *down =
    get (rfc, "/Users?sortBy=name.familyName&sortOrder=descending&attributes=name.familyName", 200);
  g_autofree char *up = get (rfc, "/Users?sortBy=userName", 200);

  service_test_assert (up, "Resources/0/userName", "amara.okafor");
  service_test_assert (down, "Resources/0/name/familyName", "高橋");
  assert_get (rfc, "/Users?sortBy=externalId", "Resources", "[30]");
  assert_get (rfc, "/Users?sortOrder=descending", "Resources/0/userName", "omar.elsayed");
  assert_fails (wso2, "/Users?sortBy=userName", 501, NULL);
  assert_fails (wso2, "/Users?sortOrder=ascending", 501, NULL);
}

static void
test_filter (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "30", NULL);

  assert_get (rfc, "/Users?filter=userName%20eq%20%22OMAR.ELSAYED%22", "totalResults", "1");
  assert_get (rfc, "/Users?filter=title%20pr", "totalResults", "30");
  assert_get (rfc, "/Users?filter=not%20(userName%20eq%20%22edge.case%22)", "totalResults", "29");
  assert_get (rfc,
              "/Users?filter=emails%5Btype%20eq%20%22work%22%20and%20value%20sw%20%22edge%22%5D",
              "totalResults", "1");
  assert_fails (rfc, "/Users?filter=userName%20eq%20omar", 400, "invalidFilter");
  assert_fails (rfc, "/Users?filter=", 400, "invalidFilter");
}

/* SCIM-SERVICES section 3.3's table. */
static void
test_wso2_filter (void)
{
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "30", "--personality", "wso2", NULL);

  assert_get (wso2, "/Users?filter=userName%20eq%20%22omar.elsayed%22", "totalResults", "1");
  assert_get (wso2, "/Users?filter=userName%20eq%20DEFAULT/omar.elsayed", "totalResults", "1");
  assert_get (wso2, "/Users?filter=userName%20sw%20omar", "totalResults", "1");
  assert_get (wso2, "/Users?filter=name.givenName%20eq%20Mar%C3%ADa%20Jos%C3%A9", "totalResults",
              "1");
  assert_get (wso2, "/Users?filter=name.givenName%20eq%20%22Mar%C3%ADa%20Jos%C3%A9%22",
              "totalResults", "0");
  assert_get (wso2, "/Users?filter=name.givenName%20eq%20Marek%20and%20name.familyName%20co%20ow",
              "totalResults", "1");
  assert_get (wso2,
              "/Users?filter=urn:scim:wso2:schema:accountState%20eq%20PENDING_FUPR%20and%20"
              "userName%20sw%20marek",
              "totalResults", "1");
  assert_fails (wso2, "/Users?filter=displayName%20eq%20%22Rock%20and%20Roll%22", 400,
                "InvalidFilter");
  assert_fails (wso2, "/Users?filter=a%20eq%20b%20or%20c%20eq%20d", 500, NULL);
  assert_fails (wso2, "/Users?filter=not%20(a%20eq%20b)", 500, NULL);
  assert_fails (wso2, "/Users?filter=title%20pr", 400, "InvalidFilter");
  assert_fails (wso2, "/Users?filter=title%20gt%20a", 400, "InvalidFilter");
  assert_fails (wso2, "/Users?filter=title%20eq%20(a%20b)", 400, "InvalidFilter");
  assert_fails (wso2, "/Users?filter=emails%5Btype%20eq%20work%5D", 501, NULL);
  assert_fails (wso2, "/Users?filter=", 400, "InvalidFilter");
}

static void
test_projection (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "5", NULL);
  g_autofree char *some =
    get (rfc,
         "/Users?count=1&attributes=userName,emails.value,"
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department,nothing",
         200);
  g_autofree char *less =
    get (rfc, "/Users?count=1&excludedAttributes=id,emails,name.givenName", 200);

  service_test_assert (some, "Resources/0/userName", "omar.elsayed");
  service_test_assert (some, "Resources/0/displayName", NULL);
  service_test_assert (some, "Resources/0/emails/0/type", NULL);
  service_test_assert (some, "Resources/0/emails/0/value", "omar.elsayed@acme.example");
  service_test_assert (
    some, "Resources/0/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User/costCenter",
    NULL);
  service_test_assert (less, "Resources/0/emails", NULL);
  service_test_assert (less, "Resources/0/name/givenName", NULL);
  service_test_assert (less, "Resources/0/name/familyName", "El-Sayed");
  g_assert_nonnull (strstr (less, "\"id\""));
}

static void
test_on_request (void)
{
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "60", "--personality", "wso2", NULL);
  static const char place[] = "Resources/0/urn:scim:wso2:schema/isReadOnlyUser";

  assert_get (wso2, "/Users?domain=SECONDARY", place, NULL);
  assert_get (wso2, "/Users?domain=SECONDARY&attributes=urn:scim:wso2:schema:isReadOnlyUser", place,
              "true");
  assert_get (wso2, "/Users?domain=DEFAULT&attributes=urn:scim:wso2:schema:isReadOnlyUser", place,
              "false");
}

/* The same seed invents the same people, another one others. */
static void
test_seed (void)
{
  g_autoptr (RosterTestService) one = roster_test_service_start ("--users", "60", NULL);
  g_autoptr (RosterTestService) two =
    roster_test_service_start ("--users", "60", "--seed", "1", NULL);
  g_autoptr (RosterTestService) three =
    roster_test_service_start ("--users", "60", "--seed", "2", NULL);
  g_autofree char *first = get (one, "/Users", 200);
  g_autofree char *second = get (two, "/Users", 200);
  g_autofree char *third = get (three, "/Users", 200);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, third);
}

static void
test_headers (void)
{
  g_autoptr (RosterTestService) wso2 =
    roster_test_service_start ("--users", "3", "--personality", "wso2", NULL);
  static const struct
  {
    const char *accept;
    guint status;
  } cases[] = {
    { "*/*", 200 },
    { "application/*", 200 },
    { "application/json", 200 },
    { "application/scim+json;q=1.0", 406 },
    { "application/scim+json, application/json", 406 },
    { "text/html", 406 },
  };
  g_autofree char *url = g_strconcat (roster_test_service_get_url (wso2), "/Users", NULL);
  g_autofree char *bearer = roster_test_bearer (roster_test_service_get_token (wso2));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const headers[] = { "Accept", cases[i].accept, NULL };
      guint status;
      g_autofree char *answer =
        roster_test_request_with ("GET", url, bearer, headers, NULL, &status);

      g_assert_cmpuint (status, ==, cases[i].status);
    }
}

/* One connection serves one request after another (RFC 9112 section 9.3). */
static void
test_keep_alive (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "3", NULL);
  g_autoptr (GUri) uri =
    g_uri_parse (roster_test_service_get_url (service), G_URI_FLAGS_NONE, NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *output;
  GInputStream *input;

  connection =
    g_socket_client_connect_to_host (client, "127.0.0.1", g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  for (guint i = 0; i < 3; i++)
    {
      const char *request = "HEAD /none HTTP/1.1\r\nHost: localhost\r\n\r\n";
      char answer[4096];
      gssize n;

      g_output_stream_write_all (output, request, strlen (request), NULL, NULL, &error);
      g_assert_no_error (error);
      n = g_input_stream_read (input, answer, sizeof answer, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (n, >, 9);
      g_assert_cmpmem (answer, 9, "HTTP/1.1 ", 9);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/read/discovery", test_discovery);
  g_test_add_func ("/service/read/paging", test_paging);
  g_test_add_func ("/service/read/sorting", test_sorting);
  g_test_add_func ("/service/read/filter", test_filter);
  g_test_add_func ("/service/read/wso2-filter", test_wso2_filter);
  g_test_add_func ("/service/read/projection", test_projection);
  g_test_add_func ("/service/read/on-request", test_on_request);
  g_test_add_func ("/service/read/seed", test_seed);
  g_test_add_func ("/service/read/headers", test_headers);
  g_test_add_func ("/service/read/keep-alive", test_keep_alive);
  return g_test_run ();
}
