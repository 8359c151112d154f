/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into the programs of a build with AddressSanitizer. What libraries allocate while they are
 * loaded, before main (), is theirs and never freed: LeakSanitizer need not say so. GLib's array of
 * quarks is such a block: it is dropped without being freed once a process knows 2,048 names, and
 * its stack holds nothing that leaks.supp could name. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/lsan_interface.h>
#include <string.h>

static void
ignore_libraries (void)
{
  __lsan_disable ();
}

/* The one list that is run before the constructors of the libraries. */
__attribute__ ((section (".preinit_array"),
                used)) static void (*const before_libraries) (void) = ignore_libraries;

/* A program's own constructors run after theirs. */
__attribute__ ((constructor)) static void
watch_program (void)
{
  __lsan_enable ();
}

/* GTK 4.8 forgets the list of a widget's actions that it makes when an assistive technology asks
 * for them. A stack that starts in a library without frame pointers is cut after its first
 * function, so no suppression can name the place: the call itself is told apart. The libraries find
 * this function before GLib's, which does the work. */
gpointer *
g_hash_table_get_keys_as_array (GHashTable *table, guint *length)
{
  static gpointer *(*real) (GHashTable *, guint *);
  gpointer *keys;
  Dl_info caller;

  if (g_once_init_enter (&real))
    g_once_init_leave (&real, dlsym (RTLD_NEXT, "g_hash_table_get_keys_as_array"));
  keys = real (table, length);
  if (dladdr (__builtin_return_address (0), &caller) != 0 && caller.dli_fname != NULL &&
      strstr (caller.dli_fname, "libgtk-4") != NULL)
    __lsan_ignore_object (keys);
  return keys;
}
