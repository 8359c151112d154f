/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-backoff.h"

#include <gio/gio.h>

#define SECOND G_USEC_PER_SEC

static GError *
new_busy (int retry_after)
{
  return scim_error_new_from_response (503, NULL, NULL, retry_after);
}

static void
test_what_may_pass (void)
{
  const struct
  {
    GQuark domain;
    int code;
    gboolean may;
  } cases[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, TRUE },
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, TRUE },
    { G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, TRUE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, TRUE },
    { G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, FALSE },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, FALSE },
    { G_IO_ERROR, G_IO_ERROR_FAILED, FALSE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, TRUE },
    { G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, FALSE },
    { G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, FALSE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, FALSE },
    { SCIM_ERROR, SCIM_ERROR_PROTOCOL, FALSE },
    { SCIM_ERROR, SCIM_ERROR_INVALID_JSON, FALSE },
    { SCIM_ERROR, SCIM_ERROR_TOO_LARGE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (cases[i].domain, cases[i].code, "x");

      g_assert_cmpint (scim_backoff_may_pass (error), ==, cases[i].may);
    }
  for (guint status = 300; status < 600; status++)
    {
      g_autoptr (GError) error = scim_error_new_from_response (status, NULL, NULL, -1);

      g_assert_cmpint (scim_backoff_may_pass (error), ==,
                       status == 429 || (status >= 502 && status <= 504));
    }
  for (int code = SCIM_CLIENT_ERROR_CONNECT_TIME; code <= SCIM_CLIENT_ERROR_CUT_SHORT; code++)
    {
      g_autoptr (GError) error = scim_client_error_new ((ScimClientError)code, "h", 1);

      g_assert_cmpint (scim_backoff_may_pass (error), ==, code != SCIM_CLIENT_ERROR_CUT_SHORT);
    }
}

/* A token may not come for any reason: one that lasts does not pass because it is the token's. */
static void
test_what_it_stands_for_may_pass (void)
{
  const struct
  {
    GQuark domain;
    int code;
    gboolean may;
  } reasons[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, TRUE },
    { G_TLS_ERROR, G_TLS_ERROR_EOF, FALSE },
    { SCIM_ERROR, SCIM_ERROR_PROTOCOL, FALSE },
    { SCIM_ERROR, SCIM_ERROR_TOO_LARGE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      g_autoptr (GError) error = scim_client_error_new_unsent (
        g_error_new_literal (reasons[i].domain, reasons[i].code, "x"), "h");
      g_autoptr (GError) copy = g_error_copy (error);

      g_assert_error (error, SCIM_CLIENT_ERROR, SCIM_CLIENT_ERROR_NO_TOKEN);
      g_assert_cmpint (scim_backoff_may_pass (error), ==, reasons[i].may);
      g_assert_cmpint (scim_backoff_may_pass (copy), ==, reasons[i].may);
    }
}

static void
test_ceilings (void)
{
  static const guint ceilings[] = { 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GError) busy = new_busy (-1);
  guint longest[G_N_ELEMENTS (ceilings)] = { 0 };
  guint shortest = G_MAXUINT;
  guint ms;

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (ScimBackoff) backoff =
        scim_backoff_new (SCIM_PRIORITY_BACKGROUND, random, 1000, SECOND);

      for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
        {
          g_assert_true (scim_backoff_next (backoff, busy, SECOND, &ms));
          g_assert_cmpuint (ms, <=, ceilings[i]);
          longest[i] = MAX (longest[i], ms);
          shortest = MIN (shortest, ms);
        }
      g_assert_false (scim_backoff_next (backoff, busy, SECOND, &ms));
      scim_backoff_reset (backoff, SECOND);
      g_assert_true (scim_backoff_next (backoff, busy, SECOND, &ms));
      g_assert_cmpuint (ms, <=, ceilings[0]);
    }
  /* Full jitter: all of the way from nothing to the ceiling. */
  for (guint i = 0; i < G_N_ELEMENTS (ceilings); i++)
    g_assert_cmpuint (longest[i], >, ceilings[i] * 9 / 10);
  g_assert_cmpuint (shortest, <, 100);
}

static void
test_seed (void)
{
  g_autoptr (GRand) one = g_rand_new_with_seed (42);
  g_autoptr (GRand) two = g_rand_new_with_seed (42);
  g_autoptr (ScimBackoff) first = scim_backoff_new (SCIM_PRIORITY_PERSON, one, 1000, 0);
  g_autoptr (ScimBackoff) second = scim_backoff_new (SCIM_PRIORITY_PERSON, two, 1000, 0);
  g_autoptr (GError) busy = new_busy (-1);
  guint a, b;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (scim_backoff_next (first, busy, 0, &a));
      g_assert_true (scim_backoff_next (second, busy, 0, &b));
      g_assert_cmpuint (a, ==, b);
    }
  g_assert_false (scim_backoff_next (first, busy, 0, &a));
}

static void
test_time_ends (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (ScimBackoff) person = scim_backoff_new (SCIM_PRIORITY_PERSON, random, 1000, SECOND);
  g_autoptr (ScimBackoff) background =
    scim_backoff_new (SCIM_PRIORITY_BACKGROUND, random, 1000, SECOND);
  g_autoptr (ScimBackoff) scaled = scim_backoff_new (SCIM_PRIORITY_PERSON, random, 10, SECOND);
  g_autoptr (GError) busy = new_busy (-1);
  guint ms;

  g_assert_true (scim_backoff_next (person, busy, 16 * SECOND, &ms));
  g_assert_false (scim_backoff_next (person, busy, 22 * SECOND, &ms));
  g_assert_true (scim_backoff_next (background, busy, 290 * SECOND, &ms));
  g_assert_false (scim_backoff_next (background, busy, 302 * SECOND, &ms));
  /* Seconds of 10 ms. */
  g_assert_true (scim_backoff_next (scaled, busy, SECOND + 16 * SECOND / 100, &ms));
  g_assert_cmpuint (ms, <=, 5);
  g_assert_false (scim_backoff_next (scaled, busy, SECOND + 22 * SECOND / 100, &ms));
}

static void
test_retry_after (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (ScimBackoff) person = scim_backoff_new (SCIM_PRIORITY_PERSON, random, 1000, 0);
  g_autoptr (ScimBackoff) background = scim_backoff_new (SCIM_PRIORITY_BACKGROUND, random, 1000, 0);
  g_autoptr (GError) short_wait = new_busy (7);
  g_autoptr (GError) minute = new_busy (60);
  g_autoptr (GError) long_wait = new_busy (121);
  guint ms;

  g_assert_true (scim_backoff_next (person, short_wait, 0, &ms));
  g_assert_cmpuint (ms, >=, 7000);
  g_assert_cmpuint (ms, <=, 7500);
  g_assert_false (scim_backoff_next (person, minute, 0, &ms));
  g_assert_true (scim_backoff_next (background, minute, 0, &ms));
  g_assert_cmpuint (ms, >=, 60000);
  g_assert_cmpuint (ms, <=, 62000);
  g_assert_false (scim_backoff_next (background, long_wait, 0, &ms));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/client/backoff/what-may-pass", test_what_may_pass);
  g_test_add_func ("/client/backoff/what-it-stands-for", test_what_it_stands_for_may_pass);
  g_test_add_func ("/client/backoff/ceilings", test_ceilings);
  g_test_add_func ("/client/backoff/seed", test_seed);
  g_test_add_func ("/client/backoff/time", test_time_ends);
  g_test_add_func ("/client/backoff/retry-after", test_retry_after);
  return g_test_run ();
}
