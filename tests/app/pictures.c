/* SPDX-License-Identifier: GPL-3.0-or-later */
/* roster-pictures FOLDER [SCENE…]: every window, page and dialog as a PNG, light and dark; the
 * window 720 px wide, too. */
#include "config.h"

#include <glib/gstdio.h>
#include "paint.h"
#include "stage.h"

static void
save (GtkWidget *window, const char *folder, const char *name, const char *variant)
{
  g_autofree char *file = g_strconcat (name, variant, ".png", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);

  paint_save (window, path);
}

static void
photograph (Stage *stage, const Scene *scene, const char *folder)
{
  GtkWidget *window = stage_play (stage, scene);

  save (window, folder, scene->name, "");
  paint_set_dark (TRUE);
  save (window, folder, scene->name, "-dark");
  if (window != stage->window)
    return;
  paint_set_dark (FALSE);
  /* In two steps, as when its edge is dragged: what a narrow window leaves out must go first. */
  paint_resize (window, 890, gtk_widget_get_height (window));
  paint_resize (window, 720, gtk_widget_get_height (window));
  save (window, folder, scene->name, "-narrow");
}

/* names: empty: all. */
static void
photograph_all (Stage *stage, const Scene *scenes, const char *folder, const char *const *names)
{
  for (const Scene *scene = scenes; scene->name != NULL; scene++)
    if (names[0] == NULL || g_strv_contains (names, scene->name))
      photograph (stage, scene, folder);
}

int
main (int argc, char *argv[])
{
  Stage *stage = stage_new (&argc, &argv, "1204");

  if (stage == NULL)
    return 77;
  if (argc < 2 || g_mkdir_with_parents (argv[1], 0755) != 0)
    {
      g_printerr ("Usage: roster-pictures FOLDER [SCENE…]\n");
      return 2;
    }
  photograph_all (stage, stage_scenes, argv[1], (const char *const *)argv + 2);
  photograph_all (stage, stage_failures, argv[1], (const char *const *)argv + 2);
  stage_free (stage);
  return 0;
}
