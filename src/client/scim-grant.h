/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-transport.h"

G_BEGIN_DECLS

/* An answer is read up to this size. */
#define SCIM_GRANT_MAX_BYTES (1024 * 1024)

/* What a token address gave (RFC 6749 section 5.1). */
typedef struct
{
  char *header;   /* value of the Authorization header: a secret */
  char *scope;    /* nullable: not said */
  guint lifetime; /* seconds; 0: not said */
} ScimGrant;

/* Errors: SCIM_ERROR_PROTOCOL for a success that is no answer of a token address at all;
 * SCIM_ERROR_TOO_MANY_REQUESTS; for everything else SCIM_ERROR_SIGN_IN, with the service's own
 * words where it refused (RFC 6749 section 5.2). */
ScimGrant *scim_grant_new_from_answer (const ScimAnswer *answer, GError **error);
void scim_grant_free (ScimGrant *self); /* wipes the header */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimGrant, scim_grant_free)

G_END_DECLS
