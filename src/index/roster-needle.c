/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-needle.h"

#include "index/roster-fold.h"

#include <string.h>

/* Sixteen bytes at once in the compiler's own vectors: SSE2 or NEON where the machine has it. */
typedef guint8 Block __attribute__ ((vector_size (ROSTER_NEEDLE_PADDING)));

void
roster_needle_init (RosterNeedle *self, const char *word)
{
  g_assert (*word != '\0');

  self->bytes = (const guint8 *)word;
  self->length = strlen (word);
  self->is_ascii = roster_text_is_ascii (word);
  self->masks = g_malloc0 (self->length);
  for (gsize i = 0; i < self->length; i++)
    if (g_ascii_isalpha (word[i]))
      self->masks[i] = 0x20;
}

void
roster_needle_clear (RosterNeedle *self)
{
  g_clear_pointer (&self->masks, g_free);
}

static gboolean
is_at (const RosterNeedle *self, const char *place)
{
  for (gsize i = 0; i < self->length; i++)
    if ((((guint8)place[i]) | self->masks[i]) != self->bytes[i])
      return FALSE;
  return TRUE;
}

/* Bytes of value 0xff where both the needle's first and its last byte fit. */
static inline void
find_candidates (const char *first_at,
                 const char *last_at,
                 Block first,
                 Block first_mask,
                 Block last,
                 Block last_mask,
                 guint64 candidates[2])
{
  Block at_first, at_last, both;

  memcpy (&at_first, first_at, sizeof at_first);
  memcpy (&at_last, last_at, sizeof at_last);
  both = (Block)((at_first | first_mask) == first) & (Block)((at_last | last_mask) == last);
  memcpy (candidates, &both, sizeof both);
}

const char *
roster_needle_find (const RosterNeedle *self, const char *from, const char *limit)
{
  gsize end = self->length - 1;
  Block first, first_mask, last, last_mask;

  memset (&first, self->bytes[0], sizeof first);
  memset (&first_mask, self->masks[0], sizeof first_mask);
  memset (&last, self->bytes[end], sizeof last);
  memset (&last_mask, self->masks[end], sizeof last_mask);

  for (; limit - from > (gssize)end; from += sizeof (Block))
    {
      guint64 candidates[2];

      find_candidates (from, from + end, first, first_mask, last, last_mask, candidates);
      if (G_LIKELY ((candidates[0] | candidates[1]) == 0))
        continue;
      for (guint half = 0; half < 2; half++)
        for (guint64 rest = GUINT64_FROM_LE (candidates[half]); rest != 0;)
          {
            guint byte = __builtin_ctzll (rest) / 8;
            const char *place = from + half * 8 + byte;

            if (limit - place <= (gssize)end)
              return NULL;
            if (is_at (self, place))
              return place;
            rest &= ~(G_GUINT64_CONSTANT (0xff) << (byte * 8));
          }
    }
  return NULL;
}
