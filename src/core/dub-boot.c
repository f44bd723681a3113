/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-boot.h"

/* random(4): a random UUID, made anew at each start of the kernel */
#define BOOT_ID "/proc/sys/kernel/random/boot_id"

/**
 * dub_boot_dup_id:
 *
 * Names this start of the machine, on any thread.
 *
 * Returns: (transfer full): the same for all processes since the machine was started; where the system does not tell, a word
 *   that does not change, so that whoever compares times has to look at them, too
 */
char *
dub_boot_dup_id (void)
{
  g_autofree char *id = NULL;

  if (!g_file_get_contents (BOOT_ID, &id, NULL, NULL) || *g_strstrip (id) == '\0')
    return g_strdup ("unknown");
  return g_steal_pointer (&id);
}
