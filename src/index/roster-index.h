/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* People in memory, for finding them: the text of some fields of every user, in append-only chunks.
 * A change is a tombstone plus an append, so that a snapshot is a list of references that any
 * thread may read. Knows no protocol.
 *
 * RosterIndex belongs to one thread (the main one). RosterBatch is built anywhere by one thread and
 * handed over. RosterSnapshot is immutable and may be read by any. */
typedef struct _RosterIndex RosterIndex;
typedef struct _RosterBatch RosterBatch;
typedef struct _RosterSnapshot RosterSnapshot;

/* A row's number, never used twice by an index: valid for a snapshot and every later one until the
 * row is replaced or removed. */
typedef guint32 RosterRowId;
#define ROSTER_ROW_NONE ((RosterRowId)-1)

typedef enum
{
  ROSTER_FIELD_SEARCHED = 1 << 0, /* words are looked for in it */
  ROSTER_FIELD_REPEATS = 1 << 1,  /* few different values: dictionary-coded */
} RosterFieldFlags;

typedef struct
{
  const char *key; /* an attribute path or a name of the caller's */
  RosterFieldFlags flags;
} RosterFieldSpec;

/* fields are copied; n_fields ≤ 64. */
RosterIndex *roster_index_new (const RosterFieldSpec *fields, guint n_fields);
void roster_index_free (RosterIndex *self);
guint roster_index_get_n_rows (RosterIndex *self); /* living rows */
/* Appends a batch, replacing rows of the same id. Takes the batch, whose fields must have the flags
 * of the index's. A row equal to the one there is already changes nothing: that one stays. Cheap:
 * no text is copied but that of small chunks, which are joined some thousand rows at a time. */
void roster_index_merge (RosterIndex *self, RosterBatch *batch);
/* FALSE when there is no such row. */
gboolean roster_index_remove (RosterIndex *self, const char *id);
void roster_index_clear (RosterIndex *self);
RosterSnapshot *roster_index_snapshot (
  RosterIndex *self); /* the same one until something changes */
/* Row of an id, ROSTER_ROW_NONE when there is none. */
RosterRowId roster_index_find (RosterIndex *self, const char *id);

/* Folding for search happens here, off the main thread. */
RosterBatch *roster_batch_new (const RosterFieldSpec *fields, guint n_fields);
/* id: any text. values: n_fields texts, each nullable (several values of one attribute joined by
 * '\n'). flags: any 32 bits of the caller's (roster keeps the account's status there). A later row
 * of the same id replaces an earlier one. */
void roster_batch_add (RosterBatch *self, const char *id, const char *const *values, guint32 flags);
guint roster_batch_get_n_rows (RosterBatch *self);
void roster_batch_free (RosterBatch *self);

RosterSnapshot *roster_snapshot_ref (RosterSnapshot *self);
void roster_snapshot_unref (RosterSnapshot *self);
guint roster_snapshot_get_n_rows (const RosterSnapshot *self); /* living rows */
/* NUL-terminated, borrowed from the snapshot; "" when unset. row must be living in it. */
const char *roster_snapshot_get_text (const RosterSnapshot *self, RosterRowId row, guint field);
const char *roster_snapshot_get_id (const RosterSnapshot *self, RosterRowId row);
guint32 roster_snapshot_get_flags (const RosterSnapshot *self, RosterRowId row);
gboolean roster_snapshot_is_living (const RosterSnapshot *self, RosterRowId row);

/* Search text as it is compared: decomposed (NFKD), case-folded by Unicode's default rules, without
 * accents ("María" → "maria", "ß" → "ss"), the points of Hebrew and Arabic, and invisible
 * characters. Marks that spell a letter, such as Indic and Thai vowel signs and the voicing of
 * kana, stay. Any bytes are accepted. */
char *roster_fold (const char *text);
/* The bytes of `text` in which the folded `words` are found, for marking them: an array of guint
 * pairs (start, end), ascending and apart, empty when none. A character counts whole: "s" marks
 * "ß", and an accent goes with its letter. words: as roster_query_get_words. */
GArray *roster_find_matches (const char *text, const char *const *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterIndex, roster_index_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterBatch, roster_batch_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterSnapshot, roster_snapshot_unref)

G_END_DECLS
