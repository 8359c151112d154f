/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-conflict.h"
#include "directory/roster-draft.h"

G_BEGIN_DECLS

/* The draft is the base plus a list of edits; the working copy is made from both when somebody asks
 * for it. An edit that is taken back leaves nothing behind, so that untouched bytes stay the
 * service's own. What cannot be understood as a value stays an edit (its text is kept) that is not
 * written. */
typedef struct
{
  char *key;        /* the attribute's path; in a value, the name of the sub-attribute */
  char *text;       /* what the person sees and typed */
  char *raw;        /* JSON; NULL: the attribute goes */
  gboolean valid;   /* FALSE: raw means nothing */
  gboolean implied; /* follows from another edit: neither counted nor marked */
} RosterEdit;

/* One value of a multi-valued attribute. Its identity lasts as long as the draft. */
typedef struct
{
  guint id;         /* unique among the values of its attribute; also after a discard */
  ScimNode base;    /* NONE: added here */
  gboolean removed; /* only values of the base; added ones vanish */
  GPtrArray *edits; /* RosterEdit; key "value" is the value itself where it is no object */
} RosterValue;

typedef struct
{
  char *path;
  gboolean is_complex; /* its values are objects (or ought to be) */
  GPtrArray *values;   /* RosterValue, in the base's order, added ones last */
} RosterValues;

struct _RosterDraft
{
  GObject parent_instance;

  ScimResource *base;
  ScimSchemas *schemas;
  ScimResource *target; /* nullable: made when asked for */
  GPtrArray *edits;     /* RosterEdit by path */
  GPtrArray *values;    /* RosterValues, of attributes that somebody asked for */
  guint next_id;

  guint n_changes; /* as last told */
  gboolean valid;
};

/* Edits of a list, by key (caseless); nullable. */
RosterEdit *roster_edits_find (GPtrArray *edits, const char *key);
RosterEdit *roster_edits_put (
  GPtrArray *edits, const char *key, const char *text, const char *raw, gboolean ok);
gboolean roster_edits_drop (GPtrArray *edits, const char *key);
GPtrArray *roster_edits_new (void);

/* Simple attributes. */
const RosterEdit *roster_draft_get_edit (RosterDraft *self, const char *path);
void roster_draft_edit (
  RosterDraft *self, const char *path, const char *text, const char *raw, gboolean valid);
void roster_draft_put_back (RosterDraft *self, const char *path);
/* Something changed: the working copy is made anew, counts are told. */
void roster_draft_touch (RosterDraft *self);
/* The paths of attributes that differ from the base, simple ones and whole multi-valued ones. */
GPtrArray *roster_draft_dup_edited_paths (RosterDraft *self);

/* Values of a multi-valued attribute; borrowed. */
RosterValues *roster_draft_get_values (RosterDraft *self, const char *path, gboolean is_complex);
RosterValue *roster_values_find (RosterValues *self, guint id);
RosterValue *roster_draft_add_value (RosterDraft *self, RosterValues *values);
void roster_draft_edit_value (RosterDraft *self,
                              RosterValue *value,
                              const char *key,
                              const char *text,
                              const char *raw,
                              gboolean valid);
void roster_draft_put_back_value (RosterDraft *self, RosterValue *value, const char *key);
void roster_draft_remove_value (RosterDraft *self, RosterValues *values, RosterValue *value);
guint roster_values_get_n_removed (RosterValues *self);
void roster_draft_restore_values (RosterDraft *self, RosterValues *values);
gboolean roster_value_get_primary (RosterValue *self);
/* Makes it the only primary one. Others that lose it are implied edits, taken back with this one.
 */
void roster_draft_set_primary (RosterDraft *self, RosterValues *values, RosterValue *value);
void roster_draft_unset_primary (RosterDraft *self, RosterValues *values, RosterValue *value);

void roster_values_free (RosterValues *self);
gboolean roster_values_is_edited (RosterValues *self);
guint roster_values_count (RosterValues *self);
gboolean roster_values_is_valid (RosterValues *self);
/* The whole attribute as it shall be; NULL when no value is left. */
char *roster_values_dup_raw (RosterValues *self);

/* The same edits over what the service has now. *conflicts (nullable out): the paths of attributes
 * that somebody else changed while they were edited here; what is meant stays what was typed. Edits
 * that the service already has fall away. */
RosterDraft *roster_draft_rebase (RosterDraft *self, ScimResource *fresh, GPtrArray **conflicts);
/* The same, with conflicts settled: path → RosterChoice (GINT_TO_POINTER); what is not in it stays
 * as it was typed. */
RosterDraft *roster_draft_rebase_choosing (RosterDraft *self,
                                           ScimResource *fresh,
                                           GHashTable *choices);

G_END_DECLS
