/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include "scim/scim-account.h"
#include "scim/scim-dialect.h"

G_BEGIN_DECLS

/* What can be done on this service: yes, no with the reason, or unknown (then it is offered and the
 * service decides). From the granted scopes, the configuration, the dialect; per user also from the
 * account. Signal "changed". */
#define ROSTER_TYPE_CAPABILITIES (roster_capabilities_get_type ())
G_DECLARE_FINAL_TYPE (RosterCapabilities, roster_capabilities, ROSTER, CAPABILITIES, GObject)

typedef enum
{
  ROSTER_VERB_UPDATE,
  ROSTER_VERB_DELETE,
  ROSTER_VERB_RESET_PASSWORD, /* setting a temporary one */
  ROSTER_VERB_INVITE,
} RosterVerb;

RosterCapabilities *roster_capabilities_new (void);
/* granted_scope: nullable (not said: unknown). config_patch, config_password: 1 yes, 0 no, -1 not
 * said. */
void roster_capabilities_set (RosterCapabilities *self,
                              const ScimDialect *dialect,
                              const char *granted_scope,
                              int config_patch,
                              int config_password);
/* May the verb be used on this user? FALSE with the reason, translated, in *reason (nullable out,
 * owned). account: nullable (not known). address: nullable: the e-mail address of an invitation. */
gboolean roster_capabilities_allow (RosterCapabilities *self,
                                    RosterVerb verb,
                                    const ScimAccount *account,
                                    const char *address,
                                    char **reason);

G_END_DECLS
