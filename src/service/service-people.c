/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-people.h"

#include <time.h>

/* The newest change in the directory: a fixed moment, so that a seed gives the same bytes for ever.
 */
#define NEWEST_CHANGE      G_GINT64_CONSTANT (1793448000) /* 2026-10-31T12:00:00Z */
#define DAY                (24 * 60 * 60)
#define PEOPLE_PER_MANAGER 12

struct _RosterServicePeople
{
  guint64 seed;
  GHashTable *logins; /* "given.family" → how many have it */
};

/* SplitMix64: every (seed, index) starts a stream of its own. */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

static guint64
start_random (const RosterServicePeople *self, guint index)
{
  guint64 state = self->seed * G_GUINT64_CONSTANT (0x2545f4914f6cdd1d) + index;

  next_random (&state);
  return state;
}

static guint
pick (guint64 *state, guint n)
{
  return (guint)(next_random (state) % n);
}

static const RosterServiceCulture *
culture_of_country (const char *code)
{
  guint n;

  for (guint i = 0;; i++)
    {
      const RosterServiceCulture *culture = roster_service_get_culture (i, &n);

      g_assert (culture != NULL);
      if (g_str_equal (culture->country_code, code))
        return culture;
    }
}

static RosterServiceState
state_of_letter (char letter)
{
  switch (letter)
    {
    case 'l':
      return ROSTER_SERVICE_STATE_LOCKED;
    case 'f':
      return ROSTER_SERVICE_STATE_FAILED_SIGN_INS;
    case 'd':
      return ROSTER_SERVICE_STATE_DISABLED;
    case 'i':
      return ROSTER_SERVICE_STATE_INVITED;
    case 'r':
      return ROSTER_SERVICE_STATE_RESET;
    default:
      return ROSTER_SERVICE_STATE_ACTIVE;
    }
}

static RosterServiceState
pick_state (guint64 *random)
{
  guint percent = pick (random, 100);

  if (percent < 2)
    return ROSTER_SERVICE_STATE_LOCKED;
  if (percent < 4)
    return ROSTER_SERVICE_STATE_FAILED_SIGN_INS;
  if (percent < 7)
    return ROSTER_SERVICE_STATE_DISABLED;
  if (percent < 9)
    return ROSTER_SERVICE_STATE_INVITED;
  if (percent < 10)
    return ROSTER_SERVICE_STATE_RESET;
  return ROSTER_SERVICE_STATE_ACTIVE;
}

/* Fills in who it is; latin: owned, the user name before it is made unique. */
static RosterServicePerson *
derive (const RosterServicePeople *self, guint index, char **latin)
{
  RosterServicePerson *person = g_new0 (RosterServicePerson, 1);
  guint64 random = start_random (self, index);
  guint n;
  const RosterServiceKnownPerson *known = roster_service_get_known_person (index, &n);

  person->index = index;
  person->dice = (guint)next_random (&random);
  roster_service_get_job (0, &n);
  person->job = roster_service_get_job (pick (&random, n), &n);
  person->state = pick_state (&random);
  if (known != NULL)
    {
      person->culture = culture_of_country (known->country_code);
      person->given = known->given;
      person->family = known->family;
      person->display = g_strdup (known->display);
      person->state = state_of_letter (known->state);
      person->modified = NEWEST_CHANGE - (gint64)index * 26 * 60;
      *latin = g_strdup (known->latin);
    }
  else
    {
      const RosterServiceName *given, *family;

      roster_service_get_culture (0, &n);
      person->culture = roster_service_get_culture (pick (&random, n), &n);
      given = &person->culture->given[pick (&random, ROSTER_SERVICE_N_NAMES)];
      family = &person->culture->family[pick (&random, ROSTER_SERVICE_N_NAMES)];
      person->given = given->native;
      person->family = family->native;
      person->display = person->culture->family_first
                          ? g_strdup_printf ("%s %s", family->native, given->native)
                          : g_strdup_printf ("%s %s", given->native, family->native);
      person->secondary_store = index % 50 == 49;
      person->modified = NEWEST_CHANGE - DAY - pick (&random, 400 * DAY);
      *latin = g_strdup_printf ("%s.%s", given->latin, family->latin);
    }
  person->created = person->modified - DAY - pick (&random, 2000) * (gint64)DAY;
  return person;
}

static char *
make_unique (RosterServicePeople *self, char *latin)
{
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->logins, latin)) + 1;
  char *login = count == 1 ? g_strdup (latin) : g_strdup_printf ("%s%u", latin, count);

  g_hash_table_insert (self->logins, latin, GUINT_TO_POINTER (count));
  return login;
}

RosterServicePeople *
roster_service_people_new (guint seed)
{
  RosterServicePeople *self = g_new0 (RosterServicePeople, 1);

  self->seed = seed;
  self->logins = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
roster_service_people_free (RosterServicePeople *self)
{
  g_hash_table_unref (self->logins);
  g_free (self);
}

RosterServicePerson *
roster_service_people_invent (RosterServicePeople *self, guint index)
{
  char *latin;
  RosterServicePerson *person = derive (self, index, &latin);

  person->login = make_unique (self, latin);
  roster_service_people_get_id (self, index, person->id);
  return person;
}

void
roster_service_person_free (RosterServicePerson *self)
{
  g_free (self->display);
  g_free (self->login);
  g_free (self);
}

/* The form of a random UUID (RFC 4122 section 4.4). */
void
roster_service_people_get_id (RosterServicePeople *self, guint index, char id[37])
{
  guint64 random = start_random (self, index) ^ G_GUINT64_CONSTANT (0x1d);
  guint64 a = next_random (&random);
  guint64 b = next_random (&random);

  g_snprintf (id, 37, "%08x-%04x-4%03x-%04x-%012" G_GINT64_MODIFIER "x", (guint)(a >> 32),
              (guint)(a >> 16) & 0xffff, (guint)a & 0xfff, ((guint)(b >> 48) & 0x3fff) | 0x8000,
              b & G_GUINT64_CONSTANT (0xffffffffffff));
}

char *
roster_service_people_dup_display (RosterServicePeople *self, guint index)
{
  g_autofree char *latin = NULL;
  g_autoptr (RosterServicePerson) person = derive (self, index, &latin);

  return g_strdup (person->display);
}

gboolean
roster_service_people_get_manager (guint index, guint *manager)
{
  *manager = index / PEOPLE_PER_MANAGER;
  return *manager != index;
}

char *
roster_service_format_time (gint64 unix_seconds, guint milliseconds)
{
  time_t seconds = (time_t)unix_seconds;
  struct tm parts;

  gmtime_r (&seconds, &parts);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03uZ", parts.tm_year + 1900,
                          parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                          parts.tm_sec, milliseconds);
}
