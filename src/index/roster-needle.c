/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-needle.h"

#include "index/roster-fold.h"

#include <string.h>

/* Sixteen bytes at once in the compiler's own vectors, which become SSE2 or NEON instructions, two
 * such blocks a step. (A vector of 32 bytes is taken apart byte by byte where there is no AVX2.) */
typedef guint8 Block __attribute__ ((vector_size (16)));
#define STEP       ROSTER_NEEDLE_PADDING
#define STEP_WORDS (STEP / sizeof (guint64))

/* What is compared with the first and the last byte of each place. */
typedef struct
{
  Block first;
  Block first_mask;
  Block last;
  Block last_mask;
} Probe;

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
static inline Block
probe_block (const Probe *probe, const char *first_at, gsize distance)
{
  Block first, last;

  memcpy (&first, first_at, sizeof first);
  memcpy (&last, first_at + distance, sizeof last);
  return (Block)((first | probe->first_mask) == probe->first) &
         (Block)((last | probe->last_mask) == probe->last);
}

/* The first of the candidates that is a real one. */
static const char *
check_candidates (const RosterNeedle *self,
                  const char *from,
                  const char *limit,
                  const guint64 candidates[STEP_WORDS])
{
  for (guint word = 0; word < STEP_WORDS; word++)
    for (guint64 rest = GUINT64_FROM_LE (candidates[word]); rest != 0;)
      {
        guint byte = __builtin_ctzll (rest) / 8;
        const char *place = from + word * 8 + byte;

        if (limit - place < (gssize)self->length)
          return NULL;
        if (is_at (self, place))
          return place;
        rest &= ~(G_GUINT64_CONSTANT (0xff) << (byte * 8));
      }
  return NULL;
}

const char *
roster_needle_find (const RosterNeedle *self, const char *from, const char *limit)
{
  gsize distance = self->length - 1;
  Probe probe;

  memset (&probe.first, self->bytes[0], sizeof probe.first);
  memset (&probe.first_mask, self->masks[0], sizeof probe.first_mask);
  memset (&probe.last, self->bytes[distance], sizeof probe.last);
  memset (&probe.last_mask, self->masks[distance], sizeof probe.last_mask);

  for (; limit - from > (gssize)distance; from += STEP)
    {
      Block blocks[2] = { probe_block (&probe, from, distance),
                          probe_block (&probe, from + sizeof (Block), distance) };
      Block any = blocks[0] | blocks[1];
      guint64 halves[2];
      guint64 candidates[STEP_WORDS];
      const char *hit;

      memcpy (halves, &any, sizeof any);
      if (G_LIKELY ((halves[0] | halves[1]) == 0))
        continue;
      memcpy (candidates, blocks, sizeof blocks);
      hit = check_candidates (self, from, limit, candidates);
      if (hit != NULL)
        return hit;
    }
  return NULL;
}
