/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-ui-models.h"

#include "dub-account-private.h"
#include "dub-keyring.h"
#include "dub-library-item-private.h"
#include "dub-store.h"
#include "dub-task-private.h"
#include "dub-test-support.h"

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

DubTask *
dub_ui_make_task (const DubUiTask *wanted)
{
  g_autoptr (DubTaskRecord) record = dub_task_record_new ();
  g_autoptr (DubVideoRecord) video = dub_video_record_new ();
  gint64 now = now_s ();
  DubTask *task;

  record->id = wanted->id;
  record->account_id = g_strdup ("account");
  record->video = wanted->video;
  record->language = g_strdup (wanted->language);
  record->round = 1;
  record->name = g_strdup_printf ("%s · %s", wanted->title, wanted->language);
  record->state = wanted->state;
  record->remote_task = g_strdup (wanted->state > DUB_TASK_SUBMITTING ? "remote" : NULL);
  record->remote_video = g_strdup (wanted->state == DUB_TASK_SUCCEEDED ? "video" : NULL);
  record->preview_url = g_strdup (wanted->state == DUB_TASK_SUCCEEDED ? wanted->uri : NULL);
  record->message = g_strdup (wanted->message);
  record->return_code = wanted->return_code;
  record->request_id = g_strdup (wanted->request_id);
  record->batch = g_strdup (wanted->batch);
  record->created = (now - 7200) * 1000;
  record->changed = (now - 600) * 1000;
  record->submitted = wanted->submitted != 0 ? (now + wanted->submitted) * 1000 : 0;
  record->finished = dub_task_state_is_final (wanted->state) ? (now - 300) * 1000 : 0;
  video->id = wanted->video;
  video->uri = g_strdup (wanted->uri);
  video->identity = g_strdup ("sha256:0");
  video->title = g_strdup (wanted->title);
  video->info = dub_media_info_new ();
  video->info->duration_ms = wanted->duration_s * 1000;

  task = dub_task_new (record, video);
  if (wanted->expected_to != 0)
    dub_task_set_expected (task, now + wanted->expected_from, now + wanted->expected_to);
  return task;
}

GListStore *
dub_ui_make_tasks (const char *first_uri,
                   const char *second_uri)
{
  const char *coat = "Autumn coat – founder story", *tee = "Everyday tee – three reasons";
  const DubUiTask tasks[] = {
    { 1, 2, coat, first_uri, 53, "de", DUB_TASK_SUCCEEDED, -4000, 0, 0, NULL, 0, NULL },
    { 2, 2, coat, first_uri, 53, "es", DUB_TASK_SUCCEEDED, -4000, 0, 0, NULL, 0, NULL },
    { 3, 2, coat, first_uri, 53, "fr", DUB_TASK_PROCESSING, -2000, 1200, 1800, NULL, 0, NULL },
    { 4, 2, coat, first_uri, 53, "th", DUB_TASK_SUBMITTED, -200, 2400, 3600, NULL, 0, NULL },
    { 5, 2, coat, first_uri, 53, "ja", DUB_TASK_FAILED, -4000, 0, 0,
      "The background music is louder than the voice. Use a video with clearer speech.", 0, "202411190905271A0F3C77B2" },
    { 6, 1, tee, second_uri, 28, "ko", DUB_TASK_UNCONFIRMED, -700, 0, 0, NULL, 0, NULL },
    { 7, 1, tee, second_uri, 28, "pt", DUB_TASK_PROCESSING, -4000, -1200, -60, NULL, 0, NULL },
    { 8, 1, tee, second_uri, 28, "it", DUB_TASK_PUBLISHING, 0, 2400, 3600, NULL, 0, NULL },
    { 9, 1, tee, second_uri, 28, "vi", DUB_TASK_WAITING, 0, 2400, 3600, NULL, 0, NULL },
    { 10, 1, tee, second_uri, 28, "id", DUB_TASK_SUBMITTING, 0, 2400, 3600, NULL, 0, NULL },
    { 11, 1, tee, second_uri, 28, "tr", DUB_TASK_REJECTED, -700, 0, 0, "video_url: the file is too large", 40002, "20241119090527FFFF" },
    { 12, 1, tee, second_uri, 28, "ar", DUB_TASK_CANCELLED, 0, 0, 0, NULL, 0, NULL },
    { 13, 1, tee, second_uri, 28, "en", DUB_TASK_DROPPED, -700, 0, 0, NULL, 0, NULL },
  };
  GListStore *store = g_list_store_new (DUB_TYPE_TASK);

  for (guint i = 0; i < G_N_ELEMENTS (tasks); i++)
    {
      g_autoptr (DubTask) task = dub_ui_make_task (&tasks[i]);
      g_list_store_append (store, task);
    }
  return store;
}

DubAccount *
dub_ui_make_account (const char *name,
                     gboolean    is_studio)
{
  return dub_account_new (is_studio ? "studio" : "account", name, is_studio, is_studio ? NULL : "https://service.example/");
}

DubLibraryItem *
dub_ui_make_item (const char *name,
                  const char *language,
                  const char *uri,
                  gint64      age_s,
                  gint64      lifetime_s)
{
  g_autoptr (DubRemoteVideo) video = dub_remote_video_new ();

  video->video_id = g_strdup_printf ("%s-%s", name, language);
  video->video_name = g_strdup (name);
  video->preview_url = g_strdup (uri);
  video->target_language = g_strdup (language);
  video->create_time = now_s () - age_s;
  video->original_script = dub_script_new ();
  video->translated_script = dub_script_new ();
  dub_script_append (video->translated_script, "Hola", 0, 53000);
  return dub_library_item_new ("account", video, NULL, uri, lifetime_s);
}

GListStore *
dub_ui_make_items (const char *first_uri,
                   const char *second_uri)
{
  static const struct { const char *name, *language; int hours; } items[] = {
    { "Autumn coat – founder story", "de", 2 }, { "Autumn coat – founder story", "es", 2 },
    { "Coat care in 20 seconds", "id", 30 }, { "Everyday tee – three reasons", "it", 30 },
    { "Everyday tee – three reasons", "fr", 31 }, { "DUBBING-20241114093012ABC", "tr", 24 * 5 },
    { "Garden lights – weekend offer", "ja", 24 * 24 }, { "Garden lights – weekend offer", "vi", 24 * 24 },
    { "Tee size guide", "ko", 24 * 26 }, { "Tee size guide", "th", 24 * 26 },
    { "Coat care in 20 seconds", "ar", 24 * 34 }, { "Sofa talk – creator cut", "pt", 24 * 38 },
  };
  GListStore *store = g_list_store_new (DUB_TYPE_LIBRARY_ITEM);

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_autoptr (DubLibraryItem) item = dub_ui_make_item (items[i].name, items[i].language, i % 3 != 2 ? first_uri : second_uri,
                                                          items[i].hours * 3600, DUB_LINK_LIFETIME_S);
      g_list_store_append (store, item);
    }
  return store;
}

GPtrArray *
dub_ui_make_steps (void)
{
  static const struct { int hours; DubTaskState from, to; gint64 code; const char *message, *request_id; } steps[] = {
    { -50, DUB_TASK_WAITING, DUB_TASK_WAITING, 0, NULL, NULL },
    { -50, DUB_TASK_WAITING, DUB_TASK_PUBLISHING, 0, NULL, NULL },
    { -50, DUB_TASK_PUBLISHING, DUB_TASK_WAITING, 0, "The dubbing service asks for a rest. The dub goes on by itself.", NULL },
    { -26, DUB_TASK_WAITING, DUB_TASK_PUBLISHING, 0, NULL, NULL },
    { -26, DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, 0, NULL, NULL },
    { -26, DUB_TASK_SUBMITTING, DUB_TASK_UNCONFIRMED, 0, "The service did not answer within 60 s.", NULL },
    { 0, DUB_TASK_UNCONFIRMED, DUB_TASK_WAITING, 0, NULL, NULL },
    { 0, DUB_TASK_WAITING, DUB_TASK_PUBLISHING, 0, NULL, NULL },
    { 0, DUB_TASK_PUBLISHING, DUB_TASK_SUBMITTING, 0, NULL, NULL },
    { 0, DUB_TASK_SUBMITTING, DUB_TASK_SUBMITTED, 0, NULL, "20241119090527010100000000000001A0F3C77B2" },
    { 0, DUB_TASK_SUBMITTED, DUB_TASK_PROCESSING, 0, NULL, "20241119090527010100000000000002B1E4D88C3" },
    { 0, DUB_TASK_PROCESSING, DUB_TASK_FAILED, 51010,
      "<b>The background music</b> & the noise are louder than the voice. Use a video with clearer speech.",
      "20241119090527010100000000000003C2F5E99D4" },
  };
  GPtrArray *made = g_ptr_array_new_with_free_func ((GDestroyNotify) dub_task_step_free);
  gint64 now = g_get_real_time () / 1000;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      const DubTaskStep step = { now + steps[i].hours * 3600000LL + i, steps[i].from, steps[i].to, steps[i].code,
                                 (char *) steps[i].message, (char *) steps[i].request_id };

      g_ptr_array_add (made, dub_task_step_copy (&step));
    }
  return made;
}

void
dub_ui_workflow_make (DubUiWorkflow *self)
{
  g_autoptr (DubPaths) paths = NULL;
  g_autoptr (DubKeyring) keyring = dub_keyring_new ();

  self->dir = dub_test_make_dir ();
  paths = dub_paths_new (self->dir, self->dir, self->dir);
  self->store = dub_store_new (dub_paths_get_database (paths));
  self->workflow = dub_workflow_new (paths, self->store, keyring, "dubroom-studio-that-is-not-there");
}

void
dub_ui_workflow_set_up (DubUiWorkflow *self)
{
  g_autoptr (GAsyncResult) kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  dub_ui_workflow_make (self);
  dub_workflow_open_async (self->workflow, NULL, dub_test_keep_result, &kept);
  result = dub_test_await (&kept);
  dub_workflow_open_finish (self->workflow, result, &error);
  g_assert_no_error (error);
}

void
dub_ui_workflow_forget (DubUiWorkflow *self)
{
  g_clear_object (&self->workflow);
  dub_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->dir, dub_test_remove_dir);
}

void
dub_ui_workflow_tear_down (DubUiWorkflow *self)
{
  g_autoptr (GAsyncResult) kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  dub_workflow_close_async (self->workflow, dub_test_keep_result, &kept);
  result = dub_test_await (&kept);
  dub_workflow_close_finish (self->workflow, result);
  dub_ui_workflow_forget (self);
}

static gboolean
is_looked_at (gpointer draft)
{
  GListModel *videos = dub_draft_get_videos (draft);

  for (guint i = 0; i < g_list_model_get_n_items (videos); i++)
    {
      g_autoptr (DubDraftVideo) video = g_list_model_get_item (videos, i);
      if (dub_draft_video_get_state (video) == DUB_DRAFT_VIDEO_CHECKING)
        return FALSE;
    }
  return !dub_draft_get_checking (draft);
}

void
dub_ui_wait_for_draft (DubDraft *draft)
{
  dub_test_wait_for (is_looked_at, draft, "the videos to be looked at");
}
