/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-people.h"

G_BEGIN_DECLS

/* The parts of a profile that both personalities write alike. */
void roster_service_write_phones (GString *out, const RosterServicePerson *person);
void roster_service_write_address (GString *out, const RosterServicePerson *person);
void roster_service_write_work (GString *out,
                                RosterServicePeople *people,
                                const RosterServicePerson *person);
void roster_service_write_meta (GString *out,
                                const RosterServicePerson *person,
                                const char *version);
/* Members of an object that must survive every change of something else: numbers that a double
 * cannot hold, U+0000, what no schema knows. */
void roster_service_write_unknown (GString *out);

/* An address at the invented company, or at home. */
char *roster_service_person_dup_email (const RosterServicePerson *self, gboolean home);
guint roster_service_person_get_employee_number (const RosterServicePerson *self);

#define ROSTER_SERVICE_UNKNOWN_URN "urn:example:unknown:1.0:Thing"

G_END_DECLS
