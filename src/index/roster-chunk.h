/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"
#include "index/roster-text.h"

G_BEGIN_DECLS

/* Small enough that joining chunks never holds up the main thread noticeably, large enough that a
 * million users are some two hundred chunks. Codes of dictionaries fit 16 bits because of it. */
#define ROSTER_CHUNK_ROWS  8192
#define ROSTER_CHUNK_BYTES (16 * 1024 * 1024) /* a chunk is closed when its text is larger */
#define ROSTER_MAX_FIELDS  64

/* Where the text of each field lies. */
typedef enum
{
  ROSTER_PLACE_SEARCHED, /* a string of the row's record in the searched text */
  ROSTER_PLACE_KEPT,     /* the same in the text that is only kept; string 0 there is the id */
  ROSTER_PLACE_CODED,    /* a code of a dictionary */
} RosterPlaceKind;

typedef struct
{
  gatomicrefcount ref_count;
  guint n_fields;
  guint n_searched;
  guint n_kept; /* with the id */
  guint n_coded;
  struct
  {
    RosterPlaceKind kind;
    guint slot;
  } places[ROSTER_MAX_FIELDS];
  gboolean coded_is_searched[ROSTER_MAX_FIELDS];
} RosterLayout;

RosterLayout *roster_layout_new (const RosterFieldSpec *fields, guint n_fields);
RosterLayout *roster_layout_ref (RosterLayout *self);
void roster_layout_unref (RosterLayout *self);
gboolean roster_layout_equal (const RosterLayout *a, const RosterLayout *b);

typedef struct
{
  RosterText values; /* number 0 is "" */
  RosterText folded;
} RosterDictionary;

/* The text of at most ROSTER_CHUNK_ROWS rows. Immutable once built; any thread. */
typedef struct
{
  gatomicrefcount ref_count;
  RosterLayout *layout;
  guint n_rows;
  guint32 span;     /* row numbers the chunk stands for: n_rows, or more where rows were left out */
  guint32 *numbers; /* of the rows, from 0, ascending; NULL when no row was left out */
  RosterText searched;
  RosterText kept;
  RosterText twins; /* the folded searched text of those rows that are not ASCII */
  guint32 *twin_rows;
  guint32 *flags;
  guint16 *codes; /* layout->n_coded for each row */
  RosterDictionary *dictionaries;
} RosterChunk;

RosterChunk *roster_chunk_ref (RosterChunk *self);
void roster_chunk_unref (RosterChunk *self);
gsize roster_chunk_get_n_bytes (const RosterChunk *self); /* of its text */
const char *roster_chunk_get_text (const RosterChunk *self, guint row, guint field);
const char *roster_chunk_get_id (const RosterChunk *self, guint row);
guint16 roster_chunk_get_code (const RosterChunk *self, guint row, guint slot);
gboolean roster_chunk_rows_equal (const RosterChunk *a, guint i, const RosterChunk *b, guint j);

static inline guint32
roster_chunk_get_number (const RosterChunk *self, guint row)
{
  return self->numbers != NULL ? self->numbers[row] : row;
}

/* FALSE when the chunk holds no row of that number. */
gboolean roster_chunk_find_number (const RosterChunk *self, guint32 number, guint *row);

typedef struct _RosterChunkBuilder RosterChunkBuilder;

RosterChunkBuilder *roster_chunk_builder_new (RosterLayout *layout);
void roster_chunk_builder_free (RosterChunkBuilder *self);
guint roster_chunk_builder_get_n_rows (RosterChunkBuilder *self);
gboolean roster_chunk_builder_is_full (RosterChunkBuilder *self);
void roster_chunk_builder_add (RosterChunkBuilder *self,
                               const char *id,
                               const char *const *values,
                               guint32 flags);
/* Copies the rows that are not in dead (nullable). offset: added to the numbers they have. */
void roster_chunk_builder_copy (RosterChunkBuilder *self,
                                const RosterChunk *chunk,
                                const guint64 *dead,
                                guint32 offset);
/* Frees the builder. span: 0 for the number of rows. */
RosterChunk *roster_chunk_builder_end (RosterChunkBuilder *self, guint32 span);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterChunkBuilder, roster_chunk_builder_free)

G_END_DECLS
