/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/roster-test-wait.h"

/* Long enough for a busy computer and a sanitizer; a test that passes never waits for it. */
#define BOUND_SECONDS 40

typedef struct
{
  const guint *counter;
  guint at_least;
} Count;

static gboolean
bound_cb (gpointer user_data)
{
  g_error ("The condition did not come true within %d seconds", BOUND_SECONDS);
  return G_SOURCE_REMOVE;
}

void
roster_test_wait (RosterTestCondition condition, gpointer user_data)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) bound = g_timeout_source_new_seconds (BOUND_SECONDS);

  g_source_set_callback (bound, bound_cb, NULL, NULL);
  g_source_attach (bound, context);
  while (!condition (user_data))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (bound);
}

static gboolean
flag_is_set (gpointer user_data)
{
  return *(const gboolean *)user_data;
}

void
roster_test_wait_flag (const gboolean *flag)
{
  roster_test_wait (flag_is_set, (gpointer)flag);
}

static gboolean
count_is_reached (gpointer user_data)
{
  const Count *count = user_data;

  return *count->counter >= count->at_least;
}

void
roster_test_wait_count (const guint *counter, guint at_least)
{
  Count count = { counter, at_least };

  roster_test_wait (count_is_reached, &count);
}

static gboolean
result_is_there (gpointer user_data)
{
  return *(GAsyncResult **)user_data != NULL;
}

GAsyncResult *
roster_test_wait_result (GAsyncResult **result)
{
  roster_test_wait (result_is_there, result);
  return *result;
}

void
roster_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

void
roster_test_settle (void)
{
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    ;
}
