/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"
#include "directory/roster-connection-test.h"

G_BEGIN_DECLS

/* For the other files of this room. */

RosterTestStep *roster_test_step_new (const char *title);
/* finding and fix: nullable, taken. */
void roster_test_step_set (RosterTestStep *self, RosterStepState state, char *finding, char *fix);

/* Findings: each puts what is known, and how to mend it, into its step. */

/* error: NULL: the host answered after that many milliseconds. flags: what is wrong with the
 * certificate; 0 unless error is a TLS error. */
void roster_finding_address (RosterTestStep *step,
                             const char *url,
                             guint milliseconds,
                             GTlsCertificateFlags flags,
                             const GError *error);
/* error: NULL: accepted. lifetime: seconds of the token; 0: not said. */
void roster_finding_sign_in (RosterTestStep *step,
                             RosterSignIn sign_in,
                             guint lifetime,
                             const GError *error);
/* granted: nullable: not said. */
void roster_finding_permissions (RosterTestStep *step,
                                 const ScimDialect *dialect,
                                 const char *granted);
/* error: NULL: the page could be read. total: -1: not said. */
void roster_finding_users (RosterTestStep *step,
                           const ScimDialect *dialect,
                           gint64 total,
                           const GError *error);
/* schemas: NULL: error says why; the built-in ones are used. */
void roster_finding_attributes (RosterTestStep *step, ScimSchemas *schemas, const GError *error);
/* change_password: as in ScimServiceConfig. */
void roster_finding_passwords (RosterTestStep *step,
                               const ScimDialect *dialect,
                               int change_password);

G_END_DECLS
