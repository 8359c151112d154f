/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "paint.h"

#include "support/roster-test-wait.h"

#define GROUND 22

static void
painted_cb (gboolean *painted)
{
  *painted = TRUE;
}

void
paint_settle (GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  /* A size that is asked for in the first frame is given in the second. */
  for (guint i = 0; i < 2; i++)
    {
      gboolean painted = FALSE;
      gulong handler =
        g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (painted_cb), &painted);

      roster_test_settle ();
      gtk_widget_queue_draw (window);
      roster_test_wait_flag (&painted);
      g_signal_handler_disconnect (clock, handler);
    }
}

typedef struct
{
  GtkWidget *window;
  int width, height;
} Size;

static gboolean
has_size (gpointer user_data)
{
  const Size *size = user_data;

  return gtk_widget_get_width (size->window) == size->width &&
         gtk_widget_get_height (size->window) == size->height;
}

void
paint_resize (GtkWidget *window, int width, int height)
{
  Size size = { window, width, height };

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  roster_test_wait (has_size, &size);
  paint_settle (window);
}

void
paint_set_dark (gboolean dark)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
}

void
paint_decorate (GtkWidget *window)
{
  gtk_widget_remove_css_class (window, "solid-csd");
  gtk_widget_add_css_class (window, "csd");
}

static void
snapshot_widget (GtkSnapshot *snapshot,
                 GtkWidget *widget,
                 const graphene_point_t *at,
                 graphene_rect_t *bounds)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  const graphene_rect_t own = GRAPHENE_RECT_INIT (at->x, at->y, width, height);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, at);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  gtk_snapshot_restore (snapshot);
  graphene_rect_union (bounds, &own, bounds);
}

/* A popover is a surface of its own, placed by its position; both surfaces have a shadow around. */
static void
snapshot_popover (GtkSnapshot *snapshot,
                  GtkWidget *window,
                  GtkWidget *popover,
                  graphene_rect_t *bounds)
{
  GdkPopup *popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (popover)));
  double window_x = 0, window_y = 0, x = 0, y = 0;
  graphene_point_t at;

  gtk_native_get_surface_transform (GTK_NATIVE (window), &window_x, &window_y);
  gtk_native_get_surface_transform (GTK_NATIVE (popover), &x, &y);
  graphene_point_init (&at, gdk_popup_get_position_x (popup) + x - window_x,
                       gdk_popup_get_position_y (popup) + y - window_y);
  snapshot_widget (snapshot, popover, &at, bounds);
}

static void
snapshot_popovers (GtkSnapshot *snapshot,
                   GtkWidget *window,
                   GtkWidget *widget,
                   graphene_rect_t *bounds)
{
  if (GTK_IS_POPOVER (widget) && gtk_widget_get_mapped (widget))
    snapshot_popover (snapshot, window, widget, bounds);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    snapshot_popovers (snapshot, window, child, bounds);
}

typedef struct
{
  GtkWidget *window;
  GskRenderNode *node;
  graphene_rect_t bounds;
} Painting;

/* A widget has nothing to show between a change and the frame after it. */
static gboolean
is_painted (gpointer user_data)
{
  Painting *self = user_data;
  const graphene_point_t origin = GRAPHENE_POINT_INIT (0, 0);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  graphene_rect_init (&self->bounds, 0, 0, 0, 0);
  snapshot_widget (snapshot, self->window, &origin, &self->bounds);
  snapshot_popovers (snapshot, self->window, self->window, &self->bounds);
  self->node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  return self->node != NULL;
}

GskRenderNode *
paint_window (GtkWidget *window, graphene_rect_t *bounds)
{
  Painting painting = { .window = window };

  /* Nobody gives it the focus where there is no window manager. */
  gtk_widget_unset_state_flags (window, GTK_STATE_FLAG_BACKDROP);
  paint_settle (window);
  roster_test_wait (is_painted, &painting);
  if (bounds != NULL)
    *bounds = painting.bounds;
  return painting.node;
}

GdkTexture *
paint_texture (GtkWidget *window, GskRenderNode *node, const graphene_rect_t *part, float scale)
{
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  g_autoptr (GskTransform) transform = gsk_transform_scale (NULL, scale, scale);
  /* The identity is NULL. */
  g_autoptr (GskRenderNode) scaled =
    transform != NULL ? gsk_transform_node_new (node, transform) : gsk_render_node_ref (node);
  const graphene_rect_t viewport =
    GRAPHENE_RECT_INIT (part->origin.x * scale, part->origin.y * scale, part->size.width * scale,
                        part->size.height * scale);

  return gsk_renderer_render_texture (renderer, scaled, &viewport);
}

void
paint_save (GtkWidget *window, const char *path)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const GdkRGBA ground = dark ? (GdkRGBA){ 0.08, 0.08, 0.08, 1 } : (GdkRGBA){ 0.75, 0.75, 0.74, 1 };
  graphene_rect_t bounds;
  g_autoptr (GskRenderNode) node = paint_window (window, &bounds);
  g_autoptr (GskRenderNode) back = NULL;
  g_autoptr (GskRenderNode) both = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  graphene_rect_inset (&bounds, -GROUND, -GROUND);
  back = gsk_color_node_new (&ground, &bounds);
  both = gsk_container_node_new ((GskRenderNode *[]){ back, node }, 2);
  texture = paint_texture (window, both, &bounds, 1);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written", path);
}
