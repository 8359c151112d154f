/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "client/scim-grant.h"

#include <string.h>

/* Input: an answer of a token address (roster-fuzz.h). Either it can be told what went wrong, or
 * there is a header that goes on the wire as one line. */

#define BEARER "Bearer "

static void
check_grant (const ScimGrant *grant)
{
  g_assert_true (g_str_has_prefix (grant->header, BEARER));
  g_assert_cmpuint (strlen (grant->header), >, strlen (BEARER));
  for (const char *at = grant->header + strlen (BEARER); *at != '\0'; at++)
    g_assert_true (*at > ' ' && *at < 0x7f);
  g_assert_cmpuint (grant->lifetime, <=, 10 * 366 * 24 * 3600);
  if (grant->scope != NULL)
    g_assert_true (g_utf8_validate (grant->scope, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (RosterFuzzAnswer) input = { 0 };
  ScimAnswer answer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimGrant) grant = NULL;

  roster_fuzz_answer_init (&input, data, size);
  answer.status = input.status;
  answer.content_type = input.content_type;
  answer.retry_after = input.retry_after;
  answer.body = input.body;
  grant = scim_grant_new_from_answer (&answer, &error);
  if (grant != NULL)
    {
      g_assert_no_error (error);
      g_assert_true (answer.status >= 200 && answer.status <= 299);
      check_grant (grant);
      return 0;
    }
  roster_fuzz_assert_told (error);
  /* Only a refusal, or an answer that is one, may speak of the credentials. */
  g_assert_true (
    error->code == SCIM_ERROR_SIGN_IN || error->code == SCIM_ERROR_TOO_MANY_REQUESTS ||
    (error->code == SCIM_ERROR_PROTOCOL && answer.status >= 200 && answer.status <= 299));
  return 0;
}
