/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request on its way to an answer. */
typedef struct
{
  RosterService *service;
  SoupServerMessage *message;
  const char *method;
  GHashTable *query; /* nullable: decoded names and values */
  char *base_url;    /* scheme, host, port and SCIM path */
  char *path;        /* below the SCIM path, as it was sent; "token"; NULL: anywhere else */
  GBytes *body;      /* nullable: stands in for the body that was sent */
  RosterServiceEntry *entry;
} RosterServiceRequest;

/* Serves `self` at `server`, which must not outlive it. */
void roster_service_http_attach (RosterService *self, SoupServer *server);

/* The answer that the service should give. */
void roster_service_request_handle (const RosterServiceRequest *self);

const char *roster_service_request_get_query (const RosterServiceRequest *self, const char *name);
const char *roster_service_request_get_header (const RosterServiceRequest *self, const char *name);
void roster_service_request_set_header (const RosterServiceRequest *self,
                                        const char *name,
                                        const char *value);
/* FALSE, with the answer given, when the token lacks the scope. */
gboolean roster_service_request_allows (const RosterServiceRequest *self, guint scope);
/* The user of /Users/{id}; NULL where there is none. */
RosterServiceUser *roster_service_request_find_user (const RosterServiceRequest *self);
GBytes *roster_service_request_dup_body (const RosterServiceRequest *self);
/* The body of the request; NULL, with the answer given, when it is no JSON object. */
ScimResource *roster_service_request_read (const RosterServiceRequest *self);

/* Answers; a later one takes the place of an earlier one. text: JSON, taken. */
void roster_service_respond (const RosterServiceRequest *self, guint status, GString *text);
void roster_service_respond_bytes (const RosterServiceRequest *self, guint status, GBytes *bytes);
void roster_service_respond_nothing (const RosterServiceRequest *self, guint status);
void roster_service_respond_failure (const RosterServiceRequest *self,
                                     guint status,
                                     const char *scim_type,
                                     const char *detail);
/* A SCIM_ERROR as RFC 7644 section 3.12 has it. */
void roster_service_respond_error (const RosterServiceRequest *self, const GError *error);
/* An error of the token endpoint (RFC 6749 section 5.2). */
void roster_service_respond_token_error (const RosterServiceRequest *self,
                                         guint status,
                                         const char *code,
                                         const char *description);
/* The body of the answer so far, and another one in its place. */
GBytes *roster_service_request_dup_answer (const RosterServiceRequest *self);
void roster_service_request_replace_answer (const RosterServiceRequest *self, GBytes *bytes);

/* service-list.c, service-one.c, service-discovery.c, service-token.c */
void roster_service_handle_list (const RosterServiceRequest *request);
void roster_service_handle_user (const RosterServiceRequest *request, const char *id);
void roster_service_handle_me (const RosterServiceRequest *request);
/* FALSE when the path is none of discovery's. */
gboolean roster_service_handle_discovery (const RosterServiceRequest *request, const char *path);
void roster_service_handle_token (const RosterServiceRequest *request);
/* service-one.c. Stores what a change by PATCH, PUT or somebody else made of the user, all or
 * nothing. Errors: those of SCIM_ERROR that respond_error() knows. */
gboolean roster_service_change_user (RosterService *service,
                                     RosterServiceUser *user,
                                     ScimResource *after,
                                     GError **error);

/* The user as `attributes` and `excludedAttributes` ask for it (RFC 7644 section 3.9): its own
 * bytes where they ask for nothing else. */
GBytes *roster_service_project (const RosterServiceRequest *request, const RosterServiceUser *user);

G_END_DECLS
