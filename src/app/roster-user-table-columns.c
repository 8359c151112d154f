/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-user-table-private.h"

#define STATUS_PATH   "status"
#define STATUS_WIDTH  36
#define NAME_PATH     ""
#define MAX_SORT_KEYS 4

/* One column; shared by its factory, its sorter and the table. */
typedef struct
{
  RosterUserTable *table; /* NULL once the table is gone */
  GtkColumnViewColumn *view_column;
  RosterUserCellKind kind;
  char *path;
  int width;
  gboolean expand;
} Column;

static void
column_clear (gpointer data)
{
  Column *self = data;

  g_clear_object (&self->view_column);
  g_free (self->path);
}

static void
column_unref (gpointer data)
{
  g_rc_box_release_full (data, column_clear);
}

static void
column_closure_unref (gpointer data, GClosure *closure)
{
  column_unref (data);
}

/* ---- cells ---- */

static void
cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  gtk_list_item_set_child (item, roster_user_cell_new (column->kind, column->path));
}

static void
cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  RosterUserCell *cell = ROSTER_USER_CELL (gtk_list_item_get_child (item));

  if (column->table != NULL && column->table->users != NULL)
    roster_user_cell_set_row (cell, column->table->users, gtk_list_item_get_item (item));
}

static void
cell_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *cell = gtk_list_item_get_child (item);

  if (cell != NULL)
    roster_user_cell_set_row (ROSTER_USER_CELL (cell), NULL, NULL);
}

static GtkListItemFactory *
create_factory (Column *column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_data (factory, "setup", G_CALLBACK (cell_setup_cb), g_rc_box_acquire (column),
                         column_closure_unref, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (cell_bind_cb), g_rc_box_acquire (column),
                         column_closure_unref, 0);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (cell_unbind_cb), g_rc_box_acquire (column),
                         column_closure_unref, 0);
  return factory;
}

/* ---- sorting ---- */

/* Never sorts anything: the index does. It only notes that the column was asked, and answers when
 * it is the column whose direction is wanted. */
static int
probe_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  Column *column = data;
  RosterUserTable *self = column->table;

  if (self == NULL || self->probe_asked == NULL)
    return 0;
  if (self->probe_answering == NULL)
    g_ptr_array_add (self->probe_asked, column);
  return self->probe_answering == column ? -1 : 0;
}

/* GTK 4.8 does not tell which headers were clicked. Its sorter does: it asks the columns one after
 * another as long as they find two items equal, and turns the answer of a descending one round. */
static guint
probe_sort_keys (RosterUserTable *self, GtkSorter *sorter, RosterUsersSort keys[MAX_SORT_KEYS])
{
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  guint n = 0;

  self->probe_asked = asked;
  self->probe_answering = NULL;
  gtk_sorter_compare (sorter, self->probe_items[0], self->probe_items[1]);
  for (n = 0; n < MIN (asked->len, MAX_SORT_KEYS); n++)
    {
      Column *column = g_ptr_array_index (asked, n);

      self->probe_answering = column;
      keys[n].path = column->path;
      keys[n].descending = gtk_sorter_compare (sorter, self->probe_items[0],
                                               self->probe_items[1]) == GTK_ORDERING_LARGER;
    }
  self->probe_asked = NULL;
  return n;
}

static void
sorter_changed_cb (GtkSorter *sorter, GtkSorterChange change, RosterUserTable *self)
{
  RosterUsersSort keys[MAX_SORT_KEYS];
  guint n = 0;

  if (self->rebuilding || self->users == NULL)
    return;
  n = probe_sort_keys (self, sorter, keys);
  g_free (self->sort_path);
  self->sort_path = n > 0 ? g_strdup (keys[0].path) : NULL;
  self->sort_descending = n > 0 && keys[0].descending;
  roster_users_set_sort (self->users, keys, n);
}

/* ---- columns ---- */

static void
apply_width (RosterUserTable *self, Column *column)
{
  gboolean name = g_str_equal (column->path, NAME_PATH);
  gboolean visible = !self->narrow || name || column->kind == ROSTER_USER_CELL_STATUS;

  /* GTK 4.8 gives room to hidden columns, too: these must not want any. */
  gtk_column_view_column_set_visible (column->view_column, visible);
  gtk_column_view_column_set_expand (column->view_column, self->narrow ? name : column->expand);
  gtk_column_view_column_set_fixed_width (column->view_column, visible ? column->width : 0);
}

static void
add_column (RosterUserTable *self, RosterUserCellKind kind, const RosterColumn *about)
{
  g_autoptr (GtkSorter) sorter = NULL;
  Column *column = g_rc_box_new0 (Column);

  column->table = self;
  column->kind = kind;
  column->path = g_strdup (about->path);
  column->width = about->width;
  column->expand = about->expand;
  column->view_column = gtk_column_view_column_new (about->title, create_factory (column));
  sorter =
    GTK_SORTER (gtk_custom_sorter_new (probe_compare, g_rc_box_acquire (column), column_unref));
  gtk_column_view_column_set_sorter (column->view_column, sorter);
  g_ptr_array_add (self->columns, column);
  apply_width (self, column);
  gtk_column_view_append_column (self->column_view, column->view_column);
}

static void
remove_columns (RosterUserTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);

      column->table = NULL;
      gtk_column_view_remove_column (self->column_view, column->view_column);
      /* Its factory and sorter hold the column in turn. */
      g_clear_object (&column->view_column);
    }
  g_ptr_array_set_size (self->columns, 0);
}

static RosterUserCellKind
kind_of (const RosterColumn *column)
{
  if (g_str_equal (column->path, NAME_PATH))
    return ROSTER_USER_CELL_NAME;
  return column->date ? ROSTER_USER_CELL_DATE : ROSTER_USER_CELL_TEXT;
}

static void
restore_sort (RosterUserTable *self)
{
  Column *first = NULL;

  for (guint i = 0; i < self->columns->len && first == NULL; i++)
    {
      Column *column = g_ptr_array_index (self->columns, i);

      if (g_strcmp0 (column->path, self->sort_path) == 0)
        first = column;
    }
  /* The column it was sorted by is gone: by name again. */
  if (first == NULL && self->columns->len > 1)
    first = g_ptr_array_index (self->columns, 1);
  if (first != NULL)
    gtk_column_view_sort_by_column (self->column_view, first->view_column,
                                    self->sort_descending ? GTK_SORT_DESCENDING
                                                          : GTK_SORT_ASCENDING);
}

void
roster_user_table_init_columns (RosterUserTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_unref);
  self->sort_path = g_strdup (NAME_PATH);
  self->probe_items[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probe_items[1] = g_object_new (G_TYPE_OBJECT, NULL);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, 0);
}

void
roster_user_table_clear_columns (RosterUserTable *self)
{
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->probe_items[0]);
  g_clear_object (&self->probe_items[1]);
}

void
roster_user_table_apply_widths (RosterUserTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    apply_width (self, g_ptr_array_index (self->columns, i));
}

void
roster_user_table_rebuild_columns (RosterUserTable *self)
{
  const RosterColumn status = { .path = (char *)STATUS_PATH, .title = NULL, .width = STATUS_WIDTH };
  GPtrArray *columns = NULL;

  self->rebuilding = TRUE;
  remove_columns (self);
  if (self->directory != NULL)
    {
      columns = roster_attributes_get_columns (roster_directory_get_attributes (self->directory));
      add_column (self, ROSTER_USER_CELL_STATUS, &status);
      for (guint i = 0; i < columns->len; i++)
        {
          const RosterColumn *column = g_ptr_array_index (columns, i);

          add_column (self, kind_of (column), column);
        }
    }
  self->rebuilding = FALSE;
  restore_sort (self);
}
