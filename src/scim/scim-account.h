/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-resource.h"

G_BEGIN_DECLS

/* What a user resource shows of the account's state (SCIM-SERVICES sections 3.7, 3.9, 4.4):
 * `active` in RFC services; accountLocked, accountDisabled, accountState, lockedReason, unlockTime
 * under urn:scim:wso2:schema or the enterprise URN in WSO2's. */
typedef enum
{
  SCIM_ACCOUNT_ACTIVE,
  SCIM_ACCOUNT_LOCKED,
  SCIM_ACCOUNT_DISABLED,
  SCIM_ACCOUNT_INVITED,       /* PENDING_AP: invited, has not set a first password */
  SCIM_ACCOUNT_RESET_PENDING, /* PENDING_FUPR: locked until the person sets a new password */
} ScimAccountStatus;

typedef enum
{
  SCIM_LOCK_NONE,
  SCIM_LOCK_ADMIN,
  SCIM_LOCK_FAILED_SIGN_INS,
  SCIM_LOCK_IDLE,
  SCIM_LOCK_SELF_REGISTRATION,
  SCIM_LOCK_EMAIL_VERIFICATION,
  SCIM_LOCK_ASK_PASSWORD,
  SCIM_LOCK_FORCED_RESET,
  SCIM_LOCK_OTHER, /* see reason_text */
} ScimLockReason;

typedef struct
{
  ScimAccountStatus status;
  ScimLockReason reason;
  char *reason_text;  /* nullable: the service's own word for an unknown reason */
  gint64 unlock_time; /* Unix milliseconds; 0: not said */
  gboolean read_only; /* isReadOnlyUser: the user store cannot be written */
  gboolean locked;    /* accountLocked itself */
} ScimAccount;

ScimAccount *scim_account_new (const ScimResource *user);
void scim_account_free (ScimAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimAccount, scim_account_free)

G_END_DECLS
