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

typedef struct
{
  const char *name;
  const char *argument; /* as the help shows it, from its colon; NULL: it takes none */
  const char *words;    /* what happens */
  const RosterServiceFaultScope *scope;
  /* Reads rule->argument (NULL when none was given). NULL: it takes none. */
  gboolean (*read) (RosterServiceFaultRule *rule, GError **error);
  /* Answers the request; NULL: this is no matter of single requests. */
  void (*run) (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
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
/* Arguments: a whole number; FALSE with an error that names the kind. */
gboolean roster_service_fault_read_number (RosterServiceFaultRule *rule,
                                           gint64 min,
                                           gint64 max,
                                           GError **error);
gboolean roster_service_fault_refuse (const RosterServiceFaultRule *rule,
                                      GError **error,
                                      const char *format,
                                      ...) G_GNUC_PRINTF (3, 4);

/* service-fault-transport.c: what happens to the connection. */
gboolean roster_service_fault_read_delay (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_delay (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
void roster_service_fault_stall (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
void roster_service_fault_stall_body (const RosterServiceFaultRule *rule,
                                      RosterServiceRequest *request);
void roster_service_fault_drop (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
void roster_service_fault_drop_headers (const RosterServiceFaultRule *rule,
                                        RosterServiceRequest *request);
void roster_service_fault_drop_body (const RosterServiceFaultRule *rule,
                                     RosterServiceRequest *request);
void roster_service_fault_long_body (const RosterServiceFaultRule *rule,
                                     RosterServiceRequest *request);
void roster_service_fault_lose_answer (const RosterServiceFaultRule *rule,
                                       RosterServiceRequest *request);

/* service-fault-answer.c: another answer than the right one. */
gboolean roster_service_fault_read_status (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_status (const RosterServiceFaultRule *rule,
                                  RosterServiceRequest *request);
void roster_service_fault_error_200 (const RosterServiceFaultRule *rule,
                                     RosterServiceRequest *request);
gboolean roster_service_fault_read_type (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_type (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
gboolean roster_service_fault_read_redirect (RosterServiceFaultRule *rule, GError **error);
gboolean roster_service_fault_spares_redirected (const RosterServiceFaultRule *rule,
                                                 const RosterServiceRequest *request);
void roster_service_fault_redirect (const RosterServiceFaultRule *rule,
                                    RosterServiceRequest *request);
void roster_service_fault_truncated (const RosterServiceFaultRule *rule,
                                     RosterServiceRequest *request);

/* service-fault-body.c: the JSON of the answer. */
void roster_service_fault_wrong_types (const RosterServiceFaultRule *rule,
                                       RosterServiceRequest *request);
gboolean roster_service_fault_read_missing (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_missing (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request);
gboolean roster_service_fault_read_deep (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_deep (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
/* The answer as JSON; NULL when it is none. */
ScimJson *roster_service_fault_read_answer (const RosterServiceRequest *request);
/* Takes `text`. */
void roster_service_fault_replace_json (const RosterServiceRequest *request, GString *text);
/* The answer up to the value of a member that it does not really have; *tail (static) ends it. */
GString *roster_service_fault_open_padding (const RosterServiceRequest *request, const char **tail);

/* service-fault-stream.c: too much of it. */
void roster_service_fault_bomb (const RosterServiceFaultRule *rule, RosterServiceRequest *request);
void roster_service_fault_huge (const RosterServiceFaultRule *rule, RosterServiceRequest *request);

/* service-fault-list.c: pages and ids. */
gboolean roster_service_fault_read_wrong_total (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_wrong_total (const RosterServiceFaultRule *rule,
                                       RosterServiceRequest *request);
void roster_service_fault_same_page (const RosterServiceFaultRule *rule,
                                     RosterServiceRequest *request);
void roster_service_fault_endless (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request);
void roster_service_fault_duplicate_ids (const RosterServiceFaultRule *rule,
                                         RosterServiceRequest *request);
void roster_service_fault_odd_ids (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request);

/* service-fault-names.c: hostile text. */
void roster_service_fault_markup (const RosterServiceFaultRule *rule,
                                  RosterServiceRequest *request);
void roster_service_fault_long_names (const RosterServiceFaultRule *rule,
                                      RosterServiceRequest *request);

/* service-fault-store.c: what is stored is not what was meant. */
void roster_service_fault_expire (const RosterServiceFaultRule *rule,
                                  RosterServiceRequest *request);
gboolean roster_service_fault_read_changed (RosterServiceFaultRule *rule, GError **error);
void roster_service_fault_changed (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request);
void roster_service_fault_deleted (const RosterServiceFaultRule *rule,
                                   RosterServiceRequest *request);
void roster_service_fault_ignore_write (const RosterServiceFaultRule *rule,
                                        RosterServiceRequest *request);
void roster_service_fault_half_write (const RosterServiceFaultRule *rule,
                                      RosterServiceRequest *request);
/* service-fault-wipe.c */
void roster_service_fault_wipe_siblings (const RosterServiceFaultRule *rule,
                                         RosterServiceRequest *request);

G_END_DECLS
