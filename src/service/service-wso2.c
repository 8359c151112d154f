/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A service that answers as WSO2 Identity Server and Asgardeo do (SCIM-SERVICES section 3). */
#include "service-wso2.h"

#include "service-json.h"
#include "service-person-json.h"

#define SCHEMAS                                                                                    \
  "[\"" SCIM_URN_CORE_USER "\",\"" SCIM_URN_ENTERPRISE_USER "\",\"" SCIM_URN_WSO2_SYSTEM           \
  "\",\"" SCIM_URN_WSO2_CUSTOM "\""

static const char *const wso2_always[] = { "schemas", "id", "userName", "meta", NULL };

/* The main address is a bare string, the others are objects with a type (section 3.7). */
static void
write_emails (GString *out, const RosterServicePerson *person)
{
  g_autofree char *work = roster_service_person_dup_email (person, FALSE);
  g_autofree char *home = roster_service_person_dup_email (person, TRUE);

  roster_service_json_key (out, "emails");
  g_string_append_c (out, '[');
  scim_json_append_string (out, work, -1);
  if (person->dice % 4 == 1)
    {
      g_string_append (out, ",{");
      roster_service_json_text (out, "type", "home");
      roster_service_json_text (out, "value", home);
      g_string_append_c (out, '}');
    }
  if (person->dice % 7 == 1)
    {
      g_string_append (out, ",{");
      roster_service_json_text (out, "type", "work");
      roster_service_json_text (out, "value", work);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

/* Booleans come as text from some stores and as booleans from others. */
static void
write_flag (GString *out, const RosterServicePerson *person, const char *key, gboolean value)
{
  if (person->index % 2 == 0)
    roster_service_json_text (out, key, value ? "true" : "false");
  else
    roster_service_json_raw (out, key, value ? "true" : "false");
}

static void
write_state (GString *out, const RosterServicePerson *person)
{
  static const struct
  {
    const char *state;
    const char *reason; /* nullable */
    gboolean locked;
  } states[] = {
    { "UNLOCKED", NULL, FALSE },
    { "LOCKED", "ADMIN_INITIATED", TRUE },
    { "LOCKED", "MAX_ATTEMPTS_EXCEEDED", TRUE },
    { "DISABLED", NULL, FALSE },
    { "PENDING_AP", "PENDING_ASK_PASSWORD", TRUE },
    { "PENDING_FUPR", "PENDING_ADMIN_FORCED_USER_PASSWORD_RESET", TRUE },
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (states) == ROSTER_SERVICE_STATE_RESET + 1);

  write_flag (out, person, "accountLocked", states[person->state].locked);
  write_flag (out, person, "accountDisabled", person->state == ROSTER_SERVICE_STATE_DISABLED);
  roster_service_json_text (out, "accountState", states[person->state].state);
  if (states[person->state].reason != NULL)
    roster_service_json_text (out, "lockedReason", states[person->state].reason);
  if (person->state == ROSTER_SERVICE_STATE_FAILED_SIGN_INS)
    {
      /* Epoch milliseconds as text (section 3.7). */
      g_autofree char *until =
        g_strdup_printf ("%" G_GINT64_FORMAT, (person->modified + 365 * 24 * 60 * 60) * 1000);

      roster_service_json_text (out, "unlockTime", until);
    }
}

static void
write_system (GString *out, const RosterServicePerson *person)
{
  g_autofree char *birth =
    g_strdup_printf ("%u-%02u-%02u", 1956 + person->dice % 48, 1 + person->dice / 48 % 12,
                     1 + person->dice / 576 % 28);
  g_autofree char *logon =
    g_strdup_printf ("%" G_GINT64_FORMAT, (person->modified - person->dice % 600000) * 1000);

  roster_service_json_key (out, SCIM_URN_WSO2_SYSTEM);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "country", person->culture->country);
  if (person->dice % 3 != 1)
    roster_service_json_text (out, "dateOfBirth", birth);
  write_flag (out, person, "emailVerified", person->dice % 5 != 2);
  write_state (out, person);
  if (person->state == ROSTER_SERVICE_STATE_ACTIVE)
    roster_service_json_text (out, "lastLogonTime", logon);
  g_string_append_c (out, '}');
}

static void
write_custom (GString *out, const RosterServicePerson *person)
{
  static const char *const colours[] = { "amber", "blue", "green", "white" };
  g_autofree char *space = g_strdup_printf ("%u", person->dice % 400);
  g_autofree char *ends =
    g_strdup_printf ("20%02u-%02u-28", 27 + person->dice % 4, 1 + person->dice / 4 % 12);

  if (person->dice % 6 == 5)
    return;
  roster_service_json_key (out, SCIM_URN_WSO2_CUSTOM);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "badgeColour", colours[person->dice % G_N_ELEMENTS (colours)]);
  if (person->dice % 5 == 0)
    roster_service_json_text (out, "contractEnds", ends);
  roster_service_json_raw (out, "remoteWorker", person->dice % 2 == 0 ? "true" : "false");
  if (person->dice % 3 == 0)
    roster_service_json_raw (out, "parkingSpace", space);
  roster_service_json_raw (out, "weeklyHours", person->dice % 8 == 0 ? "19.25" : "38.50");
  g_string_append_c (out, '}');
}

static void
wso2_write_person (GString *out, RosterServicePeople *people, const RosterServicePerson *person)
{
  guint n_known;
  g_autofree char *user_name =
    g_strdup_printf ("%s/%s", person->secondary_store ? "SECONDARY" : "DEFAULT", person->login);

  roster_service_get_known_person (0, &n_known);
  g_string_append_c (out, '{');
  roster_service_json_raw (out, "schemas", SCHEMAS "]");
  roster_service_json_text (out, "id", person->id);
  roster_service_json_text (out, "userName", user_name);
  roster_service_json_key (out, "name");
  g_string_append_c (out, '{');
  roster_service_json_text (out, "givenName", person->given);
  roster_service_json_text (out, "familyName", person->family);
  g_string_append_c (out, '}');
  /* Many profiles have none; where the family name goes first it is needed to get the order right.
   */
  if (person->index < n_known || person->culture->family_first || person->dice % 5 != 0)
    roster_service_json_text (out, "displayName", person->display);
  roster_service_json_text (out, "title", person->job->title);
  roster_service_json_text (out, "locale", person->culture->locale);
  roster_service_json_text (out, "timezone", person->culture->time_zone);
  write_emails (out, person);
  roster_service_write_phones (out, person);
  roster_service_write_address (out, person);
  roster_service_write_work (out, people, person);
  write_system (out, person);
  write_custom (out, person);
  roster_service_write_meta (out, person, NULL);
  g_string_append_c (out, '}');
}

static void
wso2_write_edge_case (GString *out, const char *id)
{
  g_string_append_c (out, '{');
  roster_service_json_raw (out, "schemas", SCHEMAS ",\"" ROSTER_SERVICE_UNKNOWN_URN "\"]");
  roster_service_json_text (out, "id", id);
  roster_service_json_text (out, "userName", "DEFAULT/edge.case");
  roster_service_json_raw (out, "name", "{\"givenName\":\"Edge\",\"familyName\":\"Case\"}");
  roster_service_json_text (out, "displayName", "Edge Case");
  roster_service_json_text (out, "title", "Tester");
  roster_service_json_raw (out, "emails",
                           "[\"edge.case@acme.example\","
                           "{\"type\":\"work\",\"value\":\"edge.case@acme.example\"},"
                           "{\"type\":\"work\",\"value\":\"edge@work.example\",\"weight\":1.10}]");
  roster_service_json_raw (out, SCIM_URN_ENTERPRISE_USER,
                           "{\"department\":\"Quality\",\"employeeNumber\":\"00007\"}");
  roster_service_json_raw (out, SCIM_URN_WSO2_SYSTEM,
                           "{\"country\":\"Germany\",\"accountLocked\":\"false\","
                           "\"accountDisabled\":\"false\",\"accountState\":\"UNLOCKED\"}");
  roster_service_json_raw (out, SCIM_URN_WSO2_CUSTOM,
                           "{\"badgeColour\":\"amber\",\"weeklyHours\":1.10,"
                           "\"parkingSpace\":9223372036854775808}");
  roster_service_write_unknown (out);
  roster_service_json_raw (out, "meta",
                           "{\"resourceType\":\"User\",\"created\":\"2026-01-01T00:00:00.000Z\","
                           "\"lastModified\":\"2026-01-01T00:00:00.000Z\"}");
  g_string_append_c (out, '}');
}

static char *
wso2_write_config (void)
{
  return g_strdup (
    "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig\"],"
    "\"documentationUri\":\"\",\"patch\":{\"supported\":true},"
    "\"bulk\":{\"supported\":false,\"maxOperations\":1000,\"maxPayloadSize\":1048576},"
    "\"filter\":{\"supported\":true,\"maxResults\":200},"
    "\"changePassword\":{\"supported\":true},\"sort\":{\"supported\":false},"
    "\"etag\":{\"supported\":false},\"authenticationSchemes\":["
    "{\"name\":\"OAuth Bearer Token\",\"type\":\"oauthbearertoken\",\"primary\":true},"
    "{\"name\":\"HTTP Basic\",\"type\":\"httpbasic\",\"primary\":false}]}");
}

const RosterServicePersonality roster_service_wso2 = {
  .name = "wso2",
  .base_path = "/t/demo/scim2",
  .token_path = "/t/demo/oauth2/token",
  .needs_scopes = TRUE,
  .strict_headers = TRUE,
  .omits_empty = TRUE,
  .default_count = 100,
  .always = wso2_always,
  .write_person = wso2_write_person,
  .write_edge_case = wso2_write_edge_case,
  .write_schemas = roster_service_wso2_write_schemas,
  .write_config = wso2_write_config,
  .parse_filter = roster_service_wso2_parse_filter,
  .prepare_patch = roster_service_wso2_prepare_patch,
  .finish_change = roster_service_wso2_finish_change,
};
