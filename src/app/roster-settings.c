/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/roster-settings.h"

GSettings *
roster_settings_new (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
roster_settings_load_size (GSettings *settings, RosterWindowSize *size)
{
  g_return_if_fail (size != NULL);

  if (settings == NULL)
    return;
  g_settings_get (settings, "window-size", "(ii)", &size->width, &size->height);
  size->maximized = g_settings_get_boolean (settings, "window-maximized");
  size->profile_width = g_settings_get_int (settings, "profile-width");
}

void
roster_settings_save_size (GSettings *settings, const RosterWindowSize *size)
{
  g_return_if_fail (size != NULL);

  if (settings == NULL)
    return;
  g_settings_set (settings, "window-size", "(ii)", size->width, size->height);
  g_settings_set_boolean (settings, "window-maximized", size->maximized);
  g_settings_set_int (settings, "profile-width", size->profile_width);
}
