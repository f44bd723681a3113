/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the built-in studio tells beyond the service, both ways, and what is made of nonsense in its place. */

#include "dub-service-codec.h"
#include "dub-service-error.h"
#include "dub-studio-codec.h"

#include <string.h>

#define OPEN "{\"code\":0,\"message\":\"OK\",\"request_id\":\"R\",\"data\":"

static GBytes *
take (char *text)
{
  return g_bytes_new_take (text, strlen (text));
}

static GBytes *
bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

/* --- progress --- */

static DubRemoteTask *
read_task (const char *status,
           const char *progress)
{
  g_autofree char *json = g_strdup_printf (OPEN "{\"list\":[{\"task_id\":\"7\",\"status\":\"%s\",\"video_name\":\"N\","
                                                "\"video_id\":\"8\",\"preview_url\":\"https://a.b/c\"%s}]}}",
                                           status, progress);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  return g_ptr_array_steal_index (tasks, 0);
}

static void
test_progress (void)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_task_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  DubRemoteTask *task = dub_remote_task_new ();
  const DubRemoteTask *got;

  g_assert_null (task->progress_stage);
  g_assert_cmpfloat (task->progress, ==, -1);
  task->task_id = g_strdup ("7");
  task->status = DUB_REMOTE_STATUS_PROCESSING;
  task->progress_stage = dub_progress_stage_find ("transcribe");
  task->progress = 0.43;
  g_ptr_array_add (tasks, task);

  body = take (dub_codec_encode_tasks (tasks, "R"));
  read = dub_codec_decode_tasks (body, NULL, &error);
  g_assert_no_error (error);
  got = g_ptr_array_index (read, 0);
  g_assert_true (got->progress_stage == task->progress_stage);
  g_assert_cmpfloat (got->progress, ==, 0.43);
}

static void
test_progress_ignored (void)
{
  static const char *const nonsense[] = {
    "", ",\"progress\":null", ",\"progress\":0.5", ",\"progress\":[]", ",\"progress\":{}",
    ",\"progress\":{\"stage\":\"transcribe\"}", ",\"progress\":{\"fraction\":0.5}",
    ",\"progress\":{\"stage\":\"transcribe\",\"fraction\":\"0.5\"}",
    ",\"progress\":{\"stage\":\"transcribe\",\"fraction\":1.01}",
    ",\"progress\":{\"stage\":\"transcribe\",\"fraction\":-0.01}",
    ",\"progress\":{\"stage\":\"transcribe\",\"fraction\":1e999}",
    ",\"progress\":{\"stage\":\"transcribe\",\"fraction\":true}",
    ",\"progress\":{\"stage\":\"Transcribe\",\"fraction\":0.5}", ",\"progress\":{\"stage\":\"\",\"fraction\":0.5}",
    ",\"progress\":{\"stage\":7,\"fraction\":0.5}", ",\"progress\":{\"stage\":[\"speak\"],\"fraction\":0.5}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (DubRemoteTask) task = read_task ("PROCESSING", nonsense[i]);

      g_assert_null (task->progress_stage);
      g_assert_cmpfloat (task->progress, ==, -1);
    }
}

/* A task that is not worked on has none, whatever is said. */
static void
test_progress_of_others (void)
{
  static const char *const statuses[] = { "SUBMITTED", "SUCCESS", "FAILED", "DREAMING" };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (DubRemoteTask) task = read_task (statuses[i], ",\"progress\":{\"stage\":\"speak\",\"fraction\":0.5}");

      g_assert_null (task->progress_stage);
    }
}

/* --- remarks and lines --- */

static DubRemoteVideo *
read_video (const char *remarks,
            const char *lines)
{
  g_autofree char *json =
    g_strdup_printf (OPEN "{\"list\":[{\"video_id\":\"8\",\"video_name\":\"N\",\"create_time\":\"2026-01-02 03:04:05\","
                          "\"preview_url\":\"https://a.b/c\",\"dubbing_info\":{\"target_language\":\"ja\","
                          "\"original_scripts\":[],\"translated_scripts\":[{\"text\":\"コート二\",\"text_start_time\":1,"
                          "\"text_end_time\":2%s}]%s}}]}}",
                     remarks, lines);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) videos = dub_codec_decode_videos (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (videos->len, ==, 1);
  return g_ptr_array_steal_index (videos, 0);
}

static const DubRemarks *
get_remarks (DubRemoteVideo *video)
{
  return dub_segment_get_remarks (dub_script_get_segment (video->translated_script, 0));
}

static DubRemoteVideo *
make_video (void)
{
  DubRemoteVideo *video = dub_remote_video_new ();
  DubRemarks *remarks = dub_remarks_new ();

  video->video_id = g_strdup ("8");
  video->target_language = g_strdup ("ja");
  video->original_script = dub_script_new ();
  video->translated_script = dub_script_new ();
  dub_script_append (video->translated_script, "コート二", 1, 2);
  remarks->confidence = 0.8;
  remarks->natural_ms = 1234.5;
  remarks->overrun_ms = 20;
  remarks->unspoken = 2;
  dub_remarks_add_doubt (remarks, 0, 3);
  dub_remarks_add_doubt (remarks, 3, 4);
  dub_segment_set_remarks (dub_script_get_segment (video->translated_script, 0), remarks);
  video->subtitle_lines = dub_script_new ();
  dub_script_append (video->subtitle_lines, "コー\nト二", 1.25, 2);
  video->note = g_strdup ("It is hard to understand.");
  return video;
}

static void
test_remarks (void)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_video_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  DubRemoteVideo *video = make_video ();
  DubRemoteVideo *got;

  g_ptr_array_add (videos, video);
  body = take (dub_codec_encode_videos (videos, "R"));
  read = dub_codec_decode_videos (body, NULL, &error);
  g_assert_no_error (error);
  got = g_ptr_array_index (read, 0);
  g_assert_true (dub_script_equal (got->translated_script, video->translated_script));
  g_assert_true (dub_remarks_equal (get_remarks (got), get_remarks (video)));
  g_assert_cmpuint (get_remarks (got)->doubts->len, ==, 2);
  g_assert_true (dub_script_equal (got->subtitle_lines, video->subtitle_lines));
  g_assert_cmpstr (got->note, ==, video->note);
}

static void
test_remarks_ignored (void)
{
  static const char *const nonsense[] = {
    "", ",\"remarks\":null", ",\"remarks\":[]", ",\"remarks\":{}", ",\"remarks\":{\"confidence\":1.5}",
    ",\"remarks\":{\"confidence\":\"0.5\",\"natural_ms\":-1,\"overrun_ms\":1e300,\"unspoken\":5}",
    ",\"remarks\":{\"natural_ms\":[],\"doubts\":{}}", ",\"remarks\":{\"doubts\":[[0]]}",
    ",\"remarks\":{\"doubts\":[[0,5]]}", ",\"remarks\":{\"doubts\":[[2,2]]}", ",\"remarks\":{\"doubts\":[[-1,2]]}",
    ",\"remarks\":{\"doubts\":[[2,3],[0,1]]}", ",\"remarks\":{\"doubts\":[[0,2],[1,3]]}",
    ",\"remarks\":{\"doubts\":[[0.5,2]]}", ",\"remarks\":{\"doubts\":[[0,4294967297]]}", ",\"remarks\":{\"doubts\":[7]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (DubRemoteVideo) video = read_video (nonsense[i], "");

      if (get_remarks (video) != NULL)
        g_error ("remarks were made of %s", nonsense[i]);
    }
}

static void
test_remarks_in_part (void)
{
  g_autoptr (DubRemoteVideo) video = read_video (",\"remarks\":{\"confidence\":7,\"overrun_ms\":12,\"doubts\":[[0,9]]}", "");

  g_assert_cmpfloat (get_remarks (video)->confidence, ==, -1);
  g_assert_cmpfloat (get_remarks (video)->overrun_ms, ==, 12);
  g_assert_cmpuint (get_remarks (video)->doubts->len, ==, 0);
}

static void
test_lines_ignored (void)
{
  static const char *const nonsense[] = {
    "", ",\"subtitle_lines\":null", ",\"subtitle_lines\":{}", ",\"subtitle_lines\":[]", ",\"subtitle_lines\":[7]",
    ",\"subtitle_lines\":[{\"text\":\"a\",\"text_start_time\":1}]",
    ",\"subtitle_lines\":[{\"text\":7,\"text_start_time\":1,\"text_end_time\":2}]",
    ",\"subtitle_lines\":[{\"text\":\"a\",\"text_start_time\":2,\"text_end_time\":2}]",
    ",\"subtitle_lines\":[{\"text\":\"a\",\"text_start_time\":-1,\"text_end_time\":2}]",
    ",\"subtitle_lines\":[{\"text\":\"a\",\"text_start_time\":0,\"text_end_time\":600001}]",
    ",\"subtitle_lines\":[{\"text\":\"a\",\"text_start_time\":5,\"text_end_time\":6},"
    "{\"text\":\"b\",\"text_start_time\":1,\"text_end_time\":2}]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      g_autoptr (DubRemoteVideo) video = read_video ("", nonsense[i]);

      g_assert_null (video->subtitle_lines);
    }
}

/* A create for the service carries nothing that it does not know. */
static void
test_create_is_plain (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);
  g_autoptr (DubRemoteVideo) video = make_video ();
  g_autofree char *json = NULL;
  DubCreateItem *item = dub_create_item_new ();

  item->video_url = g_strdup ("https://a.b/c.mp4");
  item->target_language = g_strdup ("ja");
  item->script = g_object_ref (video->translated_script);
  g_ptr_array_add (items, item);
  json = dub_codec_encode_create (items);
  g_assert_null (strstr (json, "remarks"));
}

/* --- calls --- */

static void
test_cancel (void)
{
  g_autoptr (GBytes) body = take (dub_codec_encode_cancel ("7\"8"));
  g_autoptr (GError) error = NULL;
  g_autofree char *id = dub_codec_decode_cancel (body, &error);
  g_autoptr (GBytes) granted = take (dub_codec_encode_granted ("R"));
  g_autoptr (GBytes) refused = take (dub_codec_encode_error (40002, "task_id: there is no task 7", "R"));
  g_autofree char *request_id = NULL;
  g_autofree char *yes = dub_codec_decode_granted (granted, &request_id, &error);
  g_autofree char *no = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (id, ==, "7\"8");
  g_assert_nonnull (yes);
  g_assert_cmpstr (request_id, ==, "R");
  no = dub_codec_decode_granted (refused, NULL, &error);
  g_assert_null (no);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
}

static void
test_wish (void)
{
  DubRehearsalWish wish = { (char *) "Guten „Tag“\n", (char *) "de", 1200.5, 300, 118 };
  g_autoptr (GBytes) body = take (dub_codec_encode_rehearsal_wish (&wish));
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsalWish) got = dub_codec_decode_rehearsal_wish (body, &error);
  g_autoptr (GBytes) least = bytes ("{\"text\":\"Tag\",\"language\":\"de\"}");
  g_autoptr (DubRehearsalWish) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (got->text, ==, wish.text);
  g_assert_cmpstr (got->language, ==, "de");
  g_assert_cmpfloat (got->slot_ms, ==, 1200.5);
  g_assert_cmpfloat (got->room_ms, ==, 300);
  g_assert_cmpfloat (got->pitch_hz, ==, 118);
  second = dub_codec_decode_rehearsal_wish (least, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (second->slot_ms, ==, 0);
}

static void
wish_fails (const char *json,
            const char *sentence)
{
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsalWish) wish = dub_codec_decode_rehearsal_wish (body, &error);

  g_assert_null (wish);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_bad_wishes (void)
{
  g_autofree char *longest = g_strnfill (2000, 'a');
  g_autofree char *good = g_strdup_printf ("{\"text\":\"%s\",\"language\":\"de\"}", longest);
  g_autofree char *bad = g_strdup_printf ("{\"text\":\"%sa\",\"language\":\"de\"}", longest);
  g_autoptr (GBytes) body = bytes (good);
  g_autoptr (DubRehearsalWish) wish = dub_codec_decode_rehearsal_wish (body, NULL);

  g_assert_nonnull (wish);
  wish_fails (bad, "text: must have at most 2000 characters");
  wish_fails ("{\"language\":\"de\"}", "text: is missing");
  wish_fails ("{\"text\":\" \\n \",\"language\":\"de\"}", "text: is empty");
  wish_fails ("{\"text\":7,\"language\":\"de\"}", "text: is not a string");
  wish_fails ("{\"text\":\"a\"}", "language: is missing");
  wish_fails ("{\"text\":\"a\",\"language\":\"xx\"}", "language: must be one of ar en fr de id it ja ko pt es th tr vi");
  wish_fails ("{\"text\":\"a\",\"language\":\"de\",\"slot_ms\":-1}", "slot_ms: must be from 0 to 600000");
  wish_fails ("{\"text\":\"a\",\"language\":\"de\",\"room_ms\":600001}", "room_ms: must be from 0 to 600000");
  wish_fails ("{\"text\":\"a\",\"language\":\"de\",\"pitch_hz\":1e9}", "pitch_hz: must be from 0 to 2000");
  wish_fails ("{\"text\":\"a\",\"language\":\"de\",\"slot_ms\":{}}", "slot_ms: is not a number");
}

/* A WAV file without a sample. */
static GBytes *
make_wave (void)
{
  static const char wave[44] = "RIFF\44\0\0\0WAVEfmt \20\0\0\0\1\0\1\0\200\273\0\0\0\167\1\0\2\0\20\0data\0\0\0";

  return g_bytes_new_static (wave, sizeof wave);
}

static void
test_rehearsal (void)
{
  g_autoptr (DubRehearsal) rehearsal = dub_rehearsal_new ();
  g_autoptr (DubRehearsal) got = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  rehearsal->wav = make_wave ();
  rehearsal->natural_ms = 900;
  rehearsal->spoken_ms = 800.25;
  rehearsal->overrun_ms = 12;
  rehearsal->unspoken = 3;
  rehearsal->speed = 1.2;
  rehearsal->stretch = 1.3;
  rehearsal->poor = TRUE;
  rehearsal->why = g_strdup ("It is hard to understand.");
  body = take (dub_codec_encode_rehearsal (rehearsal, "R"));
  got = dub_codec_decode_rehearsal (body, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (got->wav, rehearsal->wav));
  g_assert_cmpfloat (got->natural_ms, ==, 900);
  g_assert_cmpfloat (got->spoken_ms, ==, 800.25);
  g_assert_cmpfloat (got->overrun_ms, ==, 12);
  g_assert_cmpuint (got->unspoken, ==, 3);
  g_assert_cmpfloat (got->speed, ==, 1.2);
  g_assert_cmpfloat (got->stretch, ==, 1.3);
  g_assert_true (got->poor);
  g_assert_cmpstr (got->why, ==, "It is hard to understand.");
}

static void
rehearsal_fails (const char *sound,
                 const char *natural_ms)
{
  g_autofree char *json = g_strdup_printf (OPEN "{\"sound\":%s,\"natural_ms\":%s,\"spoken_ms\":1,\"overrun_ms\":0,"
                                                "\"unspoken\":0,\"speed\":1,\"stretch\":1,\"quality\":\"good\"}}",
                                           sound, natural_ms);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (DubRehearsal) got = dub_codec_decode_rehearsal (body, NULL, &error);

  g_assert_null (got);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_MALFORMED);
}

static void
test_bad_rehearsals (void)
{
  g_autoptr (GBytes) wave = make_wave ();
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (wave, NULL), g_bytes_get_size (wave));
  g_autofree char *sound = g_strdup_printf ("\"%s\"", base64);

  rehearsal_fails ("null", "1");
  rehearsal_fails ("\"\"", "1");
  rehearsal_fails ("\"!!!\"", "1");
  rehearsal_fails ("\"UklGRg==\"", "1");
  rehearsal_fails ("[1]", "1");
  rehearsal_fails (sound, "-1");
  rehearsal_fails (sound, "600001");
  rehearsal_fails (sound, "\"long\"");
  rehearsal_fails (sound, "null");
}

static void
test_engine_test (void)
{
  g_autoptr (DubEngineTest) test = dub_engine_test_new ();
  g_autoptr (DubEngineTest) got = NULL;
  g_autoptr (DubEngineVerdict) verdict = dub_engine_verdict_new ();
  g_autoptr (DubEngineVerdict) heard = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  test->stage = DUB_STAGE_SPEAK;
  test->choice->kind = DUB_ENGINE_OPENAI;
  test->choice->address = g_strdup ("https://speech.example:8443/base");
  test->choice->voice = g_strdup ("nova");
  test->language = g_strdup ("fr");
  body = take (dub_codec_encode_engine_test (test));
  got = dub_codec_decode_engine_test (body, &error);
  g_assert_no_error (error);
  g_assert_cmpint (got->stage, ==, DUB_STAGE_SPEAK);
  g_assert_cmpint (got->choice->kind, ==, DUB_ENGINE_OPENAI);
  g_assert_cmpstr (got->choice->address, ==, test->choice->address);
  g_assert_cmpstr (got->choice->model, ==, NULL);
  g_assert_cmpstr (got->choice->voice, ==, "nova");
  g_assert_cmpstr (got->language, ==, "fr");

  verdict->message = g_strdup ("It works.");
  verdict->languages = g_strdupv ((char *[]) { (char *) "fr", (char *) "de", NULL });
  answer = take (dub_codec_encode_engine_verdict (verdict, "R"));
  heard = dub_codec_decode_engine_verdict (answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (heard->message, ==, "It works.");
  g_assert_cmpstrv (heard->languages, verdict->languages);
}

static void
test_bad_engine_tests (void)
{
  static const char *const wrong[] = {
    "{}", "{\"stage\":\"speak\"}", "{\"stage\":\"sing\",\"engine\":\"openai\",\"address\":\"https://a.b\"}",
    "{\"stage\":\"speak\",\"engine\":\"magic\",\"address\":\"https://a.b\"}",
    "{\"stage\":\"speak\",\"engine\":\"openai\"}", "{\"stage\":\"speak\",\"engine\":\"openai\",\"address\":\"file:///etc\"}",
    "{\"stage\":\"speak\",\"engine\":\"libretranslate\",\"address\":\"https://a.b\"}",
    "{\"stage\":\"speak\",\"engine\":\"openai\",\"address\":\"https://a.b\",\"language\":\"xx\"}",
    "{\"stage\":\"speak\",\"engine\":\"openai\",\"address\":\"https://u:p@a.b\"}",
    "{\"stage\":[],\"engine\":{},\"address\":7}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GBytes) body = bytes (wrong[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (DubEngineTest) test = dub_codec_decode_engine_test (body, &error);

      g_assert_null (test);
      g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/codec-studio/progress", test_progress);
  g_test_add_func ("/service/codec-studio/progress-ignored", test_progress_ignored);
  g_test_add_func ("/service/codec-studio/progress-of-others", test_progress_of_others);
  g_test_add_func ("/service/codec-studio/remarks", test_remarks);
  g_test_add_func ("/service/codec-studio/remarks-ignored", test_remarks_ignored);
  g_test_add_func ("/service/codec-studio/remarks-in-part", test_remarks_in_part);
  g_test_add_func ("/service/codec-studio/lines-ignored", test_lines_ignored);
  g_test_add_func ("/service/codec-studio/create-is-plain", test_create_is_plain);
  g_test_add_func ("/service/codec-studio/cancel", test_cancel);
  g_test_add_func ("/service/codec-studio/wish", test_wish);
  g_test_add_func ("/service/codec-studio/bad-wishes", test_bad_wishes);
  g_test_add_func ("/service/codec-studio/rehearsal", test_rehearsal);
  g_test_add_func ("/service/codec-studio/bad-rehearsals", test_bad_rehearsals);
  g_test_add_func ("/service/codec-studio/engine-test", test_engine_test);
  g_test_add_func ("/service/codec-studio/bad-engine-tests", test_bad_engine_tests);
  return g_test_run ();
}
