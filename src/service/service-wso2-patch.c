/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What WSO2 makes of a PATCH (SCIM-SERVICES sections 1.5 to 1.8, 3.6, 3.9). */
#include "service-wso2.h"

#include "scim/scim-account.h"
#include "scim/scim-error.h"

#include <string.h>

#define SYSTEM(name) SCIM_URN_WSO2_SYSTEM ":" name

typedef struct
{
  const ScimSchemas *schemas;
  ScimResource *resource;
  ScimPatch *out;
  ScimPatchOpKind kind;
} Expander;

static gpointer
refuse (ScimErrorCode code, const char *detail, GError **error)
{
  g_propagate_error (error, scim_error_new (code, "%s", detail));
  return NULL;
}

static gboolean
is_empty_text (ScimNode node)
{
  gsize length = 0;

  return scim_node_get_type (node) == SCIM_JSON_STRING && scim_node_get_raw (node, &length) &&
         length == 2;
}

/* "" clears (section 1.5). */
static void
expand_value (Expander *self, const char *path, ScimNode node)
{
  if (!is_empty_text (node))
    {
      g_autofree char *raw = scim_node_dup_raw (node);

      scim_patch_add (self->out, SCIM_PATCH_REPLACE, path, raw);
    }
  else if (scim_node_exists (scim_resource_get (self->resource, path)))
    {
      scim_patch_add (self->out, SCIM_PATCH_REMOVE, path, NULL);
    }
}

/* One value of each type (section 3.7): an added one joins that which is there. */
static void
expand_typed (Expander *self, const char *path, ScimNode element)
{
  g_autofree char *raw_type = scim_node_dup_raw (scim_node_get_member (element, "type"));
  g_autofree char *place = g_strdup_printf ("%s[type eq %s]", path, raw_type);

  if (raw_type == NULL || !scim_node_exists (scim_resource_get (self->resource, place)))
    {
      g_autofree char *raw = scim_node_dup_raw (element);
      g_autofree char *list = g_strdup_printf ("[%s]", raw);

      scim_patch_add (self->out, SCIM_PATCH_ADD, path, list);
      return;
    }
  for (ScimNode member = scim_node_get_first (element); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      g_autofree char *sub_path = g_strdup_printf ("%s.%s", place, key);

      if (g_ascii_strcasecmp (key, "type") != 0)
        expand_value (self, sub_path, member);
    }
}

static void
expand_attribute (Expander *self, const char *path, ScimNode node)
{
  ScimJsonType type = scim_node_get_type (node);

  if (type == SCIM_JSON_ARRAY && self->kind == SCIM_PATCH_ADD)
    {
      for (ScimNode element = scim_node_get_first (node); scim_node_exists (element);
           element = scim_node_get_next (element))
        expand_typed (self, path, element);
    }
  else if (type == SCIM_JSON_OBJECT)
    {
      for (ScimNode member = scim_node_get_first (node); scim_node_exists (member);
           member = scim_node_get_next (member))
        {
          g_autofree char *key = scim_node_dup_key (member);
          g_autofree char *sub_path = g_strdup_printf ("%s.%s", path, key);

          expand_value (self, sub_path, member);
        }
    }
  else
    {
      expand_value (self, path, node);
    }
}

/* Operations without path, leaf by leaf. */
static gboolean
expand_members (Expander *self, const char *raw, GError **error)
{
  g_autoptr (ScimJson) json = raw != NULL ? scim_json_new_from_text (raw, -1, NULL) : NULL;
  ScimNode root = json != NULL ? scim_json_get_root (json) : SCIM_NODE_NONE;

  if (scim_node_get_type (root) != SCIM_JSON_OBJECT)
    {
      refuse (SCIM_ERROR_INVALID_JSON,
              "Request is unparsable, syntactically incorrect, or violates schema.", error);
      return FALSE;
    }
  for (ScimNode member = scim_node_get_first (root); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);

      if (g_ascii_strncasecmp (key, "urn:", 4) != 0)
        {
          expand_attribute (self, key, member);
          continue;
        }
      for (ScimNode leaf = scim_node_get_first (member); scim_node_exists (leaf);
           leaf = scim_node_get_next (leaf))
        {
          g_autofree char *name = scim_node_dup_key (leaf);
          g_autofree char *path = NULL;

          if (name == NULL)
            continue;
          path = g_strdup_printf ("%s:%s", key, name);
          expand_attribute (self, path, leaf);
        }
    }
  return TRUE;
}

/* One attribute and one sub-attribute is as deep as paths go, the URN counted (section 3.6). */
static gboolean
check_path (const Expander *self, const char *text, GError **error)
{
  g_autoptr (ScimPath) path = scim_path_new (text, self->schemas, error);

  if (path == NULL)
    return FALSE;
  if (path->schema == NULL || path->sub_attribute == NULL ||
      g_ascii_strcasecmp (path->schema, SCIM_URN_CORE_USER) == 0)
    return TRUE;
  refuse (SCIM_ERROR_NO_TARGET, "No such attribute with the name in the current resource.", error);
  return FALSE;
}

ScimPatch *
roster_service_wso2_prepare_patch (RosterService *service,
                                   ScimPatch *patch,
                                   ScimResource *resource,
                                   GError **error)
{
  g_autoptr (ScimPatch) out = scim_patch_new ();
  Expander expander = { service->schemas, resource, out, SCIM_PATCH_ADD };

  for (guint i = 0; i < scim_patch_get_n (patch); i++)
    {
      const ScimPatchOp *op = scim_patch_get_at (patch, i);

      expander.kind = op->kind;
      if (op->path == NULL)
        {
          if (!expand_members (&expander, op->value, error))
            return NULL;
          continue;
        }
      if (!check_path (&expander, op->path, error))
        return NULL;
      if (g_strcmp0 (op->value, "\"\"") != 0)
        scim_patch_add (out, op->kind, op->path, op->value);
      else if (scim_node_exists (scim_resource_get (resource, op->path)))
        scim_patch_add (out, SCIM_PATCH_REMOVE, op->path, NULL);
    }
  return g_steal_pointer (&out);
}

/* Sets or, with NULL, removes; takes the resource and gives the next one. A client can have put
 * something else in the place of the extension's object: that is then left alone. */
static ScimResource *
with (ScimResource *resource, const char *path, const char *raw)
{
  ScimResource *next = scim_resource_set (resource, path, raw, NULL);

  if (next == NULL)
    return resource;
  scim_resource_unref (resource);
  return next;
}

static ScimResource *
set_state (ScimResource *resource, const char *state, const char *reason)
{
  resource = with (resource, SYSTEM ("accountState"), state);
  return with (resource, SYSTEM ("lockedReason"), reason);
}

static ScimResource *
unlock (ScimResource *resource)
{
  resource = with (resource, SYSTEM ("accountLocked"), "false");
  resource = with (resource, SYSTEM ("unlockTime"), NULL);
  return set_state (resource, "\"UNLOCKED\"", NULL);
}

/* The state follows the flags that an administrator sets. */
static ScimResource *
follow_flags (ScimResource *before, ScimResource *after)
{
  static const char *const flags[] = { SYSTEM ("accountDisabled"), SYSTEM ("accountLocked") };
  static const char *const states[] = { "\"DISABLED\"", "\"LOCKED\"" };
  static const char *const reasons[] = { NULL, "\"ADMIN_INITIATED\"" };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      gboolean was = FALSE, is = FALSE;

      scim_resource_get_boolean (before, flags[i], &was);
      scim_resource_get_boolean (after, flags[i], &is);
      if (is && !was)
        after = set_state (after, states[i], reasons[i]);
      else if (was && !is)
        after = set_state (after, "\"UNLOCKED\"", NULL);
    }
  return after;
}

/* Section 3.9: without a way to send it, an invitation is accepted and that is all. */
static ScimResource *
follow_invitation (RosterService *service, ScimResource *after)
{
  gboolean invited = FALSE;

  if (!scim_node_exists (scim_resource_get (after, SYSTEM ("forcePasswordReset"))))
    return after;
  scim_resource_get_boolean (after, SYSTEM ("forcePasswordReset"), &invited);
  after = with (after, SYSTEM ("forcePasswordReset"), NULL);
  if (!invited || !service->invitation_locks)
    return after;
  after = with (after, SYSTEM ("accountLocked"), "true");
  return set_state (after, "\"PENDING_FUPR\"", "\"PENDING_ADMIN_FORCED_USER_PASSWORD_RESET\"");
}

/* Section 1.8: a new password lifts these two locks and no other. */
static ScimResource *
follow_password (ScimResource *after)
{
  g_autoptr (ScimAccount) account = scim_account_new (after);

  if (account->reason != SCIM_LOCK_ASK_PASSWORD && account->reason != SCIM_LOCK_FORCED_RESET)
    return after;
  return unlock (after);
}

ScimResource *
roster_service_wso2_finish_change (RosterService *service,
                                   ScimResource *before,
                                   ScimResource *after,
                                   gboolean has_new_password,
                                   GError **error)
{
  g_autofree char *old_name = scim_resource_dup_text (before, "userName");
  g_autofree char *new_name = scim_resource_dup_text (after, "userName");
  ScimResource *resource;

  if (g_strcmp0 (old_name, new_name) != 0)
    return refuse (SCIM_ERROR_MUTABILITY, "Attribute userName cannot be modified.", error);
  resource = follow_flags (before, scim_resource_ref (after));
  resource = follow_invitation (service, resource);
  return has_new_password ? follow_password (resource) : resource;
}
