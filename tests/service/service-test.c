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
