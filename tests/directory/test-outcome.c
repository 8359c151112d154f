/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-client-error.h"
#include "directory/roster-date.h"
#include "directory/roster-outcome.h"
#include "directory/roster-status.h"
#include "scim/scim-error.h"

#include <gio/gio.h>
#include <string.h>

static RosterOutcome *
outcome_of (guint status, const char *body)
{
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));
  g_autoptr (GError) error =
    scim_error_new_from_response (status, "application/scim+json", bytes, -1);

  return roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "The title", error);
}

static void
test_words_of_the_service (void)
{
  g_autoptr (RosterOutcome) outcome =
    outcome_of (400, "{\"detail\":\"Attribute userName cannot be <b>modified</b>.\","
                     "\"status\":\"400\",\"scimType\":\"mutability\"}");

  g_assert_cmpint (outcome->kind, ==, ROSTER_OUTCOME_NOT_DONE);
  g_assert_cmpstr (outcome->title, ==, "The title");
  g_assert_nonnull (strstr (outcome->body, "“Attribute userName cannot be <b>modified</b>.”"));
}

/* Only the scimType tells a wrong value from a request that makes no sense. */
static void
test_scim_types (void)
{
  g_autoptr (RosterOutcome) value =
    outcome_of (400, "{\"detail\":\"No such department.\",\"scimType\":\"invalidValue\"}");
  g_autoptr (RosterOutcome) taken =
    outcome_of (400, "{\"detail\":\"Taken.\",\"scimType\":\"uniqueness\"}");
  g_autoptr (RosterOutcome) other =
    outcome_of (400, "{\"detail\":\"No.\",\"scimType\":\"invalidSyntax\"}");

  g_assert_cmpstr (value->next_step, ==, "Correct the value and try again.");
  g_assert_cmpstr (taken->next_step, ==, "Choose another value and try again.");
  g_assert_true (g_str_has_prefix (other->next_step, "Correct what the service names."));
}

static void
test_no_words (void)
{
  g_autoptr (RosterOutcome) outcome = outcome_of (403, "");
  g_autoptr (RosterOutcome) copy = roster_outcome_copy (outcome);

  /* WSO2 protects its super administrator with an empty 403. */
  g_assert_nonnull (strstr (copy->body, "does not allow"));
  g_assert_nonnull (strstr (copy->body, "no reason"));
  g_assert_nonnull (strstr (copy->body, "403"));
  g_assert_nonnull (copy->next_step);
}

static void
test_retry_after (void)
{
  g_autoptr (GError) error = scim_error_new_from_response (429, NULL, NULL, 30);
  g_autoptr (RosterOutcome) outcome =
    roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "T", error);

  g_assert_cmpstr (outcome->next_step, ==, "Try again in 30 seconds.");
}

static void
test_long_waits (void)
{
  static const struct
  {
    int seconds;
    const char *words;
  } cases[] = {
    { 1, "Try again in 1 second." },
    { 120, "Try again in 120 seconds." },
    { 121, "Try again in 3 minutes." },
    { 7200, "Try again in 120 minutes." },
    { 7201, "The service asks to wait for hours: try again later." },
    { G_MAXINT, "The service asks to wait for hours: try again later." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = scim_error_new_from_response (503, NULL, NULL, cases[i].seconds);
      g_autoptr (RosterOutcome) outcome =
        roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "T", error);

      g_assert_cmpstr (outcome->next_step, ==, cases[i].words);
    }
}

/* Which host, what happened, what to do: different for each. */
static void
test_client_errors (void)
{
  static const struct
  {
    ScimClientError code;
    const char *body;
    RosterOutcomeOffer offer;
  } cases[] = {
    { SCIM_CLIENT_ERROR_CONNECT_TIME, "No connection to h.example came about within 15 seconds.",
      ROSTER_OFFER_TRY_AGAIN },
    { SCIM_CLIENT_ERROR_IDLE_TIME,
      "There is a connection to h.example, but nothing came for 15 seconds.",
      ROSTER_OFFER_TRY_AGAIN },
    { SCIM_CLIENT_ERROR_TOTAL_TIME, "The answer of h.example was not complete after 15 seconds.",
      ROSTER_OFFER_TRY_AGAIN },
    { SCIM_CLIENT_ERROR_NO_TOKEN,
      "h.example, where this connection signs in, did not give a token.", ROSTER_OFFER_TRY_AGAIN },
    { SCIM_CLIENT_ERROR_CUT_SHORT,
      "It was cancelled when the request to h.example had already left.", ROSTER_OFFER_READ_AGAIN },
  };
  g_autoptr (GHashTable) next_steps = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = scim_client_error_new (cases[i].code, "h.example", 15);
      g_autoptr (RosterOutcome) outcome =
        roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "T", error);

      g_assert_cmpstr (outcome->body, ==, cases[i].body);
      g_assert_nonnull (outcome->next_step);
      g_assert_true (g_hash_table_add (next_steps, g_strdup (outcome->next_step)));
      g_assert_cmpint (roster_outcome_offer_for_error (error), ==, cases[i].offer);
    }
}

static void
test_no_token_with_reason (void)
{
  g_autoptr (GError) error = scim_client_error_new_unsent (
    g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "It broke \u202eoff"),
    "h.example");
  g_autoptr (RosterOutcome) outcome =
    roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "T", error);

  g_assert_cmpstr (outcome->body, ==,
                   "h.example, where this connection signs in, did not give a token.\n"
                   "It broke �off");
}

static void
assert_body (GError *taken, const char *body)
{
  g_autoptr (GError) error = taken;
  g_autoptr (RosterOutcome) outcome =
    roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE, "T", error);

  g_assert_cmpstr (outcome->body, ==, body);
}

/* What is no SCIM says what came: the type and harmless first words. */
static void
test_what_came (void)
{
  static const char page[] = "<html><title>Welcome \u202eto <b>nginx</b>!</title>";
  static const char deep[] = "{\"a\":[";
  g_autoptr (GBytes) page_bytes = g_bytes_new_static (page, sizeof page - 1);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) cut = g_bytes_new_static (deep, sizeof deep - 1);
  GError *invalid = NULL;

  assert_body (scim_error_new_not_scim (200, "text/html", page_bytes),
               "The service answered something that is not SCIM.\n"
               "It sent text/html: “Welcome �to nginx!”");
  assert_body (scim_error_new_not_scim (200, "image/\u202egnp", nothing),
               "The service answered something that is not SCIM.\nIt sent image/�gnp.");
  assert_body (scim_error_new_not_scim (200, NULL, nothing),
               "The service answered something that is not SCIM.");
  g_assert_null (scim_json_new (cut, NULL, &invalid));
  assert_body (invalid, "The service’s answer is damaged or incomplete.\n"
                        "Not valid JSON at byte 6: the text ends too early");
  assert_body (
    scim_error_new_about (SCIM_ERROR_REDIRECTED, 302, "login.example", "x"),
    "The service points to another address, which was not followed.\nIt points to login.example.");
  assert_body (scim_error_new_about (SCIM_ERROR_REDIRECT_LOOP, 302, "login.example", "x"),
               "The service sends the request on from one address to the next, without an end.");
  assert_body (scim_error_new (SCIM_ERROR_TOO_LARGE, "%s", "x"),
               "The service’s answer is too large: it was not read to its end.");
}

static void
test_transport (void)
{
  const struct
  {
    GQuark domain;
    int code;
    const char *words;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Nothing answers" },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "did not answer in time" },
    { G_IO_ERROR, G_IO_ERROR_FAILED, "bells & whistles" },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no service of that name" },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "could not be verified" },
    { G_FILE_ERROR, G_FILE_ERROR_FAILED, "bells & whistles" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error =
        g_error_new_literal (cases[i].domain, cases[i].code, "bells & whistles");
      g_autoptr (RosterOutcome) outcome =
        roster_outcome_new_from_error (ROSTER_OUTCOME_UNKNOWN, "T", error);

      g_assert_nonnull (outcome->body);
      g_assert_nonnull (strstr (outcome->body, cases[i].words));
    }
}

static void
assert_status (const char *text, const char *expected)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimResource) user = scim_resource_new_from_json (json, NULL);
  g_autoptr (ScimAccount) account = scim_account_new (user);
  g_autofree char *status = roster_status_dup_text (account);

  g_assert_cmpstr (status, ==, expected);
}

#define WSO2(members) "{\"" SCIM_URN_WSO2_SYSTEM "\":{" members "}}"

static void
test_status (void)
{
  g_autofree char *unknown = roster_status_dup_text (NULL);

  g_assert_cmpstr (unknown, ==, "Not known");
  assert_status ("{\"active\":true}", "Active");
  assert_status ("{\"active\":false}", "Disabled");
  assert_status (WSO2 ("\"accountLocked\":\"true\""), "Locked");
  assert_status (WSO2 ("\"accountLocked\":true,\"lockedReason\":\"MAX_ATTEMPTS_EXCEEDED\""),
                 "Locked · too many failed sign-ins");
  assert_status (WSO2 ("\"accountLocked\":true,\"lockedReason\":\"ADMIN_INITIATED\""),
                 "Locked · by an administrator");
  assert_status (WSO2 ("\"accountLocked\":true,\"lockedReason\":\"IDLE_ACCOUNT\""),
                 "Locked · not used for a long time");
  assert_status (WSO2 ("\"accountLocked\":true,\"lockedReason\":\"NEW_\\u202eONE\""),
                 "Locked · NEW_�ONE");
  assert_status (WSO2 ("\"accountLocked\":true,\"accountState\":\"PENDING_FUPR\","
                       "\"lockedReason\":\"PENDING_ADMIN_FORCED_USER_PASSWORD_RESET\""),
                 "Locked · password reset pending");
  assert_status (WSO2 ("\"accountLocked\":true,\"accountState\":\"PENDING_AP\""),
                 "Invitation pending");
  assert_status (WSO2 ("\"accountLocked\":true,\"unlockTime\":\"4102444800000\""),
                 "Locked until 2100-01-01 00:00");
  assert_status (WSO2 ("\"accountLocked\":true,\"unlockTime\":\"4102444800000\","
                       "\"lockedReason\":\"MAX_ATTEMPTS_EXCEEDED\""),
                 "Locked until 2100-01-01 00:00 · too many failed sign-ins");
}

static void
test_moment (void)
{
  gint64 now = g_get_real_time () / 1000;
  g_autofree char *today = roster_date_dup_moment (now);
  g_autofree char *absurd = roster_date_dup_moment (G_MAXINT64);

  g_assert_cmpuint (strlen (today), ==, strlen ("14:02"));
  g_assert_nonnull (absurd);
}

static void
test_typed_dates (void)
{
  const char *const bad[] = { "", "x", "2026-13-01", "2026-02-30", "22", "2026-11-22x", NULL };
  gboolean has_time;
  g_autoptr (GDateTime) day = roster_date_new_from_typed (" 2026-11-22 ", &has_time);
  g_autoptr (GDateTime) moment = NULL;

  g_assert_nonnull (day);
  g_assert_false (has_time);
  moment = roster_date_new_from_typed ("2026-11-22T10:00:00+02:00", &has_time);
  g_assert_nonnull (moment);
  g_assert_true (has_time);
  g_assert_cmpint (g_date_time_get_utc_offset (moment) / G_TIME_SPAN_HOUR, ==, 2);
  for (guint i = 0; bad[i] != NULL; i++)
    {
      g_autoptr (GDateTime) none = roster_date_new_from_typed (bad[i], NULL);

      g_assert_null (none);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/directory/outcome/words-of-the-service", test_words_of_the_service);
  g_test_add_func ("/directory/outcome/scim-types", test_scim_types);
  g_test_add_func ("/directory/outcome/no-words", test_no_words);
  g_test_add_func ("/directory/outcome/retry-after", test_retry_after);
  g_test_add_func ("/directory/outcome/long-waits", test_long_waits);
  g_test_add_func ("/directory/outcome/client-errors", test_client_errors);
  g_test_add_func ("/directory/outcome/no-token", test_no_token_with_reason);
  g_test_add_func ("/directory/outcome/what-came", test_what_came);
  g_test_add_func ("/directory/outcome/transport", test_transport);
  g_test_add_func ("/directory/outcome/status", test_status);
  g_test_add_func ("/directory/outcome/moment", test_moment);
  g_test_add_func ("/directory/outcome/typed-dates", test_typed_dates);
  return g_test_run ();
}
