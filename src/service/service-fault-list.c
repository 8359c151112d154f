/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the list of users: its pages, its count, the ids in it. */
#include "service-fault-private.h"

#include "service-json.h"

#include <string.h>

/* Ids that have to be escaped in an address, once and not twice, begin with this. */
#define ODD_ID "a/b?c#d%2Fe fü+"

typedef ScimResource *(*ChangeResource) (ScimResource *resource, gpointer user_data);

/* The query with one parameter changed; value NULL: without it. */
static GHashTable *
copy_query (const RosterServiceRequest *request, const char *name, const char *value)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, request->query);
  while (g_hash_table_iter_next (&iter, &key, &text))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (text));
  g_hash_table_remove (copy, name);
  if (value != NULL)
    g_hash_table_insert (copy, g_strdup (name), g_strdup (value));
  return copy;
}

static void
handle_with_query (RosterServiceRequest *request, const char *name, const char *value)
{
  GHashTable *query = request->query;
  g_autoptr (GHashTable) copy = copy_query (request, name, value);

  request->query = copy;
  roster_service_request_handle (request);
  request->query = query;
}

/* Passes each user in the answer, in a list or alone, through `change`, which may return the
 * same. */
static void
change_resources (const RosterServiceRequest *request, ChangeResource change, gpointer user_data)
{
  g_autoptr (ScimJson) json = roster_service_fault_read_answer (request);
  g_autoptr (ScimJson) changed = NULL;
  g_autoptr (GString) list = g_string_new ("[");
  ScimNode root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;
  ScimNode resources = scim_node_get_member (root, "Resources");
  gboolean is_list = scim_node_get_type (resources) == SCIM_JSON_ARRAY;

  if (!is_list && !scim_node_exists (scim_node_get_member (root, "id")))
    return;
  for (ScimNode node = is_list ? scim_node_get_first (resources) : root; scim_node_exists (node);
       node = is_list ? scim_node_get_next (node) : SCIM_NODE_NONE)
    {
      g_autoptr (ScimResource) before = scim_resource_new_from_node (node);
      g_autoptr (ScimResource) after = change (before, user_data);
      g_autofree char *raw = scim_node_dup_raw (scim_resource_get_root (after));

      roster_service_json_comma (list);
      g_string_append (list, raw);
    }
  if (is_list)
    {
      g_string_append_c (list, ']');
      changed = scim_json_replace (resources, list->str, NULL);
    }
  else
    {
      changed = scim_json_new_from_text (list->str + 1, -1, NULL);
    }
  roster_service_request_replace_answer (request, scim_json_get_bytes (changed));
}

static ScimResource *
set_text (const ScimResource *resource, const char *path, const char *text)
{
  g_autofree char *raw = scim_json_quote (text);
  ScimResource *changed = scim_resource_set (resource, path, raw, NULL);

  g_assert (changed != NULL);
  return changed;
}

void
roster_service_fault_wrong_total (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, rule->number);
  g_autoptr (ScimJson) json = NULL;
  g_autoptr (ScimJson) wrong = NULL;
  ScimNode node;

  roster_service_request_handle (request);
  json = roster_service_fault_read_answer (request);
  if (json == NULL)
    return;
  node = scim_node_get_member (scim_json_get_root (json), "totalResults");
  wrong = scim_node_exists (node) ? scim_json_replace (node, total, NULL) : NULL;
  if (wrong != NULL)
    roster_service_request_replace_answer (request, scim_json_get_bytes (wrong));
}

void
roster_service_fault_same_page (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  if (request->query != NULL)
    handle_with_query (request, "startIndex", NULL);
  else
    roster_service_request_handle (request);
}

/* Somebody new at a place past the end of the list. */
static void
append_new (GString *out,
            const RosterServiceRequest *request,
            RosterServicePeople *people,
            guint at)
{
  RosterServiceUsers *users = request->service->users;
  const RosterServiceUser *like =
    roster_service_users_get_at (users, at % roster_service_users_get_n (users));
  g_autoptr (GBytes) bytes = roster_service_project (request, like);
  g_autoptr (ScimResource) resource = scim_resource_new (bytes, NULL);
  g_autoptr (ScimResource) with_id = NULL;
  g_autoptr (ScimResource) with_name = NULL;
  g_autofree char *store = NULL;
  g_autofree char *user_name = NULL;
  g_autofree char *raw = NULL;
  char id[37];

  roster_service_people_get_id (people, at, id);
  scim_user_name_split (like->user_name, &store);
  user_name =
    g_strdup_printf ("%s%sendless.%u", store != NULL ? store : "", store != NULL ? "/" : "", at);
  with_id = set_text (resource, "id", id);
  with_name = set_text (with_id, "userName", user_name);
  raw = scim_node_dup_raw (scim_resource_get_root (with_name));
  roster_service_json_comma (out);
  g_string_append (out, raw);
}

static guint
read_number (const RosterServiceRequest *request, const char *name, guint fallback)
{
  const char *text = roster_service_request_get_query (request, name);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT, &number, NULL))
    return fallback;
  return (guint)number;
}

/* The people of the directory come first, as they should. */
static void
append_page (GString *out, const RosterServiceRequest *request, guint start, guint count)
{
  g_autoptr (RosterServicePeople) people = roster_service_people_new (request->service->seed);
  RosterServiceUsers *users = request->service->users;

  for (guint at = start - 1; at < start - 1 + count; at++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (at >= roster_service_users_get_n (users))
        {
          append_new (out, request, people, at);
          continue;
        }
      bytes = roster_service_project (request, roster_service_users_get_at (users, at));
      roster_service_json_comma (out);
      g_string_append_len (out, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes));
    }
}

void
roster_service_fault_endless (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  const RosterServicePersonality *personality = request->service->personality;
  guint start = MAX (read_number (request, "startIndex", 1), 1);
  guint count = read_number (request, "count", personality->default_count);
  GString *text;

  roster_service_request_handle (request);
  if (soup_server_message_get_status (request->message) != 200 || count == 0 ||
      roster_service_users_get_n (request->service->users) == 0)
    return;
  /* A page is at most as long as the longest that any service here gives. */
  count = MIN (count, personality->max_count > 0 ? personality->max_count : 1000);
  text = g_string_new (NULL);
  g_string_printf (text,
                   "{\"totalResults\":%u,\"startIndex\":%u,\"itemsPerPage\":%u,"
                   "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
                   "\"Resources\":[",
                   start + 2 * count, start, count);
  append_page (text, request, start, count);
  g_string_append (text, "]}");
  roster_service_fault_replace_json (request, text);
}

/* Every second user has the id of the one before. */
static ScimResource *
repeat_id (ScimResource *resource, gpointer user_data)
{
  char **id = user_data;
  g_autofree char *last = g_steal_pointer (id);

  if (last != NULL)
    return set_text (resource, "id", last);
  *id = scim_resource_dup_text (resource, "id");
  return scim_resource_ref (resource);
}

void
roster_service_fault_duplicate_ids (const RosterServiceFaultRule *rule,
                                    RosterServiceRequest *request)
{
  g_autofree char *id = NULL;

  roster_service_request_handle (request);
  change_resources (request, repeat_id, &id);
}

static ScimResource *
make_id_odd (ScimResource *resource, gpointer user_data)
{
  g_autofree char *id = scim_resource_dup_text (resource, "id");
  g_autofree char *odd = g_strconcat (ODD_ID, id, NULL);

  return id != NULL ? set_text (resource, "id", odd) : scim_resource_ref (resource);
}

/* Back from an odd id in the address to the real one; others are unknown. */
static void
find_odd_path (RosterServiceRequest *request)
{
  const char *escaped = request->path + strlen ("/Users/");
  g_autofree char *id = NULL;

  if (!g_str_has_prefix (request->path, "/Users/") || *escaped == '\0')
    return;
  if (strchr (escaped, '/') == NULL)
    id = g_uri_unescape_string (escaped, NULL);
  g_free (request->path);
  if (id != NULL && g_str_has_prefix (id, ODD_ID))
    request->path = g_strconcat ("/Users/", id + strlen (ODD_ID), NULL);
  else
    request->path = g_strdup ("/Users/unknown");
}

static void
set_odd_location (const RosterServiceRequest *request)
{
  g_autofree char *prefix = g_uri_escape_string (ODD_ID, NULL, FALSE);
  g_autofree char *location = NULL;

  if (!g_str_has_prefix (request->path, "/Users/"))
    return;
  location = g_strdup_printf ("%s/Users/%s%s", request->base_url, prefix,
                              request->path + strlen ("/Users/"));
  roster_service_request_set_header (request, "Content-Location", location);
}

void
roster_service_fault_odd_ids (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  const char *filter = roster_service_request_get_query (request, "filter");

  find_odd_path (request);
  if (filter != NULL)
    {
      g_autoptr (GString) real = g_string_new (filter);

      g_string_replace (real, ODD_ID, "", 0);
      handle_with_query (request, "filter", real->str);
    }
  else
    {
      roster_service_request_handle (request);
    }
  change_resources (request, make_id_odd, NULL);
  if (soup_server_message_get_status (request->message) == 200)
    set_odd_location (request);
}
