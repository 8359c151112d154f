/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-reset-dialog.h"

#include <glib/gi18n.h>

#include "app/roster-dialog.h"
#include "app/roster-person-line.h"
#include "directory/roster-capabilities.h"

/* What clipboard managers look for before they keep something. */
#define SECRET_MIME_TYPE "x-kde-passwordManagerHint"
#define SECRET_HINT      "secret"

struct _RosterResetDialog
{
  AdwWindow parent_instance;

  RosterProfile *profile;
  gboolean resetting;
  gboolean finished;
  gboolean generating; /* the text comes from Generate */
  gboolean seen;       /* the password was visible since it was last typed */

  GtkWidget *cancel_button;
  GtkWidget *close_button;
  GtkWidget *reset_button;
  GtkWidget *spinner;
  GtkWidget *scrolled;
  GtkWidget *content;
  GtkWidget *person;
  GtkWidget *outcome_notice;
  GtkWidget *question;
  GtkWidget *invite_row;
  GtkWidget *invite_check;
  GtkWidget *temporary_row;
  GtkWidget *temporary_check;
  GtkWidget *address_list;
  GtkWidget *address_label;
  GtkWidget *password_list;
  GtkWidget *password_row;
  GtkWidget *copy_button;
  GtkWidget *repeat_row;
  GtkWidget *warning_notice;
};

G_DEFINE_FINAL_TYPE (RosterResetDialog, roster_reset_dialog, ADW_TYPE_WINDOW)

static gboolean
is_invitation (RosterResetDialog *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->invite_check));
}

static const char *
get_password (RosterResetDialog *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->password_row));
}

static GtkText *
get_text_widget (GtkWidget *row)
{
  return GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

/* Typed blind: then it has to be typed twice. */
static gboolean
needs_repeat (RosterResetDialog *self)
{
  return *get_password (self) != '\0' && !self->seen;
}

static gboolean
can_reset (RosterResetDialog *self)
{
  if (self->resetting || self->finished)
    return FALSE;
  if (is_invitation (self))
    return gtk_widget_get_sensitive (self->invite_row);
  if (!gtk_widget_get_sensitive (self->temporary_row) || *get_password (self) == '\0')
    return FALSE;
  return !needs_repeat (self) ||
         g_str_equal (get_password (self), gtk_editable_get_text (GTK_EDITABLE (self->repeat_row)));
}

/* A password set by an administrator lifts only the locks that wait for one. */
static const char *
get_lock_words (RosterResetDialog *self)
{
  const ScimAccount *account = roster_profile_get_account (self->profile);

  if (account == NULL || !account->locked)
    return "";
  if (account->reason == SCIM_LOCK_ASK_PASSWORD || account->reason == SCIM_LOCK_FORCED_RESET)
    return _ ("It also takes the place of the password that the account is waiting for.");
  return _ ("The account stays locked.");
}

static void
update_warning (RosterResetDialog *self)
{
  const char *title = roster_profile_get_title (self->profile);
  const char *lock_words = get_lock_words (self);
  g_autofree char *body = NULL;
  g_autofree char *sentences = NULL;

  if (is_invitation (self))
    {
      /* Translators: %s is a person's name. */
      body = g_strdup_printf (_ ("%s cannot sign in from the moment the service accepts this until "
                                 "a new password is set."),
                              title);
      roster_notice_set_warning (ROSTER_NOTICE (self->warning_notice),
                                 _ ("The account is locked until the person finishes"), body);
      return;
    }
  /* Translators: %s is a person's name. */
  body = g_strdup_printf (_ ("The service cannot force a change at the next sign-in, so ask %s to "
                             "choose a new password."),
                          title);
  sentences = g_strjoin (*lock_words != '\0' ? " " : "", body, lock_words, NULL);
  roster_notice_set_warning (ROSTER_NOTICE (self->warning_notice),
                             _ ("The current password stops working at once"), sentences);
}

static void
update_repeat (RosterResetDialog *self)
{
  gboolean repeat = needs_repeat (self);
  const char *repeated = gtk_editable_get_text (GTK_EDITABLE (self->repeat_row));

  gtk_widget_set_visible (self->repeat_row, repeat);
  if (repeat && *repeated != '\0' && !g_str_has_prefix (get_password (self), repeated))
    gtk_widget_add_css_class (self->repeat_row, "error");
  else
    gtk_widget_remove_css_class (self->repeat_row, "error");
}

static void
fit_height (RosterResetDialog *self)
{
  roster_dialog_fit_height (GTK_WINDOW (self), GTK_SCROLLED_WINDOW (self->scrolled), self->content);
}

static void
update (RosterResetDialog *self)
{
  gboolean invitation = is_invitation (self);

  gtk_widget_set_visible (self->question, !self->finished);
  gtk_widget_set_sensitive (self->question, !self->resetting);
  gtk_widget_set_visible (self->address_list,
                          invitation && roster_profile_get_address (self->profile) != NULL);
  gtk_widget_set_visible (self->password_list, !invitation);
  gtk_widget_set_sensitive (self->copy_button, *get_password (self) != '\0');
  update_repeat (self);
  update_warning (self);

  gtk_widget_set_visible (self->reset_button, !self->finished);
  gtk_widget_set_visible (self->cancel_button, !self->finished);
  gtk_widget_set_visible (self->close_button, self->finished);
  gtk_widget_set_sensitive (self->reset_button, can_reset (self));
  gtk_widget_set_sensitive (self->cancel_button, !self->resetting);
  if (self->resetting)
    gtk_spinner_start (GTK_SPINNER (self->spinner));
  else
    gtk_spinner_stop (GTK_SPINNER (self->spinner));
  fit_height (self);
}

static void
method_cb (RosterResetDialog *self)
{
  update (self);
  if (!is_invitation (self))
    gtk_widget_grab_focus (self->password_row);
}

static void
password_cb (RosterResetDialog *self)
{
  self->seen = self->generating || gtk_text_get_visibility (get_text_widget (self->password_row));
  update (self);
}

static void
repeat_cb (RosterResetDialog *self)
{
  update (self);
}

static void
visibility_cb (RosterResetDialog *self)
{
  if (gtk_text_get_visibility (get_text_widget (self->password_row)))
    self->seen = TRUE;
  update (self);
}

static void
generate_cb (RosterResetDialog *self)
{
  char *password = roster_password_generate ();

  self->generating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), password);
  gtk_text_set_visibility (get_text_widget (self->password_row), TRUE);
  self->generating = FALSE;
  roster_password_free (password);
  update (self);
}

static void
copy_cb (RosterResetDialog *self)
{
  GdkContentProvider *providers[2] = { NULL, NULL };
  g_autoptr (GdkContentProvider) both = NULL;
  g_autoptr (GBytes) hint = g_bytes_new_static (SECRET_HINT, strlen (SECRET_HINT));

  providers[0] = gdk_content_provider_new_typed (G_TYPE_STRING, get_password (self));
  providers[1] = gdk_content_provider_new_for_bytes (SECRET_MIME_TYPE, hint);
  both = gdk_content_provider_new_union (providers, G_N_ELEMENTS (providers));
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), both);
}

/* The entries' buffers wipe what they held. */
static void
forget_passwords (RosterResetDialog *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  gtk_editable_set_text (GTK_EDITABLE (self->repeat_row), "");
}

/* Refused: another try is up to the person. A password that may have been set is still needed, to
 * be tried or set again, which does no harm; an invitation that may have gone out would, by
 * mistake, go out and lock the account a second time. outcome: NULL when it was cancelled. */
static gboolean
is_answered (RosterResetDialog *self, const RosterOutcome *outcome)
{
  if (outcome == NULL || outcome->kind == ROSTER_OUTCOME_NOT_DONE)
    return FALSE;
  return outcome->kind == ROSTER_OUTCOME_DONE || is_invitation (self);
}

static void
end_reset (RosterResetDialog *self, RosterOutcome *outcome)
{
  self->resetting = FALSE;
  if (self->question == NULL)
    return; /* its parent took the dialog along */
  self->finished = is_answered (self, outcome);
  roster_dialog_show_outcome (ROSTER_NOTICE (self->outcome_notice), outcome);
  update (self);
  if (self->finished)
    {
      forget_passwords (self);
      gtk_widget_grab_focus (self->close_button);
    }
  else if (!is_invitation (self))
    gtk_widget_grab_focus (self->password_row);
}

static void
invited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterResetDialog) self = user_data;
  g_autoptr (RosterOutcome) outcome =
    roster_profile_invite_finish (ROSTER_PROFILE (source), result, NULL);

  end_reset (self, outcome);
}

static void
password_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RosterResetDialog) self = user_data;
  g_autoptr (RosterOutcome) outcome =
    roster_profile_set_password_finish (ROSTER_PROFILE (source), result, NULL);

  end_reset (self, outcome);
}

static void
reset_cb (RosterResetDialog *self)
{
  if (!can_reset (self))
    return;
  self->resetting = TRUE;
  /* What has the focus becomes insensitive. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_visible (self->outcome_notice, FALSE);
  update (self);
  if (is_invitation (self))
    roster_profile_invite_async (self->profile, NULL, invited_cb, g_object_ref (self));
  else
    roster_profile_set_password_async (self->profile, get_password (self), NULL, password_set_cb,
                                       g_object_ref (self));
}

static gboolean
roster_reset_dialog_close_request (GtkWindow *window)
{
  RosterResetDialog *self = ROSTER_RESET_DIALOG (window);

  if (self->resetting)
    return GDK_EVENT_STOP;
  forget_passwords (self);
  return GTK_WINDOW_CLASS (roster_reset_dialog_parent_class)->close_request (window);
}

static void
roster_reset_dialog_map (GtkWidget *widget)
{
  fit_height (ROSTER_RESET_DIALOG (widget));

  GTK_WIDGET_CLASS (roster_reset_dialog_parent_class)->map (widget);
}

static void
roster_reset_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROSTER_TYPE_RESET_DIALOG);

  G_OBJECT_CLASS (roster_reset_dialog_parent_class)->dispose (object);
}

static void
roster_reset_dialog_finalize (GObject *object)
{
  g_clear_object (&ROSTER_RESET_DIALOG (object)->profile);

  G_OBJECT_CLASS (roster_reset_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, reset_button);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, content);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, person);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, outcome_notice);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, question);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, invite_row);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, invite_check);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, temporary_row);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, temporary_check);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, address_list);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, address_label);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, password_list);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, password_row);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, repeat_row);
  gtk_widget_class_bind_template_child (widget_class, RosterResetDialog, warning_notice);
}

static void
roster_reset_dialog_class_init (RosterResetDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = roster_reset_dialog_dispose;
  object_class->finalize = roster_reset_dialog_finalize;
  widget_class->map = roster_reset_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = roster_reset_dialog_close_request;

  roster_dialog_install_read_again (widget_class);

  g_type_ensure (ROSTER_TYPE_NOTICE);
  g_type_ensure (ROSTER_TYPE_PERSON_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/rosterapp/Roster/roster-reset-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, method_cb);
  gtk_widget_class_bind_template_callback (widget_class, password_cb);
  gtk_widget_class_bind_template_callback (widget_class, repeat_cb);
  gtk_widget_class_bind_template_callback (widget_class, generate_cb);
  gtk_widget_class_bind_template_callback (widget_class, copy_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_cb);
}

static void
init_password_row (RosterResetDialog *self, GtkWidget *row, const char *name)
{
  GtkText *text = get_text_widget (row);

  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (text, "notify::visibility", G_CALLBACK (visibility_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
roster_reset_dialog_init (RosterResetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
init_method (GtkWidget *row, gboolean allowed, const char *consequence, const char *reason)
{
  gtk_widget_set_sensitive (row, allowed);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               allowed || reason == NULL ? consequence : reason);
}

static void
init_methods (RosterResetDialog *self)
{
  g_autofree char *invite_reason = NULL;
  g_autofree char *temporary_reason = NULL;
  gboolean invite = roster_profile_allows (self->profile, ROSTER_VERB_INVITE, &invite_reason);
  gboolean temporary =
    roster_profile_allows (self->profile, ROSTER_VERB_RESET_PASSWORD, &temporary_reason);

  init_method (self->invite_row, invite,
               _ ("The person chooses a new password with a link or a code from the service"),
               invite_reason);
  init_method (self->temporary_row, temporary, _ ("You hand the password over yourself"),
               temporary_reason);
  gtk_check_button_set_active (
    GTK_CHECK_BUTTON (invite || !temporary ? self->invite_check : self->temporary_check), TRUE);
}

RosterResetDialog *
roster_reset_dialog_new (RosterProfile *profile, RosterConnection *connection)
{
  RosterResetDialog *self = NULL;
  const char *address = NULL;

  g_return_val_if_fail (ROSTER_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (ROSTER_IS_CONNECTION (connection), NULL);

  self = g_object_new (ROSTER_TYPE_RESET_DIALOG, NULL);
  self->profile = g_object_ref (profile);
  init_password_row (self, self->password_row, _ ("Temporary Password"));
  init_password_row (self, self->repeat_row, _ ("Repeat Password"));
  roster_person_line_set (ROSTER_PERSON_LINE (self->person), profile, connection);
  address = roster_profile_get_address (profile);
  gtk_label_set_text (GTK_LABEL (self->address_label), address != NULL ? address : "");
  init_methods (self);
  update (self);
  return self;
}
