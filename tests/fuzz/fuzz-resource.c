/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "roster-fuzz.h"

#include "scim/scim-account.h"
#include "scim/scim-resource.h"

#include <string.h>

/* Input: an answer with users, as a list or one alone. Whatever stands in it, a user has a title
 * and a state that can be shown. */

static void
check_user (const ScimResource *user)
{
  static const char *const paths[] = { "userName", "emails", "name",
                                       "phoneNumbers[type eq \"work\"]",
                                       SCIM_URN_ENTERPRISE_USER ":manager.displayName" };
  g_autofree char *title = scim_resource_dup_title (user);
  g_autoptr (ScimAccount) account = scim_account_new (user);
  g_autoptr (GBytes) bytes = scim_resource_dup_bytes (user);
  g_autoptr (GError) error = NULL;
  g_autoptr (ScimResource) alone = scim_resource_new (bytes, &error);

  g_assert_no_error (error);
  g_assert_true (scim_node_equal (scim_resource_get_root (alone), scim_resource_get_root (user)));
  roster_fuzz_assert_safe (title);
  g_assert_cmpint (account->status, <=, SCIM_ACCOUNT_RESET_PENDING);
  g_assert_cmpint (account->reason, <=, SCIM_LOCK_OTHER);
  g_assert_cmpint (account->unlock_time, >=, 0);
  if (account->reason_text != NULL)
    roster_fuzz_assert_safe (account->reason_text);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autofree char *text = scim_resource_dup_text (user, paths[i]);
      g_autofree char *value = scim_resource_dup_main_value (user, paths[i]);

      if (text != NULL)
        g_assert_true (g_utf8_validate (text, -1, NULL));
      if (value != NULL)
        g_assert_true (g_utf8_validate (value, -1, NULL));
    }
}

static void
check_list (const ScimList *list)
{
  g_assert_cmpint (list->total_results, >=, -1);
  g_assert_cmpint (list->items_per_page, >=, -1);
  g_assert_cmpint (list->start_index, >=, -1);
  for (guint i = 0; i < list->resources->len; i++)
    check_user (g_ptr_array_index (list->resources, i));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) list_error = NULL;
  g_autoptr (GError) user_error = NULL;
  g_autoptr (ScimList) list = scim_list_new (bytes, &list_error);
  g_autoptr (ScimResource) user = scim_resource_new (bytes, &user_error);

  if (list != NULL)
    check_list (list);
  else
    roster_fuzz_assert_told (list_error);
  if (user != NULL)
    check_user (user);
  else
    roster_fuzz_assert_told (user_error);
  return 0;
}
