/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people meet when something goes wrong: each says what happened, in the service's words, and
 * what to do. */
#include "config.h"

#include "stage.h"

#include <string.h>
#include "app/roster-notice.h"
#include "profile-fixture.h"

#define PERSON "mariam.haddad"

/* Nobody listens there: the port of the multiplexer of old. */
#define NOWHERE "http://127.0.0.1:1/scim2"

/* Each scene changes somebody else, so that none depends on what another one left. */
static void
open_person (Stage *self, const char *name)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Acme", roster_test_service_get_url (self->wso2));

  stage_open_service (self, connection, self->wso2);
  stage_show_user (self, name);
  stage_search_around (self, "mar");
}

static GtkWidget *
get_notice (GtkWidget *root)
{
  return app_find_type (root, ROSTER_TYPE_NOTICE);
}

static void
fail_update (Stage *self, const char *plan)
{
  roster_test_service_set_fault (self->wso2, plan);
  stage_act (self, "profile.update");
  profile_wait_mapped (get_notice (self->window), TRUE);
}

static void
open_failing (Stage *self, const char *name, const char *url, const char *secret)
{
  stage_open (self, stage_know (self, name, url), secret);
  app_wait_for ("Edit Connection…");
}

/* ---- opening ---- */

static GtkWidget *
play_unreachable (Stage *self)
{
  open_failing (self, "Acme Lab", NOWHERE, "token");
  return self->window;
}

static GtkWidget *
play_sign_in_refused (Stage *self)
{
  open_failing (self, "Acme Staff", roster_test_service_get_url (self->wso2), "an-old-token");
  return self->window;
}

/* A service with a certificate that nobody vouches for. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  g_autoptr (GIOStream) stream =
    g_tls_server_connection_new (G_IO_STREAM (connection), G_TLS_CERTIFICATE (data), NULL);

  /* The client ends it: the handshake needs nobody to wait for its end. */
  if (stream != NULL)
    g_tls_connection_handshake_async (g_object_ref (G_TLS_CONNECTION (stream)), G_PRIORITY_DEFAULT,
                                      NULL, NULL, NULL);
  return TRUE;
}

static GtkWidget *
play_certificate (Stage *self)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "app", "data", "self-signed.pem", NULL);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GSocketService) service = g_socket_service_new ();
  g_autofree char *url = NULL;

  g_assert_nonnull (certificate);
  g_signal_connect (service, "incoming", G_CALLBACK (incoming_cb), certificate);
  url =
    g_strdup_printf ("https://localhost:%u/scim2",
                     g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL));
  open_failing (self, "Acme Intern", url, "token");
  g_signal_handlers_disconnect_by_data (service, certificate);
  g_socket_service_stop (service);
  return self->window;
}

/* ---- the list ---- */

static gboolean
is_warned (gpointer user_data)
{
  RosterDirectory *directory = roster_window_get_directory (user_data);

  return roster_directory_get_warning (directory) != NULL;
}

static gboolean
is_waited_for (gpointer user_data)
{
  return roster_directory_get_waiting (roster_window_get_directory (user_data));
}

/* The first page. */
static gboolean
has_rows (gpointer window)
{
  return gtk_widget_get_mapped (app_find_type (window, GTK_TYPE_COLUMN_VIEW));
}

static void
fail_list (Stage *self, const char *plan)
{
  g_autoptr (RosterConnection) connection =
    stage_connection ("Acme", roster_test_service_get_url (self->wso2));

  roster_test_service_set_fault (self->wso2, plan);
  stage_open (self, connection, roster_test_service_get_token (self->wso2));
}

static GtkWidget *
play_list_waiting (Stage *self)
{
  fail_list (self, "status:429,scim,after=20 GET /Users after=1");
  roster_test_wait (is_waited_for, self->window);
  roster_test_wait (has_rows, self->window);
  return self->window;
}

static GtkWidget *
play_list_stopped (Stage *self)
{
  fail_list (self, "status:403 GET /Users after=1");
  roster_test_wait (is_warned, self->window);
  roster_test_wait (has_rows, self->window);
  return self->window;
}

/* ---- writing ---- */

/* Before the service stands one with a rule of its own. */
static void
strict_cb (RosterTestExchange *exchange, gpointer user_data)
{
  Stage *self = user_data;
  const char *method = roster_test_exchange_get_method (exchange);
  const char *query = roster_test_exchange_get_query (exchange);
  g_autofree char *token = roster_test_bearer (roster_test_service_get_token (self->wso2));
  g_autofree char *url = NULL;
  g_autofree char *answer = NULL;
  guint status = 0;

  if (g_str_equal (method, "PATCH"))
    {
      roster_test_exchange_reply (
        exchange, 400, "application/scim+json",
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"400\","
        "\"scimType\":\"invalidValue\",\"detail\":\"department: “Desgin” is none of the "
        "departments Design, Finance, Law, People.\"}");
      return;
    }
  url = g_strconcat (roster_test_service_get_url (self->wso2),
                     roster_test_exchange_get_path (exchange) + strlen ("/scim2"),
                     query != NULL ? "?" : "", query, NULL);
  answer =
    roster_test_request (method, url, token, roster_test_exchange_get_body (exchange), &status);
  roster_test_exchange_reply (exchange, status, "application/scim+json", answer);
}

static GtkWidget *
play_refused (Stage *self)
{
  g_autofree char *url = NULL;
  g_autoptr (RosterConnection) connection = NULL;

  if (self->strict == NULL)
    self->strict = roster_test_server_new (strict_cb, self);
  url = roster_test_server_dup_url (self->strict, "/scim2");
  connection = stage_connection ("Acme", url);
  stage_open_service (self, connection, self->wso2);
  stage_show_user (self, PERSON);
  stage_search_around (self, "mar");
  stage_type (self->window, "Department", "Desgin");
  stage_act (self, "profile.update");
  profile_wait_mapped (get_notice (self->window), TRUE);
  return self->window;
}

static void
make_conflict (Stage *self, const char *name)
{
  open_person (self, name);
  stage_type (self->window, "Department", "Design");
  stage_type (self->window, "Title", "Lead Designer");
  fail_update (self, "\"changed:title=Head of Risk & Compliance\" GET /Users/* times=1");
}

static GtkWidget *
play_conflict (Stage *self)
{
  make_conflict (self, "marek.nowak");
  return self->window;
}

static GtkWidget *
play_conflict_dialog (Stage *self)
{
  make_conflict (self, "marjaleena.virtanen");
  stage_act (self, "profile.resolve");
  return stage_wait_dialog (self);
}

static GtkWidget *
play_deleted (Stage *self)
{
  open_person (self, "markus.lindqvist");
  stage_type (self->window, "Department", "Design");
  stage_type (self->window, "Title", "Lead Designer");
  fail_update (self, "deleted GET /Users/* times=1");
  return self->window;
}

static GtkWidget *
play_repair (Stage *self)
{
  open_person (self, "amara.okafor");
  stage_type (self->window, "First Name", "Amara Chioma");
  stage_type (self->window, "Department", "Design");
  fail_update (self, "wipe-siblings PATCH");
  return self->window;
}

/* ---- dialogs ---- */

static GtkWidget *
play_delete_unknown (Stage *self)
{
  GtkWidget *dialog = NULL;

  open_person (self, "damaris.wanjiku");
  roster_test_service_set_fault (self->wso2, "drop DELETE;drop GET /Users/*");
  stage_act (self, "profile.delete");
  dialog = stage_wait_dialog (self);
  stage_type (dialog, "entry", "damaris.wanjiku");
  app_click ("Confirm");
  profile_wait_mapped (get_notice (dialog), TRUE);
  return dialog;
}

static GtkWidget *
invite (Stage *self, const char *plan)
{
  GtkWidget *dialog = NULL;

  open_person (self, "mariko.yamada");
  roster_test_service_set_fault (self->wso2, plan);
  stage_act (self, "profile.reset-password");
  dialog = stage_wait_dialog (self);
  g_signal_emit_by_name (profile_find (dialog, GTK_TYPE_BUTTON, "reset_button"), "clicked");
  profile_wait_mapped (profile_find (dialog, GTK_TYPE_WIDGET, "outcome_notice"), TRUE);
  return dialog;
}

static GtkWidget *
play_invitation_ignored (Stage *self)
{
  return invite (self, "ignore-write PATCH");
}

static GtkWidget *
play_invitation_failed (Stage *self)
{
  return invite (self, "status:500,html PATCH");
}

const Scene stage_failures[] = {
  { "fail-unreachable", play_unreachable },
  { "fail-sign-in", play_sign_in_refused },
  { "fail-certificate", play_certificate },
  { "fail-list-waiting", play_list_waiting },
  { "fail-list-stopped", play_list_stopped },
  { "fail-refused", play_refused },
  { "fail-conflict", play_conflict },
  { "fail-conflict-dialog", play_conflict_dialog },
  { "fail-deleted", play_deleted },
  { "fail-repair", play_repair },
  { "fail-delete-unknown", play_delete_unknown },
  { "fail-invitation-ignored", play_invitation_ignored },
  { "fail-invitation-failed", play_invitation_failed },
  { NULL },
};
