/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench.h"

#include "scim/scim-json.h"

#include <json-glib/json-glib.h>

#define N_ROUNDS 7
#define N_USERS  1000

/* A page of users as services send them, about 1.5 KB each. */
static GBytes *
make_page (void)
{
  GString *page = g_string_new (
    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"Resources\":[");

  for (guint i = 0; i < N_USERS; i++)
    {
      g_string_append_printf (
        page,
        "%s{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\","
        "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"],"
        "\"id\":\"%08x-0000-4000-8000-%012x\",\"userName\":\"DEFAULT/user.%u@example.com\","
        "\"name\":{\"givenName\":\"Mar\\u00eda\",\"familyName\":\"M\xc3\xbcller %u\"},"
        "\"emails\":[{\"value\":\"user%u@example.com\",\"type\":\"work\",\"primary\":true}],"
        "\"active\":true,\"loginAttempts\":%u,",
        i > 0 ? "," : "", i, i, i, i, i, i);
      for (guint k = 0; k < 12; k++)
        g_string_append_printf (
          page, "\"customAttribute%u\":\"a value of some ordinary length, number %u\",", k, i);
      g_string_append_printf (
        page,
        "\"groups\":[{\"value\":\"%u\",\"display\":\"everyone\"}],"
        "\"meta\":{\"resourceType\":\"User\",\"created\":\"2026-01-01T00:00:00.000Z\","
        "\"lastModified\":\"2026-01-01T00:00:00.000Z\",\"version\":\"W/\\\"%u\\\"\"}}",
        i, i);
    }
  g_string_append_printf (page, "],\"totalResults\":%u}", N_USERS);
  return g_string_free_to_bytes (page);
}

static double
measure_scan (GBytes *page)
{
  double start = roster_bench_thread_cpu ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimJson) json = scim_json_new (page, NULL, &error);

  g_assert_no_error (error);
  return roster_bench_thread_cpu () - start;
}

static double
measure_json_glib (GBytes *page)
{
  double start = roster_bench_thread_cpu ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *data = g_bytes_get_data (page, &length);

  json_parser_load_from_data (parser, data, length, &error);
  g_assert_no_error (error);
  return roster_bench_thread_cpu () - start;
}

void
roster_bench_scan (RosterBench *bench)
{
  g_autoptr (GBytes) page = make_page ();
  g_autoptr (GArray) scan = roster_bench_series_new ();
  g_autoptr (GArray) peer = roster_bench_series_new ();
  double megabytes = g_bytes_get_size (page) / 1e6;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      roster_bench_series_add (scan, megabytes * 1e3 / measure_scan (page));
      roster_bench_series_add (peer, megabytes * 1e3 / measure_json_glib (page));
    }
  roster_bench_say (bench, "scan: %.0f MB/s, json-glib: %.0f MB/s",
                    roster_bench_series_get (scan, 0.5), roster_bench_series_get (peer, 0.5));
  roster_bench_add (bench, "scan of JSON, against json-glib",
                    roster_bench_series_get (scan, 0.5) / roster_bench_series_get (peer, 0.5),
                    "times", ROSTER_BENCH_AT_LEAST, 5);
}
