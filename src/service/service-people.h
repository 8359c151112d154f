/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-people-data.h"

G_BEGIN_DECLS

typedef enum
{
  ROSTER_SERVICE_STATE_ACTIVE,
  ROSTER_SERVICE_STATE_LOCKED,
  ROSTER_SERVICE_STATE_FAILED_SIGN_INS,
  ROSTER_SERVICE_STATE_DISABLED,
  ROSTER_SERVICE_STATE_INVITED,
  ROSTER_SERVICE_STATE_RESET,
} RosterServiceState;

/* One invented person. What seed and index say is the same on every machine. */
typedef struct
{
  guint index;
  char id[37];
  const RosterServiceCulture *culture;
  const RosterServiceJob *job;
  const char *given;
  const char *family;
  char *display;
  char *login; /* unique */
  RosterServiceState state;
  gboolean secondary_store;
  gint64 created;  /* Unix seconds */
  gint64 modified; /* Unix seconds */
  guint dice;      /* 32 bits of chance for everything small */
} RosterServicePerson;

typedef struct _RosterServicePeople RosterServicePeople;

RosterServicePeople *roster_service_people_new (guint seed);
void roster_service_people_free (RosterServicePeople *self);
/* People must be asked for in the order of their index, for the user names to be the same. */
RosterServicePerson *roster_service_people_invent (RosterServicePeople *self, guint index);
void roster_service_person_free (RosterServicePerson *self);
/* The id and display name that somebody has, invented before or not. */
void roster_service_people_get_id (RosterServicePeople *self, guint index, char id[37]);
char *roster_service_people_dup_display (RosterServicePeople *self, guint index);
/* Whose index is the manager of this person; FALSE for the first ones. */
gboolean roster_service_people_get_manager (guint index, guint *manager);

/* RFC 3339, UTC, with milliseconds. */
char *roster_service_format_time (gint64 unix_seconds, guint milliseconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServicePeople, roster_service_people_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServicePerson, roster_service_person_free)

G_END_DECLS
