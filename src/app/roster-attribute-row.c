/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-attribute-row.h"

#include <glib/gi18n.h>

#include "app/roster-attribute-value.h"
#include "app/roster-drop-down.h"
#include "app/roster-text.h"

struct _RosterAttributeRow
{
  AdwPreferencesRow parent_instance;

  RosterField *field;
  GSignalGroup *field_signals;
  gboolean updating; /* from the field to the widgets */

  GtkWidget *name_box;
  GtkWidget *name_label;
  GtkWidget *required_mark;
  GtkWidget *type_choice; /* in the name's place, made for the first value with a type */
  GtkWidget *value;
  GtkWidget *buttons;
  GtkWidget *verified_icon;
  GtkWidget *primary_button;
  GtkWidget *undo_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (RosterAttributeRow, roster_attribute_row, ADW_TYPE_PREFERENCES_ROW)

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
set_accessible_label (GtkWidget *widget, const char *format_result)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  format_result, -1);
}

/* A value that is new has nothing to go back to: it can be removed. */
static gboolean
can_put_back (RosterField *field)
{
  const char *was = roster_field_get_was (field);

  return roster_field_get_changed (field) &&
         !(roster_field_can_remove (field) && (was == NULL || *was == '\0'));
}

static void
type_changed_cb (RosterAttributeRow *self)
{
  if (!self->updating && self->field != NULL)
    roster_field_set_type_text (self->field,
                                roster_drop_down_get_value (ROSTER_DROP_DOWN (self->type_choice)));
}

/* The types, and the attribute's name in the place of a type that is not there. */
static void
fill_types (RosterAttributeRow *self)
{
  const char *const *types = roster_field_get_types (self->field);
  const char *const *labels = roster_field_get_type_labels (self->field);
  const char *type = roster_field_get_type_text (self->field);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all_values = NULL;
  g_auto (GStrv) all_names = NULL;

  if (type != NULL && *type != '\0')
    {
      roster_drop_down_set (ROSTER_DROP_DOWN (self->type_choice), types, labels, type);
      return;
    }
  g_strv_builder_add (values, "");
  g_strv_builder_add (names, roster_field_get_label (self->field));
  g_strv_builder_addv (values, (const char **)types);
  g_strv_builder_addv (names, (const char **)labels);
  all_values = g_strv_builder_end (values);
  all_names = g_strv_builder_end (names);
  roster_drop_down_set (ROSTER_DROP_DOWN (self->type_choice), (const char *const *)all_values,
                        (const char *const *)all_names, "");
}

static void
update_type (RosterAttributeRow *self)
{
  gboolean typed = roster_field_get_types (self->field) != NULL &&
                   roster_field_get_type_labels (self->field) != NULL &&
                   roster_field_get_editable (self->field);

  if (typed && self->type_choice == NULL)
    {
      self->type_choice = roster_drop_down_new ();
      gtk_widget_add_css_class (self->type_choice, "attr-name");
      g_signal_connect_object (self->type_choice, "changed", G_CALLBACK (type_changed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_prepend (GTK_BOX (self->name_box), self->type_choice);
    }
  if (self->type_choice != NULL)
    gtk_widget_set_visible (self->type_choice, typed);
  gtk_widget_set_visible (self->name_label, !typed);
  if (typed)
    fill_types (self);
  roster_attribute_value_set_placeholder (ROSTER_ATTRIBUTE_VALUE (self->value),
                                          typed ? roster_field_get_label (self->field) : NULL);
}

/* The name of a value that cannot be edited is its type. */
static const char *
get_name (RosterField *field)
{
  const char *const *types = roster_field_get_types (field);
  const char *const *labels = roster_field_get_type_labels (field);
  const char *type = roster_field_get_type_text (field);

  if (!roster_field_is_value (field) || type == NULL || *type == '\0')
    return roster_field_get_label (field);
  for (guint i = 0; types != NULL && labels != NULL && types[i] != NULL; i++)
    if (g_str_equal (types[i], type))
      return labels[i];
  return type;
}

static void
update_name (RosterAttributeRow *self)
{
  g_autofree char *name = roster_text_dup_shown (get_name (self->field), ROSTER_TEXT_WORDS);
  const char *reason = roster_field_get_read_only_reason (self->field);

  gtk_label_set_text (GTK_LABEL (self->name_label), name);
  gtk_widget_set_tooltip_text (self->name_label, name);
  gtk_widget_set_visible (self->required_mark, roster_field_get_required (self->field) &&
                                                 roster_field_get_editable (self->field));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               roster_field_get_editable (self->field) ? NULL : reason);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
}

static void
update_buttons (RosterAttributeRow *self)
{
  gboolean primary = roster_field_get_primary (self->field);
  gboolean editable = roster_field_get_editable (self->field);
  gboolean put_back = editable && can_put_back (self->field);
  gboolean had_focus = gtk_widget_is_focus (self->undo_button);

  gtk_widget_set_visible (self->verified_icon, roster_field_get_verified (self->field));
  /* An empty star is an offer. */
  gtk_widget_set_visible (self->primary_button,
                          roster_field_has_primary (self->field) && (editable || primary));
  gtk_widget_set_sensitive (self->primary_button, editable);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->primary_button), primary);
  gtk_button_set_icon_name (GTK_BUTTON (self->primary_button),
                            primary ? "starred-symbolic" : "non-starred-symbolic");
  gtk_widget_set_tooltip_text (self->primary_button, primary ? _ ("Primary") : _ ("Make Primary"));
  set_css_class (self->primary_button, "on", primary);
  gtk_widget_set_visible (self->undo_button, put_back);
  gtk_widget_set_visible (self->remove_button,
                          editable && !put_back && roster_field_can_remove (self->field));
  /* The button that was pressed goes: the keyboard goes on with the value. */
  if (had_focus && !put_back)
    gtk_widget_grab_focus (self->value);
}

static void
update_button_names (RosterAttributeRow *self)
{
  const char *label = roster_field_get_label (self->field);
  g_autofree char *text =
    roster_text_dup_shown (roster_field_get_text (self->field), ROSTER_TEXT_WORDS);
  g_autofree char *what = NULL;
  g_autofree char *put_back = NULL;
  g_autofree char *remove = NULL;
  g_autofree char *primary = NULL;
  g_autofree char *type = NULL;

  if (roster_field_is_value (self->field) && *text != '\0')
    /* Translators: an attribute and one of its values, as in "E-mail Address kim@example.org". */
    what = g_strdup_printf (_ ("%s %s"), label, text);
  else
    what = g_strdup (label);

  /* Translators: undoes the change of an attribute. */
  put_back = g_strdup_printf (_ ("Put Back %s"), what);
  set_accessible_label (self->undo_button, put_back);
  /* Translators: removes a value, such as an e-mail address. */
  remove = g_strdup_printf (_ ("Remove %s"), what);
  set_accessible_label (self->remove_button, remove);
  /* Translators: whether a value, such as an e-mail address, is the primary one. */
  primary = g_strdup_printf (_ ("Primary: %s"), what);
  set_accessible_label (self->primary_button, primary);
  if (self->type_choice != NULL)
    {
      /* Translators: chooses the type (work, home …) of a value, such as an e-mail address. */
      type = g_strdup_printf (_ ("Type of %s"), what);
      roster_drop_down_set_name (ROSTER_DROP_DOWN (self->type_choice), type);
    }
}

static void
update_state (RosterAttributeRow *self)
{
  gboolean invalid = roster_field_get_problem (self->field) != NULL;
  RosterFieldKind kind = roster_field_get_kind (self->field);

  set_css_class (GTK_WIDGET (self), "invalid", invalid);
  set_css_class (GTK_WIDGET (self), "changed", !invalid && roster_field_get_changed (self->field));
  set_css_class (GTK_WIDGET (self), "readonly",
                 !roster_field_get_editable (self->field) || kind == ROSTER_FIELD_KIND_REFERENCE ||
                   kind == ROSTER_FIELD_KIND_JSON);
  gtk_widget_set_visible (GTK_WIDGET (self), roster_field_get_visible (self->field));
}

static void
update (RosterAttributeRow *self)
{
  self->updating = TRUE;
  update_type (self);
  update_name (self);
  update_buttons (self);
  update_button_names (self);
  update_state (self);
  self->updating = FALSE;
}

static void
field_notify_cb (RosterAttributeRow *self)
{
  if (self->field != NULL)
    update (self);
}

static void
primary_cb (RosterAttributeRow *self)
{
  if (self->updating || self->field == NULL)
    return;
  roster_field_set_primary (self->field, TRUE);
  /* One stays primary: pressing the star of the one that is does nothing. */
  field_notify_cb (self);
}

static void
put_back_cb (RosterAttributeRow *self)
{
  if (self->field != NULL)
    roster_field_put_back (self->field);
}

static void
remove_cb (RosterAttributeRow *self)
{
  if (self->field != NULL)
    roster_field_remove (self->field);
}

/* The row is no stop of its own on the way of the Tab key; its widgets are. */
static gboolean
roster_attribute_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget));

  return gtk_widget_child_focus (child, direction);
}

static gboolean
roster_attribute_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (ROSTER_ATTRIBUTE_ROW (widget)->value);
}

static void
roster_attribute_row_dispose (GObject *object)
{
  RosterAttributeRow *self = ROSTER_ATTRIBUTE_ROW (object);

  g_clear_object (&self->field_signals);
  g_clear_object (&self->field);
  self->type_choice = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_ATTRIBUTE_ROW);

  G_OBJECT_CLASS (roster_attribute_row_parent_class)->dispose (object);
}

static void
roster_attribute_row_class_init (RosterAttributeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_attribute_row_dispose;
  widget_class->focus = roster_attribute_row_focus;
  widget_class->grab_focus = roster_attribute_row_grab_focus;

  g_type_ensure (ROSTER_TYPE_ATTRIBUTE_VALUE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-attribute-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, name_box);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, required_mark);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, value);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, buttons);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, verified_icon);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, primary_button);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, primary_cb);
  gtk_widget_class_bind_template_callback (widget_class, put_back_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
roster_attribute_row_init (RosterAttributeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->field_signals = g_signal_group_new (ROSTER_TYPE_FIELD);
  g_signal_group_connect_swapped (self->field_signals, "notify", G_CALLBACK (field_notify_cb),
                                  self);
}

GtkWidget *
roster_attribute_row_new (void)
{
  return g_object_new (ROSTER_TYPE_ATTRIBUTE_ROW, NULL);
}

void
roster_attribute_row_bind (RosterAttributeRow *self, RosterField *field)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTE_ROW (self));
  g_return_if_fail (field == NULL || ROSTER_IS_FIELD (field));

  if (!g_set_object (&self->field, field))
    return;
  g_signal_group_set_target (self->field_signals, field);
  roster_attribute_value_bind (ROSTER_ATTRIBUTE_VALUE (self->value), field);
  if (field != NULL)
    update (self);
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

RosterField *
roster_attribute_row_get_field (RosterAttributeRow *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTE_ROW (self), NULL);

  return self->field;
}
