/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/roster-people.h"

#include <string.h>

static const char *const given_names[] = {
  "María", "Jörg",    "Ana",      "Zoë",       "Oliver", "Noah",     "Amelia",       "Władysław",
  "Søren", "İbrahim", "Σωκράτης", "Ольга",     "Алёна",  "田中",     "ガブリエル",   "สมชาย",
  "नीलम",  "محمد",    "מֹשֶׁה",      "김민준",    "Nguyễn", "Ángel",    "Jose\xcc\x81", "Straße",
  "ﬁona",  "Emma",    "Liam",     "Charlotte", "Lucas",  "Isabella", "Ｆｕｌｌ",     "Ed",
};
static const char *const family_names[] = {
  "García", "Müller",       "O'Brien",      "Smith",      "Johnson", "Nuñez",        "Þórsdóttir",
  "Dvořák", "Παπαδόπουλος", "Кузнецова",    "Ёлкин",      "山田",    "วงศ์ใหญ่",       "शर्मा",
  "الأحمد", "Groß",         "van der Berg", "de la Cruz", "Åkesson", "Çelik",        "Işık",
  "Lee",    "Brown",        "Davis",        "Miller",     "Wilson",  "Taylor-Jones", "Anderson",
  "Łukasz", "Ong",          "Ng",           "Żółć",
};
static const char *const titles[] = {
  "Engineer", "Senior Engineer", "Président", "Sales Representative", "HR Partner", "Ärztin", NULL,
};
static const char *const departments[] = {
  "Engineering", "Finance", "Verkauf & Marketing", "Försäljning", "人事部", "Support", NULL,
};
static const char *const cities[] = { "Colombo", "Zürich", "São Paulo", "Oslo", "大阪", NULL };

#define PICK(rand, list) ((list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))])

static char *
make_user_name (GRand *rand, const char *given, const char *family, guint number)
{
  g_autofree char *ascii_given = g_str_to_ascii (given, "C");
  g_autofree char *ascii_family = g_str_to_ascii (family, "C");

  g_strdelimit (ascii_given, " ?'", '.');
  g_strdelimit (ascii_family, " ?'", '.');
  return g_strdup_printf ("%s%s.%s%u", g_rand_boolean (rand) ? "DEFAULT/" : "", ascii_given,
                          ascii_family, number);
}

RosterPerson *
roster_person_new (GRand *rand, guint number)
{
  RosterPerson *self = g_new0 (RosterPerson, 1);
  const char *given = PICK (rand, given_names), *family = PICK (rand, family_names);
  char **values = self->values;

  self->id = g_strdup_printf ("%08x-%04x-4%03x-a%03x-%012x", g_rand_int (rand), number & 0xffff,
                              number & 0xfff, number >> 20, number);
  self->flags = g_rand_int_range (rand, 0, 4);
  values[ROSTER_PERSON_USER_NAME] = make_user_name (rand, given, family, number);
  values[ROSTER_PERSON_DISPLAY_NAME] = g_strdup_printf ("%s %s", given, family);
  values[ROSTER_PERSON_EMAILS] =
    g_rand_int_range (rand, 0, 8) == 0
      ? g_strdup_printf ("user%u@example.com\n%s@Home.Example", number, family)
      : g_strdup_printf ("user%u@example.com", number);
  if (g_rand_boolean (rand))
    values[ROSTER_PERSON_PHONE] = g_strdup_printf ("+94 77 %07u", g_rand_int (rand) % 10000000);
  values[ROSTER_PERSON_TITLE] = g_strdup (PICK (rand, titles));
  values[ROSTER_PERSON_DEPARTMENT] = g_strdup (PICK (rand, departments));
  values[ROSTER_PERSON_EMPLOYEE_NUMBER] = g_strdup_printf ("E%06u", number * 7);
  if (g_rand_int_range (rand, 0, 3) == 0)
    values[ROSTER_PERSON_EXTERNAL_ID] = g_strdup_printf ("ext-%x", g_rand_int (rand));
  values[ROSTER_PERSON_CITY] = g_strdup (PICK (rand, cities));
  if (g_rand_int_range (rand, 0, 10) == 0)
    values[ROSTER_PERSON_NOTE] = g_strdup ("secretnote");
  return self;
}

RosterPerson *
roster_person_copy (const RosterPerson *self)
{
  RosterPerson *copy = g_new0 (RosterPerson, 1);

  copy->id = g_strdup (self->id);
  copy->flags = self->flags;
  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    copy->values[i] = g_strdup (self->values[i]);
  return copy;
}

void
roster_person_free (RosterPerson *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  for (guint i = 0; i < ROSTER_PERSON_N_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}
