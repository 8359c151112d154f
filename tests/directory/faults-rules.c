/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What has to come of a fault, by rules; never recorded from what the program does. */
#include "faults.h"

#include <string.h>

/* A GET that a person waits for is sent this often at most, one in the background that often. */
#define MAX_TRIES            4
#define MAX_BACKGROUND_TRIES 9
#define GONE                 "Somebody deleted the user"
/* A write is sent once more only after an answer that refuses it for sure, which these are. */
#define MAX_WRITES 2
#define MAX_TEXT   20000

/* What is said to be done was done, and nothing else was sent. */
static FaultExpected
made (FaultTruth truth)
{
  FaultExpected expected = { ROSTER_OUTCOME_DONE, truth, 1, FALSE, FALSE, FALSE, { NULL } };

  return expected;
}

static FaultExpected
ended_badly (RosterOutcomeKind kind, FaultTruth truth, guint n_writes, const char *words)
{
  FaultExpected expected = { kind, truth, n_writes, TRUE, TRUE, TRUE, { words } };

  return expected;
}

static FaultExpected
not_done (FaultTruth truth, const char *words)
{
  return ended_badly (ROSTER_OUTCOME_NOT_DONE, truth, 1, words);
}

static FaultExpected
unknown (FaultTruth truth, const char *words)
{
  return ended_badly (ROSTER_OUTCOME_UNKNOWN, truth, 1, words);
}

static gboolean
has_etags (const FaultCell *cell)
{
  return g_str_equal (cell->bench->operation->personality, "rfc");
}

/* How many writes the service may have carried out: none where nothing leaves, or where the answer
 * is one that is not counted. */
static guint
count_writes (const FaultCell *cell)
{
  const char *kind = cell->fault->kind;

  return cell->fault->traits & FAULT_ALONE || g_str_equal (kind, "status:401") ||
             g_str_equal (kind, "status:412")
           ? 0
           : 1;
}

/* The sign-in itself goes wrong: nothing that needs it was sent. */
static FaultExpected
expect_no_token (const FaultCell *cell)
{
  const Fault *fault = cell->fault;
  gboolean gives_none = g_str_equal (fault->kind, "drop") || fault->traits & FAULT_IN_BODY;
  const char *words = gives_none ? "did not give a token" : fault->says;
  FaultExpected expected = ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, 0, words);

  expected.follows_fault = FALSE;
  return expected;
}

FaultExpected
fault_expect_read (const FaultCell *cell, FaultEffect effect)
{
  FaultExpected expected = made (FAULT_MADE);

  if (cell->place == FAULT_AT_TOKEN)
    return expect_no_token (cell);
  if (effect == FAULT_BAD || effect == FAULT_GONE)
    expected = ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, 0, cell->fault->says);
  expected.n_writes = 0;
  return expected;
}

/* Services do without /Schemas and /ServiceProviderConfig, so that only an address that gives no
 * answer at all is none. */
FaultExpected
fault_expect_open (const FaultCell *cell)
{
  gboolean breaks = cell->fault->traits & FAULT_BREAKS && cell->fault->user == FAULT_BAD;

  return fault_expect_read (cell, breaks ? FAULT_BAD : FAULT_GOOD);
}

/* The profile is read before it is written, so that nothing goes out blindly. */
static FaultExpected
expect_update_before (const FaultCell *cell)
{
  const Fault *fault = cell->fault;

  switch (fault->user)
    {
    case FAULT_BAD:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, 0, fault->says);
    case FAULT_CHANGED:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, 0, fault->says);
    case FAULT_GONE:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_ABSENT, 0, GONE);
    default:
      return made (FAULT_MADE);
    }
}

/* Where a part may have been carried out before the refusal; not so with a sign-in, or too many
 * requests, which are judged first. */
static gboolean
may_be_half (const FaultCell *cell)
{
  return g_str_has_prefix (cell->fault->kind, "status:40") &&
         !g_str_equal (cell->fault->kind, "status:401");
}

/* Reading back fails: what the answer to the write said is all that there is. */
static FaultExpected
expect_unread (const FaultCell *cell, gboolean has_parts)
{
  switch (cell->place == FAULT_AT_AFTER ? FAULT_GOOD : cell->fault->write)
    {
    case FAULT_REFUSED:
      if (has_parts && may_be_half (cell))
        return unknown (FAULT_UNCHANGED, cell->fault->says);
      /* Nothing left, or the service said no: there is no doubt. */
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, count_writes (cell),
                          cell->fault->says);
    case FAULT_UNCLEAR:
      return unknown (FAULT_UNCHANGED, cell->fault->says);
    default:
      return unknown (FAULT_MADE, cell->fault->says);
    }
}

static gboolean
cannot_read_back (const FaultCell *cell)
{
  return (cell->place == FAULT_AT_AFTER || cell->place == FAULT_AT_WRITE_AND_AFTER) &&
         cell->fault->user == FAULT_BAD;
}

FaultExpected
fault_expect_update (const FaultCell *cell)
{
  const Fault *fault = cell->fault;

  if (cell->place == FAULT_AT_TOKEN)
    return expect_no_token (cell);
  if (cell->place == FAULT_AT_BEFORE)
    return expect_update_before (cell);
  if (cannot_read_back (cell))
    return expect_unread (cell, TRUE);
  switch (fault->write)
    {
    case FAULT_REFUSED:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, count_writes (cell),
                          fault->says);
    case FAULT_UNCLEAR:
      return not_done (FAULT_UNCHANGED, fault->says);
    case FAULT_IGNORED:
      return not_done (FAULT_UNCHANGED, "did not make it");
    case FAULT_HALF:
      return not_done (FAULT_PARTLY, fault->says);
    case FAULT_GONE:
      return not_done (FAULT_ABSENT, GONE);
    case FAULT_CHANGED:
      /* Without an ETag nobody can know of it. */
      return has_etags (cell)
               ? ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, 0, fault->says)
               : made (FAULT_MADE);
    case FAULT_BESIDE: /* no conflict: both changes are there at the end */
    default:
      return made (FAULT_MADE);
    }
}

/* DELETE has one operation and no body. */
static FaultEffect
get_removal (const FaultCell *cell)
{
  const Fault *fault = cell->fault;

  if (cell->place == FAULT_AT_AFTER || fault->traits & FAULT_IN_BODY || fault->write == FAULT_HALF)
    return FAULT_GOOD;
  return fault->write;
}

FaultExpected
fault_expect_delete (const FaultCell *cell)
{
  const Fault *fault = cell->fault;
  FaultExpected expected;

  if (cell->place == FAULT_AT_TOKEN)
    return expect_no_token (cell);
  /* Who is gone is told by the status 404 alone. */
  if (cannot_read_back (cell) && cell->place == FAULT_AT_WRITE_AND_AFTER &&
      !(fault->traits & FAULT_IN_BODY))
    {
      expected = expect_unread (cell, FALSE);
      if (expected.truth == FAULT_MADE)
        expected.truth = FAULT_ABSENT;
      return expected;
    }
  switch (get_removal (cell))
    {
    case FAULT_REFUSED:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, count_writes (cell),
                          fault->says);
    case FAULT_UNCLEAR:
      return not_done (FAULT_UNCHANGED, fault->says);
    case FAULT_IGNORED:
      return not_done (FAULT_UNCHANGED, "still has the user");
    case FAULT_GONE:
      expected = made (FAULT_ABSENT);
      expected.words[0] = "somebody else deleted";
      return expected;
    default:
      return made (FAULT_ABSENT);
    }
}

FaultExpected
fault_expect_invite (const FaultCell *cell)
{
  const Fault *fault = cell->fault;

  if (cell->place == FAULT_AT_TOKEN)
    return expect_no_token (cell);
  if (cannot_read_back (cell))
    return expect_unread (cell, FALSE);
  switch (fault->write)
    {
    case FAULT_REFUSED:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, count_writes (cell),
                          fault->says);
    case FAULT_UNCLEAR:
      /* It may come yet; the account alone does not tell that it will not. */
      return unknown (FAULT_UNCHANGED, fault->says);
    case FAULT_IGNORED:
      return unknown (FAULT_UNCHANGED, "shows no pending reset");
    case FAULT_GONE:
      return not_done (FAULT_ABSENT, GONE);
    default:
      /* Also where the answer was lost, or an error: the account shows what was done. */
      return made (FAULT_MADE);
    }
}

/* A password cannot be read back. */
FaultExpected
fault_expect_password (const FaultCell *cell)
{
  const Fault *fault = cell->fault;
  FaultExpected expected;

  if (cell->place == FAULT_AT_TOKEN)
    return expect_no_token (cell);
  if (cell->place == FAULT_AT_AFTER && fault->user == FAULT_BAD)
    {
      expected = made (FAULT_MADE);
      expected.words[0] = "its state is not known";
      return expected;
    }
  if (cannot_read_back (cell))
    return expect_unread (cell, FALSE);
  switch (fault->write)
    {
    case FAULT_REFUSED:
      return ended_badly (ROSTER_OUTCOME_NOT_DONE, FAULT_UNCHANGED, count_writes (cell),
                          fault->says);
    case FAULT_UNCLEAR:
      return unknown (FAULT_UNCHANGED, fault->says);
    case FAULT_LOST:
      return unknown (FAULT_MADE, fault->says);
    case FAULT_IGNORED:
      /* Nobody can see it; what is said is what is known: that the service accepted it. */
      expected = made (FAULT_UNCHANGED);
      expected.words[0] = "accepted";
      return expected;
    case FAULT_HALF:
      /* The service says no, and lies. */
      return not_done (FAULT_MADE, fault->says);
    case FAULT_GONE:
      return not_done (FAULT_ABSENT, GONE);
    default:
      return made (FAULT_MADE);
    }
}

/* Checks */

static const char *const kind_names[] = { "done", "not done", "unknown" };
static const char *const truth_names[] = { "as it was", "changed", "changed in part", "gone" };

/* Shown as it is: no control character but the line's end, nothing that turns text around. */
static gboolean
is_harmless (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || strlen (text) > MAX_TEXT)
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if ((c != '\n' && g_unichar_iscntrl (c)) || (c >= 0x202a && c <= 0x202e) ||
          (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }
  return TRUE;
}

static void
check_words (FaultCell *cell, const FaultExpected *expected)
{
  const RosterOutcome *outcome = cell->outcome;
  g_autofree char *all = g_strjoin (
    "\n", outcome->title, outcome->body != NULL ? outcome->body : "", outcome->next_step, NULL);

  if (!is_harmless (all))
    fault_cell_problem (cell, "The words are not harmless");
  for (guint i = 0; i < G_N_ELEMENTS (expected->words); i++)
    if (expected->words[i] != NULL && strstr (all, expected->words[i]) == NULL)
      fault_cell_problem (cell, "“%s” is not said", expected->words[i]);
  if (expected->next && (outcome->next_step == NULL || *outcome->next_step == '\0'))
    fault_cell_problem (cell, "Nothing is said of what to do next");
  if (expected->follows_fault && expected->kind == ROSTER_OUTCOME_NOT_DONE &&
      expected->words[0] == cell->fault->says && cell->fault->next != NULL &&
      strstr (all, cell->fault->next) == NULL)
    fault_cell_problem (cell, "“%s” is not said as the next step", cell->fault->next);
}

/* "The same once more" is a button only where nothing can be done twice by it: an update reads
 * first and writes only what is missing, and nobody is deleted twice. */
static void
check_offer (FaultCell *cell)
{
  if (cell->bench->operation->once && cell->outcome->kind == ROSTER_OUTCOME_UNKNOWN &&
      cell->outcome->offer == ROSTER_OFFER_TRY_AGAIN)
    fault_cell_problem (cell, "What may have been done is offered to be done again");
}

/* What is said beside the outcome is true as well. */
static void
check_claims (FaultCell *cell, FaultTruth truth)
{
  const char *body = cell->outcome->body;
  const char *method = cell->bench->operation->write;
  gboolean sent = FALSE;

  for (guint i = 0; method != NULL && i < cell->requests->len; i++)
    {
      const FaultRequest *request = g_ptr_array_index (cell->requests, i);

      sent = sent || g_str_equal (request->method, method);
    }
  if (body == NULL)
    return;
  if (sent && strstr (body, "Nothing was sent") != NULL)
    fault_cell_problem (cell, "It was sent, and is said not to have been");
  if ((truth == FAULT_MADE || truth == FAULT_PARTLY) &&
      strstr (body, "Nothing was changed") != NULL)
    fault_cell_problem (cell, "It was changed, and is said not to have been");
}

static void
check_requests (FaultCell *cell, const FaultExpected *expected)
{
  const char *method = cell->bench->operation->write;
  guint n_sent = 0;
  guint n = method != NULL ? fault_cell_count (cell, method, &n_sent) : 0;
  guint n_tries = fault_cell_count_tries (cell);

  if (n != expected->n_writes)
    fault_cell_problem (cell, "%s reached the service %u times and not %u times", method, n,
                        expected->n_writes);
  if (n_sent > MAX_WRITES)
    fault_cell_problem (cell, "%s was sent %u times", method, n_sent);
  if (n_tries > (cell->bench->operation->background ? MAX_BACKGROUND_TRIES : MAX_TRIES))
    fault_cell_problem (cell, "A request was tried %u times", n_tries);
}

void
fault_check (FaultCell *cell, const FaultExpected *expected, FaultTruth truth)
{
  if (cell->outcome == NULL)
    {
      fault_cell_problem (cell, "There is no outcome");
      return;
    }
  if (cell->outcome->kind != expected->kind)
    fault_cell_problem (cell, "It is said to be %s, which ought to be %s",
                        kind_names[cell->outcome->kind], kind_names[expected->kind]);
  if (truth != expected->truth)
    fault_cell_problem (cell, "At the service it is %s, which ought to be %s", truth_names[truth],
                        truth_names[expected->truth]);
  check_words (cell, expected);
  check_offer (cell);
  check_claims (cell, truth);
  check_requests (cell, expected);
}
