/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-comparison.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-draft-private.h"
#include "directory/roster-labels.h"
#include "scim/scim-error.h"

#define MAX_VALUE    200
#define MAX_MESSAGES 20

typedef enum
{
  KEPT,
  PENDING,
  DIFFERENT,
} Finding;

/* Where WSO2 keeps values until the person has confirmed them (SCIM-SERVICES section 3.6). */
static const char *const pending_paths[] = {
  SCIM_URN_WSO2_SYSTEM ":pendingEmails",
  SCIM_URN_WSO2_SYSTEM ":pendingMobileNumber",
  SCIM_URN_ENTERPRISE_USER ":pendingEmails",
  SCIM_URN_ENTERPRISE_USER ":pendingMobileNumber",
};

/* The text that stands for a value: a scalar's own, an object's `value` or `displayName`. */
static char *
dup_text (ScimNode node)
{
  const char *const members[] = { "value", "displayName", "display", "formatted" };
  char *text = scim_node_dup_text (node);

  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (members); i++)
    text = scim_node_dup_text (scim_node_get_member (node, members[i]));
  return text;
}

static gboolean
is_nothing (ScimNode node)
{
  g_autofree char *text = NULL;

  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return TRUE;
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
      return scim_node_get_size (node) == 0;
    case SCIM_JSON_STRING:
      text = scim_node_dup_text (node);
      return text != NULL && *text == '\0';
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    default:
      return FALSE;
    }
}

static gboolean
is_same_scalar (ScimNode a, ScimNode b)
{
  g_autofree char *one = scim_node_dup_text (a);
  g_autofree char *other = scim_node_dup_text (b);
  g_autofree char *one_moment = NULL;
  g_autofree char *other_moment = NULL;
  gboolean is_one, is_other;

  if (one == NULL || other == NULL)
    return FALSE;
  if (strcmp (one, other) == 0)
    return TRUE;
  if (scim_node_get_boolean (a, &is_one) && scim_node_get_boolean (b, &is_other))
    return is_one == is_other;
  one_moment = roster_date_time_normalize (one);
  other_moment = roster_date_time_normalize (other);
  return one_moment != NULL && g_strcmp0 (one_moment, other_moment) == 0;
}

static gboolean
is_as_meant (ScimNode meant, ScimNode shown)
{
  if (is_nothing (meant) || is_nothing (shown))
    return is_nothing (meant) && is_nothing (shown);
  return is_same_scalar (meant, shown) || scim_node_equal (meant, shown);
}

/* A mark that is off may as well be absent, and WSO2 loses it when it is on. */
static gboolean
is_off (ScimNode node)
{
  gboolean on = FALSE;

  return is_nothing (node) || (scim_node_get_boolean (node, &on) && !on);
}

static gboolean
is_member_kept (ScimNode member, ScimNode element)
{
  g_autofree char *key = scim_node_dup_key (member);
  ScimNode twin = scim_node_get_member (element, key);

  return is_as_meant (member, twin) || (is_off (member) && is_off (twin));
}

/* Is `element` the same value as `meant`, however it is written? */
static gboolean
is_twin (ScimNode meant, ScimNode element)
{
  gboolean objects = scim_node_get_type (meant) == SCIM_JSON_OBJECT &&
                     scim_node_get_type (element) == SCIM_JSON_OBJECT;
  g_autofree char *one = NULL;
  g_autofree char *other = NULL;
  ScimNode type;

  if (objects && !scim_node_exists (scim_node_get_member (meant, "value")))
    {
      for (ScimNode member = scim_node_get_first (meant); scim_node_exists (member);
           member = scim_node_get_next (member))
        if (!is_member_kept (member, element))
          return FALSE;
      return TRUE;
    }
  one = dup_text (meant);
  other = dup_text (element);
  if (one == NULL || g_strcmp0 (one, other) != 0)
    return FALSE;
  type = scim_node_get_member (meant, "type");
  return !objects || is_nothing (type) ||
         is_same_scalar (type, scim_node_get_member (element, "type"));
}

static GPtrArray *
list_elements (ScimNode node)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);
  gboolean is_array = scim_node_get_type (node) == SCIM_JSON_ARRAY;

  if (is_nothing (node))
    return elements;
  for (ScimNode element = is_array ? scim_node_get_first (node) : node; scim_node_exists (element);
       element = is_array ? scim_node_get_next (element) : SCIM_NODE_NONE)
    g_ptr_array_add (elements, g_memdup2 (&element, sizeof element));
  return elements;
}

/* Takes the twin out of the list. */
static gboolean
take_twin (GPtrArray *elements, ScimNode meant, ScimNode *twin)
{
  for (guint i = 0; i < elements->len; i++)
    {
      ScimNode *element = g_ptr_array_index (elements, i);

      if (!is_twin (meant, *element))
        continue;
      *twin = *element;
      g_ptr_array_remove_index (elements, i);
      return TRUE;
    }
  return FALSE;
}

static gboolean
is_pending (ScimResource *shown, ScimNode meant)
{
  g_autofree char *text = dup_text (meant);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (pending_paths); i++)
    {
      g_autoptr (GPtrArray) pending = list_elements (scim_resource_get (shown, pending_paths[i]));

      for (guint j = 0; j < pending->len; j++)
        {
          g_autofree char *other = dup_text (*(ScimNode *)g_ptr_array_index (pending, j));

          if (g_strcmp0 (text, other) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
say (RosterComparison *self, char *message)
{
  if (self->messages->len < MAX_MESSAGES)
    g_ptr_array_add (self->messages, message);
  else
    g_free (message);
}

static void
say_pending (RosterComparison *self, const char *label, ScimNode meant)
{
  g_autofree char *value = roster_comparison_dup_value (meant);

  /* Translators: the name of an attribute and its new value. */
  say (self, g_strdup_printf (_ ("%s: “%s” is waiting for confirmation."), label, value));
}

static void
say_difference (RosterComparison *self, const char *label, ScimNode meant, ScimNode shown)
{
  g_autofree char *wanted = roster_comparison_dup_value (meant);
  g_autofree char *has = roster_comparison_dup_value (shown);

  if (is_nothing (meant))
    /* Translators: a value, then the name of its attribute. */
    say (self, g_strdup_printf (_ ("The service still has “%s” for %s."), has, label));
  else if (is_nothing (shown))
    /* Translators: a value, then the name of its attribute. */
    say (self, g_strdup_printf (_ ("The service did not keep “%s” for %s."), wanted, label));
  else
    say (self,
         /* Translators: the value that the service has, the name of the attribute, the value that
          * was meant. */
         g_strdup_printf (_ ("The service kept “%s” for %s instead of “%s”."), has, label, wanted));
}

static Finding
compare_simple (RosterComparison *self,
                RosterDraft *meant,
                ScimResource *shown,
                const char *path,
                const char *label)
{
  ScimNode wanted = scim_resource_get (roster_draft_get_target (meant), path);
  ScimNode has = scim_resource_get (shown, path);

  if (is_as_meant (wanted, has))
    return KEPT;
  if (is_pending (shown, wanted))
    {
      say_pending (self, label, wanted);
      return PENDING;
    }
  say_difference (self, label, wanted, has);
  return DIFFERENT;
}

/* Parts of a value that was found again: a service that replaces it whole may have lost some. */
static void
compare_parts (RosterComparison *self, const char *label, ScimNode meant, ScimNode twin)
{
  if (scim_node_get_type (meant) != SCIM_JSON_OBJECT ||
      scim_node_get_type (twin) != SCIM_JSON_OBJECT)
    return;
  for (ScimNode member = scim_node_get_first (meant); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = NULL;
      g_autofree char *safe = NULL;
      g_autofree char *value = NULL;

      if (is_member_kept (member, twin))
        continue;
      key = scim_node_dup_key (member);
      safe = scim_text_make_safe (key, -1, MAX_VALUE);
      value = roster_comparison_dup_value (meant);
      /* Translators: a part of a value, the name of the attribute, the value: “The service changed
       * “display” of E-mail Addresses “kim@example.org”.” */
      say (self, g_strdup_printf (_ ("The service changed “%s” of %s “%s”."), safe, label, value));
    }
}

static Finding
compare_values (RosterComparison *self,
                RosterDraft *meant,
                ScimResource *shown,
                const char *path,
                const char *label)
{
  ScimNode base = scim_resource_get (roster_draft_get_base (meant), path);
  g_autoptr (GPtrArray) before = list_elements (base);
  g_autoptr (GPtrArray) wanted =
    list_elements (scim_resource_get (roster_draft_get_target (meant), path));
  g_autoptr (GPtrArray) has = list_elements (scim_resource_get (shown, path));
  guint n_lost = 0;
  guint n_pending = 0;
  ScimNode twin;

  for (guint i = 0; i < wanted->len; i++)
    {
      ScimNode element = *(ScimNode *)g_ptr_array_index (wanted, i);

      if (take_twin (has, element, &twin))
        {
          compare_parts (self, label, element, twin);
        }
      else if (is_pending (shown, element))
        {
          say_pending (self, label, element);
          n_pending++;
        }
      else
        {
          say_difference (self, label, element, SCIM_NODE_NONE);
          n_lost++;
        }
    }
  /* While a new value waits the old one stays. */
  for (guint i = 0; n_pending == 0 && i < before->len; i++)
    if (take_twin (has, *(ScimNode *)g_ptr_array_index (before, i), &twin))
      {
        say_difference (self, label, SCIM_NODE_NONE, twin);
        n_lost++;
      }
  if (n_lost > 0)
    return DIFFERENT;
  return n_pending > 0 ? PENDING : KEPT;
}

static gboolean
is_edited (GPtrArray *paths, const char *path)
{
  for (guint i = 0; i < paths->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (paths, i), path) == 0)
      return TRUE;
  return FALSE;
}

/* The parts beside an edited one (name.middleName beside name.givenName) must still be there. */
static void
compare_siblings (RosterComparison *self, RosterDraft *meant, ScimResource *shown, GPtrArray *paths)
{
  ScimSchemas *schemas = roster_draft_get_schemas (meant);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const ScimAttribute *attribute = scim_schemas_find (schemas, g_ptr_array_index (paths, i));
      const ScimAttribute *parent = attribute == NULL ? NULL : attribute->parent;

      if (parent == NULL || parent->multi_valued || !g_hash_table_add (seen, (gpointer)parent))
        continue;
      for (guint j = 0; j < parent->sub_attributes->len; j++)
        {
          const ScimAttribute *sub = g_ptr_array_index (parent->sub_attributes, j);
          g_autofree char *path = scim_attribute_dup_path (sub);
          ScimNode before = scim_resource_get (roster_draft_get_base (meant), path);
          g_autofree char *label = NULL;

          /* A service makes `formatted` of the other parts. */
          if (is_edited (paths, path) || is_nothing (before) ||
              g_ascii_strcasecmp (sub->name, "formatted") == 0 ||
              is_as_meant (before, scim_resource_get (shown, path)))
            continue;
          label = roster_label_attribute (sub);
          say_difference (self, label, before, scim_resource_get (shown, path));
        }
    }
}

static void
compare_path (RosterComparison *self, RosterDraft *meant, ScimResource *shown, const char *path)
{
  g_autofree char *label = roster_comparison_dup_label (roster_draft_get_schemas (meant), path);
  gboolean is_simple = roster_draft_get_edit (meant, path) != NULL;
  Finding finding = is_simple ? compare_simple (self, meant, shown, path, label)
                              : compare_values (self, meant, shown, path, label);
  ScimNode before = scim_resource_get (roster_draft_get_base (meant), path);
  ScimNode now = scim_resource_get (shown, path);
  gboolean is_same = is_nothing (before) ? is_nothing (now) : scim_node_equal (before, now);

  self->n_edited++;
  if (finding != DIFFERENT)
    self->n_kept++;
  /* Values are compared loosely: a mark or type that was lost shows only here. */
  if (is_same && (finding == DIFFERENT || (finding == KEPT && !is_simple)))
    self->n_untouched++;
}

RosterComparison *
roster_comparison_new (RosterDraft *meant, ScimResource *shown)
{
  RosterComparison *self = g_new0 (RosterComparison, 1);
  g_autoptr (GPtrArray) paths = roster_draft_dup_edited_paths (meant);

  self->messages = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < paths->len; i++)
    compare_path (self, meant, shown, g_ptr_array_index (paths, i));
  compare_siblings (self, meant, shown, paths);
  return self;
}

void
roster_comparison_free (RosterComparison *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->messages);
  g_free (self);
}

static char *
join (GPtrArray *texts, const char *separator)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; i < texts->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (texts, i));
  list = g_strv_builder_end (builder);
  return g_strjoinv (separator, list);
}

char *
roster_comparison_dup_text (RosterComparison *self)
{
  return self->messages->len == 0 ? NULL : join (self->messages, "\n");
}

char *
roster_comparison_dup_value (ScimNode node)
{
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GPtrArray) elements = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *raw;

  if (is_nothing (node))
    return g_strdup ("");
  if (scim_node_get_type (node) == SCIM_JSON_ARRAY)
    {
      texts = g_ptr_array_new_with_free_func (g_free);
      elements = list_elements (node);
      for (guint i = 0; i < elements->len; i++)
        {
          ScimNode element = *(ScimNode *)g_ptr_array_index (elements, i);

          if (scim_node_get_type (element) != SCIM_JSON_ARRAY)
            g_ptr_array_add (texts, roster_comparison_dup_value (element));
        }
      text = join (texts, ", ");
    }
  else
    text = dup_text (node);
  if (text != NULL)
    return scim_text_make_safe (text, -1, MAX_VALUE);
  raw = scim_node_get_raw (node, &length);
  return scim_text_make_safe (raw, (gssize)length, MAX_VALUE);
}

char *
roster_comparison_dup_label (ScimSchemas *schemas, const char *path)
{
  const ScimAttribute *attribute = scim_schemas_find (schemas, path);

  return attribute != NULL ? roster_label_attribute (attribute)
                           : scim_text_make_safe (path, -1, MAX_VALUE);
}
