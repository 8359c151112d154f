/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-danger-zone.h"

#include <glib/gi18n.h>

#include "app/roster-accessible.h"
#include "directory/roster-capabilities.h"

struct _RosterDangerZone
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *reset_row;
  GtkWidget *reset_button;
  GtkWidget *delete_row;
  GtkWidget *delete_button;
};

G_DEFINE_FINAL_TYPE (RosterDangerZone, roster_danger_zone, ADW_TYPE_PREFERENCES_GROUP)

static void
update_row (GtkWidget *row, gboolean allowed, const char *subtitle)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle != NULL ? subtitle : "");
  gtk_widget_set_sensitive (row, allowed);
}

static void
roster_danger_zone_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_DANGER_ZONE);

  G_OBJECT_CLASS (roster_danger_zone_parent_class)->dispose (object);
}

static void
roster_danger_zone_class_init (RosterDangerZoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = roster_danger_zone_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/rosterapp/Roster/roster-danger-zone.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDangerZone, reset_row);
  gtk_widget_class_bind_template_child (widget_class, RosterDangerZone, reset_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDangerZone, delete_row);
  gtk_widget_class_bind_template_child (widget_class, RosterDangerZone, delete_button);
}

static void
roster_danger_zone_init (RosterDangerZone *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  roster_accessible_name_button (GTK_BUTTON (self->reset_button), _ ("Reset Password"));
  roster_accessible_name_button (GTK_BUTTON (self->delete_button), _ ("Delete User"));
}

void
roster_danger_zone_update (RosterDangerZone *self, RosterProfile *profile)
{
  g_autofree char *delete_reason = NULL;
  g_autofree char *reset_reason = NULL;
  gboolean can_delete = FALSE;
  gboolean can_reset = FALSE;

  g_return_if_fail (ROSTER_IS_DANGER_ZONE (self));
  g_return_if_fail (profile == NULL || ROSTER_IS_PROFILE (profile));

  if (profile != NULL)
    {
      can_delete = roster_profile_allows (profile, ROSTER_VERB_DELETE, &delete_reason);
      /* One method is enough to open the dialog, which says why the other one is not there. */
      can_reset = roster_profile_allows (profile, ROSTER_VERB_INVITE, NULL) ||
                  roster_profile_allows (profile, ROSTER_VERB_RESET_PASSWORD, &reset_reason);
    }
  update_row (self->delete_row, can_delete,
              can_delete ? _ ("Removes the account from the service for good") : delete_reason);
  update_row (self->reset_row, can_reset,
              can_reset ? _ ("Invite the user or set a temporary password") : reset_reason);
}

gboolean
roster_danger_zone_get_can_delete (RosterDangerZone *self)
{
  g_return_val_if_fail (ROSTER_IS_DANGER_ZONE (self), FALSE);

  return gtk_widget_get_sensitive (self->delete_row);
}

gboolean
roster_danger_zone_get_can_reset (RosterDangerZone *self)
{
  g_return_val_if_fail (ROSTER_IS_DANGER_ZONE (self), FALSE);

  return gtk_widget_get_sensitive (self->reset_row);
}
