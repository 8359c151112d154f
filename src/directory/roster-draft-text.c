/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "directory/roster-draft-private.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-value-text.h"
#include "scim/scim-error.h"

#define MAX_TYPED 20000

static gboolean
is_secret (RosterDraft *self, const char *path)
{
  const ScimAttribute *attribute = scim_schemas_find (self->schemas, path);
  g_autofree char *small = g_ascii_strdown (path, -1);

  if (strstr (small, "password") != NULL)
    return TRUE;
  return attribute != NULL && (attribute->mutability == SCIM_MUTABILITY_WRITE_ONLY ||
                               attribute->returned == SCIM_RETURNED_NEVER);
}

/* What was typed, also where it is no value of its attribute. */
static char *
dup_after (RosterDraft *self, const char *path)
{
  const RosterEdit *edit = roster_draft_get_edit (self, path);

  if (edit != NULL && !edit->valid)
    return scim_text_make_safe (edit->text, -1, MAX_TYPED);
  return roster_value_dup_long_text (self->schemas, path,
                                     scim_resource_get (roster_draft_get_target (self), path));
}

char *
roster_draft_dup_text (RosterDraft *self)
{
  g_autoptr (GPtrArray) paths = NULL;
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (ROSTER_IS_DRAFT (self), NULL);

  paths = roster_draft_dup_edited_paths (self);
  out = g_string_new (NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      g_autofree char *label = roster_value_dup_label (self->schemas, path);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;

      if (out->len > 0)
        g_string_append_c (out, '\n');
      if (is_secret (self, path))
        {
          /* Translators: %s is the name of an attribute that is a secret. */
          g_string_append_printf (out, _ ("%s: changed"), label);
          continue;
        }
      before =
        roster_value_dup_long_text (self->schemas, path, scim_resource_get (self->base, path));
      after = dup_after (self, path);
      /* Translators: the name of an attribute, its value before and after the change. */
      g_string_append_printf (out, _ ("%s: “%s” → “%s”"), label, before, after);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}
