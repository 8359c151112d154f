/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a benchmark found: figures, each with a target that it meets or misses. */
typedef struct _RosterBench RosterBench;

typedef enum
{
  ROSTER_BENCH_AT_MOST,
  ROSTER_BENCH_AT_LEAST,
} RosterBenchGoal;

/* name, unit: plain ASCII without quotes. */
void roster_bench_add (RosterBench *self,
                       const char *name,
                       double value,
                       const char *unit,
                       RosterBenchGoal goal,
                       double target);
/* A line for the person who waits; not part of the result. */
void roster_bench_say (RosterBench *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

double roster_bench_now (void); /* ms, monotonic */
/* ms of CPU that this thread used: for work on one thread the time it takes on an idle machine. */
double roster_bench_thread_cpu (void);

/* A series of measurements (double). */
GArray *roster_bench_series_new (void);
void roster_bench_series_add (GArray *series, double value);
/* share: 0.5 for the median, 0.99 for p99, 1 for the largest. Sorts the series. */
double roster_bench_series_get (GArray *series, double share);

void roster_bench_search (RosterBench *bench);
void roster_bench_sort (RosterBench *bench);
void roster_bench_scan (RosterBench *bench);
void roster_bench_responsiveness (RosterBench *bench);
void roster_bench_selection (RosterBench *bench);

G_END_DECLS
