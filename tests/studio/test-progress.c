/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a task is told to be, over a working process that dubs nothing. */

#include "server-fixture.h"

typedef struct
{
  DubTestStudio *studio;
  char *path;
  const char *stage; /* NULL: whatever there is */
  JsonNode *entry;
} Look;

static gboolean
is_at_stage (gpointer user_data)
{
  Look *look = user_data;
  g_autoptr (JsonNode) answer = dub_test_studio_get (look->studio, look->path);
  JsonObject *data = json_object_get_object_member (json_node_get_object (answer), "data");
  JsonNode *entry = json_array_get_element (json_object_get_array_member (data, "list"), 0);
  JsonObject *task = json_node_get_object (entry);

  if (!json_object_has_member (task, "progress"))
    return FALSE;
  if (!g_str_equal (json_object_get_string_member (json_object_get_object_member (task, "progress"), "stage"), look->stage))
    return FALSE;
  look->entry = json_node_copy (entry);
  return TRUE;
}

static gboolean
tick (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static JsonNode *
await_stage (Fixture    *fixture,
             const char *id,
             const char *stage)
{
  g_autofree char *ids = g_strdup_printf ("[\"%s\"]", id);
  g_autofree char *path = dub_test_studio_list (ids);
  Look look = { fixture->studio, path, stage, NULL };
  guint source = g_timeout_add (20, tick, NULL);

  dub_test_wait_for (is_at_stage, &look, stage);
  g_source_remove (source);
  return look.entry;
}

static void
check_progress (Fixture    *fixture,
                const char *id,
                const char *stage,
                const char *fraction)
{
  g_autoptr (JsonNode) entry = await_stage (fixture, id, stage);
  g_autofree char *golden = g_strdup_printf ("{\"task_id\": \"<id>\", \"aigc_video_type\": \"DUBBING\","
                                             " \"status\": \"PROCESSING\", \"video_name\": \"<name>\","
                                             " \"progress\": {\"stage\": \"%s\", \"fraction\": %s}}",
                                             stage, fraction);

  dub_test_assert_json (entry, golden);
}

static char *
create (Fixture    *fixture,
        const char *name)
{
  g_autofree char *video = fixture_name_video (fixture, name);
  g_autofree char *item = fixture_make_item (video, "");

  return dub_test_studio_create (fixture->studio, item);
}

/* Nonsense is passed over, and it never goes back. What it says comes at once: the last line is behind the others. */
static void
test_climb (Fixture      *fixture,
            gconstpointer unused)
{
  g_autofree char *id = create (fixture, "climb.webm");

  check_progress (fixture, id, "transcribe", "0.5");
}

/* The first attempt got to 0.7: the second one stays there until it is further. */
static void
test_relapse (Fixture      *fixture,
              gconstpointer unused)
{
  g_autofree char *id = create (fixture, "relapse.webm");

  check_progress (fixture, id, "listen", "0.7");
}

/* Neither a task that waits nor one that is done has any. */
static void
test_none (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *hanging = create (fixture, "climb.webm");
  g_autofree char *waiting = create (fixture, "ok-then.webm");
  g_autoptr (JsonNode) entry = NULL;

  check_progress (fixture, hanging, "transcribe", "0.5");
  entry = dub_test_studio_await (fixture->studio, waiting, "SUBMITTED");
  g_assert_false (json_object_has_member (json_node_get_object (entry), "progress"));
}

static void
test_done (Fixture      *fixture,
           gconstpointer unused)
{
  g_autofree char *id = create (fixture, "okay.webm");
  g_autoptr (JsonNode) entry = dub_test_studio_await (fixture->studio, id, "SUCCESS");

  g_assert_false (json_object_has_member (json_node_get_object (entry), "progress"));
}

#define ADD(path, option, function) \
  g_test_add ("/studio/progress/" path, Fixture, option, fixture_set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("climb", NULL, test_climb);
  ADD ("relapse", NULL, test_relapse);
  ADD ("none", "--jobs=1", test_none);
  ADD ("done", NULL, test_done);
  return g_test_run ();
}
