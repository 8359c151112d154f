/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-delete-dialog.h"

#include <glib/gi18n.h>
#include "app/roster-accessible.h"
#include "app/roster-compat.h"
#include "app/roster-dialog.h"
#include "app/roster-person-line.h"
#include "app/roster-text.h"

/* Not the confirm helper: that one closes with the answer, and this one must be able to say why the
 * user is still there. */
struct _RosterDeleteDialog
{
  AdwWindow parent_instance;

  RosterProfile *profile;
  gboolean deleting;

  GtkWidget *heading_label;
  GtkWidget *body;
  GtkWidget *person;
  GtkWidget *entry;
  GtkWidget *copy_button;
  GtkWidget *hint_label;
  GtkWidget *notice;
  GtkWidget *cancel_button;
  GtkWidget *confirm_button;
  GtkWidget *spinner;
};

G_DEFINE_FINAL_TYPE (RosterDeleteDialog, roster_delete_dialog, ADW_TYPE_WINDOW)

enum
{
  SIGNAL_DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_typed (RosterDeleteDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
update (RosterDeleteDialog *self)
{
  gboolean confirmed = roster_profile_confirms (self->profile, get_typed (self));

  gtk_widget_set_sensitive (self->confirm_button, confirmed && !self->deleting);
  gtk_widget_set_sensitive (self->cancel_button, !self->deleting);
  gtk_widget_set_sensitive (self->entry, !self->deleting);
  if (self->deleting)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
}

static void
changed_cb (RosterDeleteDialog *self)
{
  update (self);
}

static void
copy_cb (RosterDeleteDialog *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          roster_profile_get_user_name (self->profile));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterDeleteDialog) self = user_data;
  g_autoptr (RosterOutcome) outcome =
    roster_profile_delete_finish (ROSTER_PROFILE (source), result, NULL);

  self->deleting = FALSE;
  if (self->entry == NULL)
    return; /* its parent took the dialog along */
  if (outcome == NULL || outcome->kind != ROSTER_OUTCOME_DONE)
    {
      roster_dialog_show_outcome (ROSTER_NOTICE (self->notice), outcome);
      update (self);
      gtk_widget_grab_focus (self->entry);
      return;
    }
  g_signal_emit (self, signals[SIGNAL_DELETED], 0, outcome);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
confirm_cb (RosterDeleteDialog *self)
{
  if (self->deleting || !roster_profile_confirms (self->profile, get_typed (self)))
    return;
  self->deleting = TRUE;
  /* What has the focus becomes insensitive. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_visible (self->notice, FALSE);
  update (self);
  /* Once the service was asked, how it ends has to be seen: there is no way to take it back. */
  roster_profile_delete_async (self->profile, get_typed (self), NULL, deleted_cb,
                               g_object_ref (self));
}

static gboolean
roster_delete_dialog_close_request (GtkWindow *window)
{
  if (ROSTER_DELETE_DIALOG (window)->deleting)
    return GDK_EVENT_STOP;
  return GTK_WINDOW_CLASS (roster_delete_dialog_parent_class)->close_request (window);
}

static void
roster_delete_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_DELETE_DIALOG);

  G_OBJECT_CLASS (roster_delete_dialog_parent_class)->dispose (object);
}

static void
roster_delete_dialog_finalize (GObject *object)
{
  g_clear_object (&ROSTER_DELETE_DIALOG (object)->profile);

  G_OBJECT_CLASS (roster_delete_dialog_parent_class)->finalize (object);
}

static void
roster_delete_dialog_class_init (RosterDeleteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_delete_dialog_dispose;
  object_class->finalize = roster_delete_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = roster_delete_dialog_close_request;

  signals[SIGNAL_DELETED] =
    g_signal_new ("deleted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, ROSTER_TYPE_OUTCOME | G_SIGNAL_TYPE_STATIC_SCOPE);

  roster_dialog_install_read_again (widget_class);

  g_type_ensure (ROSTER_TYPE_NOTICE);
  g_type_ensure (ROSTER_TYPE_PERSON_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-delete-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, body);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, person);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, RosterDeleteDialog, spinner);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
}

static void
roster_delete_dialog_init (RosterDeleteDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  roster_message_dialog_fit_style (GTK_WIDGET (self), self->cancel_button, self->confirm_button);
  roster_accessible_name_editable (GTK_EDITABLE (self->entry), _ ("Type the user name to confirm"));
}

/* "With or without “DEFAULT/”", only where the short name really is enough. A name that cannot be
 * typed as it is seen can be copied. */
static void
update_hint (RosterDeleteDialog *self)
{
  const char *store = roster_profile_get_user_store (self->profile);
  const char *plain = roster_profile_get_plain_user_name (self->profile);
  gboolean as_seen = g_strcmp0 (roster_profile_get_user_name (self->profile),
                                roster_profile_get_shown_user_name (self->profile)) == 0;
  g_autofree char *shown_store = roster_text_dup_shown (store, ROSTER_TEXT_WORDS);
  g_autofree char *hint = NULL;

  gtk_widget_set_visible (self->copy_button, !as_seen);
  if (!as_seen)
    hint = g_strdup (_ ("The user name is too long or has characters that cannot be seen, shown "
                        "as marks. Copy it and paste it here."));
  else if (store != NULL && plain != NULL && roster_profile_confirms (self->profile, plain))
    /* Translators: %s is the name of a user store: what stands before a user name. */
    hint = g_strdup_printf (_ ("With or without “%s/”"), shown_store);
  gtk_label_set_text (GTK_LABEL (self->hint_label), hint != NULL ? hint : "");
  gtk_widget_set_visible (self->hint_label, hint != NULL);
}

RosterDeleteDialog *
roster_delete_dialog_new (RosterProfile *profile, RosterConnection *connection)
{
  RosterDeleteDialog *self = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (ROSTER_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_DELETE_DIALOG, NULL);
  self->profile = g_object_ref (profile);
  /* Translators: %s is a person's name. */
  heading = g_strdup_printf (_ ("Delete %s?"), roster_profile_get_title (profile));
  gtk_label_set_text (GTK_LABEL (self->heading_label), heading);
  gtk_window_set_title (GTK_WINDOW (self), heading);
  roster_person_line_set (ROSTER_PERSON_LINE (self->person), profile, connection);
  update_hint (self);
  update (self);
  return self;
}

RosterProfile *
roster_delete_dialog_get_profile (RosterDeleteDialog *self)
{
  g_return_val_if_fail (ROSTER_IS_DELETE_DIALOG (self), NULL);

  return self->profile;
}
