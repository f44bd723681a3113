/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fifty tasks at once, of all kinds: each one ends as it has to, and nothing else is left. */

#include <string.h>

#include "server-fixture.h"

#define N_TASKS 50
#define AT_ONCE 5

typedef struct
{
  const char *video; /* what the working process does: see fake-worker.h */
  const char *status;
  const char *words; /* of a failure */
  gboolean cancelled;
  gboolean scripted;
} Kind;

static const Kind kinds[] = {
  { "ok", "SUCCESS" },
  { "refuse", "FAILED", "This video has no speech. Give it a script." },
  { "ok", "SUCCESS" },
  { "hang", "FAILED", "Cancelled.", TRUE },
  { "real", "SUCCESS", NULL, FALSE, TRUE },
  { "crash", "FAILED", "The built-in studio crashed while it worked on this video." },
  { "crash-once", "SUCCESS" },
  { "wait", "FAILED", "Cancelled.", TRUE },
  { "remarks", "SUCCESS" },
  { "late-crash", "FAILED", "The built-in studio crashed while it worked on this video." },
};

static const char *const languages[] = { "es", "fr", "de", "it", "pt", "ko", "tr", "vi", "id", "en" };

#define SCRIPT ", \"scripts\": [{\"text\": \"1, 2.\", \"text_start_time\": 100, \"text_end_time\": 1900}]"

static const Kind *
kind_of (guint i)
{
  return &kinds[i % G_N_ELEMENTS (kinds)];
}

static const char *
language_of (guint i)
{
  return languages[(i / 3) % G_N_ELEMENTS (languages)];
}

static char *
make_item (Fixture *fixture,
           guint    i)
{
  g_autofree char *name = g_strdup_printf ("%s-%u.webm", kind_of (i)->video, i);
  g_autofree char *video = fixture_name_video (fixture, name);

  return g_strdup_printf ("{\"video_url\": \"%s\", \"target_languages\": [\"%s\"], \"video_name\": \"N%u\"%s}", video,
                          language_of (i), i, kind_of (i)->scripted ? SCRIPT : "");
}

static JsonArray *
get_array (JsonNode   *answer,
           const char *name)
{
  JsonObject *root = json_node_get_object (answer);

  g_assert_cmpint (json_object_get_int_member (root, "code"), ==, 0);
  return json_object_get_array_member (json_object_get_object_member (root, "data"), name);
}

/* In creates of five, as the client sends them. */
static void
create_all (Fixture *fixture,
            char   **ids)
{
  for (guint first = 0; first < N_TASKS; first += AT_ONCE)
    {
      g_autoptr (GString) body = g_string_new ("{\"aigc_video_type\": \"DUBBING\", \"dubbing_video_info\": [");
      g_autoptr (JsonNode) answer = NULL;

      for (guint i = first; i < first + AT_ONCE; i++)
        {
          g_autofree char *item = make_item (fixture, i);

          g_string_append_printf (body, "%s%s", i > first ? "," : "", item);
        }
      g_string_append (body, "]}");
      answer = dub_test_studio_ask (fixture->studio, "POST", CREATE, fixture->studio->token, body->str);
      for (guint i = 0; i < AT_ONCE; i++)
        ids[first + i] = g_strdup (json_array_get_string_element (get_array (answer, "task_ids"), i));
    }
}

static void
cancel_some (Fixture *fixture,
             char   **ids)
{
  for (guint i = 0; i < N_TASKS; i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"task_id\": \"%s\"}", ids[i]);
      g_autoptr (JsonNode) answer = NULL;

      if (!kind_of (i)->cancelled)
        continue;
      answer = dub_test_studio_ask (fixture->studio, "POST", "studio/task/cancel/", fixture->studio->token, body);
      g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "code"), ==, 0);
    }
}

static void
check_end (Fixture    *fixture,
           guint       i,
           const char *id,
           GHashTable *videos)
{
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, kind_of (i)->status);
  g_autofree char *name = g_strdup_printf ("N%u", i);
  g_autofree char *path = g_strconcat (fixture->data, "/videos/", id, ".mp4", NULL);
  JsonObject *task = json_node_get_object (entry);

  g_assert_cmpstr (json_object_get_string_member (task, "video_name"), ==, name);
  if (g_str_equal (kind_of (i)->status, "SUCCESS"))
    {
      g_assert_true (g_hash_table_add (videos, g_strdup (json_object_get_string_member (task, "video_id"))));
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
      return;
    }
  g_assert_true (g_str_has_prefix (json_object_get_string_member (task, "error_msg"), kind_of (i)->words));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* Name, language and id belong together. */
static void
check_videos (Fixture    *fixture,
              GHashTable *videos)
{
  g_autoptr (JsonNode) answer = dub_test_studio_get (fixture->studio, VIDEOS);
  JsonArray *list = get_array (answer, "list");

  g_assert_cmpuint (json_array_get_length (list), ==, g_hash_table_size (videos));
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *video = json_array_get_object_element (list, i);
      JsonObject *info = json_object_get_object_member (video, "dubbing_info");
      guint n = (guint) g_ascii_strtoull (json_object_get_string_member (video, "video_name") + 1, NULL, 10);

      g_assert_true (g_hash_table_contains (videos, json_object_get_string_member (video, "video_id")));
      g_assert_cmpstr (json_object_get_string_member (info, "target_language"), ==, language_of (n));
      g_assert_cmpstr (kind_of (n)->status, ==, "SUCCESS");
    }
}

static guint
count_files (Fixture    *fixture,
             const char *folder)
{
  g_autofree char *path = g_build_filename (fixture->data, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_pile (Fixture      *fixture,
           gconstpointer unused)
{
  g_autoptr (GHashTable) videos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *ids[N_TASKS];

  create_all (fixture, ids);
  cancel_some (fixture, ids);
  for (guint i = 0; i < N_TASKS; i++)
    check_end (fixture, i, ids[i], videos);
  check_videos (fixture, videos);
  g_assert_cmpuint (count_files (fixture, "videos"), ==, g_hash_table_size (videos));
  g_assert_cmpuint (count_files (fixture, "work"), ==, 0);
  for (guint i = 0; i < N_TASKS; i++)
    g_free (ids[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/studio/pile/fifty", Fixture, "--jobs=4", fixture_set_up, test_pile, fixture_tear_down);
  return g_test_run ();
}
