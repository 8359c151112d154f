/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-json.h"

G_BEGIN_DECLS

/* Schemas as RFC 7643 section 7 and section 8.7.2 define them, plus the members that WSO2 adds.
 * All structs are immutable and owned by their ScimSchemas; all strings are safe for display. */

#define SCIM_URN_CORE_USER       "urn:ietf:params:scim:schemas:core:2.0:User"
#define SCIM_URN_ENTERPRISE_USER "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
#define SCIM_URN_WSO2_SYSTEM     "urn:scim:wso2:schema"
#define SCIM_URN_WSO2_CUSTOM     "urn:scim:schemas:extension:custom:User"

typedef enum
{
  SCIM_TYPE_STRING,
  SCIM_TYPE_BOOLEAN,
  SCIM_TYPE_DECIMAL,
  SCIM_TYPE_INTEGER,
  SCIM_TYPE_DATE_TIME,
  SCIM_TYPE_REFERENCE,
  SCIM_TYPE_BINARY,
  SCIM_TYPE_COMPLEX,
} ScimType;

typedef enum
{
  SCIM_MUTABILITY_READ_WRITE,
  SCIM_MUTABILITY_READ_ONLY,
  SCIM_MUTABILITY_IMMUTABLE,
  SCIM_MUTABILITY_WRITE_ONLY,
} ScimMutability;

typedef enum
{
  SCIM_RETURNED_DEFAULT,
  SCIM_RETURNED_ALWAYS,
  SCIM_RETURNED_NEVER,
  SCIM_RETURNED_REQUEST,
} ScimReturned;

typedef enum
{
  SCIM_UNIQUENESS_NONE,
  SCIM_UNIQUENESS_SERVER,
  SCIM_UNIQUENESS_GLOBAL,
} ScimUniqueness;

typedef struct _ScimAttribute ScimAttribute;
typedef struct _ScimSchema ScimSchema;
typedef struct _ScimSchemas ScimSchemas; /* refcounted set of schemas */

struct _ScimAttribute
{
  char *name;
  char *display_name; /* nullable: the service's own name for it (WSO2 displayName) */
  char *description;  /* nullable */
  ScimType type;
  gboolean multi_valued;
  gboolean required;
  gboolean case_exact;
  ScimMutability mutability;
  ScimReturned returned;
  ScimUniqueness uniqueness;
  GStrv canonical_values;      /* nullable */
  GStrv canonical_labels;      /* nullable; as long as canonical_values */
  GPtrArray *sub_attributes;   /* ScimAttribute; never NULL, may be empty */
  int display_order;           /* the service's order; G_MAXINT: not said */
  char *pattern;               /* nullable: regular expression for the value (WSO2 regEx, Java's) */
  int min_length;              /* characters; 0: not said */
  int max_length;              /* characters; 0: not said */
  char *input_type;            /* nullable: WSO2 inputFormat.inputType */
  gboolean hidden;             /* the service asks administration consoles not to show it */
  const ScimSchema *schema;    /* whose attribute it is */
  const ScimAttribute *parent; /* nullable: of a sub-attribute */
};

struct _ScimSchema
{
  char *id;              /* the URN */
  char *name;            /* never NULL; the URN when the service gave none */
  char *description;     /* nullable */
  GPtrArray *attributes; /* ScimAttribute, in the service's order */
};

/* Core User and enterprise extension of RFC 7643 section 8.7.1. The common attributes id,
 * externalId and meta belong to core User (section 3.1). */
ScimSchemas *scim_schemas_new_builtin (void);
/* A /Schemas answer in every shape of SCIM-SERVICES section 3.8 (bare array, ListResponse, one
 * object; upper-case enumerations; numbers and booleans as text). Core User and enterprise are
 * taken from the built-in set where the answer lacks them, and core User comes first. Schemas that
 * describe no users (Group, Schema, …) are left out. At most 100 schemas and 2,000 attributes are
 * read, sub-attributes one level deep. Sub-attributes that are types in
 * disguise (phoneNumbers.mobile, addresses#home.streetAddress) become canonical values of `type`.
 * Errors: SCIM_ERROR_INVALID_JSON, SCIM_ERROR_PROTOCOL; the caller then uses the built-in set. */
ScimSchemas *scim_schemas_new_from_json (const ScimJson *json, GError **error);
ScimSchemas *scim_schemas_ref (ScimSchemas *self);
void scim_schemas_unref (ScimSchemas *self);
guint scim_schemas_get_n (const ScimSchemas *self);
const ScimSchema *scim_schemas_get_at (const ScimSchemas *self, guint position);
/* By URN, caseless; nullable. */
const ScimSchema *scim_schemas_get (const ScimSchemas *self, const char *urn);
/* TRUE when the service itself listed urn:scim:wso2:schema. */
gboolean scim_schemas_is_wso2 (const ScimSchemas *self);

/* "urn:…:User:manager.value", "name.givenName", "emails": nullable when no schema knows it. */
const ScimAttribute *scim_schemas_find (const ScimSchemas *self, const char *path);
/* Sub-attribute or schema attribute by name, caseless; nullable. */
const ScimAttribute *scim_attribute_get_sub (const ScimAttribute *self, const char *name);
const ScimAttribute *scim_schema_get_attribute (const ScimSchema *self, const char *name);
/* The attribute's canonical path, URN-prefixed outside core User: what find() takes. */
char *scim_attribute_dup_path (const ScimAttribute *self);
/* An English name for people: the service's displayName, else a known translation key's English
 * ("Given Name"), else the name split into words ("costCenter" → "Cost Center"). Callers that show
 * it translate known names through gettext. Never NULL. */
char *scim_attribute_dup_label (const ScimAttribute *self);
gboolean scim_schema_is_core_user (const ScimSchema *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimSchemas, scim_schemas_unref)

G_END_DECLS
