/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-users.h"

#include "service-auth.h"

#include "scim/scim-error.h"

struct _RosterServiceUsers
{
  GPtrArray *users;    /* RosterServiceUser */
  GHashTable *by_id;   /* borrowed id → borrowed user */
  GHashTable *by_name; /* caseless user name → borrowed user */
};

static void
user_free (RosterServiceUser *self)
{
  g_free (self->id);
  g_free (self->user_name);
  g_bytes_unref (self->bytes);
  g_free (self->password_hash);
  g_free (self);
}

static char *
fold_name (const char *user_name)
{
  return g_utf8_casefold (user_name, -1);
}

RosterServiceUsers *
roster_service_users_new (void)
{
  RosterServiceUsers *self = g_new0 (RosterServiceUsers, 1);

  self->users = g_ptr_array_new_with_free_func ((GDestroyNotify)user_free);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
roster_service_users_free (RosterServiceUsers *self)
{
  g_hash_table_unref (self->by_id);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->users);
  g_free (self);
}

void
roster_service_users_add (RosterServiceUsers *self,
                          const char *id,
                          const char *user_name,
                          GBytes *bytes,
                          gboolean read_only)
{
  RosterServiceUser *user = g_new0 (RosterServiceUser, 1);

  user->id = g_strdup (id);
  user->user_name = g_strdup (user_name);
  user->bytes = bytes;
  user->version = 1;
  user->read_only = read_only;
  g_ptr_array_add (self->users, user);
  g_hash_table_insert (self->by_id, user->id, user);
  g_hash_table_insert (self->by_name, fold_name (user_name), user);
}

guint
roster_service_users_get_n (RosterServiceUsers *self)
{
  return self->users->len;
}

RosterServiceUser *
roster_service_users_get_at (RosterServiceUsers *self, guint position)
{
  return g_ptr_array_index (self->users, position);
}

RosterServiceUser *
roster_service_users_find (RosterServiceUsers *self, const char *id)
{
  return g_hash_table_lookup (self->by_id, id);
}

RosterServiceUser *
roster_service_users_find_name (RosterServiceUsers *self, const char *user_name)
{
  g_autofree char *key = fold_name (user_name);

  return g_hash_table_lookup (self->by_name, key);
}

gboolean
roster_service_users_replace (RosterServiceUsers *self,
                              RosterServiceUser *user,
                              ScimResource *resource,
                              GError **error)
{
  g_autofree char *user_name = scim_resource_dup_text (resource, "userName");
  RosterServiceUser *other;

  if (user_name == NULL || *user_name == '\0')
    {
      g_propagate_error (
        error, scim_error_new (SCIM_ERROR_INVALID_VALUE, "Attribute userName is required."));
      return FALSE;
    }
  other = roster_service_users_find_name (self, user_name);
  if (other != NULL && other != user)
    {
      g_propagate_error (
        error, scim_error_new (SCIM_ERROR_CONFLICT,
                               "User with the name: %s already exists in the system.", user_name));
      return FALSE;
    }
  if (other == NULL)
    {
      g_autofree char *old_key = fold_name (user->user_name);

      g_hash_table_remove (self->by_name, old_key);
      g_hash_table_insert (self->by_name, fold_name (user_name), user);
    }
  g_free (user->user_name);
  user->user_name = g_steal_pointer (&user_name);
  g_bytes_unref (user->bytes);
  user->bytes = scim_resource_dup_bytes (resource);
  user->version++;
  return TRUE;
}

void
roster_service_users_remove (RosterServiceUsers *self, RosterServiceUser *user)
{
  g_autofree char *key = fold_name (user->user_name);

  g_hash_table_remove (self->by_name, key);
  g_hash_table_remove (self->by_id, user->id);
  g_ptr_array_remove (self->users, user);
}

ScimResource *
roster_service_user_dup_resource (const RosterServiceUser *self)
{
  ScimResource *resource = scim_resource_new (self->bytes, NULL);

  g_assert (resource != NULL);
  return resource;
}

char *
roster_service_user_dup_etag (const RosterServiceUser *self)
{
  return g_strdup_printf ("W/\"%u\"", self->version);
}

void
roster_service_user_set_password (RosterServiceUser *self, const char *password)
{
  g_free (self->password_hash);
  self->password_hash = roster_service_hash_password (password);
}

gboolean
roster_service_user_has_password (const RosterServiceUser *self, const char *password)
{
  return self->password_hash != NULL &&
         roster_service_verify_password (password, self->password_hash);
}
