/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "support/roster-mock-secrets.h"

#include <string.h>

#define BASE            "/org/freedesktop/secrets"
#define COLLECTION_PATH BASE "/collection/mock"
#define ALIAS_PATH      BASE "/aliases/default"
#define ITEM_PATH       COLLECTION_PATH "/1"
#define PROMPT_PATH     BASE "/prompt/1"
#define SESSION_PATH    BASE "/session/1"

struct _RosterMockSecrets
{
  GDBusConnection *bus;
  GDBusNodeInfo *info;
  char *id; /* of the item; NULL: there is none */
  char *label;
  char *secret;
  gboolean is_locked;
  gboolean hides_locked;
  RosterMockPrompt prompt;
  char *error_name;
  guint n_prompts;
};

static const char introspection[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
  "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "<method name='Unlock'><arg type='ao' direction='in'/>"
  "<arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "<method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "<property name='Collections' type='ao' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Collection'>"
  "<method name='CreateItem'><arg type='a{sv}' direction='in'/>"
  "<arg type='(oayays)' direction='in'/><arg type='b' direction='in'/>"
  "<arg type='o' direction='out'/><arg type='o' direction='out'/></method>"
  "<property name='Items' type='ao' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "<property name='Locked' type='b' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "<method name='Delete'><arg type='o' direction='out'/></method>"
  "<method name='GetSecret'><arg type='o' direction='in'/>"
  "<arg type='(oayays)' direction='out'/></method>"
  "<property name='Locked' type='b' access='read'/>"
  "<property name='Attributes' type='a{ss}' access='read'/>"
  "<property name='Label' type='s' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "<method name='Prompt'><arg type='s' direction='in'/></method>"
  "<method name='Dismiss'/>"
  "<signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  "</interface>"
  "</node>";

static GVariant *
path_list (const char *path)
{
  const char *paths[] = { path, NULL };

  return g_variant_new_objv (paths, path != NULL ? 1 : 0);
}

static GVariant *
search (RosterMockSecrets *self, GVariant *parameters)
{
  g_autoptr (GVariant) attributes = g_variant_get_child_value (parameters, 0);
  const char *id = NULL;
  gboolean is_found;

  g_variant_lookup (attributes, "connection", "&s", &id);
  is_found =
    self->id != NULL && g_strcmp0 (self->id, id) == 0 && !(self->is_locked && self->hides_locked);
  return g_variant_new ("(@ao@ao)", path_list (is_found && !self->is_locked ? ITEM_PATH : NULL),
                        path_list (is_found && self->is_locked ? ITEM_PATH : NULL));
}

static GVariant *
unlock (RosterMockSecrets *self, GVariant *parameters)
{
  g_autoptr (GVariant) paths = g_variant_get_child_value (parameters, 0);

  if (!self->is_locked)
    return g_variant_new ("(@aoo)", paths, "/");
  return g_variant_new ("(@aoo)", path_list (NULL),
                        self->prompt == ROSTER_MOCK_PROMPT_NONE ? "/" : PROMPT_PATH);
}

static void
complete_prompt (RosterMockSecrets *self)
{
  gboolean is_dismissed = self->prompt == ROSTER_MOCK_PROMPT_DISMISS;
  gboolean is_accepted = self->prompt == ROSTER_MOCK_PROMPT_ACCEPT;

  self->n_prompts++;
  if (is_accepted)
    self->is_locked = FALSE;
  g_dbus_connection_emit_signal (
    self->bus, NULL, PROMPT_PATH, "org.freedesktop.Secret.Prompt", "Completed",
    g_variant_new ("(bv)", is_dismissed, path_list (is_accepted ? COLLECTION_PATH : NULL)), NULL);
}

static GVariant *
get_secret (RosterMockSecrets *self)
{
  return g_variant_new (
    "((o@ay@ays))", SESSION_PATH, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, NULL, 0, 1),
    g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, self->secret, strlen (self->secret), 1),
    "text/plain");
}

static GVariant *
create_item (RosterMockSecrets *self, GVariant *parameters)
{
  g_autoptr (GVariant) properties = g_variant_get_child_value (parameters, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (parameters, 1);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GVariant) attributes = g_variant_lookup_value (
    properties, "org.freedesktop.Secret.Item.Attributes", G_VARIANT_TYPE ("a{ss}"));
  gconstpointer bytes;
  gsize length;

  g_free (self->id);
  g_free (self->label);
  g_free (self->secret);
  self->id = self->label = NULL;
  g_variant_lookup (attributes, "connection", "s", &self->id);
  g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &self->label);
  bytes = g_variant_get_fixed_array (value, &length, 1);
  self->secret = g_strndup (length > 0 ? bytes : "", length);
  return g_variant_new ("(oo)", ITEM_PATH, "/");
}

static void
call_cb (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  RosterMockSecrets *self = user_data;
  GVariant *answer = NULL;
  const char *algorithm = NULL;

  if (g_str_equal (method, "OpenSession"))
    g_variant_get_child (parameters, 0, "&s", &algorithm);

  if (self->error_name != NULL)
    {
      g_dbus_method_invocation_return_dbus_error (invocation, self->error_name, "as told");
      return;
    }
  if (algorithm != NULL && !g_str_equal (algorithm, "plain"))
    {
      g_dbus_method_invocation_return_dbus_error (
        invocation, "org.freedesktop.DBus.Error.NotSupported", "only plain");
      return;
    }
  if (self->is_locked && (g_str_equal (method, "CreateItem") || g_str_equal (method, "GetSecret")))
    {
      g_dbus_method_invocation_return_dbus_error (
        invocation, "org.freedesktop.Secret.Error.IsLocked", "locked");
      return;
    }

  if (algorithm != NULL)
    answer = g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH);
  else if (g_str_equal (method, "SearchItems"))
    answer = search (self, parameters);
  else if (g_str_equal (method, "Unlock"))
    answer = unlock (self, parameters);
  else if (g_str_equal (method, "ReadAlias"))
    answer = g_variant_new ("(o)", COLLECTION_PATH);
  else if (g_str_equal (method, "CreateItem"))
    answer = create_item (self, parameters);
  else if (g_str_equal (method, "GetSecret"))
    answer = get_secret (self);
  else if (g_str_equal (method, "Delete"))
    {
      g_clear_pointer (&self->id, g_free);
      answer = g_variant_new ("(o)", "/");
    }
  g_dbus_method_invocation_return_value (invocation, answer);
  if (g_str_equal (method, "Prompt"))
    complete_prompt (self);
}

static GVariant *
get_property_cb (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer user_data)
{
  RosterMockSecrets *self = user_data;

  if (g_str_equal (property, "Collections"))
    return path_list (COLLECTION_PATH);
  if (g_str_equal (property, "Items"))
    return path_list (self->id != NULL ? ITEM_PATH : NULL);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->is_locked);
  if (g_str_equal (property, "Attributes"))
    {
      GVariantBuilder builder;

      g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
      g_variant_builder_add (&builder, "{ss}", "connection", self->id != NULL ? self->id : "");
      return g_variant_builder_end (&builder);
    }
  return g_variant_new_string (self->label != NULL ? self->label : "");
}

static void export(RosterMockSecrets *self, const char *path, const char *interface)
{
  static const GDBusInterfaceVTable vtable = { call_cb, get_property_cb, NULL, { NULL } };
  g_autoptr (GError) error = NULL;

  g_dbus_connection_register_object (self->bus, path,
                                     g_dbus_node_info_lookup_interface (self->info, interface),
                                     &vtable, self, NULL, &error);
  g_assert_no_error (error);
}

RosterMockSecrets *
roster_mock_secrets_new (const char *bus_address)
{
  RosterMockSecrets *self = g_new0 (RosterMockSecrets, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = NULL;

  self->info = g_dbus_node_info_new_for_xml (introspection, &error);
  g_assert_no_error (error);
  self->bus = g_dbus_connection_new_for_address_sync (
    bus_address,
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);
  g_assert_no_error (error);
  export(self, BASE, "org.freedesktop.Secret.Service");
  export(self, COLLECTION_PATH, "org.freedesktop.Secret.Collection");
  export(self, ALIAS_PATH, "org.freedesktop.Secret.Collection");
  export(self, ITEM_PATH, "org.freedesktop.Secret.Item");
  export(self, PROMPT_PATH, "org.freedesktop.Secret.Prompt");
  answer = g_dbus_connection_call_sync (self->bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                        "org.freedesktop.DBus", "RequestName",
                                        g_variant_new ("(su)", "org.freedesktop.secrets", 4), NULL,
                                        G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
roster_mock_secrets_free (RosterMockSecrets *self)
{
  roster_mock_secrets_reset (self);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->info);
  g_free (self);
}

void
roster_mock_secrets_reset (RosterMockSecrets *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->secret, g_free);
  g_clear_pointer (&self->error_name, g_free);
  self->is_locked = FALSE;
  self->hides_locked = FALSE;
  self->prompt = ROSTER_MOCK_PROMPT_ACCEPT;
  self->n_prompts = 0;
}

void
roster_mock_secrets_set_locked (RosterMockSecrets *self, gboolean locked)
{
  self->is_locked = locked;
}

void
roster_mock_secrets_set_prompt (RosterMockSecrets *self, RosterMockPrompt prompt)
{
  self->prompt = prompt;
}

void
roster_mock_secrets_set_hides_locked (RosterMockSecrets *self, gboolean hides)
{
  self->hides_locked = hides;
}

void
roster_mock_secrets_set_error (RosterMockSecrets *self, const char *error_name)
{
  g_free (self->error_name);
  self->error_name = g_strdup (error_name);
}

void
roster_mock_secrets_put (RosterMockSecrets *self, const char *id, const char *secret)
{
  g_free (self->id);
  self->id = g_strdup (id);
  g_free (self->secret);
  self->secret = g_strdup (secret);
}

const char *
roster_mock_secrets_get_secret (RosterMockSecrets *self)
{
  return self->id != NULL ? self->secret : NULL;
}

const char *
roster_mock_secrets_get_label (RosterMockSecrets *self)
{
  return self->label;
}

guint
roster_mock_secrets_get_n_prompts (RosterMockSecrets *self)
{
  return self->n_prompts;
}
