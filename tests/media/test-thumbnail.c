/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-media-error.h"
#include "dub-test-support.h"
#include "dub-test-video.h"
#include "dub-thumbnail.h"

static DubThumbnail *
take (const char *uri,
      int         width,
      int         height,
      GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_thumbnail_async (uri, width, height, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_thumbnail_finish (result, error);
}

static const guint8 *
pixel (DubThumbnail *thumbnail,
       int           x,
       int           y)
{
  return (const guint8 *) g_bytes_get_data (thumbnail->pixels, NULL) + (gsize) y * thumbnail->stride + (gsize) x * 4;
}

static void
test_fits (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubThumbnail) thumbnail = take (uri, 80, 80, &error);

  g_assert_no_error (error);
  g_assert_cmpint (thumbnail->width, ==, 80);
  g_assert_cmpint (thumbnail->height, ==, 60);
  g_assert_cmpuint (thumbnail->stride, >=, 320);
  g_assert_cmpuint (g_bytes_get_size (thumbnail->pixels), ==, thumbnail->stride * 60);
  g_assert_cmpint (pixel (thumbnail, 5, 5)[3], ==, 255);
  dub_test_remove_dir (dir);
}

/* Black for the first second, red from then on: a tenth of 20 s is red. */
static void
test_later_than_the_start (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *path = g_build_filename (dir, "late.mkv", NULL);
  g_autofree char *uri = dub_test_uri (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubThumbnail) thumbnail = NULL;

  dub_test_run_pipeline ("concat name=c ! vp8enc deadline=1 keyframe-max-dist=1000 ! matroskamux ! filesink location=\"%s\" "
                         "videotestsrc num-buffers=10 pattern=black ! video/x-raw,width=64,height=64,framerate=10/1 ! c. "
                         "videotestsrc num-buffers=190 pattern=red ! video/x-raw,width=64,height=64,framerate=10/1 ! c.", path);
  thumbnail = take (uri, 64, 64, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pixel (thumbnail, 32, 32)[0], >, 200);
  g_assert_cmpint (pixel (thumbnail, 32, 32)[1], <, 60);
  dub_test_remove_dir (dir);
}

static void
test_upright (void)
{
  g_autofree char *path = dub_test_media ("video/der_en_example_rotate_meta.mp4");
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubThumbnail) thumbnail = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  thumbnail = take (uri, 320, 320, &error);
  g_assert_no_error (error);
  g_assert_cmpint (thumbnail->width, ==, 320);
  g_assert_cmpint (thumbnail->height, ==, 180);
}

static void
test_real (gconstpointer data)
{
  g_autofree char *path = dub_test_media (data);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DubThumbnail) thumbnail = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  thumbnail = take (uri, 200, 200, &error);
  g_assert_no_error (error);
  g_assert_cmpint (MAX (thumbnail->width, thumbnail->height), ==, 200);
}

static void
test_refused (gconstpointer data)
{
  g_autofree char *path = dub_test_media (data);
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  g_assert_null (take (uri, 200, 200, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == DUB_MEDIA_ERROR);
  g_test_message ("%s", error->message);
}

/* More than may run at a time; the cancelled ones end as well. */
static void
test_many (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slots[9] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    dub_thumbnail_async (uri, 40, 40, i % 3 == 2 ? cancellable : NULL, dub_test_keep_result, &slots[i]);
  g_cancellable_cancel (cancellable);

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (GAsyncResult) result = dub_test_await (&slots[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubThumbnail) thumbnail = dub_thumbnail_finish (result, &error);

      if (i % 3 == 2)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
    }
  dub_test_remove_dir (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/media/thumbnail/fits", test_fits);
  g_test_add_func ("/media/thumbnail/later-than-the-start", test_later_than_the_start);
  g_test_add_func ("/media/thumbnail/upright", test_upright);
  g_test_add_func ("/media/thumbnail/many", test_many);
  g_test_add_data_func ("/media/thumbnail/hevc", "video/xx_portrait_woman_hevc_10s.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/av1", "video/q_av1_aac.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/10-bit", "video/q_noaudio_h264_444_10bit_36s.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/cover-art", "video/q_cover_art_mjpeg.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/subtitles", "video/q_mkv_webvtt_track.mkv", test_real);
  g_test_add_data_func ("/media/thumbnail/cut", "broken/b_example_cut60_moov_first.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/cut-matroska", "broken/b_example_cut.mkv", test_real);
  g_test_add_data_func ("/media/thumbnail/corrupt", "broken/b_example_corrupt_middle.mp4", test_real);
  g_test_add_data_func ("/media/thumbnail/sound-only", "video/q_audio_only_opus.mp4", test_refused);
  g_test_add_data_func ("/media/thumbnail/no-index", "broken/b_example_cut60_no_moov.mp4", test_refused);
  g_test_add_data_func ("/media/thumbnail/protected", "broken/b_drm_clearkey.mp4", test_refused);
  g_test_add_data_func ("/media/thumbnail/text", "broken/b_text_named_example.mp4", test_refused);
  return g_test_run ();
}
