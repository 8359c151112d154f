/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /Schemas as services send it (RFC 7643 section 7, SCIM-SERVICES section 3.8). Whatever is odd is
 * left out or read with the RFC's default; only an answer without any schema is an error. */
#include "scim-schema-private.h"

#include "scim-error.h"

#include <string.h>

#define MAX_SCHEMAS    100
#define MAX_ATTRIBUTES 2000 /* with their sub-attributes, in all schemas */
#define MAX_CANONICAL  500
#define MAX_NAME       128
#define MAX_TEXT       2000

#define CORE_URN       "urn:ietf:params:scim:schemas:core:2.0"
#define WSO2_AGENT_URN "urn:scim:wso2:agent:schema"

typedef struct
{
  ScimSchemas *schemas;
  guint n_attributes;
  /* WSO2 lists the common attributes as a schema of their own, "Core". */
  ScimSchema *common;
} Reader;

typedef struct
{
  const char *name;
  int value;
} EnumName;

static const EnumName type_names[] = {
  { "string", SCIM_TYPE_STRING },
  { "boolean", SCIM_TYPE_BOOLEAN },
  { "decimal", SCIM_TYPE_DECIMAL },
  { "integer", SCIM_TYPE_INTEGER },
  { "datetime", SCIM_TYPE_DATE_TIME },
  { "reference", SCIM_TYPE_REFERENCE },
  { "binary", SCIM_TYPE_BINARY },
  { "complex", SCIM_TYPE_COMPLEX },
  { NULL },
};

static const EnumName mutability_names[] = {
  { "readwrite", SCIM_MUTABILITY_READ_WRITE },
  { "readonly", SCIM_MUTABILITY_READ_ONLY },
  { "immutable", SCIM_MUTABILITY_IMMUTABLE },
  { "writeonly", SCIM_MUTABILITY_WRITE_ONLY },
  { NULL },
};

static const EnumName returned_names[] = {
  { "default", SCIM_RETURNED_DEFAULT },
  { "always", SCIM_RETURNED_ALWAYS },
  { "never", SCIM_RETURNED_NEVER },
  { "request", SCIM_RETURNED_REQUEST },
  { NULL },
};

static const EnumName uniqueness_names[] = {
  { "none", SCIM_UNIQUENESS_NONE },
  { "server", SCIM_UNIQUENESS_SERVER },
  { "global", SCIM_UNIQUENESS_GLOBAL },
  { NULL },
};

/* "READ_ONLY" is "readOnly". */
static int
read_enum (ScimNode object, const char *member, const EnumName *names, int fallback)
{
  g_autofree char *text = scim_node_dup_text (scim_node_get_member (object, member));
  char *to = text;

  if (text == NULL)
    return fallback;
  for (const char *from = text; *from != '\0'; from++)
    {
      if (*from != '_')
        *to++ = g_ascii_tolower (*from);
    }
  *to = '\0';
  for (; names->name != NULL; names++)
    {
      if (strcmp (names->name, text) == 0)
        return names->value;
    }
  return fallback;
}

static gboolean
read_boolean (ScimNode object, const char *member, gboolean fallback)
{
  gboolean value;

  return scim_node_get_boolean (scim_node_get_member (object, member), &value) ? value : fallback;
}

static int
read_count (ScimNode object, const char *member, int fallback)
{
  gint64 value;

  if (!scim_node_get_int64 (scim_node_get_member (object, member), &value) || value < 0)
    return fallback;
  return (int)MIN (value, G_MAXINT);
}

/* Nullable; an empty text is as good as none. */
static char *
read_text (ScimNode object, const char *member, guint max_chars)
{
  g_autofree char *text = scim_node_dup_text (scim_node_get_member (object, member));

  if (text == NULL || *text == '\0')
    return NULL;
  return scim_text_make_safe (text, -1, max_chars);
}

/* Names and URNs take part in paths, so they are kept exactly or not at all. */
static char *
read_identifier (ScimNode object, const char *member)
{
  g_autofree char *text = scim_node_dup_text (scim_node_get_member (object, member));

  if (text == NULL || *text == '\0' || strlen (text) > MAX_NAME)
    return NULL;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (!g_ascii_isgraph (*at) || strchr ("[]()\"\\,", *at) != NULL)
        return NULL;
    }
  return g_steal_pointer (&text);
}

static void
read_canonical (ScimAttribute *self, ScimNode list)
{
  g_autoptr (GPtrArray) values = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  gboolean has_label = FALSE;

  if (scim_node_get_type (list) != SCIM_JSON_ARRAY)
    return;

  values = g_ptr_array_new_with_free_func (g_free);
  labels = g_ptr_array_new_with_free_func (g_free);
  for (ScimNode node = scim_node_get_first (list);
       scim_node_exists (node) && values->len < MAX_CANONICAL; node = scim_node_get_next (node))
    {
      gboolean is_pair = scim_node_get_type (node) == SCIM_JSON_OBJECT;
      char *value = scim_node_dup_text (is_pair ? scim_node_get_member (node, "value") : node);
      char *label = is_pair ? read_text (node, "label", MAX_NAME) : NULL;

      if (value == NULL)
        {
          g_free (label);
          continue;
        }
      if (label == NULL)
        label = scim_text_make_safe (value, -1, MAX_NAME);
      /* A value is sent as it is; one that cannot be shown so needs a label. */
      has_label |= strcmp (label, value) != 0;
      g_ptr_array_add (labels, label);
      g_ptr_array_add (values, value);
    }
  if (values->len == 0)
    return;

  g_ptr_array_add (values, NULL);
  self->canonical_values = (GStrv)g_ptr_array_free (g_steal_pointer (&values), FALSE);
  if (has_label)
    {
      g_ptr_array_add (labels, NULL);
      self->canonical_labels = (GStrv)g_ptr_array_free (g_steal_pointer (&labels), FALSE);
    }
}

/* What WSO2's consoles are asked to do counts before what the schema says in general. */
static void
read_console_profile (ScimAttribute *self, ScimNode object)
{
  ScimNode console = scim_node_get_member (scim_node_get_member (object, "profiles"), "console");

  self->hidden = !read_boolean (console, "supportedByDefault",
                                read_boolean (object, "supportedByDefault", TRUE));
  self->required = read_boolean (console, "required", self->required);
  self->mutability =
    (ScimMutability)read_enum (console, "mutability", mutability_names, (int)self->mutability);
}

static ScimAttribute *read_attribute (Reader *reader, ScimNode object, gboolean is_sub);

static void
read_subs (Reader *reader, ScimAttribute *self, ScimNode list)
{
  if (scim_node_get_type (list) != SCIM_JSON_ARRAY)
    return;
  for (ScimNode node = scim_node_get_first (list); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      ScimAttribute *sub = read_attribute (reader, node, TRUE);

      if (sub != NULL)
        scim_attribute_add_sub (self, sub);
    }
}

/* RFC 7643 section 7. */
static void
read_characteristics (ScimAttribute *self, ScimNode object)
{
  self->type = (ScimType)read_enum (object, "type", type_names, SCIM_TYPE_STRING);
  self->multi_valued = read_boolean (object, "multiValued", FALSE);
  self->required = read_boolean (object, "required", FALSE);
  self->case_exact = read_boolean (object, "caseExact", FALSE);
  self->mutability =
    (ScimMutability)read_enum (object, "mutability", mutability_names, SCIM_MUTABILITY_READ_WRITE);
  self->returned =
    (ScimReturned)read_enum (object, "returned", returned_names, SCIM_RETURNED_DEFAULT);
  self->uniqueness =
    (ScimUniqueness)read_enum (object, "uniqueness", uniqueness_names, SCIM_UNIQUENESS_NONE);
  read_canonical (self, scim_node_get_member (object, "canonicalValues"));
}

static ScimAttribute *
read_attribute (Reader *reader, ScimNode object, gboolean is_sub)
{
  g_autofree char *name = read_identifier (object, "name");
  ScimAttribute *self;

  /* A name that begins with what separates names, or holds what ends a URN, could not be found
   * again. */
  if (name == NULL || strchr (".#", *name) != NULL || strchr (name, ':') != NULL ||
      reader->n_attributes >= MAX_ATTRIBUTES)
    return NULL;
  reader->n_attributes++;

  self = scim_attribute_new (name);
  self->display_name = read_text (object, "displayName", MAX_NAME);
  self->description = read_text (object, "description", MAX_TEXT);
  read_characteristics (self, object);
  self->display_order = read_count (object, "displayOrder", G_MAXINT);
  self->pattern = read_text (object, "regEx", MAX_TEXT);
  self->min_length = read_count (object, "minLength", 0);
  self->max_length = read_count (object, "maxLength", 0);
  self->input_type =
    read_text (scim_node_get_member (object, "inputFormat"), "inputType", MAX_NAME);
  read_console_profile (self, object);
  if (!is_sub)
    read_subs (reader, self, scim_node_get_member (object, "subAttributes"));
  return self;
}

static gboolean
is_for_users (const char *id)
{
  if (g_ascii_strcasecmp (id, WSO2_AGENT_URN) == 0)
    return FALSE;
  if (g_ascii_strcasecmp (id, SCIM_URN_CORE_USER) == 0)
    return TRUE;
  /* Group, Schema, ResourceType, ServiceProviderConfig */
  return g_ascii_strncasecmp (id, CORE_URN ":", strlen (CORE_URN ":")) != 0;
}

static void
read_schema (Reader *reader, ScimNode object)
{
  g_autofree char *id = read_identifier (object, "id");
  g_autofree char *name = read_text (object, "name", MAX_NAME);
  g_autofree char *description = read_text (object, "description", MAX_TEXT);
  g_autoptr (GPtrArray) found = NULL;
  ScimNode list = scim_node_get_member (object, "attributes");
  ScimSchema *schema;

  if (id == NULL || strchr (id, ':') == NULL || scim_node_get_type (list) != SCIM_JSON_ARRAY ||
      !is_for_users (id))
    return;
  if (scim_schemas_get (reader->schemas, id) != NULL ||
      reader->schemas->schemas->len >= MAX_SCHEMAS)
    return;

  found = g_ptr_array_new ();
  for (ScimNode node = scim_node_get_first (list); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      ScimAttribute *attribute = read_attribute (reader, node, FALSE);

      if (attribute != NULL)
        g_ptr_array_add (found, attribute);
    }

  schema = scim_schema_new (id, name, description);
  scim_schema_take_attributes (schema, found);
  if (g_ascii_strcasecmp (id, CORE_URN) == 0 && reader->common == NULL)
    {
      reader->common = schema;
      return;
    }
  if (g_ascii_strcasecmp (id, SCIM_URN_WSO2_SYSTEM) == 0)
    reader->schemas->is_wso2 = TRUE;
  g_ptr_array_add (reader->schemas->schemas, schema);
}

static void
add_missing (ScimSchema *self, const ScimSchema *source, const char *name)
{
  const ScimAttribute *attribute = scim_schema_get_attribute (source, name);

  if (attribute != NULL && scim_schema_get_attribute (self, name) == NULL)
    scim_schema_add_attribute (self, scim_attribute_copy (attribute));
}

/* The common attributes belong to the base schema (RFC 7643 section 3.1), listed or not. */
static void
complete_core_user (const Reader *reader, ScimSchema *core, const ScimSchema *builtin)
{
  static const char *const common_names[] = { "id", "externalId", "meta" };

  for (guint i = 0; i < G_N_ELEMENTS (common_names); i++)
    {
      if (reader->common != NULL)
        add_missing (core, reader->common, common_names[i]);
      add_missing (core, builtin, common_names[i]);
    }
}

/* Core User first, then the enterprise extension when it had to be added, then the service's order.
 */
static void
complete_schemas (const Reader *reader)
{
  GPtrArray *schemas = reader->schemas->schemas;
  ScimSchema *builtin = scim_schema_new_core_user ();
  const ScimSchema *core = scim_schemas_get (reader->schemas, SCIM_URN_CORE_USER);
  guint position;

  if (core != NULL && g_ptr_array_find (schemas, core, &position))
    {
      ScimSchema *own = g_ptr_array_steal_index (schemas, position);

      complete_core_user (reader, own, builtin);
      scim_schema_free (builtin);
      g_ptr_array_insert (schemas, 0, own);
    }
  else
    {
      g_ptr_array_insert (schemas, 0, builtin);
    }
  if (scim_schemas_get (reader->schemas, SCIM_URN_ENTERPRISE_USER) == NULL)
    g_ptr_array_insert (schemas, 1, scim_schema_new_enterprise_user ());
}

ScimSchemas *
scim_schemas_new_from_json (const ScimJson *json, GError **error)
{
  g_autoptr (ScimSchemas) schemas = NULL;
  Reader reader = { NULL };
  ScimNode root, list;

  g_return_val_if_fail (json != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  schemas = scim_schemas_alloc ();
  reader.schemas = schemas;
  root = scim_json_get_root (json);
  list =
    scim_node_get_type (root) == SCIM_JSON_ARRAY ? root : scim_node_get_member (root, "Resources");
  if (scim_node_get_type (list) == SCIM_JSON_ARRAY)
    {
      for (ScimNode node = scim_node_get_first (list); scim_node_exists (node);
           node = scim_node_get_next (node))
        read_schema (&reader, node);
    }
  else
    {
      read_schema (&reader, root);
    }

  if (schemas->schemas->len == 0 && reader.common == NULL)
    {
      g_propagate_error (
        error, scim_error_new (SCIM_ERROR_PROTOCOL, "The service listed no schemas of users"));
      return NULL;
    }
  complete_schemas (&reader);
  g_clear_pointer (&reader.common, scim_schema_free);
  return g_steal_pointer (&schemas);
}
