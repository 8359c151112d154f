/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "store/roster-secrets.h"

#include <libsecret/secret.h>

/* libsecret would unlock by itself, but then a person's "no" cannot be told from a keyring that
 * stays locked. So unlocking is a step of its own here.
 *
 * state            what is known
 * CONNECT          nothing
 * SEARCH           service
 * LOAD             service; item is ours and unlocked
 * FIND_COLLECTION  service; storing, or nothing was found, which says nothing while it is locked
 * UNLOCK           service; locked is an item of ours, or the default collection
 * PROMPT           the service wants to ask the person
 * STORE            service; the default collection is open, or there is none yet
 * CLEAR            service; there are items of ours and they are unlocked
 *
 * After UNLOCK the op goes on with STORE, or once more with SEARCH. */
typedef enum
{
  CONNECT,
  SEARCH,
  LOAD,
  FIND_COLLECTION,
  UNLOCK,
  PROMPT,
  STORE,
  CLEAR,
} State;

typedef enum
{
  VERB_LOOKUP,
  VERB_STORE,
  VERB_CLEAR,
} Verb;

typedef struct
{
  Verb verb;
  State state;
  char *id;
  char *label;        /* to store */
  SecretValue *value; /* to store; in memory that is wiped */
  SecretService *service;
  SecretItem *item;
  char *locked; /* object path */
  SecretPrompt *prompt;
  gboolean is_dismissed;
  gboolean has_unlocked; /* UNLOCK happens once */
} Op;

typedef struct
{
  RosterSecretsState state;
  char *secret;
} Result;

static const SecretSchema schema = {
  "io.github.rosterapp.Roster",
  SECRET_SCHEMA_NONE,
  {
    { "connection", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

static void next (GTask *task);

static void
op_free (gpointer data)
{
  Op *op = data;

  g_free (op->id);
  g_free (op->label);
  g_clear_pointer (&op->value, secret_value_unref);
  g_clear_object (&op->service);
  g_clear_object (&op->item);
  g_free (op->locked);
  if (op->prompt != NULL)
    g_signal_handlers_disconnect_by_data (op->prompt, op);
  g_clear_object (&op->prompt);
  g_free (op);
}

static void
result_free (gpointer data)
{
  Result *result = data;

  roster_secret_free (result->secret);
  g_free (result);
}

static void
end (GTask *task, RosterSecretsState state, const char *secret)
{
  Result *result = g_new0 (Result, 1);

  result->state = state;
  result->secret = g_strdup (secret);
  g_task_return_pointer (task, result, result_free);
}

static gboolean
is_no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED) ||
         (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
          error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
}

/* Takes error. */
static void
end_with_error (GTask *task, GError *error)
{
  Op *op = g_task_get_task_data (task);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Connecting asks nothing of the service yet: what fails is the session's bus. */
  if (!is_cancelled && (op->state == CONNECT || is_no_service (error)))
    end (task, ROSTER_SECRETS_NO_SERVICE, NULL);
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    end (task, ROSTER_SECRETS_LOCKED, NULL);
  /* There was no keyring to store in, and the person did not let one be made. */
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) && op->state == STORE)
    end (task, ROSTER_SECRETS_REFUSED, NULL);
  else
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
}

static void
go (GTask *task, State state)
{
  Op *op = g_task_get_task_data (task);

  op->state = state;
  next (task);
}

static void
go_unlock (GTask *task, GDBusProxy *object)
{
  Op *op = g_task_get_task_data (task);

  if (op->has_unlocked)
    {
      end (task, ROSTER_SECRETS_LOCKED, NULL);
      return;
    }
  op->has_unlocked = TRUE;
  op->locked = g_strdup (g_dbus_proxy_get_object_path (object));
  go (task, UNLOCK);
}

static void
connect_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->service = secret_service_get_finish (result, &error);
  if (op->service == NULL)
    end_with_error (task, error);
  else
    go (task, op->verb == VERB_STORE ? FIND_COLLECTION : SEARCH);
}

static void
search_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autolist (SecretItem) items = NULL;
  SecretItem *locked = NULL, *unlocked = NULL;

  items = secret_service_search_finish (SECRET_SERVICE (source), result, &error);
  for (GList *l = items; l != NULL; l = l->next)
    if (secret_item_get_locked (l->data))
      locked = l->data;
    else
      unlocked = l->data;

  if (error != NULL)
    end_with_error (task, error);
  else if (op->verb == VERB_LOOKUP && unlocked != NULL)
    {
      op->item = g_object_ref (unlocked);
      go (task, LOAD);
    }
  else if (locked != NULL)
    go_unlock (task, G_DBUS_PROXY (locked));
  else if (unlocked != NULL)
    go (task, CLEAR);
  else
    go (task, FIND_COLLECTION);
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SecretValue) value = NULL;
  const char *text;

  if (!secret_item_load_secret_finish (SECRET_ITEM (source), result, &error))
    {
      end_with_error (task, error);
      return;
    }
  value = secret_item_get_secret (SECRET_ITEM (source));
  text = value != NULL ? secret_value_get_text (value) : NULL;
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             "What the keyring holds is not text");
  else
    end (task, ROSTER_SECRETS_FOUND, text);
}

static void
find_collection_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, &error);

  if (error != NULL)
    end_with_error (task, error);
  else if (collection != NULL && secret_collection_get_locked (collection))
    go_unlock (task, G_DBUS_PROXY (collection));
  else if (op->verb == VERB_STORE)
    go (task, STORE);
  else
    end (task, ROSTER_SECRETS_MISSING, NULL);
}

static void
go_after_unlock (GTask *task)
{
  Op *op = g_task_get_task_data (task);

  go (task, op->verb == VERB_STORE ? STORE : SEARCH);
}

/* libsecret 0.20 passes over this part of the signal. The proxy hears of it before the prompt does.
 */
static void
prompt_signal_cb (GDBusProxy *proxy,
                  const char *sender,
                  const char *signal,
                  GVariant *parameters,
                  gpointer user_data)
{
  Op *op = user_data;

  if (g_str_equal (signal, "Completed") &&
      g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(bv)")))
    g_variant_get_child (parameters, 0, "b", &op->is_dismissed);
}

static SecretPrompt *
new_prompt (SecretService *service, const char *path, GError **error)
{
  g_autofree char *owner = g_dbus_proxy_get_name_owner (G_DBUS_PROXY (service));

  /* Under the owner's unique name the proxy's signals come in the order of subscribing, so that
   * prompt_signal_cb () runs before the prompt ends. */
  return g_initable_new (
    SECRET_TYPE_PROMPT, NULL, error, "g-flags", G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES,
    "g-connection", g_dbus_proxy_get_connection (G_DBUS_PROXY (service)), "g-name",
    owner != NULL ? owner : g_dbus_proxy_get_name (G_DBUS_PROXY (service)), "g-object-path", path,
    "g-interface-name", "org.freedesktop.Secret.Prompt", NULL);
}

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (source), result, &error);
  g_autofree const char **unlocked = NULL;
  const char *prompt;

  if (answer == NULL)
    {
      end_with_error (task, error);
      return;
    }
  g_variant_get (answer, "(^a&o&o)", &unlocked, &prompt);
  if (unlocked[0] != NULL)
    go_after_unlock (task);
  else if (g_str_equal (prompt, "/"))
    end (task, ROSTER_SECRETS_LOCKED, NULL);
  else if ((op->prompt = new_prompt (op->service, prompt, &error)) == NULL)
    end_with_error (task, error);
  else
    go (task, PROMPT);
}

static void
prompt_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GVariant) unlocked =
    secret_prompt_perform_finish (SECRET_PROMPT (source), result, &error);

  if (error != NULL)
    end_with_error (task, error);
  else if (op->is_dismissed)
    end (task, ROSTER_SECRETS_REFUSED, NULL);
  else if (unlocked == NULL || !g_variant_is_of_type (unlocked, G_VARIANT_TYPE ("ao")) ||
           g_variant_n_children (unlocked) == 0)
    end (task, ROSTER_SECRETS_LOCKED, NULL);
  else
    go_after_unlock (task);
}

static void
store_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_service_store_finish (SECRET_SERVICE (source), result, &error))
    end (task, ROSTER_SECRETS_FOUND, NULL);
  else
    end_with_error (task, error);
}

static void
clear_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean is_cleared = secret_service_clear_finish (SECRET_SERVICE (source), result, &error);

  if (error != NULL)
    end_with_error (task, error);
  else
    end (task, is_cleared ? ROSTER_SECRETS_FOUND : ROSTER_SECRETS_MISSING, NULL);
}

static void
unlock (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  const char *paths[] = { op->locked, NULL };

  g_dbus_proxy_call (G_DBUS_PROXY (op->service), "Unlock", g_variant_new ("(^ao)", paths),
                     G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), unlock_cb,
                     g_object_ref (task));
}

static void
next (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GHashTable) attributes = secret_attributes_build (&schema, "connection", op->id, NULL);
  GTask *held = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (op->state == UNLOCK)
    {
      unlock (task);
      return;
    }
  held = g_object_ref (task);
  switch (op->state)
    {
    case CONNECT:
      secret_service_get (SECRET_SERVICE_NONE, cancellable, connect_cb, held);
      break;
    case SEARCH:
      secret_service_search (op->service, &schema, attributes, SECRET_SEARCH_ALL, cancellable,
                             search_cb, held);
      break;
    case LOAD:
      secret_item_load_secret (op->item, cancellable, load_cb, held);
      break;
    case FIND_COLLECTION:
      secret_collection_for_alias (op->service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE,
                                   cancellable, find_collection_cb, held);
      break;
    case PROMPT:
      g_signal_connect (op->prompt, "g-signal", G_CALLBACK (prompt_signal_cb), op);
      secret_prompt_perform (op->prompt, NULL, NULL, cancellable, prompt_cb, held);
      break;
    case STORE:
      secret_service_store (op->service, &schema, attributes, SECRET_COLLECTION_DEFAULT, op->label,
                            op->value, cancellable, store_cb, held);
      break;
    case CLEAR:
      secret_service_clear (op->service, &schema, attributes, cancellable, clear_cb, held);
      break;
    case UNLOCK:
    default:
      g_assert_not_reached ();
    }
}

static void
start (Verb verb, const char *id, const char *label, const char *secret, gpointer tag, GTask *task)
{
  Op *op = g_new0 (Op, 1);

  op->verb = verb;
  op->state = CONNECT;
  op->id = g_strdup (id);
  op->label = g_strdup (label);
  if (secret != NULL)
    op->value = secret_value_new (secret, -1, "text/plain");
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, op, op_free);
  next (task);
}

static RosterSecretsState
finish (GAsyncResult *result, char **secret, GError **error)
{
  Result *value = g_task_propagate_pointer (G_TASK (result), error);
  RosterSecretsState state;

  if (value == NULL)
    return ROSTER_SECRETS_FAILED;
  state = value->state;
  if (secret != NULL)
    *secret = g_steal_pointer (&value->secret);
  result_free (value);
  return state;
}

void
roster_secrets_lookup_async (const char *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (id != NULL);

  start (VERB_LOOKUP, id, NULL, NULL, roster_secrets_lookup_async, task);
}

char *
roster_secrets_lookup_finish (GAsyncResult *result, RosterSecretsState *state, GError **error)
{
  char *secret = NULL;
  RosterSecretsState local_state;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_secrets_lookup_async), NULL);

  local_state = finish (result, &secret, error);
  if (state != NULL)
    *state = local_state;
  return secret;
}

void
roster_secrets_store_async (const char *id,
                            const char *label,
                            const char *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (id != NULL);
  g_return_if_fail (label != NULL);
  g_return_if_fail (secret != NULL);

  start (VERB_STORE, id, label, secret, roster_secrets_store_async, task);
}

RosterSecretsState
roster_secrets_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), ROSTER_SECRETS_FAILED);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_secrets_store_async),
                        ROSTER_SECRETS_FAILED);

  return finish (result, NULL, error);
}

void
roster_secrets_clear_async (const char *id,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (id != NULL);

  start (VERB_CLEAR, id, NULL, NULL, roster_secrets_clear_async, task);
}

RosterSecretsState
roster_secrets_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), ROSTER_SECRETS_FAILED);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_secrets_clear_async),
                        ROSTER_SECRETS_FAILED);

  return finish (result, NULL, error);
}

void
roster_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  secret_password_wipe (secret);
  g_free (secret);
}
