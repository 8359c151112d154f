/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-resource.h"

G_BEGIN_DECLS

/* One stored user: the JSON that is sent, and what never is. */
typedef struct
{
  char *id;
  char *user_name; /* with its store */
  GBytes *bytes;
  guint version;       /* grows with each change; the ETag */
  gboolean read_only;  /* lives in a user store that cannot be written */
  char *password_hash; /* nullable */
} RosterServiceUser;

/* The table of users, in the order in which they were added. */
typedef struct _RosterServiceUsers RosterServiceUsers;

RosterServiceUsers *roster_service_users_new (void);
void roster_service_users_free (RosterServiceUsers *self);
/* Takes `bytes`. */
void roster_service_users_add (RosterServiceUsers *self,
                               const char *id,
                               const char *user_name,
                               GBytes *bytes,
                               gboolean read_only);
guint roster_service_users_get_n (RosterServiceUsers *self);
RosterServiceUser *roster_service_users_get_at (RosterServiceUsers *self, guint position);
RosterServiceUser *roster_service_users_find (RosterServiceUsers *self, const char *id);
/* Caseless, with the store. */
RosterServiceUser *roster_service_users_find_name (RosterServiceUsers *self, const char *user_name);
/* Errors: SCIM_ERROR_CONFLICT when another user has the user name, SCIM_ERROR_INVALID_VALUE when
 * there is none. */
gboolean roster_service_users_replace (RosterServiceUsers *self,
                                       RosterServiceUser *user,
                                       ScimResource *resource,
                                       GError **error);
void roster_service_users_remove (RosterServiceUsers *self, RosterServiceUser *user);

ScimResource *roster_service_user_dup_resource (const RosterServiceUser *self);
char *roster_service_user_dup_etag (const RosterServiceUser *self);
void roster_service_user_set_password (RosterServiceUser *self, const char *password);
gboolean roster_service_user_has_password (const RosterServiceUser *self, const char *password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceUsers, roster_service_users_free)

G_END_DECLS
