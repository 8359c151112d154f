/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the JSON of a value and the text that people see and type. */
#include "config.h"

#include "directory/roster-field-info.h"

#include <glib/gi18n.h>
#include <string.h>
#include "directory/roster-date.h"
#include "directory/roster-labels.h"
#include "scim/scim-error.h"

#define MAX_SHOWN 20000

static gboolean
is_number (const RosterFieldInfo *self)
{
  return self->attribute != NULL &&
         (self->attribute->type == SCIM_TYPE_INTEGER || self->attribute->type == SCIM_TYPE_DECIMAL);
}

static char *
dup_shown (ScimNode node)
{
  gsize length;
  const char *raw = scim_node_get_raw (node, &length);

  return scim_text_make_safe (raw, (gssize)length, MAX_SHOWN);
}

/* What names an element of a list or a reference. */
static char *
dup_name (ScimNode node)
{
  const char *const members[] = { "displayName", "display", "value", "$ref" };
  g_autofree char *text = scim_node_dup_text (node);

  for (guint i = 0; text == NULL && i < G_N_ELEMENTS (members); i++)
    {
      text = scim_node_dup_text (scim_node_get_member (node, members[i]));
      if (text != NULL && *text == '\0')
        g_clear_pointer (&text, g_free);
    }
  return text == NULL ? dup_shown (node) : scim_text_make_safe (text, -1, MAX_SHOWN);
}

static char *
dup_list (ScimNode node)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (scim_node_get_type (node) != SCIM_JSON_ARRAY)
    return dup_name (node);
  for (ScimNode element = scim_node_get_first (node); scim_node_exists (element);
       element = scim_node_get_next (element))
    {
      g_autofree char *name = dup_name (element);

      if (out->len > 0)
        /* Translators: between the names of a list. */
        g_string_append (out, _ (", "));
      g_string_append (out, name);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* An account's times come as text of many kinds; those are told by their names. */
static gboolean
is_moment (const RosterFieldInfo *self)
{
  return self->kind == ROSTER_FIELD_KIND_DATE || g_str_has_suffix (self->path, "Time") ||
         g_str_has_prefix (self->path, "meta.");
}

static char *
dup_read_only (const RosterFieldInfo *self, ScimNode node)
{
  g_autofree char *text = scim_node_dup_text (node);
  char *moment = NULL;

  if (text == NULL)
    return dup_shown (node);
  if (is_moment (self))
    {
      /* WSO2 writes 0 for "never". */
      if (g_strcmp0 (text, "0") == 0)
        return g_strdup ("");
      moment = roster_date_dup_display (text);
    }
  return moment != NULL ? moment : scim_text_make_safe (text, -1, MAX_SHOWN);
}

static char *
dup_editable (const RosterFieldInfo *self, ScimNode node, gboolean *fits)
{
  g_autofree char *text = scim_node_dup_text (node);
  gboolean on;

  if (text == NULL)
    {
      *fits = FALSE;
      return dup_shown (node);
    }
  if (self->kind == ROSTER_FIELD_KIND_BOOLEAN)
    {
      if (scim_node_get_boolean (node, &on))
        return g_strdup (on ? "true" : "false");
      *fits = *text == '\0';
    }
  if (self->kind == ROSTER_FIELD_KIND_DATE)
    {
      char *shown = roster_date_dup_display (text);

      if (shown != NULL)
        return shown;
    }
  return g_steal_pointer (&text);
}

char *
roster_field_info_dup_text (const RosterFieldInfo *self, ScimNode node, gboolean *fits)
{
  *fits = TRUE;
  switch (scim_node_get_type (node))
    {
    case SCIM_JSON_NONE:
    case SCIM_JSON_NULL:
      return g_strdup ("");
    case SCIM_JSON_ARRAY:
    case SCIM_JSON_OBJECT:
    case SCIM_JSON_BOOLEAN:
    case SCIM_JSON_NUMBER:
    case SCIM_JSON_STRING:
    default:
      break;
    }
  if (self->in_list)
    return dup_list (node);
  if (self->kind == ROSTER_FIELD_KIND_REFERENCE)
    return dup_name (node);
  if (self->kind == ROSTER_FIELD_KIND_JSON && scim_node_get_type (node) != SCIM_JSON_STRING)
    return dup_shown (node);
  return self->can_edit ? dup_editable (self, node, fits) : dup_read_only (self, node);
}

static gboolean
is_json_number (const char *text, gboolean whole)
{
  g_autoptr (ScimJson) json = scim_json_new_from_text (text, -1, NULL);

  if (json == NULL || scim_node_get_type (scim_json_get_root (json)) != SCIM_JSON_NUMBER)
    return FALSE;
  return !whole || strpbrk (text, ".eE") == NULL;
}

static char *
check_number (const RosterFieldInfo *self, const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (self->attribute->type == SCIM_TYPE_INTEGER)
    return is_json_number (trimmed, TRUE) ? NULL : g_strdup (_ ("Use a whole number"));
  return is_json_number (trimmed, FALSE) ? NULL : g_strdup (_ ("Use a number such as 12.5"));
}

static char *
check_date (const char *text)
{
  g_autoptr (GDateTime) when = roster_date_new_from_typed (text, NULL);

  return when != NULL ? NULL : g_strdup (_ ("Use the form YYYY-MM-DD"));
}

static char *
check_length (const RosterFieldInfo *self, const char *text)
{
  glong length = g_utf8_strlen (text, -1);
  int least = self->attribute->min_length;
  int most = self->attribute->max_length;

  if (least > 0 && length < least)
    return g_strdup_printf (
      /* Translators: %d is a number of characters. */
      ngettext ("At least %d character is needed", "At least %d characters are needed",
                (gulong)least),
      least);
  if (most > 0 && length > most)
    return g_strdup_printf (
      /* Translators: %d is a number of characters. */
      ngettext ("At most %d character is possible", "At most %d characters are possible",
                (gulong)most),
      most);
  return NULL;
}

static char *
check_email (const char *text)
{
  const char *at = strchr (text, '@');

  if (at == NULL || at == text || at[1] == '\0')
    return g_strdup (_ ("An e-mail address has the form name@example.org"));
  return NULL;
}

/* FALSE only when the expression clearly says no; an error of its own says nothing. */
static gboolean
matches_pattern (const RosterFieldInfo *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  gboolean matched = g_regex_match_full (self->pattern, text, -1, 0, 0, NULL, &error);

  return matched || error != NULL;
}

char *
roster_field_info_check (const RosterFieldInfo *self, const char *text)
{
  char *problem = NULL;

  if (*text == '\0')
    {
      if (!self->required)
        return NULL;
      /* Translators: %s is the name of an attribute. */
      return g_strdup_printf (_ ("%s is required"), self->label);
    }
  if (self->kind == ROSTER_FIELD_KIND_DATE)
    return check_date (text);
  if (self->attribute == NULL)
    return NULL;
  if (is_number (self))
    return check_number (self, text);
  if (self->is_email)
    problem = check_email (text);
  if (problem == NULL)
    problem = check_length (self, text);
  if (problem == NULL && self->pattern != NULL && !matches_pattern (self, text))
    problem =
      /* Translators: %s is the name of an attribute. */
      g_strdup_printf (_ ("%s does not have the form that the service asks for"), self->label);
  return problem;
}

static char *
dup_date_raw (const RosterFieldInfo *self, ScimNode base, const char *text)
{
  gboolean has_time;
  g_autoptr (GDateTime) when = roster_date_new_from_typed (text, &has_time);
  g_autoptr (GDateTime) utc = NULL;
  g_autofree char *was = scim_node_dup_text (base);
  g_autofree char *written = NULL;
  gboolean is_date_time = self->attribute != NULL && self->attribute->type == SCIM_TYPE_DATE_TIME;

  if (when == NULL)
    return scim_json_quote (text);
  if (was != NULL && strchr (was, 'T') == NULL && roster_date_dup_display (was) != NULL)
    /* Milliseconds since the epoch stay such. */
    written = g_strdup_printf ("%" G_GINT64_FORMAT "000", g_date_time_to_unix (when));
  else if (has_time)
    {
      utc = g_date_time_to_utc (when);
      written = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ");
    }
  else
    written = g_date_time_format (when, is_date_time ? "%Y-%m-%dT00:00:00Z" : "%Y-%m-%d");
  return scim_json_quote (written);
}

char *
roster_field_info_dup_raw (const RosterFieldInfo *self, ScimNode base, const char *text)
{
  gboolean was_text = scim_node_get_type (base) == SCIM_JSON_STRING;
  g_autofree char *trimmed = NULL;

  if (*text == '\0')
    return NULL;
  if (self->kind == ROSTER_FIELD_KIND_DATE)
    return dup_date_raw (self, base, text);
  if (self->kind == ROSTER_FIELD_KIND_BOOLEAN || is_number (self))
    {
      /* Booleans and numbers that the service keeps as text stay text (SCIM-SERVICES 3.7). */
      trimmed = g_strstrip (g_strdup (text));
      return was_text ? scim_json_quote (trimmed) : g_steal_pointer (&trimmed);
    }
  return scim_json_quote (text);
}
