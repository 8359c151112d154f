/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-customize-dialog.h"

#include <glib/gi18n.h>

#include "app/roster-customize-row.h"

/* One schema: its group, the list in it and its count. All borrowed. */
typedef struct
{
  const char *title;
  GtkWidget *widget;
  GtkWidget *list;
  GtkWidget *count_label;
} Group;

/* What an attribute was when the dialog opened. */
typedef struct
{
  RosterAttributeItem *item;
  gboolean in_profile;
  gboolean in_table;
} Choice;

struct _RosterCustomizeDialog
{
  AdwWindow parent_instance;

  RosterAttributes *attributes;
  GArray *before; /* of Choice */
  GPtrArray *groups;
  char *needle;
  gboolean done;

  GtkWidget *search_entry;
  GtkWidget *stack;
  GtkWidget *groups_box;
  GtkWidget *summary_label;
};

G_DEFINE_FINAL_TYPE (RosterCustomizeDialog, roster_customize_dialog, ADW_TYPE_WINDOW)

static void
choice_clear (gpointer data)
{
  g_clear_object (&((Choice *)data)->item);
}

/* ---- counting ---- */

static guint
count_profile (Group *group)
{
  guint n = 0;

  for (GtkWidget *row = gtk_widget_get_first_child (group->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n += roster_attribute_item_get_in_profile (
      roster_customize_row_get_item (ROSTER_CUSTOMIZE_ROW (row)));
  return n;
}

static void
update_group_count (Group *group)
{
  guint n = 0;
  g_autofree char *text = NULL;

  for (GtkWidget *row = gtk_widget_get_first_child (group->list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    n++;
  text =
    /* Translators: so many of a schema's attributes are in the profile: "7 of 8 shown". */
    g_strdup_printf (ngettext ("%u of %u shown", "%u of %u shown", n), count_profile (group), n);
  gtk_label_set_text (GTK_LABEL (group->count_label), text);
}

static void
update_counts (RosterCustomizeDialog *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->attributes));
  guint n_profile = 0;
  guint n_table = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterAttributeItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->attributes), i);

      n_profile += roster_attribute_item_get_in_profile (item);
      n_table += roster_attribute_item_get_in_table (item);
    }
  /* Translators: how many attributes are shown, as in "14 in the profile, 4 in the table". */
  text = g_strdup_printf (_ ("%u in the profile, %u in the table"), n_profile, n_table);
  gtk_label_set_text (GTK_LABEL (self->summary_label), text);
  for (guint i = 0; i < self->groups->len; i++)
    update_group_count (g_ptr_array_index (self->groups, i));
}

/* ---- searching ---- */

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle) != NULL;
}

static void
filter (RosterCustomizeDialog *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);
      gboolean visible = FALSE;

      for (GtkWidget *row = gtk_widget_get_first_child (group->list); row != NULL;
           row = gtk_widget_get_next_sibling (row))
        {
          RosterAttributeItem *item = roster_customize_row_get_item (ROSTER_CUSTOMIZE_ROW (row));
          gboolean match = contains (roster_attribute_item_get_label (item), self->needle) ||
                           contains (roster_attribute_item_get_path (item), self->needle);

          gtk_widget_set_visible (row, match);
          visible |= match;
        }
      gtk_widget_set_visible (group->widget, visible);
      any |= visible;
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), any ? "list" : "no-match");
}

static void
search_cb (RosterCustomizeDialog *self)
{
  g_free (self->needle);
  self->needle = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), -1);
  filter (self);
}

/* Escape empties the search first, then closes. */
static void
stop_search_cb (RosterCustomizeDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_window_close (GTK_WINDOW (self));
}

/* ---- rows ---- */

static Group *
add_group (RosterCustomizeDialog *self, const char *title)
{
  Group *group = g_new0 (Group, 1);
  /* The title of a preferences group is markup, and this one can come from a schema. */
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  group->title = title;
  group->widget = adw_preferences_group_new ();
  group->count_label = gtk_label_new (NULL);
  group->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (group->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (group->list, "boxed-list");
  gtk_widget_add_css_class (group->count_label, "dim-label");
  gtk_widget_add_css_class (group->count_label, "count-line");
  gtk_widget_add_css_class (group->count_label, "numeric");
  gtk_widget_set_margin_end (group->count_label, 8);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group->widget), escaped);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group->widget),
                                           group->count_label);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group->widget), group->list);
  gtk_widget_add_css_class (group->widget, "attributes");
  gtk_box_append (GTK_BOX (self->groups_box), group->widget);
  g_ptr_array_add (self->groups, group);
  return group;
}

static Group *
ensure_group (RosterCustomizeDialog *self, const char *title)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = g_ptr_array_index (self->groups, i);

      if (g_str_equal (group->title, title))
        return group;
    }
  return add_group (self, title);
}

static void
remember (RosterCustomizeDialog *self, RosterAttributeItem *item)
{
  Choice choice = {
    .item = g_object_ref (item),
    .in_profile = roster_attribute_item_get_in_profile (item),
    .in_table = roster_attribute_item_get_in_table (item),
  };

  g_array_append_val (self->before, choice);
}

/* The attributes are new: when the dialog opens, or when the schemas came meanwhile. */
static void
items_changed_cb (RosterCustomizeDialog *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (self->groups_box)) != NULL)
    gtk_box_remove (GTK_BOX (self->groups_box), child);
  g_ptr_array_set_size (self->groups, 0);
  g_array_set_size (self->before, 0);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->attributes)); i++)
    {
      g_autoptr (RosterAttributeItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->attributes), i);
      Group *group = ensure_group (self, roster_attribute_item_get_group (item));

      remember (self, item);
      gtk_list_box_append (GTK_LIST_BOX (group->list), roster_customize_row_new (item));
    }
  filter (self);
  update_counts (self);
}

/* ---- the answers ---- */

static void
put_back (RosterCustomizeDialog *self)
{
  for (guint i = 0; i < self->before->len; i++)
    {
      const Choice *choice = &g_array_index (self->before, Choice, i);

      if (roster_attribute_item_get_in_profile (choice->item) != choice->in_profile)
        roster_attribute_item_set_in_profile (choice->item, choice->in_profile);
      if (roster_attribute_item_get_in_table (choice->item) != choice->in_table)
        roster_attribute_item_set_in_table (choice->item, choice->in_table);
    }
}

static void
cancel_cb (RosterCustomizeDialog *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
done_cb (RosterCustomizeDialog *self)
{
  self->done = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
restore_cb (RosterCustomizeDialog *self)
{
  roster_attributes_reset (self->attributes);
}

static gboolean
roster_customize_dialog_close_request (GtkWindow *window)
{
  RosterCustomizeDialog *self = ROSTER_CUSTOMIZE_DIALOG (window);

  if (!self->done)
    put_back (self);
  return GTK_WINDOW_CLASS (roster_customize_dialog_parent_class)->close_request (window);
}

static void
roster_customize_dialog_dispose (GObject *object)
{
  RosterCustomizeDialog *self = ROSTER_CUSTOMIZE_DIALOG (object);

  if (self->attributes != NULL)
    g_signal_handlers_disconnect_by_data (self->attributes, self);
  g_clear_object (&self->attributes);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_CUSTOMIZE_DIALOG);

  G_OBJECT_CLASS (roster_customize_dialog_parent_class)->dispose (object);
}

static void
roster_customize_dialog_finalize (GObject *object)
{
  RosterCustomizeDialog *self = ROSTER_CUSTOMIZE_DIALOG (object);

  g_array_unref (self->before);
  g_ptr_array_unref (self->groups);
  g_free (self->needle);

  G_OBJECT_CLASS (roster_customize_dialog_parent_class)->finalize (object);
}

static void
roster_customize_dialog_class_init (RosterCustomizeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_customize_dialog_dispose;
  object_class->finalize = roster_customize_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = roster_customize_dialog_close_request;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-customize-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeDialog, groups_box);
  gtk_widget_class_bind_template_child (widget_class, RosterCustomizeDialog, summary_label);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
}

static void
roster_customize_dialog_init (RosterCustomizeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->before = g_array_new (FALSE, FALSE, sizeof (Choice));
  g_array_set_clear_func (self->before, choice_clear);
  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->needle = g_strdup ("");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Search attributes"), -1);
}

RosterCustomizeDialog *
roster_customize_dialog_new (RosterAttributes *attributes)
{
  RosterCustomizeDialog *self = NULL;

  g_return_val_if_fail (ROSTER_IS_ATTRIBUTES (attributes), NULL);

  self = g_object_new (ROSTER_TYPE_CUSTOMIZE_DIALOG, NULL);
  self->attributes = g_object_ref (attributes);
  g_signal_connect_swapped (attributes, "items-changed", G_CALLBACK (items_changed_cb), self);
  g_signal_connect_swapped (attributes, "changed", G_CALLBACK (update_counts), self);
  items_changed_cb (self);
  return self;
}

void
roster_customize_dialog_present (GtkWindow *parent, RosterAttributes *attributes)
{
  RosterCustomizeDialog *self = NULL;

  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  self = roster_customize_dialog_new (attributes);
  gtk_window_set_transient_for (GTK_WINDOW (self), parent);
  gtk_window_present (GTK_WINDOW (self));
}
