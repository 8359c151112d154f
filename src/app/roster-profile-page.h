/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "directory/roster-directory.h"

G_BEGIN_DECLS

/* The profile of one user: header, form, update bar, danger zone. Its actions are "profile.update"
 * (also Ctrl+S anywhere in the window), "profile.discard", "profile.reload", "profile.customize",
 * "profile.reset-password", "profile.delete", "profile.copy-user-name" and "profile.copy-id".
 *
 * Signals: "message" (const char *: a plain sentence for a toast), "user-deleted" (const char *:
 * the id of the user who is gone; the page shows nobody then). */
#define ROSTER_TYPE_PROFILE_PAGE (roster_profile_page_get_type ())
G_DECLARE_FINAL_TYPE (RosterProfilePage, roster_profile_page, ROSTER, PROFILE_PAGE, AdwBin)

GtkWidget *roster_profile_page_new (void);
/* directory: nullable. Shows nobody afterwards; changes that were not updated are gone. */
void roster_profile_page_set_directory (RosterProfilePage *self, RosterDirectory *directory);
/* Reads the user from the service and shows the profile. id: NULL shows nobody. Does not ask about
 * unsaved changes: call confirm_leave first. Does nothing for the user who is shown already. */
void roster_profile_page_show_user (RosterProfilePage *self, const char *id);
/* The user who is shown or being read; nullable, borrowed. */
const char *roster_profile_page_get_user_id (RosterProfilePage *self);
gboolean roster_profile_page_has_changes (RosterProfilePage *self);
/* Asks whether unsaved changes may go. TRUE at once when there are none; FALSE: stay. While a write
 * is under way it waits for its end first. */
void roster_profile_page_confirm_leave_async (RosterProfilePage *self,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer user_data);
gboolean roster_profile_page_confirm_leave_finish (RosterProfilePage *self,
                                                   GAsyncResult *result,
                                                   GError **error);

G_END_DECLS
