/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-user-cell.h"

#include <adwaita.h>
#include "app/roster-marks.h"

#define AVATAR_SIZE 24
#define NAME_GAP    10

struct _RosterUserCell
{
  GtkWidget parent_instance;

  RosterUserCellKind kind;
  char *path;

  RosterUsers *users;
  RosterUserRow *row;
  gulong changed_id;

  /* Only those that the kind has. */
  GtkWidget *image;
  GtkWidget *avatar;
  GtkWidget *inscription;

  int status; /* shown now; -1: none */
};

G_DEFINE_FINAL_TYPE (RosterUserCell, roster_user_cell, GTK_TYPE_WIDGET)

static PangoAttrList *
mark_matches (RosterUsers *users, const char *text)
{
  g_autoptr (GArray) matches = roster_users_find_matches (users, text);
  PangoAttrList *attributes = NULL;

  if (matches == NULL || matches->len < 2)
    return NULL;
  attributes = pango_attr_list_new ();
  for (guint i = 0; i + 1 < matches->len; i += 2)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_ULTRABOLD);

      bold->start_index = g_array_index (matches, guint, i);
      bold->end_index = g_array_index (matches, guint, i + 1);
      pango_attr_list_insert (attributes, bold);
    }
  return attributes;
}

static void
show_text (RosterUserCell *self, const char *text)
{
  GtkInscription *inscription = GTK_INSCRIPTION (self->inscription);
  g_autoptr (PangoAttrList) attributes = mark_matches (self->users, text);

  gtk_inscription_set_text (inscription, text);
  gtk_inscription_set_attributes (inscription, attributes);
}

static void
show_status (RosterUserCell *self, ScimAccountStatus status)
{
  if (self->status == (int)status)
    return;
  if (self->image != NULL)
    {
      if (self->status >= 0)
        gtk_widget_remove_css_class (self->image, roster_status_get_style (self->status));
      gtk_widget_add_css_class (self->image, roster_status_get_style (status));
      gtk_image_set_from_icon_name (GTK_IMAGE (self->image), roster_status_get_icon_name (status));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      roster_status_get_label (status), -1);
    }
  if (status == SCIM_ACCOUNT_DISABLED)
    gtk_widget_add_css_class (GTK_WIDGET (self), "off");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "off");
  self->status = status;
}

static void
row_changed_cb (RosterUserCell *self)
{
  const char *title = NULL;

  show_status (self, roster_user_row_get_status (self->row));
  switch (self->kind)
    {
    case ROSTER_USER_CELL_STATUS:
      break;
    case ROSTER_USER_CELL_NAME:
      title = roster_user_row_get_title (self->row);
      adw_avatar_set_text (ADW_AVATAR (self->avatar), title);
      show_text (self, title);
      break;
    case ROSTER_USER_CELL_TEXT:
    case ROSTER_USER_CELL_DATE:
    default:
      show_text (self, roster_user_row_get_text (self->row, self->path));
      break;
    }
}

/* Made when it is asked for, since setting it on every change costs a quarter of a refill. An
 * inscription cannot say whether it shows its whole text. */
static gboolean
roster_user_cell_query_tooltip (
  GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip)
{
  RosterUserCell *self = ROSTER_USER_CELL (widget);
  g_autoptr (PangoLayout) layout = NULL;
  const char *text = NULL;
  int width = 0;

  if (self->image != NULL)
    {
      if (self->status >= 0)
        gtk_tooltip_set_text (tooltip, roster_status_get_label (self->status));
      return self->status >= 0;
    }
  if (self->inscription == NULL)
    return FALSE;
  text = gtk_inscription_get_text (GTK_INSCRIPTION (self->inscription));
  if (text == NULL || text[0] == '\0')
    return FALSE;
  layout = gtk_widget_create_pango_layout (self->inscription, text);
  pango_layout_set_attributes (
    layout, gtk_inscription_get_attributes (GTK_INSCRIPTION (self->inscription)));
  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width <= gtk_widget_get_width (self->inscription))
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
roster_user_cell_dispose (GObject *object)
{
  RosterUserCell *self = ROSTER_USER_CELL (object);
  GtkWidget *child = NULL;

  roster_user_cell_set_row (self, NULL, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->image = self->avatar = self->inscription = NULL;
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (roster_user_cell_parent_class)->dispose (object);
}

static void
roster_user_cell_class_init (RosterUserCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_user_cell_dispose;
  widget_class->query_tooltip = roster_user_cell_query_tooltip;

  gtk_widget_class_set_css_name (widget_class, "user-cell");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
roster_user_cell_init (RosterUserCell *self)
{
  self->status = -1;
}

static GtkWidget *
create_inscription (RosterUserCell *self)
{
  /* One line, as wide as the column, whatever the text: nothing is measured while scrolling. */
  GtkWidget *inscription = g_object_new (
    GTK_TYPE_INSCRIPTION, "hexpand", TRUE, "min-chars", 0, "nat-chars", 0, "min-lines", 1,
    "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END, "valign", GTK_ALIGN_CENTER, NULL);

  gtk_widget_set_parent (inscription, GTK_WIDGET (self));
  return inscription;
}

GtkWidget *
roster_user_cell_new (RosterUserCellKind kind, const char *path)
{
  RosterUserCell *self = g_object_new (ROSTER_TYPE_USER_CELL, NULL);
  GtkWidget *widget = GTK_WIDGET (self);

  self->kind = kind;
  self->path = g_strdup (path);
  gtk_widget_set_has_tooltip (widget, TRUE);
  if (kind == ROSTER_USER_CELL_STATUS)
    {
      self->image =
        g_object_new (GTK_TYPE_IMAGE, "halign", GTK_ALIGN_CENTER, "hexpand", TRUE, NULL);
      gtk_widget_set_parent (self->image, widget);
      return widget;
    }
  if (kind == ROSTER_USER_CELL_NAME)
    {
      gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (widget)),
                                  NAME_GAP);
      self->avatar = adw_avatar_new (AVATAR_SIZE, NULL, TRUE);
      gtk_widget_set_parent (self->avatar, widget);
    }
  else
    gtk_widget_add_css_class (widget, "secondary");
  self->inscription = create_inscription (self);
  if (kind == ROSTER_USER_CELL_DATE)
    gtk_widget_add_css_class (self->inscription, "numeric");
  return widget;
}

void
roster_user_cell_set_row (RosterUserCell *self, RosterUsers *users, RosterUserRow *row)
{
  g_return_if_fail (ROSTER_IS_USER_CELL (self));
  g_return_if_fail ((users == NULL) == (row == NULL));

  if (self->row != NULL)
    g_clear_signal_handler (&self->changed_id, self->row);
  g_set_object (&self->users, users);
  g_set_object (&self->row, row);
  if (row == NULL)
    {
      /* GTK 4.8 does not free them with the inscription. */
      if (self->inscription != NULL)
        gtk_inscription_set_attributes (GTK_INSCRIPTION (self->inscription), NULL);
      return;
    }
  self->changed_id = g_signal_connect_swapped (row, "changed", G_CALLBACK (row_changed_cb), self);
  row_changed_cb (self);
}
