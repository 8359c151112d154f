/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service-test.h"

#include <json-glib/json-glib.h>

static char *
node_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup ("{}");
  if (JSON_NODE_HOLDS_ARRAY (node))
    return g_strdup_printf ("[%u]", json_array_get_length (json_node_get_array (node)));
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

static JsonNode *
step (JsonNode *node, const char *name)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_member (json_node_get_object (node), name);
  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      guint64 position = g_ascii_strtoull (name, NULL, 10);

      if (position < json_array_get_length (array))
        return json_array_get_element (array, (guint)position);
    }
  return NULL;
}

char *
service_test_get (const char *json, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = json_from_string (json, &error);
  g_auto (GStrv) names = g_strsplit (place, "/", -1);
  JsonNode *node = root;

  g_assert_no_error (error);
  for (guint i = 0; node != NULL && names[i] != NULL; i++)
    node = step (node, names[i]);
  return node != NULL ? node_text (node) : NULL;
}

char *
service_test_ask_token (RosterTestService *service,
                        const char *authorization,
                        const char *form,
                        guint *status)
{
  static const char *const headers[] = { "Content-Type", "application/x-www-form-urlencoded",
                                         "Accept", "application/json", NULL };

  return roster_test_request_with ("POST", roster_test_service_get_token_url (service),
                                   authorization, headers, form, status);
}

char *
service_test_dup_basic (RosterTestService *service)
{
  return roster_test_basic (roster_test_service_get_client_id (service),
                            roster_test_service_get_client_secret (service));
}

char *
service_test_fetch_bearer (RosterTestService *service, const char *scope, const char *granted)
{
  g_autofree char *basic = service_test_dup_basic (service);
  g_autofree char *form = g_strdup_printf ("grant_type=client_credentials&scope=%s", scope);
  guint status;
  g_autofree char *answer = service_test_ask_token (service, basic, form, &status);
  g_autofree char *token = service_test_get (answer, "access_token");

  g_assert_cmpuint (status, ==, 200);
  service_test_assert (answer, "token_type", "Bearer");
  service_test_assert (answer, "scope", granted);
  return roster_test_bearer (token);
}

char *
service_test_find (RosterTestService *service, const char *user_name)
{
  g_autofree char *path = g_strdup_printf ("/Users?filter=userName%%20eq%%20%%22%s%%22", user_name);
  g_autofree char *answer = roster_test_service_ask (service, "GET", path, NULL, NULL);

  service_test_assert (answer, "totalResults", "1");
  return service_test_get (answer, "Resources/0/id");
}

char *
service_test_patch (RosterTestService *service,
                    const char *id,
                    const char *operations,
                    guint *status)
{
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  g_autofree char *body =
    g_strdup_printf ("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],"
                     "\"Operations\":[%s]}",
                     operations);

  return roster_test_service_ask (service, "PATCH", path, body, status);
}

char *
service_test_read (RosterTestService *service, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/Users/%s", id);
  guint status;
  char *answer = roster_test_service_ask (service, "GET", path, NULL, &status);

  g_assert_cmpuint (status, ==, 200);
  return answer;
}
