/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Lets everything happen, and a frame of the window be drawn after it. */
void paint_settle (GtkWidget *window);
/* Waits until the window has exactly this size. */
void paint_resize (GtkWidget *window, int width, int height);
/* Gives it the round corners that it has where there is a compositor. */
void paint_decorate (GtkWidget *window);
void paint_set_dark (gboolean dark);

/* What the window shows, as if it had the focus, with the popovers that are open over it. The
 * origin is the window's; *bounds (nullable out) is the part that is drawn on. */
GskRenderNode *paint_window (GtkWidget *window, graphene_rect_t *bounds);
/* A part of it, so many times as large. */
GdkTexture *paint_texture (GtkWidget *window,
                           GskRenderNode *node,
                           const graphene_rect_t *part,
                           float scale);
void paint_save (GtkWidget *window, const char *path);

G_END_DECLS
