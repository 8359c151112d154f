/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What invented people are made of. latin: small ASCII letters, for user names and addresses. */
typedef struct
{
  const char *native;
  const char *latin;
} RosterServiceName;

#define ROSTER_SERVICE_N_NAMES 10

typedef struct
{
  const char *locale; /* as WSO2 stores it: de_DE */
  const char *country;
  const char *country_code;
  const char *city;
  const char *postal_code;
  const char *street;
  const char *time_zone;
  const char *dial; /* what a phone number begins with; four digits follow */
  gboolean family_first;
  RosterServiceName given[ROSTER_SERVICE_N_NAMES];
  RosterServiceName family[ROSTER_SERVICE_N_NAMES];
} RosterServiceCulture;

typedef struct
{
  const char *title;
  const char *department;
  const char *cost_center;
} RosterServiceJob;

/* People with fixed names come first in every directory. */
typedef struct
{
  const char *given;
  const char *family;
  const char *display;
  const char *latin;
  const char *country_code;
  char state; /* see roster_service_person_state */
} RosterServiceKnownPerson;

const RosterServiceCulture *roster_service_get_culture (guint position, guint *n);
const RosterServiceJob *roster_service_get_job (guint position, guint *n);
const RosterServiceKnownPerson *roster_service_get_known_person (guint position, guint *n);

G_END_DECLS
