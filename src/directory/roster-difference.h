/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Something that a service shows otherwise than it was meant, found by reading back after a write.
 * Texts are plain (never markup), safe to display, translated, never NULL; "" is nothing.
 * Properties for binding, constant: "label", "meant-text", "shown-text", "words". */
#define ROSTER_TYPE_DIFFERENCE (roster_difference_get_type ())
G_DECLARE_FINAL_TYPE (RosterDifference, roster_difference, ROSTER, DIFFERENCE, GObject)

RosterDifference *roster_difference_new (const char *label,
                                         const char *meant_text,
                                         const char *shown_text,
                                         const char *words);
const char *roster_difference_get_label (RosterDifference *self); /* of the attribute */
const char *roster_difference_get_meant_text (RosterDifference *self);
const char *roster_difference_get_shown_text (RosterDifference *self);
/* The same as a sentence: "The service did not keep “M” for Middle Name." */
const char *roster_difference_get_words (RosterDifference *self);

G_END_DECLS
