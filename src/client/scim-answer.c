/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-answer.h"

#include <string.h>

/* Task data of a reading. Holds nothing that belongs to the main thread: the last reference to it
 * may go on the worker. */
typedef struct
{
  ScimAnswer *answer;
  ScimAnswerReader reader;
  char *id; /* nullable */
  GDestroyNotify free_value;
} Reading;

static void
reading_free (Reading *reading)
{
  scim_answer_free (reading->answer);
  g_free (reading->id);
  g_free (reading);
}

/* "a web page" is the usual answer of a proxy, a captive portal or a wrong address. */
static gboolean
is_web_page (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  while (size > 0 && g_ascii_isspace (*data))
    data++, size--;
  return size > 0 && *data == '<';
}

/* What is no JSON is no SCIM: the reason stays in the message. */
static void
take_error (GError **error, GBytes *body, GError *reason)
{
  g_autoptr (GError) owned = reason;

  if (is_web_page (body))
    g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                 "The address answered with a web page instead of SCIM");
  else if (g_error_matches (owned, SCIM_ERROR, SCIM_ERROR_INVALID_JSON))
    g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                 "The address answered with something that is not SCIM: %s", owned->message);
  else
    g_propagate_error (error, g_steal_pointer (&owned));
}

gboolean
scim_answer_read_list (GBytes *body, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;

  *value = scim_list_new (body, &reason);
  if (*value == NULL)
    take_error (error, body, reason);
  return *value != NULL;
}

gboolean
scim_answer_read_user (GBytes *body, const char *id, gpointer *value, GError **error)
{
  g_autoptr (ScimResource) user = NULL;
  g_autofree char *its_id = NULL;
  GError *reason = NULL;

  user = scim_resource_new (body, &reason);
  if (user == NULL)
    {
      take_error (error, body, reason);
      return FALSE;
    }
  its_id = scim_resource_dup_text (user, "id");
  if (its_id == NULL || g_ascii_strcasecmp (its_id, id) != 0)
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_PROTOCOL,
                   "The service answered with something other than the user that was asked for");
      return FALSE;
    }
  *value = g_steal_pointer (&user);
  return TRUE;
}

gboolean
scim_answer_read_written (GBytes *body, const char *id, gpointer *value, GError **error)
{
  *value = NULL;
  return g_bytes_get_size (body) == 0 || scim_answer_read_user (body, id, value, error);
}

gboolean
scim_answer_read_nothing (GBytes *body, const char *id, gpointer *value, GError **error)
{
  *value = NULL;
  if (!is_web_page (body))
    return TRUE;
  take_error (error, body, NULL);
  return FALSE;
}

gboolean
scim_answer_read_schemas (GBytes *body, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;
  g_autoptr (ScimJson) json = scim_json_new (body, NULL, &reason);

  *value = json != NULL ? scim_schemas_new_from_json (json, &reason) : NULL;
  if (*value == NULL)
    take_error (error, body, reason);
  return *value != NULL;
}

static int
read_supported (ScimNode config, const char *name)
{
  ScimNode supported = scim_node_get_member (scim_node_get_member (config, name), "supported");
  gboolean value;

  return scim_node_get_boolean (supported, &value) ? (value ? 1 : 0) : -1;
}

gboolean
scim_answer_read_config (GBytes *body, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;
  g_autoptr (ScimJson) json = scim_json_new (body, NULL, &reason);
  ScimServiceConfig *config;
  ScimNode root;
  gint64 max_results = 0;

  root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
  if (json != NULL && scim_node_get_type (root) != SCIM_JSON_OBJECT)
    reason = scim_error_new (SCIM_ERROR_PROTOCOL, "The service's configuration is no object");
  if (reason != NULL)
    {
      take_error (error, body, reason);
      return FALSE;
    }
  config = g_new0 (ScimServiceConfig, 1);
  config->patch = read_supported (root, "patch");
  config->filter = read_supported (root, "filter");
  config->sort = read_supported (root, "sort");
  config->etag = read_supported (root, "etag");
  config->change_password = read_supported (root, "changePassword");
  config->bulk = read_supported (root, "bulk");
  scim_node_get_int64 (scim_node_get_member (scim_node_get_member (root, "filter"), "maxResults"),
                       &max_results);
  config->max_results = (guint)CLAMP (max_results, 0, G_MAXINT);
  *value = config;
  return TRUE;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Reading *reading = task_data;
  gpointer value = NULL;
  GError *error = NULL;

  if (reading->reader (reading->answer->body, reading->id, &value, &error))
    g_task_return_pointer (task, value, reading->free_value);
  else
    g_task_return_error (task, error);
}

void
scim_answer_read_async (ScimAnswer *answer,
                        ScimAnswerReader reader,
                        const char *id,
                        GDestroyNotify free_value,
                        int io_priority,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->answer = answer;
  reading->reader = reader;
  reading->id = g_strdup (id);
  reading->free_value = free_value;
  g_task_set_source_tag (task, scim_answer_read_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

gboolean
scim_answer_read_finish (GAsyncResult *result, gpointer *value, GError **error)
{
  GError *reason = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, scim_answer_read_async), FALSE);

  *value = g_task_propagate_pointer (G_TASK (result), &reason);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, reason);
  return FALSE;
}
