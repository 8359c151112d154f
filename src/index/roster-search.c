/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-search.h"

#include "index/roster-order.h"
#include "index/roster-query.h"
#include "index/roster-snapshot.h"

#include <string.h>

#define ROW_WORDS  ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS)
#define CODE_WORDS ROSTER_BITS_WORDS (ROSTER_CHUNK_ROWS + 1) /* a value for each row, and "" */

/* When fewer rows than this share of a chunk are in question, looking into each of them is cheaper
 * than scanning the whole text. */
#define FEW_ROWS_SHARE 2

/* From so many rows on a second thread helps: below, one is done before the other has started. */
#define TWO_THREADS_ROWS 50000

static gboolean
twin_has_word (const RosterChunk *chunk, guint row, const RosterNeedle *needle)
{
  guint low = 0, high = chunk->twins.n_records;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (chunk->twin_rows[middle] < row)
        low = middle + 1;
      else
        high = middle;
    }
  return low < chunk->twins.n_records && chunk->twin_rows[low] == row &&
         roster_text_record_has (&chunk->twins, low, needle);
}

static gboolean
row_has_word (const RosterChunk *chunk, guint row, const RosterNeedle *needle)
{
  if (needle->is_ascii && roster_text_record_has (&chunk->searched, row, needle))
    return TRUE;
  if (twin_has_word (chunk, row, needle))
    return TRUE;
  for (guint slot = 0; slot < chunk->layout->n_coded; slot++)
    if (chunk->layout->coded_is_searched[slot] &&
        roster_text_record_has (&chunk->dictionaries[slot].folded,
                                roster_chunk_get_code (chunk, row, slot), needle))
      return TRUE;
  return FALSE;
}

static gboolean
are_few (const guint64 *rows, const RosterChunk *chunk)
{
  return roster_bits_count (rows, chunk->n_rows) < chunk->n_rows / FEW_ROWS_SHARE;
}

/* Each of the following moves rows from missing to found. */
static void
find_in_text (const RosterChunk *chunk,
              const RosterNeedle *needle,
              guint64 *missing,
              guint64 *found)
{
  if (!needle->is_ascii)
    return;
  if (!are_few (missing, chunk))
    roster_text_scan (&chunk->searched, needle, found);
  else
    for (guint row = 0; (row = roster_bits_next (missing, chunk->n_rows, row)) < chunk->n_rows;
         row++)
      if (roster_text_record_has (&chunk->searched, row, needle))
        roster_bits_set (found, row);
  for (gsize w = 0; w < ROW_WORDS; w++)
    missing[w] &= ~found[w];
}

static void
find_in_dictionary (const RosterChunk *chunk,
                    guint slot,
                    const RosterNeedle *needle,
                    guint64 *missing,
                    guint64 *found)
{
  guint64 codes[CODE_WORDS] = { 0 };

  roster_text_scan (&chunk->dictionaries[slot].folded, needle, codes);
  if (roster_bits_next (codes, ROSTER_CHUNK_ROWS + 1, 0) > ROSTER_CHUNK_ROWS)
    return;
  for (guint row = 0; (row = roster_bits_next (missing, chunk->n_rows, row)) < chunk->n_rows; row++)
    if (roster_bits_get (codes, roster_chunk_get_code (chunk, row, slot)))
      {
        roster_bits_set (found, row);
        roster_bits_clear (missing, row);
      }
}

/* The folded text of rows with letters beyond ASCII. What their text itself matches it matches too,
 * so that rows which are found already need no second look. */
static void
find_in_twins (const RosterChunk *chunk,
               const RosterNeedle *needle,
               guint64 *missing,
               guint64 *found)
{
  guint n_twins = chunk->twins.n_records;
  guint64 twins[ROW_WORDS] = { 0 };

  if (!are_few (missing, chunk))
    roster_text_scan (&chunk->twins, needle, twins);
  else
    for (guint i = 0; i < n_twins; i++)
      if (roster_bits_get (missing, chunk->twin_rows[i]) &&
          roster_text_record_has (&chunk->twins, i, needle))
        roster_bits_set (twins, i);
  for (guint i = 0; (i = roster_bits_next (twins, n_twins, i)) < n_twins; i++)
    roster_bits_set (found, chunk->twin_rows[i]);
}

/* Takes from matches every row that has not the word. */
static void
match_word (const RosterChunk *chunk, const RosterNeedle *needle, guint64 *matches)
{
  guint64 missing[ROW_WORDS];
  guint64 found[ROW_WORDS] = { 0 };

  memcpy (missing, matches, sizeof missing);
  find_in_text (chunk, needle, missing, found);
  for (guint slot = 0; slot < chunk->layout->n_coded; slot++)
    if (chunk->layout->coded_is_searched[slot])
      find_in_dictionary (chunk, slot, needle, missing, found);
  find_in_twins (chunk, needle, missing, found);
  for (gsize w = 0; w < ROW_WORDS; w++)
    matches[w] &= found[w];
}

static void
match_entry (const RosterEntry *entry, const RosterQuery *query, guint64 *matches)
{
  roster_entry_get_living (entry, matches);
  for (guint w = 0; w < query->n_words; w++)
    match_word (entry->chunk, &query->needles[w], matches);
}

/* Entries are taken one after the other by whoever is free. */
typedef struct
{
  const RosterSnapshot *snapshot;
  const RosterQuery *query;
  const int *stop;
  int next;
  guint64 *matches; /* ROW_WORDS for each entry */
} Matching;

static gpointer
match_entries (gpointer data)
{
  Matching *self = data;
  guint i;

  while ((i = g_atomic_int_add (&self->next, 1)) < self->snapshot->n_entries &&
         !roster_is_stopped (self->stop))
    match_entry (&self->snapshot->entries[i], self->query, self->matches + i * ROW_WORDS);
  return NULL;
}

static void
match_all (Matching *self)
{
  GThread *helper = NULL;

  if (self->snapshot->n_rows >= TWO_THREADS_ROWS && g_get_num_processors () > 1)
    helper = g_thread_try_new ("roster-search", match_entries, self, NULL);
  match_entries (self);
  if (helper != NULL)
    g_thread_join (helper);
}

/* Marks the places of an entry's matches; rows that the order does not know go to late. */
static guint
place_matches (const RosterEntry *entry,
               const guint64 *matches,
               const RosterOrder *order,
               guint64 *places,
               GArray *late)
{
  guint n_rows = entry->chunk->n_rows, n = 0;

  for (guint at = 0; (at = roster_bits_next (matches, n_rows, at)) < n_rows; at++, n++)
    {
      RosterRowId row = roster_entry_get_row_id (entry, at);
      guint32 place = row;

      if (order != NULL)
        place = row < order->end ? order->positions[row] : ROSTER_ROW_NONE;
      if (place != ROSTER_ROW_NONE)
        roster_bits_set (places, place);
      else
        g_array_append_val (late, row);
    }
  return n;
}

static RosterHits *
hits_new (RosterSnapshot *snapshot,
          const RosterOrder *order,
          const guint64 *places,
          guint32 n_places,
          const GArray *late,
          guint n_rows)
{
  RosterHits *hits = g_new0 (RosterHits, 1);

  hits->snapshot = roster_snapshot_ref (snapshot);
  hits->rows = g_new (RosterRowId, n_rows);
  for (gsize i = 0; (i = roster_bits_next (places, n_places, i)) < n_places; i++)
    hits->rows[hits->n_rows++] = order != NULL ? order->rows[i] : (RosterRowId)i;
  for (guint i = 0; i < late->len; i++)
    hits->rows[hits->n_rows++] = g_array_index (late, RosterRowId, i);
  g_assert (hits->n_rows == n_rows);
  return hits;
}

RosterHits *
roster_search (RosterSnapshot *snapshot,
               const RosterQuery *query,
               const RosterOrder *order,
               const int *stop)
{
  Matching matching = { snapshot, query, stop, 0, NULL };
  g_autofree guint64 *matches = NULL;
  g_autofree guint64 *places = NULL;
  g_autoptr (GArray) late = NULL;
  guint32 n_places;
  guint n_rows = 0;

  g_return_val_if_fail (snapshot != NULL, NULL);
  g_return_val_if_fail (query != NULL, NULL);
  g_return_val_if_fail (order == NULL || order->lineage == snapshot->lineage, NULL);

  matching.matches = matches = g_new (guint64, snapshot->n_entries * ROW_WORDS);
  match_all (&matching);
  if (roster_is_stopped (stop))
    return NULL;

  late = g_array_new (FALSE, FALSE, sizeof (RosterRowId));
  n_places = order != NULL ? order->n_rows : snapshot->end;
  places = g_new0 (guint64, ROSTER_BITS_WORDS (n_places));
  for (guint i = 0; i < snapshot->n_entries; i++)
    n_rows += place_matches (&snapshot->entries[i], matches + i * ROW_WORDS, order, places, late);
  return hits_new (snapshot, order, places, n_places, late, n_rows);
}

void
roster_hits_free (RosterHits *self)
{
  if (self == NULL)
    return;
  roster_snapshot_unref (self->snapshot);
  g_free (self->rows);
  g_free (self);
}

gboolean
roster_search_row_matches (const RosterSnapshot *snapshot,
                           RosterRowId row,
                           const RosterQuery *query)
{
  const RosterEntry *entry;
  guint at;

  g_return_val_if_fail (snapshot != NULL, FALSE);
  g_return_val_if_fail (query != NULL, FALSE);

  entry = roster_entries_find (snapshot->entries, snapshot->n_entries, row, &at);
  if (entry == NULL || !roster_entry_is_living (entry, at))
    return FALSE;
  for (guint w = 0; w < query->n_words; w++)
    if (!row_has_word (entry->chunk, at, &query->needles[w]))
      return FALSE;
  return TRUE;
}
