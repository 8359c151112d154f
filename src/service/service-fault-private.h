/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service-fault.h"

G_BEGIN_DECLS

typedef enum
{
  ROSTER_SERVICE_FAULT_ANYWHERE,
  ROSTER_SERVICE_FAULT_SCIM, /* not the token endpoint */
  ROSTER_SERVICE_FAULT_LIST, /* /Users */
  ROSTER_SERVICE_FAULT_USER, /* /Users/{id} */
} RosterServiceFaultPlace;

/* The requests that a kind of fault can concern at all. */
typedef struct
{
  const char *words;          /* for the help and errors */
  const char *const *methods; /* NULL: any */
  RosterServiceFaultPlace place;
} RosterServiceFaultScope;

/* Reads rule->argument (NULL when none was given). */
typedef gboolean RosterServiceFaultRead (RosterServiceFaultRule *rule, GError **error);
/* Answers a request. */
typedef void RosterServiceFaultRun (const RosterServiceFaultRule *rule,
                                    RosterServiceRequest *request);

typedef struct
{
  const char *name;
  const char *argument; /* as the help shows it, from its colon; NULL: it takes none */
  const char *words;    /* what happens */
  const RosterServiceFaultScope *scope;
  RosterServiceFaultRun *run;   /* NULL: this is no matter of single requests */
  RosterServiceFaultRead *read; /* NULL: it takes no argument */
  gint64 min, max;              /* of an argument that is a number */
  /* Requests that are spared although they match; nullable. */
  gboolean (*spares) (const RosterServiceFaultRule *rule, const RosterServiceRequest *request);
} RosterServiceFaultKind;

/* What status:… asks for. */
typedef struct
{
  guint code;
  int body;           /* its form */
  guint retry_after;  /* seconds */
  gboolean has_after; /* as seconds */
  gboolean has_date;  /* as an HTTP date */
} RosterServiceFaultStatus;

struct _RosterServiceFaultRule
{
  const RosterServiceFaultKind *kind;
  char *argument; /* nullable */
  gint64 number;
  RosterServiceFaultStatus status;
  char *method;       /* nullable: any */
  GPatternSpec *path; /* nullable: any */
  gboolean token;     /* the token endpoint alone */
  guint after;
  guint times;
  guint chance; /* percent */
  guint n_matched;
  guint n_hit;
};

/* service-fault-kinds.c; NULL: there is no such kind. */
const RosterServiceFaultKind *roster_service_fault_kind_find (const char *name);

/* service-fault-plan.c. The rules of a plan, none for an empty one. */
GPtrArray *roster_service_fault_plan_parse (const char *text, GError **error);
/* Arguments: a whole number within the bounds of the kind. */
RosterServiceFaultRead roster_service_fault_read_number;
/* FALSE, with an error that begins with the kind. */
gboolean roster_service_fault_refuse (const RosterServiceFaultRule *rule,
                                      GError **error,
                                      const char *format,
                                      ...) G_GNUC_PRINTF (3, 4);

/* service-fault-transport.c: what happens to the connection. */
RosterServiceFaultRun roster_service_fault_delay;
RosterServiceFaultRun roster_service_fault_stall;
RosterServiceFaultRun roster_service_fault_stall_body;
RosterServiceFaultRun roster_service_fault_drop;
RosterServiceFaultRun roster_service_fault_drop_headers;
RosterServiceFaultRun roster_service_fault_drop_body;
RosterServiceFaultRun roster_service_fault_long_body;
RosterServiceFaultRun roster_service_fault_lose_answer;

/* service-fault-answer.c: another answer than the right one. */
RosterServiceFaultRead roster_service_fault_read_status;
RosterServiceFaultRun roster_service_fault_status;
RosterServiceFaultRun roster_service_fault_error_200;
RosterServiceFaultRead roster_service_fault_read_type;
RosterServiceFaultRun roster_service_fault_type;
RosterServiceFaultRead roster_service_fault_read_redirect;
gboolean roster_service_fault_spares_redirected (const RosterServiceFaultRule *rule,
                                                 const RosterServiceRequest *request);
RosterServiceFaultRun roster_service_fault_redirect;
RosterServiceFaultRun roster_service_fault_truncated;

/* service-fault-body.c: the JSON of the answer. */
RosterServiceFaultRun roster_service_fault_wrong_types;
RosterServiceFaultRead roster_service_fault_read_missing;
RosterServiceFaultRun roster_service_fault_missing;
RosterServiceFaultRun roster_service_fault_deep;
/* The answer as JSON; NULL when it is none. */
ScimJson *roster_service_fault_read_answer (const RosterServiceRequest *request);
/* Takes `text`. */
void roster_service_fault_replace_json (const RosterServiceRequest *request, GString *text);
/* The answer up to the value of a member that it does not really have; *tail (static) ends it. */
GString *roster_service_fault_open_padding (const RosterServiceRequest *request, const char **tail);

/* service-fault-stream.c: too much of it. */
RosterServiceFaultRun roster_service_fault_bomb;
RosterServiceFaultRun roster_service_fault_huge;

/* service-fault-list.c: pages and ids. */
RosterServiceFaultRun roster_service_fault_wrong_total;
RosterServiceFaultRun roster_service_fault_same_page;
RosterServiceFaultRun roster_service_fault_endless;
RosterServiceFaultRun roster_service_fault_duplicate_ids;
RosterServiceFaultRun roster_service_fault_odd_ids;

/* service-fault-names.c: hostile text. */
RosterServiceFaultRun roster_service_fault_markup;
RosterServiceFaultRun roster_service_fault_long_names;

/* service-fault-store.c: what is stored is not what was meant. */
RosterServiceFaultRun roster_service_fault_expire;
RosterServiceFaultRead roster_service_fault_read_changed;
RosterServiceFaultRun roster_service_fault_changed;
RosterServiceFaultRun roster_service_fault_deleted;
RosterServiceFaultRun roster_service_fault_ignore_write;
RosterServiceFaultRun roster_service_fault_half_write;

/* service-fault-wipe.c */
RosterServiceFaultRun roster_service_fault_wipe_siblings;

G_END_DECLS
