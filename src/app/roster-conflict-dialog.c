/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-conflict-dialog.h"

#include <glib/gi18n.h>

#include "app/roster-conflict-group.h"
#include "app/roster-dialog.h"
#include "app/roster-person-line.h"

struct _RosterConflictDialog
{
  AdwWindow parent_instance;

  RosterProfile *profile;

  GtkWidget *update_button;
  GtkWidget *scrolled;
  GtkWidget *content;
  GtkWidget *person;
  GtkWidget *groups_box;
};

G_DEFINE_FINAL_TYPE (RosterConflictDialog, roster_conflict_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_RESOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (RosterConflictDialog *self)
{
  gboolean decided = roster_conflicts_are_decided (roster_profile_get_conflicts (self->profile));

  gtk_widget_set_sensitive (self->update_button, decided);
  gtk_widget_set_tooltip_text (self->update_button,
                               decided ? NULL : _ ("Choose one value for each attribute first"));
}

static void
update_cb (RosterConflictDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_RESOLVED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
roster_conflict_dialog_map (GtkWidget *widget)
{
  RosterConflictDialog *self = ROSTER_CONFLICT_DIALOG (widget);

  roster_dialog_fit_height (GTK_WINDOW (self), GTK_SCROLLED_WINDOW (self->scrolled), self->content);

  GTK_WIDGET_CLASS (roster_conflict_dialog_parent_class)->map (widget);
}

static void
roster_conflict_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_CONFLICT_DIALOG);

  G_OBJECT_CLASS (roster_conflict_dialog_parent_class)->dispose (object);
}

static void
roster_conflict_dialog_finalize (GObject *object)
{
  g_clear_object (&ROSTER_CONFLICT_DIALOG (object)->profile);

  G_OBJECT_CLASS (roster_conflict_dialog_parent_class)->finalize (object);
}

static void
roster_conflict_dialog_class_init (RosterConflictDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_conflict_dialog_dispose;
  object_class->finalize = roster_conflict_dialog_finalize;
  widget_class->map = roster_conflict_dialog_map;

  signals[SIGNAL_RESOLVED] = g_signal_new ("resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROSTER_TYPE_PERSON_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterConflictDialog, update_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConflictDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RosterConflictDialog, content);
  gtk_widget_class_bind_template_child (widget_class, RosterConflictDialog, person);
  gtk_widget_class_bind_template_child (widget_class, RosterConflictDialog, groups_box);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
}

static void
roster_conflict_dialog_init (RosterConflictDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RosterConflictDialog *
roster_conflict_dialog_new (RosterProfile *profile, RosterConnection *connection)
{
  RosterConflictDialog *self = NULL;
  GListModel *conflicts = NULL;

  g_return_val_if_fail (ROSTER_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_CONFLICT_DIALOG, NULL);
  self->profile = g_object_ref (profile);
  roster_person_line_set (ROSTER_PERSON_LINE (self->person), profile, connection);
  conflicts = roster_profile_get_conflicts (profile);
  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (RosterConflictItem) item = g_list_model_get_item (conflicts, i);

      gtk_box_append (GTK_BOX (self->groups_box), roster_conflict_group_new (item));
      g_signal_connect_object (item, "notify::choice", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
  return self;
}
