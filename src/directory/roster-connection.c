/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "directory/roster-connection-private.h"

/* The port of an Identity Server as it is installed (SCIM-SERVICES section 2.2). */
#define WSO2_IS_PORT 9443

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_ORGANIZATION,
  PROP_REGION,
  PROP_HOST,
  PROP_TENANT,
  PROP_URL,
  PROP_TOKEN_URL,
  PROP_CLIENT_ID,
  PROP_USER_NAME,
  PROP_DIALECT,
  PROP_DOMAIN,
  PROP_ENVIRONMENT,
  PROP_PRESET,
  PROP_SIGN_IN,
  N_PROPS
};

#define N_TEXTS (PROP_DOMAIN + 1)

struct _RosterConnection
{
  GObject parent_instance;

  char *texts[N_TEXTS]; /* by property */
  char *fallback_name;
  RosterEnvironment environment;
  RosterPreset preset;
  RosterSignIn sign_in;
  GStrv hidden_attributes; /* nullable */
  GStrv columns;           /* nullable */
  guint second;            /* milliseconds */
};

G_DEFINE_FINAL_TYPE (RosterConnection, roster_connection, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

/* What was typed, without the blanks around that come with pasting; NULL when nothing is left. */
static char *
dup_typed (RosterConnection *self, guint property)
{
  g_autofree char *text = g_strdup (self->texts[property]);

  if (text == NULL || *g_strstrip (text) == '\0')
    return NULL;

  return g_steal_pointer (&text);
}

/* "https://host:port", from a host as people type it: with or without port, scheme or path. NULL
 * when it is none. */
static char *
dup_wso2_origin (RosterConnection *self)
{
  g_autofree char *typed = dup_typed (self, PROP_HOST);
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  const char *host;
  int port;

  if (typed == NULL)
    return NULL;

  text = strstr (typed, "://") != NULL ? g_strdup (typed) : g_strconcat ("https://", typed, NULL);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !roster_connection_is_host (g_uri_get_host (uri)) ||
      g_uri_get_userinfo (uri) != NULL)
    return NULL;

  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  port = g_uri_get_port (uri) > 0 ? g_uri_get_port (uri) : WSO2_IS_PORT;

  return g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%d" : "%s://%s:%d", scheme, host,
                          port);
}

/* "https://…/t/tenant" before which every path of a preset stands; NULL while something is missing.
 */
static char *
dup_root (RosterConnection *self)
{
  g_autofree char *organization = dup_typed (self, PROP_ORGANIZATION);
  g_autofree char *tenant = dup_typed (self, PROP_TENANT);
  g_autofree char *origin = NULL;
  g_autofree char *escaped = NULL;

  if (self->preset == ROSTER_PRESET_ASGARDEO)
    {
      if (organization == NULL)
        return NULL;
      escaped = g_uri_escape_string (organization, NULL, FALSE);
      return g_strdup_printf ("https://api.%sasgardeo.io/t/%s",
                              g_strcmp0 (self->texts[PROP_REGION], "eu") == 0 ? "eu." : "",
                              escaped);
    }

  origin = dup_wso2_origin (self);
  if (origin == NULL || tenant == NULL || g_str_equal (tenant, "carbon.super"))
    return g_steal_pointer (&origin);

  escaped = g_uri_escape_string (tenant, NULL, FALSE);
  return g_strdup_printf ("%s/t/%s", origin, escaped);
}

static char *
dup_url (RosterConnection *self, guint property)
{
  char *url = dup_typed (self, property);

  for (gsize length = url != NULL ? strlen (url) : 0; length > 0 && url[length - 1] == '/';)
    url[--length] = '\0';

  return url;
}

static const char *
get_service_host (RosterConnection *self)
{
  g_autofree char *base = roster_connection_dup_base_url (self);
  g_autoptr (GUri) uri = base != NULL ? g_uri_parse (base, G_URI_FLAGS_NONE, NULL) : NULL;

  g_free (self->fallback_name);
  self->fallback_name = g_strdup (uri != NULL ? g_uri_get_host (uri) : _ ("New Connection"));

  return self->fallback_name;
}

static void
set_text (RosterConnection *self, guint property, const char *text)
{
  if (g_strcmp0 (self->texts[property], text) == 0)
    return;

  g_free (self->texts[property]);
  self->texts[property] = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  /* What was learned was learned of another service. */
  if (property == PROP_URL)
    set_text (self, PROP_DIALECT, NULL);
}

static void
set_preset (RosterConnection *self, RosterPreset preset)
{
  if (self->preset == preset)
    return;

  self->preset = preset;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESET]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIALECT]);
}

static void
roster_connection_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RosterConnection *self = ROSTER_CONNECTION (object);

  if (prop_id == PROP_DIALECT)
    g_value_set_string (value, roster_connection_get_dialect (self));
  else if (prop_id < N_TEXTS)
    g_value_set_string (value, self->texts[prop_id]);
  else if (prop_id == PROP_ENVIRONMENT)
    g_value_set_int (value, (int)self->environment);
  else if (prop_id == PROP_PRESET)
    g_value_set_int (value, (int)self->preset);
  else if (prop_id == PROP_SIGN_IN)
    g_value_set_int (value, (int)self->sign_in);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
roster_connection_set_property (GObject *object,
                                guint prop_id,
                                const GValue *value,
                                GParamSpec *pspec)
{
  RosterConnection *self = ROSTER_CONNECTION (object);

  if (prop_id == PROP_ID)
    self->texts[PROP_ID] = g_value_dup_string (value);
  else if (prop_id < N_TEXTS)
    set_text (self, prop_id, g_value_get_string (value));
  else if (prop_id == PROP_PRESET)
    set_preset (self, (RosterPreset)g_value_get_int (value));
  else if (prop_id == PROP_ENVIRONMENT)
    {
      if (self->environment != (RosterEnvironment)g_value_get_int (value))
        {
          self->environment = (RosterEnvironment)g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
        }
    }
  else if (prop_id == PROP_SIGN_IN)
    {
      if (self->sign_in != (RosterSignIn)g_value_get_int (value))
        {
          self->sign_in = (RosterSignIn)g_value_get_int (value);
          g_object_notify_by_pspec (object, pspec);
        }
    }
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
roster_connection_constructed (GObject *object)
{
  RosterConnection *self = ROSTER_CONNECTION (object);

  G_OBJECT_CLASS (roster_connection_parent_class)->constructed (object);

  if (self->texts[PROP_ID] == NULL)
    self->texts[PROP_ID] = g_uuid_string_random ();
}

static void
roster_connection_finalize (GObject *object)
{
  RosterConnection *self = ROSTER_CONNECTION (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self->fallback_name);
  g_strfreev (self->hidden_attributes);
  g_strfreev (self->columns);

  G_OBJECT_CLASS (roster_connection_parent_class)->finalize (object);
}

static void
roster_connection_class_init (RosterConnectionClass *klass)
{
  static const char *const text_names[N_TEXTS] = {
    [PROP_NAME] = "name",           [PROP_ORGANIZATION] = "organization",
    [PROP_REGION] = "region",       [PROP_HOST] = "host",
    [PROP_TENANT] = "tenant",       [PROP_URL] = "url",
    [PROP_TOKEN_URL] = "token-url", [PROP_CLIENT_ID] = "client-id",
    [PROP_USER_NAME] = "user-name", [PROP_DIALECT] = "dialect",
    [PROP_DOMAIN] = "domain",
  };
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = roster_connection_get_property;
  object_class->set_property = roster_connection_set_property;
  object_class->constructed = roster_connection_constructed;
  object_class->finalize = roster_connection_finalize;

  properties[PROP_ID] = g_param_spec_string (
    "id", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  for (guint i = PROP_NAME; i < N_TEXTS; i++)
    properties[i] = g_param_spec_string (text_names[i], NULL, NULL, NULL, flags);
  properties[PROP_ENVIRONMENT] =
    g_param_spec_int ("environment", NULL, NULL, ROSTER_ENVIRONMENT_PRODUCTION,
                      ROSTER_ENVIRONMENT_DEMO, ROSTER_ENVIRONMENT_PRODUCTION, flags);
  properties[PROP_PRESET] = g_param_spec_int ("preset", NULL, NULL, ROSTER_PRESET_ASGARDEO,
                                              ROSTER_PRESET_OTHER, ROSTER_PRESET_ASGARDEO, flags);
  properties[PROP_SIGN_IN] =
    g_param_spec_int ("sign-in", NULL, NULL, ROSTER_SIGN_IN_CLIENT_CREDENTIALS,
                      ROSTER_SIGN_IN_BEARER, ROSTER_SIGN_IN_CLIENT_CREDENTIALS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
roster_connection_init (RosterConnection *self)
{
  self->second = 1000;
}

RosterConnection *
roster_connection_new (const char *id)
{
  return g_object_new (ROSTER_TYPE_CONNECTION, "id", id, NULL);
}

const char *
roster_connection_get_id (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return self->texts[PROP_ID];
}

const char *
roster_connection_get_name (RosterConnection *self)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  name = dup_typed (self, PROP_NAME);
  return name != NULL ? self->texts[PROP_NAME] : get_service_host (self);
}

RosterEnvironment
roster_connection_get_environment (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), ROSTER_ENVIRONMENT_PRODUCTION);

  return self->environment;
}

RosterPreset
roster_connection_get_preset (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), ROSTER_PRESET_OTHER);

  return self->preset;
}

RosterSignIn
roster_connection_get_sign_in (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), ROSTER_SIGN_IN_BEARER);

  return self->sign_in;
}

const char *
roster_connection_get_dialect (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return self->preset == ROSTER_PRESET_OTHER ? self->texts[PROP_DIALECT] : "wso2";
}

void
roster_connection_set_second (RosterConnection *self, guint milliseconds)
{
  g_return_if_fail (ROSTER_IS_CONNECTION (self));
  g_return_if_fail (milliseconds > 0);

  self->second = milliseconds;
}

guint
roster_connection_get_second (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), 1000);

  return self->second;
}

char *
roster_connection_dup_domain (RosterConnection *self)
{
  char *domain;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  domain = dup_typed (self, PROP_DOMAIN);
  if (domain != NULL)
    return domain;

  /* SCIM-SERVICES section 1.2: where customers' users are. Without it, paging misses users. */
  switch (self->preset)
    {
    case ROSTER_PRESET_ASGARDEO:
      return g_strdup ("DEFAULT");
    case ROSTER_PRESET_WSO2_IS:
      return g_strdup ("PRIMARY");
    case ROSTER_PRESET_OTHER:
    default:
      return NULL;
    }
}

char *
roster_connection_dup_host (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return dup_typed (self, PROP_HOST);
}

char *
roster_connection_dup_client_id (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return dup_typed (self, PROP_CLIENT_ID);
}

char *
roster_connection_dup_user_name (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return dup_typed (self, PROP_USER_NAME);
}

char *
roster_connection_dup_service_name (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  switch (self->preset)
    {
    case ROSTER_PRESET_ASGARDEO:
      return g_strdup ("Asgardeo");
    case ROSTER_PRESET_WSO2_IS:
      return g_strdup ("WSO2 Identity Server");
    case ROSTER_PRESET_OTHER:
    default:
      return g_strdup (get_service_host (self));
    }
}

const char *
roster_environment_get_label (RosterEnvironment environment)
{
  switch (environment)
    {
    case ROSTER_ENVIRONMENT_TEST:
      return _ ("Test");
    case ROSTER_ENVIRONMENT_DEMO:
      return _ ("Demo");
    case ROSTER_ENVIRONMENT_PRODUCTION:
    default:
      return _ ("Production");
    }
}

char *
roster_connection_dup_base_url (RosterConnection *self)
{
  g_autofree char *root = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  if (self->preset == ROSTER_PRESET_OTHER)
    return dup_url (self, PROP_URL);

  root = dup_root (self);
  return root != NULL ? g_strconcat (root, "/scim2", NULL) : NULL;
}

char *
roster_connection_dup_token_url (RosterConnection *self)
{
  g_autofree char *root = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  if (self->sign_in != ROSTER_SIGN_IN_CLIENT_CREDENTIALS)
    return NULL;
  if (self->preset == ROSTER_PRESET_OTHER)
    return dup_typed (self, PROP_TOKEN_URL);

  root = dup_root (self);
  return root != NULL ? g_strconcat (root, "/oauth2/token", NULL) : NULL;
}

const char *const *
roster_connection_get_hidden_attributes (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return (const char *const *)self->hidden_attributes;
}

void
roster_connection_set_hidden_attributes (RosterConnection *self, const char *const *paths)
{
  GStrv copy;

  g_return_if_fail (ROSTER_IS_CONNECTION (self));

  copy = g_strdupv ((GStrv)paths);
  g_strfreev (self->hidden_attributes);
  self->hidden_attributes = copy;
}

const char *const *
roster_connection_get_columns (RosterConnection *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECTION (self), NULL);

  return (const char *const *)self->columns;
}

void
roster_connection_set_columns (RosterConnection *self, const char *const *paths)
{
  GStrv copy;

  g_return_if_fail (ROSTER_IS_CONNECTION (self));

  copy = g_strdupv ((GStrv)paths);
  g_strfreev (self->columns);
  self->columns = copy;
}
