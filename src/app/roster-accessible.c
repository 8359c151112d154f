/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-accessible.h"

void
roster_accessible_name_editable (GtkEditable *editable, const char *name)
{
  GtkEditable *text;

  g_return_if_fail (GTK_IS_EDITABLE (editable));
  g_return_if_fail (name != NULL);

  text = gtk_editable_get_delegate (editable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (editable), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  if (text != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
roster_accessible_name_button (GtkButton *button, const char *name)
{
  g_return_if_fail (GTK_IS_BUTTON (button));
  g_return_if_fail (name != NULL);

  /* Newer GTKs say that the text inside labels it, and that counts for more. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
