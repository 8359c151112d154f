/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-control.h"

#include "service-fault.h"

#include <gio/gunixinputstream.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct _RosterServiceControl
{
  RosterService *service;
  RosterServiceDoor *door;
  GSourceFunc end;
  gpointer user_data;
  GDataInputStream *lines;
  GCancellable *cancellable;
};

static void
answer (const char *line)
{
  printf ("%s\n", line);
  fflush (stdout);
}

static void
answer_error (const char *words)
{
  g_autofree char *line = g_strconcat ("error ", words, NULL);

  answer (g_strdelimit (line, "\r\n", ' '));
}

static void
obey (RosterServiceControl *self, const char *line)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (line, "fault") || g_str_has_prefix (line, "fault "))
    {
      if (roster_service_control_set_plan (self->service, self->door, line + strlen ("fault"),
                                           &error))
        answer ("ok");
      else
        answer_error (error->message);
    }
  else if (g_str_equal (line, "requests"))
    {
      g_autofree char *json = roster_service_record_to_json (self->service->record);

      answer (json);
    }
  else if (g_str_equal (line, "clear"))
    {
      roster_service_record_clear (self->service->record);
      answer ("ok");
    }
  else
    {
      answer_error ("The commands are fault, requests and clear");
    }
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  RosterServiceControl *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (line == NULL && !g_error_matches (error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE))
    {
      self->end (self->user_data);
      return;
    }
  if (line != NULL)
    obey (self, line);
  else
    answer_error ("This is not UTF-8");
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, self->cancellable, line_cb,
                                       self);
}

RosterServiceControl *
roster_service_control_new (RosterService *service,
                            RosterServiceDoor *door,
                            GSourceFunc end,
                            gpointer user_data)
{
  RosterServiceControl *self = g_new0 (RosterServiceControl, 1);
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);

  self->service = service;
  self->door = door;
  self->end = end;
  self->user_data = user_data;
  self->lines = g_data_input_stream_new (stream);
  self->cancellable = g_cancellable_new ();
  roster_service_record_enable (service->record);
  g_data_input_stream_read_line_async (self->lines, G_PRIORITY_DEFAULT, self->cancellable, line_cb,
                                       self);
  return self;
}

void
roster_service_control_free (RosterServiceControl *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->lines);
  g_free (self);
}

gboolean
roster_service_control_set_plan (RosterService *service,
                                 RosterServiceDoor *door,
                                 const char *plan,
                                 GError **error)
{
  return roster_service_set_fault_plan (service, plan, error) &&
         roster_service_door_set_open (door, !roster_service_faults_refuses (service->faults),
                                       error);
}
