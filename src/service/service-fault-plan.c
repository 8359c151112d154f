/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the text of a plan to its rules. */
#include "service-fault-private.h"

#include <gio/gio.h>
#include <string.h>

#define BLANKS " \t\r\n"

static void
rule_free (RosterServiceFaultRule *self)
{
  g_free (self->argument);
  g_free (self->method);
  g_clear_pointer (&self->path, g_pattern_spec_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RosterServiceFaultRule, rule_free)

gboolean
roster_service_fault_refuse (const RosterServiceFaultRule *rule,
                             GError **error,
                             const char *format,
                             ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s %s", rule->kind->name, words);
  return FALSE;
}

gboolean
roster_service_fault_read_number (RosterServiceFaultRule *rule, GError **error)
{
  const RosterServiceFaultKind *kind = rule->kind;

  if (rule->argument != NULL &&
      g_ascii_string_to_signed (rule->argument, 10, kind->min, kind->max, &rule->number, NULL))
    return TRUE;
  return roster_service_fault_refuse (
    rule, error, "needs a whole number between %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT ": %s%s",
    kind->min, kind->max, kind->name, kind->argument);
}

/* The words of a rule. Within double quotes, blanks and semicolons are as other letters. *text
 * moves to the semicolon or the end. */
static GPtrArray *
split_words (const char **text, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean quoted = FALSE;
  gboolean in_word = FALSE;
  const char *p = *text + strspn (*text, BLANKS);

  *text = p;
  for (; *p != '\0' && (quoted || *p != ';'); p++)
    {
      if (!quoted && g_ascii_isspace (*p))
        {
          if (in_word)
            g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
          in_word = FALSE;
          continue;
        }
      in_word = TRUE;
      if (*p == '"')
        quoted = !quoted;
      else
        g_string_append_c (word, *p);
    }
  if (quoted)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "A double quote is not closed in “%s”", *text);
      return NULL;
    }
  if (in_word)
    g_ptr_array_add (words, g_strdup (word->str));
  *text = p;
  return g_steal_pointer (&words);
}

static gboolean
read_kind (RosterServiceFaultRule *rule, const char *word, GError **error)
{
  const char *colon = strchr (word, ':');
  g_autofree char *name = colon != NULL ? g_strndup (word, (gsize)(colon - word)) : g_strdup (word);

  rule->kind = roster_service_fault_kind_find (name);
  if (rule->kind == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "There is no kind of fault “%s”; --help-faults lists them", name);
      return FALSE;
    }
  if (colon != NULL)
    rule->argument = g_strdup (colon + 1);
  if (rule->kind->read != NULL)
    return rule->kind->read (rule, error);
  return rule->argument == NULL || roster_service_fault_refuse (rule, error, "takes no argument");
}

static gboolean
read_count (RosterServiceFaultRule *rule, const char *word, GError **error)
{
  const struct
  {
    const char *name;
    guint *place;
    guint max;
  } counts[] = {
    { "after=", &rule->after, G_MAXINT },
    { "times=", &rule->times, G_MAXINT },
    { "chance=", &rule->chance, 100 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      guint64 number;

      if (!g_str_has_prefix (word, counts[i].name))
        continue;
      if (!g_ascii_string_to_unsigned (word + strlen (counts[i].name), 10, 0, counts[i].max,
                                       &number, NULL))
        return roster_service_fault_refuse (rule, error,
                                            "cannot use “%s”: %s is followed by a number up to %u",
                                            word, counts[i].name, counts[i].max);
      *counts[i].place = (guint)number;
      return TRUE;
    }
  return roster_service_fault_refuse (rule, error,
                                      "cannot use “%s”: it is no method, path, after=, "
                                      "times= or chance=",
                                      word);
}

static gboolean
is_method (const char *word)
{
  return *word != '\0' && strspn (word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen (word);
}

static gboolean
read_word (RosterServiceFaultRule *rule, const char *word, GError **error)
{
  gboolean is_path = *word == '/' || g_str_equal (word, "token");

  if (g_str_equal (word, "*"))
    return TRUE;
  if (is_method (word) && rule->method == NULL)
    {
      rule->method = g_strdup (word);
      return TRUE;
    }
  if (!is_path && !is_method (word))
    return read_count (rule, word, error);
  if (rule->path != NULL || rule->token || is_method (word))
    return roster_service_fault_refuse (rule, error, "has a second %s: “%s”",
                                        is_path ? "path" : "method", word);
  rule->token = *word != '/';
  if (!rule->token)
    rule->path = g_pattern_spec_new (word);
  return TRUE;
}

/* A rule that can never hit anything is a mistake. */
static gboolean
check_scope (const RosterServiceFaultRule *rule, guint n_words, GError **error)
{
  const RosterServiceFaultScope *scope = rule->kind->scope;

  if (rule->kind->run == NULL && n_words > 1)
    return roster_service_fault_refuse (rule, error, "holds for all connections: nothing follows");
  if (rule->method != NULL && scope->methods != NULL &&
      !g_strv_contains (scope->methods, rule->method))
    return roster_service_fault_refuse (rule, error, "concerns %s only, not %s", scope->words,
                                        rule->method);
  if (rule->token && scope->place != ROSTER_SERVICE_FAULT_ANYWHERE)
    return roster_service_fault_refuse (rule, error, "concerns %s only, not the token endpoint",
                                        scope->words);
  return TRUE;
}

static RosterServiceFaultRule *
parse_rule (GPtrArray *words, GError **error)
{
  g_autoptr (RosterServiceFaultRule) rule = g_new0 (RosterServiceFaultRule, 1);

  rule->times = G_MAXUINT;
  rule->chance = 100;
  if (words->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "A rule is empty");
      return NULL;
    }
  if (!read_kind (rule, g_ptr_array_index (words, 0), error))
    return NULL;
  for (guint i = 1; i < words->len; i++)
    {
      if (!read_word (rule, g_ptr_array_index (words, i), error))
        return NULL;
    }
  return check_scope (rule, words->len, error) ? g_steal_pointer (&rule) : NULL;
}

GPtrArray *
roster_service_fault_plan_parse (const char *text, GError **error)
{
  g_autoptr (GPtrArray) rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  gboolean more = strspn (text, BLANKS) < strlen (text);

  while (more)
    {
      g_autoptr (GPtrArray) words = split_words (&text, error);
      RosterServiceFaultRule *rule = words != NULL ? parse_rule (words, error) : NULL;

      if (rule == NULL)
        return NULL;
      g_ptr_array_add (rules, rule);
      more = *text == ';';
      if (more)
        text++;
    }
  return g_steal_pointer (&rules);
}
