/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-dialect-private.h"

static char *
rfc_write_filter (const ScimFilter *filter, GError **error)
{
  return scim_filter_to_string (filter);
}

static const char *
rfc_find_container (const char *attribute, const ScimResource *user, const ScimSchemas *schemas)
{
  return NULL;
}

static GBytes *
rfc_wrap_operations (const ScimPatch *patch, const ScimResource *target, const ScimSchemas *schemas)
{
  return scim_patch_to_bytes (patch);
}

const ScimDialect scim_dialect_rfc = {
  .id = "rfc",
  .name = "SCIM 2.0",
  .page_size = 100,
  .write_filter = rfc_write_filter,
  .find_container = rfc_find_container,
  .wrap_operations = rfc_wrap_operations,
};
