/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-service-codec.h"
#include "dub-service-error.h"

#include <string.h>

/* The JSON of the API, as a server reads and writes it; what one side writes the other must read. */

#define HEAD "{\"aigc_video_type\":\"DUBBING\",\"dubbing_video_info\":["
#define ITEM "{\"video_url\":\"https://a.b/c.mp4\",\"target_languages\":[\"es\"]"

static GBytes *
bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
create_fails (const char *json,
              const char *sentence)
{
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = dub_codec_decode_create (body, &error);

  g_assert_null (items);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_create_both_ways (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  DubCreateItem *item = dub_create_item_new ();
  const DubCreateItem *got;

  item->video_url = g_strdup ("file:///tmp/a%20b.mp4");
  item->target_language = g_strdup ("ja");
  item->video_name = g_strdup ("コート \"1\"\\");
  item->lipsync = TRUE;
  item->subtitles = TRUE;
  item->script = dub_script_new ();
  dub_script_append (item->script, "一\t二", 0.125, 999.875);
  item->key = g_strdup ("1764025408123-7");
  g_ptr_array_add (items, item);

  json = dub_codec_encode_create (items);
  body = bytes (json);
  read = dub_codec_decode_create (body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 1);
  got = g_ptr_array_index (read, 0);
  g_assert_cmpstr (got->video_url, ==, item->video_url);
  g_assert_cmpstr (got->target_language, ==, "ja");
  g_assert_cmpstr (got->video_name, ==, item->video_name);
  g_assert_true (got->lipsync);
  g_assert_true (got->subtitles);
  g_assert_true (dub_script_equal (got->script, item->script));
  g_assert_cmpstr (got->key, ==, "1764025408123-7");
}

static void
test_key_length (void)
{
  g_autofree char *longest = g_strnfill (64, 'k');
  g_autofree char *good = g_strdup_printf (HEAD ITEM ",\"client_key\":\"%s\"}]}", longest);
  g_autofree char *bad = g_strdup_printf (HEAD ITEM ",\"client_key\":\"%sk\"}]}", longest);
  g_autoptr (GBytes) body = bytes (good);
  g_autoptr (GPtrArray) items = dub_codec_decode_create (body, NULL);

  g_assert_nonnull (items);
  g_assert_cmpstr (((DubCreateItem *) items->pdata[0])->key, ==, longest);
  create_fails (bad, "dubbing_video_info[0].client_key: must have 1 to 64 characters");
  create_fails (HEAD ITEM ",\"client_key\":\"\"}]}", "dubbing_video_info[0].client_key: must have 1 to 64 characters");
  create_fails (HEAD ITEM ",\"client_key\":7}]}", "dubbing_video_info[0].client_key: is not a string");
}

static void
test_create_defaults (void)
{
  g_autoptr (GBytes) body = bytes (HEAD ITEM ",\"new\":1}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = dub_codec_decode_create (body, &error);
  const DubCreateItem *item;

  g_assert_no_error (error);
  item = g_ptr_array_index (items, 0);
  g_assert_null (item->video_name);
  g_assert_null (item->script);
  g_assert_null (item->key);
  g_assert_false (item->lipsync);
  g_assert_false (item->subtitles);
}

/* Limits and values are the server's to check. */
static void
test_create_form_only (void)
{
  g_autoptr (GBytes) body = bytes (HEAD ITEM "}," ITEM "}," ITEM "}," ITEM "}," ITEM "}," ITEM
                                             ",\"video_name\":\"\",\"scripts\":[{\"text\":\"\",\"text_start_time\":-5,"
                                             "\"text_end_time\":\"-10\"}]}]}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = dub_codec_decode_create (body, &error);
  g_autoptr (GBytes) none = bytes (HEAD "]}");
  g_autoptr (GPtrArray) no_items = dub_codec_decode_create (none, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 6);
  g_assert_cmpuint (no_items->len, ==, 0);
}

static void
test_bad_creates (void)
{
  create_fails ("", "the whole: is empty");
  create_fails ("[]", "the whole: is not an object");
  create_fails ("{", "the whole: is not JSON");
  create_fails ("{}", "aigc_video_type: is missing");
  create_fails ("{\"aigc_video_type\":\"AVATAR\"}", "aigc_video_type: must be DUBBING");
  create_fails ("{\"aigc_video_type\":\"DUBBING\"}", "dubbing_video_info: is missing");
  create_fails ("{\"aigc_video_type\":\"DUBBING\",\"dubbing_video_info\":{}}", "dubbing_video_info: is not an array");
  create_fails (HEAD "\"x\"]}", "dubbing_video_info[0]: is not an object");
  create_fails (HEAD "{}]}", "dubbing_video_info[0].video_url: is missing");
  create_fails (HEAD "{\"video_url\":\"\"}]}", "dubbing_video_info[0].video_url: is empty");
  create_fails (HEAD "{\"video_url\":\"a\"}]}", "dubbing_video_info[0].target_languages: is missing");
  create_fails (HEAD "{\"video_url\":\"a\",\"target_languages\":\"es\"}]}",
                "dubbing_video_info[0].target_languages: is not an array");
  create_fails (HEAD "{\"video_url\":\"a\",\"target_languages\":[]}]}",
                "dubbing_video_info[0].target_languages: must have exactly 1 language");
  create_fails (HEAD ITEM "},{\"video_url\":\"a\",\"target_languages\":[\"es\",\"fr\"]}]}",
                "dubbing_video_info[1].target_languages: must have exactly 1 language");
  create_fails (HEAD "{\"video_url\":\"a\",\"target_languages\":[5]}]}",
                "dubbing_video_info[0].target_languages[0]: is not a string");
  create_fails (HEAD ITEM ",\"lipsync_enabled\":1}]}", "dubbing_video_info[0].lipsync_enabled: is not true or false");
  create_fails (HEAD ITEM ",\"subtitle_enabled\":\"true\"}]}",
                "dubbing_video_info[0].subtitle_enabled: is not true or false");
  create_fails (HEAD ITEM ",\"video_name\":5}]}", "dubbing_video_info[0].video_name: is not a string");
  create_fails (HEAD ITEM ",\"scripts\":{}}]}", "dubbing_video_info[0].scripts: is not an array");
  create_fails (HEAD ITEM ",\"scripts\":[{\"text\":\"a\",\"text_start_time\":0}]}]}",
                "dubbing_video_info[0].scripts[0].text_end_time: is missing");
}

static void
test_ids (void)
{
  static const char *const bad[] = { "", "1", "[1]", "[\"\"]", "{}", "[\"1\"", "[[\"1\"]]", "null" };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = dub_codec_decode_id_array (" [\"1\", \"2\",\"\\u00e9\"] ", &error);
  g_auto (GStrv) none = dub_codec_decode_id_array ("[]", NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (ids), ==, 3);
  g_assert_cmpstr (ids[2], ==, "é");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (GStrv) no_ids = dub_codec_decode_id_array (bad[i], &error);

      g_assert_null (no_ids);
      g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
      g_clear_error (&error);
    }
}

static void
test_error_answer (void)
{
  g_autofree char *json = dub_codec_encode_error (40002, "scripts: \"x\" is empty", "r-1");
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, NULL, &error);

  g_assert_cmpstr (json, ==,
                   "{\"code\":40002,\"message\":\"scripts: \\\"x\\\" is empty\",\"request_id\":\"r-1\",\"data\":{}}");
  g_assert_null (tasks);
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  g_assert_cmpstr (dub_service_error_get_fault (error)->service_message, ==, "scripts: \"x\" is empty");
}

static void
test_task_ids_answer (void)
{
  const char *sent[] = { "1", "2", NULL };
  g_autofree char *json = dub_codec_encode_task_ids (sent, "r-2");
  g_autoptr (GBytes) body = bytes (json);
  g_autofree char *request_id = NULL;
  g_auto (GStrv) ids = dub_codec_decode_task_ids (body, &request_id, NULL);

  g_assert_cmpstr (json, ==, "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r-2\",\"data\":{\"task_ids\":[\"1\",\"2\"]}}");
  g_assert_true (g_strv_equal ((const char *const *) ids, sent));
  g_assert_cmpstr (request_id, ==, "r-2");
}

static DubRemoteTask *
task (const char     *id,
      DubRemoteStatus status)
{
  DubRemoteTask *self = dub_remote_task_new ();

  self->task_id = g_strdup (id);
  self->video_name = g_strdup ("N");
  self->status = status;
  self->video_id = g_strdup ("v");
  self->preview_url = g_strdup ("file:///tmp/v.mp4");
  self->error_msg = g_strdup ("why");
  return self;
}

static void
test_tasks_answer (void)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_task_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  g_ptr_array_add (tasks, task ("1", DUB_REMOTE_STATUS_SUBMITTED));
  g_ptr_array_add (tasks, task ("2", DUB_REMOTE_STATUS_PROCESSING));
  g_ptr_array_add (tasks, task ("3", DUB_REMOTE_STATUS_SUCCESS));
  g_ptr_array_add (tasks, task ("4", DUB_REMOTE_STATUS_FAILED));
  json = dub_codec_encode_tasks (tasks, "r");
  g_assert_cmpstr (json, ==,
                   "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r\",\"data\":{\"list\":["
                   "{\"task_id\":\"1\",\"aigc_video_type\":\"DUBBING\",\"status\":\"SUBMITTED\",\"video_name\":\"N\"},"
                   "{\"task_id\":\"2\",\"aigc_video_type\":\"DUBBING\",\"status\":\"PROCESSING\",\"video_name\":\"N\"},"
                   "{\"task_id\":\"3\",\"aigc_video_type\":\"DUBBING\",\"status\":\"SUCCESS\",\"video_name\":\"N\","
                   "\"video_id\":\"v\",\"preview_url\":\"file:///tmp/v.mp4\"},"
                   "{\"task_id\":\"4\",\"aigc_video_type\":\"DUBBING\",\"status\":\"FAILED\",\"video_name\":\"N\","
                   "\"error_msg\":\"why\"}]}}");
  body = bytes (json);
  read = dub_codec_decode_tasks (body, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->len, ==, 4);
  g_assert_cmpstr (((DubRemoteTask *) read->pdata[3])->error_msg, ==, "why");
}

static void
test_videos_answer (void)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_remote_video_free);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  DubRemoteVideo *video = dub_remote_video_new ();
  const DubRemoteVideo *got;

  video->video_id = g_strdup ("v");
  video->video_name = g_strdup ("N");
  video->preview_url = g_strdup ("file:///tmp/v.mp4");
  video->target_language = g_strdup ("th");
  video->create_time = 1709164800;
  video->original_script = dub_script_new ();
  dub_script_append (video->original_script, "a", 0, 1.5);
  g_ptr_array_add (videos, video);
  json = dub_codec_encode_videos (videos, "r");
  g_assert_cmpstr (json, ==,
                   "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r\",\"data\":{\"list\":["
                   "{\"aigc_video_type\":\"DUBBING\",\"video_id\":\"v\",\"video_name\":\"N\","
                   "\"create_time\":\"2024-02-29 00:00:00\",\"preview_url\":\"file:///tmp/v.mp4\","
                   "\"dubbing_info\":{\"target_language\":\"th\",\"original_scripts\":[{\"text\":\"a\","
                   "\"text_start_time\":0.0,\"text_end_time\":1.5}],\"translated_scripts\":[]}}]}}");
  body = bytes (json);
  read = dub_codec_decode_videos (body, NULL, &error);
  g_assert_no_error (error);
  got = g_ptr_array_index (read, 0);
  g_assert_cmpint (got->create_time, ==, video->create_time);
  g_assert_true (dub_script_equal (got->original_script, video->original_script));
}

static void
test_user_answer (void)
{
  g_autofree char *json = dub_codec_encode_user ("Built-in studio", "r");
  g_autoptr (GBytes) body = bytes (json);
  g_autofree char *name = dub_codec_decode_user (body, NULL, NULL);

  g_assert_cmpstr (name, ==, "Built-in studio");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/codec-server/create-both-ways", test_create_both_ways);
  g_test_add_func ("/service/codec-server/key-length", test_key_length);
  g_test_add_func ("/service/codec-server/create-defaults", test_create_defaults);
  g_test_add_func ("/service/codec-server/create-form-only", test_create_form_only);
  g_test_add_func ("/service/codec-server/bad-creates", test_bad_creates);
  g_test_add_func ("/service/codec-server/ids", test_ids);
  g_test_add_func ("/service/codec-server/error-answer", test_error_answer);
  g_test_add_func ("/service/codec-server/task-ids-answer", test_task_ids_answer);
  g_test_add_func ("/service/codec-server/tasks-answer", test_tasks_answer);
  g_test_add_func ("/service/codec-server/videos-answer", test_videos_answer);
  g_test_add_func ("/service/codec-server/user-answer", test_user_answer);

  return g_test_run ();
}
