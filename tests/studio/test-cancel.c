/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tasks that are given up, over a working process that dubs nothing. */

#include <string.h>

#include "dub-test-process.h"
#include "server-fixture.h"

#define CANCEL "studio/task/cancel/"

static char *
create (Fixture    *fixture,
        const char *name)
{
  g_autofree char *video = fixture_name_video (fixture, name);
  g_autofree char *item = fixture_make_item (video, ", \"video_name\": \"Coat\"");

  return dub_test_studio_create (fixture->studio, item);
}

static JsonNode *
cancel (Fixture    *fixture,
        const char *id)
{
  g_autofree char *body = g_strdup_printf ("{\"task_id\": \"%s\"}", id);

  return dub_test_studio_ask (fixture->studio, "POST", CANCEL, fixture->studio->token, body);
}

static void
check_granted (Fixture    *fixture,
               const char *id)
{
  g_autoptr (JsonNode) answer = cancel (fixture, id);

  dub_test_assert_json (answer, "{\"code\": 0, \"message\": \"OK\", \"request_id\": \"<request>\", \"data\": {}}");
}

static void
check_cancelled (Fixture    *fixture,
                 const char *id)
{
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "FAILED");

  dub_test_assert_json (entry, "{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\", \"status\": \"FAILED\","
                               "\"video_name\": \"Coat\", \"error_msg\": \"<text>\"}");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (entry), "error_msg"), ==, "Cancelled.");
}

static int
find_pid (Fixture    *fixture,
          const char *name)
{
  g_autofree char *path = g_build_filename (fixture->dir, name, NULL);

  return dub_test_await_pid (path);
}

static void
check_empty (Fixture    *fixture,
             const char *folder)
{
  g_autofree char *path = g_build_filename (fixture->data, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

/* When the answer is there, so is the end: process and files are gone, and it is not begun again. */
static void
test_worked_on (Fixture      *fixture,
                gconstpointer unused)
{
  g_autofree char *id = create (fixture, "hang.webm");
  int pid = find_pid (fixture, "hang.webm");

  check_granted (fixture, id);
  check_cancelled (fixture, id);
  g_assert_false (dub_test_process_runs (pid));
  check_empty (fixture, "work");
  check_empty (fixture, "videos");

  dub_test_studio_kill (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, NULL);
  check_cancelled (fixture, id);
}

static void
test_waiting (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *first = create (fixture, "hang.webm");
  g_autofree char *second = create (fixture, "okay.webm");
  g_autofree char *third = create (fixture, "ok-then.webm");
  g_autoptr (JsonNode) entry = NULL;

  find_pid (fixture, "hang.webm");
  check_granted (fixture, second);
  check_cancelled (fixture, second);
  check_granted (fixture, first);
  check_cancelled (fixture, first);
  entry = dub_test_studio_await (fixture->studio, third, "SUCCESS");
  g_assert_nonnull (entry);
}

/* One that an earlier studio had begun waits for its turn again. */
static void
test_waiting_again (Fixture      *fixture,
                    gconstpointer unused)
{
  g_autofree char *first = create (fixture, "hang.webm");
  g_autofree char *second = create (fixture, "hang-too.webm");

  find_pid (fixture, "hang.webm");
  find_pid (fixture, "hang-too.webm");
  dub_test_studio_kill (fixture->studio);
  fixture->studio = dub_test_studio_start (fixture_get_program (), fixture->data, "--jobs=1", NULL);
  check_granted (fixture, second);
  check_cancelled (fixture, second);
  check_granted (fixture, first);
  check_cancelled (fixture, first);
}

static void
test_too_late (Fixture      *fixture,
               gconstpointer unused)
{
  g_autofree char *id = create (fixture, "okay.webm");
  g_autofree char *failed = create (fixture, "refuse.webm");
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autoptr (JsonNode) failure = dub_test_studio_await (fixture->studio, failed, "FAILED");
  g_autoptr (JsonNode) answer = cancel (fixture, id);
  g_autoptr (JsonNode) second = cancel (fixture, failed);
  g_autoptr (JsonNode) after = dub_test_studio_await (fixture->studio, id, "SUCCESS");
  g_autofree char *sentence = g_strdup_printf ("task_id: task %s is finished already", id);
  g_autofree char *path = g_filename_from_uri (json_object_get_string_member (json_node_get_object (after), "preview_url"),
                                               NULL, NULL);

  dub_test_assert_refusal (answer, 40002, sentence);
  dub_test_assert_refusal (second, 40002, "task_id: task ");
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_wrong (Fixture      *fixture,
            gconstpointer unused)
{
  static const struct
  {
    const char *body;
    const char *message;
  } wrong[] = {
    { "{\"task_id\": \"7000000000000000001\"}", "task_id: there is no task 7000000000000000001" },
    { "{\"task_id\": \"' OR 1 = 1 --\"}", "task_id: there is no task ' OR 1 = 1 --" },
    { "{\"task_id\": \"\"}", "task_id: " },
    { "{\"task_id\": [\"7000000000000000001\"]}", "task_id: " },
    { "{\"task_id\": null}", "task_id: is missing" },
    { "{}", "task_id: is missing" },
    { "[]", "the whole: is not an object" },
    { "no JSON", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonNode) answer = NULL;

      answer = dub_test_studio_ask (fixture->studio, "POST", CANCEL, fixture->studio->token, wrong[i].body);
      dub_test_assert_refusal (answer, 40002, wrong[i].message);
    }
}

static const char *
read_end (Fixture    *fixture,
          const char *id,
          JsonNode  **entry)
{
  g_autofree char *ids = g_strdup_printf ("[\"%s\"]", id);
  g_autofree char *path = dub_test_studio_list (ids);
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, path);
  JsonObject *data = json_object_get_object_member (json_node_get_object (answer), "data");

  *entry = json_node_copy (json_array_get_element (json_object_get_array_member (data, "list"), 0));
  return json_object_get_string_member (json_node_get_object (*entry), "status");
}

/* What is there once the task has got so far, below the studio's directory; %s is its id. */
static const char *const moments[] = {
  ".", "work/%s", "work/%s/stages", "work/%s/stages/between", "work/%s/dub.mp4", "videos/%s.mp4",
};

/* At whatever moment it comes: what the answer says is what is so, and nothing is half. */
static void
test_at_any_moment (Fixture      *fixture,
                    gconstpointer unused)
{
  guint granted = 0;

  for (guint i = 0; i < 4 * G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *name = g_strdup_printf ("ok-%u.webm", i);
      g_autofree char *id = create (fixture, name);
      g_autofree char *video = g_strconcat (fixture->data, "/videos/", id, ".mp4", NULL);
      g_autofree char *work = g_strconcat (fixture->data, "/work/", id, NULL);
      g_auto (GStrv) parts = g_strsplit (moments[i % G_N_ELEMENTS (moments)], "%s", -1);
      g_autofree char *place = g_strjoinv (id, parts);
      g_autofree char *path = g_build_filename (fixture->data, place, NULL);
      g_autoptr (JsonNode) answer = NULL;
      g_autoptr (JsonNode) entry = NULL;
      gboolean is_cancelled;
      const char *status;

      while (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (video, G_FILE_TEST_EXISTS))
        g_thread_yield ();
      answer = cancel (fixture, id);
      status = read_end (fixture, id, &entry);
      is_cancelled = json_object_get_int_member (json_node_get_object (answer), "code") == 0;
      granted += is_cancelled;
      if (!is_cancelled && g_str_equal (status, "PROCESSING")) /* its end is being stored */
        {
          g_clear_pointer (&entry, json_node_unref);
          entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");
          status = "SUCCESS";
        }
      g_assert_cmpstr (status, ==, is_cancelled ? "FAILED" : "SUCCESS");
      g_assert_true (g_file_test (video, G_FILE_TEST_EXISTS) == !is_cancelled);
      g_assert_false (g_file_test (work, G_FILE_TEST_EXISTS));
    }
  g_test_message ("%u of %u were cancelled", granted, 4 * (guint) G_N_ELEMENTS (moments));
}

#define ADD(path, option, function) \
  g_test_add ("/studio/cancel/" path, Fixture, option, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("worked-on", NULL, test_worked_on);
  ADD ("waiting", "--jobs=1", test_waiting);
  ADD ("waiting-again", "--jobs=2", test_waiting_again);
  ADD ("too-late", NULL, test_too_late);
  ADD ("wrong", NULL, test_wrong);
  ADD ("at-any-moment", NULL, test_at_any_moment);
  return g_test_run ();
}
