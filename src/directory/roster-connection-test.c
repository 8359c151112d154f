/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-connection-private.h"
#include "directory/roster-test-step-private.h"
#include "store/roster-secrets.h"

/* A host that does not answer within this time, in seconds, is not there. */
#define ADDRESS_TIMEOUT 10
/* Two rows are enough to see that a page can be read. */
#define N_USERS 2

/* What is known to be true in each state:
 *
 *   REACH       the connection is complete
 *   SIGN_IN     the host answers, and its certificate is valid; nothing secret was sent before
 *   USERS       there is a token, where the method needs one: whether it is accepted shows here
 *   ATTRIBUTES  the service accepted the sign-in
 *   PASSWORDS   the dialect is known
 *
 * ATTRIBUTES goes back to SIGN_IN once, when the dialect that was just learned has scopes. */
typedef enum
{
  STATE_REACH,
  STATE_SIGN_IN,
  STATE_USERS,
  STATE_ATTRIBUTES,
  STATE_PASSWORDS,
  STATE_END,
} State;

typedef enum
{
  STEP_ADDRESS,
  STEP_SIGN_IN,
  STEP_PERMISSIONS,
  STEP_USERS,
  STEP_ATTRIBUTES,
  STEP_PASSWORDS,
  N_STEPS
} Step;

struct _RosterConnectionTest
{
  GObject parent_instance;

  RosterTestStep *steps[N_STEPS];
  gboolean running;
  gboolean can_connect;

  /* The run */
  State state;
  RosterConnection *connection;
  char *secret;
  GCancellable *cancellable;
  ScimClient *client;
  gint64 started; /* monotonic: of the attempt to reach the host */
  GTlsCertificateFlags certificate_flags;
};

enum
{
  PROP_0,
  PROP_CAN_CONNECT,
  PROP_RUNNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_iface_init (GListModelInterface *iface);
static void test_next (RosterConnectionTest *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterConnectionTest,
                               roster_connection_test,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static gboolean
is_passed (RosterConnectionTest *self, Step step)
{
  RosterStepState state = roster_test_step_get_state (self->steps[step]);

  return state == ROSTER_STEP_OK || state == ROSTER_STEP_WARNING;
}

static void
update_flags (RosterConnectionTest *self, gboolean running)
{
  gboolean can_connect = !running;

  for (guint i = 0; i < N_STEPS; i++)
    can_connect = can_connect && is_passed (self, i);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->running != running)
    {
      self->running = running;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
    }
  if (self->can_connect != can_connect)
    {
      self->can_connect = can_connect;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CONNECT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

static void
set_step_running (RosterConnectionTest *self, Step step)
{
  roster_test_step_set (self->steps[step], ROSTER_STEP_RUNNING, NULL, NULL);
}

/* Ends the run; the secret goes with it. */
static void
end_run (RosterConnectionTest *self)
{
  self->state = STATE_END;
  g_clear_object (&self->cancellable);
  g_clear_object (&self->client);
  g_clear_pointer (&self->secret, roster_secret_free);
}

static void
finish_run (RosterConnectionTest *self)
{
  /* A failure ends what was asked along with it, too: nothing more is coming. */
  for (guint i = 0; i < N_STEPS; i++)
    if (roster_test_step_get_state (self->steps[i]) == ROSTER_STEP_RUNNING)
      roster_test_step_set (self->steps[i], ROSTER_STEP_WAITING, NULL, NULL);
  end_run (self);
  update_flags (self, FALSE);
}

/* An answer to a run that is over: cancelled, or another one was started meanwhile. */
static gboolean
is_stale (RosterConnectionTest *self, GAsyncResult *result, const GError *error)
{
  return self->cancellable == NULL ||
         g_task_get_cancellable (G_TASK (result)) != self->cancellable ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
go_on (RosterConnectionTest *self, State state)
{
  self->state = state;
  test_next (self);
}

static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags flags,
                       RosterConnectionTest *self)
{
  self->certificate_flags = flags;

  return FALSE;
}

static void
socket_event_cb (GSocketClient *client,
                 GSocketClientEvent event,
                 GSocketConnectable *connectable,
                 GIOStream *stream,
                 RosterConnectionTest *self)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect_object (stream, "accept-certificate", G_CALLBACK (accept_certificate_cb), self,
                             0);
}

static void
reached_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) stream =
    g_socket_client_connect_to_uri_finish (G_SOCKET_CLIENT (source), result, &error);
  g_autofree char *url = NULL;

  if (is_stale (self, result, error))
    return;

  url = roster_connection_dup_base_url (self->connection);
  roster_finding_address (self->steps[STEP_ADDRESS], url,
                          (guint)((g_get_monotonic_time () - self->started) / 1000),
                          self->certificate_flags, error);
  if (error != NULL)
    finish_run (self);
  else
    go_on (self, STATE_SIGN_IN);
}

/* A connection and its TLS handshake tell everything about an address without sending anything. */
static void
reach (RosterConnectionTest *self)
{
  g_autofree char *url = roster_connection_dup_base_url (self->connection);
  gboolean tls = g_str_has_prefix (url, "https:");
  g_autoptr (GSocketClient) socket = g_socket_client_new ();

  set_step_running (self, STEP_ADDRESS);
  g_socket_client_set_timeout (socket, ADDRESS_TIMEOUT);
  g_socket_client_set_tls (socket, tls);
  g_signal_connect_object (socket, "event", G_CALLBACK (socket_event_cb), self, 0);
  self->certificate_flags = 0;
  self->started = g_get_monotonic_time ();
  g_socket_client_connect_to_uri_async (socket, url, tls ? 443 : 80, self->cancellable, reached_cb,
                                        g_object_ref (self));
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean accepted = scim_client_sign_in_finish (SCIM_CLIENT (source), result, &error);

  if (is_stale (self, result, error))
    return;

  if (accepted)
    {
      go_on (self, STATE_USERS);
      return;
    }

  roster_finding_sign_in (self->steps[STEP_SIGN_IN],
                          roster_connection_get_sign_in (self->connection), 0, error);
  finish_run (self);
}

static void
sign_in (RosterConnectionTest *self)
{
  g_autoptr (GError) error = NULL;

  set_step_running (self, STEP_SIGN_IN);
  g_clear_object (&self->client);
  self->client = roster_connection_make_client (self->connection, self->secret, &error);
  if (self->client == NULL)
    {
      roster_finding_sign_in (self->steps[STEP_SIGN_IN],
                              roster_connection_get_sign_in (self->connection), 0, error);
      finish_run (self);
      return;
    }

  scim_client_sign_in_async (self->client, self->cancellable, signed_in_cb, g_object_ref (self));
}

/* The service says that there are users, and gives none that can be used. */
static gboolean
is_contradiction (const ScimList *list)
{
  for (guint i = 0; i < list->resources->len; i++)
    {
      g_autofree char *id = scim_resource_dup_text (g_ptr_array_index (list->resources, i), "id");

      if (id != NULL && *id != '\0')
        return FALSE;
    }
  return list->resources->len > 0 || list->n_invalid > 0 || list->total_results > 0;
}

static void
users_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimList) list = scim_client_list_finish (SCIM_CLIENT (source), result, &error);
  RosterSignIn sign_in_method;
  const ScimDialect *dialect;

  if (is_stale (self, result, error))
    return;

  sign_in_method = roster_connection_get_sign_in (self->connection);
  if (g_error_matches (error, SCIM_ERROR, SCIM_ERROR_SIGN_IN))
    {
      roster_finding_sign_in (self->steps[STEP_SIGN_IN], sign_in_method, 0, error);
      finish_run (self);
      return;
    }

  if (list != NULL && is_contradiction (list))
    error = scim_error_new (SCIM_ERROR_PROTOCOL, "The service has users and gives none of them");
  dialect = scim_client_get_dialect (self->client);
  roster_finding_sign_in (self->steps[STEP_SIGN_IN], sign_in_method,
                          scim_client_get_token_lifetime (self->client), NULL);
  roster_finding_permissions (self->steps[STEP_PERMISSIONS], dialect,
                              scim_client_get_granted_scope (self->client));
  roster_finding_users (self->steps[STEP_USERS], dialect, list != NULL ? list->total_results : -1,
                        error);
  go_on (self, STATE_ATTRIBUTES);
}

static void
read_users (RosterConnectionTest *self)
{
  g_autofree char *domain = roster_connection_dup_domain (self->connection);
  ScimQuery query = {
    .excluded = scim_client_get_dialect (self->client)->list_excluded,
    .domain = domain,
    .start_index = 1,
    .count = N_USERS,
  };

  set_step_running (self, STEP_PERMISSIONS);
  set_step_running (self, STEP_USERS);
  scim_client_list_async (self->client, &query, SCIM_PRIORITY_PERSON, self->cancellable, users_cb,
                          g_object_ref (self));
}

static void
schemas_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimSchemas) schemas =
    scim_client_schemas_finish (SCIM_CLIENT (source), result, &error);

  if (is_stale (self, result, error))
    return;

  roster_finding_attributes (self->steps[STEP_ATTRIBUTES], schemas, error);
  if (roster_connection_learn_dialect (self->connection,
                                       schemas != NULL && scim_schemas_is_wso2 (schemas)))
    {
      go_on (self, STATE_SIGN_IN);
      return;
    }

  scim_client_set_dialect (self->client, roster_connection_get_scim_dialect (self->connection));
  go_on (self, STATE_PASSWORDS);
}

static void
config_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectionTest) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree ScimServiceConfig *config =
    scim_client_config_finish (SCIM_CLIENT (source), result, &error);

  if (is_stale (self, result, error))
    return;

  roster_finding_passwords (self->steps[STEP_PASSWORDS], scim_client_get_dialect (self->client),
                            config != NULL ? config->change_password : -1);
  finish_run (self);
}

static void
test_next (RosterConnectionTest *self)
{
  switch (self->state)
    {
    case STATE_REACH:
      reach (self);
      break;

    case STATE_SIGN_IN:
      sign_in (self);
      break;

    case STATE_USERS:
      read_users (self);
      break;

    case STATE_ATTRIBUTES:
      set_step_running (self, STEP_ATTRIBUTES);
      scim_client_schemas_async (self->client, self->cancellable, schemas_cb, g_object_ref (self));
      break;

    case STATE_PASSWORDS:
      set_step_running (self, STEP_PASSWORDS);
      scim_client_config_async (self->client, self->cancellable, config_cb, g_object_ref (self));
      break;

    case STATE_END:
    default:
      break;
    }
}

static void
cancel_run (RosterConnectionTest *self)
{
  g_cancellable_cancel (self->cancellable);
  end_run (self);
  g_clear_object (&self->connection);
  for (guint i = 0; i < N_STEPS; i++)
    roster_test_step_set (self->steps[i], ROSTER_STEP_WAITING, NULL, NULL);
}

static GType
roster_connection_test_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_TEST_STEP;
}

static guint
roster_connection_test_get_n_items (GListModel *model)
{
  return N_STEPS;
}

static gpointer
roster_connection_test_get_item (GListModel *model, guint position)
{
  RosterConnectionTest *self = ROSTER_CONNECTION_TEST (model);

  return position < N_STEPS ? g_object_ref (self->steps[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = roster_connection_test_get_item_type;
  iface->get_n_items = roster_connection_test_get_n_items;
  iface->get_item = roster_connection_test_get_item;
}

static void
roster_connection_test_get_property (GObject *object,
                                     guint prop_id,
                                     GValue *value,
                                     GParamSpec *pspec)
{
  RosterConnectionTest *self = ROSTER_CONNECTION_TEST (object);

  switch (prop_id)
    {
    case PROP_CAN_CONNECT:
      g_value_set_boolean (value, self->can_connect);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_connection_test_finalize (GObject *object)
{
  RosterConnectionTest *self = ROSTER_CONNECTION_TEST (object);

  end_run (self);
  g_clear_object (&self->connection);
  for (guint i = 0; i < N_STEPS; i++)
    g_clear_object (&self->steps[i]);

  G_OBJECT_CLASS (roster_connection_test_parent_class)->finalize (object);
}

static void
roster_connection_test_class_init (RosterConnectionTestClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_connection_test_get_property;
  object_class->finalize = roster_connection_test_finalize;

  properties[PROP_CAN_CONNECT] = g_param_spec_boolean ("can-connect", NULL, NULL, FALSE, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_connection_test_init (RosterConnectionTest *self)
{
  static const char *const titles[N_STEPS] = {
    [STEP_ADDRESS] = N_ ("Address"),         [STEP_SIGN_IN] = N_ ("Sign-in"),
    [STEP_PERMISSIONS] = N_ ("Permissions"), [STEP_USERS] = N_ ("Users"),
    [STEP_ATTRIBUTES] = N_ ("Attributes"),   [STEP_PASSWORDS] = N_ ("Passwords"),
  };

  self->state = STATE_END;
  for (guint i = 0; i < N_STEPS; i++)
    self->steps[i] = roster_test_step_new (_ (titles[i]));
}

RosterConnectionTest *
roster_connection_test_new (void)
{
  return g_object_new (ROSTER_TYPE_CONNECTION_TEST, NULL);
}

void
roster_connection_test_start (RosterConnectionTest *self,
                              RosterConnection *connection,
                              const char *secret)
{
  g_autofree char *problem = NULL;

  g_return_if_fail (ROSTER_IS_CONNECTION_TEST (self));
  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  cancel_run (self);
  problem = roster_connection_check (connection, secret, NULL);
  if (problem != NULL)
    {
      roster_test_step_set (self->steps[STEP_ADDRESS], ROSTER_STEP_WAITING,
                            g_steal_pointer (&problem), NULL);
      update_flags (self, FALSE);
      return;
    }

  self->connection = g_object_ref (connection);
  self->secret = g_strdup (secret);
  self->cancellable = g_cancellable_new ();
  update_flags (self, TRUE);
  go_on (self, STATE_REACH);
}

void
roster_connection_test_reset (RosterConnectionTest *self)
{
  g_return_if_fail (ROSTER_IS_CONNECTION_TEST (self));

  cancel_run (self);
  update_flags (self, FALSE);
}

gboolean
roster_connection_test_get_can_connect (RosterConnectionTest *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION_TEST (self), FALSE);

  return self->can_connect;
}

gboolean
roster_connection_test_get_running (RosterConnectionTest *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION_TEST (self), FALSE);

  return self->running;
}
