/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-notice.h"

#include "app/roster-difference-row.h"

/* A grid, not a box: GTK 4.8 asks a box's wrapped labels how wide they must be for their height,
 * and rounding can make that wider than the box when a name brings a second font. */
struct _RosterNotice
{
  GtkGrid parent_instance;

  char *body; /* nullable; with the differences that have rows of their own */

  GtkWidget *icon;
  GtkWidget *title_label;
  GtkWidget *body_label;
  GtkWidget *differences_box;
  GtkWidget *differences_list;
  GtkWidget *next_label;
  GtkWidget *action_button;
  GtkWidget *dismiss_button;
};

G_DEFINE_FINAL_TYPE (RosterNotice, roster_notice, GTK_TYPE_GRID)

/* Not "success" and "error": those colour all the text. */
static const char *const styles[] = { "done", "failed" };

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
set_look (RosterNotice *self, const char *style, const char *icon_name)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
}

static gboolean
is_in_a_row (const char *line, GListModel *differences)
{
  for (guint i = 0; i < g_list_model_get_n_items (differences); i++)
    {
      g_autoptr (RosterDifference) difference = g_list_model_get_item (differences, i);

      if (g_str_equal (line, roster_difference_get_words (difference)))
        return TRUE;
    }
  return FALSE;
}

/* An outcome tells the differences in its body, too; nobody needs to read them twice. */
static void
show_body (RosterNotice *self, GListModel *differences)
{
  g_auto (GStrv) lines = g_strsplit (self->body != NULL ? self->body : "", "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (differences == NULL || !is_in_a_row (lines[i], differences))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
  set_text (self->body_label, text->str);
}

static void
set_body (RosterNotice *self, const char *body)
{
  g_free (self->body);
  self->body = g_strdup (body);
  roster_notice_set_differences (self, NULL);
}

static void
dismiss_cb (RosterNotice *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
roster_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_NOTICE);

  G_OBJECT_CLASS (roster_notice_parent_class)->dispose (object);
}

static void
roster_notice_finalize (GObject *object)
{
  g_free (ROSTER_NOTICE (object)->body);

  G_OBJECT_CLASS (roster_notice_parent_class)->finalize (object);
}

static void
roster_notice_class_init (RosterNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_notice_dispose;
  G_OBJECT_CLASS (klass)->finalize = roster_notice_finalize;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, title_label);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, body_label);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, differences_box);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, differences_list);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, next_label);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, action_button);
  gtk_widget_class_bind_template_child (widget_class, RosterNotice, dismiss_button);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
}

static void
roster_notice_init (RosterNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_notice_set_warning (RosterNotice *self, const char *title, const char *body)
{
  g_return_if_fail (ROSTER_IS_NOTICE (self));

  set_look (self, NULL, "dialog-warning-symbolic");
  set_text (self->title_label, title);
  set_body (self, body);
  set_text (self->next_label, NULL);
  roster_notice_set_action (self, NULL, NULL);
}

void
roster_notice_set_outcome (RosterNotice *self, const RosterOutcome *outcome)
{
  g_return_if_fail (ROSTER_IS_NOTICE (self));
  g_return_if_fail (outcome != NULL);

  switch (outcome->kind)
    {
    case ROSTER_OUTCOME_DONE:
      /* Done, and yet something is to be done. */
      if (outcome->offer == ROSTER_OFFER_NONE)
        set_look (self, "done", "object-select-symbolic");
      else
        set_look (self, NULL, "dialog-warning-symbolic");
      break;
    case ROSTER_OUTCOME_NOT_DONE:
      set_look (self, "failed", "dialog-error-symbolic");
      break;
    case ROSTER_OUTCOME_UNKNOWN:
    default:
      set_look (self, NULL, "dialog-warning-symbolic");
      break;
    }
  set_text (self->title_label, outcome->title);
  set_body (self, outcome->body);
  set_text (self->next_label, outcome->next_step);
  roster_notice_set_action (self, NULL, NULL);
  gtk_label_set_selectable (GTK_LABEL (self->body_label), TRUE);
}

void
roster_notice_set_differences (RosterNotice *self, GListModel *differences)
{
  guint n = 0;
  GtkWidget *child = NULL;

  g_return_if_fail (ROSTER_IS_NOTICE (self));
  g_return_if_fail (differences == NULL || G_IS_LIST_MODEL (differences));

  while ((child = gtk_widget_get_first_child (self->differences_list)) != NULL)
    gtk_box_remove (GTK_BOX (self->differences_list), child);
  if (differences != NULL)
    n = g_list_model_get_n_items (differences);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterDifference) difference = g_list_model_get_item (differences, i);

      gtk_box_append (GTK_BOX (self->differences_list), roster_difference_row_new (difference));
    }
  gtk_widget_set_visible (self->differences_box, n > 0);
  show_body (self, differences);
}

void
roster_notice_set_action (RosterNotice *self, const char *label, const char *action_name)
{
  g_return_if_fail (ROSTER_IS_NOTICE (self));
  g_return_if_fail ((label == NULL) == (action_name == NULL));

  if (label != NULL)
    gtk_button_set_label (GTK_BUTTON (self->action_button), label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->action_button), action_name);
  gtk_widget_set_visible (self->action_button, label != NULL);
}

void
roster_notice_set_dismissable (RosterNotice *self, gboolean dismissable)
{
  g_return_if_fail (ROSTER_IS_NOTICE (self));

  gtk_widget_set_visible (self->dismiss_button, dismissable);
}
