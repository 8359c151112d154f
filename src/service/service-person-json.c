/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-person-json.h"

#include "service-json.h"

#include "scim/scim-schema.h"

static void
write_phone (GString *out, const RosterServicePerson *person, const char *type, guint number)
{
  g_autofree char *value = g_strdup_printf ("%s%04u", person->culture->dial, number % 10000);

  roster_service_json_comma (out);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "type", type);
  roster_service_json_text (out, "value", value);
  g_string_append_c (out, '}');
}

void
roster_service_write_phones (GString *out, const RosterServicePerson *person)
{
  roster_service_json_key (out, "phoneNumbers");
  g_string_append_c (out, '[');
  write_phone (out, person, "mobile", person->dice >> 3);
  if (person->dice % 3 != 0)
    write_phone (out, person, "work", person->dice >> 7);
  g_string_append_c (out, ']');
}

void
roster_service_write_address (GString *out, const RosterServicePerson *person)
{
  const RosterServiceCulture *culture = person->culture;
  g_autofree char *street = g_strdup_printf ("%s %u", culture->street, 1 + person->dice % 97);

  if (person->dice % 4 == 0)
    return;
  roster_service_json_key (out, "addresses");
  g_string_append (out, "[{");
  roster_service_json_text (out, "type", person->dice % 5 == 0 ? "work" : "home");
  roster_service_json_text (out, "streetAddress", street);
  roster_service_json_text (out, "postalCode", culture->postal_code);
  roster_service_json_text (out, "locality", culture->city);
  roster_service_json_text (out, "country", culture->country_code);
  g_string_append (out, "}]");
}

void
roster_service_write_work (GString *out,
                           RosterServicePeople *people,
                           const RosterServicePerson *person)
{
  g_autofree char *number =
    g_strdup_printf ("%u", roster_service_person_get_employee_number (person));
  guint manager;

  roster_service_json_key (out, SCIM_URN_ENTERPRISE_USER);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "employeeNumber", number);
  roster_service_json_text (out, "costCenter", person->job->cost_center);
  roster_service_json_text (out, "department", person->job->department);
  if (roster_service_people_get_manager (person->index, &manager))
    {
      g_autofree char *name = roster_service_people_dup_display (people, manager);
      char id[37];

      roster_service_people_get_id (people, manager, id);
      roster_service_json_key (out, "manager");
      g_string_append_c (out, '{');
      roster_service_json_text (out, "value", id);
      roster_service_json_text (out, "displayName", name);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, '}');
}

void
roster_service_write_meta (GString *out, const RosterServicePerson *person, const char *version)
{
  g_autofree char *created = roster_service_format_time (person->created, person->dice % 1000);
  g_autofree char *modified =
    roster_service_format_time (person->modified, person->dice / 7 % 1000);

  roster_service_json_key (out, "meta");
  g_string_append_c (out, '{');
  roster_service_json_text (out, "resourceType", "User");
  roster_service_json_text (out, "created", created);
  roster_service_json_text (out, "lastModified", modified);
  if (version != NULL)
    roster_service_json_text (out, "version", version);
  g_string_append_c (out, '}');
}

void
roster_service_write_unknown (GString *out)
{
  roster_service_json_raw (out, "nickName", "\"a\\u0000b\"");
  roster_service_json_raw (out, "rating", "1.10");
  roster_service_json_raw (out, ROSTER_SERVICE_UNKNOWN_URN,
                           "{\"ratio\":1.10,\"big\":9223372036854775808,\"tiny\":-0.0,"
                           "\"text\":\"a\\u0000b\",\"escaped\":\"\\u00e9\\/\\ud83d\\ude00\","
                           "\"nested\":{\"list\":[1.0,2E3,null,{\"deep\":{\"deeper\":[[]]}}],"
                           "\"empty\":{}}, \"spaced\" : [ true , false ]}");
}

char *
roster_service_person_dup_email (const RosterServicePerson *self, gboolean home)
{
  return g_strdup_printf ("%s@%s.example", self->login, home ? "home" : "acme");
}

guint
roster_service_person_get_employee_number (const RosterServicePerson *self)
{
  return 40000 + self->index;
}
