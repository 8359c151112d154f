/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-opening.h"
#include "store/roster-secrets.h"

/* What is known to be true in each state:
 *
 *   LOOK_UP    nothing
 *   SIGN_IN    there is a secret and a client with it
 *   DISCOVER   the service accepted the sign-in, or asks for none beforehand
 *   KNOWN      the schemas are known, so is the dialect; the configuration as far as it was told
 *
 * KNOWN goes back to SIGN_IN once, when the dialect that was just learned has scopes to ask for. */
typedef enum
{
  STATE_LOOK_UP,
  STATE_SIGN_IN,
  STATE_DISCOVER,
  STATE_KNOWN,
} State;

typedef struct
{
  State state;
  RosterConnection *connection;
  char *secret;
  gboolean sign_in_again;
  guint n_pending; /* of the two requests of DISCOVER */
  GError *error;   /* of DISCOVER: the first that is fatal */
  RosterOpening *opening;
} Op;

static void opening_next (GTask *task);

static void
op_free (Op *op)
{
  g_clear_object (&op->connection);
  g_clear_pointer (&op->secret, roster_secret_free);
  g_clear_error (&op->error);
  g_clear_pointer (&op->opening, roster_opening_free);
  g_free (op);
}

static void
look_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);

  op->secret =
    roster_connection_lookup_secret_finish (op->connection, result, &op->opening->keyring);
  if (op->secret == NULL)
    {
      op->opening->needs_secret = TRUE;
      g_task_return_pointer (task, g_steal_pointer (&op->opening),
                             (GDestroyNotify)roster_opening_free);
      return;
    }

  op->state = STATE_SIGN_IN;
  opening_next (g_steal_pointer (&task));
}

static void
sign_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Op *op = g_task_get_task_data (task);

  if (!scim_client_sign_in_finish (SCIM_CLIENT (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  op->state = op->opening->schemas == NULL ? STATE_DISCOVER : STATE_KNOWN;
  opening_next (g_steal_pointer (&task));
}

/* Both requests of DISCOVER end here. */
static void
discovered (GTask *task)
{
  Op *op = g_task_get_task_data (task);

  if (--op->n_pending > 0)
    {
      g_object_unref (task);
      return;
    }

  if (op->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&op->error));
      g_object_unref (task);
      return;
    }

  op->state = STATE_KNOWN;
  op->sign_in_again =
    roster_connection_learn_dialect (op->connection, scim_schemas_is_wso2 (op->opening->schemas));
  opening_next (task);
}

static void
schemas_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  Op *op = g_task_get_task_data (task);

  op->opening->schemas = scim_client_schemas_finish (SCIM_CLIENT (source), result, &error);
  /* A service may answer /Schemas with 401, 404, 501 or anything (SCIM-SERVICES section 7); only an
   * address that gives no answer at all ends the opening. */
  if (error != NULL && error->domain != SCIM_ERROR && op->error == NULL)
    op->error = g_steal_pointer (&error);
  if (op->opening->schemas == NULL)
    op->opening->schemas = scim_schemas_new_builtin ();

  discovered (task);
}

static void
config_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  g_autofree ScimServiceConfig *config =
    scim_client_config_finish (SCIM_CLIENT (source), result, NULL);
  Op *op = g_task_get_task_data (task);

  op->opening->config_patch = config != NULL ? config->patch : -1;
  op->opening->config_password = config != NULL ? config->change_password : -1;

  discovered (task);
}

static void
sign_in (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  g_clear_object (&op->opening->client);
  op->opening->client = roster_connection_make_client (op->connection, op->secret, &error);
  if (op->opening->client == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  scim_client_sign_in_async (op->opening->client, g_task_get_cancellable (task), sign_in_cb, task);
}

/* Takes the task. */
static void
opening_next (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  switch (op->state)
    {
    case STATE_LOOK_UP:
      roster_connection_lookup_secret_async (op->connection, cancellable, look_up_cb, task);
      break;

    case STATE_SIGN_IN:
      sign_in (task);
      break;

    case STATE_DISCOVER:
      op->n_pending = 2;
      scim_client_schemas_async (op->opening->client, cancellable, schemas_cb, g_object_ref (task));
      scim_client_config_async (op->opening->client, cancellable, config_cb, task);
      break;

    case STATE_KNOWN:
    default:
      if (op->sign_in_again)
        {
          op->sign_in_again = FALSE;
          sign_in (task);
          break;
        }
      scim_client_set_dialect (op->opening->client,
                               roster_connection_get_scim_dialect (op->connection));
      g_task_return_pointer (task, g_steal_pointer (&op->opening),
                             (GDestroyNotify)roster_opening_free);
      g_object_unref (task);
      break;
    }
}

void
roster_opening_free (RosterOpening *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->schemas, scim_schemas_unref);
  g_free (self);
}

void
roster_opening_async (RosterConnection *connection,
                      const char *secret,
                      gboolean use_keyring,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Op *op;

  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  op = g_new0 (Op, 1);
  op->connection = g_object_ref (connection);
  op->secret = g_strdup (secret);
  op->opening = g_new0 (RosterOpening, 1);
  op->opening->keyring = ROSTER_KEYRING_KEPT;
  op->state = secret != NULL ? STATE_SIGN_IN : STATE_LOOK_UP;

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_opening_async);
  g_task_set_task_data (task, op, (GDestroyNotify)op_free);

  if (secret == NULL && !use_keyring)
    {
      op->opening->keyring = ROSTER_KEYRING_MISSING;
      op->opening->needs_secret = TRUE;
      g_task_return_pointer (task, g_steal_pointer (&op->opening),
                             (GDestroyNotify)roster_opening_free);
      return;
    }

  opening_next (g_steal_pointer (&task));
}

RosterOpening *
roster_opening_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
