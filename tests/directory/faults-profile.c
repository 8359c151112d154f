/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on one profile, in a directory that is open: viewing and the four that write. */
#include "faults-operations.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include "directory/roster-users-private.h"
#include "support/roster-test-wait.h"
#include "user-double.h"

#define NEW_TITLE    "Keeper of Faults"
#define NEW_GIVEN    "Robin"
#define NEW_PASSWORD "Tmp-4711-faults!"

/* What the service showed before and shows now, asked for without Roster's help. */
typedef struct
{
  guint status;
  char *user_name;
  char *title;
  char *given;
  char *family;
  char *state; /* nullable: accountState */
} Shown;

static char *
dup_member (JsonObject *object, const char *name)
{
  return object != NULL && json_object_has_member (object, name)
           ? g_strdup (json_object_get_string_member (object, name))
           : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  return object != NULL && json_object_has_member (object, name)
           ? json_object_get_object_member (object, name)
           : NULL;
}

static Shown *
ask (FaultCell *cell)
{
  g_autofree char *path = g_strconcat ("/Users/", cell->person->id, NULL);
  Shown *shown = g_new0 (Shown, 1);
  g_autofree char *answer =
    roster_test_service_ask (cell->bench->service, "GET", path, NULL, &shown->status);
  g_autoptr (JsonNode) root = shown->status == 200 ? json_from_string (answer, NULL) : NULL;
  JsonObject *user = root != NULL ? json_node_get_object (root) : NULL;

  g_assert_true (shown->status == 200 || shown->status == 404);
  shown->user_name = dup_member (user, "userName");
  shown->title = dup_member (user, "title");
  shown->given = dup_member (get_object (user, "name"), "givenName");
  shown->family = dup_member (get_object (user, "name"), "familyName");
  shown->state = dup_member (get_object (user, SCIM_URN_WSO2_SYSTEM), "accountState");
  return shown;
}

static void
shown_free (Shown *self)
{
  g_free (self->user_name);
  g_free (self->title);
  g_free (self->given);
  g_free (self->family);
  g_free (self->state);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Shown, shown_free)

static void
set_up (FaultBench *bench)
{
  bench->directory =
    directory_open (bench->connection, roster_test_service_get_client_secret (bench->service));
}

static void
tear_down (FaultBench *bench)
{
  roster_directory_close (bench->directory);
  roster_test_settle ();
  g_clear_object (&bench->directory);
}

/* Each cell has a user of its own: what one leaves behind is nothing to the next. */
static void
take_person (FaultCell *cell)
{
  g_assert_cmpuint (cell->bench->n_used, <, cell->bench->people->len);
  cell->person = g_ptr_array_index (cell->bench->people, cell->bench->n_used++);
}

/* The id under which the service shows the user now. */
static char *
find_id (FaultCell *cell, const char *user_name)
{
  g_autofree char *filter = g_strdup_printf ("userName eq \"%s\"", user_name);
  g_autofree char *escaped = g_uri_escape_string (filter, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/Users?filter=", escaped, NULL);
  g_autofree char *answer = roster_test_service_ask (cell->bench->service, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) root = json_from_string (answer, NULL);
  JsonArray *resources = json_object_get_array_member (json_node_get_object (root), "Resources");

  g_assert_cmpuint (json_array_get_length (resources), ==, 1);
  return dup_member (json_array_get_object_element (resources, 0), "id");
}

static void
prepare (FaultCell *cell)
{
  g_autoptr (Shown) now = NULL;

  take_person (cell);
  cell->id = g_strdup (cell->person->id);
  if (!(cell->fault->traits & FAULT_IN_PERSON))
    return;
  now = ask (cell);
  roster_test_service_set_fault (cell->bench->service, cell->fault->kind);
  if (g_str_equal (cell->fault->kind, "odd-ids"))
    {
      g_free (cell->id);
      cell->id = find_id (cell, now->user_name);
    }
}

static RosterProfile *
load (FaultCell *cell)
{
  prepare (cell);
  return profile_load (cell->bench->directory, cell->id);
}

static void
type (FaultCell *cell, RosterProfile *profile, const char *path, const char *text)
{
  profile_type (profile, roster_directory_get_schemas (cell->bench->directory), path, 0, text);
}

/* What buttons hang on is as before, unless the account itself is another. */
static void
check_allowed (FaultCell *cell, RosterProfile *profile)
{
  static const RosterVerb verbs[] = { ROSTER_VERB_UPDATE, ROSTER_VERB_DELETE,
                                      ROSTER_VERB_RESET_PASSWORD };

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *reason = NULL;

      if (!roster_profile_allows (profile, verbs[i], &reason))
        fault_cell_problem (cell, "An action is not allowed any more: %s", reason);
    }
}

/* View */

static void
run_view (FaultCell *cell)
{
  FaultCall *call = fault_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RosterProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  FaultExpected expected = fault_expect_read (cell, cell->fault->user);

  prepare (cell);
  fault_cell_begin (cell);
  roster_directory_load_profile_async (cell->bench->directory, cell->id, NULL, fault_call_cb, call);
  result = fault_call_wait (call, cell);
  fault_cell_end (cell);
  if (result == NULL)
    return;
  profile = roster_directory_load_profile_finish (cell->bench->directory, result, &error);
  if (profile == NULL)
    {
      cell->outcome = roster_outcome_new_from_error (ROSTER_OUTCOME_NOT_DONE,
                                                     "The profile could not be read", error);
      fault_check (cell, &expected, FAULT_UNCHANGED);
      return;
    }
  cell->outcome = roster_outcome_new (ROSTER_OUTCOME_DONE, g_strdup ("The profile is shown"),
                                      g_strdup (roster_profile_get_title (profile)), NULL);
  fault_check (cell, &expected, FAULT_MADE);
  if (g_strcmp0 (roster_profile_get_id (profile), cell->id) != 0)
    fault_cell_problem (cell, "Another user is shown");
  if (roster_draft_get_n_changes (roster_profile_get_draft (profile)) != 0)
    fault_cell_problem (cell, "A profile that nobody touched has changes");
  check_allowed (cell, profile);
}

/* Update */

static FaultTruth
judge_update (const Shown *before, const Shown *now)
{
  gboolean title = g_strcmp0 (now->title, NEW_TITLE) == 0;
  gboolean given = g_strcmp0 (now->given, NEW_GIVEN) == 0;

  if (now->status == 404)
    return FAULT_ABSENT;
  if (title && given)
    return FAULT_MADE;
  return title || given ? FAULT_PARTLY : FAULT_UNCHANGED;
}

static void
check_draft (FaultCell *cell, RosterProfile *profile, const FaultExpected *expected)
{
  RosterDraft *draft = roster_profile_get_draft (profile);
  g_autofree char *title = scim_resource_dup_text (roster_draft_get_target (draft), "title");
  g_autofree char *given =
    scim_resource_dup_text (roster_draft_get_target (draft), "name.givenName");
  guint n = roster_draft_get_n_changes (draft);

  if (!roster_draft_get_valid (draft))
    fault_cell_problem (cell, "What was typed is not valid any more");
  /* Only what was not done is still to be sent; but all of it is in the form. */
  if (!expected->kept && n != 0)
    fault_cell_problem (cell, "%u changes are left", n);
  if (expected->kept && n != (expected->truth == FAULT_PARTLY ? 1u : 2u))
    fault_cell_problem (cell, "%u changes are kept", n);
  if (g_strcmp0 (title, NEW_TITLE) != 0 || g_strcmp0 (given, NEW_GIVEN) != 0)
    fault_cell_problem (cell, "What was typed is not in the form any more");
}

/* What is beside the edited must be as it was, or what is said must name it. */
static void
check_beside (FaultCell *cell, const Shown *before, const Shown *now)
{
  if (now->status == 404 || g_strcmp0 (before->family, now->family) == 0)
    return;
  if (cell->outcome->body == NULL || strstr (cell->outcome->body, before->family) == NULL)
    fault_cell_problem (cell, "The family name was lost, and nothing is said of it");
}

static void
run_update (FaultCell *cell)
{
  g_autoptr (RosterProfile) profile = load (cell);
  FaultExpected expected = fault_expect_update (cell);
  FaultCall *call = fault_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (Shown) before = NULL;
  g_autoptr (Shown) now = NULL;

  roster_test_service_set_fault (cell->bench->service, "");
  before = ask (cell);
  type (cell, profile, "title", NEW_TITLE);
  type (cell, profile, "name.givenName", NEW_GIVEN);
  fault_cell_begin (cell);
  roster_profile_update_async (profile, NULL, fault_call_cb, call);
  result = fault_call_wait (call, cell);
  fault_cell_end (cell);
  if (result == NULL)
    return;
  cell->outcome = roster_profile_update_finish (profile, result, NULL);
  now = ask (cell);
  fault_check (cell, &expected, judge_update (before, now));
  if (cell->outcome == NULL)
    return;
  check_draft (cell, profile, &expected);
  check_beside (cell, before, now);
  check_allowed (cell, profile);
}

/* Delete */

/* The list must agree with what is said. */
static void
check_listed (FaultCell *cell, gboolean listed)
{
  const char *plain = scim_user_name_split (cell->person->user_name, NULL);
  RosterUsers *users = roster_directory_get_users (cell->bench->directory);

  /* The list was read before the user had those names. */
  if (cell->fault->traits & FAULT_IN_PERSON)
    return;
  if ((roster_users_count_plain_user_name (users, plain) > 0) != listed)
    fault_cell_problem (cell, listed ? "The user is not in the list any more"
                                     : "The user is still in the list");
}

static void
run_delete (FaultCell *cell)
{
  g_autoptr (RosterProfile) profile = load (cell);
  FaultExpected expected = fault_expect_delete (cell);
  FaultCall *call = fault_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (Shown) now = NULL;

  fault_cell_begin (cell);
  roster_profile_delete_async (profile, roster_profile_get_user_name (profile), NULL, fault_call_cb,
                               call);
  result = fault_call_wait (call, cell);
  fault_cell_end (cell);
  if (result == NULL)
    return;
  cell->outcome = roster_profile_delete_finish (profile, result, NULL);
  now = ask (cell);
  fault_check (cell, &expected, now->status == 404 ? FAULT_ABSENT : FAULT_UNCHANGED);
  check_listed (cell, expected.kind != ROSTER_OUTCOME_DONE);
  check_allowed (cell, profile);
}

/* The two resets: what is being typed elsewhere in the profile must outlast them. */

static void
check_typed (FaultCell *cell, RosterProfile *profile)
{
  RosterDraft *draft = roster_profile_get_draft (profile);
  g_autofree char *title = scim_resource_dup_text (roster_draft_get_target (draft), "title");

  if (roster_draft_get_n_changes (draft) != 1 || g_strcmp0 (title, NEW_TITLE) != 0)
    fault_cell_problem (cell, "What was typed is not in the form any more");
}

static FaultTruth
judge_invitation (const Shown *now)
{
  if (now->status == 404)
    return FAULT_ABSENT;
  return g_strcmp0 (now->state, "PENDING_FUPR") == 0 ? FAULT_MADE : FAULT_UNCHANGED;
}

static void
run_invite (FaultCell *cell)
{
  g_autoptr (RosterProfile) profile = load (cell);
  FaultExpected expected = fault_expect_invite (cell);
  FaultCall *call = fault_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (Shown) now = NULL;

  type (cell, profile, "title", NEW_TITLE);
  fault_cell_begin (cell);
  roster_profile_invite_async (profile, NULL, fault_call_cb, call);
  result = fault_call_wait (call, cell);
  fault_cell_end (cell);
  if (result == NULL)
    return;
  cell->outcome = roster_profile_invite_finish (profile, result, NULL);
  now = ask (cell);
  fault_check (cell, &expected, judge_invitation (now));
  check_typed (cell, profile);
  check_allowed (cell, profile);
}

/* Whoever has the password can sign in with it. */
static FaultTruth
judge_password (FaultCell *cell)
{
  g_autofree char *url =
    g_strconcat (roster_test_service_get_url (cell->bench->service), "/Me", NULL);
  g_autoptr (Shown) now = ask (cell);
  g_autofree char *basic = NULL;
  guint status;

  if (now->status == 404)
    return FAULT_ABSENT;
  basic = roster_test_basic (now->user_name, NEW_PASSWORD);
  g_free (roster_test_request ("GET", url, basic, NULL, &status));
  return status == 200 ? FAULT_MADE : FAULT_UNCHANGED;
}

static void
run_password (FaultCell *cell)
{
  g_autoptr (RosterProfile) profile = load (cell);
  FaultExpected expected = fault_expect_password (cell);
  FaultCall *call = fault_call_new ();
  g_autoptr (GAsyncResult) result = NULL;

  type (cell, profile, "title", NEW_TITLE);
  fault_cell_begin (cell);
  roster_profile_set_password_async (profile, NEW_PASSWORD, NULL, fault_call_cb, call);
  result = fault_call_wait (call, cell);
  fault_cell_end (cell);
  if (result == NULL)
    return;
  cell->outcome = roster_profile_set_password_finish (profile, result, NULL);
  fault_check (cell, &expected, judge_password (cell));
  check_typed (cell, profile);
  check_allowed (cell, profile);
  if (cell->outcome != NULL && cell->outcome->body != NULL &&
      strstr (cell->outcome->body, NEW_PASSWORD) != NULL)
    fault_cell_problem (cell, "The password is shown");
}

#define AT(place) (1u << FAULT_AT_##place)
#define WRITES    (AT (WRITE) | AT (AFTER) | AT (WRITE_AND_AFTER))

const FaultOperation fault_view = {
  .name = "view",
  .heading = "View a profile",
  .about = "The user is read; every reading is hit.",
  .personality = "rfc",
  .n_people = 200,
  .path = "/Users/*",
  .places = AT (ALL) | AT (TOKEN),
  .set_up = set_up,
  .run = run_view,
  .tear_down = tear_down,
};

const FaultOperation fault_update_rfc = {
  .name = "update",
  .heading = "Update a profile",
  .about = "The job title and the given name are changed, on a service with ETags: it is read, "
           "written and read back.",
  .personality = "rfc",
  .n_people = 300,
  .write = "PATCH",
  .places = WRITES | AT (BEFORE) | AT (TOKEN),
  .set_up = set_up,
  .run = run_update,
  .tear_down = tear_down,
};

const FaultOperation fault_update_wso2 = {
  .name = "update-wso2",
  .heading = "Update a profile on WSO2",
  .about = "The same in WSO2’s way, without ETags.",
  .personality = "wso2",
  .n_people = 300,
  .write = "PATCH",
  .places = WRITES | AT (BEFORE) | AT (TOKEN),
  .set_up = set_up,
  .run = run_update,
  .tear_down = tear_down,
};

const FaultOperation fault_delete = {
  .name = "delete",
  .heading = "Delete a user",
  .about = "The user name was typed; then the service is asked whether the user is gone.",
  .personality = "rfc",
  .n_people = 300,
  .write = "DELETE",
  .places = WRITES | AT (TOKEN),
  .set_up = set_up,
  .run = run_delete,
  .tear_down = tear_down,
};

const FaultOperation fault_invite = {
  .name = "invite",
  .heading = "Invite a user to set a password",
  .about = "WSO2’s forced reset; then the account is read to see what it did. A job title is being "
           "typed meanwhile.",
  .personality = "wso2",
  .n_people = 300,
  .write = "PATCH",
  .places = WRITES | AT (TOKEN),
  .once = TRUE,
  .set_up = set_up,
  .run = run_invite,
  .tear_down = tear_down,
};

const FaultOperation fault_password = {
  .name = "password",
  .heading = "Set a temporary password",
  .about = "Whether it was set is checked by signing in with it. A job title is being typed "
           "meanwhile.",
  .personality = "rfc",
  .n_people = 300,
  .write = "PATCH",
  .places = WRITES | AT (TOKEN),
  .once = TRUE,
  .set_up = set_up,
  .run = run_password,
  .tear_down = tear_down,
};
