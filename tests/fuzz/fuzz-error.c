/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include <string.h>

/* Input: an answer (roster-fuzz.h). Whatever it is becomes an error that can be told. */

#define MAX_WORDS 2000

static void
check_words (const char *words)
{
  g_autofree char *trimmed = NULL;

  if (words == NULL)
    return;
  roster_fuzz_assert_safe (words);
  trimmed = g_strstrip (g_strdup (words));
  g_assert_cmpstr (trimmed, ==, words);
  g_assert_cmpuint (strlen (words), >, 0);
  g_assert_cmpint (g_utf8_strlen (words, -1), <=, MAX_WORDS);
}

static void
check_error (const RosterFuzzAnswer *answer, const GError *error)
{
  roster_fuzz_assert_told (error);
  check_words (scim_error_get_detail (error));
  check_words (scim_error_get_scim_type (error));
  g_assert_cmpuint (scim_error_get_http_status (error), ==, answer->status);
  g_assert_cmpint (scim_error_get_retry_after (error), ==, MAX (answer->retry_after, -1));
  if (scim_error_get_detail (error) != NULL)
    g_assert_cmpstr (error->message, ==, scim_error_get_detail (error));
}

/* Made harmless is harmless, never longer than asked for, and stays as it is when it is done
 * again. */
static void
check_make_safe (GBytes *body)
{
  static const guint limits[] = { 0, 1, 2, 40, G_MAXUINT };
  gsize length;
  const char *text = g_bytes_get_data (body, &length);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *safe =
        scim_text_make_safe (text != NULL ? text : "", (gssize)length, limits[i]);
      g_autofree char *again = scim_text_make_safe (safe, -1, limits[i]);

      roster_fuzz_assert_safe (safe);
      g_assert_cmpuint ((guint)g_utf8_strlen (safe, -1), <=, limits[i]);
      g_assert_cmpstr (again, ==, safe);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_auto (RosterFuzzAnswer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) without_type = NULL;
  g_autoptr (GError) without_body = NULL;
  g_autoptr (GError) copy = NULL;

  roster_fuzz_answer_init (&answer, data, size);
  error = scim_error_new_from_response (answer.status, answer.content_type, answer.body,
                                        answer.retry_after);
  check_error (&answer, error);
  without_type = scim_error_new_from_response (answer.status, NULL, answer.body, -2);
  roster_fuzz_assert_told (without_type);
  without_body = scim_error_new_from_response (answer.status, answer.content_type, NULL, -1);
  roster_fuzz_assert_told (without_body);
  g_assert_null (scim_error_get_detail (without_body));

  copy = g_error_copy (error);
  check_error (&answer, copy);
  g_assert_cmpstr (scim_error_get_detail (copy), ==, scim_error_get_detail (error));
  check_make_safe (answer.body);
  return 0;
}
