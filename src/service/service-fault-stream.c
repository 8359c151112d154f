/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers that are too large, made while they are sent. */
#include "service-fault-private.h"

#include <string.h>

#define BUFFER_SIZE (64 * 1024)
#define BLOCK_SIZE  (1024 * 1024)
#define HUGE_SIZE   (G_GUINT64_CONSTANT (200) * 1024 * 1024)
#define BOMB_SIZE   (G_GUINT64_CONSTANT (1024) * 1024 * 1024)

/* The right answer with a member more, whose text takes all the space. */
typedef struct
{
  GString *head;
  GString *tail;
  GBytes *block;
  guint64 left;           /* of the text */
  GConverter *compressor; /* nullable */
  gboolean is_over;       /* the compressor has ended the document */
} Stream;

static void
stream_free (gpointer data, GClosure *closure)
{
  Stream *self = data;

  g_string_free (self->head, TRUE);
  g_string_free (self->tail, TRUE);
  g_bytes_unref (self->block);
  g_clear_object (&self->compressor);
  g_free (self);
}

static GBytes *
take_text (GString *text)
{
  GBytes *bytes = g_bytes_new (text->str, text->len);

  g_string_truncate (text, 0);
  return bytes;
}

/* The next piece of the document; NULL at its end. */
static GBytes *
next_plain (Stream *self)
{
  guint64 size = MIN (self->left, BLOCK_SIZE);

  if (self->head->len > 0)
    return take_text (self->head);
  self->left -= size;
  if (size > 0)
    return g_bytes_new_from_bytes (self->block, 0, (gsize)size);
  return self->tail->len > 0 ? take_text (self->tail) : NULL;
}

/* What the compressor makes of a piece, all of it: whoever reads slowly is served in small bites.
 * plain: NULL ends the document. */
static GBytes *
compress (Stream *self, GBytes *plain)
{
  g_autofree guint8 *buffer = g_malloc (BUFFER_SIZE);
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gsize left = 0;
  const guint8 *data = plain != NULL ? g_bytes_get_data (plain, &left) : NULL;
  GConverterFlags flags = plain != NULL ? G_CONVERTER_FLUSH : G_CONVERTER_INPUT_AT_END;
  GConverterResult result;

  do
    {
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (self->compressor, data, left, buffer, BUFFER_SIZE, flags,
                                    &n_read, &n_written, NULL);
      g_byte_array_append (out, buffer, (guint)n_written);
      data = n_read > 0 ? data + n_read : data;
      left -= n_read;
    }
  while (result == G_CONVERTER_CONVERTED);
  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

static GBytes *
next_compressed (Stream *self)
{
  g_autoptr (GBytes) plain = NULL;

  if (self->is_over)
    return NULL;
  plain = next_plain (self);
  self->is_over = plain == NULL;
  return compress (self, plain);
}

static void
send_more (SoupServerMessage *message, gpointer user_data)
{
  Stream *self = user_data;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) bytes = NULL;

  bytes = self->compressor != NULL ? next_compressed (self) : next_plain (self);
  if (bytes != NULL)
    soup_message_body_append_bytes (body, bytes);
  else
    soup_message_body_complete (body);
}

static void
send_padded (RosterServiceRequest *request, guint64 size, gboolean compressed)
{
  SoupServerMessage *message = request->message;
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  Stream *self = g_new0 (Stream, 1);
  char *block = g_malloc (BLOCK_SIZE);
  const char *tail;

  self->head = roster_service_fault_open_padding (request, &tail);
  g_string_append_c (self->head, '"');
  self->tail = g_string_new ("\"");
  g_string_append (self->tail, tail);
  memset (block, 'x', BLOCK_SIZE);
  self->block = g_bytes_new_take (block, BLOCK_SIZE);
  self->left = size;
  if (compressed)
    {
      self->compressor = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 1));
      roster_service_request_set_header (request, "Content-Encoding", "gzip");
    }
  soup_message_body_truncate (body);
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message),
                                     SOUP_ENCODING_CHUNKED);
  g_signal_connect_data (message, "wrote-chunk", G_CALLBACK (send_more), self, stream_free, 0);
  send_more (message, self);
}

void
roster_service_fault_bomb (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_request_handle (request);
  send_padded (request, BOMB_SIZE, TRUE);
}

void
roster_service_fault_huge (const RosterServiceFaultRule *rule, RosterServiceRequest *request)
{
  roster_service_request_handle (request);
  send_padded (request, HUGE_SIZE, FALSE);
}
