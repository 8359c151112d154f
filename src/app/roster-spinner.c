/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-spinner.h"

#define SLOW_FRAME_US   40000
#define MANY_SLOW       5
#define STILL_ICON_NAME "content-loading-symbolic"

struct _RosterSpinner
{
  GtkWidget parent_instance;

  GtkSpinner *spinner;
  GtkWidget *still;  /* stands there when the spinner is too slow */
  guint tick;        /* 0: frames are not watched */
  gint64 last_frame; /* microseconds; 0: none yet */
  guint n_slow;      /* in a row */
  gboolean too_slow;
};

G_DEFINE_FINAL_TYPE (RosterSpinner, roster_spinner, GTK_TYPE_WIDGET)

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  roster_spinner_note_frame (ROSTER_SPINNER (widget), gdk_frame_clock_get_frame_time (clock));
  return G_SOURCE_CONTINUE;
}

static void
stop_watching (RosterSpinner *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

static void
roster_spinner_dispose (GObject *object)
{
  RosterSpinner *self = ROSTER_SPINNER (object);
  GtkWidget *child = NULL;

  stop_watching (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (roster_spinner_parent_class)->dispose (object);
}

static void
roster_spinner_class_init (RosterSpinnerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_spinner_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
roster_spinner_init (RosterSpinner *self)
{
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->spinner), GTK_WIDGET (self));
  self->still = gtk_image_new_from_icon_name (STILL_ICON_NAME);
  gtk_widget_set_visible (self->still, FALSE);
  gtk_widget_set_parent (self->still, GTK_WIDGET (self));
}

void
roster_spinner_set_spinning (RosterSpinner *self, gboolean spinning)
{
  g_return_if_fail (ROSTER_IS_SPINNER (self));

  gtk_widget_set_visible (self->still, spinning && self->too_slow);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), !self->too_slow);
  gtk_spinner_set_spinning (self->spinner, spinning && !self->too_slow);
  if (!spinning || self->too_slow)
    {
      stop_watching (self);
      return;
    }
  if (self->tick != 0)
    return;
  self->last_frame = 0;
  self->n_slow = 0;
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
roster_spinner_note_frame (RosterSpinner *self, gint64 time)
{
  gboolean slow;

  g_return_if_fail (ROSTER_IS_SPINNER (self));

  slow = self->last_frame != 0 && time - self->last_frame > SLOW_FRAME_US;
  self->last_frame = time;
  self->n_slow = slow ? self->n_slow + 1 : 0;
  if (self->n_slow < MANY_SLOW)
    return;
  self->too_slow = TRUE;
  roster_spinner_set_spinning (self, TRUE);
}

gboolean
roster_spinner_is_still (RosterSpinner *self)
{
  g_return_val_if_fail (ROSTER_IS_SPINNER (self), FALSE);

  return self->too_slow;
}
