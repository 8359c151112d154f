/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-record.h"

#include "service-json.h"

#include "scim/scim-json.h"

struct _RosterServiceEntry
{
  char *method;
  char *path;
  char *query;       /* nullable */
  const char *fault; /* nullable, static */
  guint status;      /* 0: no answer went out */
};

struct _RosterServiceRecord
{
  gboolean enabled;
  GPtrArray *entries;
};

static void
entry_clear (RosterServiceEntry *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
}

static void
wrote_headers_cb (SoupServerMessage *message, gpointer user_data)
{
  roster_service_entry_set_status (user_data, soup_server_message_get_status (message));
}

static void
entry_release_cb (gpointer data, GClosure *closure)
{
  roster_service_entry_unref (data);
}

RosterServiceRecord *
roster_service_record_new (void)
{
  RosterServiceRecord *self = g_new0 (RosterServiceRecord, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)roster_service_entry_unref);
  return self;
}

void
roster_service_record_free (RosterServiceRecord *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

void
roster_service_record_enable (RosterServiceRecord *self)
{
  self->enabled = TRUE;
}

void
roster_service_record_clear (RosterServiceRecord *self)
{
  g_ptr_array_set_size (self->entries, 0);
}

static void
append_entry (GString *out, const RosterServiceEntry *entry)
{
  g_autofree char *status = g_strdup_printf ("%u", entry->status);

  roster_service_json_comma (out);
  g_string_append_c (out, '{');
  roster_service_json_text (out, "method", entry->method);
  roster_service_json_text (out, "path", entry->path);
  roster_service_json_text (out, "query", entry->query != NULL ? entry->query : "");
  roster_service_json_raw (out, "status", status);
  if (entry->fault != NULL)
    roster_service_json_text (out, "fault", entry->fault);
  else
    roster_service_json_raw (out, "fault", "null");
  g_string_append_c (out, '}');
}

char *
roster_service_record_to_json (RosterServiceRecord *self)
{
  GString *out = g_string_new ("[");

  for (guint i = 0; i < self->entries->len; i++)
    append_entry (out, g_ptr_array_index (self->entries, i));
  g_string_append_c (out, ']');
  return g_string_free (out, FALSE);
}

RosterServiceEntry *
roster_service_record_add (RosterServiceRecord *self, SoupServerMessage *message, const char *fault)
{
  GUri *uri = soup_server_message_get_uri (message);
  RosterServiceEntry *entry = g_rc_box_new0 (RosterServiceEntry);

  entry->method = g_strdup (soup_server_message_get_method (message));
  entry->path = g_utf8_make_valid (g_uri_get_path (uri), -1);
  if (g_uri_get_query (uri) != NULL)
    entry->query = g_utf8_make_valid (g_uri_get_query (uri), -1);
  entry->fault = fault;
  g_signal_connect_data (message, "wrote-headers", G_CALLBACK (wrote_headers_cb),
                         roster_service_entry_ref (entry), entry_release_cb, 0);
  if (self->enabled)
    g_ptr_array_add (self->entries, roster_service_entry_ref (entry));
  return entry;
}

void
roster_service_entry_set_status (RosterServiceEntry *self, guint status)
{
  self->status = status;
}

RosterServiceEntry *
roster_service_entry_ref (RosterServiceEntry *self)
{
  return g_rc_box_acquire (self);
}

void
roster_service_entry_unref (RosterServiceEntry *self)
{
  g_rc_box_release_full (self, (GDestroyNotify)entry_clear);
}
