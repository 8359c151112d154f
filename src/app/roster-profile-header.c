/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-profile-header.h"

#include <glib/gi18n.h>

#include "app/roster-person-line.h"
#include "app/roster-pill.h"

struct _RosterProfileHeader
{
  GtkBox parent_instance;

  GtkWidget *avatar;
  GtkWidget *name_label;
  GtkWidget *user_name_label;
  GtkWidget *status_pill;
  GtkWidget *read_only_pill;
};

G_DEFINE_FINAL_TYPE (RosterProfileHeader, roster_profile_header, GTK_TYPE_BOX)

static void
roster_profile_header_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_PROFILE_HEADER);

  G_OBJECT_CLASS (roster_profile_header_parent_class)->dispose (object);
}

static void
roster_profile_header_class_init (RosterProfileHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_profile_header_dispose;

  g_type_ensure (ROSTER_TYPE_PILL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-profile-header.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterProfileHeader, avatar);
  gtk_widget_class_bind_template_child (widget_class, RosterProfileHeader, name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterProfileHeader, user_name_label);
  gtk_widget_class_bind_template_child (widget_class, RosterProfileHeader, status_pill);
  gtk_widget_class_bind_template_child (widget_class, RosterProfileHeader, read_only_pill);
}

static void
roster_profile_header_init (RosterProfileHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  roster_pill_set (ROSTER_PILL (self->read_only_pill), "neutral", "changes-prevent-symbolic",
                   _ ("Read-only"));
}

void
roster_profile_header_set_profile (RosterProfileHeader *self, RosterProfile *profile)
{
  const ScimAccount *account = NULL;
  const char *title = NULL;

  g_return_if_fail (ROSTER_IS_PROFILE_HEADER (self));
  g_return_if_fail (ROSTER_IS_PROFILE (profile));

  account = roster_profile_get_account (profile);
  title = roster_profile_get_title (profile);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), title);
  gtk_label_set_text (GTK_LABEL (self->name_label), title);
  gtk_widget_set_tooltip_text (self->name_label, title);
  roster_label_set_user_name (GTK_LABEL (self->user_name_label), profile);
  if (roster_profile_get_gone (profile))
    roster_pill_set (ROSTER_PILL (self->status_pill), "error", "action-unavailable-symbolic",
                     _ ("Not on the service any more"));
  else
    roster_pill_set_profile (ROSTER_PILL (self->status_pill), profile);
  gtk_widget_set_visible (self->read_only_pill, account != NULL && account->read_only);
}
