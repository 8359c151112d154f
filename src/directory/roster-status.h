/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-account.h"

G_BEGIN_DECLS

/* The state of an account in words: "Active", "Locked · too many failed sign-ins", "Locked until
 * 14:02 · …". Translated. account: nullable (not known). */
char *roster_status_dup_text (const ScimAccount *account);
/* Why an account is locked: "too many failed sign-ins"; NULL when the service does not say. */
char *roster_status_dup_reason (const ScimAccount *account);

G_END_DECLS
