/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations that read and have no profile: the connection test, opening, and the list. */
#include "faults-operations.h"

#include <string.h>
#include "directory/roster-connection-private.h"
#include "directory/roster-connection-test.h"
#include "directory/roster-directory-private.h"
#include "support/roster-test-wait.h"
#include "user-double.h"

#define N_PEOPLE 150  /* more than a page */
#define ENOUGH   1000 /* users, to see that a list has no end */

static const char *
get_secret (FaultCell *cell)
{
  return roster_test_service_get_client_secret (cell->bench->service);
}

/* The test of a connection */

static gboolean
test_has_ended (gpointer user_data)
{
  return !roster_connection_test_get_running (user_data);
}

/* What the steps say, one a line; the fix of the one that failed, or else of a warning, is what to
 * do next. */
static RosterOutcome *
make_test_outcome (FaultCell *cell, RosterConnectionTest *test)
{
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean can_connect = roster_connection_test_get_can_connect (test);
  const char *fix = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (test)); i++)
    {
      g_autoptr (RosterTestStep) step = g_list_model_get_item (G_LIST_MODEL (test), i);
      RosterStepState state = roster_test_step_get_state (step);

      if (state == ROSTER_STEP_RUNNING)
        fault_cell_problem (cell, "A step still runs");
      if (state != ROSTER_STEP_FAILED && state != ROSTER_STEP_WARNING)
        continue;
      g_string_append_printf (body, "%s%s: %s", body->len > 0 ? "\n" : "",
                              roster_test_step_get_title (step),
                              roster_test_step_get_finding (step));
      if (fix == NULL || state == ROSTER_STEP_FAILED)
        fix = roster_test_step_get_fix (step);
    }
  return roster_outcome_new (
    can_connect ? ROSTER_OUTCOME_DONE : ROSTER_OUTCOME_NOT_DONE,
    g_strdup (can_connect ? "The connection can be used" : "The connection cannot be used"),
    body->len > 0 ? g_strdup (body->str) : NULL, g_strdup (fix));
}

static void
run_test (FaultCell *cell)
{
  g_autoptr (RosterConnectionTest) test = roster_connection_test_new ();
  /* It asks for one page only. */
  FaultEffect effect = cell->fault->traits & FAULT_ENDLESS ? FAULT_GOOD : cell->fault->list;
  FaultExpected expected = fault_expect_read (cell, effect);

  /* The steps have words of their own for what to do, and for what the address does. */
  expected.follows_fault = FALSE;
  if (cell->fault->traits & FAULT_ALONE)
    expected.words[0] = "refuses the connection";
  else if (g_str_equal (cell->fault->kind, "status:401") && expected.words[0] != NULL)
    expected.words[0] = "Fault 401";
  fault_cell_begin (cell);
  roster_connection_test_start (test, cell->bench->connection, get_secret (cell));
  fault_cell_wait (cell, test_has_ended, test);
  fault_cell_end (cell);
  cell->outcome = make_test_outcome (cell, test);
  fault_check (cell, &expected,
               roster_connection_test_get_can_connect (test) ? FAULT_MADE : FAULT_UNCHANGED);
}

/* Opening, and the list that is read then for the first time */

typedef struct
{
  RosterDirectory *directory;
  guint n_total;
} Waiting;

static gboolean
directory_has_settled (gpointer user_data)
{
  RosterDirectoryState state = roster_directory_get_state (user_data);

  return state != ROSTER_DIRECTORY_OPENING && !roster_directory_get_refreshing (user_data) &&
         (state != ROSTER_DIRECTORY_OPEN || roster_directory_get_age (user_data) != NULL ||
          roster_directory_get_warning (user_data) != NULL);
}

static gboolean
list_is_long (gpointer user_data)
{
  RosterSync *sync = roster_directory_get_sync (user_data);

  return sync != NULL && roster_sync_get_n_read (sync) >= ENOUGH;
}

static gboolean
hits_list (FaultCell *cell)
{
  return g_str_equal (cell->bench->operation->path, "/Users");
}

/* Until it comes to an end; a list without one is cancelled when that has been seen. */
static void
wait_for_end (FaultCell *cell, RosterDirectory *directory)
{
  if (hits_list (cell) && cell->fault->traits & FAULT_ENDLESS)
    {
      fault_cell_wait (cell, list_is_long, directory);
      roster_directory_cancel_refresh (directory);
    }
  fault_cell_wait (cell, directory_has_settled, directory);
}

static gboolean
list_is_whole (gpointer user_data)
{
  Waiting *waiting = user_data;

  return roster_users_get_n_matching (roster_directory_get_users (waiting->directory)) ==
         waiting->n_total;
}

/* Everybody whom the service has is in the list, and nobody else. */
static void
check_whole_list (FaultCell *cell, RosterDirectory *directory)
{
  Waiting waiting = { directory, cell->bench->operation->n_people };

  if (roster_users_get_n_matching (roster_directory_get_users (directory)) != waiting.n_total &&
      !fault_cell_wait (cell, list_is_whole, &waiting))
    fault_cell_problem (cell, "The list has %u users and not %u",
                        roster_users_get_n_matching (roster_directory_get_users (directory)),
                        waiting.n_total);
}

static gboolean
count_says_about (gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autofree char *about = g_strdup_printf (" of about %u users", waiting->n_total);
  RosterUsers *users = roster_directory_get_users (waiting->directory);

  return strstr (roster_users_get_count_text (users), about) != NULL;
}

/* The service gave less than it says that it has, and did not say why: then the count says so. */
static void
check_short_list (FaultCell *cell, RosterDirectory *directory)
{
  Waiting waiting = { directory, cell->bench->operation->n_people };

  if (!fault_cell_wait (cell, count_says_about, &waiting))
    fault_cell_problem (cell, "The count says “%s”",
                        roster_users_get_count_text (roster_directory_get_users (directory)));
}

/* The fault is over: what is said to be tried again works. */
static void
check_recovers (FaultCell *cell, RosterDirectory *directory)
{
  if (roster_directory_get_client (directory) != NULL)
    roster_directory_refresh (directory);
  else
    roster_directory_open (directory, get_secret (cell));
  if (!fault_cell_wait (cell, directory_has_settled, directory))
    return;
  if (roster_directory_get_state (directory) != ROSTER_DIRECTORY_OPEN ||
      roster_directory_get_warning (directory) != NULL)
    fault_cell_problem (cell, "Trying again without the fault does not help");
  check_whole_list (cell, directory);
}

static void
judge_opening (FaultCell *cell, RosterDirectory *directory, const FaultExpected *expected)
{
  gboolean open = roster_directory_get_state (directory) == ROSTER_DIRECTORY_OPEN;
  const char *warning = roster_directory_get_warning (directory);

  if (open)
    cell->outcome =
      roster_outcome_new (warning == NULL ? ROSTER_OUTCOME_DONE : ROSTER_OUTCOME_NOT_DONE,
                          g_strdup ("The list is shown"), g_strdup (warning), NULL);
  else if (roster_directory_get_error (directory) != NULL)
    cell->outcome = roster_outcome_copy (roster_directory_get_error (directory));
  fault_check (cell, expected, open ? FAULT_MADE : FAULT_UNCHANGED);
  if (expected->kind != ROSTER_OUTCOME_DONE || !open)
    check_recovers (cell, directory);
  else if (hits_list (cell) && cell->fault->list == FAULT_SHORT)
    check_short_list (cell, directory);
  else
    check_whole_list (cell, directory);
  if (cell->outcome != NULL && cell->outcome->kind == ROSTER_OUTCOME_DONE)
    cell->outcome->body =
      g_strdup (roster_users_get_count_text (roster_directory_get_users (directory)));
}

static void
open_directory (FaultCell *cell, const FaultExpected *expected)
{
  RosterDirectory *directory = roster_directory_new (cell->bench->connection, NULL);

  fault_cell_begin (cell);
  roster_directory_open (directory, get_secret (cell));
  wait_for_end (cell, directory);
  fault_cell_end (cell);
  judge_opening (cell, directory, expected);
  roster_directory_close (directory);
  roster_test_settle ();
  g_object_unref (directory);
}

static void
run_open (FaultCell *cell)
{
  FaultExpected expected = fault_expect_open (cell);

  open_directory (cell, &expected);
}

static void
run_list (FaultCell *cell)
{
  FaultExpected expected = fault_expect_read (cell, cell->fault->list);

  /* What came until it was stopped is shown, and the banner says that it is not all. */
  if (cell->fault->traits & FAULT_ENDLESS)
    {
      expected.truth = FAULT_MADE;
      expected.next = FALSE;
    }
  open_directory (cell, &expected);
}

/* Refreshing a list that is there */

static void
run_refresh (FaultCell *cell)
{
  FaultExpected expected = fault_expect_read (cell, cell->fault->list);
  RosterDirectory *directory = cell->bench->directory;
  const char *warning;

  fault_cell_begin (cell);
  roster_directory_refresh (directory);
  wait_for_end (cell, directory);
  fault_cell_end (cell);
  warning = roster_directory_get_warning (directory);
  cell->outcome =
    roster_outcome_new (warning == NULL ? ROSTER_OUTCOME_DONE : ROSTER_OUTCOME_NOT_DONE,
                        g_strdup (warning == NULL ? "The list is fresh" : warning), NULL, NULL);
  /* A banner has a button and no room for more words. */
  expected.next = FALSE;
  expected.follows_fault = FALSE;
  fault_check (cell, &expected, warning == NULL ? FAULT_MADE : FAULT_UNCHANGED);
  if (roster_directory_get_state (directory) != ROSTER_DIRECTORY_OPEN)
    fault_cell_problem (cell, "The list that was there is not shown any more");
  /* Who was there stays, unless the list that came to its end is without them. */
  if (cell->fault->list == FAULT_SHORT)
    check_short_list (cell, directory);
  else if (!(cell->fault->traits & FAULT_ENDLESS))
    check_whole_list (cell, directory);
  if (expected.kind != ROSTER_OUTCOME_DONE)
    check_recovers (cell, directory);
}

static void
set_up_refresh (FaultBench *bench)
{
  bench->directory =
    directory_open (bench->connection, roster_test_service_get_client_secret (bench->service));
}

static void
tear_down_refresh (FaultBench *bench)
{
  roster_directory_close (bench->directory);
  roster_test_settle ();
  g_clear_object (&bench->directory);
}

#define AT(place) (1u << FAULT_AT_##place)

const FaultOperation fault_test = {
  .name = "test",
  .heading = "Test a new connection",
  .about = "Every reading is hit: users, schemas, configuration.",
  .personality = "rfc",
  .n_people = N_PEOPLE,
  .path = "*",
  .places = AT (ALL) | AT (TOKEN),
  .run = run_test,
};

const FaultOperation fault_open = {
  .name = "open",
  .heading = "Open a connection",
  .about = "The schemas and the configuration are hit: only without any answer the service cannot "
           "be used. The list that is read then is not hit.",
  .personality = "rfc",
  .n_people = N_PEOPLE,
  .path = "/S*",
  .places = AT (ALL) | AT (TOKEN),
  .parallel = TRUE,
  .run = run_open,
};

const FaultOperation fault_list = {
  .name = "list",
  .heading = "Read the list of users",
  .about = "For the first time: every page is hit.",
  .personality = "rfc",
  .n_people = N_PEOPLE,
  .path = "/Users",
  .places = AT (ALL),
  .background = TRUE,
  .parallel = TRUE,
  .run = run_list,
};

const FaultOperation fault_refresh = {
  .name = "refresh",
  .heading = "Read the list of users again",
  .about = "Every page is hit. Who was in the list stays there.",
  .personality = "rfc",
  .n_people = N_PEOPLE,
  .path = "/Users",
  .places = AT (ALL),
  .background = TRUE,
  .set_up = set_up_refresh,
  .run = run_refresh,
  .tear_down = tear_down_refresh,
};
