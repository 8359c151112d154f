/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a profile, saying how that ended, and offering what fits. Whatever the end, what was
 * typed stays in the form until it is on the service or the person lets go of it. */
#include "config.h"

#include "app/roster-profile-page-private.h"

#include <glib/gi18n.h>

#include "app/roster-conflict-dialog.h"
#include "app/roster-notice.h"
#include "app/roster-profile-header.h"

typedef RosterOutcome *(*Finish) (RosterProfile *profile, GAsyncResult *result, GError **error);

typedef struct
{
  const char *label;
  const char *action; /* NULL: the write that failed */
} Offer;

static const Offer offers[] = {
  [ROSTER_OFFER_NONE] = { NULL, NULL },
  [ROSTER_OFFER_TRY_AGAIN] = { N_ ("Try Again"), NULL },
  [ROSTER_OFFER_SIGN_IN_AGAIN] = { N_ ("Sign In Again…"), "win.sign-in" },
  [ROSTER_OFFER_READ_AGAIN] = { N_ ("Read Again"), "profile.reload" },
  [ROSTER_OFFER_RESOLVE] = { N_ ("Review Conflict…"), "profile.resolve" },
  [ROSTER_OFFER_REPAIR] = { N_ ("Repair"), "profile.repair" },
  [ROSTER_OFFER_COPY_EDITS] = { N_ ("Copy My Changes"), "profile.copy-edits" },
};

/* ---- how it ended ---- */

static void
show_notice (RosterProfilePage *self, const RosterOutcome *outcome, const char *write)
{
  RosterNotice *notice = ROSTER_NOTICE (self->notice);
  const Offer *offer = NULL;

  g_return_if_fail ((guint)outcome->offer < G_N_ELEMENTS (offers));

  self->offer = outcome->offer;
  offer = &offers[outcome->offer];
  roster_notice_set_outcome (notice, outcome);
  if (outcome->offer == ROSTER_OFFER_REPAIR)
    roster_notice_set_differences (notice, roster_profile_get_differences (self->profile));
  if (offer->label != NULL)
    roster_notice_set_action (notice, _ (offer->label),
                              offer->action != NULL ? offer->action : write);
  gtk_widget_set_visible (self->notice, TRUE);
  /* The keyboard is back in its field, which may be far below. */
  gtk_adjustment_set_value (
    gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled)), 0);
}

static void
show_outcome (RosterProfilePage *self, const RosterOutcome *outcome, const char *write)
{
  /* The user may be seen to be gone. */
  roster_profile_header_set_profile (ROSTER_PROFILE_HEADER (self->header), self->profile);
  /* A difference between what was meant and what the service shows must not pass by. */
  if (outcome->kind == ROSTER_OUTCOME_DONE && outcome->body == NULL)
    roster_profile_page_tell (self, outcome->title);
  else
    show_notice (self, outcome, write);
}

/* ---- writing ---- */

/* The form becomes insensitive, and nothing in it can keep the focus. */
static void
begin_writing (RosterProfilePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, self->profile_box))
    {
      g_set_weak_pointer (&self->focus_before, focus);
      gtk_root_set_focus (root, NULL);
    }
  gtk_widget_set_visible (self->notice, FALSE);
  self->writing = TRUE;
  roster_profile_page_update_actions (self);
}

static void
end_writing (RosterProfilePage *self)
{
  GTask *task = NULL;

  self->writing = FALSE;
  roster_profile_page_update_actions (self);
  if (self->focus_before != NULL && gtk_widget_get_mapped (self->focus_before))
    gtk_widget_grab_focus (self->focus_before);
  g_clear_weak_pointer (&self->focus_before);
  while ((task = g_queue_pop_head (&self->leaving)) != NULL)
    roster_profile_page_ask_leave (self, task);
}

/* outcome: nullable: cancelled before anything was sent. write: the action that began it. */
static void
written (RosterProfilePage *self,
         RosterProfile *profile,
         const RosterOutcome *outcome,
         const char *write)
{
  gboolean had_focus = self->focus_before != NULL;
  GtkRoot *root = NULL;

  if (self->form_box == NULL)
    return; /* the window is closed */
  end_writing (self);
  if (outcome != NULL && self->profile == profile)
    show_outcome (self, outcome, write);
  /* The button that was pressed went with the notice that it stood in. */
  root = gtk_widget_get_root (GTK_WIDGET (self));
  if (had_focus && root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (gtk_widget_get_visible (self->notice) ? self->notice : self->form_box,
                            GTK_DIR_TAB_FORWARD);
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterProfilePage) self = user_data;
  g_autoptr (RosterOutcome) outcome =
    roster_profile_update_finish (ROSTER_PROFILE (source), result, NULL);

  written (self, ROSTER_PROFILE (source), outcome, "profile.update");
}

static void
update_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  begin_writing (self);
  roster_profile_update_async (self->profile, self->write_cancellable, updated_cb,
                               g_object_ref (self));
}

static void
repaired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterProfilePage) self = user_data;
  g_autoptr (RosterOutcome) outcome =
    roster_profile_repair_finish (ROSTER_PROFILE (source), result, NULL);

  written (self, ROSTER_PROFILE (source), outcome, "profile.repair");
}

static void
repair_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  begin_writing (self);
  roster_profile_repair_async (self->profile, self->write_cancellable, repaired_cb,
                               g_object_ref (self));
}

/* ---- conflicts ---- */

static void
resolved_cb (RosterProfilePage *self)
{
  if (self->profile == NULL || !roster_profile_resolve (self->profile))
    return;
  gtk_widget_set_visible (self->notice, FALSE);
  if (roster_profile_page_count_changes (self) > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "profile.update", NULL);
  else
    roster_profile_page_tell (self, _ ("The profile stays as it is on the service"));
}

static void
resolve_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);
  RosterConflictDialog *dialog =
    roster_conflict_dialog_new (self->profile, roster_directory_get_connection (self->directory));

  g_signal_connect_object (dialog, "resolved", G_CALLBACK (resolved_cb), self, G_CONNECT_SWAPPED);
  roster_profile_page_present_dialog (self, GTK_WINDOW (dialog));
}

/* ---- letting go ---- */

static void
copy_edits_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);
  g_autofree char *text = roster_profile_dup_edits_text (self->profile);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  roster_profile_page_tell (self, _ ("Your changes were copied"));
}

static void
discard_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RosterProfilePage *self = ROSTER_PROFILE_PAGE (widget);

  roster_draft_discard (roster_profile_get_draft (self->profile));
  /* It told of what is discarded; what the service made otherwise is still so. */
  if (self->offer != ROSTER_OFFER_REPAIR)
    gtk_widget_set_visible (self->notice, FALSE);
}

/* ---- for the page ---- */

void
roster_profile_page_install_update_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "profile.update", NULL, update_action);
  gtk_widget_class_install_action (widget_class, "profile.repair", NULL, repair_action);
  gtk_widget_class_install_action (widget_class, "profile.resolve", NULL, resolve_action);
  gtk_widget_class_install_action (widget_class, "profile.copy-edits", NULL, copy_edits_action);
  gtk_widget_class_install_action (widget_class, "profile.discard", NULL, discard_action);
}

void
roster_profile_page_enable_update_actions (RosterProfilePage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_changes = roster_profile_page_count_changes (self);
  guint n_conflicts = 0;
  guint n_differences = 0;
  gboolean idle = !self->writing && !self->loading;
  gboolean valid = FALSE;

  if (self->profile != NULL)
    {
      valid = roster_draft_get_valid (roster_profile_get_draft (self->profile));
      n_conflicts = g_list_model_get_n_items (roster_profile_get_conflicts (self->profile));
      n_differences = g_list_model_get_n_items (roster_profile_get_differences (self->profile));
    }
  gtk_widget_action_set_enabled (widget, "profile.update", n_changes > 0 && valid && idle);
  gtk_widget_action_set_enabled (widget, "profile.discard", n_changes > 0 && idle);
  gtk_widget_action_set_enabled (widget, "profile.copy-edits", n_changes > 0 && idle);
  gtk_widget_action_set_enabled (widget, "profile.resolve", n_conflicts > 0 && idle);
  gtk_widget_action_set_enabled (widget, "profile.repair", n_differences > 0 && idle);
}
