/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/roster-window.h"
#include "bench/bench.h"
#include "directory/roster-demo.h"

G_BEGIN_DECLS

/* Roster's own window on roster-service (personality wso2), on a screen. */
typedef struct
{
  RosterDemo *demo;
  AdwApplication *application;
  RosterConnections *connections;
  RosterWindow *window;
  RosterDirectory *directory; /* borrowed from the window */
} RosterBenchWindow;

/* Returns when the window shows all users. Aborts where there is no display. */
void roster_bench_window_open (RosterBenchWindow *self, guint n_users);
void roster_bench_window_close (RosterBenchWindow *self);
/* The first widget of a type. */
GtkWidget *roster_bench_window_find (GtkWidget *root, GType type);

G_END_DECLS
