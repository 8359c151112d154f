/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "directory/roster-labels.h"
#include "directory/roster-users-sort.h"

static void
clear_key (gpointer data)
{
  RosterUsersSort *key = data;

  g_free ((char *)key->path);
}

static RosterSortChange
compare_keys (GArray *self, const RosterUsersSort *keys, guint n)
{
  guint n_reversed = 0;

  if (self->len != n)
    return ROSTER_SORT_OTHER;

  for (guint i = 0; i < n; i++)
    {
      const RosterUsersSort *old = &g_array_index (self, RosterUsersSort, i);

      if (!g_str_equal (old->path, keys[i].path))
        return ROSTER_SORT_OTHER;
      if (old->descending != keys[i].descending)
        n_reversed++;
    }

  if (n_reversed == 0)
    return ROSTER_SORT_SAME;

  return n_reversed == n ? ROSTER_SORT_REVERSED : ROSTER_SORT_OTHER;
}

GArray *
roster_sort_keys_new (void)
{
  GArray *self = g_array_new (FALSE, FALSE, sizeof (RosterUsersSort));

  g_array_set_clear_func (self, clear_key);

  return self;
}

RosterSortChange
roster_sort_keys_set (GArray *self, const RosterUsersSort *keys, guint n)
{
  RosterSortChange change = compare_keys (self, keys, n);

  if (change == ROSTER_SORT_SAME)
    return change;

  g_array_set_size (self, 0);
  for (guint i = 0; i < n; i++)
    {
      RosterUsersSort key = { g_strdup (keys[i].path), keys[i].descending };

      g_array_append_val (self, key);
    }

  return change;
}

GArray *
roster_sort_keys_resolve (GArray *self, RosterUserFields *fields)
{
  GArray *resolved = g_array_new (FALSE, FALSE, sizeof (RosterSortKey));

  for (guint i = 0; i < self->len; i++)
    {
      const RosterUsersSort *key = &g_array_index (self, RosterUsersSort, i);
      const char *path = g_str_equal (key->path, "status") ? ROSTER_KEY_STATUS : key->path;
      RosterSortKey found = { roster_user_fields_find (fields, path), key->descending };

      if (found.field != G_MAXUINT)
        g_array_append_val (resolved, found);
    }

  return resolved;
}

char *
roster_users_make_count_text (guint n_matching, guint n_total, gboolean narrowed, gboolean exact)
{
  g_autofree char *total = roster_label_count (n_total);
  g_autofree char *matching = roster_label_count (n_matching);

  if ((narrowed || n_matching < n_total) && exact)
    return g_strdup_printf (
      /* Translators: “1,204 of 98,311 users”: how many are shown of how many there are */
      ngettext ("%s of %s user", "%s of %s users", n_total), matching, total);
  if (narrowed || n_matching < n_total)
    return g_strdup_printf (
      /* Translators: as before; the service’s own total cannot be relied on */
      ngettext ("%s of about %s user", "%s of about %s users", n_total), matching, total);
  if (exact)
    /* Translators: “98,311 users” */
    return g_strdup_printf (ngettext ("%s user", "%s users", n_total), total);

  /* Translators: “About 98,311 users” */
  return g_strdup_printf (ngettext ("About %s user", "About %s users", n_total), total);
}
