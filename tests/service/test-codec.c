/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-captions.h"
#include "dub-service-codec.h"
#include "dub-service-error.h"

#include <string.h>

/* The JSON of the API, as the client reads and writes it. */

#define OK_HEAD "{\"code\":0,\"message\":\"OK\",\"request_id\":\"r-1\",\"data\":"
#define SEGMENT "{\"text\":\"a\",\"text_start_time\":0,\"text_end_time\":10}"
#define INFO "\"dubbing_info\":{\"target_language\":\"es\",\"original_scripts\":[" SEGMENT "],\"translated_scripts\":[]}"
#define VIDEO_HEAD "{\"video_id\":\"v\",\"video_name\":\"n\","
#define WHEN "\"create_time\":\"2024-12-31 23:59:59\","
#define URL "\"preview_url\":\"https://cdn.example/v.mp4\","

static GBytes *
bytes (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
assert_detail (const GError *error,
               const char   *detail)
{
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_MALFORMED);
  if (strstr (error->message, detail) == NULL)
    g_error ("“%s” does not name “%s”", error->message, detail);
  g_assert_true (dub_service_error_get_fault (error)->maybe_received);
}

static void
task_ids_fail (const char *json,
               const char *detail)
{
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autofree char *request_id = NULL;
  g_auto (GStrv) ids = dub_codec_decode_task_ids (body, &request_id, &error);

  g_assert_null (ids);
  g_assert_null (request_id);
  assert_detail (error, detail);
}

static void
tasks_fail (const char *list,
            const char *detail)
{
  g_autofree char *json = g_strconcat (OK_HEAD, list, "}", NULL);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, NULL, &error);

  g_assert_null (tasks);
  assert_detail (error, detail);
  g_assert_cmpstr (dub_service_error_get_fault (error)->request_id, ==, "r-1");
}

/* One entry that cannot be read is left out; the good one after it stays. */
static void
video_is_left_out (const char *video,
                   const char *detail)
{
  g_autofree char *json = g_strconcat (OK_HEAD "{\"list\":[", video, "," VIDEO_HEAD WHEN URL INFO "}]}}", NULL);
  g_autofree char *told = g_strdup_printf ("*data.list[0]%s*", detail);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autofree char *request_id = NULL;
  g_autoptr (GPtrArray) videos = NULL;

  g_test_expect_message (G_LOG_DOMAIN, G_LOG_LEVEL_INFO, told);
  videos = dub_codec_decode_videos (body, &request_id, &error);
  g_test_assert_expected_messages ();
  g_assert_no_error (error);
  g_assert_cmpstr (request_id, ==, "r-1");
  g_assert_cmpuint (videos->len, ==, 1);
  g_assert_cmpstr (((DubRemoteVideo *) videos->pdata[0])->preview_url, ==, "https://cdn.example/v.mp4");
}

static void
videos_fail (const char *data,
             const char *detail)
{
  g_autofree char *json = g_strconcat (OK_HEAD, data, "}", NULL);
  g_autoptr (GBytes) body = bytes (json);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) videos = dub_codec_decode_videos (body, NULL, &error);

  g_assert_null (videos);
  assert_detail (error, detail);
}

/* The built-in studio takes bodies of 1 MiB. */
static void
test_large_script_fits (void)
{
  g_autoptr (GString) text = g_string_new ("WEBVTT\n\n");
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  DubCreateItem *item = dub_create_item_new ();

  for (guint i = 0; text->len + 40 < DUB_CAPTIONS_MAX_BYTES; i++)
    g_string_append_printf (text, "%02u:%02u.%03u --> 59:59.000\n\"\n\n", i / 60000 % 60, i / 1000 % 60, i % 1000);
  file = g_string_free_to_bytes (g_steal_pointer (&text));
  item->video_url = g_strdup ("https://example.com/a.mp4");
  item->target_language = g_strdup ("de");
  item->script = dub_captions_parse (file, &error);
  g_assert_no_error (error);
  g_ptr_array_add (items, item);
  json = dub_codec_encode_create (items);
  g_assert_cmpuint (strlen (json), <=, 1024 * 1024);
}

static void
test_encode_create (void)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);
  DubCreateItem *item = dub_create_item_new ();
  g_autofree char *json = NULL;

  item->video_url = g_strdup ("https://example.com/a.mp4?x=1&y=%22");
  item->target_language = g_strdup ("de");
  item->video_name = g_strdup ("Mantel „neu“");
  item->subtitles = TRUE;
  item->script = dub_script_new ();
  dub_script_append (item->script, "Hallo\n\"Welt\"", 0, 1500.25);
  g_ptr_array_add (items, item);
  item = dub_create_item_new ();
  item->video_url = g_strdup ("https://example.com/b.mp4");
  item->target_language = g_strdup ("fr");
  item->lipsync = TRUE;
  g_ptr_array_add (items, item);

  json = dub_codec_encode_create (items);
  g_assert_cmpstr (json, ==,
                   "{\"aigc_video_type\":\"DUBBING\",\"dubbing_video_info\":["
                   "{\"video_url\":\"https://example.com/a.mp4?x=1&y=%22\",\"target_languages\":[\"de\"],"
                   "\"lipsync_enabled\":false,\"video_name\":\"Mantel „neu“\",\"subtitle_enabled\":true,"
                   "\"scripts\":[{\"text\":\"Hallo\\n\\\"Welt\\\"\",\"text_start_time\":0.0,\"text_end_time\":1500.25}]},"
                   "{\"video_url\":\"https://example.com/b.mp4\",\"target_languages\":[\"fr\"],"
                   "\"lipsync_enabled\":true,\"subtitle_enabled\":false}]}");
}

static void
test_queries (void)
{
  const char *ids[] = { "7123", "a\"b&c", NULL };
  g_autofree char *tasks = dub_codec_encode_task_query (ids);
  g_autofree char *videos = dub_codec_encode_video_query ();

  g_assert_cmpstr (tasks, ==, "task_ids=%5B%227123%22%2C%22a%5C%22b%26c%22%5D&aigc_video_type=DUBBING");
  g_assert_cmpstr (videos, ==, "aigc_video_types=%5B%22DUBBING%22%5D");
}

static void
test_task_ids (void)
{
  static const char *const good[] = {
    OK_HEAD "{\"task_ids\":[\"1\",\"2\"]}}",
    OK_HEAD "{\"list\":[{\"task_id\":\"1\",\"more\":[]},{\"task_id\":\"2\"}],\"unknown\":{}}}",
    "{\"code\":\"0\",\"request_id\":\"r-1\",\"data\":{\"task_ids\":[\"1\",\"2\"]},\"new\":[[]]}",
    " {\"code\":0.0,\"request_id\":\"r-1\",\"data\":{\"task_ids\":[\"1\",\"2\"]}}\n",
    OK_HEAD "{\"task_ids\":[1,2]}}",
    OK_HEAD "{\"list\":[{\"task_id\":1},{\"task_id\":\"2\"}]}}",
    "{\"code\":0,\"message\":{\"text\":\"OK\"},\"request_id\":\"r-1\",\"data\":{\"task_ids\":[\"1\",\"2\"]}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GBytes) body = bytes (good[i]);
      g_autoptr (GError) error = NULL;
      g_autofree char *request_id = NULL;
      g_auto (GStrv) ids = dub_codec_decode_task_ids (body, &request_id, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (request_id, ==, "r-1");
      g_assert_cmpuint (g_strv_length (ids), ==, 2);
      g_assert_cmpstr (ids[0], ==, "1");
      g_assert_cmpstr (ids[1], ==, "2");
    }
}

/* What only tells people something must not make an answer unreadable. */
static void
test_request_ids (void)
{
  static const struct
  {
    const char *json;
    const char *request_id;
  } answers[] = {
    { "17", "17" },         { "1.5", "1.5" }, { "7123456789012345678", "7123456789012345678" }, { "null", NULL },
    { "{\"id\":\"r\"}", NULL }, { "[17]", NULL }, { "true", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *json =
        g_strdup_printf ("{\"code\":0,\"request_id\":%s,\"data\":{\"task_ids\":[\"1\"]}}", answers[i].json);
      g_autoptr (GBytes) body = bytes (json);
      g_autoptr (GError) error = NULL;
      g_autofree char *request_id = NULL;
      g_auto (GStrv) ids = dub_codec_decode_task_ids (body, &request_id, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (ids[0], ==, "1");
      g_assert_cmpstr (request_id, ==, answers[i].request_id);
    }
}

static void
test_messages (void)
{
  static const char *const messages[] = { "{\"text\":\"slow\"}", "[]", "null", "false" };

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"code\":40100,\"message\":%s,\"request_id\":17}", messages[i]);
      g_autoptr (GBytes) body = bytes (json);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) ids = dub_codec_decode_task_ids (body, NULL, &error);

      g_assert_null (ids);
      g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED);
      g_assert_false (dub_service_error_get_fault (error)->maybe_received);
      g_assert_null (dub_service_error_get_fault (error)->service_message);
      g_assert_cmpstr (dub_service_error_get_fault (error)->request_id, ==, "17");
    }
}

static void
test_bad_task_ids (void)
{
  g_autofree char *long_id = g_strnfill (600, '7');
  g_autofree char *with_long_id = g_strconcat (OK_HEAD "{\"task_ids\":[\"", long_id, "\"]}}", NULL);

  task_ids_fail (OK_HEAD "{\"task_ids\":[]}}", "data.task_ids: is empty");
  task_ids_fail (OK_HEAD "{\"list\":[]}}", "data.task_ids: is empty");
  task_ids_fail (OK_HEAD "{}}", "data.task_ids: is missing");
  task_ids_fail (OK_HEAD "null}", "data: is missing");
  task_ids_fail (OK_HEAD "[]}", "data: is not an object");
  task_ids_fail (OK_HEAD "{\"task_ids\":\"1\"}}", "data.task_ids: is not an array");
  task_ids_fail (OK_HEAD "{\"task_ids\":[\"1\",2.5]}}", "data.task_ids[1]: is not an id");
  task_ids_fail (OK_HEAD "{\"task_ids\":[true]}}", "data.task_ids[0]: is not an id");
  task_ids_fail (OK_HEAD "{\"task_ids\":[\"\"]}}", "data.task_ids[0]: is empty");
  task_ids_fail (OK_HEAD "{\"task_ids\":[null]}}", "data.task_ids[0]: is not an id");
  task_ids_fail (OK_HEAD "{\"task_ids\":[\"1\",\"1\"]}}", "data.task_ids[1]: is there twice");
  task_ids_fail (OK_HEAD "{\"task_ids\":[\"1\",1]}}", "data.task_ids[1]: is there twice");
  task_ids_fail (OK_HEAD "{\"list\":[{\"task_id\":\"1\"},{}]}}", "data.list[1].task_id: is missing");
  task_ids_fail (OK_HEAD "{\"list\":[[]]}}", "data.list[0]: is not an object");
  task_ids_fail (with_long_id, "data.task_ids[0]: is too long");
  task_ids_fail ("{\"message\":\"OK\"}", "code: is missing");
  task_ids_fail ("{\"code\":\"none\"}", "code: is not an integer");
  task_ids_fail ("{\"code\":0.5}", "code: is not an integer");
  task_ids_fail ("{\"code\":true}", "code: is not an integer");
}

static void
test_hostile (void)
{
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *wide = g_strnfill (3000000, ',');

  task_ids_fail ("", "the whole: is empty");
  task_ids_fail ("   ", "is");
  task_ids_fail ("<html><body>502</body></html>", "the whole: is not JSON");
  task_ids_fail ("{\"code\":0,\"data\":{\"task_ids\":[\"1\"", "the whole: is not JSON");
  task_ids_fail ("{\"code\":0} trailing", "the whole: is not JSON");
  task_ids_fail ("var x = {\"code\":0}", "the whole: is not JSON");
  task_ids_fail ("/* words */ {\"code\":0}", "the whole: is not JSON");
  task_ids_fail ("{\"code\":0,}", "the whole: is not JSON");
  task_ids_fail ("{'code':0}", "the whole: is not JSON");
  task_ids_fail ("[0]", "the whole: is not an object");
  task_ids_fail ("null", "the whole: is not an object");
  task_ids_fail ("{\"code\":0,\"message\":\"\xff\xfe\"}", "the whole: is not text in UTF-8");
  task_ids_fail ("{\"code\":0,\"message\":\"\\u0000\"}", "the whole: has a zero character");
  task_ids_fail ("{\"code\":0,\"message\":\"a\\\\\\u0000b\"}", "the whole: has a zero character");
  task_ids_fail ("{\"code\":0,\"a\\u0000b\":1}", "the whole: has a zero character");
  task_ids_fail (OK_HEAD "{\"task_ids\":[\"\\\\u0000\",\"\\u00000\"]}}", "the whole: has a zero character");
  task_ids_fail (deep, "the whole: is nested too deeply");
  task_ids_fail (wide, "the whole: has too many values");
}

/* A backslash before the letters is no escape of them. */
static void
test_words_of_a_zero (void)
{
  g_autoptr (GBytes) body = bytes (OK_HEAD "{\"task_ids\":[\"\\\\u0000\"]}}");
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = dub_codec_decode_task_ids (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (ids[0], ==, "\\u0000");
}

static void
test_zero_byte (void)
{
  static const char text[] = "{\"code\":0}\0{}";
  g_autoptr (GBytes) body = g_bytes_new_static (text, sizeof text);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dub_codec_decode_user (body, NULL, &error);

  g_assert_null (name);
  assert_detail (error, "is not text in UTF-8");
}

static void
test_tasks (void)
{
  g_autoptr (GBytes) body = bytes (
    OK_HEAD "{\"list\":["
            "{\"task_id\":\"1\",\"aigc_video_type\":\"DUBBING\",\"status\":\"SUBMITTED\",\"video_name\":\"A\","
            "\"preview_url\":\"https://early.example/\"},"
            "{\"task_id\":\"2\",\"status\":\"PROCESSING\",\"video_name\":\"B\",\"error_msg\":null},"
            "{\"task_id\":\"3\",\"status\":\"SUCCESS\",\"video_name\":\"C\",\"video_id\":\"v3\","
            "\"preview_url\":\"https://cdn.example/a.mp4?sig=%2F\"},"
            "{\"task_id\":\"4\",\"status\":\"FAILED\",\"video_name\":\"D\",\"error_msg\":\"No speech.\"},"
            "{\"task_id\":\"5\",\"status\":\"FAILED\",\"video_name\":\"E\"},"
            "{\"task_id\":\"6\",\"status\":\"QUEUED\",\"video_name\":\"F\"},"
            "{\"task_id\":7,\"status\":\"SUCCESS\",\"video_name\":\"G\",\"video_id\":70,"
            "\"preview_url\":\"https://cdn.example/g.mp4\"},"
            "{\"task_id\":\"8\",\"status\":\"FAILED\",\"video_name\":\"H\",\"error_msg\":{\"text\":\"No\"}}],"
            "\"page_info\":{}}}");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, NULL, &error);
  DubRemoteTask *const *task;

  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 8);
  task = (DubRemoteTask *const *) tasks->pdata;
  g_assert_cmpint (task[0]->status, ==, DUB_REMOTE_STATUS_SUBMITTED);
  g_assert_null (task[0]->preview_url);
  g_assert_cmpstr (task[0]->video_name, ==, "A");
  g_assert_cmpint (task[1]->status, ==, DUB_REMOTE_STATUS_PROCESSING);
  g_assert_cmpint (task[2]->status, ==, DUB_REMOTE_STATUS_SUCCESS);
  g_assert_cmpstr (task[2]->video_id, ==, "v3");
  g_assert_cmpstr (task[2]->preview_url, ==, "https://cdn.example/a.mp4?sig=%2F");
  g_assert_cmpint (task[3]->status, ==, DUB_REMOTE_STATUS_FAILED);
  g_assert_cmpstr (task[3]->error_msg, ==, "No speech.");
  g_assert_null (task[4]->error_msg);
  g_assert_cmpint (task[5]->status, ==, DUB_REMOTE_STATUS_UNKNOWN);
  g_assert_cmpstr (task[5]->status_word, ==, "QUEUED");
  g_assert_cmpstr (task[6]->task_id, ==, "7");
  g_assert_cmpstr (task[6]->video_id, ==, "70");
  g_assert_null (task[7]->error_msg);
}

static void
test_bad_tasks (void)
{
  tasks_fail ("{}", "data.list: is missing");
  tasks_fail ("{\"list\":{}}", "data.list: is not an array");
  tasks_fail ("{\"list\":[1]}", "data.list[0]: is not an object");
  tasks_fail ("{\"list\":[{\"task_id\":\"1\",\"status\":\"SUBMITTED\",\"video_name\":\"A\"},"
              "{\"task_id\":\"1\",\"status\":\"SUBMITTED\",\"video_name\":\"A\"},"
              "{\"status\":\"SUBMITTED\",\"video_name\":\"A\"}]}",
              "data.list[2].task_id: is missing");
  tasks_fail ("{\"list\":[{\"task_id\":\"1\",\"video_name\":\"A\"}]}", "data.list[0].status: is missing");
  tasks_fail ("{\"list\":[{\"task_id\":\"1\",\"status\":3,\"video_name\":\"A\"}]}", "data.list[0].status: is not a string");
  tasks_fail ("{\"list\":[{\"task_id\":\"1\",\"status\":\"SUCCESS\",\"video_name\":\"A\",\"preview_url\":\"https://a.b/\"}]}",
              "data.list[0].video_id: is missing");
}

/* A link is only as good as what can be opened; without one there is the dub all the same. */
static void
test_preview_urls (void)
{
  static const struct
  {
    const char *json;
    const char *url;
  } links[] = {
    { "\"https://cdn.example/a.mp4\"", "https://cdn.example/a.mp4" },
    { "\"http://127.0.0.1:80/a\"", "http://127.0.0.1:80/a" },
    { "\"file:///home/me/a%20b.mp4\"", "file:///home/me/a%20b.mp4" },
    { "\"javascript:alert(1)\"", NULL },
    { "\"nonsense\"", NULL },
    { "\"https://\"", NULL },
    { "\"ftp://a.b/c\"", NULL },
    { "\"data:video/mp4,x\"", NULL },
    { "\"//a.b/c\"", NULL },
    { "\"https://a b/c.mp4\"", NULL },
    { "\"\"", NULL },
    { "null", NULL },
    { "7", NULL },
    { "[]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *json = g_strdup_printf (OK_HEAD "{\"list\":[{\"task_id\":\"1\",\"status\":\"SUCCESS\",\"video_name\":\"A\","
                                                       "\"video_id\":\"v\",\"preview_url\":%s}]}}",
                                               links[i].json);
      g_autofree char *listed =
        g_strdup_printf (OK_HEAD "{\"list\":[" VIDEO_HEAD WHEN "\"preview_url\":%s," INFO "}]}}", links[i].json);
      g_autoptr (GBytes) body = bytes (json);
      g_autoptr (GBytes) listed_body = bytes (listed);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tasks = dub_codec_decode_tasks (body, NULL, &error);
      g_autoptr (GPtrArray) videos = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (((DubRemoteTask *) tasks->pdata[0])->status, ==, DUB_REMOTE_STATUS_SUCCESS);
      g_assert_cmpstr (((DubRemoteTask *) tasks->pdata[0])->preview_url, ==, links[i].url);
      videos = dub_codec_decode_videos (listed_body, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (videos->len, ==, 1);
      g_assert_cmpstr (((DubRemoteVideo *) videos->pdata[0])->preview_url, ==, links[i].url);
    }
}

static void
test_videos (void)
{
  g_autoptr (GBytes) body = bytes (
    OK_HEAD "{\"list\":[{\"aigc_video_type\":\"DUBBING\",\"video_id\":\"v\",\"video_name\":\"n\","
            "\"create_time\":\"2024-12-31 23:59:59\",\"preview_url\":\"https://cdn.example/v.mp4\","
            "\"dubbing_info\":{\"target_language\":\"es\",\"original_scripts\":["
            "{\"text\":\"a\",\"text_start_time\":\"0\",\"text_end_time\":\"1500.5\"},"
            "{\"text\":\"\",\"text_start_time\":2000,\"text_end_time\":2.5e3}],\"translated_scripts\":[]}},"
            "{\"aigc_video_type\":\"AVATAR\"}]}}");
  g_autoptr (GError) error = NULL;
  g_autofree char *request_id = NULL;
  g_autoptr (GPtrArray) videos = dub_codec_decode_videos (body, &request_id, &error);
  const DubRemoteVideo *video;

  g_assert_no_error (error);
  g_assert_cmpstr (request_id, ==, "r-1");
  g_assert_cmpuint (videos->len, ==, 1);
  video = g_ptr_array_index (videos, 0);
  g_assert_cmpstr (video->target_language, ==, "es");
  g_assert_cmpint (video->create_time, ==, 1735689599);
  g_assert_cmpuint (dub_script_get_length (video->original_script), ==, 2);
  g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (video->original_script, 0)), ==, 1500.5);
  g_assert_cmpfloat (dub_segment_get_end (dub_script_get_segment (video->original_script, 1)), ==, 2500);
  g_assert_cmpuint (dub_script_get_length (video->translated_script), ==, 0);
}

static void
test_empty_lists (void)
{
  static const char *const empty[] = { OK_HEAD "{\"list\":[]}}", OK_HEAD "{\"list\":null}}" };

  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      g_autoptr (GBytes) body = bytes (empty[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) videos = dub_codec_decode_videos (body, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (videos->len, ==, 0);
    }
}

static void
test_bad_videos (void)
{
  static const char *const times[] = { "2024-12-31T23:59:59",  "2024-13-01 00:00:00", "2024-12-31 24:00:00",
                                       "2024-12-31 23:59:59Z", "31.12.2024 23:59:59", "20a4-12-31 23:59:59" };
  static const char *const numbers[] = { "\"x\"", "\"\"", "\"nan\"", "\" 1\"", "\"0x10\"", "1e999", "true", "{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *video =
        g_strdup_printf (VIDEO_HEAD "\"create_time\":\"%s\"," URL INFO "}", times[i]);

      video_is_left_out (video, ".create_time: is not a time");
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *video =
        g_strdup_printf (VIDEO_HEAD WHEN URL "\"dubbing_info\":{\"target_language\":\"es\",\"original_scripts\":["
                                                   "{\"text\":\"a\",\"text_start_time\":%s,\"text_end_time\":9}]}}",
                         numbers[i]);

      video_is_left_out (video, ".dubbing_info.original_scripts[0].text_start_time: is not a number");
    }
  video_is_left_out (VIDEO_HEAD URL INFO "}", ".create_time: is missing");
  video_is_left_out (VIDEO_HEAD WHEN "\"preview_url\":\"https://a.b/\"}", ".dubbing_info: is missing");
  video_is_left_out (VIDEO_HEAD WHEN URL "\"dubbing_info\":{}}", ".dubbing_info.target_language: is missing");
  video_is_left_out (VIDEO_HEAD WHEN URL "\"dubbing_info\":{\"target_language\":\"es\",\"original_scripts\":[{}]}}",
                     ".dubbing_info.original_scripts[0].text: is missing");
  video_is_left_out (VIDEO_HEAD WHEN URL "\"dubbing_info\":{\"target_language\":\"es\",\"original_scripts\":[]}}",
                     ".dubbing_info.translated_scripts: is missing");
  video_is_left_out ("7", ": is not an object");
  video_is_left_out ("{\"aigc_video_type\":{}}", ".aigc_video_type: is not a string");
}

static void
test_bad_lists_of_videos (void)
{
  videos_fail ("{}", "data.list: is missing");
  videos_fail ("{\"list\":{}}", "data.list: is not an array");
  videos_fail ("[]", "data: is not an object");
  videos_fail ("null", "data: is missing");
}

/* What an escape smuggles past the check of the whole text. */
static void
test_escapes (void)
{
  static const char *const texts[] = { "\\ud800", "\\udc00\\ud800", "a\\u0000b" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *json = g_strdup_printf (OK_HEAD "{\"display_name\":\"%s\"}}", texts[i]);
      g_autoptr (GBytes) body = bytes (json);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = dub_codec_decode_user (body, NULL, &error);

      if (name != NULL)
        g_assert_true (g_utf8_validate (name, -1, NULL));
      else
        g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_MALFORMED);
    }
}

static void
test_user (void)
{
  static const struct
  {
    const char *json;
    const char *name;
  } users[] = {
    { OK_HEAD "{\"display_name\":\"Coat\",\"email\":\"a@b\"}}", "Coat" },
    { OK_HEAD "{}}", "" },
    { OK_HEAD "{\"display_name\":null}}", "" },
    { "{\"code\":0}", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GBytes) body = bytes (users[i].json);
      g_autoptr (GError) error = NULL;
      g_autofree char *name = dub_codec_decode_user (body, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (name, ==, users[i].name);
    }
}

static const struct
{
  gint64 code;
  DubServiceError kind;
  gboolean maybe;
} codes[] = {
  { 40100, DUB_SERVICE_ERROR_RATE_LIMITED, FALSE }, { 40132, DUB_SERVICE_ERROR_RATE_LIMITED, FALSE },
  { 40133, DUB_SERVICE_ERROR_RATE_LIMITED, FALSE }, { 61000, DUB_SERVICE_ERROR_RATE_LIMITED, FALSE },
  { 40001, DUB_SERVICE_ERROR_PERMISSION, FALSE },   { 40118, DUB_SERVICE_ERROR_PERMISSION, FALSE },
  { 40125, DUB_SERVICE_ERROR_PERMISSION, FALSE },   { 40130, DUB_SERVICE_ERROR_PERMISSION, FALSE },
  { 40101, DUB_SERVICE_ERROR_TOKEN, FALSE },        { 40102, DUB_SERVICE_ERROR_TOKEN, FALSE },
  { 40104, DUB_SERVICE_ERROR_TOKEN, FALSE },        { 40105, DUB_SERVICE_ERROR_TOKEN, FALSE },
  { 40110, DUB_SERVICE_ERROR_TOKEN, FALSE },        { 40113, DUB_SERVICE_ERROR_TOKEN, FALSE },
  { 40114, DUB_SERVICE_ERROR_TOKEN, FALSE },        { 40000, DUB_SERVICE_ERROR_PARAMETERS, FALSE },
  { 40002, DUB_SERVICE_ERROR_PARAMETERS, FALSE },   { 40053, DUB_SERVICE_ERROR_PARAMETERS, FALSE },
  { 40900, DUB_SERVICE_ERROR_PARAMETERS, FALSE },   { 40911, DUB_SERVICE_ERROR_PARAMETERS, FALSE },
  { 40999, DUB_SERVICE_ERROR_PARAMETERS, FALSE },   { 50000, DUB_SERVICE_ERROR_SERVER, TRUE },
  { 50002, DUB_SERVICE_ERROR_SERVER, TRUE },        { 51000, DUB_SERVICE_ERROR_SERVER, TRUE },
  { 51999, DUB_SERVICE_ERROR_SERVER, TRUE },        { 52001, DUB_SERVICE_ERROR_SERVER, TRUE },
  { 60001, DUB_SERVICE_ERROR_SERVER, TRUE },        { 41000, DUB_SERVICE_ERROR_UNKNOWN_CODE, FALSE },
  { 40103, DUB_SERVICE_ERROR_UNKNOWN_CODE, FALSE }, { 49999, DUB_SERVICE_ERROR_UNKNOWN_CODE, FALSE },
  { 4000, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },   { 39999, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },
  { 50001, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },  { 400000, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },
  { -1, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },     { G_MAXINT64, DUB_SERVICE_ERROR_UNKNOWN_CODE, TRUE },
};

static void
test_codes (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      const char *quote = i % 2 == 0 ? "" : "\"";
      g_autofree char *json =
        g_strdup_printf ("{\"code\":%s%" G_GINT64_FORMAT "%s,\"message\":\"It\\nis <b>so</b>.\",\"request_id\":\"r-9\"}",
                         quote, codes[i].code, quote);
      g_autoptr (GBytes) body = bytes (json);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) ids = dub_codec_decode_task_ids (body, NULL, &error);
      const DubServiceFault *fault;

      g_assert_null (ids);
      g_assert_error (error, DUB_SERVICE_ERROR, (int) codes[i].kind);
      g_assert_cmpint (dub_service_error_from_code (codes[i].code), ==, codes[i].kind);
      fault = dub_service_error_get_fault (error);
      g_assert_cmpint (fault->return_code, ==, codes[i].code);
      g_assert_cmpint (fault->maybe_received, ==, codes[i].maybe);
      g_assert_cmpstr (fault->request_id, ==, "r-9");
      g_assert_cmpstr (fault->service_message, ==, "It is <b>so</b>.");
      g_assert_nonnull (strstr (error->message, "It is <b>so</b>."));
      if (codes[i].maybe)
        g_assert_nonnull (strstr (error->message, "may already be under way"));
      else
        g_assert_nonnull (strstr (error->message, "Nothing was started"));
    }
}

static void
test_fault (void)
{
  DubServiceFault fault = { 40002, 200, (char *) "r", (char *) "words", 7, TRUE };
  g_autoptr (GError) error = dub_service_error_new (DUB_SERVICE_ERROR_PARAMETERS, &fault, "A sentence.");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) plain = dub_service_error_new (DUB_SERVICE_ERROR_NETWORK, NULL, NULL);
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "other");

  g_clear_error (&error);
  g_assert_cmpstr (copy->message, ==, "A sentence.");
  g_assert_cmpstr (dub_service_error_get_fault (copy)->request_id, ==, "r");
  g_assert_cmpstr (dub_service_error_get_fault (copy)->service_message, ==, "words");
  g_assert_cmpuint (dub_service_error_get_fault (copy)->retry_after, ==, 7);
  g_assert_true (dub_service_error_get_fault (copy)->maybe_received);
  g_assert_false (dub_service_error_get_fault (plain)->maybe_received);
  g_assert_cmpstr (plain->message, !=, "");
  g_assert_null (dub_service_error_get_fault (other));
  g_assert_null (dub_service_error_get_fault (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service/codec/encode-create", test_encode_create);
  g_test_add_func ("/service/codec/large-script-fits", test_large_script_fits);
  g_test_add_func ("/service/codec/queries", test_queries);
  g_test_add_func ("/service/codec/task-ids", test_task_ids);
  g_test_add_func ("/service/codec/request-ids", test_request_ids);
  g_test_add_func ("/service/codec/messages", test_messages);
  g_test_add_func ("/service/codec/bad-task-ids", test_bad_task_ids);
  g_test_add_func ("/service/codec/hostile", test_hostile);
  g_test_add_func ("/service/codec/words-of-a-zero", test_words_of_a_zero);
  g_test_add_func ("/service/codec/zero-byte", test_zero_byte);
  g_test_add_func ("/service/codec/tasks", test_tasks);
  g_test_add_func ("/service/codec/bad-tasks", test_bad_tasks);
  g_test_add_func ("/service/codec/preview-urls", test_preview_urls);
  g_test_add_func ("/service/codec/videos", test_videos);
  g_test_add_func ("/service/codec/empty-lists", test_empty_lists);
  g_test_add_func ("/service/codec/bad-videos", test_bad_videos);
  g_test_add_func ("/service/codec/bad-lists-of-videos", test_bad_lists_of_videos);
  g_test_add_func ("/service/codec/escapes", test_escapes);
  g_test_add_func ("/service/codec/user", test_user);
  g_test_add_func ("/service/codec/codes", test_codes);
  g_test_add_func ("/service/codec/fault", test_fault);

  return g_test_run ();
}
