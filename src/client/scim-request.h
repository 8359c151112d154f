/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-client.h"

G_BEGIN_DECLS

/* What is sent. Immutable and refcounted once it is handed over. */
typedef struct
{
  const char *method; /* static */
  GUri *uri;
  char *label;              /* for the log: neither ids nor values */
  const char *accept;       /* static */
  const char *content_type; /* static; nullable without body */
  GBytes *body;             /* nullable */
  char *if_match;           /* nullable */
  ScimPriority priority;
  gsize max_bytes; /* of a successful answer, decoded */
  guint seconds;   /* for the whole message */
  gboolean secret; /* the answer is wiped when it is freed */
} ScimRequest;

typedef struct
{
  guint status;
  char *content_type; /* nullable; without parameters */
  char *location;     /* nullable */
  int retry_after;    /* seconds; -1: not said */
  GBytes *body;       /* never NULL; empty for an error answer above 1 MB */
} ScimAnswer;

ScimRequest *scim_request_new (const char *method, GUri *uri, const char *label);
ScimRequest *scim_request_ref (ScimRequest *self);
void scim_request_unref (ScimRequest *self);
/* FALSE: it changes something, and is sent once. */
gboolean scim_request_is_get (const ScimRequest *self);

/* message: that was answered. body: taken. */
struct _SoupMessage;
ScimAnswer *scim_answer_new (struct _SoupMessage *message, GBytes *body);
void scim_answer_free (ScimAnswer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimRequest, scim_request_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScimAnswer, scim_answer_free)

G_END_DECLS
