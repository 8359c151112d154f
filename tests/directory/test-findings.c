/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-test-step-private.h"

static void
assert_step (RosterTestStep *step, RosterStepState state, const char *part)
{
  g_autofree char *title = NULL;
  g_autofree char *finding = NULL;
  g_autofree char *fix = NULL;
  int actual = -1;

  g_object_get (step, "title", &title, "state", &actual, "finding", &finding, "fix", &fix, NULL);
  g_assert_cmpstr (title, ==, "Step");
  g_assert_cmpint (actual, ==, state);
  g_assert_nonnull (finding);
  g_assert_nonnull (strstr (finding, part));
  g_assert_null (strchr (finding, '\n'));
  g_assert_cmpint (fix != NULL, ==, state == ROSTER_STEP_FAILED || state == ROSTER_STEP_WARNING);
}

static void
test_address (void)
{
  static const struct
  {
    GTlsCertificateFlags flags;
    const char *part;
  } certificates[] = {
    { G_TLS_CERTIFICATE_UNKNOWN_CA, "not trusted" },
    { G_TLS_CERTIFICATE_UNKNOWN_CA | G_TLS_CERTIFICATE_BAD_IDENTITY, "another host" },
    { G_TLS_CERTIFICATE_EXPIRED, "expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED, "not valid yet" },
    { G_TLS_CERTIFICATE_REVOKED, "revoked" },
    { 0, "secure connection" },
  };
  g_autoptr (RosterTestStep) step = roster_test_step_new ("Step");
  g_autoptr (GError) tls = g_error_new (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "x");
  g_autoptr (GError) name = g_error_new (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "x");
  g_autoptr (GError) network = g_error_new (G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, "x\ny");

  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      roster_finding_address (step, "https://x.example/scim2", 5, certificates[i].flags, tls);
      assert_step (step, ROSTER_STEP_FAILED, certificates[i].part);
    }
  roster_finding_address (step, "https://x.example/scim2", 5, 0, name);
  assert_step (step, ROSTER_STEP_FAILED, "no host named x.example");
  roster_finding_address (step, "https://x.example/scim2", 5, 0, network);
  assert_step (step, ROSTER_STEP_FAILED, "x.example cannot be reached");
  roster_finding_address (step, "https://x.example/scim2", 84, 0, NULL);
  assert_step (step, ROSTER_STEP_OK, "x.example answered in 84 ms, certificate valid");
}

static void
test_permissions (void)
{
  g_autoptr (RosterTestStep) step = roster_test_step_new ("Step");

  roster_finding_permissions (step, &scim_dialect_wso2,
                              "internal_user_mgt_list internal_user_mgt_view "
                              "internal_user_mgt_update internal_user_mgt_delete");
  assert_step (step, ROSTER_STEP_OK, "List, view, update, delete");
  roster_finding_permissions (step, &scim_dialect_wso2, "");
  assert_step (step, ROSTER_STEP_WARNING, "internal_user_mgt_view missing: no profiles; ");
  roster_finding_permissions (step, &scim_dialect_rfc, "anything");
  assert_step (step, ROSTER_STEP_OK, "does not say");
}

static void
test_users (void)
{
  g_autoptr (RosterTestStep) step = roster_test_step_new ("Step");

  for (int code = SCIM_ERROR_INVALID_JSON; code <= SCIM_ERROR_SERVER; code++)
    {
      g_autoptr (GError) error = scim_error_new ((ScimErrorCode)code, "%s", "a\nb");

      roster_finding_users (step, &scim_dialect_wso2, -1, error);
      assert_step (step, ROSTER_STEP_FAILED, "");
      roster_finding_users (step, &scim_dialect_rfc, -1, error);
      assert_step (step, ROSTER_STEP_FAILED, "");
    }
  roster_finding_users (step, &scim_dialect_rfc, 1, NULL);
  assert_step (step, ROSTER_STEP_OK, "1 user reported");
}

/* The service's words are shown as they are, whatever they look like. */
static void
test_hostile_words (void)
{
  static const char body[] = "{\"detail\":\"<b>100%s</b>\\n\\u202eevil\"}";
  g_autoptr (RosterTestStep) step = roster_test_step_new ("Step");
  g_autoptr (GBytes) bytes = g_bytes_new_static (body, sizeof body - 1);
  g_autoptr (GError) error = scim_error_new_from_response (403, "application/scim+json", bytes, -1);

  roster_finding_users (step, &scim_dialect_rfc, -1, error);
  assert_step (step, ROSTER_STEP_FAILED, "403: <b>100%s</b>");
  g_assert_null (strstr (roster_test_step_get_finding (step), "\u202e"));
}

/* A good status says nothing: what came does. */
static void
test_web_page (void)
{
  static const char page[] = "<html><title>Welcome to nginx!</title>";
  g_autoptr (RosterTestStep) step = roster_test_step_new ("Step");
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, sizeof page - 1);
  g_autoptr (GError) error = scim_error_new_not_scim (200, "text/html", bytes);

  roster_finding_users (step, &scim_dialect_rfc, -1, error);
  assert_step (step, ROSTER_STEP_FAILED,
               "The service answered something that is not SCIM. It sent text/html: “Welcome to "
               "nginx!”");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/findings/address", test_address);
  g_test_add_func ("/directory/findings/permissions", test_permissions);
  g_test_add_func ("/directory/findings/users", test_users);
  g_test_add_func ("/directory/findings/hostile-words", test_hostile_words);
  g_test_add_func ("/directory/findings/web-page", test_web_page);

  return g_test_run ();
}
