/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strchrnul */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "directory/roster-labels.h"
#include "directory/roster-user-fields.h"
#include "index/roster-search.h"
#include "scim/scim-error.h"

/* RosterIndex takes 64 fields. Columns beyond this are shown empty; nobody chooses so many. */
#define MAX_FIELDS 64
/* Bytes of one field that are kept: what is longer is no text to find people by. */
#define MAX_TEXT 1024

#define ENTERPRISE SCIM_URN_ENTERPRISE_USER ":"

typedef enum
{
  KIND_TEXT,
  KIND_DATE,
  KIND_BOOLEAN,
  KIND_TITLE,
  KIND_USER_NAME,
  KIND_STORE,
  KIND_STATUS,
} FieldKind;

typedef struct
{
  ScimPath *path; /* nullable: what is no attribute */
  FieldKind kind;
} Field;

struct _RosterUserFields
{
  gatomicrefcount refs;
  guint n;
  RosterFieldSpec specs[MAX_FIELDS];
  Field fields[MAX_FIELDS];
  char *keys[MAX_FIELDS];
  GHashTable *by_key; /* borrowed key → position */
};

/* What is searched, in any layout, whatever columns are shown. */
static const struct
{
  const char *key;
  FieldKind kind;
  RosterFieldFlags flags;
} always[] = {
  { ROSTER_KEY_TITLE, KIND_TITLE, ROSTER_FIELD_SEARCHED },
  { "userName", KIND_USER_NAME, ROSTER_FIELD_SEARCHED },
  { ROSTER_KEY_STORE, KIND_STORE, ROSTER_FIELD_REPEATS },
  { ROSTER_KEY_STATUS, KIND_STATUS, ROSTER_FIELD_REPEATS },
  { "emails", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "phoneNumbers", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "name.givenName", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "name.familyName", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "title", KIND_TEXT, ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  { ENTERPRISE "department", KIND_TEXT, ROSTER_FIELD_SEARCHED | ROSTER_FIELD_REPEATS },
  { ENTERPRISE "employeeNumber", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "externalId", KIND_TEXT, ROSTER_FIELD_SEARCHED },
  { "meta.lastModified", KIND_DATE, 0 },
};

static gboolean
is_date (ScimSchemas *schemas, const char *path)
{
  const ScimAttribute *attribute = scim_schemas_find (schemas, path);

  if (attribute != NULL)
    return attribute->type == SCIM_TYPE_DATE_TIME && !attribute->multi_valued;

  /* Every resource has these, whether schemas list them or not (RFC 7643 section 3.1). */
  return g_str_equal (path, "meta.created") || g_str_equal (path, "meta.lastModified");
}

static FieldKind
kind_of (ScimSchemas *schemas, const char *path)
{
  const ScimAttribute *attribute = scim_schemas_find (schemas, path);

  if (is_date (schemas, path))
    return KIND_DATE;
  if (attribute != NULL && attribute->type == SCIM_TYPE_BOOLEAN && !attribute->multi_valued)
    return KIND_BOOLEAN;

  return KIND_TEXT;
}

static void
add_field (RosterUserFields *self,
           ScimSchemas *schemas,
           const char *key,
           FieldKind kind,
           RosterFieldFlags flags)
{
  guint at = self->n;

  if (at == MAX_FIELDS || g_hash_table_contains (self->by_key, key))
    return;

  self->keys[at] = g_strdup (key);
  self->specs[at] = (RosterFieldSpec){ self->keys[at], flags };
  self->fields[at].kind = kind;
  if (kind <= KIND_BOOLEAN)
    self->fields[at].path = scim_path_new (key, schemas, NULL);
  g_hash_table_insert (self->by_key, self->keys[at], GUINT_TO_POINTER (at));
  self->n++;
}

/* The parts of an address in the order of an envelope, where it has no formatted text. */
static char *
dup_address (ScimNode address)
{
  static const char *const parts[] = { "streetAddress", "postalCode", "locality", "region",
                                       "country" };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = scim_node_dup_text (scim_node_get_member (address, parts[i]));

      if (part != NULL && *part != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", part);
    }

  return g_string_free (text, FALSE);
}

/* One value as people read it. References and groups carry an id in `value` and the name in
 * `display` or `displayName`; e-mails and phones carry what matters in `value`. */
static char *
dup_value (ScimNode node)
{
  static const char *const by_name[] = { "display", "displayName", "formatted", "value" };
  static const char *const by_value[] = { "formatted", "value", "display", "displayName" };
  gboolean is_reference;

  if (scim_node_get_type (node) != SCIM_JSON_OBJECT)
    return scim_node_dup_text (node);

  is_reference = scim_node_exists (scim_node_get_member (node, "$ref"));
  for (gsize i = 0; i < G_N_ELEMENTS (by_name); i++)
    {
      const char *member = is_reference ? by_name[i] : by_value[i];
      g_autofree char *text = scim_node_dup_text (scim_node_get_member (node, member));

      if (text != NULL && *text != '\0')
        return g_steal_pointer (&text);
    }

  return dup_address (node);
}

static gboolean
is_primary (ScimNode node)
{
  gboolean primary = FALSE;

  return scim_node_get_boolean (scim_node_get_member (node, "primary"), &primary) && primary;
}

static void
append_value (GString *out, ScimNode node)
{
  g_autofree char *text = dup_value (node);

  if (text == NULL || *text == '\0' || out->len >= MAX_TEXT)
    return;

  if (out->len > 0)
    g_string_append_c (out, '\n');
  g_strdelimit (text, "\n\r\t", ' ');
  g_string_append (out, text);
}

/* All values with '\n' between, the primary one first: that one is shown, all are searched. */
static char *
dup_values (ScimNode node)
{
  g_autoptr (GString) out = NULL;

  if (scim_node_get_type (node) == SCIM_JSON_STRING)
    return scim_node_dup_text (node);
  if (!scim_node_exists (node))
    return NULL;

  out = g_string_new (NULL);
  if (scim_node_get_type (node) != SCIM_JSON_ARRAY)
    append_value (out, node);
  else
    {
      ScimNode first = scim_node_get_first (node);

      for (ScimNode at = first; scim_node_exists (at); at = scim_node_get_next (at))
        if (is_primary (at))
          append_value (out, at);
      for (ScimNode at = first; scim_node_exists (at); at = scim_node_get_next (at))
        if (!is_primary (at))
          append_value (out, at);
    }

  return out->len > 0 ? g_strdup (out->str) : NULL;
}

static char *
dup_field (const Field *field, const ScimResource *user)
{
  char *text = field->path != NULL ? dup_values (scim_resource_get_path (user, field->path)) : NULL;

  if (text != NULL && field->kind == KIND_DATE)
    {
      char *normal = roster_date_time_normalize (text);

      if (normal != NULL)
        {
          g_free (text);
          text = normal;
        }
    }

  if (text != NULL && strlen (text) > MAX_TEXT)
    *g_utf8_find_prev_char (text, text + MAX_TEXT) = '\0';

  return text;
}

/* Sorted by this: what an administrator looks for comes first, "" (active) last. */
static const char *
status_key (ScimAccountStatus status)
{
  switch (status)
    {
    case SCIM_ACCOUNT_LOCKED:
      return "1";
    case SCIM_ACCOUNT_RESET_PENDING:
      return "2";
    case SCIM_ACCOUNT_INVITED:
      return "3";
    case SCIM_ACCOUNT_DISABLED:
      return "4";
    case SCIM_ACCOUNT_ACTIVE:
    default:
      return "";
    }
}

RosterUserFields *
roster_user_fields_new (ScimSchemas *schemas, const char *const *columns)
{
  RosterUserFields *self;

  g_return_val_if_fail (schemas != NULL, NULL);

  self = g_new0 (RosterUserFields, 1);
  g_atomic_ref_count_init (&self->refs);
  self->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < G_N_ELEMENTS (always); i++)
    add_field (self, schemas, always[i].key, always[i].kind, always[i].flags);
  for (gsize i = 0; columns != NULL && columns[i] != NULL; i++)
    add_field (self, schemas, columns[i], kind_of (schemas, columns[i]), 0);

  return self;
}

RosterUserFields *
roster_user_fields_ref (RosterUserFields *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
roster_user_fields_unref (RosterUserFields *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  for (guint i = 0; i < self->n; i++)
    {
      g_clear_pointer (&self->fields[i].path, scim_path_free);
      g_free (self->keys[i]);
    }
  g_hash_table_unref (self->by_key);
  g_free (self);
}

const RosterFieldSpec *
roster_user_fields_get_specs (RosterUserFields *self, guint *n)
{
  g_return_val_if_fail (self != NULL, NULL);

  *n = self->n;
  return self->specs;
}

guint
roster_user_fields_find (RosterUserFields *self, const char *path)
{
  gpointer position;

  g_return_val_if_fail (self != NULL, G_MAXUINT);
  g_return_val_if_fail (path != NULL, G_MAXUINT);

  if (!g_hash_table_lookup_extended (self->by_key, path, NULL, &position))
    return G_MAXUINT;

  return GPOINTER_TO_UINT (position);
}

gboolean
roster_user_fields_covers (RosterUserFields *self, RosterUserFields *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  for (guint i = 0; i < other->n; i++)
    {
      guint at = roster_user_fields_find (self, other->keys[i]);

      if (at == G_MAXUINT || self->fields[at].kind != other->fields[i].kind)
        return FALSE;
    }

  return TRUE;
}

guint32
roster_user_fields_extract (const ScimResource *user, char **values, gpointer user_data)
{
  RosterUserFields *self = user_data;
  g_autoptr (ScimAccount) account = scim_account_new (user);
  g_autofree char *user_name = scim_resource_dup_text (user, "userName");
  g_autofree char *store = NULL;
  const char *plain = user_name != NULL ? scim_user_name_split (user_name, &store) : NULL;

  for (guint i = 0; i < self->n; i++)
    switch (self->fields[i].kind)
      {
      case KIND_TITLE:
        values[i] = scim_resource_dup_title (user);
        break;
      case KIND_USER_NAME:
        values[i] = g_strdup (plain);
        break;
      case KIND_STORE:
        values[i] = g_strdup (store);
        break;
      case KIND_STATUS:
        values[i] = g_strdup (status_key (account->status));
        break;
      case KIND_TEXT:
      case KIND_DATE:
      case KIND_BOOLEAN:
      default:
        values[i] = dup_field (&self->fields[i], user);
        break;
      }

  return (guint32)account->status;
}

gboolean
roster_user_fields_is_plain (RosterUserFields *self, guint field, const char *text)
{
  g_return_val_if_fail (self != NULL && field < self->n, TRUE);

  if (*text == '\0')
    return TRUE;

  for (const char *at = text; *at != '\0'; at++)
    if ((guchar)*at < 0x20 || (guchar)*at >= 0x7f)
      return FALSE;

  return self->fields[field].kind != KIND_DATE && self->fields[field].kind != KIND_BOOLEAN;
}

char *
roster_user_fields_format (RosterUserFields *self, guint field, const char *text)
{
  const char *end;

  g_return_val_if_fail (self != NULL && field < self->n, NULL);

  if (self->fields[field].kind == KIND_DATE && *text != '\0')
    return roster_label_date_time (text);
  if (self->fields[field].kind == KIND_BOOLEAN && g_ascii_strcasecmp (text, "true") == 0)
    return g_strdup (_ ("Yes"));
  if (self->fields[field].kind == KIND_BOOLEAN && g_ascii_strcasecmp (text, "false") == 0)
    return g_strdup (_ ("No"));

  end = strchrnul (text, '\n');
  return scim_text_make_safe (text, end - text, MAX_TEXT);
}

RosterBatch *
roster_user_fields_convert (RosterUserFields *self,
                            RosterUserFields *from,
                            RosterSnapshot *snapshot)
{
  g_autoptr (RosterQuery) everybody = roster_query_new ("");
  g_autoptr (RosterHits) all = roster_search (snapshot, everybody, NULL, NULL);
  RosterBatch *batch = roster_batch_new (self->specs, self->n);
  const char *values[MAX_FIELDS] = { NULL };
  guint sources[MAX_FIELDS];

  for (guint i = 0; i < self->n; i++)
    sources[i] = roster_user_fields_find (from, self->keys[i]);

  for (guint r = 0; r < all->n_rows; r++)
    {
      RosterRowId row = all->rows[r];

      for (guint i = 0; i < self->n; i++)
        values[i] =
          sources[i] != G_MAXUINT ? roster_snapshot_get_text (snapshot, row, sources[i]) : NULL;
      roster_batch_add (batch, roster_snapshot_get_id (snapshot, row), values,
                        roster_snapshot_get_flags (snapshot, row));
    }

  return batch;
}
