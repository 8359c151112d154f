/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields a form has, and in which group each stands. */
#include "config.h"

#include "directory/roster-form-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-labels.h"

#define URN_CORE       "urn:ietf:params:scim:schemas:core:2.0"
#define URN_WSO2_AGENT "urn:scim:wso2:agent:schema"

/* Attributes of the account itself under WSO2's or the enterprise URN, whatever the schemas say:
 * most are not in /Schemas at all (SCIM-SERVICES section 3.8). They are shown in the account's
 * group and never edited in a form; without a label they are not shown. */
static const struct
{
  const char *name;
  const char *label; /* nullable */
} account_attributes[] = {
  { "lastLogonTime", N_ ("Last Sign-in") },
  { "lastLoginTime", N_ ("Last Sign-in") },
  { "lastPasswordUpdateTime", N_ ("Password Changed") },
  { "passwordExpiryTime", N_ ("Password Expires") },
  { "accountState", N_ ("Account State") },
  { "lockedReason", N_ ("Lock Reason") },
  { "unlockTime", N_ ("Locked Until") },
  { "accountLocked", N_ ("Account Locked") },
  { "accountDisabled", N_ ("Account Disabled") },
  { "failedLoginAttempts", N_ ("Failed Sign-ins") },
  { "emailVerified", N_ ("E-mail Verified") },
  { "phoneVerified", N_ ("Phone Verified") },
  { "pendingEmails", N_ ("E-mail Awaiting Confirmation") },
  { "pendingMobileNumber", N_ ("Mobile Number Awaiting Confirmation") },
  { "userSourceId", N_ ("Source") },
  { "managedOrg", N_ ("Managed by") },
  { "isReadOnlyUser", NULL },
  { "forcePasswordReset", NULL },
  { "askPassword", NULL },
  { "oneTimePassword", NULL },
  { "verifyEmail", NULL },
  { "verifyMobile", NULL },
  { "verifiedEmailAddresses", NULL },
  { "verifiedMobileNumbers", NULL },
};

typedef struct
{
  ScimSchemas *schemas;
  RosterAttributes *attributes; /* nullable: everything is chosen */
  GPtrArray *groups;
  GPtrArray *simple;  /* RosterField of the schema at hand */
  GPtrArray *values;  /* RosterFieldGroup of the schema at hand */
  GPtrArray *account; /* RosterField */
} Build;

static int
find_account_attribute (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (account_attributes); i++)
    if (g_ascii_strcasecmp (account_attributes[i].name, name) == 0)
      return (int)i;
  return -1;
}

static gboolean
is_account_schema (const char *urn)
{
  return g_ascii_strcasecmp (urn, SCIM_URN_WSO2_SYSTEM) == 0 ||
         g_ascii_strcasecmp (urn, SCIM_URN_ENTERPRISE_USER) == 0;
}

static gboolean
is_account_attribute (const ScimAttribute *attribute)
{
  return is_account_schema (attribute->schema->id) && find_account_attribute (attribute->name) >= 0;
}

static gboolean
is_path_hidden (Build *build, const char *path)
{
  return build->attributes != NULL && roster_attributes_is_hidden (build->attributes, path);
}

/* A reference is one field here and may be several attributes to choose elsewhere. */
static gboolean
is_hidden (Build *build, const ScimAttribute *attribute)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  guint n_hidden = 0;

  if (is_path_hidden (build, path))
    return TRUE;
  for (guint i = 0; i < attribute->sub_attributes->len; i++)
    {
      g_autofree char *sub =
        scim_attribute_dup_path (g_ptr_array_index (attribute->sub_attributes, i));

      if (is_path_hidden (build, sub))
        n_hidden++;
    }
  return n_hidden > 0 && n_hidden == attribute->sub_attributes->len;
}

/* Never shown: secrets, and what the form shows by itself. */
static gboolean
is_left_out (Build *build, const ScimAttribute *attribute)
{
  const char *const own[] = { "id", "meta", "schemas" };

  if (attribute->mutability == SCIM_MUTABILITY_WRITE_ONLY ||
      attribute->returned == SCIM_RETURNED_NEVER || is_account_attribute (attribute))
    return TRUE;
  if (!scim_schema_is_core_user (attribute->schema))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strcasecmp (attribute->name, own[i]) == 0)
      return TRUE;
  /* There it is a stored claim without meaning (SCIM-SERVICES section 3.7). */
  return scim_schemas_is_wso2 (build->schemas) &&
         g_ascii_strcasecmp (attribute->name, "active") == 0;
}

static void
take_field (Build *build, RosterFieldInfo *info, gboolean service_data)
{
  g_autoptr (RosterFieldInfo) taken = info;

  g_ptr_array_add (service_data ? build->account : build->simple, roster_field_new (taken));
}

static void
add_simple (Build *build, const ScimAttribute *attribute)
{
  gboolean is_name = g_ascii_strcasecmp (attribute->name, "userName") == 0;
  RosterFieldInfo *info;

  if (is_hidden (build, attribute))
    return;
  info = roster_field_info_new (build->schemas, attribute);
  take_field (build, info,
              !is_name && (attribute->mutability == SCIM_MUTABILITY_READ_ONLY || info->in_list));
}

static void
add_multi_valued (Build *build, const ScimAttribute *attribute)
{
  GPtrArray *infos;

  if (is_hidden (build, attribute))
    return;
  infos = roster_field_info_new_for_values (build->schemas, attribute);
  if (infos == NULL)
    add_simple (build, attribute);
  else
    g_ptr_array_add (build->values, roster_field_group_new_values (attribute, infos));
}

static gboolean
is_flattened (const ScimAttribute *attribute)
{
  return attribute->type == SCIM_TYPE_COMPLEX && !attribute->multi_valued &&
         attribute->sub_attributes->len > 0 &&
         (scim_attribute_get_sub (attribute, "value") == NULL ||
          (scim_attribute_get_sub (attribute, "$ref") == NULL &&
           g_ascii_strcasecmp (attribute->name, "manager") != 0));
}

static int
get_order (const ScimAttribute *attribute)
{
  if (attribute->display_order != G_MAXINT || attribute->parent == NULL)
    return attribute->display_order;
  return attribute->parent->display_order;
}

static int
compare_order (gconstpointer a, gconstpointer b)
{
  int one = get_order (*(const ScimAttribute *const *)a);
  int other = get_order (*(const ScimAttribute *const *)b);

  return (one > other) - (one < other);
}

/* What has a field or a group of its own, in the service's display order, which knows
 * sub-attributes, too. g_ptr_array_sort() is stable. */
static GPtrArray *
flatten (Build *build, const ScimSchema *schema)
{
  GPtrArray *flat = g_ptr_array_new ();

  for (guint i = 0; i < schema->attributes->len; i++)
    {
      const ScimAttribute *attribute = g_ptr_array_index (schema->attributes, i);

      if (is_left_out (build, attribute))
        continue;
      if (is_flattened (attribute))
        for (guint j = 0; j < attribute->sub_attributes->len; j++)
          g_ptr_array_add (flat, g_ptr_array_index (attribute->sub_attributes, j));
      else
        g_ptr_array_add (flat, (gpointer)attribute);
    }
  g_ptr_array_sort (flat, compare_order);
  return flat;
}

static void
add_attribute (Build *build, const ScimAttribute *attribute)
{
  /* Several values within a complex attribute are shown whole. */
  if (!attribute->multi_valued || attribute->parent != NULL)
    add_simple (build, attribute);
  else
    add_multi_valued (build, attribute);
}

static void
add_schema (Build *build, const ScimSchema *schema)
{
  g_autoptr (GPtrArray) flat = flatten (build, schema);

  if (g_ascii_strcasecmp (schema->id, URN_CORE) == 0 ||
      g_ascii_strcasecmp (schema->id, URN_WSO2_AGENT) == 0)
    return;
  build->simple = g_ptr_array_new_with_free_func (g_object_unref);
  build->values = g_ptr_array_new ();
  for (guint i = 0; i < flat->len; i++)
    add_attribute (build, g_ptr_array_index (flat, i));

  if (build->simple->len > 0)
    g_ptr_array_add (build->groups,
                     roster_field_group_new (ROSTER_GROUP_ATTRIBUTES, roster_label_schema (schema),
                                             g_steal_pointer (&build->simple)));
  for (guint i = 0; i < build->values->len; i++)
    g_ptr_array_add (build->groups, g_ptr_array_index (build->values, i));
  g_clear_pointer (&build->simple, g_ptr_array_unref);
  g_clear_pointer (&build->values, g_ptr_array_unref);
}

/* Few services describe these; where one does, they are attributes among others. */
static gboolean
is_in_core (Build *build, const char *path)
{
  const ScimSchema *user = scim_schemas_get (build->schemas, SCIM_URN_CORE_USER);
  const ScimAttribute *attribute = user == NULL ? NULL : scim_schema_get_attribute (user, path);

  return attribute != NULL && !is_left_out (build, attribute);
}

/* What every service may show of anybody, described or not. */
static void
add_common (Build *build)
{
  const struct
  {
    const char *path;
    char *label; /* taken */
  } common[] = {
    { "id", roster_label_common ("id") },
    { "externalId", roster_label_common ("externalId") },
    { "groups", g_strdup (_ ("Groups")) },
    { "roles", g_strdup (_ ("Roles")) },
    { "meta.created", roster_label_common ("meta.created") },
    { "meta.lastModified", roster_label_common ("meta.lastModified") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (common); i++)
    {
      RosterFieldInfo *info =
        roster_field_info_new_plain (build->schemas, common[i].path, common[i].label);

      info->in_list =
        g_str_equal (common[i].path, "groups") || g_str_equal (common[i].path, "roles");
      if (!is_path_hidden (build, common[i].path) && !is_in_core (build, common[i].path))
        g_ptr_array_add (build->account, roster_field_new (info));
      roster_field_info_unref (info);
    }
}

static char *
dup_path_in (const char *urn, const char *name)
{
  return g_strconcat (urn, ":", name, NULL);
}

static void
add_account_attributes (Build *build)
{
  for (guint i = 0; i < G_N_ELEMENTS (account_attributes); i++)
    {
      const char *name = account_attributes[i].name;
      g_autofree char *path = dup_path_in (SCIM_URN_WSO2_SYSTEM, name);
      g_autofree char *other = dup_path_in (SCIM_URN_ENTERPRISE_USER, name);
      RosterFieldInfo *info;

      if (account_attributes[i].label == NULL || is_path_hidden (build, path) ||
          is_path_hidden (build, other))
        continue;
      info = roster_field_info_new_plain (build->schemas, path,
                                          g_strdup (_ (account_attributes[i].label)));
      info->alternative = g_steal_pointer (&other);
      info->in_list = g_str_has_prefix (name, "pending");
      g_ptr_array_add (build->account, roster_field_new (info));
      roster_field_info_unref (info);
    }
}

GPtrArray *
roster_form_build (ScimSchemas *schemas, RosterAttributes *attributes)
{
  Build build = { schemas, attributes };
  const ScimSchema *user = scim_schemas_get (schemas, SCIM_URN_CORE_USER);

  build.groups = g_ptr_array_new_with_free_func (g_object_unref);
  build.account = g_ptr_array_new_with_free_func (g_object_unref);
  add_common (&build);
  if (user != NULL)
    add_schema (&build, user);
  for (guint i = 0; i < scim_schemas_get_n (schemas); i++)
    if (scim_schemas_get_at (schemas, i) != user)
      add_schema (&build, scim_schemas_get_at (schemas, i));
  add_account_attributes (&build);

  g_ptr_array_add (build.groups, roster_field_group_new (ROSTER_GROUP_ACCOUNT,
                                                         g_strdup (_ ("Account")), build.account));
  g_ptr_array_add (build.groups,
                   roster_field_group_new (ROSTER_GROUP_OTHER, g_strdup (_ ("Other Attributes")),
                                           g_ptr_array_new_with_free_func (g_object_unref)));
  return build.groups;
}

static void
add_other (
  GPtrArray *fields, ScimSchemas *schemas, const char *path, const char *name, ScimNode node)
{
  RosterFieldInfo *info =
    roster_field_info_new_plain (schemas, path, roster_label_translate (name));

  info->kind = ROSTER_FIELD_KIND_JSON;
  g_ptr_array_add (fields, roster_field_new_fixed (info, node));
  roster_field_info_unref (info);
}

static void
find_in_complex (GPtrArray *fields,
                 ScimSchemas *schemas,
                 const ScimAttribute *attribute,
                 ScimNode object)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);

  if (attribute->multi_valued || attribute->sub_attributes->len == 0 ||
      scim_node_get_type (object) != SCIM_JSON_OBJECT)
    return;
  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      g_autofree char *sub = NULL;

      if (scim_attribute_get_sub (attribute, key) != NULL)
        continue;
      sub = g_strconcat (path, ".", key, NULL);
      add_other (fields, schemas, sub, key, node);
    }
}

static void
find_in_schema (GPtrArray *fields, ScimSchemas *schemas, const ScimSchema *schema, ScimNode object)
{
  const char *const common[] = { "schemas", "id", "externalId", "meta", "groups", "roles" };
  gboolean is_core = scim_schema_is_core_user (schema);

  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      g_autofree char *key = scim_node_dup_key (node);
      g_autofree char *path = is_core ? g_strdup (key) : dup_path_in (schema->id, key);
      const ScimAttribute *attribute = scim_schema_get_attribute (schema, key);
      const ScimSchema *extension = is_core ? scim_schemas_get (schemas, key) : NULL;
      gboolean known = is_account_schema (schema->id) && find_account_attribute (key) >= 0;

      for (guint i = 0; is_core && i < G_N_ELEMENTS (common); i++)
        known = known || g_ascii_strcasecmp (key, common[i]) == 0;
      if (attribute != NULL)
        find_in_complex (fields, schemas, attribute, node);
      else if (extension != NULL && scim_node_get_type (node) == SCIM_JSON_OBJECT)
        find_in_schema (fields, schemas, extension, node);
      else if (!known)
        add_other (fields, schemas, path, key, node);
    }
}

GPtrArray *
roster_form_find_other (ScimSchemas *schemas, ScimResource *user)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_object_unref);
  const ScimSchema *core = scim_schemas_get (schemas, SCIM_URN_CORE_USER);

  if (core != NULL)
    find_in_schema (fields, schemas, core, scim_resource_get_root (user));
  return fields;
}
