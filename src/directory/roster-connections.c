/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-connection-private.h"
#include "store/roster-connection-file.h"
#include "store/roster-secrets.h"

/* The keys of a connection's group in the file, beside the text properties, which stand there under
 * their own names:
 *
 *   key                value
 *   environment        "production", "test"
 *   preset             "asgardeo", "wso2-is", "other"
 *   sign-in            "client-credentials", "basic", "bearer"
 *   hidden-attributes  paths, each percent-encoded, with single spaces between; absent: the
 *   columns            service's own choice and the default columns
 *
 * Never a secret, and no demo connection: it goes with its process. */
static const char *const text_keys[] = {
  "name",      "organization", "region",    "host",    "tenant", "url",
  "token-url", "client-id",    "user-name", "dialect", "domain",
};

typedef struct
{
  const char *key; /* and property */
  const char *values[4];
} ChoiceKey;

/* values: by the number of the enumeration. */
static const ChoiceKey choice_keys[] = {
  { "environment", { "production", "test" } },
  { "preset", { "asgardeo", "wso2-is", "other" } },
  { "sign-in", { "client-credentials", "basic", "bearer" } },
};

struct _RosterConnections
{
  GObject parent_instance;

  RosterConnectionFile *file;
  GPtrArray *list; /* RosterConnection */
  GError *load_error;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterConnections,
                               roster_connections,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static char *
join_paths (const char *const *paths)
{
  GString *text;

  if (paths == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      g_string_append_uri_escaped (text, paths[i], ":/$", TRUE);
    }

  return g_string_free (text, FALSE);
}

static GStrv
split_paths (const char *text)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) words = NULL;

  if (text == NULL)
    return NULL;

  builder = g_strv_builder_new ();
  words = g_strsplit (text, " ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *path = g_uri_unescape_string (words[i], NULL);

      if (path != NULL && *path != '\0')
        g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

static void
load_choices (RosterConnection *connection, RosterConnectionFile *file, const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (choice_keys); i++)
    {
      g_autofree char *value = roster_connection_file_dup (file, id, choice_keys[i].key);

      for (int n = 0; value != NULL && choice_keys[i].values[n] != NULL; n++)
        if (g_str_equal (value, choice_keys[i].values[n]))
          g_object_set (connection, choice_keys[i].key, n, NULL);
    }
}

static RosterConnection *
load_connection (RosterConnectionFile *file, const char *id)
{
  RosterConnection *connection = roster_connection_new (id);
  g_autofree char *hidden = roster_connection_file_dup (file, id, "hidden-attributes");
  g_autofree char *columns = roster_connection_file_dup (file, id, "columns");
  g_auto (GStrv) hidden_paths = split_paths (hidden);
  g_auto (GStrv) column_paths = split_paths (columns);

  for (gsize i = 0; i < G_N_ELEMENTS (text_keys); i++)
    {
      g_autofree char *value = roster_connection_file_dup (file, id, text_keys[i]);

      if (value != NULL)
        g_object_set (connection, text_keys[i], value, NULL);
    }
  load_choices (connection, file, id);
  roster_connection_set_hidden_attributes (connection, (const char *const *)hidden_paths);
  roster_connection_set_columns (connection, (const char *const *)column_paths);

  return connection;
}

static void
write_connection (RosterConnectionFile *file, RosterConnection *connection)
{
  const char *id = roster_connection_get_id (connection);
  g_autofree char *hidden = join_paths (roster_connection_get_hidden_attributes (connection));
  g_autofree char *columns = join_paths (roster_connection_get_columns (connection));

  for (gsize i = 0; i < G_N_ELEMENTS (text_keys); i++)
    {
      g_autofree char *value = NULL;

      g_object_get (connection, text_keys[i], &value, NULL);
      roster_connection_file_set (file, id, text_keys[i],
                                  value != NULL && *value != '\0' ? value : NULL);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (choice_keys); i++)
    {
      int n = 0;

      g_object_get (connection, choice_keys[i].key, &n, NULL);
      roster_connection_file_set (file, id, choice_keys[i].key, choice_keys[i].values[n]);
    }
  roster_connection_file_set (file, id, "hidden-attributes", hidden);
  roster_connection_file_set (file, id, "columns", columns);
}

static gboolean
find_position (RosterConnections *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->list->len; i++)
    if (g_str_equal (roster_connection_get_id (self->list->pdata[i]), id))
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static void
put (RosterConnections *self, RosterConnection *connection)
{
  guint position;

  if (!find_position (self, roster_connection_get_id (connection), &position))
    {
      g_ptr_array_add (self->list, g_object_ref (connection));
      g_list_model_items_changed (G_LIST_MODEL (self), self->list->len - 1, 0, 1);
      return;
    }

  if (self->list->pdata[position] != connection)
    {
      g_object_unref (self->list->pdata[position]);
      self->list->pdata[position] = g_object_ref (connection);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

static RosterKeyring
keyring_from_secrets (RosterSecretsState state)
{
  switch (state)
    {
    case ROSTER_SECRETS_FOUND:
      return ROSTER_KEYRING_KEPT;
    case ROSTER_SECRETS_MISSING:
      return ROSTER_KEYRING_MISSING;
    case ROSTER_SECRETS_LOCKED:
      return ROSTER_KEYRING_LOCKED;
    case ROSTER_SECRETS_REFUSED:
      return ROSTER_KEYRING_REFUSED;
    case ROSTER_SECRETS_NO_SERVICE:
      return ROSTER_KEYRING_NO_SERVICE;
    case ROSTER_SECRETS_FAILED:
    default:
      return ROSTER_KEYRING_FAILED;
    }
}

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state = roster_secrets_store_finish (result, &error);

  /* The words of keyring services say nothing to people; roster_keyring_get_message does. */
  g_debug ("Storing the secret: %s", error != NULL ? error->message : "answered");
  g_task_return_int (task, keyring_from_secrets (state));
}

static void
cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state = roster_secrets_clear_finish (result, &error);

  g_debug ("Clearing the secret: %s", error != NULL ? error->message : "answered");
  /* That there was none is what was wanted. */
  g_task_return_int (task, state == ROSTER_SECRETS_MISSING ? ROSTER_KEYRING_KEPT
                                                           : keyring_from_secrets (state));
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RosterSecretsState state = ROSTER_SECRETS_FAILED;
  char *secret = roster_secrets_lookup_finish (result, &state, &error);

  g_task_set_task_data (task, GINT_TO_POINTER (keyring_from_secrets (state)), NULL);
  g_task_return_pointer (task, secret, (GDestroyNotify)roster_secret_free);
}

static GType
roster_connections_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_CONNECTION;
}

static guint
roster_connections_get_n_items (GListModel *model)
{
  return ROSTER_CONNECTIONS (model)->list->len;
}

static gpointer
roster_connections_get_item (GListModel *model, guint position)
{
  RosterConnections *self = ROSTER_CONNECTIONS (model);

  return position < self->list->len ? g_object_ref (self->list->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = roster_connections_get_item_type;
  iface->get_n_items = roster_connections_get_n_items;
  iface->get_item = roster_connections_get_item;
}

static void
roster_connections_finalize (GObject *object)
{
  RosterConnections *self = ROSTER_CONNECTIONS (object);

  g_clear_pointer (&self->file, roster_connection_file_free);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_clear_error (&self->load_error);

  G_OBJECT_CLASS (roster_connections_parent_class)->finalize (object);
}

static void
roster_connections_class_init (RosterConnectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_connections_finalize;
}

static void
roster_connections_init (RosterConnections *self)
{
  self->list = g_ptr_array_new_with_free_func (g_object_unref);
}

RosterConnections *
roster_connections_new (const char *path)
{
  RosterConnections *self = g_object_new (ROSTER_TYPE_CONNECTIONS, NULL);
  g_auto (GStrv) ids = NULL;

  self->file = roster_connection_file_new (path, &self->load_error);
  ids = roster_connection_file_dup_ids (self->file);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    g_ptr_array_add (self->list, load_connection (self->file, ids[i]));

  return self;
}

const GError *
roster_connections_get_load_error (RosterConnections *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTIONS (self), NULL);

  return self->load_error;
}

RosterConnection *
roster_connections_find (RosterConnections *self, const char *id)
{
  guint position;

  g_return_val_if_fail (ROSTER_IS_CONNECTIONS (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find_position (self, id, &position) ? self->list->pdata[position] : NULL;
}

const char *
roster_keyring_get_message (RosterKeyring keyring)
{
  switch (keyring)
    {
    case ROSTER_KEYRING_KEPT:
      return NULL;
    case ROSTER_KEYRING_MISSING:
      return _ ("The keyring holds no secret for this service. Enter it to sign in.");
    case ROSTER_KEYRING_LOCKED:
      return _ ("The keyring is locked. The secret is kept only until Roster is closed; unlock the "
                "keyring to keep it.");
    case ROSTER_KEYRING_REFUSED:
      return _ ("Access to the keyring was refused. The secret is kept only until Roster is "
                "closed.");
    case ROSTER_KEYRING_NO_SERVICE:
      return _ ("This desktop has no keyring. The secret is kept only until Roster is closed.");
    case ROSTER_KEYRING_FAILED:
    default:
      return _ ("The keyring does not work. The secret is kept only until Roster is closed.");
    }
}

void
roster_connections_add_async (RosterConnections *self,
                              RosterConnection *connection,
                              const char *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (ROSTER_IS_CONNECTIONS (self));
  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_connections_add_async);

  put (self, connection);
  write_connection (self->file, connection);
  if (!roster_connection_file_save (self->file, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (secret == NULL || *secret == '\0')
    g_task_return_int (task, ROSTER_KEYRING_MISSING);
  else
    {
      g_autofree char *label = g_strdup_printf (
        /* Translators: the name of a secret in the desktop's keyring; %s is a connection's name */
        _ ("Roster: %s"), roster_connection_get_name (connection));

      roster_secrets_store_async (roster_connection_get_id (connection), label, secret, cancellable,
                                  stored_cb, g_steal_pointer (&task));
    }
}

gboolean
roster_connections_add_finish (RosterConnections *self,
                               GAsyncResult *result,
                               RosterKeyring *keyring,
                               GError **error)
{
  g_autoptr (GError) own_error = NULL;
  gssize state;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  state = g_task_propagate_int (G_TASK (result), &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  if (keyring != NULL)
    *keyring = (RosterKeyring)state;

  return TRUE;
}

gboolean
roster_connections_save (RosterConnections *self, GError **error)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTIONS (self), FALSE);

  for (guint i = 0; i < self->list->len; i++)
    write_connection (self->file, self->list->pdata[i]);

  return roster_connection_file_save (self->file, error);
}

void
roster_connections_forget_async (RosterConnections *self,
                                 RosterConnection *connection,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  guint position;

  g_return_if_fail (ROSTER_IS_CONNECTIONS (self));
  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_connections_forget_async);

  id = g_strdup (roster_connection_get_id (connection));
  if (find_position (self, id, &position))
    {
      g_ptr_array_remove_index (self->list, position);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
    }
  roster_connection_file_remove (self->file, id);
  if (!roster_connection_file_save (self->file, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    roster_secrets_clear_async (id, cancellable, cleared_cb, g_steal_pointer (&task));
}

gboolean
roster_connections_forget_finish (RosterConnections *self,
                                  GAsyncResult *result,
                                  RosterKeyring *keyring,
                                  GError **error)
{
  return roster_connections_add_finish (self, result, keyring, error);
}

void
roster_connection_lookup_secret_async (RosterConnection *connection,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (ROSTER_IS_CONNECTION (connection));

  task = g_task_new (connection, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_connection_lookup_secret_async);
  g_task_set_task_data (task, GINT_TO_POINTER (ROSTER_KEYRING_FAILED), NULL);
  roster_secrets_lookup_async (roster_connection_get_id (connection), cancellable, looked_up_cb,
                               g_steal_pointer (&task));
}

char *
roster_connection_lookup_secret_finish (RosterConnection *connection,
                                        GAsyncResult *result,
                                        RosterKeyring *keyring)
{
  g_return_val_if_fail (g_task_is_valid (result, connection), NULL);

  *keyring = (RosterKeyring)GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
