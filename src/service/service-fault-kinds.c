/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of fault, for the parser and for the people who read --help-faults. */
#include "service-fault-private.h"

#include <string.h>

static const char *const write_methods[] = { "PATCH", "PUT", "DELETE", NULL };
static const char *const list_methods[] = { "GET", NULL };
static const char *const patch_methods[] = { "PATCH", NULL };

static const RosterServiceFaultScope any = { "all requests", NULL, ROSTER_SERVICE_FAULT_ANYWHERE };
static const RosterServiceFaultScope scim = { "SCIM requests", NULL, ROSTER_SERVICE_FAULT_SCIM };
static const RosterServiceFaultScope list = { "GET /Users", list_methods,
                                              ROSTER_SERVICE_FAULT_LIST };
static const RosterServiceFaultScope user = { "requests for one user", NULL,
                                              ROSTER_SERVICE_FAULT_USER };
static const RosterServiceFaultScope writes = { "PATCH, PUT and DELETE", write_methods,
                                                ROSTER_SERVICE_FAULT_USER };
static const RosterServiceFaultScope patches = { "PATCH", patch_methods,
                                                 ROSTER_SERVICE_FAULT_USER };

static const RosterServiceFaultKind kinds[] = {
  { "refuse", NULL, "connections are refused as long as the plan holds", &any },
  { "delay", ":MS", "the request is handled at once, the answer comes so much later", &any,
    roster_service_fault_delay, roster_service_fault_read_number, 0, 10 * 60 * 1000 },
  { "stall", NULL, "nothing is done and no answer comes; the connection stays open", &any,
    roster_service_fault_stall },
  { "stall-body", NULL, "headers and half of the body come, then nothing more", &any,
    roster_service_fault_stall_body },
  { "drop", NULL, "nothing is done; the connection closes without an answer", &any,
    roster_service_fault_drop },
  { "drop-headers", NULL, "the connection closes within the headers of the answer", &any,
    roster_service_fault_drop_headers },
  { "drop-body", NULL, "the connection closes within the body of the answer", &any,
    roster_service_fault_drop_body },
  { "truncated", NULL, "valid HTTP with half a document", &any, roster_service_fault_truncated },
  { "long-body", NULL, "more bytes than Content-Length says", &any,
    roster_service_fault_long_body },
  { "bomb", NULL, "the answer with a member more, gzipped: 1 GB once it is decoded", &any,
    roster_service_fault_bomb },
  { "huge", NULL, "the answer with a member of 200 MB more, not compressed", &any,
    roster_service_fault_huge },
  { "deep", ":N", "the answer with a member more, nested N levels in all", &any,
    roster_service_fault_deep, roster_service_fault_read_number, 3, 10 * 1000 * 1000 },
  { "wrong-types", NULL, "numbers where text belongs and the reverse", &any,
    roster_service_fault_wrong_types },
  { "missing", "[:NAME]",
    "nothing in the document has this member; without NAME, none has id, userName, schemas "
    "and Resources",
    &any, roster_service_fault_missing, roster_service_fault_read_missing },
  { "wrong-total", ":N", "totalResults is N", &list, roster_service_fault_wrong_total,
    roster_service_fault_read_number, G_MININT64, G_MAXINT64 },
  { "same-page", NULL, "every page is the first", &list, roster_service_fault_same_page },
  { "endless", NULL, "every page is full, past the last user with new people for ever", &list,
    roster_service_fault_endless },
  { "duplicate-ids", NULL, "every second user has the id of the one before", &list,
    roster_service_fault_duplicate_ids },
  { "odd-ids", NULL, "ids hold / ? # %, a blank and ü; no others are known", &scim,
    roster_service_fault_odd_ids },
  { "markup", NULL,
    "the user (all users, where the path names none) gets names with markup, control characters "
    "and U+202E, and "
    "keeps them; so do the details of errors",
    &scim, roster_service_fault_markup },
  { "long-names", NULL,
    "the user (the first one, where the path names none) gets a display name of 1 MB and keeps it",
    &scim, roster_service_fault_long_names },
  { "expire", NULL,
    "the request's token ends just before; the fixed token lives again after the plan", &scim,
    roster_service_fault_expire },
  { "status", ":CODE[,BODY][,after=SECONDS|,date=SECONDS]",
    "nothing is done; the answer is this status. BODY: scim (an error with the detail “Fault "
    "CODE”), empty, html, text, wso2. after, date: Retry-After in its two forms",
    &any, roster_service_fault_status, roster_service_fault_read_status },
  { "type", ":TEXT", "another Content-Type", &any, roster_service_fault_type,
    roster_service_fault_read_type },
  { "error-200", NULL, "nothing is done; status 200 with an error as body", &any,
    roster_service_fault_error_200 },
  { "redirect", ":same|cross|loop",
    "nothing is done; 302 to the same origin, to another one (this service as localhost), or to "
    "itself for ever",
    &any, roster_service_fault_redirect, roster_service_fault_read_redirect,
    .spares = roster_service_fault_spares_redirected },
  { "wipe-siblings", NULL,
    "done, but complex attributes are replaced whole: sub-attributes that were not sent are lost",
    &patches, roster_service_fault_wipe_siblings },
  { "ignore-write", NULL, "answered as if done, nothing is stored", &writes,
    roster_service_fault_ignore_write },
  { "lose-answer", NULL, "done, then the connection closes without an answer", &writes,
    roster_service_fault_lose_answer },
  { "half-write", NULL, "only the first operation is done, then the answer is 400", &patches,
    roster_service_fault_half_write },
  { "changed", ":ATTRIBUTE=VALUE",
    "somebody else changes this attribute of the user just before; VALUE is text, true, false or "
    "null",
    &user, roster_service_fault_changed, roster_service_fault_read_changed },
  { "deleted", NULL, "somebody else deletes the user just before", &user,
    roster_service_fault_deleted },
};

const RosterServiceFaultKind *
roster_service_fault_kind_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_str_equal (kinds[i].name, name))
        return &kinds[i];
    }
  return NULL;
}

/* Appends words in lines that fit a terminal, with so much space before the second one. */
static void
append_wrapped (GString *out, const char *words, gsize indent)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  gsize column = indent;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gsize width = (gsize)g_utf8_strlen (parts[i], -1);

      if (column + 1 + width > 80 && column > indent)
        {
          g_string_append_printf (out, "\n%*s", (int)indent, "");
          column = indent;
        }
      g_string_append_printf (out, "%s%s", column > indent ? " " : "", parts[i]);
      column += width + (column > indent ? 1 : 0);
    }
  g_string_append_c (out, '\n');
}

static void
append_kind (GString *out, const RosterServiceFaultKind *kind)
{
  g_autofree char *head = g_strconcat (kind->name, kind->argument, NULL);
  g_autofree char *words = kind->scope == &any
                             ? g_strdup (kind->words)
                             : g_strdup_printf ("%s (%s)", kind->words, kind->scope->words);

  if (strlen (head) < 15)
    g_string_append_printf (out, "  %-15s ", head);
  else
    g_string_append_printf (out, "  %s\n%18s", head, "");
  append_wrapped (out, words, 18);
}

char *
roster_service_faults_dup_help (void)
{
  GString *out = g_string_new (
    "PLAN is one rule, or several with semicolons between them:\n\n"
    "  KIND[:ARGUMENT] [METHOD] [PATH] [after=N] [times=N] [chance=PERCENT]\n\n"
    "METHOD is GET, PATCH and so on, or * for any. PATH is below the address of SCIM\n"
    "and may hold * and ?, as in /Users/*; “token” is the token endpoint. Without a\n"
    "path a rule is for every SCIM request. after=N spares the first N requests that\n"
    "match, times=N hits only so many, chance=PERCENT is drawn from --seed. The first\n"
    "rule that applies wins; later ones do not count the request. What holds blanks or\n"
    "semicolons goes in double quotes: \"changed:title=Head of Sales\".\n\n"
    "What goes wrong; unless it says otherwise, the request itself is done:\n\n");

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    append_kind (out, &kinds[i]);
  g_string_append (
    out, "\nFor example: --fault \"status:503,html GET /Users times=2; lose-answer DELETE\"\n\n"
         "With --control, each line on standard input is a command, answered by one line:\n\n"
         "  fault PLAN      ok, or “error” and why: another plan; an empty one ends all\n"
         "  requests        every request since the last clear, as a JSON array; status 0:\n"
         "                  no answer went out\n"
         "  clear           ok\n");
  return g_string_free (out, FALSE);
}
