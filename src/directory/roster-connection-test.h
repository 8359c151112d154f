/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-connection.h"

G_BEGIN_DECLS

/* One step of the test: "title", "finding" (nullable), "fix" (nullable: how to mend it, several
 * sentences), "state" (int), all with notify, translated. */
#define ROSTER_TYPE_TEST_STEP (roster_test_step_get_type ())
G_DECLARE_FINAL_TYPE (RosterTestStep, roster_test_step, ROSTER, TEST_STEP, GObject)

typedef enum
{
  ROSTER_STEP_WAITING,
  ROSTER_STEP_RUNNING,
  ROSTER_STEP_OK,
  ROSTER_STEP_WARNING, /* something will be off; connecting goes on */
  ROSTER_STEP_FAILED,
} RosterStepState;

const char *roster_test_step_get_title (RosterTestStep *self);
const char *roster_test_step_get_finding (RosterTestStep *self);
const char *roster_test_step_get_fix (RosterTestStep *self);
RosterStepState roster_test_step_get_state (RosterTestStep *self);

/* The test of a new connection, a GListModel of RosterTestStep: Address, Sign-in, Permissions,
 * Users, Attributes, Passwords. It changes nothing on the service. It learns the dialect
 * (urn:scim:wso2:schema in /Schemas, preset Other) and puts it into the connection.
 * Property "can-connect" (boolean, notify): no step failed and the needed ones are through.
 * Property "running" (boolean, notify). */
#define ROSTER_TYPE_CONNECTION_TEST (roster_connection_test_get_type ())
G_DECLARE_FINAL_TYPE (
  RosterConnectionTest, roster_connection_test, ROSTER, CONNECTION_TEST, GObject)

RosterConnectionTest *roster_connection_test_new (void);
/* Starts again from the first step; a run under way is cancelled. secret: nullable. */
void roster_connection_test_start (RosterConnectionTest *self,
                                   RosterConnection *connection,
                                   const char *secret);
/* Cancels and puts all steps back to waiting. */
void roster_connection_test_reset (RosterConnectionTest *self);
gboolean roster_connection_test_get_can_connect (RosterConnectionTest *self);
gboolean roster_connection_test_get_running (RosterConnectionTest *self);

G_END_DECLS
