/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-fixture.h"
#include "directory/roster-directory.h"
#include "support/roster-test-server.h"
#include "support/roster-test-wait.h"

G_BEGIN_DECLS

/* A service with one user (tests/app/data), its open directory, and what it was asked to write. It
 * understands no patch: the user is what `user` says. */
typedef struct
{
  RosterTestServer *server;
  RosterConnection *connection;
  RosterDirectory *directory;
  char *schemas;
  char *user;         /* what GET /Users/{id} answers; NULL: 404 */
  char *user_patched; /* nullable: what `user` becomes with a PATCH */
  guint patch_status;
  char *patch_answer;  /* nullable: the body for a status that is not 200 */
  char *patch_body;    /* of the last PATCH; nullable */
  guint delete_status; /* 204 */
  guint n_deleted;
  gboolean silent; /* GET /Users/{id} is not answered */
} ProfileFixture;

#define PROFILE_USER_ID   "6f1d0c52-8a1e-4c0b-9a55-2f07d3f0a001"
#define PROFILE_USER_NAME "DEFAULT/mariam.haddad"

/* The text of tests/app/data/NAME. */
char *profile_fixture_load_text (const char *name);
ProfileFixture *profile_fixture_new (void);
void profile_fixture_free (ProfileFixture *self);
RosterProfile *profile_fixture_load (ProfileFixture *self);
/* A copy of `user` in which a part is something else. */
char *profile_fixture_dup_replaced (ProfileFixture *self, const char *part, const char *by);

/* The first widget at or below root of that type whose buildable id, label, icon or row title is
 * name (nullable: any). */
GtkWidget *profile_find (GtkWidget *root, GType type, const char *name);
void profile_wait_mapped (GtkWidget *widget, gboolean mapped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfileFixture, profile_fixture_free)

G_END_DECLS
