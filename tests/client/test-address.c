/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-address.h"
#include "client/scim-client.h"

static void
test_loopback (void)
{
  static const char *const yes[] = { "localhost", "LOCALHOST", "a.localhost", "127.0.0.1",
                                     "127.1.2.3", "::1",       "[::1]" };
  static const char *const no[] = { "example.com",
                                    "localhost.example.com",
                                    "127.0.0.1.example.com",
                                    "notlocalhost",
                                    "128.0.0.1",
                                    "0.0.0.0",
                                    "::2",
                                    "[::2]",
                                    "192.168.0.1",
                                    "" };

  for (guint i = 0; i < G_N_ELEMENTS (yes); i++)
    g_assert_true (scim_client_host_is_loopback (yes[i]));
  for (guint i = 0; i < G_N_ELEMENTS (no); i++)
    g_assert_false (scim_client_host_is_loopback (no[i]));
}

static void
test_base_url (void)
{
  static const struct
  {
    const char *url;
    const char *base; /* NULL: refused */
  } cases[] = {
    { "https://api.example.com/t/org/scim2", "https://api.example.com/t/org/scim2" },
    { "https://api.example.com/scim2///", "https://api.example.com/scim2" },
    { "HTTPS://api.example.com", "https://api.example.com" },
    { "http://localhost:8080/scim2", "http://localhost:8080/scim2" },
    { "http://[::1]:8080/scim2/", "http://[::1]:8080/scim2" },
    { "http://api.example.com/scim2", NULL },
    { "http://127.0.0.1.example.com/", NULL },
    { "http://localhost@example.com/", NULL },
    { "https://kim@example.com/scim2", NULL },
    { "https://kim:pw@example.com/scim2", NULL },
    { "https://example.com/scim2?x=1", NULL },
    { "https://example.com/scim2#x", NULL },
    { "ftp://example.com/", NULL },
    { "file:///etc/passwd", NULL },
    { "https:///scim2", NULL },
    { "https://exa mple.com/", NULL },
    { "example.com", NULL },
    { "", NULL },
  };
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ScimClient) client =
        scim_client_new (cases[i].url, auth, &scim_dialect_rfc, 0, &error);

      g_test_message ("%s", cases[i].url);
      if (cases[i].base != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (scim_client_get_base_url (client), ==, cases[i].base);
        }
      else
        {
          g_assert_null (client);
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
        }
    }
}

static void
test_dialect (void)
{
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");
  g_autoptr (ScimClient) client =
    scim_client_new ("https://example.com", auth, &scim_dialect_rfc, 4, NULL);

  g_assert_true (scim_client_get_dialect (client) == &scim_dialect_rfc);
  scim_client_set_dialect (client, &scim_dialect_wso2);
  g_assert_true (scim_client_get_dialect (client) == &scim_dialect_wso2);
}

static void
test_same_origin (void)
{
  static const struct
  {
    const char *a, *b;
    gboolean same;
  } cases[] = {
    { "https://a.example/x", "https://A.example:443/y", TRUE },
    { "http://localhost", "http://localhost:80/", TRUE },
    { "https://a.example/", "http://a.example/", FALSE },
    { "https://a.example/", "https://a.example:8443/", FALSE },
    { "https://a.example/", "https://b.example/", FALSE },
    { "https://a.example/", "https://a.example.evil/", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) a = g_uri_parse (cases[i].a, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
      g_autoptr (GUri) b = g_uri_parse (cases[i].b, G_URI_FLAGS_SCHEME_NORMALIZE, NULL);

      g_assert_cmpint (scim_address_same_origin (a, b), ==, cases[i].same);
    }
}

static void
test_write_may_have_happened (void)
{
  static const struct
  {
    int code;
    gboolean may;
  } io[] = {
    { G_IO_ERROR_TIMED_OUT, TRUE },
    { G_IO_ERROR_CANCELLED, FALSE },
    { G_IO_ERROR_CONNECTION_CLOSED, TRUE },
    { G_IO_ERROR_PARTIAL_INPUT, TRUE },
    { G_IO_ERROR_FAILED, TRUE },
    { G_IO_ERROR_CONNECTION_REFUSED, FALSE },
    { G_IO_ERROR_HOST_UNREACHABLE, FALSE },
    { G_IO_ERROR_NETWORK_UNREACHABLE, FALSE },
    { G_IO_ERROR_PROXY_FAILED, FALSE },
    { G_IO_ERROR_INVALID_ARGUMENT, FALSE },
  };
  g_autoptr (GError) certificate =
    g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "x");
  g_autoptr (GError) cut = g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_EOF, "x");
  g_autoptr (GError) name = g_error_new_literal (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "x");
  g_autoptr (GError) other = g_error_new_literal (G_CONVERT_ERROR, G_CONVERT_ERROR_FAILED, "x");

  for (guint i = 0; i < G_N_ELEMENTS (io); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, io[i].code, "x");

      g_assert_cmpint (scim_client_write_may_have_happened (error), ==, io[i].may);
    }
  g_assert_false (scim_client_write_may_have_happened (certificate));
  g_assert_true (scim_client_write_may_have_happened (cut));
  g_assert_false (scim_client_write_may_have_happened (name));
  g_assert_true (scim_client_write_may_have_happened (other));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/address/loopback", test_loopback);
  g_test_add_func ("/client/address/base-url", test_base_url);
  g_test_add_func ("/client/address/dialect", test_dialect);
  g_test_add_func ("/client/address/same-origin", test_same_origin);
  g_test_add_func ("/client/write-may-have-happened", test_write_may_have_happened);
  return g_test_run ();
}
