/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "directory/roster-attributes-private.h"

/* Widths of LOOK.md, section Table. */
#define NAME_WIDTH    202
#define TEXT_WIDTH    144
#define DATE_WIDTH    136
#define BOOLEAN_WIDTH 80

/* What the table shows until somebody chooses. */
static const char *const default_columns[] = { "userName", "emails", "meta.lastModified", NULL };

struct _RosterAttributes
{
  GObject parent_instance;

  RosterConnection *connection;
  GPtrArray *items;    /* RosterAttributeItem */
  GHashTable *by_path; /* borrowed path → borrowed item */
  GPtrArray *columns;  /* RosterColumn */
  gboolean loading;    /* choices are being put into the items */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RosterAttributes,
                               roster_attributes,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
column_free (gpointer data)
{
  RosterColumn *column = data;

  g_free (column->path);
  g_free (column->title);
  g_free (column);
}

static RosterColumn *
column_new (const char *path, const char *title)
{
  RosterColumn *column = g_new0 (RosterColumn, 1);

  column->path = g_strdup (path);
  column->title = g_strdup (title);
  column->width = TEXT_WIDTH;

  return column;
}

static const char *const *
get_wanted_columns (RosterAttributes *self)
{
  const char *const *chosen = roster_connection_get_columns (self->connection);

  return chosen != NULL ? chosen : default_columns;
}

/* One column takes the space that is left: the e-mail where it is shown, else the last text. */
static void
choose_expanding (GPtrArray *columns)
{
  RosterColumn *chosen = columns->pdata[0];

  for (guint i = 1; i < columns->len; i++)
    {
      RosterColumn *column = columns->pdata[i];

      if (!column->date)
        chosen = column;
      if (g_str_equal (column->path, "emails"))
        break;
    }

  chosen->expand = TRUE;
}

static void
rebuild_columns (RosterAttributes *self)
{
  const char *const *wanted = get_wanted_columns (self);
  RosterColumn *name = column_new ("", _ ("Display Name"));

  g_ptr_array_set_size (self->columns, 0);
  name->width = NAME_WIDTH;
  g_ptr_array_add (self->columns, name);

  for (gsize i = 0; wanted[i] != NULL; i++)
    {
      RosterAttributeItem *item = g_hash_table_lookup (self->by_path, wanted[i]);
      const RosterAttributeInfo *info = item != NULL ? roster_attribute_item_get_info (item) : NULL;
      RosterColumn *column;

      /* A choice made when the service had another schema is kept, not shown. */
      if (info == NULL || info->table_fixed)
        continue;
      column = column_new (info->path, info->column_title);
      column->date = info->date;
      if (info->date || info->boolean)
        column->width = info->date ? DATE_WIDTH : BOOLEAN_WIDTH;
      g_ptr_array_add (self->columns, column);
    }
  choose_expanding (self->columns);
}

/* Puts what the connection knows into the items. */
static void
load_choices (RosterAttributes *self)
{
  const char *const *hidden = roster_connection_get_hidden_attributes (self->connection);
  const char *const *columns = get_wanted_columns (self);

  self->loading = TRUE;
  for (guint i = 0; i < self->items->len; i++)
    {
      RosterAttributeItem *item = self->items->pdata[i];
      const RosterAttributeInfo *info = roster_attribute_item_get_info (item);

      roster_attribute_item_set_in_profile (
        item, hidden != NULL ? !g_strv_contains (hidden, info->path) : !info->hidden);
      roster_attribute_item_set_in_table (item, g_strv_contains (columns, info->path));
    }
  self->loading = FALSE;
  rebuild_columns (self);
}

/* The list that is kept: old entries that are no attributes here stay, in their order. */
static GStrv
update_list (RosterAttributes *self,
             const char *const *old,
             gboolean (*wanted) (RosterAttributeItem *item))
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; old != NULL && old[i] != NULL; i++)
    {
      RosterAttributeItem *item = g_hash_table_lookup (self->by_path, old[i]);

      if (item == NULL || wanted (item))
        g_strv_builder_add (builder, old[i]);
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      RosterAttributeItem *item = self->items->pdata[i];
      const char *path = roster_attribute_item_get_path (item);

      if (wanted (item) && (old == NULL || !g_strv_contains (old, path)))
        g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_hidden_item (RosterAttributeItem *item)
{
  return !roster_attribute_item_get_in_profile (item);
}

static gboolean
is_column_item (RosterAttributeItem *item)
{
  return roster_attribute_item_get_in_table (item) && !roster_attribute_item_get_table_fixed (item);
}

static void
profile_choice_cb (RosterAttributes *self)
{
  g_auto (GStrv) paths = NULL;

  if (self->loading)
    return;

  paths =
    update_list (self, roster_connection_get_hidden_attributes (self->connection), is_hidden_item);
  roster_connection_set_hidden_attributes (self->connection, (const char *const *)paths);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
table_choice_cb (RosterAttributes *self)
{
  g_auto (GStrv) paths = NULL;

  if (self->loading)
    return;

  paths = update_list (self, get_wanted_columns (self), is_column_item);
  roster_connection_set_columns (self->connection, (const char *const *)paths);
  rebuild_columns (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GType
roster_attributes_get_item_type (GListModel *model)
{
  return ROSTER_TYPE_ATTRIBUTE_ITEM;
}

static guint
roster_attributes_get_n_items (GListModel *model)
{
  return ROSTER_ATTRIBUTES (model)->items->len;
}

static gpointer
roster_attributes_get_item (GListModel *model, guint position)
{
  RosterAttributes *self = ROSTER_ATTRIBUTES (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = roster_attributes_get_item_type;
  iface->get_n_items = roster_attributes_get_n_items;
  iface->get_item = roster_attributes_get_item;
}

static void
roster_attributes_finalize (GObject *object)
{
  RosterAttributes *self = ROSTER_ATTRIBUTES (object);

  g_clear_object (&self->connection);
  g_clear_pointer (&self->by_path, g_hash_table_unref);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);

  G_OBJECT_CLASS (roster_attributes_parent_class)->finalize (object);
}

static void
roster_attributes_class_init (RosterAttributesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = roster_attributes_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_attributes_init (RosterAttributes *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  self->columns = g_ptr_array_new_with_free_func (column_free);
}

RosterAttributes *
roster_attributes_new (RosterConnection *connection)
{
  g_autoptr (ScimSchemas) builtin = scim_schemas_new_builtin ();
  RosterAttributes *self;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_ATTRIBUTES, NULL);
  self->connection = g_object_ref (connection);
  roster_attributes_set_schemas (self, builtin);

  return self;
}

void
roster_attributes_set_schemas (RosterAttributes *self, ScimSchemas *schemas)
{
  guint before;

  g_return_if_fail (ROSTER_IS_ATTRIBUTES (self));
  g_return_if_fail (schemas != NULL);

  before = self->items->len;
  g_hash_table_remove_all (self->by_path);
  g_ptr_array_unref (self->items);
  self->items = roster_attribute_items_make (schemas);
  for (guint i = 0; i < self->items->len; i++)
    {
      RosterAttributeItem *item = self->items->pdata[i];

      g_hash_table_insert (self->by_path, (char *)roster_attribute_item_get_path (item), item);
      g_signal_connect_object (item, "notify::in-profile", G_CALLBACK (profile_choice_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (item, "notify::in-table", G_CALLBACK (table_choice_cb), self,
                               G_CONNECT_SWAPPED);
    }
  load_choices (self);

  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A complex attribute is hidden when all its parts are; a part, when the whole is. */
static gboolean
is_hidden_complex (RosterAttributes *self, const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *prefix = g_strconcat (path, ".", NULL);
  gboolean has_parts = FALSE;

  for (guint i = 0; i < self->items->len; i++)
    {
      RosterAttributeItem *item = self->items->pdata[i];

      if (!g_str_has_prefix (roster_attribute_item_get_path (item), prefix))
        continue;
      if (roster_attribute_item_get_in_profile (item))
        return FALSE;
      has_parts = TRUE;
    }

  if (!has_parts && dot != NULL)
    {
      g_autofree char *whole = g_strndup (path, dot - path);
      RosterAttributeItem *item = g_hash_table_lookup (self->by_path, whole);

      return item != NULL && !roster_attribute_item_get_in_profile (item);
    }

  return has_parts;
}

gboolean
roster_attributes_is_hidden (RosterAttributes *self, const char *path)
{
  RosterAttributeItem *item;

  g_return_val_if_fail (ROSTER_IS_ATTRIBUTES (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  item = g_hash_table_lookup (self->by_path, path);
  if (item != NULL)
    return !roster_attribute_item_get_in_profile (item);

  return is_hidden_complex (self, path);
}

void
roster_attributes_reset (RosterAttributes *self)
{
  g_return_if_fail (ROSTER_IS_ATTRIBUTES (self));

  roster_connection_set_hidden_attributes (self->connection, NULL);
  roster_connection_set_columns (self->connection, NULL);
  load_choices (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

GPtrArray *
roster_attributes_get_columns (RosterAttributes *self)
{
  g_return_val_if_fail (ROSTER_IS_ATTRIBUTES (self), NULL);

  return self->columns;
}

GStrv
roster_attributes_dup_column_paths (RosterAttributes *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (ROSTER_IS_ATTRIBUTES (self), NULL);

  for (guint i = 1; i < self->columns->len; i++)
    {
      const RosterColumn *column = self->columns->pdata[i];

      g_strv_builder_add (builder, column->path);
    }

  return g_strv_builder_end (builder);
}
