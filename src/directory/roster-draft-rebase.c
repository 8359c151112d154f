/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three-way merging: the edits of a draft over what the service has now. Of a multi-valued
 * attribute each value is merged alone: a value of the base finds its twin in the fresh attribute
 * by being equal to it; one that was edited here and has no twin was changed or removed by somebody
 * else. What nobody edited here is theirs, also values that they added. */
#include "directory/roster-draft-private.h"

#include "directory/roster-field-info.h"

typedef struct
{
  RosterDraft *old;
  RosterDraft *rebased;
  GHashTable *choices;  /* nullable: path → RosterChoice */
  GPtrArray *conflicts; /* paths */
} Rebase;

/* One multi-valued attribute. */
typedef struct
{
  RosterValues *old;
  RosterValues *fresh;
  GHashTable *twins; /* value of `old` → value of `fresh` */
  GHashTable *taken; /* values of `fresh` that have one */
  RosterChoice choice;
} Merge;

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

static RosterChoice
get_choice (Rebase *self, const char *path)
{
  gpointer choice = self->choices == NULL ? NULL : g_hash_table_lookup (self->choices, path);

  return GPOINTER_TO_INT (choice) == ROSTER_CHOICE_NONE ? ROSTER_CHOICE_MINE
                                                        : (RosterChoice)GPOINTER_TO_INT (choice);
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

/* As if the node had been typed into the field of the attribute. */
static void
put_node (
  Rebase *self, GPtrArray *edits, const char *key, const ScimAttribute *attribute, ScimNode node)
{
  g_autoptr (RosterFieldInfo) info = NULL;
  g_autofree char *raw = NULL;
  g_autofree char *text = NULL;
  gboolean fits;

  if (scim_node_get_type (node) > SCIM_JSON_NULL)
    raw = scim_node_dup_raw (node);
  if (attribute != NULL)
    {
      info = roster_field_info_new (self->old->schemas, attribute);
      text = roster_field_info_dup_text (info, node, &fits);
    }
  else
    text = scim_node_dup_text (node);
  roster_edits_put (edits, key, text != NULL ? text : "", raw, TRUE);
}

static void
rebase_simple (Rebase *self)
{
  for (guint i = 0; i < self->old->edits->len; i++)
    {
      const RosterEdit *edit = g_ptr_array_index (self->old->edits, i);
      ScimNode ours = scim_resource_get (self->old->base, edit->key);
      ScimNode theirs = scim_resource_get (self->rebased->base, edit->key);
      RosterChoice choice = ROSTER_CHOICE_MINE;

      if (edit->valid && is_raw (theirs, edit->raw))
        continue;
      if (!is_same (ours, theirs))
        {
          g_ptr_array_add (self->conflicts, g_strdup (edit->key));
          choice = get_choice (self, edit->key);
        }
      if (choice == ROSTER_CHOICE_BASE)
        put_node (self, self->rebased->edits, edit->key,
                  scim_schemas_find (self->old->schemas, edit->key), ours);
      else if (choice != ROSTER_CHOICE_THEIRS)
        roster_edits_put (self->rebased->edits, edit->key, edit->text, edit->raw, edit->valid);
    }
}

static gboolean
is_equal (const RosterValue *value, const RosterValue *candidate)
{
  return scim_node_equal (value->base, candidate->base);
}

static char *
dup_main_text (ScimNode node)
{
  char *text = scim_node_dup_text (node);

  return text != NULL ? text : scim_node_dup_text (scim_node_get_member (node, "value"));
}

static gboolean
has_same_text (const RosterValue *value, const RosterValue *candidate)
{
  g_autofree char *one = dup_main_text (value->base);
  g_autofree char *other = dup_main_text (candidate->base);

  return one != NULL && g_strcmp0 (one, other) == 0;
}

static char *
dup_type (const RosterValue *value)
{
  return scim_node_dup_text (scim_node_get_member (value->base, "type"));
}

static gboolean
has_same_type (const RosterValue *value, const RosterValue *candidate)
{
  g_autofree char *one = dup_type (value);
  g_autofree char *other = dup_type (candidate);

  return one != NULL && g_strcmp0 (one, other) == 0;
}

/* Ids of the base's values are their positions. */
static gboolean
has_same_place (const RosterValue *value, const RosterValue *candidate)
{
  g_autofree char *one = dup_type (value);
  g_autofree char *other = dup_type (candidate);

  return one == NULL && other == NULL && value->id == candidate->id;
}

static RosterValue *
take (Merge *self,
      RosterValue *value,
      gboolean (*matches) (const RosterValue *value, const RosterValue *candidate))
{
  for (guint i = 0; i < self->fresh->values->len; i++)
    {
      RosterValue *candidate = g_ptr_array_index (self->fresh->values, i);

      if (!scim_node_exists (candidate->base) || g_hash_table_contains (self->taken, candidate) ||
          !matches (value, candidate))
        continue;
      g_hash_table_add (self->taken, candidate);
      g_hash_table_insert (self->twins, value, candidate);
      return candidate;
    }
  return NULL;
}

/* What somebody else made of the value; NULL: they removed it. */
static RosterValue *
take_stand_in (Merge *self, RosterValue *value)
{
  RosterValue *stand_in = take (self, value, has_same_text);

  if (stand_in == NULL)
    stand_in = take (self, value, has_same_type);
  return stand_in != NULL ? stand_in : take (self, value, has_same_place);
}

static RosterValue *
add (Rebase *self, Merge *merge, RosterValue *value)
{
  RosterValue *added = roster_draft_add_value (self->rebased, merge->fresh);

  g_hash_table_insert (merge->twins, value, added);
  return added;
}

/* The value of the base as edits of what stands in for it. */
static void
put_base (Rebase *self, Merge *merge, const RosterValue *value, RosterValue *stand_in)
{
  const ScimAttribute *attribute = scim_schemas_find (self->old->schemas, merge->old->path);
  gboolean is_object = scim_node_get_type (value->base) == SCIM_JSON_OBJECT;

  if (!is_object)
    put_node (self, stand_in->edits, "value", NULL, value->base);
  for (ScimNode member = is_object ? scim_node_get_first (value->base) : SCIM_NODE_NONE;
       scim_node_exists (member); member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);
      const ScimAttribute *sub = attribute == NULL ? NULL : scim_attribute_get_sub (attribute, key);

      if (!is_same (member, scim_node_get_member (stand_in->base, key)))
        put_node (self, stand_in->edits, key, sub, member);
    }
  for (ScimNode member = scim_node_get_first (stand_in->base);
       is_object && scim_node_exists (member); member = scim_node_get_next (member))
    {
      g_autofree char *key = scim_node_dup_key (member);

      if (!scim_node_exists (scim_node_get_member (value->base, key)))
        put_node (self, stand_in->edits, key, NULL, SCIM_NODE_NONE);
    }
}

static void
resolve_value (Rebase *self, Merge *merge, RosterValue *value, RosterValue *stand_in)
{
  if (merge->choice == ROSTER_CHOICE_THEIRS)
    return;
  if (stand_in == NULL)
    stand_in = add (self, merge, value);
  if (merge->choice == ROSTER_CHOICE_BASE)
    {
      put_base (self, merge, value, stand_in);
      return;
    }
  copy_edits (value->edits, stand_in->edits);
  stand_in->removed = value->removed;
}

/* Values that have their twin; returns the edited ones that have none. */
static GPtrArray *
match_values (Rebase *self, Merge *merge)
{
  GPtrArray *lost = g_ptr_array_new ();

  /* Untouched values take their twins too: of two equal ones each keeps its own. */
  for (guint i = 0; i < merge->old->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (merge->old->values, i);
      gboolean added = !scim_node_exists (value->base);
      RosterValue *twin = added ? add (self, merge, value) : take (merge, value, is_equal);

      if (twin == NULL && (value->removed || value->edits->len > 0))
        g_ptr_array_add (lost, value);
      if (twin == NULL)
        continue;
      copy_edits (value->edits, twin->edits);
      twin->removed = value->removed;
    }
  return lost;
}

static guint
count_primary (RosterValues *values)
{
  guint n = 0;

  for (guint i = 0; i < values->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (values->values, i);

      if (!value->removed && roster_value_get_primary (value))
        n++;
    }
  return n;
}

static gboolean
was_made_primary (const RosterValue *value)
{
  const RosterEdit *edit = roster_edits_find (value->edits, "primary");

  return edit != NULL && !edit->implied && g_strcmp0 (edit->text, "true") == 0;
}

/* Who is primary, now that both sides have chosen one. */
static void
settle_primary (Rebase *self, Merge *merge)
{
  GHashTableIter iter;
  gpointer value, twin;
  RosterValue *primary = NULL;

  for (guint i = 0; merge->choice != ROSTER_CHOICE_MINE && i < merge->fresh->values->len; i++)
    roster_edits_drop (((RosterValue *)g_ptr_array_index (merge->fresh->values, i))->edits,
                       "primary");
  g_hash_table_iter_init (&iter, merge->twins);
  while (g_hash_table_iter_next (&iter, &value, &twin))
    {
      gboolean was_primary = FALSE;

      scim_node_get_boolean (scim_node_get_member (((RosterValue *)value)->base, "primary"),
                             &was_primary);
      if (merge->choice == ROSTER_CHOICE_MINE ? was_made_primary (twin)
                                              : merge->choice == ROSTER_CHOICE_BASE && was_primary)
        primary = twin;
    }
  if (primary != NULL)
    roster_draft_set_primary (self->rebased, merge->fresh, primary);
}

/* An edit that followed from one that is not there any more goes with it. */
static void
drop_implied (Merge *merge)
{
  for (guint i = 0; i < merge->fresh->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (merge->fresh->values, i);
      const RosterEdit *edit = roster_edits_find (value->edits, "primary");

      if (edit != NULL && edit->implied)
        roster_edits_drop (value->edits, "primary");
    }
}

static gboolean
is_primary_chosen (Merge *merge)
{
  for (guint i = 0; i < merge->fresh->values->len; i++)
    if (was_made_primary (g_ptr_array_index (merge->fresh->values, i)))
      return TRUE;
  return FALSE;
}

static void
rebase_values (Rebase *self, RosterValues *values)
{
  g_autoptr (GHashTable) twins = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  Merge merge = { values, roster_draft_get_values (self->rebased, values->path, values->is_complex),
                  twins, taken, get_choice (self, values->path) };
  g_autoptr (GPtrArray) lost = match_values (self, &merge);
  gboolean is_conflict = FALSE;

  for (guint i = 0; i < lost->len; i++)
    {
      RosterValue *value = g_ptr_array_index (lost, i);
      RosterValue *stand_in = take_stand_in (&merge, value);

      /* Both removed it. */
      if (stand_in == NULL && value->removed)
        continue;
      is_conflict = TRUE;
      resolve_value (self, &merge, value, stand_in);
    }
  if (!is_primary_chosen (&merge))
    drop_implied (&merge);
  else if (count_primary (merge.fresh) > 1)
    {
      is_conflict = TRUE;
      settle_primary (self, &merge);
    }
  if (is_conflict)
    g_ptr_array_add (self->conflicts, g_strdup (values->path));
}

static RosterDraft *
rebase (RosterDraft *self, ScimResource *fresh, GHashTable *choices, GPtrArray *conflicts)
{
  g_autoptr (RosterDraft) rebased = roster_draft_new (fresh, self->schemas);
  Rebase state = { self, rebased, choices, conflicts };

  rebase_simple (&state);
  for (guint i = 0; i < self->values->len; i++)
    {
      RosterValues *values = g_ptr_array_index (self->values, i);
      g_autofree char *meant = NULL;

      if (!roster_values_is_edited (values))
        continue;
      meant = roster_values_dup_raw (values);
      if (!is_raw (scim_resource_get (fresh, values->path), meant))
        rebase_values (&state, values);
    }
  roster_draft_touch (rebased);
  return g_steal_pointer (&rebased);
}

RosterDraft *
roster_draft_rebase (RosterDraft *self, ScimResource *fresh, GPtrArray **conflicts)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RosterDraft) rebased = NULL;

  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);
  g_return_val_if_fail (fresh != NULL, NULL);

  rebased = rebase (self, fresh, NULL, found);
  if (conflicts != NULL)
    *conflicts = g_steal_pointer (&found);
  return g_steal_pointer (&rebased);
}

RosterDraft *
roster_draft_rebase_choosing (RosterDraft *self, ScimResource *fresh, GHashTable *choices)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);
  g_return_val_if_fail (fresh != NULL, NULL);
  g_return_val_if_fail (choices != NULL, NULL);

  return rebase (self, fresh, choices, found);
}
