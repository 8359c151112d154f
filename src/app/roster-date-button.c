/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-date-button.h"

#include <glib/gi18n.h>

#include "directory/roster-date.h"

struct _RosterDateButton
{
  AdwBin parent_instance;

  RosterField *field;
  GtkMenuButton *button;
  GtkCalendar *calendar; /* made when it is first opened */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RosterDateButton, roster_date_button, ADW_TYPE_BIN)

static void
day_selected_cb (RosterDateButton *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) before = NULL;
  g_autofree char *text = NULL;
  gboolean has_time = FALSE;

  if (self->updating || self->field == NULL)
    return;
  day = gtk_calendar_get_date (self->calendar);
  before = roster_date_new_from_typed (roster_field_get_text (self->field), &has_time);
  if (before != NULL && has_time)
    {
      /* The time of day stays. */
      g_autofree char *iso = NULL;
      g_autoptr (GDateTime) moment =
        g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                               g_date_time_get_day_of_month (day), g_date_time_get_hour (before),
                               g_date_time_get_minute (before), g_date_time_get_seconds (before));

      iso = moment != NULL ? g_date_time_format_iso8601 (moment) : NULL;
      text = iso != NULL ? roster_date_dup_display (iso) : NULL;
    }
  else
    text = g_date_time_format (day, "%Y-%m-%d");
  if (text != NULL)
    roster_field_set_text (self->field, text);
}

static void
popup_cb (GtkMenuButton *button, gpointer user_data)
{
  RosterDateButton *self = user_data;
  g_autoptr (GDateTime) day = NULL;

  if (self->calendar == NULL)
    {
      GtkWidget *popover = gtk_popover_new ();

      self->calendar = GTK_CALENDAR (gtk_calendar_new ());
      g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
      gtk_menu_button_set_popover (button, popover);
    }
  if (self->field != NULL)
    day = roster_date_new_from_typed (roster_field_get_text (self->field), NULL);
  if (day == NULL)
    day = g_date_time_new_now_local ();
  self->updating = TRUE;
  gtk_calendar_select_day (self->calendar, day);
  self->updating = FALSE;
}

static void
roster_date_button_dispose (GObject *object)
{
  g_clear_object (&ROSTER_DATE_BUTTON (object)->field);

  G_OBJECT_CLASS (roster_date_button_parent_class)->dispose (object);
}

static void
roster_date_button_class_init (RosterDateButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = roster_date_button_dispose;
}

static void
roster_date_button_init (RosterDateButton *self)
{
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "x-office-calendar-symbolic");
  gtk_menu_button_set_has_frame (self->button, FALSE);
  gtk_menu_button_set_create_popup_func (self->button, popup_cb, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Choose a Day"));
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "mini");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

GtkWidget *
roster_date_button_new (void)
{
  return g_object_new (ROSTER_TYPE_DATE_BUTTON, NULL);
}

void
roster_date_button_bind (RosterDateButton *self, RosterField *field)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ROSTER_IS_DATE_BUTTON (self));
  g_return_if_fail (field == NULL || ROSTER_IS_FIELD (field));

  if (!g_set_object (&self->field, field) || field == NULL)
    return;
  /* Translators: opens a calendar for an attribute, such as "Date of Birth". */
  name = g_strdup_printf (_ ("Choose %s"), roster_field_get_label (field));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
}
