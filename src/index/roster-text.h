/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-needle.h"

G_BEGIN_DECLS

/* Records of text in one block of memory. A record is one or several NUL-terminated strings, so
 * that no word is ever found across two of them. */
typedef struct
{
  char *bytes;   /* padded for roster_needle_find () */
  guint32 *ends; /* offset behind each record */
  guint n_records;
  gsize n_bytes;
  gsize bytes_size;
  guint ends_size;
} RosterText;

void roster_text_init (RosterText *self);
void roster_text_clear (RosterText *self);
/* Adds a string, with its NUL, to the record being written. */
void roster_text_append (RosterText *self, const char *string);
void roster_text_append_bytes (RosterText *self, const char *bytes, gsize length);
void roster_text_end_record (RosterText *self);
/* Returns what growing reserved. */
void roster_text_seal (RosterText *self);

static inline const char *
roster_text_get_record (const RosterText *self, guint i)
{
  return self->bytes + (i == 0 ? 0 : self->ends[i - 1]);
}

static inline const char *
roster_text_get_record_end (const RosterText *self, guint i)
{
  return self->bytes + self->ends[i];
}

/* The record's string number `nth`. */
const char *roster_text_get_string (const RosterText *self, guint i, guint nth);
gboolean roster_text_record_has (const RosterText *self, guint i, const RosterNeedle *needle);
/* Adds to found every record that holds the needle. */
void roster_text_scan (const RosterText *self, const RosterNeedle *needle, guint64 *found);

G_END_DECLS
