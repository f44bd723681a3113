/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-compose [--sound SAMPLES] [--subtitles SRT] VIDEO OUTPUT: the last step of a dub by itself. Without subtitles, the
 * picture is copied. The sound is that of the video, or what is in SAMPLES (48 kHz, left and right, 32-bit floats). */

#include "dub-captions.h"
#include "dub-compose.h"
#include "dub-measure.h"
#include "dub-sound.h"
#include "dub-subtitle-lines.h"

static void
ignore_progress (const char *stage,
                 double      fraction,
                 gpointer    user_data)
{
}

static DubPcm *
read_samples (const char *path,
              GError    **error)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;
  DubPcm *sound;

  if (!g_file_get_contents (path, &bytes, &n_bytes, error))
    return NULL;
  sound = dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, n_bytes / (sizeof (float) * DUB_PCM_CHANNELS));
  memcpy (sound->samples, bytes, sound->n_frames * sizeof (float) * DUB_PCM_CHANNELS);
  return sound;
}

static DubPcm *
own_sound (DubSource   *source,
           DubProgress *progress,
           GError     **error)
{
  if (source->audio_id != NULL)
    return dub_sound_decode (source, progress, error);
  return dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, gst_util_uint64_scale (source->duration, DUB_PCM_RATE, GST_SECOND));
}

static DubScript *
read_lines (const char        *path,
            const DubLanguage *language,
            DubSource         *source,
            GError           **error)
{
  g_autofree char *text = NULL;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DubScript) script = NULL;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  bytes = g_bytes_new (text, length);
  script = dub_captions_parse (bytes, error);
  if (script == NULL)
    return NULL;
  return dub_subtitle_lines_new (script, language, source->seen_width, source->seen_height);
}

static gboolean
compose (const char *video,
         const char *samples,
         const char *subtitles,
         const char *output,
         GError    **error)
{
  g_autoptr (DubProgress) progress = dub_progress_new (ignore_progress, NULL);
  const DubLanguage *language = dub_language_from_code ("es");
  g_autoptr (DubSource) source = dub_source_open (video, NULL, NULL, error);
  g_autoptr (DubScript) lines = NULL;
  g_autoptr (DubPcm) sound = NULL;

  if (source == NULL || !dub_measure (source, progress, error))
    return FALSE;
  sound = samples != NULL ? read_samples (samples, error) : own_sound (source, progress, error);
  if (sound == NULL)
    return FALSE;
  if (subtitles != NULL && (lines = read_lines (subtitles, language, source, error)) == NULL)
    return FALSE;
  return dub_compose (source, sound, lines, language, output, progress, error);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *samples = NULL;
  g_autofree char *subtitles = NULL;
  const GOptionEntry entries[] = {
    { "sound", 0, 0, G_OPTION_ARG_FILENAME, &samples, NULL, NULL },
    { "subtitles", 0, 0, G_OPTION_ARG_FILENAME, &subtitles, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("VIDEO OUTPUT");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 3)
    g_error ("usage: bench-compose [--sound SAMPLES] [--subtitles SRT] VIDEO OUTPUT");
  gst_init (NULL, NULL);
  if (!compose (argv[1], samples, subtitles, argv[2], &error))
    g_error ("%s: %s", argv[1], error->message);
  return 0;
}
