/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-profile-private.h"

#include "directory/roster-directory-private.h"

typedef struct
{
  char *id;
  ScimClient *client;
  ScimResource *user;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->user, scim_resource_unref);
  g_clear_object (&load->client);
  g_free (load->id);
  g_free (load);
}

static void
return_profile (GTask *task, const ScimResource *extra)
{
  Load *load = g_task_get_task_data (task);
  RosterProfile *profile = roster_profile_new (g_task_get_source_object (task), load->user);
  g_autoptr (ScimAccount) account = extra == NULL ? NULL : scim_account_new (extra);

  if (account != NULL && account->read_only)
    roster_profile_set_read_only (profile, TRUE);
  g_task_return_pointer (task, profile, g_object_unref);
}

static void
extra_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) extra = scim_client_get_finish (SCIM_CLIENT (object), result, &error);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (extra == NULL)
    g_debug ("Attributes that are asked for by name were not answered (%s %d)",
             g_quark_to_string (error->domain), error->code);
  return_profile (task, extra);
}

static void
user_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;
  const char *extra = scim_client_get_dialect (load->client)->get_extra;

  load->user = scim_client_get_finish (SCIM_CLIENT (object), result, &error);
  if (load->user == NULL)
    g_task_return_error (task, error);
  else if (extra == NULL)
    return_profile (task, NULL);
  else
    scim_client_get_async (load->client, load->id, extra, cancellable, extra_cb,
                           g_steal_pointer (&task));
}

void
roster_profile_load_async (RosterDirectory *directory,
                           const char *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ScimClient *client;
  Load *load;

  g_return_if_fail (directory != NULL);
  g_return_if_fail (id != NULL);

  task = g_task_new (directory, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_profile_load_async);
  client = roster_directory_get_client (directory);
  if (client == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                               "The service is not connected");
      return;
    }
  load = g_new0 (Load, 1);
  load->id = g_strdup (id);
  load->client = g_object_ref (client);
  g_task_set_task_data (task, load, load_free);
  scim_client_get_async (client, id, NULL, cancellable, user_cb, g_steal_pointer (&task));
}

RosterProfile *
roster_profile_load_finish (RosterDirectory *directory, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, directory), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
