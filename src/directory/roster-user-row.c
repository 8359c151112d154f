/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-users-private.h"

struct _RosterUserRow
{
  GObject parent_instance;

  RosterUsers *owner; /* borrowed; NULL once detached */
  guint position;
  RosterSnapshot *snapshot; /* nullable: not filled yet */
  RosterRowId row;
  RosterUserFields *fields;
  GHashTable *formatted; /* field → text, made when asked for */
};

G_DEFINE_FINAL_TYPE (RosterUserRow, roster_user_row, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
roster_user_row_dispose (GObject *object)
{
  RosterUserRow *self = ROSTER_USER_ROW (object);

  if (self->owner != NULL)
    roster_users_row_gone (self->owner, self->position);
  self->owner = NULL;

  G_OBJECT_CLASS (roster_user_row_parent_class)->dispose (object);
}

static void
roster_user_row_finalize (GObject *object)
{
  RosterUserRow *self = ROSTER_USER_ROW (object);

  g_clear_pointer (&self->snapshot, roster_snapshot_unref);
  g_clear_pointer (&self->fields, roster_user_fields_unref);
  g_clear_pointer (&self->formatted, g_hash_table_unref);

  G_OBJECT_CLASS (roster_user_row_parent_class)->finalize (object);
}

static void
roster_user_row_class_init (RosterUserRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = roster_user_row_dispose;
  object_class->finalize = roster_user_row_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
roster_user_row_init (RosterUserRow *self)
{
  self->row = ROSTER_ROW_NONE;
}

RosterUserRow *
roster_user_row_new (RosterUsers *owner, guint position)
{
  RosterUserRow *self = g_object_new (ROSTER_TYPE_USER_ROW, NULL);

  self->owner = owner;
  self->position = position;

  return self;
}

gboolean
roster_user_row_fill (RosterUserRow *self,
                      RosterSnapshot *snapshot,
                      RosterRowId row,
                      RosterUserFields *fields,
                      gboolean force)
{
  gboolean same;

  g_return_val_if_fail (ROSTER_IS_USER_ROW (self), FALSE);

  /* A row's number stands for the same data for as long as its index lives. */
  same = !force && self->row == row && self->fields == fields;
  if (self->snapshot != snapshot)
    {
      g_clear_pointer (&self->snapshot, roster_snapshot_unref);
      self->snapshot = roster_snapshot_ref (snapshot);
    }
  if (same)
    return FALSE;

  roster_user_fields_ref (fields);
  g_clear_pointer (&self->fields, roster_user_fields_unref);
  self->fields = fields;
  self->row = row;
  if (self->formatted != NULL)
    g_hash_table_remove_all (self->formatted);

  return TRUE;
}

guint
roster_user_row_get_position (RosterUserRow *self)
{
  return self->position;
}

void
roster_user_row_emit_changed (RosterUserRow *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
roster_user_row_detach (RosterUserRow *self)
{
  g_return_if_fail (ROSTER_IS_USER_ROW (self));

  self->owner = NULL;
}

const char *
roster_user_row_get_id (RosterUserRow *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_ROW (self), NULL);

  return self->snapshot != NULL ? roster_snapshot_get_id (self->snapshot, self->row) : "";
}

const char *
roster_user_row_get_text (RosterUserRow *self, const char *path)
{
  const char *text;
  char *shown;
  guint field;

  g_return_val_if_fail (ROSTER_IS_USER_ROW (self), "");
  g_return_val_if_fail (path != NULL, "");

  field = self->snapshot != NULL ? roster_user_fields_find (self->fields, path) : G_MAXUINT;
  if (field == G_MAXUINT)
    return "";

  text = roster_snapshot_get_text (self->snapshot, self->row, field);
  if (roster_user_fields_is_plain (self->fields, field, text))
    return text;

  if (self->formatted == NULL)
    self->formatted = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  shown = g_hash_table_lookup (self->formatted, GUINT_TO_POINTER (field));
  if (shown == NULL)
    {
      shown = roster_user_fields_format (self->fields, field, text);
      g_hash_table_insert (self->formatted, GUINT_TO_POINTER (field), shown);
    }

  return shown;
}

ScimAccountStatus
roster_user_row_get_status (RosterUserRow *self)
{
  g_return_val_if_fail (ROSTER_IS_USER_ROW (self), SCIM_ACCOUNT_ACTIVE);

  if (self->snapshot == NULL)
    return SCIM_ACCOUNT_ACTIVE;

  return (ScimAccountStatus)roster_snapshot_get_flags (self->snapshot, self->row);
}

const char *
roster_user_row_get_title (RosterUserRow *self)
{
  return roster_user_row_get_text (self, ROSTER_KEY_TITLE);
}
