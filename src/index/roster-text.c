/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-text.h"

#include "index/roster-bits.h"

#include <string.h>

void
roster_text_init (RosterText *self)
{
  memset (self, 0, sizeof *self);
}

void
roster_text_clear (RosterText *self)
{
  g_free (self->bytes);
  g_free (self->ends);
  roster_text_init (self);
}

void
roster_text_append_bytes (RosterText *self, const char *bytes, gsize length)
{
  if (length == 0)
    return;
  if (self->n_bytes + length > self->bytes_size)
    {
      self->bytes_size = MAX (self->n_bytes + length, self->bytes_size * 2);
      self->bytes = g_realloc (self->bytes, self->bytes_size);
    }
  memcpy (self->bytes + self->n_bytes, bytes, length);
  self->n_bytes += length;
}

void
roster_text_append (RosterText *self, const char *string)
{
  roster_text_append_bytes (self, string, strlen (string) + 1);
}

void
roster_text_end_record (RosterText *self)
{
  if (self->n_records == self->ends_size)
    {
      self->ends_size = MAX (64, self->ends_size * 2);
      self->ends = g_renew (guint32, self->ends, self->ends_size);
    }
  g_assert (self->n_bytes <= G_MAXUINT32);
  self->ends[self->n_records++] = self->n_bytes;
}

void
roster_text_seal (RosterText *self)
{
  self->bytes_size = self->n_bytes + ROSTER_NEEDLE_PADDING;
  self->bytes = g_realloc (self->bytes, self->bytes_size);
  memset (self->bytes + self->n_bytes, 0, ROSTER_NEEDLE_PADDING);
  self->ends_size = self->n_records;
  self->ends = g_renew (guint32, self->ends, self->ends_size);
}

const char *
roster_text_get_string (const RosterText *self, guint i, guint nth)
{
  const char *string = roster_text_get_record (self, i);

  while (nth-- > 0)
    string += strlen (string) + 1;
  return string;
}

gboolean
roster_text_record_has (const RosterText *self, guint i, const RosterNeedle *needle)
{
  return roster_needle_find (needle, roster_text_get_record (self, i),
                             roster_text_get_record_end (self, i)) != NULL;
}

void
roster_text_scan (const RosterText *self, const RosterNeedle *needle, guint64 *found)
{
  const char *limit = self->bytes + self->n_bytes;
  const char *hit = self->bytes;
  guint i = 0;

  while ((hit = roster_needle_find (needle, hit, limit)) != NULL)
    {
      while (self->ends[i] <= hit - self->bytes)
        i++;
      roster_bits_set (found, i);
      hit = roster_text_get_record_end (self, i);
    }
}
