/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "directory/roster-labels.h"
#include "scim/scim-error.h"

/* Longest label of a service that is shown; schemas are data of a server. */
#define MAX_LABEL 120

/* The English names that are translated. Only these go through gettext: a server's text never does,
 * for it could ask for any message of the catalogue. */
static const char *const known_labels[] = {
  N_ ("Account Disabled"),
  N_ ("Account Locked"),
  N_ ("Account State"),
  N_ ("Active"),
  N_ ("Address"),
  N_ ("Addresses"),
  N_ ("Birth Date"),
  N_ ("Certificates"),
  N_ ("City"),
  N_ ("Cost Center"),
  N_ ("Country"),
  N_ ("Created"),
  N_ ("Created Time"),
  N_ ("Custom User"),
  N_ ("Date of Birth"),
  N_ ("Department"),
  N_ ("Display Name"),
  N_ ("Division"),
  N_ ("E-mail"),
  N_ ("E-mail Address"),
  N_ ("E-mail Addresses"),
  N_ ("Email"),
  N_ ("Email Addresses"),
  N_ ("Email Verified"),
  N_ ("Emails"),
  N_ ("Employee Number"),
  N_ ("Enterprise User"),
  N_ ("Entitlements"),
  N_ ("External ID"),
  N_ ("Family Name"),
  N_ ("Fax"),
  N_ ("First Name"),
  N_ ("Formatted"),
  N_ ("Formatted Name"),
  N_ ("Full Address"),
  N_ ("Full Name"),
  N_ ("Gender"),
  N_ ("Given Name"),
  N_ ("Groups"),
  N_ ("Home"),
  N_ ("Home Address"),
  N_ ("Home Email"),
  N_ ("Home Phone"),
  N_ ("Honorific Prefix"),
  N_ ("Honorific Suffix"),
  N_ ("ID"),
  N_ ("Instant Messaging"),
  N_ ("Last Modified"),
  N_ ("Last Modified Time"),
  N_ ("Last Name"),
  N_ ("Last Sign-in"),
  N_ ("Locale"),
  N_ ("Locality"),
  N_ ("Location"),
  N_ ("Lock Reason"),
  N_ ("Manager"),
  N_ ("Manager ID"),
  N_ ("Middle Name"),
  N_ ("Mobile"),
  N_ ("Mobile Numbers"),
  N_ ("Nick Name"),
  N_ ("Nickname"),
  N_ ("Organization"),
  N_ ("Other"),
  N_ ("Other Email"),
  N_ ("Other Phone"),
  N_ ("Pager"),
  N_ ("Password"),
  N_ ("Phone"),
  N_ ("Phone Number"),
  N_ ("Phone Numbers"),
  N_ ("Photo URL"),
  N_ ("Photos"),
  N_ ("Postal Code"),
  N_ ("Preferred Language"),
  N_ ("Profile URL"),
  N_ ("Reference"),
  N_ ("Region"),
  N_ ("Resource Type"),
  N_ ("Roles"),
  N_ ("Street Address"),
  N_ ("System User"),
  N_ ("Time Zone"),
  N_ ("Timezone"),
  N_ ("Title"),
  N_ ("URL"),
  N_ ("User"),
  N_ ("User ID"),
  N_ ("User Name"),
  N_ ("User Type"),
  N_ ("Username"),
  N_ ("Work"),
  N_ ("Work Address"),
  N_ ("Work Email"),
  N_ ("Work Phone"),
};

static int
compare_labels (const void *a, const void *b)
{
  return strcmp (a, *(const char *const *)b);
}

char *
roster_label_translate (const char *english)
{
  const char *const *known;

  g_return_val_if_fail (english != NULL, NULL);

  known = bsearch (english, known_labels, G_N_ELEMENTS (known_labels), sizeof known_labels[0],
                   compare_labels);
  if (known != NULL)
    return g_strdup (_ (*known));

  return scim_text_make_safe (english, -1, MAX_LABEL);
}

char *
roster_label_attribute (const ScimAttribute *attribute)
{
  g_autofree char *english = NULL;

  g_return_val_if_fail (attribute != NULL, NULL);

  /* The parts of a reference such as manager say nothing alone: "Value", "Display Name". */
  if (attribute->parent != NULL && attribute->display_name == NULL &&
      !attribute->parent->multi_valued &&
      scim_attribute_get_sub (attribute->parent, "$ref") != NULL)
    {
      g_autofree char *parent = roster_label_attribute (attribute->parent);

      if (g_ascii_strcasecmp (attribute->name, "displayName") == 0)
        return g_steal_pointer (&parent);
      if (g_ascii_strcasecmp (attribute->name, "value") == 0)
        /* Translators: %s is the name of an attribute that refers to another user: “Manager ID” */
        return g_strdup_printf (_ ("%s ID"), parent);
    }

  english = scim_attribute_dup_label (attribute);
  return roster_label_translate (english);
}

char *
roster_label_column (const ScimAttribute *attribute)
{
  g_return_val_if_fail (attribute != NULL, NULL);

  if (attribute->parent == NULL && attribute->schema != NULL &&
      scim_schema_is_core_user (attribute->schema))
    {
      if (g_ascii_strcasecmp (attribute->name, "emails") == 0)
        return g_strdup (_ ("E-mail"));
      if (g_ascii_strcasecmp (attribute->name, "phoneNumbers") == 0)
        return g_strdup (_ ("Phone"));
      if (g_ascii_strcasecmp (attribute->name, "addresses") == 0)
        return g_strdup (_ ("Address"));
    }

  return roster_label_attribute (attribute);
}

char *
roster_label_schema (const ScimSchema *schema)
{
  g_return_val_if_fail (schema != NULL, NULL);

  if (scim_schema_is_core_user (schema))
    return g_strdup (_ ("User"));
  if (g_ascii_strcasecmp (schema->id, SCIM_URN_ENTERPRISE_USER) == 0)
    return g_strdup (_ ("Enterprise User"));
  /* WSO2 names these after its classes (SCIM-SERVICES section 3.8). */
  if (g_ascii_strcasecmp (schema->id, SCIM_URN_WSO2_SYSTEM) == 0)
    return g_strdup (_ ("System User"));
  if (g_ascii_strcasecmp (schema->id, SCIM_URN_WSO2_CUSTOM) == 0)
    return g_strdup (_ ("Custom User"));

  return roster_label_translate (schema->name);
}

char *
roster_label_common (const char *path)
{
  static const struct
  {
    const char *path;
    const char *label;
  } common[] = {
    { "id", N_ ("User ID") },
    { "externalId", N_ ("External ID") },
    { "meta.created", N_ ("Created") },
    { "meta.lastModified", N_ ("Last Modified") },
  };

  g_return_val_if_fail (path != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (common); i++)
    if (g_ascii_strcasecmp (path, common[i].path) == 0)
      return g_strdup (_ (common[i].label));

  return NULL;
}

char *
roster_label_type (const char *value)
{
  static const struct
  {
    const char *value;
    const char *label;
  } types[] = {
    { "work", N_ ("Work") },     { "home", N_ ("Home") }, { "other", N_ ("Other") },
    { "mobile", N_ ("Mobile") }, { "fax", N_ ("Fax") },   { "pager", N_ ("Pager") },
  };

  g_return_val_if_fail (value != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (value, types[i].value) == 0)
      return g_strdup (_ (types[i].label));

  return scim_text_make_safe (value, -1, MAX_LABEL);
}

/* C and POSIX group nothing; counts of people are read by people there, too. */
static gboolean
locale_groups_digits (void)
{
  const char *locale = setlocale (LC_NUMERIC, NULL);

  return locale != NULL && !g_str_equal (locale, "POSIX") && !g_str_equal (locale, "C") &&
         !g_str_has_prefix (locale, "C.");
}

char *
roster_label_count (guint64 count)
{
  GString *text;

  if (locale_groups_digits ())
    return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

  text = g_string_new (NULL);
  g_string_printf (text, "%" G_GUINT64_FORMAT, count);
  for (gssize at = (gssize)text->len - 3; at > 0; at -= 3)
    g_string_insert_c (text, at, ',');

  return g_string_free (text, FALSE);
}

/* WSO2 keeps times of its extensions as milliseconds since 1970 in a string
 * (SCIM-SERVICES section 3.7). */
static GDateTime *
parse_date_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  gint64 milliseconds;

  if (strlen (text) >= 11 && strlen (text) <= 14 &&
      g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &milliseconds, NULL))
    return g_date_time_new_from_unix_utc (milliseconds / 1000);

  return g_date_time_new_from_iso8601 (text, utc);
}

char *
roster_label_date_time (const char *text)
{
  g_autoptr (GDateTime) parsed = NULL;
  g_autoptr (GDateTime) local = NULL;
  char *formatted = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parsed = parse_date_time (text);
  if (parsed != NULL)
    local = g_date_time_to_local (parsed);
  if (local != NULL)
    /* Translators: a date with its time as g_date_time_format() writes it. It stands in a column:
     * every value must be equally wide, so use padded numbers and no names of months. */
    formatted = g_date_time_format (local, _ ("%Y-%m-%d %H:%M"));

  return formatted != NULL ? formatted : scim_text_make_safe (text, -1, MAX_LABEL);
}

char *
roster_date_time_normalize (const char *text)
{
  g_autoptr (GDateTime) parsed = NULL;
  g_autoptr (GDateTime) utc = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parsed = parse_date_time (text);
  if (parsed != NULL)
    utc = g_date_time_to_utc (parsed);

  return utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}
