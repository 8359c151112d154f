/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scim/scim-json.h"

G_BEGIN_DECLS

/* Writing JSON piece by piece: each puts a comma first where one is needed. */
void roster_service_json_comma (GString *out);
void roster_service_json_key (GString *out, const char *key);
void roster_service_json_text (GString *out, const char *key, const char *text);
void roster_service_json_raw (GString *out, const char *key, const char *raw);
/* The original bytes of a value, without a comma. */
void roster_service_json_node (GString *out, ScimNode node);

G_END_DECLS
