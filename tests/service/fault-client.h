/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-test.h"

G_BEGIN_DECLS

/* An answer as its bytes: no HTTP library stands between the test and the service. */
typedef struct
{
  char *head;    /* status line and headers, as far as they came */
  GString *body; /* what came after them */
} FaultAnswer;

/* One request on a connection of its own, with the service's token; path begins at the SCIM base;
 * body: nullable. Reads until the service closes the connection, which it is asked to do. */
FaultAnswer *fault_client_send (RosterTestService *service,
                                const char *method,
                                const char *path,
                                const char *body);
/* The same, where the service leaves the connection open and falls silent. */
FaultAnswer *fault_client_send_stalled (RosterTestService *service,
                                        const char *method,
                                        const char *path,
                                        const char *body);
void fault_answer_free (FaultAnswer *self);
/* 0 when there is none. */
guint fault_answer_get_status (const FaultAnswer *self);
/* Owned; NULL when there is no such header. */
char *fault_answer_dup_header (const FaultAnswer *self, const char *name);

/* The service with a few users, in this personality ("rfc", "wso2"). */
RosterTestService *fault_service_new (const char *personality);
/* The path of one user: "/Users/…". */
char *fault_service_dup_user (RosterTestService *service, guint position);
/* A PatchOp with these operations (raw, without the brackets). */
char *fault_patch_body (const char *operations);
/* Ends all faults and asserts what stands at a place of the user; NULL: nothing, or no user. */
void fault_service_assert_stored (RosterTestService *service,
                                  const char *path,
                                  const char *place,
                                  const char *expected);
/* Asserts the last request that the service has seen: its status, and its fault (nullable). */
void fault_service_assert_last (RosterTestService *service,
                                const char *method,
                                const char *status,
                                const char *fault);
guint fault_service_count_requests (RosterTestService *service);

/* One test for each personality: /service/fault/NAME/rfc and …/wso2. */
void fault_test_add (const char *name, GTestDataFunc function);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultAnswer, fault_answer_free)

G_END_DECLS
