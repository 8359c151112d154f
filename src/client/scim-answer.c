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

/* Nothing that could be JSON begins otherwise. */
static gboolean
looks_like_json (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  while (size > 0 && g_ascii_isspace (*data))
    data++, size--;
  return size > 0 && (*data == '{' || *data == '[');
}

/* A service may report success and send an error with it: what it says is told, and what it did is
 * not known. */
static GError *
contradiction (const ScimAnswer *answer)
{
  GError *error = scim_error_new_from_response (answer->status, answer->content_type, answer->body,
                                                answer->retry_after);

  error->code = SCIM_ERROR_CONTRADICTION;
  return error;
}

/* Takes the reason, why the body could not be read; says what came instead of SCIM. */
static gboolean
fail (GError **error, const ScimAnswer *answer, GError *reason)
{
  g_autoptr (GError) owned = reason;

  if (scim_error_is_body (answer->body))
    g_propagate_error (error, contradiction (answer));
  else if (!looks_like_json (answer->body) ||
           g_error_matches (owned, SCIM_ERROR, SCIM_ERROR_PROTOCOL))
    g_propagate_error (
      error, scim_error_new_not_scim (answer->status, answer->content_type, answer->body));
  else
    g_propagate_error (error, g_steal_pointer (&owned));
  return FALSE;
}

gboolean
scim_answer_read_list (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;

  *value = scim_list_new (answer->body, &reason);
  return *value != NULL || fail (error, answer, reason);
}

gboolean
scim_answer_read_user (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  g_autoptr (ScimResource) user = NULL;
  g_autofree char *its_id = NULL;
  GError *reason = NULL;

  user = scim_resource_new (answer->body, &reason);
  if (user == NULL)
    return fail (error, answer, reason);
  its_id = scim_resource_dup_text (user, "id");
  if (its_id == NULL || g_ascii_strcasecmp (its_id, id) != 0)
    {
      reason = scim_error_new_about (
        its_id != NULL ? SCIM_ERROR_OTHER_USER : SCIM_ERROR_PROTOCOL, answer->status, NULL,
        "The service answered with something other than the user that was asked for");
      if (its_id == NULL)
        return fail (error, answer, reason);
      g_propagate_error (error, reason);
      return FALSE;
    }
  *value = g_steal_pointer (&user);
  return TRUE;
}

gboolean
scim_answer_read_written (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  *value = NULL;
  return g_bytes_get_size (answer->body) == 0 || scim_answer_read_user (answer, id, value, error);
}

gboolean
scim_answer_read_nothing (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  *value = NULL;
  if (g_bytes_get_size (answer->body) == 0 ||
      (looks_like_json (answer->body) && !scim_error_is_body (answer->body)))
    return TRUE;
  return fail (error, answer, NULL);
}

gboolean
scim_answer_read_schemas (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;
  g_autoptr (ScimJson) json = scim_json_new (answer->body, NULL, &reason);

  *value = json != NULL ? scim_schemas_new_from_json (json, &reason) : NULL;
  return *value != NULL || fail (error, answer, reason);
}

static int
read_supported (ScimNode config, const char *name)
{
  ScimNode supported = scim_node_get_member (scim_node_get_member (config, name), "supported");
  gboolean value;

  return scim_node_get_boolean (supported, &value) ? (value ? 1 : 0) : -1;
}

gboolean
scim_answer_read_config (const ScimAnswer *answer, const char *id, gpointer *value, GError **error)
{
  GError *reason = NULL;
  g_autoptr (ScimJson) json = scim_json_new (answer->body, NULL, &reason);
  ScimServiceConfig *config;
  ScimNode root;
  gint64 max_results = 0;

  root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
  if (json != NULL && scim_node_get_type (root) != SCIM_JSON_OBJECT)
    reason = scim_error_new (SCIM_ERROR_PROTOCOL, "The service's configuration is no object");
  if (reason != NULL)
    return fail (error, answer, reason);
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

  if (reading->reader (reading->answer, reading->id, &value, &error))
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
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  reading->answer = answer;
  reading->reader = reader;
  reading->id = g_strdup (id);
  reading->free_value = free_value;
  g_task_set_source_tag (task, scim_answer_read_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, reading, (GDestroyNotify)reading_free);
  /* A large page takes a moment that nobody has to wait out. */
  g_task_set_return_on_cancel (task, TRUE);
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
