/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service.h"

G_BEGIN_DECLS

/* Parts of the WSO2 personality, by file. */
char *roster_service_wso2_write_schemas (void);
ScimFilter *roster_service_wso2_parse_filter (const char *text, GError **error);
ScimPatch *roster_service_wso2_prepare_patch (RosterService *service,
                                              ScimPatch *patch,
                                              ScimResource *resource,
                                              GError **error);
ScimResource *roster_service_wso2_finish_change (RosterService *service,
                                                 ScimResource *before,
                                                 ScimResource *after,
                                                 gboolean has_new_password,
                                                 GError **error);

G_END_DECLS
