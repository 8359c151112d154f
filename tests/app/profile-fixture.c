/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "profile-fixture.h"

#include <string.h>

#define JSON_TYPE "application/scim+json"

char *
profile_fixture_load_text (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "app", "data", name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
reply (RosterTestExchange *exchange, guint status, const char *body)
{
  roster_test_exchange_reply (exchange, status, JSON_TYPE, body);
}

static void
reply_user (ProfileFixture *self, RosterTestExchange *exchange)
{
  if (self->silent)
    return;
  if (self->user != NULL)
    reply (exchange, 200, self->user);
  else
    reply (exchange, 404, "{\"status\":\"404\",\"detail\":\"No such <b>user</b>\"}");
}

static void
reply_list (ProfileFixture *self, RosterTestExchange *exchange)
{
  g_autofree char *list =
    g_strdup_printf ("{\"totalResults\":%d,\"Resources\":[%s]}", self->user != NULL,
                     self->user != NULL ? self->user : "");

  reply (exchange, 200, list);
}

static void
reply_patch (ProfileFixture *self, RosterTestExchange *exchange)
{
  g_free (self->patch_body);
  self->patch_body = g_strdup (roster_test_exchange_get_body (exchange));
  if (self->patch_status != 200)
    {
      reply (exchange, self->patch_status, self->patch_answer != NULL ? self->patch_answer : "{}");
      return;
    }
  if (self->user_patched != NULL)
    {
      g_free (self->user);
      self->user = g_strdup (self->user_patched);
    }
  reply (exchange, 200, self->user);
}

static void
reply_delete (ProfileFixture *self, RosterTestExchange *exchange)
{
  if (self->delete_status == 204)
    {
      self->n_deleted++;
      g_clear_pointer (&self->user, g_free);
    }
  roster_test_exchange_reply (exchange, self->delete_status, NULL, "");
}

static void
handle (RosterTestExchange *exchange, gpointer user_data)
{
  ProfileFixture *self = user_data;
  const char *method = roster_test_exchange_get_method (exchange);
  const char *path = roster_test_exchange_get_path (exchange);

  if (g_str_has_suffix (path, "/Schemas"))
    reply (exchange, 200, self->schemas);
  else if (g_str_has_suffix (path, "/ServiceProviderConfig"))
    reply (exchange, 200, "{\"patch\":{\"supported\":true}}");
  else if (g_str_equal (method, "PATCH"))
    reply_patch (self, exchange);
  else if (g_str_equal (method, "DELETE"))
    reply_delete (self, exchange);
  else if (g_str_has_suffix (path, "/Users"))
    reply_list (self, exchange);
  else if (strstr (path, "/Users/") != NULL)
    reply_user (self, exchange);
  else
    reply (exchange, 404, "{}");
}

static gboolean
is_open (gpointer user_data)
{
  return roster_directory_get_state (user_data) == ROSTER_DIRECTORY_OPEN &&
         !roster_directory_get_refreshing (user_data);
}

ProfileFixture *
profile_fixture_new (void)
{
  ProfileFixture *self = g_new0 (ProfileFixture, 1);
  g_autofree char *url = NULL;

  self->patch_status = 200;
  self->delete_status = 204;
  self->schemas = profile_fixture_load_text ("schemas.json");
  self->user = profile_fixture_load_text ("user.json");
  self->server = roster_test_server_new (handle, self);
  url = roster_test_server_dup_url (self->server, "/scim2");
  self->connection = roster_connection_new (NULL);
  g_object_set (self->connection, "name", "Acme", "preset", ROSTER_PRESET_OTHER, "sign-in",
                ROSTER_SIGN_IN_BEARER, "url", url, "environment", ROSTER_ENVIRONMENT_PRODUCTION,
                NULL);
  self->directory = roster_directory_new (self->connection, NULL);
  roster_directory_open (self->directory, "token");
  roster_test_wait (is_open, self->directory);
  return self;
}

void
profile_fixture_free (ProfileFixture *self)
{
  roster_directory_close (self->directory);
  roster_test_settle ();
  g_object_unref (self->directory);
  g_object_unref (self->connection);
  roster_test_server_free (self->server);
  g_free (self->schemas);
  g_free (self->user);
  g_free (self->user_patched);
  g_free (self->patch_answer);
  g_free (self->patch_body);
  g_free (self);
}

RosterProfile *
profile_fixture_load (ProfileFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RosterProfile *profile = NULL;

  roster_directory_load_profile_async (self->directory, PROFILE_USER_ID, NULL,
                                       roster_test_result_cb, &result);
  roster_test_wait_result (&result);
  profile = roster_directory_load_profile_finish (self->directory, result, &error);
  g_assert_no_error (error);
  return profile;
}

char *
profile_fixture_dup_replaced (ProfileFixture *self, const char *part, const char *by)
{
  g_autoptr (GString) text = g_string_new (self->user);

  g_assert_cmpuint (g_string_replace (text, part, by, 1), ==, 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
has_name (GtkWidget *widget, const char *name)
{
  if (name == NULL ||
      g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0)
    return TRUE;
  if (GTK_IS_LABEL (widget))
    return g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), name) == 0;
  if (GTK_IS_BUTTON (widget))
    return g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0 ||
           g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), name) == 0;
  if (ADW_IS_PREFERENCES_ROW (widget))
    return g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0;
  return FALSE;
}

GtkWidget *
profile_find (GtkWidget *root, GType type, const char *name)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && has_name (root, name))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = profile_find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_mapped (gpointer user_data)
{
  return gtk_widget_get_mapped (user_data);
}

static gboolean
is_unmapped (gpointer user_data)
{
  return !gtk_widget_get_mapped (user_data);
}

void
profile_wait_mapped (GtkWidget *widget, gboolean mapped)
{
  roster_test_wait (mapped ? is_mapped : is_unmapped, widget);
}
