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
} RosterServiceRequest;

/* Serves `self` at `server`, which must not outlive it. */
void roster_service_http_attach (RosterService *self, SoupServer *server);

const char *roster_service_request_get_query (const RosterServiceRequest *self, const char *name);
const char *roster_service_request_get_header (const RosterServiceRequest *self, const char *name);
void roster_service_request_set_header (const RosterServiceRequest *self,
                                        const char *name,
                                        const char *value);
/* FALSE, with the answer given, when the token lacks the scope. */
gboolean roster_service_request_allows (const RosterServiceRequest *self, guint scope);
/* The body of the request; NULL, with the answer given, when it is no JSON object. */
ScimResource *roster_service_request_read (const RosterServiceRequest *self);

/* Answers. text: JSON, taken. */
void roster_service_respond (const RosterServiceRequest *self, guint status, GString *text);
void roster_service_respond_bytes (const RosterServiceRequest *self, guint status, GBytes *bytes);
void roster_service_respond_failure (const RosterServiceRequest *self,
                                     guint status,
                                     const char *scim_type,
                                     const char *detail);
/* A SCIM_ERROR as RFC 7644 section 3.12 has it. */
void roster_service_respond_error (const RosterServiceRequest *self, const GError *error);

/* service-list.c, service-one.c, service-discovery.c, service-token.c */
void roster_service_handle_list (const RosterServiceRequest *request);
void roster_service_handle_user (const RosterServiceRequest *request, const char *id);
void roster_service_handle_me (const RosterServiceRequest *request);
/* FALSE when the path is none of discovery's. */
gboolean roster_service_handle_discovery (const RosterServiceRequest *request, const char *path);
void roster_service_handle_token (const RosterServiceRequest *request);

/* The user as `attributes` and `excludedAttributes` ask for it (RFC 7644 section 3.9): its own
 * bytes where they ask for nothing else. */
GBytes *roster_service_project (const RosterServiceRequest *request, const RosterServiceUser *user);

G_END_DECLS
