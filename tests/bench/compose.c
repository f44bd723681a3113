/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-compose VIDEO OUTPUT: the last step of a dub by itself: the picture copied, the sound decoded and encoded again. */

#include "dub-compose.h"
#include "dub-sound.h"

static void
ignore_progress (const char *stage,
                 double      fraction,
                 gpointer    user_data)
{
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  g_autoptr (DubSource) source = NULL;
  g_autoptr (DubPcm) sound = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 3)
    g_error ("usage: bench-compose VIDEO OUTPUT");
  gst_init (NULL, NULL);
  source = dub_source_open (argv[1], NULL, NULL, &error);
  sound = source != NULL ? dub_sound_decode (source, progress, &error) : NULL;
  if (sound == NULL || !dub_compose (source, sound, NULL, dub_language_from_code ("es"), argv[2], progress, &error))
    g_error ("%s: %s", argv[1], error->message);
  return 0;
}
