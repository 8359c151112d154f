/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scim-double.h"

const char scim_double_wso2_schemas[] =
  "[{\"id\":\"urn:ietf:params:scim:schemas:core:2.0:User\",\"name\":\"User\",\"attributes\":["
  "{\"name\":\"userName\",\"type\":\"STRING\",\"mutability\":\"READ_ONLY\",\"required\":true},"
  "{\"name\":\"nickName\",\"type\":\"STRING\",\"displayName\":\"Nick Name\"}]},"
  "{\"id\":\"urn:scim:wso2:schema\",\"name\":\"SystemUser\",\"attributes\":["
  "{\"name\":\"country\",\"type\":\"STRING\",\"displayName\":\"Country\"}]}]";

static const char type[] = "application/scim+json";

static char *
make_page (ScimDouble *self, RosterTestExchange *exchange)
{
  guint start = MAX (roster_test_exchange_get_number (exchange, "startIndex"), 1);
  guint count = roster_test_exchange_get_number (exchange, "count");
  g_autoptr (GString) body = g_string_new (NULL);
  guint n = 0;

  g_string_printf (body, "{\"totalResults\":%u,\"startIndex\":%u,\"Resources\":[", self->n_users,
                   start);
  for (guint i = start; i <= self->n_users && n < count; i++, n++)
    g_string_append_printf (body,
                            "%s{\"id\":\"u%u\",\"userName\":\"user%u\",\"nickName\":\"Nick %u\"}",
                            n > 0 ? "," : "", i, i, i);
  g_string_append_printf (body, "],\"itemsPerPage\":%u}", n);

  return g_strdup (body->str);
}

static void
reply (RosterTestExchange *exchange, ScimDoubleAnswer answer)
{
  if (answer.status == 0)
    roster_test_exchange_reply (exchange, 404, type, "{\"detail\":\"Nothing here\"}");
  else
    roster_test_exchange_reply (exchange, answer.status, type, answer.body);
}

static void
reply_users (ScimDouble *self, RosterTestExchange *exchange)
{
  g_autofree char *page = NULL;

  if (self->users.status != 0)
    {
      reply (exchange, self->users);
      return;
    }

  page = make_page (self, exchange);
  roster_test_exchange_reply (exchange, 200, type, page);
}

static void
handle (RosterTestExchange *exchange, gpointer user_data)
{
  ScimDouble *self = user_data;
  const char *path = roster_test_exchange_get_path (exchange);

  if (g_str_has_suffix (path, "/token"))
    reply (exchange, self->token);
  else if (g_str_has_suffix (path, "/ServiceProviderConfig"))
    reply (exchange, self->config);
  else if (g_str_has_suffix (path, "/Schemas"))
    reply (exchange, self->schemas);
  else if (g_str_has_suffix (path, "/Users") && self->hold_users)
    self->held = exchange;
  else if (g_str_has_suffix (path, "/Users"))
    reply_users (self, exchange);
  else
    reply (exchange, (ScimDoubleAnswer){ 0, NULL });
}

void
scim_double_set_up (ScimDouble *self)
{
  self->server = roster_test_server_new (handle, self);
  self->n_users = 3;
}

void
scim_double_tear_down (ScimDouble *self)
{
  g_clear_pointer (&self->server, roster_test_server_free);
}

void
scim_double_release (ScimDouble *self)
{
  RosterTestExchange *exchange = g_steal_pointer (&self->held);

  self->hold_users = FALSE;
  if (exchange != NULL)
    reply_users (self, exchange);
}
