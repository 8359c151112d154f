/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linked into the programs of a build with AddressSanitizer. What libraries allocate while they are
 * loaded, before main (), is theirs and never freed: LeakSanitizer need not say so. GLib's array of
 * quarks is such a block: it is dropped without being freed once a process knows 2,048 names, and
 * its stack holds nothing that leaks.supp could name. */
#include <sanitizer/lsan_interface.h>

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
