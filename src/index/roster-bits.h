/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets of small numbers as arrays of 64-bit words. */
#define ROSTER_BITS_WORDS(n) (((gsize)(n) + 63) / 64)

static inline gboolean
roster_bits_get (const guint64 *bits, gsize i)
{
  return (bits[i / 64] >> (i % 64)) & 1;
}

static inline void
roster_bits_set (guint64 *bits, gsize i)
{
  bits[i / 64] |= G_GUINT64_CONSTANT (1) << (i % 64);
}

static inline void
roster_bits_clear (guint64 *bits, gsize i)
{
  bits[i / 64] &= ~(G_GUINT64_CONSTANT (1) << (i % 64));
}

/* The numbers 0 … n-1 and no others. */
static inline void
roster_bits_fill (guint64 *bits, gsize n)
{
  for (gsize w = 0; w < n / 64; w++)
    bits[w] = G_MAXUINT64;
  if (n % 64 != 0)
    bits[n / 64] = (G_GUINT64_CONSTANT (1) << (n % 64)) - 1;
}

static inline gsize
roster_bits_count (const guint64 *bits, gsize n)
{
  gsize count = 0;

  for (gsize w = 0; w < ROSTER_BITS_WORDS (n); w++)
    count += __builtin_popcountll (bits[w]);
  return count;
}

/* The first member not below `from`; n when there is none. */
static inline gsize
roster_bits_next (const guint64 *bits, gsize n, gsize from)
{
  gsize w = from / 64;
  guint64 rest;

  if (from >= n)
    return n;
  rest = bits[w] & (G_MAXUINT64 << (from % 64));
  while (rest == 0)
    {
      if (++w >= ROSTER_BITS_WORDS (n))
        return n;
      rest = bits[w];
    }
  return w * 64 + __builtin_ctzll (rest);
}

G_END_DECLS
