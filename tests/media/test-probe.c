/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dub-media-error.h"
#include "dub-probe.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

typedef struct
{
  const char *file;
  gint64      duration_ms;
  int         width;
  int         height;
  const char *video_codec;
  const char *audio_codec;
} Truth;

/* As ffprobe and eyes see them. */
static const Truth truths[] = {
  { "video/en_example_720p.mp4", 42450, 1280, 720, "H.264", "AAC" },
  { "video/en_google_interviews_ntsc_320x180.mp4", 35020, 320, 180, "H.264", "AAC" },
  { "video/xx_portrait_woman_hevc_10s.mp4", 10010, 1080, 1920, "H.265", "AAC" },
  { "video/q_noaudio_h264_444_10bit_36s.mp4", 36000, 720, 480, "H.264", NULL },
  { "video/q_cover_art_mjpeg.mp4", 2020, 640, 360, "H.264", "AAC" },
  { "video/q_av1_aac.mp4", 1090, 1080, 720, "AV1", "AAC" },
  { "video/q_mkv_webvtt_track.mkv", 2020, 300, 200, "H.264", "AAC" },
  { "video/q_mkv_srt_track_noaudio.mkv", 5020, 176, 144, NULL, NULL },
  { "video/q_mkv_image_subs.mkv", 5000, 176, 144, NULL, NULL },
  { "video/q_mkv_with_attachment.mkv", 2040, 640, 360, "H.264", "AAC" },
  { "video/q_avi_mpeg4_mp3.avi", 4090, 960, 400, NULL, "MP3" },
  { "video/q_webm_vp8_vorbis.webm", 7800, 320, 240, "VP8", "Vorbis" },
  { "video/q_webm_vp9_noaudio.webm", 2700, 320, 240, "VP9", NULL },
  { "video/q_mkv_ac3_srt.mkv", 1230, 1080, 720, "H.264", "AC-3" },
  { "video/q_audio_only_opus.mp4", 1460, 0, 0, NULL, "Opus" },
  { "video/q_mp4_partially_fragmented.mp4", 1160, 1080, 720, "H.264", "AAC" },
  { "video/mux_de_simplicissimus_portrait.mp4", 68100, 360, 640, "H.264", "AAC" },
  { "video/der_en_example_h264_pcm.mov", 42410, 640, 360, "H.264", "PCM" },
  { "video/der_en_example_rotate_meta.mp4", 42410, 640, 360, "H.264", "AAC" },
  { "video/der_en_example_vp9_opus.webm", 42420, 640, 360, "VP9", "Opus" },
  { "video/der_en_example_vfr.mp4", 42410, 640, 360, "H.264", "AAC" },
  { "broken/b_example_is_webm_named.mp4", 42420, 640, 360, "VP9", "Opus" },
  { "broken/b_mdat_too_long.mp4", 1020, 1080, 720, "H.264", "AAC" },
  { "broken/b_example_cut60_moov_first.mp4", 42410, 640, 360, "H.264", "AAC" },
  { "broken/b_example_corrupt_middle.mp4", 42410, 640, 360, "H.264", "AAC" },
};

typedef struct
{
  const char *file;
  int         code;
} Refusal;

static const Refusal refusals[] = {
  { "broken/b_drm_clearkey.mp4", DUB_MEDIA_ERROR_DAMAGED },
  { "broken/b_no_track_header.mp4", DUB_MEDIA_ERROR_DAMAGED },
  { "broken/b_example_cut60_no_moov.mp4", DUB_MEDIA_ERROR_DAMAGED },
  { "broken/b_text_named_example.mp4", DUB_MEDIA_ERROR_NOT_MEDIA },
  { "broken/b_zero_example.mp4", DUB_MEDIA_ERROR_NOT_MEDIA },
};

static DubMediaInfo *
probe (const char *uri,
       GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_probe_async (uri, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_probe_finish (result, error);
}

static void
assert_sentence (const GError *error,
                 const char   *name)
{
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_test_message ("%s", error->message);
}

static void
test_truth (gconstpointer data)
{
  const Truth *truth = data;
  g_autofree char *path = dub_test_media (truth->file);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  info = probe (uri, &error);
  g_assert_no_error (error);
  g_test_message ("%s, %s, %s, %" G_GINT64_FORMAT " ms, %d × %d", info->content_type, info->video_codec, info->audio_codec,
                  info->duration_ms, info->width, info->height);
  g_assert_cmpint (ABS (info->duration_ms - truth->duration_ms), <=, 50);
  g_assert_cmpint (info->width, ==, truth->width);
  g_assert_cmpint (info->height, ==, truth->height);
  g_assert_cmpint (info->has_video, ==, truth->width > 0);
  if (truth->video_codec != NULL)
    g_assert_cmpstr (info->video_codec, ==, truth->video_codec);
  if (truth->audio_codec != NULL)
    g_assert_cmpstr (info->audio_codec, ==, truth->audio_codec);
  g_assert_cmpuint (info->size, >, 0);
  g_assert_true (g_str_has_prefix (info->content_type, "video/") || !info->has_video);
}

static void
test_refusal (gconstpointer data)
{
  const Refusal *refusal = data;
  g_autofree char *path = dub_test_media (refusal->file);
  g_autofree char *name = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  name = g_path_get_basename (path);
  g_assert_null (probe (uri, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, DUB_MEDIA_ERROR, refusal->code);
  assert_sentence (error, name);
}

/* A cut file has no duration that could be trusted; it must be answered for at all. */
static void
test_cut_matroska (void)
{
  g_autofree char *path = dub_test_media ("broken/b_example_cut.mkv");
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  info = probe (uri, &error);
  g_assert_no_error (error);
  g_assert_true (info->has_video && info->has_audio);
}

static void
test_generated (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.mp4", 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = probe (uri, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ABS (info->duration_ms - 3000), <=, 50);
  g_assert_cmpint (info->width, ==, 160);
  g_assert_cmpint (info->height, ==, 120);
  g_assert_cmpstr (info->video_codec, ==, "VP8");
  g_assert_cmpstr (info->audio_codec, ==, "Vorbis");
  g_assert_cmpstr (info->content_type, ==, "video/webm");
  dub_test_remove_dir (dir);
}

/* The header of such a file tells nothing, or the duration of its first piece only. */
static void
test_fragmented (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "pieces.mp4", NULL);
  g_autofree char *uri = dub_test_uri (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = NULL;

  dub_test_run_pipeline ("audiotestsrc num-buffers=1000 samplesperbuffer=480 ! audio/x-raw,rate=48000 ! opusenc ! "
                         "mp4mux fragment-duration=1000 name=mux ! filesink location=\"%s\"", path);
  info = probe (uri, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (info->duration_ms - 10000), <=, 50);
  dub_test_remove_dir (dir);
}

static void
test_square_pixels (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "wide.mkv", NULL);
  g_autofree char *uri = dub_test_uri (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubMediaInfo) info = NULL;

  dub_test_run_pipeline ("videotestsrc num-buffers=30 ! video/x-raw,width=160,height=120,framerate=30/1,pixel-aspect-ratio=4/3 ! "
                         "vp8enc deadline=1 ! matroskamux ! filesink location=\"%s\"", path);
  info = probe (uri, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->width, ==, 213);
  g_assert_cmpint (info->height, ==, 120);
  g_assert_false (info->has_audio);
  dub_test_remove_dir (dir);
}

static void
assert_refused (const char *dir,
                const char *name,
                int         code)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *uri = dub_test_uri (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (probe (uri, &error));
  g_assert_error (error, DUB_MEDIA_ERROR, code);
  assert_sentence (error, name);
}

static void
test_no_video (void)
{
  static const char picture[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde";
  static const char noise[] = "\1\2\3\4\5\6\7\0\0\0\0noise that is nothing";
  struct { const char *name; const char *bytes; gssize length; } files[] = {
    { "empty.mp4", "", 0 },
    { "page.mp4", "<!doctype html><p>Sign in", -1 },
    { "caf\xc3\xa9.mp4", "Un caf\xc3\xa9", -1 },
    { "utf16.mp4", "\xff\xfeH\0i\0", 6 },
    { "picture.mp4", picture, sizeof picture - 1 },
    { "noise.mp4", noise, sizeof noise - 1 },
  };
  char *dir = dub_test_make_dir ();

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (dir, files[i].name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, files[i].bytes, files[i].length, &error));
      assert_refused (dir, files[i].name, DUB_MEDIA_ERROR_NOT_MEDIA);
    }
  assert_refused (dir, "not there.mp4", DUB_MEDIA_ERROR_NOT_FOUND);
  {
    g_autofree char *folder = g_build_filename (dir, "folder.mp4", NULL);
    g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
    assert_refused (dir, "folder.mp4", DUB_MEDIA_ERROR_NOT_MEDIA);
  }
  dub_test_remove_dir (dir);
}

/* A named pipe without a writer would hold up whoever opens it. */
static void
test_pipe (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "pipe.mp4", NULL);

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (dir, "pipe.mp4", DUB_MEDIA_ERROR_NOT_MEDIA);
  dub_test_remove_dir (dir);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_probe_async ("file:///nowhere.mp4", cancellable, dub_test_keep_result, &slot);
  g_cancellable_cancel (cancellable);
  result = dub_test_await (&slot);
  g_assert_null (dub_probe_finish (result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++)
    {
      g_autofree char *name = g_strconcat ("/media/probe/", truths[i].file, NULL);
      g_test_add_data_func (name, &truths[i], test_truth);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *name = g_strconcat ("/media/probe/", refusals[i].file, NULL);
      g_test_add_data_func (name, &refusals[i], test_refusal);
    }
  g_test_add_func ("/media/probe/cut-matroska", test_cut_matroska);
  g_test_add_func ("/media/probe/generated", test_generated);
  g_test_add_func ("/media/probe/fragmented", test_fragmented);
  g_test_add_func ("/media/probe/square-pixels", test_square_pixels);
  g_test_add_func ("/media/probe/no-video", test_no_video);
  g_test_add_func ("/media/probe/pipe", test_pipe);
  g_test_add_func ("/media/probe/cancelled", test_cancelled);
  return g_test_run ();
}
