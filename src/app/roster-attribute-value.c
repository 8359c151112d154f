/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-attribute-value.h"

#include <glib/gi18n.h>
#include "app/roster-accessible.h"
#include "app/roster-date-button.h"
#include "app/roster-drop-down.h"
#include "app/roster-text.h"

/* GtkText keeps 65,535 characters and drops the rest; nobody edits such a value in one line. */
#define LONGEST_EDITABLE 16384
/* What surely fits into an entry, in bytes. */
#define LONGEST_SEEN 24
/* From here on a read-only value is likely to be ellipsized: then it can be copied. */
#define COPY_FROM 30
/* Of a value that is shown whole. What is not shown is still copied. */
#define LONGEST_SHOWN 20000

typedef enum
{
  MODE_NONE,
  MODE_TEXT,
  MODE_CHOICE,
  MODE_SWITCH,
  MODE_LABEL,
} Mode;

struct _RosterAttributeValue
{
  GtkBox parent_instance;

  RosterField *field;
  GSignalGroup *field_signals;
  char *placeholder;
  Mode mode;
  gboolean updating; /* from the field to the widget: what the widget emits is no edit */

  GtkWidget *column;
  GtkWidget *second_label;
  GtkWidget *editor;      /* in the column, of the mode; none for a switch */
  GtkWidget *toggle;      /* at the end, MODE_SWITCH */
  GtkWidget *date_button; /* at the end, dates in MODE_TEXT */
  GtkWidget *copy_button; /* at the end, long values in MODE_LABEL */
};

G_DEFINE_FINAL_TYPE (RosterAttributeValue, roster_attribute_value, GTK_TYPE_BOX)

static void
set_css_class (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static gboolean
is_date (RosterAttributeValue *self)
{
  return roster_field_get_kind (self->field) == ROSTER_FIELD_KIND_DATE;
}

static Mode
choose_mode (RosterAttributeValue *self)
{
  RosterFieldKind kind = roster_field_get_kind (self->field);

  if (kind == ROSTER_FIELD_KIND_BOOLEAN)
    return MODE_SWITCH;
  if (!roster_field_get_editable (self->field) || kind == ROSTER_FIELD_KIND_REFERENCE ||
      kind == ROSTER_FIELD_KIND_JSON ||
      strlen (roster_field_get_text (self->field)) > LONGEST_EDITABLE)
    return MODE_LABEL;
  return kind == ROSTER_FIELD_KIND_CHOICE ? MODE_CHOICE : MODE_TEXT;
}

/* What people read for a value: the label of a choice, On or Off. */
static const char *
get_words (RosterField *field, const char *text)
{
  const char *const *choices = roster_field_get_choices (field);
  const char *const *labels = roster_field_get_choice_labels (field);

  if (roster_field_get_kind (field) == ROSTER_FIELD_KIND_BOOLEAN)
    {
      if (g_str_equal (text, "true"))
        return _ ("On");
      if (g_str_equal (text, "false"))
        return _ ("Off");
    }
  for (guint i = 0; choices != NULL && labels != NULL && choices[i] != NULL; i++)
    if (g_str_equal (choices[i], text) && *labels[i] != '\0')
      return labels[i];
  return text;
}

static void
edited_cb (RosterAttributeValue *self)
{
  if (!self->updating && self->field != NULL)
    roster_field_set_text (self->field, gtk_editable_get_text (GTK_EDITABLE (self->editor)));
}

static void
chosen_cb (RosterAttributeValue *self)
{
  if (!self->updating && self->field != NULL)
    roster_field_set_text (self->field,
                           roster_drop_down_get_value (ROSTER_DROP_DOWN (self->editor)));
}

static void
switched_cb (RosterAttributeValue *self)
{
  if (!self->updating && self->field != NULL)
    roster_field_set_text (self->field,
                           gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? "true" : "false");
}

static void
copy_cb (RosterAttributeValue *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          roster_field_get_text (self->field));
}

static void
remove_editor (RosterAttributeValue *self)
{
  if (self->editor != NULL)
    gtk_box_remove (GTK_BOX (self->column), g_steal_pointer (&self->editor));
  if (self->toggle != NULL)
    gtk_box_remove (GTK_BOX (self), g_steal_pointer (&self->toggle));
  if (self->date_button != NULL)
    gtk_box_remove (GTK_BOX (self), g_steal_pointer (&self->date_button));
  if (self->copy_button != NULL)
    gtk_box_remove (GTK_BOX (self), g_steal_pointer (&self->copy_button));
}

static GtkWidget *
make_label (void)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *label = NULL;

  /* A hyphen at the end of a line would pass for a part of the value. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "selectable", TRUE, "attributes", attributes,
                        NULL);
  gtk_widget_add_css_class (label, "attr-value");
  return label;
}

static GtkWidget *
make_editor (RosterAttributeValue *self, Mode mode)
{
  GtkWidget *editor = NULL;

  switch (mode)
    {
    case MODE_TEXT:
      /* Not a bare GtkText: GTK 4.8 gives assistive technologies no text of it. */
      editor =
        g_object_new (GTK_TYPE_ENTRY, "has-frame", FALSE, "width-chars", 1, "hexpand", TRUE, NULL);
      g_signal_connect_swapped (editor, "changed", G_CALLBACK (edited_cb), self);
      break;
    case MODE_CHOICE:
      editor = roster_drop_down_new ();
      gtk_widget_set_halign (editor, GTK_ALIGN_START);
      g_signal_connect_swapped (editor, "changed", G_CALLBACK (chosen_cb), self);
      break;
    case MODE_LABEL:
      editor = make_label ();
      break;
    case MODE_SWITCH:
    case MODE_NONE:
    default:
      break;
    }
  return editor;
}

static GtkWidget *
make_copy_button (RosterAttributeValue *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "mini");
  gtk_widget_set_tooltip_text (button, _ ("Copy"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (self), button);
  return button;
}

static GtkWidget *
make_switch (RosterAttributeValue *self)
{
  GtkWidget *toggle = g_object_new (GTK_TYPE_SWITCH, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_add_css_class (toggle, "compact");
  g_signal_connect_swapped (toggle, "notify::active", G_CALLBACK (switched_cb), self);
  gtk_box_append (GTK_BOX (self), toggle);
  return toggle;
}

/* The widgets of the field's mode, kept while the mode stays. */
static void
ensure_editor (RosterAttributeValue *self)
{
  Mode mode = choose_mode (self);
  gboolean date = mode == MODE_TEXT && is_date (self);

  if (mode != self->mode)
    {
      remove_editor (self);
      self->mode = mode;
      self->editor = make_editor (self, mode);
      if (self->editor != NULL)
        gtk_box_prepend (GTK_BOX (self->column), self->editor);
      if (mode == MODE_SWITCH)
        self->toggle = make_switch (self);
      if (mode == MODE_LABEL)
        self->copy_button = make_copy_button (self);
    }
  if (date && self->date_button == NULL)
    {
      self->date_button = roster_date_button_new ();
      gtk_box_append (GTK_BOX (self), self->date_button);
    }
  if (self->date_button != NULL)
    {
      gtk_widget_set_visible (self->date_button, date);
      roster_date_button_bind (ROSTER_DATE_BUTTON (self->date_button), date ? self->field : NULL);
    }
}

/* The direction of the first letter that has one; without any that of the widget. */
static GtkTextDirection
find_direction (GtkWidget *widget, const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_isalpha (letter))
        continue;
      switch (g_unichar_get_script (letter))
        {
        case G_UNICODE_SCRIPT_ARABIC:
        case G_UNICODE_SCRIPT_HEBREW:
        case G_UNICODE_SCRIPT_NKO:
        case G_UNICODE_SCRIPT_SYRIAC:
        case G_UNICODE_SCRIPT_THAANA:
          return GTK_TEXT_DIR_RTL;
        default:
          return GTK_TEXT_DIR_LTR;
        }
    }
  return gtk_widget_get_direction (widget);
}

/* A text of the other direction would stand at the far end of the row. */
static void
update_alignment (GtkWidget *editor, const char *text)
{
  gboolean other = find_direction (editor, text) != gtk_widget_get_direction (editor);

  gtk_editable_set_alignment (GTK_EDITABLE (editor), other ? 1 : 0);
}

static void
update_text (RosterAttributeValue *self)
{
  /* What deceives the eye is seen as marks, also while it is being edited; the value is the
   * service's own as long as nobody does. */
  g_autofree char *text =
    roster_text_dup_shown (roster_field_get_text (self->field), LONGEST_EDITABLE);
  g_autofree char *tooltip = roster_text_dup_shown (text, ROSTER_TEXT_LINE);
  const char *placeholder = self->placeholder != NULL ? self->placeholder : _ ("Not set");

  /* Only when it differs: setting the text would move the cursor of who is typing. */
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->editor)), text))
    {
      GtkEditable *editor = GTK_EDITABLE (self->editor);

      /* Undoing must not bring back what somebody else is called: the history goes. */
      gtk_editable_set_enable_undo (editor, FALSE);
      gtk_editable_set_text (editor, text);
      gtk_editable_set_enable_undo (editor, TRUE);
      gtk_editable_set_position (editor, 0);
    }
  update_alignment (self->editor, text);
  /* A text entry cannot be ellipsized: what does not fit can be read here. */
  gtk_widget_set_tooltip_text (self->editor, strlen (text) > LONGEST_SEEN ? tooltip : NULL);
  if (g_strcmp0 (gtk_entry_get_placeholder_text (GTK_ENTRY (self->editor)), placeholder) != 0)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->editor), placeholder);
}

static void
update_label (RosterAttributeValue *self)
{
  GtkLabel *label = GTK_LABEL (self->editor);
  gboolean whole = roster_field_get_kind (self->field) == ROSTER_FIELD_KIND_JSON;
  const char *text = get_words (self->field, roster_field_get_text (self->field));
  g_autofree char *shown = roster_text_dup_shown (text, whole ? LONGEST_SHOWN : ROSTER_TEXT_LINE);

  gtk_label_set_single_line_mode (label, !whole);
  gtk_label_set_ellipsize (label, whole ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_label_set_wrap (label, whole);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_text (label, shown);
  set_css_class (self->editor, "whole", whole);
  set_css_class (self->editor, "json", whole && (*text == '{' || *text == '['));
  gtk_widget_set_visible (self->copy_button, g_utf8_strlen (text, -1) > COPY_FROM);
}

static void
update_value (RosterAttributeValue *self)
{
  RosterFieldKind kind = roster_field_get_kind (self->field);

  self->updating = TRUE;
  ensure_editor (self);
  switch (self->mode)
    {
    case MODE_TEXT:
      update_text (self);
      break;
    case MODE_CHOICE:
      roster_drop_down_set (ROSTER_DROP_DOWN (self->editor), roster_field_get_choices (self->field),
                            roster_field_get_choice_labels (self->field),
                            roster_field_get_text (self->field));
      break;
    case MODE_SWITCH:
      gtk_widget_set_sensitive (self->toggle, roster_field_get_editable (self->field));
      gtk_switch_set_active (GTK_SWITCH (self->toggle),
                             g_str_equal (roster_field_get_text (self->field), "true"));
      break;
    case MODE_LABEL:
      update_label (self);
      break;
    case MODE_NONE:
    default:
      g_assert_not_reached ();
    }
  if (self->editor != NULL)
    set_css_class (self->editor, "numeric",
                   self->mode == MODE_LABEL || kind == ROSTER_FIELD_KIND_DATE ||
                     kind == ROSTER_FIELD_KIND_NUMBER);
  self->updating = FALSE;
}

/* The problem counts more than what it was. Owned; NULL: no second line. */
static char *
dup_second_line (RosterAttributeValue *self)
{
  const char *problem = roster_field_get_problem (self->field);
  const char *was = roster_field_get_was (self->field);
  g_autofree char *shown = NULL;

  if (problem != NULL)
    return g_strdup (problem);
  /* Of a value only its type or mark may be different. */
  if (!roster_field_get_changed (self->field) || was == NULL ||
      g_str_equal (was, roster_field_get_text (self->field)))
    return NULL;
  if (*was == '\0')
    return roster_field_can_remove (self->field) ? NULL : g_strdup (_ ("was: not set"));
  shown = roster_text_dup_shown (get_words (self->field, was), ROSTER_TEXT_LINE);
  /* Translators: the value that an attribute had before it was changed. */
  return g_strdup_printf (_ ("was: %s"), shown);
}

static void
describe (GtkAccessible *widget, const char *line, gboolean invalid)
{
  gtk_accessible_update_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  line != NULL ? line : "", -1);
  gtk_accessible_update_state (widget, GTK_ACCESSIBLE_STATE_INVALID,
                               invalid ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
update_second_line (RosterAttributeValue *self)
{
  g_autofree char *line = dup_second_line (self);
  gboolean invalid = roster_field_get_problem (self->field) != NULL;
  GtkWidget *focusable = self->toggle != NULL ? self->toggle : self->editor;

  gtk_label_set_text (GTK_LABEL (self->second_label), line != NULL ? line : "");
  gtk_widget_set_tooltip_text (self->second_label, line);
  gtk_widget_set_visible (self->second_label, line != NULL);
  gtk_widget_remove_css_class (self->second_label, invalid ? "was" : "err");
  gtk_widget_add_css_class (self->second_label, invalid ? "err" : "was");

  describe (GTK_ACCESSIBLE (focusable), line, invalid);
  /* What has the focus is the text inside the entry. */
  if (self->mode == MODE_TEXT)
    describe (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (focusable))), line, invalid);
}

static void
update_names (RosterAttributeValue *self)
{
  const char *label = roster_field_get_label (self->field);
  g_autofree char *copy = NULL;

  switch (self->mode)
    {
    case MODE_CHOICE:
      roster_drop_down_set_name (ROSTER_DROP_DOWN (self->editor), label);
      break;
    case MODE_SWITCH:
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      label, -1);
      break;
    case MODE_TEXT:
      roster_accessible_name_editable (GTK_EDITABLE (self->editor), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->editor),
                                      GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                      roster_field_get_required (self->field), -1);
      break;
    case MODE_LABEL:
      /* Translators: copies the value of an attribute, such as "User ID". */
      copy = g_strdup_printf (_ ("Copy %s"), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, copy, -1);
      break;
    case MODE_NONE:
    default:
      break;
    }
}

static void
update (RosterAttributeValue *self)
{
  Mode before = self->mode;

  update_value (self);
  update_second_line (self);
  if (self->mode != before)
    update_names (self);
}

static void
field_notify_cb (RosterAttributeValue *self)
{
  if (self->field != NULL)
    update (self);
}

static gboolean
roster_attribute_value_grab_focus (GtkWidget *widget)
{
  RosterAttributeValue *self = ROSTER_ATTRIBUTE_VALUE (widget);

  if (self->toggle != NULL)
    return gtk_widget_grab_focus (self->toggle);
  if (self->mode == MODE_TEXT)
    return gtk_entry_grab_focus_without_selecting (GTK_ENTRY (self->editor));
  return self->editor != NULL && gtk_widget_grab_focus (self->editor);
}

static void
roster_attribute_value_dispose (GObject *object)
{
  RosterAttributeValue *self = ROSTER_ATTRIBUTE_VALUE (object);

  g_clear_object (&self->field_signals);
  g_clear_object (&self->field);
  if (self->column != NULL)
    remove_editor (self);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_ATTRIBUTE_VALUE);

  G_OBJECT_CLASS (roster_attribute_value_parent_class)->dispose (object);
}

static void
roster_attribute_value_finalize (GObject *object)
{
  g_free (ROSTER_ATTRIBUTE_VALUE (object)->placeholder);

  G_OBJECT_CLASS (roster_attribute_value_parent_class)->finalize (object);
}

static void
roster_attribute_value_class_init (RosterAttributeValueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_attribute_value_dispose;
  object_class->finalize = roster_attribute_value_finalize;
  widget_class->grab_focus = roster_attribute_value_grab_focus;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-attribute-value.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeValue, column);
  gtk_widget_class_bind_template_child (widget_class, RosterAttributeValue, second_label);
}

static void
roster_attribute_value_init (RosterAttributeValue *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->field_signals = g_signal_group_new (ROSTER_TYPE_FIELD);
  g_signal_group_connect_swapped (self->field_signals, "notify", G_CALLBACK (field_notify_cb),
                                  self);
}

void
roster_attribute_value_bind (RosterAttributeValue *self, RosterField *field)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTE_VALUE (self));
  g_return_if_fail (field == NULL || ROSTER_IS_FIELD (field));

  if (!g_set_object (&self->field, field))
    return;
  g_signal_group_set_target (self->field_signals, field);
  if (field == NULL)
    {
      if (self->date_button != NULL)
        roster_date_button_bind (ROSTER_DATE_BUTTON (self->date_button), NULL);
      return;
    }
  update (self);
  update_names (self);
}

void
roster_attribute_value_set_placeholder (RosterAttributeValue *self, const char *placeholder)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTE_VALUE (self));

  if (g_strcmp0 (placeholder, self->placeholder) == 0)
    return;
  g_free (self->placeholder);
  self->placeholder = g_strdup (placeholder);
  if (self->field != NULL)
    update (self);
}
