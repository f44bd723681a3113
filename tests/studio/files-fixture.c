/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "files-fixture.h"

#include <string.h>
#include "dub-compose.h"
#include "dub-measure.h"
#include "dub-sound.h"
#include "dub-test-support.h"
#include "engine-fixture.h"

static void
ignore_progress (const char *stage, double fraction, gpointer user_data)
{
}

void
files_test_set_up (FilesFixture *fixture, gconstpointer data)
{
  fixture->dir = dub_test_make_dir ();
  fixture->output = g_build_filename (fixture->dir, "output.mp4", NULL);
  fixture->progress = dub_progress_new (ignore_progress, NULL);
}

void
files_test_tear_down (FilesFixture *fixture, gconstpointer data)
{
  g_free (fixture->video);
  g_free (fixture->output);
  dub_progress_free (fixture->progress);
  dub_test_remove_dir (g_steal_pointer (&fixture->dir));
}

void
files_test_make (FilesFixture *fixture, const char *name, const char *options)
{
  g_free (fixture->video);
  fixture->video = g_build_filename (fixture->dir, name, NULL);
  engine_test_make (fixture->video, options);
}

/* Makes another file of the one that there is. */
void
files_test_make_from (FilesFixture *fixture, const char *options_before, const char *name, const char *options)
{
  g_autofree char *before = g_steal_pointer (&fixture->video);
  g_autofree char *all = g_strdup_printf ("%s -i %s %s", options_before, before, options);

  files_test_make (fixture, name, g_strchug (all));
}

DubSource *
files_test_open_measured (const char *path, DubUnderstands understands, FilesFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  DubSource *source = dub_source_open (path, understands, NULL, &error);

  g_assert_no_error (error);
  dub_measure (source, fixture->progress, &error);
  g_assert_no_error (error);
  return source;
}

/* The sound of the video itself, as long as the dub. */
DubPcm *
files_test_take_sound (FilesFixture *fixture, DubSource *source)
{
  g_autoptr (GError) error = NULL;
  gsize n_frames = gst_util_uint64_scale (source->duration, DUB_PCM_RATE, GST_SECOND);
  DubPcm *sound = source->audio_id != NULL ? dub_sound_decode (source, fixture->progress, &error) : NULL;

  g_assert_no_error (error);
  if (sound == NULL)
    return dub_pcm_new (DUB_PCM_RATE, DUB_PCM_CHANNELS, n_frames);
  dub_pcm_resize (sound, n_frames);
  return sound;
}

void
files_test_compose (FilesFixture *fixture, gboolean subtitles)
{
  g_autoptr (DubSource) source = files_test_open_measured (fixture->video, NULL, fixture);
  g_autoptr (DubPcm) sound = files_test_take_sound (fixture, source);
  g_autoptr (DubScript) lines = subtitles ? dub_script_new () : NULL;
  g_autoptr (GError) error = NULL;

  if (lines != NULL)
    dub_script_append (lines, "Hola.", 1200, 1600);
  dub_compose (source, sound, lines, dub_language_from_code ("es"), fixture->output, fixture->progress, &error);
  g_assert_no_error (error);
}

void
files_test_check_file (FilesFixture *fixture, const char *picture_codec)
{
  g_autofree char *streams = engine_test_probe (
      fixture->output, "-show_entries stream=codec_name:stream_tags=language -of default=nk=1:nw=1");
  g_autofree char *bytes = NULL;
  gsize size;
  const char *index, *media;

  /* The picture may have a language, too: none. */
  g_strdelimit (streams, "\n", ' ');
  g_assert_true (g_str_has_prefix (streams, picture_codec));
  g_assert_true (g_str_equal (streams + strlen (picture_codec), " aac spa") ||
                 g_str_equal (streams + strlen (picture_codec), " und aac spa"));
  g_assert_true (g_file_get_contents (fixture->output, &bytes, &size, NULL));
  index = memmem (bytes, size, "moov", 4);
  media = memmem (bytes, size, "mdat", 4);
  g_assert_nonnull (index);
  g_assert_true (index < media);
}

void
files_test_check_times (FilesFixture *fixture)
{
  g_autoptr (GArray) before = engine_test_times (fixture->video);
  g_autoptr (GArray) after = engine_test_times (fixture->output);

  g_assert_cmpuint (after->len, >=, 40);
  /* Of some files, ffmpeg itself does not show the last picture any more. */
  g_assert_cmpuint (after->len - before->len, <=, 1);
  for (guint i = 0; i < before->len; i++)
    g_assert_cmpfloat_with_epsilon (g_array_index (before, double, i), g_array_index (after, double, i), 1.5e-6);
}
