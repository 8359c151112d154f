/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-http.h"

G_BEGIN_DECLS

/* The fault plan: what goes wrong with which requests. roster_service_faults_dup_help() describes
 * the language. The same seed, plan and order of requests give the same faults. */
typedef struct _RosterServiceFaultRule RosterServiceFaultRule;

RosterServiceFaults *roster_service_faults_new (guint seed);
void roster_service_faults_free (RosterServiceFaults *self);
/* Replaces the plan and starts counting and chance anew; an empty one ends all faults. On an error
 * the old plan stays. Errors: G_IO_ERROR_INVALID_ARGUMENT, in words for people. */
gboolean roster_service_faults_set_plan (RosterServiceFaults *self,
                                         const char *plan,
                                         GError **error);
/* Whether connections are to be refused. */
gboolean roster_service_faults_refuses (RosterServiceFaults *self);
char *roster_service_faults_dup_help (void);

/* The rule that hits this request, which counts it; NULL: none. Borrowed until the next plan. */
const RosterServiceFaultRule *roster_service_faults_pick (RosterServiceFaults *self,
                                                          const RosterServiceRequest *request);
const char *roster_service_fault_rule_get_name (const RosterServiceFaultRule *self); /* static */
/* Answers in place of roster_service_request_handle(), or around it. */
void roster_service_fault_rule_run (const RosterServiceFaultRule *self,
                                    RosterServiceRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceFaults, roster_service_faults_free)

G_END_DECLS
