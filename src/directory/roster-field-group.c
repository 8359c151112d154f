/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-form-private.h"

#include "directory/roster-draft-private.h"
#include "directory/roster-labels.h"

struct _RosterFieldGroup
{
  GObject parent_instance;

  RosterGroupKind kind;
  char *title;
  GPtrArray *fields; /* RosterField */

  /* Of VALUES */
  GPtrArray *infos; /* nullable: RosterFieldInfo of one value, the lead first */
  char *add_label;
  guint n_removed;

  RosterDraft *draft; /* nullable */
  gboolean editable;
  char *reason;
};

static void roster_field_group_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterFieldGroup,
                               roster_field_group,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      roster_field_group_list_model_init))

enum
{
  PROP_0,
  PROP_N_REMOVED,
  PROP_CAN_ADD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static RosterFieldInfo *
get_lead (RosterFieldGroup *self)
{
  return g_ptr_array_index (self->infos, 0);
}

static RosterValues *
get_values (RosterFieldGroup *self)
{
  RosterFieldInfo *lead = get_lead (self);

  return roster_draft_get_values (self->draft, lead->path, lead->is_complex);
}

static RosterBinding
get_binding (RosterFieldGroup *self)
{
  return (RosterBinding){ self->draft, self->editable, self->reason };
}

static RosterField *
find_field (RosterFieldGroup *self, guint id, RosterFieldInfo *info)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      RosterField *field = g_ptr_array_index (self->fields, i);

      if (roster_field_get_value_id (field) == id && roster_field_get_info (field) == info)
        return field;
    }
  return NULL;
}

static void
add_fields_of_value (RosterFieldGroup *self, GPtrArray *fields, RosterValue *value)
{
  RosterBinding binding = get_binding (self);

  for (guint i = 0; i < self->infos->len; i++)
    {
      RosterFieldInfo *info = g_ptr_array_index (self->infos, i);
      RosterField *field = find_field (self, value->id, info);

      if (field == NULL)
        {
          field = roster_field_new (info);
          roster_field_bind (field, &binding, value->id);
          g_ptr_array_add (fields, field);
        }
      else
        g_ptr_array_add (fields, g_object_ref (field));
    }
}

/* Fields of values that are still there stay the same objects. */
static void
update_values (RosterFieldGroup *self)
{
  g_autoptr (GPtrArray) next = g_ptr_array_new_with_free_func (g_object_unref);
  RosterValues *values = self->draft == NULL ? NULL : get_values (self);
  guint n_removed = values == NULL ? 0 : roster_values_get_n_removed (values);

  for (guint i = 0; values != NULL && i < values->values->len; i++)
    {
      RosterValue *value = g_ptr_array_index (values->values, i);

      if (!value->removed)
        add_fields_of_value (self, next, value);
    }
  roster_list_update (G_LIST_MODEL (self), self->fields, g_steal_pointer (&next));
  if (n_removed != self->n_removed)
    {
      self->n_removed = n_removed;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_REMOVED]);
    }
}

static gpointer
roster_field_group_get_item (GListModel *model, guint position)
{
  RosterFieldGroup *self = ROSTER_FIELD_GROUP (model);

  return position < self->fields->len ? g_object_ref (g_ptr_array_index (self->fields, position))
                                      : NULL;
}

static GType
roster_field_group_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_FIELD;
}

static guint
roster_field_group_get_n_items (GListModel *model)
{
  return ROSTER_FIELD_GROUP (model)->fields->len;
}

static void
roster_field_group_list_model_init (GListModelInterface *iface)
{
  iface->get_item = roster_field_group_get_item;
  iface->get_item_type = roster_field_group_get_item_type;
  iface->get_n_items = roster_field_group_get_n_items;
}

static void
roster_field_group_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterFieldGroup *self = ROSTER_FIELD_GROUP (object);

  switch (prop_id)
    {
    case PROP_N_REMOVED:
      g_value_set_uint (value, self->n_removed);
      break;
    case PROP_CAN_ADD:
      g_value_set_boolean (value, roster_field_group_can_add (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
roster_field_group_finalize (GObject *object)
{
  RosterFieldGroup *self = ROSTER_FIELD_GROUP (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->infos, g_ptr_array_unref);
  g_clear_object (&self->draft);
  g_free (self->title);
  g_free (self->add_label);
  g_free (self->reason);

  G_OBJECT_CLASS (roster_field_group_parent_class)->finalize (object);
}

static void
roster_field_group_class_init (RosterFieldGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = roster_field_group_get_property;
  object_class->finalize = roster_field_group_finalize;

  properties[PROP_N_REMOVED] = g_param_spec_uint ("n-removed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CAN_ADD] = g_param_spec_boolean ("can-add", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_field_group_init (RosterFieldGroup *self)
{
}

RosterFieldGroup *
roster_field_group_new (RosterGroupKind kind, char *title, GPtrArray *fields)
{
  RosterFieldGroup *self = g_object_new (ROSTER_TYPE_FIELD_GROUP, NULL);

  self->kind = kind;
  self->title = title;
  self->fields = fields;
  return self;
}

RosterFieldGroup *
roster_field_group_new_values (const ScimAttribute *attribute, GPtrArray *infos)
{
  RosterFieldGroup *self =
    roster_field_group_new (ROSTER_GROUP_VALUES, roster_label_attribute (attribute),
                            g_ptr_array_new_with_free_func (g_object_unref));

  self->infos = infos;
  self->add_label = roster_field_info_dup_add_label (attribute);
  return self;
}

void
roster_field_group_bind (RosterFieldGroup *self, const RosterBinding *binding)
{
  gboolean could_add = roster_field_group_can_add (self);

  g_set_object (&self->draft, binding->draft);
  self->editable = binding->editable;
  g_free (self->reason);
  self->reason = g_strdup (binding->reason);
  /* Values are told apart by position: the same rows show the next person's. */
  for (guint i = 0; i < self->fields->len; i++)
    {
      RosterField *field = g_ptr_array_index (self->fields, i);

      roster_field_bind (field, binding, roster_field_get_value_id (field));
    }
  if (self->infos != NULL)
    update_values (self);
  if (could_add != roster_field_group_can_add (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_ADD]);
}

void
roster_field_group_set_fields (RosterFieldGroup *self, GPtrArray *fields)
{
  roster_list_update (G_LIST_MODEL (self), self->fields, fields);
}

void
roster_field_group_refresh (RosterFieldGroup *self)
{
  if (self->infos != NULL)
    update_values (self);
  for (guint i = 0; i < self->fields->len; i++)
    roster_field_refresh (g_ptr_array_index (self->fields, i));
}

gboolean
roster_field_group_is_shown (RosterFieldGroup *self)
{
  if (roster_field_group_can_add (self) || self->n_removed > 0)
    return TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    if (roster_field_get_visible (g_ptr_array_index (self->fields, i)))
      return TRUE;
  return FALSE;
}

RosterGroupKind
roster_field_group_get_kind (RosterFieldGroup *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), ROSTER_GROUP_ATTRIBUTES);

  return self->kind;
}

const char *
roster_field_group_get_title (RosterFieldGroup *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), NULL);

  return self->title;
}

gboolean
roster_field_group_can_add (RosterFieldGroup *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), FALSE);

  return self->infos != NULL && self->draft != NULL && self->editable && get_lead (self)->can_edit;
}

const char *
roster_field_group_get_add_label (RosterFieldGroup *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), NULL);

  return self->add_label;
}

static gboolean
is_type_used (RosterFieldGroup *self, const char *type)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      const char *used = roster_field_get_type_text (g_ptr_array_index (self->fields, i));

      if (used != NULL && g_ascii_strcasecmp (used, type) == 0)
        return TRUE;
    }
  return FALSE;
}

/* WSO2 keeps one value per type (SCIM-SERVICES section 3.7): the first that is free. */
static const char *
find_free_type (RosterFieldGroup *self)
{
  GStrv types = get_lead (self)->types;

  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    if (!is_type_used (self, types[i]))
      return types[i];
  return types != NULL ? types[0] : NULL;
}

RosterField *
roster_field_group_add (RosterFieldGroup *self)
{
  const char *type;
  RosterValue *value;
  guint id;

  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), NULL);

  if (!roster_field_group_can_add (self))
    return NULL;
  type = find_free_type (self);
  value = roster_draft_add_value (self->draft, get_values (self));
  id = value->id;
  if (type != NULL)
    {
      g_autofree char *raw = scim_json_quote (type);

      roster_draft_edit_value (self->draft, value, "type", type, raw, TRUE);
    }
  update_values (self);
  return find_field (self, id, get_lead (self));
}

guint
roster_field_group_get_n_removed (RosterFieldGroup *self)
{
  g_return_val_if_fail (ROSTER_IS_FIELD_GROUP (self), 0);

  return self->n_removed;
}

void
roster_field_group_put_back (RosterFieldGroup *self)
{
  g_return_if_fail (ROSTER_IS_FIELD_GROUP (self));

  if (self->infos == NULL || self->draft == NULL)
    return;
  roster_draft_restore_values (self->draft, get_values (self));
  roster_field_group_refresh (self);
}
