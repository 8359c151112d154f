/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-dialect.h"
#include "scim/scim-filter.h"

#include <string.h>

/* Input: a filter in the first line; in the next, where there is one, the object it is tried on.
 * What is accepted is read back from what is written of it, and means the same. */

static const char default_object[] =
  "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"u1\",\"userName\":"
  "\"kim\",\"active\":true,\"age\":41,\"name\":{\"givenName\":\"Kim\"},\"emails\":[{\"value\":"
  "\"kim@example.com\",\"type\":\"work\",\"primary\":true},\"k@example.org\"],\"meta\":{"
  "\"created\":\"2024-02-29T23:59:60Z\"},\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:"
  "User\":{\"manager\":{\"value\":\"u2\"}}}";

static void
assert_same (const ScimFilter *a, const ScimFilter *b)
{
  g_assert_true ((a != NULL) == (b != NULL));
  if (a == NULL)
    return;
  g_assert_cmpint (scim_filter_get_kind (a), ==, scim_filter_get_kind (b));
  g_assert_cmpint (scim_filter_get_op (a), ==, scim_filter_get_op (b));
  g_assert_cmpstr (scim_filter_get_path (a), ==, scim_filter_get_path (b));
  g_assert_cmpstr (scim_filter_get_raw_value (a), ==, scim_filter_get_raw_value (b));
  assert_same (scim_filter_get_left (a), scim_filter_get_left (b));
  assert_same (scim_filter_get_right (a), scim_filter_get_right (b));
}

static void
check_dialect (const ScimDialect *dialect, const ScimFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dialect->write_filter (filter, &error);

  if (text == NULL)
    {
      roster_fuzz_assert_told (error);
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED);
      return;
    }
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* The parts of a filter decide what the whole says. */
static void
check_parts (const ScimFilter *filter, ScimNode object)
{
  gboolean matches = scim_filter_matches (filter, object);

  switch (scim_filter_get_kind (filter))
    {
    case SCIM_FILTER_AND:
      g_assert_true (matches == (scim_filter_matches (scim_filter_get_left (filter), object) &&
                                 scim_filter_matches (scim_filter_get_right (filter), object)));
      break;
    case SCIM_FILTER_OR:
      g_assert_true (matches == (scim_filter_matches (scim_filter_get_left (filter), object) ||
                                 scim_filter_matches (scim_filter_get_right (filter), object)));
      break;
    case SCIM_FILTER_NOT:
      g_assert_true (matches != scim_filter_matches (scim_filter_get_left (filter), object));
      break;
    case SCIM_FILTER_PRESENT:
    case SCIM_FILTER_COMPARE:
    case SCIM_FILTER_VALUE_PATH:
    default:
      break;
    }
}

static void
check_filter (const ScimFilter *filter, ScimNode object)
{
  g_autofree char *text = scim_filter_to_string (filter);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimFilter) again = scim_filter_new (text, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  assert_same (filter, again);
  text_again = scim_filter_to_string (again);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (scim_filter_matches (filter, object) == scim_filter_matches (again, object));
  check_parts (filter, object);
  check_dialect (&scim_dialect_rfc, filter);
  check_dialect (&scim_dialect_wso2, filter);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  RosterFuzzInput input = { (const char *)data, size };
  g_autofree char *text = roster_fuzz_take_line (&input);
  g_autoptr (GBytes) rest = roster_fuzz_take_rest (&input);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimFilter) filter = scim_filter_new (text, &error);
  g_autoptr (ScimJson) object = NULL;

  if (filter == NULL)
    {
      roster_fuzz_assert_told (error);
      g_assert_error (error, SCIM_ERROR, SCIM_ERROR_INVALID_FILTER);
      return 0;
    }
  g_assert_no_error (error);
  if (g_bytes_get_size (rest) > 0)
    object = scim_json_new (rest, NULL, NULL);
  if (object == NULL)
    object = scim_json_new_from_text (default_object, -1, NULL);
  check_filter (filter, scim_json_get_root (object));
  return 0;
}
