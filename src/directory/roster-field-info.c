/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-field-info.h"

#include <glib/gi18n.h>
#include "directory/roster-labels.h"

/* A service's expression must not be able to keep the window busy. */
#define MATCH_LIMIT "(*LIMIT_MATCH=100000)"

static const struct
{
  const char *path;
  const char *label;
  const char *add;
} value_words[] = {
  { "emails", N_ ("E-mail Address"), N_ ("Add E-mail Address") },
  { "emailAddresses", N_ ("E-mail Address"), N_ ("Add E-mail Address") },
  { "phoneNumbers", N_ ("Phone Number"), N_ ("Add Phone Number") },
  { "mobileNumbers", N_ ("Mobile Number"), N_ ("Add Mobile Number") },
  { "addresses", N_ ("Address"), N_ ("Add Address") },
  { "ims", N_ ("Instant Messaging Address"), N_ ("Add Instant Messaging Address") },
  { "photos", N_ ("Photo"), N_ ("Add Photo") },
  { "entitlements", N_ ("Entitlement"), N_ ("Add Entitlement") },
  { "roles", N_ ("Role"), N_ ("Add Role") },
};

/* As an address is read, whatever order the schema has. */
static const char *const address_order[] = {
  "streetAddress", "postalCode", "locality", "region", "country", "formatted",
};

static gboolean
is_date (const ScimAttribute *attribute)
{
  if (attribute->type == SCIM_TYPE_DATE_TIME)
    return TRUE;
  if (attribute->type != SCIM_TYPE_STRING)
    return FALSE;
  return g_strcmp0 (attribute->input_type, "date_picker") == 0 ||
         g_ascii_strcasecmp (attribute->name, "dateOfBirth") == 0;
}

static gboolean
is_reference (const ScimAttribute *attribute)
{
  return attribute->type == SCIM_TYPE_COMPLEX && !attribute->multi_valued &&
         scim_attribute_get_sub (attribute, "value") != NULL &&
         (g_ascii_strcasecmp (attribute->name, "manager") == 0 ||
          scim_attribute_get_sub (attribute, "$ref") != NULL);
}

static RosterFieldKind
find_kind (const ScimAttribute *attribute)
{
  if (is_reference (attribute))
    return ROSTER_FIELD_KIND_REFERENCE;
  if (attribute->type == SCIM_TYPE_COMPLEX || attribute->type == SCIM_TYPE_BINARY)
    return ROSTER_FIELD_KIND_JSON;
  if (attribute->type == SCIM_TYPE_BOOLEAN)
    return ROSTER_FIELD_KIND_BOOLEAN;
  if (attribute->canonical_values != NULL && attribute->canonical_values[0] != NULL)
    return ROSTER_FIELD_KIND_CHOICE;
  if (attribute->type == SCIM_TYPE_INTEGER || attribute->type == SCIM_TYPE_DECIMAL)
    return ROSTER_FIELD_KIND_NUMBER;
  return is_date (attribute) ? ROSTER_FIELD_KIND_DATE : ROSTER_FIELD_KIND_TEXT;
}

/* Values and labels as long as each other, with a first "" where nothing may be chosen. */
static void
take_choices (const ScimAttribute *attribute, gboolean with_none, GStrv *values, GStrv *labels)
{
  g_autoptr (GStrvBuilder) all_values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) all_labels = g_strv_builder_new ();
  gboolean named = attribute->canonical_labels != NULL;

  if (with_none)
    {
      g_strv_builder_add (all_values, "");
      /* Translators: nothing is chosen for this attribute. */
      g_strv_builder_add (all_labels, C_ ("choice", "Not set"));
    }
  for (guint i = 0; attribute->canonical_values[i] != NULL; i++)
    {
      const char *value = attribute->canonical_values[i];
      const char *label = named ? attribute->canonical_labels[i] : NULL;
      g_autofree char *shown = label == NULL || g_strcmp0 (label, value) == 0
                                 ? roster_label_type (value)
                                 : roster_label_translate (label);

      g_strv_builder_add (all_values, value);
      g_strv_builder_add (all_labels, shown);
      named = named && attribute->canonical_labels[i + 1] != NULL;
    }
  *values = g_strv_builder_end (all_values);
  *labels = g_strv_builder_end (all_labels);
}

static RosterFieldInfo *
info_alloc (ScimSchemas *schemas, const char *path)
{
  RosterFieldInfo *self = g_new0 (RosterFieldInfo, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->schemas = scim_schemas_ref (schemas);
  self->path = g_strdup (path);
  self->own_path = g_strdup (path);
  return self;
}

/* Java's expressions are close to PCRE's; one that is not is left to the service. */
static GRegex *
compile_pattern (const char *pattern)
{
  g_autofree char *limited = NULL;

  if (pattern == NULL || *pattern == '\0')
    return NULL;
  limited = g_strconcat (MATCH_LIMIT, pattern, NULL);
  return g_regex_new (limited, G_REGEX_DEFAULT, 0, NULL);
}

static gboolean
is_writable (const ScimAttribute *attribute)
{
  return attribute->mutability == SCIM_MUTABILITY_READ_WRITE &&
         (attribute->parent == NULL || attribute->parent->mutability == SCIM_MUTABILITY_READ_WRITE);
}

/* WSO2 does not let membership be changed through users (SCIM-SERVICES section 3.6). */
static gboolean
is_assigned_elsewhere (ScimSchemas *schemas, const ScimAttribute *attribute)
{
  return scim_schemas_is_wso2 (schemas) && scim_schema_is_core_user (attribute->schema) &&
         (g_ascii_strcasecmp (attribute->name, "groups") == 0 ||
          g_ascii_strcasecmp (attribute->name, "roles") == 0);
}

static void
describe (RosterFieldInfo *self, const ScimAttribute *attribute)
{
  const ScimAttribute *whole = attribute->parent != NULL ? attribute->parent : attribute;

  self->attribute = attribute;
  self->kind = find_kind (attribute);
  self->required = attribute->required && self->key == NULL;
  self->can_edit = is_writable (attribute) && self->kind != ROSTER_FIELD_KIND_JSON &&
                   self->kind != ROSTER_FIELD_KIND_REFERENCE;
  self->is_email = g_ascii_strcasecmp (whole->name, "emails") == 0 ||
                   g_ascii_strcasecmp (whole->name, "emailAddresses") == 0;
  self->pattern = compile_pattern (attribute->pattern);
  if (self->kind == ROSTER_FIELD_KIND_CHOICE)
    take_choices (attribute, !self->required, &self->choices, &self->choice_labels);
}

RosterFieldInfo *
roster_field_info_new (ScimSchemas *schemas, const ScimAttribute *attribute)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  RosterFieldInfo *self = info_alloc (schemas, path);

  self->label = roster_label_attribute (attribute);
  describe (self, attribute);
  if (attribute->multi_valued)
    {
      self->in_list =
        self->kind != ROSTER_FIELD_KIND_JSON || attribute->mutability == SCIM_MUTABILITY_READ_ONLY;
      self->kind = self->in_list ? ROSTER_FIELD_KIND_TEXT : ROSTER_FIELD_KIND_JSON;
      self->can_edit = FALSE;
    }
  /* WSO2 renames nobody (SCIM-SERVICES section 3.5). */
  if (g_ascii_strcasecmp (path, "userName") == 0 && scim_schemas_is_wso2 (schemas))
    self->can_edit = FALSE;
  return self;
}

RosterFieldInfo *
roster_field_info_new_plain (ScimSchemas *schemas, const char *path, char *label)
{
  RosterFieldInfo *self = info_alloc (schemas, path);

  self->label = label;
  self->kind = ROSTER_FIELD_KIND_TEXT;
  return self;
}

static RosterFieldInfo *
new_part (ScimSchemas *schemas, const ScimAttribute *whole, const ScimAttribute *part)
{
  g_autofree char *path = scim_attribute_dup_path (whole);
  RosterFieldInfo *self = info_alloc (schemas, path);

  self->key = g_strdup (part == whole ? "value" : part->name);
  self->is_complex = part != whole;
  describe (self, part);
  if (part == whole || g_ascii_strcasecmp (part->name, "value") == 0)
    self->label = roster_field_info_dup_value_label (whole);
  else
    {
      self->label = roster_label_attribute (part);
      g_free (self->own_path);
      self->own_path = scim_attribute_dup_path (part);
    }
  return self;
}

static void
make_lead (RosterFieldInfo *self, const ScimAttribute *whole)
{
  const ScimAttribute *type = scim_attribute_get_sub (whole, "type");

  self->lead = TRUE;
  self->has_primary = scim_attribute_get_sub (whole, "primary") != NULL;
  if (type != NULL && type->canonical_values != NULL && type->canonical_values[0] != NULL)
    take_choices (type, FALSE, &self->types, &self->type_labels);
}

static gboolean
is_own_field (const ScimAttribute *sub)
{
  return sub->type != SCIM_TYPE_COMPLEX && sub->type != SCIM_TYPE_BINARY && !sub->multi_valued &&
         g_ascii_strcasecmp (sub->name, "type") != 0 &&
         g_ascii_strcasecmp (sub->name, "primary") != 0 &&
         g_ascii_strcasecmp (sub->name, "$ref") != 0;
}

/* A value with many parts and no `value`: an address, or a service's own. */
static void
add_parts (GPtrArray *infos, ScimSchemas *schemas, const ScimAttribute *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (address_order); i++)
    {
      const ScimAttribute *sub = scim_attribute_get_sub (attribute, address_order[i]);

      if (sub != NULL && is_own_field (sub))
        g_ptr_array_add (infos, new_part (schemas, attribute, sub));
    }
  for (guint i = 0; i < attribute->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (attribute->sub_attributes, i);
      gboolean added = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (address_order); j++)
        added = added || g_ascii_strcasecmp (sub->name, address_order[j]) == 0;
      if (!added && is_own_field (sub))
        g_ptr_array_add (infos, new_part (schemas, attribute, sub));
    }
}

GPtrArray *
roster_field_info_new_for_values (ScimSchemas *schemas, const ScimAttribute *attribute)
{
  g_autoptr (GPtrArray) infos = NULL;
  const ScimAttribute *value = scim_attribute_get_sub (attribute, "value");

  g_return_val_if_fail (attribute->multi_valued, NULL);

  if (!is_writable (attribute) || is_assigned_elsewhere (schemas, attribute))
    return NULL;
  infos = g_ptr_array_new_with_free_func ((GDestroyNotify)roster_field_info_unref);
  if (attribute->type != SCIM_TYPE_COMPLEX && attribute->type != SCIM_TYPE_BINARY)
    g_ptr_array_add (infos, new_part (schemas, attribute, attribute));
  else if (value != NULL && is_own_field (value) && is_writable (value))
    g_ptr_array_add (infos, new_part (schemas, attribute, value));
  else if (value == NULL)
    add_parts (infos, schemas, attribute);
  if (infos->len == 0)
    return NULL;
  make_lead (g_ptr_array_index (infos, 0), attribute);
  return g_steal_pointer (&infos);
}

RosterFieldInfo *
roster_field_info_ref (RosterFieldInfo *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
roster_field_info_unref (RosterFieldInfo *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_strfreev (self->choices);
  g_strfreev (self->choice_labels);
  g_strfreev (self->types);
  g_strfreev (self->type_labels);
  g_free (self->path);
  g_free (self->alternative);
  g_free (self->own_path);
  g_free (self->label);
  g_free (self->key);
  scim_schemas_unref (self->schemas);
  g_free (self);
}

char *
roster_field_info_dup_value_label (const ScimAttribute *attribute)
{
  for (guint i = 0; i < G_N_ELEMENTS (value_words); i++)
    if (g_ascii_strcasecmp (attribute->name, value_words[i].path) == 0)
      return g_strdup (_ (value_words[i].label));
  return roster_label_attribute (attribute);
}

char *
roster_field_info_dup_add_label (const ScimAttribute *attribute)
{
  g_autofree char *label = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (value_words); i++)
    if (g_ascii_strcasecmp (attribute->name, value_words[i].path) == 0)
      return g_strdup (_ (value_words[i].add));
  label = roster_label_attribute (attribute);
  /* Translators: %s is the name of an attribute with several values, such as “Badges”. */
  return g_strdup_printf (_ ("Add to %s"), label);
}
