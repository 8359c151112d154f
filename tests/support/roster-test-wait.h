/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Runs the thread-default main context until `condition` is TRUE; fails the test after 40 s. */
typedef gboolean (*RosterTestCondition) (gpointer user_data);
void roster_test_wait (RosterTestCondition condition, gpointer user_data);
/* The same for a flag, a counter, and for what roster_test_result_cb() is given (a
 * GAsyncResult * that starts as NULL). */
void roster_test_wait_flag (const gboolean *flag);
void roster_test_wait_count (const guint *counter, guint at_least);
GAsyncResult *roster_test_wait_result (GAsyncResult **result);
void roster_test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data);
/* Lets everything happen that can happen without waiting. */
void roster_test_settle (void);

G_END_DECLS
