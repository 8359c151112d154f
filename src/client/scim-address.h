/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Addresses that a secret may be sent to: https://, or http:// on loopback; with a host, without
 * user info, query and fragment. what: the address' name in the message ("token address").
 * Errors: G_IO_ERROR_INVALID_ARGUMENT. */
GUri *scim_address_parse (const char *text, const char *what, GError **error);

/* Scheme, host and port are the same (RFC 6454 section 4). */
gboolean scim_address_same_origin (GUri *a, GUri *b);

/* A request's address while it is built, together with a form of it that is fit for the log: the
 * path without ids and the names of the parameters without their values. */
typedef struct
{
  GString *url;
  GString *label;
  gboolean has_query;
} ScimAddress;

ScimAddress *scim_address_new (const char *base_url, const char *endpoint);
void scim_address_free (ScimAddress *self);
/* One more path segment, percent-encoded. Errors: SCIM_ERROR_UNSUPPORTED for text that no server
 * would take as one segment ("", ".", ".."). */
gboolean scim_address_add_segment (ScimAddress *self, const char *text, GError **error);
/* value: nullable, and then nothing is added. */
void scim_address_add_param (ScimAddress *self, const char *name, const char *value);
void scim_address_add_number (ScimAddress *self, const char *name, guint value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimAddress, scim_address_free)

G_END_DECLS
