/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/roster-paging.h"

struct _RosterPaging
{
  guint page_size;
  guint n_in_flight;
  guint step; /* rows that the service really gives; 0 until the first page shows it */
  guint next; /* where nothing was asked for yet */
  guint end;  /* no rows from here on; G_MAXUINT: not known */
  gint64 total;
  GQueue gaps; /* RosterRange */
};

RosterPaging *
roster_paging_new (guint page_size)
{
  RosterPaging *self;

  g_return_val_if_fail (page_size > 0, NULL);

  self = g_new0 (RosterPaging, 1);
  self->page_size = page_size;
  self->next = 1;
  self->end = G_MAXUINT;
  self->total = -1;
  g_queue_init (&self->gaps);
  return self;
}

void
roster_paging_free (RosterPaging *self)
{
  g_queue_clear_full (&self->gaps, g_free);
  g_free (self);
}

gboolean
roster_paging_next (RosterPaging *self, RosterRange *range)
{
  g_autofree RosterRange *gap = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (range != NULL, FALSE);

  gap = g_queue_pop_head (&self->gaps);
  if (gap != NULL)
    {
      *range = *gap;
      self->n_in_flight++;
      return TRUE;
    }
  if (self->next >= self->end)
    return FALSE;
  /* Until the first page is there nobody knows where the second one begins; and past the total,
   * which is not trusted, a page at a time is asked for. */
  if (self->n_in_flight > 0 &&
      (self->step == 0 || (self->total >= 0 && (gint64)self->next > self->total)))
    return FALSE;
  *range = (RosterRange){ self->next, self->page_size, FALSE };
  self->next += self->step;
  self->n_in_flight++;
  return TRUE;
}

static void
take_gap (RosterPaging *self, const RosterRange *range, guint n_rows, guint n_new)
{
  RosterRange rest = *range;

  if (n_new == 0 || n_rows >= range->count)
    return;
  rest.start += n_rows;
  rest.count -= n_rows;
  g_queue_push_tail (&self->gaps, g_memdup2 (&rest, sizeof rest));
}

void
roster_paging_take (
  RosterPaging *self, const RosterRange *range, guint n_rows, guint n_new, gint64 total)
{
  guint after;
  guint step;

  g_return_if_fail (self != NULL);
  g_return_if_fail (range != NULL);
  g_return_if_fail (self->n_in_flight > 0);

  self->n_in_flight--;
  /* Past the end some services say 0. */
  if (n_rows > 0 || self->total < 0)
    self->total = total;
  if (range->fills_gap)
    {
      take_gap (self, range, n_rows, n_new);
      return;
    }
  if (n_new == 0)
    {
      /* Empty, or the same users again: some services give their first page past the end. */
      self->end = MIN (self->end, range->start);
      return;
    }
  after = range->start + n_rows;
  step = MAX (self->step, n_rows);
  if (n_rows < step && (total < 0 || (gint64)after > total))
    self->end = MIN (self->end, after);
  else if (n_rows < step && self->next > range->start + step)
    {
      RosterRange gap = { after, step - n_rows, TRUE };

      g_queue_push_tail (&self->gaps, g_memdup2 (&gap, sizeof gap));
    }
  else if (self->next <= range->start + self->step)
    self->next = after;
  self->step = step;
}

gboolean
roster_paging_take_refusal (RosterPaging *self, const RosterRange *range)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (range != NULL, FALSE);
  g_return_val_if_fail (self->n_in_flight > 0, FALSE);

  self->n_in_flight--;
  if (range->start == 1 || self->total < 0 || (gint64)range->start <= self->total)
    return FALSE;
  self->end = MIN (self->end, range->start);
  return TRUE;
}

void
roster_paging_put_back (RosterPaging *self, const RosterRange *range)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (range != NULL);
  g_return_if_fail (self->n_in_flight > 0);

  self->n_in_flight--;
  /* Before the first page shows how many rows a page has, the next one is the same. */
  if (range->start < self->next && range->start < self->end)
    g_queue_push_head (&self->gaps, g_memdup2 (range, sizeof *range));
}

gboolean
roster_paging_is_done (const RosterPaging *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return self->n_in_flight == 0 && self->next >= self->end &&
         g_queue_is_empty ((GQueue *)&self->gaps);
}

guint
roster_paging_get_n_in_flight (const RosterPaging *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_in_flight;
}

gint64
roster_paging_get_total (const RosterPaging *self)
{
  g_return_val_if_fail (self != NULL, -1);

  return self->total;
}
