/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-draft-private.h"

static void
conflict_free (gpointer data)
{
  RosterConflict *conflict = data;

  g_free (conflict->path);
  g_free (conflict->theirs);
  g_free (conflict);
}

static void
add_conflict (GPtrArray *conflicts, const char *path, ScimNode theirs)
{
  RosterConflict *conflict = g_new0 (RosterConflict, 1);

  conflict->path = g_strdup (path);
  conflict->theirs = scim_node_exists (theirs) ? scim_node_dup_raw (theirs) : NULL;
  g_ptr_array_add (conflicts, conflict);
}

/* Absent and null are the same (RFC 7643 section 2.5). */
static gboolean
is_same (ScimNode a, ScimNode b)
{
  gboolean a_is_none = scim_node_get_type (a) <= SCIM_JSON_NULL;
  gboolean b_is_none = scim_node_get_type (b) <= SCIM_JSON_NULL;

  return a_is_none || b_is_none ? a_is_none == b_is_none : scim_node_equal (a, b);
}

static gboolean
is_raw (ScimNode node, const char *raw)
{
  g_autoptr (ScimJson) json = raw == NULL ? NULL : scim_json_new_from_text (raw, -1, NULL);

  return is_same (node, json == NULL ? SCIM_NODE_NONE : scim_json_get_root (json));
}

static void
copy_edits (GPtrArray *from, GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (from, i);

      roster_edits_put (to, edit->key, edit->text, edit->raw, edit->valid)->implied = edit->implied;
    }
}

static void
rebase_simple (RosterDraft *self, RosterDraft *rebased, GPtrArray *conflicts)
{
  for (guint i = 0; i < self->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (self->edits, i);
      ScimNode ours = scim_resource_get (self->base, edit->key);
      ScimNode theirs = scim_resource_get (rebased->base, edit->key);

      if (edit->valid && is_raw (theirs, edit->raw))
        continue;
      if (!is_same (ours, theirs))
        add_conflict (conflicts, edit->key, theirs);
      roster_edits_put (rebased->edits, edit->key, edit->text, edit->raw, edit->valid);
    }
}

/* The same value in the fresh attribute: one that is equal and not yet taken. */
static RosterValue *
find_twin (RosterValues *fresh, const RosterValue *value, GHashTable *taken)
{
  for (guint i = 0; i < fresh->values->len; i++)
    {
      RosterValue *candidate = g_ptr_array_index (fresh->values, i);

      if (scim_node_exists (candidate->base) && !g_hash_table_contains (taken, candidate) &&
          scim_node_equal (candidate->base, value->base))
        {
          g_hash_table_add (taken, candidate);
          return candidate;
        }
    }
  return NULL;
}

/* A value that others changed: theirs in the same place is what the edit goes to now. */
static RosterValue *
find_stand_in (RosterDraft *rebased,
               RosterValues *fresh,
               const RosterValue *value,
               GHashTable *taken)
{
  RosterValue *candidate = roster_values_find (fresh, value->id);

  if (value->removed)
    return NULL;
  if (candidate != NULL && !g_hash_table_contains (taken, candidate))
    {
      g_hash_table_add (taken, candidate);
      return candidate;
    }
  return roster_draft_add_value (rebased, fresh);
}

static void
rebase_values (RosterDraft *self, RosterDraft *rebased, RosterValues *values, GPtrArray *conflicts)
{
  RosterValues *fresh = roster_draft_get_values (rebased, values->path, values->is_complex);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) lost = g_ptr_array_new ();

  /* Untouched values take their twins too: of two equal ones each keeps its own. */
  for (guint i = 0; i < values->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (values->values, i);
      gboolean added = !scim_node_exists (value->base);
      RosterValue *twin =
        added ? roster_draft_add_value (rebased, fresh) : find_twin (fresh, value, taken);

      if (twin == NULL && (value->removed || value->edits->len > 0))
        g_ptr_array_add (lost, value);
      if (twin == NULL)
        continue;
      copy_edits (value->edits, twin->edits);
      twin->removed = value->removed;
    }
  for (guint i = 0; i < lost->len; i++)
    {
      RosterValue *value = g_ptr_array_index (lost, i);
      RosterValue *stand_in = find_stand_in (rebased, fresh, value, taken);

      if (stand_in != NULL)
        copy_edits (value->edits, stand_in->edits);
    }
  if (lost->len > 0)
    add_conflict (conflicts, values->path, scim_resource_get (rebased->base, values->path));
}

RosterDraft *
roster_draft_rebase (RosterDraft *self, ScimResource *fresh, GPtrArray **conflicts)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (conflict_free);
  g_autoptr (RosterDraft) rebased = NULL;

  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);
  g_return_val_if_fail (fresh != NULL, NULL);

  rebased = roster_draft_new (fresh, self->schemas);
  rebase_simple (self, rebased, found);
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValues *values = g_ptr_array_index (self->values, i);
      g_autofree char *meant = NULL;

      if (!roster_values_is_edited (values))
        continue;
      meant = roster_values_dup_raw (values);
      if (!is_raw (scim_resource_get (fresh, values->path), meant))
        rebase_values (self, rebased, values, found);
    }
  roster_draft_touch (rebased);
  if (conflicts != NULL)
    *conflicts = g_steal_pointer (&found);
  return g_steal_pointer (&rebased);
}
