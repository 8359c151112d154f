/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"
#include "support/roster-people.h"

G_BEGIN_DECLS

/* The fields that Roster searches and shows, of invented people. */
extern const RosterFieldSpec roster_bench_fields[ROSTER_PERSON_N_FIELDS];

RosterBatch *roster_bench_make_page (GRand *rand, guint first, guint n);
RosterIndex *roster_bench_make_index (guint n_people);

G_END_DECLS
