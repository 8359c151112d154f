/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-step-row.h"

#include <glib/gi18n.h>

struct _RosterStepRow
{
  GtkListBoxRow parent_instance;

  RosterTestStep *step;

  GtkStack *mark;
  GtkImage *mark_image;
  GtkSpinner *spinner;
  GtkLabel *title_label;
  GtkLabel *finding_label;
  GtkWidget *fix_button;
  GtkLabel *fix_label;
};

G_DEFINE_FINAL_TYPE (RosterStepRow, roster_step_row, GTK_TYPE_LIST_BOX_ROW)

typedef struct
{
  const char *icon_name; /* NULL: a spinner */
  const char *style;
  const char *label; /* for those who do not see the mark */
} StepMark;

static const StepMark step_marks[] = {
  [ROSTER_STEP_WAITING] = { "content-loading-symbolic", "waiting", N_ ("Waiting") },
  [ROSTER_STEP_RUNNING] = { NULL, "running", N_ ("Running") },
  [ROSTER_STEP_OK] = { "object-select-symbolic", "success", N_ ("Passed") },
  [ROSTER_STEP_WARNING] = { "dialog-warning-symbolic", "warning", N_ ("Warning") },
  [ROSTER_STEP_FAILED] = { "dialog-error-symbolic", "error", N_ ("Failed") },
};

static void
show_mark (RosterStepRow *self, const StepMark *mark)
{
  GtkWidget *widget = GTK_WIDGET (self->mark);

  for (guint i = 0; i < G_N_ELEMENTS (step_marks); i++)
    gtk_widget_remove_css_class (widget, step_marks[i].style);
  gtk_widget_add_css_class (widget, mark->style);
  gtk_spinner_set_spinning (self->spinner, mark->icon_name == NULL);
  if (mark->icon_name != NULL)
    gtk_image_set_from_icon_name (self->mark_image, mark->icon_name);
  gtk_stack_set_visible_child (self->mark, mark->icon_name != NULL ? GTK_WIDGET (self->mark_image)
                                                                   : GTK_WIDGET (self->spinner));
  gtk_widget_set_tooltip_text (widget, _ (mark->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->mark_image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (mark->label), -1);
}

static void
update_cb (RosterStepRow *self)
{
  RosterStepState state = roster_test_step_get_state (self->step);
  const char *finding = roster_test_step_get_finding (self->step);
  const char *fix = roster_test_step_get_fix (self->step);

  g_return_if_fail ((guint)state < G_N_ELEMENTS (step_marks));

  show_mark (self, &step_marks[state]);
  gtk_label_set_text (self->title_label, roster_test_step_get_title (self->step));
  gtk_label_set_text (self->finding_label, finding);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->finding_label), finding);
  gtk_label_set_text (self->fix_label, fix);
  gtk_widget_set_visible (self->fix_button, fix != NULL);
  if (state == ROSTER_STEP_WAITING)
    gtk_widget_add_css_class (GTK_WIDGET (self->title_label), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title_label), "dim-label");
}

static void
roster_step_row_dispose (GObject *object)
{
  RosterStepRow *self = ROSTER_STEP_ROW (object);

  g_clear_object (&self->step);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROSTER_TYPE_STEP_ROW);

  G_OBJECT_CLASS (roster_step_row_parent_class)->dispose (object);
}

static void
roster_step_row_class_init (RosterStepRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_step_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, mark);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, mark_image);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, finding_label);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, fix_button);
  gtk_widget_class_bind_template_child (widget_class, RosterStepRow, fix_label);
}

static void
roster_step_row_init (RosterStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
roster_step_row_new (RosterTestStep *step)
{
  RosterStepRow *self = NULL;

  g_return_val_if_fail (ROSTER_IS_TEST_STEP (step), NULL);

  self = g_object_new (ROSTER_TYPE_STEP_ROW, NULL);
  self->step = g_object_ref (step);
  g_signal_connect_object (step, "notify", G_CALLBACK (update_cb), self, G_CONNECT_SWAPPED);
  update_cb (self);
  return GTK_WIDGET (self);
}
