/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-patch.h"

G_BEGIN_DECLS

/* How one family of services speaks SCIM: constant data plus three functions.
 * Sources: SCIM-SERVICES sections 1 to 3 for WSO2; RFC 7643/7644 otherwise. */
typedef struct
{
  const char *id;   /* "rfc", "wso2": kept in the connection file */
  const char *name; /* for people, not translated */

  gboolean names_user_store; /* send `domain` with every list request when it is known */
  gboolean has_invitation;   /* forcePasswordReset exists */
  const char *list_excluded; /* nullable: excludedAttributes of a list request */
  const char *get_extra;     /* nullable: attributes that come only when they are asked for */
  guint page_size;           /* rows wanted a page */
  /* Scopes that decide what is offered; NULL: scopes say nothing here. */
  const char *scope_list, *scope_view, *scope_update, *scope_delete;

  /* Errors: SCIM_ERROR_UNSUPPORTED when this family cannot express the filter: the caller then
   * filters what it has itself. */
  char *(*write_filter) (const ScimFilter *filter, GError **error);
  /* The URN of the schema in which this user (nullable) or these schemas (nullable) keep the named
   * identity attribute ("accountLocked"); NULL: in core User (SCIM-SERVICES section 1.10). */
  const char *(*find_container) (const char *attribute,
                                 const ScimResource *user,
                                 const ScimSchemas *schemas);
  /* The request body that carries `patch`. target is the resource it leads to: WSO2 rebuilds whole
   * arrays from it and leaves paths out (section 1.5). */
  GBytes *(*wrap_operations) (const ScimPatch *patch,
                              const ScimResource *target,
                              const ScimSchemas *schemas);
} ScimDialect;

extern const ScimDialect scim_dialect_rfc;
extern const ScimDialect scim_dialect_wso2;

/* Nullable for unknown ids. */
const ScimDialect *scim_dialect_get (const char *id);

/* Body of "invite user to set their own password" (section 1.7); NULL without has_invitation. */
GBytes *scim_dialect_invitation_body (const ScimDialect *self);
/* Body of "set a password" (section 1.8); it always travels alone. The bytes hold the password. */
GBytes *scim_dialect_password_body (const ScimDialect *self, const char *password);

G_END_DECLS
