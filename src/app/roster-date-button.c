/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-date-button.h"

#include <glib/gi18n.h>

/* "2026-11-22" */
#define DAY_LENGTH 10

struct _RosterDateButton
{
  AdwBin parent_instance;

  RosterField *field;
  GtkMenuButton *button;
  GtkCalendar *calendar; /* made when it is first opened */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (RosterDateButton, roster_date_button, ADW_TYPE_BIN)

/* NULL when the text does not begin with a day. */
static GDateTime *
parse_day (const char *text)
{
  guint year = 0;
  guint month = 0;
  guint day = 0;

  for (guint i = 0; i < DAY_LENGTH; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return NULL;
  year = (guint)g_ascii_strtoull (text, NULL, 10);
  month = (guint)g_ascii_strtoull (text + 5, NULL, 10);
  day = (guint)g_ascii_strtoull (text + 8, NULL, 10);
  return g_date_time_new_local ((int)year, (int)month, (int)day, 12, 0, 0);
}

static void
day_selected_cb (RosterDateButton *self)
{
  g_autoptr (GDateTime) day = NULL;
  g_autoptr (GDateTime) before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *whole = NULL;
  const char *now = NULL;

  if (self->updating || self->field == NULL)
    return;
  now = roster_field_get_text (self->field);
  before = parse_day (now);
  day = gtk_calendar_get_date (self->calendar);
  text = g_date_time_format (day, "%Y-%m-%d");
  /* A time of day behind the day stays. */
  whole = g_strconcat (text, before != NULL ? now + DAY_LENGTH : "", NULL);
  roster_field_set_text (self->field, whole);
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
    day = parse_day (roster_field_get_text (self->field));
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
