/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-needle.h"
#include "index/roster-search.h"

G_BEGIN_DECLS

struct _RosterQuery
{
  gatomicrefcount ref_count;
  GStrv words;           /* the longest first: it is the least likely to be found */
  RosterNeedle *needles; /* one per word */
  guint n_words;
};

G_END_DECLS
