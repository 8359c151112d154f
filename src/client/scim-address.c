/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/scim-address.h"

#include "client/scim-client.h"

#include <libsoup/soup.h>
#include <string.h>

static gboolean
fail (GError **error, const char *what, const char *why)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The %s %s", what, why);
  return FALSE;
}

/* GLib takes nearly anything for a host, and decodes it first. Letters of other scripts are names
 * (RFC 5890), ':' belongs to IPv6. */
static gboolean
host_is_plausible (const char *host)
{
  if (*host == '\0')
    return FALSE;
  for (; *host != '\0'; host++)
    if (g_ascii_isprint (*host) ? !g_ascii_isalnum (*host) && strchr ("-._:", *host) == NULL
                                : (guchar)*host < 0x80)
      return FALSE;
  return TRUE;
}

static gboolean
check_uri (GUri *uri, const char *what, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  gboolean is_http = g_str_equal (scheme, "http");

  if (!is_http && !g_str_equal (scheme, "https"))
    return fail (error, what, "must begin with https://");
  if (host == NULL || !host_is_plausible (host))
    return fail (error, what, "names no host");
  if (g_uri_get_userinfo (uri) != NULL)
    return fail (error, what, "must not hold a user name or password");
  if (g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return fail (error, what, "must not hold “?” or “#”");
  if (is_http && !scim_client_host_is_loopback (host))
    return fail (error, what, "must begin with https:// (http:// only on this computer)");
  return TRUE;
}

static int
effective_port (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;
  return g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
}

GUri *
scim_address_parse (const char *text, const char *what, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (what != NULL, NULL);

  uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    {
      fail (error, what, "is not a web address");
      return NULL;
    }
  if (!check_uri (uri, what, error))
    return NULL;
  return g_steal_pointer (&uri);
}

gboolean
scim_address_same_origin (GUri *a, GUri *b)
{
  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  return g_str_equal (g_uri_get_scheme (a), g_uri_get_scheme (b)) && g_uri_get_host (a) != NULL &&
         g_uri_get_host (b) != NULL &&
         g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0 &&
         effective_port (a) == effective_port (b);
}

ScimAddress *
scim_address_new (const char *base_url, const char *endpoint)
{
  ScimAddress *self;

  g_return_val_if_fail (base_url != NULL, NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);

  self = g_new0 (ScimAddress, 1);
  self->url = g_string_new (base_url);
  g_string_append (self->url, endpoint);
  self->label = g_string_new (endpoint);
  return self;
}

void
scim_address_free (ScimAddress *self)
{
  g_string_free (self->url, TRUE);
  g_string_free (self->label, TRUE);
  g_free (self);
}

gboolean
scim_address_add_segment (ScimAddress *self, const char *text, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  /* Even "%2E%2E" is taken as ".." by many servers: the request would go to another resource. */
  if (*text == '\0' || g_str_equal (text, ".") || g_str_equal (text, ".."))
    {
      g_set_error (error, SCIM_ERROR, SCIM_ERROR_UNSUPPORTED,
                   "The service gave an id (“%s”) that cannot be part of an address", text);
      return FALSE;
    }
  g_string_append_c (self->url, '/');
  g_string_append_uri_escaped (self->url, text, NULL, FALSE);
  g_string_append (self->label, "/…");
  return TRUE;
}

void
scim_address_add_param (ScimAddress *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (value == NULL)
    return;
  g_string_append_printf (self->url, "%c%s=", self->has_query ? '&' : '?', name);
  g_string_append_uri_escaped (self->url, value, ",:", FALSE);
  g_string_append_printf (self->label, "%c%s", self->has_query ? ',' : '?', name);
  self->has_query = TRUE;
}

void
scim_address_add_number (ScimAddress *self, const char *name, guint value)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  scim_address_add_param (self, name, text);
}

gboolean
scim_client_host_is_loopback (const char *host)
{
  g_autofree char *bare = NULL;
  g_autoptr (GInetAddress) address = NULL;
  gsize length;

  g_return_val_if_fail (host != NULL, FALSE);

  length = strlen (host);
  if (length > 2 && host[0] == '[' && host[length - 1] == ']')
    bare = g_strndup (host + 1, length - 2);
  else
    bare = g_ascii_strdown (host, -1);
  address = g_inet_address_new_from_string (bare);
  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  /* RFC 6761 section 6.3; GLib's resolver never asks the network for these names. */
  return g_str_equal (bare, "localhost") || g_str_has_suffix (bare, ".localhost");
}
