/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-drop-down.h"

#include <glib/gi18n.h>

#include "app/roster-text.h"

/* From here on typing finds a value faster than looking. */
#define SEARCH_FROM 12

struct _RosterDropDown
{
  AdwBin parent_instance;

  GtkDropDown *drop_down;
  GStrv values;
  GStrv labels;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RosterDropDown, roster_drop_down, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fill (RosterDropDown *self, GStrv values, GStrv labels)
{
  g_autoptr (GtkStringList) model = NULL;

  if (self->values != NULL &&
      g_strv_equal ((const char *const *)self->values, (const char *const *)values) &&
      g_strv_equal ((const char *const *)self->labels, (const char *const *)labels))
    {
      g_strfreev (values);
      g_strfreev (labels);
      return;
    }
  g_strfreev (self->values);
  g_strfreev (self->labels);
  self->values = values;
  self->labels = labels;
  model = gtk_string_list_new ((const char *const *)labels);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (model));
  gtk_drop_down_set_enable_search (self->drop_down, g_strv_length (values) >= SEARCH_FROM);
}

static void
add_label (GStrvBuilder *labels, const char *text)
{
  g_autofree char *shown = roster_text_dup_shown (text, ROSTER_TEXT_WORDS);

  g_strv_builder_add (labels, *shown != '\0' ? shown : _ ("Not set"));
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "ellipsize", PANGO_ELLIPSIZE_END,
                                   "single-line-mode", TRUE, NULL);

  gtk_list_item_set_child (item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *string = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (string));
}

static void
selected_cb (RosterDropDown *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
roster_drop_down_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROSTER_DROP_DOWN (widget)->drop_down));
}

static void
roster_drop_down_finalize (GObject *object)
{
  RosterDropDown *self = ROSTER_DROP_DOWN (object);

  g_strfreev (self->values);
  g_strfreev (self->labels);

  G_OBJECT_CLASS (roster_drop_down_parent_class)->finalize (object);
}

static void
roster_drop_down_class_init (RosterDropDownClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_drop_down_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = roster_drop_down_grab_focus;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_drop_down_init (RosterDropDown *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkExpression *expression = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, expression));
  /* The built-in factory puts the tick into the list; only the button must be able to shrink. */
  gtk_drop_down_set_list_factory (self->drop_down, gtk_drop_down_get_factory (self->drop_down));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_drop_down_set_factory (self->drop_down, factory);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
}

GtkWidget *
roster_drop_down_new (void)
{
  return g_object_new (ROSTER_TYPE_DROP_DOWN, NULL);
}

void
roster_drop_down_set (RosterDropDown *self,
                      const char *const *values,
                      const char *const *labels,
                      const char *current)
{
  g_autoptr (GStrvBuilder) all_values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) all_labels = g_strv_builder_new ();
  guint selected = GTK_INVALID_LIST_POSITION;
  guint n = 0;

  g_return_if_fail (ROSTER_IS_DROP_DOWN (self));

  if (current == NULL)
    current = "";
  for (; values != NULL && labels != NULL && values[n] != NULL && labels[n] != NULL; n++)
    {
      g_strv_builder_add (all_values, values[n]);
      add_label (all_labels, labels[n]);
      if (selected == GTK_INVALID_LIST_POSITION && g_str_equal (values[n], current))
        selected = n;
    }
  if (selected == GTK_INVALID_LIST_POSITION)
    {
      g_strv_builder_add (all_values, current);
      add_label (all_labels, current);
      selected = n;
    }

  self->updating = TRUE;
  fill (self, g_strv_builder_end (all_values), g_strv_builder_end (all_labels));
  gtk_drop_down_set_selected (self->drop_down, selected);
  self->updating = FALSE;
}

const char *
roster_drop_down_get_value (RosterDropDown *self)
{
  guint selected = 0;

  g_return_val_if_fail (ROSTER_IS_DROP_DOWN (self), "");

  selected = gtk_drop_down_get_selected (self->drop_down);
  if (self->values == NULL || selected >= g_strv_length (self->values))
    return "";
  return self->values[selected];
}

void
roster_drop_down_set_name (RosterDropDown *self, const char *name)
{
  g_return_if_fail (ROSTER_IS_DROP_DOWN (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}
