/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The contrast of every text that is shown, measured in what is painted: letters so large that
 * their insides have the pure colour, against the colour that surrounds them (WCAG 2.1, 1.4.3). */
#include "config.h"

#include <math.h>
#include <string.h>
#include "paint.h"
#include "stage.h"

#define ENOUGH            4.5
#define ENOUGH_FOR_STORES 3.0
#define SCALE             4
/* Fewer pixels than this are the edges of letters. */
#define FEWEST_PIXELS 12

static Stage *stage;
static GHashTable *judged; /* what was measured in an earlier scene */

typedef struct
{
  GtkWidget *window;
  GskRenderNode *node;
  const char *where;
  GHashTable *least; /* what kind of text → double * */
  guint n_texts;
} Look;

static double
linear (double part)
{
  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

static double
luminance (guint32 pixel)
{
  return 0.2126 * linear (((pixel >> 16) & 0xff) / 255.0) +
         0.7152 * linear (((pixel >> 8) & 0xff) / 255.0) + 0.0722 * linear ((pixel & 0xff) / 255.0);
}

static double
contrast (guint32 a, guint32 b)
{
  double bright = MAX (luminance (a), luminance (b));
  double dark = MIN (luminance (a), luminance (b));

  return (bright + 0.05) / (dark + 0.05);
}

static GHashTable *
count_colors (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture);
  int height = gdk_texture_get_height (texture);
  g_autofree guint32 *pixels = g_new (guint32, (gsize)width * height);
  GHashTable *counts = g_hash_table_new (NULL, NULL);

  gdk_texture_download (texture, (guchar *)pixels, sizeof (guint32) * width);
  for (gsize i = 0; i < (gsize)width * height; i++)
    {
      gpointer key = GUINT_TO_POINTER (pixels[i]);

      g_hash_table_insert (
        counts, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (counts, key)) + 1));
    }
  return counts;
}

/* 0: there is only one colour. */
static double
measure (Look *look, const graphene_rect_t *area)
{
  g_autoptr (GdkTexture) texture = paint_texture (look->window, look->node, area, SCALE);
  g_autoptr (GHashTable) counts = count_colors (texture);
  GHashTableIter iter;
  gpointer key, value;
  guint32 ground = 0;
  guint most = 0;
  double best = 0;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (value) > most)
      {
        most = GPOINTER_TO_UINT (value);
        ground = GPOINTER_TO_UINT (key);
      }
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (GPOINTER_TO_UINT (key) != ground && GPOINTER_TO_UINT (value) >= FEWEST_PIXELS)
      best = MAX (best, contrast (ground, GPOINTER_TO_UINT (key)));
  return best;
}

/* The kind of a text: how it and what it stands in are marked. */
static char *
dup_kind (GtkWidget *widget)
{
  g_autoptr (GString) kind = g_string_new (NULL);

  for (guint depth = 0; widget != NULL && depth < 3; widget = gtk_widget_get_parent (widget))
    {
      g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);
      g_autofree char *joined = g_strjoinv (".", classes);
      gboolean selected = (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_SELECTED) != 0;
      g_autofree char *part = g_strdup_printf ("%s.%s%s ", gtk_widget_get_css_name (widget), joined,
                                               selected ? ":selected" : "");

      if (*joined == '\0')
        continue;
      g_string_prepend (kind, part);
      depth++;
    }
  return g_strchomp (g_string_free (g_steal_pointer (&kind), FALSE));
}

static void
judge (Look *look, GtkWidget *widget, const char *text, const graphene_rect_t *area, double enough)
{
  g_autofree char *kind = dup_kind (widget);
  g_autofree char *seen = g_strdup_printf ("%s %g %s %s", look->where, enough, kind, text);
  double ratio = 0;
  double *least = NULL;

  look->n_texts++;
  /* The same list stands in many scenes. */
  if (!g_hash_table_add (judged, g_steal_pointer (&seen)))
    return;
  ratio = measure (look, area);
  if (ratio == 0)
    return;
  least = g_hash_table_lookup (look->least, kind);
  if (least == NULL)
    {
      least = g_new (double, 1);
      *least = ratio;
      g_hash_table_insert (look->least, g_strdup (kind), least);
    }
  *least = MIN (*least, ratio);
  if (ratio < enough)
    {
      g_test_message ("%s: “%s” (%s) has a contrast of %.2f", look->where, text, kind, ratio);
      g_test_fail ();
    }
}

/* What of the widget can be seen; FALSE: too little to be read. */
static gboolean
find_seen (Look *look, GtkWidget *widget, graphene_rect_t *seen)
{
  double whole = 0;

  if (!gtk_widget_compute_bounds (widget, look->window, seen))
    return FALSE;
  whole = seen->size.height;
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    {
      graphene_rect_t bounds;

      if (!gtk_widget_compute_bounds (parent, look->window, &bounds) ||
          !graphene_rect_intersection (seen, &bounds, seen))
        return FALSE;
    }
  return seen->size.height == whole && seen->size.width > 4;
}

/* A label's text in pieces of one look each: the store part of a user name is fainter. */
static void
judge_label (Look *look, GtkLabel *label, const graphene_rect_t *seen)
{
  PangoLayoutIter *iter = pango_layout_get_iter (gtk_label_get_layout (label));
  graphene_rect_t bounds;
  int x = 0, y = 0;

  gtk_label_get_layout_offsets (label, &x, &y);
  if (!gtk_widget_compute_bounds (GTK_WIDGET (label), look->window, &bounds))
    return;
  do
    {
      PangoLayoutRun *run = pango_layout_iter_get_run_readonly (iter);
      PangoRectangle rect;
      graphene_rect_t area;
      gboolean faint = FALSE;

      if (run == NULL)
        continue;
      for (GSList *at = run->item->analysis.extra_attrs; at != NULL; at = at->next)
        faint = faint || ((PangoAttribute *)at->data)->klass->type == PANGO_ATTR_FOREGROUND_ALPHA;
      pango_layout_iter_get_run_extents (iter, NULL, &rect);
      pango_extents_to_pixels (&rect, NULL);
      /* The offsets are the layout's in the widget, as are the run's in the layout. */
      graphene_rect_init (&area, bounds.origin.x + x + rect.x, bounds.origin.y + y + rect.y,
                          rect.width, rect.height);
      if (rect.width > 2 && graphene_rect_intersection (&area, seen, &area))
        judge (look, GTK_WIDGET (label), gtk_label_get_text (label), &area,
               faint ? ENOUGH_FOR_STORES : ENOUGH);
    }
  while (pango_layout_iter_next_run (iter));
  pango_layout_iter_free (iter);
}

/* What need not have it: the platform's coloured buttons, what is insensitive, placeholders. */
static gboolean
is_exempt (GtkWidget *widget)
{
  return !gtk_widget_is_sensitive (widget) ||
         (GTK_IS_BUTTON (widget) && (gtk_widget_has_css_class (widget, "suggested-action") ||
                                     gtk_widget_has_css_class (widget, "destructive-action")));
}

static void
look_at (Look *look, GtkWidget *widget)
{
  graphene_rect_t seen;

  if (!gtk_widget_get_mapped (widget) || gtk_widget_get_opacity (widget) < 0.05 ||
      is_exempt (widget))
    return;
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    {
      if (find_seen (look, widget, &seen))
        judge_label (look, GTK_LABEL (widget), &seen);
    }
  else if (GTK_IS_INSCRIPTION (widget))
    {
      const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (widget));

      if (text != NULL && *text != '\0' && find_seen (look, widget, &seen))
        judge (look, widget, text, &seen, ENOUGH);
    }
  else if (GTK_IS_TEXT (widget))
    {
      const char *text = gtk_editable_get_text (GTK_EDITABLE (widget));

      if (*text != '\0' && find_seen (look, widget, &seen))
        judge (look, widget, text, &seen, ENOUGH);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    look_at (look, child);
}

static void
look_at_window (GtkWidget *window, const char *where)
{
  g_autoptr (GskRenderNode) node = paint_window (window, NULL);
  g_autoptr (GHashTable) least = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Look look = { window, node, where, least, 0 };
  GHashTableIter iter;
  gpointer kind, ratio;

  look_at (&look, window);
  g_assert_cmpuint (look.n_texts, >, 3);
  g_hash_table_iter_init (&iter, least);
  while (g_hash_table_iter_next (&iter, &kind, &ratio))
    g_test_message ("%s: %.2f %s", where, *(double *)ratio, (const char *)kind);
}

static void
test_scene (gconstpointer data)
{
  const Scene *scene = data;
  GtkWidget *window = stage_play (stage, scene);

  look_at_window (window, "light");
  paint_set_dark (TRUE);
  look_at_window (window, "dark");
}

static void
add_scenes (const Scene *scenes, const char *const *names)
{
  for (const Scene *scene = scenes; scene->name != NULL; scene++)
    if (g_strv_contains (names, scene->name))
      {
        g_autofree char *path = g_strconcat ("/contrast/", scene->name, NULL);

        g_test_add_data_func (path, scene, test_scene);
      }
}

int
main (int argc, char *argv[])
{
  /* Between them they hold every kind of text. */
  static const char *const names[] = {
    "locked",
    "invited",
    "disabled",
    "read-only",
    "welcome",
    "search",
    "every-kind-middle",
    "every-kind-end",
    "editing-invalid",
    "profile-danger-zone",
    "keyring-banner",
    "failed",
    "no-match",
    "connect-asgardeo",
    "connect-failed",
    "connect-ok",
    "delete-allowed",
    "reset",
    "reset-result",
    "reset-typed",
    "customize",
    "secret",
    "fail-list-stopped",
    "fail-refused",
    "fail-conflict-dialog",
    "fail-deleted",
    "fail-repair",
    NULL,
  };
  int status = 0;

  stage = stage_new (&argc, &argv, "120");
  if (stage == NULL)
    return 0;
  add_scenes (stage_scenes, names);
  add_scenes (stage_failures, names);
  judged = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  status = g_test_run ();
  g_hash_table_unref (judged);
  stage_free (stage);
  return status;
}
