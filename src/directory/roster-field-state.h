/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-draft-private.h"
#include "directory/roster-field-info.h"

G_BEGIN_DECLS

/* What a field is bound to. */
typedef struct
{
  RosterFieldInfo *info;
  ScimNode fixed;     /* NONE: found by the info's path */
  RosterDraft *draft; /* nullable */
  guint value_id;
  gboolean editable; /* the form is */
  ScimNode base;     /* in the draft's base */
  char *base_text;
  gboolean fits; /* the base is of the field's kind */
} RosterFieldBound;

/* What the properties show; compared as a whole to tell only what is different. */
typedef struct
{
  char *text;
  char *was;       /* nullable */
  char *problem;   /* nullable */
  char *type_text; /* nullable */
  gboolean changed;
  gboolean editable;
  gboolean visible;
  gboolean primary;
  gboolean has_primary;
  gboolean verified;
} RosterFieldState;

RosterValues *roster_field_bound_get_values (RosterFieldBound *self);
RosterValue *roster_field_bound_get_value (RosterFieldBound *self); /* nullable */
/* Takes a reference; draft: nullable. */
void roster_field_bound_set (RosterFieldBound *self,
                             RosterDraft *draft,
                             guint value_id,
                             gboolean editable);
void roster_field_bound_clear (RosterFieldBound *self);
/* Reads the draft as it is now into a cleared state. */
void roster_field_bound_read (RosterFieldBound *self, RosterFieldState *state);
void roster_field_state_clear (RosterFieldState *self);
char *roster_field_dup_base_type (RosterValue *value); /* nullable */

G_END_DECLS
