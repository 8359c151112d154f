/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-user-table-private.h"

#include "app/roster-compat.h"

/* Who searches wants what was found; otherwise the keyboard goes on where it was. */
static void
enter_now (RosterUserTable *self)
{
  guint position = gtk_single_selection_get_selected (self->selection);

  g_clear_pointer (&self->entering, g_free);
  /* The selected user may be beyond the rows that are shown so far: another one is never opened in
   * that user's place. */
  if (self->selected_id == NULL || roster_users_get_search (self->users)[0] != '\0')
    gtk_single_selection_set_selected (self->selection, position = 0);
  roster_column_view_focus (self->column_view,
                            position != GTK_INVALID_LIST_POSITION ? position : 0);
}

/* Once the row is gone, the one after it stands in its place. */
static void
focus_after_dropped (RosterUserTable *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  if (roster_users_find_position (self->users, self->dropped_id) != GTK_INVALID_LIST_POSITION)
    return;
  g_clear_pointer (&self->dropped_id, g_free);
  if (n > 0)
    roster_column_view_focus (self->column_view, MIN (self->selected_position, n - 1));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

void
roster_user_table_settle_focus (RosterUserTable *self)
{
  gboolean searching = FALSE;

  if (self->users == NULL || (self->entering == NULL && self->dropped_id == NULL))
    return;
  g_object_get (self->users, "searching", &searching, NULL);
  if (searching)
    return;
  if (self->dropped_id != NULL)
    focus_after_dropped (self);
  /* Whoever typed on after Enter is still searching. */
  if (self->entering != NULL &&
      g_str_equal (self->entering, roster_users_get_search (self->users)) &&
      g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    enter_now (self);
  g_clear_pointer (&self->entering, g_free);
}

gboolean
roster_user_table_enter (RosterUserTable *self)
{
  gboolean searching = FALSE;

  g_return_val_if_fail (ROSTER_IS_USER_TABLE (self), FALSE);

  g_clear_pointer (&self->entering, g_free);
  if (self->users != NULL)
    g_object_get (self->users, "searching", &searching, NULL);
  if (searching)
    self->entering = g_strdup (roster_users_get_search (self->users));
  else if (g_list_model_get_n_items (G_LIST_MODEL (self->selection)) > 0)
    enter_now (self);
  else
    return FALSE;
  return TRUE;
}
