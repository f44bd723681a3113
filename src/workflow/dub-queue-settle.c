/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "dub-queue-settle.h"

#include <glib/gi18n-lib.h>

#include "dub-queue-commit.h"

/* The service's clock and this one may differ; a dub of the same name that is much older is another one. */
#define CLOCK_TOLERANCE_S (24 * 60 * 60)

/* Results on their way into the store: first the scripts, then the states, so that who sees a dub sees all of it. */
typedef struct
{
  DubSession *session;
  GPtrArray *records; /* DubTaskRecord in their next state */
  GPtrArray *videos;  /* DubRemoteVideo, NULL until read */
  guint position;
} Settlement;

static void
settlement_free (gpointer data)
{
  Settlement *settlement = data;

  g_clear_object (&settlement->session);
  g_clear_pointer (&settlement->records, g_ptr_array_unref);
  g_clear_pointer (&settlement->videos, g_ptr_array_unref);
  g_free (settlement);
}

static void settle_next (GTask *task);

static void
on_states_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (dub_queue_commit_finish (DUB_QUEUE_TASKS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static const DubRemoteVideo *
find_video (GPtrArray           *videos,
            const DubTaskRecord *record)
{
  for (guint i = 0; videos != NULL && i < videos->len; i++)
    {
      const DubRemoteVideo *video = videos->pdata[i];

      if (record->remote_video != NULL && g_strcmp0 (video->video_id, record->remote_video) == 0)
        return video;
    }
  return NULL;
}

static gboolean
is_worth_storing (DubScript *script)
{
  return script != NULL && dub_script_get_length (script) > 0;
}

static void
on_script_stored (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* The list still has it: the dub is not held up. */
  if (!dub_store_put_script_finish (DUB_STORE (source), result, &error))
    g_debug ("a script was not stored: %s", error->message);
  settlement->position++;
  settle_next (g_steal_pointer (&task));
}

static void
put_original (GTask     *task,
              DubScript *script)
{
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);
  const DubTaskRecord *record = settlement->records->pdata[settlement->position];

  if (is_worth_storing (script))
    {
      dub_store_put_script_async (self->store, record->id, DUB_SCRIPT_ORIGINAL, script, NULL, on_script_stored, task);
      return;
    }
  settlement->position++;
  settle_next (task);
}

static void
on_earlier_original (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (DubScript) script = dub_store_get_script_finish (DUB_STORE (source), result, NULL);

  put_original (user_data, script);
}

static DubTask *
find_earlier (DubQueueTasks       *self,
              const DubTaskRecord *record)
{
  GListModel *tasks = G_LIST_MODEL (self->list);
  DubTask *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);

      if (dub_task_get_id (task) != record->id && dub_task_get_video (task) == record->video &&
          dub_task_get_state (task) == DUB_TASK_SUCCEEDED)
        found = task;
    }
  return found;
}

/* Where a dub was made from a script of the person's own, both lists hold that script (service documentation, section 3):
 * what is said in the original is known from an earlier dub of the video, if from anywhere. */
static void
on_given (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);
  const DubTaskRecord *record = settlement->records->pdata[settlement->position];
  g_autoptr (DubScript) given = dub_store_get_script_finish (DUB_STORE (source), result, NULL);
  const DubRemoteVideo *video = find_video (settlement->videos, record);
  DubTask *earlier = given != NULL ? find_earlier (self, record) : NULL;

  if (earlier != NULL)
    dub_store_get_script_async (self->store, dub_task_get_id (earlier), DUB_SCRIPT_ORIGINAL, NULL, on_earlier_original,
                                g_steal_pointer (&task));
  else
    put_original (g_steal_pointer (&task), given == NULL ? video->original_script : NULL);
}

static void
on_translated_stored (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  GTask *task = user_data;
  Settlement *settlement = g_task_get_task_data (task);
  const DubTaskRecord *record = settlement->records->pdata[settlement->position];

  dub_store_put_script_finish (DUB_STORE (source), result, NULL);
  dub_store_get_script_async (DUB_STORE (source), record->id, DUB_SCRIPT_GIVEN, NULL, on_given, task);
}

/* One dub after the other: its scripts. At the end all states in one transaction. */
static void
settle_next (GTask *task)
{
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);

  for (; settlement->position < settlement->records->len; settlement->position++)
    {
      DubTaskRecord *record = settlement->records->pdata[settlement->position];
      const DubRemoteVideo *video = record->state == DUB_TASK_SUCCEEDED ? find_video (settlement->videos, record) : NULL;

      if (video == NULL)
        continue;
      if (is_worth_storing (video->translated_script))
        dub_store_put_script_async (self->store, record->id, DUB_SCRIPT_TRANSLATED, video->translated_script, NULL,
                                    on_translated_stored, task);
      else
        dub_store_get_script_async (self->store, record->id, DUB_SCRIPT_GIVEN, NULL, on_given, task);
      return;
    }
  dub_queue_commit_async (self, settlement->records, FALSE, on_states_stored, task);
}

/* An address is only taken from an answer when it can be trusted; the newest one lasts longest. */
static void
check_addresses (Settlement *settlement)
{
  for (guint i = 0; i < settlement->records->len; i++)
    {
      DubTaskRecord *record = settlement->records->pdata[i];
      const DubRemoteVideo *video;

      if (record->state != DUB_TASK_SUCCEEDED)
        continue;
      video = find_video (settlement->videos, record);
      if (video != NULL && dub_session_trusts (settlement->session, video->preview_url))
        g_set_str (&record->preview_url, video->preview_url);
      else if (!dub_session_trusts (settlement->session, record->preview_url))
        g_set_str (&record->preview_url, NULL);
      g_set_str (&record->message,
                 record->preview_url == NULL
                   ? _("The dub is ready, but the service gave no link that can be opened safely. Read the library again later.")
                   : NULL);
    }
}

static void
on_list (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  DubQueueTasks *self = g_task_get_source_object (task);
  Settlement *settlement = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  settlement->videos = dub_service_client_list_videos_finish (DUB_SERVICE_CLIENT (source), result, NULL, &error);
  if (settlement->videos == NULL && self->stopped)
    {
      /* It is asked for again at the next start. */
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }
  /* A dub that is ready is told of even when the list cannot be read now. */
  check_addresses (settlement);
  settle_next (task);
  if (settlement->videos != NULL)
    dub_queue_settle_found (self, dub_account_get_id (dub_session_get_account (settlement->session)), settlement->videos);
}

static gboolean
has_success (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    if (((DubTaskRecord *) records->pdata[i])->state == DUB_TASK_SUCCEEDED)
      return TRUE;
  return FALSE;
}

static GTask *
settlement_start (DubQueueTasks       *self,
                  DubSession          *session,
                  GPtrArray           *records,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Settlement *settlement = g_new0 (Settlement, 1);

  settlement->session = g_object_ref (session);
  settlement->records = g_ptr_array_ref (records);
  g_task_set_source_tag (task, dub_queue_settle_async);
  g_task_set_task_data (task, settlement, settlement_free);
  return task;
}

void
dub_queue_settle_async (DubQueueTasks       *self,
                        DubSession          *session,
                        GPtrArray           *records,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = settlement_start (self, session, records, callback, user_data);
  DubServiceClient *client = dub_session_get_client (session);

  if (has_success (records) && client != NULL)
    {
      dub_service_client_list_videos_async (client, self->stop, on_list, task);
      return;
    }
  check_addresses (g_task_get_task_data (task));
  settle_next (task);
}

gboolean
dub_queue_settle_finish (DubQueueTasks  *self,
                         GAsyncResult   *result,
                         GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_claimed (DubQueueTasks *self,
            const char    *video_id)
{
  GListModel *tasks = G_LIST_MODEL (self->list);

  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) task = g_list_model_get_item (tasks, i);

      if (g_strcmp0 (dub_task_get_remote_video (task), video_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static const DubRemoteVideo *
find_unconfirmed (DubQueueTasks *self,
                  DubTask       *task,
                  GPtrArray     *videos)
{
  for (guint i = 0; i < videos->len; i++)
    {
      const DubRemoteVideo *video = videos->pdata[i];

      if (g_strcmp0 (video->video_name, dub_task_get_name (task)) != 0 ||
          g_strcmp0 (video->target_language, dub_task_get_language_code (task)) != 0)
        continue;
      if (video->create_time != 0 && video->create_time < dub_task_get_submitted (task) - CLOCK_TOLERANCE_S)
        continue;
      if (video->video_id != NULL && !is_claimed (self, video->video_id))
        return video;
    }
  return NULL;
}

static void
on_found_settled (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GPtrArray) records = user_data;
  DubQueueTasks *self = DUB_QUEUE_TASKS (source);

  dub_queue_settle_finish (self, result, NULL);
  for (guint i = 0; i < records->len; i++)
    dub_queue_tasks_remember (self, ((DubTaskRecord *) records->pdata[i])->id)->in_hand = FALSE;
}

void
dub_queue_settle_found (DubQueueTasks *self,
                        const char    *account_id,
                        GPtrArray     *videos)
{
  DubSession *session = dub_accounts_get_session (self->accounts, account_id);
  GListModel *tasks = G_LIST_MODEL (self->list);
  g_autoptr (GPtrArray) records = dub_queue_tasks_records_new ();
  Settlement *settlement;
  GTask *task;

  if (!self->working || self->stopped || session == NULL)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (tasks); i++)
    {
      g_autoptr (DubTask) candidate = g_list_model_get_item (tasks, i);
      DubTaskMemory *memory = dub_queue_tasks_remember (self, dub_task_get_id (candidate));
      const DubRemoteVideo *video;
      DubTaskRecord *record;

      if (dub_task_get_state (candidate) != DUB_TASK_UNCONFIRMED || memory->in_hand ||
          g_strcmp0 (dub_task_get_account_id (candidate), account_id) != 0)
        continue;
      video = find_unconfirmed (self, candidate, videos);
      if (video == NULL)
        continue;
      memory->in_hand = TRUE;
      record = dub_queue_next (candidate, DUB_TASK_SUCCEEDED);
      record->return_code = 0;
      g_set_str (&record->request_id, NULL);
      g_set_str (&record->remote_video, video->video_id);
      g_ptr_array_add (records, record);
    }
  if (records->len == 0)
    return;

  task = settlement_start (self, session, records, on_found_settled, g_ptr_array_ref (records));
  settlement = g_task_get_task_data (task);
  settlement->videos = g_ptr_array_ref (videos);
  check_addresses (settlement);
  settle_next (task);
}
