/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ROSTER_SETTINGS_LAST_CONNECTION "last-connection"

/* NULL where the schema is not installed, as in a build that runs from its own folder: GSettings
 * would end the program. */
GSettings *roster_settings_new (void);

/* How the window was left; all do nothing without settings. */
typedef struct
{
  int width;
  int height;
  gboolean maximized;
  int profile_width;
} RosterWindowSize;

void roster_settings_load_size (GSettings *settings, RosterWindowSize *size);
void roster_settings_save_size (GSettings *settings, const RosterWindowSize *size);

G_END_DECLS
