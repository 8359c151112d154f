/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/roster-test-wait.h"
#include "sync/roster-sync.h"

/* The whole way from HTTP to the index, against roster-service in a process of its own. */

static const RosterFieldSpec fields[] = { { "userName", ROSTER_FIELD_SEARCHED } };

typedef struct
{
  GSubprocess *process;
  char **first;  /* URL, token */
  char **second; /* token URL, client id, client secret */
} Service;

static Service *
service_new (const char *personality, const char *n_users)
{
  Service *service = g_new0 (Service, 1);
  g_autoptr (GDataInputStream) out = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  service->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                      g_getenv ("ROSTER_SERVICE"), "--port", "0", "--users", n_users,
                      "--personality", personality, "--exit-with-stdin", NULL);
  g_assert_no_error (error);
  out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (service->process));
  first = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  second = g_data_input_stream_read_line_utf8 (out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_nonnull (second);
  service->first = g_strsplit (first, " ", 2);
  service->second = g_strsplit (second, " ", 3);
  g_assert_cmpuint (g_strv_length (service->first), ==, 2);
  g_assert_cmpuint (g_strv_length (service->second), ==, 3);
  return service;
}

static void
service_free (Service *service)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (service->process), NULL, NULL);
  g_subprocess_wait (service->process, NULL, NULL);
  g_object_unref (service->process);
  g_strfreev (service->first);
  g_strfreev (service->second);
  g_free (service);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Service, service_free)

static guint32
extract (const ScimResource *user, char **values, gpointer user_data)
{
  values[0] = scim_resource_dup_text (user, "userName");
  return 0;
}

static gboolean
is_over (gpointer user_data)
{
  return roster_sync_get_state (user_data) != ROSTER_SYNC_RUNNING;
}

static void
read_all (const Service *service, ScimAuth *auth, const ScimDialect *dialect, guint n_users)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimClient) client = scim_client_new (service->first[0], auth, dialect, 3, &error);
  g_autoptr (RosterIndex) index = roster_index_new (fields, G_N_ELEMENTS (fields));
  g_autoptr (RosterSync) sync = NULL;
  gboolean exact;

  g_assert_no_error (error);
  sync = roster_sync_new (client, index, fields, G_N_ELEMENTS (fields), extract, NULL, 2);
  roster_sync_start (sync);
  roster_test_wait (is_over, sync);
  g_assert_no_error (roster_sync_get_error (sync));
  g_assert_cmpint (roster_sync_get_state (sync), ==, ROSTER_SYNC_DONE);
  g_assert_cmpint (roster_sync_get_total (sync, &exact), ==, n_users);
  g_assert_true (exact);
  g_assert_cmpuint (roster_index_get_n_rows (index), ==, n_users);
}

static void
test_personality (gconstpointer data)
{
  const char *personality = data;
  const ScimDialect *dialect = scim_dialect_get (personality);
  g_autoptr (Service) service = service_new (personality, "2345");
  g_autoptr (ScimAuth) bearer = scim_auth_new_bearer (service->first[1]);
  g_autoptr (ScimAuth) credentials = scim_auth_new_client_credentials (
    service->second[0], service->second[1], service->second[2], dialect->scope_list);

  read_all (service, bearer, dialect, 2345);
  read_all (service, credentials, dialect, 2345);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/sync/service/rfc", "rfc", test_personality);
  g_test_add_data_func ("/sync/service/wso2", "wso2", test_personality);
  return g_test_run ();
}
