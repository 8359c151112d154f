/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "directory/roster-attributes.h"
#include "directory/roster-draft.h"

G_BEGIN_DECLS

/* The form of a profile without a widget: groups of fields, built once per schemas and choice and
 * bound to one draft after another. Widgets show exactly this and nothing else. */

typedef enum
{
  ROSTER_FIELD_KIND_TEXT,
  ROSTER_FIELD_KIND_NUMBER,    /* integer or decimal; the text is what was typed */
  ROSTER_FIELD_KIND_BOOLEAN,   /* text is "true", "false" or "" */
  ROSTER_FIELD_KIND_DATE,      /* "2026-11-22", or a dateTime shown in the locale's form */
  ROSTER_FIELD_KIND_CHOICE,    /* get_choices */
  ROSTER_FIELD_KIND_REFERENCE, /* read-only for now: the manager's name, a URL */
  ROSTER_FIELD_KIND_JSON,      /* what cannot be edited yet, shown whole, read-only */
} RosterFieldKind;

/* One row. Properties, all with notify: "text" (string, read-write: what the person sees and
 * types), "changed" (boolean), "was" (string, nullable: the old value of a changed field, "" for
 * none), "problem" (string, nullable, translated: why it is invalid), "editable" (boolean),
 * "visible" (boolean: empty read-only fields are not). For values of a multi-valued attribute also
 * "type-text" (string, read-write, nullable), "primary" (boolean, read-write), "has-primary" and
 * "verified" (boolean). "choices" and "types" (GStrv) are told when the lists change: a value that
 * is in none of them is added at the end. Re-binding tells only what is different; what a widget
 * sets again comes to rest at once. */
#define ROSTER_TYPE_FIELD (roster_field_get_type ())
G_DECLARE_FINAL_TYPE (RosterField, roster_field, ROSTER, FIELD, GObject)

const char *roster_field_get_label (RosterField *self); /* translated; the accessible name */
const char *roster_field_get_path (RosterField *self);  /* of the attribute */
RosterFieldKind roster_field_get_kind (RosterField *self);
gboolean roster_field_get_required (RosterField *self);
gboolean roster_field_get_editable (RosterField *self);
const char *roster_field_get_read_only_reason (
  RosterField *self);                                  /* nullable, translated: a tooltip */
const char *roster_field_get_text (RosterField *self); /* never NULL */
void roster_field_set_text (RosterField *self, const char *text);
gboolean roster_field_get_changed (RosterField *self);
const char *roster_field_get_was (RosterField *self);
const char *roster_field_get_problem (RosterField *self);
gboolean roster_field_get_visible (RosterField *self);
void roster_field_put_back (RosterField *self);
/* Values and their labels, as long as each other; NULL unless CHOICE. The first may be "" (none).
 */
const char *const *roster_field_get_choices (RosterField *self);
const char *const *roster_field_get_choice_labels (RosterField *self);
/* Of a value of a multi-valued attribute: */
gboolean roster_field_is_value (RosterField *self);
const char *roster_field_get_type_text (RosterField *self); /* nullable: it has no type */
void roster_field_set_type_text (RosterField *self, const char *type);
const char *const *roster_field_get_types (
  RosterField *self); /* nullable: canonical types and labels */
const char *const *roster_field_get_type_labels (RosterField *self);
gboolean roster_field_has_primary (RosterField *self);
gboolean roster_field_get_primary (RosterField *self);
void roster_field_set_primary (RosterField *self, gboolean primary); /* exactly one stays */
gboolean roster_field_get_verified (RosterField *self);
void roster_field_remove (RosterField *self); /* the value goes; put back from the group */
/* May this value be removed? FALSE for fields that are no values, and read-only ones. */
gboolean roster_field_can_remove (RosterField *self);

/* A group: a GListModel of RosterField. Addresses: each address is several fields (street, postal
 * code, city …) of which the first carries type, primary and remove. */
#define ROSTER_TYPE_FIELD_GROUP (roster_field_group_get_type ())
G_DECLARE_FINAL_TYPE (RosterFieldGroup, roster_field_group, ROSTER, FIELD_GROUP, GObject)

typedef enum
{
  ROSTER_GROUP_ATTRIBUTES, /* a schema's simple attributes */
  ROSTER_GROUP_VALUES,     /* one multi-valued attribute: add and remove */
  ROSTER_GROUP_ACCOUNT,    /* read-only data of the service, last before the danger zone */
  ROSTER_GROUP_OTHER,      /* attributes that no schema knows, read-only */
} RosterGroupKind;

RosterGroupKind roster_field_group_get_kind (RosterFieldGroup *self);
const char *roster_field_group_get_title (RosterFieldGroup *self); /* translated */
gboolean roster_field_group_can_add (RosterFieldGroup *self);
const char *roster_field_group_get_add_label (
  RosterFieldGroup *self); /* translated: "Add E-mail Address" */
/* Adds an empty value and returns its first field, borrowed; NULL when it cannot. An added value
 * that stays empty is not written. */
RosterField *roster_field_group_add (RosterFieldGroup *self);
/* Values that were removed: property "n-removed" (guint, notify), put back together. Also a
 * property: "can-add" (boolean, notify). */
guint roster_field_group_get_n_removed (RosterFieldGroup *self);
void roster_field_group_put_back (RosterFieldGroup *self);

/* The form: a GListModel of RosterFieldGroup (those with a visible field or that can add). */
#define ROSTER_TYPE_FORM (roster_form_get_type ())
G_DECLARE_FINAL_TYPE (RosterForm, roster_form, ROSTER, FORM, GObject)

RosterForm *roster_form_new (ScimSchemas *schemas, RosterAttributes *attributes);
/* draft: nullable (nobody selected). editable: FALSE shows everything read-only, with the reason.
 */
void roster_form_bind (RosterForm *self, RosterDraft *draft, gboolean editable, const char *reason);

G_END_DECLS
