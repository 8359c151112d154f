/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/roster-test-server.h"

G_BEGIN_DECLS

/* A service as simple as can be: the answers are the test's own words. */
typedef struct
{
  guint status;
  const char *body; /* nullable */
} ScimDoubleAnswer;

typedef struct
{
  RosterTestServer *server;
  ScimDoubleAnswer token, config, schemas, users; /* status 0: 404 */
  guint n_users;                                  /* made up for /Users, when users.status is 0 */
  gboolean hold_users;
  RosterTestExchange *held; /* borrowed: the last request for users while hold_users */
} ScimDouble;

void scim_double_set_up (ScimDouble *self);
void scim_double_tear_down (ScimDouble *self);
/* Answers what was held. */
void scim_double_release (ScimDouble *self);

/* A /Schemas answer in which urn:scim:wso2:schema is. */
extern const char scim_double_wso2_schemas[];

G_END_DECLS
