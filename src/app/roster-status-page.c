/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-status-page.h"

void
roster_status_page_set_text (AdwStatusPage *page, const char *text)
{
  g_autofree char *escaped = NULL;

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;
  adw_status_page_set_description (page, escaped);
}

void
roster_status_page_set_outcome (AdwStatusPage *page, const RosterOutcome *outcome)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));
  g_return_if_fail (outcome != NULL);

  if (outcome->body != NULL)
    g_string_append (text, outcome->body);
  if (outcome->next_step != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", outcome->next_step);
  adw_status_page_set_title (page, outcome->title);
  roster_status_page_set_text (page, text->str);
}
