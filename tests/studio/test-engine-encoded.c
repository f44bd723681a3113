/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures that cannot be copied, or have something drawn on them: encoded once, by each encoder. */

#include <gst/gst.h>
#include <string.h>
#include "engine-fixture.h"
#include "files-fixture.h"

/* The same picture, as far as can be seen. */
static void
check_like (FilesFixture *fixture, int n_wide, int n_high)
{
  g_autoptr (GBytes) before = engine_test_fields (fixture->video, 12, n_wide, n_high);
  g_autoptr (GBytes) after = engine_test_fields (fixture->output, 12, n_wide, n_high);
  const guint8 *a = g_bytes_get_data (before, NULL), *b = g_bytes_get_data (after, NULL);
  double sum = 0;

  for (gsize i = 0; i < g_bytes_get_size (before); i++)
    sum += ABS (a[i] - b[i]);
  g_test_message ("apart by %.2f of 255", sum / g_bytes_get_size (before));
  g_assert_cmpfloat (sum / g_bytes_get_size (before), <, 4);
}

static void
check_encoded (FilesFixture *fixture, const char *codec, int width, int height)
{
  g_autofree char *size = NULL;
  g_autofree char *expected = g_strdup_printf ("%d,%d", width, height);

  g_test_message ("%s", fixture->video);
  files_test_compose (fixture, TRUE);
  files_test_check_file (fixture, codec);
  files_test_check_times (fixture);
  size = engine_test_probe (fixture->output, "-select_streams v -show_entries stream=width,height -of csv=p=0");
  g_assert_cmpstr (size, ==, expected);
  check_like (fixture, 16, 9);
  g_assert_cmpfloat (engine_test_white (fixture->output, 1.4), >, 0.015);
}

static void
check_all_kinds (FilesFixture *fixture, const char *codec)
{
  files_test_make (fixture, "uneven.mp4", PICTURE TONE UNEVEN X264 " -pix_fmt yuv420p10le" AAC);
  check_encoded (fixture, codec, 320, 180);
  files_test_make (fixture, "odd.mkv", PICTURE TONE " -vf format=yuv444p,scale=321:181" X264 AAC);
  check_encoded (fixture, codec, 320, 180);
  files_test_make (fixture, "tiny.mp4", "-f lavfi -i testsrc2=size=16x16:rate=25:duration=2" TONE X264 AAC);
  files_test_compose (fixture, TRUE);
  files_test_check_file (fixture, codec);
}

/* Whatever stands in front of @name in the order of preference is ruled out, as a system without it would. */
static void
with_encoder (FilesFixture *fixture, const char *name, const char *codec)
{
  static const char *const encoders[] = { "x264enc", "openh264enc", "vp9enc" };
  guint ranks[G_N_ELEMENTS (encoders)] = { 0 };
  g_autoptr (GstElementFactory) wanted = gst_element_factory_find (name);

  if (wanted == NULL)
    {
      g_test_skip ("this encoder is not installed");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (encoders[i]);

      if (factory == NULL)
        continue;
      ranks[i] = gst_plugin_feature_get_rank (GST_PLUGIN_FEATURE (factory));
      if (factory != wanted)
        gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), GST_RANK_NONE);
    }
  check_all_kinds (fixture, codec);
  for (guint i = 0; i < G_N_ELEMENTS (encoders); i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (encoders[i]);

      if (factory != NULL)
        gst_plugin_feature_set_rank (GST_PLUGIN_FEATURE (factory), ranks[i]);
    }
}

static void
test_encoded_x264 (FilesFixture *fixture, gconstpointer data)
{
  with_encoder (fixture, "x264enc", "h264");
}

static void
test_encoded_openh264 (FilesFixture *fixture, gconstpointer data)
{
  with_encoder (fixture, "openh264enc", "h264");
}

static void
test_encoded_vp9 (FilesFixture *fixture, gconstpointer data)
{
  with_encoder (fixture, "vp9enc", "vp9");
}

/* Other codecs and files. */
static void
test_encoded_others (FilesFixture *fixture, gconstpointer data)
{
  files_test_make (fixture, "a.webm", PICTURE TONE " -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -pix_fmt yuv420p10le -c:a libopus");
  check_encoded (fixture, "h264", 320, 180);
  files_test_make (fixture, "a.mov", PICTURE TONE " -c:v prores_ks -c:a pcm_s16le");
  check_encoded (fixture, "h264", 320, 180);
  files_test_make (fixture, "jpeg.mov", PICTURE TONE " -c:v mjpeg -pix_fmt yuvj422p -c:a pcm_s16le");
  check_encoded (fixture, "h264", 320, 180);
}

/* Turned and mirrored pictures are upright, whatever is drawn on them; the judge turns the source by itself. */
static void
test_encoded_upright (FilesFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *how;
    int width;
    int height;
  } cases[] = {
    { "-display_rotation 90", 180, 320 },  { "-display_rotation 180", 320, 180 },
    { "-display_rotation 270", 180, 320 }, { "-display_hflip", 320, 180 },
    { "-display_vflip", 320, 180 },        { "-display_rotation 90 -display_hflip", 180, 320 },
  };
  g_autofree char *plain = NULL;

  files_test_make (fixture, "plain.mp4", PICTURE TONE X264 AAC);
  plain = g_steal_pointer (&fixture->video);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *options = g_strdup_printf ("%s -i %s -c copy", cases[i].how, plain);
      g_autofree char *matrix = NULL;
      g_autoptr (DubSource) source = NULL;

      files_test_make (fixture, "turned.mp4", options);
      check_encoded (fixture, "h264", cases[i].width, cases[i].height);
      matrix = engine_test_probe (fixture->output, "-select_streams v -show_entries stream_side_data=displaymatrix -of csv=p=0");
      g_assert_cmpstr (matrix, ==, "");
      source = files_test_open_measured (fixture->video, NULL, fixture);
      g_assert_cmpint (source->seen_width, ==, cases[i].width);
      g_assert_cmpint (source->seen_height, ==, cases[i].height);
    }
}

static void
test_encoded_shape_and_colour (FilesFixture *fixture, gconstpointer data)
{
  const char *ask = "-select_streams v -show_entries stream=sample_aspect_ratio,color_range,color_space,color_transfer,"
                    "color_primaries -of csv=p=0";
  static const struct
  {
    const char *set;
    const char *expected;
  } cases[] = {
    { "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv", "1:1,tv,bt709,bt709,bt709" },
    { "setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv", "1:1,tv,bt2020nc,smpte2084,bt2020" },
    { "setsar=2/1,setparams=color_primaries=smpte170m:color_trc=smpte170m:colorspace=smpte170m:range=tv",
      "2:1,tv,smpte170m,smpte170m,smpte170m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *options = g_strconcat (PICTURE TONE " -vf ", cases[i].set, X264 " -pix_fmt yuv420p10le" AAC, NULL);
      g_autofree char *found = NULL;

      files_test_make (fixture, "a.mp4", options);
      files_test_compose (fixture, TRUE);
      found = engine_test_probe (fixture->output, ask);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, function) \
  g_test_add ("/engine/encoded/" path, FilesFixture, NULL, files_test_set_up, function, files_test_tear_down)
  ADD ("x264", test_encoded_x264);
  ADD ("openh264", test_encoded_openh264);
  ADD ("vp9", test_encoded_vp9);
  ADD ("others", test_encoded_others);
  ADD ("upright", test_encoded_upright);
  ADD ("shape-and-colour", test_encoded_shape_and_colour);
  return g_test_run ();
}
