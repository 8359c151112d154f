/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One user: GET, PATCH, PUT, DELETE /Users/{id} and GET /Me (RFC 7644 sections 3.4.1, 3.5, 3.6,
 * 3.11 and 3.14). */
#include "service-http.h"

#include "scim/scim-account.h"
#include "scim/scim-error.h"

#include <string.h>

#define PASSWORD_MIN 8
#define PASSWORD_MAX 64

static void
respond_user (const RosterServiceRequest *self, const RosterServiceUser *user)
{
  g_autoptr (GBytes) bytes = roster_service_project (self, user);
  g_autofree char *location = g_strdup_printf ("%s/Users/%s", self->base_url, user->id);

  if (self->service->personality->etags)
    {
      g_autofree char *etag = roster_service_user_dup_etag (user);

      roster_service_request_set_header (self, "ETag", etag);
    }
  roster_service_request_set_header (self, "Content-Location", location);
  roster_service_respond_bytes (self, 200, bytes);
}

static gboolean
names_version (const char *header, const RosterServiceUser *user)
{
  g_autofree char *etag = roster_service_user_dup_etag (user);
  g_auto (GStrv) parts = g_strsplit (header, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      /* Weak comparison (RFC 7232 section 2.3.2): W/"1" is "1". */
      if (g_str_equal (part, "*") || g_str_equal (part, etag) || g_str_equal (part, etag + 2))
        return TRUE;
    }
  return FALSE;
}

/* FALSE, with the answer given, when If-Match names another version. */
static gboolean
check_version (const RosterServiceRequest *self, const RosterServiceUser *user)
{
  const char *if_match = roster_service_request_get_header (self, "If-Match");

  if (!self->service->personality->etags || if_match == NULL || names_version (if_match, user))
    return TRUE;
  roster_service_respond_failure (self, 412, NULL,
                                  "The resource has changed since this version of it.");
  return FALSE;
}

static ScimResource *
fail (ScimErrorCode code, const char *detail, GError **error)
{
  g_propagate_error (error, scim_error_new (code, "%s", detail));
  return NULL;
}

/* Takes the password out of the resource. *password: owned, NULL when there is none. */
static ScimResource *
take_password (ScimResource *resource, char **password, GError **error)
{
  ScimNode node = scim_resource_get (resource, "password");

  *password = NULL;
  if (!scim_node_exists (node))
    return scim_resource_ref (resource);
  if (scim_node_get_type (node) == SCIM_JSON_STRING)
    *password = scim_node_dup_text (node);
  if (*password == NULL || g_utf8_strlen (*password, -1) < PASSWORD_MIN ||
      g_utf8_strlen (*password, -1) > PASSWORD_MAX)
    {
      g_clear_pointer (password, g_free);
      return fail (SCIM_ERROR_INVALID_VALUE,
                   "20035 - The password must have between 8 and 64 characters.", error);
    }
  return scim_resource_set (resource, "password", NULL, error);
}

/* New meta.lastModified and, with ETags, meta.version. */
static ScimResource *
stamp (RosterService *service,
       const RosterServiceUser *user,
       ScimResource *resource,
       GError **error)
{
  gint64 now = g_get_real_time ();
  g_autofree char *time = roster_service_format_time (now / G_USEC_PER_SEC, now / 1000 % 1000);
  g_autofree char *raw_time = scim_json_quote (time);
  g_autofree char *version = g_strdup_printf ("W/\"%u\"", user->version + 1);
  g_autofree char *raw_version = scim_json_quote (version);
  g_autoptr (ScimResource) dated =
    scim_resource_set (resource, "meta.lastModified", raw_time, error);

  if (dated == NULL || !service->personality->etags)
    return g_steal_pointer (&dated);
  return scim_resource_set (dated, "meta.version", raw_version, error);
}

gboolean
roster_service_change_user (RosterService *service,
                            RosterServiceUser *user,
                            ScimResource *after,
                            GError **error)
{
  g_autofree char *password = NULL;
  g_autoptr (ScimResource) before = roster_service_user_dup_resource (user);
  g_autoptr (ScimResource) without_password = take_password (after, &password, error);
  g_autoptr (ScimResource) finished = NULL;
  g_autoptr (ScimResource) stamped = NULL;

  if (without_password == NULL)
    return FALSE;
  finished = service->personality->finish_change (service, before, without_password,
                                                  password != NULL, error);
  if (finished == NULL)
    return FALSE;
  stamped = stamp (service, user, finished, error);
  if (stamped == NULL || !roster_service_users_replace (service->users, user, stamped, error))
    return FALSE;
  if (password != NULL)
    roster_service_user_set_password (user, password);
  return TRUE;
}

static gboolean
patch_user (const RosterServiceRequest *self,
            RosterServiceUser *user,
            ScimResource *body,
            GError **error)
{
  RosterService *service = self->service;
  g_autoptr (ScimJson) json = NULL;
  g_autoptr (ScimPatch) patch = NULL;
  g_autoptr (ScimPatch) prepared = NULL;
  g_autoptr (ScimResource) before = roster_service_user_dup_resource (user);
  g_autoptr (ScimResource) after = NULL;
  g_autoptr (GBytes) bytes = scim_resource_dup_bytes (body);

  json = scim_json_new (bytes, NULL, error);
  if (json == NULL)
    return FALSE;
  patch = scim_patch_new_from_json (json, error);
  if (patch == NULL)
    return FALSE;
  prepared = service->personality->prepare_patch (service, patch, before, error);
  if (prepared == NULL)
    return FALSE;
  after = scim_patch_apply (prepared, before, service->schemas, error);
  return after != NULL && roster_service_change_user (service, user, after, error);
}

/* What the client cannot write stays (RFC 7644 section 3.5.1). */
static gboolean
put_user (const RosterServiceRequest *self,
          RosterServiceUser *user,
          ScimResource *body,
          GError **error)
{
  static const char *const kept[] = { "id", "meta" };
  g_autoptr (ScimResource) before = roster_service_user_dup_resource (user);
  g_autoptr (ScimResource) after = scim_resource_ref (body);

  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *raw = scim_node_dup_raw (scim_resource_get (before, kept[i]));
      ScimResource *next = scim_resource_set (after, kept[i], raw, error);

      if (next == NULL)
        return FALSE;
      scim_resource_unref (after);
      after = next;
    }
  return roster_service_change_user (self->service, user, after, error);
}

static void
handle_write (const RosterServiceRequest *self, RosterServiceUser *user)
{
  g_autoptr (ScimResource) body = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (!roster_service_request_allows (self, ROSTER_SERVICE_SCOPE_UPDATE) ||
      !check_version (self, user))
    return;
  body = roster_service_request_read (self);
  if (body == NULL)
    return;
  if (user->read_only)
    {
      roster_service_respond_failure (self, 400, "mutability",
                                      "The user store SECONDARY is read-only.");
      return;
    }
  done = g_str_equal (self->method, "PATCH") ? patch_user (self, user, body, &error)
                                             : put_user (self, user, body, &error);
  if (done)
    respond_user (self, user);
  else
    roster_service_respond_error (self, error);
}

static void
handle_get (const RosterServiceRequest *self, RosterServiceUser *user)
{
  const char *if_none_match = roster_service_request_get_header (self, "If-None-Match");

  if (!roster_service_request_allows (self, ROSTER_SERVICE_SCOPE_VIEW))
    return;
  if (self->service->personality->etags && if_none_match != NULL &&
      names_version (if_none_match, user))
    soup_server_message_set_status (self->message, 304, NULL);
  else
    respond_user (self, user);
}

static void
handle_delete (const RosterServiceRequest *self, RosterServiceUser *user)
{
  if (!roster_service_request_allows (self, ROSTER_SERVICE_SCOPE_DELETE) ||
      !check_version (self, user))
    return;
  if (user->read_only)
    {
      roster_service_respond_failure (self, 400, "mutability",
                                      "The user store SECONDARY is read-only.");
      return;
    }
  roster_service_users_remove (self->service->users, user);
  soup_server_message_set_status (self->message, 204, NULL);
}

void
roster_service_handle_user (const RosterServiceRequest *self, const char *id)
{
  RosterServiceUser *user = roster_service_users_find (self->service->users, id);

  if (user == NULL)
    roster_service_respond_failure (self, 404, NULL, "Specified resource (user) does not exist.");
  else if (g_str_equal (self->method, "GET"))
    handle_get (self, user);
  else if (g_str_equal (self->method, "PATCH") || g_str_equal (self->method, "PUT"))
    handle_write (self, user);
  else if (g_str_equal (self->method, "DELETE"))
    handle_delete (self, user);
  else
    roster_service_respond_failure (self, 405, NULL, "This method is not allowed here.");
}

/* With or without the user store in front. */
static RosterServiceUser *
find_login (RosterService *service, const char *user_name)
{
  RosterServiceUser *user = roster_service_users_find_name (service->users, user_name);
  g_autofree char *with_store = NULL;

  if (user != NULL || strchr (user_name, '/') != NULL)
    return user;
  with_store = g_strdup_printf ("DEFAULT/%s", user_name);
  return roster_service_users_find_name (service->users, with_store);
}

static gboolean
may_sign_in (const RosterServiceUser *user)
{
  g_autoptr (ScimResource) resource = roster_service_user_dup_resource (user);
  g_autoptr (ScimAccount) account = scim_account_new (resource);

  return account->status == SCIM_ACCOUNT_ACTIVE;
}

void
roster_service_handle_me (const RosterServiceRequest *self)
{
  const char *header = roster_service_request_get_header (self, "Authorization");
  g_autofree char *user_name = NULL;
  g_autofree char *password = NULL;
  RosterServiceUser *user = NULL;

  if (roster_service_parse_basic (header, &user_name, &password))
    user = find_login (self->service, user_name);
  if (user == NULL || !roster_service_user_has_password (user, password) || !may_sign_in (user))
    {
      roster_service_request_set_header (self, "WWW-Authenticate",
                                         "Basic realm=\"roster-service\", charset=\"UTF-8\"");
      roster_service_respond_failure (self, 401, NULL, "User name or password is not right.");
    }
  else if (!g_str_equal (self->method, "GET"))
    {
      roster_service_respond_failure (self, 501, NULL, "Only GET is supported here.");
    }
  else
    {
      respond_user (self, user);
    }
}
