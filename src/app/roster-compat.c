/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-compat.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* The build allows only what GTK 4.8 and libadwaita 1.2 have, and says the rest is "not available";
 * here the newer branches are compiled only where it is. */
G_GNUC_BEGIN_IGNORE_DEPRECATIONS

#define RESPONSE_CANCEL  "cancel"
#define RESPONSE_CONFIRM "confirm"

/* Lives as long as the dialog, so that a dialog that goes without an answer still gives one. */
typedef struct
{
  GTask *task;
} Confirm;

static void
confirm_end (Confirm *self, gboolean confirmed)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task != NULL)
    g_task_return_boolean (task, confirmed);
}

static void
confirm_free (gpointer data, GClosure *closure)
{
  Confirm *self = data;

  confirm_end (self, FALSE);
  g_free (self);
}

static void
confirm_response_cb (GObject *dialog, const char *response, Confirm *self)
{
  confirm_end (self, g_str_equal (response, RESPONSE_CONFIRM));
}

static void
focus_cb (GtkWidget *dialog, GtkWidget *focus)
{
  gtk_widget_grab_focus (focus);
}

#if ADW_CHECK_VERSION(1, 5, 0)
static GtkWidget *
confirm_dialog_new (GtkWidget *parent, const RosterConfirm *spec, const char *cancel_label)
{
  AdwDialog *dialog = adw_alert_dialog_new (spec->heading, spec->body);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_add_responses (alert, RESPONSE_CANCEL, cancel_label, RESPONSE_CONFIRM,
                                  spec->confirm_label, NULL);
  adw_alert_dialog_set_response_appearance (
    alert, RESPONSE_CONFIRM, spec->destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (alert, RESPONSE_CONFIRM, !spec->locked);
  adw_alert_dialog_set_default_response (alert, RESPONSE_CANCEL);
  adw_alert_dialog_set_close_response (alert, RESPONSE_CANCEL);
  if (spec->extra_child != NULL)
    adw_alert_dialog_set_extra_child (alert, spec->extra_child);
  return GTK_WIDGET (dialog);
}

static void
confirm_dialog_present (GtkWidget *dialog, GtkWidget *parent)
{
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}

void
roster_confirm_set_allowed (GtkWidget *inside, gboolean allowed)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (inside, ADW_TYPE_ALERT_DIALOG);

  g_return_if_fail (dialog != NULL);
  adw_alert_dialog_set_response_enabled (ADW_ALERT_DIALOG (dialog), RESPONSE_CONFIRM, allowed);
}
#else
static GtkWidget *
confirm_dialog_new (GtkWidget *parent, const RosterConfirm *spec, const char *cancel_label)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              spec->heading, spec->body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_add_responses (message, RESPONSE_CANCEL, cancel_label, RESPONSE_CONFIRM,
                                    spec->confirm_label, NULL);
  adw_message_dialog_set_response_appearance (message, RESPONSE_CONFIRM,
                                              spec->destructive ? ADW_RESPONSE_DESTRUCTIVE
                                                                : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (message, RESPONSE_CONFIRM, !spec->locked);
  adw_message_dialog_set_default_response (message, RESPONSE_CANCEL);
  adw_message_dialog_set_close_response (message, RESPONSE_CANCEL);
  if (spec->extra_child != NULL)
    adw_message_dialog_set_extra_child (message, spec->extra_child);
  return dialog;
}

static void
confirm_dialog_present (GtkWidget *dialog, GtkWidget *parent)
{
  gtk_window_present (GTK_WINDOW (dialog));
}

void
roster_confirm_set_allowed (GtkWidget *inside, gboolean allowed)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (inside, ADW_TYPE_MESSAGE_DIALOG);

  g_return_if_fail (dialog != NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CONFIRM, allowed);
}
#endif

void
roster_confirm_async (GtkWidget *parent,
                      const RosterConfirm *spec,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GtkWidget *dialog = NULL;
  Confirm *self = NULL;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (spec != NULL && spec->heading != NULL && spec->confirm_label != NULL);

  self = g_new0 (Confirm, 1);
  self->task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (self->task, roster_confirm_async);

  dialog =
    confirm_dialog_new (parent, spec, spec->cancel_label ? spec->cancel_label : _ ("Cancel"));
  g_signal_connect_data (dialog, "response", G_CALLBACK (confirm_response_cb), self, confirm_free,
                         0);
  if (spec->focus != NULL)
    g_signal_connect_object (dialog, "map", G_CALLBACK (focus_cb), spec->focus, G_CONNECT_AFTER);
  confirm_dialog_present (dialog, parent);
}

gboolean
roster_confirm_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, roster_confirm_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
roster_message_dialog_fit_style (GtkWidget *dialog, GtkWidget *cancel, GtkWidget *confirm)
{
  g_return_if_fail (GTK_IS_WINDOW (dialog));
  g_return_if_fail (GTK_IS_BUTTON (cancel));
  g_return_if_fail (GTK_IS_BUTTON (confirm));

#if ADW_CHECK_VERSION(1, 6, 0)
  /* Buttons of their own in place of two halves of the lower edge. */
  gtk_widget_add_css_class (dialog, "separate-buttons");
  gtk_widget_remove_css_class (cancel, "flat");
  gtk_widget_remove_css_class (confirm, "flat");
  gtk_widget_add_css_class (confirm, "destructive-action");
#endif
}

void
roster_about_present (GtkWidget *parent)
{
  g_return_if_fail (GTK_IS_WIDGET (parent));

#if ADW_CHECK_VERSION(1, 5, 0)
  adw_show_about_dialog (parent,
#else
  adw_show_about_window (GTK_WINDOW (gtk_widget_get_root (parent)),
#endif
                         "application-name", _ ("Roster"), "application-icon", APP_ID, "version",
                         PACKAGE_VERSION, "developer-name", _ ("The Roster Developers"), "comments",
                         _ ("Look after the people of an identity service"), "license-type",
                         GTK_LICENSE_GPL_3_0, "copyright", "© 2026 The Roster Developers",
                         "translator-credits",
                         /* Translators: who made this translation: one name a line. */
                         _ ("translator-credits"), NULL);
}

/* The rows are a list view of their own below the header. */
static GtkWidget *
get_rows (GtkColumnView *view)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));

  while (child != NULL && !GTK_IS_LIST_VIEW (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

void
roster_column_view_scroll_to (GtkColumnView *view, guint position)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  if (position < g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))))
    gtk_widget_activate_action (get_rows (view), "list.scroll-to-item", "u", position);
}

void
roster_column_view_focus (GtkColumnView *view, guint position)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

#if GTK_CHECK_VERSION(4, 12, 0)
  if (position < g_list_model_get_n_items (G_LIST_MODEL (gtk_column_view_get_model (view))))
    gtk_column_view_scroll_to (view, position, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
#else
  roster_column_view_scroll_to (view, position);
#endif
  gtk_widget_child_focus (get_rows (view), GTK_DIR_TAB_FORWARD);
}

G_GNUC_END_IGNORE_DEPRECATIONS
