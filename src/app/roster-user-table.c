/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-user-table.h"

#include <glib/gi18n.h>
#include "app/roster-compat.h"
#include "app/roster-spinner.h"
#include "app/roster-user-cell.h"
#include "directory/roster-labels.h"

#define STATUS_PATH   "status"
#define STATUS_WIDTH  36
#define NAME_PATH     ""
#define MAX_SORT_KEYS 4

struct _RosterUserTable
{
  AdwBin parent_instance;

  RosterDirectory *directory;
  RosterUsers *users; /* the directory's */
  GtkSingleSelection *selection;
  char *selected_id;
  GPtrArray *columns; /* Column, in the order in which they were made */
  char *sort_path;    /* of the first key, kept when columns are made anew */
  gboolean sort_descending;
  gboolean narrow;
  gboolean syncing;    /* the selection is being set by us, not by the person */
  gboolean rebuilding; /* the columns are */

  GSignalGroup *directory_signals;
  GSignalGroup *users_signals;
  GSignalGroup *attributes_signals;
  GBindingGroup *users_bindings;
  guint page_idle;
  char *entering;          /* the search whose result the keyboard waits for; nullable */
  char *dropped_id;        /* the user in whose place the keyboard goes on; nullable */
  guint selected_position; /* where the selected user was seen last */

  /* Asking the view's sorter which columns it sorts by: see probe_sort_keys. */
  GPtrArray *probe_asked; /* borrowed Column; NULL while not asking */
  gpointer probe_answering;
  GObject *probe_items[2];

  GtkStack *stack;
  GtkColumnView *column_view;
  GtkWidget *footer;
  GtkLabel *count_label;
  RosterSpinner *spinner;
  AdwStatusPage *loading_page;
  AdwStatusPage *failed_page;
  GtkOrientable *failed_buttons;
  GtkWidget *edit_button;
  AdwStatusPage *secret_page;
  AdwStatusPage *no_match_page;
};

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

G_DEFINE_FINAL_TYPE (RosterUserTable, roster_user_table, ADW_TYPE_BIN)

enum
{
  USER_CHOSEN,
  USER_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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

static void
rebuild_columns (RosterUserTable *self)
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

/* ---- selection ---- */

static void
sync_selection (RosterUserTable *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->users != NULL && self->selected_id != NULL)
    position = roster_users_find_position (self->users, self->selected_id);
  if (position != GTK_INVALID_LIST_POSITION)
    self->selected_position = position;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->syncing = FALSE;
}

static void
selected_cb (RosterUserTable *self)
{
  RosterUserRow *row = gtk_single_selection_get_selected_item (self->selection);
  g_autofree char *id = NULL;

  if (self->syncing || row == NULL)
    return;
  id = g_strdup (roster_user_row_get_id (row));
  if (g_strcmp0 (id, self->selected_id) != 0)
    g_signal_emit (self, signals[USER_CHOSEN], 0, id);
}

static void
activate_cb (RosterUserTable *self, guint position)
{
  g_signal_emit (self, signals[USER_OPENED], 0);
}

/* ---- the keyboard ---- */

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

/* What the keyboard waits for may be there now. */
static void
settle_focus (RosterUserTable *self)
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

/* Tab passes the list, arrows walk in it: as GTK_LIST_TAB_ITEM of newer versions. */
static gboolean
roster_user_table_focus (GtkWidget *widget, GtkDirectionType direction)
{
  RosterUserTable *self = ROSTER_USER_TABLE (widget);
  GtkWidget *view = GTK_WIDGET (self->column_view);
  GtkWidget *within = gtk_widget_get_focus_child (view);

  if (GTK_IS_LIST_VIEW (within) && direction == GTK_DIR_TAB_FORWARD)
    return FALSE;
  if (GTK_IS_LIST_VIEW (within) && direction == GTK_DIR_TAB_BACKWARD)
    return gtk_widget_child_focus (gtk_widget_get_first_child (view), direction);
  return GTK_WIDGET_CLASS (roster_user_table_parent_class)->focus (widget, direction);
}

/* ---- what stands in the table's place ---- */

static void
set_description (AdwStatusPage *page, const char *text)
{
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  /* A status page reads its description as markup; what services say is none. */
  adw_status_page_set_description (page, escaped);
}

static const char *
describe_failure (RosterUserTable *self)
{
  const RosterOutcome *error = roster_directory_get_error (self->directory);
  RosterConnection *connection = roster_directory_get_connection (self->directory);
  g_autoptr (GString) text = g_string_new (NULL);

  if (error == NULL)
    return NULL;
  if (error->body != NULL)
    g_string_append (text, error->body);
  if (error->next_step != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", error->next_step);
  adw_status_page_set_title (self->failed_page, error->title);
  set_description (self->failed_page, text->str);
  gtk_widget_set_visible (self->edit_button, roster_connection_get_environment (connection) !=
                                               ROSTER_ENVIRONMENT_DEMO);
  return "failed";
}

static const char *
describe_no_match (RosterUserTable *self)
{
  guint n = roster_users_get_n_total (self->users);
  g_autofree char *title =
    /* Translators: %s is what was searched for */
    g_strdup_printf (_ ("No User Matches “%s”"), roster_users_get_search (self->users));
  g_autofree char *count = roster_label_count (n);
  g_autofree char *text = g_strdup_printf (
    /* Translators: %s is the number of users, such as "98,311" */
    ngettext ("Names, user names and e-mail addresses of %s user were searched.",
              "Names, user names and e-mail addresses of %s users were searched.", n),
    count);

  adw_status_page_set_title (self->no_match_page, title);
  set_description (self->no_match_page, text);
  return "no-match";
}

static const char *
describe_secret (RosterUserTable *self)
{
  RosterKeyring keyring = roster_directory_get_keyring (self->directory);

  set_description (self->secret_page, roster_keyring_get_message (keyring));
  return "secret";
}

static const char *
describe_loading (RosterUserTable *self)
{
  set_description (self->loading_page, roster_directory_get_age (self->directory));
  return "loading";
}

static const char *
describe_open (RosterUserTable *self)
{
  if (roster_users_get_n_matching (self->users) > 0)
    return "table";
  if (roster_users_get_n_total (self->users) > 0 &&
      roster_users_get_search (self->users)[0] != '\0')
    return describe_no_match (self);
  if (roster_directory_get_refreshing (self->directory))
    return describe_loading (self);
  return describe_failure (self) != NULL ? "failed" : "empty";
}

static const char *
describe (RosterUserTable *self)
{
  switch (roster_directory_get_state (self->directory))
    {
    case ROSTER_DIRECTORY_FAILED:
      return describe_failure (self) != NULL ? "failed" : "empty";
    case ROSTER_DIRECTORY_NEEDS_SECRET:
      return describe_secret (self);
    case ROSTER_DIRECTORY_OPEN:
      return describe_open (self);
    case ROSTER_DIRECTORY_CLOSED:
    case ROSTER_DIRECTORY_OPENING:
    default:
      return describe_loading (self);
    }
}

/* In idle: the properties that this depends on change one after another. */
static gboolean
update_page_cb (gpointer data)
{
  RosterUserTable *self = data;
  const char *page = self->directory != NULL ? describe (self) : "empty";

  self->page_idle = 0;
  /* Before anything was read there is nothing to count. */
  gtk_widget_set_visible (
    self->footer, self->directory != NULL &&
                    (roster_users_get_n_total (self->users) > 0 ||
                     roster_directory_get_state (self->directory) == ROSTER_DIRECTORY_OPEN));
  gtk_stack_set_visible_child_name (self->stack, page);
  roster_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  settle_focus (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update_page (RosterUserTable *self)
{
  if (self->page_idle == 0)
    self->page_idle = g_idle_add (update_page_cb, self);
}

static void
refilled_cb (RosterUserTable *self)
{
  sync_selection (self);
  queue_update_page (self);
}

/* ---- class ---- */

static void
roster_user_table_dispose (GObject *object)
{
  RosterUserTable *self = ROSTER_USER_TABLE (object);

  g_clear_handle_id (&self->page_idle, g_source_remove);
  if (self->columns != NULL)
    {
      roster_user_table_set_directory (self, NULL);
      gtk_column_view_set_model (self->column_view, NULL);
    }
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_object (&self->directory_signals);
  g_clear_object (&self->users_signals);
  g_clear_object (&self->attributes_signals);
  g_clear_object (&self->users_bindings);
  g_clear_object (&self->selection);
  g_clear_object (&self->probe_items[0]);
  g_clear_object (&self->probe_items[1]);

  G_OBJECT_CLASS (roster_user_table_parent_class)->dispose (object);
}

static void
roster_user_table_finalize (GObject *object)
{
  RosterUserTable *self = ROSTER_USER_TABLE (object);

  g_free (self->selected_id);
  g_free (self->sort_path);
  g_free (self->entering);
  g_free (self->dropped_id);

  G_OBJECT_CLASS (roster_user_table_parent_class)->finalize (object);
}

static void
roster_user_table_class_init (RosterUserTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_user_table_dispose;
  object_class->finalize = roster_user_table_finalize;
  widget_class->focus = roster_user_table_focus;

  signals[USER_CHOSEN] = g_signal_new ("user-chosen", ROSTER_TYPE_USER_TABLE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[USER_OPENED] = g_signal_new ("user-opened", ROSTER_TYPE_USER_TABLE, G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROSTER_TYPE_SPINNER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-user-table.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, column_view);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, footer);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, count_label);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, loading_page);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, failed_buttons);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, secret_page);
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, no_match_page);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
create_signal_groups (RosterUserTable *self)
{
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify", G_CALLBACK (queue_update_page),
                                  self);
  self->users_signals = g_signal_group_new (ROSTER_TYPE_USERS);
  g_signal_group_connect_swapped (self->users_signals, "notify", G_CALLBACK (queue_update_page),
                                  self);
  g_signal_group_connect_swapped (self->users_signals, "refilled", G_CALLBACK (refilled_cb), self);
  self->attributes_signals = g_signal_group_new (ROSTER_TYPE_ATTRIBUTES);
  g_signal_group_connect_swapped (self->attributes_signals, "changed", G_CALLBACK (rebuild_columns),
                                  self);
  self->users_bindings = g_binding_group_new ();
  g_binding_group_bind (self->users_bindings, "count-text", self->count_label, "label",
                        G_BINDING_SYNC_CREATE);
}

static void
roster_user_table_init (RosterUserTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->columns = g_ptr_array_new_with_free_func (column_unref);
  self->sort_path = g_strdup (NAME_PATH);
  self->probe_items[0] = g_object_new (G_TYPE_OBJECT, NULL);
  self->probe_items[1] = g_object_new (G_TYPE_OBJECT, NULL);

  /* Nothing is unselected by a click: a profile stays until another is chosen. */
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, FALSE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  /* The list grows in steps: the selected user may only now be among those it has. After the view,
   * which must know the rows before one of them can be selected. */
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (sync_selection), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, 0);
  create_signal_groups (self);
}

/* ---- public ---- */

void
roster_user_table_set_directory (RosterUserTable *self, RosterDirectory *directory)
{
  RosterUsers *users = NULL;
  RosterAttributes *attributes = NULL;

  g_return_if_fail (ROSTER_IS_USER_TABLE (self));
  g_return_if_fail (directory == NULL || ROSTER_IS_DIRECTORY (directory));

  if (!g_set_object (&self->directory, directory))
    return;
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->entering, g_free);
  g_clear_pointer (&self->dropped_id, g_free);
  users = directory != NULL ? roster_directory_get_users (directory) : NULL;
  g_set_object (&self->users, users);
  attributes = directory != NULL ? roster_directory_get_attributes (directory) : NULL;
  g_signal_group_set_target (self->directory_signals, directory);
  g_signal_group_set_target (self->users_signals, self->users);
  g_signal_group_set_target (self->attributes_signals, attributes);
  g_binding_group_set_source (self->users_bindings, self->users);

  self->syncing = TRUE;
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->users));
  self->syncing = FALSE;
  rebuild_columns (self);
  queue_update_page (self);
}

const char *
roster_user_table_get_selected_id (RosterUserTable *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_TABLE (self), NULL);

  return self->selected_id;
}

void
roster_user_table_set_selected_id (RosterUserTable *self, const char *id)
{
  g_autofree char *copy = g_strdup (id);

  g_return_if_fail (ROSTER_IS_USER_TABLE (self));

  g_free (self->selected_id);
  self->selected_id = g_steal_pointer (&copy);
  sync_selection (self);
}

void
roster_user_table_set_narrow (RosterUserTable *self, gboolean narrow)
{
  g_return_if_fail (ROSTER_IS_USER_TABLE (self));

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  for (guint i = 0; i < self->columns->len; i++)
    apply_width (self, g_ptr_array_index (self->columns, i));
  gtk_orientable_set_orientation (self->failed_buttons,
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
roster_user_table_drop_user (RosterUserTable *self, const char *id)
{
  g_return_if_fail (ROSTER_IS_USER_TABLE (self));
  g_return_if_fail (id != NULL);

  if (g_strcmp0 (self->selected_id, id) != 0)
    return;
  g_free (self->dropped_id);
  self->dropped_id = g_steal_pointer (&self->selected_id);
  sync_selection (self);
  queue_update_page (self);
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
