/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of fault plans, which requests a rule hits, and what the service records. */
#include "fault-client.h"

#include <string.h>

static void
assert_refused (RosterTestService *service, const char *plan, const char *words)
{
  g_autofree char *command = g_strdup_printf ("fault %s", plan);
  g_autofree char *answer = roster_test_service_command (service, command);
  g_autofree char *expected = g_strdup_printf ("error %s", words);

  g_assert_cmpstr (answer, ==, expected);
}

static void
test_bad_plans (void)
{
  static const struct
  {
    const char *plan;
    const char *words;
  } cases[] = {
    { "explode", "There is no kind of fault “explode”; --help-faults lists them" },
    { "GET drop", "There is no kind of fault “GET”; --help-faults lists them" },
    { ";", "A rule is empty" },
    { "drop;", "A rule is empty" },
    { "drop;;stall", "A rule is empty" },
    { "drop:1", "drop takes no argument" },
    { "drop:", "drop takes no argument" },
    { "drop GET PATCH", "drop has a second method: “PATCH”" },
    { "drop /a /b", "drop has a second path: “/b”" },
    { "drop /a token", "drop has a second path: “token”" },
    { "drop token /a", "drop has a second path: “/a”" },
    { "drop get", "drop cannot use “get”: it is no method, path, after=, times= or chance=" },
    { "drop Users", "drop cannot use “Users”: it is no method, path, after=, times= or chance=" },
    { "drop until=3",
      "drop cannot use “until=3”: it is no method, path, after=, times= or chance=" },
    { "drop after=", "drop cannot use “after=”: after= is followed by a number up to 2147483647" },
    { "drop after=-1",
      "drop cannot use “after=-1”: after= is followed by a number up to 2147483647" },
    { "drop times=2x",
      "drop cannot use “times=2x”: times= is followed by a number up to 2147483647" },
    { "drop times=2147483648",
      "drop cannot use “times=2147483648”: times= is followed by a number up to 2147483647" },
    { "drop chance=101",
      "drop cannot use “chance=101”: chance= is followed by a number up to 100" },
    { "\"drop", "A double quote is not closed in “\"drop”" },
    { "refuse GET", "refuse holds for all connections: nothing follows" },
    { "refuse times=1", "refuse holds for all connections: nothing follows" },
    { "delay", "delay needs a whole number between 0 and 600000: delay:MS" },
    { "delay:", "delay needs a whole number between 0 and 600000: delay:MS" },
    { "delay:600001", "delay needs a whole number between 0 and 600000: delay:MS" },
    { "delay:1.5", "delay needs a whole number between 0 and 600000: delay:MS" },
    { "deep:2", "deep needs a whole number between 3 and 10000000: deep:N" },
    { "wrong-total:many", "wrong-total needs a whole number between -9223372036854775808 and "
                          "9223372036854775807: wrong-total:N" },
    { "status", "status needs a code between 200 and 599: "
                "status:CODE[,BODY][,after=SECONDS|,date=SECONDS]" },
    { "status:199", "status needs a code between 200 and 599: "
                    "status:CODE[,BODY][,after=SECONDS|,date=SECONDS]" },
    { "status:503,xml", "status cannot use “xml”: "
                        "status:CODE[,BODY][,after=SECONDS|,date=SECONDS]" },
    { "status:503,after=soon", "status cannot use “after=soon”: "
                               "status:CODE[,BODY][,after=SECONDS|,date=SECONDS]" },
    { "type", "type needs a media type: type:text/html" },
    { "redirect", "redirect needs a target: redirect:same|cross|loop" },
    { "redirect:away", "redirect needs a target: redirect:same|cross|loop" },
    { "missing:", "missing needs a name after the colon: missing:id" },
    { "changed", "changed needs an attribute and its value: changed:ATTRIBUTE=VALUE" },
    { "changed:title", "changed needs an attribute and its value: changed:ATTRIBUTE=VALUE" },
    { "changed:=x", "changed needs an attribute and its value: changed:ATTRIBUTE=VALUE" },
    { "changed:emails[type=x", "changed needs an attribute and its value: "
                               "changed:ATTRIBUTE=VALUE" },
    { "wipe-siblings PUT", "wipe-siblings concerns PATCH only, not PUT" },
    { "lose-answer GET", "lose-answer concerns PATCH, PUT and DELETE only, not GET" },
    { "endless DELETE", "endless concerns GET /Users only, not DELETE" },
    { "deleted token", "deleted concerns requests for one user only, not the token endpoint" },
    { "expire token", "expire concerns SCIM requests only, not the token endpoint" },
    { "drop; stall; nothing", "There is no kind of fault “nothing”; --help-faults lists them" },
  };
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (service, cases[i].plan, cases[i].words);
}

/* A plan that is refused leaves the one before in force. */
static void
test_bad_plan_changes_nothing (void)
{
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");
  guint status;

  roster_test_service_set_fault (service, "status:503");
  assert_refused (service, "status:404; nothing",
                  "There is no kind of fault “nothing”; --help-faults lists them");
  g_free (roster_test_service_ask (service, "GET", "/Users", NULL, &status));
  g_assert_cmpuint (status, ==, 503);
}

static guint
status_of (RosterTestService *service, const char *method, const char *path)
{
  guint status;
  g_autofree char *answer = roster_test_service_ask (service, method, path, NULL, &status);

  return status;
}

static void
test_matching (void)
{
  static const struct
  {
    const char *plan;
    const char *method;
    const char *path;
    gboolean hits;
  } cases[] = {
    { "status:599", "GET", "/Users", TRUE },
    { "status:599", "GET", "/Schemas", TRUE },
    { "status:599", "DELETE", "/nothing", TRUE },
    { "  status:599  ", "GET", "/Users", TRUE },
    { "status:599 *", "GET", "/Users", TRUE },
    { "status:599 * /Users", "GET", "/Users", TRUE },
    { "status:599 GET", "GET", "/Users", TRUE },
    { "status:599 GET", "DELETE", "/Users/x", FALSE },
    { "status:599 /Users", "GET", "/Users", TRUE },
    { "status:599 /Users", "GET", "/Users?count=1", TRUE },
    { "status:599 /Users", "GET", "/Users/x", FALSE },
    { "status:599 /Users/*", "GET", "/Users/x", TRUE },
    { "status:599 /Users/*", "GET", "/Users", FALSE },
    { "status:599 /Users/?", "GET", "/Users/x", TRUE },
    { "status:599 /Users/?", "GET", "/Users/xy", FALSE },
    { "status:599 /Schemas GET", "GET", "/Schemas", TRUE },
    { "status:599 token", "GET", "/Users", FALSE },
    { "status:599 chance=0", "GET", "/Users", FALSE },
    { "status:599 chance=100", "GET", "/Users", TRUE },
    { "status:599 times=0", "GET", "/Users", FALSE },
    { "status:404 /Schemas; status:599", "GET", "/Users", TRUE },
    { "status:599 GET; status:404", "GET", "/Users", TRUE },
    { "status:404 after=1; status:599", "GET", "/Users", TRUE },
    { "lose-answer /Users; status:599", "GET", "/Users", TRUE },
    { "\"status:599\" \"GET\" \"/Users\"", "GET", "/Users", TRUE },
  };
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s: %s %s", cases[i].plan, cases[i].method, cases[i].path);
      roster_test_service_set_fault (service, cases[i].plan);
      g_assert_true ((status_of (service, cases[i].method, cases[i].path) == 599) == cases[i].hits);
    }
}

static guint
token_status (RosterTestService *service, char **answer)
{
  g_autofree char *basic = service_test_dup_basic (service);
  guint status;

  *answer = service_test_ask_token (service, basic, "grant_type=client_credentials", &status);
  return status;
}

static void
test_token_endpoint (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *spared = NULL;
  g_autofree char *refused = NULL;

  roster_test_service_set_fault (service, "status:503");
  g_assert_cmpuint (token_status (service, &spared), ==, 200);
  roster_test_service_set_fault (service, "status:400 token");
  g_assert_cmpuint (token_status (service, &refused), ==, 400);
  service_test_assert (refused, "error", "invalid_request");
  service_test_assert (refused, "error_description", "Fault 400");
  g_assert_cmpuint (status_of (service, "GET", "/Users"), ==, 200);
}

static void
assert_statuses (RosterTestService *service, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (expected, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *status = g_strdup_printf ("%u", status_of (service, "GET", "/Users"));

      g_assert_cmpstr (status, ==, words[i]);
    }
}

static void
test_counts (void)
{
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");

  roster_test_service_set_fault (service, "status:503 times=2");
  assert_statuses (service, "503 503 200 200");
  roster_test_service_set_fault (service, "status:503 after=2");
  assert_statuses (service, "200 200 503 503");
  roster_test_service_set_fault (service, "status:503 after=1 times=1");
  assert_statuses (service, "200 503 200");
  /* The same plan again starts anew. */
  roster_test_service_set_fault (service, "status:503 after=1 times=1");
  assert_statuses (service, "200 503 200");
  roster_test_service_set_fault (service, "status:503 times=1; status:429 times=1; status:404");
  assert_statuses (service, "503 429 404 404");
  /* What does not match does not count. */
  roster_test_service_set_fault (service, "status:503 /Users after=1 times=1");
  g_assert_cmpuint (status_of (service, "GET", "/Schemas"), ==, 200);
  assert_statuses (service, "200 503 200");
}

/* Forty requests under a chance of one half, as a row of letters. */
static char *
draw (RosterTestService *service)
{
  GString *row = g_string_new (NULL);

  roster_test_service_set_fault (service, "status:503 chance=50");
  for (guint i = 0; i < 40; i++)
    g_string_append_c (row, status_of (service, "GET", "/Users") == 503 ? 'x' : '-');
  return g_string_free (row, FALSE);
}

static void
test_seed (void)
{
  g_autoptr (RosterTestService) seven =
    roster_test_service_start ("--users", "2", "--seed", "7", NULL);
  g_autoptr (RosterTestService) twin =
    roster_test_service_start ("--users", "2", "--seed", "7", NULL);
  g_autoptr (RosterTestService) eight =
    roster_test_service_start ("--users", "2", "--seed", "8", NULL);
  g_autofree char *first = draw (seven);
  g_autofree char *again = draw (seven);
  g_autofree char *second = draw (twin);
  g_autofree char *other = draw (eight);
  guint n_hits = 0;

  for (const char *p = first; *p != '\0'; p++)
    n_hits += *p == 'x';
  g_assert_cmpstr (first, ==, again);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (first, !=, other);
  g_assert_cmpuint (n_hits, >, 8);
  g_assert_cmpuint (n_hits, <, 32);
}

static void
test_record (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *url = g_strdup (roster_test_service_get_url (service));
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  g_autofree char *path = g_strconcat (g_uri_get_path (uri), "/Users/a%2Fb", NULL);
  g_autofree char *requests = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *answer = NULL;

  roster_test_service_set_fault (service, "drop /Schemas; status:503 DELETE");
  status_of (service, "GET", "/Users?count=1&filter=userName%20eq%20%22x%22");
  status_of (service, "DELETE", "/Users/a%2Fb");
  token_status (service, &answer);
  requests = roster_test_service_dup_requests (service);
  service_test_assert (requests, "0/method", "GET");
  service_test_assert (requests, "0/query", "count=1&filter=userName%20eq%20%22x%22");
  service_test_assert (requests, "0/status", "200");
  service_test_assert (requests, "0/fault", "null");
  service_test_assert (requests, "1/method", "DELETE");
  service_test_assert (requests, "1/path", path);
  service_test_assert (requests, "1/query", "");
  service_test_assert (requests, "1/status", "503");
  service_test_assert (requests, "1/fault", "status");
  service_test_assert (requests, "2/method", "POST");
  service_test_assert (requests, "3", NULL);
  g_assert_null (strstr (requests, roster_test_service_get_token (service)));
  g_assert_null (strstr (requests, roster_test_service_get_client_secret (service)));

  roster_test_service_clear_requests (service);
  empty = roster_test_service_dup_requests (service);
  g_assert_cmpstr (empty, ==, "[]");
}

static void
test_commands (void)
{
  static const char *const commands[] = { "", "faults", "FAULT drop", "requests all", "quit" };
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");
  g_autofree char *no_text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *answer = roster_test_service_command (service, commands[i]);

      g_assert_cmpstr (answer, ==, "error The commands are fault, requests and clear");
    }
  no_text = roster_test_service_command (service, "fault \xff");
  g_assert_cmpstr (no_text, ==, "error This is not UTF-8");
  roster_test_service_set_fault (service, "");
}

/* Runs the service itself; returns what it says on its output and errors. */
static char *
run (const char *option, const char *value, int *status)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                              &error, g_getenv ("ROSTER_SERVICE"), option, value, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  *status = g_subprocess_get_exit_status (process);
  return output;
}

static void
test_options (void)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--fault", "status:503 times=1", NULL);
  int status;
  g_autofree char *bad = run ("--fault", "explode", &status);
  g_autofree char *help = NULL;

  g_assert_cmpint (status, ==, 1);
  g_assert_nonnull (strstr (bad, "There is no kind of fault"));
  g_assert_null (strstr (bad, "http://"));
  assert_statuses (service, "503 200");

  help = run ("--help-faults", NULL, &status);
  g_assert_cmpint (status, ==, 0);
  g_assert_nonnull (strstr (help, "\n  status:CODE[,BODY]"));
  g_assert_nonnull (strstr (help, "\n  missing[:NAME]"));
  g_assert_nonnull (strstr (help, "\n  deleted "));
}

/* The end of standard input ends the service. */
static void
test_input_ends (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                      g_getenv ("ROSTER_SERVICE"), "--control", "--users", "2", NULL);
  g_autofree char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, "fault stall\nclear\n", NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (output, "\nok\nok\n"));
  g_assert_true (g_subprocess_get_successful (process));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/fault/plan/bad", test_bad_plans);
  g_test_add_func ("/service/fault/plan/bad-changes-nothing", test_bad_plan_changes_nothing);
  g_test_add_func ("/service/fault/plan/matching", test_matching);
  g_test_add_func ("/service/fault/plan/counts", test_counts);
  g_test_add_func ("/service/fault/plan/seed", test_seed);
  g_test_add_func ("/service/fault/options", test_options);
  g_test_add_func ("/service/fault/commands", test_commands);
  g_test_add_func ("/service/fault/input-ends", test_input_ends);
  fault_test_add ("token-endpoint", test_token_endpoint);
  fault_test_add ("record", test_record);
  return g_test_run ();
}
