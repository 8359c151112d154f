/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "index/roster-batch.h"

struct _RosterBatch
{
  RosterLayout *layout;
  RosterChunkBuilder *builder; /* NULL until a row needs it */
  GPtrArray *chunks;
  guint n_rows;
};

RosterBatch *
roster_batch_new (const RosterFieldSpec *fields, guint n_fields)
{
  RosterBatch *self;

  g_return_val_if_fail (fields != NULL || n_fields == 0, NULL);
  g_return_val_if_fail (n_fields <= ROSTER_MAX_FIELDS, NULL);

  self = g_new0 (RosterBatch, 1);
  self->layout = roster_layout_new (fields, n_fields);
  self->chunks = g_ptr_array_new_with_free_func ((GDestroyNotify)roster_chunk_unref);
  return self;
}

static void
close_chunk (RosterBatch *self)
{
  if (self->builder != NULL)
    g_ptr_array_add (self->chunks, roster_chunk_builder_end (g_steal_pointer (&self->builder), 0));
}

void
roster_batch_add (RosterBatch *self, const char *id, const char *const *values, guint32 flags)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (id != NULL);
  g_return_if_fail (values != NULL || self->layout->n_fields == 0);

  if (self->builder == NULL)
    self->builder = roster_chunk_builder_new (self->layout);
  roster_chunk_builder_add (self->builder, id, values, flags);
  self->n_rows++;
  if (roster_chunk_builder_is_full (self->builder))
    close_chunk (self);
}

guint
roster_batch_get_n_rows (RosterBatch *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_rows;
}

GPtrArray *
roster_batch_end (RosterBatch *self)
{
  close_chunk (self);
  return self->chunks;
}

const RosterLayout *
roster_batch_get_layout (RosterBatch *self)
{
  return self->layout;
}

void
roster_batch_free (RosterBatch *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->builder, roster_chunk_builder_free);
  g_ptr_array_unref (self->chunks);
  roster_layout_unref (self->layout);
  g_free (self);
}
