/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench/bench-people.h"

#define PAGE 1000

const RosterFieldSpec roster_bench_fields[ROSTER_PERSON_N_FIELDS] = {
  [ROSTER_PERSON_USER_NAME] = { "userName", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_DISPLAY_NAME] = { "displayName", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_EMAILS] = { "emails", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_PHONE] = { "phoneNumbers", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_TITLE] = { "title", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_DEPARTMENT] = { "department", ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_EMPLOYEE_NUMBER] = { "employeeNumber", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_EXTERNAL_ID] = { "externalId", ROSTER_FIELD_SEARCHED },
  [ROSTER_PERSON_CITY] = { "city", ROSTER_FIELD_REPEATS },
  [ROSTER_PERSON_NOTE] = { "note", 0 },
};

RosterBatch *
roster_bench_make_page (GRand *rand, guint first, guint n)
{
  RosterBatch *batch = roster_batch_new (roster_bench_fields, ROSTER_PERSON_N_FIELDS);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RosterPerson) person = roster_person_new (rand, first + i);

      roster_batch_add (batch, person->id, (const char *const *)person->values, person->flags);
    }
  return batch;
}

RosterIndex *
roster_bench_make_index (guint n_people)
{
  RosterIndex *index = roster_index_new (roster_bench_fields, ROSTER_PERSON_N_FIELDS);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < n_people; i += PAGE)
    roster_index_merge (index, roster_bench_make_page (rand, i, MIN (PAGE, n_people - i)));
  return index;
}
