/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-auth.h"
#include "service-people.h"
#include "service-record.h"
#include "service-users.h"

#include "scim/scim-patch.h"

G_BEGIN_DECLS

typedef struct _RosterService RosterService;
typedef struct _RosterServiceFaults RosterServiceFaults; /* service-fault.h */

/* What makes this service speak like one family of services or another. */
typedef struct
{
  const char *name;
  const char *base_path;  /* of SCIM */
  const char *token_path; /* of the token endpoint */

  gboolean etags;            /* versions, If-Match, If-None-Match */
  gboolean sorts;            /* sortBy; otherwise 501 */
  gboolean needs_scopes;     /* verbs need the scopes of their token */
  gboolean strict_headers;   /* WSO2's reading of Accept and Content-Type: 406 */
  gboolean omits_empty;      /* no `Resources` in an empty list */
  guint default_count;       /* rows when `count` is not said */
  guint max_count;           /* 0: no limit */
  const char *const *always; /* attributes that `attributes` cannot leave out; ended by NULL */

  void (*write_person) (GString *out,
                        RosterServicePeople *people,
                        const RosterServicePerson *person);
  /* The user whose profile is full of what must survive. */
  void (*write_edge_case) (GString *out, const char *id);
  char *(*write_schemas) (void);
  char *(*write_config) (void);

  /* Errors: SCIM_ERROR_INVALID_FILTER, SCIM_ERROR_SERVER, SCIM_ERROR_NOT_IMPLEMENTED. */
  ScimFilter *(*parse_filter) (const char *text, GError **error);
  /* The operations as scim_patch_apply() shall see them. */
  ScimPatch *(*prepare_patch) (RosterService *service,
                               ScimPatch *patch,
                               ScimResource *resource,
                               GError **error);
  /* After a change: what the service does of its own. */
  ScimResource *(*finish_change) (RosterService *service,
                                  ScimResource *before,
                                  ScimResource *after,
                                  gboolean has_new_password,
                                  GError **error);
} RosterServicePersonality;

extern const RosterServicePersonality roster_service_rfc;
extern const RosterServicePersonality roster_service_wso2;

struct _RosterService
{
  const RosterServicePersonality *personality;
  RosterServiceUsers *users;
  RosterServiceAuth *auth;
  RosterServiceFaults *faults;
  RosterServiceRecord *record;
  guint seed;
  char *schemas_document;
  ScimSchemas *schemas;      /* the same, read */
  gboolean invitation_locks; /* otherwise an invitation is accepted and does nothing */
};

RosterService *roster_service_new (const RosterServicePersonality *personality,
                                   RosterServiceAuth *auth,
                                   gboolean invitation_locks,
                                   guint seed);
/* Invents n users; the last of two or more is `edge.case`. */
void roster_service_populate (RosterService *self, guint n);
/* As roster_service_faults_set_plan(); what the old plan did to tokens is over. */
gboolean roster_service_set_fault_plan (RosterService *self, const char *plan, GError **error);
void roster_service_free (RosterService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterService, roster_service_free)

G_END_DECLS
