/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-text.h"

#include "scim/scim-error.h"

char *
roster_text_dup_shown (const char *text, guint max_chars)
{
  return text != NULL ? scim_text_make_safe (text, -1, max_chars) : NULL;
}
