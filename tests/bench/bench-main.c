/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench.h"

#include <locale.h>
#include <stdarg.h>
#include <time.h>

static const struct
{
  const char *name;
  void (*run) (RosterBench *bench);
} benches[] = {
  { "responsiveness", roster_bench_responsiveness },
  { "selection", roster_bench_selection },
  { "search", roster_bench_search },
  { "sort", roster_bench_sort },
  { "scan", roster_bench_scan },
};

typedef struct
{
  char *name;
  double value;
  char *unit;
  RosterBenchGoal goal;
  double target;
} Figure;

struct _RosterBench
{
  GArray *figures;
  gboolean is_json;
};

static void
clear_figure (gpointer data)
{
  Figure *figure = data;

  g_free (figure->name);
  g_free (figure->unit);
}

static gboolean
is_met (const Figure *figure)
{
  return figure->goal == ROSTER_BENCH_AT_MOST ? figure->value <= figure->target
                                              : figure->value >= figure->target;
}

void
roster_bench_add (RosterBench *self,
                  const char *name,
                  double value,
                  const char *unit,
                  RosterBenchGoal goal,
                  double target)
{
  Figure figure = { g_strdup (name), value, g_strdup (unit), goal, target };

  g_array_append_val (self->figures, figure);
  if (!self->is_json)
    g_print ("%-52s %10.2f %-6s %s %g  %s\n", name, value, unit,
             goal == ROSTER_BENCH_AT_MOST ? "≤" : "≥", target, is_met (&figure) ? "met" : "MISSED");
}

void
roster_bench_say (RosterBench *self, const char *format, ...)
{
  va_list arguments;
  g_autofree char *text = NULL;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("%s\n", text);
}

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

double
roster_bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

double
roster_bench_thread_cpu (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

GArray *
roster_bench_series_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

void
roster_bench_series_add (GArray *series, double value)
{
  g_array_append_val (series, value);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

double
roster_bench_series_get (GArray *series, double share)
{
  guint at;

  g_return_val_if_fail (series->len > 0, 0);

  g_array_sort (series, compare_doubles);
  at = (guint)(share * series->len);
  return g_array_index (series, double, MIN (at, series->len - 1));
}

static void
print_json (RosterBench *self)
{
  g_print ("[");
  for (guint i = 0; i < self->figures->len; i++)
    {
      const Figure *figure = &g_array_index (self->figures, Figure, i);
      char value[G_ASCII_DTOSTR_BUF_SIZE], target[G_ASCII_DTOSTR_BUF_SIZE];

      g_print ("%s\n  {\"name\": \"%s\", \"value\": %s, \"unit\": \"%s\", \"target\": %s, "
               "\"met\": %s}",
               i > 0 ? "," : "", figure->name,
               g_ascii_formatd (value, sizeof value, "%.3f", figure->value), figure->unit,
               g_ascii_formatd (target, sizeof target, "%g", figure->target),
               is_met (figure) ? "true" : "false");
    }
  g_print ("\n]\n");
}

static gboolean
run (RosterBench *self, const char *only)
{
  gboolean is_known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    if (only == NULL || g_str_equal (only, benches[i].name))
      {
        benches[i].run (self);
        is_known = TRUE;
      }
  return is_known;
}

/* Exits with 1 when a target was missed, with 2 for a wrong name. */
int
main (int argc, char *argv[])
{
  RosterBench bench = { 0 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &bench.is_json, "Print a JSON array", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[NAME]");
  g_autoptr (GError) error = NULL;
  int status = 0;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  bench.figures = g_array_new (FALSE, FALSE, sizeof (Figure));
  g_array_set_clear_func (bench.figures, clear_figure);
  if (!run (&bench, argc > 1 ? argv[1] : NULL))
    {
      g_printerr ("There is no benchmark called %s\n", argv[1]);
      status = 2;
    }
  for (guint i = 0; i < bench.figures->len; i++)
    if (!is_met (&g_array_index (bench.figures, Figure, i)))
      status = 1;
  if (bench.is_json)
    print_json (&bench);
  g_array_unref (bench.figures);
  return status;
}
