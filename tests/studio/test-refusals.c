/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every rule of the service documentation, broken once: the code and the field that is named. */

#include "server-fixture.h"

static void
test_gate (Fixture      *fixture,
           gconstpointer unused)
{
  DubTestStudio *studio = fixture->studio;
  g_autofree char *almost = g_strdup (studio->token);
  g_autoptr (JsonNode) none = dub_test_studio_ask (studio, "GET", "user/info/", NULL, NULL);
  g_autoptr (JsonNode) wrong = NULL;
  g_autoptr (JsonNode) method = NULL;
  g_autoptr (JsonNode) create = NULL;
  g_autoptr (JsonNode) path = NULL;
  g_autoptr (JsonNode) slash = NULL;

  almost[63] = almost[63] == '0' ? '1' : '0';
  wrong = dub_test_studio_ask (studio, "GET", "user/info/", almost, NULL);
  dub_test_assert_refusal (none, 40105, "Access-Token: ");
  dub_test_assert_refusal (wrong, 40105, "Access-Token: ");

  method = dub_test_studio_ask (studio, "POST", "user/info/", studio->token, "{}");
  create = dub_test_studio_get (studio, CREATE);
  path = dub_test_studio_get (studio, "creative/aigc/video/task/delete/");
  slash = dub_test_studio_get (studio, "user/info");
  dub_test_assert_refusal (method, 40002, "the method must be GET");
  dub_test_assert_refusal (create, 40002, "the method must be POST");
  dub_test_assert_refusal (path, 40002, "there is nothing at this path");
  dub_test_assert_refusal (slash, 40002, "there is nothing at this path");
}

/* Quotes are written as apostrophes; VIDEO stands for the address of the video, LONG for a name of 51 characters. */
static const struct
{
  const char *body;
  const char *message;
} refusals[] = {
  { "", "" },
  { "{", "" },
  { "[]", "" },
  { "{}", "aigc_video_type: " },
  { "{'aigc_video_type': 7, 'dubbing_video_info': []}", "aigc_video_type: " },
  { "{'aigc_video_type': 'AVATAR', 'dubbing_video_info': []}", "aigc_video_type: must be DUBBING" },
  { "{'aigc_video_type': 'DUBBING'}", "dubbing_video_info: " },
  { "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': {}}", "dubbing_video_info: " },
  { "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': []}", "dubbing_video_info: must hold 1 to 5 items" },
  { "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': [OK, OK, OK, OK, OK, OK]}",
    "dubbing_video_info: must hold 1 to 5 items" },
  { "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': [7]}", "dubbing_video_info[0]: " },
  { "ITEM{'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': 7, 'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': '', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': 'ok.webm', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: must be an address" },
  { "ITEM{'video_url': 'ftp://localhost/a', 'target_languages': ['es']}",
    "dubbing_video_info[1].video_url: must be an address" },
  { "ITEM{'video_url': 'https://', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: must be an address" },
  { "ITEM{'video_url': 'file://elsewhere/a.mp4', 'target_languages': ['es']}",
    "dubbing_video_info[1].video_url: must be an address" },
  { "ITEM{'video_url': 'file:///nowhere/at-all.mp4', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': 'DIR', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': 'TEXT', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: " },
  { "ITEM{'video_url': 'SOUND', 'target_languages': ['es']}",
    "dubbing_video_info[1].video_url: the file has no moving picture" },
  { "ITEM{'video_url': 'SHORT', 'target_languages': ['es']}", "dubbing_video_info[1].video_url: the video lasts " },
  { "ITEM{'video_url': 'VIDEO'}", "dubbing_video_info[1].target_languages: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': 'es'}", "dubbing_video_info[1].target_languages: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': []}", "dubbing_video_info[1].target_languages: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': [7]}", "dubbing_video_info[1].target_languages" },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es', 'fr']}", "dubbing_video_info[1].target_languages: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['ca']}",
    "dubbing_video_info[1].target_languages: must hold exactly one of ar, " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['ES']}", "dubbing_video_info[1].target_languages: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'video_name': 7}", "dubbing_video_info[1].video_name: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'video_name': 'LONG'}",
    "dubbing_video_info[1].video_name: must have at most 50 characters" },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'lipsync_enabled': 'true'}",
    "dubbing_video_info[1].lipsync_enabled: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'subtitle_enabled': 1}",
    "dubbing_video_info[1].subtitle_enabled: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'scripts': {}}", "dubbing_video_info[1].scripts: " },
  { "ITEM{'video_url': 'VIDEO', 'target_languages': ['es'], 'scripts': []}",
    "dubbing_video_info[1].scripts: must hold at least one segment" },
  { "SCRIPT7", "dubbing_video_info[0].scripts[1]: " },
  { "SCRIPT{'text_start_time': 1000, 'text_end_time': 1500}", "dubbing_video_info[0].scripts[1].text: " },
  { "SCRIPT{'text': 7, 'text_start_time': 1000, 'text_end_time': 1500}", "dubbing_video_info[0].scripts[1].text: " },
  { "SCRIPT{'text': ' \\n', 'text_start_time': 1000, 'text_end_time': 1500}",
    "dubbing_video_info[0].scripts[1].text: must not be empty" },
  { "SCRIPT{'text': 'a', 'text_end_time': 1500}", "dubbing_video_info[0].scripts[1].text_start_time: " },
  { "SCRIPT{'text': 'a', 'text_start_time': 'x', 'text_end_time': 1500}",
    "dubbing_video_info[0].scripts[1].text_start_time: " },
  { "SCRIPT{'text': 'a', 'text_start_time': -0.5, 'text_end_time': 1500}",
    "dubbing_video_info[0].scripts[0].text_start_time: must be" },
  { "SCRIPT{'text': 'a', 'text_start_time': 1000}", "dubbing_video_info[0].scripts[1].text_end_time: " },
  { "SCRIPT{'text': 'a', 'text_start_time': 1000, 'text_end_time': null}",
    "dubbing_video_info[0].scripts[1].text_end_time: " },
  { "SCRIPT{'text': 'a', 'text_start_time': 1000, 'text_end_time': 1000}",
    "dubbing_video_info[0].scripts[1].text_end_time: must be after text_start_time" },
  { "SCRIPT{'text': 'a', 'text_start_time': 1000, 'text_end_time': 2500}",
    "dubbing_video_info[0].scripts[1].text_end_time: must be at most the video's duration, " },
  { "SCRIPT{'text': 'a\\u0000b', 'text_start_time': 1000, 'text_end_time': 1500}", "the whole: has a zero character" },
};

static void
replace (GString    *text,
         const char *what,
         const char *with)
{
  g_string_replace (text, what, with, 0);
}

/* Short forms: see the table; ITEM is a second item beside a good one, SCRIPT a second segment of an only item. */
static char *
expand_body (Fixture    *fixture,
             const char *body)
{
  static const char item[] = "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': [OK, ";
  static const char script[] = "{'aigc_video_type': 'DUBBING', 'dubbing_video_info': [{'video_url': 'VIDEO',"
                               "'target_languages': ['es'], 'scripts': ["
                               "{'text': 'Hola', 'text_start_time': 0, 'text_end_time': 900}, ";
  GString *text = g_string_new (body);
  g_autofree char *folder = g_filename_to_uri (fixture->dir, NULL, NULL);
  g_autofree char *words = g_strconcat (folder, "/text.mp4", NULL);
  g_autofree char *sound = g_strconcat (folder, "/sound.webm", NULL);
  g_autofree char *brief = g_strconcat (folder, "/short.webm", NULL);
  g_autofree char *long_name = g_strnfill (51, 'x');

  if (g_str_has_prefix (body, "ITEM"))
    g_string_append (text, "]}");
  if (g_str_has_prefix (body, "SCRIPT"))
    g_string_append (text, "]}]}");
  replace (text, "ITEM", item);
  replace (text, "SCRIPT", script);
  replace (text, "OK", "{'video_url': 'VIDEO', 'target_languages': ['es']}");
  replace (text, "VIDEO", fixture->video);
  replace (text, "DIR", folder);
  replace (text, "TEXT", words);
  replace (text, "SOUND", sound);
  replace (text, "SHORT", brief);
  replace (text, "LONG", long_name);
  g_string_replace (text, "'", "\"", 0);
  return g_string_free_and_steal (text);
}

static void
make_bad_files (Fixture *fixture)
{
  g_autofree char *words = g_build_filename (fixture->dir, "text.mp4", NULL);
  g_autofree char *sound = g_build_filename (fixture->dir, "sound.webm", NULL);
  g_autofree char *brief = g_build_filename (fixture->dir, "short.webm", NULL);

  g_assert_true (g_file_set_contents (words, "not a video\n", -1, NULL));
  dub_test_run_pipeline ("audiotestsrc num-buffers=200 samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=1 ! "
                         "vorbisenc ! webmmux ! filesink location=\"%s\"",
                         sound);
  dub_test_run_pipeline ("videotestsrc num-buffers=15 ! video/x-raw,width=64,height=48,framerate=30/1 ! "
                         "vp8enc deadline=1 ! webmmux ! filesink location=\"%s\"",
                         brief);
}

static void
test_refusals (Fixture      *fixture,
               gconstpointer unused)
{
  g_autoptr (JsonNode) videos = NULL;

  make_bad_files (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *body = expand_body (fixture, refusals[i].body);
      g_autoptr (JsonNode) answer = NULL;

      g_test_message ("%s", refusals[i].body);
      answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body);
      dub_test_assert_refusal (answer, 40002, refusals[i].message);
    }

  /* None of the good items beside the bad ones was made. */
  dub_test_studio_stop (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  videos = dub_test_studio_get (fixture->studio, VIDEOS);
  dub_test_assert_json (videos, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\","
                                " \"data\": {\"list\": []}}");
}

/* The limits themselves are allowed. */
static void
test_limits (Fixture      *fixture,
             gconstpointer unused)
{
  GString *name = g_string_new (NULL);
  g_autofree char *more = NULL;
  g_autofree char *item = NULL;
  g_autofree char *id = NULL;

  for (int i = 0; i < 50; i++)
    g_string_append (name, "ß");
  more = g_strdup_printf (", \"video_name\": \"%s\", \"lipsync_enabled\": false, \"subtitle_enabled\": true,"
                          " \"scripts\": [{\"text\": \"x\", \"text_start_time\": 0, \"text_end_time\": 2000}]",
                          name->str);
  item = fixture_make_item (fixture->video, more);
  id = dub_test_studio_create (fixture->studio, item);
  g_assert_nonnull (id);
  g_string_free (name, TRUE);
}

static void
check_list_refusal (Fixture    *fixture,
                    const char *path,
                    const char *message)
{
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, path);

  g_test_message ("%s", path);
  dub_test_assert_refusal (answer, 40002, message);
}

static void
test_list_refusals (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autofree char *one_unknown = g_strdup_printf ("[\"%s\", \"7000000000000000000\"]", id);
  g_autofree char *second = dub_test_studio_list (one_unknown);
  g_autofree char *none = dub_test_studio_list ("[]");
  g_autofree char *six = dub_test_studio_list ("[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\"]");
  g_autofree char *no_array = dub_test_studio_list ("123");
  g_autofree char *no_string = dub_test_studio_list ("[{}]");
  g_autofree char *no_json = dub_test_studio_list ("[");

  check_list_refusal (fixture, "creative/aigc/video/task/list/", "task_ids: is missing");
  check_list_refusal (fixture, none, "task_ids: must hold 1 to 5 ids");
  check_list_refusal (fixture, six, "task_ids: must hold 1 to 5 ids");
  check_list_refusal (fixture, no_array, "task_ids: must be a JSON array");
  check_list_refusal (fixture, no_string, "task_ids: must be a JSON array");
  check_list_refusal (fixture, no_json, "task_ids: must be a JSON array");
  check_list_refusal (fixture, second, "task_ids[1]: there is no task 7000000000000000000");
  check_list_refusal (fixture, "creative/aigc/video/task/list/?task_ids=%5B%221%22%5D&aigc_video_type=AVATAR",
                      "aigc_video_type: must be DUBBING");
  check_list_refusal (fixture, VIDEOS "?aigc_video_types=DUBBING", "aigc_video_types: must be a JSON array");
  check_list_refusal (fixture, VIDEOS "?aigc_video_types=%5B%22AVATAR%22%5D", "aigc_video_types[0]: must be DUBBING");
}

/* A body over the cap is read, but not kept. */
static void
test_large_body (Fixture      *fixture,
                 gconstpointer unused)
{
  g_autofree char *padding = g_strnfill (1024 * 1024, ' ');
  g_autofree char *body = g_strconcat ("{}", padding, NULL);
  g_autoptr (JsonNode) answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body);
  g_autoptr (JsonNode) fitting = NULL;

  dub_test_assert_refusal (answer, 40002, "the body must have at most 1048576 bytes");
  body[1024 * 1024] = '\0';
  fitting = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body);
  dub_test_assert_refusal (fitting, 40002, "aigc_video_type: ");
}

/* Brackets that open and never close, as deep as the body may be. */
static void
test_deep_body (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *arrays = g_strnfill (1024 * 1024, '[');
  g_autofree char *ids = g_strnfill (8 * 1024, '[');
  g_autofree char *path = dub_test_studio_list (ids);
  g_autoptr (JsonNode) answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, arrays);
  g_autoptr (JsonNode) list = dub_test_studio_get (fixture->studio, path);

  dub_test_assert_refusal (answer, 40002, "");
  dub_test_assert_refusal (list, 40002, "task_ids: ");
}

#define ADD(path, option, function) \
  g_test_add ("/studio/refusals/" path, Fixture, option, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("gate", NULL, test_gate);
  ADD ("refusals", NULL, test_refusals);
  ADD ("limits", NULL, test_limits);
  ADD ("list-refusals", NULL, test_list_refusals);
  ADD ("deep-body", NULL, test_deep_body);
  ADD ("large-body", NULL, test_large_body);
  return g_test_run ();
}
