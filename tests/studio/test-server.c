/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The studio's answers against the service documentation, over a working process that dubs nothing. */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "server-fixture.h"

/* --- the whole way --- */

static void
test_success (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
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
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *work = g_build_filename (fixture->data, "work", NULL);
  g_autoptr (GDir) dir = g_dir_open (work, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

/* Both lists hold what was given, whatever was made of it. */
static void
test_given_script (Fixture      *fixture,
                   gconstpointer unused)
{
  g_autofree char *video = fixture_name_video (fixture, "deaf.webm");
  g_autofree char *item = fixture_make_item (video,
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

/* What the studio has to say beyond the service survives a restart, too. */
static void
test_remarks (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *video = fixture_name_video (fixture, "remarks.webm");
  g_autofree char *item = fixture_make_item (video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autoptr (JsonNode) videos = NULL;

  dub_test_studio_stop (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  videos = dub_test_studio_get (fixture->studio, VIDEOS);
  dub_test_assert_json (videos,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": [{"
                        "\"aigc_video_type\": \"DUBBING\", \"video_id\": \"<id>\", \"video_name\": \"<name>\","
                        "\"create_time\": \"<moment>\", \"preview_url\": \"<video>\", \"dubbing_info\": {"
                        "\"target_language\": \"es\", \"original_scripts\": ["
                        "{\"text\": \"Good morning.\", \"text_start_time\": 100, \"text_end_time\": 900.5,"
                        " \"remarks\": {\"confidence\": 0.75, \"doubts\": [[0, 4]]}},"
                        "{\"text\": \"Buy a coat.\", \"text_start_time\": 1000, \"text_end_time\": 1900}],"
                        "\"translated_scripts\": ["
                        "{\"text\": \"Buenos días.\", \"text_start_time\": 100, \"text_end_time\": 900.5},"
                        "{\"text\": \"Compra un abrigo.\", \"text_start_time\": 1000, \"text_end_time\": 1900,"
                        " \"remarks\": {\"natural_ms\": 812.5, \"overrun_ms\": 40, \"unspoken\": 3}}],"
                        "\"subtitle_lines\": ["
                        "{\"text\": \"Buenos\\ndías.\", \"text_start_time\": 100, \"text_end_time\": 900.5}],"
                        "\"note\": \"Some of it is hard to understand.\"}}]}}");
}

/* Where the text is the one that was given, its times are those at which it is heard. */
static void
test_given_script_heard (Fixture      *fixture,
                         gconstpointer unused)
{
  g_autofree char *video = fixture_name_video (fixture, "deaf.webm");
  g_autofree char *item = fixture_make_item (video, ", \"scripts\": ["
                                     "{\"text\": \"Buenos días.\", \"text_start_time\": 90, \"text_end_time\": 800},"
                                     "{\"text\": \"Compra un abrigo.\", \"text_start_time\": 990, \"text_end_time\": 2000}]");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autoptr (JsonNode) videos = dub_test_studio_get (fixture->studio, VIDEOS);

  dub_test_assert_json (videos,
                        "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {\"list\": [{"
                        "\"aigc_video_type\": \"DUBBING\", \"video_id\": \"<id>\", \"video_name\": \"<name>\","
                        "\"create_time\": \"<moment>\", \"preview_url\": \"<video>\", \"dubbing_info\": {"
                        "\"target_language\": \"es\", \"original_scripts\": ["
                        "{\"text\": \"Buenos días.\", \"text_start_time\": 90, \"text_end_time\": 800},"
                        "{\"text\": \"Compra un abrigo.\", \"text_start_time\": 990, \"text_end_time\": 2000}],"
                        "\"translated_scripts\": ["
                        "{\"text\": \"Buenos días.\", \"text_start_time\": 100, \"text_end_time\": 900.5},"
                        "{\"text\": \"Compra un abrigo.\", \"text_start_time\": 1000, \"text_end_time\": 1900}]}}]}}");
}

/* A task at a time: the second one is still only submitted while the first one is worked on. */
static void
test_under_way (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *hanging = fixture_name_video (fixture, "hang.webm");
  g_autofree char *first = fixture_make_item (hanging, ", \"video_name\": \"First\"");
  g_autofree char *second = fixture_make_item (fixture->video, ", \"video_name\": \"Second\", \"unknown_field\": {\"a\": [1]}");
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
  g_autofree char *hanging = fixture_name_video (fixture, "hang.webm");
  g_autofree char *first = fixture_make_item (hanging, "");
  g_autofree char *second = fixture_make_item (fixture->video, "");
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

/* @more: further items, with a comma before. Returns the ids as JSON. */
static char *
create_keyed (Fixture    *fixture,
              const char *video,
              const char *more)
{
  g_autofree char *keyed = fixture_make_item (video, ", \"video_name\": \"Coat\", \"client_key\": \"1764025408123-7\"");
  g_autofree char *body = g_strdup_printf ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [%s%s]}", keyed,
                                           more);
  g_autoptr (JsonNode) answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body);
  JsonObject *root = json_node_get_object (answer);

  g_assert_cmpint (json_object_get_int_member (root, "code"), ==, 0);
  return json_to_string (json_object_get_member (json_object_get_object_member (root, "data"), "task_ids"), FALSE);
}

static guint
count_tasks (Fixture *fixture)
{
  g_autofree char *path = g_build_filename (fixture->data, "studio.db", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *count = NULL;
  guint n;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT count(*) FROM task", -1, &count, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (count), ==, SQLITE_ROW);
  n = (guint) sqlite3_column_int (count, 0);
  sqlite3_finalize (count);
  sqlite3_close (db);
  return n;
}

/* A create that is asked again is the same one: also after a restart, when its video is gone, and among others. */
static void
test_same_key (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *video = fixture_name_video (fixture, "coat.webm");
  g_autofree char *path = g_filename_from_uri (video, NULL, NULL);
  g_autofree char *other = fixture_make_item (fixture->video, "");
  g_autofree char *more = g_strconcat (", ", other, NULL);
  g_autofree char *first = create_keyed (fixture, video, "");
  g_autofree char *id = g_strndup (first + 2, strlen (first) - 4);
  g_autofree char *second = create_keyed (fixture, video, "");
  g_autofree char *third = NULL;
  g_autofree char *fourth = NULL;
  g_autoptr (JsonNode) done = dub_test_studio_await (fixture->studio, id, "SUCCESS");

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (count_tasks (fixture), ==, 1);

  dub_test_studio_kill (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  g_assert_cmpint (g_remove (path), ==, 0);
  third = create_keyed (fixture, video, "");
  g_assert_cmpstr (third, ==, first);
  fourth = create_keyed (fixture, video, more);
  g_assert_nonnull (strstr (fourth, id));
  g_assert_cmpuint (strlen (fourth), >, strlen (first));
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
}

/* Without a key a create that comes again is another one. */
static void
test_no_key (Fixture      *fixture,
             gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, ", \"video_name\": \"Coat\"");
  g_autofree char *first = dub_test_studio_create (fixture->studio, item);
  g_autofree char *second = dub_test_studio_create (fixture->studio, item);

  g_assert_cmpstr (first, !=, second);
  g_assert_cmpuint (count_tasks (fixture), ==, 2);
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
      g_autofree char *item = fixture_make_item (fixture->video, more);
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
  g_autofree char *video = fixture_name_video (fixture, name);
  g_autofree char *item = fixture_make_item (video, ", \"video_name\": \"Bad\"");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "FAILED");

  dub_test_assert_json (entry, "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"FAILED\","
                               "\"video_name\": \"Bad\", \"error_msg\": \"<text>\"}");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), ==, sentence);
}

#define CRASHED \
  "The built-in studio crashed while it worked on this video. Other videos are not affected. Try this one again, or " \
  "export it anew and dub that."

static void
test_failures (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;

  check_failure (fixture, "refuse.webm", "This video has no speech. Give it a script.");
  check_failure (fixture, "crash.webm", CRASHED);
  check_failure (fixture, "look-crash.webm", CRASHED);
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
  g_autofree char *video = fixture_name_video (fixture, "crash-once.webm");
  g_autofree char *item = fixture_make_item (video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *mark = g_build_filename (fixture->dir, "crash-once.webm.crashed", NULL);

  g_assert_nonnull (entry);
  g_assert_true (g_file_test (mark, G_FILE_TEST_EXISTS));
}

/* Which engines there are is looked up when a task begins; what cannot be used is said, and nothing else taken. */
static void
test_engines (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->data, "engines.conf", NULL);
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) entry = NULL;

  g_assert_true (g_file_set_contents (path, "[translate]\nengine=telepathy\n", -1, NULL));
  id = dub_test_studio_create (fixture->studio, item);
  entry = dub_test_studio_await (fixture->studio, id, "FAILED");
  g_assert_nonnull (strstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), "telepathy"));
}

/* Its turn comes, and the video is not there any more. */
static void
test_vanished (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *hanging = fixture_name_video (fixture, "hang.webm");
  g_autofree char *video = fixture_name_video (fixture, "okay.webm");
  g_autofree char *path = g_filename_from_uri (video, NULL, NULL);
  g_autofree char *first = fixture_make_item (hanging, "");
  g_autofree char *second = fixture_make_item (video, "");
  g_autofree char *first_id = dub_test_studio_create (fixture->studio, first);
  g_autofree char *second_id = dub_test_studio_create (fixture->studio, second);
  g_autofree char *body = g_strdup_printf ("{\"task_id\": \"%s\"}", first_id);
  g_autoptr (JsonNode) answer = NULL;
  g_autoptr (JsonNode) entry = NULL;

  g_assert_cmpint (g_remove (path), ==, 0);
  answer = dub_test_studio_ask (fixture->studio, "POST", "studio/task/cancel/", fixture->studio->token, body);
  entry = dub_test_studio_await (fixture->studio, second_id, "FAILED");
  g_test_message ("%s", json_object_get_string_member (json_node_get_object (entry), "error_msg"));
  g_assert_nonnull (strstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), "okay.webm"));
}

/* What opens media may crash on it, and the studio would with it. */
static void
test_opens_nothing (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *item = fixture_make_item (fixture->video, "");
  g_autofree char *id = dub_test_studio_create (fixture->studio, item);
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *path = g_strdup_printf ("/proc/%s/maps", g_subprocess_get_identifier (fixture->studio->process));
  g_autofree char *maps = NULL;

  g_assert_nonnull (entry);
  g_assert_true (g_file_get_contents (path, &maps, NULL, NULL));
  g_assert_nonnull (strstr (maps, "dubroom-fake-studio"));
  g_assert_null (strstr (maps, "/gstreamer-1.0/lib"));
}

/* Each endpoint by itself. */
static void
test_limiter (Fixture      *fixture,
              gconstpointer unused)
{
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, "user/info/");
  g_autoptr (JsonNode) other = NULL;

  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "code"), ==, 0);
  /* On a busy machine a second may go by between two of them, though not always. */
  for (guint i = 0; i < 30 && json_object_get_int_member (json_node_get_object (answer), "code") == 0; i++)
    {
      json_node_unref (answer);
      answer = dub_test_studio_get (fixture->studio, "user/info/");
    }
  dub_test_assert_refusal (answer, 40100, "too many requests");
  other = dub_test_studio_get (fixture->studio, VIDEOS);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (other), "code"), ==, 0);
}

#define ADD(path, option, function) \
  g_test_add ("/studio/server/" path, Fixture, option, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("success", NULL, test_success);
  ADD ("swept", NULL, test_swept);
  ADD ("given-script", NULL, test_given_script);
  ADD ("given-script-heard", NULL, test_given_script_heard);
  ADD ("remarks", NULL, test_remarks);
  ADD ("under-way", "--jobs=1", test_under_way);
  ADD ("two-jobs", "--jobs=2", test_two_jobs);
  ADD ("batch", NULL, test_batch);
  ADD ("same-key", NULL, test_same_key);
  ADD ("no-key", NULL, test_no_key);
  ADD ("newest-first", NULL, test_newest_first);
  ADD ("user", NULL, test_user);
  ADD ("failures", NULL, test_failures);
  ADD ("crash-once", NULL, test_crash_once);
  ADD ("engines", NULL, test_engines);
  ADD ("vanished", "--jobs=1", test_vanished);
  ADD ("opens-nothing", NULL, test_opens_nothing);
  ADD ("limiter", "--qps=1", test_limiter);
  return g_test_run ();
}
