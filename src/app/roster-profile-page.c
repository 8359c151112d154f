/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-profile-page-private.h"

#include <glib/gi18n.h>

#include "app/roster-compat.h"
#include "app/roster-danger-zone.h"
#include "app/roster-notice.h"
#include "app/roster-profile-form.h"
#include "app/roster-profile-header.h"
#include "app/roster-status-page.h"
#include "app/roster-update-bar.h"

/* Most profiles are here before; a page that flashes by tells nothing. */
#define LOADING_DELAY_MS 150

G_DEFINE_FINAL_TYPE (RosterProfilePage, roster_profile_page, ADW_TYPE_BIN)

enum
{
  SIGNAL_MESSAGE,
  SIGNAL_USER_DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
roster_profile_page_tell (RosterProfilePage *self, const char *message)
{
  g_signal_emit (self, signals[SIGNAL_MESSAGE], 0, message);
}

/* ---- what can be done now ---- */

guint
roster_profile_page_count_changes (RosterProfilePage *self)
{
  return self->profile == NULL
           ? 0
           : roster_draft_get_n_changes (roster_profile_get_draft (self->profile));
}

static void
update_bar (RosterProfilePage *self)
{
  guint n = roster_profile_page_count_changes (self);
  gboolean valid = n > 0 && roster_draft_get_valid (roster_profile_get_draft (self->profile));

  roster_update_bar_set_changes (ROSTER_UPDATE_BAR (self->update_bar), n, valid);
  roster_update_bar_set_busy (ROSTER_UPDATE_BAR (self->update_bar), self->writing);
  roster_profile_page_enable_update_actions (self);
}

static void
update_danger_zone (RosterProfilePage *self)
{
  RosterDangerZone *zone = ROSTER_DANGER_ZONE (self->danger_zone);
  gboolean idle = !self->writing && !self->loading;

  roster_danger_zone_update (zone, self->profile);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profile.delete",
                                 idle && roster_danger_zone_get_can_delete (zone));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "profile.reset-password",
                                 idle && roster_danger_zone_get_can_reset (zone));
}

void
roster_profile_page_update_actions (RosterProfilePage *self)
{
  static const char *const always[] = { "profile.copy-user-name", "profile.copy-id",
                                        "profile.customize" };
  GtkWidget *widget = GTK_WIDGET (self);

  for (guint i = 0; i < G_N_ELEMENTS (always); i++)
    gtk_widget_action_set_enabled (widget, always[i], self->profile != NULL);
  gtk_widget_action_set_enabled (widget, "profile.reload",
                                 self->id != NULL && !self->loading && !self->writing);
  gtk_widget_set_sensitive (self->form_box, !self->writing);
  /* The person who was asked for is on the way: nobody should press a button of the one before. */
  gtk_widget_set_can_target (self->profile_box, !self->loading);
  update_bar (self);
  update_danger_zone (self);
}

/* ---- showing ---- */

static void
show_page (RosterProfilePage *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), name);
  if (g_str_equal (name, "loading"))
    gtk_spinner_start (GTK_SPINNER (self->loading_spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->loading_spinner));
}

static void
bind_form (RosterProfilePage *self)
{
  g_autofree char *reason = NULL;
  gboolean editable = FALSE;

  if (self->form == NULL)
    {
      self->form = roster_form_new (roster_directory_get_schemas (self->directory),
                                    roster_directory_get_attributes (self->directory));
      roster_profile_form_set_form (ROSTER_PROFILE_FORM (self->form_box), self->form);
    }
  editable = roster_profile_allows (self->profile, ROSTER_VERB_UPDATE, &reason);
  roster_form_bind (self->form, roster_profile_get_draft (self->profile), editable, reason);
}

/* The profile's base, account and draft are new. */
static void
show_profile (RosterProfilePage *self)
{
  roster_profile_header_set_profile (ROSTER_PROFILE_HEADER (self->header), self->profile);
  g_signal_group_set_target (self->draft_signals, roster_profile_get_draft (self->profile));
  bind_form (self);
  roster_profile_page_update_actions (self);
}

static void
reloaded_cb (RosterProfilePage *self)
{
  show_profile (self);
}

static void
set_profile (RosterProfilePage *self, RosterProfile *profile)
{
  gboolean same_user =
    self->profile != NULL && profile != NULL &&
    g_strcmp0 (roster_profile_get_id (self->profile), roster_profile_get_id (profile)) == 0;

  if (!g_set_object (&self->profile, profile))
    return;
  gtk_widget_set_visible (self->notice, FALSE);
  g_signal_group_set_target (self->profile_signals, profile);
  if (profile == NULL)
    {
      g_signal_group_set_target (self->draft_signals, NULL);
      if (self->form != NULL)
        roster_form_bind (self->form, NULL, FALSE, NULL);
      else
        roster_profile_form_set_form (ROSTER_PROFILE_FORM (self->form_box), NULL);
      return;
    }
  show_profile (self);
  if (!same_user)
    gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

/* ---- reading ---- */

static void
stop_loading (RosterProfilePage *self)
{
  g_cancellable_cancel (self->load_cancellable);
  g_clear_object (&self->load_cancellable);
  g_clear_handle_id (&self->loading_timeout, g_source_remove);
  self->loading = FALSE;
}

static gboolean
loading_timeout_cb (gpointer user_data)
{
  RosterProfilePage *self = user_data;

  self->loading_timeout = 0;
  show_page (self, "loading");
  return G_SOURCE_REMOVE;
}

static void
show_failure (RosterProfilePage *self, const GError *error)
{
  g_autoptr (RosterOutcome) outcome = roster_outcome_new_from_error (
    ROSTER_OUTCOME_NOT_DONE, _ ("The Profile Could Not Be Read"), error);

  gboolean sign_in = outcome->offer == ROSTER_OFFER_SIGN_IN_AGAIN;

  roster_status_page_set_outcome (ADW_STATUS_PAGE (self->failed_page), outcome);
  gtk_button_set_label (GTK_BUTTON (self->failed_button),
                        sign_in ? _ ("Sign In Again…") : _ ("Try Again"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->failed_button),
                                  sign_in ? "win.sign-in" : "profile.reload");
  show_page (self, "failed");
}

static void
load_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterProfilePage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RosterProfile) profile =
    roster_directory_load_profile_finish (ROSTER_DIRECTORY (source), result, &error);

  if (profile == NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Somebody else was asked for meanwhile. */
  if (self->directory != ROSTER_DIRECTORY (source) || !self->loading ||
      (profile != NULL && g_strcmp0 (roster_profile_get_id (profile), self->id) != 0))
    return;
  stop_loading (self);
  set_profile (self, profile);
  if (profile != NULL)
    show_page (self, "profile");
  else
    show_failure (self, error);
  roster_profile_page_update_actions (self);
}

void
roster_profile_page_load (RosterProfilePage *self)
{
  stop_loading (self);
  self->loading = TRUE;
  self->load_cancellable = g_cancellable_new ();
  self->loading_timeout = g_timeout_add (LOADING_DELAY_MS, loading_timeout_cb, self);
  roster_directory_load_profile_async (self->directory, self->id, self->load_cancellable, load_cb,
                                       g_object_ref (self));
  roster_profile_page_update_actions (self);
}

static void
show_nobody (RosterProfilePage *self)
{
  stop_loading (self);
  g_clear_pointer (&self->id, g_free);
  set_profile (self, NULL);
  show_page (self, "none");
  roster_profile_page_update_actions (self);
}

void
roster_profile_page_leave_user (RosterProfilePage *self, RosterProfile *profile)
{
  g_autofree char *id = g_strdup (roster_profile_get_id (profile));

  if (self->profile == profile)
    show_nobody (self);
  g_signal_emit (self, signals[SIGNAL_USER_DELETED], 0, id);
}

void
roster_profile_page_present_dialog (RosterProfilePage *self, GtkWindow *dialog)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_set_transient_for (dialog, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  gtk_window_present (dialog);
}

/* ---- schemas and choices ---- */

static gboolean
rebuild_cb (gpointer user_data)
{
  RosterProfilePage *self = user_data;

  self->rebuild_idle = 0;
  if (self->profile != NULL)
    {
      bind_form (self);
      roster_profile_page_update_actions (self);
    }
  /* The profile could not be read; now that the service is open again it may. */
  else if (self->id != NULL && !self->loading &&
           roster_directory_get_state (self->directory) == ROSTER_DIRECTORY_OPEN)
    roster_profile_page_load (self);
  return G_SOURCE_REMOVE;
}

/* Several choices at once make one new form. */
static void
queue_rebuild (RosterProfilePage *self)
{
  g_clear_object (&self->form);
  if (self->rebuild_idle == 0)
    self->rebuild_idle = g_idle_add (rebuild_cb, self);
}

/* What may be done became known, or changed: the same form, bound again. */
static void
capabilities_cb (RosterProfilePage *self)
{
  if (self->rebuild_idle == 0)
    self->rebuild_idle = g_idle_add (rebuild_cb, self);
}

/* ---- leaving ---- */

static void
leave_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, roster_confirm_finish (result, NULL));
}

void
roster_profile_page_ask_leave (RosterProfilePage *self, GTask *task)
{
  guint n = roster_profile_page_count_changes (self);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  RosterConfirm spec = {
    .confirm_label = _ ("Discard"),
    .cancel_label = _ ("Keep Editing"),
    .destructive = TRUE,
  };

  if (n == 0)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  heading = g_strdup_printf (ngettext ("Discard %u Change?", "Discard %u Changes?", n), n);
  /* Translators: %s is a person's name. */
  body = g_strdup_printf (_ ("What you changed in the profile of %s is not on the service yet."),
                          roster_profile_get_title (self->profile));
  spec.heading = heading;
  spec.body = body;
  roster_confirm_async (GTK_WIDGET (self), &spec, leave_answered_cb, task);
}

/* ---- object ---- */

static void
roster_profile_page_dispose (GObject *object)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (object);
  GTask *task = NULL;

  stop_loading (self);
  g_clear_weak_pointer (&self->focus_before);
  g_cancellable_cancel (self->write_cancellable);
  g_clear_handle_id (&self->rebuild_idle, g_source_remove);
  while ((task = g_queue_pop_head (&self->leaving)) != NULL)
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
    }
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->profile_signals);
  g_clear_object (&self->capabilities_signals);
  g_clear_object (&self->attributes_signals);
  g_clear_object (&self->directory_signals);
  if (self->form_box != NULL)
    roster_profile_form_set_form (ROSTER_PROFILE_FORM (self->form_box), NULL);
  g_clear_object (&self->form);
  g_clear_object (&self->profile);
  g_clear_object (&self->directory);
  self->form_box = NULL;

  G_OBJECT_CLASS (roster_profile_page_parent_class)->dispose (object);
}

static void
roster_profile_page_finalize (GObject *object)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (object);

  g_clear_object (&self->write_cancellable);
  g_free (self->id);

  G_OBJECT_CLASS (roster_profile_page_parent_class)->finalize (object);
}

static void
roster_profile_page_class_init (RosterProfilePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_profile_page_dispose;
  object_class->finalize = roster_profile_page_finalize;

  signals[SIGNAL_MESSAGE] = g_signal_new ("message", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_USER_DELETED] =
    g_signal_new ("user-deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  roster_profile_page_install_actions (widget_class);
  roster_profile_page_install_update_actions (widget_class);

  g_type_ensure (ROSTER_TYPE_DANGER_ZONE);
  g_type_ensure (ROSTER_TYPE_NOTICE);
  g_type_ensure (ROSTER_TYPE_PROFILE_FORM);
  g_type_ensure (ROSTER_TYPE_PROFILE_HEADER);
  g_type_ensure (ROSTER_TYPE_UPDATE_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-profile-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, loading_spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, failed_button);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, profile_box);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, header);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, notice);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, form_box);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, danger_zone);
  gtk_widget_class_bind_template_child (widget_class, RosterProfilePage, update_bar);
}

/* Ctrl+S wherever the focus is in the window. */
static void
add_shortcuts (RosterProfilePage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (controller),
    gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_s, GDK_CONTROL_MASK),
                      gtk_named_action_new ("profile.update")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
roster_profile_page_init (RosterProfilePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_queue_init (&self->leaving);
  self->write_cancellable = g_cancellable_new ();
  self->directory_signals = g_signal_group_new (ROSTER_TYPE_DIRECTORY);
  g_signal_group_connect_swapped (self->directory_signals, "notify::state",
                                  G_CALLBACK (queue_rebuild), self);
  self->attributes_signals = g_signal_group_new (ROSTER_TYPE_ATTRIBUTES);
  g_signal_group_connect_swapped (self->attributes_signals, "changed", G_CALLBACK (queue_rebuild),
                                  self);
  self->capabilities_signals = g_signal_group_new (ROSTER_TYPE_CAPABILITIES);
  g_signal_group_connect_swapped (self->capabilities_signals, "changed",
                                  G_CALLBACK (capabilities_cb), self);
  self->profile_signals = g_signal_group_new (ROSTER_TYPE_PROFILE);
  g_signal_group_connect_swapped (self->profile_signals, "reloaded", G_CALLBACK (reloaded_cb),
                                  self);
  self->draft_signals = g_signal_group_new (ROSTER_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify::n-changes", G_CALLBACK (update_bar),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "notify::valid", G_CALLBACK (update_bar),
                                  self);
  roster_notice_set_dismissable (ROSTER_NOTICE (self->notice), TRUE);
  add_shortcuts (self);
  roster_profile_page_update_actions (self);
}

GtkWidget *
roster_profile_page_new (void)
{
  return g_object_new (ROSTER_TYPE_PROFILE_PAGE, NULL);
}

void
roster_profile_page_set_directory (RosterProfilePage *self, RosterDirectory *directory)
{
  g_return_if_fail (ROSTER_IS_PROFILE_PAGE (self));
  g_return_if_fail (directory == NULL || ROSTER_IS_DIRECTORY (directory));

  if (self->directory == directory)
    return;
  show_nobody (self);
  g_cancellable_cancel (self->write_cancellable);
  g_set_object (&self->write_cancellable, g_cancellable_new ());
  g_object_unref (self->write_cancellable);
  roster_profile_form_set_form (ROSTER_PROFILE_FORM (self->form_box), NULL);
  g_clear_object (&self->form);
  g_set_object (&self->directory, directory);
  g_signal_group_set_target (self->directory_signals, directory);
  g_signal_group_set_target (self->attributes_signals,
                             directory != NULL ? roster_directory_get_attributes (directory)
                                               : NULL);
  g_signal_group_set_target (self->capabilities_signals,
                             directory != NULL ? roster_directory_get_capabilities (directory)
                                               : NULL);
}

void
roster_profile_page_show_user (RosterProfilePage *self, const char *id)
{
  g_return_if_fail (ROSTER_IS_PROFILE_PAGE (self));
  g_return_if_fail (id == NULL || self->directory != NULL);

  if (g_strcmp0 (id, self->id) == 0)
    return;
  if (id == NULL)
    {
      show_nobody (self);
      return;
    }
  g_free (self->id);
  self->id = g_strdup (id);
  roster_profile_page_load (self);
}

const char *
roster_profile_page_get_user_id (RosterProfilePage *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE_PAGE (self), NULL);

  return self->id;
}

gboolean
roster_profile_page_has_changes (RosterProfilePage *self)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE_PAGE (self), FALSE);

  return roster_profile_page_count_changes (self) > 0;
}

void
roster_profile_page_confirm_leave_async (RosterProfilePage *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (ROSTER_IS_PROFILE_PAGE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, roster_profile_page_confirm_leave_async);
  if (self->writing)
    g_queue_push_tail (&self->leaving, task);
  else
    roster_profile_page_ask_leave (self, task);
}

gboolean
roster_profile_page_confirm_leave_finish (RosterProfilePage *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (ROSTER_IS_PROFILE_PAGE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
