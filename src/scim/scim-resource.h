/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim-path.h"

G_BEGIN_DECLS

/* A SCIM resource (RFC 7643 section 3): an object inside a document, as its bytes. Immutable,
 * refcounted; changing one makes a new one in which everything untouched keeps its bytes. */
typedef struct _ScimResource ScimResource;

/* Errors: SCIM_ERROR_INVALID_JSON; SCIM_ERROR_PROTOCOL when it is no object. */
ScimResource *scim_resource_new (GBytes *bytes, GError **error);
ScimResource *scim_resource_new_from_node (ScimNode object); /* shares the document */
ScimResource *scim_resource_new_from_json (ScimJson *json, GError **error);
ScimResource *scim_resource_ref (ScimResource *self);
void scim_resource_unref (ScimResource *self);
ScimNode scim_resource_get_root (const ScimResource *self);
GBytes *scim_resource_dup_bytes (const ScimResource *self); /* the object's own bytes */

/* id, userName, …: text of a simple attribute by path, NULL when absent or no scalar. */
char *scim_resource_dup_text (const ScimResource *self, const char *path);
gboolean scim_resource_get_boolean (const ScimResource *self, const char *path, gboolean *value);
/* The value at a path: URNs and one level of sub-attribute; a value filter yields the first match.
 * A core attribute is also found under its URN-prefixed name. NONE when absent. */
ScimNode scim_resource_get (const ScimResource *self, const char *path);
ScimNode scim_resource_get_path (const ScimResource *self, const ScimPath *path);

/* The value that stands for a multi-valued attribute: the primary one, else the first, as text:
 * objects by `value` (addresses by `formatted`), bare strings as they are. */
char *scim_resource_dup_main_value (const ScimResource *self, const char *path);
/* For people and safe for display: displayName, name.formatted, given and family name, user name
 * without its user store, id. Never NULL; "" when there is none of them. */
char *scim_resource_dup_title (const ScimResource *self);

/* raw: a JSON value, or NULL to remove. Parents are made as needed (extension objects with their
 * URN in `schemas`, complex attributes) and removed when the last member goes. `path` without
 * value filter. Errors: SCIM_ERROR_INVALID_PATH, SCIM_ERROR_INVALID_JSON, SCIM_ERROR_INVALID_VALUE
 * when a whole extension would be no object. */
ScimResource *scim_resource_set (const ScimResource *self,
                                 const char *path,
                                 const char *raw,
                                 GError **error);

/* WSO2's user names carry their user store: "DEFAULT/kim@x.org" (SCIM-SERVICES section 3.7).
 * Returns the part after the first '/', borrowed from user_name; *store (nullable out, owned) is
 * the part before it or NULL. */
const char *scim_user_name_split (const char *user_name, char **store);

/* One page of a ListResponse (RFC 7644 section 3.4.2), also when `Resources` is missing, null,
 * lower-case, or the body is a bare array. */
typedef struct
{
  GPtrArray *resources;  /* ScimResource; entries that are no objects are left out and counted */
  gint64 total_results;  /* -1: not said. Never to be trusted (SCIM-SERVICES section 3.1) */
  gint64 items_per_page; /* -1: not said */
  gint64 start_index;    /* -1: not said */
  guint n_invalid;
} ScimList;

ScimList *scim_list_new (GBytes *bytes, GError **error);
void scim_list_free (ScimList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimResource, scim_resource_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimList, scim_list_free)

G_END_DECLS
