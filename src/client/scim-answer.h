/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-transport.h"

G_BEGIN_DECLS

/* Makes a value of an answer's body. Runs on a worker thread and sees nothing else. id: the user's
 * that was asked for, else NULL. *value may stay NULL on success. Errors: SCIM_ERROR_PROTOCOL. */
typedef gboolean (*ScimAnswerReader) (GBytes *body,
                                      const char *id,
                                      gpointer *value,
                                      GError **error);

gboolean scim_answer_read_list (GBytes *body, const char *id, gpointer *value, GError **error);
gboolean scim_answer_read_user (GBytes *body, const char *id, gpointer *value, GError **error);
/* As read_user, but an empty body gives NULL (RFC 7644 section 3.5.2: 204). */
gboolean scim_answer_read_written (GBytes *body, const char *id, gpointer *value, GError **error);
/* Nothing is expected, but a web page shows that it was not the service that answered. */
gboolean scim_answer_read_nothing (GBytes *body, const char *id, gpointer *value, GError **error);
gboolean scim_answer_read_schemas (GBytes *body, const char *id, gpointer *value, GError **error);
gboolean scim_answer_read_config (GBytes *body, const char *id, gpointer *value, GError **error);

/* Takes the answer. free_value: of what the reader makes. */
void scim_answer_read_async (ScimAnswer *answer,
                             ScimAnswerReader reader,
                             const char *id,
                             GDestroyNotify free_value,
                             int io_priority,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* FALSE: error. */
gboolean scim_answer_read_finish (GAsyncResult *result, gpointer *value, GError **error);

G_END_DECLS
