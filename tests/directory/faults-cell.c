/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include "client/scim-client-private.h"
#include "directory/roster-connection-private.h"
#include "directory/roster-directory-private.h"

/* Seconds. What is waited for comes within a fraction of one; a cell that needs this is red. */
#define BOUND 15

struct _FaultCall
{
  gatomicrefcount ref_count;
  GAsyncResult *result; /* nullable: under way */
};

static void
person_free (gpointer data)
{
  FaultPerson *person = data;

  g_free (person->id);
  g_free (person->user_name);
  g_free (person->display_name);
  g_free (person);
}

static void
request_free (gpointer data)
{
  FaultRequest *request = data;

  g_free (request->method);
  g_free (request->path);
  g_free (request->query);
  g_free (request);
}

static const char *
get_text (JsonObject *object, const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_string_member (object, name)
                                               : NULL;
}

/* WSO2 writes it as a boolean and as a text. */
static gboolean
is_true (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  return json_node_get_value_type (node) == G_TYPE_STRING
           ? g_str_equal (json_node_get_string (node), "true")
           : json_node_get_boolean (node);
}

static gboolean
is_usable (JsonObject *user)
{
  static const char *const needed[] = { "name", "title", "displayName", "emails" };
  JsonObject *system = json_object_has_member (user, SCIM_URN_WSO2_SYSTEM)
                         ? json_object_get_object_member (user, SCIM_URN_WSO2_SYSTEM)
                         : NULL;
  const char *state = system != NULL ? get_text (system, "accountState") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!json_object_has_member (user, needed[i]))
      return FALSE;
  return !g_str_has_prefix (get_text (user, "userName"), "SECONDARY/") &&
         !g_str_has_suffix (get_text (user, "userName"), "edge.case") &&
         (system != NULL || is_true (user, "active")) && !is_true (system, "accountLocked") &&
         !is_true (system, "accountDisabled") && (state == NULL || g_str_equal (state, "UNLOCKED"));
}

/* Who has all that the operations need, is active, and is in a store that can be written. */
static void
take_person (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  FaultBench *bench = user_data;
  JsonObject *user = json_node_get_object (node);
  FaultPerson *person;

  if (!is_usable (user))
    return;
  person = g_new0 (FaultPerson, 1);
  person->id = g_strdup (get_text (user, "id"));
  person->user_name = g_strdup (get_text (user, "userName"));
  person->display_name = g_strdup (get_text (user, "displayName"));
  g_ptr_array_add (bench->people, person);
}

static void
find_people (FaultBench *self)
{
  for (guint start = 1; start <= self->operation->n_people; start += 100)
    {
      g_autofree char *path = g_strdup_printf ("/Users?startIndex=%u&count=100", start);
      g_autofree char *answer = roster_test_service_ask (self->service, "GET", path, NULL, NULL);
      g_autoptr (JsonNode) root = json_from_string (answer, NULL);

      json_array_foreach_element (
        json_object_get_array_member (json_node_get_object (root), "Resources"), take_person, self);
    }
}

FaultBench *
fault_bench_new (const FaultOperation *operation)
{
  FaultBench *self = g_new0 (FaultBench, 1);
  g_autofree char *n_people = g_strdup_printf ("%u", operation->n_people);

  self->operation = operation;
  self->people = g_ptr_array_new_with_free_func (person_free);
  self->rows = g_ptr_array_new_with_free_func (g_free);
  self->service =
    roster_test_service_start ("--users", n_people, "--personality", operation->personality, NULL);
  find_people (self);
  self->connection = roster_connection_new (NULL);
  g_object_set (
    self->connection, "name", "Faults", "preset", ROSTER_PRESET_OTHER, "sign-in",
    ROSTER_SIGN_IN_CLIENT_CREDENTIALS, "url", roster_test_service_get_url (self->service),
    "token-url", roster_test_service_get_token_url (self->service), "client-id",
    roster_test_service_get_client_id (self->service), "dialect", operation->personality, NULL);
  if (operation->set_up != NULL)
    operation->set_up (self);
  return self;
}

void
fault_bench_free (FaultBench *self)
{
  if (self->operation->tear_down != NULL)
    self->operation->tear_down (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->service, roster_test_service_stop);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

FaultCell *
fault_cell_new (FaultBench *bench, const Fault *fault, FaultPlace place)
{
  FaultCell *self = g_new0 (FaultCell, 1);

  self->bench = bench;
  self->fault = fault;
  self->place = place;
  self->requests = g_ptr_array_new_with_free_func (request_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
fault_cell_free (FaultCell *self)
{
  g_clear_pointer (&self->outcome, roster_outcome_free);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->requests, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_free (self);
}

void
fault_cell_problem (FaultCell *self, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* A rule that could never hit anything is refused: such a fault stands alone, to show that it
 * concerns nobody. */
static gboolean
can_hit (const Fault *fault, const char *method)
{
  gboolean reads = g_str_equal (method, "GET");

  return !(fault->traits & (FAULT_ALONE | FAULT_IN_PERSON)) &&
         (reads || !(fault->traits & FAULT_IN_LISTS)) &&
         (!reads || !(fault->traits & FAULT_IN_WRITES)) &&
         (g_str_equal (method, "PATCH") || !(fault->traits & FAULT_IN_PATCHES));
}

static void
add_rule (GString *plan, const Fault *fault, const char *method, const char *path, const char *more)
{
  if (plan->len > 0)
    g_string_append_c (plan, ';');
  g_string_append (plan, fault->kind);
  if (!can_hit (fault, method))
    return;
  g_string_append_printf (plan, " %s %s", method, path);
  if (more != NULL)
    g_string_append_printf (plan, " %s", more);
  if (fault->rest != NULL)
    g_string_append_printf (plan, " %s", fault->rest);
}

/* An update reads the user before it writes, which AFTER spares. */
static char *
dup_plan (const FaultCell *self)
{
  const FaultOperation *operation = self->bench->operation;
  const char *read_first = operation->places & 1u << FAULT_AT_BEFORE ? "after=1" : NULL;
  GString *plan = g_string_new (NULL);

  switch (self->place)
    {
    case FAULT_AT_ALL:
      add_rule (plan, self->fault, "GET", operation->path, NULL);
      break;
    case FAULT_AT_WRITE:
      add_rule (plan, self->fault, operation->write, "/Users/*", NULL);
      break;
    case FAULT_AT_BEFORE:
      add_rule (plan, self->fault, "GET", "/Users/*", NULL);
      break;
    case FAULT_AT_WRITE_AND_AFTER:
      add_rule (plan, self->fault, operation->write, "/Users/*", NULL);
      add_rule (plan, self->fault, "GET", "/Users/*", read_first);
      break;
    case FAULT_AT_AFTER:
      add_rule (plan, self->fault, "GET", "/Users/*", read_first);
      break;
    case FAULT_AT_TOKEN:
      g_string_append (plan, "expire times=1");
      add_rule (plan, self->fault, "POST", "token", NULL);
      break;
    case FAULT_N_PLACES:
    default:
      g_assert_not_reached ();
    }
  return g_string_free (plan, FALSE);
}

static void
set_second (FaultBench *bench, guint milliseconds)
{
  roster_connection_set_second (bench->connection, milliseconds);
  if (bench->directory != NULL)
    scim_client_set_second (roster_directory_get_client (bench->directory), milliseconds);
}

void
fault_cell_begin (FaultCell *self)
{
  g_autofree char *plan = dup_plan (self);

  set_second (self->bench, self->fault->second);
  roster_test_service_clear_requests (self->bench->service);
  roster_test_service_set_fault (self->bench->service, plan);
}

static void
take_request (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  GPtrArray *requests = user_data;
  JsonObject *object = json_node_get_object (node);
  FaultRequest *request = g_new0 (FaultRequest, 1);

  request->method = g_strdup (get_text (object, "method"));
  request->path = g_strdup (get_text (object, "path"));
  request->query = g_strdup (get_text (object, "query"));
  request->status = (guint)json_object_get_int_member (object, "status");
  g_ptr_array_add (requests, request);
}

void
fault_cell_end (FaultCell *self)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;

  text = roster_test_service_dup_requests (self->bench->service);
  roster_test_service_set_fault (self->bench->service, "");
  set_second (self->bench, 1000);
  root = json_from_string (text, NULL);
  g_assert_nonnull (root);
  json_array_foreach_element (json_node_get_array (root), take_request, self->requests);
}

static gboolean
bound_cb (gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
  return G_SOURCE_CONTINUE;
}

gboolean
fault_cell_wait (FaultCell *self, gboolean (*condition) (gpointer), gpointer user_data)
{
  gboolean is_over = FALSE;
  guint source = g_timeout_add_seconds (BOUND, bound_cb, &is_over);

  while (!condition (user_data) && !is_over)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  if (!condition (user_data))
    {
      fault_cell_problem (self, "It did not come to an end within %d seconds", BOUND);
      return FALSE;
    }
  return TRUE;
}

static void
call_unref (FaultCall *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_object (&self->result);
  g_free (self);
}

/* One reference for the callback, one for who waits: either may be the last. */
FaultCall *
fault_call_new (void)
{
  FaultCall *self = g_new0 (FaultCall, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fault_call_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FaultCall *self = user_data;

  self->result = g_object_ref (result);
  call_unref (self);
}

static gboolean
call_has_ended (gpointer user_data)
{
  return ((FaultCall *)user_data)->result != NULL;
}

GAsyncResult *
fault_call_wait (FaultCall *self, FaultCell *cell)
{
  GAsyncResult *result;

  fault_cell_wait (cell, call_has_ended, self);
  result = g_steal_pointer (&self->result);
  call_unref (self);
  return result;
}

guint
fault_cell_count (FaultCell *self, const char *method, guint *n_sent)
{
  guint n = 0;

  *n_sent = 0;
  for (guint i = 0; i < self->requests->len; i++)
    {
      const FaultRequest *request = g_ptr_array_index (self->requests, i);

      if (!g_str_equal (request->method, method))
        continue;
      (*n_sent)++;
      if (request->status != 401 && request->status != 412)
        n++;
    }
  return n;
}

guint
fault_cell_count_tries (FaultCell *self)
{
  const FaultRequest *before = NULL;
  guint n = 0;
  guint longest = 0;

  for (guint i = 0; i < self->requests->len; i++)
    {
      const FaultRequest *request = g_ptr_array_index (self->requests, i);
      gboolean again = before != NULL && g_str_equal (before->method, request->method) &&
                       g_str_equal (before->path, request->path) &&
                       g_strcmp0 (before->query, request->query) == 0;

      n = again ? n + 1 : 1;
      if (g_str_equal (request->method, "GET"))
        longest = MAX (longest, n);
      before = request;
    }
  return longest;
}
