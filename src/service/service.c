/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service.h"

#include "service-fault.h"

#include <string.h>

static void
add_user (RosterService *self, const char *id, const char *login, gboolean secondary, GString *json)
{
  gboolean has_stores = self->personality == &roster_service_wso2;
  g_autofree char *user_name = NULL;

  user_name = has_stores ? g_strdup_printf ("%s/%s", secondary ? "SECONDARY" : "DEFAULT", login)
                         : g_strdup (login);
  roster_service_users_add (self->users, id, user_name, g_bytes_new (json->str, json->len),
                            has_stores && secondary);
}

RosterService *
roster_service_new (const RosterServicePersonality *personality,
                    RosterServiceAuth *auth,
                    gboolean invitation_locks,
                    guint seed)
{
  RosterService *self = g_new0 (RosterService, 1);
  g_autoptr (ScimJson) json = NULL;

  self->personality = personality;
  self->auth = auth;
  self->invitation_locks = invitation_locks;
  self->seed = seed;
  self->users = roster_service_users_new ();
  self->faults = roster_service_faults_new (seed);
  self->record = roster_service_record_new ();
  self->schemas_document = personality->write_schemas ();
  json = scim_json_new_from_text (self->schemas_document, -1, NULL);
  g_assert (json != NULL);
  self->schemas = scim_schemas_new_from_json (json, NULL);
  g_assert (self->schemas != NULL);
  return self;
}

void
roster_service_populate (RosterService *self, guint n)
{
  g_autoptr (RosterServicePeople) people = roster_service_people_new (self->seed);
  g_autoptr (GString) json = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      char id[37];

      g_string_truncate (json, 0);
      if (i > 0 && i == n - 1)
        {
          roster_service_people_get_id (people, i, id);
          self->personality->write_edge_case (json, id);
          add_user (self, id, "edge.case", FALSE, json);
        }
      else
        {
          g_autoptr (RosterServicePerson) person = roster_service_people_invent (people, i);

          self->personality->write_person (json, people, person);
          add_user (self, person->id, person->login, person->secondary_store, json);
        }
    }
}

gboolean
roster_service_set_fault_plan (RosterService *self, const char *plan, GError **error)
{
  if (!roster_service_faults_set_plan (self->faults, plan, error))
    return FALSE;
  roster_service_auth_restore (self->auth);
  return TRUE;
}

void
roster_service_free (RosterService *self)
{
  roster_service_faults_free (self->faults);
  roster_service_record_free (self->record);
  roster_service_users_free (self->users);
  roster_service_auth_free (self->auth);
  scim_schemas_unref (self->schemas);
  g_free (self->schemas_document);
  g_free (self);
}
