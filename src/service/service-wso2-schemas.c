/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /Schemas as WSO2 sends it (SCIM-SERVICES section 3.8): a bare array, enumerations in capitals,
 * numbers and some booleans as text, sub-attributes named by the type of their value. */
#include "service-wso2.h"

#include "service-json.h"

enum
{
  MULTI = 1 << 0,
  REQUIRED = 1 << 1,
  READ_ONLY = 1 << 2,
  HIDDEN = 1 << 3, /* not in the console's profile */
};

typedef struct _Row Row;

struct _Row
{
  const char *name;
  const char *display;
  const char *type;
  const char *order; /* nullable */
  guint flags;
  const char *extra; /* nullable: further members, raw */
  const Row *sub;    /* nullable, ended by a NULL name */
};

#define TEXT_INPUT   "\"inputFormat\":{\"inputType\":\"text_input\"}"
#define DATE_INPUT   "\"inputFormat\":{\"inputType\":\"date_picker\"}"
#define SWITCH_INPUT "\"inputFormat\":{\"inputType\":\"toggle\"}"
#define NUMBER_INPUT "\"inputFormat\":{\"inputType\":\"number_input\"}"
#define CHOICE_INPUT "\"inputFormat\":{\"inputType\":\"dropdown\"}"
#define DATE_PATTERN "\"regEx\":\"^\\\\d{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$\""

static const Row core_rows[] = {
  { "id", "User ID", "STRING", "1", READ_ONLY },
  { "externalId", "External ID", "STRING", NULL, HIDDEN },
  { NULL },
};

static const Row name_subs[] = {
  { "givenName", "First Name", "STRING", "3", REQUIRED,
    "\"minLength\":\"1\",\"maxLength\":\"30\"" },
  { "familyName", "Last Name", "STRING", "4", REQUIRED,
    "\"minLength\":\"1\",\"maxLength\":\"30\"" },
  { NULL },
};

static const Row email_subs[] = {
  { "emails.work", "Work Email", "STRING", "7" },
  { "emails.home", "Home Email", "STRING", "8" },
  { "emails.other", "Other Email", "STRING", "9" },
  { NULL },
};

static const Row phone_subs[] = {
  { "phoneNumbers.mobile", "Mobile", "STRING", "10" },
  { "phoneNumbers.home", "Home Phone", "STRING", "11" },
  { "phoneNumbers.work", "Work Phone", "STRING", "12" },
  { "phoneNumbers.other", "Other Phone", "STRING", "13" },
  { NULL },
};

static const Row address_subs[] = {
  { "addresses.home", "Home Address", "STRING", "15" },
  { "addresses.work", "Work Address", "STRING", "16" },
  { "addresses#home.streetAddress", "Home Street", "STRING", "17" },
  { NULL },
};

static const Row user_rows[] = {
  { "userName", "Username", "STRING", "2", REQUIRED },
  { "name", "Name", "COMPLEX", NULL, 0, NULL, name_subs },
  { "displayName", "Display Name", "STRING", "5" },
  { "nickName", "Nick Name", "STRING", "18" },
  { "title", "Title", "STRING", "19" },
  { "emails", "Email", "COMPLEX", "6", MULTI, NULL, email_subs },
  { "phoneNumbers", "Phone Numbers", "COMPLEX", NULL, MULTI, NULL, phone_subs },
  { "addresses", "Address", "COMPLEX", "14", MULTI, NULL, address_subs },
  { "locale", "Locale", "STRING", "20" },
  { "timezone", "Time Zone", "STRING", "21" },
  { "preferredLanguage", "Preferred Language", "STRING", "22" },
  { "profileUrl", "Photo URL", "STRING", "23", 0, "\"maxLength\":\"1024\"" },
  { "userType", "User Type", "STRING", NULL, HIDDEN },
  { "active", "Active", "BOOLEAN", NULL, HIDDEN },
  { NULL },
};

static const Row manager_subs[] = {
  { "manager.value", "Manager ID", "STRING", "29" },
  { "manager.displayName", "Manager", "STRING", "28" },
  { NULL },
};

static const Row enterprise_rows[] = {
  { "employeeNumber", "Employee Number", "STRING", "24" },
  { "department", "Department", "STRING", "25" },
  { "costCenter", "Cost Center", "STRING", "26" },
  { "organization", "Organization", "STRING", "27" },
  { "manager", "Manager", "COMPLEX", NULL, 0, NULL, manager_subs },
  { NULL },
};

static const Row system_rows[] = {
  { "country", "Country", "STRING", "30", 0,
    CHOICE_INPUT
    ",\"canonicalValues\":[\"Brazil\",\"France\",\"Germany\",\"Greece\",\"India\",\"Israel\","
    "\"Japan\",\"Jordan\",\"Nigeria\",\"Poland\",\"South Korea\",\"Spain\",\"Sweden\",\"Taiwan\","
    "\"Türkiye\",\"Ukraine\",\"United States\",\"Vietnam\"]" },
  { "dateOfBirth", "Birth Date", "STRING", "31", 0, DATE_INPUT "," DATE_PATTERN },
  { "emailVerified", "Email Verified", "BOOLEAN", "32", READ_ONLY },
  { "lastLogonTime", "Last Logon Time", "STRING", "33", READ_ONLY },
  { "userSourceId", "User Source ID", "STRING", NULL, READ_ONLY | HIDDEN },
  { NULL },
};

static const Row custom_rows[] = {
  { "badgeColour", "Badge Colour", "STRING", "34", 0,
    CHOICE_INPUT
    ",\"canonicalValues\":[{\"label\":\"Amber\",\"value\":\"amber\"},"
    "{\"label\":\"Blue\",\"value\":\"blue\"},{\"label\":\"Green\",\"value\":\"green\"},"
    "{\"label\":\"White\",\"value\":\"white\"}]" },
  { "contractEnds", "Contract Ends", "STRING", "35", 0, DATE_INPUT "," DATE_PATTERN },
  { "remoteWorker", "Remote Worker", "BOOLEAN", "36", 0, SWITCH_INPUT },
  { "parkingSpace", "Parking Space", "INTEGER", "37", 0, NUMBER_INPUT },
  { "weeklyHours", "Weekly Hours", "DECIMAL", "38", 0, NUMBER_INPUT },
  { "badgeIssued", "Badge Issued", "DATETIME", "39", 0, TEXT_INPUT },
  { NULL },
};

static const struct
{
  const char *id;
  const char *name;
  const char *description;
  const Row *rows;
} schemas[] = {
  { "urn:ietf:params:scim:schemas:core:2.0", "Core", "Core Schema", core_rows },
  { SCIM_URN_CORE_USER, "User", "User Schema", user_rows },
  { SCIM_URN_ENTERPRISE_USER, "EnterpriseUser", "Enterprise User", enterprise_rows },
  { SCIM_URN_WSO2_SYSTEM, "SystemUser", "System User", system_rows },
  { SCIM_URN_WSO2_CUSTOM, "CustomUser", "Custom User", custom_rows },
};

static void
write_rows (GString *out, const char *key, const Row *rows)
{
  roster_service_json_key (out, key);
  g_string_append_c (out, '[');
  for (const Row *row = rows; row->name != NULL; row++)
    {
      roster_service_json_comma (out);
      g_string_append_c (out, '{');
      roster_service_json_text (out, "name", row->name);
      roster_service_json_text (out, "displayName", row->display);
      roster_service_json_text (out, "description", row->display);
      roster_service_json_text (out, "type", row->type);
      roster_service_json_raw (out, "multiValued", row->flags & MULTI ? "true" : "false");
      roster_service_json_raw (out, "required", row->flags & REQUIRED ? "true" : "false");
      roster_service_json_raw (out, "caseExact", "false");
      roster_service_json_text (out, "mutability",
                                row->flags & READ_ONLY ? "READ_ONLY" : "READ_WRITE");
      roster_service_json_text (out, "returned", "DEFAULT");
      roster_service_json_text (out, "uniqueness", "NONE");
      if (row->order != NULL)
        roster_service_json_text (out, "displayOrder", row->order);
      roster_service_json_text (out, "supportedByDefault", "true");
      roster_service_json_text (out, "sharedProfileValueResolvingMethod", "FromOrigin");
      if (row->flags & HIDDEN)
        roster_service_json_raw (out, "profiles", "{\"console\":{\"supportedByDefault\":false}}");
      if (row->extra != NULL)
        g_string_append_printf (out, ",%s", row->extra);
      if (row->sub != NULL)
        write_rows (out, "subAttributes", row->sub);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

char *
roster_service_wso2_write_schemas (void)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    {
      roster_service_json_comma (out);
      g_string_append_c (out, '{');
      roster_service_json_text (out, "id", schemas[i].id);
      roster_service_json_text (out, "name", schemas[i].name);
      roster_service_json_text (out, "description", schemas[i].description);
      write_rows (out, "attributes", schemas[i].rows);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}
