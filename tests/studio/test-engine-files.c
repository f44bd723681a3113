/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures and sounds of all kinds, in files of all kinds, and what becomes of them in the dub. ffprobe is the judge. */

#include <glib/gstdio.h>
#include <gst/gst.h>
#include <math.h>
#include <string.h>
#include <unistd.h>
#include "dub-compose.h"
#include "dub-gst.h"
#include "dub-job.h"
#include "dub-measure.h"
#include "dub-sound.h"
#include "dub-source.h"
#include "dub-test-support.h"
#include "dub-times.h"
#include "engine-fixture.h"
#include "files-fixture.h"

/* A bright picture and a click each second, from half a second on. */
#define FLASHES                                                                                                                      \
  "-f lavfi -i nullsrc=size=64x48:rate=25:duration=3,geq=lum='if(eq(mod(N,25),12),235,16)':cb=128:cr=128"                           \
  " -f lavfi -i aevalsrc='if(lt(abs(mod(t,1)-0.4825),0.0025),0.8*sin(2*PI*2000*t),0)':sample_rate=48000:duration=3"
#define MAX_APART_S 0.005

static char *
packets_of (const char *path)
{
  return engine_test_probe (path, "-select_streams V:0 -show_packets -show_data_hash MD5 -show_entries "
                                  "packet=pts_time,size,data_hash -of csv=p=0");
}

static void
check_copied (FilesFixture *fixture, const char *codec)
{
  g_autofree char *before = packets_of (fixture->video);
  g_autofree char *after = NULL;

  g_test_message ("%s", fixture->video);
  files_test_compose (fixture, FALSE);
  after = packets_of (fixture->output);
  g_assert_cmpuint (strlen (before), >, 40 * 32);
  g_assert_cmpstr (before, ==, after);
  files_test_check_file (fixture, codec);
}

static void
test_copied_h264 (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "a.mp4", PICTURE TONE X264 AAC);
  check_copied (fixture, "h264");
  files_test_make_from (fixture, "", "a.mov", "-c copy -timecode 01:00:00:00");
  check_copied (fixture, "h264");
  files_test_make_from (fixture, "", "a.mkv", "-map 0:v -map 0:a -c copy");
  check_copied (fixture, "h264");
  files_test_make_from (fixture, "", "fragments.mp4", "-c copy -movflags frag_keyframe+empty_moov");
  check_copied (fixture, "h264");
}

static void
test_copied_hevc (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "a.mp4", PICTURE TONE X265 " -tag:v hvc1" AAC);
  check_copied (fixture, "hevc");
  files_test_make_from (fixture, "", "a.mkv", "-c copy");
  check_copied (fixture, "hevc");
  files_test_make (fixture, "ten-bits.mp4", PICTURE TONE X265 " -pix_fmt yuv420p10le" AAC);
  check_copied (fixture, "hevc");
}

static void
test_copied_rare_colours (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "ten-bits.mp4", PICTURE TONE X264 " -pix_fmt yuv420p10le" AAC);
  check_copied (fixture, "h264");
  files_test_make (fixture, "odd.mkv", PICTURE TONE " -vf format=yuv444p,scale=321:181" X264 AAC);
  check_copied (fixture, "h264");
}

static void
test_copied_uneven (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "a.mp4", PICTURE TONE UNEVEN X264 AAC);
  check_copied (fixture, "h264");
  files_test_check_times (fixture);
  files_test_make_from (fixture, "", "a.mkv", "-c copy");
  check_copied (fixture, "h264");
  files_test_check_times (fixture);
  files_test_make (fixture, "ntsc.mp4", "-f lavfi -i testsrc2=size=320x180:rate=60000/1001:duration=2" TONE X264 AAC);
  check_copied (fixture, "h264");
}

/* One of both begins later than the other. */
static void
test_copied_late (FilesFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "late.mp4", "late.mkv" };
  g_autofree char *even = NULL;

  files_test_make (fixture, "even.mp4", PICTURE TONE X264 AAC);
  even = g_steal_pointer (&fixture->video);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *sound_late = g_strdup_printf ("-i %s -itsoffset 0.7 -i %s -map 0:v -map 1:a -c copy", even, even);
      g_autofree char *picture_late = g_strdup_printf ("-itsoffset 0.3 -i %s -i %s -map 0:v -map 1:a -c copy", even, even);

      files_test_make (fixture, names[i], sound_late);
      check_copied (fixture, "h264");
      g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 2.7, 0.025);
      files_test_make (fixture, names[i], picture_late);
      check_copied (fixture, "h264");
      g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 2.3, 0.025);
    }
}

/* A cover, subtitles, and what says how the picture lies and what shape its pixels have. */
static void
test_copied_company (FilesFixture *fixture, gconstpointer data)
{
  const char *ask = "-select_streams V:0 -show_entries stream=sample_aspect_ratio,color_space,color_transfer:"
                    "stream_side_data=displaymatrix -of csv=p=0";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  files_test_make (fixture, "plain.mp4", PICTURE TONE " -vf setsar=4/3,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709" X264 AAC);
  files_test_make_from (fixture, "-display_rotation 90 -display_hflip", "company.mp4",
             "-f lavfi -i color=red:size=100x100:duration=0.04 -map 0 -map 1 -c copy -c:v:1 mjpeg -disposition:v:1 attached_pic");
  check_copied (fixture, "h264");
  before = engine_test_probe (fixture->video, ask);
  after = engine_test_probe (fixture->output, ask);
  g_assert_nonnull (strstr (before, "bt709"));
  g_assert_cmpstr (before, ==, after);
}

/* A file that shows less than it has, from between two key pictures on: what is in front is needed, but not to be seen. */
static void
test_cut_by_edits (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) times = NULL;

  files_test_make (fixture, "whole.mp4", PICTURE TONE X264 AAC);
  files_test_make_from (fixture, "-ss 0.5", "cut.mp4", "-c copy");
  files_test_compose (fixture, FALSE);
  files_test_check_file (fixture, "h264");
  times = engine_test_times (fixture->output);
  g_assert_cmpuint (times->len, >=, 37);
  g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), engine_test_duration (fixture->video), 0.04);
}

/* A click stays as far from its flash as it was. */
static void
check_together (FilesFixture *fixture, double apart, gboolean subtitles)
{
  g_autoptr (GArray) flashes = NULL;
  g_autoptr (GArray) clicks = NULL;

  files_test_compose (fixture, subtitles);
  flashes = engine_test_flashes (fixture->output);
  clicks = engine_test_clicks (fixture->output);
  g_assert_cmpuint (flashes->len, ==, 3);
  g_assert_cmpuint (clicks->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      double after = g_array_index (clicks, double, i) - g_array_index (flashes, double, i);

      g_test_message ("%s: %.2f ms", fixture->video, (after - apart) * 1000);
      g_assert_cmpfloat_with_epsilon (after, apart, MAX_APART_S);
    }
}

static void
test_picture_and_sound_together (FilesFixture *fixture, gconstpointer data)
{
  static const char *const cases[][2] = {
    { "a.mp4", FLASHES X264 AAC },
    { "a.mov", FLASHES X264 " -c:a pcm_s16le" },
    { "opus.mkv", FLASHES X264 " -c:a libopus" },
    { "vorbis.mkv", FLASHES X264 " -c:a libvorbis" },
    { "a.webm", FLASHES " -c:v libvpx -deadline realtime -c:a libopus" },
    { "a.avi", FLASHES " -c:v mpeg4 -c:a pcm_s16le" },
    { "a.ts", FLASHES " -c:v mpeg2video -c:a mp2" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      files_test_make (fixture, cases[i][0], cases[i][1]);
      check_together (fixture, 0, i == 0);
    }
}

static void
test_late_sound_together (FilesFixture *fixture, gconstpointer data)
{
  g_autofree char *even = NULL;
  g_autofree char *options = NULL;

  files_test_make (fixture, "a.mp4", FLASHES X264 AAC);
  even = g_steal_pointer (&fixture->video);
  options = g_strdup_printf ("-i %s -itsoffset 0.3 -i %s -map 0:v -map 1:a -c copy", even, even);
  files_test_make (fixture, "late.mkv", options);
  check_together (fixture, 0.3, FALSE);
  files_test_make (fixture, "late.mp4", options);
  check_together (fixture, 0.3, TRUE);
}

static gboolean
understands_english (const char *language, gpointer user_data)
{
  return g_str_equal (language, "en");
}

/* The tracks sound at 300, 600 and 900 Hz: which one is taken. */
static int
chosen_track (FilesFixture *fixture, const char *name, const char *languages[3], int default_track, DubUnderstands understands)
{
  g_autoptr (GString) options =
      g_string_new ("-f lavfi -i testsrc2=size=64x48:rate=25:duration=1.2 -f lavfi -i sine=frequency=300:duration=1.2 "
                    "-f lavfi -i sine=frequency=600:duration=1.2 -f lavfi -i sine=frequency=900:duration=1.2 "
                    "-map 0 -map 1 -map 2 -map 3" X264 AAC);
  g_autoptr (DubSource) source = NULL;

  for (int i = 0; i < 3; i++)
    g_string_append_printf (options, " -metadata:s:a:%d language=%s -disposition:a:%d %s", i, languages[i], i,
                            i == default_track ? "default" : "0");
  files_test_make (fixture, name, options->str);
  source = files_test_open_measured (fixture->video, understands, fixture);
  g_assert_cmpuint (source->tracks->len, ==, 3);
  for (int i = 0; i < 3; i++)
    if (g_str_equal (((DubTrack *) g_ptr_array_index (source->tracks, i))->id, source->audio_id))
      return i;
  g_assert_not_reached ();
}

static void
test_tracks (FilesFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "a.mkv", "a.mp4" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpint (chosen_track (fixture, names[i], (const char *[]) { "ger", "eng", "spa" }, 0, understands_english), ==, 1);
      g_assert_cmpint (chosen_track (fixture, names[i], (const char *[]) { "ger", "fre", "spa" }, 1, understands_english), ==, 1);
    }
}

/* What is understood, then what says nothing, then what is not understood; among those, as the file wishes; then the first. */
static void
test_track_order (FilesFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *languages[3];
    int default_track;
    int disabled_track;
    gboolean understands;
    const char *chosen;
  } cases[] = {
    { { "de", "en-US", "es" }, 0, -1, TRUE, "1" },  { { "de", "fr", "es" }, -1, -1, TRUE, "0" },
    { { "de", "und", "es" }, 2, -1, TRUE, "1" },    { { "de", NULL, "es" }, 2, -1, TRUE, "1" },
    { { "und", "en", "en" }, 0, -1, TRUE, "1" },    { { "de", "en", "en" }, 2, -1, TRUE, "2" },
    { { "en", "en", "en" }, -1, 0, TRUE, "1" },     { { "de", "en", "es" }, 2, -1, FALSE, "2" },
    { { "zxx", "mul", "EN_gb" }, 0, -1, TRUE, "2" },
  };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_track_free);

      for (int j = 0; j < 3; j++)
        {
          g_autofree char *id = g_strdup_printf ("%d", j);
          DubTrack *track = dub_track_new (id, cases[i].languages[j]);

          track->is_default = j == cases[i].default_track;
          track->is_disabled = j == cases[i].disabled_track;
          g_ptr_array_add (tracks, track);
        }
      g_assert_cmpstr (dub_track_choose (tracks, cases[i].understands ? understands_english : NULL, NULL)->id, ==,
                       cases[i].chosen);
    }
  g_assert_null (dub_track_choose (none, understands_english, NULL));
}

static double
share_at (GArray *sound, double frequency)
{
  double re = 0, im = 0, all = 0;

  for (guint i = 24000; i < 48000; i++)
    {
      double s = g_array_index (sound, float, i);

      re += s * cos (2 * G_PI * frequency * i / 48000);
      im += s * sin (2 * G_PI * frequency * i / 48000);
      all += s * s;
    }
  return 2 * (re * re + im * im) / (24000 * all);
}

/* What was chosen is what is heard. */
static void
test_track_is_heard (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) sound = NULL;

  g_assert_cmpint (chosen_track (fixture, "a.mkv", (const char *[]) { "ger", "und", "spa" }, 2, NULL), ==, 2);
  files_test_compose (fixture, FALSE);
  sound = engine_test_sound (fixture->output);
  g_assert_cmpfloat (share_at (sound, 900), >, 0.95);
}

static GArray *
times_of (const gint64 *values, guint n)
{
  return g_array_append_vals (g_array_new (FALSE, FALSE, sizeof (gint64)), values, n);
}

static void
test_times (FilesFixture *fixture, gconstpointer data)
{
  const gint64 coded[] = { 0, 120000000, 40000000, 80000000, 200000000, 160000000 };
  const gint64 thirds[] = { 0, 33333333, 66666666, 100000000 };
  const gint64 ntsc[] = { 0, 33366666, 66733333, 100100000 };
  const gint64 rough[] = { 0, 33000000, 67000000 };
  const gint64 none[] = { 123, 123456789 };
  g_autoptr (GArray) times = times_of (coded, G_N_ELEMENTS (coded));
  g_autoptr (GArray) sorted = dub_times_in_order (times);
  g_autoptr (GArray) of_thirds = times_of (thirds, G_N_ELEMENTS (thirds));
  g_autoptr (GArray) of_ntsc = times_of (ntsc, G_N_ELEMENTS (ntsc));
  g_autoptr (GArray) of_rough = times_of (rough, G_N_ELEMENTS (rough));
  g_autoptr (GArray) of_none = times_of (none, G_N_ELEMENTS (none));
  g_autoptr (GArray) empty = times_of (none, 0);

  g_assert_cmpint (dub_times_get_delay (times), ==, 40000000);
  g_assert_cmpint (dub_times_get_delay (sorted), ==, 0);
  g_assert_cmpint (dub_times_get_delay (empty), ==, 0);
  for (guint i = 0; i < sorted->len; i++)
    g_assert_cmpint (g_array_index (sorted, gint64, i) - 40000000, <=, coded[i]);
  g_assert_cmpuint (dub_times_find_timescale (times), ==, 600);
  g_assert_cmpuint (dub_times_find_timescale (of_thirds), ==, 600);
  g_assert_cmpuint (dub_times_find_timescale (of_ntsc), ==, 30000);
  g_assert_cmpuint (dub_times_find_timescale (of_rough), ==, 1000);
  g_assert_cmpuint (dub_times_find_timescale (of_none), ==, 1000000);
  g_assert_cmpuint (dub_times_find_timescale (empty), ==, 600);
}

static void
test_lengths (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "long-sound.mp4", PICTURE " -f lavfi -i sine=duration=3" X264 AAC);
  check_copied (fixture, "h264");
  g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 3, 0.025);
  files_test_make (fixture, "long-picture.mkv", PICTURE " -f lavfi -i sine=duration=1.2" X264 " -c:a libopus");
  check_copied (fixture, "h264");
  g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 2, 0.025);
  files_test_make (fixture, "no-sound.mp4", PICTURE X264);
  check_copied (fixture, "h264");
  g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 2, 0.025);
}

static void
test_too_small (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (DubSource) source = NULL;
  g_autoptr (DubPcm) sound = NULL;
  g_autoptr (GError) error = NULL;

  files_test_make (fixture, "a.mkv", "-f lavfi -i color=red:size=8x8:rate=25:duration=2 -c:v ffv1");
  source = files_test_open_measured (fixture->video, NULL, fixture);
  sound = files_test_take_sound (fixture, source);
  g_assert_false (dub_compose (source, sound, NULL, dub_language_from_code ("es"), fixture->output, fixture->progress, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_UNSUITABLE);
  g_assert_nonnull (strstr (error->message, "8 × 8"));
}

/* A cover in front of the moving picture. */
static void
test_cover_first (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "plain.mp4", PICTURE TONE X264 AAC);
  files_test_make_from (fixture, "-f lavfi -i color=red:size=100x100:duration=0.04", "a.mkv",
             "-map 0 -map 1 -c copy -c:v:0 png -disposition:v:0 0");
  files_test_compose (fixture, FALSE);
  files_test_check_file (fixture, "h264");
  g_assert_cmpfloat_with_epsilon (engine_test_duration (fixture->output), 2, 0.1);
}

static void
test_changed_file (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (DubSource) source = NULL;
  g_autoptr (GError) error = NULL;

  files_test_make (fixture, "a.mp4", PICTURE TONE X264 AAC);
  source = files_test_open_measured (fixture->video, NULL, fixture);
  g_assert_true (dub_source_check_unchanged (source, &error));
  g_assert_no_error (error);
  g_assert_cmpint (truncate (fixture->video, 20000), ==, 0);
  g_assert_false (dub_source_check_unchanged (source, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_cmpint (g_unlink (fixture->video), ==, 0);
  g_assert_false (dub_source_check_unchanged (source, &error));
  g_assert_nonnull (strstr (error->message, "went away"));
}

static void
on_element_added (GstBin *pipeline, GstBin *bin, GstElement *element, gpointer user_data)
{
  GPtrArray *decoders = user_data;

  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_ptr_array_add (decoders, g_object_ref (element));
}

/* gst-libav aborts the process in some runs, when it lends out its own picture buffers. */
static void
test_decoders_are_tamed (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) decoders = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GstElement) pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  g_autoptr (GError) error = NULL;
  g_autoptr (DubSource) source = dub_source_open (g_getenv ("DUBROOM_TEST_SAMPLE"), NULL, NULL, &error);
  GstElement *sink;

  g_assert_no_error (error);
  g_signal_connect (pipeline, "deep-element-added", G_CALLBACK (on_element_added), decoders);
  sink = dub_gst_add (pipeline, "fakesink", &error);
  g_assert_no_error (error);
  g_assert_true (dub_gst_add_stream (pipeline, source, source->video_id, "video/x-raw(ANY)", sink, &error));
  g_assert_true (dub_gst_run (pipeline, 0, fixture->progress, &error));
  g_assert_no_error (error);

  if (decoders->len == 0)
    g_test_skip ("no decoder here has such buffers");
  for (guint i = 0; i < decoders->len; i++)
    {
      gboolean lends;

      g_object_get (g_ptr_array_index (decoders, i), "direct-rendering", &lends, NULL);
      g_assert_false (lends);
    }
}

static void
test_full_disk (FilesFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;

  pipeline = gst_parse_launch ("audiotestsrc num-buffers=200 ! avenc_aac ! mp4mux faststart=true faststart-file=/dev/full ! "
                               "fakesink",
                               &error);
  g_assert_no_error (error);
  g_assert_false (dub_gst_run (pipeline, GST_CLOCK_TIME_NONE, fixture->progress, &error));
  g_assert_error (error, DUB_STUDIO_ERROR, DUB_STUDIO_ERROR_FAILED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "disk is full"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, function) \
  g_test_add ("/engine/files/" path, FilesFixture, NULL, files_test_set_up, function, files_test_tear_down)
  ADD ("copied/h264", test_copied_h264);
  ADD ("copied/hevc", test_copied_hevc);
  ADD ("copied/rare-colours", test_copied_rare_colours);
  ADD ("copied/uneven", test_copied_uneven);
  ADD ("copied/late", test_copied_late);
  ADD ("copied/company", test_copied_company);
  ADD ("cut-by-edits", test_cut_by_edits);
  ADD ("together", test_picture_and_sound_together);
  ADD ("together/late", test_late_sound_together);
  ADD ("tracks", test_tracks);
  ADD ("tracks/order", test_track_order);
  ADD ("tracks/heard", test_track_is_heard);
  ADD ("times", test_times);
  ADD ("lengths", test_lengths);
  ADD ("too-small", test_too_small);
  ADD ("cover-first", test_cover_first);
  ADD ("changed-file", test_changed_file);
  ADD ("full-disk", test_full_disk);
  ADD ("decoders-are-tamed", test_decoders_are_tamed);
  return g_test_run ();
}
