/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>
#include "directory/roster-connections.h"

G_BEGIN_DECLS

/* Asks for the secret of a known connection when the keyring has none. Signal "sign-in": the secret
 * was given; get_secret has it until the dialog closes, which it does right after. */
#define ROSTER_TYPE_SECRET_DIALOG (roster_secret_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RosterSecretDialog, roster_secret_dialog, ROSTER, SECRET_DIALOG, AdwWindow)

RosterSecretDialog *roster_secret_dialog_new (RosterConnection *connection, RosterKeyring keyring);
const char *roster_secret_dialog_get_secret (RosterSecretDialog *self); /* borrowed */

/* What the secret of a way to sign in is called, translated: "Client Secret", "Password", "Token".
 */
const char *roster_sign_in_get_secret_label (RosterSignIn sign_in);

G_END_DECLS
