/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "directory/roster-profile.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

/* Without the letters and digits that are taken for each other: I l 1, O 0, and without vowels
 * (chance words). Four groups of four, joined by '-', give 19 characters and about 78 bits. */
#define N_GROUPS     4
#define GROUP_LENGTH 4
#define LENGTH       (N_GROUPS * GROUP_LENGTH)

static const char upper[] = "BCDFGHJKLMNPQRSTVWXYZ";
static const char lower[] = "bcdfghjkmnpqrstvwxyz";
static const char digits[] = "23456789";
static const char all[] = "BCDFGHJKLMNPQRSTVWXYZ"
                          "bcdfghjkmnpqrstvwxyz"
                          "23456789";

static void
fill_random (guint8 *buffer, gsize length)
{
  gsize done = 0;

  while (done < length)
    {
      gssize n = getrandom (buffer + done, length - done, 0);

      if (n < 0 && errno != EINTR)
        g_error ("getrandom: %s", g_strerror (errno));
      if (n > 0)
        done += (gsize)n;
    }
}

/* Unbiased: bytes past the last multiple of `below` are thrown away. */
static guint
pick_below (guint below)
{
  guint limit = 256 - 256 % below;
  guint8 byte;

  g_assert (below > 0 && below <= 256);
  do
    fill_random (&byte, 1);
  while (byte >= limit);
  return byte % below;
}

static char
pick_from (const char *set)
{
  return set[pick_below ((guint)strlen (set))];
}

static void
shuffle (char *characters, guint n)
{
  for (guint i = n - 1; i > 0; i--)
    {
      guint j = pick_below (i + 1);
      char kept = characters[i];

      characters[i] = characters[j];
      characters[j] = kept;
    }
}

char *
roster_password_generate (void)
{
  char characters[LENGTH];
  char *password = g_malloc0 (LENGTH + N_GROUPS);
  guint at = 0;

  characters[0] = pick_from (upper);
  characters[1] = pick_from (lower);
  characters[2] = pick_from (digits);
  for (guint i = 3; i < LENGTH; i++)
    characters[i] = pick_from (all);
  shuffle (characters, LENGTH);

  for (guint i = 0; i < LENGTH; i++)
    {
      if (i > 0 && i % GROUP_LENGTH == 0)
        password[at++] = '-';
      password[at++] = characters[i];
    }
  explicit_bzero (characters, sizeof characters);
  return password;
}

void
roster_password_free (char *password)
{
  if (password == NULL)
    return;
  explicit_bzero (password, strlen (password));
  g_free (password);
}
