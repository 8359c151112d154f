/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table for people. Nothing in it depends on the run: neither ports nor times nor who it was.
 */
#include "faults.h"

#include <string.h>

#define MAX_SAID 700
/* From here on the number depends on chance, in the pauses between tries in the background, and on
 * when a list that has no end is cancelled. */
#define MANY 5

static const struct
{
  FaultPlace place;
  const char *name;
} places[] = {
  { FAULT_AT_ALL, "reading" },
  { FAULT_AT_WRITE, "the write" },
  { FAULT_AT_BEFORE, "reading before" },
  { FAULT_AT_AFTER, "reading back" },
  { FAULT_AT_WRITE_AND_AFTER, "the write and reading back" },
  { FAULT_AT_TOKEN, "a new token" },
};

static const char *const kind_names[] = { "done", "**not done**", "**unknown**" };

static const char *const offer_names[] = {
  [ROSTER_OFFER_NONE] = "",
  [ROSTER_OFFER_TRY_AGAIN] = "Try again",
  [ROSTER_OFFER_SIGN_IN_AGAIN] = "Sign in again",
  [ROSTER_OFFER_READ_AGAIN] = "Read again",
  [ROSTER_OFFER_RESOLVE] = "Resolve",
  [ROSTER_OFFER_REPAIR] = "Repair",
  [ROSTER_OFFER_COPY_EDITS] = "Copy edits",
};

gboolean
fault_is_cell (const FaultOperation *operation, const Fault *fault, FaultPlace place)
{
  if (!(operation->places & 1u << place))
    return FALSE;
  if (place == FAULT_AT_ALL || place == FAULT_AT_WRITE || fault->traits & FAULT_WIDE)
    return TRUE;
  return place == FAULT_AT_BEFORE && fault->user >= FAULT_CHANGED;
}

guint
fault_count_cells (const FaultOperation *operation)
{
  guint n = 0;

  for (guint place = 0; place < FAULT_N_PLACES; place++)
    for (guint i = 0; i < fault_table_length; i++)
      n += fault_is_cell (operation, &fault_table[i], place) ? 1 : 0;
  return n;
}

/* The end of the path tells which resource it is; who it is does not matter. */
static const char *
get_resource (const FaultRequest *request)
{
  const char *last = strrchr (request->path, '/');

  if (strstr (request->path, "/Users/") != NULL)
    return "user";
  return last != NULL ? last + 1 : request->path;
}

static int
compare_resources (gconstpointer a, gconstpointer b)
{
  static const char *const order[] = { "token", "Schemas", "ServiceProviderConfig", "Users" };
  const char *const resources[] = { get_resource (*(FaultRequest *const *)a),
                                    get_resource (*(FaultRequest *const *)b) };
  guint places_of[2] = { G_N_ELEMENTS (order), G_N_ELEMENTS (order) };

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < G_N_ELEMENTS (order); j++)
      if (g_str_equal (resources[i], order[j]))
        places_of[i] = j;
  return (int)places_of[0] - (int)places_of[1];
}

static char *
dup_request (const FaultRequest *request)
{
  g_autofree char *status =
    request->status != 0 ? g_strdup_printf ("%u", request->status) : g_strdup ("–");

  return g_strdup_printf ("%s %s %s", request->method, get_resource (request), status);
}

static void
append_run (GString *text, const char *request, guint n)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", request);
  if (n >= MANY)
    g_string_append_printf (text, " ×%u+", MANY);
  else if (n > 1)
    g_string_append_printf (text, " ×%u", n);
}

/* Runs of equal requests are one, with their number. */
static char *
dup_requests (const FaultCell *cell)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *run = NULL;
  guint n = 0;

  if (cell->bench->operation->parallel)
    g_ptr_array_sort (cell->requests, compare_resources);
  for (guint i = 0; i < cell->requests->len; i++)
    {
      g_autofree char *one = dup_request (g_ptr_array_index (cell->requests, i));

      if (run != NULL && !g_str_equal (run, one))
        append_run (text, run, n);
      n = g_strcmp0 (run, one) == 0 ? n + 1 : 1;
      g_free (run);
      run = g_steal_pointer (&one);
    }
  if (run != NULL)
    append_run (text, run, n);
  return g_strdup (text->len > 0 ? text->str : "none");
}

static void
replace (char **text, const char *pattern, const char *replacement)
{
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_RAW, 0, NULL);
  char *replaced = g_regex_replace_literal (regex, *text, -1, 0, replacement, 0, NULL);

  g_free (*text);
  *text = replaced;
}

static void
replace_word (char **text, const char *word, const char *replacement)
{
  g_auto (GStrv) parts = NULL;

  if (word == NULL || *word == '\0')
    return;
  parts = g_strsplit (*text, word, -1);
  g_free (*text);
  *text = g_strjoinv (replacement, parts);
}

/* One cell of a Markdown table: no bars, no line ends, no markup of its own. */
static char *
dup_said (const FaultCell *cell)
{
  const RosterOutcome *outcome = cell->outcome;
  char *text;

  if (outcome == NULL)
    return g_strdup ("");
  text = g_strjoin ("\n", outcome->title, outcome->body != NULL ? outcome->body : "",
                    outcome->next_step, NULL);
  if (cell->person != NULL)
    {
      replace_word (&text, cell->person->display_name, "NAME");
      replace_word (&text, cell->person->user_name, "USER-NAME");
      replace_word (&text, cell->person->id, "ID");
    }
  replace (&text, "[0-9]+ ms", "N ms");
  replace (&text, "[0-9,]+ of [0-9,]+ users are", "N of M users are");
  replace (&text, "(127\\.0\\.0\\.1|localhost):[0-9]+", "HOST");
  replace (&text, "\\n+", " / ");
  replace (&text, "([|<>*_`])", "\\$0");
  g_strstrip (text);
  if (g_utf8_strlen (text, -1) > MAX_SAID)
    {
      g_autofree char *whole = text;
      g_autofree char *start = g_utf8_substring (whole, 0, MAX_SAID);

      text = g_strconcat (start, "…", NULL);
    }
  return text;
}

static const char *
get_place_name (FaultPlace place)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (places[i].place == place)
      return places[i].name;
  g_assert_not_reached ();
}

char *
fault_report_dup_row (const FaultCell *cell)
{
  g_autofree char *requests = dup_requests (cell);
  g_autofree char *said = dup_said (cell);
  g_autofree char *plan = cell->fault->rest == NULL
                            ? g_strdup (cell->fault->kind)
                            : g_strjoin (" ", cell->fault->kind, cell->fault->rest, NULL);
  g_autoptr (GString) row = g_string_new (NULL);

  g_string_printf (row, "| %s `%s` | %s | %s | %s | %s | %s |\n", cell->fault->name, plan,
                   get_place_name (cell->place), requests,
                   cell->outcome != NULL ? kind_names[cell->outcome->kind] : "none", said,
                   cell->outcome != NULL ? offer_names[cell->outcome->offer] : "");
  for (guint i = 0; i < cell->problems->len; i++)
    g_string_append_printf (row, "| RED | | | | %s | |\n",
                            (const char *)g_ptr_array_index (cell->problems, i));
  return g_string_free (g_steal_pointer (&row), FALSE);
}

char *
fault_report_dup_section (const FaultBench *bench)
{
  const FaultOperation *operation = bench->operation;
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "\n## %s\n\n%s %u cells.\n\n", operation->heading, operation->about,
                   fault_count_cells (operation));
  g_string_append (text, "| fault | hits | requests | outcome | what is said | offered |\n"
                         "|---|---|---|---|---|---|\n");
  for (guint i = 0; i < bench->rows->len; i++)
    g_string_append (text, g_ptr_array_index (bench->rows, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fault_report_dup_head (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < fault_operations_length; i++)
    n += fault_count_cells (fault_operations[i]);
  g_string_printf (
    text,
    "# Every operation under every fault\n\n"
    "%u operations × %u faults, %u cells. Written by `tests/directory/test-faults.c` from what\n"
    "happened; `./dev test` writes it again and fails when it is not the same. What is right is\n"
    "not taken from here: `faults-table.c` and `faults-rules.c` say it, and each cell is held to\n"
    "them. A cell is right when\n\n",
    fault_operations_length, fault_table_length, n);
  g_string_append (
    text,
    "- the outcome is the one that the rules ask for, and true: the service was asked without\n"
    "  Roster’s help;\n"
    "- the words hold the service’s own, or its status, or what happened, and what to do next;\n"
    "- what was typed is still in the form unless it is stored, and is still valid;\n"
    "- what can be done with the profile, and the list, are as before, or as the service has it;\n"
    "- a write was sent once (again only after a 401 or 412, which refuse it for sure),\n"
    "  and a GET four times at most, nine times in the background.\n\n"
    "**fault**: what happens, and the words of `roster-service --fault` for it. **hits**: which\n"
    "requests of the operation. **requests**: all that the service saw, with the status of its\n"
    "answer (–: no answer went out; ×5+: five times or more). **offered**: the button beside the "
    "words.\n\n"
    "| operation | cells |\n|---|---|\n");
  for (guint i = 0; i < fault_operations_length; i++)
    g_string_append_printf (text, "| %s | %u |\n", fault_operations[i]->heading,
                            fault_count_cells (fault_operations[i]));
  return g_string_free (g_steal_pointer (&text), FALSE);
}
