/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "support/roster-test-service.h"

G_BEGIN_DECLS

/* The text at a place in a JSON document, read with json-glib and not with the service's own code:
 * "Resources/0/userName". Numbers and booleans as text; NULL when there is nothing, "[n]" for an
 * array of n, "{}" for an object. Slashes, since URNs hold dots and colons. */
char *service_test_get (const char *json, const char *place);
/* Asserts what stands at a place; NULL: nothing. */
#define service_test_assert(json, place, expected)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = service_test_get (json, place);                                      \
                                                                                                   \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

/* The form that a request for a token is, posted by this client. authorization: nullable. */
char *service_test_ask_token (RosterTestService *service,
                              const char *authorization,
                              const char *form,
                              guint *status);
/* Authorization headers: the client's id and secret; a new token for these scopes, of which
 * `granted` (NULL: none) are given. */
char *service_test_dup_basic (RosterTestService *service);
char *service_test_fetch_bearer (RosterTestService *service,
                                 const char *scope,
                                 const char *granted);

/* The id of the only user with this name, without store. */
char *service_test_find (RosterTestService *service, const char *user_name);
/* PATCH /Users/{id} with these operations (raw, without the brackets). */
char *service_test_patch (RosterTestService *service,
                          const char *id,
                          const char *operations,
                          guint *status);
char *service_test_read (RosterTestService *service, const char *id);

G_END_DECLS
