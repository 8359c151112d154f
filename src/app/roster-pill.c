/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-pill.h"

#include "app/roster-marks.h"

struct _RosterPill
{
  GtkBox parent_instance;

  GtkWidget *icon;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RosterPill, roster_pill, GTK_TYPE_BOX)

static const char *const styles[] = { "success", "warning", "accent", "error", "neutral" };

static void
roster_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_PILL);

  G_OBJECT_CLASS (roster_pill_parent_class)->dispose (object);
}

static void
roster_pill_class_init (RosterPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_pill_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterPill, icon);
  gtk_widget_class_bind_template_child (widget_class, RosterPill, label);
}

static void
roster_pill_init (RosterPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
roster_pill_set (RosterPill *self, const char *style, const char *icon_name, const char *text)
{
  g_return_if_fail (ROSTER_IS_PILL (self));
  g_return_if_fail (style != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), icon_name);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

void
roster_pill_set_profile (RosterPill *self, RosterProfile *profile)
{
  const ScimAccount *account = NULL;
  ScimAccountStatus status = SCIM_ACCOUNT_ACTIVE;
  g_autofree char *text = NULL;

  g_return_if_fail (ROSTER_IS_PILL (self));
  g_return_if_fail (ROSTER_IS_PROFILE (profile));

  account = roster_profile_get_account (profile);
  text = roster_profile_dup_status_text (profile);
  if (account != NULL)
    status = account->status;
  roster_pill_set (self, roster_status_get_style (status), roster_status_get_icon_name (status),
                   text);
}
