/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The studio's answers against the service documentation, over a working process that dubs nothing. */

#include <glib/gstdio.h>

#include "dub-test-studio.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

typedef struct
{
  char *dir;
  char *data;
  char *video; /* a file:// address, of a video of 2 s */
  DubTestStudio *studio;
} Fixture;

#define CREATE "creative/aigc/video/task/create/"
#define VIDEOS "creative/aigc/video/list/"

static const char *
get_program (void)
{
  return g_getenv ("DUBROOM_FAKE_STUDIO");
}

static void
set_up (Fixture      *fixture,
        gconstpointer option)
{
  fixture->dir = dub_test_make_dir ();
  fixture->data = g_build_filename (fixture->dir, "data", NULL);
  fixture->video = dub_test_make_video (fixture->dir, "ok.webm", 2);
  fixture->studio = option != NULL ? dub_test_studio_start (get_program (), fixture->data, option, NULL)
                                   : dub_test_studio_start (get_program (), fixture->data, NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer option)
{
  dub_test_studio_stop (fixture->studio);
  g_free (fixture->video);
  g_free (fixture->data);
  dub_test_remove_dir (fixture->dir);
}

/* The same video under another name, which says what the working process does. (transfer full) */
static char *
make_video_named (Fixture    *fixture,
                  const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);
  g_autoptr (GFile) from = g_file_new_for_uri (fixture->video);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return dub_test_uri (path);
}

static char *
make_item (const char *video,
           const char *more)
{
  return g_strdup_printf ("{\"video_url\": \"%s\", \"target_languages\": [\"es\"]%s}", video, more);
}

/* --- the whole way --- */

static void
test_success (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *item = make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *ids = g_strdup_printf ("[\"%s\"]", id);
  g_autofree char *path = dub_test_studio_list (ids);
  g_autofree char *preview = NULL;
  g_autoptr (JsonNode) tasks = dub_test_studio_get (fixture->studio, path);
  g_autoptr (JsonNode) videos = dub_test_studio_get (fixture->studio, VIDEOS "?aigc_video_types=%5B%22DUBBING%22%5D");

  dub_test_assert_json (tasks,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": [{"
                        "\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"SUCCESS\","
                        "\"video_name\": \"<name>\", \"video_id\": \"<id>\", \"preview_url\": \"<video>\"}]}}");
  dub_test_assert_json (videos,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": [{"
                        "\"aigc_video_type\": \"DUBBING\", \"video_id\": \"<id>\", \"video_name\": \"<name>\","
                        "\"create_time\": \"<moment>\", \"preview_url\": \"<video>\", \"dubbing_info\": {"
                        "\"target_language\": \"es\", \"original_scripts\": ["
                        "{\"text\": \"Good morning.\", \"text_start_time\": 100, \"text_end_time\": 900.5},"
                        "{\"text\": \"Buy a coat.\", \"text_start_time\": 1000, \"text_end_time\": 1900}],"
                        "\"translated_scripts\": ["
                        "{\"text\": \"Buenos días.\", \"text_start_time\": 100, \"text_end_time\": 900.5},"
                        "{\"text\": \"Compra un abrigo.\", \"text_start_time\": 1000, \"text_end_time\": 1900}]}}]}}");

  preview = g_filename_from_uri (json_object_get_string_member (json_node_get_object (entry), "preview_url"), NULL, NULL);
  g_assert_true (g_str_has_prefix (preview, fixture->data));
  g_assert_true (g_file_test (preview, G_FILE_TEST_IS_REGULAR));
}

/* What lay between is swept before the task is called a success. */
static void
test_swept (Fixture      *fixture,
            gconstpointer unused)
{
  g_autofree char *item = make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *work = g_build_filename (fixture->data, "work", NULL);
  g_autoptr (GDir) dir = g_dir_open (work, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_given_script (Fixture      *fixture,
                   gconstpointer unused)
{
  g_autofree char *item = make_item (fixture->video,
                                     ", \"video_name\": \"Coat · ES\", \"subtitle_enabled\": true, \"scripts\": ["
                                     "{\"text\": \"Hola.\", \"text_start_time\": 0, \"text_end_time\": \"900.25\"},"
                                     "{\"text\": \"Adiós.\", \"text_start_time\": 1000.5, \"text_end_time\": 2000}]");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autoptr (JsonNode) videos = dub_test_studio_get (fixture->studio, VIDEOS);

  dub_test_assert_json (videos,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": [{"
                        "\"aigc_video_type\": \"DUBBING\", \"video_id\": \"<id>\", \"video_name\": \"Coat · ES\","
                        "\"create_time\": \"<moment>\", \"preview_url\": \"<video>\", \"dubbing_info\": {"
                        "\"target_language\": \"es\", \"original_scripts\": ["
                        "{\"text\": \"Hola.\", \"text_start_time\": 0, \"text_end_time\": 900.25},"
                        "{\"text\": \"Adiós.\", \"text_start_time\": 1000.5, \"text_end_time\": 2000}],"
                        "\"translated_scripts\": ["
                        "{\"text\": \"Hola.\", \"text_start_time\": 0, \"text_end_time\": 900.25},"
                        "{\"text\": \"Adiós.\", \"text_start_time\": 1000.5, \"text_end_time\": 2000}]}}]}}");
}

/* A task at a time: the second one is still only submitted while the first one is worked on. */
static void
test_under_way (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *hanging = make_video_named (fixture, "hang.webm");
  g_autofree char *first = make_item (hanging, ", \"video_name\": \"First\"");
  g_autofree char *second = make_item (fixture->video, ", \"video_name\": \"Second\", \"unknown_field\": {\"a\": [1]}");
  g_autofree char *first_id = dub_test_studio_create (fixture->studio, first);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, first_id, "PROCESSING");
  g_autofree char *second_id = dub_test_studio_create (fixture->studio, second);
  g_autofree char *ids = g_strdup_printf ("[\"%s\", \"%s\"]", second_id, first_id);
  g_autofree char *path = dub_test_studio_list (ids);
  g_autoptr (JsonNode) tasks = dub_test_studio_get (fixture->studio, path);
  g_autoptr (JsonNode) videos = dub_test_studio_get (fixture->studio, VIDEOS);

  dub_test_assert_json (tasks,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": ["
                        "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"SUBMITTED\","
                        "\"video_name\": \"Second\"},"
                        "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"PROCESSING\","
                        "\"video_name\": \"First\"}]}}");
  dub_test_assert_json (videos, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\","
                                " \"data\": {\"list\": []}}");
}

/* Two jobs: one that hangs does not keep the other from its end. */
static void
test_two_jobs (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *hanging = make_video_named (fixture, "hang.webm");
  g_autofree char *first = make_item (hanging, "");
  g_autofree char *second = make_item (fixture->video, "");
  g_autofree char *first_id = dub_test_studio_create (fixture->studio, first);
  g_autofree char *second_id = dub_test_studio_create (fixture->studio, second);
  g_autoptr (JsonNode) done = dub_test_studio_await (fixture->studio, second_id, "SUCCESS");
  g_autoptr (JsonNode) hung = dub_test_studio_await (fixture->studio, first_id, "PROCESSING");

  g_assert_nonnull (done);
  g_assert_nonnull (hung);
}

static void
test_batch (Fixture      *fixture,
            gconstpointer unused)
{
  g_autoptr (GString) body = g_string_new ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [");
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) tasks = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *path = NULL;
  JsonObject *data;

  for (int i = 0; i < 5; i++)
    g_string_append_printf (body, "%s{\"video_url\": \"%s\", \"target_languages\": [\"fr\"], \"video_name\": \"N%d\"}",
                            i > 0 ? "," : "", fixture->video, i);
  g_string_append (body, "]}");
  answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body->str);
  dub_test_assert_json (answer, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {"
                                "\"task_ids\": [\"<id>\", \"<id>\", \"<id>\", \"<id>\", \"<id>\"]}}");

  data = json_object_get_object_member (json_node_get_object (answer), "data");
  ids = json_to_string (json_object_get_member (data, "task_ids"), FALSE);
  path = dub_test_studio_list (ids);
  tasks = dub_test_studio_get (fixture->studio, path);
  data = json_object_get_object_member (json_node_get_object (tasks), "data");
  for (guint i = 0; i < 5; i++)
    {
      JsonObject *entry = json_array_get_object_element (json_object_get_array_member (data, "list"), i);
      g_autofree char *name = g_strdup_printf ("N%u", i);

      g_assert_cmpstr (json_object_get_string_member (entry, "video_name"), ==, name);
    }
}

static void
test_newest_first (Fixture      *fixture,
                   gconstpointer unused)
{
  g_autoptr (JsonNode) videos = NULL;
  JsonObject *data;

  for (int i = 0; i < 3; i++)
    {
      g_autofree char *more = g_strdup_printf (", \"video_name\": \"N%d\"", i);
      g_autofree char *item = make_item (fixture->video, more);
      g_autofree char *id = dub_test_studio_create (fixture->studio, item);
      g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");

      g_assert_nonnull (entry);
    }
  videos = dub_test_studio_get (fixture->studio, VIDEOS);
  data = json_object_get_object_member (json_node_get_object (videos), "data");
  for (guint i = 0; i < 3; i++)
    {
      JsonObject *entry = json_array_get_object_element (json_object_get_array_member (data, "list"), i);
      g_autofree char *name = g_strdup_printf ("N%u", 2 - i);

      g_assert_cmpstr (json_object_get_string_member (entry, "video_name"), ==, name);
    }
}

static void
test_user (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, "user/info/");

  dub_test_assert_json (answer, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\","
                                " \"data\": {\"display_name\": \"<text>\"}}");
}

/* --- failures --- */

static void
check_failure (Fixture    *fixture,
               const char *name,
               const char *sentence)
{
  g_autofree char *video = make_video_named (fixture, name);
  g_autofree char *item = make_item (video, ", \"video_name\": \"Bad\"");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "FAILED");

  dub_test_assert_json (entry, "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"FAILED\","
                               "\"video_name\": \"Bad\", \"error_msg\": \"<text>\"}");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), ==, sentence);
}

#define CRASHED \
  "The built-in studio crashed while it worked on this video. Other videos are not affected. Try this one again, or " \
  "convert it to MP4 first."

static void
test_failures (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *item = make_item (fixture->video, "");
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;

  check_failure (fixture, "refuse.webm", "This video has no speech. Give it a script.");
  check_failure (fixture, "crash.webm", CRASHED);
  check_failure (fixture, "silent.webm", CRASHED);
  check_failure (fixture, "garbage.webm", CRASHED);
  check_failure (fixture, "cut.webm", CRASHED);
  check_failure (fixture, "endless.webm", CRASHED);
  check_failure (fixture, "liar.webm", "The finished dub could not be kept: No such file or directory. Check the disk and "
                                       "try again.");

  /* And the studio goes on. */
  id = dub_test_studio_create (fixture->studio, item);
  entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_assert_nonnull (entry);
}

static void
test_crash_once (Fixture      *fixture,
                 gconstpointer unused)
{
  g_autofree char *video = make_video_named (fixture, "crash-once.webm");
  g_autofree char *item = make_item (video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *mark = g_build_filename (fixture->dir, "crash-once.webm.crashed", NULL);

  g_assert_nonnull (entry);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
}

/* --- what is refused --- */

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

/* VIDEO stands for the address of the video, LONG for 51 characters, FIFTY for 50. */
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
  fixture->studio = dub_test_studio_start (get_program (), fixture->data, NULL);
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
  item = make_item (fixture->video, more);
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
  g_autofree char *item = make_item (fixture->video, "");
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

/* Each endpoint by itself. */
static void
test_limiter (Fixture      *fixture,
              gconstpointer unused)
{
  g_autoptr (JsonNode) first = dub_test_studio_get (fixture->studio, "user/info/");
  g_autoptr (JsonNode) second = dub_test_studio_get (fixture->studio, "user/info/");
  g_autoptr (JsonNode) other = dub_test_studio_get (fixture->studio, VIDEOS);

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (first), "code"), ==, 0);
  dub_test_assert_refusal (second, 40100, "too many requests");
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (other), "code"), ==, 0);
}

#define ADD(path, option, function) g_test_add ("/studio/server/" path, Fixture, option, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("success", NULL, test_success);
  ADD ("swept", NULL, test_swept);
  ADD ("given-script", NULL, test_given_script);
  ADD ("under-way", NULL, test_under_way);
  ADD ("two-jobs", "--jobs=2", test_two_jobs);
  ADD ("batch", NULL, test_batch);
  ADD ("newest-first", NULL, test_newest_first);
  ADD ("user", NULL, test_user);
  ADD ("failures", NULL, test_failures);
  ADD ("crash-once", NULL, test_crash_once);
  ADD ("gate", NULL, test_gate);
  ADD ("refusals", NULL, test_refusals);
  ADD ("limits", NULL, test_limits);
  ADD ("list-refusals", NULL, test_list_refusals);
  ADD ("large-body", NULL, test_large_body);
  ADD ("limiter", "--qps=1", test_limiter);
  return g_test_run ();
}
