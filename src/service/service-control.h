/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-listen.h"
#include "service.h"

G_BEGIN_DECLS

/* Commands on standard input, one a line, each answered by one line on standard output:
 *   fault PLAN   → ok, or error WORDS
 *   requests     → the record as a JSON array
 *   clear        → ok: the record is empty
 * Anything else is an error. */
typedef struct _RosterServiceControl RosterServiceControl;

/* end: called when the input ends. service and door are borrowed. */
RosterServiceControl *roster_service_control_new (RosterService *service,
                                                  RosterServiceDoor *door,
                                                  GSourceFunc end,
                                                  gpointer user_data);
void roster_service_control_free (RosterServiceControl *self);

/* A plan is in force: the door follows it. Errors: the plan's, or those of opening the door. */
gboolean roster_service_control_set_plan (RosterService *service,
                                          RosterServiceDoor *door,
                                          const char *plan,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceControl, roster_service_control_free)

G_END_DECLS
