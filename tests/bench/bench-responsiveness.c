/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench-window.h"

#include <libsoup/soup.h>
#include "client/scim-client.h"
#include "directory/roster-attributes-private.h"
#include "directory/roster-user-fields.h"
#include "directory/roster-users-private.h"
#include "support/roster-test-wait.h"
#include "sync/roster-extractor.h"

/* Does the window stay smooth while the service is read as fast as it can be?
 *
 * Roster's own window lists the users of an index that is filled from roster-service all the time:
 * pages are read, extracted on workers and merged, and the list grows from nothing, runs its query
 * and re-fills its rows as in the application. The session has eight connections instead of two,
 * and there is always a page of the list to read for each of them:
 * - one of the eight is kept for the person (scim-client.h), so that the background has seven. Six
 *   syncs share them, each asking for up to seven pages at once and starting over as soon as it is
 *   done: while one waits for its first page, or for the workers, the others fill the gap.
 * - the eighth is the person's: three readers ask for page after page at the person's priority.
 *   That is more than the application ever does, and harder on the window than an eighth one in the
 *   background.
 * In flight is what was handed to libsoup and is not yet answered, by its session's own signals,
 * at most the eight that it sends, counted once in each frame. */
#define N_USERS       10000
#define SECONDS       6
#define FRAME_MS      16
#define N_CONNECTIONS 8
#define N_SYNCS       6
#define N_READERS     3

typedef struct
{
  ScimClient *client;
  RosterUsers *users;
  RosterUserFields *fields;
  RosterIndex *index;
  RosterSync *syncs[N_SYNCS];
  RosterExtractor *extractor; /* for the person's pages */
  GCancellable *cancellable;  /* of the person's pages */
  guint next_page;            /* of the person's, 0-based */
  guint n_pending;            /* steps of the person's pages that will still be heard of */

  GdkSurface *surface;
  int n_in_flight;
  guint n_frames;
  guint n_pages;
  guint n_read;
  GArray *in_flight;  /* once a frame */
  GArray *iterations; /* ms of CPU each */
} Load;

static void person_next (Load *load);

/* What is counted */

static gboolean
queued_hook (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  Load *load = user_data;

  load->n_in_flight++;
  return TRUE;
}

static gboolean
unqueued_hook (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  Load *load = user_data;

  load->n_in_flight--;
  load->n_pages++;
  return TRUE;
}

static gboolean
render_hook (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer user_data)
{
  Load *load = user_data;

  if (g_value_get_object (&values[0]) == load->surface)
    {
      load->n_frames++;
      roster_bench_series_add (load->in_flight, MIN (load->n_in_flight, N_CONNECTIONS));
    }
  return TRUE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

/* The background */

/* One sync after the other, so that they do not end together. */
static void
start_syncs (Load *load)
{
  for (guint i = 0; i < N_SYNCS; i++)
    if (roster_sync_get_state (load->syncs[i]) == ROSTER_SYNC_IDLE &&
        roster_sync_get_n_read (load->syncs[0]) >= i * (N_USERS / N_SYNCS))
      roster_sync_start (load->syncs[i]);
}

static void
merged_cb (Load *load)
{
  start_syncs (load);
  roster_users_index_changed (load->users);
}

static void
state_cb (RosterSync *sync, GParamSpec *pspec, Load *load)
{
  RosterSyncState state = roster_sync_get_state (sync);

  if (state == ROSTER_SYNC_RUNNING)
    return;
  if (state != ROSTER_SYNC_DONE)
    g_error ("A pass failed: %s", roster_sync_get_error (sync)->message);
  load->n_read += roster_sync_get_n_read (sync);
  merged_cb (load);
  roster_sync_start (sync);
}

/* The person */

static void
person_extracted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (RosterPage) page = roster_page_new_finish (result, NULL);

  load->n_pending--;
  if (page == NULL || g_cancellable_is_cancelled (load->cancellable))
    return;
  load->n_read += page->n_rows;
  if (page->batch != NULL)
    roster_index_merge (load->index, g_steal_pointer (&page->batch));
  roster_users_index_changed (load->users);
}

static void
person_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Load *load = user_data;
  g_autoptr (GError) error = NULL;
  ScimList *list = scim_client_list_finish (SCIM_CLIENT (source), result, &error);

  load->n_pending--;
  if (g_cancellable_is_cancelled (load->cancellable))
    {
      g_clear_pointer (&list, scim_list_free);
      return;
    }
  g_assert_no_error (error);
  person_next (load);
  load->n_pending++;
  roster_page_new_async (load->extractor, list, load->cancellable, person_extracted_cb, load);
}

static void
person_next (Load *load)
{
  guint size = scim_client_get_dialect (load->client)->page_size;
  ScimQuery query = {
    .excluded = scim_client_get_dialect (load->client)->list_excluded,
    .start_index = 1 + load->next_page * size,
    .count = size,
  };

  load->next_page = (load->next_page + 1) % (N_USERS / size);
  load->n_pending++;
  scim_client_list_async (load->client, &query, SCIM_PRIORITY_PERSON, load->cancellable,
                          person_listed_cb, load);
}

/* The measurement */

static void
iterate (Load *load)
{
  double end = roster_bench_now () + SECONDS * 1e3;

  while (roster_bench_now () < end)
    {
      double start = roster_bench_thread_cpu ();

      g_main_context_iteration (NULL, TRUE);
      roster_bench_series_add (load->iterations, roster_bench_thread_cpu () - start);
    }
}

static void
measure (Load *load, RosterBenchWindow *shown)
{
  GtkWidget *widget = GTK_WIDGET (shown->window);
  guint queued = g_signal_lookup ("request-queued", SOUP_TYPE_SESSION);
  guint unqueued = g_signal_lookup ("request-unqueued", SOUP_TYPE_SESSION);
  guint render = g_signal_lookup ("render", GDK_TYPE_SURFACE);
  gulong queued_id = g_signal_add_emission_hook (queued, 0, queued_hook, load, NULL);
  gulong unqueued_id = g_signal_add_emission_hook (unqueued, 0, unqueued_hook, load, NULL);
  gulong render_id = g_signal_add_emission_hook (render, 0, render_hook, load, NULL);
  guint tick_id = gtk_widget_add_tick_callback (widget, tick_cb, NULL, NULL);

  load->surface = gtk_native_get_surface (GTK_NATIVE (widget));
  start_syncs (load);
  for (guint i = 0; i < N_READERS; i++)
    person_next (load);
  iterate (load);

  gtk_widget_remove_tick_callback (widget, tick_id);
  g_signal_remove_emission_hook (queued, queued_id);
  g_signal_remove_emission_hook (unqueued, unqueued_id);
  g_signal_remove_emission_hook (render, render_id);
}

static void
load_start (Load *load, RosterBenchWindow *shown)
{
  const char *secret = roster_demo_get_secret (shown->demo);
  g_autofree char *url =
    roster_connection_dup_base_url (roster_directory_get_connection (shown->directory));
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer (secret);
  RosterAttributes *attributes = roster_directory_get_attributes (shown->directory);
  g_auto (GStrv) columns = roster_attributes_dup_column_paths (attributes);
  const RosterFieldSpec *specs;
  g_autoptr (GError) error = NULL;
  guint n;

  load->client = scim_client_new (url, auth, &scim_dialect_wso2, N_CONNECTIONS, &error);
  g_assert_no_error (error);
  load->users = roster_directory_get_users (shown->directory);
  load->fields = roster_user_fields_new (roster_directory_get_schemas (shown->directory),
                                         (const char *const *)columns);
  specs = roster_user_fields_get_specs (load->fields, &n);
  load->index = roster_index_new (specs, n);
  load->extractor = roster_extractor_new (specs, n, roster_user_fields_extract, load->fields);
  load->cancellable = g_cancellable_new ();
  load->in_flight = roster_bench_series_new ();
  load->iterations = roster_bench_series_new ();
  for (guint i = 0; i < N_SYNCS; i++)
    {
      load->syncs[i] =
        roster_sync_new (load->client, load->index, specs, n, roster_user_fields_extract,
                         load->fields, N_CONNECTIONS - 1);
      g_signal_connect_swapped (load->syncs[i], "merged", G_CALLBACK (merged_cb), load);
      g_signal_connect (load->syncs[i], "notify::state", G_CALLBACK (state_cb), load);
    }
}

static void
load_stop (Load *load)
{
  for (guint i = 0; i < N_SYNCS; i++)
    {
      g_signal_handlers_disconnect_by_data (load->syncs[i], load);
      g_clear_object (&load->syncs[i]);
    }
  g_cancellable_cancel (load->cancellable);
  while (load->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  roster_users_set_index (load->users, NULL, NULL);
  roster_extractor_close (load->extractor);
  roster_extractor_unref (load->extractor);
  roster_index_free (load->index);
  roster_user_fields_unref (load->fields);
  g_object_unref (load->cancellable);
  g_object_unref (load->client);
  g_array_unref (load->in_flight);
  g_array_unref (load->iterations);
}

static void
report (RosterBench *bench, Load *load)
{
  guint n_long = 0;

  for (guint i = 0; i < load->iterations->len; i++)
    n_long += g_array_index (load->iterations, double, i) > FRAME_MS;
  roster_bench_say (bench,
                    "%u pages, %.0f users/s; %u iterations, %u of them over %d ms of CPU, the "
                    "longest %.1f ms",
                    load->n_pages, (double)load->n_read / SECONDS, load->iterations->len, n_long,
                    FRAME_MS, roster_bench_series_get (load->iterations, 1));
  roster_bench_add (bench, "frames painted in 6 s of reading", load->n_frames, "",
                    ROSTER_BENCH_AT_LEAST, 300);
  roster_bench_add (bench, "main-thread CPU of an iteration, p99",
                    roster_bench_series_get (load->iterations, 0.99), "ms", ROSTER_BENCH_AT_MOST,
                    FRAME_MS);
  roster_bench_add (bench, "requests in flight in 9 frames of 10",
                    roster_bench_series_get (load->in_flight, 0.1), "", ROSTER_BENCH_AT_LEAST,
                    N_CONNECTIONS);
}

void
roster_bench_responsiveness (RosterBench *bench)
{
  RosterBenchWindow shown = { 0 };
  Load load = { 0 };

  roster_bench_window_open (&shown, N_USERS);
  load_start (&load, &shown);
  /* What the window showed goes before the clock starts: the list grows from nothing. */
  roster_users_set_index (load.users, load.index, load.fields);
  roster_test_settle ();
  measure (&load, &shown);

  report (bench, &load);
  load_stop (&load);
  roster_bench_window_close (&shown);
}
