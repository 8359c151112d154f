/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-comparison.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-difference.h"
#include "directory/roster-draft-private.h"
#include "directory/roster-labels.h"
#include "directory/roster-value-text.h"
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
  if (roster_value_is_nothing (meant) || roster_value_is_nothing (shown))
    return roster_value_is_nothing (meant) && roster_value_is_nothing (shown);
  return is_same_scalar (meant, shown) || scim_node_equal (meant, shown);
}

/* A mark that is off may as well be absent, and WSO2 loses it when it is on. */
static gboolean
is_off (ScimNode node)
{
  gboolean on = FALSE;

  return roster_value_is_nothing (node) || (scim_node_get_boolean (node, &on) && !on);
}

static gboolean
is_member_kept (ScimNode member, ScimNode element)
{
  g_autofree char *key = scim_node_dup_key (member);
  ScimNode twin = scim_node_get_member (element, key);

  return is_as_meant (member, twin) || (is_off (member) && is_off (twin));
}

/* Is `element` the same value as `meant`, however it is written? with_type: FALSE when its type may
 * have been lost. */
static gboolean
is_twin (ScimNode meant, ScimNode element, gboolean with_type)
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
  one = roster_value_dup_main_text (meant);
  other = roster_value_dup_main_text (element);
  if (one == NULL || g_strcmp0 (one, other) != 0)
    return FALSE;
  if (!objects)
    return TRUE;
  type = scim_node_get_member (element, "type");
  if (!with_type && roster_value_is_nothing (type))
    return TRUE;
  return roster_value_is_nothing (scim_node_get_member (meant, "type")) ||
         is_same_scalar (scim_node_get_member (meant, "type"), type);
}

static GPtrArray *
list_elements (ScimNode node)
{
  GPtrArray *elements = g_ptr_array_new_with_free_func (g_free);
  gboolean is_array = scim_node_get_type (node) == SCIM_JSON_ARRAY;

  if (roster_value_is_nothing (node))
    return elements;
  for (ScimNode element = is_array ? scim_node_get_first (node) : node; scim_node_exists (element);
       element = is_array ? scim_node_get_next (element) : SCIM_NODE_NONE)
    g_ptr_array_add (elements, g_memdup2 (&element, sizeof element));
  return elements;
}

static gboolean
take (GPtrArray *elements, ScimNode meant, gboolean with_type, ScimNode *twin)
{
  for (guint i = 0; i < elements->len; i++)
    {
      ScimNode *element = g_ptr_array_index (elements, i);

      if (!is_twin (meant, *element, with_type))
        continue;
      *twin = *element;
      g_ptr_array_remove_index (elements, i);
      return TRUE;
    }
  return FALSE;
}

/* Takes the twin out of the list. */
static gboolean
take_twin (GPtrArray *elements, ScimNode meant, ScimNode *twin)
{
  return take (elements, meant, TRUE, twin) || take (elements, meant, FALSE, twin);
}

static gboolean
is_pending (ScimResource *shown, ScimNode meant)
{
  g_autofree char *text = roster_value_dup_main_text (meant);

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (pending_paths); i++)
    {
      g_autoptr (GPtrArray) pending = list_elements (scim_resource_get (shown, pending_paths[i]));

      for (guint j = 0; j < pending->len; j++)
        {
          g_autofree char *other =
            roster_value_dup_main_text (*(ScimNode *)g_ptr_array_index (pending, j));

          if (g_strcmp0 (text, other) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static void
loss_free (gpointer data)
{
  RosterLoss *loss = data;

  g_free (loss->path);
  g_free (loss);
}

static void
add_loss (RosterComparison *self, const char *path, RosterLossKind kind)
{
  RosterLoss *loss = g_new0 (RosterLoss, 1);

  loss->path = g_strdup (path);
  loss->kind = kind;
  g_ptr_array_add (self->losses, loss);
}

/* Takes message. */
static void
say (RosterComparison *self, char *message)
{
  if (self->messages->len < MAX_MESSAGES)
    g_ptr_array_add (self->messages, message);
  else
    g_free (message);
}

/* The same as a row. Takes message. */
static void
tell (
  RosterComparison *self, const char *label, const char *meant, const char *shown, char *message)
{
  if (self->differences->len < MAX_MESSAGES)
    g_ptr_array_add (self->differences, roster_difference_new (label, meant, shown, message));
  say (self, message);
}

static void
say_pending (RosterComparison *self, const char *label, ScimNode meant)
{
  g_autofree char *value = roster_value_dup_text (meant);

  /* Translators: the name of an attribute and its new value. */
  say (self, g_strdup_printf (_ ("%s: “%s” is waiting for confirmation."), label, value));
}

static void
say_difference (RosterComparison *self, const char *label, ScimNode meant, ScimNode shown)
{
  g_autofree char *wanted = roster_value_dup_text (meant);
  g_autofree char *has = roster_value_dup_text (shown);
  char *message;

  if (roster_value_is_nothing (meant))
    /* Translators: a value, then the name of its attribute. */
    message = g_strdup_printf (_ ("The service still has “%s” for %s."), has, label);
  else if (roster_value_is_nothing (shown))
    /* Translators: a value, then the name of its attribute. */
    message = g_strdup_printf (_ ("The service did not keep “%s” for %s."), wanted, label);
  else
    message =
      /* Translators: the value that the service has, the name of the attribute, the value that
       * was meant. */
      g_strdup_printf (_ ("The service kept “%s” for %s instead of “%s”."), has, label, wanted);
  tell (self, label, wanted, has, message);
}

static Finding
compare_simple (RosterComparison *self, const char *path, const char *label)
{
  ScimNode wanted = scim_resource_get (roster_draft_get_target (self->meant), path);
  ScimNode has = scim_resource_get (self->shown, path);

  if (is_as_meant (wanted, has))
    return KEPT;
  if (is_pending (self->shown, wanted))
    {
      say_pending (self, label, wanted);
      return PENDING;
    }
  say_difference (self, label, wanted, has);
  add_loss (self, path, ROSTER_LOSS_EDIT);
  return DIFFERENT;
}

/* Parts of a value that was found again: a service that replaces it whole may have lost some.
 * TRUE: all are there. */
static gboolean
compare_parts (RosterComparison *self, const char *label, ScimNode meant, ScimNode twin)
{
  gboolean is_kept = TRUE;

  if (scim_node_get_type (meant) != SCIM_JSON_OBJECT ||
      scim_node_get_type (twin) != SCIM_JSON_OBJECT)
    return TRUE;
  for (ScimNode member = scim_node_get_first (meant); scim_node_exists (member);
       member = scim_node_get_next (member))
    {
      g_autofree char *key = NULL;
      g_autofree char *safe = NULL;
      g_autofree char *value = NULL;
      g_autofree char *wanted = NULL;
      g_autofree char *has = NULL;

      if (is_member_kept (member, twin))
        continue;
      is_kept = FALSE;
      key = scim_node_dup_key (member);
      safe = scim_text_make_safe (key, -1, MAX_VALUE);
      value = roster_value_dup_text (meant);
      wanted = roster_value_dup_text (member);
      has = roster_value_dup_text (scim_node_get_member (twin, key));
      tell (self, label, wanted, has,
            /* Translators: a part of a value, the name of the attribute, the value: “The service
             * changed “display” of E-mail Addresses “kim@example.org”.” */
            g_strdup_printf (_ ("The service changed “%s” of %s “%s”."), safe, label, value));
    }
  return is_kept;
}

static Finding
compare_values (RosterComparison *self, const char *path, const char *label)
{
  g_autoptr (GPtrArray) before =
    list_elements (scim_resource_get (roster_draft_get_base (self->meant), path));
  g_autoptr (GPtrArray) wanted =
    list_elements (scim_resource_get (roster_draft_get_target (self->meant), path));
  g_autoptr (GPtrArray) has = list_elements (scim_resource_get (self->shown, path));
  gboolean is_whole = TRUE;
  guint n_lost = 0;
  guint n_pending = 0;
  ScimNode twin;

  for (guint i = 0; i < wanted->len; i++)
    {
      ScimNode element = *(ScimNode *)g_ptr_array_index (wanted, i);

      if (take_twin (has, element, &twin))
        {
          is_whole &= compare_parts (self, label, element, twin);
        }
      else if (is_pending (self->shown, element))
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
  if (n_lost > 0 || !is_whole)
    add_loss (self, path, ROSTER_LOSS_EDIT);
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

/* An attribute that was not edited and has to be there still. */
static void
compare_sibling (RosterComparison *self, const ScimAttribute *attribute, RosterLossKind kind)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  g_autofree char *label = roster_label_attribute (attribute);
  ScimNode before = scim_resource_get (roster_draft_get_base (self->meant), path);
  ScimNode now = scim_resource_get (self->shown, path);

  say_difference (self, label, before, now);
  add_loss (self, path, kind);
}

static gboolean
is_lost (RosterComparison *self, const ScimAttribute *attribute, GPtrArray *paths)
{
  g_autofree char *path = scim_attribute_dup_path (attribute);
  ScimNode before = scim_resource_get (roster_draft_get_base (self->meant), path);
  ScimNode now = scim_resource_get (self->shown, path);

  if (is_edited (paths, path) || roster_value_is_nothing (before))
    return FALSE;
  /* Beside a part of a complex attribute nothing else may have changed; of an extension's
   * attributes some follow from others. */
  return attribute->parent != NULL ? !is_as_meant (before, now) : roster_value_is_nothing (now);
}

/* `formatted` a service makes of the other parts, `$ref` of a reference's value. */
static gboolean
follows_from_others (const ScimAttribute *sub)
{
  return sub->mutability == SCIM_MUTABILITY_READ_ONLY ||
         g_ascii_strcasecmp (sub->name, "formatted") == 0 ||
         g_ascii_strcasecmp (sub->name, "$ref") == 0;
}

/* The parts beside an edited one: name.middleName beside name.givenName. */
static void
compare_parts_of (RosterComparison *self, const ScimAttribute *parent, GPtrArray *paths)
{
  for (guint i = 0; i < parent->sub_attributes->len; i++)
    {
      const ScimAttribute *sub = g_ptr_array_index (parent->sub_attributes, i);

      if (!follows_from_others (sub) && is_lost (self, sub, paths))
        compare_sibling (self, sub, ROSTER_LOSS_PART);
    }
}

static gboolean
has_edited_part (const ScimAttribute *attribute, GPtrArray *paths)
{
  for (guint i = 0; i < attribute->sub_attributes->len; i++)
    {
      g_autofree char *path =
        scim_attribute_dup_path (g_ptr_array_index (attribute->sub_attributes, i));

      if (is_edited (paths, path))
        return TRUE;
    }
  return FALSE;
}

/* The attributes beside an edited one in an extension, which is an object as well. */
static void
compare_extension (RosterComparison *self, const ScimSchema *schema, GPtrArray *paths)
{
  for (guint i = 0; i < schema->attributes->len; i++)
    {
      const ScimAttribute *attribute = g_ptr_array_index (schema->attributes, i);

      if (attribute->mutability == SCIM_MUTABILITY_READ_WRITE &&
          !has_edited_part (attribute, paths) && is_lost (self, attribute, paths))
        compare_sibling (self, attribute, ROSTER_LOSS_MEMBER);
    }
}

static void
compare_siblings (RosterComparison *self, GPtrArray *paths)
{
  ScimSchemas *schemas = roster_draft_get_schemas (self->meant);
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < paths->len; i++)
    {
      const ScimAttribute *attribute = scim_schemas_find (schemas, g_ptr_array_index (paths, i));
      const ScimAttribute *parent = attribute == NULL ? NULL : attribute->parent;

      if (parent != NULL && !parent->multi_valued && g_hash_table_add (seen, (gpointer)parent))
        compare_parts_of (self, parent, paths);
      if (attribute != NULL && !scim_schema_is_core_user (attribute->schema) &&
          g_hash_table_add (seen, (gpointer)attribute->schema))
        compare_extension (self, attribute->schema, paths);
    }
}

static void
compare_path (RosterComparison *self, const char *path)
{
  g_autofree char *label = roster_value_dup_label (roster_draft_get_schemas (self->meant), path);
  gboolean is_simple = roster_draft_get_edit (self->meant, path) != NULL;
  Finding finding =
    is_simple ? compare_simple (self, path, label) : compare_values (self, path, label);
  ScimNode before = scim_resource_get (roster_draft_get_base (self->meant), path);
  ScimNode now = scim_resource_get (self->shown, path);
  gboolean is_same = roster_value_is_nothing (before) ? roster_value_is_nothing (now)
                                                      : scim_node_equal (before, now);

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

  self->meant = g_object_ref (meant);
  self->shown = scim_resource_ref (shown);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  self->differences = g_ptr_array_new_with_free_func (g_object_unref);
  self->losses = g_ptr_array_new_with_free_func (loss_free);
  for (guint i = 0; i < paths->len; i++)
    compare_path (self, g_ptr_array_index (paths, i));
  compare_siblings (self, paths);
  return self;
}

void
roster_comparison_free (RosterComparison *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->messages);
  g_ptr_array_unref (self->differences);
  g_ptr_array_unref (self->losses);
  scim_resource_unref (self->shown);
  g_object_unref (self->meant);
  g_free (self);
}

char *
roster_comparison_dup_text (RosterComparison *self)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_auto (GStrv) lines = NULL;

  if (self->messages->len == 0)
    return NULL;
  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->messages->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (self->messages, i));
  lines = g_strv_builder_end (builder);
  return g_strjoinv ("\n", lines);
}
