/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WSO2 names sub-attributes by the type of their value: phoneNumbers.mobile, emails.work,
 * addresses.home, addresses#home.streetAddress. No such member exists in the data, where they are
 * elements with that `type` (SCIM-SERVICES section 3.8). Here they become the canonical values of
 * `type` of the multi-valued complex attribute that RFC 7643 defines. */
#include "scim-schema-private.h"

#include <string.h>

/* What follows "parent." or "parent#" in a name; the name itself when it has no such start. */
static const char *
name_within (const char *name, const char *parent)
{
  gsize length = strlen (parent);

  if (g_ascii_strncasecmp (name, parent, length) == 0 &&
      (name[length] == '.' || name[length] == '#') && name[length + 1] != '\0')
    return name + length + 1;
  return name;
}

static ScimAttribute *
find_attribute (GPtrArray *attributes, const char *name, gsize length)
{
  for (guint i = 0; i < attributes->len; i++)
    {
      ScimAttribute *attribute = g_ptr_array_index (attributes, i);

      if (strlen (attribute->name) == length &&
          g_ascii_strncasecmp (attribute->name, name, length) == 0)
        return attribute;
    }
  return NULL;
}

static void
move_subs (ScimAttribute *from, ScimAttribute *to)
{
  while (from->sub_attributes->len > 0)
    scim_attribute_add_sub (to, g_ptr_array_steal_index (from->sub_attributes, 0));
}

/* Joins "phoneNumbers.mobile" listed beside, not inside, phoneNumbers. Takes the attributes in
 * `found`, which is left empty. */
static GPtrArray *
fold_flattened (GPtrArray *found)
{
  GPtrArray *result = g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      ScimAttribute *attribute = g_ptr_array_index (found, i);
      gsize length = strcspn (attribute->name, ".#");
      ScimAttribute *parent = find_attribute (result, attribute->name, length);

      if (attribute->name[length] == '\0' || length == 0)
        {
          if (parent == NULL)
            {
              g_ptr_array_add (result, attribute);
              continue;
            }
          /* A parent made up below, or one listed twice. */
          move_subs (attribute, parent);
          scim_attribute_free (attribute);
          continue;
        }
      if (parent == NULL)
        {
          g_autofree char *name = g_strndup (attribute->name, length);

          parent = scim_attribute_new (name);
          parent->type = SCIM_TYPE_COMPLEX;
          parent->display_order = attribute->display_order;
          g_ptr_array_add (result, parent);
        }
      move_subs (attribute, parent);
      scim_attribute_add_sub (parent, attribute);
    }
  g_ptr_array_set_size (found, 0);
  return result;
}

static void
strip_sub_names (ScimAttribute *self)
{
  for (guint i = 0; i < self->sub_attributes->len; i++)
    {
      ScimAttribute *sub = g_ptr_array_index (self->sub_attributes, i);
      char *name = g_strdup (name_within (sub->name, self->name));

      g_free (sub->name);
      sub->name = name;
    }
}

/* The types that hide among the names of sub-attributes, in the service's order. FALSE when none of
 * them has a name for people. */
static gboolean
collect_types (const ScimAttribute *self,
               const ScimAttribute *standard,
               GPtrArray *types,
               GPtrArray *labels)
{
  gboolean has_label = FALSE;

  for (guint i = 0; i < self->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (self->sub_attributes, i);
      gsize length = strcspn (sub->name, ".#");
      g_autofree char *type = NULL;
      guint position;

      if (scim_attribute_get_sub (standard, sub->name) != NULL)
        continue;
      type = g_strndup (sub->name, length);
      if (length == 0 || scim_attribute_get_sub (standard, type) != NULL)
        continue;
      if (g_ptr_array_find_with_equal_func (types, type, g_str_equal, &position))
        continue;
      /* The name of "home.streetAddress" says nothing about "home". */
      if (sub->name[length] == '\0' && sub->display_name != NULL)
        {
          has_label = TRUE;
          g_ptr_array_add (labels, g_strdup (sub->display_name));
        }
      else
        {
          g_ptr_array_add (labels, g_strdup (type));
        }
      g_ptr_array_add (types, g_steal_pointer (&type));
    }
  return has_label;
}

static GStrv
strv_of (GPtrArray *strings)
{
  GStrv strv = g_new0 (char *, strings->len + 1);

  for (guint i = 0; i < strings->len; i++)
    strv[i] = g_strdup (g_ptr_array_index (strings, i));
  return strv;
}

/* What the service says of each standard sub-attribute counts before the RFC's words. */
static void
adopt_subs (ScimAttribute *self, const ScimAttribute *standard)
{
  g_autoptr (GPtrArray) own = self->sub_attributes;

  self->sub_attributes = g_ptr_array_new_with_free_func ((GDestroyNotify)scim_attribute_free);
  for (guint i = 0; i < standard->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (standard->sub_attributes, i);
      const ScimAttribute *told = find_attribute (own, sub->name, strlen (sub->name));

      scim_attribute_add_sub (self, scim_attribute_copy (told != NULL ? told : sub));
    }
}

static void
normalize (ScimAttribute *self, const ScimAttribute *standard)
{
  g_autoptr (GPtrArray) types = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  gboolean has_label = collect_types (self, standard, types, labels);
  ScimAttribute *type;

  self->type = SCIM_TYPE_COMPLEX;
  self->multi_valued = TRUE;
  adopt_subs (self, standard);
  type = find_attribute (self->sub_attributes, "type", strlen ("type"));
  if (types->len == 0 || type == NULL)
    return;
  g_strfreev (type->canonical_values);
  g_strfreev (type->canonical_labels);
  type->canonical_values = strv_of (types);
  type->canonical_labels = has_label ? strv_of (labels) : NULL;
}

void
scim_schema_take_attributes (ScimSchema *self, GPtrArray *attributes)
{
  g_autoptr (GPtrArray) folded = fold_flattened (attributes);
  ScimSchema *standard = scim_schema_new_core_user ();
  gboolean is_core = scim_schema_is_core_user (self);

  for (guint i = 0; i < folded->len; i++)
    {
      ScimAttribute *attribute = g_ptr_array_index (folded, i);
      const ScimAttribute *known =
        is_core ? scim_schema_get_attribute (standard, attribute->name) : NULL;

      strip_sub_names (attribute);
      if (known != NULL && known->multi_valued)
        normalize (attribute, known);
      scim_schema_add_attribute (self, attribute);
    }
  scim_schema_free (standard);
}
