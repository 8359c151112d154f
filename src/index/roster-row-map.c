/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-row-map.h"

#define FIRST_SIZE 256

void
roster_row_map_init (RosterRowMap *self, RosterRowIdFunc get_id, gpointer owner)
{
  self->get_id = get_id;
  self->owner = owner;
  self->n_rows = 0;
  self->n_slots = FIRST_SIZE;
  self->slots = g_malloc (sizeof *self->slots * self->n_slots);
  for (guint32 i = 0; i < self->n_slots; i++)
    self->slots[i].row = ROSTER_ROW_NONE;
}

void
roster_row_map_clear (RosterRowMap *self)
{
  g_clear_pointer (&self->slots, g_free);
}

/* g_str_hash () leaves the lower bits of similar ids alike. */
static guint32
hash_id (const char *id)
{
  guint32 hash = g_str_hash (id);

  hash ^= hash >> 16;
  hash *= 0x85ebca6bU;
  return hash ^ (hash >> 13);
}

/* The slot that holds the id, or the free one where it belongs. */
static guint32
find_slot (const RosterRowMap *self, const char *id, guint32 hash)
{
  guint32 i = hash & (self->n_slots - 1);

  while (self->slots[i].row != ROSTER_ROW_NONE &&
         (self->slots[i].hash != hash ||
          !g_str_equal (self->get_id (self->owner, self->slots[i].row), id)))
    i = (i + 1) & (self->n_slots - 1);
  return i;
}

static void
grow (RosterRowMap *self)
{
  RosterRowMap old = *self;

  self->n_slots *= 2;
  self->slots = g_malloc (sizeof *self->slots * self->n_slots);
  for (guint32 i = 0; i < self->n_slots; i++)
    self->slots[i].row = ROSTER_ROW_NONE;
  for (guint32 i = 0; i < old.n_slots; i++)
    if (old.slots[i].row != ROSTER_ROW_NONE)
      {
        guint32 to = old.slots[i].hash & (self->n_slots - 1);

        while (self->slots[to].row != ROSTER_ROW_NONE)
          to = (to + 1) & (self->n_slots - 1);
        self->slots[to] = old.slots[i];
      }
  g_free (old.slots);
}

RosterRowId
roster_row_map_find (const RosterRowMap *self, const char *id)
{
  return self->slots[find_slot (self, id, hash_id (id))].row;
}

RosterRowId
roster_row_map_set (RosterRowMap *self, const char *id, RosterRowId row)
{
  guint32 hash = hash_id (id), i;
  RosterRowId before;

  if (self->n_rows >= self->n_slots / 4 * 3)
    grow (self);
  i = find_slot (self, id, hash);
  before = self->slots[i].row;
  self->slots[i].hash = hash;
  self->slots[i].row = row;
  if (before == ROSTER_ROW_NONE)
    self->n_rows++;
  return before;
}

/* Moves later members of the run forward, so that no search ends early at the gap. */
static void
close_gap (RosterRowMap *self, guint32 gap)
{
  guint32 mask = self->n_slots - 1;

  for (guint32 i = (gap + 1) & mask; self->slots[i].row != ROSTER_ROW_NONE; i = (i + 1) & mask)
    {
      guint32 home = self->slots[i].hash & mask;

      if (((i - home) & mask) >= ((i - gap) & mask))
        {
          self->slots[gap] = self->slots[i];
          gap = i;
        }
    }
  self->slots[gap].row = ROSTER_ROW_NONE;
}

RosterRowId
roster_row_map_remove (RosterRowMap *self, const char *id)
{
  guint32 i = find_slot (self, id, hash_id (id));
  RosterRowId row = self->slots[i].row;

  if (row != ROSTER_ROW_NONE)
    {
      close_gap (self, i);
      self->n_rows--;
    }
  return row;
}
