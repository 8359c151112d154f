/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-capabilities.h"

struct _RosterCapabilities
{
  GObject parent_instance;

  const ScimDialect *dialect;
  GStrv granted; /* nullable: not said */
  int config_patch;
  int config_password;
};

G_DEFINE_FINAL_TYPE (RosterCapabilities, roster_capabilities, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
refuse (char **reason, char *words)
{
  if (reason != NULL)
    *reason = words;
  else
    g_free (words);

  return FALSE;
}

/* Passwords and invitations are PATCHes: they need the scope for updating (SCIM-SERVICES section
 * 2.3). */
static gboolean
check_scope (RosterCapabilities *self, RosterVerb verb, char **reason)
{
  const char *needed =
    verb == ROSTER_VERB_DELETE ? self->dialect->scope_delete : self->dialect->scope_update;

  if (needed == NULL || self->granted == NULL ||
      g_strv_contains ((const char *const *)self->granted, needed))
    return TRUE;

  /* Translators: %s is the name of a permission as the service writes it */
  return refuse (reason, g_strdup_printf (_ ("The permission %s was not granted"), needed));
}

static gboolean
check_config (RosterCapabilities *self, RosterVerb verb, char **reason)
{
  if (verb != ROSTER_VERB_DELETE && self->config_patch == 0)
    return refuse (reason, g_strdup (_ ("The service does not support changing single attributes "
                                        "(PATCH)")));
  if (verb == ROSTER_VERB_RESET_PASSWORD && self->config_password == 0)
    return refuse (reason, g_strdup (_ ("The service does not support changing passwords")));

  return TRUE;
}

/* SCIM-SERVICES section 4.2: the service refuses a reset while the account is locked, except where
 * the lock is the waiting for a password itself. */
static gboolean
check_account (RosterVerb verb, const ScimAccount *account, char **reason)
{
  if (account == NULL)
    return TRUE;

  if (account->read_only)
    return refuse (reason, g_strdup (_ ("This user is in a read-only user store")));

  if ((verb == ROSTER_VERB_RESET_PASSWORD || verb == ROSTER_VERB_INVITE) && account->locked &&
      account->reason != SCIM_LOCK_FORCED_RESET && account->reason != SCIM_LOCK_ASK_PASSWORD)
    return refuse (reason, g_strdup (_ ("Unlock the account first")));

  return TRUE;
}

static gboolean
check_invitation (RosterCapabilities *self, const char *address, char **reason)
{
  if (!self->dialect->has_invitation)
    return refuse (reason,
                   g_strdup (_ ("This service has no invitations; only WSO2’s services do")));
  if (address == NULL || *address == '\0')
    return refuse (reason, g_strdup (_ ("The user has no e-mail address")));

  return TRUE;
}

static void
roster_capabilities_finalize (GObject *object)
{
  g_strfreev (ROSTER_CAPABILITIES (object)->granted);

  G_OBJECT_CLASS (roster_capabilities_parent_class)->finalize (object);
}

static void
roster_capabilities_class_init (RosterCapabilitiesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_capabilities_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_capabilities_init (RosterCapabilities *self)
{
  self->dialect = &scim_dialect_rfc;
  self->config_patch = -1;
  self->config_password = -1;
}

RosterCapabilities *
roster_capabilities_new (void)
{
  return g_object_new (ROSTER_TYPE_CAPABILITIES, NULL);
}

void
roster_capabilities_set (RosterCapabilities *self,
                         const ScimDialect *dialect,
                         const char *granted_scope,
                         int config_patch,
                         int config_password)
{
  g_return_if_fail (ROSTER_IS_CAPABILITIES (self));
  g_return_if_fail (dialect != NULL);

  self->dialect = dialect;
  g_clear_pointer (&self->granted, g_strfreev);
  if (granted_scope != NULL)
    self->granted = g_strsplit_set (granted_scope, " \t", -1);
  self->config_patch = config_patch;
  self->config_password = config_password;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
roster_capabilities_allow (RosterCapabilities *self,
                           RosterVerb verb,
                           const ScimAccount *account,
                           const char *address,
                           char **reason)
{
  g_return_val_if_fail (ROSTER_IS_CAPABILITIES (self), FALSE);

  if (reason != NULL)
    *reason = NULL;

  return check_scope (self, verb, reason) && check_config (self, verb, reason) &&
         (verb != ROSTER_VERB_INVITE || check_invitation (self, address, reason)) &&
         check_account (verb, account, reason);
}
