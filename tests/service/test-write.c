/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-test.h"

#include <string.h>

#define SYSTEM     "urn:scim:wso2:schema"
#define ENTERPRISE "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define INVITE     "{\"op\":\"add\",\"value\":{\"" SYSTEM "\":{\"forcePasswordReset\":true}}}"

/* What must stand in edge.case's profile, byte for byte, whatever else is changed. */
static const char *const survivors[] = {
  "\"nickName\":\"a\\u0000b\"",
  "\"rating\":1.10",
  "\"ratio\":1.10,\"big\":9223372036854775808,\"tiny\":-0.0",
  "\"escaped\":\"\\u00e9\\/\\ud83d\\ude00\"",
  "\"nested\":{\"list\":[1.0,2E3,null,{\"deep\":{\"deeper\":[[]]}}],\"empty\":{}}, \"spaced\" : [ "
  "true "
  ", false ]",
  "\"weight\":1.10",
};

static const char set_title[] =
  "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
  "\"Operations\":[{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"}]}";

static RosterTestService *
start_wso2 (const char *invitation)
{
  return roster_test_service_start ("--users", "60", "--personality", "wso2", "--invitation",
                                    invitation, NULL);
}

static void
assert_patch (RosterTestService *service, const char *id, const char *operations, guint expected)
{
  guint status;
  g_autofree char *answer = service_test_patch (service, id, operations, &status);

  if (status != expected)
    g_test_message ("%s: %u %s", operations, status, answer);
  g_assert_cmpuint (status, ==, expected);
}

static void
assert_user (RosterTestService *service, const char *id, const char *place, const char *expected)
{
  g_autofree char *user = service_test_read (service, id);

  service_test_assert (user, place, expected);
}

static guint
sign_in (RosterTestService *service, const char *user_name, const char *password)
{
  g_autofree char *url = g_strconcat (roster_test_service_get_url (service), "/Me", NULL);
  g_autofree char *basic = roster_test_basic (user_name, password);
  guint status;
  g_autofree char *answer = roster_test_request ("GET", url, basic, NULL, &status);

  return status;
}

static void
check_survivors (const char *personality)
{
  g_autoptr (RosterTestService) service =
    roster_test_service_start ("--users", "2", "--personality", personality, NULL);
  g_autofree char *id = service_test_find (service, "edge.case");
  g_autofree char *user = NULL;

  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"title\":\"Tester II\"}}", 200);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"name\":{\"givenName\":\"Edgar\"}}}",
                200);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"password\":\"correct horse\"}}",
                200);
  assert_patch (service, id,
                "{\"op\":\"add\",\"path\":\"phoneNumbers\",\"value\":"
                "[{\"type\":\"work\",\"value\":\"1\"}]}",
                200);
  user = service_test_read (service, id);
  for (guint i = 0; i < G_N_ELEMENTS (survivors); i++)
    g_assert_nonnull (strstr (user, survivors[i]));
  service_test_assert (user, "title", "Tester II");
  service_test_assert (user, "name/givenName", "Edgar");
  service_test_assert (user, "name/familyName", "Case");
  service_test_assert (user, "phoneNumbers/0/value", "1");
  service_test_assert (user, "password", NULL);
  g_assert_null (strstr (user, "correct horse"));
}

static void
test_survivors (void)
{
  check_survivors ("rfc");
  check_survivors ("wso2");
}

static void
test_rfc_patch (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "5", NULL);
  g_autofree char *id = service_test_find (service, "omar.elsayed");

  assert_patch (service, id,
                "{\"op\":\"replace\",\"path\":\"" ENTERPRISE ":department\","
                "\"value\":\"Sales\"}",
                200);
  assert_user (service, id, ENTERPRISE "/department", "Sales");
  assert_patch (service, id, "{\"op\":\"remove\",\"path\":\"emails[type eq \\\"work\\\"]\"}", 200);
  assert_user (service, id, "emails/0/type", NULL);
  assert_patch (service, id,
                "{\"op\":\"add\",\"path\":\"emails\",\"value\":"
                "[{\"type\":\"home\",\"value\":\"h@x.example\"}]}",
                200);
  assert_patch (service, id,
                "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"home\\\"].value\","
                "\"value\":\"i@x.example\"}",
                200);
  assert_user (service, id, "emails/0/value", "i@x.example");
}

static void
test_rfc_refusals (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "5", NULL);
  g_autofree char *id = service_test_find (service, "omar.elsayed");
  g_autofree char *before = service_test_read (service, id);
  g_autofree char *after = NULL;

  assert_patch (service, id, "{\"op\":\"replace\",\"path\":\"id\",\"value\":\"x\"}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"path\":\"unknown\",\"value\":\"x\"}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"unknown\":\"x\"}}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"path\":\"userName\",\"value\":\"edge.case\"}",
                409);
  assert_patch (service, id, "{\"op\":\"remove\",\"path\":\"userName\"}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"password\":\"short\"}}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"password\":7}}", 400);
  assert_patch (service, id, "{\"op\":\"jump\",\"path\":\"title\",\"value\":\"x\"}", 400);
  /* All or nothing. */
  assert_patch (service, id,
                "{\"op\":\"replace\",\"path\":\"title\",\"value\":\"x\"},"
                "{\"op\":\"replace\",\"path\":\"meta.created\",\"value\":\"x\"}",
                400);
  assert_patch (service, id, "}{", 400);
  assert_patch (service, "nobody", "{\"op\":\"remove\",\"path\":\"title\"}", 404);
  assert_patch (service, id, INVITE, 400);
  after = service_test_read (service, id);
  g_assert_cmpstr (before, ==, after);
}

static void
test_etags (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "5", NULL);
  g_autofree char *id = service_test_find (service, "omar.elsayed");
  g_autofree char *url = g_strdup_printf ("%s/Users/%s", roster_test_service_get_url (service), id);
  g_autofree char *bearer = roster_test_bearer (roster_test_service_get_token (service));
  static const struct
  {
    const char *method;
    const char *header;
    const char *value;
    guint status;
  } steps[] = {
    { "GET", "If-None-Match", "W/\"1\"", 304 }, { "GET", "If-None-Match", "W/\"9\"", 200 },
    { "PATCH", "If-Match", "W/\"9\"", 412 },    { "PATCH", "If-Match", "W/\"7\", W/\"1\"", 200 },
    { "PATCH", "If-Match", "W/\"1\"", 412 },    { "PATCH", "If-Match", "*", 200 },
    { "DELETE", "If-Match", "W/\"2\"", 412 },   { "DELETE", "If-Match", "\"3\"", 204 },
    { "GET", "If-None-Match", "W/\"3\"", 404 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const char *const headers[] = { steps[i].header, steps[i].value, NULL };
      gboolean is_patch = g_str_equal (steps[i].method, "PATCH");
      guint status;
      g_autofree char *answer = roster_test_request_with (steps[i].method, url, bearer, headers,
                                                          is_patch ? set_title : NULL, &status);

      g_assert_cmpuint (status, ==, steps[i].status);
    }
}

static void
test_put (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "5", NULL);
  g_autofree char *id = service_test_find (service, "omar.elsayed");
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  guint status;
  g_autofree char *answer = roster_test_service_ask (
    service, "PUT", path, "{\"id\":\"other\",\"userName\":\"omar\",\"title\":\"Chief\"}", &status);
  g_autofree char *refused = NULL;

  g_assert_cmpuint (status, ==, 200);
  service_test_assert (answer, "id", id);
  service_test_assert (answer, "title", "Chief");
  service_test_assert (answer, "displayName", NULL);
  service_test_assert (answer, "meta/version", "W/\"2\"");
  refused = roster_test_service_ask (service, "PUT", path, "{\"title\":\"Chief\"}", &status);
  g_assert_cmpuint (status, ==, 400);
  g_free (answer);
  answer = roster_test_service_ask (service, "POST", path, "{}", &status);
  g_assert_cmpuint (status, ==, 405);
}

static void
test_delete (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("lock");
  g_autofree char *id = service_test_find (service, "omar.elsayed");
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  guint status;
  g_autofree char *gone = roster_test_service_ask (service, "DELETE", path, NULL, &status);
  g_autofree char *again = NULL;
  g_autofree char *list = NULL;

  g_assert_cmpuint (status, ==, 204);
  g_assert_cmpstr (gone, ==, "");
  again = roster_test_service_ask (service, "DELETE", path, NULL, &status);
  g_assert_cmpuint (status, ==, 404);
  list = roster_test_service_ask (service, "GET", "/Users", NULL, &status);
  service_test_assert (list, "totalResults", "59");
  g_assert_null (strstr (list, "omar.elsayed"));
}

/* SCIM-SERVICES section 1.5. */
static void
test_wso2_patch (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("lock");
  g_autofree char *id = service_test_find (service, "mariam.haddad");

  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"emails\":[\"m@x.example\","
                "{\"type\":\"home\",\"value\":\"h@x.example\"}]}}",
                200);
  assert_user (service, id, "emails/0", "m@x.example");
  assert_user (service, id, "emails/1/value", "h@x.example");
  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"urn:scim:wso2:schema\":"
                "{\"country\":\"Jordan\"},\"title\":\"\"}}",
                200);
  assert_user (service, id, SYSTEM "/country", "Jordan");
  assert_user (service, id, "title", NULL);
  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"addresses\":"
                "[{\"type\":\"home\",\"locality\":\"Jena\"}]}}",
                200);
  assert_patch (service, id,
                "{\"op\":\"add\",\"value\":{\"addresses\":"
                "[{\"type\":\"home\",\"streetAddress\":\"Markt 1\"}]}}",
                200);
  assert_patch (service, id,
                "{\"op\":\"add\",\"value\":{\"addresses\":"
                "[{\"type\":\"work\",\"streetAddress\":\"Markt 2\"}]}}",
                200);
  assert_user (service, id, "addresses/0/locality", "Jena");
  assert_user (service, id, "addresses/0/streetAddress", "Markt 1");
  assert_user (service, id, "addresses/1/streetAddress", "Markt 2");
  assert_patch (service, id, "{\"op\":\"remove\",\"path\":\"phoneNumbers\"}", 200);
  assert_user (service, id, "phoneNumbers", NULL);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"userName\":\"DEFAULT/x\"}}", 400);
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":7}", 400);
  assert_patch (service, id,
                "{\"op\":\"replace\",\"path\":\"" ENTERPRISE ":manager.value\","
                "\"value\":\"1\"}",
                400);
  /* Something else where an object belongs harms nobody. */
  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"urn:scim:wso2:schema\":\"x\"}}",
                200);
  assert_user (service, id, SYSTEM "/country", "Jordan");
}

static void
test_read_only_store (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("lock");
  g_autofree char *list =
    roster_test_service_ask (service, "GET", "/Users?domain=SECONDARY", NULL, NULL);
  g_autofree char *id = service_test_get (list, "Resources/0/id");
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  guint status;
  g_autofree char *answer = NULL;

  assert_patch (service, id, "{\"op\":\"replace\",\"value\":{\"title\":\"x\"}}", 400);
  answer = roster_test_service_ask (service, "DELETE", path, NULL, &status);
  g_assert_cmpuint (status, ==, 400);
}

static void
test_password (void)
{
  g_autoptr (RosterTestService) service = roster_test_service_start ("--users", "20", NULL);
  g_autofree char *id = service_test_find (service, "omar.elsayed");

  g_assert_cmpuint (sign_in (service, "omar.elsayed", ""), ==, 401);
  g_assert_cmpuint (sign_in (service, "nobody", "correct horse"), ==, 401);
  assert_patch (service, id, "{\"op\":\"replace\",\"path\":\"password\",\"value\":\"pässwörd\"}",
                200);
  g_assert_cmpuint (sign_in (service, "omar.elsayed", "pässwörd"), ==, 200);
  g_assert_cmpuint (sign_in (service, "OMAR.elsayed", "pässwörd"), ==, 200);
  g_assert_cmpuint (sign_in (service, "omar.elsayed", "pässwörd2"), ==, 401);
  assert_patch (service, id, "{\"op\":\"replace\",\"path\":\"active\",\"value\":false}", 200);
  g_assert_cmpuint (sign_in (service, "omar.elsayed", "pässwörd"), ==, 401);
}

/* Sections 1.7, 1.8 and 3.9: the invitation locks, a new password lifts that lock and no other. */
static void
test_invitation (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("lock");
  g_autofree char *omar = service_test_find (service, "omar.elsayed");
  g_autofree char *umar = service_test_find (service, "umar.bello");
  static const char password[] = "{\"op\":\"replace\",\"value\":{\"password\":\"correct horse\"}}";

  assert_patch (service, omar, password, 200);
  g_assert_cmpuint (sign_in (service, "DEFAULT/omar.elsayed", "correct horse"), ==, 200);
  assert_patch (service, omar, INVITE, 200);
  assert_user (service, omar, SYSTEM "/accountLocked", "true");
  assert_user (service, omar, SYSTEM "/accountState", "PENDING_FUPR");
  assert_user (service, omar, SYSTEM "/lockedReason", "PENDING_ADMIN_FORCED_USER_PASSWORD_RESET");
  assert_user (service, omar, SYSTEM "/forcePasswordReset", NULL);
  g_assert_cmpuint (sign_in (service, "omar.elsayed", "correct horse"), ==, 401);
  assert_patch (service, omar, password, 200);
  assert_user (service, omar, SYSTEM "/accountLocked", "false");
  assert_user (service, omar, SYSTEM "/accountState", "UNLOCKED");
  assert_user (service, omar, SYSTEM "/lockedReason", NULL);
  g_assert_cmpuint (sign_in (service, "omar.elsayed", "correct horse"), ==, 200);

  assert_patch (service, umar, password, 200);
  assert_user (service, umar, SYSTEM "/lockedReason", "MAX_ATTEMPTS_EXCEEDED");
  g_assert_cmpuint (sign_in (service, "umar.bello", "correct horse"), ==, 401);
}

static void
test_invitation_ignored (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("ignore");
  g_autofree char *id = service_test_find (service, "omar.elsayed");

  assert_patch (service, id, INVITE, 200);
  assert_user (service, id, SYSTEM "/accountLocked", "false");
  assert_user (service, id, SYSTEM "/accountState", "UNLOCKED");
  assert_user (service, id, SYSTEM "/forcePasswordReset", NULL);
}

static void
test_lock (void)
{
  g_autoptr (RosterTestService) service = start_wso2 ("lock");
  g_autofree char *id = service_test_find (service, "omar.elsayed");

  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"" SYSTEM "\":{\"accountLocked\":true}}}", 200);
  assert_user (service, id, SYSTEM "/lockedReason", "ADMIN_INITIATED");
  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"" SYSTEM "\":{\"accountLocked\":false}}}", 200);
  assert_user (service, id, SYSTEM "/accountState", "UNLOCKED");
  assert_patch (service, id,
                "{\"op\":\"replace\",\"value\":{\"" SYSTEM "\":{\"accountDisabled\":true}}}", 200);
  assert_user (service, id, SYSTEM "/accountState", "DISABLED");
}

static void
test_media_types (void)
{
  g_autoptr (RosterTestService) rfc = roster_test_service_start ("--users", "2", NULL);
  g_autoptr (RosterTestService) wso2 = start_wso2 ("lock");
  RosterTestService *const services[] = { rfc, wso2 };
  const guint refused[] = { 415, 406 };

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      g_autofree char *id = service_test_find (services[i], "edge.case");
      g_autofree char *url =
        g_strdup_printf ("%s/Users/%s", roster_test_service_get_url (services[i]), id);
      g_autofree char *bearer = roster_test_bearer (roster_test_service_get_token (services[i]));
      static const char *const types[] = { "text/plain", "application/json; charset=latin1",
                                           "application/json; charset=UTF-8" };

      for (guint j = 0; j < G_N_ELEMENTS (types); j++)
        {
          const char *const headers[] = { "Content-Type", types[j], NULL };
          guint status;
          g_autofree char *answer =
            roster_test_request_with ("PATCH", url, bearer, headers, set_title, &status);

          g_assert_cmpuint (status, ==, j < 2 ? refused[i] : 200);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/write/survivors", test_survivors);
  g_test_add_func ("/service/write/rfc-patch", test_rfc_patch);
  g_test_add_func ("/service/write/rfc-refusals", test_rfc_refusals);
  g_test_add_func ("/service/write/etags", test_etags);
  g_test_add_func ("/service/write/put", test_put);
  g_test_add_func ("/service/write/delete", test_delete);
  g_test_add_func ("/service/write/wso2-patch", test_wso2_patch);
  g_test_add_func ("/service/write/read-only-store", test_read_only_store);
  g_test_add_func ("/service/write/password", test_password);
  g_test_add_func ("/service/write/invitation", test_invitation);
  g_test_add_func ("/service/write/invitation-ignored", test_invitation_ignored);
  g_test_add_func ("/service/write/lock", test_lock);
  g_test_add_func ("/service/write/media-types", test_media_types);
  return g_test_run ();
}
