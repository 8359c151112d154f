/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-account.h"

#include "scim-error.h"

#include <string.h>

#define MAX_REASON 200

static const struct
{
  const char *name;
  ScimLockReason reason;
} lock_reasons[] = {
  { "ADMIN_INITIATED", SCIM_LOCK_ADMIN },
  { "MAX_ATTEMPTS_EXCEEDED", SCIM_LOCK_FAILED_SIGN_INS },
  { "IDLE_ACCOUNT", SCIM_LOCK_IDLE },
  { "PENDING_SELF_REGISTRATION", SCIM_LOCK_SELF_REGISTRATION },
  { "PENDING_EMAIL_VERIFICATION", SCIM_LOCK_EMAIL_VERIFICATION },
  { "PENDING_ASK_PASSWORD", SCIM_LOCK_ASK_PASSWORD },
  { "PENDING_ADMIN_FORCED_USER_PASSWORD_RESET", SCIM_LOCK_FORCED_RESET },
};

/* An identity attribute, under whichever URN this service keeps it (SCIM-SERVICES section 1.10). */
static ScimNode
get_identity (const ScimResource *user, const char *name)
{
  static const char *const urns[] = { SCIM_URN_WSO2_SYSTEM, SCIM_URN_ENTERPRISE_USER };
  ScimNode root = scim_resource_get_root (user);

  for (guint i = 0; i < G_N_ELEMENTS (urns); i++)
    {
      ScimNode node = scim_node_get_member (scim_node_get_member (root, urns[i]), name);

      if (scim_node_exists (node) && scim_node_get_type (node) != SCIM_JSON_NULL)
        return node;
    }
  return SCIM_NODE_NONE;
}

static gboolean
is_true (ScimNode node)
{
  gboolean value;

  return scim_node_get_boolean (node, &value) && value;
}

static gboolean
is_false (ScimNode node)
{
  gboolean value;

  return scim_node_get_boolean (node, &value) && !value;
}

static void
read_reason (ScimAccount *self, const ScimResource *user)
{
  g_autofree char *text = scim_node_dup_text (get_identity (user, "lockedReason"));

  if (text == NULL || *text == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (lock_reasons); i++)
    {
      if (g_ascii_strcasecmp (lock_reasons[i].name, text) == 0)
        {
          self->reason = lock_reasons[i].reason;
          return;
        }
    }
  self->reason = SCIM_LOCK_OTHER;
  self->reason_text = scim_text_make_safe (text, -1, MAX_REASON);
}

static gboolean
text_is (const char *text, const char *other)
{
  return text != NULL && g_ascii_strcasecmp (text, other) == 0;
}

static ScimAccountStatus
read_status (const ScimAccount *self, const ScimResource *user)
{
  g_autofree char *state = scim_node_dup_text (get_identity (user, "accountState"));
  gboolean unlocked = is_false (get_identity (user, "accountLocked"));

  if (is_true (get_identity (user, "accountDisabled")) || text_is (state, "DISABLED"))
    return SCIM_ACCOUNT_DISABLED;
  if (text_is (state, "PENDING_FUPR"))
    return SCIM_ACCOUNT_RESET_PENDING;
  if (text_is (state, "PENDING_AP"))
    return SCIM_ACCOUNT_INVITED;
  /* Where the two differ, the flag is what sign-in obeys; the state may be old. */
  if (self->locked || (text_is (state, "LOCKED") && !unlocked))
    {
      if (self->reason == SCIM_LOCK_FORCED_RESET)
        return SCIM_ACCOUNT_RESET_PENDING;
      if (self->reason == SCIM_LOCK_ASK_PASSWORD)
        return SCIM_ACCOUNT_INVITED;
      return SCIM_ACCOUNT_LOCKED;
    }
  if (is_false (scim_node_get_member (scim_resource_get_root (user), "active")))
    return SCIM_ACCOUNT_DISABLED;
  return SCIM_ACCOUNT_ACTIVE;
}

ScimAccount *
scim_account_new (const ScimResource *user)
{
  ScimAccount *self;

  g_return_val_if_fail (user != NULL, NULL);

  self = g_new0 (ScimAccount, 1);
  self->locked = is_true (get_identity (user, "accountLocked"));
  self->read_only = is_true (get_identity (user, "isReadOnlyUser"));
  read_reason (self, user);
  self->status = read_status (self, user);
  if (!scim_node_get_int64 (get_identity (user, "unlockTime"), &self->unlock_time) ||
      self->unlock_time < 0)
    self->unlock_time = 0;
  return self;
}

void
scim_account_free (ScimAccount *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->reason_text);
  g_free (self);
}
