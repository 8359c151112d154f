/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-status.h"

#include <glib/gi18n.h>
#include "directory/roster-date.h"
#include "scim/scim-error.h"

#define MAX_REASON 200

static const struct
{
  ScimLockReason reason;
  const char *words;
} reasons[] = {
  { SCIM_LOCK_ADMIN, N_ ("by an administrator") },
  { SCIM_LOCK_FAILED_SIGN_INS, N_ ("too many failed sign-ins") },
  { SCIM_LOCK_IDLE, N_ ("not used for a long time") },
  { SCIM_LOCK_SELF_REGISTRATION, N_ ("registration not confirmed") },
  { SCIM_LOCK_EMAIL_VERIFICATION, N_ ("e-mail address not confirmed") },
  { SCIM_LOCK_ASK_PASSWORD, N_ ("invitation pending") },
  { SCIM_LOCK_FORCED_RESET, N_ ("password reset pending") },
};

char *
roster_status_dup_reason (const ScimAccount *account)
{
  g_return_val_if_fail (account != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == account->reason)
      return g_strdup (_ (reasons[i].words));
  if (account->reason == SCIM_LOCK_OTHER && account->reason_text != NULL)
    return scim_text_make_safe (account->reason_text, -1, MAX_REASON);
  return NULL;
}

static char *
dup_locked (const ScimAccount *account)
{
  g_autofree char *reason = roster_status_dup_reason (account);
  g_autofree char *until = NULL;

  if (account->unlock_time > g_get_real_time () / 1000)
    until = roster_date_dup_moment (account->unlock_time);
  if (until != NULL && reason != NULL)
    /* Translators: a time, then the reason: "Locked until 14:02 · too many failed sign-ins". */
    return g_strdup_printf (_ ("Locked until %s · %s"), until, reason);
  if (until != NULL)
    /* Translators: %s is a time or a date and time. */
    return g_strdup_printf (_ ("Locked until %s"), until);
  if (reason != NULL)
    /* Translators: %s is the reason: "Locked · too many failed sign-ins". */
    return g_strdup_printf (_ ("Locked · %s"), reason);
  return g_strdup (_ ("Locked"));
}

char *
roster_status_dup_text (const ScimAccount *account)
{
  if (account == NULL)
    return g_strdup (_ ("Not known"));

  switch (account->status)
    {
    case SCIM_ACCOUNT_LOCKED:
      return dup_locked (account);
    case SCIM_ACCOUNT_DISABLED:
      return g_strdup (_ ("Disabled"));
    case SCIM_ACCOUNT_INVITED:
      return g_strdup (_ ("Invitation pending"));
    case SCIM_ACCOUNT_RESET_PENDING:
      return g_strdup (account->locked ? _ ("Locked · password reset pending")
                                       : _ ("Password reset pending"));
    case SCIM_ACCOUNT_ACTIVE:
    default:
      return g_strdup (_ ("Active"));
    }
}
