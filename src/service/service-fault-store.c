/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of what is stored: somebody was faster, or the service does not do what it says. */
#include "service-fault-private.h"

#include <string.h>

void
roster_service_fault_expire (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_auth_expire (request->service->auth,
                              roster_service_request_get_header (request, "Authorization"));
  roster_service_request_handle (request);
}

gboolean
roster_service_fault_read_changed (RosterServiceFaultRule *rule, GError **error)
{
  const char *equals = rule->argument != NULL ? strchr (rule->argument, '=') : NULL;
  g_autofree char *attribute = NULL;
  g_autoptr (ScimPath) path = NULL;

  if (equals != NULL)
    {
      attribute = g_strndup (rule->argument, (gsize)(equals - rule->argument));
      path = scim_path_new (attribute, NULL, NULL);
    }
  if (path != NULL && path->attribute != NULL && path->filter == NULL)
    return TRUE;
  return roster_service_fault_refuse (rule, error, "needs an attribute and its value: changed%s",
                                      rule->kind->argument);
}

/* true, false and null are themselves, everything else is text. */
static char *
raw_value (const char *text)
{
  static const char *const words[] = { "true", "false", NULL };

  if (g_str_equal (text, "null"))
    return NULL;
  return g_strv_contains (words, text) ? g_strdup (text) : scim_json_quote (text);
}

void
roster_service_fault_changed (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  RosterServiceUser *user = roster_service_request_find_user (request);
  const char *equals = strchr (rule->argument, '=');

  if (user != NULL)
    {
      g_autofree char *attribute = g_strndup (rule->argument, (gsize)(equals - rule->argument));
      g_autofree char *raw = raw_value (equals + 1);
      g_autoptr (ScimResource) before = roster_service_user_dup_resource (user);
      g_autoptr (ScimResource) after = scim_resource_set (before, attribute, raw, NULL);

      if (after != NULL)
        roster_service_change_user (request->service, user, after, NULL);
    }
  roster_service_request_handle (request);
}

void
roster_service_fault_deleted (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  RosterServiceUser *user = roster_service_request_find_user (request);

  if (user != NULL)
    roster_service_users_remove (request->service->users, user);
  roster_service_request_handle (request);
}

/* Reads instead of writing. */
void
roster_service_fault_ignore_write (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request)
{
  gboolean is_delete = g_str_equal (request->method, "DELETE");

  request->method = "GET";
  roster_service_request_handle (request);
  if (is_delete && soup_server_message_get_status (request->message) == 200)
    roster_service_respond_nothing (request, 204);
}

/* The body of a PATCH with its first operation alone; NULL when it holds none. */
static GBytes *
first_operation (const RosterServiceRequest *request)
{
  g_autoptr (GBytes) body = roster_service_request_dup_body (request);
  g_autoptr (ScimJson) json = scim_json_new (body, NULL, NULL);
  g_autoptr (ScimPatch) whole = json != NULL ? scim_patch_new_from_json (json, NULL) : NULL;
  g_autoptr (ScimPatch) first = NULL;
  const ScimPatchOp *op;

  if (whole == NULL || scim_patch_get_n (whole) == 0)
    return NULL;
  first = scim_patch_new ();
  op = scim_patch_get_at (whole, 0);
  scim_patch_add (first, op->kind, op->path, op->value);
  return scim_patch_to_bytes (first);
}

void
roster_service_fault_half_write (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  request->body = first_operation (request);
  roster_service_request_handle (request);
  if (soup_server_message_get_status (request->message) == 200)
    roster_service_respond_failure (request, 400, "invalidValue", "Fault half-write");
}
