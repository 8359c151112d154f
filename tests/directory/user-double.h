/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-directory.h"
#include "support/roster-test-server.h"

G_BEGIN_DECLS

/* A service with one user, "u1", that fails as the test says. */
typedef struct
{
  RosterTestServer *server;
  RosterConnection *connection;
  RosterDirectory *directory;
  RosterProfile *profile;

  ScimResource *user; /* nullable: not there */
  const char *extra;  /* nullable: the answer to attributes that are asked for by name */

  /* What happens to a write: it is carried out unless ignored, or makes `becomes` of the user; then
   * the answer is `status` (0: success) with `detail`, or the connection is closed. */
  const char *meanwhile; /* nullable: what somebody else makes of the user just before the next
                          * write; "": deletes it */
  gboolean has_versions; /* If-Match is compared with meta.version, which every write counts up */
  gboolean races;        /* somebody else is faster every time: another version before each write */
  gboolean wipes;        /* who writes a part of a complex attribute loses the others */
  gboolean ignores;
  const char *becomes; /* nullable */
  guint status;
  const char *detail; /* nullable: the whole body */
  gboolean drops;
  guint later_status; /* of every GET after a write; 0: as usual */

  guint n_gets;
  guint n_writes;
  char *body;     /* of the last write */
  char *if_match; /* nullable */
} UserDouble;

/* Opens a directory on it and loads the user's profile. dialect: "rfc" or "wso2". */
void user_double_set_up (UserDouble *self, const char *dialect, const char *user);
void user_double_tear_down (UserDouble *self);
void user_double_set_user (UserDouble *self, const char *user);

/* Waited for, also on other services. */
RosterConnection *connection_new (const char *url, const char *dialect);
RosterDirectory *directory_open (RosterConnection *connection, const char *token);
RosterProfile *profile_load (RosterDirectory *directory, const char *id);
RosterOutcome *profile_update (RosterProfile *profile);
RosterOutcome *profile_repair (RosterProfile *profile);
RosterOutcome *profile_delete (RosterProfile *profile, const char *typed);
RosterOutcome *profile_invite (RosterProfile *profile);
RosterOutcome *profile_set_password (RosterProfile *profile, const char *password);
/* Types into the nth field of a path, as a window does. */
void profile_type (
  RosterProfile *profile, ScimSchemas *schemas, const char *path, guint n, const char *text);

/* The service's own value of the attribute is this raw JSON, members in any order; NULL: there is
 * none. */
void assert_at_service (UserDouble *self, const char *path, const char *raw);
/* The outcome is of that kind and its texts hold the words. */
void assert_outcome (RosterOutcome *outcome, RosterOutcomeKind kind, const char *words);

G_END_DECLS
