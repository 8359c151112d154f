/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What reached the service, for tests that count requests. Neither header values nor bodies. */
typedef struct _RosterServiceRecord RosterServiceRecord;
typedef struct _RosterServiceEntry RosterServiceEntry; /* refcounted */

RosterServiceRecord *roster_service_record_new (void);
void roster_service_record_free (RosterServiceRecord *self);
/* Nothing is kept before this. */
void roster_service_record_enable (RosterServiceRecord *self);
void roster_service_record_clear (RosterServiceRecord *self);
/* A JSON array on one line. */
char *roster_service_record_to_json (RosterServiceRecord *self);

/* A request that has come; fault: nullable. Its status follows when headers go out. */
RosterServiceEntry *roster_service_record_add (RosterServiceRecord *self,
                                               SoupServerMessage *message,
                                               const char *fault);
/* For an answer that does not go out through libsoup. */
void roster_service_entry_set_status (RosterServiceEntry *self, guint status);
RosterServiceEntry *roster_service_entry_ref (RosterServiceEntry *self);
void roster_service_entry_unref (RosterServiceEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceRecord, roster_service_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceEntry, roster_service_entry_unref)

G_END_DECLS
