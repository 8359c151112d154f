/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-form.h"

G_BEGIN_DECLS

/* What a field is, whoever's profile is bound to it: made once per form, shared by the fields of
 * all values of an attribute. Refcounted, immutable once built. */
typedef struct
{
  gatomicrefcount ref_count;
  ScimSchemas *schemas;           /* keeps attribute alive */
  const ScimAttribute *attribute; /* nullable: common attributes and what no schema describes */
  char *path;                     /* where it is; of a value: the multi-valued attribute */
  char *alternative;              /* nullable: where else it may be */
  char *own_path;                 /* for people: with the sub-attribute of a value */
  char *label;
  RosterFieldKind kind;
  gboolean required;
  gboolean can_edit;
  gboolean in_list;  /* read-only list: several values in one line */
  gboolean is_email; /* the text is an e-mail address */
  GStrv choices;     /* nullable */
  GStrv choice_labels;

  /* Of a value of a multi-valued attribute: */
  char *key;           /* nullable: the sub-attribute that the field shows */
  gboolean is_complex; /* values are objects */
  gboolean lead;       /* the value's first field: type, primary, remove */
  gboolean has_primary;
  GStrv types; /* nullable */
  GStrv type_labels;

  GRegex *pattern; /* nullable */
} RosterFieldInfo;

/* A field of a simple attribute, or of a sub-attribute of a complex one. */
RosterFieldInfo *roster_field_info_new (ScimSchemas *schemas, const ScimAttribute *attribute);
/* One without schema: text, read-only. label is taken. */
RosterFieldInfo *roster_field_info_new_plain (ScimSchemas *schemas, const char *path, char *label);
/* The fields of one value: RosterFieldInfo, the lead first; NULL when such values are shown only
 * (the field of roster_field_info_new () shows them all). */
GPtrArray *roster_field_info_new_for_values (ScimSchemas *schemas, const ScimAttribute *attribute);
RosterFieldInfo *roster_field_info_ref (RosterFieldInfo *self);
void roster_field_info_unref (RosterFieldInfo *self);

/* What a value looks like to people. *fits (out): FALSE when it is not of the field's kind and can
 * only be shown. Never NULL. */
char *roster_field_info_dup_text (const RosterFieldInfo *self, ScimNode node, gboolean *fits);
/* Why the text cannot be written, translated; NULL when it can. */
char *roster_field_info_check (const RosterFieldInfo *self, const char *text);
/* The text as JSON, in the type that the base has; NULL: it is empty and the attribute goes. The
 * text was checked. */
char *roster_field_info_dup_raw (const RosterFieldInfo *self, ScimNode base, const char *text);

/* Words of a multi-valued attribute. */
char *roster_field_info_dup_value_label (const ScimAttribute *attribute); /* "E-mail Address" */
char *roster_field_info_dup_add_label (const ScimAttribute *attribute);   /* "Add E-mail Address" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterFieldInfo, roster_field_info_unref)

G_END_DECLS
