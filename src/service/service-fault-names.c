/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that are not what a name should be. The users hold them from then on, so that reading and
 * writing fit together. */
#include "service-fault-private.h"

#include <string.h>

#define LONG_NAME  (1024 * 1024)
#define OVERRIDE   "\u202e" /* right-to-left override */
#define HOSTILE    "<b>%s</b> &amp;\n\a" OVERRIDE "drow"
#define HOSTILE_ID "%s<i>" OVERRIDE

/* Stores the user with another text at a path. Not every service lets a client change the user
 * name. */
static void
set_name (RosterService *service, RosterServiceUser *user, const char *path, const char *text)
{
  g_autofree char *raw = scim_json_quote (text);
  g_autoptr (ScimResource) before = roster_service_user_dup_resource (user);
  g_autoptr (ScimResource) after = scim_resource_set (before, path, raw, NULL);

  if (after != NULL && g_str_equal (path, "userName"))
    roster_service_users_replace (service->users, user, after, NULL);
  else if (after != NULL)
    roster_service_change_user (service, user, after, NULL);
}

static void
mark_up (RosterService *service, RosterServiceUser *user)
{
  static const char *const paths[] = { "displayName", "name.formatted", "name.givenName",
                                       "name.familyName", "title" };
  g_autoptr (ScimResource) resource = roster_service_user_dup_resource (user);
  g_autofree char *user_name = NULL;

  if (strstr (user->user_name, OVERRIDE) != NULL)
    return;
  user_name = g_strdup_printf (HOSTILE_ID, user->user_name);
  set_name (service, user, "userName", user_name);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = scim_resource_dup_text (resource, paths[i]);
      g_autofree char *hostile = text != NULL ? g_strdup_printf (HOSTILE, text) : NULL;

      if (hostile != NULL)
        set_name (service, user, paths[i], hostile);
    }
}

/* The detail of an error. */
static void
mark_up_detail (const RosterServiceRequest *request)
{
  g_autoptr (ScimJson) json = roster_service_fault_read_answer (request);
  ScimNode root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
  ScimNode node = scim_node_get_member (root, "detail");
  g_autofree char *detail = scim_node_dup_text (node);
  g_autofree char *hostile = detail != NULL ? g_strdup_printf (HOSTILE, detail) : NULL;
  g_autofree char *raw = hostile != NULL ? scim_json_quote (hostile) : NULL;
  g_autoptr (ScimJson) changed = raw != NULL ? scim_json_replace (node, raw, NULL) : NULL;

  if (changed != NULL)
    roster_service_request_replace_answer (request, scim_json_get_bytes (changed));
}

void
roster_service_fault_markup (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  RosterServiceUsers *users = request->service->users;
  RosterServiceUser *one = roster_service_request_find_user (request);

  if (one != NULL)
    mark_up (request->service, one);
  for (guint i = 0; one == NULL && i < roster_service_users_get_n (users); i++)
    mark_up (request->service, roster_service_users_get_at (users, i));
  roster_service_request_handle (request);
  if (soup_server_message_get_status (request->message) >= 400)
    mark_up_detail (request);
}

void
roster_service_fault_long_names (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  RosterServiceUsers *users = request->service->users;
  RosterServiceUser *user = roster_service_request_find_user (request);

  if (user == NULL && roster_service_users_get_n (users) > 0)
    user = roster_service_users_get_at (users, 0);
  if (user != NULL && g_bytes_get_size (user->bytes) < LONG_NAME)
    {
      g_autoptr (GString) name = g_string_new (NULL);

      while (name->len < LONG_NAME)
        g_string_append_printf (name, "%s ", user->user_name);
      set_name (request->service, user, "displayName", name->str);
    }
  roster_service_request_handle (request);
}
