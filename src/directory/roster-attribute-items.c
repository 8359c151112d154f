/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-attributes-private.h"
#include "directory/roster-labels.h"

/* Attributes that the profile shows otherwise (the account's state in its pills), that are of no
 * use to people, or that WSO2's own console keeps back (SCIM-SERVICES section 4.1). By the last
 * part of their names, in any schema. Hidden means: off until somebody turns them on. */
static const char *const hidden_names[] = {
  "accountDisabled",
  "accountLocked",
  "accountState",
  "askPassword",
  "enabledAuthenticators",
  "entitlements",
  "failedEmailOTPAttempts",
  "failedLoginAttempts",
  "failedLoginLockoutCount",
  "failedPasswordRecoveryAttempts",
  "failedSMSOTPAttempts",
  "failedTOTPAttempts",
  "forcePasswordReset",
  "formatted",
  "ims",
  "isReadOnlyUser",
  "lockedReason",
  "oneTimePassword",
  "photos",
  "preferredMFAOption",
  "profileUrl",
  "roles",
  "totpEnabled",
  "unlockTime",
  "verifiedEmailAddresses",
  "verifiedMobileNumbers",
  "verifyEmail",
  "verifyMobile",
  "x509Certificates",
};

/* Parts of a resource that say nothing about the person. */
static const char *const left_out[] = { "schemas", "meta.resourceType", "meta.location",
                                        "meta.version" };

static const char *const common[] = { "id", "externalId", "meta.created", "meta.lastModified" };

static gboolean
contains (const char *const *names, gsize n, const char *name)
{
  for (gsize i = 0; i < n; i++)
    if (g_ascii_strcasecmp (names[i], name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_hidden_by_default (const ScimAttribute *attribute, gboolean wso2)
{
  if (attribute->hidden || (attribute->parent != NULL && attribute->parent->hidden) ||
      contains (hidden_names, G_N_ELEMENTS (hidden_names), attribute->name))
    return TRUE;

  /* WSO2 only stores it; the state of an account is elsewhere (SCIM-SERVICES section 3.7). */
  return wso2 && attribute->parent == NULL && g_ascii_strcasecmp (attribute->name, "active") == 0;
}

/* A single-valued complex attribute is shown by its parts, unless it refers to somebody: then it is
 * one thing, the one referred to. */
static gboolean
is_flattened (const ScimAttribute *attribute)
{
  return attribute->type == SCIM_TYPE_COMPLEX && !attribute->multi_valued &&
         attribute->sub_attributes->len > 0 && scim_attribute_get_sub (attribute, "$ref") == NULL;
}

static gboolean
is_never_shown (const ScimAttribute *attribute, const char *path)
{
  return attribute->mutability == SCIM_MUTABILITY_WRITE_ONLY ||
         attribute->returned == SCIM_RETURNED_NEVER ||
         g_ascii_strcasecmp (attribute->name, "password") == 0 ||
         contains (left_out, G_N_ELEMENTS (left_out), path) ||
         contains (common, G_N_ELEMENTS (common), path);
}

static void
add_attribute (GPtrArray *items, const ScimAttribute *attribute, const char *group, gboolean wso2)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  RosterAttributeInfo info = { 0 };

  if (is_never_shown (attribute, path))
    return;

  if (is_flattened (attribute))
    {
      for (guint i = 0; i < attribute->sub_attributes->len; i++)
        add_attribute (items, attribute->sub_attributes->pdata[i], group, wso2);
      return;
    }

  info.table_fixed = g_str_equal (path, "displayName");
  info.path = g_steal_pointer (&path);
  info.label = roster_label_attribute (attribute);
  info.column_title = roster_label_column (attribute);
  info.group = g_strdup (group);
  info.required = attribute->required;
  info.read_only = attribute->mutability == SCIM_MUTABILITY_READ_ONLY;
  info.date = attribute->type == SCIM_TYPE_DATE_TIME && !attribute->multi_valued;
  info.boolean = attribute->type == SCIM_TYPE_BOOLEAN && !attribute->multi_valued;
  info.hidden = !info.required && is_hidden_by_default (attribute, wso2);
  g_ptr_array_add (items, roster_attribute_item_new (info));
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  const ScimAttribute *first = *(const ScimAttribute *const *)a;
  const ScimAttribute *second = *(const ScimAttribute *const *)b;

  return (first->display_order > second->display_order) -
         (first->display_order < second->display_order);
}

static void
add_schema (GPtrArray *items, const ScimSchema *schema, gboolean wso2)
{
  g_autofree char *group = roster_label_schema (schema);
  /* Not g_ptr_array_copy(), which would copy the duty to free the schema's attributes as well. */
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (schema->attributes->len);

  g_ptr_array_extend (sorted, schema->attributes, NULL, NULL);
  /* Stable: what has no place of its own keeps the service's order. */
  g_ptr_array_sort (sorted, compare_order);
  for (guint i = 0; i < sorted->len; i++)
    add_attribute (items, sorted->pdata[i], group, wso2);
}

/* They are there whether schemas list them or not. */
static void
add_common (GPtrArray *items, ScimSchemas *schemas)
{
  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    {
      const ScimAttribute *attribute = scim_schemas_find (schemas, common[i]);
      gboolean external = g_str_equal (common[i], "externalId");
      RosterAttributeInfo info = { 0 };

      info.path = g_strdup (common[i]);
      info.label = roster_label_common (common[i]);
      info.column_title = roster_label_common (common[i]);
      /* Translators: the group of an account's own data: its id, when it was made and changed */
      info.group = g_strdup (_ ("Account"));
      info.read_only =
        !external || (attribute != NULL && attribute->mutability == SCIM_MUTABILITY_READ_ONLY);
      info.date = g_str_has_prefix (common[i], "meta.");
      g_ptr_array_add (items, roster_attribute_item_new (info));
    }
}

/* The agent schema describes programs, not people (SCIM-SERVICES section 3.8). */
static gboolean
is_about_people (const ScimSchema *schema)
{
  return g_ascii_strcasecmp (schema->id, "urn:scim:wso2:agent:schema") != 0 &&
         !g_str_has_suffix (schema->id, ":Group");
}

GPtrArray *
roster_attribute_items_make (ScimSchemas *schemas)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean wso2 = scim_schemas_is_wso2 (schemas);
  const ScimSchema *core = scim_schemas_get (schemas, SCIM_URN_CORE_USER);

  if (core != NULL)
    add_schema (items, core, wso2);
  for (guint i = 0; i < scim_schemas_get_n (schemas); i++)
    {
      const ScimSchema *schema = scim_schemas_get_at (schemas, i);

      if (schema != core && is_about_people (schema))
        add_schema (items, schema, wso2);
    }
  add_common (items, schemas);

  return items;
}
