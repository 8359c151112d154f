/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-fixture.h"
#include "app/roster-window.h"
#include "support/roster-test-server.h"
#include "support/roster-test-service.h"

G_BEGIN_DECLS

/* The application with its style, services of several kinds behind it, and one window at a time. */
typedef struct
{
  AdwApplication *application;
  RosterConnections *connections;
  RosterTestService *wso2;
  RosterTestService *rfc;
  RosterTestServer *empty;   /* no users */
  RosterTestServer *refuses; /* with words of its own */
  RosterTestServer *silent;  /* answers nothing */
  RosterTestServer *strict;  /* nullable: the WSO2 service with a rule more */
  GtkWidget *window;         /* the RosterWindow of the scene */
} Stage;

/* One thing to look at. play () shows it, in the stage's new window, and returns the window to look
 * at: the same, or a dialog. */
typedef struct
{
  const char *name;
  GtkWidget *(*play) (Stage *stage);
} Scene;

extern const Scene stage_scenes[];
/* What people meet when something goes wrong. */
extern const Scene stage_failures[];

/* With so many users on the WSO2 service. NULL: there is no display, and the program has said that
 * it is skipped. */
Stage *stage_new (int *argc, char ***argv, const char *n_users);
void stage_free (Stage *self);
/* Empties the stage and plays. */
GtkWidget *stage_play (Stage *self, const Scene *scene);

/* For scenes */

/* A connection that is nowhere kept; owned. */
RosterConnection *stage_connection (const char *name, const char *url);
/* One of the known connections; borrowed. */
RosterConnection *stage_know (Stage *self, const char *name, const char *url);
void stage_open (Stage *self, RosterConnection *connection, const char *secret);
/* Opens a service and waits for its users. */
void stage_open_service (Stage *self, RosterConnection *connection, RosterTestService *service);
void stage_search (Stage *self, const char *text);
/* Searches, and brings the selected user into sight. */
void stage_search_around (Stage *self, const char *text);
/* Searches, and waits for the profile of the first who is found. */
void stage_show_user (Stage *self, const char *text);
/* 0 … 1 */
void stage_scroll (Stage *self, double fraction);
/* In the row of that title, or the entry of that id, below root. */
void stage_type (GtkWidget *root, const char *name, const char *text);
void stage_act (Stage *self, const char *action);
/* The window that was opened last; waits for it. */
GtkWidget *stage_wait_dialog (Stage *self);

G_END_DECLS
