/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* roster-service as a child of a test. It ends with the test, however that ends. */
typedef struct _RosterTestService RosterTestService;

/* Starts $ROSTER_SERVICE with --port 0, --control and these further arguments, ended by NULL:
 * roster_test_service_start ("--users", "30", "--personality", "wso2", NULL). Aborts when it does
 * not come up. */
RosterTestService *roster_test_service_start (const char *argument, ...) G_GNUC_NULL_TERMINATED;
void roster_test_service_stop (RosterTestService *self);

const char *roster_test_service_get_url (RosterTestService *self);   /* without trailing slash */
const char *roster_test_service_get_token (RosterTestService *self); /* may do everything */
const char *roster_test_service_get_token_url (RosterTestService *self);
const char *roster_test_service_get_client_id (RosterTestService *self);
const char *roster_test_service_get_client_secret (RosterTestService *self);

/* What goes wrong from now on (`roster-service --help-faults`): replaces the plan and starts its
 * counts anew; "" ends all faults. Aborts when the service refuses the plan. What a plan did to
 * users (changed, deleted, markup, …) stays; tokens that it ended live again. Mind that a plan hits
 * roster_test_service_ask(), too: end it before looking at the store. */
void roster_test_service_set_fault (RosterTestService *self, const char *plan);
/* Every request that has reached the service since its start or the last clear, as a JSON array of
 * {"method","path","query","status","fault"}: path and query as they were sent, status 0 when no
 * answer went out, fault null when none hit. */
char *roster_test_service_dup_requests (RosterTestService *self);
void roster_test_service_clear_requests (RosterTestService *self);
/* Any command of --control, and the line that answers it. Synchronous, as the three above. */
char *roster_test_service_command (RosterTestService *self, const char *command);

/* One request, synchronous, on a context of its own; redirects are not followed.
 * authorization: nullable, see the two functions below. body: nullable; sent as
 * application/scim+json unless `headers` (nullable: name, value, …, NULL) say otherwise.
 * Returns the body of the answer, "" when it is empty; *status (nullable out) is 0 when there was
 * no answer. */
char *roster_test_request_with (const char *method,
                                const char *url,
                                const char *authorization,
                                const char *const *headers,
                                const char *body,
                                guint *status);
char *roster_test_request (
  const char *method, const char *url, const char *authorization, const char *body, guint *status);
/* As roster_test_request() with the service's token; path begins at the SCIM base: "/Users". */
char *roster_test_service_ask (
  RosterTestService *self, const char *method, const char *path, const char *body, guint *status);

/* Values of an Authorization header. */
char *roster_test_bearer (const char *token);
char *roster_test_basic (const char *user_name, const char *password);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterTestService, roster_test_service_stop)

G_END_DECLS
