/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faults of what is stored, checked by asking the service afterwards. */
#include "fault-client.h"

#include <string.h>

static guint
patch (RosterTestService *service, const char *user, const char *operations)
{
  guint status;

  g_free (service_test_patch (service, user + strlen ("/Users/"), operations, &status));
  return status;
}

static char *
dup_stored (RosterTestService *service, const char *user, const char *place)
{
  g_autofree char *answer = roster_test_service_ask (service, "GET", user, NULL, NULL);

  return service_test_get (answer, place);
}

static guint
status_with (RosterTestService *service, const char *authorization)
{
  g_autofree char *url = g_strconcat (roster_test_service_get_url (service), "/Users", NULL);
  guint status;

  g_free (roster_test_request ("GET", url, authorization, NULL, &status));
  return status;
}

static char *
fetch_list_bearer (RosterTestService *service)
{
  return service_test_fetch_bearer (service, "internal_user_mgt_list", "internal_user_mgt_list");
}

/* A token that was ended stays so; a new one is as good as ever. */
static void
test_expire (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *old = fetch_list_bearer (service);
  g_autofree char *new = NULL;
  g_autofree char *basic = service_test_dup_basic (service);

  g_assert_cmpuint (status_with (service, old), ==, 200);
  roster_test_service_set_fault (service, "expire times=1");
  g_assert_cmpuint (status_with (service, old), ==, 401);
  fault_service_assert_last (service, "GET", "401", "expire");
  g_assert_cmpuint (status_with (service, old), ==, 401);
  new = fetch_list_bearer (service);
  g_assert_cmpuint (status_with (service, new), ==, 200);
  roster_test_service_set_fault (service, "expire");
  g_assert_cmpuint (status_with (service, new), ==, 401);
  g_assert_cmpuint (status_with (service, basic), ==, 200);
  roster_test_service_set_fault (service, "");
  g_assert_cmpuint (status_with (service, new), ==, 401);
}

/* The fixed token is ended as long as the plan holds. */
static void
test_expire_fixed (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *fixed = roster_test_bearer (roster_test_service_get_token (service));
  g_autofree char *other = NULL;

  roster_test_service_set_fault (service, "expire times=1");
  g_assert_cmpuint (status_with (service, fixed), ==, 401);
  g_assert_cmpuint (status_with (service, fixed), ==, 401);
  other = fetch_list_bearer (service);
  g_assert_cmpuint (status_with (service, other), ==, 200);
  roster_test_service_set_fault (service, "");
  g_assert_cmpuint (status_with (service, fixed), ==, 200);
}

static void
test_changed (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);

  roster_test_service_set_fault (service, "\"changed:title=Head; of Sales\" PATCH times=1");
  g_assert_cmpuint (patch (service, user, "{\"op\":\"add\",\"value\":{\"nickName\":\"Kim\"}}"), ==,
                    200);
  fault_service_assert_stored (service, user, "title", "Head; of Sales");
  fault_service_assert_stored (service, user, "nickName", "Kim");
  roster_test_service_set_fault (service, "changed:name.familyName=Zuse=Z");
  g_free (dup_stored (service, user, "id"));
  fault_service_assert_stored (service, user, "name/familyName", "Zuse=Z");
  roster_test_service_set_fault (service, "changed:title=null");
  g_free (dup_stored (service, user, "id"));
  fault_service_assert_stored (service, user, "title", NULL);
  roster_test_service_set_fault (service, "changed:active=false");
  g_free (dup_stored (service, user, "id"));
  fault_service_assert_stored (service, user, "active", "false");
}

/* Where there are ETags, the old one no longer fits. */
static void
test_changed_etag (void)
{
  static const char *const headers[] = { "If-Match", "W/\"1\"", NULL };
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autofree char *bearer = roster_test_bearer (roster_test_service_get_token (service));
  g_autofree char *url = g_strconcat (roster_test_service_get_url (service), user, NULL);
  guint status;

  roster_test_service_set_fault (service, "changed:title=Boss");
  g_free (roster_test_request_with ("DELETE", url, bearer, headers, NULL, &status));
  g_assert_cmpuint (status, ==, 412);
  fault_service_assert_stored (service, user, "meta/version", "W/\"2\"");
}

static void
test_deleted (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autofree char *list = NULL;

  roster_test_service_set_fault (service, "deleted PATCH");
  g_assert_cmpuint (patch (service, user, "{\"op\":\"add\",\"value\":{\"nickName\":\"Kim\"}}"), ==,
                    404);
  fault_service_assert_stored (service, user, "id", NULL);
  list = roster_test_service_ask (service, "GET", "/Users", NULL, NULL);
  service_test_assert (list, "totalResults", "5");
}

static void
test_ignore_write (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autofree char *before = roster_test_service_ask (service, "GET", user, NULL, NULL);
  g_autofree char *patched = NULL;
  g_autofree char *deleted = NULL;
  g_autofree char *put = NULL;
  g_autofree char *after = NULL;
  guint status;

  roster_test_service_set_fault (service, "ignore-write");
  patched = service_test_patch (service, user + strlen ("/Users/"),
                                "{\"op\":\"replace\",\"value\":{\"title\":\"Captain\"}}", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (patched, ==, before);
  put = roster_test_service_ask (service, "PUT", user, "{\"userName\":\"somebody\"}", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (put, ==, before);
  deleted = roster_test_service_ask (service, "DELETE", user, NULL, &status);
  g_assert_cmpuint (status, ==, 204);
  g_assert_cmpstr (deleted, ==, "");
  fault_service_assert_last (service, "DELETE", "204", "ignore-write");
  g_free (roster_test_service_ask (service, "DELETE", "/Users/nobody", NULL, &status));
  g_assert_cmpuint (status, ==, 404);
  roster_test_service_set_fault (service, "");
  after = roster_test_service_ask (service, "GET", user, NULL, NULL);
  g_assert_cmpstr (after, ==, before);
}

static void
test_half_write (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 0);
  g_autofree char *answer = NULL;
  guint status;

  roster_test_service_set_fault (service, "half-write");
  answer = service_test_patch (service, user + strlen ("/Users/"),
                               "{\"op\":\"replace\",\"value\":{\"title\":\"Captain\"}},"
                               "{\"op\":\"add\",\"value\":{\"nickName\":\"Kim\"}}",
                               &status);
  g_assert_cmpuint (status, ==, 400);
  service_test_assert (answer, "detail", "Fault half-write");
  fault_service_assert_stored (service, user, "title", "Captain");
  fault_service_assert_stored (service, user, "nickName", NULL);
  /* What is refused anyhow is refused in its own words. */
  roster_test_service_set_fault (service, "half-write");
  g_assert_cmpuint (patch (service, "/Users/nobody", "{}"), ==, 404);
  g_assert_cmpuint (patch (service, user, ""), ==, 400);
}

/* Without path and with it, in a complex attribute and in an extension's. */
static void
test_wipe_siblings (gconstpointer personality)
{
  g_autoptr (RosterTestService) service = fault_service_new (personality);
  g_autofree char *user = fault_service_dup_user (service, 1);
  g_autofree char *title = dup_stored (service, user, "title");

  roster_test_service_set_fault (service, "wipe-siblings");
  g_assert_cmpuint (
    patch (service, user, "{\"op\":\"replace\",\"value\":{\"name\":{\"givenName\":\"Kim\"}}}"), ==,
    200);
  fault_service_assert_stored (service, user, "name/givenName", "Kim");
  fault_service_assert_stored (service, user, "name/familyName", NULL);
  fault_service_assert_stored (service, user, "title", title);
}

static void
test_wipe_siblings_by_path (void)
{
  static const char *const home = "{\"op\":\"add\",\"path\":\"emails\",\"value\":[{\"value\":"
                                  "\"kim@home.example\",\"type\":\"other\",\"display\":\"Kim\"}]}";
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");
  g_autofree char *id = service_test_find (service, "edge.case");
  g_autofree char *user = g_strconcat ("/Users/", id, NULL);
  g_autofree char *stored = NULL;

  g_assert_cmpuint (patch (service, user, home), ==, 200);
  roster_test_service_set_fault (service, "wipe-siblings");
  g_assert_cmpuint (patch (service, user,
                           "{\"op\":\"replace\",\"path\":\"name.familyName\",\"value\":\"Zuse\"},"
                           "{\"op\":\"replace\",\"path\":\"name.formatted\",\"value\":\"Z\"}"),
                    ==, 200);
  fault_service_assert_stored (service, user, "name/familyName", "Zuse");
  fault_service_assert_stored (service, user, "name/formatted", "Z");
  fault_service_assert_stored (service, user, "name/givenName", NULL);

  roster_test_service_set_fault (service, "wipe-siblings");
  g_assert_cmpuint (patch (service, user,
                           "{\"op\":\"replace\",\"path\":\"emails[type eq \\\"other\\\"].value\","
                           "\"value\":\"kim@new.example\"}"),
                    ==, 200);
  roster_test_service_set_fault (service, "");
  stored = service_test_read (service, id);
  service_test_assert (stored, "emails/2/value", "kim@new.example");
  service_test_assert (stored, "emails/2/type", "other");
  service_test_assert (stored, "emails/2/display", NULL);
  service_test_assert (stored, "emails/1/weight", "1.1000000000000001");
}

/* A patch that is refused leaves everything; removing wipes nothing. */
static void
test_wipe_siblings_not (void)
{
  g_autoptr (RosterTestService) service = fault_service_new ("rfc");
  g_autofree char *user = fault_service_dup_user (service, 1);
  g_autofree char *family = dup_stored (service, user, "name/familyName");

  roster_test_service_set_fault (service, "wipe-siblings");
  g_assert_cmpuint (patch (service, user,
                           "{\"op\":\"replace\",\"path\":\"name.givenName\",\"value\":\"Kim\"},"
                           "{\"op\":\"replace\",\"path\":\"nonsense\",\"value\":\"x\"}"),
                    ==, 400);
  fault_service_assert_stored (service, user, "name/familyName", family);
  roster_test_service_set_fault (service, "wipe-siblings");
  g_assert_cmpuint (patch (service, user, "{\"op\":\"remove\",\"path\":\"name.givenName\"}"), ==,
                    200);
  fault_service_assert_stored (service, user, "name/givenName", NULL);
  fault_service_assert_stored (service, user, "name/familyName", family);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fault_test_add ("expire", test_expire);
  fault_test_add ("expire/fixed", test_expire_fixed);
  fault_test_add ("changed", test_changed);
  g_test_add_func ("/service/fault/changed/etag", test_changed_etag);
  fault_test_add ("deleted", test_deleted);
  fault_test_add ("ignore-write", test_ignore_write);
  fault_test_add ("half-write", test_half_write);
  fault_test_add ("wipe-siblings", test_wipe_siblings);
  g_test_add_func ("/service/fault/wipe-siblings/path", test_wipe_siblings_by_path);
  g_test_add_func ("/service/fault/wipe-siblings/not", test_wipe_siblings_not);
  return g_test_run ();
}
