/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-capabilities.h"

/* reason: a part of it; NULL: allowed. */
static void
assert_allow (RosterCapabilities *self,
              RosterVerb verb,
              const ScimAccount *account,
              const char *address,
              const char *reason)
{
  g_autofree char *actual = NULL;
  gboolean allowed = roster_capabilities_allow (self, verb, account, address, &actual);

  g_assert_cmpint (allowed, ==, reason == NULL);
  g_assert_cmpint (roster_capabilities_allow (self, verb, account, address, NULL), ==, allowed);
  if (reason == NULL)
    g_assert_null (actual);
  else
    {
      g_assert_nonnull (actual);
      g_assert_nonnull (strstr (actual, reason));
    }
}

static void
test_unknown (void)
{
  g_autoptr (RosterCapabilities) self = roster_capabilities_new ();

  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, NULL);
  assert_allow (self, ROSTER_VERB_DELETE, NULL, NULL, NULL);
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, NULL, NULL, NULL);
  assert_allow (self, ROSTER_VERB_INVITE, NULL, "a@x.example", "no invitations");
}

static void
changed_cb (RosterCapabilities *self, gpointer user_data)
{
  (*(guint *)user_data)++;
}

static void
test_scopes (void)
{
  g_autoptr (RosterCapabilities) self = roster_capabilities_new ();
  guint n_changed = 0;

  g_signal_connect (self, "changed", G_CALLBACK (changed_cb), &n_changed);
  roster_capabilities_set (self, &scim_dialect_wso2,
                           "internal_user_mgt_list internal_user_mgt_update", -1, -1);
  g_assert_cmpuint (n_changed, ==, 1);
  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, NULL);
  assert_allow (self, ROSTER_VERB_DELETE, NULL, NULL, "internal_user_mgt_delete was not granted");
  assert_allow (self, ROSTER_VERB_INVITE, NULL, "a@x.example", NULL);
  assert_allow (self, ROSTER_VERB_INVITE, NULL, NULL, "no e-mail address");
  assert_allow (self, ROSTER_VERB_INVITE, NULL, "", "no e-mail address");

  /* Part of another scope's name is not the scope. */
  roster_capabilities_set (self, &scim_dialect_wso2, "xinternal_user_mgt_update", -1, -1);
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, NULL, NULL, "internal_user_mgt_update");
  /* Said, and nothing granted. */
  roster_capabilities_set (self, &scim_dialect_wso2, "", -1, -1);
  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, "internal_user_mgt_update");
  /* Not said. */
  roster_capabilities_set (self, &scim_dialect_wso2, NULL, -1, -1);
  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, NULL);
  /* Scopes of another family say nothing. */
  roster_capabilities_set (self, &scim_dialect_rfc, "read", -1, -1);
  assert_allow (self, ROSTER_VERB_DELETE, NULL, NULL, NULL);
}

static void
test_config (void)
{
  g_autoptr (RosterCapabilities) self = roster_capabilities_new ();

  roster_capabilities_set (self, &scim_dialect_rfc, NULL, 0, 1);
  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, "PATCH");
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, NULL, NULL, "PATCH");
  assert_allow (self, ROSTER_VERB_DELETE, NULL, NULL, NULL);
  roster_capabilities_set (self, &scim_dialect_rfc, NULL, 1, 0);
  assert_allow (self, ROSTER_VERB_UPDATE, NULL, NULL, NULL);
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, NULL, NULL, "passwords");
}

static void
test_account (void)
{
  g_autoptr (RosterCapabilities) self = roster_capabilities_new ();
  ScimAccount account = { .status = SCIM_ACCOUNT_LOCKED,
                          .reason = SCIM_LOCK_FAILED_SIGN_INS,
                          .locked = TRUE };

  roster_capabilities_set (self, &scim_dialect_wso2, NULL, 1, 1);
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, &account, NULL, "Unlock the account first");
  assert_allow (self, ROSTER_VERB_INVITE, &account, "a@x.example", "Unlock the account first");
  assert_allow (self, ROSTER_VERB_UPDATE, &account, NULL, NULL);
  assert_allow (self, ROSTER_VERB_DELETE, &account, NULL, NULL);

  account.reason = SCIM_LOCK_FORCED_RESET;
  assert_allow (self, ROSTER_VERB_RESET_PASSWORD, &account, NULL, NULL);
  account.reason = SCIM_LOCK_ASK_PASSWORD;
  assert_allow (self, ROSTER_VERB_INVITE, &account, "a@x.example", NULL);

  account.read_only = TRUE;
  for (int verb = ROSTER_VERB_UPDATE; verb <= ROSTER_VERB_INVITE; verb++)
    assert_allow (self, (RosterVerb)verb, &account, "a@x.example", "read-only user store");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/directory/capabilities/unknown", test_unknown);
  g_test_add_func ("/directory/capabilities/scopes", test_scopes);
  g_test_add_func ("/directory/capabilities/config", test_config);
  g_test_add_func ("/directory/capabilities/account", test_account);

  return g_test_run ();
}
