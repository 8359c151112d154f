/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-age.h"
#include "directory/roster-labels.h"
#include "directory/roster-reading.h"
#include "scim/scim-error.h"

#include <gio/gio.h>

static void
assert_taken (char *actual, const char *expected)
{
  g_autofree char *text = actual;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_attributes (void)
{
  g_autoptr (ScimSchemas) schemas = scim_schemas_new_builtin ();
  const char *const manager = SCIM_URN_ENTERPRISE_USER ":manager";
  const ScimAttribute *attribute = scim_schemas_find (schemas, manager);

  assert_taken (roster_label_attribute (scim_schemas_find (schemas, "name.familyName")),
                "Family Name");
  assert_taken (roster_label_attribute (attribute), "Manager");
  assert_taken (roster_label_attribute (scim_attribute_get_sub (attribute, "value")), "Manager ID");
  assert_taken (roster_label_attribute (scim_attribute_get_sub (attribute, "displayName")),
                "Manager");
  assert_taken (roster_label_column (scim_schemas_find (schemas, "emails")), "E-mail");
  assert_taken (roster_label_column (scim_schemas_find (schemas, "phoneNumbers")), "Phone");
  assert_taken (roster_label_column (scim_schemas_find (schemas, "addresses")), "Address");
  assert_taken (roster_label_column (scim_schemas_find (schemas, "userName")), "User Name");
  assert_taken (roster_label_schema (scim_schemas_get (schemas, SCIM_URN_CORE_USER)), "User");
  assert_taken (roster_label_schema (scim_schemas_get (schemas, SCIM_URN_ENTERPRISE_USER)),
                "Enterprise User");
}

static void
test_words (void)
{
  assert_taken (roster_label_common ("id"), "User ID");
  assert_taken (roster_label_common ("meta.lastModified"), "Last Modified");
  g_assert_null (roster_label_common ("userName"));
  assert_taken (roster_label_type ("WORK"), "Work");
  assert_taken (roster_label_type ("pigeon"), "pigeon");
  assert_taken (roster_label_translate ("Zzz"), "Zzz");
  /* The empty string would be the catalogue's own header. */
  assert_taken (roster_label_translate (""), "");
  {
    g_autofree char *safe = roster_label_translate ("a\nb\u202ec");

    g_assert_null (strchr (safe, '\n'));
    g_assert_null (strstr (safe, "\u202e"));
  }
}

static void
test_counts (void)
{
  assert_taken (roster_label_count (0), "0");
  assert_taken (roster_label_count (999), "999");
  assert_taken (roster_label_count (1000), "1,000");
  assert_taken (roster_label_count (1234567), "1,234,567");
}

static void
test_dates (void)
{
  assert_taken (roster_label_date_time ("2026-11-22T14:01:59Z"), "2026-11-22 14:01");
  assert_taken (roster_label_date_time ("2026-11-22T14:01:59.123+02:00"), "2026-11-22 12:01");
  assert_taken (roster_label_date_time ("1795356119000"), "2026-11-22 14:01");
  assert_taken (roster_label_date_time ("2026-13-99T99:99:99Z"), "2026-13-99T99:99:99Z");
  assert_taken (roster_label_date_time (""), "");
  assert_taken (roster_date_time_normalize ("2026-11-22T14:01:59.999+02:00"),
                "2026-11-22T12:01:59Z");
  g_assert_null (roster_date_time_normalize ("yesterday"));
  g_assert_null (roster_date_time_normalize ("999999999999999"));
}

static void
test_ages (void)
{
  const gint64 noon = 1795348800; /* 2026-11-22 12:00 */

  g_assert_null (roster_age_text (0, noon));
  assert_taken (roster_age_text (noon + 5, noon), "Updated just now");
  assert_taken (roster_age_text (noon - 59, noon), "Updated just now");
  assert_taken (roster_age_text (noon - 60, noon), "Updated 1 minute ago");
  assert_taken (roster_age_text (noon - 3599, noon), "Updated 59 minutes ago");
  assert_taken (roster_age_text (noon - 3600, noon), "Updated at 11:00");
  assert_taken (roster_age_text (noon - 86400, noon), "Updated on 2026-11-21 12:00");
}

static void
test_reading (void)
{
  g_autoptr (GError) busy = scim_error_new_from_response (503, NULL, NULL, 40);
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  assert_taken (roster_reading_dup_progress (0), "Reading users…");
  assert_taken (roster_reading_dup_progress (1200), "Reading users… 1,200");
  assert_taken (roster_reading_dup_wait (12), "Waiting for the service · trying again in 12 s");
  assert_taken (roster_reading_dup_failure (busy, FALSE, 300, 1204),
                "The users could not be read to the end · 300 of 1,204 users are shown\n"
                "The service has failed.\nThe service gave no reason (HTTP status 503).\n"
                "Try again in 40 seconds.");
  assert_taken (roster_reading_dup_failure (cancelled, TRUE, 1200, -1),
                "Reading the users was stopped · 1,200 users are shown");
  assert_taken (roster_reading_dup_failure (cancelled, TRUE, 1, 0),
                "Reading the users was stopped · 1 user is shown");
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/labels/attributes", test_attributes);
  g_test_add_func ("/directory/labels/words", test_words);
  g_test_add_func ("/directory/labels/counts", test_counts);
  g_test_add_func ("/directory/labels/dates", test_dates);
  g_test_add_func ("/directory/labels/ages", test_ages);

  g_test_add_func ("/directory/labels/reading", test_reading);
  return g_test_run ();
}
