/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of the list of users, of ids and of names. */
#include "fault-client.h"

#include <string.h>

/* A page under the plan in force. */
static char *
get_page (RosterTestService *service, guint start, guint count)
{
  g_autofree char *path = g_strdup_printf ("/Users?startIndex=%u&count=%u", start, count);
  guint status;
  char *answer = roster_test_service_ask (service, "GET", path, NULL, &status);

  g_assert_cmpuint (status, ==, 200);
  return answer;
}

static char *
dup_id (const char *page, guint position)
{
  g_autofree char *place = g_strdup_printf ("Resources/%u/id", position);
  char *id = service_test_get (page, place);

  g_assert_nonnull (id);
  return id;
}

static void
test_wrong_total (gconstpointer personality)
{
  static const char *const totals[] = { "2", "1000000", "0", "-1" };
  g_autoptr (RosterTestService) service = fault_service_new (personality);

  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      g_autofree char *plan = g_strdup_printf ("wrong-total:%s", totals[i]);
      g_autofree char *page = NULL;

      roster_test_service_set_fault (service, plan);
      page = get_page (service, 1, 4);
      service_test_assert (page, "totalResults", totals[i]);
      service_test_assert (page, "itemsPerPage", "4");
      service_test_assert (page, "Resources", "[4]");
    }
}

static void
test_same_page (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *right = get_page (service, 1, 2);
  g_autofree char *first = NULL;
  g_autofree char *third = NULL;
  g_autofree char *bare = NULL;

  roster_test_service_set_fault (service, "same-page");
  first = get_page (service, 1, 2);
  third = get_page (service, 5, 2);
  bare = roster_test_service_ask (service, "GET", "/Users", NULL, NULL);
  g_assert_cmpstr (first, ==, right);
  g_assert_cmpstr (third, ==, right);
  service_test_assert (bare, "Resources", "[6]");
}

/* Page after page is full, and nobody comes twice. */
static void
test_endless (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *right = get_page (service, 1, 6);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *none = NULL;

  roster_test_service_set_fault (service, "endless");
  for (guint page = 0; page < 5; page++)
    {
      g_autofree char *answer = get_page (service, page * 4 + 1, 4);

      service_test_assert (answer, "Resources", "[4]");
      service_test_assert (answer, "itemsPerPage", "4");
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *name = g_strdup_printf ("Resources/%u/userName", i);
          g_autofree char *user_name = service_test_get (answer, name);

          if (page * 4 + i < 6)
            {
              g_autofree char *expected = dup_id (right, page * 4 + i);
              g_autofree char *id = dup_id (answer, i);

              g_assert_cmpstr (id, ==, expected);
            }
          g_assert_nonnull (user_name);
          g_assert_true (g_hash_table_add (ids, dup_id (answer, i)));
        }
    }
  none = roster_test_service_ask (service, "GET", "/Users?count=0", NULL, NULL);
  g_assert_null (strstr (none, "userName"));
}

static void
test_duplicate_ids (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *right = get_page (service, 1, 5);
  g_autofree char *wrong = NULL;

  roster_test_service_set_fault (service, "duplicate-ids");
  wrong = get_page (service, 1, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = dup_id (wrong, i);
      g_autofree char *expected = dup_id (right, i - i % 2);

      g_assert_cmpstr (id, ==, expected);
    }
}

/* Whoever escapes an id finds its user, in every way. */
static void
test_odd_ids (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *real = fault_service_dup_user (service, 0);
  g_autofree char *page = NULL;
  g_autofree char *id = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  g_autofree char *user = NULL;
  g_autofree char *filter = NULL;
  g_autofree char *escaped_filter = NULL;
  g_autofree char *query = NULL;
  g_autofree char *found = NULL;
  g_autofree char *patched = NULL;
  guint status;

  roster_test_service_set_fault (service, "odd-ids");
  page = get_page (service, 1, 1);
  id = dup_id (page, 0);
  for (const char *p = "/?#% "; *p != '\0'; p++)
    g_assert_nonnull (strchr (id, *p));
  g_assert_nonnull (strstr (id, "ü"));

  escaped = g_uri_escape_string (id, NULL, FALSE);
  path = g_strconcat ("/Users/", escaped, NULL);
  user = roster_test_service_ask (service, "GET", path, NULL, &status);
  g_assert_cmpuint (status, ==, 200);
  service_test_assert (user, "id", id);

  filter = g_strdup_printf ("id eq \"%s\"", id);
  escaped_filter = g_uri_escape_string (filter, NULL, FALSE);
  query = g_strconcat ("/Users?filter=", escaped_filter, NULL);
  found = roster_test_service_ask (service, "GET", query, NULL, NULL);
  service_test_assert (found, "totalResults", "1");
  service_test_assert (found, "Resources/0/id", id);

  patched = service_test_patch (service, escaped,
                                "{\"op\":\"replace\",\"value\":{\"title\":\"Odd\"}}", &status);
  g_assert_cmpuint (status, ==, 200);
  service_test_assert (patched, "id", id);
  g_free (roster_test_service_ask (service, "GET", real, NULL, &status));
  g_assert_cmpuint (status, ==, 404);
  fault_service_assert_stored (service, real, "title", "Odd");
}

/* Escaped too little or too much is not found. */
static void
test_odd_ids_escaping (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *page = NULL;
  g_autofree char *id = NULL;
  g_autofree char *once = NULL;
  g_autofree char *slash = NULL;
  g_autofree char *twice = NULL;

  roster_test_service_set_fault (service, "odd-ids");
  page = get_page (service, 1, 1);
  id = dup_id (page, 0);
  once = g_uri_escape_string (id, NULL, FALSE);
  slash = g_uri_escape_string (id, "/", FALSE);
  twice = g_uri_escape_string (once, NULL, FALSE);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = g_strconcat ("/Users/", i == 0 ? slash : twice, NULL);
      guint status;

      g_free (roster_test_service_ask (service, "GET", path, NULL, &status));
      g_assert_cmpuint (status, ==, 404);
    }
}

static void
assert_hostile (const char *text)
{
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, "<b>"));
  g_assert_nonnull (strchr (text, '\n'));
  g_assert_nonnull (strchr (text, '\a'));
  g_assert_nonnull (strstr (text, "\u202e"));
}

static void
test_markup (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *page = NULL;
  g_autofree char *again = NULL;
  g_autofree char *still = NULL;
  g_autofree char *error = NULL;
  g_autofree char *detail = NULL;

  roster_test_service_set_fault (service, "markup");
  page = get_page (service, 1, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *name_place = g_strdup_printf ("Resources/%u/name/familyName", i);
      g_autofree char *login_place = g_strdup_printf ("Resources/%u/userName", i);
      g_autofree char *name = service_test_get (page, name_place);
      g_autofree char *login = service_test_get (page, login_place);

      assert_hostile (name);
      g_assert_nonnull (strstr (login, "<i>\u202e"));
    }
  error = roster_test_service_ask (service, "GET", "/Users/nobody", NULL, NULL);
  detail = service_test_get (error, "detail");
  assert_hostile (detail);
  /* Once is enough; the users keep it. */
  again = get_page (service, 1, 6);
  g_assert_cmpstr (again, ==, page);
  roster_test_service_set_fault (service, "");
  still = get_page (service, 1, 6);
  g_assert_cmpstr (still, ==, page);
}

/* Only the user that the request is for. */
static void
test_markup_one (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 1);
  g_autofree char *answer = NULL;
  g_autofree char *name = NULL;
  g_autofree char *others = NULL;
  g_autofree char *other = NULL;

  roster_test_service_set_fault (service, "markup /Users/*");
  answer = roster_test_service_ask (service, "GET", user, NULL, NULL);
  name = service_test_get (answer, "name/familyName");
  assert_hostile (name);
  others = get_page (service, 1, 6);
  other = service_test_get (others, "Resources/0/name/familyName");
  g_assert_null (strstr (other, "<b>"));
}

static void
test_long_names (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 2);
  g_autofree char *page = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *one = NULL;
  g_autofree char *name = NULL;

  roster_test_service_set_fault (service, "long-names");
  page = get_page (service, 1, 2);
  first = service_test_get (page, "Resources/0/displayName");
  second = service_test_get (page, "Resources/1/displayName");
  one = roster_test_service_ask (service, "GET", user, NULL, NULL);
  name = service_test_get (one, "displayName");
  g_assert_cmpuint (strlen (first), >=, 1024 * 1024);
  g_assert_cmpuint (second != NULL ? strlen (second) : 0, <, 100);
  g_assert_cmpuint (strlen (name), >=, 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_test_add ("wrong-total", test_wrong_total);
  fault_test_add ("same-page", test_same_page);
  fault_test_add ("endless", test_endless);
  fault_test_add ("duplicate-ids", test_duplicate_ids);
  fault_test_add ("odd-ids", test_odd_ids);
  fault_test_add ("odd-ids/escaping", test_odd_ids_escaping);
  fault_test_add ("markup", test_markup);
  fault_test_add ("markup/one", test_markup_one);
  fault_test_add ("long-names", test_long_names);
  return g_test_run ();
}
