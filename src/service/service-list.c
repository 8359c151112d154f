/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GET /Users: RFC 7644 section 3.4.2. */
#include "service-http.h"

#include "service-json.h"

#include "scim/scim-error.h"

#include <stdlib.h>
#include <string.h>

typedef struct
{
  RosterServiceUser *user;
  char *key; /* nullable: what sorting compares */
  guint position;
} Row;

static void
row_clear (gpointer data)
{
  g_free (((Row *)data)->key);
}

/* The user store that a WSO2 user name begins with. */
static gboolean
is_in_domain (const RosterServiceUser *user, const char *domain)
{
  g_autofree char *store = NULL;

  scim_user_name_split (user->user_name, &store);
  return store != NULL && g_ascii_strcasecmp (store, domain) == 0;
}

/* FALSE, with the answer given, for a store that does not exist. */
static gboolean
check_domain (const RosterServiceRequest *self, const char **domain)
{
  *domain = NULL;
  if (!self->service->personality->strict_headers)
    return TRUE;
  *domain = roster_service_request_get_query (self, "domain");
  if (*domain == NULL || g_ascii_strcasecmp (*domain, "DEFAULT") == 0 ||
      g_ascii_strcasecmp (*domain, "SECONDARY") == 0)
    return TRUE;
  roster_service_respond_failure (self, 400, "invalidValue",
                                  "The provided domain is not a user store.");
  return FALSE;
}

static GArray *
select_rows (const RosterServiceRequest *self, const ScimFilter *filter, const char *domain)
{
  RosterServiceUsers *users = self->service->users;
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));

  g_array_set_clear_func (rows, row_clear);
  for (guint i = 0; i < roster_service_users_get_n (users); i++)
    {
      Row row = { roster_service_users_get_at (users, i), NULL, i };

      if (domain != NULL && !is_in_domain (row.user, domain))
        continue;
      if (filter != NULL)
        {
          g_autoptr (ScimResource) resource = roster_service_user_dup_resource (row.user);

          if (!scim_filter_matches (filter, scim_resource_get_root (resource)))
            continue;
        }
      g_array_append_val (rows, row);
    }
  return rows;
}

/* Users without a value come last, whatever the direction (section 3.4.2.3). */
static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Row *x = a;
  const Row *y = b;
  gboolean descending = GPOINTER_TO_INT (user_data);
  int order;

  if ((x->key == NULL) != (y->key == NULL))
    return x->key == NULL ? 1 : -1;
  order = g_strcmp0 (x->key, y->key);
  if (order != 0)
    return descending ? -order : order;
  return x->position < y->position ? -1 : 1;
}

/* FALSE, with the answer given, where sorting is not supported. */
static gboolean
sort_rows (const RosterServiceRequest *self, GArray *rows)
{
  const char *sort_by = roster_service_request_get_query (self, "sortBy");
  const char *sort_order = roster_service_request_get_query (self, "sortOrder");

  if (sort_by == NULL && sort_order == NULL)
    return TRUE;
  if (!self->service->personality->sorts)
    {
      roster_service_respond_failure (self, 501, NULL, "Sorting is not supported.");
      return FALSE;
    }
  if (sort_by == NULL)
    return TRUE;
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      g_autoptr (ScimResource) resource = roster_service_user_dup_resource (row->user);
      g_autofree char *text = scim_resource_dup_main_value (resource, sort_by);

      row->key = text != NULL ? g_utf8_casefold (text, -1) : NULL;
    }
  g_array_sort_with_data (rows, compare_rows,
                          GINT_TO_POINTER (g_strcmp0 (sort_order, "descending") == 0));
  return TRUE;
}

/* FALSE, with the answer given, for a text that is no number. */
static gboolean
read_number (const RosterServiceRequest *self, const char *name, gint64 fallback, gint64 *number)
{
  const char *text = roster_service_request_get_query (self, name);
  char *end;

  *number = fallback;
  if (text == NULL)
    return TRUE;
  *number = g_ascii_strtoll (text, &end, 10);
  if (end != text && *end == '\0')
    return TRUE;
  roster_service_respond_failure (self, 400, "invalidValue", "startIndex and count are integers.");
  return FALSE;
}

static void
respond_page (const RosterServiceRequest *self, GArray *rows, gint64 start, gint64 count)
{
  const RosterServicePersonality *personality = self->service->personality;
  guint from = (guint)MIN (MAX (start, 1) - 1, (gint64)rows->len);
  guint n = (guint)CLAMP (count, 0, (gint64)(rows->len - from));
  /* WSO2 counts nothing when it is asked for nothing (SCIM-SERVICES section 3.1). */
  guint total = count <= 0 && personality->strict_headers ? 0 : rows->len;
  GString *body = g_string_sized_new (n * 2048 + 256);

  g_string_printf (body,
                   "{\"totalResults\":%u,\"startIndex\":%u,\"itemsPerPage\":%u,"
                   "\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"]",
                   total, from + 1, n);
  if (n > 0 || !personality->omits_empty)
    {
      roster_service_json_key (body, "Resources");
      g_string_append_c (body, '[');
      for (guint i = from; i < from + n; i++)
        {
          g_autoptr (GBytes) user =
            roster_service_project (self, g_array_index (rows, Row, i).user);
          gsize length;
          const char *data = g_bytes_get_data (user, &length);

          if (i > from)
            g_string_append_c (body, ',');
          g_string_append_len (body, data, (gssize)length);
        }
      g_string_append_c (body, ']');
    }
  g_string_append_c (body, '}');
  roster_service_respond (self, 200, body);
}

void
roster_service_handle_list (const RosterServiceRequest *self)
{
  const RosterServicePersonality *personality = self->service->personality;
  const char *text = roster_service_request_get_query (self, "filter");
  g_autoptr (ScimFilter) filter = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const char *domain;
  gint64 start, count;

  if (!g_str_equal (self->method, "GET"))
    {
      roster_service_respond_failure (self, 501, NULL, "Only GET is supported here.");
      return;
    }
  if (!roster_service_request_allows (self, ROSTER_SERVICE_SCOPE_LIST) ||
      !check_domain (self, &domain) || !read_number (self, "startIndex", 1, &start) ||
      !read_number (self, "count", personality->default_count, &count))
    return;
  if (personality->max_count > 0)
    count = MIN (count, personality->max_count);
  if (text != NULL)
    {
      filter = personality->parse_filter (text, &error);
      if (filter == NULL)
        {
          roster_service_respond_error (self, error);
          return;
        }
    }
  rows = select_rows (self, filter, domain);
  if (sort_rows (self, rows))
    respond_page (self, rows, start, count);
}
