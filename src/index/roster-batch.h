/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-chunk.h"

G_BEGIN_DECLS

/* Of RosterChunk, in the order of their rows. Nothing can be added afterwards. */
GPtrArray *roster_batch_end (RosterBatch *self);
const RosterLayout *roster_batch_get_layout (RosterBatch *self);

G_END_DECLS
