/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-conflict.h"

#include "directory/roster-draft-private.h"
#include "directory/roster-value-text.h"

struct _RosterConflictItem
{
  GObject parent_instance;

  char *path;
  char *label;
  char *base_text;
  char *theirs_text;
  char *mine_text;
  RosterChoice choice;
};

G_DEFINE_FINAL_TYPE (RosterConflictItem, roster_conflict_item, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_BASE_TEXT,
  PROP_THEIRS_TEXT,
  PROP_MINE_TEXT,
  PROP_CHOICE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
roster_conflict_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterConflictItem *self = ROSTER_CONFLICT_ITEM (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_BASE_TEXT:
      g_value_set_string (value, self->base_text);
      break;
    case PROP_THEIRS_TEXT:
      g_value_set_string (value, self->theirs_text);
      break;
    case PROP_MINE_TEXT:
      g_value_set_string (value, self->mine_text);
      break;
    case PROP_CHOICE:
      g_value_set_int (value, (int)self->choice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_conflict_item_set_property (GObject *object,
                                   guint prop_id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  RosterConflictItem *self = ROSTER_CONFLICT_ITEM (object);

  if (prop_id == PROP_CHOICE)
    roster_conflict_item_set_choice (self, (RosterChoice)g_value_get_int (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
roster_conflict_item_finalize (GObject *object)
{
  RosterConflictItem *self = ROSTER_CONFLICT_ITEM (object);

  g_free (self->path);
  g_free (self->label);
  g_free (self->base_text);
  g_free (self->theirs_text);
  g_free (self->mine_text);

  G_OBJECT_CLASS (roster_conflict_item_parent_class)->finalize (object);
}

static void
roster_conflict_item_class_init (RosterConflictItemClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_conflict_item_get_property;
  object_class->set_property = roster_conflict_item_set_property;
  object_class->finalize = roster_conflict_item_finalize;

  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_BASE_TEXT] = g_param_spec_string ("base-text", NULL, NULL, NULL, flags);
  properties[PROP_THEIRS_TEXT] = g_param_spec_string ("theirs-text", NULL, NULL, NULL, flags);
  properties[PROP_MINE_TEXT] = g_param_spec_string ("mine-text", NULL, NULL, NULL, flags);
  properties[PROP_CHOICE] =
    g_param_spec_int ("choice", NULL, NULL, ROSTER_CHOICE_NONE, ROSTER_CHOICE_BASE,
                      ROSTER_CHOICE_NONE, flags | G_PARAM_WRITABLE | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_conflict_item_init (RosterConflictItem *self)
{
}

const char *
roster_conflict_item_get_label (RosterConflictItem *self)
{
  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (self), NULL);

  return self->label;
}

const char *
roster_conflict_item_get_base_text (RosterConflictItem *self)
{
  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (self), NULL);

  return self->base_text;
}

const char *
roster_conflict_item_get_theirs_text (RosterConflictItem *self)
{
  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (self), NULL);

  return self->theirs_text;
}

const char *
roster_conflict_item_get_mine_text (RosterConflictItem *self)
{
  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (self), NULL);

  return self->mine_text;
}

RosterChoice
roster_conflict_item_get_choice (RosterConflictItem *self)
{
  g_return_val_if_fail (ROSTER_IS_CONFLICT_ITEM (self), ROSTER_CHOICE_NONE);

  return self->choice;
}

void
roster_conflict_item_set_choice (RosterConflictItem *self, RosterChoice choice)
{
  g_return_if_fail (ROSTER_IS_CONFLICT_ITEM (self));

  if (self->choice == choice)
    return;
  self->choice = choice;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOICE]);
}

gboolean
roster_conflicts_are_decided (GListModel *conflicts)
{
  g_return_val_if_fail (G_IS_LIST_MODEL (conflicts), FALSE);

  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (RosterConflictItem) item = g_list_model_get_item (conflicts, i);

      if (item->choice == ROSTER_CHOICE_NONE)
        return FALSE;
    }
  return TRUE;
}

/* What all these attributes become by one choice. */
static ScimResource *
try_choice (RosterDraft *draft, ScimResource *fresh, GPtrArray *paths, RosterChoice choice)
{
  g_autoptr (GHashTable) choices = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (RosterDraft) tried = NULL;

  for (guint i = 0; i < paths->len; i++)
    g_hash_table_insert (choices, g_ptr_array_index (paths, i), GINT_TO_POINTER (choice));
  tried = roster_draft_rebase_choosing (draft, fresh, choices);
  return scim_resource_ref (roster_draft_get_target (tried));
}

static char *
dup_text (ScimResource *user, ScimSchemas *schemas, const char *path)
{
  return roster_value_dup_attribute_text (schemas, path, scim_resource_get (user, path));
}

GPtrArray *
roster_conflicts_find (RosterDraft *draft, ScimResource *fresh)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (RosterDraft) rebased = NULL;
  g_autoptr (ScimResource) base = NULL;
  g_autoptr (ScimResource) theirs = NULL;

  g_return_val_if_fail (ROSTER_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (fresh != NULL, NULL);

  rebased = roster_draft_rebase (draft, fresh, &paths);
  if (paths->len == 0)
    return g_steal_pointer (&items);
  theirs = try_choice (draft, fresh, paths, ROSTER_CHOICE_THEIRS);
  base = try_choice (draft, fresh, paths, ROSTER_CHOICE_BASE);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      RosterConflictItem *item = g_object_new (ROSTER_TYPE_CONFLICT_ITEM, NULL);

      item->path = g_strdup (path);
      item->label = roster_value_dup_label (draft->schemas, path);
      item->base_text = dup_text (base, draft->schemas, path);
      item->theirs_text = dup_text (theirs, draft->schemas, path);
      item->mine_text = dup_text (roster_draft_get_target (rebased), draft->schemas, path);
      g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

RosterDraft *
roster_conflicts_resolve (GListModel *conflicts, RosterDraft *draft, ScimResource *fresh)
{
  g_autoptr (GHashTable) choices = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (conflicts), NULL);
  g_return_val_if_fail (ROSTER_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (fresh != NULL, NULL);

  choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (conflicts); i++)
    {
      g_autoptr (RosterConflictItem) item = g_list_model_get_item (conflicts, i);

      g_hash_table_insert (choices, g_strdup (item->path), GINT_TO_POINTER (item->choice));
    }
  return roster_draft_rebase_choosing (draft, fresh, choices);
}
