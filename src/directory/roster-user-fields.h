/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"
#include "scim/scim-account.h"

G_BEGIN_DECLS

/* Which fields of a user the index holds, and how they are taken from a resource: those that are
 * searched, what the table always shows, and every chosen column. Immutable and refcounted: worker
 * threads extract with it while the main thread may already have a newer one. */
typedef struct _RosterUserFields RosterUserFields;

/* Keys of fields that are no attribute's path. */
#define ROSTER_KEY_TITLE  ""        /* the name for people, as a RosterColumn names it */
#define ROSTER_KEY_STORE  "#store"  /* "DEFAULT" of "DEFAULT/kim@x.org" */
#define ROSTER_KEY_STATUS "#status" /* for sorting: exceptions first */

/* columns: paths of the chosen columns. schemas: to tell dates and booleans. */
RosterUserFields *roster_user_fields_new (ScimSchemas *schemas, const char *const *columns);
RosterUserFields *roster_user_fields_ref (RosterUserFields *self);
void roster_user_fields_unref (RosterUserFields *self);

const RosterFieldSpec *roster_user_fields_get_specs (RosterUserFields *self, guint *n);
/* G_MAXUINT when the layout does not hold it. path: of a RosterColumn, "" for the name. */
guint roster_user_fields_find (RosterUserFields *self, const char *path);
/* Does this layout hold all fields of the other, with the same meaning? */
gboolean roster_user_fields_covers (RosterUserFields *self, RosterUserFields *other);

/* A RosterExtract; user_data is the RosterUserFields. Any thread. The flags are a
 * ScimAccountStatus. */
guint32 roster_user_fields_extract (const ScimResource *user, char **values, gpointer user_data);
/* What the table shows for an indexed text: the first of several values, dates and booleans in the
 * locale's form. */
char *roster_user_fields_format (RosterUserFields *self, guint field, const char *text);
/* TRUE when the indexed text is shown as it is, so that format() need not be called. */
gboolean roster_user_fields_is_plain (RosterUserFields *self, guint field, const char *text);
/* All rows of a snapshot of the layout `from`, for an index of this one: fields that `from` does
 * not hold stay empty until the service is read again. Any thread. */
RosterBatch *roster_user_fields_convert (RosterUserFields *self,
                                         RosterUserFields *from,
                                         RosterSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterUserFields, roster_user_fields_unref)

G_END_DECLS
