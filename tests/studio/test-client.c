/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client of the service against the studio as it is installed, engine and all. */

#include "dub-service-client.h"
#include "dub-service-error.h"
#include "dub-test-studio.h"
#include "dub-test-support.h"
#include "dub-test-video.h"

typedef struct
{
  char *dir;
  char *video;
  DubTestStudio *studio;
  DubServiceClient *client;
} Fixture;

/* H.264 and AAC, with a tone: nothing that could be recognised. */
static char *
make_video (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "tone.mp4", NULL);

  dub_test_run_pipeline ("videotestsrc pattern=ball num-buffers=90 ! video/x-raw,width=160,height=120,framerate=30/1 ! "
                         "x264enc speed-preset=ultrafast ! queue ! mp4mux name=mux ! filesink location=\"%s\" "
                         "audiotestsrc num-buffers=300 samplesperbuffer=480 ! audio/x-raw,rate=48000,channels=1 ! "
                         "avenc_aac ! queue ! mux.",
                         path);
  return dub_test_uri (path);
}

static void
set_up (Fixture      *fixture,
        gconstpointer option)
{
  g_autoptr (DubRateLimiter) limiter = dub_rate_limiter_new (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *url = NULL;

  fixture->dir = dub_test_make_dir ();
  fixture->video = make_video (fixture->dir);
  data = g_build_filename (fixture->dir, "data", NULL);
  fixture->studio = dub_test_studio_start (g_getenv ("DUBROOM_STUDIO"), data, option, NULL);
  url = g_strdup_printf ("http://127.0.0.1:%u/open_api/v1.3/", fixture->studio->port);
  fixture->client = dub_service_client_new (url, limiter);
  dub_service_client_set_token (fixture->client, fixture->studio->token, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer option)
{
  g_object_unref (fixture->client);
  dub_test_studio_stop (fixture->studio);
  g_free (fixture->video);
  dub_test_remove_dir (fixture->dir);
}

static DubCreateItem *
make_item (Fixture    *fixture,
           const char *name)
{
  DubCreateItem *item = dub_create_item_new ();

  item->video_url = g_strdup (fixture->video);
  item->target_language = g_strdup ("ko");
  item->video_name = g_strdup (name);
  return item;
}

static DubScript *
make_script (double end_ms)
{
  DubScript *script = dub_script_new ();

  dub_script_append (script, "안녕하세요.", 100, 1200);
  dub_script_append (script, "코트를 사세요.", 1500.5, end_ms);
  return script;
}

/* @item: (transfer full) */
static void
begin_create (Fixture       *fixture,
              DubCreateItem *item,
              GAsyncResult **slot)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_create_item_free);

  g_ptr_array_add (items, item);
  dub_service_client_create_async (fixture->client, items, NULL, dub_test_keep_result, slot);
}

static GStrv
end_create (Fixture       *fixture,
            GAsyncResult **slot,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = dub_test_await (slot);
  g_autofree char *request_id = NULL;
  GStrv ids = dub_service_client_create_finish (fixture->client, result, &request_id, error);

  g_assert_true (ids == NULL || request_id != NULL);
  return ids;
}

/* @item: (transfer full) */
static GStrv
create (Fixture       *fixture,
        DubCreateItem *item,
        GError       **error)
{
  GAsyncResult *slot = NULL;

  begin_create (fixture, item, &slot);
  return end_create (fixture, &slot, error);
}

static DubRemoteTask *
list_one (Fixture *fixture,
          GStrv    ids)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_list_tasks_async (fixture->client, (const char *const *) ids, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  tasks = dub_service_client_list_tasks_finish (fixture->client, result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->len, ==, 1);
  return g_ptr_array_steal_index (tasks, 0);
}

static gboolean
on_tick (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Asks a few times a second until the task has its end. */
static DubRemoteTask *
await_end (Fixture *fixture,
           GStrv    ids)
{
  for (;;)
    {
      g_autoptr (DubRemoteTask) task = list_one (fixture, ids);
      gboolean over = FALSE;

      if (task->status == DUB_REMOTE_STATUS_SUCCESS || task->status == DUB_REMOTE_STATUS_FAILED)
        return g_steal_pointer (&task);
      g_timeout_add (100, on_tick, &over);
      while (!over)
        g_main_context_iteration (NULL, TRUE);
    }
}

static GPtrArray *
list_videos (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  GPtrArray *videos;

  dub_service_client_list_videos_async (fixture->client, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  videos = dub_service_client_list_videos_finish (fixture->client, result, NULL, &error);
  g_assert_no_error (error);
  return videos;
}

static void
test_dub (Fixture      *fixture,
          gconstpointer option)
{
  DubCreateItem *item = make_item (fixture, "Ball · 한국어");
  g_autoptr (DubScript) script = make_script (2900);
  g_autoptr (DubRemoteTask) task = NULL;
  g_autoptr (GPtrArray) videos = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *path = NULL;
  DubRemoteVideo *video;

  item->script = g_object_ref (script);
  ids = create (fixture, item, &error);
  g_assert_no_error (error);
  task = await_end (fixture, ids);
  g_assert_cmpstr (task->error_msg, ==, NULL);
  g_assert_cmpstr (task->video_name, ==, "Ball · 한국어");

  videos = list_videos (fixture);
  g_assert_cmpuint (videos->len, ==, 1);
  video = g_ptr_array_index (videos, 0);
  g_assert_cmpstr (video->video_id, ==, task->video_id);
  g_assert_cmpstr (video->preview_url, ==, task->preview_url);
  g_assert_cmpstr (video->target_language, ==, "ko");
  g_assert_true (dub_script_equal (video->original_script, script));
  g_assert_true (dub_script_equal (video->translated_script, script));
  path = g_filename_from_uri (video->preview_url, NULL, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* A tone is no speech, and lips are not moved: said, never passed over. */
static void
test_unsuitable (Fixture      *fixture,
                 gconstpointer option)
{
  for (int lipsync = 0; lipsync < 2; lipsync++)
    {
      DubCreateItem *item = make_item (fixture, "Ball");
      g_autoptr (DubRemoteTask) task = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) ids = NULL;

      g_set_str (&item->target_language, "es");
      item->lipsync = lipsync;
      if (lipsync)
        item->script = make_script (2900);
      ids = create (fixture, item, &error);
      g_assert_no_error (error);
      task = await_end (fixture, ids);
      g_assert_cmpint (task->status, ==, DUB_REMOTE_STATUS_FAILED);
      g_assert_cmpuint (strlen (task->error_msg), >, 20);
      g_test_message ("%s", task->error_msg);
    }
}

static void
test_refused (Fixture      *fixture,
              gconstpointer option)
{
  DubCreateItem *item = make_item (fixture, "Ball");
  const DubServiceFault *fault;
  g_autoptr (GError) error = NULL;

  item->script = make_script (3500);
  g_assert_null (create (fixture, item, &error));
  g_assert_error (error, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_PARAMETERS);
  fault = dub_service_error_get_fault (error);
  g_assert_cmpint (fault->return_code, ==, 40002);
  g_assert_nonnull (strstr (fault->service_message, "dubbing_video_info[0].scripts[1].text_end_time: must be at most"));
  g_assert_nonnull (fault->request_id);
}

static char *
check_token (Fixture *fixture,
             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *slot = NULL;

  dub_service_client_check_async (fixture->client, NULL, dub_test_keep_result, &slot);
  result = dub_test_await (&slot);
  return dub_service_client_check_finish (fixture->client, result, NULL, error);
}

static void
test_token (Fixture      *fixture,
            gconstpointer option)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *name = check_token (fixture, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (name, ==, "Built-in studio");
  g_assert_true (dub_service_client_set_token (fixture->client, "of-another-start", NULL));
  g_assert_null (check_token (fixture, &refusal));
  g_assert_error (refusal, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_TOKEN);
}

/* Both at once: an answer can take longer than the second that the limit is for. */
static void
test_rate_limited (Fixture      *fixture,
                   gconstpointer option)
{
  GAsyncResult *slots[2] = { NULL, NULL };
  g_autoptr (GError) first_error = NULL;
  g_autoptr (GError) second_error = NULL;
  g_auto (GStrv) first = NULL;
  g_auto (GStrv) second = NULL;
  GError *refusal;

  begin_create (fixture, make_item (fixture, "One"), &slots[0]);
  begin_create (fixture, make_item (fixture, "Two"), &slots[1]);
  first = end_create (fixture, &slots[0], &first_error);
  second = end_create (fixture, &slots[1], &second_error);

  g_assert_true ((first == NULL) != (second == NULL));
  refusal = first == NULL ? first_error : second_error;
  g_assert_error (refusal, DUB_SERVICE_ERROR, DUB_SERVICE_ERROR_RATE_LIMITED);
  g_assert_cmpint (dub_service_error_get_fault (refusal)->return_code, ==, 40100);
}

#define ADD(path, option, function) g_test_add ("/studio/client/" path, Fixture, option, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("dub", NULL, test_dub);
  ADD ("unsuitable", NULL, test_unsuitable);
  ADD ("refused", NULL, test_refused);
  ADD ("token", NULL, test_token);
  ADD ("rate-limited", "--qps=1", test_rate_limited);
  return g_test_run ();
}
