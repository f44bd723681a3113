/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "engine-fixture.h"

#include <gio/gio.h>
#include <math.h>

#define RATE 48000
#define WHITE 235

static GBytes *
run (const char *program, const char *options_before, const char *path, const char *options_after)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) before = g_strsplit (options_before, " ", -1);
  g_auto (GStrv) after = g_strsplit (options_after, " ", -1);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *output = NULL;

  g_strv_builder_add (builder, program);
  g_strv_builder_addv (builder, (const char **) before);
  g_strv_builder_add (builder, path);
  if (*options_after != '\0')
    g_strv_builder_addv (builder, (const char **) after);
  argv = g_strv_builder_end (builder);

  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return output;
}

static char *
to_text (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return g_strchomp (g_strndup (length > 0 ? data : "", length));
}

char *
engine_test_probe (const char *path, const char *options)
{
  g_autofree char *all = g_strconcat ("-v error ", options, NULL);
  g_autoptr (GBytes) output = run ("ffprobe", all, path, "");

  return to_text (output);
}

void
engine_test_make (const char *path, const char *options)
{
  g_autofree char *all = g_strconcat ("-v error -nostdin -y ", options, NULL);
  g_autoptr (GBytes) output = run ("ffmpeg", all, path, "");
}

GBytes *
engine_test_fields (const char *path, int index, int n_wide, int n_high)
{
  g_autofree char *after = g_strdup_printf (
      "-map 0:V:0 -frames:v 1 -vf select='eq(n,%d)',format=gbrp,scale=%d:%d:flags=area,format=rgb24 -f rawvideo -", index, n_wide, n_high);
  GBytes *fields = run ("ffmpeg", "-v error -i", path, after);

  g_assert_cmpuint (g_bytes_get_size (fields), ==, n_wide * n_high * 3);
  return fields;
}

GArray *
engine_test_times (const char *path)
{
  g_autofree char *text =
      engine_test_probe (path, "-select_streams V:0 -show_frames -show_entries frame=pts_time -of csv=p=0");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; lines[i] != NULL; i++)
    {
      double time = g_ascii_strtod (lines[i], NULL);

      /* Other lines tell of what is beside a picture. */
      if (g_regex_match_simple ("^[0-9]+\\.[0-9]{6}", lines[i], 0, 0))
        g_array_append_val (times, time);
    }
  return times;
}

GArray *
engine_test_flashes (const char *path)
{
  g_autoptr (GBytes) output = run ("ffmpeg", "-v error -i", path,
                                   "-map 0:V:0 -fps_mode passthrough -vf scale=1:1:flags=area,format=gray -f rawvideo -");
  g_autoptr (GArray) times = engine_test_times (path);
  GArray *flashes = g_array_new (FALSE, FALSE, sizeof (double));
  gsize n_pictures;
  const guint8 *pictures = g_bytes_get_data (output, &n_pictures);

  g_assert_cmpuint (n_pictures, ==, times->len);
  for (guint i = 0; i < n_pictures; i++)
    if (pictures[i] > 128 && (i == 0 || pictures[i - 1] <= 128))
      g_array_append_val (flashes, g_array_index (times, double, i));
  return flashes;
}

GArray *
engine_test_clicks (const char *path)
{
  g_autoptr (GArray) sound = engine_test_sound (path);
  GArray *clicks = g_array_new (FALSE, FALSE, sizeof (double));
  guint silent = RATE;

  for (guint i = 0; i < sound->len; i++)
    {
      gboolean loud = fabsf (g_array_index (sound, float, i)) > 0.1f;
      double time = (double) i / RATE;

      if (loud && silent > RATE / 4)
        g_array_append_val (clicks, time);
      silent = loud ? 0 : silent + 1;
    }
  return clicks;
}

double
engine_test_duration (const char *path)
{
  g_autofree char *text = engine_test_probe (path, "-show_entries format=duration -of csv=p=0");

  return g_ascii_strtod (text, NULL);
}

char *
engine_test_packets (const char *path)
{
  return engine_test_probe (
      path, "-select_streams v:0 -show_packets -show_data_hash MD5 -show_entries "
            "packet=pts_time,dts_time,size,data_hash -of csv=p=0");
}

static GArray *
decode (const char *path, const char *options)
{
  g_autofree char *all =
      g_strconcat ("-map 0:a:0 -af aresample=async=1:first_pts=0 -ar 48000 -f f32le ", options, " -", NULL);
  g_autoptr (GBytes) output = run ("ffmpeg", "-v error -copyts -i", path, all);
  GArray *sound = g_array_new (FALSE, FALSE, sizeof (float));
  gsize size;
  gconstpointer data = g_bytes_get_data (output, &size);

  if (size >= sizeof (float))
    g_array_append_vals (sound, data, size / sizeof (float));
  return sound;
}

GArray *
engine_test_sound (const char *path)
{
  return decode (path, "-ac 1");
}

GArray *
engine_test_stereo (const char *path)
{
  return decode (path, "-ac 2");
}

double
engine_test_level (GArray *sound, double from_s, double until_s)
{
  guint from = MIN ((guint) (from_s * RATE), sound->len);
  guint until = MIN ((guint) (until_s * RATE), sound->len);
  double sum = 0;

  for (guint i = from; i < until; i++)
    sum += (double) g_array_index (sound, float, i) * g_array_index (sound, float, i);
  return 10 * log10 (sum / MAX (until - from, 1) + 1e-12);
}

double
engine_test_white (const char *path, double time_s)
{
  g_autofree char *before = g_strdup_printf ("-v error -ss %.3f -i", time_s);
  g_autoptr (GBytes) output = run ("ffmpeg", before, path, "-frames:v 1 -pix_fmt gray -f rawvideo -");
  gsize size, n_white = 0;
  const guint8 *pixels = g_bytes_get_data (output, &size);

  g_assert_cmpuint (size, >, 0);
  for (gsize i = size / 2; i < size; i++)
    n_white += pixels[i] >= WHITE;
  return n_white / (size / 2.0);
}
