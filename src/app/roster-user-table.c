/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-user-table-private.h"

#include <glib/gi18n.h>
#include "app/roster-status-page.h"
#include "app/roster-text.h"
#include "directory/roster-labels.h"

G_DEFINE_FINAL_TYPE (RosterUserTable, roster_user_table, ADW_TYPE_BIN)

enum
{
  USER_CHOSEN,
  USER_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
  /* A person cannot unselect; newer GTKs would not let us, either. */
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_selected (self->selection, position);
  gtk_single_selection_set_can_unselect (self->selection, FALSE);
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

static const char *
describe_failure (RosterUserTable *self)
{
  const RosterOutcome *error = roster_directory_get_error (self->directory);
  RosterConnection *connection = roster_directory_get_connection (self->directory);
  gboolean demo = FALSE;

  if (error == NULL)
    return NULL;
  roster_status_page_set_outcome (self->failed_page, error);
  /* Nobody knows the secret of the demo, nor needs to. */
  demo = roster_connection_get_environment (connection) == ROSTER_ENVIRONMENT_DEMO;
  gtk_widget_set_visible (self->sign_in_button,
                          !demo && error->offer == ROSTER_OFFER_SIGN_IN_AGAIN);
  gtk_widget_set_visible (self->edit_button, !demo);
  return "failed";
}

static const char *
describe_no_match (RosterUserTable *self)
{
  guint n = roster_users_get_n_total (self->users);
  g_autofree char *search =
    roster_text_dup_shown (roster_users_get_search (self->users), ROSTER_TEXT_WORDS);
  g_autofree char *title =
    /* Translators: %s is what was searched for */
    g_strdup_printf (_ ("No User Matches “%s”"), search);
  g_autofree char *count = roster_label_count (n);
  g_autofree char *text = g_strdup_printf (
    /* Translators: %s is the number of users, such as "98,311" */
    ngettext ("Names, user names and e-mail addresses of %s user were searched.",
              "Names, user names and e-mail addresses of %s users were searched.", n),
    count);

  adw_status_page_set_title (self->no_match_page, title);
  roster_status_page_set_text (self->no_match_page, text);
  return "no-match";
}

static const char *
describe_secret (RosterUserTable *self)
{
  RosterKeyring keyring = roster_directory_get_keyring (self->directory);

  roster_status_page_set_text (self->secret_page, roster_keyring_get_message (keyring));
  return "secret";
}

static const char *
describe_loading (RosterUserTable *self)
{
  roster_status_page_set_text (self->loading_page, roster_directory_get_age (self->directory));
  return "loading";
}

static const char *
describe_open (RosterUserTable *self)
{
  gboolean searching = FALSE;

  if (roster_users_get_n_matching (self->users) > 0)
    return "table";
  if (roster_users_get_n_total (self->users) > 0 &&
      roster_users_get_search (self->users)[0] != '\0')
    return describe_no_match (self);
  g_object_get (self->users, "searching", &searching, NULL);
  /* What was just read is still being put in order: that is not nobody. */
  if (searching || roster_directory_get_refreshing (self->directory))
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
  roster_user_table_settle_focus (self);
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

  if (self->columns != NULL)
    {
      roster_user_table_set_directory (self, NULL);
      gtk_column_view_set_model (self->column_view, NULL);
    }
  g_clear_handle_id (&self->page_idle, g_source_remove);
  roster_user_table_clear_columns (self);
  g_clear_object (&self->directory_signals);
  g_clear_object (&self->users_signals);
  g_clear_object (&self->attributes_signals);
  g_clear_object (&self->users_bindings);
  g_clear_object (&self->selection);

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
  gtk_widget_class_bind_template_child (widget_class, RosterUserTable, sign_in_button);
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
  g_signal_group_connect_swapped (self->attributes_signals, "changed",
                                  G_CALLBACK (roster_user_table_rebuild_columns), self);
  self->users_bindings = g_binding_group_new ();
  g_binding_group_bind (self->users_bindings, "count-text", self->count_label, "label",
                        G_BINDING_SYNC_CREATE);
}

static void
roster_user_table_init (RosterUserTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

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
  roster_user_table_init_columns (self);
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
  roster_user_table_rebuild_columns (self);
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
  roster_user_table_apply_widths (self);
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
