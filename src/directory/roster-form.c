/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-form-private.h"

struct _RosterForm
{
  GObject parent_instance;

  ScimSchemas *schemas;
  GPtrArray *groups; /* RosterFieldGroup: all of them */
  GPtrArray *shown;  /* RosterFieldGroup: what the model has */

  RosterDraft *draft; /* nullable */
  gulong changed_id;
};

static void roster_form_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterForm,
                               roster_form,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      roster_form_list_model_init))

static void
update_shown (RosterForm *self)
{
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; self->draft != NULL && i < self->groups->len; i++)
    {
      RosterFieldGroup *group = g_ptr_array_index (self->groups, i);

      if (roster_field_group_is_shown (group))
        g_ptr_array_add (next, g_object_ref (group));
    }
  roster_list_update (G_LIST_MODEL (self), self->shown, g_steal_pointer (&next));
}

static void
changed_cb (RosterDraft *draft, RosterForm *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    roster_field_group_refresh (g_ptr_array_index (self->groups, i));
  update_shown (self);
}

static void
drop_draft (RosterForm *self)
{
  if (self->draft != NULL)
    g_clear_signal_handler (&self->changed_id, self->draft);
  g_clear_object (&self->draft);
}

static gpointer
roster_form_get_item (GListModel *model, guint position)
{
  RosterForm *self = ROSTER_FORM (model);

  return position < self->shown->len ? g_object_ref (g_ptr_array_index (self->shown, position))
                                     : NULL;
}

static GType
roster_form_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_FIELD_GROUP;
}

static guint
roster_form_get_n_items (GListModel *model)
{
  return ROSTER_FORM (model)->shown->len;
}

static void
roster_form_list_model_init (GListModelInterface *iface)
{
  iface->get_item = roster_form_get_item;
  iface->get_item_type = roster_form_get_item_type;
  iface->get_n_items = roster_form_get_n_items;
}

static void
roster_form_dispose (GObject *object)
{
  RosterForm *self = ROSTER_FORM (object);

  drop_draft (self);

  G_OBJECT_CLASS (roster_form_parent_class)->dispose (object);
}

static void
roster_form_finalize (GObject *object)
{
  RosterForm *self = ROSTER_FORM (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->schemas, scim_schemas_unref);

  G_OBJECT_CLASS (roster_form_parent_class)->finalize (object);
}

static void
roster_form_class_init (RosterFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_form_dispose;
  object_class->finalize = roster_form_finalize;
}

static void
roster_form_init (RosterForm *self)
{
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Both arrays own their objects. What is equal at both ends is not told. */
void
roster_list_update (GListModel *model, GPtrArray *now, GPtrArray *next)
{
  g_autoptr (GPtrArray) taken = next;
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = 0;
  guint end = 0;
  guint n_removed, n_added;

  while (start < MIN (now->len, next->len) && now->pdata[start] == next->pdata[start])
    start++;
  while (end < MIN (now->len, next->len) - start &&
         now->pdata[now->len - 1 - end] == next->pdata[next->len - 1 - end])
    end++;
  n_removed = now->len - start - end;
  n_added = next->len - start - end;
  if (n_removed == 0 && n_added == 0)
    return;

  /* Whoever listens may still look at what goes. */
  for (guint i = 0; i < n_removed; i++)
    g_ptr_array_add (gone, g_object_ref (now->pdata[start + i]));
  if (n_removed > 0)
    g_ptr_array_remove_range (now, start, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (now, (int)(start + i), g_object_ref (next->pdata[start + i]));
  g_list_model_items_changed (model, start, n_removed, n_added);
}

RosterForm *
roster_form_new (ScimSchemas *schemas, RosterAttributes *attributes)
{
  RosterForm *self;

  g_return_val_if_fail (schemas != NULL, NULL);

  self = g_object_new (ROSTER_TYPE_FORM, NULL);
  self->schemas = scim_schemas_ref (schemas);
  self->groups = roster_form_build (schemas, attributes);
  return self;
}

void
roster_form_bind (RosterForm *self, RosterDraft *draft, gboolean editable, const char *reason)
{
  RosterBinding binding = { draft, editable, reason };
  RosterFieldGroup *other;

  g_return_if_fail (ROSTER_IS_FORM (self));
  g_return_if_fail (draft == NULL || ROSTER_IS_DRAFT (draft));

  if (draft != self->draft)
    {
      drop_draft (self);
      self->draft = draft == NULL ? NULL : g_object_ref (draft);
    }
  if (draft != NULL && self->changed_id == 0)
    self->changed_id = g_signal_connect (draft, "changed", G_CALLBACK (changed_cb), self);

  other = g_ptr_array_index (self->groups, self->groups->len - 1);
  roster_field_group_set_fields (
    other, draft == NULL ? g_ptr_array_new_with_free_func (g_object_unref)
                         : roster_form_find_other (self->schemas, roster_draft_get_base (draft)));
  for (guint i = 0; i < self->groups->len; i++)
    roster_field_group_bind (g_ptr_array_index (self->groups, i), &binding);
  update_shown (self);
}
