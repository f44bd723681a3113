/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "dub-player.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

typedef struct
{
  DubPlayer *player;
  gint64     position;
  guint      notified;
} Wait;

static DubPlayer *
new_player (void)
{
  return g_object_new (DUB_TYPE_PLAYER, "video-sink-factory", "fakesink", "audio-sink-factory", "fakesink", NULL);
}

static gint64
get_int64 (DubPlayer  *player,
           const char *name)
{
  gint64 value = 0;

  g_object_get (player, name, &value, NULL);
  return value;
}

static gboolean
is_playing (DubPlayer *player)
{
  gboolean playing = FALSE;

  g_object_get (player, "playing", &playing, NULL);
  return playing;
}

static char *
get_error (DubPlayer *player)
{
  char *error = NULL;

  g_object_get (player, "error", &error, NULL);
  return error;
}

static void
assert_no_player_error (DubPlayer *player)
{
  g_autofree char *error = get_error (player);

  g_assert_cmpstr (error, ==, NULL);
}

static gboolean
has_duration (gpointer player)
{
  assert_no_player_error (player);
  return get_int64 (player, "duration") > 0;
}

static gboolean
is_past (gpointer user_data)
{
  Wait *wait = user_data;

  assert_no_player_error (wait->player);
  return get_int64 (wait->player, "position") >= wait->position;
}

static gboolean
has_stopped (gpointer player)
{
  return !is_playing (player);
}

static gboolean
has_error (gpointer player)
{
  g_autofree char *error = get_error (player);

  return error != NULL;
}

static gboolean
has_stopped_or_error (gpointer player)
{
  return has_stopped (player) || has_error (player);
}

static void
count (Wait *wait)
{
  wait->notified++;
}

static gboolean
was_notified_often (gpointer wait)
{
  return ((Wait *) wait)->notified >= 5;
}

static void
wait_past (DubPlayer *player,
           gint64     position)
{
  Wait wait = { .player = player, .position = position };

  dub_test_wait_for (is_past, &wait, "the position to go on");
}

static void
test_plays_to_the_end (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 1);
  g_autoptr (DubPlayer) player = new_player ();

  dub_player_set_uris (player, NULL, uri);
  dub_test_wait_for (has_duration, player, "the duration");
  g_assert_cmpint (ABS (get_int64 (player, "duration") - 1000), <=, 50);
  g_assert_false (is_playing (player));
  g_assert_cmpint (get_int64 (player, "position"), ==, 0);

  g_object_set (player, "playing", TRUE, NULL);
  g_assert_true (is_playing (player));
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  g_assert_cmpint (get_int64 (player, "position"), ==, get_int64 (player, "duration"));

  g_object_set (player, "playing", TRUE, NULL);
  g_assert_cmpint (get_int64 (player, "position"), <, 500);
  dub_test_wait_for (has_stopped, player, "the end again");
  assert_no_player_error (player);
  dub_test_remove_dir (dir);
}

static void
test_position_is_notified_while_playing (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 3);
  g_autoptr (DubPlayer) player = new_player ();
  Wait wait = { .player = player };

  dub_player_set_uris (player, NULL, uri);
  dub_test_wait_for (has_duration, player, "the duration");
  g_signal_connect_swapped (player, "notify::position", G_CALLBACK (count), &wait);
  g_object_set (player, "playing", TRUE, NULL);
  dub_test_wait_for (was_notified_often, &wait, "notifications of the position");
  g_object_set (player, "playing", FALSE, NULL);
  dub_test_remove_dir (dir);
}

typedef struct
{
  DubPlayer *player;
  gint64     at;
} Place;

static gboolean
is_there (gpointer user_data)
{
  Place *place = user_data;

  assert_no_player_error (place->player);
  return ABS (get_int64 (place->player, "position") - place->at) <= 1;
}

static void
test_seeks (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 4);
  g_autoptr (DubPlayer) player = new_player ();
  Place place = { player, 2345 };

  dub_player_set_uris (player, NULL, uri);
  dub_test_wait_for (has_duration, player, "the duration");
  /* As a dragged slider does: many, and the last one counts. */
  for (gint64 to = 0; to <= place.at; to += 35)
    dub_player_seek (player, to);
  g_assert_cmpint (get_int64 (player, "position"), ==, place.at);
  dub_test_wait_for (is_there, &place, "the place");

  dub_player_seek (player, -5);
  g_assert_cmpint (get_int64 (player, "position"), ==, 0);
  dub_player_seek (player, G_MAXINT64 / 2);
  g_assert_cmpint (get_int64 (player, "position"), <=, 4000);
  g_assert_cmpint (get_int64 (player, "position"), >, 3900);
  g_object_set (player, "playing", TRUE, NULL);
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  dub_test_remove_dir (dir);
}

static void
test_changes_the_track_at_the_same_instant (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *original = dub_test_make_video (dir, "original.webm", 5);
  g_autofree char *dub = dub_test_make_video (dir, "dub.webm", 5);
  g_autoptr (DubPlayer) player = new_player ();
  Place place = { player, 1500 };
  gint64 began, before, after, passed;

  dub_player_set_uris (player, original, dub);
  dub_test_wait_for (has_duration, player, "the duration");
  dub_player_seek (player, 1500);
  g_object_set (player, "track", DUB_TRACK_ORIGINAL, NULL);
  g_assert_false (is_playing (player));
  dub_test_wait_for (is_there, &place, "the same instant of the original");

  g_object_set (player, "playing", TRUE, NULL);
  wait_past (player, 1800);
  began = g_get_monotonic_time ();
  before = get_int64 (player, "position");
  g_object_set (player, "track", DUB_TRACK_DUB, NULL);
  g_assert_true (is_playing (player));
  after = get_int64 (player, "position");
  passed = (g_get_monotonic_time () - began) / 1000;
  g_assert_cmpint (after, >=, before - 1);
  g_assert_cmpint (after, <=, before + passed + 1);
  wait_past (player, before + 300);
  g_object_set (player, "track", DUB_TRACK_ORIGINAL, NULL);
  g_assert_true (is_playing (player));
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  dub_test_remove_dir (dir);
}

/* The original was moved away since: the dub plays, and going to the original says what is wrong. */
static void
test_a_lost_original (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *dub = dub_test_make_video (dir, "dub.webm", 2);
  g_autofree char *lost = g_strconcat ("file://", dir, "/lost.mp4", NULL);
  g_autofree char *error = NULL;
  g_autoptr (DubPlayer) player = new_player ();

  dub_player_set_uris (player, lost, dub);
  dub_test_wait_for (has_duration, player, "the duration");
  g_object_set (player, "playing", TRUE, NULL);
  wait_past (player, 200);
  g_object_set (player, "track", DUB_TRACK_ORIGINAL, NULL);
  dub_test_wait_for (has_error, player, "the error");
  error = get_error (player);
  g_assert_nonnull (strstr (error, "lost.mp4"));
  g_assert_false (is_playing (player));
  g_object_set (player, "playing", TRUE, NULL);
  g_assert_false (is_playing (player));

  g_object_set (player, "track", DUB_TRACK_DUB, NULL);
  assert_no_player_error (player);
  g_object_set (player, "playing", TRUE, NULL);
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  dub_test_remove_dir (dir);
}

static void
test_other_speeds (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 3);
  g_autoptr (DubPlayer) player = new_player ();
  double rate = 0;

  dub_player_set_uris (player, NULL, uri);
  g_object_set (player, "rate", 2.0, NULL);
  dub_test_wait_for (has_duration, player, "the duration");
  g_object_set (player, "playing", TRUE, NULL);
  wait_past (player, 500);
  g_object_set (player, "rate", 0.5, NULL);
  g_object_get (player, "rate", &rate, NULL);
  g_assert_cmpfloat (rate, ==, 0.5);
  wait_past (player, 1000);
  g_object_set (player, "rate", 2.0, NULL);
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  dub_test_remove_dir (dir);
}

static void
test_volume (void)
{
  g_autoptr (DubPlayer) player = new_player ();
  gboolean muted = FALSE;
  double volume = 0;

  g_object_set (player, "volume", 0.25, "muted", TRUE, NULL);
  g_object_get (player, "volume", &volume, "muted", &muted, NULL);
  g_assert_cmpfloat (volume, ==, 0.25);
  g_assert_true (muted);
}

static void
play_without_sound (const char *audio_sink)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 1);
  g_autoptr (DubPlayer) player = g_object_new (DUB_TYPE_PLAYER, "video-sink-factory", "fakesink",
                                               "audio-sink-factory", audio_sink, NULL);

  dub_player_set_uris (player, uri, uri);
  dub_test_wait_for (has_duration, player, "the duration");
  g_object_set (player, "playing", TRUE, NULL);
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
  g_assert_cmpint (get_int64 (player, "position"), ==, get_int64 (player, "duration"));
  dub_test_remove_dir (dir);
}

static void
test_no_such_audio_sink (void)
{
  play_without_sound ("no-such-sink");
}

/* filesink without a place cannot start: as a loudspeaker that is not there. */
static void
test_audio_sink_that_does_not_start (void)
{
  play_without_sound ("filesink");
}

static void
test_usual_audio_sink (void)
{
  play_without_sound ("autoaudiosink");
}

static void
test_no_such_video_sink (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 1);
  g_autofree char *error = NULL;
  g_autoptr (DubPlayer) player = g_object_new (DUB_TYPE_PLAYER, "video-sink-factory", "no-such-sink", NULL);

  dub_player_set_uris (player, NULL, uri);
  error = get_error (player);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error, "no-such-sink"));
  dub_test_remove_dir (dir);
}

static void
test_close (void)
{
  char *dir = dub_test_make_dir ();
  g_autofree char *uri = dub_test_make_video (dir, "ball.webm", 2);
  g_autoptr (DubPlayer) player = new_player ();

  for (int i = 0; i < 3; i++)
    {
      dub_player_set_uris (player, uri, uri);
      dub_test_wait_for (has_duration, player, "the duration");
      g_object_set (player, "playing", TRUE, NULL);
      dub_player_seek (player, 700);
      dub_player_close (player);
      g_assert_false (is_playing (player));
      g_assert_cmpint (get_int64 (player, "duration"), ==, 0);
    }
  dub_test_remove_dir (dir);
}

/* From near its end, so that this does not take as long as the video. */
static void
test_real (gconstpointer data)
{
  g_autofree char *path = dub_test_media (data);
  g_autofree char *uri = NULL;
  g_autofree char *error = NULL;
  g_autoptr (DubPlayer) player = new_player ();
  gint64 duration;

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  dub_player_set_uris (player, NULL, uri);
  dub_test_wait_for (has_duration, player, "the duration");
  duration = get_int64 (player, "duration");
  dub_player_seek (player, MAX (duration - 500, 0));
  g_object_set (player, "playing", TRUE, NULL);
  dub_test_wait_for (has_stopped, player, "the end");
  assert_no_player_error (player);
}

/* A damaged file plays as far as it can, or there is a sentence; nothing else. */
static void
test_broken (gconstpointer data)
{
  g_autofree char *path = dub_test_media (data);
  g_autofree char *uri = NULL;
  g_autofree char *error = NULL;
  g_autoptr (DubPlayer) player = new_player ();

  if (path == NULL)
    return;
  uri = dub_test_uri (path);
  dub_player_set_uris (player, NULL, uri);
  g_object_set (player, "rate", 2.0, "playing", TRUE, NULL);
  dub_player_seek (player, 20000);
  dub_test_wait_for (has_stopped_or_error, player, "an end or an error");
  error = get_error (player);
  g_test_message ("%s", error != NULL ? error : "played to the end");
}

int
main (int    argc,
      char **argv)
{
  static const char *const real[] = {
    "video/en_example_720p.mp4", "video/xx_portrait_woman_hevc_10s.mp4", "video/q_noaudio_h264_444_10bit_36s.mp4",
    "video/q_mkv_webvtt_track.mkv", "video/q_mkv_image_subs.mkv", "video/q_webm_vp8_vorbis.webm", "video/q_av1_aac.mp4",
    "video/q_audio_only_opus.mp4", "video/der_en_example_vfr.mp4", "video/q_avi_mpeg4_mp3.avi", "video/q_cover_art_mjpeg.mp4",
    "video/der_en_example_video_shorter_than_audio.mkv",
  };
  static const char *const broken[] = {
    "broken/b_drm_clearkey.mp4", "broken/b_example_corrupt_middle.mp4", "broken/b_example_cut.mkv",
    "broken/b_example_cut60_moov_first.mp4", "broken/b_example_cut60_no_moov.mp4", "broken/b_example_is_webm_named.mp4",
    "broken/b_mdat_too_long.mp4", "broken/b_no_track_header.mp4", "broken/b_text_named_example.mp4", "broken/b_zero_example.mp4",
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/media/player/plays-to-the-end", test_plays_to_the_end);
  g_test_add_func ("/media/player/position-is-notified-while-playing", test_position_is_notified_while_playing);
  g_test_add_func ("/media/player/seeks", test_seeks);
  g_test_add_func ("/media/player/changes-the-track-at-the-same-instant", test_changes_the_track_at_the_same_instant);
  g_test_add_func ("/media/player/a-lost-original", test_a_lost_original);
  g_test_add_func ("/media/player/other-speeds", test_other_speeds);
  g_test_add_func ("/media/player/volume", test_volume);
  g_test_add_func ("/media/player/no-such-audio-sink", test_no_such_audio_sink);
  g_test_add_func ("/media/player/audio-sink-that-does-not-start", test_audio_sink_that_does_not_start);
  g_test_add_func ("/media/player/usual-audio-sink", test_usual_audio_sink);
  g_test_add_func ("/media/player/no-such-video-sink", test_no_such_video_sink);
  g_test_add_func ("/media/player/close", test_close);
  for (guint i = 0; i < G_N_ELEMENTS (real); i++)
    {
      g_autofree char *name = g_strconcat ("/media/player/", real[i], NULL);
      g_test_add_data_func (name, real[i], test_real);
    }
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *name = g_strconcat ("/media/player/", broken[i], NULL);
      g_test_add_data_func (name, broken[i], test_broken);
    }
  return g_test_run ();
}
