/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page-fixture.h"

#include "app/roster-attribute-row.h"
#include "app/roster-attribute-value.h"

static void
message_cb (Page *self, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
}

static void
deleted_cb (Page *self, const char *id)
{
  g_free (self->deleted);
  self->deleted = g_strdup (id);
}

void
page_set_up (Page *self, gconstpointer data)
{
  self->service = profile_fixture_new ();
  self->window = adw_window_new ();
  self->page = ROSTER_PROFILE_PAGE (roster_profile_page_new ());
  g_signal_connect_swapped (self->page, "message", G_CALLBACK (message_cb), self);
  g_signal_connect_swapped (self->page, "user-deleted", G_CALLBACK (deleted_cb), self);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 470, 700);
  adw_window_set_content (ADW_WINDOW (self->window), GTK_WIDGET (self->page));
  roster_profile_page_set_directory (self->page, self->service->directory);
  gtk_window_present (GTK_WINDOW (self->window));
  app_wait_for ("No User Selected");
}

void
page_tear_down (Page *self, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  roster_test_settle ();
  profile_fixture_free (self->service);
  g_free (self->message);
  g_free (self->deleted);
}

GtkWidget *
page_find (Page *self, GType type, const char *name)
{
  GtkWidget *widget = profile_find (GTK_WIDGET (self->page), type, name);

  g_assert_nonnull (widget);
  return widget;
}

GtkEditable *
page_find_text (Page *self, const char *title)
{
  GtkWidget *row = page_find (self, ROSTER_TYPE_ATTRIBUTE_ROW, title);
  GtkWidget *value = profile_find (row, ROSTER_TYPE_ATTRIBUTE_VALUE, NULL);

  return GTK_EDITABLE (profile_find (value, GTK_TYPE_TEXT, NULL));
}

gboolean
page_is_sensitive (Page *self, const char *button)
{
  return gtk_widget_is_sensitive (page_find (self, GTK_TYPE_BUTTON, button));
}

void
page_show_user (Page *self)
{
  roster_profile_page_show_user (self->page, PROFILE_USER_ID);
  profile_wait_mapped (page_find (self, GTK_TYPE_BOX, "profile_box"), TRUE);
}

static gboolean
has_message (gpointer data)
{
  return ((Page *)data)->message != NULL;
}

void
page_wait_message (Page *self)
{
  roster_test_wait (has_message, self);
}
