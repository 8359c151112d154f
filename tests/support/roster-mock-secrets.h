/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A Secret Service with one collection and at most one item, whose prompts are answered as the test
 * says. Runs on the thread-default main context; sessions are plain. */
typedef struct _RosterMockSecrets RosterMockSecrets;

typedef enum
{
  ROSTER_MOCK_PROMPT_ACCEPT,
  ROSTER_MOCK_PROMPT_DISMISS,
  ROSTER_MOCK_PROMPT_IN_VAIN, /* the prompt ends well, and the keyring stays locked */
  ROSTER_MOCK_PROMPT_NONE,    /* the service does not even ask */
} RosterMockPrompt;

RosterMockSecrets *roster_mock_secrets_new (const char *bus_address);
void roster_mock_secrets_free (RosterMockSecrets *self);
/* Back to an open collection without an item and prompts that are accepted. */
void roster_mock_secrets_reset (RosterMockSecrets *self);
void roster_mock_secrets_set_locked (RosterMockSecrets *self, gboolean locked);
void roster_mock_secrets_set_prompt (RosterMockSecrets *self, RosterMockPrompt prompt);
/* Some services do not show what is in a locked collection. */
void roster_mock_secrets_set_hides_locked (RosterMockSecrets *self, gboolean hides);
/* Every call is answered with this D-Bus error from now on; NULL: none. */
void roster_mock_secrets_set_error (RosterMockSecrets *self, const char *error_name);
/* id: of the connection. secret: any bytes. */
void roster_mock_secrets_put (RosterMockSecrets *self, const char *id, const char *secret);
const char *roster_mock_secrets_get_secret (RosterMockSecrets *self); /* nullable */
const char *roster_mock_secrets_get_label (RosterMockSecrets *self);  /* nullable */
guint roster_mock_secrets_get_n_prompts (RosterMockSecrets *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterMockSecrets, roster_mock_secrets_free)

G_END_DECLS
