/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-dialect-private.h"

#include <string.h>

static const ScimDialect *const dialects[] = { &scim_dialect_rfc, &scim_dialect_wso2 };

const ScimDialect *
scim_dialect_get (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      if (strcmp (dialects[i]->id, id) == 0)
        return dialects[i];
    }
  return NULL;
}

GBytes *
scim_dialect_invitation_body (const ScimDialect *self)
{
  GString *body;

  g_return_val_if_fail (self != NULL, NULL);

  if (!self->has_invitation)
    return NULL;
  body = scim_dialect_body_begin ();
  scim_dialect_body_add (body, "add", NULL,
                         "{\"" SCIM_URN_WSO2_SYSTEM "\":{\"forcePasswordReset\":true}}");
  return scim_dialect_body_end (body);
}

GBytes *
scim_dialect_password_body (const ScimDialect *self, const char *password)
{
  GString *body, *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  /* Path-less also in RFC services, where both forms mean the same (RFC 7644 section 3.5.2.3). */
  value = g_string_new ("{\"password\":");
  scim_json_append_string (value, password, -1);
  g_string_append_c (value, '}');
  body = scim_dialect_body_begin ();
  scim_dialect_body_add (body, "replace", NULL, value->str);
  explicit_bzero (value->str, value->len);
  g_string_free (value, TRUE);
  return scim_dialect_body_end (body);
}

GString *
scim_dialect_body_begin (void)
{
  return g_string_new ("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                       "\"Operations\":[");
}

void
scim_dialect_body_add (GString *body, const char *op, const char *path, const char *raw_value)
{
  if (body->str[body->len - 1] != '[')
    g_string_append_c (body, ',');
  g_string_append_printf (body, "{\"op\":\"%s\"", op);
  if (path != NULL)
    {
      g_string_append (body, ",\"path\":");
      scim_json_append_string (body, path, -1);
    }
  if (raw_value != NULL)
    g_string_append_printf (body, ",\"value\":%s", raw_value);
  g_string_append_c (body, '}');
}

GBytes *
scim_dialect_body_end (GString *body)
{
  g_string_append (body, "]}");
  return g_string_free_to_bytes (body);
}
