/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-error.h"
#include "scim/scim-schema.h"

#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What the targets share. A target is one file with LLVMFuzzerTestOneInput (); it is linked with
 * libFuzzer by `./dev fuzz` and with fuzz-main.c as an ordinary test. What does not hold ends the
 * program through g_assert_… (); so does every critical and every warning. */
int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* The built-in schemas and an extension, urn:x:y, of every other kind of attribute; made once. */
const ScimSchemas *roster_fuzz_get_schemas (void);

/* An input of several parts, a line each. */
typedef struct
{
  const char *at;
  gsize left;
} RosterFuzzInput;

/* The next line without its end; "" when there is none left. Owned. A NUL ends the text, but not
 * the line. */
char *roster_fuzz_take_line (RosterFuzzInput *self);
/* The same, as bytes. */
GBytes *roster_fuzz_take_line_bytes (RosterFuzzInput *self);
GBytes *roster_fuzz_take_rest (RosterFuzzInput *self);

/* An answer: one line "STATUS RETRY-AFTER CONTENT-TYPE", then the body. */
typedef struct
{
  guint status;
  int retry_after;
  char *content_type; /* nullable */
  GBytes *body;
} RosterFuzzAnswer;

void roster_fuzz_answer_init (RosterFuzzAnswer *self, const uint8_t *data, size_t size);
void roster_fuzz_answer_clear (RosterFuzzAnswer *self);

/* What a person may be shown: valid UTF-8 without control, zero-width or bidi-override characters.
 * Written without scim_text_make_safe (), which it judges. */
void roster_fuzz_assert_safe (const char *text);
/* A failure must be told: a SCIM_ERROR with a message that can be shown. */
void roster_fuzz_assert_told (const GError *error);
/* The value in a form that is equal for equal values: white space, escapes and, with sorted, the
 * order of members do not count. skip: left out (nullable node). */
void roster_fuzz_write_node (GString *out, ScimNode node, ScimNode skip, gboolean sorted);
/* The same for the key of a member; nothing for others. */
void roster_fuzz_write_key (GString *out, ScimNode node);
/* TRUE when some object in it has two members whose names differ in case at most, or one whose name
 * holds U+0000. */
gboolean roster_fuzz_has_odd_keys (ScimNode node);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RosterFuzzAnswer, roster_fuzz_answer_clear)

G_END_DECLS
