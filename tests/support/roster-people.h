/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Invented people of many scripts, the same ones for the same seed. */
typedef enum
{
  ROSTER_PERSON_USER_NAME,
  ROSTER_PERSON_DISPLAY_NAME,
  ROSTER_PERSON_EMAILS, /* several are joined by a newline */
  ROSTER_PERSON_PHONE,
  ROSTER_PERSON_TITLE,
  ROSTER_PERSON_DEPARTMENT,
  ROSTER_PERSON_EMPLOYEE_NUMBER,
  ROSTER_PERSON_EXTERNAL_ID,
  ROSTER_PERSON_CITY,
  ROSTER_PERSON_NOTE,
  ROSTER_PERSON_N_FIELDS,
} RosterPersonField;

typedef struct
{
  char *id;
  char *values[ROSTER_PERSON_N_FIELDS]; /* NULL when unset */
  guint32 flags;
} RosterPerson;

RosterPerson *roster_person_new (GRand *rand, guint number);
RosterPerson *roster_person_copy (const RosterPerson *self);
void roster_person_free (RosterPerson *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterPerson, roster_person_free)

G_END_DECLS
