/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-profile-page.h"
#include "profile-fixture.h"

G_BEGIN_DECLS

/* The profile page in a window of its own, on the service of the profile fixture. */
typedef struct
{
  ProfileFixture *service;
  GtkWidget *window;
  RosterProfilePage *page;
  char *message; /* the last one */
  char *deleted;
} Page;

/* For g_test_add. */
void page_set_up (Page *self, gconstpointer data);
void page_tear_down (Page *self, gconstpointer data);

/* As profile_find on the page; it must be there. */
GtkWidget *page_find (Page *self, GType type, const char *name);
/* What is typed into, in the row of that title. */
GtkEditable *page_find_text (Page *self, const char *title);
gboolean page_is_sensitive (Page *self, const char *button);
void page_show_user (Page *self);
void page_wait_message (Page *self);

G_END_DECLS
