/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-marks.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *icon_name;
  const char *label;
  const char *style;
} StatusMark;

static const StatusMark status_marks[] = {
  [SCIM_ACCOUNT_ACTIVE] = { "object-select-symbolic", N_ ("Active"), "success" },
  [SCIM_ACCOUNT_LOCKED] = { "changes-prevent-symbolic", N_ ("Locked"), "warning" },
  [SCIM_ACCOUNT_DISABLED] = { "action-unavailable-symbolic", N_ ("Disabled"), "neutral" },
  [SCIM_ACCOUNT_INVITED] = { "mail-unread-symbolic", N_ ("Invitation pending"), "accent" },
  [SCIM_ACCOUNT_RESET_PENDING] = { "dialog-password-symbolic", N_ ("Password reset pending"),
                                   "warning" },
};

static const StatusMark *
find_mark (ScimAccountStatus status)
{
  g_return_val_if_fail ((guint)status < G_N_ELEMENTS (status_marks), &status_marks[0]);

  return &status_marks[status];
}

const char *
roster_status_get_icon_name (ScimAccountStatus status)
{
  return find_mark (status)->icon_name;
}

const char *
roster_status_get_label (ScimAccountStatus status)
{
  return _ (find_mark (status)->label);
}

const char *
roster_status_get_style (ScimAccountStatus status)
{
  return find_mark (status)->style;
}

void
roster_environment_dot_set (GtkWidget *dot, RosterEnvironment environment)
{
  static const char *const styles[] = {
    [ROSTER_ENVIRONMENT_PRODUCTION] = "production",
    [ROSTER_ENVIRONMENT_TEST] = "test",
    [ROSTER_ENVIRONMENT_DEMO] = "demo",
  };

  g_return_if_fail (GTK_IS_WIDGET (dot));
  g_return_if_fail ((guint)environment < G_N_ELEMENTS (styles));

  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (dot, styles[i]);
  gtk_widget_add_css_class (dot, styles[environment]);
  gtk_widget_set_tooltip_text (dot, roster_environment_get_label (environment));
}
