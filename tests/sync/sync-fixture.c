/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

static const RosterFieldSpec fields[] = {
  { "userName", ROSTER_FIELD_SEARCHED },
  { "title", ROSTER_FIELD_REPEATS },
};

static void
append_user (GString *out, const SyncFixture *fixture, guint number)
{
  if (out->len > 0)
    g_string_append_c (out, ',');
  g_string_append_printf (out, "{\"id\":\"u%05u\",\"userName\":\"name%05u\",\"title\":\"%s\"}",
                          number, number, fixture->title);
}

static void
make_trouble (SyncFixture *fixture, RosterTestExchange *exchange)
{
  if (fixture->retry_after != NULL)
    roster_test_exchange_add_header (exchange, "Retry-After", fixture->retry_after);
  if (fixture->trouble_status == 0)
    roster_test_exchange_drop (exchange);
  else
    roster_test_exchange_reply (exchange, fixture->trouble_status, NULL,
                                "{\"detail\":\"Too busy\"}");
}

static void
reply_page (SyncFixture *fixture, RosterTestExchange *exchange)
{
  guint start = roster_test_exchange_get_number (exchange, "startIndex");
  guint count = roster_test_exchange_get_number (exchange, "count");
  g_autoptr (GString) rows = g_string_new (NULL);
  g_autoptr (GString) body = g_string_new ("{");

  if (start == fixture->fails_at)
    {
      roster_test_exchange_reply (exchange, 500, NULL, "{\"detail\":\"The store is down\"}");
      return;
    }
  if (start == fixture->trouble_at && fixture->n_troubles > 0)
    {
      fixture->n_troubles--;
      make_trouble (fixture, exchange);
      if (fixture->n_troubles == 0 && fixture->is_moody && start < 201)
        {
          fixture->trouble_at += 100;
          fixture->n_troubles = 5;
        }
      return;
    }
  if (start > fixture->n_users && fixture->repeats)
    start = 1;
  if (fixture->cap > 0)
    count = MIN (count, fixture->cap);
  if (fixture->overlaps && start > 1)
    start--, count++;
  for (guint i = start; i < start + count && i <= fixture->n_users; i++)
    append_user (rows, fixture, fixture->first_user + i - 1);
  if (fixture->has_junk && start == 1)
    g_string_append (rows, ",7,null,{\"userName\":\"nobody\"},{\"id\":\"\"}");
  if (!fixture->says_no_total)
    g_string_append_printf (body, "\"totalResults\":%u,", fixture->n_users);
  if (rows->len > 0 || !fixture->omits_empty)
    g_string_append_printf (body, "\"Resources\":[%s],", rows->str);
  g_string_append (body, "\"startIndex\":1}");
  roster_test_exchange_reply (exchange, 200, "application/scim+json", body->str);
}

static void
page_cb (RosterTestExchange *exchange, gpointer user_data)
{
  SyncFixture *fixture = user_data;
  guint start = roster_test_exchange_get_number (exchange, "startIndex");

  if (start == 0)
    {
      roster_test_exchange_reply (exchange, 200, "application/scim+json", "{\"id\":\"one\"}");
      return;
    }
  if (fixture->holds || (fixture->hold_from > 0 && start >= fixture->hold_from))
    g_ptr_array_add (fixture->held, exchange);
  else
    reply_page (fixture, exchange);
}

void
sync_fixture_release (SyncFixture *fixture)
{
  for (guint i = 0; i < fixture->held->len; i++)
    reply_page (fixture, g_ptr_array_index (fixture->held, i));
  g_ptr_array_set_size (fixture->held, 0);
}

/* The title says with the data pointer which sync extracted it. */
static guint32
extract (const ScimResource *user, char **values, gpointer user_data)
{
  values[0] = scim_resource_dup_text (user, "userName");
  values[1] = scim_resource_dup_text (user, "title");
  return *(const guint32 *)user_data;
}

static void
merged_cb (RosterSync *sync, gpointer user_data)
{
  SyncFixture *fixture = user_data;
  gint64 now = g_get_monotonic_time ();

  if (fixture->n_merged++ > 0)
    fixture->least_gap = MIN (fixture->least_gap, now - fixture->last_merged);
  fixture->last_merged = now;
}

SyncFixture *
sync_fixture_new_with (const ScimDialect *dialect, guint n_users, guint width)
{
  static const guint32 flags = 42;
  SyncFixture *fixture = g_new0 (SyncFixture, 1);
  g_autoptr (ScimAuth) auth = scim_auth_new_bearer ("t");
  g_autofree char *url = NULL;

  fixture->n_users = n_users;
  fixture->first_user = 1;
  fixture->title = "Engineer";
  fixture->least_gap = G_MAXINT64;
  fixture->held = g_ptr_array_new ();
  fixture->server = roster_test_server_new (page_cb, fixture);
  url = roster_test_server_dup_url (fixture->server, "/scim2");
  fixture->client = scim_client_new (url, auth, dialect, width + 1, NULL);
  fixture->index = roster_index_new (fields, G_N_ELEMENTS (fields));
  fixture->sync = roster_sync_new (fixture->client, fixture->index, fields, G_N_ELEMENTS (fields),
                                   extract, (gpointer)&flags, width);
  g_signal_connect (fixture->sync, "merged", G_CALLBACK (merged_cb), fixture);
  return fixture;
}

SyncFixture *
sync_fixture_new (guint n_users, guint width)
{
  return sync_fixture_new_with (&scim_dialect_rfc, n_users, width);
}

void
sync_fixture_free (SyncFixture *fixture)
{
  if (fixture->sync != NULL)
    g_assert_finalize_object (fixture->sync);
  roster_test_settle ();
  /* Pages may still be with a worker: they let go of the client when they come back. */
  while (G_OBJECT (fixture->client)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (fixture->client);
  roster_index_free (fixture->index);
  roster_test_server_free (fixture->server);
  roster_test_settle ();
  g_ptr_array_unref (fixture->held);
  g_free (fixture);
}

static gboolean
is_over (gpointer user_data)
{
  SyncFixture *fixture = user_data;

  return roster_sync_get_state (fixture->sync) != ROSTER_SYNC_RUNNING;
}

RosterSyncState
sync_fixture_run (SyncFixture *fixture)
{
  roster_sync_start (fixture->sync);
  sync_fixture_wait_over (fixture);
  return roster_sync_get_state (fixture->sync);
}

void
sync_fixture_wait_over (SyncFixture *fixture)
{
  roster_test_wait (is_over, fixture);
}

static gboolean
has_held (gpointer user_data)
{
  SyncFixture *fixture = user_data;

  return fixture->held->len > 0;
}

void
sync_fixture_wait_held (SyncFixture *fixture)
{
  roster_test_wait (has_held, fixture);
}

static char *
dup_title (SyncFixture *fixture, const char *id)
{
  g_autoptr (RosterSnapshot) snapshot = roster_index_snapshot (fixture->index);
  RosterRowId row = roster_index_find (fixture->index, id);

  return row != ROSTER_ROW_NONE ? g_strdup (roster_snapshot_get_text (snapshot, row, 1)) : NULL;
}

void
sync_fixture_assert_title (SyncFixture *fixture, const char *id, const char *expected)
{
  g_autofree char *title = dup_title (fixture, id);

  g_assert_cmpstr (title, ==, expected);
}

RosterExtractor *
sync_fixture_new_extractor (const guint32 *flags)
{
  return roster_extractor_new (fields, G_N_ELEMENTS (fields), extract, (gpointer)flags);
}
