/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-banner.h"

struct _RosterBanner
{
  AdwBin parent_instance;

  GtkRevealer *revealer;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (RosterBanner, roster_banner, ADW_TYPE_BIN)

enum
{
  CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clicked_cb (RosterBanner *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

/* What has slid away must not be found, nor pressed, by an assistive technology. */
static void
child_revealed_cb (RosterBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->revealer),
                          gtk_revealer_get_reveal_child (self->revealer) ||
                            gtk_revealer_get_child_revealed (self->revealer));
}

static void
roster_banner_class_init (RosterBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[CLICKED] = g_signal_new ("clicked", ROSTER_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-banner.ui");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_bind_template_child (widget_class, RosterBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, RosterBanner, label);
  gtk_widget_class_bind_template_child (widget_class, RosterBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, child_revealed_cb);
}

static void
roster_banner_init (RosterBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_banner_set (RosterBanner *self, const char *message, const char *button_label)
{
  g_return_if_fail (ROSTER_IS_BANNER (self));

  /* The last words stay while the banner slides away. */
  if (message != NULL)
    {
      gtk_label_set_text (self->label, message);
      gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
      if (button_label != NULL)
        gtk_button_set_label (self->button, button_label);
      gtk_widget_set_visible (GTK_WIDGET (self->revealer), TRUE);
    }
  gtk_revealer_set_reveal_child (self->revealer, message != NULL);
}

const char *
roster_banner_get_message (RosterBanner *self)
{
  g_return_val_if_fail (ROSTER_IS_BANNER (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}
