/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest texts, in characters, that are given to a widget: Pango lays out all of a text, however
 * little of it is seen. */
#define ROSTER_TEXT_WORDS 120  /* a name, a choice, a part of an accessible name */
#define ROSTER_TEXT_LINE  1000 /* one line or a tooltip */

/* A text for the eye: what would deceive it, as turned text and control characters do, is replaced
 * by a mark that is seen, and what is longer is cut. Never NULL for a text; NULL for NULL. */
char *roster_text_dup_shown (const char *text, guint max_chars);

G_END_DECLS
