/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench-window.h"

#include "app/roster-profile-page.h"

/* What it costs the main thread to show another user: from the click in the table, over the answer
 * of the service, to the frame with the profile. Waiting costs nothing here. */
#define N_USERS      1000
#define N_SELECTIONS 40
#define N_WARM       3
#define STRIDE       17

typedef struct
{
  GtkWidget *page;
  GdkSurface *surface;
  const char *title; /* of the selected user */
  gboolean is_bound;
  gboolean is_painted; /* after it was bound */
} Shown;

static gboolean
render_hook (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  Shown *shown = user_data;

  if (g_value_get_object (&values[0]) == shown->surface && shown->is_bound)
    shown->is_painted = TRUE;
  return TRUE;
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

/* The sum of all iterations until the profile is painted. Looking for it is not part of it. */
static double
measure_selection (Shown *shown, GtkSingleSelection *selection, guint position)
{
  g_autoptr (RosterUserRow) row = g_list_model_get_item (G_LIST_MODEL (selection), position);
  g_autofree char *title = g_strdup (roster_user_row_get_title (row));
  double start = roster_bench_thread_cpu ();
  double used;

  shown->title = title;
  shown->is_bound = FALSE;
  shown->is_painted = FALSE;
  gtk_single_selection_set_selected (selection, position);
  used = roster_bench_thread_cpu () - start;
  while (!shown->is_painted)
    {
      start = roster_bench_thread_cpu ();
      g_main_context_iteration (NULL, TRUE);
      used += roster_bench_thread_cpu () - start;
      shown->is_bound = shown->is_bound || has_label (shown->page, shown->title);
    }
  return used;
}

void
roster_bench_selection (RosterBench *bench)
{
  RosterBenchWindow window = { 0 };
  g_autoptr (GArray) series = roster_bench_series_new ();
  guint render;
  GtkWidget *root;
  GtkWidget *view;
  GtkSelectionModel *selection;
  Shown shown = { 0 };
  gulong hook;

  roster_bench_window_open (&window, N_USERS);
  root = GTK_WIDGET (window.window);
  view = roster_bench_window_find (root, GTK_TYPE_COLUMN_VIEW);
  selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  shown.page = roster_bench_window_find (root, ROSTER_TYPE_PROFILE_PAGE);
  shown.surface = gtk_native_get_surface (GTK_NATIVE (root));
  render = g_signal_lookup ("render", GDK_TYPE_SURFACE);
  hook = g_signal_add_emission_hook (render, 0, render_hook, &shown, NULL);
  for (guint i = 0; i < N_WARM + N_SELECTIONS; i++)
    {
      double used = measure_selection (&shown, GTK_SINGLE_SELECTION (selection), i * STRIDE);

      /* The first one builds the form. */
      if (i == 0)
        roster_bench_say (bench, "The first profile: %.1f ms", used);
      if (i >= N_WARM)
        roster_bench_series_add (series, used);
    }
  g_signal_remove_emission_hook (render, hook);
  roster_bench_say (bench, "Another user, p90: %.1f ms, longest %.1f ms",
                    roster_bench_series_get (series, 0.9), roster_bench_series_get (series, 1));
  roster_bench_add (bench, "main-thread CPU to show another user, median",
                    roster_bench_series_get (series, 0.5), "ms", ROSTER_BENCH_AT_MOST, 30);
  roster_bench_window_close (&window);
}
