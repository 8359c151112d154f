/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client/scim-transport.h"

G_BEGIN_DECLS

/* Makes a value of an answer's body. Runs on a worker thread and sees nothing else. id: the user's
 * that was asked for, else NULL. *value may stay NULL on success. Errors: SCIM_ERROR_PROTOCOL with
 * what came instead, SCIM_ERROR_INVALID_JSON, SCIM_ERROR_CONTRADICTION, SCIM_ERROR_OTHER_USER. */
typedef gboolean (*ScimAnswerReader) (const ScimAnswer *answer,
                                      const char *id,
                                      gpointer *value,
                                      GError **error);

gboolean scim_answer_read_list (const ScimAnswer *answer,
                                const char *id,
                                gpointer *value,
                                GError **error);
gboolean scim_answer_read_user (const ScimAnswer *answer,
                                const char *id,
                                gpointer *value,
                                GError **error);
/* As read_user, but an empty body gives NULL (RFC 7644 section 3.5.2: 204). */
gboolean scim_answer_read_written (const ScimAnswer *answer,
                                   const char *id,
                                   gpointer *value,
                                   GError **error);
/* Nothing is expected, but a web page shows that it was not the service that answered, and an error
 * that it did not do it. */
gboolean scim_answer_read_nothing (const ScimAnswer *answer,
                                   const char *id,
                                   gpointer *value,
                                   GError **error);
gboolean scim_answer_read_schemas (const ScimAnswer *answer,
                                   const char *id,
                                   gpointer *value,
                                   GError **error);
gboolean scim_answer_read_config (const ScimAnswer *answer,
                                  const char *id,
                                  gpointer *value,
                                  GError **error);

/* Takes the answer. free_value: of what the reader makes. cancellable: nullable; the end comes at
 * once, while the worker goes on by itself. */
void scim_answer_read_async (ScimAnswer *answer,
                             ScimAnswerReader reader,
                             const char *id,
                             GDestroyNotify free_value,
                             int io_priority,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* FALSE: error. */
gboolean scim_answer_read_finish (GAsyncResult *result, gpointer *value, GError **error);

G_END_DECLS
