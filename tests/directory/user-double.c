/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "user-double.h"

#include <string.h>
#include "directory/roster-connection-private.h"
#include "directory/roster-form.h"
#include "support/roster-test-wait.h"

#define JSON "application/scim+json"

static char *
dup_user (UserDouble *self)
{
  return scim_node_dup_raw (scim_resource_get_root (self->user));
}

static void
answer_get (UserDouble *self, RosterTestExchange *exchange)
{
  g_autofree char *attributes = roster_test_exchange_dup_param (exchange, "attributes");
  g_autofree char *text = NULL;

  self->n_gets++;
  if (self->n_writes > 0 && self->later_status != 0)
    roster_test_exchange_reply (exchange, self->later_status, NULL, "");
  else if (self->user == NULL)
    roster_test_exchange_reply (exchange, 404, NULL, "");
  else if (attributes != NULL)
    roster_test_exchange_reply (exchange, self->extra != NULL ? 200 : 400, JSON,
                                self->extra != NULL ? self->extra : "");
  else
    {
      text = dup_user (self);
      roster_test_exchange_reply (exchange, 200, JSON, text);
    }
}

static void
take_set (UserDouble *self, const char *path, const char *raw)
{
  ScimResource *changed = scim_resource_set (self->user, path, raw, NULL);

  g_assert_nonnull (changed);
  scim_resource_unref (self->user);
  self->user = changed;
}

/* What an operation is about to be put into goes first. */
static void
wipe (UserDouble *self, const ScimPatchOp *op)
{
  g_autoptr (ScimPath) path = op->path == NULL ? NULL : scim_path_new (op->path, NULL, NULL);
  g_autoptr (ScimJson) json =
    op->value == NULL ? NULL : scim_json_new_from_text (op->value, -1, NULL);

  if (path != NULL && path->filter == NULL && path->schema == NULL &&
      (path->sub_attribute != NULL || op->kind == SCIM_PATCH_REPLACE))
    take_set (self, path->attribute, NULL);
  for (ScimNode member = op->path != NULL ? SCIM_NODE_NONE
                                          : scim_node_get_first (scim_json_get_root (json));
       scim_node_exists (member); member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);

      if (scim_node_get_type (member) == SCIM_JSON_OBJECT && strchr (key, ':') == NULL)
        take_set (self, key, NULL);
    }
}

static void
apply (UserDouble *self, const ScimPatchOp *op)
{
  g_autoptr (ScimPatch) one = scim_patch_new ();
  g_autoptr (GError) error = NULL;
  ScimResource *changed;

  if (self->wipes)
    wipe (self, op);
  scim_patch_add (one, op->kind, op->path, op->value);
  changed = scim_patch_apply (one, self->user, NULL, &error);
  g_assert_no_error (error);
  scim_resource_unref (self->user);
  self->user = changed;
}

static void
count_version (UserDouble *self)
{
  static guint n_versions = 100;
  g_autofree char *raw = g_strdup_printf ("\"W/\\\"%u\\\"\"", n_versions++);

  if (self->has_versions && self->user != NULL)
    take_set (self, "meta.version", raw);
}

static void
carry_out (UserDouble *self, gboolean is_delete)
{
  g_autoptr (ScimJson) json = NULL;
  g_autoptr (ScimPatch) patch = NULL;
  g_autoptr (GError) error = NULL;

  if (self->ignores || self->user == NULL)
    return;
  if (is_delete)
    {
      g_clear_pointer (&self->user, scim_resource_unref);
      return;
    }
  if (self->becomes != NULL)
    {
      user_double_set_user (self, self->becomes);
      return;
    }
  json = scim_json_new_from_text (self->body, -1, &error);
  g_assert_no_error (error);
  patch = scim_patch_new_from_json (json, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    apply (self, scim_patch_get_at (patch, i));
  count_version (self);
}

static void
let_others_write (UserDouble *self)
{
  const char *meanwhile = g_steal_pointer (&self->meanwhile);

  if (self->races)
    count_version (self);
  if (meanwhile == NULL)
    return;
  if (*meanwhile == '\0')
    g_clear_pointer (&self->user, scim_resource_unref);
  else
    user_double_set_user (self, meanwhile);
  count_version (self);
}

static gboolean
is_outdated (UserDouble *self)
{
  g_autofree char *version =
    self->user == NULL ? NULL : scim_resource_dup_text (self->user, "meta.version");

  return self->has_versions && self->if_match != NULL && g_strcmp0 (version, self->if_match) != 0;
}

static void
answer_write (UserDouble *self, RosterTestExchange *exchange, gboolean is_delete)
{
  g_autofree char *text = NULL;

  self->n_writes++;
  g_free (self->body);
  self->body = g_strdup (roster_test_exchange_get_body (exchange));
  g_free (self->if_match);
  self->if_match = g_strdup (roster_test_exchange_get_header (exchange, "If-Match"));
  let_others_write (self);
  if (self->user != NULL && is_outdated (self))
    {
      roster_test_exchange_reply (exchange, 412, JSON, "{\"detail\":\"Another version\"}");
      return;
    }
  if (self->user == NULL && self->status == 0 && !self->drops)
    {
      roster_test_exchange_reply (exchange, 404, NULL, "");
      return;
    }
  carry_out (self, is_delete);
  if (self->drops)
    roster_test_exchange_drop (exchange);
  else if (self->status != 0)
    roster_test_exchange_reply (exchange, self->status, JSON,
                                self->detail != NULL ? self->detail : "");
  else if (is_delete)
    roster_test_exchange_reply (exchange, 204, NULL, "");
  else
    {
      text = dup_user (self);
      roster_test_exchange_reply (exchange, 200, JSON, text);
    }
}

static void
handler (RosterTestExchange *exchange, gpointer user_data)
{
  UserDouble *self = user_data;
  const char *method = roster_test_exchange_get_method (exchange);
  const char *path = roster_test_exchange_get_path (exchange);
  g_autofree char *user = NULL;
  g_autofree char *list = NULL;

  if (g_str_has_suffix (path, "/Users"))
    {
      user = self->user == NULL ? g_strdup ("") : dup_user (self);
      list = g_strdup_printf ("{\"totalResults\":1,\"Resources\":[%s]}", user);
      roster_test_exchange_reply (exchange, 200, JSON, list);
    }
  else if (!g_str_has_suffix (path, "/Users/u1"))
    roster_test_exchange_reply (exchange, 404, NULL, "");
  else if (g_str_equal (method, "GET"))
    answer_get (self, exchange);
  else
    answer_write (self, exchange, g_str_equal (method, "DELETE"));
}

static gboolean
is_read (gpointer user_data)
{
  RosterDirectory *directory = user_data;

  return roster_directory_get_state (directory) == ROSTER_DIRECTORY_OPEN &&
         !roster_directory_get_refreshing (directory) &&
         roster_users_get_n_total (roster_directory_get_users (directory)) > 0;
}

RosterConnection *
connection_new (const char *url, const char *dialect)
{
  RosterConnection *connection = roster_connection_new (NULL);

  g_object_set (connection, "name", "Double", "preset", ROSTER_PRESET_OTHER, "sign-in",
                ROSTER_SIGN_IN_BEARER, "url", url, "dialect", dialect, NULL);
  return connection;
}

RosterDirectory *
directory_open (RosterConnection *connection, const char *token)
{
  RosterDirectory *directory = roster_directory_new (connection, NULL);

  roster_directory_open (directory, token);
  roster_test_wait (is_read, directory);
  return directory;
}

RosterProfile *
profile_load (RosterDirectory *directory, const char *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterProfile *profile;

  roster_directory_load_profile_async (directory, id, NULL, roster_test_result_cb, &result);
  profile =
    roster_directory_load_profile_finish (directory, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return profile;
}

void
user_double_set_up (UserDouble *self, const char *dialect, const char *user)
{
  g_autofree char *url = NULL;

  memset (self, 0, sizeof *self);
  user_double_set_user (self, user);
  self->server = roster_test_server_new (handler, self);
  url = roster_test_server_dup_url (self->server, "/scim2");
  self->connection = connection_new (url, dialect);
  /* What is tried again must not make the tests slow. */
  roster_connection_set_second (self->connection, 100);
  self->directory = directory_open (self->connection, "token");
  self->profile = profile_load (self->directory, "u1");
}

void
user_double_tear_down (UserDouble *self)
{
  g_clear_object (&self->profile);
  roster_directory_close (self->directory);
  roster_test_settle ();
  g_clear_object (&self->directory);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->server, roster_test_server_free);
  g_clear_pointer (&self->user, scim_resource_unref);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self->if_match, g_free);
}

void
user_double_set_user (UserDouble *self, const char *user)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (user, -1, NULL);

  g_assert_nonnull (json);
  g_clear_pointer (&self->user, scim_resource_unref);
  self->user = scim_resource_new_from_json (json, NULL);
}

RosterOutcome *
profile_update (RosterProfile *profile)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterOutcome *outcome;

  roster_profile_update_async (profile, NULL, roster_test_result_cb, &result);
  outcome = roster_profile_update_finish (profile, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return outcome;
}

RosterOutcome *
profile_repair (RosterProfile *profile)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterOutcome *outcome;

  roster_profile_repair_async (profile, NULL, roster_test_result_cb, &result);
  outcome = roster_profile_repair_finish (profile, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return outcome;
}

RosterOutcome *
profile_delete (RosterProfile *profile, const char *typed)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterOutcome *outcome;

  roster_profile_delete_async (profile, typed, NULL, roster_test_result_cb, &result);
  outcome = roster_profile_delete_finish (profile, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return outcome;
}

RosterOutcome *
profile_invite (RosterProfile *profile)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterOutcome *outcome;

  roster_profile_invite_async (profile, NULL, roster_test_result_cb, &result);
  outcome = roster_profile_invite_finish (profile, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return outcome;
}

RosterOutcome *
profile_set_password (RosterProfile *profile, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterOutcome *outcome;

  roster_profile_set_password_async (profile, password, NULL, roster_test_result_cb, &result);
  outcome = roster_profile_set_password_finish (profile, roster_test_wait_result (&result), &error);
  g_assert_no_error (error);
  return outcome;
}

void
assert_at_service (UserDouble *self, const char *path, const char *raw)
{
  ScimNode node = scim_resource_get (self->user, path);
  g_autofree char *has = scim_node_exists (node) ? scim_node_dup_raw (node) : NULL;
  g_autoptr (ScimJson) wanted = raw == NULL ? NULL : scim_json_new_from_text (raw, -1, NULL);

  g_test_message ("%s: %s", path, has);
  if (raw == NULL)
    g_assert_cmpstr (has, ==, NULL);
  else if (!scim_node_equal (node, scim_json_get_root (wanted)))
    g_assert_cmpstr (has, ==, raw);
}

void
assert_outcome (RosterOutcome *outcome, RosterOutcomeKind kind, const char *words)
{
  g_autofree char *all =
    g_strdup_printf ("%s\n%s\n%s", outcome->title, outcome->body != NULL ? outcome->body : "",
                     outcome->next_step != NULL ? outcome->next_step : "");

  g_test_message ("%d: %s", outcome->kind, all);
  g_assert_cmpint (outcome->kind, ==, kind);
  if (strstr (all, words) == NULL)
    g_error ("“%s” is not in “%s”", words, all);
}

static RosterField *
find (RosterForm *form, const char *path, guint n)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (form)); i++)
    {
      g_autoptr (GListModel) group = g_list_model_get_item (G_LIST_MODEL (form), i);

      for (guint j = 0; j < g_list_model_get_n_items (group); j++)
        {
          g_autoptr (RosterField) field = g_list_model_get_item (group, j);

          if (g_str_equal (roster_field_get_path (field), path) && n-- == 0)
            return field;
        }
    }
  g_assert_not_reached ();
}

void
profile_type (
  RosterProfile *profile, ScimSchemas *schemas, const char *path, guint n, const char *text)
{
  g_autoptr (RosterForm) form = roster_form_new (schemas, NULL);
  RosterField *field;

  roster_form_bind (form, roster_profile_get_draft (profile), TRUE, NULL);
  field = find (form, path, n);
  g_assert_true (roster_field_get_editable (field));
  roster_field_set_text (field, text);
}
