/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-json-private.h"

#include <string.h>

#define FEW_MEMBERS 16 /* up to here comparing every pair of keys is cheaper than a table */

/* A member with its unescaped key, for comparing objects whose members stand in another order. */
typedef struct
{
  char *key;
  gsize length;
  ScimNode value;
} Member;

static const ScimToken *
get_token (ScimNode node)
{
  if (node.json == NULL || node.index >= node.json->n_tokens)
    return NULL;
  return &node.json->tokens[node.index];
}

static ScimJsonType
get_token_type (const ScimToken *token)
{
  return (ScimJsonType)(token->info & SCIM_TOKEN_TYPE_MASK);
}

static guint
get_token_size (const ScimToken *token)
{
  return token->info >> SCIM_TOKEN_SIZE_SHIFT;
}

const ScimToken *
scim_node_get_key_token (ScimNode node)
{
  const ScimToken *token = get_token (node);

  return token != NULL && (token->info & SCIM_TOKEN_HAS_KEY) != 0 ? token - 1 : NULL;
}

static const char *
get_key_text (ScimNode member, const ScimToken *key)
{
  return member.json->text + key->offset + 1;
}

static gboolean
is_same_key_text (ScimNode a, ScimNode b)
{
  const ScimToken *left = scim_node_get_key_token (a);
  const ScimToken *right = scim_node_get_key_token (b);

  return left->length == right->length &&
         memcmp (get_key_text (a, left), get_key_text (b, right), left->length - 2) == 0;
}

static void
clear_member (gpointer data)
{
  g_free (((Member *)data)->key);
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *left = a, *right = b;
  int order = memcmp (left->key, right->key, MIN (left->length, right->length));

  if (order == 0)
    order = (left->length > right->length) - (left->length < right->length);
  /* Members that repeat a key stay in the document's order. */
  if (order == 0)
    order = (left->value.index > right->value.index) - (left->value.index < right->value.index);
  return order;
}

static GArray *
list_members (ScimNode object)
{
  GArray *members = g_array_sized_new (FALSE, FALSE, sizeof (Member), scim_node_get_size (object));

  g_array_set_clear_func (members, clear_member);
  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      Member member = { .value = node };

      member.key =
        scim_json_dup_token_text (node.json, scim_node_get_key_token (node), &member.length);
      g_array_append_val (members, member);
    }
  g_array_sort (members, compare_members);
  return members;
}

/* Whether both objects have the same keys, byte for byte, in the same order. */
static gboolean
has_same_keys_in_order (ScimNode a, ScimNode b)
{
  a = scim_node_get_first (a);
  b = scim_node_get_first (b);
  while (scim_node_exists (a) && scim_node_exists (b))
    {
      if (!is_same_key_text (a, b))
        return FALSE;
      a = scim_node_get_next (a);
      b = scim_node_get_next (b);
    }
  return TRUE;
}

static gboolean
are_children_equal (ScimNode a, ScimNode b)
{
  a = scim_node_get_first (a);
  b = scim_node_get_first (b);
  while (scim_node_exists (a) && scim_node_exists (b))
    {
      if (!scim_node_equal (a, b))
        return FALSE;
      a = scim_node_get_next (a);
      b = scim_node_get_next (b);
    }
  return !scim_node_exists (a) && !scim_node_exists (b);
}

static gboolean
are_objects_equal (ScimNode a, ScimNode b)
{
  g_autoptr (GArray) left = NULL;
  g_autoptr (GArray) right = NULL;

  if (has_same_keys_in_order (a, b))
    return are_children_equal (a, b);

  left = list_members (a);
  right = list_members (b);
  for (guint i = 0; i < left->len; i++)
    {
      const Member *one = &g_array_index (left, Member, i);
      const Member *other = &g_array_index (right, Member, i);

      if (one->length != other->length || memcmp (one->key, other->key, one->length) != 0 ||
          !scim_node_equal (one->value, other->value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
are_strings_equal (ScimNode a, ScimNode b)
{
  gsize left_length, right_length;
  g_autofree char *left = scim_node_dup_string (a, &left_length);
  g_autofree char *right = scim_node_dup_string (b, &right_length);

  return left_length == right_length && memcmp (left, right, left_length) == 0;
}

static gboolean
is_same_key (ScimNode a, ScimNode b)
{
  const ScimToken *left = scim_node_get_key_token (a);
  const ScimToken *right = scim_node_get_key_token (b);
  g_autofree char *left_text = NULL;
  g_autofree char *right_text = NULL;
  gsize left_length, right_length;

  if (((left->info | right->info) & SCIM_TOKEN_ESCAPED) == 0)
    return is_same_key_text (a, b);
  left_text = scim_json_dup_token_text (a.json, left, &left_length);
  right_text = scim_json_dup_token_text (b.json, right, &right_length);
  return left_length == right_length && memcmp (left_text, right_text, left_length) == 0;
}

static gboolean
has_duplicates_among_few (ScimNode object)
{
  ScimNode seen[FEW_MEMBERS];
  guint n = 0;

  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      for (guint i = 0; i < n; i++)
        {
          if (is_same_key (seen[i], node))
            return TRUE;
        }
      seen[n++] = node;
    }
  return FALSE;
}

static gboolean
has_duplicates (ScimNode object)
{
  g_autoptr (GArray) members = NULL;

  if (scim_node_get_size (object) <= FEW_MEMBERS)
    return has_duplicates_among_few (object);

  members = list_members (object);
  for (guint i = 1; i < members->len; i++)
    {
      const Member *one = &g_array_index (members, Member, i - 1);
      const Member *other = &g_array_index (members, Member, i);

      if (one->length == other->length && memcmp (one->key, other->key, one->length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* RFC 8259 section 8.1 lets a parser pass over a byte order mark, and some services send one; it
 * must not be sent, so that it is no part of the document. */
static GBytes *
pass_over_mark (GBytes *bytes)
{
  static const char mark[] = "\xef\xbb\xbf";
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (length < strlen (mark) || memcmp (text, mark, strlen (mark)) != 0)
    return g_bytes_ref (bytes);
  return g_bytes_new_from_bytes (bytes, strlen (mark), length - strlen (mark));
}

ScimJson *
scim_json_new (GBytes *bytes, const ScimJsonLimits *limits, GError **error)
{
  g_autoptr (GBytes) document = NULL;
  ScimToken *tokens;
  ScimJson *self;
  const char *text;
  guint32 n_tokens;
  gsize length;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  document = pass_over_mark (bytes);
  text = g_bytes_get_data (document, &length);
  if (text == NULL)
    text = "";
  tokens = scim_json_scan (text, length, limits, &n_tokens, error);
  if (tokens == NULL)
    return NULL;

  self = g_new0 (ScimJson, 1);
  g_atomic_ref_count_init (&self->refs);
  self->bytes = g_steal_pointer (&document);
  self->text = text;
  self->tokens = tokens;
  self->n_tokens = n_tokens;
  return self;
}

ScimJson *
scim_json_new_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize)length);
  return scim_json_new (bytes, NULL, error);
}

ScimJson *
scim_json_ref (ScimJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
scim_json_unref (ScimJson *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_bytes_unref (self->bytes);
  g_free (self->tokens);
  g_free (self);
}

ScimNode
scim_json_get_root (const ScimJson *self)
{
  g_return_val_if_fail (self != NULL, SCIM_NODE_NONE);

  return (ScimNode){ self, 0 };
}

GBytes *
scim_json_get_bytes (const ScimJson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

gboolean
scim_json_has_duplicate_keys (const ScimJson *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint32 i = 0; i < self->n_tokens; i++)
    {
      if (get_token_type (&self->tokens[i]) == SCIM_JSON_OBJECT &&
          has_duplicates ((ScimNode){ self, i }))
        return TRUE;
    }
  return FALSE;
}

ScimJsonType
scim_node_get_type (ScimNode node)
{
  const ScimToken *token = get_token (node);

  return token != NULL ? get_token_type (token) : SCIM_JSON_NONE;
}

gboolean
scim_node_exists (ScimNode node)
{
  return get_token (node) != NULL;
}

gboolean
scim_node_is_same (ScimNode a, ScimNode b)
{
  return a.json == b.json && a.index == b.index;
}

const char *
scim_node_get_raw (ScimNode node, gsize *length)
{
  const ScimToken *token = get_token (node);

  if (length != NULL)
    *length = token != NULL ? token->length : 0;
  return token != NULL ? node.json->text + token->offset : NULL;
}

char *
scim_node_dup_raw (ScimNode node)
{
  gsize length;
  const char *raw = scim_node_get_raw (node, &length);

  return raw != NULL ? g_strndup (raw, length) : NULL;
}

guint
scim_node_get_size (ScimNode node)
{
  const ScimToken *token = get_token (node);

  return token != NULL ? get_token_size (token) : 0;
}

ScimNode
scim_node_get_first (ScimNode node)
{
  const ScimToken *token = get_token (node);

  if (token == NULL || get_token_size (token) == 0)
    return SCIM_NODE_NONE;
  node.index += get_token_type (token) == SCIM_JSON_OBJECT ? 2 : 1;
  return node;
}

ScimNode
scim_node_get_next (ScimNode node)
{
  const ScimToken *token = get_token (node);

  if (token == NULL || (token->info & SCIM_TOKEN_LAST) != 0)
    return SCIM_NODE_NONE;
  node.index = token->end + ((token->info & SCIM_TOKEN_HAS_KEY) != 0 ? 1 : 0);
  return node;
}

ScimNode
scim_node_get_element (ScimNode array, guint position)
{
  ScimNode node;

  if (scim_node_get_type (array) != SCIM_JSON_ARRAY || position >= scim_node_get_size (array))
    return SCIM_NODE_NONE;
  node = scim_node_get_first (array);
  while (position-- > 0)
    node = scim_node_get_next (node);
  return node;
}

ScimNode
scim_node_get_member (ScimNode object, const char *name)
{
  ScimNode caseless = SCIM_NODE_NONE;
  gsize length;

  g_return_val_if_fail (name != NULL, SCIM_NODE_NONE);

  if (scim_node_get_type (object) != SCIM_JSON_OBJECT)
    return SCIM_NODE_NONE;
  length = strlen (name);
  for (ScimNode node = scim_node_get_first (object); scim_node_exists (node);
       node = scim_node_get_next (node))
    {
      const ScimToken *key = scim_node_get_key_token (node);
      const char *text = get_key_text (node, key);
      gsize text_length = key->length - 2;
      g_autofree char *unescaped = NULL;

      if ((key->info & SCIM_TOKEN_ESCAPED) != 0)
        text = unescaped = scim_json_dup_token_text (node.json, key, &text_length);
      if (text_length != length)
        continue;
      if (memcmp (text, name, length) == 0)
        return node;
      if (!scim_node_exists (caseless) && g_ascii_strncasecmp (text, name, length) == 0)
        caseless = node;
    }
  return caseless;
}

char *
scim_node_dup_key (ScimNode node)
{
  const ScimToken *key = scim_node_get_key_token (node);
  g_autofree char *text = NULL;
  gsize length;

  if (key == NULL)
    return NULL;
  text = scim_json_dup_token_text (node.json, key, &length);
  if (strlen (text) == length)
    return g_steal_pointer (&text);
  return g_utf8_make_valid (text, (gssize)length);
}

gboolean
scim_node_is_named (ScimNode node)
{
  const ScimToken *key = scim_node_get_key_token (node);
  g_autofree char *text = NULL;
  gsize length;

  if (key == NULL || (key->info & SCIM_TOKEN_ESCAPED) == 0)
    return key != NULL;
  text = scim_json_dup_token_text (node.json, key, &length);
  return strlen (text) == length;
}

char *
scim_node_dup_string (ScimNode node, gsize *length)
{
  if (length != NULL)
    *length = 0;
  if (scim_node_get_type (node) != SCIM_JSON_STRING)
    return NULL;
  return scim_json_dup_token_text (node.json, get_token (node), length);
}

char *
scim_node_dup_text (ScimNode node)
{
  g_autofree char *text = NULL;
  gsize length;

  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_STRING:
      text = scim_node_dup_string (node, &length);
      return strlen (text) == length ? g_steal_pointer (&text) : NULL;
    case SCIM_JSON_NUMBER:
    case SCIM_JSON_BOOLEAN:
      return scim_node_dup_raw (node);
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
    default:
      return NULL;
    }
}

gboolean
scim_node_get_boolean (ScimNode node, gboolean *value)
{
  g_autofree char *text = NULL;
  gboolean is_true;

  g_return_val_if_fail (value != NULL, FALSE);

  text = scim_node_dup_text (node);
  if (text == NULL)
    return FALSE;
  is_true = g_ascii_strcasecmp (text, "true") == 0;
  if (!is_true && g_ascii_strcasecmp (text, "false") != 0)
    return FALSE;
  *value = is_true;
  return TRUE;
}

gboolean
scim_node_get_int64 (ScimNode node, gint64 *value)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (value != NULL, FALSE);

  if (scim_node_get_type (node) == SCIM_JSON_BOOLEAN)
    return FALSE;
  text = scim_node_dup_text (node);
  return text != NULL && g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, NULL);
}

gboolean
scim_node_equal (ScimNode a, ScimNode b)
{
  gsize left_length, right_length;
  const char *left = scim_node_get_raw (a, &left_length);
  const char *right = scim_node_get_raw (b, &right_length);
  ScimJsonType type = scim_node_get_type (a);

  if (type != scim_node_get_type (b) || scim_node_get_size (a) != scim_node_get_size (b))
    return FALSE;
  if (left_length == right_length && (left == right || memcmp (left, right, left_length) == 0))
    return TRUE;
  if (type == SCIM_JSON_STRING)
    return are_strings_equal (a, b);
  if (type == SCIM_JSON_ARRAY)
    return are_children_equal (a, b);
  return type == SCIM_JSON_OBJECT && are_objects_equal (a, b);
}
