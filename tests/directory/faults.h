/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-directory.h"
#include "support/roster-test-service.h"

G_BEGIN_DECLS

/* Every operation under every fault of roster-service. What is right stands in faults-table.c and,
 * as rules, in faults-rules.c; what happens is checked by asking the service and written to a table
 * that people can read (FAULTS.md). */

/* What becomes of one kind of request that is hit. Reading: GOOD, AGAIN, BAD. Writing: the others,
 * too. */
typedef enum
{
  FAULT_GOOD,    /* the request ends as if there were no fault */
  FAULT_AGAIN,   /* tries that failed are repeated until one ends well: only where nothing was
                  * changed by those that failed */
  FAULT_BAD,     /* reading: no answer that can be used */
  FAULT_SHORT,   /* a list that ends before everybody was in it */
  FAULT_REFUSED, /* the service, or the network, says no: nothing was changed */
  FAULT_UNCLEAR, /* no answer that says anything; nothing was changed */
  FAULT_LOST,    /* no answer that says anything; the change was made */
  FAULT_IGNORED, /* said to be done, but nothing was changed */
  FAULT_HALF,    /* said to be refused, but a part was changed */
  FAULT_WIPED,   /* done, but more was changed than was asked for */
  FAULT_CHANGED, /* somebody else changed what is edited a moment before */
  FAULT_BESIDE,  /* somebody else changed something else a moment before */
  FAULT_GONE,    /* somebody else deleted the user a moment before */
} FaultEffect;

enum
{
  FAULT_ALONE = 1 << 0,      /* no matter of single requests */
  FAULT_IN_LISTS = 1 << 1,   /* concerns nothing but lists */
  FAULT_IN_WRITES = 1 << 2,  /* concerns nothing but writes */
  FAULT_IN_PATCHES = 1 << 6, /* concerns nothing but PATCH */
  FAULT_IN_BODY = 1 << 3,    /* spoils a body: DELETE has none */
  FAULT_BREAKS = 1 << 4,     /* there is no HTTP answer at all */
  FAULT_WIDE = 1 << 5,       /* tried at every place of an operation that writes */
  FAULT_IN_PERSON = 1 << 7,  /* a user's own odd names: begins before the profile is opened */
  FAULT_ENDLESS = 1 << 8,    /* only cancelling ends it */
};

typedef struct
{
  const char *name; /* for people */
  const char *kind; /* KIND[:ARG] of the plan */
  const char *rest; /* nullable: times=N and so on */
  guint traits;
  FaultEffect user; /* GET of one user */
  FaultEffect list; /* GET of the list */
  FaultEffect write;
  /* What must be said when it ends badly: the service's own words, its status, or what happened;
   * and what to do next. Both nullable. */
  const char *says;
  const char *next;
  guint second; /* what a second of waiting lasts here, in milliseconds */
} Fault;

extern const Fault fault_table[];
extern const guint fault_table_length;

/* Which requests of an operation are hit. */
typedef enum
{
  FAULT_AT_ALL,    /* every one: operations that only read */
  FAULT_AT_WRITE,  /* the write alone; what is read before and after it is right */
  FAULT_AT_BEFORE, /* what is read before the write */
  FAULT_AT_AFTER,  /* what is read after the write */
  FAULT_AT_WRITE_AND_AFTER,
  FAULT_AT_TOKEN, /* the token endpoint, when a new token is needed */
  FAULT_N_PLACES,
} FaultPlace;

/* What the service itself shows after an operation, asked without any fault. */
typedef enum
{
  FAULT_UNCHANGED,
  FAULT_MADE,   /* all of it */
  FAULT_PARTLY, /* a part of it */
  FAULT_ABSENT, /* the user is not there any more */
} FaultTruth;

typedef struct
{
  RosterOutcomeKind kind;
  FaultTruth truth;
  guint n_writes;         /* exactly, without those answered with 401 or 412 */
  gboolean kept;          /* what was typed is still there to be sent */
  gboolean next;          /* there is something to do next */
  gboolean follows_fault; /* that is what the fault's row says */
  const char *words[3];
} FaultExpected;

typedef struct
{
  char *id;
  char *user_name;
  char *display_name;
} FaultPerson;

typedef struct _FaultBench FaultBench;
typedef struct _FaultCell FaultCell;

typedef struct
{
  const char *name;    /* of the test */
  const char *heading; /* for people */
  const char *about;   /* for people: what is done, and what is hit */
  const char *personality;
  guint n_people;      /* that the service has at first */
  const char *path;    /* of the plan, where it only reads */
  const char *write;   /* nullable: the method of its write */
  guint places;        /* bits: 1 << FaultPlace */
  gboolean once;       /* doing it again does something more */
  gboolean background; /* nobody waits for it: it may be tried longer */
  gboolean parallel;   /* some of its requests go out together: their order says nothing */
  void (*set_up) (FaultBench *bench);
  void (*run) (FaultCell *cell);
  void (*tear_down) (FaultBench *bench);
} FaultOperation;

extern const FaultOperation *const fault_operations[];
extern const guint fault_operations_length;

/* One request as the service saw it. */
typedef struct
{
  char *method;
  char *path;
  char *query;
  guint status; /* 0: no answer went out */
} FaultRequest;

/* The service of one operation. */
struct _FaultBench
{
  const FaultOperation *operation;
  RosterTestService *service;
  RosterConnection *connection;
  RosterDirectory *directory; /* nullable: each cell opens its own */
  GPtrArray *people;          /* FaultPerson: active, with everything that is edited here */
  guint n_used;
  GPtrArray *rows; /* char *: finished lines of the table */
  guint n_red;
};

/* One cell under work. */
struct _FaultCell
{
  FaultBench *bench;
  const Fault *fault;
  FaultPlace place;
  const FaultPerson *person; /* nullable */
  char *id;                  /* nullable: of the person, as Roster is told */
  GPtrArray *requests;       /* FaultRequest */
  RosterOutcome *outcome;    /* nullable */
  GPtrArray *problems;       /* char * */
};

/* faults-cell.c */
FaultBench *fault_bench_new (const FaultOperation *operation);
void fault_bench_free (FaultBench *self);
FaultCell *fault_cell_new (FaultBench *bench, const Fault *fault, FaultPlace place);
void fault_cell_free (FaultCell *self);
/* Something is not as it has to be; the cell goes on, so that all of it is seen at once. */
void fault_cell_problem (FaultCell *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Lets the fault begin; ends it and takes what the service saw. */
void fault_cell_begin (FaultCell *self);
void fault_cell_end (FaultCell *self);
/* Runs the main context until it is TRUE; FALSE with a problem when that takes too long. */
gboolean fault_cell_wait (FaultCell *self, gboolean (*condition) (gpointer), gpointer user_data);
/* For one asynchronous call: its callback and data; wait for it. NULL: it did not end. */
typedef struct _FaultCall FaultCall;
FaultCall *fault_call_new (void);
void fault_call_cb (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *fault_call_wait (FaultCall *self, FaultCell *cell); /* takes; owned */
/* How often it reached the service, without those that were answered with 401 or 412, which refuse
 * it before anything is done. n_sent (out): with them. */
guint fault_cell_count (FaultCell *self, const char *method, guint *n_sent);
/* How often the same GET was sent, one after the other, at most. */
guint fault_cell_count_tries (FaultCell *self);

/* faults-rules.c */
FaultExpected fault_expect_read (const FaultCell *cell, FaultEffect effect);
FaultExpected fault_expect_open (const FaultCell *cell);
FaultExpected fault_expect_update (const FaultCell *cell);
FaultExpected fault_expect_delete (const FaultCell *cell);
FaultExpected fault_expect_invite (const FaultCell *cell);
FaultExpected fault_expect_password (const FaultCell *cell);
/* Holds the outcome, the requests and the truth against what is expected. */
void fault_check (FaultCell *cell, const FaultExpected *expected, FaultTruth truth);

/* faults-report.c */
char *fault_report_dup_row (const FaultCell *cell);
char *fault_report_dup_section (const FaultBench *bench);
char *fault_report_dup_head (void);
guint fault_count_cells (const FaultOperation *operation);
gboolean fault_is_cell (const FaultOperation *operation, const Fault *fault, FaultPlace place);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultCell, fault_cell_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultBench, fault_bench_free)

G_END_DECLS
