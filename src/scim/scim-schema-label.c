/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-schema.h"

#include <string.h>

/* Names that splitting into words would spoil. `path` is the attribute's without its URN, or
 * ".name" for a sub-attribute of any parent; the first entry that fits counts. */
static const struct
{
  const char *path;
  const char *label;
} known_labels[] = {
  { "id", "User ID" },
  { "externalId", "External ID" },
  { "meta.created", "Created" },
  { "meta.lastModified", "Last Modified" },
  { "meta.resourceType", "Resource Type" },
  { "name.formatted", "Full Name" },
  { "nickName", "Nickname" },
  { "profileUrl", "Profile URL" },
  { "timezone", "Time Zone" },
  { "emails", "E-mail Addresses" },
  { "emails.value", "E-mail Address" },
  { "phoneNumbers", "Phone Numbers" },
  { "phoneNumbers.value", "Phone Number" },
  { "ims", "Instant Messaging" },
  { "x509Certificates", "Certificates" },
  { "addresses.formatted", "Full Address" },
  { "addresses.locality", "City" },
  { "manager.value", "Manager ID" },
  { "manager.displayName", "Manager" },
  { "dateOfBirth", "Date of Birth" },
  { ".$ref", "Reference" },
};

static gboolean
is_path_of (const char *path, const ScimAttribute *attribute)
{
  const char *dot = strchr (path, '.');

  if (dot == NULL)
    return attribute->parent == NULL && g_ascii_strcasecmp (path, attribute->name) == 0;
  if (attribute->parent == NULL || g_ascii_strcasecmp (dot + 1, attribute->name) != 0)
    return FALSE;
  return dot == path || (strlen (attribute->parent->name) == (gsize)(dot - path) &&
                         g_ascii_strncasecmp (path, attribute->parent->name, dot - path) == 0);
}

/* A capital begins a word after a small letter or digit ("costCenter"), or as the last of several
 * capitals before a small letter ("HTTPProxy"). */
static gboolean
begins_word (const char *name, const char *at)
{
  if (at == name || !g_ascii_isupper (*at))
    return FALSE;
  return g_ascii_islower (at[-1]) || g_ascii_isdigit (at[-1]) ||
         (g_ascii_isupper (at[-1]) && g_ascii_islower (at[1]));
}

static void
append_word (GString *out, const char *start, gsize length)
{
  if (length == 0)
    return;
  if (out->len > 0)
    g_string_append_c (out, ' ');
  if (length == 2 && g_ascii_strncasecmp (start, "id", 2) == 0)
    {
      g_string_append (out, "ID");
      return;
    }
  if (length == 3 && g_ascii_strncasecmp (start, "url", 3) == 0)
    {
      g_string_append (out, "URL");
      return;
    }
  g_string_append_c (out, g_ascii_toupper (*start));
  g_string_append_len (out, start + 1, (gssize)length - 1);
}

static char *
split_words (const char *name)
{
  GString *out = g_string_new (NULL);
  const char *start = name;
  const char *at;

  for (at = name; *at != '\0'; at++)
    {
      gboolean is_gap = strchr ("_-.:#$", *at) != NULL;

      if (!is_gap && !begins_word (name, at))
        continue;
      append_word (out, start, at - start);
      start = is_gap ? at + 1 : at;
    }
  append_word (out, start, at - start);
  if (out->len == 0)
    g_string_append (out, name);
  return g_string_free (out, FALSE);
}

char *
scim_attribute_dup_label (const ScimAttribute *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->display_name != NULL)
    return g_strdup (self->display_name);
  for (guint i = 0; i < G_N_ELEMENTS (known_labels); i++)
    {
      if (is_path_of (known_labels[i].path, self))
        return g_strdup (known_labels[i].label);
    }
  return split_words (self->name);
}
