/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schemas of RFC 7643 section 8.7.1 as data, and the common attributes, which section 3.1 makes
 * part of every resource's base schema. */
#include "scim-schema-private.h"

enum
{
  MULTI = 1 << 0,
  REQUIRED = 1 << 1,
  EXACT = 1 << 2,
  READ_ONLY = 1 << 3,
  WRITE_ONLY = 1 << 4,
  ALWAYS = 1 << 5,
  NEVER = 1 << 6,
  UNIQUE = 1 << 7,
};

typedef struct _Definition Definition;

struct _Definition
{
  const char *name;
  ScimType type;
  guint flags;
  const char *canonical; /* nullable, comma-separated */
  const Definition *sub; /* nullable, ended by a NULL name */
};

static const Definition meta_subs[] = {
  { "resourceType", SCIM_TYPE_STRING, EXACT | READ_ONLY },
  { "created", SCIM_TYPE_DATE_TIME, READ_ONLY },
  { "lastModified", SCIM_TYPE_DATE_TIME, READ_ONLY },
  { "location", SCIM_TYPE_REFERENCE, EXACT | READ_ONLY },
  { "version", SCIM_TYPE_STRING, EXACT | READ_ONLY },
  { NULL },
};

static const Definition name_subs[] = {
  { "formatted", SCIM_TYPE_STRING },
  { "familyName", SCIM_TYPE_STRING },
  { "givenName", SCIM_TYPE_STRING },
  { "middleName", SCIM_TYPE_STRING },
  { "honorificPrefix", SCIM_TYPE_STRING },
  { "honorificSuffix", SCIM_TYPE_STRING },
  { NULL },
};

static const Definition email_subs[] = {
  { "value", SCIM_TYPE_STRING },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING, 0, "work,home,other" },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition phone_subs[] = {
  { "value", SCIM_TYPE_STRING },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING, 0, "work,home,mobile,fax,pager,other" },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition im_subs[] = {
  { "value", SCIM_TYPE_STRING },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING, 0, "aim,gtalk,icq,xmpp,msn,skype,qq,yahoo" },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition photo_subs[] = {
  { "value", SCIM_TYPE_REFERENCE, EXACT },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING, 0, "photo,thumbnail" },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition address_subs[] = {
  { "formatted", SCIM_TYPE_STRING },
  { "streetAddress", SCIM_TYPE_STRING },
  { "locality", SCIM_TYPE_STRING },
  { "region", SCIM_TYPE_STRING },
  { "postalCode", SCIM_TYPE_STRING },
  { "country", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING, 0, "work,home,other" },
  /* Not in section 8.7.1's list, but in section 2.4's default set and in section 8.2's example. */
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition group_subs[] = {
  { "value", SCIM_TYPE_STRING, READ_ONLY },
  { "$ref", SCIM_TYPE_REFERENCE, READ_ONLY },
  { "display", SCIM_TYPE_STRING, READ_ONLY },
  { "type", SCIM_TYPE_STRING, READ_ONLY, "direct,indirect" },
  { NULL },
};

static const Definition plain_subs[] = {
  { "value", SCIM_TYPE_STRING },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition certificate_subs[] = {
  { "value", SCIM_TYPE_BINARY, EXACT },
  { "display", SCIM_TYPE_STRING },
  { "type", SCIM_TYPE_STRING },
  { "primary", SCIM_TYPE_BOOLEAN },
  { NULL },
};

static const Definition manager_subs[] = {
  { "value", SCIM_TYPE_STRING },
  { "$ref", SCIM_TYPE_REFERENCE },
  { "displayName", SCIM_TYPE_STRING, READ_ONLY },
  { NULL },
};

static const Definition user_attributes[] = {
  { "userName", SCIM_TYPE_STRING, REQUIRED | UNIQUE },
  { "name", SCIM_TYPE_COMPLEX, 0, NULL, name_subs },
  { "displayName", SCIM_TYPE_STRING },
  { "nickName", SCIM_TYPE_STRING },
  { "profileUrl", SCIM_TYPE_REFERENCE, EXACT },
  { "title", SCIM_TYPE_STRING },
  { "userType", SCIM_TYPE_STRING },
  { "preferredLanguage", SCIM_TYPE_STRING },
  { "locale", SCIM_TYPE_STRING },
  { "timezone", SCIM_TYPE_STRING },
  { "active", SCIM_TYPE_BOOLEAN },
  { "password", SCIM_TYPE_STRING, WRITE_ONLY | NEVER },
  { "emails", SCIM_TYPE_COMPLEX, MULTI, NULL, email_subs },
  { "phoneNumbers", SCIM_TYPE_COMPLEX, MULTI, NULL, phone_subs },
  { "ims", SCIM_TYPE_COMPLEX, MULTI, NULL, im_subs },
  { "photos", SCIM_TYPE_COMPLEX, MULTI, NULL, photo_subs },
  { "addresses", SCIM_TYPE_COMPLEX, MULTI, NULL, address_subs },
  { "groups", SCIM_TYPE_COMPLEX, MULTI | READ_ONLY, NULL, group_subs },
  { "entitlements", SCIM_TYPE_COMPLEX, MULTI, NULL, plain_subs },
  { "roles", SCIM_TYPE_COMPLEX, MULTI, NULL, plain_subs },
  { "x509Certificates", SCIM_TYPE_COMPLEX, MULTI, NULL, certificate_subs },
  { "id", SCIM_TYPE_STRING, EXACT | READ_ONLY | ALWAYS | UNIQUE },
  { "externalId", SCIM_TYPE_STRING, EXACT },
  { "meta", SCIM_TYPE_COMPLEX, READ_ONLY, NULL, meta_subs },
  { NULL },
};

static const Definition enterprise_attributes[] = {
  { "employeeNumber", SCIM_TYPE_STRING },
  { "costCenter", SCIM_TYPE_STRING },
  { "organization", SCIM_TYPE_STRING },
  { "division", SCIM_TYPE_STRING },
  { "department", SCIM_TYPE_STRING },
  { "manager", SCIM_TYPE_COMPLEX, 0, NULL, manager_subs },
  { NULL },
};

static ScimAttribute *
attribute_from_definition (const Definition *definition)
{
  ScimAttribute *self = scim_attribute_new (definition->name);
  guint flags = definition->flags;

  self->type = definition->type;
  self->multi_valued = (flags & MULTI) != 0;
  self->required = (flags & REQUIRED) != 0;
  self->case_exact = (flags & EXACT) != 0;
  if (flags & READ_ONLY)
    self->mutability = SCIM_MUTABILITY_READ_ONLY;
  else if (flags & WRITE_ONLY)
    self->mutability = SCIM_MUTABILITY_WRITE_ONLY;
  if (flags & ALWAYS)
    self->returned = SCIM_RETURNED_ALWAYS;
  else if (flags & NEVER)
    self->returned = SCIM_RETURNED_NEVER;
  if (flags & UNIQUE)
    self->uniqueness = SCIM_UNIQUENESS_SERVER;
  if (definition->canonical != NULL)
    self->canonical_values = g_strsplit (definition->canonical, ",", -1);
  for (const Definition *sub = definition->sub; sub != NULL && sub->name != NULL; sub++)
    scim_attribute_add_sub (self, attribute_from_definition (sub));
  return self;
}

static ScimSchema *
schema_from_definitions (const char *id,
                         const char *name,
                         const char *description,
                         const Definition *definitions)
{
  ScimSchema *self = scim_schema_new (id, name, description);

  for (const Definition *definition = definitions; definition->name != NULL; definition++)
    scim_schema_add_attribute (self, attribute_from_definition (definition));
  return self;
}

ScimSchema *
scim_schema_new_core_user (void)
{
  return schema_from_definitions (SCIM_URN_CORE_USER, "User", "User Account", user_attributes);
}

ScimSchema *
scim_schema_new_enterprise_user (void)
{
  return schema_from_definitions (SCIM_URN_ENTERPRISE_USER, "EnterpriseUser", "Enterprise User",
                                  enterprise_attributes);
}

ScimSchemas *
scim_schemas_new_builtin (void)
{
  ScimSchemas *self = scim_schemas_alloc ();

  g_ptr_array_add (self->schemas, scim_schema_new_core_user ());
  g_ptr_array_add (self->schemas, scim_schema_new_enterprise_user ());
  return self;
}
