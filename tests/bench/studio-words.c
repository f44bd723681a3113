/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-studio-words SOUND: what the studio hears. SOUND is 32 bit floats, one channel, 16 kHz. Prints the seconds of processor
 * time that it took, then a line for each segment: start and end in ms, confidence, doubts (from-until in characters, with
 * commas), the text; or, where it refuses, "refused" and the sentence. */

#include <string.h>
#include <time.h>
#include "dub-job.h"
#include "dub-sphinx-transcriber.h"

static void
ignore_progress (const char *stage,
                 double      fraction,
                 gpointer    user_data)
{
}

static DubPcm *
load (const char *path)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  DubPcm *sound;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, &error))
    g_error ("%s", error->message);
  sound = dub_pcm_new (16000, 1, length / sizeof (float));
  memcpy (sound->samples, bytes, sound->n_frames * sizeof (float));
  return sound;
}

static void
print_segment (DubSegment *segment)
{
  const DubRemarks *remarks = dub_segment_get_remarks (segment);

  g_print ("%.0f\t%.0f\t%.3f\t", dub_segment_get_start (segment), dub_segment_get_end (segment), remarks->confidence);
  for (guint i = 0; i < remarks->doubts->len; i++)
    {
      const DubTextRange *range = &g_array_index (remarks->doubts, DubTextRange, i);

      g_print ("%s%u-%u", i > 0 ? "," : "", range->from, range->until);
    }
  g_print ("\t%s\n", dub_segment_get_text (segment));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (DubTranscriber) transcriber = dub_sphinx_transcriber_new ();
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  g_autoptr (DubTranscript) transcript = NULL;
  g_autoptr (DubPcm) sound = NULL;
  g_autoptr (GError) error = NULL;
  clock_t began;

  if (argc != 2)
    g_error ("usage: bench-studio-words SOUND");
  sound = load (argv[1]);
  began = clock ();
  transcript = dub_transcriber_transcribe (transcriber, sound, progress, &error);
  g_print ("%.3f\n", (double) (clock () - began) / CLOCKS_PER_SEC);
  if (transcript == NULL && !g_error_matches (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE))
    g_error ("%s", error->message);
  if (transcript == NULL)
    g_print ("refused\t%s\n", error->message);
  for (guint i = 0; transcript != NULL && i < dub_script_get_length (transcript->script); i++)
    print_segment (dub_script_get_segment (transcript->script, i));
  return 0;
}
