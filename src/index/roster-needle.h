/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folded word made ready for scanning. ASCII letters match both cases, so that text which is
 * ASCII can be scanned as it is. */
typedef struct
{
  const guint8 *bytes; /* borrowed from the word */
  guint8 *masks;       /* or-ed to a byte of text before it is compared */
  gsize length;        /* > 0 */
  gboolean is_ascii;
} RosterNeedle;

/* Bytes that must be readable behind every scanned text. */
#define ROSTER_NEEDLE_PADDING 32

void roster_needle_init (RosterNeedle *self, const char *word);
void roster_needle_clear (RosterNeedle *self);
/* The first place in [from, limit) that holds the whole needle; NULL when there is none. */
const char *roster_needle_find (const RosterNeedle *self, const char *from, const char *limit);

G_END_DECLS
