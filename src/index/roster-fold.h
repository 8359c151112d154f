/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "index/roster-index.h"

G_BEGIN_DECLS

gboolean roster_text_is_ascii (const char *text);
/* text: valid UTF-8. Appends what roster_fold () returns for it. */
void roster_fold_append (GString *folded, const char *text);

G_END_DECLS
