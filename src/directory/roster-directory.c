/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-age.h"
#include "directory/roster-attributes-private.h"
#include "directory/roster-connection-private.h"
#include "directory/roster-directory-private.h"
#include "directory/roster-opening.h"
#include "directory/roster-profile-private.h"
#include "directory/roster-reading.h"
#include "directory/roster-user-source.h"

/* "Updated 2 minutes ago" may be this much out of date, in seconds. */
#define AGE_INTERVAL 30

struct _RosterDirectory
{
  GObject parent_instance;

  RosterConnection *connection;
  RosterConnections *connections; /* nullable */

  /* The parts */
  RosterUsers *users;
  RosterAttributes *attributes;
  RosterCapabilities *capabilities;
  ScimSchemas *schemas;
  ScimClient *client;       /* NULL until open */
  RosterUserSource *source; /* NULL until open */

  RosterDirectoryState state;
  RosterKeyring keyring;
  RosterOutcome *error;
  gboolean closed;
  gboolean refreshing;
  char *age;
  char *warning;

  GCancellable *cancellable; /* of the opening under way */
  guint age_timer;
  guint wait_timer; /* counts the seconds down while the service is waited for */
  guint layout_idle;
};

enum
{
  PROP_0,
  PROP_STATE,
  PROP_KEYRING,
  PROP_REFRESHING,
  PROP_AGE,
  PROP_WARNING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RosterDirectory, roster_directory, G_TYPE_OBJECT)

static void
set_state (RosterDirectory *self, RosterDirectoryState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_text (RosterDirectory *self, char **field, char *text, guint property)
{
  g_autofree char *taken = text;

  if (g_strcmp0 (*field, taken) == 0)
    return;

  g_free (*field);
  *field = g_steal_pointer (&taken);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
update_age (RosterDirectory *self)
{
  RosterSync *sync = roster_directory_get_sync (self);
  guint wait = sync != NULL ? roster_sync_get_wait (sync, NULL) : 0;
  char *text = NULL;

  if (self->refreshing && wait > 0)
    text = roster_reading_dup_wait (wait);
  else if (self->refreshing)
    text = roster_reading_dup_progress (roster_sync_get_n_read (sync));
  else if (self->source != NULL)
    text = roster_age_text (roster_user_source_get_updated (self->source),
                            g_get_real_time () / G_USEC_PER_SEC);

  set_text (self, &self->age, text, PROP_AGE);
}

/* A refresh that failed comes before what the keyring says: its cause may be mended at once. */
static void
update_warning (RosterDirectory *self)
{
  RosterSync *sync = roster_directory_get_sync (self);
  char *text = NULL;

  if (self->state == ROSTER_DIRECTORY_OPEN && sync != NULL &&
      roster_sync_get_state (sync) == ROSTER_SYNC_FAILED)
    text = roster_reading_dup_failure (
      roster_sync_get_error (sync), roster_user_source_get_updated (self->source) > 0,
      roster_user_source_get_n_rows (self->source), roster_sync_get_total (sync, NULL));
  else if (self->state == ROSTER_DIRECTORY_OPEN && self->keyring != ROSTER_KEYRING_MISSING)
    text = g_strdup (roster_keyring_get_message (self->keyring));

  set_text (self, &self->warning, text, PROP_WARNING);
}

static void
set_refreshing (RosterDirectory *self, gboolean refreshing)
{
  if (self->refreshing == refreshing)
    return;

  self->refreshing = refreshing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESHING]);
}

static gboolean
age_timer_cb (gpointer user_data)
{
  update_age (user_data);

  return G_SOURCE_CONTINUE;
}

static void
update_wait_timer (RosterDirectory *self)
{
  RosterSync *sync = roster_directory_get_sync (self);
  gboolean waits = sync != NULL && roster_sync_get_wait (sync, NULL) > 0;

  if (!waits)
    g_clear_handle_id (&self->wait_timer, g_source_remove);
  else if (self->wait_timer == 0)
    self->wait_timer =
      g_timeout_add (roster_connection_get_second (self->connection), age_timer_cb, self);
}

static void
fail (RosterDirectory *self, const char *title, const GError *error)
{
  g_clear_pointer (&self->error, roster_outcome_free);
  self->error = roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, title, error);
  set_state (self, ROSTER_DIRECTORY_FAILED);
}

static void
source_changed_cb (RosterDirectory *self)
{
  RosterSync *sync = roster_directory_get_sync (self);
  gboolean nothing = roster_user_source_get_n_rows (self->source) == 0;

  set_refreshing (self, roster_user_source_get_refreshing (self->source));
  update_wait_timer (self);
  update_age (self);
  /* Nobody was ever read: that is no stale list but a service that does not work. */
  if (nothing && roster_sync_get_state (sync) == ROSTER_SYNC_FAILED)
    fail (self, _ ("The users could not be read"), roster_sync_get_error (sync));
  else if (self->state == ROSTER_DIRECTORY_FAILED)
    set_state (self, ROSTER_DIRECTORY_OPEN);
  update_warning (self);
}

static RosterUserFields *
make_fields (RosterDirectory *self)
{
  g_auto (GStrv) columns = roster_attributes_dup_column_paths (self->attributes);

  return roster_user_fields_new (self->schemas, (const char *const *)columns);
}

static gboolean
layout_idle_cb (gpointer user_data)
{
  RosterDirectory *self = user_data;
  g_autoptr (RosterUserFields) fields = NULL;
  g_autoptr (GError) error = NULL;

  self->layout_idle = 0;
  if (self->source != NULL)
    {
      fields = make_fields (self);
      roster_user_source_set_fields (self->source, fields);
    }
  if (self->connections != NULL && !roster_connections_save (self->connections, &error))
    g_message ("The choice of attributes could not be kept: %s", error->message);

  return G_SOURCE_REMOVE;
}

/* Many choices come at once when a dialog is closed. */
static void
attributes_changed_cb (RosterDirectory *self)
{
  if (self->layout_idle == 0 && self->state == ROSTER_DIRECTORY_OPEN)
    self->layout_idle = g_idle_add (layout_idle_cb, self);
}

static void
drop_source (RosterDirectory *self)
{
  g_clear_handle_id (&self->layout_idle, g_source_remove);
  if (self->source != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->source, self);
      roster_user_source_close (self->source);
    }
  g_clear_object (&self->source);
  g_clear_object (&self->client);
  g_clear_handle_id (&self->wait_timer, g_source_remove);
  set_refreshing (self, FALSE);
}

static void
start_reading (RosterDirectory *self)
{
  g_autoptr (RosterUserFields) fields = make_fields (self);
  g_autofree char *domain = roster_connection_dup_domain (self->connection);

  self->source = roster_user_source_new (self->client, self->users, domain);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (source_changed_cb), self,
                           G_CONNECT_SWAPPED);
  roster_user_source_set_fields (self->source, fields);
  roster_user_source_refresh (self->source);
}

static void
take_opening (RosterDirectory *self, RosterOpening *opening)
{
  drop_source (self);
  self->client = g_steal_pointer (&opening->client);
  g_clear_pointer (&self->schemas, scim_schemas_unref);
  self->schemas = g_steal_pointer (&opening->schemas);
  roster_capabilities_set (self->capabilities, scim_client_get_dialect (self->client),
                           scim_client_get_granted_scope (self->client), opening->config_patch,
                           opening->config_password);
  roster_attributes_set_schemas (self->attributes, self->schemas);

  set_state (self, ROSTER_DIRECTORY_OPEN);
  start_reading (self);
  update_warning (self);
}

static void
opening_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDirectory) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterOpening) opening = roster_opening_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (opening == NULL)
    fail (self, _ ("The service could not be opened"), error);
  else if (opening->needs_secret)
    {
      roster_directory_set_keyring (self, opening->keyring);
      set_state (self, ROSTER_DIRECTORY_NEEDS_SECRET);
    }
  else
    take_opening (self, opening);
}

static void
roster_directory_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int)self->state);
      break;
    case PROP_KEYRING:
      g_value_set_int (value, (int)self->keyring);
      break;
    case PROP_REFRESHING:
      g_value_set_boolean (value, self->refreshing);
      break;
    case PROP_AGE:
      g_value_set_string (value, self->age);
      break;
    case PROP_WARNING:
      g_value_set_string (value, self->warning);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_directory_dispose (GObject *object)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->age_timer, g_source_remove);
  drop_source (self);
  g_clear_object (&self->users);
  g_clear_object (&self->attributes);
  g_clear_object (&self->capabilities);
  g_clear_object (&self->connection);
  g_clear_object (&self->connections);

  G_OBJECT_CLASS (roster_directory_parent_class)->dispose (object);
}

static void
roster_directory_finalize (GObject *object)
{
  RosterDirectory *self = ROSTER_DIRECTORY (object);

  g_clear_pointer (&self->schemas, scim_schemas_unref);
  g_clear_pointer (&self->error, roster_outcome_free);
  g_free (self->age);
  g_free (self->warning);

  G_OBJECT_CLASS (roster_directory_parent_class)->finalize (object);
}

static void
roster_directory_class_init (RosterDirectoryClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_directory_get_property;
  object_class->dispose = roster_directory_dispose;
  object_class->finalize = roster_directory_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, ROSTER_DIRECTORY_CLOSED,
                                             ROSTER_DIRECTORY_OPEN, ROSTER_DIRECTORY_CLOSED, flags);
  properties[PROP_KEYRING] = g_param_spec_int ("keyring", NULL, NULL, ROSTER_KEYRING_KEPT,
                                               ROSTER_KEYRING_FAILED, ROSTER_KEYRING_KEPT, flags);
  properties[PROP_REFRESHING] = g_param_spec_boolean ("refreshing", NULL, NULL, FALSE, flags);
  properties[PROP_AGE] = g_param_spec_string ("age", NULL, NULL, NULL, flags);
  properties[PROP_WARNING] = g_param_spec_string ("warning", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_directory_init (RosterDirectory *self)
{
  self->users = roster_users_new ();
  self->capabilities = roster_capabilities_new ();
  self->schemas = scim_schemas_new_builtin ();
  self->age_timer = g_timeout_add_seconds (AGE_INTERVAL, age_timer_cb, self);
}

RosterDirectory *
roster_directory_new (RosterConnection *connection, RosterConnections *connections)
{
  RosterDirectory *self;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);
  g_return_val_if_fail (connections == NULL || ROSTER_IS_CONNECTIONS (connections), NULL);

  self = g_object_new (ROSTER_TYPE_DIRECTORY, NULL);
  self->connection = g_object_ref (connection);
  self->connections = connections != NULL ? g_object_ref (connections) : NULL;
  self->attributes = roster_attributes_new (connection);
  g_signal_connect_object (self->attributes, "changed", G_CALLBACK (attributes_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
roster_directory_open (RosterDirectory *self, const char *secret)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));

  if (self->closed || self->state == ROSTER_DIRECTORY_OPENING)
    return;

  g_clear_pointer (&self->error, roster_outcome_free);

  set_state (self, ROSTER_DIRECTORY_OPENING);
  self->cancellable = g_cancellable_new ();
  roster_opening_async (self->connection, secret, self->connections != NULL, self->cancellable,
                        opening_cb, g_object_ref (self));
}

void
roster_directory_close (RosterDirectory *self)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));

  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->age_timer, g_source_remove);
  drop_source (self);
  set_state (self, ROSTER_DIRECTORY_CLOSED);
  update_age (self);
  update_warning (self);
}

void
roster_directory_refresh (RosterDirectory *self)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));

  if (self->source != NULL)
    roster_user_source_refresh (self->source);
}

void
roster_directory_cancel_refresh (RosterDirectory *self)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));

  if (self->source != NULL)
    roster_user_source_cancel (self->source);
}

void
roster_directory_set_keyring (RosterDirectory *self, RosterKeyring keyring)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));

  if (self->keyring != keyring)
    {
      self->keyring = keyring;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEYRING]);
    }
  update_warning (self);
}

RosterDirectoryState
roster_directory_get_state (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), ROSTER_DIRECTORY_CLOSED);

  return self->state;
}

RosterKeyring
roster_directory_get_keyring (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), ROSTER_KEYRING_FAILED);

  return self->keyring;
}

const RosterOutcome *
roster_directory_get_error (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->error;
}

gboolean
roster_directory_get_refreshing (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), FALSE);

  return self->refreshing;
}

gboolean
roster_directory_get_waiting (RosterDirectory *self)
{
  RosterSync *sync;

  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), FALSE);

  sync = roster_directory_get_sync (self);
  return self->refreshing && sync != NULL && roster_sync_get_wait (sync, NULL) > 0;
}

const char *
roster_directory_get_age (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->age;
}

const char *
roster_directory_get_warning (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->warning;
}

RosterConnection *
roster_directory_get_connection (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->connection;
}

RosterUsers *
roster_directory_get_users (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->users;
}

RosterAttributes *
roster_directory_get_attributes (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->attributes;
}

RosterCapabilities *
roster_directory_get_capabilities (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->capabilities;
}

ScimSchemas *
roster_directory_get_schemas (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->schemas;
}

ScimClient *
roster_directory_get_client (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->client;
}

RosterSync *
roster_directory_get_sync (RosterDirectory *self)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  return self->source != NULL ? roster_user_source_get_sync (self->source) : NULL;
}

void
roster_directory_load_profile_async (RosterDirectory *self,
                                     const char *id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_return_if_fail (ROSTER_IS_DIRECTORY (self));
  g_return_if_fail (id != NULL);

  if (self->client == NULL)
    g_task_report_new_error (self, callback, user_data, roster_directory_load_profile_async,
                             G_IO_ERROR, G_IO_ERROR_CLOSED, "The connection is not open");
  else
    roster_profile_load_async (self, id, cancellable, callback, user_data);
}

RosterProfile *
roster_directory_load_profile_finish (RosterDirectory *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (ROSTER_IS_DIRECTORY (self), NULL);

  if (g_async_result_is_tagged (result, roster_directory_load_profile_async))
    return g_task_propagate_pointer (G_TASK (result), error);

  return roster_profile_load_finish (self, result, error);
}
