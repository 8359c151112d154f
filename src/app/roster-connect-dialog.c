/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-connect-dialog.h"

#include <glib/gi18n.h>
#include "app/roster-marks.h"
#include "app/roster-preset-button.h"
#include "app/roster-secret-dialog.h"
#include "app/roster-step-row.h"
#include "directory/roster-connection-test.h"

/* How long the keyboard must rest before the service is asked. */
#define TEST_DELAY_MS 600

#define DEFAULT_TENANT "carbon.super"

struct _RosterConnectDialog
{
  AdwWindow parent_instance;

  RosterConnections *connections;
  RosterConnection *connection; /* being made: not among the known ones yet */
  RosterConnectionTest *test;
  GCancellable *cancellable;
  guint test_timeout;
  gboolean saving;
  gboolean filling;  /* the rows are being set by us */
  gboolean complete; /* enough was filled in for a test */

  GtkWidget *connect_button;
  GtkWidget *test_button;
  AdwToastOverlay *toast_overlay;
  GtkToggleButton *asgardeo_button;
  GtkToggleButton *wso2_button;
  GtkToggleButton *other_button;
  GtkWidget *name_row;
  AdwComboRow *environment_row;
  GtkWidget *environment_dot;
  GtkWidget *organization_row;
  AdwComboRow *region_row;
  GtkWidget *host_row;
  GtkWidget *tenant_row;
  GtkWidget *url_row;
  AdwComboRow *method_row;
  GtkWidget *token_url_row;
  GtkWidget *client_id_row;
  GtkWidget *user_name_row;
  GtkWidget *secret_row;
  GtkLabel *address_label;
  GtkListBox *steps;
};

G_DEFINE_FINAL_TYPE (RosterConnectDialog, roster_connect_dialog, ADW_TYPE_WINDOW)

enum
{
  CONNECTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Which entry belongs to which property of the connection. */
static const struct
{
  const char *property;
  gsize offset;
} entries[] = {
  { "name", G_STRUCT_OFFSET (RosterConnectDialog, name_row) },
  { "organization", G_STRUCT_OFFSET (RosterConnectDialog, organization_row) },
  { "host", G_STRUCT_OFFSET (RosterConnectDialog, host_row) },
  { "tenant", G_STRUCT_OFFSET (RosterConnectDialog, tenant_row) },
  { "url", G_STRUCT_OFFSET (RosterConnectDialog, url_row) },
  { "token-url", G_STRUCT_OFFSET (RosterConnectDialog, token_url_row) },
  { "client-id", G_STRUCT_OFFSET (RosterConnectDialog, client_id_row) },
  { "user-name", G_STRUCT_OFFSET (RosterConnectDialog, user_name_row) },
  { "secret", G_STRUCT_OFFSET (RosterConnectDialog, secret_row) }, /* never a property */
};

static const char *const regions[] = { "us", "eu" };

#define MAX_METHODS 3

/* The ways to sign in that each preset offers, the usual one first. */
static const struct
{
  guint n;
  RosterSignIn methods[MAX_METHODS];
} preset_methods[] = {
  [ROSTER_PRESET_ASGARDEO] = { 1, { ROSTER_SIGN_IN_CLIENT_CREDENTIALS } },
  [ROSTER_PRESET_WSO2_IS] = { 2, { ROSTER_SIGN_IN_CLIENT_CREDENTIALS, ROSTER_SIGN_IN_BASIC } },
  [ROSTER_PRESET_OTHER] = { 3,
                            { ROSTER_SIGN_IN_CLIENT_CREDENTIALS, ROSTER_SIGN_IN_BEARER,
                              ROSTER_SIGN_IN_BASIC } },
};

static GtkWidget *
get_entry (RosterConnectDialog *self, guint i)
{
  return G_STRUCT_MEMBER (GtkWidget *, self, entries[i].offset);
}

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static const char *
method_label (RosterSignIn method)
{
  switch (method)
    {
    case ROSTER_SIGN_IN_BASIC:
      return _ ("User Name and Password");
    case ROSTER_SIGN_IN_BEARER:
      return _ ("Bearer Token");
    case ROSTER_SIGN_IN_CLIENT_CREDENTIALS:
    default:
      return _ ("Client Credentials");
    }
}

/* ---- the test ---- */

static void
update_buttons (RosterConnectDialog *self)
{
  gboolean passed = roster_connection_test_get_can_connect (self->test);
  gboolean focused = gtk_widget_has_focus (self->test_button);

  /* What is being saved stays what was tested. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->toast_overlay), !self->saving);
  gtk_widget_set_sensitive (self->connect_button, !self->saving && passed);
  /* What failed may be mended elsewhere, with nothing to change here. */
  gtk_widget_set_visible (self->test_button, self->complete && !passed);
  if (focused && passed)
    gtk_widget_grab_focus (self->connect_button);
}

static gboolean
start_test_cb (gpointer data)
{
  RosterConnectDialog *self = data;

  self->test_timeout = 0;
  roster_connection_test_start (self->test, self->connection, get_text (self->secret_row));
  return G_SOURCE_REMOVE;
}

static void
test_again_cb (RosterConnectDialog *self)
{
  g_clear_handle_id (&self->test_timeout, g_source_remove);
  start_test_cb (self);
}

/* Only what was typed can be wrong; what is still empty is merely missing. */
static void
mark_problem (RosterConnectDialog *self, const char *property)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *row = get_entry (self, i);

      if (g_strcmp0 (property, entries[i].property) == 0 && get_text (row)[0] != '\0')
        gtk_widget_add_css_class (row, "error");
      else
        gtk_widget_remove_css_class (row, "error");
    }
}

static void
show_address (RosterConnectDialog *self, const char *problem)
{
  g_autofree char *address = roster_connection_dup_base_url (self->connection);
  GtkWidget *label = GTK_WIDGET (self->address_label);

  gtk_label_set_text (self->address_label, problem != NULL ? problem : address);
  if (problem != NULL)
    {
      gtk_widget_remove_css_class (label, "service-address");
      gtk_widget_remove_css_class (label, "monospace");
      gtk_widget_add_css_class (label, "caption");
    }
  else
    {
      gtk_widget_add_css_class (label, "service-address");
      gtk_widget_add_css_class (label, "monospace");
      gtk_widget_remove_css_class (label, "caption");
    }
}

/* Whatever was found is about something else now. */
static void
form_changed (RosterConnectDialog *self)
{
  g_autofree char *problem = NULL;
  const char *property = NULL;

  if (self->filling)
    return;
  problem = roster_connection_check (self->connection, get_text (self->secret_row), &property);
  g_clear_handle_id (&self->test_timeout, g_source_remove);
  roster_connection_test_reset (self->test);
  mark_problem (self, problem != NULL ? property : NULL);
  show_address (self, problem);
  self->complete = problem == NULL;
  if (self->complete)
    self->test_timeout = g_timeout_add (TEST_DELAY_MS, start_test_cb, self);
  update_buttons (self);
}

static GtkWidget *
create_step_row (gpointer item, gpointer user_data)
{
  return roster_step_row_new (item);
}

/* ---- the form ---- */

static void
update_secret_row (RosterConnectDialog *self)
{
  RosterSignIn method = roster_connection_get_sign_in (self->connection);
  const char *label = roster_sign_in_get_secret_label (method);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->secret_row), label);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->secret_row))),
    GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_visible (RosterConnectDialog *self)
{
  RosterPreset preset = roster_connection_get_preset (self->connection);
  RosterSignIn method = roster_connection_get_sign_in (self->connection);
  gboolean client = method == ROSTER_SIGN_IN_CLIENT_CREDENTIALS;

  gtk_widget_set_visible (self->organization_row, preset == ROSTER_PRESET_ASGARDEO);
  gtk_widget_set_visible (GTK_WIDGET (self->region_row), preset == ROSTER_PRESET_ASGARDEO);
  gtk_widget_set_visible (self->host_row, preset == ROSTER_PRESET_WSO2_IS);
  gtk_widget_set_visible (self->tenant_row, preset == ROSTER_PRESET_WSO2_IS);
  gtk_widget_set_visible (self->url_row, preset == ROSTER_PRESET_OTHER);
  gtk_widget_set_visible (self->token_url_row, preset == ROSTER_PRESET_OTHER && client);
  gtk_widget_set_visible (self->client_id_row, client);
  gtk_widget_set_visible (self->user_name_row, method == ROSTER_SIGN_IN_BASIC);
  update_secret_row (self);
}

static void
fill_methods (RosterConnectDialog *self)
{
  RosterPreset preset = roster_connection_get_preset (self->connection);
  RosterSignIn method = roster_connection_get_sign_in (self->connection);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = 0;

  for (guint i = 0; i < preset_methods[preset].n; i++)
    {
      gtk_string_list_append (labels, method_label (preset_methods[preset].methods[i]));
      if (preset_methods[preset].methods[i] == method)
        selected = i;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->method_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->method_row, selected);
  self->filling = FALSE;
  g_object_set (self->connection, "sign-in", (int)preset_methods[preset].methods[selected], NULL);
}

static void
entry_changed_cb (RosterConnectDialog *self, GtkWidget *row)
{
  const char *text = get_text (row);

  if (self->filling)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (get_entry (self, i) == row && row != self->secret_row)
      g_object_set (self->connection, entries[i].property, text[0] != '\0' ? text : NULL, NULL);
  form_changed (self);
}

static void
preset_toggled_cb (RosterConnectDialog *self, GtkToggleButton *button)
{
  RosterPreset preset = ROSTER_PRESET_OTHER;

  if (self->filling || !gtk_toggle_button_get_active (button))
    return;
  if (button == self->asgardeo_button)
    preset = ROSTER_PRESET_ASGARDEO;
  else if (button == self->wso2_button)
    preset = ROSTER_PRESET_WSO2_IS;
  /* What another preset's test learned does not hold for this one. */
  g_object_set (self->connection, "preset", (int)preset, "dialect", NULL, NULL);
  fill_methods (self);
  update_visible (self);
  form_changed (self);
}

static void
environment_cb (RosterConnectDialog *self)
{
  RosterEnvironment environment = adw_combo_row_get_selected (self->environment_row) == 1
                                    ? ROSTER_ENVIRONMENT_TEST
                                    : ROSTER_ENVIRONMENT_PRODUCTION;

  if (self->connection == NULL || self->filling)
    return;
  g_object_set (self->connection, "environment", (int)environment, NULL);
  roster_environment_dot_set (self->environment_dot, environment);
}

static void
region_cb (RosterConnectDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->region_row);

  if (self->connection == NULL || self->filling || selected >= G_N_ELEMENTS (regions))
    return;
  g_object_set (self->connection, "region", regions[selected], NULL);
  form_changed (self);
}

static void
method_cb (RosterConnectDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->method_row);
  RosterPreset preset = ROSTER_PRESET_ASGARDEO;

  if (self->connection == NULL || self->filling)
    return;
  preset = roster_connection_get_preset (self->connection);
  if (selected >= preset_methods[preset].n)
    return;
  g_object_set (self->connection, "sign-in", (int)preset_methods[preset].methods[selected], NULL);
  /* One method's secret is not another's. */
  gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
  update_visible (self);
  form_changed (self);
}

static void
fill_entries (RosterConnectDialog *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GtkWidget *row = get_entry (self, i);
      const char *label = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
      g_autofree char *text = NULL;

      if (row != self->secret_row)
        g_object_get (self->connection, entries[i].property, &text, NULL);
      gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
      gtk_accessible_update_property (
        GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))),
        GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

static void
fill_form (RosterConnectDialog *self)
{
  GtkToggleButton *const buttons[] = { [ROSTER_PRESET_ASGARDEO] = self->asgardeo_button,
                                       [ROSTER_PRESET_WSO2_IS] = self->wso2_button,
                                       [ROSTER_PRESET_OTHER] = self->other_button };
  RosterEnvironment environment = roster_connection_get_environment (self->connection);
  g_autofree char *region = NULL;

  g_object_get (self->connection, "region", &region, NULL);
  self->filling = TRUE;
  fill_entries (self);
  gtk_toggle_button_set_active (buttons[roster_connection_get_preset (self->connection)], TRUE);
  adw_combo_row_set_selected (self->environment_row, environment == ROSTER_ENVIRONMENT_TEST);
  adw_combo_row_set_selected (self->region_row, g_strcmp0 (region, regions[1]) == 0);
  self->filling = FALSE;
  roster_environment_dot_set (self->environment_dot, environment);
  fill_methods (self);
  update_visible (self);
  form_changed (self);
}

/* ---- connecting ---- */

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterConnectDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  RosterKeyring keyring = ROSTER_KEYRING_KEPT;

  if (roster_connections_add_finish (ROSTER_CONNECTIONS (source), result, &keyring, &error))
    {
      g_signal_emit (self, signals[CONNECTED], 0, self->connection, (int)keyring);
      gtk_editable_set_text (GTK_EDITABLE (self->secret_row), "");
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->saving = FALSE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *text =
        /* Translators: %s is the reason */
        g_strdup_printf (_ ("The connection could not be saved: %s"), error->message);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_toast_overlay_add_toast (self->toast_overlay, adw_toast_new (escaped));
      update_buttons (self);
    }
}

/* What was typed for another preset is not kept with this one. */
static void
clear_unused (RosterConnection *connection)
{
  RosterPreset preset = roster_connection_get_preset (connection);

  if (preset != ROSTER_PRESET_ASGARDEO)
    g_object_set (connection, "organization", NULL, "region", NULL, NULL);
  if (preset != ROSTER_PRESET_WSO2_IS)
    g_object_set (connection, "host", NULL, "tenant", NULL, NULL);
  if (preset != ROSTER_PRESET_OTHER)
    g_object_set (connection, "url", NULL, "token-url", NULL, NULL);
}

static void
connect_cb (RosterConnectDialog *self)
{
  clear_unused (self->connection);
  self->saving = TRUE;
  /* What has the focus becomes insensitive. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  update_buttons (self);
  roster_connections_add_async (self->connections, self->connection, get_text (self->secret_row),
                                self->cancellable, added_cb, g_object_ref (self));
}

/* ---- class ---- */

static void
roster_connect_dialog_dispose (GObject *object)
{
  RosterConnectDialog *self = ROSTER_CONNECT_DIALOG (object);

  g_clear_handle_id (&self->test_timeout, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->test != NULL)
    roster_connection_test_reset (self->test);
  g_clear_object (&self->test);
  g_clear_object (&self->connections);
  g_clear_object (&self->connection);
  self->filling = TRUE;

  G_OBJECT_CLASS (roster_connect_dialog_parent_class)->dispose (object);
}

static void
roster_connect_dialog_finalize (GObject *object)
{
  RosterConnectDialog *self = ROSTER_CONNECT_DIALOG (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (roster_connect_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, connect_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, test_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, toast_overlay);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, asgardeo_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, wso2_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, other_button);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, environment_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, environment_dot);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, organization_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, region_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, host_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, tenant_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, method_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, token_url_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, client_id_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, user_name_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, secret_row);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, address_label);
  gtk_widget_class_bind_template_child (widget_class, RosterConnectDialog, steps);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, environment_cb);
  gtk_widget_class_bind_template_callback (widget_class, region_cb);
  gtk_widget_class_bind_template_callback (widget_class, method_cb);
  gtk_widget_class_bind_template_callback (widget_class, test_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

static void
roster_connect_dialog_class_init (RosterConnectDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_connect_dialog_dispose;
  object_class->finalize = roster_connect_dialog_finalize;

  signals[CONNECTED] =
    g_signal_new ("connected", ROSTER_TYPE_CONNECT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, ROSTER_TYPE_CONNECTION, G_TYPE_INT);

  g_type_ensure (ROSTER_TYPE_PRESET_BUTTON);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-connect-dialog.ui");
  bind_template (widget_class);
}

static void
roster_connect_dialog_init (RosterConnectDialog *self)
{
  self->filling = TRUE; /* until there is a connection to fill */
  self->cancellable = g_cancellable_new ();
  self->test = roster_connection_test_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_list_box_bind_model (self->steps, G_LIST_MODEL (self->test), create_step_row, NULL, NULL);
  g_signal_connect_object (self->test, "notify::can-connect", G_CALLBACK (update_buttons), self,
                           G_CONNECT_SWAPPED);
}

/* ---- public ---- */

static RosterConnection *
copy_connection (RosterConnection *original)
{
  RosterConnection *copy = roster_connection_new (roster_connection_get_id (original));
  g_autofree GParamSpec **specs = NULL;
  guint n = 0;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (original), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if ((specs[i]->flags & G_PARAM_READWRITE) != G_PARAM_READWRITE ||
          (specs[i]->flags & G_PARAM_CONSTRUCT_ONLY) != 0)
        continue;
      g_value_init (&value, specs[i]->value_type);
      g_object_get_property (G_OBJECT (original), specs[i]->name, &value);
      g_object_set_property (G_OBJECT (copy), specs[i]->name, &value);
    }
  roster_connection_set_hidden_attributes (copy,
                                           roster_connection_get_hidden_attributes (original));
  roster_connection_set_columns (copy, roster_connection_get_columns (original));
  return copy;
}

RosterConnectDialog *
roster_connect_dialog_new (RosterConnections *connections, RosterConnection *edit)
{
  RosterConnectDialog *self = NULL;

  g_return_val_if_fail (ROSTER_IS_CONNECTIONS (connections), NULL);
  g_return_val_if_fail (edit == NULL || ROSTER_IS_CONNECTION (edit), NULL);

  self = g_object_new (ROSTER_TYPE_CONNECT_DIALOG, NULL);
  self->connections = g_object_ref (connections);
  if (edit != NULL)
    {
      self->connection = copy_connection (edit);
      gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Connection"));
    }
  else
    {
      self->connection = roster_connection_new (NULL);
      g_object_set (self->connection, "region", regions[0], "tenant", DEFAULT_TENANT, NULL);
    }
  fill_form (self);
  gtk_widget_grab_focus (self->name_row);
  return self;
}

const char *
roster_connect_dialog_get_secret (RosterConnectDialog *self)
{
  g_return_val_if_fail (ROSTER_IS_CONNECT_DIALOG (self), NULL);

  return get_text (self->secret_row);
}
