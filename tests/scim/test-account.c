/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim/scim-account.h"

#define WSO2(members) "{\"urn:scim:wso2:schema\":{" members "}}"
#define ENTERPRISE(members)                                                                        \
  "{\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{" members "}}"

static const struct
{
  const char *json;
  ScimAccountStatus status;
  ScimLockReason reason;
  gboolean locked;
} cases[] = {
  { "{}", SCIM_ACCOUNT_ACTIVE, SCIM_LOCK_NONE, FALSE },
  { "{\"active\":true}", SCIM_ACCOUNT_ACTIVE, SCIM_LOCK_NONE, FALSE },
  { "{\"active\":false}", SCIM_ACCOUNT_DISABLED, SCIM_LOCK_NONE, FALSE },
  { "{\"active\":\"False\"}", SCIM_ACCOUNT_DISABLED, SCIM_LOCK_NONE, FALSE },
  { "{\"active\":\"perhaps\"}", SCIM_ACCOUNT_ACTIVE, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountLocked\":\"true\""), SCIM_ACCOUNT_LOCKED, SCIM_LOCK_NONE, TRUE },
  { ENTERPRISE ("\"accountLocked\":true"), SCIM_ACCOUNT_LOCKED, SCIM_LOCK_NONE, TRUE },
  { WSO2 ("\"accountLocked\":null"), SCIM_ACCOUNT_ACTIVE, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountLocked\":{}"), SCIM_ACCOUNT_ACTIVE, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountDisabled\":\"true\",\"accountLocked\":\"true\""), SCIM_ACCOUNT_DISABLED,
    SCIM_LOCK_NONE, TRUE },
  { WSO2 ("\"accountState\":\"LOCKED\""), SCIM_ACCOUNT_LOCKED, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountState\":\"LOCKED\",\"accountLocked\":false"), SCIM_ACCOUNT_ACTIVE,
    SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountState\":\"DISABLED\""), SCIM_ACCOUNT_DISABLED, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountState\":\"UNLOCKED\",\"accountLocked\":\"false\""), SCIM_ACCOUNT_ACTIVE,
    SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountState\":\"PENDING_AP\",\"accountLocked\":true"), SCIM_ACCOUNT_INVITED,
    SCIM_LOCK_NONE, TRUE },
  { WSO2 ("\"accountState\":\"PENDING_FUPR\""), SCIM_ACCOUNT_RESET_PENDING, SCIM_LOCK_NONE, FALSE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"PENDING_ADMIN_FORCED_USER_PASSWORD_RESET\""),
    SCIM_ACCOUNT_RESET_PENDING, SCIM_LOCK_FORCED_RESET, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"PENDING_ASK_PASSWORD\""), SCIM_ACCOUNT_INVITED,
    SCIM_LOCK_ASK_PASSWORD, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"ADMIN_INITIATED\""), SCIM_ACCOUNT_LOCKED,
    SCIM_LOCK_ADMIN, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"max_attempts_exceeded\""), SCIM_ACCOUNT_LOCKED,
    SCIM_LOCK_FAILED_SIGN_INS, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"IDLE_ACCOUNT\""), SCIM_ACCOUNT_LOCKED,
    SCIM_LOCK_IDLE, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"PENDING_SELF_REGISTRATION\""),
    SCIM_ACCOUNT_LOCKED, SCIM_LOCK_SELF_REGISTRATION, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"PENDING_EMAIL_VERIFICATION\""),
    SCIM_ACCOUNT_LOCKED, SCIM_LOCK_EMAIL_VERIFICATION, TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"\""), SCIM_ACCOUNT_LOCKED, SCIM_LOCK_NONE,
    TRUE },
  { WSO2 ("\"accountLocked\":true,\"lockedReason\":\"MOON\""), SCIM_ACCOUNT_LOCKED, SCIM_LOCK_OTHER,
    TRUE },
};

static ScimAccount *
read_account (const char *text)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);
  g_autoptr (ScimResource) user = scim_resource_new_from_json (json, NULL);

  g_assert_nonnull (user);
  return scim_account_new (user);
}

static void
test_status (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ScimAccount) account = read_account (cases[i].json);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpint (account->status, ==, cases[i].status);
      g_assert_cmpint (account->reason, ==, cases[i].reason);
      g_assert_cmpint (account->locked, ==, cases[i].locked);
      if (account->reason == SCIM_LOCK_OTHER)
        g_assert_cmpstr (account->reason_text, ==, "MOON");
      else
        g_assert_null (account->reason_text);
    }
}

static void
test_times (void)
{
  g_autoptr (ScimAccount) text = read_account (WSO2 ("\"unlockTime\":\"1793448000000\""));
  g_autoptr (ScimAccount) number = read_account (WSO2 ("\"unlockTime\":1793448000000"));
  g_autoptr (ScimAccount) nonsense = read_account (WSO2 ("\"unlockTime\":\"tomorrow\""));
  g_autoptr (ScimAccount) negative = read_account (WSO2 ("\"unlockTime\":\"-1\""));

  g_assert_cmpint (text->unlock_time, ==, G_GINT64_CONSTANT (1793448000000));
  g_assert_cmpint (number->unlock_time, ==, G_GINT64_CONSTANT (1793448000000));
  g_assert_cmpint (nonsense->unlock_time, ==, 0);
  g_assert_cmpint (negative->unlock_time, ==, 0);
}

static void
test_read_only (void)
{
  g_autoptr (ScimAccount) yes = read_account (WSO2 ("\"isReadOnlyUser\":\"true\""));
  g_autoptr (ScimAccount) no = read_account (WSO2 ("\"isReadOnlyUser\":\"false\""));

  g_assert_true (yes->read_only);
  g_assert_false (no->read_only);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scim/account/status", test_status);
  g_test_add_func ("/scim/account/times", test_times);
  g_test_add_func ("/scim/account/read-only", test_read_only);
  return g_test_run ();
}
